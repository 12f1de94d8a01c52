//! What stands over the rows of one sheet: its name, titles, sections. Each may
//! tell group and award, and how many rows it heads.

use std::sync::Arc;

use super::heading::{Heading, Names};
use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::field::Field;

/// A group or an award that is told over the rows, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// As `contest.toml` has it.
    pub name: String,
    /// The cell of the section or the title; `None` for the sheet's name.
    pub cell: Option<CellRef>,
}

/// A group and an award, as far as they are told.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub group: Option<Named>,
    pub award: Option<Named>,
}

impl Told {
    fn of(heading: &Heading, cell: Option<&CellRef>) -> Self {
        let named =
            |name: &Option<String>| name.clone().map(|name| Named { name, cell: cell.cloned() });
        Self { group: named(&heading.group), award: named(&heading.award) }
    }

    pub(super) fn get(&self, field: Field) -> Option<&Named> {
        match field {
            Field::Group => self.group.as_ref(),
            Field::Award => self.award.as_ref(),
            _ => None,
        }
    }

    /// What this tells, else what the other does.
    fn or(&self, other: &Self) -> Self {
        let (group, award) = (self.group.as_ref(), self.award.as_ref());
        Self {
            group: group.or(other.group.as_ref()).cloned(),
            award: award.or(other.award.as_ref()).cloned(),
        }
    }
}

/// What stands over one row.
#[derive(Debug, Clone, Default)]
pub(super) struct Over {
    /// By the sections it stands in, else by title and sheet's name.
    pub told: Told,
    /// By the title alone, and by the sheet's name alone.
    pub title: Told,
    pub sheet: Told,
    /// Which unread row stands between it and what tells its group, and
    /// between it and what tells its award.
    pub unread: Unread,
}

/// Rows that were not understood, by their numbers: of the first, group or award
/// of what stands below might come.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Unread {
    pub group: Option<usize>,
    pub award: Option<usize>,
}

impl Unread {
    pub(super) fn get(self, field: Field) -> Option<usize> {
        match field {
            Field::Group => self.group,
            Field::Award => self.award,
            _ => None,
        }
    }
}

/// Where the reading of a sheet stands.
pub(super) struct Sections<'a> {
    names: &'a Names,
    /// What the sections in force tell.
    inside: Told,
    title: Told,
    sheet: Told,
    /// Whether awards are the outer sections and groups the inner.
    awards_outside: bool,
    /// Stated numbers that rows are still counted for.
    open: Vec<Stated>,
    closed: Vec<Stated>,
    /// Unread rows that no heading has ended yet.
    unread: Unread,
    /// What stands over the rows here, once it was asked for.
    here: Option<Arc<Over>>,
}

/// A number that a heading states.
struct Stated {
    cell: CellRef,
    count: usize,
    rows: usize,
    level: Level,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sheet,
    Outer,
    Inner,
}

impl<'a> Sections<'a> {
    /// Begins a sheet of this name.
    pub(super) fn new(names: &'a Names, sheet: &str) -> Self {
        let by_name = names.heading(sheet).unwrap_or_else(|| names.mentioned(sheet));
        Self {
            names,
            inside: Told::default(),
            title: Told::default(),
            sheet: Told::of(&by_name, None),
            awards_outside: false,
            open: Vec::new(),
            closed: Vec::new(),
            unread: Unread::default(),
            here: None,
        }
    }

    /// A title: what it tells holds for all rows below it, up to the next.
    /// `first` if no row of the sheet stands above it.
    pub(super) fn title(&mut self, cell: &CellRef, text: &str, first: bool) {
        self.here = None;
        let said = self.names.mentioned(text);
        let told = Told::of(&said, Some(cell));
        if first {
            // Two titles that name two groups name none.
            let one = |known: &Option<Named>, more: &Option<Named>| match (known, more) {
                (Some(known), Some(more)) if known.name != more.name => None,
                _ => more.clone().or(known.clone()),
            };
            let (group, award) = (&self.title.group, &self.title.award);
            self.title = Told { group: one(group, &told.group), award: one(award, &told.award) };
        } else {
            self.title = told;
            self.inside = Told::default();
            self.awards_outside = false;
            self.unread = Unread::default();
            self.close(Level::Sheet);
        }
        if let Some(count) = said.count {
            self.open.push(Stated { cell: cell.clone(), count, rows: 0, level: Level::Sheet });
        }
    }

    /// The head of a section.
    pub(super) fn enter(&mut self, cell: &CellRef, heading: &Heading) {
        self.here = None;
        let told = Told::of(heading, Some(cell));
        let level = match (&told.group, &told.award) {
            (Some(_), Some(_)) => Level::Outer,
            (Some(_), None) => {
                if self.inside.award.is_some() && self.inside.group.is_none() {
                    self.awards_outside = true;
                }
                if self.awards_outside { Level::Inner } else { Level::Outer }
            }
            (None, _) if self.awards_outside || self.inside.group.is_none() => Level::Outer,
            (None, _) => Level::Inner,
        };
        // A new outer section ends the inner one; what was not understood ends
        // where a heading tells what it might have told.
        if level == Level::Outer {
            self.inside = Told::default();
        }
        if told.group.is_some() {
            self.unread.group = None;
        }
        if told.award.is_some() {
            self.unread.award = None;
        }
        self.inside = told.or(&self.inside);
        self.close(level);
        if let Some(count) = heading.count {
            self.open.push(Stated { cell: cell.clone(), count, rows: 0, level });
        }
    }

    /// The row with this number was not understood: it may be a heading for a
    /// group or an award, unless its words speak of an award alone.
    pub(super) fn lose(&mut self, unread: usize, text: &str) {
        self.here = None;
        self.unread.award.get_or_insert(unread);
        if !self.names.speaks_of_award(text) {
            self.unread.group.get_or_insert(unread);
        }
    }

    /// Ends the stated numbers of this level and those within.
    fn close(&mut self, level: Level) {
        let (ended, open) = self.open.drain(..).partition(|stated| stated.level >= level);
        self.open = open;
        self.closed.extend::<Vec<Stated>>(ended);
    }

    /// What stands over a row that stands here.
    pub(super) fn here(&mut self) -> Arc<Over> {
        let here = self.here.get_or_insert_with(|| {
            let whole = self.title.or(&self.sheet);
            Arc::new(Over {
                told: self.inside.or(&whole),
                title: self.title.clone(),
                sheet: self.sheet.clone(),
                unread: self.unread,
            })
        });
        Arc::clone(here)
    }

    /// Counts a row of an entrant.
    pub(super) fn count(&mut self) {
        for stated in &mut self.open {
            stated.rows += 1;
        }
    }

    /// Holds every stated number against its rows.
    pub(super) fn finish(self, faults: &mut Diagnostics) {
        for Stated { cell, count, rows, .. } in self.closed.into_iter().chain(self.open) {
            if count != rows {
                let kind = fault::Layout::CountDiffers { stated: count, rows };
                faults.push(Diagnostic::new(kind).at_cell(&cell));
            }
        }
    }
}
