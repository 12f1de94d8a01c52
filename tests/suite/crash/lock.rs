//! Two processes at once.

use std::time::{Duration, Instant};

use accolade::register::Register;
use rusqlite::Connection;

use super::kill::start;
use super::*;

#[test]
fn a_register_in_use_is_not_waited_for() {
    let folder = rows();
    folder.done("run", &CERTIFICATES);
    // A process that reads a file loses its locks on it: all is read before
    // and after.
    let before = everything(&folder);
    let busy = |what: &str| {
        let started = Instant::now();
        let ran = folder.accolade("run", &["--format", "json"]);
        assert_eq!(ran.status, 75, "{what}: {}", ran.stdout);
        assert_eq!(ran.found("error"), [("register-busy".into(), String::new())], "{what}");
        assert!(started.elapsed() < Duration::from_secs(4), "{what}: {:?}", started.elapsed());
    };
    let register = Register::open(&folder.path("")).unwrap();
    busy("another accolade");
    drop(register);
    assert!(everything(&folder) == before);

    let db = Connection::open(folder.path("register.db")).unwrap();
    db.execute_batch("BEGIN EXCLUSIVE").unwrap();
    busy("another program");
    db.execute_batch("ROLLBACK").unwrap();
    drop(db);
    assert!(everything(&folder) == before);
    folder.done("run", &CERTIFICATES);
}

#[test]
fn of_runs_started_together_each_succeeds_or_leaves_all_alone() {
    for first in [true, false] {
        for _ in 0..4 {
            let folder = rows();
            if !first {
                folder.save(&ROWS[..2]);
                folder.done("run", &CERTIFICATES);
                folder.save(&ROWS);
            }
            let runs: Vec<_> = (0..3).map(|_| start(&folder)).collect();
            for mut run in runs {
                let status = run.wait().unwrap().code();
                assert!(matches!(status, Some(0 | 75)), "{status:?}");
            }
            assert_sound(&folder, "together");
            folder.done("run", &CERTIFICATES);
            let numbers: Vec<_> = numbers(&folder).into_iter().map(|it| it.0).collect();
            let expected = ["JZCK2026-QY-1-001", "JZCK2026-QY-1-002", "JZCK2026-CY-2-001"];
            assert_eq!(numbers, expected);
            assert_eq!(folder.out().len(), 1, "no temporary file stays");
        }
    }
}
