//! `contest.toml` as it is written, sound or not: its values, and which of them
//! stands where.

use std::ops::Range;

use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::FILE;
use super::path::Step;
use super::table::{Source, json};
use crate::fault::Diagnostics;

/// A file that is TOML.
pub(crate) struct Written {
    text: String,
    json: Json,
    /// Every value with the text of its key, or its header alone.
    spans: Vec<(Range<usize>, Vec<Step>)>,
}

impl Written {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// It is no TOML.
    pub(crate) fn read(text: &str) -> Result<Self, Diagnostics> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let source = Source::new(FILE, text);
        let Some(parsed) = source.parse() else { return Err(source.into_faults()) };
        let mut spans = Vec::new();
        add_table(parsed.get_ref(), &[], &mut spans);
        let entries = parsed.get_ref().iter();
        let json = entries.map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref())));
        Ok(Self { text: text.to_owned(), json: json.collect(), spans })
    }

    /// All values; dates are ISO 8601 text.
    pub(crate) fn json(&self) -> &Json {
        &self.json
    }

    /// The way to the innermost value that stands at a line and column, both from
    /// 1, or to the table whose header does.
    pub(crate) fn at(&self, line: usize, column: usize) -> Option<&[Step]> {
        let before = self.text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
        let in_line = self.text[before..].char_indices().nth(column - 1);
        let at = before + in_line.map_or(0, |(at, _)| at);
        let there = self.spans.iter().filter(|(span, _)| span.contains(&at));
        there.min_by_key(|(span, _)| span.len()).map(|(_, way)| way.as_slice())
    }
}

fn add_table(table: &DeTable<'_>, way: &[Step], spans: &mut Vec<(Range<usize>, Vec<Step>)>) {
    for (key, value) in table {
        let inner = [way, &[key.get_ref().as_ref().into()]].concat();
        let (key, span) = (key.span(), value.span());
        // The key of a table with a header stands in that.
        let whole = if key.end <= span.start { key.start..span.end } else { span };
        add(value, whole, inner, spans);
    }
}

fn add(
    value: &Spanned<DeValue<'_>>,
    span: Range<usize>,
    way: Vec<Step>,
    spans: &mut Vec<(Range<usize>, Vec<Step>)>,
) {
    match value.get_ref() {
        DeValue::Table(table) => add_table(table, &way, spans),
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let inner = [&way[..], &[index.into()]].concat();
                add(item, item.span(), inner, spans);
            }
        }
        _ => {}
    }
    spans.push((span, way));
}
