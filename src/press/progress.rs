//! How far a job is. Its workers share it.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How much of a package is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Documents that are done. One that is bound in volumes counts again in
    /// each.
    pub done: usize,
    /// Documents in all.
    pub count: usize,
    /// The work that is done: what takes longer counts for more.
    pub work: usize,
    /// The work in all.
    pub work_in_all: usize,
}

/// What is done of a job, counted by whoever does it.
#[derive(Debug, Default)]
pub(super) struct Progress {
    count: usize,
    work_in_all: usize,
    done: AtomicUsize,
    work: AtomicUsize,
}

impl Progress {
    /// Adds a document to be made.
    pub(super) fn expect(&mut self, work: usize) {
        self.count += 1;
        self.work_in_all += work;
    }

    /// Counts a document that is done.
    pub(super) fn add(&self, work: usize) {
        self.done.fetch_add(1, Ordering::Relaxed);
        self.work.fetch_add(work, Ordering::Relaxed);
    }

    pub(super) fn made(&self) -> Made {
        Made {
            done: self.done.load(Ordering::Relaxed),
            count: self.count,
            work: self.work.load(Ordering::Relaxed),
            work_in_all: self.work_in_all,
        }
    }
}
