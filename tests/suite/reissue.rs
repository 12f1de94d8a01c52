//! A clerk corrects one name a week after the ceremony.

use std::fs;
use std::path::PathBuf;

use crate::support::{Folder, Package};

const ROWS: [[&str; 6]; 3] = [
    ["企业组", "一等奖", "甲项目", "山河有限公司", "王伟、李强", "√"],
    ["企业组", "一等奖", "乙项目", "日月有限公司", "赵敏", ""],
    ["创业组", "二等奖", "丙项目", "风云团队", "钱进", ""],
];

fn issued() -> Folder {
    let folder = Folder::with_rows(&ROWS);
    folder.package(&[]);
    folder
}

/// The packages that reissues made, in the order of their names.
fn corrections(folder: &Folder) -> Vec<PathBuf> {
    let mut files: Vec<_> = folder.out();
    files.retain(|path| path.to_string_lossy().contains("更正"));
    files.sort();
    files
}

fn with_project(project: &'static str) -> Vec<[&'static str; 6]> {
    let mut rows = ROWS.to_vec();
    rows[0][2] = project;
    rows
}

#[test]
fn one_certificate_is_made_anew_under_its_number() {
    let folder = issued();
    let before = fs::read(folder.zip()).unwrap();
    let ran = folder.done(
        "reissue",
        &["JZCK2026-QY-1-001", "--set", "项目=甲项目（二期）", "--reason", "名称不全"],
    );
    assert!(ran.stdout.contains("“甲项目” → “甲项目（二期）”"), "{}", ran.stdout);
    let files = corrections(&folder);
    assert_eq!(files.len(), 1);
    let mut package = Package::open(&files[0]);
    let pdfs = package.names().iter().filter(|name| name.ends_with(".pdf")).count();
    assert_eq!(pdfs, 1, "{:?}", package.names());
    let pdf = package.pdf("QY-1-001");
    pdf.shows("甲项目（二期）");
    pdf.shows("JZCK2026-QY-1-001");
    pdf.shows("（更正补发，第2版）");
    let manifest = package.manifest();
    assert_eq!(manifest["documents"][0]["revision"], 2);
    assert_eq!(manifest["changes"][0]["differences"][0]["fact"], "project");
    assert!(manifest["rows"].is_null());
    // The first package stands as it was.
    let first = folder.out().into_iter().find(|path| !files.contains(path)).unwrap();
    assert!(before == fs::read(first).unwrap());
}

#[test]
fn it_does_not_matter_where_the_row_has_gone_or_whether_the_sheet_is_there() {
    let folder = issued();
    let mut rows = ROWS;
    rows.reverse();
    folder.save(&rows);
    folder.done("reissue", &["JZCK2026-QY-1-001", "--set", "project=新甲", "--reason", "更正"]);
    fs::remove_file(folder.path("awards.xlsx")).unwrap();
    let ran =
        folder.done("reissue", &["JZCK2026-QY-1-002", "--set", "project=新乙", "--reason", "更正"]);
    assert!(ran.stderr.contains("[not-looked-up]"), "{}", ran.stderr);
    assert_eq!(corrections(&folder).len(), 2);
}

#[test]
fn other_documents_that_carry_the_change_are_told_and_made_when_asked() {
    let folder = issued();
    let arguments = ["JZCK2026-QY-1-001", "--set", "project=新甲", "--reason", "更正"];
    let ran = folder.done("reissue", &arguments);
    for path in [
        "推荐函（附推荐项目汇总表）.pdf",
        "推荐书/企业组/山河有限公司 新甲.pdf",
        "关于公布获奖名单的通知.pdf",
    ] {
        assert!(ran.stderr.contains(path), "{path}: {}", ran.stderr);
    }
    let ran = folder.accolade(
        "reissue",
        &[
            "JZCK2026-QY-1-001",
            "--set",
            "project=再新甲",
            "--reason",
            "又更正",
            "--also",
            "获奖名单通知",
            "--also",
            "推荐书",
        ],
    );
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let mut package = Package::open(&corrections(&folder)[1]);
    package.pdf("QY-1-001").shows("（更正补发，第3版）");
    let notice = package.pdf("关于公布");
    notice.shows("再新甲");
    notice.shows("乙项目");
    package.pdf("推荐书").shows("再新甲");
    assert_eq!(package.names().iter().filter(|name| name.ends_with(".pdf")).count(), 3);
}

#[test]
fn a_list_never_prints_what_no_certificate_says() {
    let folder = issued();
    // Somebody else's row was changed in the sheet, too, and not reissued.
    let mut rows = ROWS;
    rows[1][4] = "赵敏、孙丽";
    folder.save(&rows);
    let arguments =
        ["JZCK2026-QY-1-001", "--set", "project=新甲", "--reason", "更正", "--also", "公示"];
    let ran = folder.accolade("reissue", &arguments);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("JZCK2026-QY-1-002") && ran.stderr.contains("孙丽"),
        "{}",
        ran.stderr
    );
    assert!(corrections(&folder).is_empty());
    // The certificate alone is nobody else's business.
    folder.done("reissue", &arguments[..5]);
}

#[test]
fn a_typed_value_passes_the_same_rules_as_a_row() {
    let folder = issued();
    let number = "JZCK2026-QY-1-001";
    let long = format!("project={}", "W".repeat(400));
    for (set, code, place) in [
        ("project=\u{31350}", "missing-glyph", "project"),
        ("奖项=特等奖", "unknown-award", "award"),
        ("registered_on=去年", "not-a-date", "registered_on"),
        ("project=", "missing-value", "project"),
        (&long, "template", ""),
    ] {
        let ran = folder
            .accolade("reissue", &[number, "--set", set, "--reason", "更正", "--format", "json"]);
        assert_eq!(ran.status, 1, "{set}: {}", ran.stdout);
        let json = ran.json();
        let errors = json["diagnostics"].as_array().unwrap();
        let error = errors.iter().find(|it| it["code"] == code);
        let error = error.unwrap_or_else(|| panic!("{set}: {json}"));
        if !place.is_empty() {
            assert_eq!((&error["number"], &error["fact"]), (&number.into(), &place.into()));
        }
    }
    for (arguments, code) in [
        (&[number, "--set", "名称=新", "--reason", "更正"][..], "unknown-fact"),
        (&["JZCK2026-QY-1-010", "--set", "project=新", "--reason", "更正"], "unknown-number"),
    ] {
        let ran = folder.accolade("reissue", arguments);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(code), "{}", ran.stderr);
    }
    assert!(corrections(&folder).is_empty());
}

#[test]
fn what_is_already_so_is_not_made_again() {
    let folder = issued();
    let ran = folder
        .accolade("reissue", &["JZCK2026-QY-1-001", "--set", "project=甲项目", "--reason", "更正"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("[nothing-changed]"), "{}", ran.stderr);
    // A phone number is on no certificate.
    let ran = folder.accolade(
        "reissue",
        &["JZCK2026-QY-1-001", "--set", "phone=13800000000", "--reason", "更正"],
    );
    assert!(ran.stderr.contains("[nothing-changed]"), "{}", ran.stderr);
}

#[test]
fn another_award_is_another_number() {
    let folder = issued();
    let ran = folder
        .accolade("reissue", &["JZCK2026-QY-1-001", "--set", "award=二等奖", "--reason", "更正"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("accolade revoke"), "{}", ran.stderr);
    folder.done("revoke", &["JZCK2026-QY-1-001", "--reason", "奖项有误"]);
    let mut rows = ROWS;
    rows[0][1] = "二等奖";
    folder.save(&rows);
    let manifest = folder.package(&["--only", "荣誉证书"]).manifest();
    let numbers: Vec<_> =
        manifest["documents"].as_array().unwrap().iter().map(|it| it["number"].clone()).collect();
    assert_eq!(numbers, ["JZCK2026-QY-2-001", "JZCK2026-QY-1-002", "JZCK2026-CY-2-001"]);
}

#[test]
fn a_corrected_sheet_reissues_exactly_who_differs_in_it() {
    let folder = issued();
    let mut rows = with_project("甲项目（二期）");
    rows[2][4] = "钱进、周舟";
    rows.swap(0, 1);
    folder.save(&rows);
    fs::rename(folder.path("awards.xlsx"), folder.path("corrected.xlsx")).unwrap();

    let ran = folder.accolade("reissue", &["--from", "corrected.xlsx", "--reason", "更正"]);
    assert_eq!(ran.status, 2, "nobody was there to confirm: {}", ran.stderr);
    assert!(ran.stderr.contains("“甲项目” → “甲项目（二期）”"), "{}", ran.stderr);
    assert!(ran.stderr.contains("“钱进” → “钱进、周舟”"), "{}", ran.stderr);
    assert!(ran.stderr.contains("--yes"), "{}", ran.stderr);
    assert!(corrections(&folder).is_empty());

    folder.done("reissue", &["--from", "corrected.xlsx", "--reason", "更正", "--yes"]);
    let manifest = Package::open(&corrections(&folder)[0]).manifest();
    let numbers: Vec<_> =
        manifest["documents"].as_array().unwrap().iter().map(|it| it["number"].clone()).collect();
    assert_eq!(numbers, ["JZCK2026-QY-1-001", "JZCK2026-CY-2-001"]);

    // From here on the corrected sheet is what was issued.
    let ran = folder.accolade("run", &["--sheet", "corrected.xlsx", "--only", "荣誉证书"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let again = folder.accolade("reissue", &["--from", "corrected.xlsx", "--reason", "更正"]);
    assert!(again.stderr.contains("[nothing-changed]"), "{}", again.stderr);
}

#[test]
fn a_correction_in_the_sheet_alone_is_never_quietly_printed() {
    let folder = issued();
    folder.save(&with_project("甲项目（二期）"));
    let ran = folder.accolade("run", &["--out", "again"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("JZCK2026-QY-1-001 --set project=\"甲项目（二期）\""),
        "the command to type: {}",
        ran.stderr
    );
    assert!(ran.stderr.contains("--new '名单!C2'"), "{}", ran.stderr);
    assert!(!folder.path("again").exists());
    // And the other way round: reissued, but not corrected in the sheet.
    folder.save(&ROWS);
    folder.done("reissue", &["JZCK2026-QY-1-001", "--set", "members=王伟", "--reason", "更正"]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("fact-changed".into(), "名单!E2".into())]);
}

#[test]
fn each_members_certificate_is_its_own() {
    let folder = Folder::with_rows(&ROWS);
    folder.edit("contest.toml", "each     = \"entrant\"\nnumber", "each     = \"member\"\nnumber");
    folder.edit("contest.toml", "{number} {organization}.pdf", "{number} {member}.pdf");
    let manifest = folder.package(&["--only", "荣誉证书"]).manifest();
    assert_eq!(manifest["documents"][1]["recipient"], "李强");
    folder.done("reissue", &["JZCK2026-QY-1-002", "--set", "姓名=李墙", "--reason", "错字"]);
    let files = corrections(&folder);
    let manifest = Package::open(&files[0]).manifest();
    assert_eq!(manifest["documents"].as_array().unwrap().len(), 1);
    assert_eq!(manifest["documents"][0]["recipient"], "李墙");
    let mut rows = ROWS;
    rows[0][4] = "王伟、李墙";
    folder.save(&rows);
    assert_eq!(folder.accolade("run", &["--only", "荣誉证书"]).status, 0);
}

#[test]
fn a_revoked_number_is_not_made_until_that_is_undone() {
    let folder = issued();
    let number = "JZCK2026-QY-1-001";
    folder.done("revoke", &[number, "--reason", "取消资格"]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("number-revoked".into(), "名单!C2".into())]);
    for arguments in [
        &["reissue", ".", number, "--set", "project=新", "--reason", "更正"][..],
        &["revoke", ".", number, "--reason", "再撤"],
    ] {
        let ran = folder.raw(arguments);
        assert_eq!(ran.status, 1);
        assert!(ran.stderr.contains("取消资格"), "{}", ran.stderr);
    }
    folder.done("revoke", &[number, "--undo", "--reason", "申诉成立"]);
    assert_eq!(folder.accolade("check", &[]).status, 0);
    assert_eq!(folder.accolade("revoke", &[number, "--undo", "--reason", "再"]).status, 1);
}

#[test]
fn a_revoked_winner_under_another_name_is_asked_about() {
    let folder = issued();
    folder.done("revoke", &["JZCK2026-QY-1-001", "--reason", "取消资格"]);
    folder.save(&with_project("甲项目改名"));
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("resembles".into(), "名单!C2".into())]);
}

#[test]
fn the_only_winner_of_a_sheet_may_be_corrected() {
    let folder = Folder::with_rows(&ROWS[..1]);
    folder.package(&["--only", "荣誉证书"]);
    folder.save(&with_project("甲项目（二期）")[..1]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("resembles".into(), "名单!C2".into())]);
    folder.done("reissue", &["--from", "awards.xlsx", "--reason", "更正", "--yes"]);
    // A sheet of strangers is another contest's.
    folder.save(&[["企业组", "一等奖", "别的", "天地公司", "周舟", ""]]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("other-roster".into(), String::new())]);
}

#[test]
fn a_number_of_another_pattern_is_never_given_again() {
    let folder = issued();
    folder.edit(
        "contest.toml",
        "JZCK2026-{group.code}-{award.rank}-{seq:03}",
        "JZCK2026-QY-1-0{seq:02}",
    );
    folder.save(&[["创业组", "一等奖", "丁项目", "星辰团队", "孙丽", ""]]);
    let ran = folder.accolade("check", &["--format", "json"]);
    let codes = ran.codes("error");
    assert!(codes.contains(&"number-twice".to_owned()), "{codes:?}");
}

#[test]
fn a_name_that_a_text_prints_by_its_header_is_corrected_by_either_name() {
    let folder = Folder::of("least");
    folder.write(
        "contest.toml",
        "[contest]\nname = \"2026年某征文\"\norganizers = [\"某协会\"]\ndate = 2026-05-01\n\
         [columns]\naward = \"等级\"\n[[documents]]\nname = \"证书\"\ntemplate = \"certificate.typ\"\n\
         each = \"entrant\"\nnumber = \"N{seq:02}\"\npath = \"{number}.pdf\"\n[documents.words]\n\
         body = \"{参赛选手}的作品获\"\n",
    );
    folder.sheet(&[&["参赛选手", "等级"], &["李相", "一等奖"]]);
    folder.package(&[]).pdf("N01").shows("李相的作品获");
    let reissued = |set: &str| {
        fs::remove_file(folder.zip()).unwrap();
        folder.done("reissue", &["N01", "--set", set, "--reason", "笔误"]);
        Package::open(&folder.zip()).pdf("N01")
    };
    reissued("members=李想").shows("李想的作品获");
    reissued("参赛选手=李香").shows("李香的作品获");
    fs::remove_file(folder.path("awards.xlsx")).unwrap();
    reissued("成员=李祥").shows("李祥的作品获");
}
