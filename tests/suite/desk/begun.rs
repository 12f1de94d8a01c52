use std::fs;

use serde_json::json;

use super::calls::Desk;
use crate::support::Folder;

#[test]
fn from_an_empty_folder_a_contest_is_begun() {
    let folder = Folder::example();
    fs::remove_file(folder.path("contest.toml")).unwrap();
    fs::remove_file(folder.path("awards.xlsx")).unwrap();
    let desk = Desk::on(folder);
    assert_eq!(desk.get("/api/state?lang=zh")["begun"], false);
    let folders = desk.get("/api/folders?lang=zh");
    assert_eq!(folders["contests"], json!([]));
    assert_eq!(folders["examples"].as_array().unwrap().len(), 7);
    desk.post("/api/begin?lang=zh", &json!({ "folder": "学校奖状", "example": "school" }));
    let state = desk.get("/api/state?lang=zh");
    assert_eq!(
        (state["begun"].as_bool(), state["folder"].as_str()),
        (Some(true), Some("学校奖状"))
    );
    assert!(desk.folder.path("学校奖状/signing.key").exists());
    // Next year's from it, with what is to be decided at its fields.
    let contests = desk.get("/api/folders?lang=zh");
    let id = contests["contests"][0]["id"].clone();
    let begun = desk.post("/api/begin?lang=zh", &json!({ "folder": "明年", "from": id }));
    assert!(begun["undecided"].as_u64() > Some(0));
    assert_eq!(desk.get("/api/state?lang=zh")["stuck"]["at"], "contest");
    let (_, fault) = desk.refused("/api/begin?lang=zh", &json!({ "folder": "明年", "from": id }));
    assert_eq!(fault["code"], "contest-exists", "{fault}");
}

#[test]
fn a_setting_is_changed_and_everything_else_is_kept() {
    let desk = Desk::example();
    let before = fs::read_to_string(desk.folder.path("contest.toml")).unwrap();
    let change =
        json!({ "changes": [{ "path": ["contest", "name"], "act": { "set": "2026年新赛" } }] });
    let form = desk.post("/api/form?lang=zh", &change);
    assert_eq!(form["faults"], json!([]));
    let after = fs::read_to_string(desk.folder.path("contest.toml")).unwrap();
    let (was, now): (Vec<_>, Vec<_>) =
        before.lines().zip(after.lines()).filter(|(was, now)| was != now).unzip();
    assert_eq!((was.len(), before.lines().count()), (1, after.lines().count()));
    assert!(now[0].contains("2026年新赛") && now[0].contains("# 通知标题"), "{now:?}");
    assert_eq!(desk.get("/api/state?lang=zh")["contest"]["name"], "2026年新赛");
}

#[test]
fn a_wrong_setting_is_written_and_told_at_its_field() {
    let desk = Desk::example();
    let change =
        json!({ "changes": [{ "path": ["contest", "date"], "act": { "set": "2026-07-01" } }] });
    let form = desk.post("/api/form?lang=zh", &change);
    let fields = form["sections"].as_array().unwrap().iter();
    let fields = fields.flat_map(|section| section["fields"].as_array().unwrap());
    let date = fields.clone().find(|field| field["path"] == json!(["contest", "date"])).unwrap();
    assert_eq!(date["value"], "2026-07-01");
    assert!(!date["faults"].as_array().unwrap().is_empty(), "{date}");
    assert_eq!(desk.get("/api/state?lang=zh")["stuck"]["at"], "contest");
}

#[test]
fn a_picture_goes_into_the_folder_under_what_it_is() {
    let desk = Desk::example();
    let png = b"\x89PNG\r\n\x1a\n rest";
    let put = desk.ask("POST", "/api/picture?name=..%2F..%2Flogo.exe", png).json();
    assert_eq!(put["name"], "logo.png");
    assert_eq!(fs::read(desk.folder.path("images/logo.png")).unwrap(), png);
    let answer = desk.ask("POST", "/api/picture?name=logo.png&lang=zh", b"MZ\x90");
    assert_eq!(answer.json()["faults"][0]["code"], "not-a-picture");
}
