//! typst's caches, kept from growing with the number of documents.
//!
//! They are one for the whole process, so whoever trims them trims what the others need.

use std::sync::atomic::{AtomicUsize, Ordering};

/// After how many documents they are trimmed, and how many trimmings an unused
/// result outlives: measured as full speed at flat memory.
const EVERY: usize = 4;
const AGE: usize = 1;

/// When typst's caches are trimmed.
#[derive(Default)]
pub(super) struct Caches {
    /// How many documents were laid out so far.
    documents: AtomicUsize,
    /// How many documents are being laid out in stretches, each of which takes as long as
    /// many documents and needs what the stretch before it has left.
    in_stretches: AtomicUsize,
    stretches: AtomicUsize,
}

/// Held while a document is laid out in stretches.
pub(super) struct InStretches<'a>(&'a Caches);

impl Caches {
    /// Another document is about to be laid out.
    pub(super) fn count(&self) {
        let documents = self.documents.fetch_add(1, Ordering::Relaxed) + 1;
        if documents.is_multiple_of(EVERY) && self.in_stretches.load(Ordering::Relaxed) == 0 {
            comemo::evict(AGE);
        }
    }

    /// From now on they are trimmed between stretches alone.
    pub(super) fn in_stretches(&self) -> InStretches<'_> {
        self.in_stretches.fetch_add(1, Ordering::Relaxed);
        InStretches(self)
    }
}

impl InStretches<'_> {
    /// A stretch is done.
    pub(super) fn trim(&self) {
        let done = self.0.stretches.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(self.0.in_stretches.load(Ordering::Relaxed).max(1)) {
            comemo::evict(AGE);
        }
    }
}

impl Drop for InStretches<'_> {
    /// What long documents have left is as large as thousands of others.
    fn drop(&mut self) {
        if self.0.in_stretches.fetch_sub(1, Ordering::Relaxed) == 1 {
            comemo::evict(0);
        }
    }
}
