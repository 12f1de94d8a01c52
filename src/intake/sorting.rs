//! What each row of a sheet is, from the top.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::clean;
use super::header::{Finder, Header, Likeness};
use super::heading::{self, Heading};
use super::section::Sections;
use super::table::{PLACED, Row, RowPart, Table, Unread};
use super::{ending, oddity};
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::fault::{self, Diagnostic};
use crate::field::Field;
use crate::roster::{SkipReason, Skipped};
use crate::workbook::{Sheet, Value};

/// How many rows' texts are made ready at once.
const AT_ONCE: usize = 1024;

/// How many cells a heading may be written over.
const PARTS: usize = 4;

/// A sheet whose rows all have their part.
pub(super) struct Sorted<'a> {
    pub table: Table<'a>,
    pub sections: Sections<'a>,
    pub unread: Vec<Unread>,
    /// Rows that may be headers.
    pub unclear: Vec<Diagnostic>,
}

/// A sheet whose rows get their parts.
pub(super) struct Sorting<'f, 'a> {
    finder: &'f Finder<'a>,
    /// The row of the first header.
    first: u32,
    /// The rows below the table that sign it.
    signed: BTreeSet<u32>,
    /// The row that is looked at, and its own cells with their columns.
    line: (u32, Vec<(u32, String)>),
    /// The number before the last heading of an award, if it had one.
    numbered: Option<Option<usize>>,
    /// Whether the contest names its groups.
    of_groups: bool,
    sorted: Sorted<'a>,
}

impl<'f, 'a> Sorting<'f, 'a> {
    pub(super) fn new(finder: &'f Finder<'a>, contest: &Contest, first: u32) -> Self {
        let sheet = finder.sheet;
        let table = Table {
            sheet,
            headers: Vec::new(),
            rows: Vec::new(),
            skipped: Vec::new(),
            parts: BTreeMap::new(),
            titles: Vec::new(),
        };
        let sections = Sections::new(finder.names, &sheet.name);
        let sorted = Sorted { table, sections, unread: Vec::new(), unclear: Vec::new() };
        let (signed, line) = (ending::signed(sheet, first, contest), (u32::MAX, Vec::new()));
        let of_groups = !contest.groups.is_empty();
        Self { finder, first, signed, line, numbered: None, of_groups, sorted }
    }

    pub(super) fn sort_all(mut self) -> Sorted<'a> {
        let sheet = self.sheet();
        let rows: Vec<u32> = sheet.rows().collect();
        let mut next = 0;
        for rows in rows.chunks(AT_ONCE) {
            let lines: Vec<_> = rows.par_iter().map(|&row| (row, texts(sheet, row))).collect();
            for line in lines {
                if line.0 >= next {
                    let row = line.0;
                    self.line = line;
                    next = self.sort(row) + 1;
                }
            }
        }
        self.sorted
    }

    fn sheet(&self) -> &'a Sheet {
        self.finder.sheet
    }

    /// The header in force.
    fn header(&self) -> Option<&Header> {
        self.sorted.table.headers.last()
    }

    /// Gives a row its part; returns the last row that has one now.
    fn sort(&mut self, row: u32) -> u32 {
        if row < self.first {
            self.above(row);
            return row;
        }
        match self.finder.look(row, self.header()) {
            Likeness::Header(header) => {
                let last = self.take_header(row, header.last);
                self.sorted.table.headers.push(header);
                last
            }
            Likeness::Same(header) => self.take_header(row, header.last),
            Likeness::Unclear => {
                let (cell, text) = self.words(row);
                let fault = Diagnostic::new(fault::Layout::UnclearHeader { text: text.clone() });
                self.sorted.unclear.push(fault.at_cell(&cell));
                self.skip(row, SkipReason::NoEntrant);
                row
            }
            Likeness::No => {
                self.below(row);
                row
            }
        }
    }

    fn take_header(&mut self, first: u32, last: u32) -> u32 {
        let rows: Vec<u32> = self.sheet().rows_from(first).take_while(|&row| row <= last).collect();
        for row in rows {
            if self.header().is_some() {
                self.skip(row, SkipReason::Header);
            }
            self.sorted.table.parts.insert(row, RowPart::Header);
        }
        last
    }

    /// A row above the first header.
    fn above(&mut self, row: u32) {
        let (cell, text) = self.words(row);
        let part = if let Some(heading) = self.heading(row) {
            self.enter_section(&cell, &text, &heading);
            RowPart::Section
        } else {
            self.sorted.sections.title(&cell, &text, true);
            self.sorted.table.titles.push((cell, text));
            RowPart::Title
        };
        self.sorted.table.parts.insert(row, part);
    }

    /// A row below a header that is none.
    fn below(&mut self, row: u32) {
        // Of what nearly every row is, no more is made than its texts.
        let adds_up = |(_, text): &(u32, String)| text.contains('计');
        let reason = if self.signed.contains(&row) {
            SkipReason::Signature
        } else if self.texts(row).iter().any(adds_up) && ending::is_total(&self.words(row).1) {
            SkipReason::Total
        } else if ending::are_notes(&self.texts(row)) && !self.leads(row) {
            SkipReason::Note
        } else if let Some(heading) = self.heading(row) {
            let (cell, text) = self.words(row);
            self.enter_section(&cell, &text, &heading);
            SkipReason::Section
        } else if self.is_title(row) {
            let (cell, text) = self.words(row);
            self.sorted.sections.title(&cell, &text, false);
            self.numbered = None;
            self.sorted.table.titles.push((cell, text));
            SkipReason::Title
        } else if self.continues(row) {
            let above = self.sorted.table.rows.last_mut();
            above.expect("a row that continues has one above").continued.push(row);
            SkipReason::Continued
        } else if self.said().next().is_none() {
            // It was only prepared for an entrant.
            SkipReason::Prepared
        } else if self.depends() && self.is_row_of_its_own(row) && self.goes_on_below(row) {
            self.lose(row);
            SkipReason::NoEntrant
        } else if self.names_entrant() {
            self.enter(row);
            return;
        } else {
            if self.depends() {
                self.lose(row);
            }
            SkipReason::NoEntrant
        };
        self.skip(row, reason);
    }

    fn enter(&mut self, row: u32) {
        let Sorted { table, sections, unread, .. } = &mut self.sorted;
        let over = sections.here();
        let header = table.headers.len() - 1;
        let of = |field| over.unread.get(field).filter(|_| !table.headers[header].has(field));
        let depends: BTreeSet<usize> = PLACED.into_iter().filter_map(of).collect();
        for one in depends {
            unread[one].rows.push(table.rows.len());
        }
        sections.count();
        table.parts.insert(row, RowPart::Entrant(header));
        table.rows.push(Row { index: row, header, continued: Vec::new(), over });
    }

    fn lose(&mut self, row: u32) {
        let (cell, text) = self.words(row);
        self.sorted.sections.lose(self.sorted.unread.len(), &text);
        self.sorted.unread.push(Unread { cell, text, rows: Vec::new() });
    }

    fn skip(&mut self, row: u32, reason: SkipReason) {
        let (cell, _) = self.words(row);
        let text = clean::line(&self.sheet().own(row, cell.column).text());
        let part = match reason {
            SkipReason::Header => RowPart::Header,
            SkipReason::Section => RowPart::Section,
            SkipReason::Title => RowPart::Title,
            SkipReason::Continued => RowPart::Continued(self.sorted.table.headers.len() - 1),
            reason => RowPart::Skipped(reason),
        };
        self.sorted.table.parts.insert(row, part);
        self.sorted.table.skipped.push(Skipped { row: cell, reason, text });
    }

    /// The row's first used cell, and what the row says: once, if all its cells
    /// say the same.
    fn words(&self, row: u32) -> (CellRef, String) {
        let texts = self.texts(row);
        let first = texts.first().map_or(0, |(column, _)| *column);
        let cell = CellRef::new(&self.sheet().name, row, first);
        if is_filled_across(&texts) {
            return (cell, texts[0].1.clone());
        }
        let texts: Vec<&str> =
            texts.iter().map(|(_, text)| text.as_str()).filter(|text| !text.is_empty()).collect();
        (cell, texts.join(" "))
    }

    /// The row's own cells with their columns.
    fn texts(&self, row: u32) -> Cow<'_, [(u32, String)]> {
        if row == self.line.0 {
            return Cow::Borrowed(&self.line.1);
        }
        Cow::Owned(texts(self.sheet(), row))
    }

    /// Whether group or award of the rows here come from what stands over them.
    fn depends(&self) -> bool {
        self.header().is_none_or(|header| {
            self.of_groups && !header.has(Field::Group) || !header.has(Field::Award)
        })
    }

    fn enter_section(&mut self, cell: &CellRef, text: &str, heading: &Heading) {
        self.sorted.sections.enter(cell, heading);
        if heading.award.is_some() {
            self.numbered = Some(heading::number_before(text));
        }
    }

    /// The heading that a row is, unless it may name two awards: 二、三等奖 is the
    /// second heading only where the one before it was numbered, too.
    fn heading(&self, row: u32) -> Option<Heading> {
        let heading = self.pure_heading(row)?;
        let text = self.words(row).1;
        if heading.award.is_none() || !heading::may_name_two(&text) {
            return Some(heading);
        }
        let number = heading::number_before(&text);
        let follows = match self.numbered {
            None => number == Some(1),
            Some(None) => false,
            Some(Some(last)) => number == Some(1) || number == Some(last + 1),
        };
        follows.then_some(heading)
    }

    /// The heading that a row is: in one cell, filled across, or in cells each
    /// of which is a part of it. A group or an award in a column of its own is
    /// a value.
    fn pure_heading(&self, row: u32) -> Option<Heading> {
        let texts = self.texts(row);
        let names = self.finder.names;
        let in_own_column = |column: u32, heading: &Heading| {
            let field = self.header().and_then(|header| header.at(column)).and_then(|it| it.field);
            let own = match field {
                Some(Field::Group) => heading.group.is_some(),
                Some(Field::Award) => heading.award.is_some(),
                _ => false,
            };
            own && !self.is_wide(row, column)
        };
        match &*texts {
            [] => None,
            [(column, text)] => names.heading(text).filter(|it| !in_own_column(*column, it)),
            texts if is_filled_across(texts) => names.heading(&texts[0].1),
            // A heading has few parts, and most rows are none.
            texts if texts.len() > PARTS => None,
            texts => {
                let part = |(column, text): &(u32, String)| {
                    let heading = names.heading(text);
                    heading.is_some_and(|heading| !in_own_column(*column, &heading))
                        || heading::is_count(text)
                        || heading::is_numbering(text)
                };
                let whole = names.heading(&self.words(row).1)?;
                // One word over two cells: 二等 and 奖.
                let word = || {
                    let (first, rest) = (&texts[0], &texts[1..]);
                    let plain = |(_, text): &(u32, String)| text.chars().count() <= 2;
                    rest.iter().all(plain) && !in_own_column(first.0, &whole)
                };
                (texts.iter().all(part) || word()).then_some(whole)
            }
        }
    }

    /// Whether a cell is merged over several columns.
    fn is_wide(&self, row: u32, column: u32) -> bool {
        self.sheet().at(row, column).0 == self.sheet().at(row, column + 1).0
    }

    /// Whether a row below the table's beginning is the title of another one: a
    /// row of its own, followed by a header, perhaps with headings between.
    fn is_title(&self, row: u32) -> bool {
        const BETWEEN: usize = 4;
        let own = |row: u32| {
            let texts = self.texts(row);
            texts.len() == 1 || is_filled_across(&texts)
        };
        if !own(row) {
            return false;
        }
        for next in self.sheet().rows_from(row + 1).take(BETWEEN) {
            match self.finder.look(next, self.header()) {
                Likeness::Header(_) | Likeness::Same(_) => return true,
                _ if own(next) => {}
                _ => return false,
            }
        }
        false
    }

    /// Whether the row stands beside cells that are merged down from the
    /// entrant above: the same project of the same organization.
    fn continues(&self, row: u32) -> bool {
        let (Some(above), Some(header)) = (self.sorted.table.rows.last(), self.header()) else {
            return false;
        };
        let merged = |field| {
            header.columns_of(field).any(|column| {
                let (cell, shown) = self.sheet().at(row, column.index);
                cell.row == above.index && !shown.is_blank()
            })
        };
        // One organization may have won several awards.
        let alike = if header.has(Field::Project) { Field::Project } else { Field::Award };
        merged(alike)
            && (merged(Field::Organization) || !header.has(Field::Organization))
            && !self.awards_differ(row)
    }

    /// Whether the rows beside one merged project have awards that differ: then each
    /// that has one is an entrant.
    fn awards_differ(&self, row: u32) -> bool {
        let Some(header) = self.header() else { return false };
        let (Some(project), Some(award)) =
            (header.columns_of(Field::Project).next(), header.columns_of(Field::Award).next())
        else {
            return false;
        };
        let own = |row| clean::line(&self.sheet().own(row, award.index).text());
        if own(row).is_empty() {
            return false;
        }
        let first = self.sheet().at(row, project.index).0.row;
        let beside = self.sheet().rows_from(first);
        let beside =
            beside.take_while(|&it| self.sheet().at(it, project.index).0.row == first).map(own);
        beside.filter(|it| !it.is_empty()).collect::<BTreeSet<_>>().len() > 1
    }

    /// The cells of the row that is looked at that say something, each with its
    /// field: a number that numbers it, 0 and what ticks nothing do not.
    fn said(&self) -> impl Iterator<Item = Option<Field>> {
        let (row, texts) = &self.line;
        texts.iter().filter_map(|(column, text)| {
            let field = self.header().and_then(|header| header.at(*column)).and_then(|it| it.field);
            let value = &self.sheet().own(*row, *column).value;
            let nothing = match (field, value) {
                (_, Value::Truth(false)) => true,
                (_, Value::Number(number)) if *number == 0.0 => true,
                (None | Some(Field::Id), Value::Number(_)) => true,
                (None | Some(Field::Id), _) => heading::is_numbering(text),
                (Some(Field::Score), _) => text.parse() == Ok(0.0),
                _ if oddity::is_nobody(text) || text == "请选择" || is_sentence(text) => true,
                (Some(Field::Recommended), _) => {
                    matches!(text.as_str(), "0" | "否" | "FALSE" | "false" | "×")
                }
                _ => false,
            };
            (!nothing && !text.is_empty()).then_some(field)
        })
    }

    /// Whether the row that is looked at says what only an entrant's does: a project, an
    /// organization or members, or any two fields, so that a winner whose name
    /// was forgotten is a fault and not passed over.
    fn names_entrant(&self) -> bool {
        let names = |field| matches!(field, Field::Project | Field::Organization | Field::Members);
        let fields: Vec<Field> = self.said().flatten().collect();
        fields.len() >= 2 || fields.into_iter().any(names)
    }

    /// Whether a note says what the rows below it are: 注：以下为二等奖.
    fn leads(&self, row: u32) -> bool {
        let says = |(_, text): &(u32, String)| {
            let of_below = ["以下", "下列", "下面", "下述"].iter().any(|word| text.contains(word));
            let said = text.split_once(['：', ':']).map_or(text.as_str(), |(_, said)| said);
            of_below && !text.contains("以下空白") || self.finder.names.heading(said).is_some()
        };
        self.texts(row).iter().any(says) && self.goes_on_below(row)
    }

    /// Whether anything but notes and signatures stands below a row.
    fn goes_on_below(&self, row: u32) -> bool {
        let says = |row: u32| {
            let texts = self.texts(row);
            !self.signed.contains(&row) && !ending::are_notes(&texts)
        };
        self.sheet().rows_from(row + 1).any(says)
    }

    /// Whether a row looks like a heading rather than like an entrant with
    /// something missing: no more than two texts, or words where an entrant has
    /// its number, and no project; or a number of rows among the names.
    fn is_row_of_its_own(&self, row: u32) -> bool {
        let texts = self.texts(row);
        let Some(header) = self.header() else { return false };
        let filled = |field| {
            header.columns_of(field).any(|column| !self.sheet().seen(row, column.index).is_blank())
        };
        let whole = filled(Field::Project) && filled(Field::Organization);
        let few = texts.len() == 1 || texts.len() == 2 && header.columns.len() > 2 && !whole;
        if few || is_filled_across(&texts) {
            return true;
        }
        let field = |column: u32| header.at(column).and_then(|it| it.field);
        let named = |field: Option<Field>| {
            matches!(field, Some(Field::Project | Field::Organization | Field::Members))
        };
        let (first, text) = &texts[0];
        let worded = field(*first).is_none() && !heading::is_numbering(text);
        let counts =
            texts.iter().any(|(column, text)| named(field(*column)) && heading::is_count(text));
        worded && !filled(Field::Project) || counts
    }
}

/// The row's own cells with their columns.
fn texts(sheet: &Sheet, row: u32) -> Vec<(u32, String)> {
    let text = |column| (column, clean::line(&sheet.own(row, column).text()));
    sheet.columns(row).map(text).collect()
}

/// Whether a text is a sentence, as notes are and names are not.
fn is_sentence(text: &str) -> bool {
    let words = text.split(' ').filter(|word| word.len() > 1).count();
    text.ends_with('。') && text.chars().count() > 8 || text.ends_with('.') && words >= 6
}

/// Whether several cells all say the same.
fn is_filled_across(texts: &[(u32, String)]) -> bool {
    texts.len() > 1 && texts.iter().all(|(_, text)| *text == texts[0].1) && !texts[0].1.is_empty()
}
