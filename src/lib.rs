//! accolade turns a contest's final award sheet into everything that is
//! printed afterwards: certificates, recommendation letters, notices.
//!
//! The way of the data, each stage a function from a value to a value:
//!
//! ```text
//! award sheet ──intake──▶ Roster ──plan──▶ Documents ──press──▶ PDFs ──package──▶ zip
//!                                   ▲                                      │
//!                                register ◀──────────── issued ────────────┘
//! ```
//!
//! Only what passed the stage before can exist. Faults of the user's data are
//! collected as [`Diagnostics`] and reported together; input and output happen
//! at the two ends. [`check`] and [`run`] below are the whole way; [`reissue`]
//! goes it again for what has changed, and [`verify`] comes back from paper.
//! [`inspect`] measures any finished official document against GB/T 9704.
//! The modules stand in the order they build on one another.

use std::ops::ControlFlow;
use std::path::Path;

pub mod cell;
mod character;
pub mod fact;
pub mod field;
pub mod form;
mod nearest;
mod pdf;
pub mod tabular;
mod unfinished;

pub mod diagnostic;

pub mod template;

pub mod contest;

pub mod attest;

pub mod intake;

pub mod annotate;

pub mod register;

pub mod plan;

pub mod press;

pub mod package;

pub mod publish;

pub mod inspect;
mod issue;
pub mod reissue;
pub mod shard;
pub mod verify;

pub mod cli;

use attest::Key;
use contest::Contest;
use diagnostic::Diagnostics;
use intake::Roster;
use issue::Office;
pub use issue::{Account, Order, Step};
use plan::{Mode, Past, Plan};
pub use press::Made;
use press::{Tried, Underway};
use register::Register;

/// What `check` has found.
#[derive(Debug)]
pub struct Checked {
    /// Who is in the sheet: what is sound of it, if the diagnostics hold errors.
    pub roster: Roster,
    /// What was tried of each kind of document.
    pub tried: Vec<Tried>,
    /// Everything that was noticed.
    pub diagnostics: Diagnostics,
}

/// Reads and proves a contest's award sheet, holds it against what was issued,
/// and tries the templates on a few documents of every kind; writes nothing.
///
/// Errors: there is no contest, sheet or table to speak of.
pub fn check(folder: &Path, sheet: Option<&Path>) -> Result<Checked, Diagnostics> {
    let contest = Contest::load(folder)?;
    let (press, opened) = issue::open(&contest, sheet)?;
    let register = Register::open(folder)?;
    let (mut roster, mut noticed) = issue::read(&contest, &press, &opened);
    let found = Key::of(folder, register.ledger().keys().last());
    let key = found.map_err(|faults| noticed.extend(faults)).ok().map(|(key, _)| key);
    // Nothing is made here: lists are tried with whoever is sound.
    let held = std::mem::take(&mut roster.held);
    let past = Past { ledger: register.ledger(), mode: Mode::Issue { new: &[] } };
    let (plan, planned) = Plan::new(&contest, &roster, past, key.as_ref());
    let (tried, rehearsed) = press.rehearse(&plan);
    roster.held = held;
    roster.hold(&planned);
    roster.hold(&rehearsed);
    noticed.extend(planned);
    noticed.extend(rehearsed);
    Ok(Checked { roster, tried, diagnostics: noticed.merged() })
}

/// Makes every document of a contest and writes one package.
///
/// `progress` is told every step, and may break the run off while documents
/// are being made.
///
/// Errors: all that is wrong, or that the run was broken off. Nothing was
/// written then, and no number was spent, but for a package that has its name
/// and could not be recorded to the end.
pub fn run(
    folder: &Path,
    order: &Order,
    mut progress: impl FnMut(Step) -> ControlFlow<()>,
) -> Result<Account, Diagnostics> {
    let contest = Contest::load(folder)?;
    let (press, sheet) = issue::open(&contest, order.sheet.as_deref())?;
    let mut office = Office::open(folder, order.now)?;
    if !order.draft {
        office.refuse_unwritable()?;
    }
    let (made, roster) =
        issue::planned(&contest, &press, &sheet, &office, order, |plan, mut noticed| {
            plan.retain_kinds(&order.only)?;
            let package = issue::begin(order, plan, office.ledger())?;
            let underway = Underway::new(plan);
            let (package, warnings) =
                issue::press(&press, plan, &underway, package, order.threads, &mut progress)?;
            noticed.extend(warnings);
            issue::finish(plan, package, office.ledger(), noticed)
        })?;
    let (package, documents) = office.hand_over(made.copies, made.package, &mut progress)?;
    Ok(Account { roster, documents, package, diagnostics: made.noticed })
}
