//! One change of the sheet: new rows, another order, identifiers, a name that may
//! be a known winner's.

use std::collections::BTreeMap;
use std::fs;

use crate::support::{Folder, HEADER, Package};

const ROWS: [[&str; 6]; 3] = [
    ["企业组", "一等奖", "风铃", "北斗", "王伟", ""],
    ["企业组", "一等奖", "竹马", "昆仑", "李强", ""],
    ["创业组", "二等奖", "青瓷", "鲸落", "赵敏、钱进", ""],
];
const NEW: [&str; 6] = ["企业组", "一等奖", "琥珀", "星河", "周明", ""];
const CERTIFICATES: [&str; 2] = ["--only", "荣誉证书"];

/// Everybody's number and certificate, by whom it is for.
fn certificates(folder: &Folder) -> BTreeMap<String, (String, Vec<u8>)> {
    let mut package = folder.package(&CERTIFICATES);
    let manifest = package.manifest();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let documents = manifest["documents"].as_array().unwrap().iter();
    documents
        .map(|it| {
            let bytes = package.read(&text(&it["path"]));
            (text(&it["recipient"]), (text(&it["number"]), bytes))
        })
        .collect()
}

#[test]
fn new_rows_between_old_ones_get_the_next_numbers() {
    let folder = Folder::with_rows(&ROWS);
    let before = certificates(&folder);
    folder.save(&[NEW, ROWS[0], ROWS[1], ROWS[2]]);
    let mut after = certificates(&folder);
    assert_eq!(after.remove("星河").unwrap().0, "JZCK2026-QY-1-003");
    assert!(after == before, "somebody's certificate has moved");
}

#[test]
fn a_sheet_sorted_or_laid_out_otherwise_makes_the_same_certificates() {
    let folder = Folder::with_rows(&ROWS);
    let before = certificates(&folder);
    folder.save(&[ROWS[2], ROWS[1], ROWS[0]]);
    assert!(certificates(&folder) == before);
    let sorted = ROWS.map(|[group, award, project, organization, members, _]| {
        ["2026", members, organization, group, award, project]
    });
    let header = ["年度", "团队成员", "获奖单位", "赛道", "获奖等级", "作品名称"];
    let all: Vec<&[&str]> = std::iter::once(&header).chain(&sorted).map(|row| &row[..]).collect();
    folder.sheet(&all);
    assert!(certificates(&folder) == before);
}

#[test]
fn identifiers_may_come_later_and_go_again() {
    let folder = Folder::with_rows(&ROWS);
    let before = certificates(&folder);
    let with_ids = |rows: &[[&str; 6]]| {
        let mut all = vec![[&HEADER[..], &["项目编号"]].concat()];
        all.extend(rows.iter().zip(["P3", "P1", "P2"]).map(|(row, id)| [&row[..], &[id]].concat()));
        folder.sheet(&all.iter().map(|row| &row[..]).collect::<Vec<_>>());
    };
    with_ids(&ROWS);
    assert!(certificates(&folder) == before);
    // What is corrected together with them keeps its number, too.
    let mut corrected = ROWS;
    corrected[0][2] = "风筝";
    with_ids(&corrected);
    folder.done("reissue", &["--from", "awards.xlsx", "--reason", "更正", "--yes"]);
    fs::remove_dir_all(folder.path("out")).unwrap();
    let after = certificates(&folder);
    assert_eq!(after["北斗"].0, "JZCK2026-QY-1-001");
    assert!(after["北斗"].1 != before["北斗"].1);
    // From here on its identifier is enough to know it by.
    let mut renamed = corrected;
    renamed[0][2..4].copy_from_slice(&["纸鸢", "南斗"]);
    with_ids(&renamed);
    let ran = folder.accolade("check", &["--format", "json"]);
    let cells = ["名单!C2", "名单!D2"].map(|cell| ("fact-changed".into(), cell.into()));
    assert_eq!(ran.found("error"), cells);
    folder.save(&corrected);
    assert!(certificates(&folder) == after);
}

#[test]
fn a_held_row_gets_the_next_number_once_it_is_mended() {
    let mut faulty = ROWS;
    faulty[0][0] = "企业主";
    let folder = Folder::with_rows(&faulty);
    folder.done("run", &["--hold", "--only", "荣誉证书"]);
    // What says that a row is held in it is none of the packages below.
    fs::remove_file(folder.zip()).unwrap();
    folder.save(&[ROWS[1], ROWS[2]]);
    let before = certificates(&folder);
    assert_eq!(before["昆仑"].0, "JZCK2026-QY-1-001");
    folder.save(&ROWS);
    let mut after = certificates(&folder);
    assert_eq!(after.remove("北斗").unwrap().0, "JZCK2026-QY-1-002");
    assert!(after == before, "somebody's certificate has moved");
}

#[test]
fn who_may_be_a_known_winner_is_asked_about() {
    let folder = Folder::with_rows(&ROWS);
    let before = certificates(&folder);
    let mut renamed = ROWS;
    renamed[1][2] = "竹蜻蜓";
    folder.save(&renamed);
    let ran = folder.accolade("run", &CERTIFICATES);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    for part in [
        "昆仑 竹马",
        "昆仑 竹蜻蜓",
        "accolade reissue 文件夹 JZCK2026-QY-1-002 --set project=\"竹蜻蜓\"",
        "accolade run 文件夹 --new '名单!C3'",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    // It is a new project of the same team.
    let new = [&CERTIFICATES[..], &["--new", "名单!C3"]].concat();
    let ran = folder.accolade("run", &new);
    assert!(ran.stderr.contains("[smaller-package]"), "who is gone was in it: {}", ran.stderr);
    let ran = folder.done("run", &[&new[..], &["--replace"]].concat());
    assert!(ran.stderr.contains("JZCK2026-QY-1-002 昆仑 竹马"), "who is gone: {}", ran.stderr);
    let after = certificates(&folder);
    assert_eq!(after["昆仑"].0, "JZCK2026-QY-1-003");
    assert!(after["北斗"] == before["北斗"] && after["鲸落"] == before["鲸落"]);
    // Whoever was declared new is known from now on, and so is who was gone.
    folder.save(&[ROWS[0], ROWS[1], renamed[1], ROWS[2]]);
    let manifest = folder.package(&CERTIFICATES).manifest();
    let numbers: Vec<_> =
        manifest["documents"].as_array().unwrap().iter().map(|it| it["number"].clone()).collect();
    let expected =
        ["JZCK2026-QY-1-001", "JZCK2026-QY-1-002", "JZCK2026-QY-1-003", "JZCK2026-CY-2-001"];
    assert_eq!(numbers, expected);
}

#[test]
fn a_sheet_of_strangers_is_another_contests() {
    let folder = Folder::with_rows(&ROWS);
    folder.package(&CERTIFICATES);
    folder.save(&[NEW]);
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.found("error"), [("other-roster".into(), String::new())]);
}

#[test]
fn nobody_misses_whoevers_number_is_revoked() {
    let folder = Folder::with_rows(&ROWS);
    folder.package(&CERTIFICATES);
    for number in ["JZCK2026-QY-1-001", "JZCK2026-QY-1-002"] {
        folder.done("revoke", &[number, "--reason", "取消资格"]);
    }
    // Of the first prize, of which nobody is left.
    folder.save(&[NEW]);
    let ran = folder.done("run", &[&CERTIFICATES[..], &["--replace"]].concat());
    assert!(!ran.stderr.contains("other-roster"), "{}", ran.stderr);
    assert!(certificates(&folder)["星河"].0 == "JZCK2026-QY-1-003");
}

#[test]
fn a_correction_finds_its_row_wherever_it_has_gone() {
    let folder = Folder::with_rows(&ROWS);
    folder.package(&CERTIFICATES);
    // Sorted otherwise, and not run since: somebody else stands in each row.
    folder.save(&[ROWS[2], ROWS[0], ROWS[1]]);
    let correct = |number: &str, members: &str| {
        let out = format!("out/{members}");
        let set = format!("members={members}");
        folder.done("reissue", &[number, "--set", &set, "--reason", "更正", "--out", &out]);
        let file = fs::read_dir(folder.path(&out)).unwrap().next().unwrap().unwrap().path();
        let manifest = Package::open(&file).manifest();
        assert_eq!(manifest["documents"].as_array().unwrap().len(), 1, "{manifest}");
        assert_eq!(manifest["documents"][0]["number"], number);
    };
    correct("JZCK2026-QY-1-001", "王玮");
    // Somebody else's fault in the row where this one stood is none of it.
    folder.done("revoke", &["JZCK2026-QY-1-001", "--reason", "取消资格"]);
    folder.save(&[ROWS[2], ROWS[0]]);
    correct("JZCK2026-QY-1-002", "李墙");
}
