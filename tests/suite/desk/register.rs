use serde_json::json;

use super::calls::Desk;
use crate::crash::{FIRST, rows};

fn issued() -> Desk {
    let desk = Desk::on(rows());
    desk.post("/api/make", &json!({ "draft": false }));
    desk.made();
    desk
}

#[test]
fn everyone_who_has_a_number_is_found() {
    let desk = issued();
    let all = desk.get("/api/register?lang=zh");
    assert_eq!((all["count"].as_u64(), all["rows"].as_array().unwrap().len()), (Some(3), 3));
    assert_eq!(all["awards"], json!(["一等奖", "二等奖"]));
    let found = desk.get("/api/register?text=%E6%98%86%E4%BB%91&lang=zh");
    assert_eq!(found["rows"][0]["recipient"], "昆仑");
    assert_eq!(found["count"], 1);
    let none = desk.get("/api/register?status=revoked");
    assert_eq!(none["count"], 0);
    let file = desk.ask("GET", "/api/register/export?as=csv&lang=zh", &[]);
    assert!(file.text().contains(FIRST));
}

#[test]
fn a_correction_is_proposed_looked_at_and_made_under_its_own_number() {
    let desk = issued();
    let body = json!({ "number": FIRST, "set": { "project": "风铃二号" } });
    let proposal = desk.post("/api/reissue/propose?lang=zh", &body);
    let change = &proposal["changes"][0];
    assert_eq!((change["number"].as_str(), change["printed"].as_bool()), (Some(FIRST), Some(true)));
    let changed = change["changes"].as_array().unwrap().iter();
    let changed = changed.clone().find(|it| it["fact"] == "project").unwrap();
    assert_eq!((&changed["was"], &changed["now"]), (&json!("风铃"), &json!("风铃二号")));
    let id = &proposal["id"];
    let old =
        desk.ask("GET", &format!("/api/certificate/page.png?number={FIRST}&page=1&ppi=50"), &[]);
    assert_eq!(old.header("accolade-drawn"), "package");
    let new = desk.ask(
        "GET",
        &format!("/api/reissue/page.png?id={id}&number={FIRST}&page=1&ppi=50"),
        &[],
    );
    assert!(old.body.starts_with(b"\x89PNG") && new.body.starts_with(b"\x89PNG"));
    assert_ne!(old.body, new.body);
    assert_eq!(desk.get("/api/register")["count"], 3, "nothing is written so far");

    let (status, fault) = desk.refused("/api/reissue/apply", &json!({ "id": id, "reason": " " }));
    assert_eq!((status, fault["code"].as_str()), (400, Some("no-reason")));
    desk.post("/api/reissue/apply", &json!({ "id": id, "reason": "名称写错" }));
    let made = desk.made();
    assert!(made["made"]["file"].as_str().unwrap().contains(FIRST), "{made}");
    let certificate = desk.get(&format!("/api/certificate?number={FIRST}&lang=zh"));
    let copies = certificate["copies"].as_array().unwrap();
    assert_eq!((copies.len(), copies[0]["reason"].as_str()), (2, Some("名称写错")));
    assert_eq!(copies[1]["status"], "superseded");
}

#[test]
fn of_a_corrected_sheet_only_what_was_ticked_is_made() {
    let desk = issued();
    let mut corrected = crate::crash::ROWS;
    corrected[0][2] = "风铃二号";
    corrected[2][2] = "青瓷二号";
    desk.folder.save(&corrected);
    let proposal = desk.post("/api/reissue/propose?lang=zh", &json!({ "sheet": true }));
    let changes = proposal["changes"].as_array().unwrap();
    let numbers: Vec<&str> = changes.iter().map(|it| it["number"].as_str().unwrap()).collect();
    assert_eq!(numbers.len(), 2, "{proposal}");
    let body = json!({ "id": proposal["id"], "reason": "改名", "only": [numbers[0]] });
    desk.post("/api/reissue/apply", &body);
    assert!(!desk.made()["made"].is_null());
    let again = desk.post("/api/reissue/propose?lang=zh", &json!({ "sheet": true }));
    assert_eq!(again["changes"][0]["number"], numbers[1], "the other is proposed again");
    assert_eq!(again["changes"].as_array().unwrap().len(), 1);
}

#[test]
fn a_revocation_is_recorded_and_undone() {
    let desk = issued();
    let body = json!({ "number": FIRST, "reason": "资格不符" });
    assert_eq!(desk.post("/api/revoke?lang=zh", &body)["revoked"], "资格不符");
    let back =
        desk.post("/api/reinstate?lang=zh", &json!({ "number": FIRST, "reason": "查明无误" }));
    assert!(back["revoked"].is_null());
    assert_eq!(back["events"].as_array().unwrap().len(), 2);
    let (status, fault) = desk.refused("/api/revoke", &json!({ "number": "无", "reason": "x" }));
    assert_eq!((status, fault["code"].as_str()), (400, Some("unknown-number")));
}

#[test]
fn the_check_page_is_published_into_the_folder() {
    let desk = issued();
    let published = desk.post("/api/publish?lang=zh", &json!({}));
    for file in published["files"].as_array().unwrap() {
        assert!(desk.folder.path("web").join(file.as_str().unwrap()).exists(), "{file}");
    }
}
