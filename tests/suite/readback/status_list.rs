//! A published status list that is read back.

use std::fs;
use std::path::Path;

use accolade::publish::StatusList;

use super::damage::damage;
use super::{Issued, holds, issued};

#[test]
fn a_status_list_says_what_was_signed_or_nothing() {
    let Issued { folder, .. } = issued();
    folder.done("revoke", &["JZCK2026-QY-1-001", "--reason", "取消资格"]);
    folder.done("register", &["--publish", "site"]);
    let text = fs::read_to_string(folder.path("site/status.js")).unwrap();
    let place = Path::new("status.js");
    let said = |text: &str| {
        let (list, _) = StatusList::parse(place, text).ok()?;
        list.status("JZCK2026-QY-1-001", 1);
        Some(format!("{list:?}"))
    };
    let whole = said(&text).expect("it is sound");
    holds(3000, damage(), |damage| {
        let changed = String::from_utf8_lossy(&damage.done_to(text.as_bytes())).into_owned();
        assert!(said(&changed).is_none_or(|said| said == whole), "{damage:?}");
    });
}
