//! Files that a command leaves: whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics};

/// Writes a file, in folders that are made if need be, in place of one that
/// stood there.
///
/// Errors: it cannot be written; what stood there is untouched.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostics> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".accolade-");
    // As readable as any other new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let written = fs::create_dir_all(folder).and_then(|()| {
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path).map(drop)?;
        Ok(())
    });
    written.map_err(|error| Diagnostic::cannot_write(path, &error).into())
}
