//! A table's header of one or two rows, and what a later row makes of it.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::clean;
use super::columns::{Headers, People, Sureness, is_member_below, people_of};
use super::heading::Names;
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::field::Field;
use crate::workbook::{Sheet, Value};

/// A column with a header.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub index: u32,
    /// The header's own cell; that of the merged area's, if it is merged.
    pub cell: CellRef,
    pub header: String,
    /// `None` for a column that is no field: its text is kept as it stands.
    pub field: Option<Field>,
    /// The contest's own name of a built-in field's column.
    pub also: Option<Field>,
    /// For members: how many names each row has.
    pub people: People,
    /// Whether `[columns]` names it.
    pub stated: bool,
    /// How sure the header is to mean the field.
    pub sureness: Sureness,
}

/// A header that was found.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub first: u32,
    /// Its last row.
    pub last: u32,
    /// From the left.
    pub columns: Vec<Column>,
}

/// A row with a header's words that is none, and the fields that it names.
pub(super) struct Nearly {
    pub cell: CellRef,
    pub fields: Vec<Field>,
}

/// What a row is as a header.
#[derive(Debug)]
pub(super) enum Likeness {
    /// None.
    No,
    /// It has words of a header and others: which columns it would have, nobody
    /// can tell.
    Unclear,
    /// The header that is in force, once more.
    Same(Header),
    /// A header.
    Header(Header),
}

impl Header {
    /// Whether a field has a column.
    pub(super) fn has(&self, field: Field) -> bool {
        self.columns_of(field).next().is_some()
    }

    /// The columns of a field, from the left.
    pub(super) fn columns_of(&self, field: Field) -> impl Iterator<Item = &Column> {
        let is_its = move |column: &&Column| [column.field, column.also].contains(&Some(field));
        self.columns.iter().filter(is_its)
    }

    /// The column at this index.
    pub(super) fn at(&self, index: u32) -> Option<&Column> {
        let found = self.columns.binary_search_by_key(&index, |column| column.index);
        found.ok().map(|at| &self.columns[at])
    }

    pub(super) fn fields(&self) -> BTreeSet<Field> {
        self.columns.iter().filter_map(|column| column.field).collect()
    }

    /// A list of people or of enterprises is no award table.
    fn is_of_awards(&self) -> bool {
        let judged = self.has(Field::Group) || self.has(Field::Award);
        self.fields().len() >= 2
            && (self.has(Field::Project)
                || self.has(Field::Organization) && judged
                || self.has(Field::Members) && self.has(Field::Award))
    }

    /// A list of who gets what stands over its rows.
    fn is_of_people(&self) -> bool {
        self.columns.len() >= 2 && (self.has(Field::Members) || self.has(Field::Organization))
    }

    fn says_the_same(&self, other: &Self) -> bool {
        let words = |it: &Self| {
            let columns = it.columns.iter();
            columns.map(|column| (column.index, clean::header(&column.header))).collect::<Vec<_>>()
        };
        words(self) == words(other)
    }
}

/// Looks for headers in one sheet.
pub(super) struct Finder<'a> {
    pub sheet: &'a Sheet,
    pub headers: &'a Headers,
    pub names: &'a Names,
    /// The rows with two words of headers: nearly all have none, and to see
    /// that is what the search costs.
    worded: BTreeSet<u32>,
    /// Whether the contest does without awards.
    without_awards: bool,
}

impl<'a> Finder<'a> {
    pub(super) fn new(
        sheet: &'a Sheet,
        headers: &'a Headers,
        names: &'a Names,
        contest: &Contest,
    ) -> Self {
        let rows: Vec<u32> = sheet.rows().collect();
        let is_worded = |row: &u32| {
            let texts = sheet.columns(*row).map(|column| sheet.own(*row, column));
            let texts = texts.filter(|cell| matches!(cell.value, Value::Text(_)));
            texts.filter(|cell| headers.is_word(&cell.text())).take(2).count() == 2
        };
        let worded = rows.into_par_iter().filter(is_worded).collect();
        let without_awards = contest.fields.is_optional(Field::Award);
        Self { sheet, headers, names, worded, without_awards }
    }

    /// What `row` is as a header below `current`, or as the first.
    pub(super) fn look(&self, row: u32, current: Option<&Header>) -> Likeness {
        if !self.worded.contains(&row) {
            return Likeness::No;
        }
        let columns = self.sheet.columns(row);
        let of_text = columns.filter(|&it| matches!(self.sheet.own(row, it).value, Value::Text(_)));
        let texts: Vec<String> = of_text.map(|column| self.text(row, column)).collect();
        // A group or an award is a value, unless it is a header's word as well.
        let value = |text: &String| self.names.is_name(text) && !self.headers.is_word(text);
        if texts.iter().any(value) {
            return Likeness::No;
        }
        let header = self.read(row);
        let Some(current) = current else {
            let of_people =
                || header.is_of_people() && (self.without_awards || self.heads_awards());
            let counts = header.is_of_awards() || of_people();
            return if counts { Likeness::Header(header) } else { Likeness::No };
        };
        if current.says_the_same(&header) {
            return Likeness::Same(Header { first: row, last: header.last, ..current.clone() });
        }
        let about = [Field::Project, Field::Organization, Field::Members];
        let fields = header.fields();
        if fields.len() < 2 || !about.iter().any(|field| fields.contains(field)) {
            return Likeness::No;
        }
        let known = |text: &String| {
            let same = |column: &Column| clean::header(&column.header) == clean::header(text);
            self.headers.is_word(text) || current.columns.iter().any(same)
        };
        let number = |text: &String| text.parse::<f64>().is_ok();
        let all = self.sheet.columns(row).count();
        let mostly = texts.iter().filter(|text| known(text)).count() * 2 > all;
        let whole = [Field::Project, Field::Organization].iter().all(|it| fields.contains(it));
        if mostly && !texts.iter().any(number) || whole && fields.len() >= 4 {
            return Likeness::Header(header);
        }
        // 项目 and 单位 may be names; 项目名称 and 参赛单位 are none.
        let sure =
            texts.iter().filter(|text| text.chars().count() > 2 && self.headers.is_word(text));
        if sure.count() >= 2 || fields.len() >= 3 { Likeness::Unclear } else { Likeness::No }
    }

    /// The row, if it has words of a header.
    pub(super) fn nearly(&self, row: u32) -> Option<Nearly> {
        let fields: Vec<Field> = self.read(row).fields().into_iter().collect();
        let first = self.sheet.columns(row).next()?;
        let cell = CellRef::new(&self.sheet.name, row, first);
        (!fields.is_empty()).then_some(Nearly { cell, fields })
    }

    /// Whether the sheet's name, or a row of its own, is the heading of an award.
    fn heads_awards(&self) -> bool {
        let of_award = |text: &str| self.names.heading(text).is_some_and(|it| it.award.is_some());
        let heads = |row: u32| {
            let mut columns = self.sheet.columns(row);
            let (first, second) = (columns.next(), columns.next());
            second.is_none() && first.is_some_and(|column| of_award(&self.text(row, column)))
        };
        of_award(&self.sheet.name) || self.sheet.rows().any(heads)
    }

    fn text(&self, row: u32, column: u32) -> String {
        clean::line(&self.sheet.own(row, column).text())
    }

    /// The header in `row`, with the next one if that belongs to it.
    fn read(&self, row: u32) -> Header {
        let one = Header { first: row, last: row, columns: self.columns(row, None) };
        let Some(lower) = self.sheet.rows_from(row + 1).next().filter(|&next| next == row + 1)
        else {
            return one;
        };
        let two = Header { first: row, last: lower, columns: self.columns(row, Some(lower)) };
        if self.adds_fields(&one, &two) || self.divides(&one, lower) { two } else { one }
    }

    /// A second row belongs to the header if it adds fields and takes none
    /// away: a row of data does not.
    fn adds_fields(&self, one: &Header, two: &Header) -> bool {
        let alone = self.columns(two.last, None);
        let lower: BTreeSet<Field> = alone.iter().filter_map(|column| column.field).collect();
        let (upper, both) = (one.fields(), two.fields());
        let text = |column: u32| self.text(two.last, column);
        let is_value = |column: u32| {
            let text = text(column);
            self.names.is_name(&text) && !self.headers.is_word(&text)
        };
        both.is_superset(&upper)
            && both.len() > upper.len().max(lower.len())
            && !self.sheet.columns(two.last).any(is_value)
    }

    /// A second row belongs to the header, too, if all it has stands below a
    /// header that goes over several columns, or below none, and some of it is
    /// a header's word: 队长, 姓名, 1.
    fn divides(&self, one: &Header, lower: u32) -> bool {
        let columns: Vec<u32> = self.sheet.columns(lower).collect();
        let above: Vec<_> = columns.iter().map(|&it| self.above(one.first, it)).collect();
        let below = |at: usize| {
            let text = self.text(lower, columns[at]);
            let Some((cell, untitled, words)) = &above[at] else {
                return (true, self.headers.is_word(&text));
            };
            let shared = above.iter().flatten().filter(|(other, ..)| other == cell).count() > 1;
            let word = match self.headers.field(words) {
                Some(Field::Members) => is_member_below(&text),
                _ => self.headers.is_word(&text),
            };
            (shared || *untitled, word)
        };
        let below: Vec<(bool, bool)> = (0..columns.len()).map(below).collect();
        let untold = |field| {
            one.columns_of(field).all(|column| self.sheet.own(lower, column.index).is_blank())
        };
        below.iter().all(|(wide, _)| *wide)
            && below.iter().any(|(_, word)| *word)
            && untold(Field::Project)
            && untold(Field::Organization)
    }

    /// The header above a column: its cell, whether the column itself has none,
    /// and its words. One without a header of its own stands below the nearest
    /// to the left.
    fn above(&self, upper: u32, column: u32) -> Option<(CellRef, bool, String)> {
        let (cell, top) = self.sheet.at(upper, column);
        if !top.is_blank() {
            return Some((cell, false, clean::line(&top.text())));
        }
        let left = self.sheet.columns(upper).take_while(|&left| left < column).last()?;
        let (cell, top) = self.sheet.at(upper, left);
        Some((cell, true, clean::line(&top.text())))
    }

    /// The columns of a header in `upper` and, if it has two rows, in `lower`.
    fn columns(&self, upper: u32, lower: Option<u32>) -> Vec<Column> {
        let mut used: BTreeSet<u32> = self.sheet.columns(upper).collect();
        for area in
            self.sheet.merges().iter().filter(|area| (area.start.0..=area.end.0).contains(&upper))
        {
            if !self.sheet.own(area.start.0, area.start.1).is_blank() {
                // What nobody uses needs no column.
                used.extend((area.start.1..=area.end.1).filter(|column| self.sheet.uses(*column)));
            }
        }
        used.extend(lower.into_iter().flat_map(|row| self.sheet.columns(row)));
        let mut columns: Vec<Column> =
            used.into_iter().filter_map(|index| self.column(upper, lower, index)).collect();
        join_names(&mut columns);
        columns
    }

    fn column(&self, upper: u32, lower: Option<u32>, index: u32) -> Option<Column> {
        let own = lower.filter(|&row| !self.sheet.own(row, index).is_blank());
        let Some(row) = own else {
            let (cell, top) = self.sheet.at(upper, index);
            return self.as_column(index, cell, clean::line(&top.text()), None);
        };
        let words = self.text(row, index);
        let cell = CellRef::new(&self.sheet.name, row, index);
        let above = self.above(upper, index).map(|(.., words)| words).unwrap_or_default();
        if self.headers.field(&above) != Some(Field::Members) {
            let both = || self.headers.field(&format!("{above}{words}"));
            let field = self.headers.field(&words).or_else(both);
            return self.as_column(index, cell, words, Some(field));
        }
        // What stands below says which of a member's columns it is.
        let field = is_member_below(&words).then_some(Field::Members);
        let mut column = self.as_column(index, cell, words, Some(field))?;
        if column.people == People::List {
            column.people = People::One;
        }
        if column.field.is_none() {
            column.header = format!("{above} {}", column.header);
        }
        Some(column)
    }

    fn as_column(
        &self,
        index: u32,
        cell: CellRef,
        header: String,
        field: Option<Option<Field>>,
    ) -> Option<Column> {
        let field = field.unwrap_or_else(|| self.headers.field(&header));
        let (people, stated) = (people_of(&header), self.headers.is_stated(&header));
        let sureness = self.headers.sureness(&header);
        let also = self.headers.used(&header).filter(|own| field.is_some_and(|it| it != *own));
        let column = Column { index, cell, header, field, also, people, stated, sureness };
        (!column.header.is_empty()).then_some(column)
    }
}

/// A given and a family name are one person's where both have a column; one alone
/// is no name, unless `contest.toml` says so.
fn join_names(columns: &mut [Column]) {
    let of = |people| columns.iter().filter(move |it: &&Column| it.people == people).count();
    let joined = of(People::Given) == 1 && of(People::Family) == 1;
    let parts = columns.iter_mut().filter(|it| matches!(it.people, People::Given | People::Family));
    for column in parts {
        let own = column.field.filter(|field| matches!(field, Field::Own(_)));
        if joined && (column.field.is_none() || own.is_some()) {
            (column.also, column.field) = (own, Some(Field::Members));
        } else if !joined {
            column.people = People::List;
            if column.field == Some(Field::Members) && !column.stated {
                column.field = column.also.take();
            }
        }
    }
}
