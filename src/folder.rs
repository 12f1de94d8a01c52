//! A contest folder that is open: the one place where the stages are put
//! together. Each method is one piece of work, from the sheet to its result.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::attest::Key;
use crate::contest::Contest;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::intake::{self, AwardSheet, Inputs, Understood};
use crate::noted::Noted;
use crate::package::Entry;
pub use crate::plan::Selection;
use crate::plan::{Mode, Past, Plan};
use crate::press::{Job, Press, Tried};
use crate::register::Snapshot;
use crate::roster::Roster;

mod making;
mod parts;
mod preview;
mod reissue;
mod shares;

pub use parts::{Freeze, FrozenPlan, MadePart, PartChoice};
pub use preview::{Look, Preview, Previewed};
pub use reissue::{Correction, Facts, Proposal, Reissued};
pub use shares::Shares;

use crate::office::Office;
pub use crate::step::Step;

/// A contest folder whose `contest.toml` is sound, with its fonts and templates.
pub struct Folder {
    path: PathBuf,
    contest: Contest,
    press: Press,
}

/// What documents are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be handed out: each certificate has its number and is signed.
    Issue,
    /// To be looked at: specimens prove nothing and spend no number.
    Draft,
}

/// Where a package goes.
#[derive(Debug, Clone)]
pub struct Target {
    /// The folder.
    pub folder: PathBuf,
    /// Take the place of a package that holds more.
    pub replace: bool,
}

/// A package to be made.
#[derive(Debug, Clone)]
pub struct Order {
    /// What of the sheet.
    pub selection: Selection,
    /// What for.
    pub purpose: Purpose,
    /// Where it goes.
    pub target: Target,
    /// How many documents are typeset at once.
    pub threads: NonZeroUsize,
    /// The time, which only the register sees.
    pub now: Timestamp,
}

/// What `check` has found.
#[derive(Debug)]
pub struct Checked {
    /// Everyone the sheet names; the withheld rows are those with errors.
    pub roster: Roster,
    /// How the sheet was understood.
    pub understood: Understood,
    /// What was tried of each kind of document and volume.
    pub tried: Vec<Tried>,
    /// Everything that is to be told.
    pub diagnostics: Diagnostics,
}

/// A package that was made.
#[derive(Debug)]
pub struct Account {
    /// Who was in it, who was withheld, what was skipped.
    pub roster: Roster,
    /// What the package holds, in order.
    pub documents: Vec<Entry>,
    /// Where the package is.
    pub package: PathBuf,
    /// Everything that was noticed, the withheld rows' errors among it.
    pub diagnostics: Diagnostics,
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

    /// Opens a contest folder and its award sheet, or another one, at once.
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

    /// Its fonts and templates.
    pub fn press(&self) -> &Press {
        &self.press
    }

    /// The sheet's sound rows, every one printable.
    fn read(&self, sheet: &Inputs) -> Noted<AwardSheet> {
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

    /// Reads and proves an award sheet, compares it with what was issued, and
    /// tries the templates on a few documents of every kind; writes nothing.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn check(&self, sheet: &Inputs) -> Result<Checked, Diagnostics> {
        let register = Snapshot::read(&self.path)?;
        let Noted { value: AwardSheet { roster, understood }, mut noted } = self.read(sheet);
        let found = Key::of(&self.path, register.ledger.keys().last());
        let key = found.map_err(|faults| noted.extend(faults)).ok().map(|(key, _)| key);
        // Nothing is made here: lists are tried with whoever is sound.
        let (sound, withheld) = roster.parted();
        let past = Past { ledger: &register.ledger, mode: Mode::Issue { new: &[] } };
        let planned = Plan::new(&self.contest, &sound, past, key.as_ref());
        let rehearsed = self.press.rehearse(&planned.value);
        let (planned, tried) = (planned.noted, rehearsed.value);
        let roster = sound.with_withheld(withheld).withholding(&planned);
        let roster = roster.withholding(&rehearsed.noted);
        noted.extend(planned);
        noted.extend(rehearsed.noted);
        Ok(Checked { roster, understood, tried, diagnostics: noted.merged() })
    }

    /// Makes every document that is ordered and writes one package.
    ///
    /// `progress` is told every step, and may break the run off while documents
    /// are being made.
    ///
    /// # Errors
    /// All that is wrong, or that the run was broken off. Nothing was written
    /// then, and no number was spent, but for a package that has its name and
    /// could not be recorded to the end.
    pub fn run(
        &self,
        sheet: &Inputs,
        order: &Order,
        mut progress: impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<Account, Diagnostics> {
        let mut office = self.office(order.purpose, order.now)?;
        let (made, roster) =
            self.planned(sheet, &office, &order.selection, order.purpose, |plan, mut noted| {
                plan.retain_kinds(&order.selection.only)?;
                let package = making::begin(&order.target, plan, office.ledger())?;
                let job = Job::whole(plan);
                let (package, warnings) =
                    making::press(&self.press, plan, &job, package, order.threads, &mut progress)?;
                noted.extend(warnings);
                making::finish(plan, package, office.ledger(), noted)
            })?;
        let (package, documents) = office.deliver(made.copies, made.package, &mut progress)?;
        Ok(Account { roster, documents, package, diagnostics: made.noted })
    }

    /// The register and the key, for one piece of work.
    fn office(&self, purpose: Purpose, now: Timestamp) -> Result<Office, Diagnostics> {
        let office = Office::open(&self.path, now)?;
        if purpose == Purpose::Issue {
            office.refuse_unwritable()?;
        }
        Ok(office)
    }
}
