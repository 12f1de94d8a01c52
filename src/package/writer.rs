//! A package as it is written, and once it is whole.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use zip::System;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::list::{self, MANIFEST, ManifestEntry, SIGNATURE};
use crate::attest::SigningDomain;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::plan::Plan;
use crate::press::Pressed;
use crate::unfinished::Unfinished;

/// A package being written.
pub struct Package {
    place: PathBuf,
    zip: ZipWriter<BufWriter<Unfinished>>,
    date: DateTime,
    pub(super) entries: Vec<ManifestEntry>,
}

/// A whole package that has no name yet.
pub struct Finished {
    place: PathBuf,
    file: Unfinished,
    entries: Vec<ManifestEntry>,
}

impl Package {
    /// Begins a package called `name` in `folder`, which is made if need be.
    ///
    /// # Errors
    /// `folder` is a file or cannot be written to.
    pub fn create(folder: &Path, name: &str, plan: &Plan<'_>) -> Result<Self, Diagnostics> {
        if folder.is_file() {
            return Err(Diagnostic::new(fault::Environment::NotAFolder)
                .at(Place::File(folder.to_owned()))
                .into());
        }
        let file = fs::create_dir_all(folder)
            .and_then(|()| Unfinished::create(folder))
            .map_err(|error| Diagnostic::cannot_write(folder, &error))?;
        let date = plan.contest.date;
        let date = DateTime::from_date_and_time(
            date.year().unsigned_abs(),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
            0,
            0,
            0,
        );
        Ok(Self {
            place: folder.join(name),
            zip: ZipWriter::new(BufWriter::new(file)),
            // A zip's calendar begins in 1980.
            date: date.unwrap_or_default(),
            entries: Vec::new(),
        })
    }

    /// Adds what has left the press. A PDF is compressed already, so it is
    /// stored as it is.
    ///
    /// # Errors
    /// The disk is full or gone.
    pub fn add(&mut self, plan: &Plan<'_>, finished: &Pressed<'_>) -> Result<(), Diagnostics> {
        let (entry, rendered) = match finished {
            Pressed::Document(index, rendered) => {
                (ManifestEntry::of_document(plan, &plan.documents[*index], rendered), rendered)
            }
            Pressed::Volume(volume, rendered) => {
                (ManifestEntry::of_volume(plan, volume, rendered), rendered)
            }
        };
        self.add_file(entry, &rendered.pdf)
    }

    /// Adds a finished PDF with what is to be said of it.
    ///
    /// # Errors
    /// The disk is full or gone.
    pub(crate) fn add_file(&mut self, entry: ManifestEntry, pdf: &[u8]) -> Result<(), Diagnostics> {
        self.write(&entry.path, CompressionMethod::Stored, pdf)?;
        self.entries.push(entry);
        Ok(())
    }

    /// Adds the lists, signs the manifest, and flushes everything to disk.
    ///
    /// # Errors
    /// The disk is full or gone.
    pub fn finish(
        mut self,
        plan: &Plan<'_>,
        diagnostics: &Diagnostics,
    ) -> Result<Finished, Diagnostics> {
        let deflated = CompressionMethod::Deflated;
        let lang = plan.contest.language.lang;
        let mut lists = vec![(list::documents_file(lang), list::documents(&self.entries, lang))];
        if !plan.roster.held.is_empty() {
            lists.push((list::held_file(lang), list::held(plan, diagnostics)));
        }
        for (path, bytes) in &lists {
            self.write(path, deflated, bytes)?;
        }
        let manifest = list::manifest(plan, &self.entries, &lists, diagnostics);
        self.write(MANIFEST, deflated, &manifest)?;
        if let Some(key) = plan.key {
            let signature = key.sign(SigningDomain::Manifest, &manifest).to_string();
            self.write(SIGNATURE, deflated, signature.as_bytes())?;
        }
        self.close()
    }

    pub(super) fn close(self) -> Result<Finished, Diagnostics> {
        let Self { place, zip, entries, .. } = self;
        match flush(zip) {
            Ok(file) => Ok(Finished { place, file, entries }),
            Err(error) => Err(Diagnostic::cannot_write(&place, &error).into()),
        }
    }

    pub(super) fn write(
        &mut self,
        path: &str,
        method: CompressionMethod,
        bytes: &[u8],
    ) -> Result<(), Diagnostics> {
        // The same to the byte, whichever system it is made on.
        let options = SimpleFileOptions::default()
            .system(System::Unix)
            .compression_method(method)
            .last_modified_time(self.date)
            .unix_permissions(0o644);
        self.zip
            .start_file(path, options)
            .map_err(io::Error::from)
            .and_then(|()| self.zip.write_all(bytes))
            .map_err(|error| Diagnostic::cannot_write(&self.place, &error).into())
    }
}

impl Finished {
    /// What the package holds, in order.
    pub(crate) fn entries(&self) -> &[ManifestEntry] {
        &self.entries
    }

    /// Gives the package its name. Returns its path and what it holds.
    ///
    /// # Errors
    /// The package that stood there cannot be replaced.
    pub(crate) fn publish(self) -> Result<(PathBuf, Vec<ManifestEntry>), Diagnostics> {
        let Self { place, file, entries } = self;
        if let Err(error) = file.persist(&place) {
            return Err(Diagnostic::cannot_write(&place, &error).into());
        }
        // The name, too, should survive a crash; where that cannot be asked for
        // the package is there all the same.
        #[cfg(unix)]
        let _ = fs::File::open(place.parent().unwrap_or(Path::new(".")))
            .and_then(|folder| folder.sync_all());
        Ok((place, entries))
    }
}

fn flush(zip: ZipWriter<BufWriter<Unfinished>>) -> io::Result<Unfinished> {
    let file = zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    Ok(file)
}
