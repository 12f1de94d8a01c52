//! What is done to a file, or to the JSON in it.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value as Json;

/// What is done to a file: bytes changed, cut off, or a piece put in again
/// elsewhere.
#[derive(Debug, Clone)]
pub(super) struct Damage {
    changes: Vec<(Index, u8)>,
    how: usize,
    places: [Index; 2],
    length: usize,
}

pub(super) fn damage() -> impl Strategy<Value = Damage> {
    let changes = prop::collection::vec((any::<Index>(), any::<u8>()), 0..8);
    (changes, 0..4usize, any::<[Index; 2]>(), 1..600usize)
        .prop_map(|(changes, how, places, length)| Damage { changes, how, places, length })
}

impl Damage {
    pub(super) fn done_to(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for (at, byte) in &self.changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        let [at, from] = self.places.map(|place| place.index(bytes.len()));
        let piece = bytes[from..(from + self.length).min(bytes.len())].to_vec();
        match self.how {
            0 => bytes.truncate(at),
            1 => drop(bytes.splice(at..at, piece)),
            2 => drop(bytes.splice(at..(at + self.length).min(bytes.len()), piece)),
            _ => {}
        }
        bytes
    }
}

/// Values of a JSON document replaced by others.
#[derive(Debug, Clone)]
pub(super) struct Twist(Vec<(Index, usize, Index)>);

pub(super) fn twist() -> impl Strategy<Value = Twist> {
    prop::collection::vec((any::<Index>(), 0..9usize, any::<Index>()), 1..4).prop_map(Twist)
}

impl Twist {
    pub(super) fn done_to(&self, json: &Json) -> Json {
        let mut json = json.clone();
        for (at, how, other) in &self.0 {
            let at = at.index(count(&json));
            let other = nth(&json, other.index(count(&json))).clone();
            let value = nth_mut(&mut json, &mut { at }).expect("it is one of them");
            *value = match (how, value.clone()) {
                (0, _) => Json::Null,
                (1, _) => "../../etc/passwd\n\u{0}CON".into(),
                (2, _) => "".into(),
                (3, _) => u64::MAX.into(),
                (4, _) => 0.into(),
                (5, Json::Array(mut items)) => {
                    items.pop();
                    items.into()
                }
                (6, Json::Array(items)) => [&items[..], &items[..]].concat().into(),
                (7, Json::Object(mut keys)) => {
                    let key = keys.keys().next().cloned();
                    key.map(|key| keys.remove(&key));
                    keys.into()
                }
                _ => other,
            };
        }
        json
    }
}

fn children(json: &Json) -> Vec<&Json> {
    match json {
        Json::Array(items) => items.iter().collect(),
        Json::Object(keys) => keys.values().collect(),
        _ => Vec::new(),
    }
}

fn count(json: &Json) -> usize {
    1 + children(json).into_iter().map(count).sum::<usize>()
}

fn nth(json: &Json, mut at: usize) -> &Json {
    if at == 0 {
        return json;
    }
    at -= 1;
    for child in children(json) {
        let size = count(child);
        if at < size {
            return nth(child, at);
        }
        at -= size;
    }
    json
}

fn nth_mut<'a>(json: &'a mut Json, at: &mut usize) -> Option<&'a mut Json> {
    if *at == 0 {
        return Some(json);
    }
    *at -= 1;
    let children: Vec<&mut Json> = match json {
        Json::Array(items) => items.iter_mut().collect(),
        Json::Object(keys) => keys.iter_mut().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    };
    for child in children {
        let size = count(child);
        if *at < size {
            return nth_mut(child, at);
        }
        *at -= size;
    }
    None
}
