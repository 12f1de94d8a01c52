//! A contest folder that is open, and what each piece of work begins with: its
//! sheet, its register, its key.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::order::Purpose;
use crate::contest::Contest;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::intake::{self, AwardSheet, Inputs};
use crate::noted::Noted;
use crate::office::Office;
use crate::press::Press;

/// A contest folder whose `contest.toml` is sound, with its fonts and templates.
///
/// It holds no lock: each call opens the register for as long as it needs it,
/// and tells if another process has it. What changes in the folder's
/// `contest.toml`, fonts or templates later, it does not see.
pub struct Folder {
    pub(super) path: PathBuf,
    pub(super) contest: Contest,
    pub(super) press: Press,
}

impl Folder {
    /// Opens a contest folder.
    ///
    /// # Errors
    /// Everything that is wrong with `contest.toml`, templates and fonts.
    pub fn open(path: &Path) -> Result<Self, Diagnostics> {
        let contest = Contest::load(path)?;
        let press = Press::new(&contest)?;
        Ok(Self { path: path.to_owned(), contest, press })
    }

    /// Opens a contest folder together with its award sheet, or with the one at
    /// `sheet` in its place.
    ///
    /// # Errors
    /// As [`open`](Self::open); else the sheet cannot be read.
    pub fn open_with_sheet(
        path: &Path,
        sheet: Option<&Path>,
    ) -> Result<(Self, Inputs), Diagnostics> {
        let contest = Contest::load(path)?;
        let sheet = sheet.unwrap_or(&contest.sheet);
        let (opened, press) =
            rayon::join(|| Inputs::open(sheet, &contest), || Press::new(&contest));
        let (press, opened) = (press?, opened?);
        Ok((Self { path: path.to_owned(), contest, press }, opened))
    }

    /// What `contest.toml` says.
    pub fn contest(&self) -> &Contest {
        &self.contest
    }

    /// The sheet's sound rows, every one printable.
    pub(super) fn read(&self, sheet: &Inputs) -> Noted<AwardSheet> {
        let printable = |character| self.press.fonts().covers(character);
        let Noted { value: AwardSheet { roster, understood }, mut noted } =
            intake::read(sheet, &self.contest, printable);
        let roster = roster.withholding(&noted);
        if roster.entrants.is_empty() && !noted.has_errors() {
            let place = Place::File(sheet.path().to_owned());
            noted.push(Diagnostic::new(fault::Sheet::NoEntrants).at(place));
        }
        Noted { value: AwardSheet { roster, understood }, noted }
    }

    /// The register and the key, for one piece of work.
    pub(super) fn office(&self, purpose: Purpose, now: Timestamp) -> Result<Office, Diagnostics> {
        let office = Office::open(&self.path, now)?;
        if purpose == Purpose::Issue {
            office.refuse_unwritable()?;
        }
        Ok(office)
    }
}
