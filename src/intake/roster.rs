//! The rows of an award table → [`Entrant`]s.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::columns::FILLED;
use super::section;
use super::table::{self, Skipped, Table, TableMapping};
use super::workbook::{Cell, Value};
use super::{Reading, clean};
use crate::cell::CellRef;
use crate::contest::{self, Contest, Named};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::field::Field;
use crate::nearest::nearest;

mod placed;

/// Everyone the sheet names, and every row that names nobody.
///
/// Rows in = entrants + held + skipped, always.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Roster {
    /// The sheet's file name.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The number of rows under the headers that are not blank.
    pub rows: usize,
    /// The sound rows, in the sheet's order.
    #[serde(with = "placed")]
    pub entrants: Vec<Entrant>,
    /// The rows that are held back for a fault.
    pub held: Vec<CellRef>,
    /// The rows that hold no entrant.
    pub skipped: Vec<Skipped>,
    /// How each sheet's header was understood.
    #[serde(skip)]
    pub tables: Vec<TableMapping>,
    /// What stands in the cells that faults are about.
    #[serde(skip)]
    pub texts: BTreeMap<CellRef, String>,
}

impl Roster {
    /// A roster of just these entrants, from a sheet of that name and hash.
    pub fn of(file: String, sha256: String, entrants: Vec<Entrant>) -> Self {
        let rows = entrants.len();
        let (held, skipped) = (Vec::new(), Vec::new());
        let (tables, texts) = (Vec::new(), BTreeMap::new());
        Self { file, sha256, rows, entrants, held, skipped, tables, texts }
    }

    /// Holds back every entrant that an error concerns.
    pub fn hold(&mut self, diagnostics: &Diagnostics) {
        let faulty = diagnostics.rows_in_error();
        self.entrants.retain(|entrant| {
            let held = faulty.contains(&entrant.source);
            if held {
                self.held.push(entrant.source.clone());
            }
            !held
        });
    }

    /// How many rows went where.
    ///
    /// # Panics
    /// If a row is unaccounted for: a lost row may be a winner without a
    /// certificate.
    pub fn balance(&self) -> Balance {
        let (issued, held, skipped) = (self.entrants.len(), self.held.len(), self.skipped.len());
        assert_eq!(self.rows, issued + held + skipped, "rows in = issued + held + skipped");
        Balance { r#in: self.rows, issued, held, skipped }
    }
}

/// Rows in = issued + held + skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// Rows under the headers that are not blank.
    pub r#in: usize,
    /// Sound rows: everything is made for them.
    pub issued: usize,
    /// Rows held back for a fault.
    pub held: usize,
    /// Rows that hold no entrant.
    pub skipped: usize,
}

/// A winner: a sound row of the award sheet. It has no field that means "bad".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entrant {
    /// The sheet's own identifier, else group, organization and project.
    pub id: String,
    /// The cell of the project's name, which stands for the row.
    pub source: CellRef,
    /// A group of the contest.
    pub group: String,
    /// An award of the contest.
    pub award: String,
    /// The project's name.
    pub project: String,
    /// The enterprise or team.
    pub organization: String,
    /// The core members in the sheet's order.
    pub members: Vec<String>,
    /// The county it comes from.
    pub county: Option<String>,
    /// Its score.
    pub score: Option<f64>,
    /// Whether it goes on to the provincial contest.
    pub recommended: bool,
    /// The day its enterprise was registered.
    pub registered_on: Option<Date>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// At which number.
    pub phone: Option<String>,
    /// The sheet's other columns, by header.
    pub extra: BTreeMap<String, String>,
    #[serde(skip)]
    cells: Vec<(Field, CellRef)>,
}

impl Entrant {
    /// The same entrant as read from another row.
    pub(super) fn standing_at(self, source: CellRef, extra: BTreeMap<String, String>) -> Self {
        Self { source, extra, cells: Vec::new(), ..self }
    }

    /// The entrant as the public may know it.
    pub fn without_personal_data(&self) -> Self {
        Self { contact: None, phone: None, extra: BTreeMap::new(), ..self.clone() }
    }

    /// What tells the entrant from every other where the sheet has no
    /// identifiers.
    pub fn key(&self) -> String {
        identity(&[&self.group, &self.organization, &self.project])
    }

    /// The cell a field was read from; the row's own if it has no column.
    pub fn cell(&self, field: Field) -> &CellRef {
        self.cells
            .iter()
            .find(|(column, _)| *column == field)
            .map_or(&self.source, |(_, cell)| cell)
    }

    /// A field as text, one for each value it has.
    pub fn texts(&self, field: Field) -> Vec<String> {
        let optional = |text: &Option<String>| text.iter().cloned().collect();
        match field {
            Field::Id => vec![self.id.clone()],
            Field::Group => vec![self.group.clone()],
            Field::Award => vec![self.award.clone()],
            Field::Project => vec![self.project.clone()],
            Field::Organization => vec![self.organization.clone()],
            Field::Members => self.members.clone(),
            Field::County => optional(&self.county),
            Field::Score => self.score.iter().map(f64::to_string).collect(),
            Field::Recommended => vec![self.recommended.to_string()],
            Field::RegisteredOn => self.registered_on.iter().map(Date::to_string).collect(),
            Field::Contact => optional(&self.contact),
            Field::Phone => optional(&self.phone),
        }
    }
}

/// Reads every row of the table; a row with an error becomes a held one.
pub(super) fn read(table: &Table<'_>, roster: &mut Roster, reading: &mut Reading<'_>) {
    let project = table.columns.iter().find(|column| column.field == Some(Field::Project));
    let project = project.expect("a sound header has a project").index;
    let (contest, printable) = (reading.contest, reading.printable);
    let read = |rows| {
        let &table::Row { index, .. } = rows;
        let source = CellRef::new(&table.sheet.name, index, project);
        let faults = Diagnostics::default();
        let mut row = Row { table, rows, index, source, printable, faults };
        (row.read(contest), row.source, row.faults)
    };
    let rows: Vec<_> = table.rows.par_iter().map(read).collect();
    for (entrant, source, faults) in rows {
        reading.faults.extend(faults);
        match entrant {
            Some(entrant) => roster.entrants.push(entrant),
            None => roster.held.push(source),
        }
    }
}

/// A row being read. Each reader records what is wrong with its field and goes
/// on, so that a row's faults are known together.
struct Row<'a> {
    table: &'a Table<'a>,
    rows: &'a table::Row,
    index: u32,
    source: CellRef,
    printable: &'a (dyn Fn(char) -> bool + Sync),
    faults: Diagnostics,
}

impl Row<'_> {
    fn read(&mut self, contest: &Contest) -> Option<Entrant> {
        let group = self.placed(Field::Group, &contest.groups, self.rows.group.as_ref());
        let award = self.placed(Field::Award, &contest.awards, self.rows.award.as_ref());
        let project = self.text(Field::Project);
        let organization = self.text(Field::Organization);
        let members = self.members();
        let county = match contest.counties.as_slice() {
            [] => self.text(Field::County),
            counties => self.name(Field::County, counties).or_else(|| self.plain(Field::County)),
        };
        let score = self.number(Field::Score);
        let recommended = self.yes_or_no(Field::Recommended);
        let registered_on = self.date(Field::RegisteredOn);
        let contact = self.person(Field::Contact);
        let phone = self.digits(Field::Phone);
        let id = self.digits(Field::Id);
        if self.faults.has_errors() {
            return None;
        }
        let (group, award) = (group?, award?);
        let (project, organization) = (project?, organization?);
        let id = id.unwrap_or_else(|| identity(&[&group, &organization, &project]));
        Some(Entrant {
            id,
            source: self.source.clone(),
            group,
            award,
            project,
            organization,
            members,
            county,
            score,
            recommended,
            registered_on,
            contact,
            phone,
            extra: self.extra(),
            cells: self.cells(),
        })
    }

    /// A field's cell and value, if it has a column.
    fn cell(&self, field: Field) -> Option<(CellRef, &Cell)> {
        let column = self.table.columns.iter().find(|column| column.field == Some(field))?;
        Some(self.table.sheet.at(self.index, column.index))
    }

    fn fault(&mut self, kind: Kind, cell: &CellRef) {
        let source = self.source.clone();
        self.faults.push(Diagnostic::new(kind).at_cell(cell).for_row(&source));
    }

    /// The cell's value where it is neither blank nor an error; a needed field
    /// that is blank is a fault.
    fn value(&mut self, field: Field) -> Option<(CellRef, Value)> {
        let (cell, typed) = self.cell(field)?;
        match typed.value.clone() {
            Value::Error(value) => {
                self.fault(Kind::ErrorValue { field, value }, &cell);
                None
            }
            Value::Formula => {
                self.fault(Kind::NoCachedValue { field }, &cell);
                None
            }
            value if !clean::line(&value.text()).is_empty() => Some((cell, value)),
            _ if FILLED.contains(&field) => {
                self.fault(Kind::MissingValue { field }, &cell);
                None
            }
            _ => None,
        }
    }

    fn cleaned(&mut self, raw: &str, clean: fn(&str) -> String, cell: &CellRef) -> String {
        let cleaned = clean(raw);
        if clean::differs(raw, &cleaned) {
            let kind = Kind::TextCleaned { from: raw.trim().to_owned(), to: cleaned.clone() };
            self.fault(kind, cell);
        }
        for character in cleaned.chars() {
            if !(self.printable)(character) {
                self.fault(Kind::MissingGlyph { character }, cell);
            }
        }
        cleaned
    }

    fn text(&mut self, field: Field) -> Option<String> {
        let (cell, value) = self.value(field)?;
        Some(self.cleaned(&value.text(), clean::line, &cell))
    }

    /// A text that is often typed as a number, which keeps 15 digits only.
    fn digits(&mut self, field: Field) -> Option<String> {
        let (cell, value) = self.value(field)?;
        let text = value.text();
        let rounded = match &value {
            Value::Number(number) => number.abs() >= 1e15,
            Value::Text(text) => is_scientific(text),
            _ => false,
        };
        if rounded {
            self.fault(Kind::TooManyDigits { field, value: text }, &cell);
            return None;
        }
        Some(self.cleaned(&text, clean::line, &cell))
    }

    /// The cleaned text, without recording anything a second time.
    fn plain(&self, field: Field) -> Option<String> {
        let (_, typed) = self.cell(field)?;
        Some(clean::line(&typed.text())).filter(|text| !text.is_empty())
    }

    fn person(&mut self, field: Field) -> Option<String> {
        let (cell, value) = self.value(field)?;
        Some(self.cleaned(&value.text(), clean::person, &cell))
    }

    /// The members of every column and row that names them, in reading order.
    fn members(&mut self) -> Vec<String> {
        let columns = self.table.columns.iter();
        let columns: Vec<u32> = columns
            .filter(|column| column.field == Some(Field::Members))
            .map(|column| column.index)
            .collect();
        let rows: Vec<u32> =
            std::iter::once(self.index).chain(self.rows.continued.iter().copied()).collect();
        let mut read = BTreeSet::new();
        let mut names = Vec::new();
        for (row, column) in rows.iter().flat_map(|&row| columns.iter().map(move |&it| (row, it))) {
            let (cell, typed) = self.table.sheet.at(row, column);
            // A list that is merged over the rows is read once.
            if !typed.is_blank() && read.insert(cell.clone()) {
                let value = typed.value.clone();
                names.extend(self.members_of(&cell, &value));
            }
        }
        names
    }

    fn members_of(&mut self, cell: &CellRef, value: &Value) -> Vec<String> {
        let field = Field::Members;
        match value {
            Value::Error(value) => {
                self.fault(Kind::ErrorValue { field, value: value.clone() }, cell);
                return Vec::new();
            }
            Value::Formula => {
                self.fault(Kind::NoCachedValue { field }, cell);
                return Vec::new();
            }
            _ => {}
        }
        let text = value.text();
        let mut names = Vec::new();
        for typed in clean::split_names(&text) {
            match clean::names_between_blanks(typed) {
                Some(several) if several.len() > 1 => {
                    let (from, to) = (typed.trim().to_owned(), several.clone());
                    self.fault(Kind::MembersDivided { from, to }, cell);
                    names.extend(several);
                }
                Some(_) => names.push(typed.to_owned()),
                None => {
                    self.fault(Kind::BlankInName { name: clean::line(typed) }, cell);
                }
            }
        }
        let names = names.iter().map(|name| self.cleaned(name, clean::person, cell));
        names.filter(|name| !name.is_empty()).collect()
    }

    /// A group or an award: what its column says, else what stands over the
    /// row.
    fn placed<T: Named>(
        &mut self,
        field: Field,
        known: &[T],
        over: Option<&section::Named>,
    ) -> Option<String> {
        match self.cell(field) {
            Some(_) => self.name(field, known),
            None => over.map(|named| named.name.clone()),
        }
    }

    /// A text that must be a known name or alias; blanks inside do not matter.
    fn name<T: Named>(&mut self, field: Field, known: &[T]) -> Option<String> {
        let (cell, _) = self.value(field)?;
        let text = self.plain(field)?;
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        match contest::find(known, &bare) {
            Some(found) => {
                if found.name() != text {
                    let to = found.name().to_owned();
                    self.fault(Kind::ReadAs { field, from: text, to }, &cell);
                }
                Some(found.name().to_owned())
            }
            None => {
                let names = || known.iter().map(Named::name);
                let kind = Kind::UnknownName {
                    field,
                    nearest: nearest(&bare, names()).map(str::to_owned),
                    known: names().map(str::to_owned).collect(),
                    value: text,
                };
                self.fault(kind, &cell);
                None
            }
        }
    }

    fn number(&mut self, field: Field) -> Option<f64> {
        let (cell, value) = self.value(field)?;
        let number = match &value {
            Value::Number(number) => Some(*number),
            other => clean::line(&other.text()).trim_end_matches('分').parse().ok(),
        };
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.fault(Kind::NotANumber { field, value: value.text() }, &cell);
        }
        number
    }

    fn date(&mut self, field: Field) -> Option<Date> {
        let (cell, value) = self.value(field)?;
        let date = match &value {
            Value::Date(date) => Some(*date),
            Value::Number(serial) => serial_date(*serial).inspect(|date| {
                let (from, to) = (value.text(), date.to_string());
                self.fault(Kind::ReadAs { field, from, to }, &cell);
            }),
            other => parse_date(&clean::line(&other.text())),
        };
        if date.is_none() {
            self.fault(Kind::NotADate { field, value: value.text() }, &cell);
        }
        date
    }

    fn yes_or_no(&mut self, field: Field) -> bool {
        let Some((cell, value)) = self.value(field) else { return false };
        let text = clean::line(&value.text());
        match text.to_uppercase().as_str() {
            "√" | "✓" | "✔" | "☑" | "是" | "Y" | "YES" | "1" | "推荐" | "TRUE" => true,
            "否" | "×" | "✗" | "✘" | "☐" | "N" | "NO" | "0" | "不推荐" | "空" | "FALSE" | "-"
            | "—" | "/" => false,
            _ => {
                self.fault(Kind::NotYesOrNo { field, value: text }, &cell);
                false
            }
        }
    }

    /// The columns that are no field, by header; of two with one header the
    /// second is `header 2`.
    fn extra(&self) -> BTreeMap<String, String> {
        let mut extra = BTreeMap::new();
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for column in self.table.columns.iter().filter(|column| column.field.is_none()) {
            let times = times.entry(&column.header).or_default();
            *times += 1;
            let (_, value) = self.table.sheet.at(self.index, column.index);
            let text = clean::line(&value.text());
            if !text.is_empty() {
                let header = match *times {
                    1 => column.header.clone(),
                    nth => format!("{} {nth}", column.header),
                };
                extra.insert(header, text);
            }
        }
        extra
    }

    fn cells(&self) -> Vec<(Field, CellRef)> {
        let over = [(Field::Group, &self.rows.group), (Field::Award, &self.rows.award)];
        let placed = over
            .into_iter()
            .filter_map(|(field, named)| Some((field, named.as_ref()?.cell.clone()?)));
        let columns = self.table.columns.iter();
        columns
            .filter_map(|column| {
                Some((column.field?, self.table.sheet.at(self.index, column.index).0))
            })
            .chain(placed)
            .collect()
    }
}

/// What tells an entrant from every other: its parts without spaces.
pub(crate) fn identity(parts: &[&str]) -> String {
    let bare = |part: &&str| part.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    parts.iter().map(bare).collect::<Vec<_>>().join("|")
}

/// `1.39E+10`: what a spreadsheet shows of a long number that was copied as
/// text.
fn is_scientific(text: &str) -> bool {
    let text = text.trim().to_uppercase();
    text.split_once("E+").is_some_and(|(mantissa, exponent)| {
        mantissa.parse::<f64>().is_ok() && exponent.parse::<u32>().is_ok()
    })
}

/// A date that stands as a number: the days since the end of 1899 as
/// spreadsheets count them, or eight digits.
fn serial_date(number: f64) -> Option<Date> {
    if number.fract() != 0.0 {
        return None;
    }
    match number as i64 {
        // 1982 to 2064: no other number in such a column looks like one.
        days @ 30_000..=60_000 => {
            let first = Date::constant(1899, 12, 30);
            first.checked_add(jiff::Span::new().days(days)).ok()
        }
        digits @ 19_000_000..=21_000_000 => parse_date(&digits.to_string()),
        _ => None,
    }
}

/// A date written year first: 2025-11-04, 2025.11.4, 2025/11/4, 2025年11月4日,
/// 20251104, with or without a time of midnight.
fn parse_date(text: &str) -> Option<Date> {
    let text = ["00:00:00", "0:00:00", "00:00", "0:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .unwrap_or(text)
        .trim_end_matches(['T', ' ']);
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = text.split_at(4);
        let (month, day) = rest.split_at(2);
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    }
    let text = text.trim_end_matches('日');
    let mut parts = text.split(['-', '.', '/', '年', '月']).map(str::trim);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_year_first_or_not_at_all() {
        for text in [
            "2025-11-04",
            "2025.11.4",
            "2025/11/4",
            "2025年11月4日",
            "2025 年 11 月 4 日",
            "20251104",
            "2025-11-04 00:00:00",
        ] {
            assert_eq!(parse_date(text), Some(jiff::civil::date(2025, 11, 4)), "{text}");
        }
        assert_eq!(serial_date(45965.0), Some(jiff::civil::date(2025, 11, 4)));
        assert_eq!(serial_date(20_251_104.0), Some(jiff::civil::date(2025, 11, 4)));
        assert_eq!(serial_date(2025.0), None);
        for text in ["11/4/2025", "25.11.4", "2025.11", "2025.13.1", "去年", "2025-11-04-1"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
