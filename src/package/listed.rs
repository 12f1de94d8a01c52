//! What a package holds, kept on the disk while it is written: of a hundred
//! thousand documents it would take more memory than anything else.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::list::ManifestEntry;
use crate::fault::{Diagnostic, Diagnostics};

/// Documents of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct OfKind {
    /// The kind's name.
    pub kind: String,
    /// How many documents.
    pub documents: usize,
    /// How many pages they have together.
    pub pages: usize,
}

/// What a package holds, in its order: counted at hand, and each entry of its
/// manifest in a file without a name, which goes with this value.
#[derive(Debug)]
pub struct Listed {
    /// The package that is told of where the file fails.
    place: PathBuf,
    file: BufWriter<File>,
    kinds: Vec<OfKind>,
}

impl Listed {
    /// Begins the list of the package at `place`, in `folder`.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub(super) fn create(folder: &Path, place: &Path) -> io::Result<Self> {
        let file = BufWriter::new(tempfile::tempfile_in(folder)?);
        Ok(Self { place: place.to_owned(), file, kinds: Vec::new() })
    }

    /// Adds what comes next.
    ///
    /// # Errors
    /// The disk is full or gone.
    pub(super) fn push(&mut self, entry: &ManifestEntry) -> Result<(), Diagnostics> {
        match self.kinds.last_mut().filter(|last| last.kind == entry.kind) {
            Some(last) => {
                last.documents += 1;
                last.pages += entry.pages;
            }
            None => {
                self.kinds.push(OfKind {
                    kind: entry.kind.clone(),
                    documents: 1,
                    pages: entry.pages,
                });
            }
        }
        serde_json::to_writer(&mut self.file, entry)
            .map_err(io::Error::from)
            .and_then(|()| self.file.write_all(b"\n"))
            .map_err(|error| Diagnostic::cannot_write(&self.place, &error).into())
    }

    /// How many documents and pages of each kind, in the package's order.
    pub fn kinds(&self) -> &[OfKind] {
        &self.kinds
    }

    /// How many documents.
    pub fn len(&self) -> usize {
        self.kinds.iter().map(|it| it.documents).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// How many pages they have together.
    pub fn pages(&self) -> usize {
        self.kinds.iter().map(|it| it.pages).sum()
    }

    /// Every entry from the first, each read as it is asked for.
    ///
    /// # Errors
    /// The disk is full or gone, now or at any entry.
    pub(super) fn read(
        &mut self,
    ) -> io::Result<impl Iterator<Item = io::Result<ManifestEntry>> + '_> {
        self.file.flush()?;
        let mut file = self.file.get_ref();
        file.rewind()?;
        let lines = BufReader::new(file).lines();
        Ok(lines.map(|line| Ok(serde_json::from_str(&line?)?)))
    }

    /// The same, with faults that say which package it is.
    ///
    /// # Errors
    /// The disk is full or gone, now or at any entry.
    pub fn entries(
        &mut self,
    ) -> Result<impl Iterator<Item = Result<ManifestEntry, Diagnostics>> + '_, Diagnostics> {
        let place = self.place.clone();
        let failed = move |error| Diagnostics::from(Diagnostic::cannot_write(&place, &error));
        let entries = self.read().map_err(&failed)?;
        Ok(entries.map(move |entry| entry.map_err(&failed)))
    }
}
