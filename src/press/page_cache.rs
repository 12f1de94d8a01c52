//! Pages that a volume will show again as they are, kept so that they are laid
//! out once.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::bindable::Bindable;
use super::typeset::Typeset;
use crate::contest::{self, Edition};
use crate::plan::{Plan, Volume};

/// How many documents are kept at most, so that memory stays bounded.
const MOST: usize = 1000;

/// What is kept of a run, by a document's index in the plan.
pub(super) struct PageCache {
    wanted: HashSet<usize>,
    documents: Mutex<HashMap<usize, Arc<Bindable>>>,
}

impl PageCache {
    /// Keeps the first of those `documents` that any of `volumes` shows as they
    /// are by themselves.
    pub(super) fn of(plan: &Plan<'_>, documents: &Range<usize>, volumes: &[Volume]) -> Self {
        let volumes = volumes.iter().filter(|volume| as_it_is(plan, plan.definition(volume)));
        let mut wanted: Vec<usize> =
            volumes.flat_map(|volume| &volume.documents).copied().collect();
        wanted.retain(|index| documents.contains(index));
        wanted.sort_unstable();
        wanted.dedup();
        wanted.truncate(MOST);
        Self { wanted: wanted.into_iter().collect(), documents: Mutex::default() }
    }

    /// Takes a document in if a volume will want it.
    pub(super) fn offer(&self, index: usize, typeset: &Typeset<'_>) {
        if self.wanted.contains(&index) {
            let bindable = Arc::new(Bindable::from(typeset));
            let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
            documents.insert(index, bindable);
        }
    }

    /// The document as this volume shows it, if it is kept.
    pub(super) fn get(
        &self,
        plan: &Plan<'_>,
        volume: &contest::VolumeKind,
        index: usize,
    ) -> Option<Arc<Bindable>> {
        let documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        documents.get(&index).filter(|_| self.keeps(plan, volume, index)).cloned()
    }

    /// Whether the document is to be kept for this volume.
    pub(super) fn keeps(
        &self,
        plan: &Plan<'_>,
        volume: &contest::VolumeKind,
        index: usize,
    ) -> bool {
        self.wanted.contains(&index) && as_it_is(plan, volume)
    }
}

/// Whether a volume's pages are laid out from the same data as its documents.
fn as_it_is(plan: &Plan<'_>, volume: &contest::VolumeKind) -> bool {
    let kind = &plan.contest.documents[volume.of];
    volume.edition == Edition::default() && volume.facts == kind.facts
}
