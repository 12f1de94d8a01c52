//! Two award sheets held against each other, row by row, for a page that shows in
//! colour what a colleague has changed.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::intake::{self, Inputs, Shown};

/// How many rows that are the same stand around those that are not.
const AROUND: usize = 2;

/// How many rows further on a row that was changed is looked for.
const AHEAD: usize = 200;

/// What differs in the sheets of one name.
#[derive(Debug, Serialize)]
pub struct SheetDifference {
    /// The sheet's name.
    pub name: String,
    /// How many columns it takes to show it.
    pub columns: usize,
    /// Rows that differ and a few around them, from the top.
    pub rows: Vec<RowDifference>,
    /// How many rows only the new sheet has.
    pub added: usize,
    /// How many only the old one has.
    pub removed: usize,
    /// How many say something else.
    pub changed: usize,
}

/// A row of the old sheet, of the new one, or of both.
#[derive(Debug, Serialize)]
pub struct RowDifference {
    /// What became of it.
    pub kind: RowKind,
    /// Its row in the old sheet, from 1.
    pub was: Option<usize>,
    /// Its row in the new sheet, from 1.
    pub now: Option<usize>,
    /// What its cells said and say, from the left.
    pub cells: Vec<CellDifference>,
    /// The columns that differ, from 0.
    pub changed: Vec<usize>,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// Nothing.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Some of its cells say something else.
    Changed,
}

/// What a cell said, and what it says.
#[derive(Debug, Serialize)]
pub struct CellDifference {
    was: String,
    now: String,
}

/// A sheet's rows that are not blank, each with its place, from 1.
type Rows = Vec<(usize, Vec<String>)>;

/// What differs between an old file and a new one, both with their corrections;
/// sheets in which nothing does are left out.
pub fn differences(old: &Inputs, new: &Inputs) -> Vec<SheetDifference> {
    let (old, new) = (intake::shown(old), intake::shown(new));
    let named = |sheets: &[Shown], name: &str| {
        let found = sheets.iter().find(|sheet| *sheet.sheet == *name);
        found.map(rows).unwrap_or_default()
    };
    let gone = old.iter().filter(|sheet| new.iter().all(|other| other.sheet != sheet.sheet));
    let names = new.iter().chain(gone).map(|sheet| sheet.sheet.to_string());
    let differences = names.map(|name| difference(&name, &named(&old, &name), &named(&new, &name)));
    differences.filter(|it| it.added + it.removed + it.changed > 0).collect()
}

fn rows(sheet: &Shown) -> Rows {
    let mut rows: Rows = Vec::new();
    for ((row, column), text) in &sheet.texts {
        let place = *row as usize + 1;
        if rows.last().is_none_or(|(last, _)| *last != place) {
            rows.push((place, Vec::new()));
        }
        let (_, cells) = rows.last_mut().expect("one was just pushed");
        cells.resize(*column as usize, String::new());
        cells.push(text.clone());
    }
    rows
}

fn difference(name: &str, old: &Rows, new: &Rows) -> SheetDifference {
    let texts = |rows: &Rows| rows.iter().map(|(_, cells)| cells.clone()).collect::<Vec<_>>();
    let operations = capture_diff_slices(Algorithm::Patience, &texts(old), &texts(new));
    let mut rows = Vec::new();
    for operation in operations {
        let (was, now) = (&old[operation.old_range()], &new[operation.new_range()]);
        match operation {
            DiffOp::Equal { .. } => {
                rows.extend(was.iter().zip(now).map(|(was, now)| row(Some(was), Some(now))));
            }
            _ => rows.extend(paired(was, now).into_iter().map(|(was, now)| row(was, now))),
        }
    }
    let count = |kind| rows.iter().filter(|row| row.kind == kind).count();
    let (added, removed) = (count(RowKind::Added), count(RowKind::Removed));
    let changed = count(RowKind::Changed);
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    SheetDifference { name: name.to_owned(), columns, rows: near(rows), added, removed, changed }
}

type Row = (usize, Vec<String>);

/// Rows that were replaced by others: those that still say half of what they said
/// are the same row, in their order.
fn paired<'a>(was: &'a [Row], now: &'a [Row]) -> Vec<(Option<&'a Row>, Option<&'a Row>)> {
    let mut pairs = Vec::new();
    let mut rest = now;
    for old in was {
        match rest.iter().take(AHEAD).position(|new| alike(&old.1, &new.1)) {
            Some(at) => {
                pairs.extend(rest[..at].iter().map(|new| (None, Some(new))));
                pairs.push((Some(old), Some(&rest[at])));
                rest = &rest[at + 1..];
            }
            None => pairs.push((Some(old), None)),
        }
    }
    pairs.extend(rest.iter().map(|new| (None, Some(new))));
    pairs
}

fn alike(was: &[String], now: &[String]) -> bool {
    let filled = was.iter().filter(|text| !text.is_empty()).count();
    let same = was.iter().zip(now).filter(|(was, now)| was == now && !was.is_empty()).count();
    same * 2 >= filled && same > 0
}

fn row(was: Option<&Row>, now: Option<&Row>) -> RowDifference {
    let none = Vec::new();
    let (old, new) = (was.map_or(&none, |(_, it)| it), now.map_or(&none, |(_, it)| it));
    let text = |cells: &[String], column: usize| cells.get(column).cloned().unwrap_or_default();
    let cells: Vec<CellDifference> = (0..old.len().max(new.len()))
        .map(|column| CellDifference { was: text(old, column), now: text(new, column) })
        .collect();
    let differs = |cell: &CellDifference| cell.was != cell.now;
    let changed = (0..).zip(&cells).filter(|(_, cell)| differs(cell)).map(|(column, _)| column);
    let changed: Vec<usize> = changed.collect();
    let kind = match (was, now) {
        (None, _) => RowKind::Added,
        (_, None) => RowKind::Removed,
        _ if changed.is_empty() => RowKind::Same,
        _ => RowKind::Changed,
    };
    let place = |row: Option<&Row>| row.map(|(place, _)| *place);
    RowDifference { kind, was: place(was), now: place(now), cells, changed }
}

/// Without the rows that are the same and stand beside none that is not.
fn near(rows: Vec<RowDifference>) -> Vec<RowDifference> {
    let differs: Vec<usize> =
        (0..rows.len()).filter(|&index| rows[index].kind != RowKind::Same).collect();
    let is_near = |index: usize| {
        let next = differs.partition_point(|&it| it < index.saturating_sub(AROUND));
        differs.get(next).is_some_and(|&it| it <= index + AROUND)
    };
    rows.into_iter().enumerate().filter(|(index, _)| is_near(*index)).map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[&str]) -> Rows {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        (1..).zip(text).map(|(place, line)| (place, cells(line))).collect()
    }

    #[test]
    fn a_row_that_was_put_in_moves_no_other() {
        let old =
            rows(&["组别,奖项,项目", "企业组,一等奖,甲", "企业组,二等奖,乙", "企业组,三等奖,丙"]);
        let new = rows(&[
            "组别,奖项,项目",
            "企业组,一等奖,新来的",
            "企业组,一等奖,甲",
            "企业组,二等奖,乙改",
            "企业组,三等奖,丙",
        ]);
        let found = difference("奖", &old, &new);
        assert_eq!((found.added, found.removed, found.changed), (1, 0, 1));
        let changed = found.rows.iter().find(|row| row.kind == RowKind::Changed).unwrap();
        assert_eq!(
            (changed.was, changed.now, changed.changed.as_slice()),
            (Some(3), Some(4), &[2][..])
        );
        let added = found.rows.iter().find(|row| row.kind == RowKind::Added).unwrap();
        assert_eq!((added.was, added.now), (None, Some(2)));
    }

    #[test]
    fn only_what_stands_near_a_difference_is_told() {
        let many: Vec<String> = (0..100).map(|it| format!("企业组,项目{it}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let fewer: Vec<&str> = many.iter().copied().filter(|it| !it.ends_with("目50")).collect();
        let found = difference("奖", &rows(&many), &rows(&fewer));
        assert_eq!((found.added, found.removed, found.changed), (0, 1, 0));
        let places: Vec<_> = found.rows.iter().map(|row| row.was.unwrap()).collect();
        assert_eq!(places, [49, 50, 51, 52, 53]);
    }
}
