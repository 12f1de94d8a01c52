use serde_json::json;

use super::calls::Desk;
use crate::crash::{EVERYTHING, rows};
use crate::support::Package;

fn issued() -> Desk {
    let desk = Desk::on(rows());
    desk.post("/api/make", &json!({ "draft": false }));
    desk.made();
    desk
}

#[test]
fn a_certificate_and_a_package_are_verified_in_words() {
    let desk = issued();
    let mut package = Package::open(&desk.folder.path(EVERYTHING));
    let names = package.names();
    let name = names.iter().find(|name| name.contains("QY-1-001")).unwrap();
    let pdf = package.read(name);
    let told = desk.ask("POST", "/api/verify?lang=zh&name=a.pdf", &pdf).json();
    assert_eq!(
        (told["verdict"].as_str(), told["says"].as_str()),
        (Some("genuine"), Some("真实，现行有效"))
    );
    assert_eq!(told["certificates"][0]["number"], "JZCK2026-QY-1-001");
    let zip = std::fs::read(desk.folder.path(EVERYTHING)).unwrap();
    let told = desk.ask("POST", "/api/verify?lang=zh&name=a.zip", &zip).json();
    assert_eq!(told["package"]["certificates"], 3, "{told}");
    let other = desk.ask("POST", "/api/verify?lang=zh&name=a.docx", b"hello");
    assert_eq!(other.status, 400, "{}", other.text());
}

#[test]
fn a_photo_is_as_large_as_it_says() {
    let desk = issued();
    let path = |width, height| format!("/api/verify/photo?width={width}&height={height}&lang=zh");
    for (width, height, bytes) in [(10, 10, 99), (0, 0, 1), (100_000, 1, 100_000)] {
        let answer = desk.ask("POST", &path(width, height), &vec![255; bytes]);
        assert_eq!(answer.json()["faults"][0]["code"], "no-photo", "{width} {height}");
    }
    let blank = desk.ask("POST", &path(100, 100), &[255; 10_000]);
    assert_eq!(blank.json()["faults"][0]["code"], "photo-without-code");
}

#[test]
fn an_official_document_is_measured_and_shown() {
    let desk = issued();
    let mut package = Package::open(&desk.folder.path(EVERYTHING));
    let name = package.names().into_iter().find(|name| name.contains("通知")).unwrap();
    let pdf = package.read(&name);
    let found = desk.ask("POST", "/api/inspect?lang=zh&name=a.pdf", &pdf).json();
    assert_eq!(found["counts"]["fail"], 0, "{found}");
    let size = |side: &str| found["pages"][0][side].as_f64().unwrap().round();
    assert_eq!((size("width"), size("height")), (210.0, 297.0));
    let findings = found["findings"].as_array().unwrap();
    assert!(findings.iter().any(|it| it["area"].is_object()) && findings[0]["verdict_label"] != "");
    let id = found["id"].as_str().unwrap();
    let page = desk.ask("GET", &format!("/api/inspect/page.png?id={id}&page=1&ppi=30"), &[]);
    assert!(page.body.starts_with(b"\x89PNG"));
}
