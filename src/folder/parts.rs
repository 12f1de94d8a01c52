//! One package by several machines: a plan is frozen with all its numbers, each
//! machine makes a part of it, and the parts are assembled to the bytes that one
//! machine would have written. Who runs the machines is another's business.

use std::borrow::Borrow;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::making;
use super::opened::Folder;
use super::order::{Account, Purpose, Target};
use super::shares::Shares;
use crate::attest::{self, Key};
use crate::contest::{self, Contest};
use crate::fault::{self, Changed, Diagnostic, Diagnostics, Kind, Place};
use crate::hex::hex;
use crate::intake::Inputs;
use crate::office::Office;
use crate::package::{Listed, Package, Part, PartFile};
use crate::plan::{self, Frozen, Plan, Selection, Untrue};
use crate::press::Made;
use crate::roster::{Balance, Roster};
use crate::step::Step;

/// A plan to be frozen.
#[derive(Debug, Clone)]
pub struct Freeze {
    /// What of the sheet.
    pub selection: Selection,
    /// What for.
    pub purpose: Purpose,
    /// How many machines share the work.
    pub parts: NonZeroUsize,
    /// The folder it goes into.
    pub out: PathBuf,
    /// The time.
    pub now: Timestamp,
}

/// A plan that was frozen.
#[derive(Debug)]
pub struct FrozenPlan {
    /// The sheet's file name.
    pub sheet: String,
    /// What became of its rows.
    pub rows: Balance,
    /// How many documents there are, volumes among them.
    pub documents: usize,
    /// Where the plan's file belongs.
    pub place: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Everything that was noticed, the held rows' errors among it.
    pub diagnostics: Diagnostics,
}

/// Which part is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartChoice {
    /// From 1.
    pub part: NonZeroUsize,
    /// How many there should be; as many as the plan has if `None`.
    pub parts: Option<NonZeroUsize>,
}

/// What was made of a part.
#[derive(Debug)]
pub struct MadePart {
    /// Which part of how many.
    pub part: NonZeroUsize,
    /// How many parts there are.
    pub parts: NonZeroUsize,
    /// What it holds, in order.
    pub documents: Listed,
    /// The part's file.
    pub place: PathBuf,
    /// What was noticed.
    pub diagnostics: Diagnostics,
}

impl Folder {
    /// Reads the sheet and assigns every number: a plan for several machines, to
    /// be written into a folder. A contest that has no key yet gets one, as its
    /// parts are signed before the register is written.
    ///
    /// # Errors
    /// All that is wrong. Nothing was written then.
    pub fn freeze(&self, sheet: &Inputs, freeze: &Freeze) -> Result<FrozenPlan, Diagnostics> {
        let Freeze { selection, purpose, parts, out, now } = freeze;
        let mut office = self.office(*purpose, *now)?;
        let made_from = made_from(self)?;
        let ((bytes, documents, noted), roster) =
            self.planned(sheet, &mut office, selection, *purpose, |plan, _, noted| {
                plan.refuse_unknown_kinds(&selection.only)?;
                let frozen = Frozen::new(plan, made_from.clone(), *parts, selection);
                plan.retain_kinds(&selection.only)?;
                let documents = plan.documents.len() + plan.volumes().len();
                Ok((frozen.to_bytes(plan.key), documents, noted.merged()))
            })?;
        if *purpose == Purpose::Issue {
            office.keep_key()?;
        }
        let (place, rows) = (place_of(&self.contest, out), roster.balance());
        let sheet = roster.file;
        Ok(FrozenPlan { sheet, rows, documents, place, bytes, diagnostics: noted })
    }

    /// Makes one part of the plan that was frozen in `out`. Neither the sheet
    /// nor the register is opened. A part that was there is replaced by the same
    /// bytes.
    ///
    /// # Errors
    /// There is no such plan or part, what the plan was made from has changed,
    /// everything that is wrong with any document, or the work was broken off.
    /// No file was written then.
    pub fn make(
        &self,
        out: &Path,
        choice: PartChoice,
        threads: NonZeroUsize,
        mut progress: impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<MadePart, Diagnostics> {
        let Read { frozen, bytes, place, key } = read(&self.contest, &self.path, out)?;
        let outdated = |changed| fault(fault::Parts::PlanOutdated { changed }, &place);
        if frozen.made_from != made_from(self)? {
            return Err(outdated(Changed::MadeFrom));
        }
        let parts = frozen.parts;
        let (part, asked) = (choice.part, choice.parts.unwrap_or(parts));
        if asked != parts {
            let kind = fault::Parts::PartsDiffer { asked: asked.get(), parts: parts.get() };
            return Err(fault(kind, &place));
        }
        if part > parts {
            let kind = fault::Parts::NoSuchPart { part: part.get(), parts: parts.get() };
            return Err(fault(kind, &place));
        }
        let damaged = || fault(fault::Parts::PlanDamaged, &place);
        let plan = frozen.thaw(&self.contest, key.as_ref()).ok_or_else(damaged)?;
        let job = Shares::new(&plan, parts).job(&plan, part);
        let part = Part { plan: Frozen::identity(&bytes), part, parts };
        let package = Package::create(out, &part.file(&plan), &plan)?;
        let (package, diagnostics) =
            making::press(&self.press, &plan, &job, package, threads, &mut progress)?;
        let finished = package.finish_part(&part, key.as_ref())?;
        let _ = progress(Step::Packed);
        let (place, documents) = finished.publish()?;
        let _ = progress(Step::Named);
        Ok(MadePart { part: part.part, parts, documents, place, diagnostics })
    }

    /// Puts the parts of the plan that was frozen in the target's folder
    /// together into the package, and issues its numbers, as a run on one
    /// machine would have done.
    ///
    /// # Errors
    /// The sheet, the register or what the plan was made from has changed since,
    /// and every part that is missing, damaged or another plan's. Nothing was
    /// written then, and no number was spent.
    pub fn assemble(
        &self,
        sheet: impl Borrow<Inputs>,
        target: &Target,
        now: Timestamp,
        mut progress: impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<Account, Diagnostics> {
        let Read { frozen, bytes, place, .. } = read(&self.contest, &self.path, &target.folder)?;
        let outdated = |changed| fault(fault::Parts::PlanOutdated { changed }, &place);
        if frozen.made_from != made_from(self)? {
            return Err(outdated(Changed::MadeFrom));
        }
        let selection = &frozen.selection;
        let purpose = if frozen.key.is_some() { Purpose::Issue } else { Purpose::Draft };
        let mut office = self.office(purpose, now)?;
        let then = |plan: &mut Plan<'_>, office: &mut Office, noted: Diagnostics| {
            let sheet = |roster: &Roster| (roster.file.clone(), roster.sha256.clone());
            if sheet(plan.roster) != sheet(&frozen.roster) {
                return Err(outdated(Changed::Sheet));
            }
            let again = Frozen::new(plan, frozen.made_from.clone(), frozen.parts, selection);
            if again.to_bytes(plan.key) != bytes {
                return Err(outdated(Changed::Register));
            }
            plan.retain_kinds(&selection.only)?;
            let package = making::begin(target, plan, office.ledger())?;
            let folder = &target.folder;
            let package = collect(plan, &bytes, frozen.parts, folder, package, &mut progress)?;
            let noted = noted.merged();
            let package = package.finish(plan, &noted)?;
            Ok((office.deliver(plan, package, None, &mut progress)?, noted))
        };
        let (made, roster) = self.planned(sheet, &mut office, selection, purpose, then)?;
        let ((package, documents), diagnostics) = made;
        Ok(Account { roster, documents, package, diagnostics })
    }
}

/// Puts every PDF of every part into the package, in the plan's order.
///
/// # Errors
/// Every part with which something is wrong.
fn collect(
    plan: &Plan<'_>,
    frozen: &[u8],
    parts: NonZeroUsize,
    out: &Path,
    mut package: Package,
    progress: &mut impl FnMut(Step) -> ControlFlow<()>,
) -> Result<Package, Diagnostics> {
    let identity = Frozen::identity(frozen);
    let shares = Shares::new(plan, parts);
    let count = plan.documents.len() + plan.volumes().len();
    let mut found = Diagnostics::default();
    let mut done = 0;
    for part in (1..=parts.get()).filter_map(NonZeroUsize::new) {
        let part_of = Part { plan: identity.clone(), part, parts };
        let place = out.join(part_of.file(plan));
        let sound = !found.has_errors();
        let paths = shares.paths(plan, part);
        let signer = plan.key.map(Key::public);
        let passed = PartFile::open(&place, &part_of, signer.as_ref(), paths).and_then(|file| {
            file.each(|entry, pdf| {
                // After the first fault the others are only looked through.
                if sound {
                    package.add_file(entry, pdf)?;
                }
                done += 1;
                let made = Made { done, count, work: done, work_in_all: count };
                making::go_on(progress(Step::Made(made)))
            })
        });
        match passed {
            Err(faults)
                if faults
                    .iter()
                    .any(|it| it.kind == Kind::Environment(fault::Environment::Interrupted)) =>
            {
                return Err(faults);
            }
            Err(faults) => found.extend(faults),
            Ok(()) => {}
        }
    }
    if found.has_errors() { Err(found) } else { Ok(package) }
}

/// Stands for all that a plan's documents are made from but the sheet.
fn made_from(folder: &Folder) -> Result<String, Diagnostics> {
    let path = folder.path.join(contest::FILE);
    let text = fs::read(&path).map_err(|error| Diagnostic::cannot_read(&path, &error))?;
    let digest = Sha256::new_with_prefix(folder.press.fingerprint()).chain_update(text);
    Ok(hex(&digest.finalize()))
}

fn place_of(contest: &Contest, out: &Path) -> PathBuf {
    out.join(plan::file_name(contest, ".plan"))
}

/// A plan that was read back and is what this folder has frozen.
struct Read {
    frozen: Frozen,
    bytes: Vec<u8>,
    place: PathBuf,
    /// What has signed it; `None` for a draft.
    key: Option<Key>,
}

/// The plan that was frozen in `out`.
///
/// # Errors
/// There is none, it is damaged, or the folder's key has not signed it.
fn read(contest: &Contest, folder: &Path, out: &Path) -> Result<Read, Diagnostics> {
    let place = place_of(contest, out);
    let bytes = fs::read(&place).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => fault(fault::Parts::PlanMissing, &place),
        _ => Diagnostic::cannot_read(&place, &error).into(),
    })?;
    let key = Key::load(folder)?;
    let frozen = Frozen::from_bytes(&bytes, key.as_ref().map(Key::public).as_ref());
    let frozen = frozen.map_err(|untrue| match untrue {
        Untrue::Damaged => fault(fault::Parts::PlanDamaged, &place),
        Untrue::Changed => fault(fault::Parts::PlanChanged, &place),
        Untrue::Foreign(key) => {
            fault(fault::Parts::PlanKey { key: key.to_string() }, &folder.join(attest::key::FILE))
        }
    })?;
    let key = key.filter(|_| frozen.key.is_some());
    Ok(Read { frozen, bytes, place, key })
}

fn fault(kind: impl Into<Kind>, place: &Path) -> Diagnostics {
    Diagnostic::new(kind).at(Place::File(place.to_owned())).into()
}
