//! The way to a value of `contest.toml`: `["documents", 0, "facts", "design"]`.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Step {
    /// Into a list, counted from 0.
    Index(usize),
    /// Into a table.
    Key(String),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// The keys on the way, lists passed over: of `documents.0.facts` they are
/// `documents` and `facts`.
pub(crate) fn keys(path: &[Step]) -> Vec<&str> {
    let keys = path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    keys.collect()
}

/// The way as people write it: `documents[1].facts`, counted from 1.
pub(super) fn shown(path: &[Step]) -> String {
    let mut shown = String::new();
    for step in path {
        match step {
            Step::Index(index) => {
                let _ = write!(shown, "[{}]", index + 1);
            }
            Step::Key(key) if shown.is_empty() => shown.push_str(key),
            Step::Key(key) => {
                let _ = write!(shown, ".{key}");
            }
        }
    }
    shown
}

/// What stands at the end of the way.
pub(crate) fn at<'a>(file: &'a Json, path: &[Step]) -> Option<&'a Json> {
    path.iter().try_fold(file, |json, step| match step {
        Step::Index(index) => json.get(index),
        Step::Key(key) => json.get(key),
    })
}

/// Puts a value at the end of the way, tables and the next item of a list made
/// where they are not there; does nothing where there is no such way.
pub(super) fn put(file: &mut Json, path: &[Step], value: Json) {
    let Some((step, rest)) = path.split_first() else {
        *file = value;
        return;
    };
    let inner = match step {
        Step::Key(key) => {
            if file.is_null() {
                *file = Json::Object(serde_json::Map::new());
            }
            let Some(table) = file.as_object_mut() else { return };
            table.entry(key.clone()).or_insert(Json::Null)
        }
        Step::Index(index) => {
            if file.is_null() {
                *file = Json::Array(Vec::new());
            }
            let Some(list) = file.as_array_mut() else { return };
            if list.len() == *index {
                list.push(Json::Null);
            }
            let Some(inner) = list.get_mut(*index) else { return };
            inner
        }
    };
    put(inner, rest, value);
}
