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

/// What a plan asks for, divided among machines. Shares follow one another in
/// the plan's order, volumes after the documents, and are of about the same
/// work; where there is less to do than there are shares, some are empty.
pub struct Shares {
    documents: usize,
    volumes: Vec<Volume>,
    /// Where each share ends, documents and volumes counted together.
    ends: Vec<usize>,
}

impl Shares {
    /// So many shares of a plan.
    pub fn new(plan: &Plan<'_>, count: NonZeroUsize) -> Self {
        let volumes = plan.volumes();
        let single = plan.documents.iter().map(|document| single(plan, document));
        let bound = volumes.iter().map(|volume| {
            let documents = volume.documents.iter().map(|&index| &plan.documents[index]);
            documents.map(|document| BOUND + listed(plan, document)).sum()
        });
        let work: Vec<usize> = single.chain(bound).collect();
        let in_all = work.iter().sum::<usize>();
        let mut ends = vec![0; count.get()];
        let mut before = 0;
        for (index, work) in work.iter().enumerate() {
            // Whatever begins in a share of the work belongs to it.
            ends[before * count.get() / in_all.max(1)] = index + 1;
            before += work;
        }
        // One that nothing begins in ends where the one before it does.
        for share in 1..ends.len() {
            ends[share] = ends[share].max(ends[share - 1]);
        }
        Self { documents: plan.documents.len(), volumes, ends }
    }

    /// The paths of one share's PDFs, in order.
    ///
    /// # Panics
    /// If there are fewer shares.
    pub fn paths<'p>(
        &'p self,
        plan: &'p Plan<'_>,
        part: NonZeroUsize,
    ) -> impl Iterator<Item = &'p str> {
        let (documents, volumes) = self.get(part);
        let documents = plan.documents[documents].iter().map(|document| document.path.as_str());
        documents.chain(self.volumes[volumes].iter().map(|volume| volume.path.as_str()))
    }

    fn get(&self, part: NonZeroUsize) -> (Range<usize>, Range<usize>) {
        let start = if part.get() == 1 { 0 } else { self.ends[part.get() - 2] };
        let end = self.ends[part.get() - 1];
        let documents = start.min(self.documents)..end.min(self.documents);
        let after = |index: usize| index.saturating_sub(self.documents);
        (documents, after(start)..after(end))
    }
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

    /// One volume by itself, to be tried.
    pub(super) fn trial(plan: &Plan<'_>, volume: &Volume) -> Self {
        Self::of(plan, 0..0, vec![volume.clone()])
    }

    /// One share of what a plan asks for.
    ///
    /// # Panics
    /// If there are fewer.
    pub fn share(plan: &Plan<'_>, shares: &Shares, part: NonZeroUsize) -> Self {
        let (documents, volumes) = shares.get(part);
        Self::of(plan, documents, shares.volumes[volumes].to_vec())
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
