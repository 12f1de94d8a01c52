//! One cell: what it holds and what is seen of it.

use std::borrow::Cow;

use jiff::civil::Date;

/// A cell: what it holds and what is seen of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Cell {
    /// What is stored.
    pub value: Value,
    /// What a person sees where a number format makes that something else than
    /// [`Value::text`]; empty where the format shows nothing (`;;;`).
    pub shown: Option<Box<str>>,
    /// Whether all of it is struck out.
    pub struck: bool,
    /// Whether a part of it is, and another is not.
    pub partly_struck: bool,
}

impl Cell {
    /// What a person sees in it.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match (&self.shown, &self.value) {
            (Some(shown), _) => Cow::Borrowed(shown),
            (None, Value::Text(text) | Value::Error(text)) => Cow::Borrowed(text),
            (None, value) => Cow::Owned(value.text()),
        }
    }

    /// Whether nothing is stored in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.value.is_blank()
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self { value, ..Self::default() }
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text as typed.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Truth(bool),
    /// A date; its time of day is dropped.
    Date(Date),
    /// A formula's error, such as `#REF!`.
    Error(String),
    /// A formula whose result the file does not hold: no program that computes
    /// has saved it.
    Formula,
}

impl Value {
    /// Whether a person sees nothing in the cell.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The value as a person would type it where no format says otherwise: 126
    /// for 126.0, ISO 8601 for dates.
    pub(crate) fn text(&self) -> String {
        match self {
            Value::Empty | Value::Formula => String::new(),
            Value::Text(text) | Value::Error(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
            Value::Date(date) => date.to_string(),
        }
    }
}
