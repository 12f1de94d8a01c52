//! A plan → a whole package: what is planned of a sheet, made by the press, and
//! put together, ready to be named and recorded.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use super::opened::Folder;
use super::order::{Purpose, Target};
use crate::fault::{self, Class, Diagnostics, Severity};
use crate::intake::{AwardSheet, Inputs};
use crate::noted::Noted;
use crate::office::Office;
use crate::package::{self, Finished, Package};
use crate::plan::{Continuation, Mode, Person, Plan, Selection};
use crate::press::{Job, Press};
use crate::register::{Ledger, Reservation};
use crate::roster::Roster;
use crate::step::Step;

impl Folder {
    /// Reads the sheet and plans everything that follows from it and from what
    /// was issued; `then` makes something of the plan, with what was noticed so
    /// far. Where faulty rows are withheld, so is a row with which `then` finds
    /// something wrong, and it is called again without it.
    ///
    /// # Errors
    /// All that is wrong.
    pub(super) fn planned<T>(
        &self,
        sheet: &Inputs,
        office: &Office,
        selection: &Selection,
        purpose: Purpose,
        mut then: impl FnMut(&mut Plan<'_>, Diagnostics) -> Result<T, Diagnostics>,
    ) -> Result<(T, Roster), Diagnostics> {
        let Noted { value: AwardSheet { mut roster, .. }, mut noted } = self.read(sheet);
        loop {
            if noted.has_errors() && !(selection.withhold && can_withhold(&noted)) {
                return Err(noted.merged());
            }
            roster = roster.withholding(&noted);
            if roster.entrants.is_empty() {
                return Err(noted);
            }
            let key = (purpose == Purpose::Issue).then(|| office.key());
            let mode = Mode::Issue { new: &selection.new };
            let continuation = Continuation { ledger: office.ledger(), mode };
            let Noted { value: mut plan, noted: planned } =
                Plan::new(&self.contest, &roster, continuation, key);
            if planned.has_errors() {
                noted.extend(planned);
                continue;
            }
            let mut all = noted.clone();
            all.extend(planned);
            match then(&mut plan, all) {
                Ok(made) => return Ok((made, roster)),
                Err(faults) => noted.extend(faults),
            }
        }
    }
}

/// Whether withholding rows is enough to go on: every error is some row's,
/// and none the environment's.
fn can_withhold(noted: &Diagnostics) -> bool {
    let mut errors = noted.iter().filter(|d| d.severity() == Severity::Error);
    noted.class() == Class::Data && errors.all(|error| !error.rows.is_empty())
}

/// A package that is whole, and what the register does not know of it yet.
pub(super) struct Whole {
    pub package: Finished,
    /// `None` for a draft, which spends no number.
    pub copies: Option<Vec<Reservation>>,
    pub noted: Diagnostics,
}

/// Finishes a package that holds everything planned.
///
/// # Errors
/// It cannot be written.
pub(super) fn finish(
    plan: &Plan<'_>,
    package: Package,
    ledger: &Ledger,
    noted: Diagnostics,
) -> Result<Whole, Diagnostics> {
    let noted = noted.merged();
    let package = package.finish(plan, &noted)?;
    let copies = plan.key.map(|_| reservations(plan, &package, ledger, None));
    Ok(Whole { package, copies, noted })
}

/// More than this of the kinds in a package does not fit into its name.
const KINDS_IN_NAME: usize = 30;

/// The name of a run's package, which says what it is if it is not everything.
fn package_name(plan: &Plan<'_>) -> String {
    let lang = plan.contest.language.lang;
    let mut notes = Vec::new();
    if let [first, others @ ..] = plan.only.as_slice() {
        let all = plan.only.join(lang.pick("、", ", "));
        notes.push(match all.chars().count() {
            0..=KINDS_IN_NAME => all,
            _ => {
                let first: String = first.chars().take(KINDS_IN_NAME).collect();
                let more = match others.len() {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                lang.pick(format!("{first}等{}种", plan.only.len()), first + &more)
            }
        });
    }
    match plan.roster.held.len() {
        0 => {}
        1 => notes.push(lang.pick("扣下1行", "1 row held").to_owned()),
        rows => notes.push(lang.pick(format!("扣下{rows}行"), format!("{rows} rows held"))),
    }
    if plan.key.is_none() {
        notes.push(lang.pick("样张", "draft").to_owned());
    }
    let note = lang.pick(format!("（{}）", notes.join("，")), format!(" ({})", notes.join(", ")));
    plan.package_name(if notes.is_empty() { "" } else { &note })
}

/// Begins the package of a run.
///
/// # Errors
/// It would take the place of one that holds more, unasked, or the folder
/// cannot be written to.
pub(super) fn begin(
    target: &Target,
    plan: &Plan<'_>,
    ledger: &Ledger,
) -> Result<Package, Diagnostics> {
    let name = package_name(plan);
    if !target.replace {
        package::refuse_smaller(&target.folder.join(&name), plan, ledger)?;
    }
    Package::create(&target.folder, &name, plan)
}

/// Makes what is `job` and puts it into the package. Returns warnings.
///
/// # Errors
/// Everything that is wrong with any document, or that `progress` broke
/// the work off.
pub(super) fn press(
    press: &Press,
    plan: &Plan<'_>,
    job: &Job,
    mut package: Package,
    threads: NonZeroUsize,
    progress: &mut impl FnMut(Step) -> ControlFlow<()>,
) -> Result<(Package, Diagnostics), Diagnostics> {
    go_on(progress(Step::Made(job.made())))?;
    let warnings = press.run(plan, threads, job, |pressed| match pressed {
        Some(pressed) => {
            package.add(plan, &pressed)?;
            go_on(progress(Step::Made(job.made())))
        }
        None => go_on(progress(Step::Making(job.made()))),
    })?;
    Ok((package, warnings))
}

/// # Errors
/// The work is broken off.
pub(super) fn go_on(said: ControlFlow<()>) -> Result<(), Diagnostics> {
    match said {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(fault::Environment::Interrupted.into()),
    }
}

/// What of a package the register does not know yet.
pub(super) fn reservations(
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
            member: document.member.as_ref().map(Person::key),
            series: certificate.series.clone(),
            seq: certificate.seq,
            entrant,
            statement,
            fingerprint: entry.fingerprint.clone(),
            sha256: entry.sha256.clone(),
            reason: reason.map(str::to_owned),
        })
    });
    // What is not printed is registered all the same.
    let unprinted = plan.changes.iter().filter(|change| !change.printed);
    let unprinted: HashSet<&str> = unprinted.map(|change| change.number.as_str()).collect();
    let is_new =
        |copy: &Reservation| unprinted.contains(copy.number.as_str()) || !is_known(copy, ledger);
    copies.filter(is_new).collect()
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
