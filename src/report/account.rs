//! What a package or a part of one came to.

use std::num::NonZeroUsize;
use std::path::Path;

use serde::Serialize;

use crate::folder::{Account, FrozenPlan, MadePart};
use crate::package::OfKind;
use crate::roster::Balance;

/// A whole package.
#[derive(Debug, Serialize)]
pub struct PackageReport<'a> {
    /// The sheet's name.
    pub sheet: &'a str,
    /// Where the package is.
    pub package: &'a Path,
    /// Where the sheet's rows went.
    pub rows: Balance,
    /// Its documents, in the package's order.
    pub documents: &'a [OfKind],
    /// How many pages they have together.
    pub pages: usize,
    /// How long it took.
    pub seconds: f64,
}

/// A part of a frozen plan, made.
#[derive(Debug, Serialize)]
pub struct PartReport<'a> {
    /// Which part, from 1.
    pub part: NonZeroUsize,
    /// How many there are.
    pub parts: NonZeroUsize,
    /// Where it is.
    pub file: &'a Path,
    /// Its documents, in the package's order.
    pub documents: &'a [OfKind],
    /// How many pages they have together.
    pub pages: usize,
    /// How long it took.
    pub seconds: f64,
}

/// A frozen plan.
#[derive(Debug, Serialize)]
pub struct FrozenReport<'a> {
    /// The sheet's name.
    pub sheet: &'a str,
    /// Where the plan is to be.
    pub plan: &'a Path,
    /// Where the sheet's rows went.
    pub rows: Balance,
    /// How many documents there are to be.
    pub documents: usize,
    /// In how many parts.
    pub parts: NonZeroUsize,
}

impl<'a> PackageReport<'a> {
    /// What was made in so many seconds.
    pub fn new(account: &'a Account, seconds: f64) -> Self {
        Self {
            sheet: &account.roster.file,
            package: &account.package,
            rows: account.roster.balance(),
            documents: account.documents.kinds(),
            pages: account.documents.pages(),
            seconds,
        }
    }
}

impl<'a> PartReport<'a> {
    /// What was made in so many seconds.
    pub fn new(made: &'a MadePart, seconds: f64) -> Self {
        Self {
            part: made.part,
            parts: made.parts,
            file: &made.place,
            documents: made.documents.kinds(),
            pages: made.documents.pages(),
            seconds,
        }
    }
}

impl<'a> FrozenReport<'a> {
    /// A plan for so many parts.
    pub fn new(plan: &'a FrozenPlan, parts: NonZeroUsize) -> Self {
        Self {
            sheet: &plan.sheet,
            plan: &plan.place,
            rows: plan.rows,
            documents: plan.documents,
            parts,
        }
    }
}
