use std::fs;

use serde_json::{Value as Json, json};

use super::calls::Desk;
use crate::support::Folder;

const ROWS: [[&str; 6]; 3] = [
    ["企业组", "一等", "风铃", "北斗", "王伟", "√"],
    ["企业组", "特等奖", "竹马", "昆仑", "李强", ""],
    ["创业组", "二等奖", "青瓷", "鲸落", "赵敏、钱进", "√"],
];

fn desk() -> Desk {
    Desk::on(Folder::with_rows(&ROWS))
}

/// Mends the second row's award, which nobody knows.
fn mend(now: &str, was: &str) -> Json {
    json!({ "sheet": "名单", "changes": [{ "row": 2, "column": 1, "was": was, "now": now }], "reason": "" })
}

fn corrections(desk: &Desk) -> Option<String> {
    fs::read_to_string(desk.folder.path("corrections.csv")).ok()
}

fn errors(answer: &Json) -> u64 {
    answer["counts"]["errors"].as_u64().unwrap()
}

#[test]
fn the_sheet_shows_every_fault_at_its_cell() {
    let desk = desk();
    let sheet = desk.get("/api/sheet?lang=zh");
    assert_eq!(errors(&sheet), 1);
    let fault = &sheet["faults"][0];
    assert_eq!(
        (fault["code"].as_str(), fault["cell"].as_str()),
        (Some("unknown-award"), Some("名单!B3"))
    );
    let marks = sheet["sheets"][0]["marks"].as_array().unwrap();
    let mark = marks.iter().find(|mark| mark["fault"] == fault["index"]).unwrap();
    assert_eq!((mark["row"].as_u64(), mark["column"].as_u64()), (Some(2), Some(1)));
    assert_eq!(sheet["sheets"][0]["roles"], json!(["header", "entrant", "entrant", "entrant"]));
    assert_eq!(sheet["mapping"][0]["columns"][2]["field"], "project");
    assert_eq!(sheet["mapping"][0]["columns"][2]["samples"], json!(["风铃", "竹马", "青瓷"]));
    let english = desk.get("/api/sheet?lang=en");
    let message = english["faults"][0]["message"].as_str().unwrap();
    assert!(message.contains("award"), "{message}");
}

#[test]
fn a_mended_cell_is_checked_at_once_and_undone_and_redone() {
    let desk = desk();
    let mended = desk.post("/api/cells?lang=zh", &mend("三等奖", "特等奖"));
    assert_eq!(errors(&mended), 0);
    assert_eq!(mended["said"][0]["edits"][0]["was"], "特等奖");
    assert!(corrections(&desk).unwrap().contains("名单!B3,特等奖,三等奖"));
    let undone = desk.post("/api/undo?lang=zh", &json!({}));
    assert_eq!(undone["changed"][0]["text"], "特等奖");
    assert_eq!((errors(&undone), undone["redo"].as_bool()), (1, Some(true)));
    assert_eq!(corrections(&desk), None);
    let redone = desk.post("/api/redo?lang=zh", &json!({}));
    assert_eq!((errors(&redone), redone["redo"].as_bool()), (0, Some(false)));
    // The command line sees the same.
    assert_eq!(desk.folder.accolade("check", &[]).status, 0);
}

#[test]
fn a_cell_that_says_something_else_by_now_is_not_mended() {
    let desk = desk();
    desk.post("/api/cells?lang=zh", &mend("三等奖", "特等奖"));
    let (status, fault) = desk.refused("/api/cells?lang=zh", &mend("二等奖", "特等奖"));
    assert_eq!((status, fault["code"].as_str()), (422, Some("cell-overtaken")));
    assert!(corrections(&desk).unwrap().contains("特等奖,三等奖"));
}

#[test]
fn what_others_change_meanwhile_is_seen() {
    let desk = desk();
    let before = desk.get("/api/state?lang=zh");
    assert_eq!(before["counts"]["errors"], 1);
    fs::write(
        desk.folder.path("corrections.csv"),
        "cell,was,now,reason\n名单!B3,特等奖,三等奖,电话核实\n",
    )
    .unwrap();
    let after = desk.get("/api/state?lang=zh");
    assert_eq!(after["counts"]["errors"], 0);
    assert!(after["version"].as_u64() > before["version"].as_u64());
    desk.folder.edit("contest.toml", "[contest]", "[contest");
    let broken = desk.get("/api/state?lang=zh");
    assert_eq!(broken["stuck"]["at"], "contest");
    assert_eq!(broken["stuck"]["faults"][0]["file"], "contest.toml");
}

#[test]
fn a_line_that_no_longer_fits_is_settled_by_a_button() {
    let desk = desk();
    let file = "单元格,原文,改为\n名单!B3,一等奖,三等奖\n";
    fs::write(desk.folder.path("corrections.csv"), file).unwrap();
    let sheet = desk.get("/api/sheet?lang=zh");
    let faults = sheet["faults"].as_array().unwrap();
    let stale = faults.iter().find(|fault| fault["code"] == "stale-correction").unwrap();
    let remedies: Vec<_> =
        stale["remedies"].as_array().unwrap().iter().map(|it| it["remedy"].clone()).collect();
    assert_eq!(remedies, ["drop-correction", "renew-correction"]);
    let settled = desk.post(
        "/api/corrections/renew?lang=zh",
        &json!({ "line": stale["line"], "cell": "名单!B3", "says": stale["remedies"][1]["says"] }),
    );
    assert_eq!(errors(&settled), 0);
}

#[test]
fn a_column_and_an_allowance_are_written_into_the_contest() {
    let folder = Folder::example();
    folder.sheet(&[
        &["组别", "奖项", "作品", "参赛单位", "核心成员"],
        &["创业组", "一等奖", "风铃", "北斗团队", "王伟"],
        &["创业组", "二等奖", "青瓷", "鲸落团队", "王伟"],
    ]);
    let desk = Desk::on(folder);
    let taken = desk.post("/api/columns?lang=zh", &json!({ "header": "作品", "field": "project" }));
    let codes: Vec<_> =
        taken["faults"].as_array().unwrap().iter().map(|fault| fault["code"].clone()).collect();
    assert!(!codes.contains(&json!("missing-column")), "{codes:?}");
    let contest = fs::read_to_string(desk.folder.path("contest.toml")).unwrap();
    assert!(contest.contains("project = [\"作品\"]"), "{contest}");
    let shared = taken["faults"].as_array().unwrap().iter();
    let mut shared = shared.filter(|fault| fault["code"] == "shared-member");
    let allow = shared.next().expect("one person in two teams")["remedies"][0].clone();
    assert_eq!(allow["remedy"], "allow");
    let body = json!({ "code": allow["code"], "value": allow["value"], "reason": "同名，已核实" });
    let allowed = desk.post("/api/allow?lang=zh", &body);
    let fault = allowed["faults"].as_array().unwrap().iter();
    let fault = fault.clone().find(|fault| fault["code"] == "shared-member").unwrap();
    assert_eq!(fault["allowed"], "同名，已核实");
}

#[test]
fn the_sheet_is_handed_out_marked_and_mended() {
    let desk = desk();
    desk.post("/api/cells?lang=zh", &mend("三等奖", "特等奖"));
    for (path, name) in [
        ("/api/sheet/annotated.xlsx?lang=zh", "awards（标注）.xlsx"),
        ("/api/sheet/mended.xlsx?lang=zh", "awards（改好）.xlsx"),
    ] {
        let answer = desk.ask("GET", path, &[]);
        assert_eq!(answer.status, 200);
        let encoded: String = name
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'.' => char::from(byte).to_string(),
                byte => format!("%{byte:02x}"),
            })
            .collect();
        assert!(answer.header("content-disposition").contains(&encoded), "{}", answer.head);
        // Read again, it has what was mended and no fault.
        fs::write(desk.folder.path("again.xlsx"), &answer.body).unwrap();
        fs::rename(desk.folder.path("corrections.csv"), desk.folder.path("kept")).unwrap();
        let ran = desk.folder.accolade("check", &["--sheet", "again.xlsx"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        fs::rename(desk.folder.path("kept"), desk.folder.path("corrections.csv")).unwrap();
    }
}

#[test]
fn a_hostile_text_is_text() {
    let folder = Folder::with_rows(&[[
        "企业组",
        "一等奖",
        "<img src=x onerror=alert(1)>",
        "=cmd|'/c calc'!A1",
        "王伟",
        "√",
    ]]);
    let desk = Desk::on(folder);
    let sheet = desk.ask("GET", "/api/sheet?lang=zh", &[]);
    assert_eq!(sheet.header("content-type"), "application/json");
    assert_eq!(sheet.json()["sheets"][0]["cells"][1][2], "<img src=x onerror=alert(1)>");
}

#[test]
fn what_was_probably_meant_is_one_button_away() {
    let mut rows = ROWS;
    rows[1][1] = "三等将";
    let desk = Desk::on(Folder::with_rows(&rows));
    let sheet = desk.get("/api/sheet?lang=zh");
    let faults = sheet["faults"].as_array().unwrap();
    let unknown = faults.iter().find(|fault| fault["code"] == "unknown-award").unwrap();
    let mend = &unknown["remedies"][0];
    assert_eq!(*mend, json!({ "remedy": "mend", "was": "三等将", "now": "三等奖" }));
}

#[test]
fn who_was_said_to_be_new_in_one_file_is_not_so_in_another() {
    let desk = desk();
    let declared = desk.post("/api/new?lang=zh", &json!({ "row": "名单!C3", "new": true }));
    assert_eq!(declared["new"], json!(["名单!C3"]));
    // A colleague puts a row in: somebody else stands there now.
    let mut rows = ROWS.to_vec();
    rows.insert(0, ["企业组", "一等奖", "新来的", "泰山", "孙权", ""]);
    desk.folder.save(&rows);
    assert_eq!(desk.get("/api/sheet?lang=zh")["new"], json!([]));
}

#[test]
fn a_list_of_who_may_not_take_part_is_read_again_when_it_changes() {
    let folder = Folder::with_rows(&[["企业组", "一等奖", "风铃", "北斗", "王伟", "√"]]);
    folder.write("往年.csv", "项目名称,单位\n别的,别处\n");
    let list = "[[rules.exclusions]]\nfile = \"往年.csv\"\nname = \"往年获奖\"\n\n[pdf]";
    folder.edit("contest.toml", "[pdf]", list);
    let desk = Desk::on(folder);
    assert_eq!(errors(&desk.get("/api/sheet?lang=zh")), 0);
    desk.folder.write("往年.csv", "项目名称,单位\n风铃,北斗\n");
    assert_eq!(desk.get("/api/sheet?lang=zh")["faults"][0]["code"], "excluded");
}
