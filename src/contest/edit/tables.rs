//! Keys and tables that are new in the file, gone from it or in another order:
//! line by line, so that all other lines stay as they are.

use std::ops::Range;

use toml_edit::{ArrayOfTables, InlineTable, Key, Table, Value};

use super::super::path::{Step, keys};
use super::lines::{self, blank, is_bare};
use super::walk::{Standing, walk};

/// A value that is new in a table.
pub(super) struct New<'a> {
    /// The whole file.
    pub text: &'a str,
    pub root: &'a Table,
    /// The way to the table, and the table.
    pub way: &'a [Step],
    pub table: &'a Table,
    pub key: &'a str,
    pub value: &'a Value,
}

/// Tables of an entry of a list that have headers of their own.
const SECTIONS: [&str; 2] = ["facts", "words"];

/// A table in braces may be as long as a line of text.
const LONGEST: usize = 80;

impl New<'_> {
    /// The text with the value in it: in a line of its own behind the table's
    /// others, or under a header behind all that belongs to the table.
    pub(super) fn inserted(&self) -> String {
        let Self { text, table, key, value, .. } = self;
        if self.has_header() {
            let at = if self.way.is_empty() { text.len() } else { self.end() };
            let names = [&keys(self.way)[..], &[key]].concat();
            return with_block(text, at, &block(&names, value), "\n");
        }
        let own = lines::own(text, table);
        let dotted = self.dotted();
        let names: Vec<&str> = keys(dotted).into_iter().chain([*key]).collect();
        let Some(at) = own.iter().map(|range| range.end).max() else {
            return self.first();
        };
        let wide = equals_at(text, table).filter(|_| dotted.is_empty()).unwrap_or_default();
        let line = line(&names, wide, value);
        let gap = if text[..at].ends_with('\n') { "" } else { "\n" };
        format!("{}{gap}{line}{}", &text[..at], &text[at..])
    }

    /// Whether it stands under a header.
    fn has_header(&self) -> bool {
        let is_list = is_list_of_tables(self.value);
        match self.way.last() {
            None => self.value.is_inline_table() || is_list,
            Some(_) if self.table.is_dotted() => false,
            Some(Step::Index(_)) => self.value.is_inline_table() && SECTIONS.contains(&self.key),
            Some(Step::Key(_)) => {
                is_list && self.way.iter().all(|step| matches!(step, Step::Key(_)))
            }
        }
    }

    /// Where all that belongs to the table ends.
    fn end(&self) -> usize {
        let lines = lines::of_table(self.text, self.table);
        lines.iter().map(|range| range.end).max().unwrap_or(self.text.len())
    }

    /// The last steps of the way that the table's lines themselves write out:
    /// `number` in `number.code = "…"`.
    fn dotted(&self) -> &[Step] {
        let is_dotted = |way: &[Step]| matches!(walk(self.root, way), (Standing::Table(table), _) if table.is_dotted());
        let mut written = self.way.len();
        while written > 0 && is_dotted(&self.way[..written]) {
            written -= 1;
        }
        &self.way[written..]
    }

    /// The value as the first line of a table that has none yet.
    fn first(&self) -> String {
        let line = line(&[self.key], 0, self.value);
        let stretches = lines::of_table(self.text, self.table);
        let start = stretches.first().map_or(self.text.len(), |range| range.start);
        if self.way.is_empty() {
            // What the file begins with tells of the whole of it.
            let lead = &self.text[..start];
            let paragraph = lead.split_inclusive('\n');
            let paragraph: usize =
                paragraph.take_while(|line| !line.trim().is_empty()).map(str::len).sum();
            let gap = blank(&lead[paragraph..]);
            let at = if gap > 0 { paragraph + gap } else { 0 };
            let after = if self.text[at..].is_empty() { "" } else { "\n" };
            return format!("{}{line}{after}{}", &self.text[..at], &self.text[at..]);
        }
        let header = header(&keys(self.way), false);
        format!("{}{header}{line}\n{}", &self.text[..start], &self.text[start..])
    }
}

/// The text with another entry behind those of a list.
pub(super) fn appended(text: &str, way: &[Step], tables: &ArrayOfTables, entry: &Value) -> String {
    let lines: Vec<_> = tables.iter().map(|table| lines::of_table(text, table)).collect();
    let at = lines.iter().flatten().map(|range| range.end).max().unwrap_or(text.len());
    // As far from the last as that is from the one before.
    let close = match &lines[..] {
        [.., before, last] => before.last().zip(last.first()).is_some_and(|(before, last)| {
            blank(text.get(before.end..last.start).unwrap_or_default()) == 0
        }),
        _ => false,
    };
    let list = super::inline::listed(entry.clone());
    with_block(text, at, &block(&keys(way), &list), if close { "" } else { "\n" })
}

/// The text without some of its lines, and without the blank ones that would
/// follow blank ones then.
pub(super) fn without(text: &str, stretches: &[Range<usize>]) -> String {
    let mut left = text.to_owned();
    for range in stretches.iter().rev() {
        left.replace_range(range.clone(), "");
        let before = &left[..range.start];
        let after_blank = before.lines().next_back().is_none_or(|line| line.trim().is_empty());
        if after_blank {
            let gap = blank(&left[range.start..]);
            left.replace_range(range.start..range.start + gap, "");
        }
        if left.len() == range.start {
            let kept = left.trim_end().len();
            let end = left[kept..].find('\n').map_or(left.len(), |at| kept + at + 1);
            left.truncate(if kept == 0 { 0 } else { end });
        }
    }
    left
}

/// The text with an entry of a list at another place among the others. The
/// comments over an entry go with it, but for those over the first, which tell of
/// the list.
pub(super) fn moved(text: &str, tables: &ArrayOfTables, from: usize, to: usize) -> Option<String> {
    let entries: Vec<_> = tables.iter().map(|table| lines::of_table(text, table)).collect();
    if from >= entries.len() || to >= entries.len() || entries.iter().any(Vec::is_empty) {
        return None;
    }
    let over = |index: usize| {
        let start = entries[index][0].start;
        let before = index.checked_sub(1).and_then(|before| entries[before].last());
        let between = before.and_then(|range| text.get(range.end..start)).unwrap_or_default();
        let comments = if is_bare(between) { between.len() - blank(between) } else { 0 };
        start - comments..start
    };
    let written = |index: usize| {
        let ranges = [over(index)].into_iter().chain(entries[index].iter().cloned());
        let mut written: String = ranges.map(|range| &text[range]).collect();
        if !written.ends_with('\n') {
            written.push('\n');
        }
        written
    };
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let entry = order.remove(from);
    order.insert(to, entry);
    let mut moved = text.to_owned();
    for (index, entry) in order.iter().enumerate().rev() {
        for range in entries[index][1..].iter().rev() {
            moved.replace_range(range.clone(), "");
        }
        moved.replace_range(over(index).start..entries[index][0].end, &written(*entry));
    }
    Some(moved)
}

fn with_block(text: &str, at: usize, block: &str, gap: &str) -> String {
    // Comments right below a table are its own, unless they stand over the next.
    let comments = text[at..].split_inclusive('\n').take_while(|it| it.trim().starts_with('#'));
    let below = at + comments.map(str::len).sum::<usize>();
    let is_over = text[below..].lines().next().is_some_and(|line| !line.trim().is_empty());
    let (before, after) = text.split_at(if is_over { at } else { below });
    let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let is_blank = |line: Option<&str>| line.is_none_or(|line| line.trim().is_empty());
    let gap_before = if is_blank(before.lines().next_back()) { "" } else { gap };
    let gap_after = if is_blank(after.lines().next()) { "" } else { gap };
    format!("{before}{end}{gap_before}{block}{gap_after}{after}")
}

/// A table, or each of a list of tables, under its header.
fn block(names: &[&str], value: &Value) -> String {
    let tables: Vec<&InlineTable> = match value {
        Value::InlineTable(table) => vec![table],
        Value::Array(items) => items.iter().filter_map(Value::as_inline_table).collect(),
        _ => Vec::new(),
    };
    let is_list = value.is_array();
    let blocks: Vec<String> =
        tables.into_iter().map(|table| header(names, is_list) + &body(names, table)).collect();
    blocks.join("\n")
}

fn body(names: &[&str], table: &InlineTable) -> String {
    let is_below = |key: &str, value: &Value| {
        value.is_inline_table()
            && (SECTIONS.contains(&key) || value.to_string().chars().count() > LONGEST)
    };
    let (below, lines): (Vec<_>, Vec<_>) =
        table.iter().partition(|(key, value)| is_below(key, value));
    let wide = lines.iter().map(|(key, _)| Key::new(*key).to_string().chars().count());
    let wide = wide.max().map_or(0, |longest| longest + 1);
    let mut body: String =
        lines.into_iter().map(|(key, value)| line(&[key], wide, value)).collect();
    for (key, value) in below {
        body += "\n";
        body += &block(&[names, &[key]].concat(), value);
    }
    body
}

fn header(names: &[&str], of_list: bool) -> String {
    let name = dotted(names);
    if of_list { format!("[[{name}]]\n") } else { format!("[{name}]\n") }
}

/// A line of a key and its value, with the sign between them at a column at
/// least.
fn line(names: &[&str], wide: usize, value: &Value) -> String {
    let mut key = dotted(names);
    let length = key.chars().count();
    key.extend(std::iter::repeat_n(' ', wide.saturating_sub(length).max(1)));
    let mut value = value.clone();
    value.decor_mut().clear();
    format!("{key}= {value}\n")
}

fn dotted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|&name| Key::new(name).to_string()).collect();
    names.join(".")
}

/// The column at which every line of a table has its `=`, if it is one.
fn equals_at(text: &str, table: &Table) -> Option<usize> {
    let values = table.get_values();
    let mut columns = values.iter().filter_map(|(keys, value)| {
        let (start, key_end) = (keys.first()?.span()?.start, keys.last()?.span()?.end);
        let between = text.get(key_end..value.span()?.start)?;
        let equals = key_end + between.find('=')?;
        Some(text[start..equals].chars().count())
    });
    let first = columns.next()?;
    columns.all(|column| column == first).then_some(first)
}

fn is_list_of_tables(value: &Value) -> bool {
    let items = value.as_array();
    items.is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_inline_table))
}
