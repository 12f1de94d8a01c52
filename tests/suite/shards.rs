//! A package made in parts, as on several machines, is the one that a single
//! machine makes.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{Folder, Ran, program};

/// The example, with a key, so that what one machine and what several make can be
/// the same.
fn example() -> Folder {
    let folder = Folder::example();
    folder.write("signing.key", KEY);
    folder
}

/// An Ed25519 key that signs nothing but tests.
const KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
    MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n\
    -----END PRIVATE KEY-----\n";

const NAME: &str = "晋中创客中国2026获奖文件";

fn part_file(folder: &Folder, part: usize, parts: usize) -> PathBuf {
    folder.path(&format!("out/{NAME}.{part}-of-{parts}.part"))
}

fn make(folder: &Folder, part: usize, parts: usize) {
    folder.done("run", &["--shard", &format!("{part}/{parts}")]);
}

/// Freezes and makes all parts, the last one first.
fn make_all(folder: &Folder, parts: usize, arguments: &[&str]) {
    let count = parts.to_string();
    let mut all = vec!["--parts", &count];
    all.extend(arguments);
    folder.done("plan", &all);
    for part in (1..=parts).rev() {
        make(folder, part, parts);
    }
}

/// The package, whose name tells what is in it.
fn zip(folder: &Folder) -> Vec<u8> {
    let mut zips = folder.out();
    zips.retain(|path| path.extension().is_some_and(|extension| extension == "zip"));
    assert_eq!(zips.len(), 1, "{:?}", folder.out());
    fs::read(&zips[0]).unwrap()
}

/// What the register knows, but for the time.
fn register(folder: &Folder) -> String {
    folder.done("register", &["--format", "json"]).json()["certificates"]
        .as_array()
        .expect("certificates")
        .iter()
        .map(|it| {
            format!("{} {} {} {}\n", it["number"], it["revision"], it["status"], it["sha256"])
        })
        .collect()
}

fn assert_same(arguments: &[&str], parts: &[usize], prepare: impl Fn(&Folder)) {
    let whole = example();
    prepare(&whole);
    whole.done("run", arguments);
    for &parts in parts {
        let shared = example();
        prepare(&shared);
        make_all(&shared, parts, arguments);
        assert!(!shared.path("register.db").exists(), "{parts}: a part spends no number");
        shared.done("assemble", &[]);
        assert!(zip(&shared) == zip(&whole), "{arguments:?} in {parts} parts");
        assert_eq!(register(&shared), register(&whole), "{arguments:?} in {parts} parts");
    }
}

#[test]
fn any_number_of_parts_makes_the_same_package_and_register() {
    assert_same(&[], &[1, 3, 200], |_| {});
}

#[test]
fn so_do_some_kinds_and_held_rows() {
    assert_same(&["--only", "荣誉证书"], &[2, 7], |_| {});
    let row = |project| ["企业组", "一等奖", project, "山河有限公司", "王伟", ""];
    let mut rows = ["煤层气抽采", "智能巡检", "老陈醋发酵", "玻璃退火"].map(row);
    rows[1][1] = "特别奖";
    // One sheet for all: a workbook holds the second it was made in.
    let sheet = fs::read(Folder::with_rows(&rows).path("awards.xlsx")).unwrap();
    assert_same(&["--hold"], &[2], |folder| folder.write("awards.xlsx", &sheet));
    // What is still missing is worth another try, whatever is held.
    let folder = example();
    folder.write("awards.xlsx", &sheet);
    folder.done("plan", &["--parts", "2", "--hold"]);
    assert_eq!(failed(&folder, "assemble", &[]).status, 75);
}

#[test]
fn a_draft_is_made_in_parts_too() {
    let folder = example();
    make_all(&folder, 2, &["--draft", "--only", "荣誉证书"]);
    folder.done("assemble", &[]);
    assert!(
        folder.path(&format!("out/{NAME}（荣誉证书，样张）.zip")).exists(),
        "{:?}",
        folder.out()
    );
    assert!(!folder.path("register.db").exists());
}

#[test]
fn a_part_made_again_is_the_same_and_needs_neither_sheet_nor_register() {
    let folder = example();
    folder.done("plan", &["--parts", "4"]);
    make(&folder, 2, 4);
    let first = fs::read(part_file(&folder, 2, 4)).unwrap();
    fs::remove_file(folder.path("awards.xlsx")).unwrap();
    folder.write("register.db", "in use by somebody else");
    folder.done("run", &["--shard", "2/4", "--threads", "1"]);
    assert!(fs::read(part_file(&folder, 2, 4)).unwrap() == first);
}

#[test]
fn a_contest_without_a_key_gets_one_when_its_plan_is_frozen() {
    let folder = Folder::example();
    make_all(&folder, 2, &["--only", "荣誉证书"]);
    let key = fs::read(folder.path("signing.key")).unwrap();
    folder.done("assemble", &[]);
    assert_eq!(fs::read(folder.path("signing.key")).unwrap(), key);
    folder.done("run", &["--only", "荣誉证书"]);
}

#[test]
fn to_assemble_again_is_harmless() {
    let folder = example();
    make_all(&folder, 2, &["--only", "荣誉证书"]);
    folder.done("assemble", &[]);
    let (first, issued) = (zip(&folder), folder.done("register", &["--check"]).stdout);
    folder.done("assemble", &[]);
    assert!(zip(&folder) == first);
    assert_eq!(folder.done("register", &["--check"]).stdout, issued);
}

fn failed(folder: &Folder, command: &str, arguments: &[&str]) -> Ran {
    let mut all = arguments.to_vec();
    all.extend(["--format", "json"]);
    let ran = folder.accolade(command, &all);
    assert_ne!(ran.status, 0, "{}", ran.stdout);
    ran
}

#[test]
fn every_part_that_is_missing_damaged_or_foreign_is_told_at_once() {
    let folder = example();
    make_all(&folder, 5, &["--only", "荣誉证书"]);
    // All but the missing one are mended by making them again, so waiting is no
    // use; only what is missing may yet come.
    fs::remove_file(part_file(&folder, 2, 5)).unwrap();
    let ran = failed(&folder, "assemble", &[]);
    assert_eq!((ran.status, ran.codes("error")), (75, vec!["part-missing".into()]));

    // So may one that was made from an earlier plan, or another part.
    make(&folder, 2, 5);
    fs::copy(part_file(&folder, 1, 5), part_file(&folder, 5, 5)).unwrap();
    let ran = failed(&folder, "assemble", &[]);
    assert_eq!((ran.status, ran.codes("error")), (75, vec!["part-foreign".into()]));

    fs::remove_file(part_file(&folder, 2, 5)).unwrap();
    let cut = fs::read(part_file(&folder, 3, 5)).unwrap();
    fs::write(part_file(&folder, 3, 5), &cut[..cut.len() / 2]).unwrap();
    let mut flipped = fs::read(part_file(&folder, 4, 5)).unwrap();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    fs::write(part_file(&folder, 4, 5), flipped).unwrap();
    let ran = failed(&folder, "assemble", &[]);
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.codes("error"),
        ["part-missing", "part-damaged", "part-damaged", "part-foreign"]
    );
    assert!(
        !folder.path("register.db").exists() && !folder.path(&format!("out/{NAME}.zip")).exists()
    );

    for part in 2..=5 {
        make(&folder, part, 5);
    }
    folder.done("assemble", &[]);
    let left: Vec<_> = folder.out().into_iter().filter(|it| is_temporary(it)).collect();
    assert!(left.is_empty(), "{left:?}");
}

fn is_temporary(path: &Path) -> bool {
    path.file_name().unwrap().to_string_lossy().starts_with(".accolade-")
}

#[test]
fn what_has_changed_since_the_freezing_is_told() {
    let folder = example();
    let ran = failed(&folder, "run", &["--shard", "1/2"]);
    assert_eq!((ran.status, ran.codes("error")), (2, vec!["plan-missing".into()]));
    assert_eq!(failed(&folder, "assemble", &[]).codes("error"), ["plan-missing"]);

    make_all(&folder, 2, &["--only", "荣誉证书"]);
    let says = |command: &str, arguments: &[&str], words: &str| {
        let ran = failed(&folder, command, arguments);
        assert_eq!((ran.status, ran.codes("error")), (2, vec!["plan-outdated".into()]), "{words}");
        assert!(ran.stdout.contains(words), "{words:?} is not in {}", ran.stdout);
    };
    let contest = fs::read(folder.path("contest.toml")).unwrap();
    folder.write("contest.toml", [contest.as_slice(), b"\n# changed\n"].concat());
    says("run", &["--shard", "1/2"], "contest.toml");
    says("assemble", &[], "contest.toml");
    folder.write("contest.toml", contest);
    folder.write("templates/note.typ", "// A template more.");
    says("run", &["--shard", "1/2"], "模板");
    fs::remove_dir_all(folder.path("templates")).unwrap();

    let sheet = |rows: &[[&str; 6]]| fs::read(Folder::with_rows(rows).path("awards.xlsx")).unwrap();
    let rows = [
        ["企业组", "一等奖", "煤层气抽采", "山河有限公司", "王伟", ""],
        ["企业组", "一等奖", "老陈醋发酵", "山川有限公司", "李芳", ""],
    ];
    let (both, second) = (sheet(&rows), sheet(&rows[1..]));
    folder.write("awards.xlsx", &both);
    says("assemble", &[], "名单");
    // The second winner is given the first number meanwhile.
    make_all(&folder, 2, &["--only", "荣誉证书"]);
    folder.write("awards.xlsx", second);
    folder.done("run", &["--only", "荣誉证书"]);
    let package = folder.path(&format!("out/{NAME}（荣誉证书）.zip"));
    fs::remove_file(&package).unwrap();
    folder.write("awards.xlsx", &both);
    says("assemble", &[], "登记簿");
    assert!(!package.exists());
}

#[test]
fn a_plan_of_another_contest_or_a_broken_one_is_refused() {
    let folder = example();
    folder.done("plan", &["--parts", "2"]);
    folder.write(&format!("out/{NAME}.plan"), "{");
    let ran = failed(&folder, "run", &["--shard", "1/2"]);
    assert_eq!((ran.status, ran.codes("error")), (2, vec!["plan-damaged".into()]));
    // Another key than the plan's.
    folder.done("plan", &["--parts", "2"]);
    fs::remove_file(folder.path("signing.key")).unwrap();
    let ran = failed(&folder, "run", &["--shard", "1/2"]);
    assert_eq!((ran.status, ran.codes("error")), (2, vec!["plan-key".into()]));
}

#[test]
fn the_part_comes_from_the_scheduler() {
    let folder = example();
    folder.done("plan", &["--parts", "4", "--only", "荣誉证书"]);
    let ask = |variables: &[(&str, &str)]| {
        let output = Command::new(program())
            .args(["run", ".", "--shard", "auto", "--format", "json"])
            .current_dir(folder.path(""))
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        Ran {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    };
    for (variables, part) in [
        (&[("SLURM_ARRAY_TASK_ID", "3")], 3),
        (&[("JOB_COMPLETION_INDEX", "0")], 1),
        (&[("NOMAD_ALLOC_INDEX", "1")], 2),
    ] {
        let ran = ask(variables);
        assert_eq!(ran.json()["part"], part, "{variables:?}: {}", ran.stdout);
    }
    let ran = ask(&[]);
    assert_eq!((ran.status, ran.codes("error")), (2, vec!["part-unknown".into()]));
    // An array has to count from 1.
    assert_eq!(ask(&[("SLURM_ARRAY_TASK_ID", "0")]).codes("error"), ["part-unknown"]);
    assert_eq!(ask(&[("SLURM_ARRAY_TASK_ID", "9")]).codes("error"), ["no-such-part"]);
    assert_eq!(failed(&folder, "run", &["--shard", "1/3"]).codes("error"), ["parts-differ"]);
    for wrong in ["0/4", "5/4", "1", "x/y", "1/0"] {
        assert_eq!(folder.accolade("run", &["--shard", wrong]).status, 2, "{wrong}");
    }
    assert_eq!(folder.accolade("run", &["--shard", "1/4", "--hold"]).status, 2);
}

#[test]
fn a_part_that_is_told_to_end_leaves_nothing_and_may_be_tried_again() {
    let folder = example();
    folder.done("plan", &["--parts", "1"]);
    let mut run = Command::new(program())
        .args(["run", ".", "--shard", "1/1", "--threads", "1", "--progress", "json"])
        .current_dir(folder.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(run.stderr.take().unwrap()).lines();
    lines.next().expect("it begins").unwrap();
    let pid = run.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let mut stdout = String::new();
    run.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(75), "{stdout}");
    assert_eq!(folder.out(), [folder.path(&format!("out/{NAME}.plan"))]);
}
