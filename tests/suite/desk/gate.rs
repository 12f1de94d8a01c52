use serde_json::json;

use super::calls::Desk;
use crate::support::{Folder, owner_alone};

/// Calls of every kind: a page, a reading, a writing, the events.
const CALLS: [(&str, &str); 6] = [
    ("GET", "/"),
    ("GET", "/page/desk.js"),
    ("GET", "/api/state"),
    ("GET", "/api/events"),
    ("POST", "/api/make"),
    ("POST", "/api/sheet?name=x.csv"),
];

#[test]
fn nobody_gets_in_without_the_cookie_of_this_start() {
    let desk = Desk::example();
    let (host, origin) = (desk.host(), desk.origin());
    for (method, path) in CALLS {
        for cookie in ["", "accolade=1", &format!("accolade-{}=0", desk.port)] {
            let headers = [("Host", host.as_str()), ("Origin", &origin), ("Cookie", cookie)];
            let answer = desk.raw(method, path, &headers, b"{}");
            assert_eq!(answer.status, 403, "{method} {path} {cookie}");
            assert!(answer.text().contains("请从 accolade 打开"), "{}", answer.text());
        }
    }
}

#[test]
fn another_host_or_another_site_is_refused_even_with_the_cookie() {
    let desk = Desk::example();
    let (host, origin, cookie) = (desk.host(), desk.origin(), desk.cookie());
    for (method, path) in CALLS {
        let evil = format!("evil.example:{}", desk.port);
        let rebound = [("Host", evil.as_str()), ("Origin", &origin), ("Cookie", cookie)];
        let other =
            [("Host", host.as_str()), ("Origin", "http://evil.example"), ("Cookie", cookie)];
        let opaque = [("Host", host.as_str()), ("Origin", "null"), ("Cookie", cookie)];
        for headers in [rebound, other, opaque] {
            let answer = desk.raw(method, path, &headers, b"{}");
            assert_eq!(answer.status, 403, "{method} {path} {headers:?}");
        }
    }
    let without = [("Host", host.as_str()), ("Cookie", cookie)];
    assert_eq!(desk.raw("POST", "/api/make", &without, b"{}").status, 403);
    assert!(desk.folder.out().is_empty(), "and nothing was made");
}

#[test]
fn a_link_works_once() {
    let desk = Desk::example();
    let host = desk.host();
    let enter = |token: &str, headers: &[(&str, &str)]| {
        desk.raw("GET", &format!("/enter?token={token}"), headers, &[]).status
    };
    let stranger = [("Host", host.as_str())];
    assert_eq!(enter(&desk.token, &stranger), 403, "an old token");
    assert_eq!(enter("guessed", &stranger), 403);
    let known = [("Host", host.as_str()), ("Cookie", desk.cookie())];
    assert_eq!(enter(&desk.token, &known), 303, "who is in looks back and stays in");
}

#[test]
fn the_cookie_is_for_this_page_alone() {
    let desk = Desk::closed(Folder::example());
    let host = desk.host();
    let path = format!("/enter?token={}", desk.token);
    let answer = desk.raw("GET", &path, &[("Host", &host)], &[]);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with(&format!("accolade-{}=", desk.port)), "{cookie}");
    assert!(cookie.contains("httponly") && cookie.contains("samesite=strict"), "{cookie}");
}

#[test]
fn every_answer_forbids_what_the_page_does_not_need() {
    let desk = Desk::example();
    for path in ["/", "/page/desk.js", "/api/state", "/nowhere"] {
        let answer = desk.ask("GET", path, &[]);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'self';"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}

#[test]
fn a_second_start_opens_the_page_of_the_first() {
    let desk = Desk::example();
    let address = desk.started_again();
    let token = address.trim().rsplit_once("token=").unwrap().1.to_owned();
    assert!(address.contains(&desk.host()), "{address}");
    assert_ne!(token, desk.token);
    let host = desk.host();
    let entered = desk.raw("GET", &format!("/enter?token={token}"), &[("Host", &host)], &[]);
    assert_eq!(entered.status, 303);
}

#[test]
#[cfg(unix)]
fn only_this_user_can_read_what_lets_a_second_start_in() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::example();
    let notes = std::fs::read_dir(desk.notes.path().join("accolade")).unwrap();
    let notes: Vec<_> = notes.map(|entry| entry.unwrap()).collect();
    assert_eq!(notes.len(), 1);
    let mode = notes[0].metadata().unwrap().permissions().mode();
    assert_eq!(mode & !owner_alone() & 0o777, 0, "{mode:o}");
    let (host, origin) = (desk.host(), desk.origin());
    let headers =
        [("Host", host.as_str()), ("Origin", &origin), ("Authorization", "Bearer guessed")];
    assert_eq!(desk.raw("POST", "/invite", &headers, &[]).status, 403);
}

#[test]
fn no_path_from_the_page_reaches_a_file() {
    let desk = Desk::example();
    for path in [
        "/page/../desk.rs",
        "/page/..%2f..%2fcontest.toml",
        "/page/%2e%2e/contest.toml",
        "/api/package/zip?id=../contest.toml",
        "/api/package/pdf?id=..%2F..%2Fcontest.toml&index=0",
        "/api/sheet/difference?id=contest.toml",
        "/api/document/page.png?path=..%2Fcontest.toml&page=1",
        "/api/inspect/page.png?id=..%2Fcontest.toml&page=1&ppi=50",
    ] {
        let answer = desk.ask("GET", path, &[]);
        assert_ne!(answer.status, 200, "{path}");
        assert!(!answer.text().contains("[contest]"), "{path}");
    }
    for folder in ["../up", "a/b", "..", "", "C:\\x", "con"] {
        let (status, fault) = desk.refused("/api/begin", &json!({ "folder": folder }));
        assert_eq!((status, fault["code"].as_str()), (400, Some("no-name")), "{folder}");
    }
}

#[test]
fn an_upload_is_refused_by_its_length_before_it_is_read() {
    let desk = Desk::example();
    let (host, origin) = (desk.host(), desk.origin());
    // Two gigabytes are announced, and not one byte is sent.
    let headers = [
        ("Host", host.as_str()),
        ("Origin", &origin),
        ("Cookie", desk.cookie()),
        ("Content-Length", "2147483648"),
    ];
    for path in ["/api/sheet?name=a.xlsx", "/api/verify?name=a.pdf", "/api/inspect?name=a.pdf"] {
        let answer = desk.raw("POST", path, &headers, &[]);
        assert_eq!(answer.status, 413, "{path}");
        assert!(answer.text().contains("这个文件太大"), "{}", answer.text());
    }
}

#[test]
fn the_program_ends_when_it_is_told_to() {
    let desk = Desk::example();
    assert_eq!(desk.post("/api/quit", &json!({}))["ended"], true);
    assert!(desk.ended());
}

#[test]
fn what_is_meant_for_another_contest_is_not_done() {
    let desk = Desk::example();
    let place = desk.get("/api/state?lang=zh")["place"].as_str().unwrap().to_owned();
    let (host, origin) = (desk.host(), desk.origin());
    let status = |place: &str| {
        let headers = [
            ("Host", host.as_str()),
            ("Origin", &origin),
            ("Cookie", desk.cookie()),
            ("Content-Type", "application/json"),
            ("accolade-place", place),
        ];
        desk.raw("POST", "/api/make/stop?lang=zh", &headers, b"{}")
    };
    assert_eq!(status(&place).status, 200);
    let other = status("0123456789");
    assert_eq!(
        (other.status, &other.json()["faults"][0]["code"]),
        (409, &json!("another-contest"))
    );
}
