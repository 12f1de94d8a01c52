//! What of a sheet is wanted.

use serde::{Deserialize, Serialize};

use crate::cell::CellRef;

/// What of a sheet is wanted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Selection {
    /// Only these kinds of documents and volumes; all if empty.
    pub only: Vec<String>,
    /// Withhold the faulty rows and make everything else.
    pub withhold: bool,
    /// Rows that are new winners, however much they resemble a known one.
    pub new: Vec<CellRef>,
}
