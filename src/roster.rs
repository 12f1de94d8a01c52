//! Who won what: the sound rows of the award sheet, and what became of all
//! others.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::cell::CellRef;
use crate::fault::{self, Diagnostics};
use crate::field::Field;

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
}

impl Roster {
    /// The roster of a sheet of this name and hash, of which no row is read yet.
    pub(crate) fn of_sheet(file: String, sha256: String) -> Self {
        let (entrants, held, skipped) = (Vec::new(), Vec::new(), Vec::new());
        Self { file, sha256, rows: 0, entrants, held, skipped }
    }

    /// The roster of one entrant whose sheet cannot be read.
    pub(crate) fn of_one(entrant: Entrant) -> Self {
        let sheet = Self::of_sheet(String::new(), String::new());
        Self { rows: 1, entrants: vec![entrant], ..sheet }
    }

    /// The roster in which every entrant is withheld that an error concerns.
    pub(crate) fn withholding(self, faults: &Diagnostics) -> Self {
        let faulty = faults.rows_in_error();
        let (withheld, entrants): (Vec<_>, Vec<_>) =
            self.entrants.into_iter().partition(|it| faulty.contains(&it.source));
        let mut held = self.held;
        held.extend(withheld.into_iter().map(|entrant| entrant.source));
        Self { entrants, held, ..self }
    }

    /// The roster of its sound rows alone, and the withheld ones.
    pub(crate) fn parted(self) -> (Self, Vec<CellRef>) {
        let rows = self.rows - self.held.len();
        (Self { rows, held: Vec::new(), ..self }, self.held)
    }

    /// The roster with these rows withheld besides.
    pub(crate) fn with_withheld(self, rows: Vec<CellRef>) -> Self {
        let all = self.rows + rows.len();
        let mut held = rows;
        held.extend(self.held);
        Self { rows: all, held, ..self }
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

/// A row under the header that holds no entrant of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The row's first used cell.
    pub row: CellRef,
    /// Why it holds none.
    pub reason: SkipReason,
    /// What it says.
    pub text: String,
}

/// Why a row holds no entrant of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// A note below or between the rows: 备注, 说明, 制表人.
    Note,
    /// A sum: 合计.
    Total,
    /// A header, be it once more or a new one.
    Header,
    /// The head of a section: 一、企业组.
    Section,
    /// The title of what follows.
    Title,
    /// One more member of the entrant above, whose cells are merged over it.
    Continued,
    /// Who made the table and when, below it.
    Signature,
    /// Prepared and not filled in: a number, 0 and FALSE.
    Prepared,
    /// It names neither project nor organization.
    NoEntrant,
    /// The sheet has no award table.
    NoTable,
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
    /// The score as the sheet shows it: 95.0, 91.33.
    pub score_text: Option<String>,
    /// Whether it goes on to the provincial contest.
    pub recommended: bool,
    /// The day its enterprise was registered.
    pub registered_on: Option<Date>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// At which number.
    pub phone: Option<String>,
    /// The sheet's other columns, by the name that the contest gives them or by
    /// header.
    pub extra: BTreeMap<String, Own>,
    /// The built-in fields, by name, whose columns the contest calls by names of
    /// its own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub also: BTreeMap<String, String>,
    #[serde(skip)]
    pub(crate) cells: Box<[(Field, CellRef)]>,
}

impl Entrant {
    /// The same entrant as read from another row.
    pub(crate) fn standing_at(self, source: CellRef, mut extra: BTreeMap<String, Own>) -> Self {
        extra.extend(self.extra);
        Self { source, extra, cells: Box::default(), ..self }
    }

    /// The entrant as the public may know it: of the sheet's own columns those
    /// that are to be shown.
    pub(crate) fn without_personal_data(&self, shown: &[Field]) -> Self {
        let mut extra = self.extra.clone();
        extra.retain(|name, _| shown.iter().any(|field| field.name() == name));
        Self { contact: None, phone: None, extra, ..self.clone() }
    }

    /// Who it is: its organization, or else its members.
    pub fn name(&self) -> Cow<'_, str> {
        name_of(&self.organization, &self.members)
    }

    /// The field by whose name it goes.
    pub(crate) fn named_by(&self) -> Field {
        if self.organization.is_empty() { Field::Members } else { Field::Organization }
    }

    /// What a person would call it: its project, or else who it is.
    pub fn title(&self) -> Cow<'_, str> {
        if self.project.is_empty() { self.name() } else { self.project.as_str().into() }
    }

    /// That it cannot be told from another, and which columns would do so.
    pub(crate) fn same_as(&self, other: &Self) -> fault::Rules {
        let differs = |name: &&String| {
            self.extra.get(*name).zip(other.extra.get(*name)).is_some_and(|(a, b)| a != b)
        };
        // Two people of one school.
        let people = (self.members != other.members).then(|| Field::Members.name().to_owned());
        fault::Rules::SameEntrant {
            name: self.full_name(),
            columns: people.into_iter().chain(self.extra.keys().filter(differs).cloned()).collect(),
            other: other.source.clone(),
        }
    }

    /// Who it is, and with which project.
    pub(crate) fn full_name(&self) -> String {
        match self.project.as_str() {
            "" => self.name().into_owned(),
            project => format!("{}“{project}”", self.name()),
        }
    }

    /// What tells the entrant from every other where the sheet has no
    /// identifiers; `more` tells entrants apart that are otherwise alike.
    pub(crate) fn key_with(&self, more: &[String]) -> String {
        let name = self.name();
        let mut parts = vec![self.group.as_str(), &name, &self.project];
        parts.extend(more.iter().map(String::as_str));
        identity(&parts)
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
            Field::Score => optional(&self.score_text),
            Field::Recommended => vec![self.recommended.to_string()],
            Field::RegisteredOn => self.registered_on.iter().map(Date::to_string).collect(),
            Field::Contact => optional(&self.contact),
            Field::Phone => optional(&self.phone),
            Field::Own(name) => match self.also.get(name.as_str()) {
                Some(built_in) => self.texts(Field::named(built_in)),
                None => self.extra.get(name.as_str()).map(Own::texts).unwrap_or_default(),
            },
        }
    }
}

/// What a column says that is no built-in field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Own {
    /// A text, or what else stands there as it is shown.
    Text(String),
    /// Names.
    Names(Vec<String>),
}

impl Own {
    /// One text for each value it has.
    pub(crate) fn texts(&self) -> Vec<String> {
        match self {
            Own::Text(text) => vec![text.clone()],
            Own::Names(names) => names.clone(),
        }
    }
}

/// Who an entrant is, by its organization and its members.
pub(crate) fn name_of<'a>(organization: &'a str, members: &[String]) -> Cow<'a, str> {
    if organization.is_empty() { members.join("、").into() } else { organization.into() }
}

/// What tells an entrant from every other: its parts without spaces.
pub(crate) fn identity(parts: &[&str]) -> String {
    let mut identity = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            identity.push('|');
        }
        identity.extend(part.split_whitespace());
    }
    identity
}
