//! A document with a long list, laid out a stretch of rows at a time.
//!
//! typst takes some 100 KB for each row while it lays a table out. So such a document is
//! laid out again and again, each time with some of its rows and with empty pages in
//! place of those before, and the finished pages are put together: those of a stretch
//! from its first row's to the one before its last row's, with whose first row the next
//! one begins. Each row must stand on the pages once, in order, and on the page that it
//! was meant for. Where one does not, and where the pages before a list change with its
//! length, the document is laid out as a whole.
//!
//! `stretch` in `templates/lib/gongwen/table.typ` is the other side of this.

use std::ops::Range;

use serde_json::{Map, Value as Json, json};
use typst::diag::{SourceResult, Warned};
use typst::ecow::EcoVec;
use typst::model::Document as _;
use typst::utils::hash128;
use typst_layout::PagedDocument;

use super::engine::Press;
use super::world::DocumentWorld;

mod joined;
mod list;
mod shown;

use joined::Joined;
use list::{List, Stretch};
use shown::Shown;

/// How many rows a stretch has, unless they do not fill a page.
pub(super) const ROWS: usize = 500;

impl Press {
    /// Lays out a document in stretches of so many rows, or at once if it has no long
    /// list. `None` if anything is wrong with it, or if its pages would not be the same.
    pub(super) fn in_stretches(
        &self,
        world: &DocumentWorld<'_>,
        most: usize,
    ) -> Option<Warned<SourceResult<PagedDocument>>> {
        let trims = self.caches.in_stretches();
        let empty = self.compile(&world.with_stretch(&others()));
        let mut lists = list::on(empty.output.as_ref().ok()?)?;
        let Some(last) = lists.last() else { return Some(empty) };
        let total = last.rows.end;
        let empty = empty.output.ok()?;
        for list in &lists {
            let longer = self.compile(&world.with_stretch(&lengthened(&lists, list)));
            if until(&empty, list)? != until(&longer.output.ok()?, list)? {
                return None;
            }
        }

        let (mut joined, mut warnings) = (Joined::default(), EcoVec::new());
        let (mut from, mut page, mut most) = (0, 1, most);
        loop {
            let stretch = Stretch { rows: from..total.min(from + most), page };
            let compiled = self.compile(&world.with_stretch(&wanted(&lists, &stretch)));
            let pages = compiled.output.ok()?;
            let shown = Shown::on(&pages, &lists, &stretch);
            if !shown.is(&stretch) {
                return None;
            }
            let is_last = stretch.rows.end == total;
            let end = if is_last {
                (total, pages.pages().len() + 1)
            } else if let Some(seam) = shown.last_seam(&lists) {
                seam
            } else {
                most *= 2;
                continue;
            };
            shown.note(&mut lists, end.1);
            joined.add(pages.pages(), page - 1..end.1 - 1, &shown, &lists)?;
            warnings.extend(compiled.warnings);
            if is_last {
                let output = Ok(joined.finish(pages.info().clone()));
                return Some(Warned { output, warnings });
            }
            (from, page) = end;
            drop(pages);
            trims.trim();
        }
    }
}

/// Stands for the pages up to that on which a list begins in a document without rows:
/// they must not show how long it is.
fn until(pages: &PagedDocument, list: &List) -> Option<Vec<u128>> {
    let pages = pages.pages().get(..list.begins)?;
    Some(pages.iter().map(|page| hash128(&page.frame)).collect())
}

/// What `/stretch.json` says of lists that are not known yet: each is an empty page.
fn others() -> Json {
    json!({ "others": empty_pages(1) })
}

/// What it says where one of them is longer.
fn lengthened(lists: &[List], longer: &List) -> Json {
    let pages = |list: &List| if list.key == longer.key { 3 } else { 1 };
    lists
        .iter()
        .map(|list| (list.key.clone(), empty_pages(pages(list))))
        .collect::<Map<_, _>>()
        .into()
}

fn empty_pages(after: usize) -> Json {
    json!({ "before": 0, "from": 0, "to": 0, "after": after })
}

/// What `/stretch.json` says of each list for a stretch.
fn wanted(lists: &[List], stretch: &Stretch) -> Json {
    let Range { start, end } = stretch.rows;
    let of = |list: &List| {
        let within = |row: usize| row.clamp(list.rows.start, list.rows.end) - list.rows.start;
        let (from, to) = (within(start), within(end));
        let goes_on = from > 0 && from < to;
        let before = if goes_on { stretch.page - list.begins } else { 0 };
        let after = if list.rows.end <= start { list.ends - list.begins } else { 0 };
        json!({ "before": before, "from": from, "to": to, "after": after })
    };
    lists.iter().map(|list| (list.key.clone(), of(list))).collect::<Map<_, _>>().into()
}
