//! A plan → a package: what is planned of a sheet, made by the press, and put
//! together.

use std::borrow::Borrow;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use super::opened::Folder;
use super::order::{Purpose, Target};
use crate::fault::{self, Class, Diagnostics, Severity};
use crate::intake::{AwardSheet, Inputs};
use crate::noted::Noted;
use crate::office::Office;
use crate::package::{self, Package};
use crate::plan::{Continuation, Mode, Plan, Selection};
use crate::press::{Job, Press};
use crate::register::Ledger;
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
        sheet: impl Borrow<Inputs>,
        office: &mut Office,
        selection: &Selection,
        purpose: Purpose,
        mut then: impl FnMut(&mut Plan<'_>, &mut Office, Diagnostics) -> Result<T, Diagnostics>,
    ) -> Result<(T, Roster), Diagnostics> {
        let key = (purpose == Purpose::Issue).then(|| office.key().clone());
        let Noted { value: AwardSheet { mut roster, .. }, mut noted } = self.read(sheet.borrow());
        // Of a long sheet that is a third of all memory.
        drop(sheet);
        loop {
            if noted.has_errors() && !(selection.withhold && can_withhold(&noted)) {
                return Err(noted.merged());
            }
            roster = roster.withholding(&noted);
            if roster.entrants.is_empty() {
                return Err(noted);
            }
            let mode = Mode::Issue { new: &selection.new };
            let continuation = Continuation { ledger: office.ledger(), mode };
            let Noted { value: mut plan, noted: planned } =
                Plan::new(&self.contest, &roster, continuation, key.as_ref());
            if planned.has_errors() {
                noted.extend(planned);
                continue;
            }
            let mut all = noted.clone();
            all.extend(planned);
            match then(&mut plan, office, all) {
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
