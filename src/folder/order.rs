//! A package to be made, and the account of one that was.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::fault::Diagnostics;
use crate::package::Listed;
use crate::plan::Selection;
use crate::roster::Roster;

/// What documents are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be handed out: each certificate has its number and is signed.
    Issue,
    /// To be looked at: specimens prove nothing and spend no number.
    Draft,
}

/// Where a package goes.
#[derive(Debug, Clone)]
pub struct Target {
    /// The folder, which is made if need be.
    pub folder: PathBuf,
    /// Whether it may take the place of a package that holds more, which is else
    /// an error.
    pub replace: bool,
}

/// A package to be made.
#[derive(Debug, Clone)]
pub struct Order {
    /// What of the sheet.
    pub selection: Selection,
    /// What for.
    pub purpose: Purpose,
    /// Where it goes.
    pub target: Target,
    /// How many documents are typeset at once.
    pub threads: NonZeroUsize,
    /// The time, which only the register sees.
    pub now: Timestamp,
}

/// A package that was made.
#[derive(Debug)]
pub struct Account {
    /// Who was in it, who was withheld, what was skipped.
    pub roster: Roster,
    /// What the package holds, in order.
    pub documents: Listed,
    /// Where the package is.
    pub package: PathBuf,
    /// Everything that was noticed, the withheld rows' errors among it.
    pub diagnostics: Diagnostics,
}
