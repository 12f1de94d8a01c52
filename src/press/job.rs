//! What is to be made of a plan, and whether it is still wanted. The workers
//! share it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::effort;
use super::page_cache::PageCache;
use super::progress::{Made, Progress};
use super::rendered::Outcome;
use crate::plan::{Document, Plan, Volume};

/// Documents and volumes to be made, and how far that is.
pub struct Job {
    /// Indices of the documents that are made by themselves.
    pub(super) documents: Range<usize>,
    pub(super) volumes: Vec<Volume>,
    pub(super) cache: PageCache,
    /// Volumes that were bound while documents were made, by their places.
    bound: Mutex<HashMap<usize, Outcome>>,
    progress: Progress,
    /// Something is wrong, so there will be no package.
    failed: AtomicBool,
    /// Nobody waits for it any more.
    broken_off: AtomicBool,
}

impl Job {
    /// All that a plan asks for.
    pub(crate) fn whole(plan: &Plan<'_>) -> Self {
        Self::of(plan, 0..plan.documents.len(), plan.volumes())
    }

    /// One volume by itself, to be tried.
    pub(super) fn trial(plan: &Plan<'_>, volume: &Volume) -> Self {
        Self::of(plan, 0..0, vec![volume.clone()])
    }

    /// These documents and volumes of a plan, with nothing of them done.
    pub(crate) fn of(plan: &Plan<'_>, documents: Range<usize>, volumes: Vec<Volume>) -> Self {
        let cache = PageCache::of(plan, &documents, &volumes);
        let mut progress = Progress::default();
        for document in &plan.documents[documents.clone()] {
            progress.expect(effort::single(plan, document));
        }
        for volume in &volumes {
            for &index in &volume.documents {
                progress.expect(bound(plan, &cache, volume, index));
            }
        }
        let (failed, broken_off) = (AtomicBool::default(), AtomicBool::default());
        let bound = Mutex::default();
        Self { documents, volumes, cache, bound, progress, failed, broken_off }
    }

    /// Keeps a volume that was bound while documents were made.
    pub(super) fn keep_bound(&self, place: usize, outcome: Outcome) {
        self.bound.lock().unwrap_or_else(PoisonError::into_inner).insert(place, outcome);
    }

    /// The volume with this place, if it was bound while documents were made.
    pub(super) fn take_bound(&self, place: usize) -> Option<Outcome> {
        self.bound.lock().unwrap_or_else(PoisonError::into_inner).remove(&place)
    }

    /// How much is done.
    pub(crate) fn made(&self) -> Made {
        self.progress.made()
    }

    /// Counts a document that is done by itself.
    pub(super) fn add_single(&self, plan: &Plan<'_>, document: &Document) {
        self.progress.add(effort::single(plan, document));
    }

    /// Counts a document that is done in a volume.
    pub(super) fn add_bound(&self, plan: &Plan<'_>, volume: &Volume, index: usize) {
        self.progress.add(bound(plan, &self.cache, volume, index));
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

/// The work of a document's pages in a volume.
fn bound(plan: &Plan<'_>, cache: &PageCache, volume: &Volume, index: usize) -> usize {
    let kept = cache.keeps(volume, index);
    effort::bound(plan, &plan.documents[index], kept)
}
