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
pub mod fact;
pub mod field;
pub mod form;
mod nearest;
mod pdf;
pub mod tabular;

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

use contest::Contest;
use diagnostic::{Diagnostics, Kind};
use intake::Roster;
use issue::Office;
pub use issue::{Account, Order, Step};
use package::Package;
use plan::{Mode, Past, Plan};
pub use press::Made;
use press::{Press, Underway};
use register::Register;

/// Reads and proves a contest's award sheet, holds it against what was issued,
/// and tries the templates on a few documents; writes nothing.
///
/// The diagnostics may hold errors: then the roster is what is sound.
///
/// Errors: there is no contest, sheet or table to speak of.
pub fn check(folder: &Path, sheet: Option<&Path>) -> Result<(Roster, Diagnostics), Diagnostics> {
    let contest = Contest::load(folder)?;
    let press = Press::new(&contest)?;
    let register = Register::open(folder)?;
    let (mut roster, mut noticed) = issue::read(&contest, &press, sheet)?;
    let past = Past { ledger: register.ledger(), mode: Mode::Issue { new: &[] } };
    let (plan, planned) = Plan::new(&contest, &roster, past, None);
    let rehearsed = press.rehearse(&plan);
    roster.hold(&planned);
    roster.hold(&rehearsed);
    // Nothing is made here, so nothing is left unmade.
    noticed.extend(planned.into_iter().filter(|it| !matches!(it.kind, Kind::ListsHeld { .. })));
    noticed.extend(rehearsed);
    Ok((roster, noticed.merged()))
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
    let press = Press::new(&contest)?;
    let mut office = Office::open(folder, order.now)?;
    if !order.draft {
        office.refuse_unwritable()?;
    }
    let (made, roster) = issue::planned(&contest, &press, &office, order, |plan, mut noticed| {
        plan.retain_kinds(&order.only)?;
        let package = Package::create(&order.out, &issue::package_name(plan), plan)?;
        let underway = Underway::new(plan);
        let (package, warnings) =
            issue::press(&press, plan, &underway, package, order.threads, &mut progress)?;
        noticed.extend(warnings);
        issue::finish(plan, package, office.ledger(), noticed)
    })?;
    let (package, documents) = office.hand_over(made.copies, made.package, &mut progress)?;
    Ok(Account { roster, documents, package, diagnostics: made.noticed })
}
