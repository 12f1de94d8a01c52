//! A register that is damaged, or changed by somebody who knows SQLite.

use std::fs;

use accolade::folder::Correction;
use accolade::office;
use accolade::register::{LogEntry, Register};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::*;
use crate::support::{self, Folder, codes, go};

#[test]
fn a_damaged_register_is_told_and_left_as_it_is() {
    let issued = rows();
    issued.done("run", &CERTIFICATES);
    let sound = fs::read(issued.path("register.db")).unwrap();
    let files = ["contest.toml", "awards.xlsx", "signing.key"];
    let mut overwritten = sound.clone();
    // The page that holds the entries.
    overwritten[4096..8192].fill(0xA5);
    let mut foreign = sound.clone();
    foreign[68..72].copy_from_slice(b"else");
    for (what, bytes) in [
        ("overwritten", &overwritten[..]),
        ("cut in half", &sound[..sound.len() / 2]),
        ("a text", "不是数据库，只是一段文字。".repeat(99).as_bytes()),
        ("another program's database", &foreign),
    ] {
        let folder = copy(&issued, &files);
        folder.write("register.db", bytes);
        for arguments in [
            &["run", ".", "--format", "json"][..],
            &["check", ".", "--format", "json"],
            &["register", ".", "--check", "--format", "json"],
            &["revoke", ".", FIRST, "--reason", "取消资格", "--format", "json"],
        ] {
            let ran = folder.raw(arguments);
            assert_eq!(ran.status, 2, "{what}: {arguments:?}: {}", ran.stdout);
            let found = ran.found("error");
            assert_eq!(found, [("register-damaged".into(), String::new())], "{what}");
            assert!(fs::read(folder.path("register.db")).unwrap() == bytes, "{what}: changed");
        }
        assert!(folder.out().is_empty(), "{what}");
    }
}

#[test]
fn no_damage_is_read_as_something_else() {
    let folder = rows();
    folder.done("run", &CERTIFICATES);
    let sound = fs::read(folder.path("register.db")).unwrap();
    let listed = folder.done("register", &["--format", "json"]).stdout;
    let mut found = 0;
    for at in (0..sound.len()).step_by(128) {
        let mut damaged = sound.clone();
        damaged[at..at + 16].iter_mut().for_each(|byte| *byte ^= 0x55);
        folder.write("register.db", &damaged);
        let ran = folder.accolade("register", &["--check"]);
        match ran.status {
            // Between the entries there is room that nobody reads.
            0 => assert_eq!(folder.done("register", &["--format", "json"]).stdout, listed, "{at}"),
            1 | 2 => found += 1,
            other => panic!("{other} at {at}: {}", ran.stderr),
        }
    }
    assert!(found > 20, "{found}");
}

#[test]
fn a_newer_programs_register_is_left_to_it() {
    let folder = rows();
    folder.done("run", &CERTIFICATES);
    let db = Connection::open(folder.path("register.db")).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let before = everything(&folder);
    for command in ["run", "check", "register"] {
        let ran = folder.accolade(command, &["--format", "json"]);
        assert_eq!(ran.status, 2, "{command}: {}", ran.stdout);
        assert_eq!(ran.found("error"), [("register-newer".into(), String::new())], "{command}");
    }
    assert!(everything(&folder) == before);
}

#[test]
fn a_clock_set_back_stops_the_run_and_one_that_was_corrected_does_not() {
    let folder = rows();
    let path = folder.path("");
    let now = Timestamp::now();
    let run = |now| support::run(&path, &support::order(&path, &["荣誉证书"], now), |_| go());
    run(now).unwrap();
    let before = everything(&folder);
    let a_day_before = now - SignedDuration::from_hours(24);
    let faults = run(a_day_before).unwrap_err();
    assert_eq!(codes(&faults), ["clock-back"]);
    assert!(faults.class() != accolade::fault::Class::Data);
    let correct = Correction { now: a_day_before, ..correction(&path) };
    let faults = support::correct(&path, &facts(), &correct, |_| go()).unwrap_err();
    assert_eq!(codes(&faults), ["clock-back"]);
    let revoke = |now| office::revoke(&path, FIRST, "取消资格", now);
    assert_eq!(codes(&revoke(a_day_before).unwrap_err()), ["clock-back"]);
    assert!(everything(&folder) == before);

    // Clocks are corrected by minutes; the register's own time never goes back.
    revoke(now - SignedDuration::from_mins(5)).unwrap();
    let register = Register::open(&path).unwrap();
    let times: Vec<_> = register.entries().unwrap().into_iter().map(|entry| entry.time).collect();
    assert!(times.is_sorted(), "{times:?}");
    register.prove().unwrap();
}

/// Changes the register as somebody would who knows SQLite.
fn tamper(folder: &Folder, statements: &str) {
    let db = Connection::open(folder.path("register.db")).unwrap();
    db.execute_batch("DROP TRIGGER entry_stays; DROP TRIGGER entry_remains").unwrap();
    db.pragma_update(None, "foreign_keys", false).unwrap();
    db.execute_batch(statements).unwrap();
}

#[test]
fn a_changed_entry_is_named() {
    let issued = rows();
    issued.done("run", &CERTIFICATES);
    issued.done("revoke", &[FIRST, "--reason", "取消资格"]);
    let files = ["contest.toml", "awards.xlsx", "signing.key", "register.db"];
    // 1 the key, 2–4 reserved, 5–7 issued, 8 revoked.
    for (statement, serial) in [
        ("UPDATE entry SET reason = '自愿退出' WHERE serial = 8", 8),
        ("UPDATE entry SET statement = replace(statement, '王伟', '王玮') WHERE serial = 2", 2),
        ("UPDATE entry SET statement = '' WHERE serial = 2", 2),
        ("UPDATE entry SET entrant = replace(entrant, '王伟', '王玮') WHERE serial = 2", 2),
        ("UPDATE entry SET sha256 = upper(sha256) WHERE serial = 3", 3),
        ("UPDATE entry SET seq = 9 WHERE serial = 3", 3),
        ("UPDATE entry SET time = '2020-01-01T00:00:00Z' WHERE serial = 6", 6),
        ("UPDATE entry SET action = 'reinstate' WHERE serial = 8", 8),
        ("UPDATE entry SET hash = upper(hash) WHERE serial = 5", 5),
        ("DELETE FROM entry WHERE serial = 6", 7),
        ("DELETE FROM entry WHERE serial = 1", 2),
    ] {
        let folder = copy(&issued, &files);
        tamper(&folder, statement);
        let ran = folder.accolade("register", &["--check", "--format", "json"]);
        assert_eq!(ran.status, 1, "{statement}: {}", ran.stdout);
        assert_eq!(ran.found("error")[0].0, "register-tampered", "{statement}");
        let message = ran.json()["diagnostics"][0]["message"].to_string();
        assert!(message.contains(&format!("第 {serial} 笔")), "{statement}: {message}");
    }
}

#[test]
fn who_makes_the_chain_anew_still_cannot_sign() {
    let folder = rows();
    folder.done("run", &CERTIFICATES);
    let register = Register::open(&folder.path("")).unwrap();
    let mut entries = register.entries().unwrap();
    drop(register);
    let seal = |entry: &LogEntry| {
        let json = serde_json::to_vec(&LogEntry { hash: String::new(), ..entry.clone() }).unwrap();
        Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    assert!(entries.iter().all(|entry| seal(entry) == entry.hash), "anybody can seal an entry");
    let statement = entries[1].statement.as_mut().unwrap();
    *statement = statement.replace("王伟", "王玮");
    let mut statements = String::new();
    let mut previous = String::new();
    for entry in &mut entries {
        entry.previous = previous;
        entry.hash = seal(entry);
        previous = entry.hash.clone();
        statements += &format!(
            "UPDATE entry SET statement = {}, previous = '{}', hash = '{}' WHERE serial = {};",
            entry.statement.as_ref().map_or("NULL".into(), |text| format!("'{text}'")),
            entry.previous,
            entry.hash,
            entry.serial,
        );
    }
    tamper(&folder, &statements);
    let ran = folder.accolade("register", &["--check", "--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    let json = ran.json();
    let messages: Vec<_> = json["diagnostics"].as_array().unwrap().iter().collect();
    assert_eq!(messages.len(), 1, "{json}");
    assert!(messages[0]["message"].to_string().contains("第 2 笔"), "{json}");
}
