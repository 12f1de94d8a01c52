//! TOML read key by key, with every fault recorded at its line.
//!
//! Reading never stops: a key that is missing or of the wrong type is recorded
//! and read as `None`, and [`Table::finish`] records every key nobody asked for.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use serde_json::{Number, Value as Json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fault::{self, Diagnostic, Diagnostics, Kind, Place};
use crate::nearest::nearest;

/// A value and the place where it stands.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub value: T,
    pub place: Place,
}

/// The values without their places.
pub(super) fn values<T>(items: Vec<At<T>>) -> Vec<T> {
    items.into_iter().map(|item| item.value).collect()
}

/// A value that is no table or list, wherever it stands in a file.
pub(super) struct Leaf {
    /// Its key with those of the tables it stands in: `documents.facts.date`.
    pub key: String,
    /// Which of the outermost list of tables it belongs to.
    pub item: usize,
    pub value: Value,
    pub place: Place,
}

/// What a leaf holds.
pub(super) enum Value {
    Text(String),
    Date(Date),
    Whole(i64),
}

impl Value {
    /// The day, be it written as TOML's date or as text.
    pub(super) fn date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Text(text) => text.parse().ok(),
            Self::Whole(_) => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => date.fmt(f),
            Self::Whole(whole) => whole.fmt(f),
        }
    }
}

/// What stands before a value that is yet to be decided.
pub(super) const MARK: char = '?';

/// The file being read, and what was wrong with it so far.
pub(super) struct Source<'a> {
    name: &'a str,
    text: &'a str,
    faults: RefCell<Diagnostics>,
}

impl<'a> Source<'a> {
    pub(super) fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, faults: RefCell::default() }
    }

    /// Parses the text; `None` if it has syntax errors, which are recorded.
    pub(super) fn parse(&self) -> Option<Spanned<DeTable<'a>>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let message = error.message().to_owned();
            self.fault(
                fault::Contest::TomlSyntax { message },
                self.place(error.span().unwrap_or_default()),
            );
        }
        (!self.faults.borrow().has_errors()).then_some(table)
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        let before = &self.text[..self.text.floor_char_boundary(span.start)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place::Source {
            file: self.name.to_owned(),
            line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// The text as it stands in the file.
    pub(super) fn text(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    pub(super) fn fault(&self, kind: impl Into<Kind>, place: Place) {
        self.faults.borrow_mut().push(Diagnostic::new(kind).at(place));
    }

    /// Whether a value is yet to be decided, which is recorded.
    pub(super) fn is_undecided(&self, key: &str, value: &Spanned<DeValue<'_>>) -> bool {
        let Some(was) = value.get_ref().as_str().and_then(|text| text.strip_prefix(MARK)) else {
            return false;
        };
        let kind = fault::Contest::Undecided { key: key.to_owned(), was: was.to_owned() };
        self.fault(kind, self.place(value.span()));
        true
    }

    /// Adds what was wrong with a file that this one names.
    pub(super) fn add(&self, faults: Diagnostics) {
        self.faults.borrow_mut().extend(faults);
    }

    pub(super) fn into_faults(self) -> Diagnostics {
        self.faults.into_inner()
    }
}

/// An item of a list that may be either.
pub(super) enum TextOrTable<'a> {
    Text(At<String>),
    Table(Table<'a>),
}

/// One table of the file.
pub(super) struct Table<'a> {
    source: &'a Source<'a>,
    entries: &'a DeTable<'a>,
    span: Range<usize>,
    /// Dotted path in front of this table's keys; empty for the file itself.
    path: String,
    asked: RefCell<Vec<String>>,
}

impl<'a> Table<'a> {
    pub(super) fn root(source: &'a Source<'a>, table: &'a Spanned<DeTable<'a>>) -> Self {
        Self::new(source, table.get_ref(), table.span(), String::new())
    }

    fn new(
        source: &'a Source<'a>,
        entries: &'a DeTable<'a>,
        span: Range<usize>,
        path: String,
    ) -> Self {
        Self { source, entries, span, path, asked: RefCell::default() }
    }

    /// Where the table begins.
    pub(super) fn place(&self) -> Place {
        self.source.place(self.span.clone())
    }

    /// Where a key's value begins; the table's own place if it is not there.
    pub(super) fn place_of(&self, key: &str) -> Place {
        self.entries.get(key).map_or_else(|| self.place(), |value| self.source.place(value.span()))
    }

    /// A key with the table's path in front.
    pub(super) fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Whether a key stands there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// A value of any type.
    pub(super) fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key.to_owned());
        #[cfg(test)]
        tests::asked(self.source.name, self.key(key));
        self.entries.get(key)
    }

    /// An optional key; a wrong type is recorded.
    pub(super) fn get<T: FromToml>(&self, key: &str) -> Option<At<T>> {
        self.read(&self.key(key), self.value(key)?)
    }

    /// A required key; its absence or wrong type is recorded.
    pub(super) fn need<T: FromToml>(&self, key: &str) -> Option<At<T>> {
        if let Some(value) = self.value(key) {
            self.read(&self.key(key), value)
        } else {
            self.source.fault(fault::Contest::MissingKey { key: self.key(key) }, self.place());
            None
        }
    }

    /// A list of `T`; empty when the key is absent, faulty items left out.
    pub(super) fn list<T: FromToml>(&self, key: &str) -> Vec<At<T>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = self.array(key, value) else { return Vec::new() };
        items.iter().filter_map(|item| self.read(&self.key(key), item)).collect()
    }

    /// A list that must stand there and must not be empty.
    pub(super) fn need_list<T: FromToml>(&self, key: &str) -> Vec<At<T>> {
        self.need_items(key);
        self.list(key)
    }

    /// An optional table; a wrong type is recorded.
    pub(super) fn table(&self, key: &str) -> Option<Table<'a>> {
        let value = self.value(key)?;
        self.as_table(&self.key(key), value)
    }

    /// A table that must stand there.
    pub(super) fn need_table(&self, key: &str) -> Option<Table<'a>> {
        if self.entries.get(key).is_none() {
            self.source.fault(fault::Contest::MissingKey { key: self.key(key) }, self.place());
        }
        self.table(key)
    }

    /// A list of tables: `[[key]]`.
    pub(super) fn tables(&self, key: &str) -> Vec<Table<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = self.array(key, value) else { return Vec::new() };
        items.iter().filter_map(|item| self.as_table(&self.key(key), item)).collect()
    }

    /// A list of tables that must stand there and must not be empty.
    pub(super) fn need_tables(&self, key: &str) -> Vec<Table<'a>> {
        self.need_items(key);
        self.tables(key)
    }

    fn need_items(&self, key: &str) {
        let (kind, place) = match self.entries.get(key) {
            None => (fault::Contest::MissingKey { key: self.key(key) }, self.place()),
            Some(value) if value.get_ref().as_array().is_some_and(|items| items.is_empty()) => {
                (fault::Contest::EmptyList { key: self.key(key) }, self.source.place(value.span()))
            }
            Some(_) => return,
        };
        self.source.fault(kind, place);
    }

    /// The table's keys, for tables whose keys are names.
    pub(super) fn keys(&self) -> impl Iterator<Item = At<&'a str>> {
        self.entries
            .keys()
            .map(|key| At { value: key.get_ref().as_ref(), place: self.source.place(key.span()) })
    }

    /// The keys as they follow one another in the file.
    pub(super) fn in_order(&self) -> impl Iterator<Item = &'a str> {
        let mut keys: Vec<_> = self.entries.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        keys.into_iter().map(|key| key.get_ref().as_ref())
    }

    /// The table's own keys whose values are dates.
    pub(super) fn dates(&self) -> Vec<(&'a str, At<Date>)> {
        self.entries
            .iter()
            .filter_map(|(key, value)| {
                let date = Date::from_toml(value.get_ref())?;
                Some((
                    key.get_ref().as_ref(),
                    At { value: date, place: self.source.place(value.span()) },
                ))
            })
            .collect()
    }

    /// Every text, date and whole number in the table and those below it.
    pub(super) fn leaves(&self) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        for (key, value) in self.entries {
            self.add_leaves(self.key(key.get_ref()), 0, value, &mut leaves);
        }
        leaves
    }

    fn add_leaves(
        &self,
        key: String,
        item: usize,
        value: &Spanned<DeValue<'_>>,
        leaves: &mut Vec<Leaf>,
    ) {
        let leaf = match value.get_ref() {
            DeValue::Table(entries) => {
                for (name, value) in entries {
                    self.add_leaves(format!("{key}.{}", name.get_ref()), item, value, leaves);
                }
                return;
            }
            DeValue::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    let item = if key.contains('.') { item } else { index };
                    self.add_leaves(key.clone(), item, value, leaves);
                }
                return;
            }
            DeValue::String(text) => Value::Text(text.to_string()),
            other => match (Date::from_toml(other), json(other).as_i64()) {
                (Some(date), _) => Value::Date(date),
                (None, Some(whole)) => Value::Whole(whole),
                (None, None) => return,
            },
        };
        leaves.push(Leaf { key, item, value: leaf, place: self.source.place(value.span()) });
    }

    /// One scalar or a list of them, as text: `true` reads as `"true"`.
    pub(super) fn one_or_more(&self, key: &str) -> Vec<At<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let items = match value.get_ref() {
            DeValue::Array(items) => &items[..],
            _ => std::slice::from_ref(value),
        };
        items
            .iter()
            .filter_map(|item| self.read::<Scalar>(&self.key(key), item))
            .map(|item| At { value: item.value.0, place: item.place })
            .collect()
    }

    /// A list of texts and tables.
    pub(super) fn texts_or_tables(&self, key: &str) -> Vec<TextOrTable<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = self.array(key, value) else { return Vec::new() };
        let items = items.iter().filter_map(|item| match item.get_ref() {
            DeValue::Table(_) => self.as_table(&self.key(key), item).map(TextOrTable::Table),
            _ => self.read(&self.key(key), item).map(TextOrTable::Text),
        });
        items.collect()
    }

    /// Records every key that was never asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.keys().filter(|key| asked.iter().all(|asked| asked != key.value)) {
            let nearest = nearest(key.value, asked.iter().map(String::as_str)).map(str::to_owned);
            self.source
                .fault(fault::Contest::UnknownKey { key: self.key(key.value), nearest }, key.place);
        }
    }

    fn read<T: FromToml>(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<At<T>> {
        if self.source.is_undecided(key, value) {
            return None;
        }
        match T::from_toml(value.get_ref()) {
            Some(read) => Some(At { value: read, place: self.source.place(value.span()) }),
            None => {
                self.wrong_type(
                    key,
                    T::EXPECTED,
                    value.get_ref().type_str().to_owned(),
                    value.span(),
                );
                None
            }
        }
    }

    fn array(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Option<&'a [Spanned<DeValue<'a>>]> {
        let array = value.get_ref().as_array().map(|array| &array[..]);
        if array.is_none() {
            let found = value.get_ref().type_str().to_owned();
            self.wrong_type(&self.key(key), "list", found, value.span());
        }
        array
    }

    fn as_table(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Option<Table<'a>> {
        match value.get_ref() {
            DeValue::Table(entries) => {
                Some(Table::new(self.source, entries, value.span(), key.to_owned()))
            }
            other => {
                self.wrong_type(key, "table", other.type_str().to_owned(), value.span());
                None
            }
        }
    }

    fn wrong_type(&self, key: &str, expected: &'static str, found: String, span: Range<usize>) {
        let kind = fault::Contest::WrongType { key: key.to_owned(), expected, found };
        self.source.fault(kind, self.source.place(span));
    }
}

/// A type that a TOML value can be read as.
pub(super) trait FromToml: Sized {
    /// The type's name in a message.
    const EXPECTED: &'static str;

    fn from_toml(value: &DeValue<'_>) -> Option<Self>;
}

impl FromToml for String {
    const EXPECTED: &'static str = "string";

    fn from_toml(value: &DeValue<'_>) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

/// A text, a truth value or a number, as text.
struct Scalar(String);

impl FromToml for Scalar {
    const EXPECTED: &'static str = "string";

    fn from_toml(value: &DeValue<'_>) -> Option<Self> {
        match json(value) {
            Json::String(text) => Some(Self(text)),
            scalar @ (Json::Bool(_) | Json::Number(_)) => Some(Self(scalar.to_string())),
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        }
    }
}

impl FromToml for usize {
    const EXPECTED: &'static str = "whole number";

    fn from_toml(value: &DeValue<'_>) -> Option<Self> {
        let integer = value.as_integer()?;
        Self::from_str_radix(integer.as_str(), integer.radix()).ok()
    }
}

impl FromToml for bool {
    const EXPECTED: &'static str = "boolean";

    fn from_toml(value: &DeValue<'_>) -> Option<Self> {
        value.as_bool()
    }
}

/// Whole or not: nobody writes `3.0` for three millimetres.
impl FromToml for f64 {
    const EXPECTED: &'static str = "number";

    fn from_toml(value: &DeValue<'_>) -> Option<Self> {
        json(value).as_f64()
    }
}

impl FromToml for Date {
    const EXPECTED: &'static str = "date";

    fn from_toml(value: &DeValue<'_>) -> Option<Self> {
        match value.as_datetime()? {
            toml::value::Datetime { date: Some(date), time: None, offset: None } => Date::new(
                i16::try_from(date.year).ok()?,
                i8::try_from(date.month).ok()?,
                i8::try_from(date.day).ok()?,
            )
            .ok(),
            _ => None,
        }
    }
}

/// Anything as JSON; dates become ISO 8601 text.
pub(super) fn json(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(text) => Json::String(text.to_string()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or_else(|_| Json::String(integer.to_string()), Json::from),
        DeValue::Float(float) => float
            .as_str()
            .parse()
            .ok()
            .and_then(Number::from_f64)
            .map_or_else(|| Json::String(float.to_string()), Json::Number),
        DeValue::Boolean(truth) => Json::Bool(*truth),
        DeValue::Datetime(datetime) => Json::String(datetime.to_string()),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(entries) => entries
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref())))
            .collect(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    thread_local! {
        static ASKED: RefCell<BTreeSet<(String, String)>> = RefCell::default();
    }

    pub(super) fn asked(file: &str, key: String) {
        ASKED.with_borrow_mut(|asked| asked.insert((file.to_owned(), key)));
    }

    /// Every key of a file that this thread asked for, wherever it is read.
    pub(in super::super) fn asked_of(file: &str) -> BTreeSet<String> {
        let of_file = |(name, key): &(String, String)| (name == file).then(|| key.clone());
        ASKED.with_borrow(|asked| asked.iter().filter_map(of_file).collect())
    }
}
