//! Which rows of long lists stand on which pages.

use std::collections::HashMap;

use typst::foundations::{Content, Smart, StyleChain};
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{TableCell, TableElem};
use typst_layout::PagedDocument;

use super::list::{List, Stretch, described};

/// How many rows of a table are its header.
pub(super) const HEADER: usize = 1;

/// What the pages of a stretch show.
#[derive(Default)]
pub(super) struct Shown {
    /// Each row and its page, in the order in which they stand there.
    rows: Vec<(usize, usize)>,
    /// The page on which each list begins.
    begins: Vec<(usize, usize)>,
    /// The table of each list, and from which of its rows on it shows them.
    pub(super) tables: HashMap<Location, (usize, usize)>,
}

impl Shown {
    pub(super) fn on(pages: &PagedDocument, lists: &[List], stretch: &Stretch) -> Self {
        let mut search = Search { lists, stretch, shown: Self::default(), list: None, table: None };
        for (page, number) in pages.pages().iter().zip(1..) {
            search.frame(&page.frame, number);
        }
        search.shown
    }

    /// Whether these are the rows of a stretch, and no others, from the page on which
    /// they are to begin.
    pub(super) fn is(&self, stretch: &Stretch) -> bool {
        let begins = self.rows.first().is_some_and(|&(row, page)| row == 0 || page == stretch.page);
        begins && self.rows.iter().map(|&(row, _)| row).eq(stretch.rows.clone())
    }

    /// The last page, but not the first, that begins within a list, and the row that it
    /// begins with.
    pub(super) fn last_seam(&self, lists: &[List]) -> Option<(usize, usize)> {
        let begins_list = |row: usize| lists.iter().any(|list| list.rows.start == row);
        let mut neighbours = self.rows.windows(2).rev();
        neighbours.find_map(|pair| {
            let ((_, above), (row, page)) = (pair[0], pair[1]);
            (above + 1 == page && !begins_list(row)).then_some((row, page))
        })
    }

    /// Notes where each list begins and ends, if that is before `page`.
    pub(super) fn note(&self, lists: &mut [List], page: usize) {
        for &(list, begins) in self.begins.iter().filter(|it| it.1 < page) {
            lists[list].begins = begins;
        }
        for &(row, ends) in self.rows.iter().filter(|it| it.1 < page) {
            if let Some(list) = lists.iter_mut().find(|list| list.rows.end == row + 1) {
                list.ends = ends;
            }
        }
    }
}

struct Search<'a> {
    lists: &'a [List],
    stretch: &'a Stretch,
    shown: Shown,
    /// The list whose table comes next, or is being read.
    list: Option<usize>,
    table: Option<Location>,
}

impl Search<'_> {
    fn frame(&mut self, frame: &Frame, page: usize) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, page),
                FrameItem::Tag(tag) => self.tag(tag, page),
                _ => {}
            }
        }
    }

    fn tag(&mut self, tag: &Tag, page: usize) {
        match tag {
            Tag::Start(element, _) => self.element(element, page),
            Tag::End(location, ..) if self.table == Some(*location) => {
                (self.list, self.table) = (None, None);
            }
            Tag::End(..) => {}
        }
    }

    fn element(&mut self, element: &Content, page: usize) {
        if let Some((key, _)) = described(element) {
            self.list = self.lists.iter().position(|list| list.key == key);
            self.shown.begins.extend(self.list.map(|list| (list, page)));
        } else if let Some(cell) = element.to_packed::<TableCell>() {
            let (Some(list), Some(_)) = (self.list, self.table) else { return };
            let (x, y) = (cell.x.get(StyleChain::default()), cell.y.get(StyleChain::default()));
            if let (Smart::Custom(0), Smart::Custom(row @ HEADER..)) = (x, y) {
                let first = self.stretch.rows.start.max(self.lists[list].rows.start);
                self.shown.rows.push((first + row - HEADER, page));
            }
        } else if element.is::<TableElem>()
            && self.table.is_none()
            && let (Some(list), Some(location)) = (self.list, element.location())
        {
            self.table = Some(location);
            let first = self.stretch.rows.start.saturating_sub(self.lists[list].rows.start);
            self.shown.tables.insert(location, (list, first));
        }
    }
}
