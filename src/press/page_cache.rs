//! Pages that a volume will show again as they are, kept so that they are laid
//! out once.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::bindable::Bindable;
use super::typeset::Typeset;
use crate::contest::{self, Edition};
use crate::plan::{Plan, Volume};

/// How many documents are kept at most for volumes that are bound after all documents
/// are made, so that memory stays bounded.
const MOST: usize = 1000;

/// How many volumes are bound while documents are made and wait for their turn: each has
/// a megabyte.
const MOST_VOLUMES: usize = 64;

/// What is kept of a run, by a document's index in the plan.
pub(super) struct PageCache {
    /// What is kept for each volume, by its definition and part.
    kept: HashMap<(usize, usize), HashSet<usize>>,
    /// The places of volumes in the plan's order, by their last documents: they are bound
    /// once these are made, so that hardly more than one's documents are kept at a time.
    on_the_way: HashMap<usize, Vec<usize>>,
    wanted: Mutex<HashMap<usize, Wanted>>,
}

/// A document that volumes will show as it is.
#[derive(Default)]
struct Wanted {
    /// How many will.
    volumes: usize,
    /// Once it is made.
    pages: Option<Arc<Bindable>>,
}

impl PageCache {
    /// Keeps of those `documents` what any of `volumes` shows as they are by themselves.
    pub(super) fn of(plan: &Plan<'_>, documents: &Range<usize>, volumes: &[Volume]) -> Self {
        let made = |volume: &Volume| -> HashSet<usize> {
            volume.documents.iter().copied().filter(|index| documents.contains(index)).collect()
        };
        let (mut kept, mut on_the_way) = (HashMap::new(), HashMap::<_, Vec<_>>::new());
        let mut on_their_way = HashSet::new();
        let as_they_are = volumes.iter().enumerate();
        for (place, volume) in as_they_are.filter(|it| as_it_is(plan, plan.definition(it.1))) {
            kept.insert(key(volume), made(volume));
            let last = volume.documents.last().filter(|last| documents.contains(last));
            if let Some(&last) = last.filter(|_| volume.documents.is_sorted())
                && on_their_way.len() < MOST_VOLUMES
            {
                on_the_way.entry(last).or_default().push(place);
                on_their_way.insert(key(volume));
            }
        }
        let later = kept.iter_mut().filter(|it| !on_their_way.contains(it.0));
        let mut later: Vec<&mut HashSet<usize>> = later.map(|it| it.1).collect();
        let mut first: Vec<usize> = later.iter().flat_map(|it| it.iter()).copied().collect();
        first.sort_unstable();
        first.dedup();
        if let Some(&end) = first.get(MOST) {
            later.iter_mut().for_each(|kept| kept.retain(|&index| index < end));
        }
        let mut wanted = HashMap::<_, Wanted>::new();
        for &index in kept.values().flatten() {
            wanted.entry(index).or_default().volumes += 1;
        }
        Self { kept, on_the_way, wanted: Mutex::new(wanted) }
    }

    /// The places of the volumes that are bound once this document is made.
    pub(super) fn bound_after(&self, index: usize) -> &[usize] {
        self.on_the_way.get(&index).map_or(&[], Vec::as_slice)
    }

    /// Takes a document in if a volume will want it.
    pub(super) fn offer(&self, index: usize, typeset: &Typeset<'_>) {
        if self.wanted().contains_key(&index) {
            let bindable = Arc::new(Bindable::from(typeset));
            if let Some(wanted) = self.wanted().get_mut(&index) {
                wanted.pages = Some(bindable);
            }
        }
    }

    /// The document as this volume shows it, if it is kept, which it is no longer once
    /// every volume that wants it has it.
    pub(super) fn take(&self, volume: &Volume, index: usize) -> Option<Arc<Bindable>> {
        if !self.keeps(volume, index) {
            return None;
        }
        let mut all = self.wanted();
        let wanted = all.get_mut(&index)?;
        wanted.volumes -= 1;
        let pages = wanted.pages.clone();
        if wanted.volumes == 0 {
            all.remove(&index);
        }
        pages
    }

    /// Whether the document is to be kept for this volume.
    pub(super) fn keeps(&self, volume: &Volume, index: usize) -> bool {
        self.kept.get(&key(volume)).is_some_and(|kept| kept.contains(&index))
    }

    fn wanted(&self) -> MutexGuard<'_, HashMap<usize, Wanted>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(volume: &Volume) -> (usize, usize) {
    (volume.definition, volume.part)
}

/// Whether a volume's pages are laid out from the same data as its documents.
fn as_it_is(plan: &Plan<'_>, volume: &contest::VolumeKind) -> bool {
    let kind = &plan.contest.documents[volume.of];
    volume.edition == Edition::default() && volume.facts == kind.facts
}
