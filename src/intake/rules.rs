//! The contest's rules over the roster.

use rayon::prelude::*;

use crate::contest::Contest;
use crate::fault::Diagnostics;
use crate::roster::Roster;
use crate::workbook::Workbook;

mod broken;
mod exclusions;
mod groups;
mod likeness;
mod repeats;
mod single;
mod verdict;

pub(super) use single::apply_to_each;
pub(super) use verdict::{Judged, judge};

/// Holds the roster against every rule of the contest.
pub(super) fn apply(
    roster: &Roster,
    contest: &Contest,
    lists: &[Result<Workbook, Diagnostics>],
    faults: &mut Diagnostics,
) {
    let (entrants, shared) = (&roster.entrants, &contest.rules.no_shared_members);
    let rules: [&(dyn Fn(&mut Diagnostics) + Sync); 5] = [
        &|faults| apply_to_each(entrants, contest, faults),
        &|faults| repeats::entrants(entrants, faults),
        &|faults| repeats::projects(entrants, faults),
        &|faults| repeats::members(entrants, shared, faults),
        &|faults| exclusions::apply(entrants, contest, lists, faults),
    ];
    let found = rules.into_par_iter().map(|rule| {
        let mut faults = Diagnostics::default();
        rule(&mut faults);
        faults
    });
    faults.extend(found.collect::<Vec<_>>().into_iter().flatten());
    for group in &contest.groups {
        groups::apply(entrants, group, roster.held.len(), contest, faults);
    }
}
