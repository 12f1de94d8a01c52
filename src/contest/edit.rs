//! `contest.toml` changed key by key, its text otherwise left as it is: comments,
//! order, quotation marks and line ends, to the byte.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;
use toml_edit::{Document, Value};

use super::file::FILE;
use super::keys::Keys;
use super::path::{self, Step};
use super::written::Written;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::template::Templates;
use crate::unfinished;

mod given;
mod inline;
mod lines;
mod tables;
mod walk;

use inline::{Deed, Nowhere};
use walk::{Standing, walk};

/// One change of `contest.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The way to what changes.
    pub path: Vec<Step>,
    /// What becomes of it.
    pub act: Act,
}

/// What becomes of what stands at a path.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// It becomes this; tables on the way to it are made. A day is text in JSON
    /// and a date in the file. `null` removes it.
    Set(Json),
    /// It goes with its line, and the comment in that. Nothing happens where
    /// there is no such key.
    Remove,
    /// A list gets another item or `[[…]]` at its end; one that is not there is
    /// begun.
    Add(Json),
    /// An item of a list gets another place.
    Move {
        /// Where it is, from 0.
        from: usize,
        /// Where it will be.
        to: usize,
    },
}

/// Makes changes in the folder's `contest.toml`, all of them or none. The contest
/// need not be sound, before or after.
///
/// # Errors
/// The file cannot be read or written or is no TOML, or a path leads nowhere;
/// nothing was written then.
pub fn change(folder: &Path, changes: &[Change]) -> Result<(), Diagnostics> {
    let path = folder.join(FILE);
    let text = fs::read_to_string(&path).map_err(|error| Diagnostic::cannot_read(&path, &error))?;
    let changed = changed(&Templates::load(folder)?, &text, changes)?;
    replace(&path, &text, &changed)
}

/// Names the award sheet in the folder's `contest.toml`.
///
/// # Errors
/// As those of [`change`].
pub fn use_sheet(folder: &Path, file_name: &str) -> Result<(), Diagnostics> {
    change(folder, &[Change { path: vec!["sheet".into()], act: Act::Set(file_name.into()) }])
}

/// Writes the file unless nothing has changed.
pub(super) fn replace(path: &Path, was: &str, now: &str) -> Result<(), Diagnostics> {
    if was == now {
        return Ok(());
    }
    unfinished::replace(path, now.as_bytes())
        .map_err(|error| Diagnostic::cannot_write(path, &error).into())
}

/// The text of `contest.toml` with changes made in it, one after the other.
pub(super) fn changed(
    templates: &Templates,
    text: &str,
    changes: &[Change],
) -> Result<String, Diagnostics> {
    let (keys, _) = Keys::of(templates);
    let (mark, text) = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => ("\u{FEFF}", rest),
        None => ("", text),
    };
    // Where every line ends as Windows has it, new ones do, too.
    let windows = text.contains('\n') && text.matches("\r\n").count() == text.matches('\n').count();
    let mut text = if windows { text.replace("\r\n", "\n") } else { text.to_owned() };
    for change in changes {
        let file = Written::read(&text)?;
        text = made(&keys, file.json(), &text, change).map_err(|Nowhere| {
            let kind = fault::Contest::NoSuchEntry { key: path::shown(&change.path) };
            let place = Place::Source { file: FILE.to_owned(), line: 1, column: 1 };
            Diagnostic::new(kind).at(place)
        })?;
    }
    if windows {
        text = text.replace('\n', "\r\n");
    }
    Ok(format!("{mark}{text}"))
}

fn made(keys: &Keys, file: &Json, text: &str, change: &Change) -> Result<String, Nowhere> {
    let Change { path: way, act } = change;
    // As the key at which it will stand takes it.
    let given = |way: &[Step], json: &Json| {
        let mut then = file.clone();
        path::put(&mut then, way, json.clone());
        let declared = keys.declared(&then, way);
        given::value(keys, &then, way, declared.as_ref(), json)
    };
    match act {
        Act::Remove | Act::Set(Json::Null) => done(text, way, &Deed::Remove),
        Act::Set(json) => {
            let value = given(way, json).ok_or(Nowhere)?;
            done(text, way, &Deed::Set(&as_it_stands(text, way, value)))
        }
        Act::Add(json) => {
            let length = path::at(file, way).and_then(Json::as_array).map_or(0, Vec::len);
            let item = given(&[way.as_slice(), &[length.into()]].concat(), json).ok_or(Nowhere)?;
            done(text, way, &Deed::Add(&item))
        }
        Act::Move { from, to } => done(text, way, &Deed::Move { from: *from, to: *to }),
    }
}

/// A day where a date stands that nothing declares is a date, too.
fn as_it_stands(text: &str, way: &[Step], value: Value) -> Value {
    let Ok(document) = Document::parse(text) else { return value };
    let was_date = matches!(walk(document.as_table(), way),
        (Standing::Value(Value::Datetime(_)), taken) if taken == way.len());
    let date = value.as_str().filter(|_| was_date).and_then(given::date);
    date.unwrap_or(value)
}

/// The text with something done at the end of a way.
fn done(text: &str, way: &[Step], deed: &Deed<'_>) -> Result<String, Nowhere> {
    let document = Document::parse(text).map_err(|_| Nowhere)?;
    let root = document.as_table();
    let (standing, taken) = walk(root, way);
    let (before, rest) = way.split_at(taken);
    match (standing, rest) {
        (Standing::Value(_), []) if matches!(deed, Deed::Remove) => {
            let Some((Step::Key(key), parent)) = way.split_last() else { return Err(Nowhere) };
            let (Standing::Table(table), _) = walk(root, parent) else { return Err(Nowhere) };
            let (key, item) = table.get_key_value(key).ok_or(Nowhere)?;
            Ok(tables::without(text, &lines::of_item(text, key, item)))
        }
        (Standing::Value(value), rest) => {
            let span = value.span().ok_or(Nowhere)?;
            // This one has its text with it.
            let owned = Document::parse(text).map_err(|_| Nowhere)?.into_mut();
            let (Standing::Value(value), _) = walk(owned.as_table(), before) else {
                return Err(Nowhere);
            };
            let mut value = value.clone();
            let was = value.to_string();
            inline::change(&mut value, rest, deed)?;
            if value.to_string() == was {
                return Ok(text.to_owned());
            }
            value.decor_mut().clear();
            Ok(format!("{}{value}{}", &text[..span.start], &text[span.end..]))
        }
        (Standing::Table(table), []) => match deed {
            Deed::Remove => Ok(tables::without(text, &lines::of_table(text, table))),
            Deed::Set(Value::InlineTable(entries)) => {
                let mut gone = table.iter().filter(|(key, _)| !entries.contains_key(key));
                let mut text = gone.try_fold(text.to_owned(), |text, (key, _)| {
                    done(&text, &[way, &[key.into()]].concat(), &Deed::Remove)
                })?;
                for (key, value) in entries {
                    text = done(&text, &[way, &[key.into()]].concat(), &Deed::Set(value))?;
                }
                Ok(text)
            }
            Deed::Set(_) => done(&done(text, way, &Deed::Remove)?, way, deed),
            Deed::Add(_) | Deed::Move { .. } => Err(Nowhere),
        },
        (Standing::Tables(list), []) => match deed {
            Deed::Remove => {
                let mut lines: Vec<_> =
                    list.iter().flat_map(|table| lines::of_table(text, table)).collect();
                lines.sort_by_key(|range| range.start);
                Ok(tables::without(text, &lines))
            }
            Deed::Set(Value::Array(items)) if items.iter().all(Value::is_inline_table) => {
                let mut text = text.to_owned();
                for index in (items.len()..list.len()).rev() {
                    text = done(&text, &[way, &[index.into()]].concat(), &Deed::Remove)?;
                }
                for (index, item) in items.iter().enumerate() {
                    text = if index < list.len() {
                        done(&text, &[way, &[index.into()]].concat(), &Deed::Set(item))?
                    } else {
                        done(&text, way, &Deed::Add(item))?
                    };
                }
                Ok(text)
            }
            Deed::Set(_) => done(&done(text, way, &Deed::Remove)?, way, deed),
            Deed::Add(item) if item.is_inline_table() => {
                Ok(tables::appended(text, way, list, item))
            }
            Deed::Add(_) => Err(Nowhere),
            Deed::Move { from, to } => tables::moved(text, list, *from, *to).ok_or(Nowhere),
        },
        (Standing::Table(table), [Step::Key(key), inner @ ..]) => {
            let value = match deed {
                Deed::Set(value) => inline::nested(inner, (*value).clone())?,
                Deed::Add(item) => inline::nested(inner, inline::listed((*item).clone()))?,
                Deed::Remove => return Ok(text.to_owned()),
                Deed::Move { .. } => return Err(Nowhere),
            };
            let new = tables::New { text, root, way: before, table, key, value: &value };
            Ok(new.inserted())
        }
        (Standing::Table(_) | Standing::Tables(_), _) => Err(Nowhere),
    }
}

#[cfg(test)]
mod tests;
