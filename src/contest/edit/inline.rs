//! What stands within one value: the items of a list, the entries of a table in
//! braces. Blanks, line breaks and comments stay where they are.

use toml_edit::{Array, Decor, InlineTable, RawString, Value};

use super::super::path::Step;
use super::given::{lines, meaning, text};

/// The way leads nowhere.
#[derive(Debug)]
pub(super) struct Nowhere;

/// What is done at the end of the way.
pub(super) enum Deed<'a> {
    Set(&'a Value),
    Remove,
    Add(&'a Value),
    Move { from: usize, to: usize },
}

/// Does it at the end of the way from a value.
pub(super) fn change(value: &mut Value, way: &[Step], deed: &Deed<'_>) -> Result<(), Nowhere> {
    let Some((step, rest)) = way.split_first() else { return here(value, deed) };
    if let (Deed::Remove, []) = (deed, rest) {
        return remove(value, step);
    }
    match step {
        Step::Key(key) => {
            let table = value.as_inline_table_mut().ok_or(Nowhere)?;
            if let Some(inner) = table.get_mut(key) {
                return change(inner, rest, deed);
            }
            match deed {
                Deed::Set(new) => insert(table, key, nested(rest, (*new).clone())?),
                Deed::Add(item) => insert(table, key, nested(rest, listed((*item).clone()))?),
                Deed::Remove => {}
                Deed::Move { .. } => return Err(Nowhere),
            }
            Ok(())
        }
        Step::Index(index) => {
            let list = value.as_array_mut().ok_or(Nowhere)?;
            change(list.get_mut(*index).ok_or(Nowhere)?, rest, deed)
        }
    }
}

fn here(value: &mut Value, deed: &Deed<'_>) -> Result<(), Nowhere> {
    match deed {
        Deed::Set(new) => set(value, new),
        // Removed where it stands.
        Deed::Remove => return Err(Nowhere),
        Deed::Add(item) => {
            // One text may stand for a list of one.
            if !value.is_array() {
                let decor = value.decor().clone();
                value.decor_mut().clear();
                let mut list = Array::new();
                list.push_formatted(value.clone());
                *value = list.into();
                *value.decor_mut() = decor;
            }
            let list = value.as_array_mut().ok_or(Nowhere)?;
            let items: Vec<Value> = list.iter().cloned().chain([(*item).clone()]).collect();
            fill(list, &items);
        }
        Deed::Move { from, to } => {
            let list = value.as_array_mut().ok_or(Nowhere)?;
            let mut items: Vec<Value> = list.iter().cloned().collect();
            if *from >= items.len() || *to >= items.len() {
                return Err(Nowhere);
            }
            let item = items.remove(*from);
            items.insert(*to, item);
            let decors: Vec<Decor> = list.iter().map(|item| item.decor().clone()).collect();
            for ((slot, mut item), decor) in list.iter_mut().zip(items).zip(decors) {
                *item.decor_mut() = decor;
                *slot = item;
            }
        }
    }
    Ok(())
}

/// Sets a value as it is written there: lists keep their lines, texts of several
/// lines theirs.
fn set(value: &mut Value, new: &Value) {
    if meaning(value) == meaning(new) {
        return;
    }
    let decor = value.decor().clone();
    match (&mut *value, new) {
        (Value::Array(list), Value::Array(items)) => {
            fill(list, &items.iter().cloned().collect::<Vec<_>>());
        }
        (Value::InlineTable(table), Value::InlineTable(entries)) => {
            let gone: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
            for key in gone.iter().filter(|key| !entries.contains_key(key)) {
                remove_entry(table, key);
            }
            for (key, new) in entries {
                match table.get_mut(key) {
                    Some(value) => set(value, new),
                    None => insert(table, key, new.clone()),
                }
            }
        }
        (Value::String(was), Value::String(now)) => {
            let raw = was.display_repr();
            let in_lines = raw.starts_with("\"\"\"") && now.value().contains('\n');
            let now = now.value();
            *value =
                in_lines.then(|| lines(now).parse().ok()).flatten().unwrap_or_else(|| text(now));
        }
        _ => *value = new.clone(),
    }
    *value.decor_mut() = decor;
}

/// Fills a list: what is the same at its beginning and its end stays, and the
/// rest is written as its neighbours are.
fn fill(list: &mut Array, items: &[Value]) {
    let before: Vec<Value> = list.iter().cloned().collect();
    let same = |(a, b): &(&Value, &Value)| meaning(a) == meaning(b);
    let first = before.iter().zip(items).take_while(same).count();
    let most = before.len().min(items.len()) - first;
    let last = before.iter().rev().zip(items.iter().rev()).take_while(same).take(most).count();

    let beginning = before.first().map(prefix).unwrap_or_default();
    let between = before.get(1).or(before.first()).map(prefix).unwrap_or_default();
    let between = between.rfind('\n').map_or(" ", |line| &between[line..]);
    let mut end = before.last().map(suffix).unwrap_or_default();
    let mut trailing = list.trailing().as_str().unwrap_or_default().to_owned();
    // The comment in the line of an item stands before the next.
    let mut after_same = before.get(first).map(prefix);
    if first == before.len() && first < items.len() {
        let tail = if trailing.contains('#') { &mut trailing } else { &mut end };
        if let Some(line) = tail.rfind('\n').filter(|_| tail.contains('#')) {
            after_same = Some(format!("{}{between}", &tail[..line]));
            tail.replace_range(..line, "");
        }
    }
    let comma = list.trailing_comma();
    list.clear();
    for (index, new) in items.iter().enumerate() {
        let was = if index < first {
            Some(index)
        } else {
            (index + last >= items.len()).then(|| index + before.len() - items.len())
        };
        let mut item = was.map_or(new, |was| &before[was]).clone();
        let decor = item.decor_mut();
        match &after_same {
            _ if index == 0 && was != Some(0) => decor.set_prefix(&beginning),
            Some(comment) if index == first && index > 0 => decor.set_prefix(comment),
            _ if was.is_none() || (index > 0 && was == Some(0)) => decor.set_prefix(between),
            _ => {}
        }
        if index + 1 == items.len() {
            decor.set_suffix(&end);
        } else if was.is_none_or(|was| was + 1 == before.len()) {
            decor.set_suffix("");
        }
        list.push_formatted(item);
    }
    list.set_trailing_comma(comma);
    list.set_trailing(trailing);
}

fn remove(value: &mut Value, step: &Step) -> Result<(), Nowhere> {
    match (step, value) {
        (Step::Key(key), Value::InlineTable(table)) => remove_entry(table, key),
        (Step::Index(index), Value::Array(list)) => {
            let removed = list.get(*index).ok_or(Nowhere)?.clone();
            list.remove(*index);
            match list.get_mut(*index) {
                // What stood before it, such as a comment on the item before
                // that, stands before the next.
                Some(next) => next.decor_mut().set_prefix(prefix(&removed)),
                None => {
                    let trailing = list.trailing().as_str().unwrap_or_default().to_owned();
                    let (before, end) = (prefix(&removed), trailing.rfind('\n'));
                    if let (Some(line), Some(end)) = (before.rfind('\n'), end) {
                        list.set_trailing(format!("{}{}", &before[..line], &trailing[end..]));
                    }
                    let suffix = suffix(&removed);
                    if let Some(last) = index.checked_sub(1).and_then(|last| list.get_mut(last)) {
                        last.decor_mut().set_suffix(suffix);
                    }
                }
            }
        }
        _ => return Err(Nowhere),
    }
    Ok(())
}

fn remove_entry(table: &mut InlineTable, key: &str) {
    let last = table.iter().last().map(|(last, value)| (last == key, suffix(value)));
    table.remove(key);
    if let (Some((true, suffix)), Some((_, value))) = (last, table.iter_mut().last()) {
        value.decor_mut().set_suffix(suffix);
    }
}

/// Adds an entry behind the others.
fn insert(table: &mut InlineTable, key: &str, mut value: Value) {
    let sibling = table.iter().last().map(|(key, _)| key.to_owned());
    let key_decor = sibling.and_then(|last| table.key(&last).map(|key| key.leaf_decor().clone()));
    let end = match table.iter_mut().last() {
        Some((_, last)) => {
            let end = suffix(last);
            last.decor_mut().set_suffix("");
            end
        }
        None => " ".to_owned(),
    };
    value.decor_mut().set_prefix(" ");
    value.decor_mut().set_suffix(end);
    table.insert(key, value);
    let in_lines = |decor: &Decor| raw(decor.prefix()).contains('\n');
    if let (Some(decor), Some(mut key)) = (key_decor.filter(in_lines), table.key_mut(key)) {
        *key.leaf_decor_mut() = decor;
    }
}

/// A value in the tables that lead to it.
pub(super) fn nested(way: &[Step], value: Value) -> Result<Value, Nowhere> {
    way.iter().rev().try_fold(value, |value, step| match step {
        Step::Key(key) => Ok([(key.as_str(), value)].into_iter().collect::<InlineTable>().into()),
        Step::Index(_) => Err(Nowhere),
    })
}

/// A list of one.
pub(super) fn listed(item: Value) -> Value {
    [item].into_iter().collect::<Array>().into()
}

fn prefix(value: &Value) -> String {
    raw(value.decor().prefix()).to_owned()
}

fn suffix(value: &Value) -> String {
    raw(value.decor().suffix()).to_owned()
}

fn raw(text: Option<&RawString>) -> &str {
    text.and_then(RawString::as_str).unwrap_or_default()
}
