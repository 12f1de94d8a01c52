//! Handing a package over: its numbers are reserved once it is whole, then it
//! gets its name, then they are issued. A kill between any two of these leaves
//! a register that knows every number which may be on paper.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::attest::Key;
use crate::attest::key::Origin;
use crate::contest::Contest;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place};
use crate::intake::{self, Roster};
use crate::package::{Entry, Finished, Package};
use crate::plan::Plan;
use crate::press::{Press, Underway};
use crate::register::{Ledger, Register, Reservation};

/// A step on the way to a package, told when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing is made yet, or one more document or volume is.
    Made(Made),
    /// The same in between, ten times a second while a long one is made.
    Making(Made),
    /// The package is whole and on the disk, without its name.
    Packed,
    /// Its numbers are reserved.
    Reserved,
    /// It has its name.
    Named,
    /// Its numbers are issued.
    Issued,
}

/// How much of a package is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Documents that are done. One that is bound in volumes is typeset again
    /// in each, and counts again.
    pub done: usize,
    /// Documents in all.
    pub count: usize,
    /// The work that is done: what takes longer counts for more.
    pub work: usize,
    /// The work in all.
    pub work_in_all: usize,
}

/// A contest's register and signing key, open for one piece of work.
pub(crate) struct Office {
    folder: PathBuf,
    register: Register,
    key: Key,
    origin: Origin,
    now: Timestamp,
}

impl Office {
    /// Opens the register and finds the key, or makes one for a folder that
    /// never had any; it is written with the first numbers.
    ///
    /// Errors: the register is in use or damaged, or the key is not its own.
    pub(crate) fn open(folder: &Path, now: Timestamp) -> Result<Self, Diagnostics> {
        let register = Register::open(folder)?;
        let (key, origin) = Key::of(folder, register.ledger().keys().last())?;
        Ok(Self { folder: folder.to_owned(), register, key, origin, now })
    }

    /// Makes sure, before the work, that its result could be recorded.
    ///
    /// Errors: it could not.
    pub(crate) fn refuse_unwritable(&self) -> Result<(), Diagnostics> {
        self.register.refuse_unwritable(self.now)
    }

    pub(crate) fn register(&self) -> &Register {
        &self.register
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        self.register.ledger()
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    /// Reserves, names, issues.
    ///
    /// Errors: what could not be written. A package that could not get its
    /// name gives its numbers back; the numbers of one that has it stay
    /// reserved, and the next run records them.
    pub(crate) fn issue(
        &mut self,
        copies: &[Reservation],
        package: Finished,
        progress: &mut impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<(PathBuf, Vec<Entry>), Diagnostics> {
        if self.origin == Origin::New {
            self.key.save(&self.folder)?;
            self.origin = Origin::Folder;
        }
        let _ = progress(Step::Packed);
        self.register.reserve(&self.key, copies, self.now)?;
        let _ = progress(Step::Reserved);
        match package.publish() {
            Ok((place, entries)) => {
                let _ = progress(Step::Named);
                let numbers = entries.iter().filter_map(|entry| entry.number.as_deref());
                if let Err(faults) = self.register.issue(numbers, self.now) {
                    let kind = Kind::NotRecorded { package: place.display().to_string() };
                    let mut told = Diagnostics::from(kind);
                    told.extend(faults);
                    return Err(told);
                }
                let _ = progress(Step::Issued);
                Ok((place, entries))
            }
            Err(faults) => {
                let numbers = copies.iter().map(|copy| copy.number.as_str());
                self.register.release(numbers, self.now)?;
                Err(faults)
            }
        }
    }
}

/// The sheet's sound rows, every one printable.
///
/// Errors: there is no sheet or table to speak of.
pub(crate) fn read(
    contest: &Contest,
    press: &Press,
    sheet: Option<&Path>,
) -> Result<(Roster, Diagnostics), Diagnostics> {
    let sheet = sheet.unwrap_or(&contest.sheet);
    let printable = |character| press.fonts().covers(character);
    let (mut roster, mut noticed) = intake::read(sheet, contest, printable)?;
    roster.hold(&noticed);
    if roster.entrants.is_empty() && !noticed.has_errors() {
        noticed.push(Diagnostic::new(Kind::NoEntrants).at(Place::File(sheet.to_owned())));
    }
    Ok((roster, noticed))
}

/// Makes every document of the plan and puts it into the package. Returns
/// warnings.
///
/// Errors: everything that is wrong with any document, or that `progress` broke
/// the work off.
pub(crate) fn press(
    press: &Press,
    plan: &Plan<'_>,
    mut package: Package,
    threads: NonZeroUsize,
    progress: &mut impl FnMut(Step) -> ControlFlow<()>,
) -> Result<(Package, Diagnostics), Diagnostics> {
    let volumes = plan.volumes();
    let bound = volumes.iter().flat_map(|volume| &volume.documents);
    let bound: Vec<usize> = bound.map(|&index| plan.work_bound(&plan.documents[index])).collect();
    let single = plan.documents.iter().map(|document| plan.work(document));
    let count = plan.documents.len() + bound.len();
    let work_in_all = single.sum::<usize>() + bound.iter().sum::<usize>();
    let underway = Underway::default();
    let made = || {
        let (done, work) = underway.done();
        Made { done, count, work, work_in_all }
    };
    go_on(progress(Step::Made(made())))?;
    let warnings = press.run(plan, threads, &underway, |pressed| match pressed {
        Some(pressed) => {
            package.add(plan, &pressed)?;
            go_on(progress(Step::Made(made())))
        }
        None => go_on(progress(Step::Making(made()))),
    })?;
    Ok((package, warnings))
}

/// Errors: the work is broken off.
fn go_on(said: ControlFlow<()>) -> Result<(), Diagnostics> {
    match said {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Kind::Interrupted.into()),
    }
}

/// What of a package the register does not know yet.
pub(crate) fn reservations(
    plan: &Plan<'_>,
    package: &Finished,
    ledger: &Ledger,
    reason: Option<&str>,
) -> Vec<Reservation> {
    let documents = plan.documents.iter().zip(package.entries());
    let copies = documents.filter_map(|(document, entry)| {
        let certificate = document.certificate.as_ref()?;
        let statement = entry.statement.clone()?;
        let entrant = plan.only(document).map(|entrant| {
            serde_json::to_string(entrant).expect("an entrant has no key that is not text")
        });
        Some(Reservation {
            number: certificate.number.clone(),
            revision: certificate.revision,
            kind: entry.kind.clone(),
            subject: certificate.subject.clone(),
            member: document.member.clone(),
            series: certificate.series.clone(),
            seq: certificate.seq,
            entrant,
            statement,
            fingerprint: entry.fingerprint.clone(),
            sha256: entry.sha256.clone(),
            reason: reason.map(str::to_owned),
        })
    });
    copies.filter(|copy| !is_known(copy, ledger)).collect()
}

/// Whether the very same copy was reserved before, be it in a run that was cut
/// off.
fn is_known(copy: &Reservation, ledger: &Ledger) -> bool {
    ledger.get(&copy.number).is_some_and(|certificate| {
        let known = certificate.current();
        known.revision == copy.revision
            && known.sha256 == copy.sha256
            && known.attestation.text == copy.statement
    })
}
