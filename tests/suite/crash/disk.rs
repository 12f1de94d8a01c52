//! A disk that is full, or a folder that cannot be written to.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::kill::killed_at;
use super::*;
use crate::support::{Folder, HEADER, Ran, program};

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
        .arg(program())
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
    folder.save(&rows);
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
    folder.save(&[ROWS[0], ROWS[1], ROWS[2], same_team]);
    folder.done("run", &CERTIFICATES);
    assert_eq!(numbers(&folder)[3].0, "JZCK2026-QY-1-003");
    assert_sound(&folder, "released");
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
    let _ = fs::hard_link(program(), &binary).or_else(|_| fs::copy(program(), &binary).map(drop));
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
