//! `contest.toml`: refused as a whole, every fault at its line.

use crate::support::Folder;

/// `(code, line)` of every error of `check`.
fn faults(folder: &Folder) -> Vec<(String, u64)> {
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    let json = ran.json();
    let diagnostics = json["diagnostics"].as_array().unwrap();
    diagnostics
        .iter()
        .map(|diagnostic| {
            assert_eq!(diagnostic["file"], "contest.toml", "{diagnostic}");
            (diagnostic["code"].as_str().unwrap().to_owned(), diagnostic["line"].as_u64().unwrap())
        })
        .collect()
}

#[test]
fn unknown_keys_and_contradictions_are_refused_together() {
    let folder = Folder::example();
    folder.write(
        "contest.toml",
        r#"shet = "a.xlsx"
[contest]
name = "赛"
organizers = []
date = 2026-07-01
[rules]
max_members = "七"
final_ends = 2026-07-31
[[groups]]
name = "甲组"
[[groups]]
name = "乙组"
code = "B"
aliases = ["甲组"]
[[awards]]
name = "一等奖"
[pdf]
standard = "a-9z"
[[documents]]
name = "证书"
tempalte = "certificate.typ"
each = "winner"
path = "x.pdf"
[[documents]]
name = "证书"
template = "certificate.typ"
each = "contest"
where = { award = "二等奖", adward = "一等奖" }
number = "A-{group.code}-{seq:03"
path = "{organization}.doc"
prove = ["member"]
[documents.facts]
date = 2026-07-30
"#,
    );
    let mut found = faults(&folder);
    found.sort_by_key(|(_, line)| *line);
    let found: Vec<_> = found.iter().map(|(code, line)| (code.as_str(), *line)).collect();
    assert_eq!(
        found,
        [
            ("unknown-key", 1),
            ("empty-list", 4),
            ("before-final", 5),
            ("wrong-type", 7),
            ("repeated", 11),
            ("not-allowed", 18),
            ("missing-key", 19),
            ("unknown-key", 21),
            ("bad-pattern", 24),
            ("bad-pattern", 24),
            ("unknown-key", 28),
            ("not-allowed", 28),
            ("bad-pattern", 29),
            ("bad-pattern", 29),
            ("not-allowed", 30),
            ("bad-pattern", 30),
            ("not-allowed", 31),
            ("undeclared-fact", 33),
            ("before-final", 33),
        ]
    );
}

#[test]
fn a_name_or_alias_may_stand_only_once() {
    let folder = Folder::example();
    folder.edit("contest.toml", "aliases = [\"企业\"]", "aliases = [\"创业组\"]");
    folder.edit("contest.toml", "name     = \"推荐书\"", "name     = \"推荐函\"");
    let codes: Vec<_> = faults(&folder).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["repeated", "repeated"]);
}

#[test]
fn groups_cannot_share_a_code_nor_standards_contradict() {
    let folder = Folder::example();
    folder.edit("contest.toml", "code    = \"CY\"", "code    = \"QY\"");
    assert_eq!(faults(&folder)[0].0, "repeated");
    let folder = Folder::example();
    folder.edit("contest.toml", "standard = \"a-2b\"", "standard = [\"a-2b\", \"a-2a\"]");
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(
        (ran.status, &ran.json()["diagnostics"][0]["code"]),
        (1, &"standards-conflict".into())
    );
}

#[test]
fn broken_toml_is_told_at_its_line() {
    let folder = Folder::example();
    for (text, line) in [("[contest\nname = \"赛\"\n", 1), ("[contest]\nname = 赛\n", 2)] {
        folder.write("contest.toml", text);
        assert_eq!(faults(&folder), [("toml-syntax".to_owned(), line)], "{text}");
    }
}

#[test]
fn a_slip_is_answered_with_the_word_that_was_meant() {
    let folder = Folder::example();
    folder.edit("contest.toml", "organizers =", "organisers =");
    let ran = folder.accolade("check", &[]);
    assert!(ran.stdout.contains("是否应为“organizers”"), "{}", ran.stdout);
}

#[test]
fn a_template_nobody_has_is_refused() {
    let folder = Folder::example();
    folder.edit("contest.toml", "\"letter.typ\"", "\"lettre.typ\"");
    folder.edit("contest.toml", "\"contact.typ\"", "\"contacts.typ\"");
    let text = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    let line = |name| text.lines().position(|line| line.contains(name)).unwrap() as u64 + 1;
    let expected = ["\"lettre.typ\"", "\"contacts.typ\""];
    let faults: Vec<_> =
        faults(&folder).into_iter().filter(|(code, _)| code == "unknown-template").collect();
    assert_eq!(faults, expected.map(|name| ("unknown-template".to_owned(), line(name))));
}

#[test]
fn a_file_saved_by_notepad_is_read() {
    let folder = Folder::example();
    let text = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    folder.write("contest.toml", format!("\u{FEFF}{}", text.replace('\n', "\r\n")));
    assert_eq!(folder.accolade("check", &[]).status, 0);
}

#[test]
fn two_documents_cannot_share_a_number() {
    let folder = Folder::example();
    folder.edit("contest.toml", "-{seq:03}\"", "\"");
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.json()["diagnostics"][0]["code"], "number-twice");
    assert!(folder.out().is_empty());
}

#[test]
fn documents_can_be_made_for_each_member_and_each_county() {
    let folder = Folder::with_rows(&[
        ["企业组", "一等奖", "甲", "某某有限公司", "王伟、李强", ""],
        ["企业组", "二等奖", "乙", "另一有限公司", "赵敏", ""],
    ]);
    let text = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    let more = r#"
[[documents]]
name     = "成员证书"
template = "member.typ"
each     = "member"
number   = "M-{seq:02}"
path     = "成员/{number} {member}.pdf"
pages    = 1
prove    = ["member", "number"]

[[documents]]
name     = "奖项名单"
template = "list.typ"
each     = "award"
path     = "名单/{award.rank} {award}.pdf"
prove    = ["project"]
"#;
    folder.write("contest.toml", text + more);
    let head = "#set document(title: \"x\")\n#set text(font: \"Noto Serif SC\")\n#let entry = json(\"/entry.json\")\n";
    folder.write("templates/member.typ", format!("{head}#entry.member #entry.document.number"));
    folder.write("templates/list.typ", format!("{head}#entry.entrants.map(e => e.project).join()"));
    let mut package = folder.package(&["--only", "成员证书", "--only", "奖项名单"]);
    let mut names = package.names();
    names.retain(|name| name.ends_with(".pdf"));
    assert_eq!(
        names,
        [
            "成员/M-01 王伟.pdf",
            "成员/M-02 李强.pdf",
            "成员/M-03 赵敏.pdf",
            "名单/1 一等奖.pdf",
            "名单/2 二等奖.pdf"
        ]
    );
    package.pdf("M-02").shows("李强M-02");
}

/// Line and text of every line that tells another year.
fn years(folder: &Folder) -> Vec<(u64, String)> {
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    let json = ran.json();
    let told = json["diagnostics"].as_array().unwrap().iter();
    let told = told.filter(|it| it["code"] == "year-differs");
    told.map(|it| (it["line"].as_u64().unwrap(), it["message"].as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn a_line_that_is_left_from_another_year_is_told_once_at_its_place() {
    assert_eq!(years(&Folder::example()), []);
    for (from, to, says) in [
        (
            "JZCK2026-{group.code}-{award.rank}-{seq:03}",
            "JZCK2025-{group.code}-{seq:03}",
            "documents.number",
        ),
        (
            "\"市工信企业函\", year = 2026",
            "\"市工信企业函\", year = 2025",
            "documents.facts.number.year",
        ),
        ("printed_on = 2026-08-10", "printed_on = 2027-08-10", "documents.facts.printed_on"),
        ("final_ends   = 2026-07-31", "final_ends   = 2025-07-31", "rules.final_ends"),
        (
            "number = \"市工信企业发〔2026〕24号",
            "number = \"市工信企业发〔2025〕24号",
            "facts.notice.number",
        ),
        ("关于举办2026年", "关于举办二〇二五年", "facts.notice.title"),
        ("\"晋中创客中国2026获奖文件\"", "\"晋中创客中国2025获奖文件\"", "package"),
        ("荣誉证书/{group}/{award}", "2025年荣誉证书/{group}/{award}", "documents.path"),
        ("印制/荣誉证书打印册", "印制2025/荣誉证书打印册", "volumes.path"),
        ("name       = \"2026年", "name       = \"2025年", "contest.date"),
    ] {
        let folder = Folder::example();
        let text = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
        let line = text[..text.find(from).unwrap()].matches('\n').count() + 1;
        folder.edit("contest.toml", from, to);
        let told = years(&folder);
        assert_eq!(told.len(), 1, "{to}: {told:?}");
        assert!(told[0].1.contains(says), "{to}: {told:?}");
        // Of name and date nobody knows which is right: the date is named.
        let line = if says == "contest.date" { line + 2 } else { line };
        assert_eq!(told[0].0, line as u64, "{to}: {told:?}");
    }
}

#[test]
fn a_contest_whose_results_are_known_in_january_is_in_order() {
    let folder = Folder::example();
    let text = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    let text = text.replace("2026-08-", "2027-01-").replace("2026-07-31", "2026-12-20");
    folder.write("contest.toml", text.replace(", year = 2026", ", year = 2027"));
    assert_eq!(years(&folder), []);
}

#[test]
fn a_year_that_differs_may_be_allowed_or_left_alone() {
    let folder = Folder::example();
    folder.edit("contest.toml", "〔2026〕41号", "〔2025〕41号");
    assert_eq!(years(&folder).len(), 1);
    let allowed = "[[rules.allowed]]\ncode = \"year-differs\"\nvalue = \"晋工信企业字〔2025〕41号\"\nreason = \"上年印发\"\n\n[rules.severity]";
    folder.edit("contest.toml", "[rules.severity]", allowed);
    let ran = folder.done("check", &["--format", "json"]);
    assert_eq!((ran.found("warning"), ran.found("info").len()), (vec![], 1), "{}", ran.stdout);
    let folder = Folder::example();
    folder.edit("contest.toml", "〔2026〕41号", "〔2025〕41号");
    folder.edit("contest.toml", "[rules.severity]", "[rules.severity]\nyear-differs = \"off\"");
    assert_eq!(years(&folder), []);
}

/// The example's comments are what a clerk switches on: members' certificates,
/// the calibration page, volumes for preprinted stock and for a print shop.
#[test]
fn whatever_the_example_offers_in_comments_works() {
    let folder = Folder::example();
    let text = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    let mut on = false;
    let lines = text.lines().map(|line| {
        on = match line {
            "# [[documents]]" | "# [[printers]]" | "# [[volumes]]" => true,
            _ => on && (line == "#" || line.starts_with("# ")),
        };
        if on { line.trim_start_matches('#').trim_start() } else { line }
    });
    let lines: Vec<&str> = lines.collect();
    folder.write("contest.toml", lines.join("\n"));
    let mut package = folder.package(&[]);
    let manifest = package.manifest();
    let documents = manifest["documents"].as_array().unwrap();
    let pages = |kind: &str| {
        let alike = documents.iter().filter(|document| document["kind"] == kind);
        alike.map(|document| document["pages"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!(pages("荣誉证书（个人）"), 175, "one for each member");
    assert_eq!(pages("套打校准页"), 1);
    assert_eq!(pages("套打校准页（已校正）"), 1);
    assert_eq!(pages("荣誉证书套打册"), 45);
    assert_eq!(pages("获奖名单通知印厂版"), pages("获奖名单通知"));
    package.pdf("JZCK2026-QY-1-R001").shows("薛轩同志：你作为核心成员参与的“数字文旅系统”项目");
    let stock = package.pdf("套打册").text();
    assert!(!stock.contains("荣誉证书晋中") && stock.contains("企业组一等奖"), "no heading");
}
