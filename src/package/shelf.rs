//! The packages that lie in a folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::list::MANIFEST;
use super::read::{Opened, content};
use crate::fault::{Diagnostic, Diagnostics};

/// A package in a folder.
#[derive(Debug, Clone, Serialize)]
pub struct Packed {
    /// The file's name.
    pub file: String,
    /// The name of its contest.
    pub contest: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// When the file was written.
    pub time: Timestamp,
    /// Whether its certificates are specimens.
    pub draft: bool,
    /// Whether it holds only what was corrected.
    pub corrected: bool,
    /// How many PDFs it holds.
    pub documents: usize,
    /// How many of these have a number.
    pub certificates: usize,
    /// How many pages they have together.
    pub pages: usize,
}

/// Every package in a folder, the newest first; what else lies there is passed
/// over, and a folder that is not there holds none.
///
/// # Errors
/// The folder cannot be read.
pub fn packages(folder: &Path) -> Result<Vec<Packed>, Diagnostics> {
    let mut found: Vec<Packed> = zips(folder)?.iter().filter_map(|it| packed(it)).collect();
    found.sort_by(|a, b| b.time.cmp(&a.time).then_with(|| a.file.cmp(&b.file)));
    Ok(found)
}

/// The file with this SHA-256, in whichever package of a folder it is sound.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn find_pdf(folder: &Path, sha256: &str) -> Result<Option<Vec<u8>>, Diagnostics> {
    let packages = zips(folder)?;
    // Whatever else lies there is no package.
    let mut opened = packages.iter().filter_map(|path| Opened::open(path).ok());
    Ok(opened.find_map(|mut package| package.file_of(sha256)))
}

fn zips(folder: &Path) -> Result<Vec<PathBuf>, Diagnostics> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let cannot_read = |error| Diagnostic::cannot_read(folder, &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot_read)? {
        let path = entry.map_err(cannot_read)?.path();
        if path.extension().is_some_and(|it| it.eq_ignore_ascii_case("zip")) && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn packed(path: &Path) -> Option<Packed> {
    #[derive(Deserialize)]
    struct Held {
        contest: String,
        /// A draft has none.
        key: Option<String>,
        changes: Vec<serde_json::Value>,
        documents: Vec<Counted>,
    }
    #[derive(Deserialize)]
    struct Counted {
        number: Option<String>,
        pages: usize,
    }
    let mut file = File::open(path).ok()?;
    let about = file.metadata().ok()?;
    let manifest = content(&mut ZipArchive::new(&mut file).ok()?, MANIFEST)?;
    let held: Held = serde_json::from_slice(&manifest).ok()?;
    Some(Packed {
        file: path.file_name()?.to_string_lossy().into_owned(),
        contest: held.contest,
        bytes: about.len(),
        time: about.modified().ok().and_then(|it| Timestamp::try_from(it).ok())?,
        draft: held.key.is_none(),
        corrected: !held.changes.is_empty(),
        documents: held.documents.len(),
        certificates: held.documents.iter().filter(|it| it.number.is_some()).count(),
        pages: held.documents.iter().map(|it| it.pages).sum(),
    })
}
