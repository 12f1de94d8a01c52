//! The contest's rules over the whole roster.

use std::collections::HashMap;

use super::roster::{Entrant, Roster};
use crate::contest::Contest;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::field::Field;

/// Holds the roster against every rule of the contest.
pub(super) fn check(roster: &Roster, contest: &Contest, faults: &mut Diagnostics) {
    for entrant in &roster.entrants {
        members(entrant, contest, faults);
        registration(entrant, contest, faults);
    }
    same_entrant(&roster.entrants, faults);
    quotas(&roster.entrants, contest, faults);
}

fn fault(kind: Kind, entrant: &Entrant, field: Field) -> Diagnostic {
    Diagnostic::new(kind).at_cell(entrant.cell(field)).for_row(&entrant.source)
}

fn members(entrant: &Entrant, contest: &Contest, faults: &mut Diagnostics) {
    let count = entrant.members.len();
    if let Some(limit) = contest.rules.max_members.filter(|&limit| count > limit) {
        faults.push(fault(Kind::TooManyMembers { count, limit }, entrant, Field::Members));
    }
}

fn registration(entrant: &Entrant, contest: &Contest, faults: &mut Diagnostics) {
    let since = contest.group(&entrant.group).registered_since;
    if let (Some(date), Some(since)) = (entrant.registered_on, since)
        && date < since
    {
        let kind = Kind::RegisteredTooEarly { date: date.to_string(), since: since.to_string() };
        faults.push(fault(kind, entrant, Field::RegisteredOn));
    }
}

fn same_entrant(entrants: &[Entrant], faults: &mut Diagnostics) {
    let mut first: HashMap<&str, &Entrant> = HashMap::new();
    for entrant in entrants {
        if let Some(other) = first.get(entrant.id.as_str()) {
            let kind = Kind::SameEntrant {
                project: entrant.project.clone(),
                organization: entrant.organization.clone(),
                other: other.source.clone(),
            };
            faults.push(fault(kind, entrant, Field::Project).for_row(&other.source));
        } else {
            first.insert(&entrant.id, entrant);
        }
    }
}

/// A group over its quota is no single row's fault: no row can be held for it.
fn quotas(entrants: &[Entrant], contest: &Contest, faults: &mut Diagnostics) {
    for group in &contest.groups {
        let recommended: Vec<_> =
            entrants.iter().filter(|e| e.recommended && e.group == group.name).collect();
        if let Some(quota) = group.quota
            && let Some(first_over) = recommended.get(quota)
        {
            let kind =
                Kind::OverQuota { group: group.name.clone(), count: recommended.len(), quota };
            faults.push(Diagnostic::new(kind).at_cell(first_over.cell(Field::Recommended)));
        }
    }
}
