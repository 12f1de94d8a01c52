//! `--hold`: one bad row does not keep the other winners waiting.

use crate::support::Folder;

const SOUND: [&str; 6] = ["企业组", "一等奖", "甲", "某某有限公司", "王伟", "√"];

#[test]
fn faulty_rows_are_held_and_everything_sound_is_made() {
    let folder = Folder::with_rows(&[
        SOUND,
        ["企业组", "三等将", "乙", "另一有限公司", "李强", ""],
        ["企业组", "一等奖", "\u{31350}", "第三有限公司", "赵敏", ""],
        ["创业组", "二等奖", "丁", "某某团队", "钱进", ""],
    ]);
    assert_eq!(folder.accolade("run", &[]).status, 1);
    let mut package = folder.package(&["--hold"]);
    let manifest = package.manifest();
    assert_eq!(
        manifest["rows"],
        serde_json::json!({"in": 4, "issued": 2, "held": 2, "skipped": 0})
    );
    assert_eq!(manifest["held"][0]["row"], "名单!C3");
    assert_eq!(manifest["held"][0]["reasons"][0]["code"], "unknown-award");
    assert_eq!(manifest["held"][1]["reasons"][0]["code"], "missing-glyph");
    let certificates = package.names().iter().filter(|name| name.starts_with("荣誉证书/")).count();
    assert_eq!(certificates, 2);
    let held = package.text("待处理.csv");
    assert!(held.contains("名单!C3,名单!B3,"), "{held}");
    assert!(held.contains("是否应为“三等奖”"), "{held}");
}

#[test]
fn no_list_is_made_that_would_leave_a_winner_out() {
    let folder =
        Folder::with_rows(&[SOUND, ["企业组", "三等将", "乙", "另一有限公司", "李强", ""]]);
    let ran = folder.accolade("run", &["--hold"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("推荐函、公示、获奖名单通知"), "{}", ran.stderr);
    assert!(ran.stdout.contains("2 行 = 制作 1 + 扣下 1 + 略过 0"), "{}", ran.stdout);
    let names = crate::support::Package::open(&folder.zip()).names();
    assert!(names.iter().all(|name| !name.starts_with("公文/")), "{names:?}");
}

#[test]
fn what_only_the_finished_page_shows_is_held_too() {
    let long = "W".repeat(400);
    let folder =
        Folder::with_rows(&[SOUND, ["企业组", "一等奖", &long, "另一有限公司", "李强", ""]]);
    let mut package = folder.package(&["--hold"]);
    let manifest = package.manifest();
    assert_eq!(manifest["held"][0]["row"], "名单!C3");
    assert_eq!(manifest["held"][0]["reasons"][0]["code"], "template");
    assert_eq!(manifest["documents"][0]["number"], "JZCK2026-QY-1-001");
}

#[test]
fn what_is_no_rows_fault_still_stops_the_run() {
    let folder = Folder::with_rows(&[SOUND]);
    folder.write("templates/publicity.typ", "#panic(\"no\")");
    assert_eq!(folder.accolade("run", &["--hold"]).status, 1);
    assert!(folder.out().is_empty());
}

#[test]
fn with_every_row_held_there_is_no_package() {
    let folder = Folder::with_rows(&[["企业组", "三等将", "乙", "另一有限公司", "李强", ""]]);
    assert_eq!(folder.accolade("run", &["--hold"]).status, 1);
    assert!(folder.out().is_empty());
}

#[test]
fn without_a_faulty_row_hold_changes_nothing() {
    let folder = Folder::example();
    folder.package(&[]);
    let plain = std::fs::read(folder.zip()).unwrap();
    folder.package(&["--hold"]);
    assert!(plain == std::fs::read(folder.zip()).unwrap());
}
