use std::fs;

use serde_json::json;

use super::calls::Desk;
use crate::support::Folder;

const OLD: &str = "组别,奖项,项目名称,参赛单位,核心成员\n企业组,一等奖,风铃,北斗公司,王伟\n企业组,二等奖,竹马,昆仑公司,李强\n";
const NEW: &str = "组别,奖项,项目名称,参赛单位,核心成员\n企业组,一等奖,风铃,北斗公司,王伟\n企业组,一等奖,青瓷,鲸落公司,赵敏\n企业组,三等奖,竹马,昆仑公司,李强\n";

#[test]
fn a_new_sheet_takes_the_place_of_the_old_one_which_is_kept() {
    let desk = Desk::example();
    let before = fs::read(desk.folder.path("awards.xlsx")).unwrap();
    let taken = desk.ask("POST", "/api/sheet?lang=zh&name=%E5%AE%9A%E7%A8%BF.csv", OLD.as_bytes());
    assert_eq!(taken.json()["name"], "定稿.csv", "{}", taken.text());
    assert_eq!(taken.json()["former"]["name"], "awards.xlsx");
    assert_eq!(fs::read(desk.folder.path("awards.xlsx")).unwrap(), before);
    assert_eq!(desk.get("/api/sheet?lang=zh")["balance"]["in"], 2);
    // Whoever knows TOML finds it there, with its comment.
    let contest = fs::read_to_string(desk.folder.path("contest.toml")).unwrap();
    assert!(
        contest.contains("sheet   = \"定稿.csv\"") && contest.contains("# 最终获奖名单"),
        "{contest}"
    );
    let used = desk.post("/api/sheets/use", &json!({ "id": taken.json()["former"]["id"] }));
    assert_eq!(used["name"], "awards.xlsx");
    assert_eq!(desk.get("/api/sheet?lang=zh")["balance"]["in"], 47);
}

#[test]
fn what_a_colleague_has_changed_is_told_row_by_row() {
    let desk = Desk::example();
    desk.ask("POST", "/api/sheet?name=a.csv", OLD.as_bytes());
    let taken = desk.ask("POST", "/api/sheet?name=b.csv", NEW.as_bytes()).json();
    let former = taken["former"]["id"].as_str().unwrap();
    let difference = desk.get(&format!("/api/sheet/difference?id={former}"));
    // The one sheet of a text file has the file's name.
    let sheets = difference["sheets"].as_array().unwrap();
    let added: u64 = sheets.iter().map(|sheet| sheet["added"].as_u64().unwrap()).sum();
    assert!(added > 0, "{difference}");
}

#[test]
fn what_is_no_sheet_changes_nothing_and_says_so() {
    let desk = Desk::example();
    let before = fs::read(desk.folder.path("contest.toml")).unwrap();
    for (name, bytes) in
        [("a.pdf", &b"%PDF-1.7\n%\xE2\xE3\n"[..]), ("a.xlsx", b""), ("a.xlsx", b"PK\x03\x04")]
    {
        let answer = desk.ask("POST", &format!("/api/sheet?lang=zh&name={name}"), bytes);
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        assert_ne!(answer.json()["faults"][0]["message"], "");
    }
    assert_eq!(fs::read(desk.folder.path("contest.toml")).unwrap(), before);
    assert!(!desk.folder.path("a.pdf").exists() && !desk.folder.path("a.xlsx").exists());
}

#[test]
fn a_sheet_that_is_gone_is_told_and_another_can_be_given() {
    let folder = Folder::example();
    fs::remove_file(folder.path("awards.xlsx")).unwrap();
    let desk = Desk::on(folder);
    let state = desk.get("/api/state?lang=zh");
    assert_eq!(
        (state["stuck"]["at"].as_str(), state["sheet"]["there"].as_bool()),
        (Some("sheet"), Some(false))
    );
    desk.ask("POST", "/api/sheet?name=a.csv", OLD.as_bytes());
    assert!(desk.get("/api/state?lang=zh")["stuck"].is_null());
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_to_says_so() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::example();
    let folder = desk.folder.path(".");
    let mode = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    // The superuser may write everywhere.
    let readable_only = fs::write(folder.join("probe"), "").is_err();
    if readable_only {
        let answer = desk.ask("POST", "/api/sheet?lang=zh&name=a.csv", OLD.as_bytes());
        mode(0o755);
        assert_eq!(answer.status, 500, "{}", answer.text());
        assert_eq!(answer.json()["faults"][0]["code"], "cannot-write");
    }
    mode(0o755);
    let _ = fs::remove_file(folder.join("probe"));
}
