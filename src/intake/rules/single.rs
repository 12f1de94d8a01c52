//! What every entrant must keep for itself.

use super::broken::fault;
use crate::contest::Contest;
use crate::fault::{self, Diagnostics};
use crate::field::Field;
use crate::roster::Entrant;

/// Holds every entrant for itself against the rules.
pub(in super::super) fn apply_to_each(
    entrants: &[Entrant],
    contest: &Contest,
    faults: &mut Diagnostics,
) {
    for entrant in entrants {
        members(entrant, contest, faults);
        registration(entrant, contest, faults);
    }
}

fn members(entrant: &Entrant, contest: &Contest, faults: &mut Diagnostics) {
    let count = entrant.members.len();
    if let Some(limit) = contest.rules.max_members.filter(|&limit| count > limit) {
        faults.push(fault(fault::Rules::TooManyMembers { count, limit }, entrant, Field::Members));
    }
}

fn registration(entrant: &Entrant, contest: &Contest, faults: &mut Diagnostics) {
    let since = contest.group(&entrant.group).and_then(|group| group.registered_since);
    if let (Some(date), Some(since)) = (entrant.registered_on, since)
        && date < since
    {
        let kind =
            fault::Rules::RegisteredTooEarly { date: date.to_string(), since: since.to_string() };
        faults.push(fault(kind, entrant, Field::RegisteredOn));
    }
}
