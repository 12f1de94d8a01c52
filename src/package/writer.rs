//! A package as it is written, and once it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::System;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::list::{self, ListedFile, MANIFEST, ManifestEntry, SIGNATURE};
use super::listed::Listed;
use crate::attest::{Key, SigningDomain};
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::hex::hex;
use crate::plan::Plan;
use crate::press::Pressed;
use crate::unfinished::Unfinished;

/// A package being written.
pub struct Package {
    place: PathBuf,
    zip: ZipWriter<BufWriter<Unfinished>>,
    date: DateTime,
    listed: Listed,
}

/// A whole package that has no name yet.
pub struct Finished {
    place: PathBuf,
    file: Unfinished,
    listed: Listed,
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
        let place = folder.join(name);
        let (file, listed) = fs::create_dir_all(folder)
            .and_then(|()| Ok((Unfinished::create(folder)?, Listed::create(folder, &place)?)))
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
            place,
            zip: ZipWriter::new(BufWriter::new(file)),
            // A zip's calendar begins in 1980.
            date: date.unwrap_or_default(),
            listed,
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
        self.add_file(&entry, &rendered.pdf)
    }

    /// Adds a finished PDF with what is to be said of it.
    ///
    /// # Errors
    /// The disk is full or gone.
    pub(crate) fn add_file(
        &mut self,
        entry: &ManifestEntry,
        pdf: &[u8],
    ) -> Result<(), Diagnostics> {
        self.write(&entry.path, CompressionMethod::Stored, pdf)
            .map_err(|error| self.cannot_write(&error))?;
        self.listed.push(entry)
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
        self.add_lists(plan, diagnostics).map_err(|error| self.cannot_write(&error))?;
        self.close()
    }

    fn add_lists(&mut self, plan: &Plan<'_>, diagnostics: &Diagnostics) -> io::Result<()> {
        let deflated = CompressionMethod::Deflated;
        let lang = plan.contest.language.lang;
        self.begin(list::documents_file(lang), deflated)?;
        let mut documents = Hashing::new(&mut self.zip);
        list::write_documents(&mut documents, self.listed.read()?, lang)?;
        let sha256 = documents.sha256();
        let mut lists = vec![ListedFile { path: list::documents_file(lang), sha256 }];
        if !plan.roster.held.is_empty() {
            let (path, held) = (list::held_file(lang), list::held(plan, diagnostics));
            self.write(path, deflated, &held)?;
            lists.push(ListedFile { path, sha256: hex(&Sha256::digest(&held)) });
        }
        let key = plan.key.map(|key| (key, SigningDomain::Manifest));
        self.add_account((MANIFEST, SIGNATURE), deflated, key, |file, documents| {
            list::write_manifest(file, plan, documents, &lists, diagnostics)
        })
    }

    /// Adds the file that accounts for all others, and the signature over it, for the
    /// sake of which it is written beside the package first.
    pub(super) fn add_account(
        &mut self,
        (path, signature): (&str, &str),
        method: CompressionMethod,
        key: Option<(&Key, SigningDomain)>,
        write: impl FnOnce(
            &mut BufWriter<&File>,
            &mut dyn Iterator<Item = io::Result<ManifestEntry>>,
        ) -> io::Result<()>,
    ) -> io::Result<()> {
        let account = tempfile::tempfile_in(self.place.parent().unwrap_or(Path::new(".")))?;
        let mut file = BufWriter::new(&account);
        write(&mut file, &mut self.listed.read()?)?;
        file.flush()?;
        drop(file);
        let signed = key.map(|(key, domain)| key.sign_file(domain, &account)).transpose()?;
        self.begin(path, method)?;
        (&account).rewind()?;
        io::copy(&mut &account, &mut self.zip)?;
        if let Some(signed) = signed {
            self.write(signature, method, signed.to_string().as_bytes())?;
        }
        Ok(())
    }

    pub(super) fn close(self) -> Result<Finished, Diagnostics> {
        let Self { place, zip, listed, .. } = self;
        match flush(zip) {
            Ok(file) => Ok(Finished { place, file, listed }),
            Err(error) => Err(Diagnostic::cannot_write(&place, &error).into()),
        }
    }

    fn write(&mut self, path: &str, method: CompressionMethod, bytes: &[u8]) -> io::Result<()> {
        self.begin(path, method)?;
        self.zip.write_all(bytes)
    }

    /// Begins a file, which is the same to the byte whichever system it is made on.
    fn begin(&mut self, path: &str, method: CompressionMethod) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .system(System::Unix)
            .compression_method(method)
            .last_modified_time(self.date)
            .unix_permissions(0o644);
        Ok(self.zip.start_file(path, options)?)
    }

    pub(super) fn cannot_write(&self, error: &io::Error) -> Diagnostics {
        Diagnostic::cannot_write(&self.place, error).into()
    }
}

/// Hashes what passes through.
pub(super) struct Hashing<W> {
    file: W,
    digest: Sha256,
}

impl<W> Hashing<W> {
    pub(super) fn new(file: W) -> Self {
        Self { file, digest: Sha256::new() }
    }

    /// The SHA-256 of what has passed, in hexadecimal.
    pub(super) fn sha256(self) -> String {
        hex(&self.digest.finalize())
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Finished {
    /// What the package holds, in order.
    pub(crate) fn listed(&mut self) -> &mut Listed {
        &mut self.listed
    }

    /// Gives the package its name. Returns its path and what it holds.
    ///
    /// # Errors
    /// The package that stood there cannot be replaced.
    pub(crate) fn publish(self) -> Result<(PathBuf, Listed), Diagnostics> {
        let Self { place, file, listed } = self;
        if let Err(error) = file.persist(&place) {
            return Err(Diagnostic::cannot_write(&place, &error).into());
        }
        // The name, too, should survive a crash; where that cannot be asked for
        // the package is there all the same.
        #[cfg(unix)]
        let _ = File::open(place.parent().unwrap_or(Path::new(".")))
            .and_then(|folder| folder.sync_all());
        Ok((place, listed))
    }
}

fn flush(zip: ZipWriter<BufWriter<Unfinished>>) -> io::Result<Unfinished> {
    let file = zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    Ok(file)
}
