//! Handing a package over: its numbers are reserved once it is whole, then it
//! gets its name, then they are issued. A kill between any two of these leaves
//! a register that knows every number which may be on paper.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::attest::Key;
use crate::attest::key::Origin;
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place, Severity};
use crate::intake::{self, Opened, Roster};
use crate::package::{self, Entry, Finished, Package};
use crate::plan::{Mode, Past, Plan};
use crate::press::{Made, Press, Underway};
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

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Order {
    /// The award sheet; the contest's own if `None`.
    pub sheet: Option<PathBuf>,
    /// The folder the package goes into.
    pub out: PathBuf,
    /// Only these kinds of documents; all if empty.
    pub only: Vec<String>,
    /// Make everything sound and hold the faulty rows.
    pub hold: bool,
    /// Rows that are new winners, however much they resemble a known one.
    pub new: Vec<CellRef>,
    /// Make specimens that prove nothing and spend no number.
    pub draft: bool,
    /// Take the place of a package that holds more.
    pub replace: bool,
    /// How many documents are typeset at once.
    pub threads: NonZeroUsize,
    /// The time, which only the register sees.
    pub now: Timestamp,
}

/// What a run did.
#[derive(Debug)]
pub struct Account {
    /// Who was in it, who was held, what was skipped.
    pub roster: Roster,
    /// What the package holds, in order.
    pub documents: Vec<Entry>,
    /// Where the package is.
    pub package: PathBuf,
    /// Everything that was noticed, the held rows' errors among it.
    pub diagnostics: Diagnostics,
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

    /// Gives a whole package its name: with its numbers issued, or as a draft,
    /// which has none.
    ///
    /// Errors: as [`issue`](Self::issue).
    pub(crate) fn hand_over(
        &mut self,
        copies: Option<Vec<Reservation>>,
        package: Finished,
        progress: &mut impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<(PathBuf, Vec<Entry>), Diagnostics> {
        let Some(copies) = copies else {
            let _ = progress(Step::Packed);
            let published = package.publish()?;
            let _ = progress(Step::Named);
            return Ok(published);
        };
        self.issue(copies, package, progress)
    }

    /// Writes the key if it was made just now.
    ///
    /// Errors: the folder cannot be written to.
    pub(crate) fn keep_key(&mut self) -> Result<(), Diagnostics> {
        if self.origin == Origin::New {
            self.key.save(&self.folder)?;
            self.origin = Origin::Folder;
        }
        Ok(())
    }

    /// Reserves, names, issues.
    ///
    /// Errors: what could not be written. A package that could not get its
    /// name gives its numbers back; the numbers of one that has it stay
    /// reserved, and the next run records them.
    pub(crate) fn issue(
        &mut self,
        copies: Vec<Reservation>,
        package: Finished,
        progress: &mut impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<(PathBuf, Vec<Entry>), Diagnostics> {
        self.keep_key()?;
        let _ = progress(Step::Packed);
        let numbers: Vec<String> = copies.iter().map(|copy| copy.number.clone()).collect();
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
                self.register.release(numbers.iter().map(String::as_str), self.now)?;
                Err(faults)
            }
        }
    }
}

/// The contest's press, and its sheet or another, opened meanwhile.
///
/// Errors: all that is wrong with fonts and templates; else there is no sheet
/// to speak of.
pub(crate) fn open(
    contest: &Contest,
    sheet: Option<&Path>,
) -> Result<(Press, Opened), Diagnostics> {
    let sheet = sheet.unwrap_or(&contest.sheet);
    let (opened, press) = rayon::join(|| intake::open(sheet), || Press::new(contest));
    Ok((press?, opened?))
}

/// The sheet's sound rows, every one printable.
pub(crate) fn read(contest: &Contest, press: &Press, sheet: &Opened) -> (Roster, Diagnostics) {
    let printable = |character| press.fonts().covers(character);
    let (mut roster, mut noticed) = intake::read(sheet, contest, printable);
    roster.hold(&noticed);
    if roster.entrants.is_empty() && !noticed.has_errors() {
        noticed.push(Diagnostic::new(Kind::NoEntrants).at(Place::File(sheet.path().to_owned())));
    }
    (roster, noticed)
}

/// Reads the sheet and plans everything that follows from it and from what was
/// issued; `then` makes something of the plan, with what was noticed so far.
/// Where `order` holds faulty rows, what `then` finds wrong with a row holds that
/// row, too, and it is called again without it.
///
/// Errors: all that is wrong.
pub(crate) fn planned<T>(
    contest: &Contest,
    press: &Press,
    sheet: &Opened,
    office: &Office,
    order: &Order,
    mut then: impl FnMut(&mut Plan<'_>, Diagnostics) -> Result<T, Diagnostics>,
) -> Result<(T, Roster), Diagnostics> {
    let (mut roster, mut noticed) = read(contest, press, sheet);
    loop {
        if noticed.has_errors() && !(order.hold && can_hold(&noticed)) {
            return Err(noticed.merged());
        }
        roster.hold(&noticed);
        if roster.entrants.is_empty() {
            return Err(noticed);
        }
        let key = if order.draft { None } else { Some(office.key()) };
        let past = Past { ledger: office.ledger(), mode: Mode::Issue { new: &order.new } };
        let (mut plan, planned) = Plan::new(contest, &roster, past, key);
        if planned.has_errors() {
            noticed.extend(planned);
            continue;
        }
        let mut all = noticed.clone();
        all.extend(planned);
        match then(&mut plan, all) {
            Ok(made) => return Ok((made, roster)),
            Err(faults) => noticed.extend(faults),
        }
    }
}

/// Whether holding rows back is enough to go on: every error is some row's,
/// and none the environment's.
fn can_hold(noticed: &Diagnostics) -> bool {
    let mut errors = noticed.iter().filter(|d| d.severity() == Severity::Error);
    !noticed.blames_environment() && errors.all(|error| !error.rows.is_empty())
}

/// A package that is whole, and what the register does not know of it yet.
pub(crate) struct Whole {
    pub package: Finished,
    /// `None` for a draft, which spends no number.
    pub copies: Option<Vec<Reservation>>,
    pub noticed: Diagnostics,
}

/// Finishes a package that holds everything planned.
///
/// Errors: it cannot be written.
pub(crate) fn finish(
    plan: &Plan<'_>,
    package: Package,
    ledger: &Ledger,
    noticed: Diagnostics,
) -> Result<Whole, Diagnostics> {
    let noticed = noticed.merged();
    let package = package.finish(plan, &noticed)?;
    let copies = plan.key.map(|_| reservations(plan, &package, ledger, None));
    Ok(Whole { package, copies, noticed })
}

/// More than this of the kinds in a package does not fit into its name.
const KINDS_IN_NAME: usize = 30;

/// The name of a run's package, which says what it is if it is not everything.
fn package_name(plan: &Plan<'_>) -> String {
    let mut notes = Vec::new();
    if let [first, ..] = plan.only.as_slice() {
        let all = plan.only.join("、");
        notes.push(match all.chars().count() {
            0..=KINDS_IN_NAME => all,
            _ => {
                let first: String = first.chars().take(KINDS_IN_NAME).collect();
                format!("{first}等{}种", plan.only.len())
            }
        });
    }
    if !plan.roster.held.is_empty() {
        notes.push(format!("扣下{}行", plan.roster.held.len()));
    }
    if plan.key.is_none() {
        notes.push("样张".to_owned());
    }
    let note =
        if notes.is_empty() { String::new() } else { format!("（{}）", notes.join("，")) };
    plan.package_name(&note)
}

/// Begins the package of a run.
///
/// Errors: it would take the place of one that holds more, and `order` does not
/// say so, or the folder cannot be written to.
pub(crate) fn begin(
    order: &Order,
    plan: &Plan<'_>,
    ledger: &Ledger,
) -> Result<Package, Diagnostics> {
    let name = package_name(plan);
    if !order.replace {
        package::refuse_smaller(&order.out.join(&name), plan, ledger)?;
    }
    Package::create(&order.out, &name, plan)
}

/// Makes what is `underway` and puts it into the package. Returns warnings.
///
/// Errors: everything that is wrong with any document, or that `progress` broke
/// the work off.
pub(crate) fn press(
    press: &Press,
    plan: &Plan<'_>,
    underway: &Underway,
    mut package: Package,
    threads: NonZeroUsize,
    progress: &mut impl FnMut(Step) -> ControlFlow<()>,
) -> Result<(Package, Diagnostics), Diagnostics> {
    go_on(progress(Step::Made(underway.made())))?;
    let warnings = press.run(plan, threads, underway, |pressed| match pressed {
        Some(pressed) => {
            package.add(plan, &pressed)?;
            go_on(progress(Step::Made(underway.made())))
        }
        None => go_on(progress(Step::Making(underway.made()))),
    })?;
    Ok((package, warnings))
}

/// Errors: the work is broken off.
pub(crate) fn go_on(said: ControlFlow<()>) -> Result<(), Diagnostics> {
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
