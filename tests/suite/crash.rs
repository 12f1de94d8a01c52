//! A kill, a full disk, a second process, a damaged register: whatever happens,
//! a rerun gives the same numbers and bytes, or says why it will not.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use accolade::folder::{Correction, Facts, Target};
use jiff::Timestamp;

use crate::support::Folder;

mod disk;
mod kill;
mod lock;
mod tamper;

pub(super) const ROWS: [[&str; 6]; 3] = [
    ["企业组", "一等奖", "风铃", "北斗", "王伟", "√"],
    ["企业组", "一等奖", "竹马", "昆仑", "李强", ""],
    ["创业组", "二等奖", "青瓷", "鲸落", "赵敏、钱进", "√"],
];

pub(super) const CERTIFICATES: [&str; 2] = ["--only", "荣誉证书"];
pub(super) const FIRST: &str = "JZCK2026-QY-1-001";
pub(super) const PACKAGE: &str = "out/晋中创客中国2026获奖文件（荣誉证书）.zip";
pub(super) const EVERYTHING: &str = "out/晋中创客中国2026获奖文件.zip";

/// A contest after a run that nothing disturbed, to hold disturbed ones
/// against.
pub(super) struct Undisturbed {
    pub(super) folder: Folder,
    pub(super) arguments: &'static [&'static str],
    pub(super) place: &'static str,
    pub(super) package: Vec<u8>,
    pub(super) numbers: Vec<Numbered>,
}

/// Number, revision, status, whether it is known to be issued, recipient.
pub(super) type Numbered = (String, u64, String, bool, String);

impl Undisturbed {
    pub(super) fn run(folder: Folder, arguments: &'static [&'static str]) -> Self {
        folder.done("run", arguments);
        let place = if arguments.is_empty() { EVERYTHING } else { PACKAGE };
        let package = fs::read(folder.path(place)).unwrap();
        let numbers = numbers(&folder);
        Self { folder, arguments, place, package, numbers }
    }

    /// The same contest before that run. It has the key already: another key
    /// would sign other bytes.
    pub(super) fn before(&self) -> Folder {
        copy(&self.folder, &["contest.toml", "awards.xlsx", "signing.key"])
    }

    pub(super) fn assert_a_rerun_is_the_same(&self, folder: &Folder, when: &str) {
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

pub(super) fn rows() -> Folder {
    Folder::with_rows(&ROWS)
}

/// A folder with these files of another.
pub(super) fn copy(of: &Folder, files: &[&str]) -> Folder {
    let folder = Folder::example();
    for file in files {
        fs::copy(of.path(file), folder.path(file)).unwrap();
    }
    folder
}

/// How many files in `out/` have no name yet.
pub(super) fn unfinished(folder: &Folder) -> usize {
    let hidden =
        |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(".accolade-");
    folder.out().iter().filter(|path| hidden(path)).count()
}

pub(super) fn numbers(folder: &Folder) -> Vec<Numbered> {
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

pub(super) fn assert_sound(folder: &Folder, when: &str) {
    let ran = folder.accolade("register", &["--check"]);
    assert_eq!(ran.status, 0, "{when}: {}", ran.stderr);
}

/// Every file in the contest folder and what it holds.
pub(super) fn everything(folder: &Folder) -> Vec<(PathBuf, Vec<u8>)> {
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

pub(super) fn correction(folder: &Path) -> Correction {
    Correction {
        reason: "名称有误".into(),
        target: Target { folder: folder.join("out"), replace: false },
        threads: NonZeroUsize::MIN,
        now: Timestamp::now(),
    }
}

pub(super) fn facts() -> Facts {
    let values = vec![("project".to_owned(), "风筝".to_owned())];
    Facts::Typed { number: FIRST.into(), values }
}
