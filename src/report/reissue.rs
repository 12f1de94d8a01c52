//! What a reissue changed and made.

use std::path::Path;

use serde::Serialize;

use crate::folder::Reissued;
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
