//! A contest folder that is open: the one place where the stages are put
//! together. Each method is one piece of work, from the sheet to its result.

use std::borrow::Borrow;
use std::ops::ControlFlow;

use crate::attest::Key;
use crate::cell::CellRef;
use crate::fault::Diagnostics;
use crate::intake::{AwardSheet, Inputs, Understood};
use crate::noted::Noted;
pub use crate::plan::selection::Selection;
use crate::plan::{Continuation, Mode, Plan};
use crate::press::{Job, Tried};
use crate::register::Snapshot;
use crate::roster::Roster;
pub use crate::step::Step;

mod certificate;
mod corrected;
mod making;
mod opened;
mod order;
mod parts;
mod preview;
mod reissue;
mod shares;
mod sheets;
#[cfg(test)]
mod tests;

pub use certificate::{Changeable, CurrentPages, Source};
pub use opened::Folder;
pub use order::{Account, Order, Purpose, Target};
pub use parts::{Freeze, FrozenPlan, MadePart, PartChoice};
pub use preview::{Expected, Look, Preview, Previewed};
pub use reissue::{Correction, Facts, Proposal, Reissued};
pub use shares::Shares;
pub use sheets::{Spreadsheet, spreadsheets, take_sheet};

/// What `check` has found.
#[derive(Debug)]
pub struct Checked {
    /// Everyone the sheet names; the withheld rows are those with errors.
    pub roster: Roster,
    /// How the sheet was understood.
    pub understood: Understood,
    /// What was tried of each kind of document and volume.
    pub tried: Vec<Tried>,
    /// Everything that is wrong, and what else is to be told.
    pub diagnostics: Diagnostics,
}

impl Folder {
    /// Reads and proves an award sheet, compares it with what was issued, and
    /// tries the templates on a few documents of every kind; writes nothing. The
    /// rows in `new`, any cell of each, are new winners, however much they resemble
    /// known ones. What is wrong with the sheet is no error of this call: it is
    /// what was asked for.
    ///
    /// ```
    /// # use accolade::{Folder, begin};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let place = tempfile::tempdir()?;
    /// # let mine = &place.path().join("mine");
    /// # begin::from_example(mine, &begin::Example::named("least").unwrap(), false)?;
    /// let draft = mine.join("draft.csv");
    /// std::fs::write(&draft, "姓名,奖项\n李雷,一等奖\n韩梅梅,\n")?;
    /// let (folder, sheet) = Folder::open_with_sheet(mine, Some(&draft))?;
    /// let checked = folder.check(&sheet, &[])?;
    /// assert_eq!(checked.roster.entrants.len(), 1);
    /// let rows = checked.diagnostics.rows_in_error();
    /// assert_eq!(rows.first().unwrap().to_string(), "draft!A3");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn check(&self, sheet: &Inputs, new: &[CellRef]) -> Result<Checked, Diagnostics> {
        let register = Snapshot::read(&self.path)?;
        let Noted { value: AwardSheet { roster, understood }, mut noted } = self.read(sheet);
        let found = Key::of(&self.path, register.ledger.keys().last());
        let key = found.map_err(|faults| noted.extend(faults)).ok().map(|(key, _)| key);
        // Nothing is made here: lists are tried with whoever is sound.
        let (sound, withheld) = roster.parted();
        let continuation = Continuation { ledger: &register.ledger, mode: Mode::Issue { new } };
        let planned = Plan::new(&self.contest, &sound, continuation, key.as_ref());
        let rehearsed = self.press.rehearse(&planned.value);
        let (planned, tried) = (planned.noted, rehearsed.value);
        let roster = sound.with_withheld(withheld).withholding(&planned);
        let roster = roster.withholding(&rehearsed.noted);
        noted.extend(planned);
        noted.extend(rehearsed.noted);
        Ok(Checked { roster, understood, tried, diagnostics: noted.merged() })
    }

    /// Makes every document that is ordered and writes one package. A sheet that is
    /// given away takes no memory once it is read.
    ///
    /// `progress` is told every step, and may break the run off while documents
    /// are being made, with `ControlFlow::Break(())`; later steps only tell. The
    /// same sheet, register and key give the same package, whatever the time and
    /// the number of threads.
    ///
    /// # Errors
    /// All that is wrong, or that the run was broken off. Nothing was written
    /// then, and no number was spent, but for a package that has its name and
    /// could not be recorded to the end.
    pub fn run(
        &self,
        sheet: impl Borrow<Inputs>,
        order: &Order,
        mut progress: impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<Account, Diagnostics> {
        let mut office = self.office(order.purpose, order.now)?;
        let Order { selection, purpose, target, threads, .. } = order;
        let (made, roster) =
            self.planned(sheet, &mut office, selection, *purpose, |plan, office, mut noted| {
                plan.retain_kinds(&selection.only)?;
                let package = making::begin(target, plan, office.ledger())?;
                let job = Job::whole(plan);
                let (package, warnings) =
                    making::press(&self.press, plan, &job, package, *threads, &mut progress)?;
                noted.extend(warnings);
                let noted = noted.merged();
                let package = package.finish(plan, &noted)?;
                Ok((office.deliver(plan, package, None, &mut progress)?, noted))
            })?;
        let ((package, documents), diagnostics) = made;
        Ok(Account { roster, documents, package, diagnostics })
    }
}
