//! `[columns]` and `[fields]`: the columns of the award sheet that the contest
//! speaks of. A column is a field under its own header; the first gives fields
//! further header words, the second a kind, and whether they must be there.

use std::collections::BTreeMap;

use super::name::folded;
use super::refusals::refuse_unknown;
use super::table::{Source, Table, values};
use crate::fault::{self, Place};
use crate::field::Field;
use crate::nearest::nearest;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// Any text.
    Text,
    /// Any number of people.
    Names,
    /// A number, printed as the sheet shows it.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    YesNo,
}

impl FieldKind {
    const ALL: [(&'static str, Self); 5] = [
        ("text", Self::Text),
        ("names", Self::Names),
        ("number", Self::Number),
        ("date", Self::Date),
        ("yes-no", Self::YesNo),
    ];

    /// What a field holds if nobody says.
    fn of(field: Field) -> Self {
        match field {
            Field::Members => Self::Names,
            Field::Score => Self::Number,
            Field::RegisteredOn => Self::Date,
            Field::Recommended => Self::YesNo,
            Field::Own(name) if NAMES.contains(&name.as_str().to_lowercase().as_str()) => {
                Self::Names
            }
            _ => Self::Text,
        }
    }
}

/// Columns that name people, whether the contest says so or not.
const NAMES: [&str; 16] = [
    "指导教师",
    "指导老师",
    "辅导教师",
    "辅导老师",
    "教练",
    "教练员",
    "导师",
    "advisor",
    "advisors",
    "adviser",
    "mentor",
    "mentors",
    "coach",
    "coaches",
    "teacher",
    "teachers",
];

/// What the contest says of a field.
#[derive(Debug, Clone)]
struct Definition {
    /// Header words besides its name.
    headers: Vec<String>,
    kind: FieldKind,
    /// Whether every row must fill it.
    needed: bool,
    /// Whether it may be missing where it is usually needed.
    optional: bool,
    /// Whether it tells entrants apart that are otherwise alike.
    identifies: bool,
    /// Whether `[columns]` or `[fields]` defines it, and not a text that uses it.
    defined: bool,
    /// Whether the sheet must have a column for it.
    wanted: bool,
    /// Where `contest.toml` first speaks of it.
    place: Place,
}

/// Every field that `contest.toml` speaks of.
#[derive(Debug, Clone, Default)]
pub struct Fields(BTreeMap<Field, Definition>);

impl Fields {
    /// What a field holds.
    pub(crate) fn kind(&self, field: Field) -> FieldKind {
        self.0.get(&field).map_or_else(|| FieldKind::of(field), |it| it.kind)
    }

    /// Header words of fields, beyond the built-in ones.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().flat_map(|(&field, it)| {
            let name = matches!(field, Field::Own(_)).then_some(field.name());
            name.into_iter().chain(it.headers.iter().map(String::as_str)).map(move |it| (field, it))
        })
    }

    /// The field that goes by a name: its own, or one of its header words.
    pub(crate) fn named(&self, name: &str) -> Field {
        if let Some(field) = Field::built_in(name) {
            return field;
        }
        let folded = folded(name);
        let of_that_name =
            |it: &Definition| it.headers.iter().any(|word| self::folded(word) == folded);
        let found = self.0.iter().find(|(_, it)| of_that_name(it));
        found.map_or_else(|| Field::column(name), |(&field, _)| field)
    }

    /// Every name that `[columns]` and `[fields]` give a field.
    pub(super) fn names(&self) -> Vec<(String, Field)> {
        let defined = self.0.iter().filter(|(_, it)| it.defined);
        let names = defined.flat_map(|(&field, it)| {
            let own = matches!(field, Field::Own(_)).then(|| field.name().to_owned());
            own.into_iter().chain(it.headers.iter().cloned()).map(move |name| (name, field))
        });
        names.collect()
    }

    /// The columns that texts use and nothing defines: of a column that is a
    /// built-in field, too, they are the same.
    pub(crate) fn used(&self) -> impl Iterator<Item = Field> {
        let used = self.0.iter().filter(|(_, it)| !it.defined);
        used.map(|(&field, _)| field).filter(|field| matches!(field, Field::Own(_)))
    }

    /// Where `contest.toml` gives fields header words.
    pub(crate) fn stated(&self) -> impl Iterator<Item = (Field, &[String], &Place)> {
        let stated = self.0.iter().filter(|(_, it)| !it.headers.is_empty());
        stated.map(|(&field, it)| (field, it.headers.as_slice(), &it.place))
    }

    /// The header words that `[fields]` gives a field.
    pub fn headers_of(&self, field: Field) -> &[String] {
        self.0.get(&field).map_or(&[], |it| &it.headers)
    }

    /// The columns that are no built-in field.
    pub(crate) fn columns(&self) -> impl Iterator<Item = Field> {
        self.0.keys().copied().filter(|field| matches!(field, Field::Own(_)))
    }

    /// The fields that every row must fill.
    pub(crate) fn needed(&self) -> impl Iterator<Item = Field> {
        self.0.iter().filter(|(_, it)| it.needed).map(|(&field, _)| field)
    }

    /// Whether every row must fill a field.
    pub(crate) fn is_needed(&self, field: Field) -> bool {
        self.0.get(&field).is_some_and(|it| it.needed)
    }

    /// Whether `contest.toml` does without a field that is usually needed.
    pub(crate) fn is_optional(&self, field: Field) -> bool {
        self.0.get(&field).is_some_and(|it| it.optional)
    }

    /// The fields that the sheet must have a column for, and where
    /// `contest.toml` says so.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = (Field, &Place)> {
        let wanted = self.0.iter().filter(|(_, it)| it.wanted);
        wanted.map(|(&field, it)| (field, &it.place))
    }

    /// Whether the sheet must have a column for a field.
    pub(crate) fn is_wanted(&self, field: Field) -> bool {
        self.0.get(&field).is_some_and(|it| it.wanted)
    }

    /// The fields that tell entrants apart that are otherwise alike.
    pub(crate) fn identifying(&self) -> impl Iterator<Item = Field> {
        self.0.iter().filter(|(_, it)| it.identifies).map(|(&field, _)| field)
    }

    /// Takes in that `contest.toml` uses a field, and whether it cannot do
    /// without. A column that nobody defines is there, or its name is a slip.
    pub(super) fn uses(&mut self, field: Field, wanted: bool, place: &Place) {
        let used = self.0.entry(field).or_insert_with(|| Definition {
            headers: Vec::new(),
            kind: FieldKind::of(field),
            needed: false,
            optional: false,
            identifies: false,
            defined: false,
            wanted: matches!(field, Field::Own(_)),
            place: place.clone(),
        });
        if wanted && !used.wanted {
            (used.wanted, used.place) = (true, place.clone());
        }
    }
}

/// Reads `[columns]`, header words by field, and `[fields]`, a table for each
/// field or its header words.
pub(super) fn read(source: &Source<'_>, file: &Table<'_>) -> Fields {
    let mut fields = Fields::default();
    for key in ["columns", "fields"] {
        let Some(table) = file.table(key) else { continue };
        for name in table.keys() {
            let field = Field::named(name.value);
            if Field::built_in(name.value).is_none() {
                let near = nearest(name.value, Field::BUILT_IN.map(Field::name));
                // Who writes 指导教师 or hours means a column of that name.
                if let Some(near) = near.filter(|_| key == "columns" || name.value.is_ascii()) {
                    let nearest = Some(near.to_owned());
                    let kind = fault::Contest::UnknownKey { key: table.key(name.value), nearest };
                    source.fault(kind, name.place);
                    continue;
                }
            }
            let mut definition = definition(source, &table, name.value, field, &name.place);
            // One may stand in both tables.
            if let Some(before) = fields.0.remove(&field) {
                definition.headers.extend(before.headers);
            }
            fields.0.insert(field, definition);
        }
    }
    fields
}

fn definition(
    source: &Source<'_>,
    fields: &Table<'_>,
    name: &str,
    field: Field,
    place: &Place,
) -> Definition {
    let kind = FieldKind::of(field);
    let plain = |headers| Definition {
        headers,
        kind,
        needed: false,
        optional: false,
        identifies: false,
        defined: true,
        wanted: false,
        place: place.clone(),
    };
    if !fields.value(name).is_some_and(|value| value.get_ref().is_table()) {
        return plain(values(fields.one_or_more(name)));
    }
    let Some(table) = fields.table(name) else { return plain(Vec::new()) };
    let mut definition = plain(values(table.one_or_more("headers")));
    if let Some(kind) = table.get::<String>("kind") {
        let known = FieldKind::ALL.map(|(name, _)| name);
        refuse_unknown(source, &table.key("kind"), &kind, known);
        let found = FieldKind::ALL.iter().find(|(name, _)| *name == kind.value);
        let built_in = Field::built_in(name).is_some();
        if built_in && found.is_some_and(|(_, kind)| *kind != definition.kind) {
            let own = FieldKind::ALL.iter().find(|(_, it)| *it == definition.kind);
            let known = own.map(|(name, _)| (*name).to_owned()).into_iter().collect();
            let fault =
                fault::Contest::NotAllowed { key: table.key("kind"), value: kind.value, known };
            source.fault(fault, kind.place);
        } else if let Some((_, kind)) = found {
            definition.kind = *kind;
        }
    }
    let needed = table.get("needed").map(|needed| needed.value);
    (definition.needed, definition.optional) = (needed == Some(true), needed == Some(false));
    definition.wanted = definition.needed;
    definition.identifies = table.get("identifies").is_some_and(|it| it.value);
    table.finish();
    definition
}
