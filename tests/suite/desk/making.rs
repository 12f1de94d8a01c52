use serde_json::{Value as Json, json};

use super::calls::Desk;
use crate::crash::{EVERYTHING, rows};
use crate::support::{Folder, Package};

#[test]
fn a_draft_spends_no_number_and_the_real_thing_does() {
    let desk = Desk::on(rows());
    let plan = desk.get("/api/plan?lang=zh");
    let certificates = plan["kinds"].as_array().unwrap().iter();
    let certificates = certificates.clone().find(|kind| kind["name"] == "荣誉证书").unwrap();
    assert_eq!(certificates["new"], 3);
    desk.post("/api/make?lang=zh", &json!({ "draft": true, "only": ["荣誉证书"] }));
    assert!(desk.made()["made"]["file"].as_str().unwrap().contains("样张"));
    assert_eq!(desk.get("/api/register")["count"], 0);
    desk.post("/api/make?lang=zh", &json!({ "draft": false }));
    let made = desk.made();
    assert_eq!(made["made"]["file"], "晋中创客中国2026获奖文件.zip", "{made}");
    assert_eq!(desk.get("/api/register")["count"], 3);
    // The same bytes as from the command line: the register has the numbers now.
    let bytes = std::fs::read(desk.folder.path(EVERYTHING)).unwrap();
    desk.folder.done("run", &[]);
    assert_eq!(std::fs::read(desk.folder.path(EVERYTHING)).unwrap(), bytes);
    assert_eq!(desk.get("/api/plan")["kinds"][0]["new"], 0);
}

#[test]
fn what_was_made_is_listed_opened_and_handed_out() {
    let desk = Desk::on(rows());
    desk.post("/api/make", &json!({ "draft": false }));
    desk.made();
    let packages = desk.get("/api/packages");
    let id = packages[0]["id"].as_str().unwrap();
    assert_eq!(packages[0]["draft"], false);
    let package = desk.get(&format!("/api/package?id={id}"));
    let entries = package["entries"].as_array().unwrap();
    let certificate = entries.iter().find(|entry| entry["number"] == "JZCK2026-QY-1-001").unwrap();
    let path = format!("/api/package/pdf?id={id}&index={}", certificate["index"]);
    let pdf = desk.ask("GET", &path, &[]);
    assert_eq!(pdf.header("content-type"), "application/pdf");
    let mut whole = Package::open(&desk.folder.path(EVERYTHING));
    assert_eq!(pdf.body, whole.read(certificate["path"].as_str().unwrap()));
    let zip = desk.ask("GET", &format!("/api/package/zip?id={id}"), &[]);
    assert_eq!(zip.body, std::fs::read(desk.folder.path(EVERYTHING)).unwrap());
}

#[test]
fn pressed_twice_it_is_made_once() {
    let desk = Desk::example();
    let make = json!({ "draft": false });
    desk.post("/api/make?lang=zh", &make);
    let (status, fault) = desk.refused("/api/make?lang=zh", &make);
    assert_eq!((status, fault["code"].as_str()), (409, Some("busy")));
    let (status, _) = desk.refused("/api/quit?lang=zh", &json!({}));
    assert_eq!(status, 409);
    assert!(!desk.made()["made"].is_null());
    assert_eq!(desk.folder.out().len(), 1);
}

#[test]
fn what_is_stopped_leaves_nothing_and_spends_nothing() {
    let desk = Desk::example();
    desk.post("/api/make?lang=zh", &json!({ "draft": false }));
    desk.post("/api/make/stop?lang=zh", &json!({}));
    let last = desk.made();
    assert!(last["made"].is_null(), "{last}");
    assert_eq!(last["faults"][0]["code"], "interrupted");
    assert!(desk.folder.out().is_empty());
    assert_eq!(desk.get("/api/register")["count"], 0);
}

#[test]
fn faulty_rows_are_told_and_may_be_held() {
    let mut all = crate::crash::ROWS;
    all[1][1] = "特等奖";
    let desk = Desk::on(Folder::with_rows(&all));
    desk.post("/api/make?lang=zh", &json!({ "draft": false }));
    let last = desk.made();
    assert_eq!(
        (last["made"].is_null(), &last["faults"][0]["code"]),
        (true, &json!("unknown-award"))
    );
    desk.post("/api/make?lang=zh", &json!({ "draft": false, "hold": true }));
    let made = desk.made();
    assert_eq!(made["made"]["rows"]["held"], 1, "{made}");
}

#[test]
fn every_document_is_shown_as_its_finished_page() {
    let desk = Desk::on(rows());
    let documents = desk.get("/api/documents?lang=zh");
    let documents = documents["documents"].as_array().unwrap();
    let encoded = |document: &Json| -> String {
        document["path"].as_str().unwrap().bytes().map(|byte| format!("%{byte:02X}")).collect()
    };
    for document in documents {
        let path = encoded(document);
        let drawn = desk.get(&format!("/api/document?path={path}&ppi=40"));
        assert!(drawn["pages"].as_u64() > Some(0), "{document}");
        assert_eq!(drawn["faults"], json!([]), "{document}");
        let page =
            desk.ask("GET", &format!("/api/document/page.png?path={path}&page=1&ppi=40"), &[]);
        assert!(page.body.starts_with(b"\x89PNG"), "{document}");
    }
    assert!(documents.iter().any(|document| document["risky"] == true));
}
