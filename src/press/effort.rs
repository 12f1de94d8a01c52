//! How long things take to make, compared with one another, so that what is said
//! of the time left is true and machines get shares alike.

use crate::plan::{Document, Plan};

/// The work of a document by itself, of its pages in a volume, laid out anew or
/// kept, and of each entrant in a list, as they take time in the example: about
/// 8, 7, 3 and 1.3 ms on one thread.
const SINGLE: usize = 6;
const BOUND: usize = 5;
const BOUND_KEPT: usize = 2;
const LISTED: usize = 1;

/// Of a document by itself.
pub(crate) fn single(plan: &Plan<'_>, document: &Document) -> usize {
    SINGLE + listed(plan, document)
}

/// Of a document's pages in a volume; `kept` if they are laid out already.
pub(crate) fn bound(plan: &Plan<'_>, document: &Document, kept: bool) -> usize {
    (if kept { BOUND_KEPT } else { BOUND }) + listed(plan, document)
}

fn listed(plan: &Plan<'_>, document: &Document) -> usize {
    match plan.only(document) {
        Some(_) => 0,
        None => LISTED * document.entrants.len(),
    }
}
