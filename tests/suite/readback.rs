//! Every file that the program reads back, damaged and changed in all ways: no
//! panic, nothing slow, and nothing that was changed passes for what it was.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use accolade::attest::Key;
use accolade::verify::{self, Trust, Verdict, Verified};
use proptest::prelude::*;
use zip::ZipArchive;

use crate::support::Folder;

mod damage;
mod package;
mod part;
mod pdf;
mod plan;
mod register;
mod status_list;

/// Nothing that is read back may take longer, whatever was done to it.
const PATIENCE: Duration = Duration::from_secs(20);

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Runs `property` on values of a strategy.
fn holds<S: Strategy>(many: u32, strategy: S, property: impl Fn(S::Value)) {
    let mut runner = proptest::test_runner::TestRunner::new(cases(many));
    let ran = runner.run(&strategy, |value| {
        let start = Instant::now();
        property(value);
        assert!(start.elapsed() < PATIENCE, "that took {:?}", start.elapsed());
        Ok(())
    });
    if let Err(error) = ran {
        panic!("{error}");
    }
}

fn winners() -> Folder {
    Folder::with_rows(&[
        ["企业组", "一等奖", "甲项目", "山河有限公司", "王伟、李强", "√"],
        ["企业组", "二等奖", "乙项目", "日月有限公司", "赵敏", ""],
        ["创客组", "三等奖", "丙项目", "草木团队", "钱一、孙二", ""],
    ])
}

fn only_file(folder: &Folder, ending: &str) -> PathBuf {
    let mut files = folder.out();
    files.retain(|file| file.to_string_lossy().ends_with(ending));
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

fn frozen(arguments: &[&str]) -> (Folder, Vec<u8>, Option<Key>) {
    let folder = winners();
    let mut all = vec!["--parts", "2"];
    all.extend(arguments);
    folder.done("plan", &all);
    let bytes = fs::read(only_file(&folder, ".plan")).unwrap();
    let key = Key::load(&folder.path("")).unwrap();
    (folder, bytes, key)
}

/// Every file in a zip, as another reader has it.
fn contents(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).ok()?;
            let name = file.name().ok()?.into_owned();
            let mut content = Vec::new();
            file.read_to_end(&mut content).ok()?;
            Some((name, content))
        })
        .collect()
}

struct Issued {
    folder: Folder,
    zip: Vec<u8>,
    pdf: Vec<u8>,
}

fn issued() -> Issued {
    let folder = winners();
    folder.package(&["--only", "荣誉证书"]);
    let zip = fs::read(folder.zip()).unwrap();
    let pdf = contents(&zip).unwrap().into_iter().find(|(name, _)| name.ends_with(".pdf"));
    Issued { zip, pdf: pdf.unwrap().1, folder }
}

fn verdict(path: &Path, trust: &Trust) -> Option<Verdict> {
    match verify::file(path, trust).ok()? {
        Verified::Certificate(found) => Some(found.verdict),
        Verified::Certificates(found) => found.iter().map(|it| it.verdict).max(),
        Verified::Package(found) => Some(found.verdict),
    }
}
