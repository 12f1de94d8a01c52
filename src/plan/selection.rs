//! What of a sheet is wanted.

use serde::{Deserialize, Serialize};

use crate::cell::CellRef;

/// What of a sheet is wanted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Selection {
    /// The names of the kinds of documents and volumes that are made; all if
    /// empty.
    pub only: Vec<String>,
    /// Whether faulty rows are withheld and everything else is made; else one
    /// stops the run.
    pub withhold: bool,
    /// Rows that are new winners, however much they resemble a known one; any cell
    /// of each.
    pub new: Vec<CellRef>,
}
