//! Files that a command leaves: whole or not at all.

use std::path::Path;

use accolade::fault::{Diagnostic, Diagnostics};
use accolade::unfinished;

/// Writes a file, in folders that are made if need be, in place of one that
/// stood there.
///
/// # Errors
/// It cannot be written; what stood there is untouched.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostics> {
    unfinished::write(path, bytes).map_err(|error| Diagnostic::cannot_write(path, &error).into())
}
