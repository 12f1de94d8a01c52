//! What was proposed lately: a person looks at it for as long as he likes before
//! it is made.

use std::collections::VecDeque;
use std::sync::Arc;

use accolade::Folder;
use accolade::folder::Proposal;

/// How many are kept.
const KEPT: usize = 4;

/// A proposal, and the folder as it was then.
pub(super) struct Proposed {
    pub folder: Arc<Folder>,
    pub proposal: Proposal,
}

/// The last ones by their ids.
#[derive(Default)]
pub(super) struct Proposals {
    kept: VecDeque<(u64, Arc<Proposed>)>,
    made: u64,
}

impl Proposals {
    /// Keeps one; its id.
    pub(super) fn keep(&mut self, proposed: Proposed) -> u64 {
        self.made += 1;
        self.kept.push_front((self.made, Arc::new(proposed)));
        self.kept.truncate(KEPT);
        self.made
    }

    /// The one with this id, unless others came since.
    pub(super) fn find(&self, id: u64) -> Option<Arc<Proposed>> {
        self.kept.iter().find(|(known, _)| *known == id).map(|(_, kept)| Arc::clone(kept))
    }
}
