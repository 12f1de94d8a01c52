//! PDFs → one zip: streamed to a temporary file beside its place and renamed
//! when it is whole, so that no half package ever has the name of a whole one.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place};
use crate::intake::hex;
use crate::plan::Plan;
use crate::press::Rendered;

mod list;

pub use list::Entry;

/// A package being written.
pub struct Package {
    place: PathBuf,
    zip: ZipWriter<BufWriter<NamedTempFile>>,
    date: DateTime,
    entries: Vec<Entry>,
}

impl Package {
    /// Begins the plan's package in `folder`, which is made if need be.
    ///
    /// Errors: `folder` is a file or cannot be written to.
    pub fn create(folder: &Path, plan: &Plan<'_>) -> Result<Self, Diagnostics> {
        if folder.is_file() {
            return Err(Diagnostic::new(Kind::NotAFolder)
                .at(Place::File(folder.to_owned()))
                .into());
        }
        let file = fs::create_dir_all(folder)
            .and_then(|()| temporary_file(folder))
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
            place: folder.join(plan.package_name()),
            zip: ZipWriter::new(BufWriter::new(file)),
            // A zip's calendar begins in 1980.
            date: date.unwrap_or_default(),
            entries: Vec::new(),
        })
    }

    /// Adds a finished document of the plan. A PDF is compressed already, so
    /// it is stored as it is.
    ///
    /// Errors: the disk is full or gone.
    pub fn add(
        &mut self,
        plan: &Plan<'_>,
        index: usize,
        rendered: &Rendered,
    ) -> Result<(), Diagnostics> {
        let document = &plan.documents[index];
        self.entries.push(Entry {
            number: document.number.clone(),
            kind: plan.kind(document).name.clone(),
            recipient: plan.recipient(document).map(str::to_owned),
            path: document.path.clone(),
            rows: plan.rows(document),
            pages: rendered.pages,
            sha256: hex(&Sha256::digest(&rendered.pdf)),
        });
        self.write(&document.path, CompressionMethod::Stored, &rendered.pdf)
    }

    /// Adds the lists, flushes everything to disk and gives the package its
    /// name. Returns its path and what it holds.
    ///
    /// Errors: the disk is full or gone, or the package that stood there
    /// cannot be replaced.
    pub fn finish(
        mut self,
        plan: &Plan<'_>,
        diagnostics: &Diagnostics,
    ) -> Result<(PathBuf, Vec<Entry>), Diagnostics> {
        let deflated = CompressionMethod::Deflated;
        self.write("清单.csv", deflated, &list::documents(&self.entries))?;
        if !plan.roster.held.is_empty() {
            self.write("待处理.csv", deflated, &list::held(plan, diagnostics))?;
        }
        self.write("manifest.json", deflated, &list::manifest(plan, &self.entries, diagnostics))?;
        let Self { place, zip, entries, .. } = self;
        persist(zip, &place).map_err(|error| Diagnostic::cannot_write(&place, &error))?;
        Ok((place, entries))
    }

    fn write(
        &mut self,
        path: &str,
        method: CompressionMethod,
        bytes: &[u8],
    ) -> Result<(), Diagnostics> {
        let options = SimpleFileOptions::default()
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

/// A temporary file that will be as readable as any other new file: the
/// package is meant to be handed on.
fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".accolade-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn persist(zip: ZipWriter<BufWriter<NamedTempFile>>, place: &Path) -> io::Result<()> {
    let file = zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(place)?;
    Ok(())
}
