//! The lines of a file that something stands in.

use std::ops::Range;

use toml_edit::{Item, Key, Table};

/// The whole lines of a range, with the end of the last.
pub(super) fn whole(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1);
    start..end
}

/// The lines of an item, each stretch of them that nothing else stands in:
/// comments and blank lines between belong to it.
pub(super) fn of_item(text: &str, key: &Key, item: &Item) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    add_item(text, key, item, &mut lines);
    stretches(text, lines)
}

/// The same of a table, its header included.
pub(super) fn of_table(text: &str, table: &Table) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    add_table(text, table, &mut lines);
    stretches(text, lines)
}

/// The lines of a table's header and of what stands below it, without the tables
/// that have headers of their own; empty where it has no header itself.
pub(super) fn own(text: &str, table: &Table) -> Vec<Range<usize>> {
    let values = table.get_values().into_iter().filter_map(|(keys, value)| {
        let start = keys.first()?.span()?.start;
        Some(whole(text, &(start..value.span()?.end)))
    });
    header(text, table).into_iter().chain(values).collect()
}

/// The line of a table's header, if it has one.
pub(super) fn header(text: &str, table: &Table) -> Option<Range<usize>> {
    let written = !table.is_implicit() && !table.is_dotted();
    let span = table.span().filter(|span| written && !span.is_empty())?;
    Some(whole(text, &span))
}

fn add_item(text: &str, key: &Key, item: &Item, lines: &mut Vec<Range<usize>>) {
    match item {
        Item::None => {}
        Item::Value(value) => {
            let span = key.span().zip(value.span()).map(|(key, value)| key.start..value.end);
            lines.extend(span.map(|span| whole(text, &span)));
        }
        Item::Table(table) => add_table(text, table, lines),
        Item::ArrayOfTables(tables) => {
            tables.iter().for_each(|table| add_table(text, table, lines));
        }
    }
}

fn add_table(text: &str, table: &Table, lines: &mut Vec<Range<usize>>) {
    lines.extend(header(text, table));
    for (name, _) in table.iter() {
        if let Some((key, item)) = table.get_key_value(name) {
            add_item(text, key, item, lines);
        }
    }
}

fn stretches(text: &str, mut lines: Vec<Range<usize>>) -> Vec<Range<usize>> {
    lines.sort_by_key(|range| range.start);
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for range in lines {
        match stretches.last_mut() {
            Some(last) if is_bare(text.get(last.end..range.start).unwrap_or_default()) => {
                last.end = last.end.max(range.end);
            }
            _ => stretches.push(range),
        }
    }
    stretches
}

/// Whether nothing but comments and blank lines stand in a text.
pub(super) fn is_bare(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// How many bytes of blank lines a text begins with.
pub(super) fn blank(text: &str) -> usize {
    let blank = text.split_inclusive('\n').take_while(|line| line.trim().is_empty());
    blank.map(str::len).sum()
}
