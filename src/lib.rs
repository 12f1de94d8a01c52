//! accolade turns a contest's final award sheet into everything that is
//! printed afterwards: certificates, recommendation letters, notices.
//!
//! The way of the data, each stage a function from a value to a value:
//!
//! ```text
//! award sheet ──intake──▶ Roster ──plan──▶ Documents ──press──▶ PDFs ──package──▶ zip
//! ```
//!
//! Only what passed the stage before can exist. Faults of the user's data are
//! collected as [`Diagnostics`] and reported together; input and output happen
//! at the two ends. [`check`] and [`run`] below are the whole way; the modules
//! stand in the order they build on one another.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub mod cell;
pub mod field;
mod nearest;

pub mod diagnostic;

pub mod contest;

pub mod intake;

pub mod plan;

pub mod press;

pub mod package;

pub mod cli;

use contest::Contest;
use diagnostic::{Diagnostic, Diagnostics, Kind, Place, Severity};
use intake::Roster;
use package::{Entry, Package};
use plan::Plan;
use press::Press;

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
    /// How many documents are typeset at once.
    pub threads: NonZeroUsize,
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

/// Reads and proves a contest's award sheet; writes nothing.
///
/// The diagnostics may hold errors: then the roster is what is sound.
///
/// Errors: there is no contest, sheet or table to speak of.
pub fn check(folder: &Path, sheet: Option<&Path>) -> Result<(Roster, Diagnostics), Diagnostics> {
    let contest = Contest::load(folder)?;
    let press = Press::new(&contest)?;
    read(&contest, &press, sheet)
}

/// Makes every document of a contest and writes one package.
///
/// `progress` is told how many of how many documents are done, and may break
/// the run off.
///
/// Errors: all that is wrong, or that the run was broken off. Nothing was
/// written then.
pub fn run(
    folder: &Path,
    order: &Order,
    mut progress: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Account, Diagnostics> {
    let contest = Contest::load(folder)?;
    let press = Press::new(&contest)?;
    let (mut roster, mut noticed) = read(&contest, &press, order.sheet.as_deref())?;
    loop {
        if noticed.has_errors() && !(order.hold && can_hold(&noticed)) {
            return Err(noticed);
        }
        roster.hold(&noticed);
        if roster.entrants.is_empty() {
            return Err(noticed);
        }
        let (mut plan, planned) = Plan::new(&contest, &roster);
        if planned.has_errors() {
            noticed.extend(planned);
            return Err(noticed);
        }
        plan.retain_kinds(&order.only)?;
        let mut package = Package::create(&order.out, &plan)?;
        let count = plan.documents.len();
        let _ = progress(0, count);
        let pressed = press.run(&plan, order.threads, |index, rendered| {
            package.add(&plan, index, &rendered)?;
            match progress(index + 1, count) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(Kind::Interrupted.into()),
            }
        });
        match pressed {
            Ok(warnings) => {
                noticed.extend(planned);
                noticed.extend(warnings);
                let noticed = noticed.merged();
                let (package, documents) = package.finish(&plan, &noticed)?;
                return Ok(Account { roster, documents, package, diagnostics: noticed });
            }
            // What the press found wrong with a row holds that row: once more
            // without it.
            Err(faults) => noticed.extend(faults),
        }
    }
}

/// The sheet's sound rows, every one printable.
fn read(
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

/// Whether holding rows back is enough to go on: every error is some row's,
/// and none the environment's.
fn can_hold(noticed: &Diagnostics) -> bool {
    let mut errors = noticed.iter().filter(|d| d.severity() == Severity::Error);
    !noticed.blames_environment() && errors.all(|error| !error.rows.is_empty())
}
