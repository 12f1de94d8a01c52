//! Documents drawn before anything is made.

use std::path::PathBuf;

use serde::Serialize;

/// Where the pictures went: all files, which of them have faults marked on
/// them, and the documents that could not be laid out.
#[derive(Debug, Default, Serialize)]
pub struct Pictures {
    /// Every file.
    pub files: Vec<PathBuf>,
    /// Those with faults marked on them.
    pub marked: Vec<PathBuf>,
    /// The titles of documents without a picture.
    pub undrawn: Vec<String>,
}
