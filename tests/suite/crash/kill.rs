//! A process that is killed, at any step or moment.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use accolade::fault::Diagnostics;
use accolade::folder::Step;
use accolade::register::Register;
use jiff::Timestamp;

use super::*;
use crate::support::{self, Folder, Package, go, program};

/// What a process that is to be killed is asked to do.
const WORK: &str = "ACCOLADE_TEST_WORK";
/// In which folder.
const FOLDER: &str = "ACCOLADE_TEST_FOLDER";
/// At which step it dies: how many came before, or its name.
const STEP: &str = "ACCOLADE_TEST_STEP";

/// No test: what the tests below start as a process of its own.
#[test]
fn child() {
    let (Ok(work), Ok(folder), Ok(last)) = (env::var(WORK), env::var(FOLDER), env::var(STEP))
    else {
        return;
    };
    let mut before = 0;
    let mut die = |step: Step| {
        // How many of these there are depends on the machine.
        if matches!(step, Step::Making(_)) {
            return go();
        }
        if last == before.to_string() || last == format!("{step:?}") {
            std::process::abort();
        }
        before += 1;
        go()
    };
    let folder = PathBuf::from(folder);
    let done: Result<(), Diagnostics> = match work.as_str() {
        "reissue" => support::correct(&folder, &facts(), &correction(&folder), &mut die).map(drop),
        only => {
            let only = [only].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
            let order = support::order(&folder, &only, Timestamp::now());
            support::run(&folder, &order, &mut die).map(drop)
        }
    };
    done.unwrap();
}

/// Lets a process do its work until it dies at a step; `false` if it came to
/// the end before.
pub(super) fn killed_at(step: &str, folder: &Folder, work: &str) -> bool {
    let Output { status, stderr, .. } = Command::new(env::current_exe().unwrap())
        .args(["--exact", "crash::kill::child", "--nocapture"])
        .env(WORK, work)
        .env(FOLDER, folder.path(""))
        .env(STEP, step)
        // Where a core dump may go.
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    // 101 is a test that failed for a reason of its own.
    assert_ne!(status.code(), Some(101), "{}", String::from_utf8_lossy(&stderr));
    !status.success()
}

#[test]
fn a_run_killed_at_any_step_and_run_again_is_as_if_nothing_had_happened() {
    for (only, arguments) in [("荣誉证书", &CERTIFICATES[..]), ("", &[])] {
        let undisturbed = Undisturbed::run(rows(), arguments);
        let killed_ever_again = undisturbed.before();
        let mut step = 0;
        loop {
            let when = format!("killed at step {step}");
            let folder = undisturbed.before();
            let killed = killed_at(&step.to_string(), &folder, only);
            undisturbed.assert_a_rerun_is_the_same(&folder, &when);
            if !killed {
                break;
            }
            killed_at(&step.to_string(), &killed_ever_again, only);
            step += 1;
        }
        undisturbed.assert_a_rerun_is_the_same(&killed_ever_again, "killed ever again");
        let manifest = Package::open(&undisturbed.folder.path(undisturbed.place)).manifest();
        let documents = manifest["documents"].as_array().unwrap().len();
        assert_eq!(step, 1 + documents + 4, "none made, each, packed, reserved, named, issued");
    }
}

#[test]
fn numbers_that_a_killed_run_set_aside_stay_with_their_winners() {
    for step in ["Reserved", "Named"] {
        let folder = rows();
        assert!(killed_at(step, &folder, "荣誉证书"));
        // Meanwhile the sheet was sorted otherwise and somebody was added.
        let new = ["企业组", "一等奖", "琥珀", "星河", "周明", ""];
        folder.save(&[new, ROWS[1], ROWS[0], ROWS[2]]);
        folder.done("run", &CERTIFICATES);
        let held: Vec<_> =
            numbers(&folder).into_iter().map(|(number, .., who)| (number, who)).collect();
        let expected = [
            ("JZCK2026-QY-1-001", "北斗"),
            ("JZCK2026-QY-1-002", "昆仑"),
            ("JZCK2026-CY-2-001", "鲸落"),
            ("JZCK2026-QY-1-003", "星河"),
        ];
        assert_eq!(held, expected.map(|(number, who)| (number.into(), who.into())), "{step}");
    }
}

#[test]
fn what_a_killed_run_may_have_put_on_paper_is_not_printed_otherwise() {
    let folder = rows();
    assert!(killed_at("Reserved", &folder, "荣誉证书"));
    let mut rows = ROWS;
    rows[0][4] = "王玮";
    folder.save(&rows);
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert_eq!(ran.found("error"), [("fact-changed".into(), "名单!E2".into())]);
    assert!(!folder.path(PACKAGE).exists() && !folder.path(EVERYTHING).exists());
}

#[test]
fn a_reissue_killed_at_any_step_makes_one_revision_and_no_more() {
    let issued = Undisturbed::run(rows(), &CERTIFICATES);
    let files = ["contest.toml", "awards.xlsx", "signing.key", "register.db"];
    // Undisturbed: the second revision, then a run of the corrected sheet.
    let undisturbed = copy(&issued.folder, &files);
    let path = undisturbed.path("");
    let made = support::correct(&path, &facts(), &correction(&path), |_| go()).unwrap();
    let name = made.package.strip_prefix(&path).unwrap().to_str().unwrap().to_owned();
    let corrected = fs::read(&made.package).unwrap();
    let mut rows = ROWS;
    rows[0][2] = "风筝";
    undisturbed.save(&rows);
    let undisturbed = Undisturbed::run(undisturbed, &CERTIFICATES);

    let arguments = [FIRST, "--set", "project=风筝", "--reason", "名称有误"];
    let mut step = 0;
    loop {
        let when = format!("killed at step {step}");
        let folder = copy(&issued.folder, &files);
        let killed = killed_at(&step.to_string(), &folder, "reissue");
        let named = fs::read(folder.path(&name)).ok();
        assert!(named.as_ref().is_none_or(|bytes| *bytes == corrected), "{when}: half a package");
        assert_sound(&folder, &when);
        let revision = numbers(&folder).iter().map(|it| it.1).max();
        let again = folder.accolade("reissue", &arguments);
        if revision == Some(1) || again.status == 0 {
            assert_eq!(again.status, 0, "{when}: {}", again.stderr);
            assert!(fs::read(folder.path(&name)).unwrap() == corrected, "{when}: other bytes");
        } else {
            // The second revision may be on paper: there must not be a third.
            assert!(again.stderr.contains("[nothing-changed]"), "{when}: {}", again.stderr);
        }
        // Who runs the corrected sheet gets the second revision in any case.
        fs::copy(undisturbed.folder.path("awards.xlsx"), folder.path("awards.xlsx")).unwrap();
        undisturbed.assert_a_rerun_is_the_same(&folder, &when);
        if !killed {
            break;
        }
        step += 1;
    }
    assert_eq!(step, 6, "none made, one made, packed, reserved, named, issued");
}

/// A run in a process of its own, to be killed from outside.
pub(super) fn start(folder: &Folder) -> std::process::Child {
    Command::new(program())
        .args(["run", "."])
        .args(CERTIFICATES)
        .current_dir(folder.path(""))
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_run_killed_at_any_moment_and_run_again_is_as_if_nothing_had_happened() {
    let undisturbed = Undisturbed::run(rows(), &CERTIFICATES);
    let mut moment = Duration::ZERO;
    loop {
        let folder = undisturbed.before();
        let mut run = start(&folder);
        thread::sleep(moment);
        run.kill().unwrap();
        let ended = run.wait().unwrap().success();
        undisturbed.assert_a_rerun_is_the_same(&folder, &format!("killed after {moment:?}"));
        if ended {
            break;
        }
        moment += Duration::from_millis(15);
    }
    assert!(moment > Duration::ZERO, "nothing was killed");
}

#[test]
fn a_run_killed_the_moment_it_writes_a_file_and_run_again_is_the_same() {
    let undisturbed = Undisturbed::run(rows(), &CERTIFICATES);
    for file in ["out", "register.db", "register.db-journal", "register.db-wal", PACKAGE] {
        for _ in 0..3 {
            let folder = undisturbed.before();
            let mut run = start(&folder);
            while !folder.path(file).exists() && run.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
            run.kill().unwrap();
            run.wait().unwrap();
            undisturbed.assert_a_rerun_is_the_same(&folder, &format!("killed at {file}"));
        }
    }
}

#[test]
fn what_a_killed_run_left_in_out_is_cleared_and_what_another_run_writes_is_not() {
    let folder = Folder::example();
    let started = |folder: &Folder| {
        let mut run = Command::new(program())
            .args(["run", ".", "--threads", "1"])
            .current_dir(folder.path(""))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while unfinished(folder) == 0 && run.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_millis(1));
        }
        run
    };
    for killed in 1..=2 {
        let mut run = started(&folder);
        run.kill().unwrap();
        assert!(!run.wait().unwrap().success());
        assert_eq!(unfinished(&folder), 1, "kill {killed}");
    }
    // A file of another's and one of the clerk's own are nobody's rubbish.
    folder.write("out/.accolade", "x");
    folder.write("out/.说明", "x");
    let mut run = started(&folder);
    // Another contest with the same folder for its packages.
    let other = rows();
    let out = folder.path("out").display().to_string();
    other.edit("contest.toml", "package = \"晋中创客中国2026获奖文件\"", "package = \"另一个\"");
    other.done("run", &["--out", &out]);
    assert!(run.try_wait().unwrap().is_none(), "the other run was too slow to tell anything");
    assert!(run.wait().unwrap().success(), "its file was cleared while it was written");
    let mut names: Vec<_> =
        folder.out().iter().map(|it| it.file_name().unwrap().to_owned()).collect();
    names.sort();
    let left = [".accolade", ".说明", "另一个.zip", "晋中创客中国2026获奖文件.zip"];
    assert_eq!(names, left);
}

#[test]
fn a_register_whose_last_entry_was_torn_off_by_a_power_cut_is_as_before_it() {
    let undisturbed = Undisturbed::run(rows(), &CERTIFICATES);
    let killed = undisturbed.before();
    assert!(killed_at("Issued", &killed, "荣誉证书"));
    let log = fs::read(killed.path("register.db-wal")).unwrap();
    assert!(!log.is_empty());
    let files = ["contest.toml", "awards.xlsx", "signing.key", "register.db", "register.db-wal"];
    let mut counts = BTreeSet::new();
    for part in 0..=24 {
        let cut = log.len() * part / 24;
        let folder = copy(&killed, &files);
        folder.write("register.db-wal", &log[..cut]);
        let register = Register::open(&folder.path("")).unwrap();
        register.prove().unwrap();
        counts.insert(register.len());
        drop(register);
        if part % 6 == 0 {
            undisturbed.assert_a_rerun_is_the_same(&folder, &format!("log cut at {cut}"));
        }
    }
    // Nothing; key and reservations; these and the issues.
    assert_eq!(counts, BTreeSet::from([0, 4, 7]));
}

#[test]
fn a_first_entry_that_was_cut_off_leaves_an_empty_register() {
    let folder = rows();
    folder.write("register.db", "");
    assert_sound(&folder, "an empty file");
    assert!(numbers(&folder).is_empty());
    folder.done("run", &CERTIFICATES);
    assert_eq!(numbers(&folder)[0].0, FIRST);
}
