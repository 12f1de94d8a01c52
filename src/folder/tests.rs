//! The calls of a page that shows a contest folder, tried on small examples.

use std::fs;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;

use jiff::Timestamp;
use tempfile::TempDir;

use super::{Folder, Order, Purpose, Selection, Target};

mod inspect;
mod packages;
mod reissue;
mod verify;

/// A contest folder made of an example.
fn folder(example: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/examples").join(example);
    for file in ["contest.toml", "awards.xlsx"] {
        fs::copy(data.join(file), dir.path().join(file)).unwrap();
    }
    dir
}

/// A contest folder made of an example, and its package in `out`.
struct Issued {
    dir: TempDir,
    folder: Folder,
}

impl Issued {
    /// With all its numbers issued.
    fn of(example: &str) -> Self {
        Self::new(folder(example), Purpose::Issue)
    }

    fn new(dir: TempDir, purpose: Purpose) -> Self {
        let folder = Folder::open(dir.path()).unwrap();
        let issued = Self { dir, folder };
        issued.run(purpose);
        issued
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn out(&self) -> std::path::PathBuf {
        self.path().join("out")
    }

    /// Makes everything the sheet orders.
    fn run(&self, purpose: Purpose) -> super::Account {
        let order = Order {
            selection: Selection { only: Vec::new(), withhold: false, new: Vec::new() },
            purpose,
            target: Target { folder: self.out(), replace: false },
            threads: NonZeroUsize::MIN,
            now: now(),
        };
        let (folder, sheet) = Folder::open_with_sheet(self.path(), None).unwrap();
        folder.run(&sheet, &order, |_| ControlFlow::Continue(())).unwrap()
    }
}

/// A time.
fn now() -> Timestamp {
    "2026-11-27T08:00:00Z".parse().unwrap()
}
