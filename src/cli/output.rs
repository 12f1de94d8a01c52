//! Files that a command leaves: whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::fault::{Diagnostic, Diagnostics};
use crate::unfinished::Unfinished;

/// Writes a file, in folders that are made if need be, in place of one that
/// stood there.
///
/// Errors: it cannot be written; what stood there is untouched.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostics> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let written = fs::create_dir_all(folder).and_then(|()| {
        let mut file = Unfinished::create(folder)?;
        file.write_all(bytes)?;
        file.persist(path)
    });
    written.map_err(|error| Diagnostic::cannot_write(path, &error).into())
}
