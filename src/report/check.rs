//! What a check found.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::fault::{self, Diagnostics, Kind, Place};
use crate::field::Field;
use crate::folder::Checked;
use crate::intake::{CellBalance, TableMapping};
use crate::press::Tried;
use crate::roster::{Balance, Entrant, Skipped};

/// A sheet, proved.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    /// Its name.
    pub sheet: &'a str,
    /// What each column was taken for.
    pub mapping: &'a [TableMapping],
    /// Where the rows went.
    pub balance: Balance,
    /// What the cells are.
    pub cells: &'a CellBalance,
    /// Who is sound.
    pub entrants: &'a [Entrant],
    /// The rows that are nobody's.
    pub skipped: &'a [Skipped],
    /// What was tried of each kind of document.
    pub tried: &'a [Tried],
    /// The header words that were added to `contest.toml`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub assumed: BTreeMap<Field, Vec<String>>,
    /// Where the faults are marked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotated: Option<&'a Path>,
}

impl<'a> Report<'a> {
    /// What was found, and what was done about it.
    pub fn new(
        found: &'a Checked,
        assumed: BTreeMap<Field, Vec<String>>,
        annotated: Option<&'a Path>,
    ) -> Self {
        let roster = &found.roster;
        Self {
            sheet: &roster.file,
            mapping: &found.understood.tables,
            balance: roster.balance(),
            cells: &found.understood.cells,
            entrants: &roster.entrants,
            skipped: &roster.skipped,
            tried: &found.tried,
            assumed,
            annotated,
        }
    }
}

/// The headers that alone are near a missing column's words, and near no other
/// missing column's.
pub fn near_columns(noticed: &Diagnostics) -> BTreeMap<Field, Vec<String>> {
    let missing: Vec<_> = noticed
        .iter()
        .filter_map(|diagnostic| match (&diagnostic.kind, &diagnostic.place) {
            (
                Kind::Layout(fault::Layout::MissingColumn { field, near, .. }),
                Some(Place::Cell(cell)),
            ) => Some((&cell.sheet, *field, near)),
            _ => None,
        })
        .collect();
    let mut assumed: BTreeMap<Field, Vec<String>> = BTreeMap::new();
    for (sheet, field, near) in &missing {
        let [header] = near.as_slice() else { continue };
        let claimed = missing
            .iter()
            .any(|(other, rival, near)| other == sheet && rival != field && near.contains(header));
        let words = assumed.entry(*field).or_default();
        if !claimed && !words.contains(header) {
            words.push(header.clone());
        }
    }
    assumed.retain(|_, words| !words.is_empty());
    assumed
}
