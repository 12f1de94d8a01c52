//! The documents that were measured last: their pages are asked for one by one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::id::id_of;

/// How many documents are kept to be shown.
const KEPT: usize = 3;

/// The documents that were inspected last, by their ids.
#[derive(Default)]
pub(super) struct Inspecting(Mutex<VecDeque<(String, Arc<Vec<u8>>)>>);

impl Inspecting {
    /// Keeps one; its id.
    pub(super) fn keep(&self, pdf: Vec<u8>) -> String {
        let id = id_of(&pdf);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| *known != id);
        kept.push_front((id.clone(), Arc::new(pdf)));
        kept.truncate(KEPT);
        id
    }

    /// The one with this id, unless others came since.
    pub(super) fn find(&self, id: &str) -> Option<Arc<Vec<u8>>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == id).map(|(_, pdf)| Arc::clone(pdf))
    }
}
