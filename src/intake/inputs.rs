//! Everything that is read of other people's files, before anything is made of
//! it: the award sheet, and the lists that entrants are compared with.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::corrections::{self, CORRECTIONS, Mend};
use crate::contest::Contest;
use crate::fault::{self, Diagnostic, Diagnostics, Kind, Place};
use crate::hex::hex;
use crate::lang::Lang;
use crate::workbook::{self, Workbook};

/// An award sheet and a contest's exclusion lists; what their rows say is not
/// known yet.
#[derive(Debug)]
pub struct Inputs {
    pub(super) path: PathBuf,
    /// SHA-256 of the sheet's file.
    pub(super) digest: String,
    pub(super) workbook: Workbook,
    /// What `corrections.csv` did to it, and what is wrong with that.
    pub(super) corrected: Diagnostics,
    /// In the order of `contest.toml`; what cannot be read is told when the
    /// rules are applied.
    pub(super) exclusions: Vec<Result<Workbook, Diagnostics>>,
}

impl Inputs {
    /// Opens the award sheet at `sheet` and the lists that the contest names.
    ///
    /// # Errors
    /// The sheet cannot be read, or is no spreadsheet.
    pub fn open(sheet: &Path, contest: &Contest) -> Result<Self, Diagnostics> {
        let (mut workbook, bytes) = opened(sheet)?;
        let file = contest.folder.join(CORRECTIONS);
        let corrected = match file.exists() && !corrections::is_blank(&bytes_of(&file)?) {
            true => corrections::apply(&opened(&file)?.0, &file, &mut workbook),
            false => Diagnostics::default(),
        };
        let lists = contest.rules.exclusions.iter();
        let exclusions = lists.map(|list| Ok(opened(&list.file)?.0)).collect();
        let digest = hex(&Sha256::digest(&bytes));
        Ok(Self { path: sheet.to_owned(), digest, workbook, corrected, exclusions })
    }

    /// Opens a sheet as it stands, without corrections and lists, to be looked at.
    ///
    /// # Errors
    /// It cannot be read, or is no spreadsheet.
    pub fn open_plain(sheet: &Path) -> Result<Self, Diagnostics> {
        let (workbook, bytes) = opened(sheet)?;
        Ok(Self {
            path: sheet.to_owned(),
            digest: hex(&Sha256::digest(&bytes)),
            workbook,
            corrected: Diagnostics::default(),
            exclusions: Vec::new(),
        })
    }

    /// Writes what was mended in the sheet, as it was opened, into the folder's
    /// `corrections.csv`. A cell that was mended before keeps what the sheet said at
    /// first; one that says that again has no correction any more.
    ///
    /// # Errors
    /// All that is wrong: no such cell, one under a merged one, or one that does not
    /// say what was seen; else the file cannot be read or written. Nothing was
    /// written then.
    pub fn mend(&self, folder: &Path, mends: &[Mend], lang: Lang) -> Result<(), Diagnostics> {
        let applied = self.corrected.iter().filter_map(|it| match (&it.kind, &it.place) {
            (Kind::Corrections(fault::Corrections::Corrected { .. }), Some(Place::Cell(cell))) => {
                Some(cell)
            }
            _ => None,
        });
        corrections::mend(folder, &self.workbook, &applied.collect(), mends, lang)
    }

    /// Stands for the sheet's file as it was when it was opened.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Where the award sheet is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// A spreadsheet file and its bytes.
fn opened(path: &Path) -> Result<(Workbook, Vec<u8>), Diagnostics> {
    let bytes = bytes_of(path)?;
    let refused =
        |refusal| Diagnostic::new(fault::Sheet::from(refusal)).at(Place::File(path.to_owned()));
    Ok((workbook::read(&bytes, path).map_err(refused)?, bytes))
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Diagnostics> {
    let cannot_read = |error| Diagnostic::cannot_read(path, &error);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(cannot_read)?;
    // One byte more tells that there are too many.
    file.take(workbook::MOST_BYTES + 1).read_to_end(&mut bytes).map_err(cannot_read)?;
    Ok(bytes)
}
