//! One row of an award table → an [`Entrant`], field by field.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use super::columns::FILLED;
use super::reading::Reading;
use super::section::Named as Over;
use super::table::{self, Table};
use super::value::{
    is_error_word, is_scientific, parse_date, parse_number, parse_yes_or_no, serial_date,
};
use super::{clean, oddity};
use crate::cell::CellRef;
use crate::contest::{self, Contest, Named};
use crate::fault::{self, By, Diagnostic, Diagnostics, Kind, Oddity, RULES, Severity};
use crate::field::Field;
use crate::nearest::nearest;
use crate::roster::Entrant;
use crate::workbook::{Cell, Value};

mod kept;
mod members;
mod own;

/// Fields that people fill with a stroke where there is nothing to fill in.
const LEFT_OUT: [Field; 6] =
    [Field::Id, Field::County, Field::Score, Field::RegisteredOn, Field::Contact, Field::Phone];

/// The rows of a table.
pub(super) struct Rows {
    pub entrants: Vec<Entrant>,
    /// The rows that have an error.
    pub faulty: Vec<CellRef>,
    /// What is wrong with any row.
    pub faults: Diagnostics,
}

/// Reads every row of the table.
pub(super) fn read(table: &Table<'_>, reading: &Reading<'_>) -> Rows {
    let &Reading { contest, names, printable } = reading;
    let needed: Vec<Field> = contest.fields.needed().collect();
    let is_optional = |field: &Field| contest.fields.is_optional(*field);
    let optional: Vec<Field> = FILLED.into_iter().filter(is_optional).collect();
    let read = |rows| {
        let source = table.source(rows);
        let faults = Diagnostics::default();
        let (needed, optional) = (needed.as_slice(), optional.as_slice());
        let mut row = Row { table, rows, source, names, printable, needed, optional, faults };
        (row.read(contest), row.source, row.faults)
    };
    let rows: Vec<_> = table.rows.par_iter().map(read).collect();
    let entrants = Vec::with_capacity(rows.len());
    let mut read = Rows { entrants, faulty: Vec::new(), faults: Diagnostics::default() };
    for (entrant, source, faults) in rows {
        read.faults.extend(faults);
        match entrant {
            Some(entrant) => read.entrants.push(entrant),
            None => read.faulty.push(source),
        }
    }
    read
}

/// A row being read. Each reader records what is wrong with its field and goes
/// on, so that a row's faults are known together.
struct Row<'a> {
    table: &'a Table<'a>,
    rows: &'a table::Row,
    source: CellRef,
    names: &'a super::heading::Names,
    printable: &'a (dyn Fn(char) -> bool + Sync),
    /// The fields that the contest wants filled in every row.
    needed: &'a [Field],
    /// Those that it does without.
    optional: &'a [Field],
    faults: Diagnostics,
}

impl<'a> Row<'a> {
    fn read(&mut self, contest: &Contest) -> Option<Entrant> {
        let group = match contest.groups.as_slice() {
            [] => self.text_if_there(Field::Group),
            groups => self.placed(Field::Group, groups),
        };
        let award = match contest.awards.as_slice() {
            [] => self.plain_text(Field::Award),
            awards => self.placed(Field::Award, awards),
        };
        let project = self.text_if_there(Field::Project);
        let organization = self.text_if_there(Field::Organization);
        let members = self.members();
        let county = match contest.counties.as_slice() {
            [] => self.plain_text(Field::County),
            counties => self.name(Field::County, counties).or_else(|| self.plain(Field::County)),
        };
        let (score, score_text) = self.number(Field::Score).unzip();
        let recommended = self.yes_or_no(Field::Recommended);
        let registered_on = self.date(Field::RegisteredOn);
        let contact = self.person(Field::Contact);
        let phone = self.digits(Field::Phone);
        let id = self.digits(Field::Id);
        if members.is_empty() && !self.has(Field::Organization) {
            self.missing(Field::Members);
        }
        let mut extra = self.own(contest);
        extra.append(&mut self.extra());
        self.continued(&mut extra);
        if self.faults.iter().any(is_final) {
            return None;
        }
        let may_lack_award = contest.fields.is_optional(Field::Award);
        let award = award.or_else(|| may_lack_award.then(String::new));
        let (group, award) = (group?, award?);
        let (project, organization) = (project?, organization?);
        let entrant = Entrant {
            id: String::new(),
            source: self.source.clone(),
            group,
            award,
            project,
            organization,
            members,
            county,
            score,
            score_text,
            recommended,
            registered_on,
            contact,
            phone,
            extra,
            also: BTreeMap::new(),
            cells: self.cells(),
        };
        let id = id.unwrap_or_else(|| {
            let more: Vec<String> = contest
                .fields
                .identifying()
                .map(|field| contest.joined(&entrant.texts(field)))
                .collect();
            entrant.key_with(&more)
        });
        let (also, extra) = self.with_second_names(&entrant, contest);
        Some(Entrant { id, also, extra, ..entrant })
    }

    fn has(&self, field: Field) -> bool {
        self.table.header(self.rows).has(field)
    }

    /// A needed field that the row does not fill.
    fn missing(&mut self, field: Field) {
        let cell = self.cell(field).map_or_else(|| self.source.clone(), |(cell, _)| cell);
        self.fault(fault::Reading::MissingValue { field }, &cell);
    }

    /// A project or an organization; nothing where the sheet has no such column.
    fn text_if_there(&mut self, field: Field) -> Option<String> {
        if self.has(field) { self.text(field) } else { Some(String::new()) }
    }

    /// The cells of a field's columns.
    fn all(&self, field: Field) -> impl Iterator<Item = (CellRef, &'a Cell)> {
        let (sheet, row) = (self.table.sheet, self.rows.index);
        let columns = self.table.header(self.rows).columns_of(field);
        columns.map(move |column| sheet.at(row, column.index))
    }

    /// A field's cell, if it has a column: of several, the one that is filled.
    fn cell(&self, field: Field) -> Option<(CellRef, &'a Cell)> {
        let (sheet, row) = (self.table.sheet, self.rows.index);
        let columns = || self.table.header(self.rows).columns_of(field);
        let filled = columns().find(|column| !sheet.seen(row, column.index).is_blank());
        filled.or(columns().next()).map(|column| sheet.at(row, column.index))
    }

    fn fault(&mut self, kind: impl Into<Kind>, cell: &CellRef) {
        let source = self.source.clone();
        self.faults.push(Diagnostic::new(kind).at_cell(cell).for_row(&source));
    }

    /// The cell where it is neither blank nor an error; a needed field that is
    /// blank is a fault, and so are two values.
    fn value(&mut self, field: Field) -> Option<(CellRef, &'a Cell)> {
        let (cell, typed) = self.cell(field)?;
        self.refuse_two(field, &cell, typed);
        match &typed.value {
            Value::Error(value) => {
                self.fault(fault::Reading::ErrorValue { field, value: value.clone() }, &cell);
                None
            }
            Value::Formula => {
                self.fault(fault::Reading::NoCachedValue { field }, &cell);
                None
            }
            _ if is_error_word(&typed.text()) => {
                let value = clean::line(&typed.text());
                self.fault(fault::Reading::ErrorValue { field, value }, &cell);
                None
            }
            _ if LEFT_OUT.contains(&field) && oddity::is_nobody(&typed.text()) => {
                let text = clean::line(&typed.text());
                self.fault(fault::Reading::NotFilledIn { field, text }, &cell);
                None
            }
            _ if !clean::line(&self.seen(field, &cell, typed)).is_empty() => Some((cell, typed)),
            _ if FILLED.contains(&field) && !self.optional.contains(&field)
                || self.needed.contains(&field) =>
            {
                self.fault(fault::Reading::MissingValue { field }, &cell);
                None
            }
            _ => None,
        }
    }

    /// Where two columns complement each other, a row fills one of them.
    fn refuse_two(&mut self, field: Field, cell: &CellRef, typed: &Cell) {
        if self.table.header(self.rows).columns_of(field).nth(1).is_none() {
            return;
        }
        let text = clean::line(&typed.text());
        let other = self.all(field).find(|(_, other)| {
            let other = clean::line(&other.text());
            !other.is_empty() && other != text
        });
        if let Some((other, typed)) = other {
            let other_text = clean::line(&typed.text());
            let kind = fault::Reading::TwoValues { field, text, other, other_text };
            self.fault(kind, cell);
        }
    }

    /// What a person sees in the cell; what is there and not seen is told.
    fn seen(&mut self, field: Field, cell: &CellRef, typed: &'a Cell) -> String {
        match typed.shown.as_deref() {
            Some(shown) if shown.trim().is_empty() && !typed.is_blank() => {
                let text = typed.value.text();
                self.fault(fault::Reading::NotShown { field, text: text.clone() }, cell);
                text
            }
            _ => typed.text().into_owned(),
        }
    }

    fn cleaned(&mut self, raw: &str, clean: fn(&str) -> String, cell: &CellRef) -> String {
        let cleaned = clean(raw);
        if clean::differs(raw, &cleaned) {
            let kind =
                fault::Reading::TextCleaned { from: raw.trim().to_owned(), to: cleaned.clone() };
            self.fault(kind, cell);
        }
        self.refuse_unprintable(&cleaned, cell);
        cleaned
    }

    fn refuse_unprintable(&mut self, text: &str, cell: &CellRef) {
        for character in text.chars() {
            if !(self.printable)(character) {
                self.fault(fault::Glyphs::MissingGlyph { character }, cell);
            }
        }
    }

    /// A text that holds anything a person may see.
    fn plain_text(&mut self, field: Field) -> Option<String> {
        let (cell, typed) = self.value(field)?;
        Some(self.cleaned(&typed.text(), clean::line, &cell))
    }

    /// A project or an organization: text that names something.
    fn text(&mut self, field: Field) -> Option<String> {
        let (cell, typed) = self.value(field)?;
        let converted = self.refuse_not_text(field, typed, &cell);
        let text = self.cleaned(&shown(typed), clean::line, &cell);
        let header = self.table.header(self.rows).at(cell.column).map(|column| &column.header);
        let is_header = header.is_some_and(|header| clean::header(header) == clean::header(&text));
        let value = text.clone();
        if oddity::is_rows(&typed.text()) {
            self.fault(fault::Reading::NotAName { field, value, why: Oddity::Rows }, &cell);
        } else if oddity::is_nothing(&text) {
            self.fault(fault::Reading::NotAName { field, value, why: Oddity::Nothing }, &cell);
        } else if is_header || super::heading::is_count(&text) || self.names.is_name(&text) {
            self.fault(fault::Reading::NotAName { field, value, why: Oddity::Heading }, &cell);
        } else if let Some((why, certain)) =
            oddity::of_text(&text).or_else(|| oddity::of_title(&text))
            // That a spreadsheet made a date of it is told already.
            && !(converted && why == Oddity::Number)
        {
            self.fault(odd(field, value, why, certain), &cell);
        }
        Some(text)
    }

    /// Where a name should be, a date, a time, a share or a truth value is what
    /// a spreadsheet made of it; a number that is shown otherwise is told. Returns
    /// whether it is.
    fn refuse_not_text(&mut self, field: Field, typed: &Cell, cell: &CellRef) -> bool {
        let (stored, shown) = (typed.value.text(), typed.text().into_owned());
        let kind = match (&typed.value, &typed.shown) {
            (Value::Date(_) | Value::Truth(_), _) | (Value::Number(_), Some(_)) => {
                fault::Reading::Converted { field, stored, shown }
            }
            (Value::Text(_), Some(_)) => fault::Reading::ShownAs { field, stored, shown },
            _ => return false,
        };
        self.fault(kind, cell);
        true
    }

    /// A text that is often typed as a number, which keeps 15 digits only.
    fn digits(&mut self, field: Field) -> Option<String> {
        let (cell, typed) = self.value(field)?;
        let stored = typed.value.text();
        let rounded = match &typed.value {
            Value::Number(number) => number.abs() >= 1e15,
            Value::Text(text) => is_scientific(text),
            _ => false,
        };
        if rounded {
            self.fault(fault::Reading::TooManyDigits { field, value: stored }, &cell);
            return None;
        }
        let text = shown(typed);
        if typed.shown.is_some() && text != stored {
            self.fault(fault::Reading::ShownAs { field, stored, shown: text.clone() }, &cell);
        }
        Some(self.cleaned(&text, clean::line, &cell))
    }

    /// The cleaned text, without recording anything a second time.
    fn plain(&self, field: Field) -> Option<String> {
        let (_, typed) = self.cell(field)?;
        Some(clean::line(&shown(typed))).filter(|text| !text.is_empty())
    }

    fn person(&mut self, field: Field) -> Option<String> {
        let (cell, typed) = self.value(field)?;
        Some(self.cleaned(&shown(typed), clean::person, &cell))
    }

    /// A group or an award: what its column says, else what stands over the
    /// row. Where both say something, they agree or it is told.
    fn placed<T: Named>(&mut self, field: Field, known: &[T]) -> Option<String> {
        let over = &self.rows.over;
        if !self.table.header(self.rows).has(field) {
            let told = over.told.get(field).filter(|_| over.unread.get(field).is_none());
            return told.map(|named| named.name.clone());
        }
        let name = self.name(field, known)?;
        let (cell, _) = self.cell(field)?;
        let mut told: Vec<Over> = Vec::new();
        for named in [over.told.get(field), over.title.get(field), over.sheet.get(field)] {
            told.extend(named.filter(|named| named.name != name).cloned());
        }
        told.dedup();
        let column = self.table.header(self.rows).columns_of(field).next();
        let header = column.map_or(cell, |column| column.cell.clone());
        for Over { name: other, cell: by } in told {
            let value = name.clone();
            let place = by.clone().unwrap_or_else(|| header.clone());
            let sheet = || By::Sheet(self.table.sheet.name.to_string());
            let by = by.map_or_else(sheet, By::Heading);
            self.fault(fault::Layout::Contradicts { field, value, other, by }, &place);
        }
        Some(name)
    }

    /// A text that must be a known name or alias, as both are compared.
    fn name<T: Named>(&mut self, field: Field, known: &[T]) -> Option<String> {
        let (cell, _) = self.value(field)?;
        let text = self.plain(field)?;
        // 一等奖（2项）, as a heading has it.
        let as_heading = || {
            let heading = self.names.heading(&text)?;
            let (own, other) = match field {
                Field::Group => (heading.group, heading.award),
                Field::Award => (heading.award, heading.group),
                _ => return None,
            };
            Some((contest::find(known, &own.filter(|_| other.is_none())?)?, heading.count))
        };
        match contest::find(known, &text).map(|found| (found, None)).or_else(as_heading) {
            Some((found, stated)) => {
                let rows = self.table.rows_at(&cell);
                if let Some(stated) = stated.filter(|stated| *stated != rows) {
                    self.fault(fault::Layout::CountDiffers { stated, rows }, &cell);
                }
                if found.name() != text {
                    let to = found.name().to_owned();
                    self.fault(fault::Reading::ReadAs { field, from: text, to }, &cell);
                }
                Some(found.name().to_owned())
            }
            None => {
                let names = || known.iter().map(Named::name);
                let name = fault::Unknown {
                    nearest: nearest(&text, names()).map(str::to_owned),
                    known: names().map(str::to_owned).collect(),
                    value: text,
                };
                let kind = match field {
                    Field::Group => fault::Reading::UnknownGroup { name },
                    Field::County => fault::Reading::UnknownCounty { name },
                    _ => fault::Reading::UnknownAward { name },
                };
                self.fault(kind, &cell);
                None
            }
        }
    }

    /// A number, and how it is shown.
    fn number(&mut self, field: Field) -> Option<(f64, String)> {
        let (cell, typed) = self.value(field)?;
        let text = clean::line(&shown(typed));
        let number = match &typed.value {
            Value::Number(number) => Some(*number),
            Value::Text(_) => parse_number(&text),
            _ => None,
        };
        let Some(number) = number.filter(|number| number.is_finite()) else {
            self.fault(fault::Reading::NotANumber { field, value: text }, &cell);
            return None;
        };
        let text = text.trim_end_matches('分').trim_end().replace('．', ".");
        Some((number, text))
    }

    fn date(&mut self, field: Field) -> Option<Date> {
        let (cell, typed) = self.value(field)?;
        let date = match &typed.value {
            Value::Date(date) => Some(*date),
            Value::Number(serial) => serial_date(*serial).inspect(|date| {
                let (from, to) = (typed.value.text(), date.to_string());
                self.fault(fault::Reading::ReadAs { field, from, to }, &cell);
            }),
            other => parse_date(&clean::line(&other.text())),
        };
        if date.is_none() {
            let value = typed.text().into_owned();
            self.fault(fault::Reading::NotADate { field, value }, &cell);
        }
        date
    }

    fn yes_or_no(&mut self, field: Field) -> bool {
        let Some((cell, typed)) = self.value(field) else { return false };
        if let Value::Truth(truth) = typed.value {
            return truth;
        }
        let text = clean::line(&shown(typed));
        parse_yes_or_no(&text).unwrap_or_else(|| {
            self.fault(fault::Reading::NotYesOrNo { field, value: text }, &cell);
            false
        })
    }

    fn cells(&self) -> Box<[(Field, CellRef)]> {
        let told = &self.rows.over.told;
        let over = [(Field::Group, &told.group), (Field::Award, &told.award)];
        let placed = over
            .into_iter()
            .filter_map(|(field, named)| Some((field, named.as_ref()?.cell.clone()?)));
        let columns = self.table.header(self.rows).columns.iter();
        let filled = columns.filter_map(|column| {
            let field = column.field?;
            let (cell, typed) = self.table.sheet.at(self.rows.index, column.index);
            let one = self.table.header(self.rows).columns_of(field).count() == 1;
            (one || !typed.is_blank()).then_some((field, cell))
        });
        filled.chain(placed).collect()
    }
}

/// Whether a fault leaves no entrant, however the contest takes it.
fn is_final(fault: &Diagnostic) -> bool {
    fault.severity() == Severity::Error && !RULES.contains(&fault.kind.code())
}

/// What a person sees in a cell, or would, if its format showed anything.
fn shown(typed: &Cell) -> String {
    match typed.shown.as_deref() {
        Some(shown) if shown.trim().is_empty() => typed.value.text(),
        _ => typed.text().into_owned(),
    }
}

fn odd(field: Field, value: String, why: Oddity, certain: bool) -> fault::Reading {
    if certain {
        fault::Reading::NotAName { field, value, why }
    } else {
        fault::Reading::UnusualName { field, value, why }
    }
}
