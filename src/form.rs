//! What a fact that a template declares may be, and what it means to people:
//! for messages, and for a form that asks for it.

use std::ops::RangeInclusive;

use serde::Deserialize;

/// What something means, in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Meaning {
    /// What is the same in both languages.
    pub(crate) fn same(text: &str) -> Self {
        Self { zh: text.to_owned(), en: text.to_owned() }
    }
}

/// One of the values that a fact may have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice {
    /// As `contest.toml` has it.
    pub name: String,
    /// What it means.
    pub meaning: Meaning,
}

/// What a fact may be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Form {
    /// Any text.
    Text,
    /// Any number of texts.
    Texts,
    /// A day.
    Date,
    /// A number.
    Number,
    /// A number that counts, from 0.
    WholeNumber,
    /// `true` or `false`.
    YesNo,
    /// Text such as `30mm`.
    Length,
    /// Text such as `a4 landscape`, or `260x184` in millimetres.
    Paper,
    /// A picture of the contest's by its file's name.
    Picture,
    /// One of these.
    Choice(Vec<Choice>),
    /// Facts under their own names.
    Table,
    /// Any number of such tables.
    Tables,
}

/// How long the sides of a paper may be, in millimetres: what printers and
/// folders for certificates take, either way.
pub(crate) const PAPER: RangeInclusive<f64> = 140.0..=600.0;

/// The papers that have a name.
pub(crate) const PAPERS: [&str; 6] = ["a3", "a4", "b5", "jis-b5", "letter", "legal"];
/// How they lie.
pub(crate) const WAYS: [&str; 2] = ["landscape", "portrait"];
const UNITS: [&str; 3] = ["mm", "cm", "pt"];

impl Form {
    /// The names by which a declaration calls them.
    pub(crate) const NAMES: [&'static str; 12] = [
        "text",
        "texts",
        "date",
        "number",
        "whole-number",
        "yes-no",
        "length",
        "paper",
        "picture",
        "choice",
        "table",
        "tables",
    ];

    /// The form of a name; a choice has none of its values yet.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let forms = [
            Form::Text,
            Form::Texts,
            Form::Date,
            Form::Number,
            Form::WholeNumber,
            Form::YesNo,
            Form::Length,
            Form::Paper,
            Form::Picture,
            Form::Choice(Vec::new()),
            Form::Table,
            Form::Tables,
        ];
        forms.into_iter().find(|form| form.name() == name)
    }

    /// The name by which a declaration calls it.
    pub fn name(&self) -> &'static str {
        match self {
            Form::Text => "text",
            Form::Texts => "texts",
            Form::Date => "date",
            Form::Number => "number",
            Form::WholeNumber => "whole-number",
            Form::YesNo => "yes-no",
            Form::Length => "length",
            Form::Paper => "paper",
            Form::Picture => "picture",
            Form::Choice(_) => "choice",
            Form::Table => "table",
            Form::Tables => "tables",
        }
    }
}

/// Whether text is a paper that [`Form::Paper`] knows.
pub(crate) fn is_paper(text: &str) -> bool {
    let side = |text: &str| figure(text).is_some_and(|length| PAPER.contains(&length));
    let named = text
        .split_once(' ')
        .is_some_and(|(name, way)| PAPERS.contains(&name) && WAYS.contains(&way));
    named || text.split_once('x').is_some_and(|(width, height)| side(width) && side(height))
}

/// Whether text is a [`Form::Length`].
pub(crate) fn is_length(text: &str) -> bool {
    UNITS.iter().any(|unit| text.strip_suffix(unit).is_some_and(|text| figure(text).is_some()))
}

/// A number of digits, with or without a point between them.
fn figure(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(part)).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_form() {
        for name in Form::NAMES {
            assert_eq!(Form::parse(name).map(|form| form.name()), Some(name));
        }
    }

    #[test]
    fn papers_and_lengths_are_told_from_other_text() {
        for text in [
            "a4 landscape",
            "b5 portrait",
            "jis-b5 landscape",
            "letter portrait",
            "legal landscape",
        ] {
            assert!(is_paper(text), "{text}");
        }
        for text in ["260x184", "297.5x210", "140x600"] {
            assert!(is_paper(text), "{text}");
        }
        for text in [
            "a4",
            "a5 portrait",
            "a4  portrait",
            "jis b5 portrait",
            "26x18",
            "139.9x600",
            "260x",
            "260×184",
        ] {
            assert!(!is_paper(text), "{text}");
        }
        for text in ["30mm", "1.5cm", "0pt"] {
            assert!(is_length(text), "{text}");
        }
        for text in ["30", "mm", "-3mm", ".5cm", "3 mm", "1e3mm", "3in"] {
            assert!(!is_length(text), "{text}");
        }
    }
}
