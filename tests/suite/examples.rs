//! The examples that `init` begins with: each is made whole as it stands.

use std::fs;
use std::path::Path;

use crate::structure;
use crate::support::{Folder, Package};

pub(crate) const EXAMPLES: [&str; 6] =
    ["least", "school", "sports", "programming", "science-fair", "course"];

/// The certificates of the package in `out/`, with what each states.
pub(crate) fn certificates(package: &mut Package) -> Vec<(String, String)> {
    let manifest = package.manifest();
    let documents = manifest["documents"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let numbered = documents.filter(|it| it["number"].is_string());
    numbered.map(|it| (text(&it["path"]), text(&it["statement"]))).collect()
}

#[test]
fn init_lists_its_examples_in_the_readers_language() {
    let folder = Folder::example();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/examples");
    let mut folders: Vec<String> = fs::read_dir(root)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let mut examples = EXAMPLES.map(str::to_owned).to_vec();
    examples.sort();
    assert_eq!(folders, examples);
    let (zh, en) = (folder.raw(&["init"]), folder.raw(&["init", "--lang", "en"]));
    let unknown = folder.raw(&["init", "new", "--example", "leest"]);
    assert_eq!([zh.status, en.status, unknown.status], [0, 0, 2]);
    assert!(zh.stdout.contains("只有姓名和奖项") && en.stdout.contains("names and awards"));
    assert!(unknown.stderr.contains("不能是“leest”"), "{}", unknown.stderr);
    for name in EXAMPLES.iter().chain(&["full"]) {
        for said in [&zh.stdout, &en.stdout, &unknown.stderr] {
            assert!(said.contains(name), "{name}: {said}");
        }
    }
    let json = folder.raw(&["init", "--format", "json"]).json();
    assert_eq!(json["examples"].as_array().unwrap().len(), EXAMPLES.len() + 1);
    let ran = folder.raw(&["init", "--example", "least"]);
    assert_eq!(ran.status, 2, "which folder, nobody said");
    // Without a name it is one in the reader's language.
    folder.raw(&["init", "english", "--lang", "en"]);
    let text = fs::read_to_string(folder.path("english/contest.toml")).unwrap();
    assert!(text.contains("language   = \"en\""), "{text}");
    let built_in = Folder::of("full");
    let contest = |folder: &Folder| fs::read_to_string(folder.path("contest.toml")).unwrap();
    assert_eq!(contest(&built_in), contest(&folder));
}

#[test]
fn every_example_is_short_and_configuration_alone() {
    for name in EXAMPLES {
        let folder = Folder::of(name);
        let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
        assert!(text.lines().count() <= 40, "{name}");
        let mut files: Vec<_> = fs::read_dir(folder.path(""))
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        assert_eq!(files, [".gitignore", "awards.xlsx", "contest.toml", "signing.key"]);
    }
}

/// Everything that every certificate says, in the order in which it is read
/// aloud, and what it states.
#[test]
fn every_example_is_made_whole() {
    for name in EXAMPLES {
        let folder = Folder::of(name);
        let checked = folder.done("check", &["--format", "json"]);
        assert_eq!((checked.found("error"), checked.found("warning")), (vec![], vec![]), "{name}");
        let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
        folder.write("contest.toml", format!("{text}\n[pdf]\nstandard = \"a-2a\"\n"));
        let mut package = folder.package(&[]);
        let mut said = String::new();
        for (path, statement) in certificates(&mut package) {
            let bytes = package.read(&path);
            let pdf = lopdf::Document::load_mem(&bytes).unwrap();
            let outline = structure::outline(&structure::read_aloud(&pdf, &bytes));
            // The key is another one in every folder.
            let signed = ["验证", "Verify"];
            let stated = statement.lines().filter(|it| !signed.iter().any(|by| it.starts_with(by)));
            let stated: Vec<&str> = stated.collect();
            said += &format!("# {path}\n{outline}\n\n{}\n\n", stated.join("\n"));
        }
        insta::assert_snapshot!(format!("example_{name}"), said);
    }
}

#[test]
fn every_fact_of_every_example_that_was_altered_is_caught() {
    for name in EXAMPLES {
        let folder = Folder::of(name);
        let mut package = folder.package(&[]);
        let mut kinds = Vec::new();
        for (path, statement) in certificates(&mut package) {
            let kind = statement.lines().next().unwrap().to_owned();
            if kinds.contains(&kind) {
                continue;
            }
            kinds.push(kind);
            folder.write("one.pdf", package.read(&path));
            for genuine in ["one.pdf", statement.as_str()] {
                let ran = folder.raw(&["verify", genuine, "--register", "."]);
                assert_eq!(ran.status, 0, "{path}: {}{}", ran.stdout, ran.stderr);
            }
            for at in 0..statement.lines().count() {
                let altered = statement.lines().enumerate().map(|(index, line)| {
                    // Of the signature, a digit.
                    let last = line.ends_with(|c: char| c.is_ascii_digit());
                    match index == at {
                        true if last => format!("{}{}", &line[..line.len() - 1], {
                            if line.ends_with('7') { '8' } else { '7' }
                        }),
                        true => format!("{line}x"),
                        false => line.to_owned(),
                    }
                });
                let altered: Vec<String> = altered.collect();
                let ran = folder.raw(&["verify", &altered.join("\n"), "--register", "."]);
                assert_eq!(ran.status, 1, "{}: {}{}", altered[at], ran.stdout, ran.stderr);
            }
        }
    }
}

const TEAMS: [&[&str]; 3] = [
    &["奖项", "队伍名称", "学院", "队员1", "队员2", "指导教师"],
    &["一等奖", "零下一度", "计算机学院", "秦朗", "温如玉", "邓怀谷"],
    &["二等奖", "段错误", "数学学院", "冷星河", "庄晓蝶", "苗启明、邓怀谷"],
];

#[test]
fn a_corrected_teacher_is_made_anew_on_every_certificate() {
    let folder = Folder::of("programming");
    folder.sheet(&TEAMS);
    folder.package(&[]);
    let mut corrected = TEAMS;
    corrected[2] = &["二等奖", "段错误", "数学学院", "冷星河", "庄晓蝶", "苗启铭、邓怀谷"];
    folder.sheet(&corrected);
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    let codes = ran.codes("error");
    assert!(codes.contains(&"fact-changed".to_owned()), "the team's: {codes:?}");
    assert!(codes.contains(&"resembles".to_owned()), "his own: {codes:?}");
    folder.done("reissue", &["--from", "awards.xlsx", "--reason", "错字", "--yes"]);
    let reissued = folder.out().into_iter().find(|it| it.to_string_lossy().contains("更正"));
    let mut package = Package::open(&reissued.unwrap());
    let certificates = certificates(&mut package);
    assert_eq!(certificates.len(), 2, "the team's and his own: {certificates:?}");
    assert!(certificates.iter().any(|(_, says)| says.contains("姓名 苗启铭")), "{certificates:?}");
    folder.done("run", &[]);
}

#[test]
fn a_teachers_name_is_typed_anew_as_a_members_is() {
    let folder = Folder::of("programming");
    folder.sheet(&TEAMS);
    folder.package(&[]);
    folder.done("reissue", &["LHCP2026-J02", "--set", "姓名=苗启铭", "--reason", "错字"]);
    folder.done("reissue", &["LHCP2026-2-01", "--set", "学院=数学院", "--reason", "改名"]);
    let shown = folder.done("register", &["--format", "json"]).stdout;
    assert!(shown.contains("苗启铭") && shown.contains("数学院"), "{shown}");
}

#[test]
fn pupils_of_one_name_are_told_apart_and_a_corrected_name_keeps_its_number() {
    let folder = Folder::of("school");
    let rows: [&[&str]; 3] = [
        &["学号", "姓名", "班级", "荣誉"],
        &["A1", "蒋书言", "三年级（1）班", "三好学生"],
        &["A2", "蒋书言", "四年级（1）班", "三好学生"],
    ];
    folder.sheet(&rows);
    folder.package(&[]);
    let numbers = |folder: &Folder| {
        let ran = folder.done("register", &["--format", "json"]).json();
        let rows = ran["certificates"].as_array().cloned();
        rows.unwrap_or_else(|| panic!("{ran}")).len()
    };
    assert_eq!(numbers(&folder), 2);
    folder.sheet(&[rows[0], rows[1], &["A2", "蒋书延", "四年级（1）班", "三好学生"]]);
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.codes("error"), ["fact-changed"], "{}", ran.stdout);
    // Without pupils' numbers nothing would tell them apart but the class.
    let folder = Folder::of("school");
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[1..]).collect();
    folder.sheet(&rows);
    folder.edit("contest.toml", "id    = \"学号\"", "");
    let ran = folder.accolade("check", &[]);
    assert!(ran.stdout.contains("[fields.\"班级\"]"), "{}", ran.stdout);
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    folder.write("contest.toml", text + "\n[fields.\"班级\"]\nidentifies = true\n");
    folder.package(&[]);
    folder.done("run", &[]);
}

/// Header words of English sheets, and those that mean something else where a
/// surer one is there.
#[test]
fn english_headers_are_read_in_any_case() {
    let folder = Folder::of("science-fair");
    let mapped = |header: &[&str], row: &[&str]| {
        folder.sheet(&[header, row]);
        let ran = folder.accolade("check", &["--format", "json"]);
        let json = ran.json();
        let columns = json["mapping"][0]["columns"].as_array().cloned();
        let columns = columns.unwrap_or_else(|| panic!("{header:?}: {json}"));
        let fields = columns.iter().map(|it| it["field"].as_str().unwrap_or("-").to_owned());
        fields.collect::<Vec<_>>()
    };
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let (head, _) = text.split_once("[[documents]]").unwrap();
    let document = "[[documents]]\nname = \"Certificate\"\ntemplate = \"certificate.typ\"\neach = \"member\"\nnumber = \"N-{seq}\"\npath = \"{number}.pdf\"\n";
    folder.write("contest.toml", format!("{head}{document}"));
    for (header, row, fields) in [
        (
            &["NAME", "school", "Category", "Award"][..],
            &["Ann Lee", "North School", "Biology", "First Prize"][..],
            &["members", "organization", "group", "award"][..],
        ),
        (
            &["Team", "School", "Member 1", "Member 2", "Captain", "Prize"],
            &["Owls", "North School", "Ann Lee", "Bo Ray", "Cy Dee", "First Prize"],
            &["organization", "-", "members", "members", "members", "award"],
        ),
        (
            &["Entry ID", "Full name", "Organisation", "Project title", "Award", "Prize"],
            &["7", "Ann Lee", "North School", "Kites", "First Prize", "$50"],
            &["id", "members", "organization", "project", "award", "-"],
        ),
        (
            &["姓名", "Name", "单位", "School", "奖项"],
            &["李安", "Li An", "北校", "North School", "First Prize"],
            &["members", "-", "organization", "-", "award"],
        ),
        // A title is a project's or a person's, a result an award or a time.
        (
            &["Student(s)", "Title", "Result", "Award", "Phone"],
            &["Ann Lee", "Dr", "11.2", "First Prize", "555-0100"],
            &["members", "-", "-", "award", "phone"],
        ),
    ] {
        assert_eq!(mapped(header, row), fields, "{header:?}");
    }
}
