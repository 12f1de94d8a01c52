//! The long lists of a document, and what of them is laid out at once.

use std::collections::HashSet;
use std::ops::Range;

use typst::foundations::{Content, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The label of what `stretch` says of a long list.
const LONG_LIST: &str = "long-list";

/// A long list in a document. The rows of all its lists are counted together.
pub(super) struct List {
    /// What tells it from the others.
    pub key: String,
    pub rows: Range<usize>,
    /// The pages on which it begins and ends; before they are known, the page on which
    /// it begins where no list has rows.
    pub begins: usize,
    pub ends: usize,
}

/// What is laid out at once.
pub(super) struct Stretch {
    pub rows: Range<usize>,
    /// The page that the first of the rows stands on, or the document's first.
    pub page: usize,
}

/// The long lists of a document. `None` if two cannot be told apart.
pub(super) fn on(pages: &PagedDocument) -> Option<Vec<List>> {
    let (mut lists, mut keys) = (Vec::<List>::new(), HashSet::new());
    for found in &pages.introspector().query(&long_lists()) {
        let (key, rows) = described(found)?;
        if !keys.insert(key.clone()) {
            return None;
        }
        let begins = pages.introspector().page(found.location()?)?.get();
        let from = lists.last().map_or(0, |list| list.rows.end);
        lists.push(List { key, rows: from..from + rows, begins, ends: begins });
    }
    Some(lists)
}

/// What says of itself that it is a long list.
pub(super) fn long_lists() -> Selector {
    Selector::Label(Label::new(PicoStr::intern(LONG_LIST)).expect("the label has a name"))
}

/// The key of a long list and how many rows it has.
pub(super) fn described(found: &Content) -> Option<(String, usize)> {
    let Value::Dict(list) = &found.to_packed::<MetadataElem>()?.value else { return None };
    let value = |name| list.get(name).ok().cloned();
    Some((value("key")?.cast().ok()?, value("rows")?.cast().ok()?))
}
