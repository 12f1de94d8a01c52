//! The program is killed, or the machine: what was done is there.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use super::calls::Desk;
use crate::crash::{EVERYTHING, FIRST, Undisturbed, rows};
use crate::support::Folder;

#[test]
fn an_edit_is_there_after_a_kill() {
    let desk = Desk::on(rows());
    let change = json!({ "row": 1, "column": 2, "was": "风铃", "now": "风铃二号" });
    desk.post("/api/cells", &json!({ "sheet": "名单", "changes": [change] }));
    let desk = desk.killed();
    let sheet = desk.get("/api/sheet?lang=zh");
    assert_eq!(sheet["sheets"][0]["cells"][1][2], "风铃二号");
    assert_eq!(sheet["sheets"][0]["edits"][0]["was"], "风铃");
}

#[test]
fn a_kill_while_documents_are_made_costs_no_number() {
    let undisturbed = Undisturbed::run(rows(), &[]);
    for wait in [0, 40, 80, 120, 160, 240, 320, 480, 700] {
        let desk = Desk::on(undisturbed.before());
        desk.post("/api/make", &json!({ "draft": false }));
        sleep(Duration::from_millis(wait));
        let desk = desk.killed();
        let when = format!("killed after {wait} ms");
        // Made again from the page, it is what it would have been.
        desk.post("/api/make", &json!({ "draft": false }));
        let made = desk.made();
        assert!(!made["made"].is_null(), "{when}: {made}");
        let bytes = fs::read(desk.folder.path(EVERYTHING)).unwrap();
        assert!(bytes == undisturbed.package, "{when}: other bytes");
        undisturbed.assert_a_rerun_is_the_same(&desk.folder, &when);
    }
}

#[test]
fn the_command_line_and_the_page_see_what_the_other_did() {
    let desk = Desk::on(rows());
    desk.folder.done("run", &[]);
    assert_eq!(desk.get("/api/register")["count"], 3);
    desk.folder.done("reissue", &[FIRST, "--set", "项目=风铃二号", "--reason", "更正"]);
    let certificate = desk.get(&format!("/api/certificate?number={FIRST}"));
    assert_eq!(certificate["copies"].as_array().unwrap().len(), 2);
    assert_eq!(desk.get("/api/packages").as_array().unwrap().len(), 2);
}

#[test]
fn two_pages_see_the_same() {
    let desk = Desk::on(Folder::example());
    let first = desk.get("/api/state")["version"].as_u64();
    let change =
        json!({ "changes": [{ "path": ["contest", "name"], "act": { "set": "另一名" } }] });
    desk.post("/api/form", &change);
    let state = desk.get("/api/state");
    assert_eq!(state["contest"]["name"], "另一名");
    assert!(state["version"].as_u64() > first);
}
