//! JSON → TOML, as `contest.toml` wants it: a day is text in JSON and a date
//! here, because the key at which it stands takes one.

use jiff::civil::Date;
use serde_json::Value as Json;
use toml_edit::{Array, InlineTable, Value};

use super::super::facts::Declared;
use super::super::keys::Keys;
use super::super::path::Step;
use crate::form::Form;

/// What the value at a path is to be; tables stand inline, and what is `null`
/// in them is left out. `None` for `null` itself.
pub(super) fn value(
    keys: &Keys,
    file: &Json,
    path: &[Step],
    declared: Option<&Declared>,
    json: &Json,
) -> Option<Value> {
    let inner = |step: Step, declared: Option<&Declared>, json: &Json| {
        let path = [path, &[step]].concat();
        value(keys, file, &path, declared, json)
    };
    Some(match json {
        Json::Null => return None,
        Json::Bool(truth) => (*truth).into(),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => whole.into(),
            None => number.as_f64()?.into(),
        },
        Json::String(text) => match declared.map(|it| &it.form) {
            Some(Form::Date) => date(text).unwrap_or_else(|| self::text(text)),
            _ => self::text(text),
        },
        Json::Array(items) => {
            let items = items.iter().enumerate();
            items
                .filter_map(|(index, it)| inner(index.into(), declared, it))
                .collect::<Array>()
                .into()
        }
        Json::Object(entries) => {
            let fields = keys.within(file, path, declared);
            let entries = entries.iter().filter_map(|(key, json)| {
                let declared = fields.iter().find(|field| field.name == *key);
                Some((key, inner(key.as_str().into(), declared, json)?))
            });
            entries.collect::<InlineTable>().into()
        }
    })
}

/// A day as a date; `None` for any other text.
pub(super) fn date(text: &str) -> Option<Value> {
    text.parse::<Date>().ok()?;
    Some(Value::Datetime(toml_edit::Formatted::new(text.parse().ok()?)))
}

/// Text in double quotes, in one line. What JSON escapes is escaped so in TOML.
pub(super) fn text(text: &str) -> Value {
    let quoted = Json::from(text).to_string().replace('\u{7f}', "\\u007f");
    quoted.parse().unwrap_or_else(|_| text.into())
}

/// Text of several lines as it stands between three double quotes.
pub(super) fn lines(text: &str) -> String {
    let quoted = Json::from(text).to_string().replace('\u{7f}', "\\u007f");
    let inner = quoted.strip_prefix('"').unwrap_or(&quoted);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    // A backslash of the text itself is doubled, so `\n` may be part of `\\n`.
    let mut lines = String::from("\"\"\"\n");
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match (character, characters.clone().next()) {
            ('\\', Some('n')) => lines.push('\n'),
            ('\\', Some(escaped)) => lines.extend(['\\', escaped]),
            _ => {
                lines.push(character);
                continue;
            }
        }
        characters.next();
    }
    lines + "\"\"\""
}

/// What a value says, however it is written.
pub(super) fn meaning(value: &Value) -> Json {
    match value {
        Value::String(text) => text.value().as_str().into(),
        Value::Integer(whole) => (*whole.value()).into(),
        Value::Float(number) => (*number.value()).into(),
        Value::Boolean(truth) => (*truth.value()).into(),
        // No text is taken for a date.
        Value::Datetime(date) => serde_json::json!({ "date": date.value().to_string() }),
        Value::Array(items) => items.iter().map(meaning).collect(),
        Value::InlineTable(table) => {
            table.iter().map(|(key, value)| (key.to_owned(), meaning(value))).collect()
        }
    }
}
