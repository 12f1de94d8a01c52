//! What was issued before, and how far a plan goes on from it.

use serde::Serialize;

use crate::cell::CellRef;
use crate::fact::Difference;
use crate::register::Ledger;

/// What the plan goes on from.
#[derive(Debug, Clone, Copy)]
pub struct Continuation<'a> {
    /// What was issued before.
    pub ledger: &'a Ledger,
    /// What may differ from it now.
    pub mode: Mode<'a>,
}

/// What may differ from what was issued.
#[derive(Debug, Clone, Copy)]
pub enum Mode<'a> {
    /// Nothing: what was issued stays as it is, and who is new gets a number.
    Issue {
        /// The rows that the clerk has declared to be new winners.
        new: &'a [CellRef],
    },
    /// Nothing, as in an issue; what has changed is told of each, for it is to
    /// be corrected.
    Compare,
    /// Any fact: what has changed gets the next revision of its number, and
    /// who is new gets none.
    Correct {
        /// The certificate that was typed anew, if one was.
        typed: Option<&'a Typed>,
    },
}

/// A certificate whose facts were typed anew, and whom it is about since.
#[derive(Debug, Clone)]
pub struct Typed {
    /// Its number.
    pub(crate) number: String,
    /// Its kind.
    pub(crate) kind: String,
    /// The identity that its entrant had.
    pub(crate) before: String,
    /// The identity that its entrant has.
    pub(crate) identity: String,
    /// The member it is for, by the name that is right.
    pub(crate) member: Option<String>,
}

/// What has become of a certificate that is to be corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its number.
    pub number: String,
    /// Every fact in which it differs from what was issued.
    pub differences: Vec<Difference>,
    /// Whether these are printed on it. If not, its revision stays and the copy
    /// that is out there still counts: only the register learns of them.
    pub printed: bool,
}
