//! A kill, a full disk, a second process, a damaged register: whatever happens,
//! a rerun gives the same numbers and bytes, or says why it will not.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use accolade::diagnostic::Diagnostics;
use accolade::folder::{Correction, Facts, Step, Target};
use accolade::office;
use accolade::register::{Entry, Register};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::support::{self, Folder, HEADER, Package, Ran, codes};

const ACCOLADE: &str = env!("CARGO_BIN_EXE_accolade");

const ROWS: [[&str; 6]; 3] = [
    ["企业组", "一等奖", "风铃", "北斗", "王伟", "√"],
    ["企业组", "一等奖", "竹马", "昆仑", "李强", ""],
    ["创业组", "二等奖", "青瓷", "鲸落", "赵敏、钱进", "√"],
];

const CERTIFICATES: [&str; 2] = ["--only", "荣誉证书"];
const FIRST: &str = "JZCK2026-QY-1-001";
const PACKAGE: &str = "out/晋中创客中国2026获奖文件（荣誉证书）.zip";
const EVERYTHING: &str = "out/晋中创客中国2026获奖文件.zip";

/// A contest after a run that nothing disturbed, to hold disturbed ones
/// against.
struct Undisturbed {
    folder: Folder,
    arguments: &'static [&'static str],
    place: &'static str,
    package: Vec<u8>,
    numbers: Vec<Numbered>,
}

/// Number, revision, status, whether it is known to be issued, recipient.
type Numbered = (String, u64, String, bool, String);

impl Undisturbed {
    fn run(folder: Folder, arguments: &'static [&'static str]) -> Self {
        folder.done("run", arguments);
        let place = if arguments.is_empty() { EVERYTHING } else { PACKAGE };
        let package = fs::read(folder.path(place)).unwrap();
        let numbers = numbers(&folder);
        Self { folder, arguments, place, package, numbers }
    }

    /// The same contest before that run. It has the key already: another key
    /// would sign other bytes.
    fn before(&self) -> Folder {
        copy(&self.folder, &["contest.toml", "awards.xlsx", "signing.key"])
    }

    fn assert_a_rerun_is_the_same(&self, folder: &Folder, when: &str) {
        let package = || fs::read(folder.path(self.place)).ok();
        let named = package();
        assert!(named.is_none_or(|bytes| bytes == self.package), "{when}: half a package");
        assert_sound(folder, when);
        let ran = folder.accolade("run", self.arguments);
        assert_eq!(ran.status, 0, "{when}: {}", ran.stderr);
        assert!(package().as_ref() == Some(&self.package), "{when}: other bytes");
        assert_eq!(numbers(folder), self.numbers, "{when}");
        assert_eq!(unfinished(folder), 0, "{when}: a file that nobody owns stays");
        assert_sound(folder, when);
    }
}

fn rows() -> Folder {
    Folder::with_rows(&ROWS)
}

fn save(folder: &Folder, rows: &[[&str; 6]]) {
    let all: Vec<&[&str]> = std::iter::once(&HEADER).chain(rows).map(|row| &row[..]).collect();
    folder.sheet(&all);
}

/// A folder with these files of another.
fn copy(of: &Folder, files: &[&str]) -> Folder {
    let folder = Folder::example();
    for file in files {
        fs::copy(of.path(file), folder.path(file)).unwrap();
    }
    folder
}

/// How many files in `out/` have no name yet.
fn unfinished(folder: &Folder) -> usize {
    let hidden =
        |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(".accolade-");
    folder.out().iter().filter(|path| hidden(path)).count()
}

fn numbers(folder: &Folder) -> Vec<Numbered> {
    let json = folder.done("register", &["--format", "json"]).json();
    let copies = json["certificates"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    copies
        .iter()
        .map(|copy| {
            let (revision, issued) = (copy["revision"].as_u64(), copy["issued"].as_bool());
            let (number, status) = (text(&copy["number"]), text(&copy["status"]));
            (number, revision.unwrap(), status, issued.unwrap(), text(&copy["recipient"]))
        })
        .collect()
}

fn assert_sound(folder: &Folder, when: &str) {
    let ran = folder.accolade("register", &["--check"]);
    assert_eq!(ran.status, 0, "{when}: {}", ran.stderr);
}

/// Every file in the contest folder and what it holds.
fn everything(folder: &Folder) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.path("")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.clone(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn correction(folder: &Path) -> Correction {
    Correction {
        reason: "名称有误".into(),
        target: Target { folder: folder.join("out"), replace: false },
        threads: NonZeroUsize::MIN,
        now: Timestamp::now(),
    }
}

fn facts() -> Facts {
    let values = vec![("project".to_owned(), "风筝".to_owned())];
    Facts::Typed { number: FIRST.into(), values }
}

fn go() -> ControlFlow<()> {
    ControlFlow::Continue(())
}

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
            return ControlFlow::Continue(());
        }
        if last == before.to_string() || last == format!("{step:?}") {
            std::process::abort();
        }
        before += 1;
        ControlFlow::Continue(())
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
fn killed_at(step: &str, folder: &Folder, work: &str) -> bool {
    let Output { status, stderr, .. } = Command::new(env::current_exe().unwrap())
        .args(["--exact", "crash::child", "--nocapture"])
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
        save(&folder, &[new, ROWS[1], ROWS[0], ROWS[2]]);
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
    save(&folder, &rows);
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
    save(&undisturbed, &rows);
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
fn start(folder: &Folder) -> std::process::Child {
    Command::new(ACCOLADE)
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
        let mut run = Command::new(ACCOLADE)
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

/// How many bytes a block of `ulimit -f` has: shells differ.
#[cfg(unix)]
fn block() -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let script = "trap '' XFSZ; ulimit -f 1; head -c 4096 /dev/zero > probe";
    let sh = Command::new("sh").args(["-c", script]).current_dir(&folder).output();
    sh.unwrap();
    fs::metadata(folder.path().join("probe")).unwrap().len()
}

/// A command that can write no file longer than this, as on a full disk.
#[cfg(unix)]
fn within(bytes: u64, folder: &Folder, arguments: &[&str]) -> Ran {
    let Output { status, stdout, stderr } = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f $0; exec \"$@\""])
        .arg((bytes / block()).to_string())
        .arg(ACCOLADE)
        .args(arguments)
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    Ran {
        status: status.code().expect("not killed"),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_stops_a_run_that_succeeds_once_there_is_room() {
    // The register keeps all a row says: a long remark makes it longer than
    // the package, so that it is what does not fit.
    let folder = Folder::example();
    let remark = "评".repeat(30_000);
    let header: Vec<&str> = HEADER.into_iter().chain(["评语"]).collect();
    let long = ROWS.map(|row| row.into_iter().chain([remark.as_str()]).collect::<Vec<_>>());
    let all = [&header[..], &long[0], &long[1], &long[2]];
    folder.sheet(&all);
    let undisturbed = Undisturbed::run(folder, &CERTIFICATES);
    let whole = undisturbed.package.len() as u64;
    let log = |step| {
        let folder = undisturbed.before();
        assert!(killed_at(step, &folder, "荣誉证书"));
        fs::metadata(folder.path("register.db-wal")).unwrap().len()
    };
    let (reserved, issued) = (log("Reserved"), log("Issued"));
    assert!(whole + 8192 < reserved && reserved + 4096 < issued, "{whole} {reserved} {issued}");

    let full = |bytes: u64| {
        let folder = undisturbed.before();
        let mut arguments = vec!["run", ".", "--format", "json"];
        arguments.extend(CERTIFICATES);
        let ran = within(bytes, &folder, &arguments);
        let faults = ran.json()["diagnostics"].as_array().cloned().unwrap_or_default();
        let fault = faults.last().cloned().unwrap_or_default();
        if ran.status != 0 {
            assert_eq!((ran.status, &fault["code"]), (2, &"cannot-write".into()), "{bytes}");
            // That the package is there all the same is said where it is.
            let recorded = faults.iter().all(|fault| fault["code"] != "not-recorded");
            assert_eq!(recorded, folder.out().is_empty(), "{bytes}");
        }
        let file = fault["file"].as_str().unwrap_or_default().to_owned();
        let named = folder.out();
        undisturbed.assert_a_rerun_is_the_same(&folder, &format!("no more than {bytes} bytes"));
        (ran.status, file, named.len())
    };
    for bytes in [0, 4096, whole / 2, whole - 1024] {
        let (status, file, files) = full(bytes);
        assert_eq!((status, files), (2, 0), "the package does not fit into {bytes}: {file}");
        assert!(file.contains("out"), "{file}");
    }
    for bytes in [whole + 4096, (whole + reserved) / 2, reserved - 1024] {
        let (status, file, files) = full(bytes);
        assert_eq!((status, files), (2, 0), "the register does not fit into {bytes}: {file}");
        assert!(file.contains("register.db"), "{file}");
    }
    // The package has its name by now, and the register knows its numbers.
    let (_, _, files) = full(reserved + 2048);
    assert_eq!(files, 1);
    assert_eq!(full(issued + 4096), (0, String::new(), 1));
}

#[cfg(unix)]
#[test]
fn a_key_that_did_not_fit_on_the_disk_is_no_key() {
    let folder = rows();
    folder.done("run", &CERTIFICATES);
    fs::remove_file(folder.path("signing.key")).unwrap();
    let ran = within(0, &folder, &["register", ".", "--new-key", "--reason", "旧的丢了"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(!folder.path("signing.key").exists(), "half a key has the name of a whole one");
    folder.done("register", &["--new-key", "--reason", "旧的丢了"]);
    folder.done("run", &CERTIFICATES);
}

#[test]
fn a_package_that_cannot_get_its_name_spends_no_number() {
    let folder = rows();
    folder.write(&format!("{PACKAGE}/x"), "");
    let ran = folder.accolade("run", &["--format", "json", "--only", "荣誉证书"]);
    assert_eq!(ran.status, 2, "{}", ran.stdout);
    assert_eq!(ran.found("error"), [("cannot-write".into(), String::new())]);
    assert_eq!(numbers(&folder), []);
    assert_eq!(folder.out().len(), 1, "no temporary file stays");
    assert_sound(&folder, "released");

    fs::remove_dir_all(folder.path(PACKAGE)).unwrap();
    let mut rows = ROWS;
    rows[0][2] = "风筝";
    save(&folder, &rows);
    folder.done("run", &CERTIFICATES);
    let numbers = numbers(&folder);
    assert_eq!((numbers[0].0.as_str(), numbers[0].1, numbers.len()), (FIRST, 1, 3));
}

#[test]
fn a_package_that_cannot_be_replaced_takes_no_number_back() {
    let undisturbed = Undisturbed::run(rows(), &CERTIFICATES);
    let folder = &undisturbed.folder;
    fs::remove_file(folder.path(PACKAGE)).unwrap();
    folder.write(&format!("{PACKAGE}/x"), "");
    assert_eq!(folder.accolade("run", &CERTIFICATES).status, 2);
    assert_eq!(numbers(folder), undisturbed.numbers);
    fs::remove_dir_all(folder.path(PACKAGE)).unwrap();
    undisturbed.assert_a_rerun_is_the_same(folder, "replaced");
}

#[test]
fn a_correction_that_cannot_get_its_name_has_never_been() {
    let folder = rows();
    folder.done("run", &CERTIFICATES);
    let before = numbers(&folder);
    let arguments = [FIRST, "--set", "project=风筝", "--reason", "名称有误"];
    // Where the package goes is known once it has been made elsewhere.
    let elsewhere = copy(&folder, &["contest.toml", "awards.xlsx", "signing.key", "register.db"]);
    elsewhere.done("reissue", &arguments);
    let place = folder.path("out").join(elsewhere.zip().file_name().unwrap());
    fs::create_dir_all(place.join("x")).unwrap();
    assert_eq!(folder.accolade("reissue", &arguments).status, 2);
    assert_eq!(numbers(&folder), before);
    fs::remove_dir_all(&place).unwrap();

    // Nobody got the new name, so somebody else may have it.
    let same_team = ["企业组", "一等奖", "风筝", "北斗", "周明", ""];
    save(&folder, &[ROWS[0], ROWS[1], ROWS[2], same_team]);
    folder.done("run", &CERTIFICATES);
    assert_eq!(numbers(&folder)[3].0, "JZCK2026-QY-1-003");
    assert_sound(&folder, "released");
}

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
                save(&folder, &ROWS[..2]);
                folder.done("run", &CERTIFICATES);
                save(&folder, &ROWS);
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

/// A command as somebody who may read the folder and not write into it, which
/// `root` always may.
#[cfg(unix)]
fn powerless(folder: &Folder, mode: u32, arguments: &[&str]) -> Ran {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    // The binary may lie where only its owner can go.
    let binary = folder.path("accolade");
    let _ = fs::hard_link(ACCOLADE, &binary).or_else(|_| fs::copy(ACCOLADE, &binary).map(drop));
    set(&folder.path("signing.key"), 0o444);
    set(&folder.path("register.db"), mode);
    set(&folder.path("out"), 0o555);
    set(&folder.path(""), 0o555);
    let mut command = Command::new(&binary);
    if fs::write(folder.path("probe"), "").is_ok() {
        fs::remove_file(folder.path("probe")).unwrap();
        command.uid(65534).gid(65534);
    }
    let output = command.args(arguments).current_dir(folder.path("")).output();
    set(&folder.path(""), 0o755);
    set(&folder.path("out"), 0o755);
    fs::remove_file(binary).unwrap();
    let Output { status, stdout, stderr } = output.unwrap();
    Ran {
        status: status.code().expect("not killed"),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_read_and_left_alone() {
    let folder = rows();
    folder.done("run", &CERTIFICATES);
    let before = everything(&folder);
    // With and without the right to write into the register itself.
    for mode in [0o444, 0o666] {
        for arguments in [
            &["run", "."][..],
            &["run", ".", "--out", "/tmp"],
            &["reissue", ".", FIRST, "--set", "project=风筝", "--reason", "更正"],
            &["revoke", ".", FIRST, "--reason", "取消资格"],
        ] {
            let ran = powerless(&folder, mode, &[arguments, &["--format", "json"]].concat());
            assert_eq!(ran.status, 2, "{mode:o} {arguments:?}: {}", ran.stdout);
            let found = ran.found("error");
            assert_eq!(found, [("cannot-write".into(), String::new())], "{arguments:?}");
        }
        for arguments in [&["register", ".", "--check"][..], &["check", "."], &["register", "."]] {
            let ran = powerless(&folder, mode, arguments);
            assert_eq!(ran.status, 0, "{mode:o} {arguments:?}: {}", ran.stderr);
        }
    }
    assert!(everything(&folder) == before);
}

#[cfg(unix)]
#[test]
fn what_a_killed_run_left_is_not_read_past_where_nothing_can_be_written() {
    let folder = rows();
    fs::create_dir(folder.path("out")).unwrap();
    assert!(killed_at("Issued", &folder, "荣誉证书"));
    // The numbers stand in the log beside the register: it must not look empty.
    let ran = powerless(&folder, 0o444, &["register", "."]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert_eq!(numbers(&folder).len(), 3);
}

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
    assert!(faults.blames_environment());
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
    let seal = |entry: &Entry| {
        let json = serde_json::to_vec(&Entry { hash: String::new(), ..entry.clone() }).unwrap();
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
