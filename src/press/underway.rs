//! How far a run is, weighed by the time that things take, so that what is said
//! of the time left is true. Its workers share it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::Outcome;
use super::kept::Kept;
use crate::plan::{Document, Plan, Volume};

/// The work of a document by itself, of its pages in a volume, laid out anew or
/// kept, and of each entrant in a list, as they take time in the example: about
/// 8, 7, 3 and 1.3 ms on one thread.
const SINGLE: usize = 6;
const BOUND: usize = 5;
const BOUND_KEPT: usize = 2;
const LISTED: usize = 1;

/// What a run has to do, how much of it is done, and whether it is to end.
pub struct Underway {
    pub(super) volumes: Vec<Volume>,
    pub(super) kept: Kept,
    count: usize,
    in_all: usize,
    documents: AtomicUsize,
    work: AtomicUsize,
    /// Something is wrong, so there will be no package.
    failed: AtomicBool,
    /// Nobody waits for it any more.
    broken_off: AtomicBool,
}

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

impl Underway {
    /// All that a plan asks for, with nothing of it done.
    pub fn new(plan: &Plan<'_>) -> Self {
        let volumes = plan.volumes();
        let kept = Kept::for_volumes(plan, &volumes);
        let mut underway = Self {
            volumes: Vec::new(),
            kept,
            count: plan.documents.len(),
            in_all: plan.documents.iter().map(|document| single(plan, document)).sum(),
            documents: AtomicUsize::default(),
            work: AtomicUsize::default(),
            failed: AtomicBool::default(),
            broken_off: AtomicBool::default(),
        };
        for volume in &volumes {
            underway.count += volume.documents.len();
            let work = |&index| underway.bound(plan, volume, index);
            underway.in_all += volume.documents.iter().map(work).sum::<usize>();
        }
        Self { volumes, ..underway }
    }

    /// How much is done.
    pub fn made(&self) -> Made {
        Made {
            done: self.documents.load(Ordering::Relaxed),
            count: self.count,
            work: self.work.load(Ordering::Relaxed),
            work_in_all: self.in_all,
        }
    }

    /// Counts a document that is done by itself.
    pub(super) fn add_single(&self, plan: &Plan<'_>, document: &Document) {
        self.add(single(plan, document));
    }

    /// Counts a document that is done in a volume.
    pub(super) fn add_bound(&self, plan: &Plan<'_>, volume: &Volume, index: usize) {
        self.add(self.bound(plan, volume, index));
    }

    fn bound(&self, plan: &Plan<'_>, volume: &Volume, index: usize) -> usize {
        let kept = self.kept.keeps(plan, plan.definition(volume), index);
        (if kept { BOUND_KEPT } else { BOUND }) + listed(plan, &plan.documents[index])
    }

    fn add(&self, work: usize) {
        self.documents.fetch_add(1, Ordering::Relaxed);
        self.work.fetch_add(work, Ordering::Relaxed);
    }

    pub(super) fn note(&self, outcome: Outcome) -> Outcome {
        self.failed.fetch_or(outcome.1.has_errors(), Ordering::Relaxed);
        outcome
    }

    pub(super) fn is_wanted(&self) -> bool {
        !self.failed.load(Ordering::Relaxed)
    }

    pub(super) fn break_off(&self) {
        self.broken_off.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_broken_off(&self) -> bool {
        self.broken_off.load(Ordering::Relaxed)
    }
}

fn single(plan: &Plan<'_>, document: &Document) -> usize {
    SINGLE + listed(plan, document)
}

fn listed(plan: &Plan<'_>, document: &Document) -> usize {
    match plan.only(document) {
        Some(_) => 0,
        None => LISTED * document.entrants.len(),
    }
}
