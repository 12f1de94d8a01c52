//! What a reissue would change, and what it changed and made.

use std::borrow::Cow;
use std::path::Path;

use serde::Serialize;

use crate::fact::Difference;
use crate::folder::{Proposal, Reissued};
use crate::lang::Lang;
use crate::package::ManifestEntry;
use crate::plan::Change;

/// The changes, and the package they went into.
#[derive(Debug, Serialize)]
pub struct Done<'a> {
    /// Where the package is.
    pub package: &'a Path,
    /// What changed, by number.
    pub changes: &'a [Change],
    /// What was made anew.
    pub documents: &'a [ManifestEntry],
}

impl<'a> From<&'a Reissued> for Done<'a> {
    fn from(made: &'a Reissued) -> Self {
        Self { package: &made.package, changes: &made.changes, documents: &made.documents }
    }
}

/// One certificate that would change.
#[derive(Debug, Serialize)]
pub struct Proposed<'a> {
    /// Its number.
    pub number: &'a str,
    /// Whether it shows what changes: if not, only the register learns of it,
    /// and the copy that is out there still counts.
    pub printed: bool,
    /// Every fact in which it would change.
    pub changes: Vec<LabelledChange<'a>>,
}

/// A fact that changes, with its label.
#[derive(Debug, Serialize)]
pub struct LabelledChange<'a> {
    /// What the fact is called.
    pub label: Cow<'static, str>,
    /// The fact, what it said and what it says.
    #[serde(flatten)]
    pub difference: Cow<'a, Difference>,
}

impl<'a> LabelledChange<'a> {
    /// With its label in `lang`.
    pub(crate) fn new(difference: Cow<'a, Difference>, lang: Lang) -> Self {
        Self { label: lang.fact(difference.fact), difference }
    }
}

/// What a proposal would change, with labels in `lang`.
pub fn proposed(proposal: &Proposal, lang: Lang) -> Vec<Proposed<'_>> {
    let labelled = |it| LabelledChange::new(Cow::Borrowed(it), lang);
    let changes = proposal.changes.iter();
    changes
        .map(|change| Proposed {
            number: &change.number,
            printed: change.printed,
            changes: change.differences.iter().map(labelled).collect(),
        })
        .collect()
}
