//! The pages of stretches → one document.
//!
//! Tags say on the pages where elements begin and end, and typst knows each element by
//! its location; the tags of a PDF and the targets of its links are made of them. Those
//! of one stretch know nothing of another: a list that goes on has to be the same table
//! with the same rows as if it were laid out at once, and anything else its own.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;

use typst::ecow::EcoVec;
use typst::foundations::{Content, Element, Smart, StyleChain};
use typst::introspection::{Location, Tag};
use typst::layout::grid::resolve::{Cell, CellGrid, Entry};
use typst::layout::{Axes, Frame, FrameItem, FrameParent};
use typst::model::{Destination, DocumentInfo, TableCell, TableElem};
use typst::pdf::{TableCellKind, TableHeaderScope};
use typst_layout::{Page, PagedDocument};

use super::list::List;
use super::shown::{HEADER, Shown};

/// The pages so far.
#[derive(Default)]
pub(super) struct Joined {
    pages: EcoVec<Page>,
    stretches: usize,
    /// What goes on beyond the last of them, from the outermost element inwards.
    open: Vec<(Element, Location)>,
}

impl Joined {
    /// Adds some of the pages of the next stretch, which begin and end where a list goes
    /// on. `None` if it goes on within other elements than those that it began in.
    pub(super) fn add(
        &mut self,
        pages: &[Page],
        kept: Range<usize>,
        shown: &Shown,
        lists: &[List],
    ) -> Option<()> {
        let mut stretch = Stretch {
            number: self.stretches,
            shown,
            lists,
            known: HashMap::new(),
            going_on: Vec::new(),
            open: std::mem::take(&mut self.open),
            table: None,
        };
        if self.stretches > 0 {
            let around = around_first_cell(pages, kept.start);
            let alike = around.iter().map(|it| it.0).eq(stretch.open.iter().map(|it| it.0));
            if !alike {
                return None;
            }
            stretch.going_on = around.iter().map(|it| it.1).collect();
            let goes_on = stretch.open.iter().map(|it| it.1);
            stretch.known = stretch.going_on.iter().copied().zip(goes_on).collect();
        }
        pages[kept.clone()].iter().for_each(|page| stretch.note(&page.frame));
        self.pages.extend(pages[kept].iter().map(|page| {
            let mut page = page.clone();
            stretch.frame(&mut page.frame);
            page
        }));
        self.open = stretch.open;
        self.stretches += 1;
        Some(())
    }

    pub(super) fn finish(self, info: DocumentInfo) -> PagedDocument {
        PagedDocument::new(self.pages, info)
    }
}

/// The elements that the first cell of a table on a page stands in.
fn around_first_cell(pages: &[Page], index: usize) -> Vec<(Element, Location)> {
    /// Whether the cell is found.
    fn search(frame: &Frame, is_page: bool, open: &mut Vec<(Element, Location)>) -> bool {
        frame.items().any(|(_, item)| match item {
            FrameItem::Group(group) => search(&group.frame, is_page, open),
            FrameItem::Tag(Tag::Start(element, _)) => {
                let is_cell = is_page && element.is::<TableCell>();
                if !is_cell {
                    open.extend(element.location().map(|location| (element.elem(), location)));
                }
                is_cell
            }
            FrameItem::Tag(Tag::End(location, ..)) => {
                close(open, *location);
                false
            }
            _ => false,
        })
    }
    let mut open = Vec::new();
    for (page, number) in pages.iter().zip(0..=index) {
        search(&page.frame, number == index, &mut open);
    }
    open
}

fn close(open: &mut Vec<(Element, Location)>, location: Location) {
    if let Some(at) = open.iter().rposition(|it| it.1 == location) {
        open.remove(at);
    }
}

/// Makes what is on the pages of a stretch part of the whole.
struct Stretch<'a> {
    number: usize,
    shown: &'a Shown,
    lists: &'a [List],
    /// Where each element is in the whole.
    known: HashMap<Location, Location>,
    /// Those that began in a stretch before.
    going_on: Vec<Location>,
    open: Vec<(Element, Location)>,
    /// The list whose table it is in.
    table: Option<OfList>,
}

#[derive(Clone, Copy)]
struct OfList {
    table: Location,
    rows: usize,
    /// Which of its rows is the table's first here.
    first: usize,
}

impl Stretch<'_> {
    /// Notes every element that begins in a frame.
    fn note(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.note(&group.frame),
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if let Some(location) = element.location() {
                        self.known.entry(location).or_insert(location.variant(self.number));
                    }
                }
                _ => {}
            }
        }
    }

    fn frame(&mut self, frame: &mut Frame) {
        frame.retain(|item| match item {
            FrameItem::Group(group) => {
                if let Some(FrameParent { location, inherit }) = group.parent {
                    let known = self.known.get(&location);
                    group.parent = known.map(|&location| FrameParent { location, inherit });
                }
                self.frame(&mut group.frame);
                true
            }
            FrameItem::Link(Destination::Location(location), _) => {
                // Any other element is one of the first stretch.
                *location = self.known.get(location).copied().unwrap_or(location.variant(0));
                true
            }
            FrameItem::Tag(Tag::Start(element, _)) => self.start(element),
            FrameItem::Tag(Tag::End(location, ..)) => self.end(location),
            _ => true,
        });
    }

    /// Whether an element begins here in the whole, too.
    fn start(&mut self, element: &mut Content) -> bool {
        let location = element.location().expect("what a tag is of has a location");
        if let Some(&(list, first)) = self.shown.tables.get(&location) {
            let rows = self.lists[list].rows.len();
            self.table = Some(OfList { table: location, rows, first });
        }
        if self.going_on.contains(&location) {
            return false;
        }
        if let Some(list) = self.table {
            make_part_of(list, element);
        }
        let known = self.known[&location];
        element.set_location(known);
        self.open.push((element.elem(), known));
        true
    }

    /// Whether an element ends here that begins in the whole.
    fn end(&mut self, location: &mut Location) -> bool {
        self.table.take_if(|list| list.table == *location);
        let Some(&known) = self.known.get(location) else { return false };
        *location = known;
        close(&mut self.open, known);
        true
    }
}

/// Makes a table or a cell of a list what it is in the whole table. What the cells hold
/// is on the pages, and is left out, since no tag is made of it.
fn make_part_of(list: OfList, element: &mut Content) {
    if let Some(table) = element.to_packed_mut::<TableElem>() {
        table.children.clear();
        table.grid = table.grid.take().map(|grid| Arc::new(with_rows(&grid, list.rows)));
    } else if let Some(cell) = element.to_packed_mut::<TableCell>() {
        cell.body = Content::empty();
        let Smart::Custom(row) = cell.y.get(StyleChain::default()) else { return };
        if row >= HEADER {
            cell.y.set(Smart::Custom(row + list.first));
        } else {
            // The grid of the whole table knows of no header.
            let header = TableCellKind::Header(NonZeroU32::MIN, TableHeaderScope::Column);
            cell.kind.set(Smart::Custom(header));
            if list.first > 0 {
                cell.is_repeated.set(true);
            }
        }
    }
}

/// A grid with a header and so many rows like the first one of `grid`.
fn with_rows(grid: &CellGrid, rows: usize) -> CellGrid {
    let columns = grid.cols.len();
    let row = |from: usize| grid.entries[from..].iter().take(columns).filter_map(Entry::as_cell);
    let header = row(0);
    let others = std::iter::repeat_n(columns, rows).flat_map(row);
    let tracks = Axes::new(grid.cols.as_slice(), &[]);
    CellGrid::new(tracks, Axes::splat(&[]), header.chain(others).map(without_body))
}

fn without_body(cell: &Cell) -> Cell {
    Cell {
        body: Content::empty(),
        fill: cell.fill.clone(),
        stroke: cell.stroke.clone(),
        stroke_overridden: cell.stroke_overridden,
        ..*cell
    }
}
