//! How far a run is, weighed by the time that things take, so that what is said
//! of the time left is true. Its workers share it.

use std::num::NonZeroUsize;
use std::ops::Range;
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
    /// Indices of the documents that are made by themselves.
    pub(super) documents: Range<usize>,
    pub(super) volumes: Vec<Volume>,
    pub(super) kept: Kept,
    count: usize,
    in_all: usize,
    done: AtomicUsize,
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
        Self::of(plan, 0..plan.documents.len(), plan.volumes())
    }

    /// One of `parts` parts of what a plan asks for, the first being 1. Parts
    /// follow one another in the plan's order, volumes after the documents, and
    /// are of about the same work; where there is less to do than there are
    /// parts, some are empty.
    pub fn part(plan: &Plan<'_>, part: NonZeroUsize, parts: NonZeroUsize) -> Self {
        let volumes = plan.volumes();
        let single = plan.documents.iter().map(|document| single(plan, document));
        let bound = volumes.iter().map(|volume| {
            let documents = volume.documents.iter().map(|&index| &plan.documents[index]);
            documents.map(|document| BOUND + listed(plan, document)).sum()
        });
        let work: Vec<usize> = single.chain(bound).collect();
        let in_all = work.iter().sum::<usize>().max(1) as u128;
        let mut before = 0;
        // Whatever begins in a part's share of the work is in it.
        let parts_of = work.iter().map(|work| {
            let part = before as u128 * parts.get() as u128 / in_all;
            before += work;
            part as usize + 1
        });
        let parts_of: Vec<usize> = parts_of.collect();
        let start = parts_of.partition_point(|&it| it < part.get());
        let end = parts_of.partition_point(|&it| it <= part.get());
        let documents = plan.documents.len();
        let own = |volumes: Vec<Volume>| {
            let (start, end) = (start.saturating_sub(documents), end.saturating_sub(documents));
            volumes.into_iter().skip(start).take(end - start).collect()
        };
        Self::of(plan, start.min(documents)..end.min(documents), own(volumes))
    }

    fn of(plan: &Plan<'_>, documents: Range<usize>, volumes: Vec<Volume>) -> Self {
        let single = plan.documents[documents.clone()].iter().map(|it| single(plan, it));
        let mut underway = Self {
            kept: Kept::of(plan, &documents, &volumes),
            count: documents.len(),
            in_all: single.sum(),
            documents,
            volumes: Vec::new(),
            done: AtomicUsize::default(),
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

    /// The paths of what is made, in order.
    pub fn paths<'p>(&'p self, plan: &'p Plan<'_>) -> impl Iterator<Item = &'p str> {
        let documents = plan.documents[self.documents.clone()].iter().map(|it| it.path.as_str());
        documents.chain(self.volumes.iter().map(|volume| volume.path.as_str()))
    }

    /// How much is done.
    pub fn made(&self) -> Made {
        Made {
            done: self.done.load(Ordering::Relaxed),
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
        self.done.fetch_add(1, Ordering::Relaxed);
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
