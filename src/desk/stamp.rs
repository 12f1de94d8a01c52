//! Whether files have changed: what the system says of them, without reading them.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How deep folders are looked into.
const DEPTH: usize = 4;

/// What the system says of some files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp(Vec<(PathBuf, Option<(u64, SystemTime)>)>);

impl Stamp {
    /// Of these files, and of those in these folders.
    pub(super) fn of<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        let mut stamp = Self::default();
        for path in paths {
            stamp.add(path, DEPTH);
        }
        stamp
    }

    fn add(&mut self, path: &Path, depth: usize) {
        let found = fs::metadata(path).ok();
        let seen = |it: &Metadata| Some((it.len(), it.modified().ok()?));
        self.0.push((path.to_owned(), found.as_ref().and_then(seen)));
        if depth > 0 && found.is_some_and(|it| it.is_dir()) {
            let entries = fs::read_dir(path).into_iter().flatten().flatten();
            let mut inside: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
            inside.sort();
            inside.iter().for_each(|path| self.add(path, depth - 1));
        }
    }
}
