//! What the entrants of a group keep together: how many win each award, how many
//! are recommended, and that none of them comes before a better one.

use std::collections::BTreeMap;

use super::broken::fault;
use crate::cell::CellRef;
use crate::contest::{Contest, Group};
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::field::Field;
use crate::roster::Entrant;

/// Holds the entrants of `group` against its numbers; `unread` rows of the sheet
/// could not be read.
pub(super) fn apply(
    entrants: &[Entrant],
    group: &Group,
    unread: usize,
    contest: &Contest,
    faults: &mut Diagnostics,
) {
    let own: Vec<_> = entrants.iter().filter(|entrant| entrant.group == group.name).collect();
    award_counts(&own, group, unread, faults);
    quota(&own, group, faults);
    outranked(&own, contest, faults);
}

/// The cells of all but the one at `index`; none if there is no such one.
fn others(entrants: &[&Entrant], index: usize, field: Field) -> Vec<CellRef> {
    let mut cells: Vec<_> = entrants.iter().map(|entrant| entrant.cell(field).clone()).collect();
    if index < cells.len() {
        cells.remove(index);
        cells
    } else {
        Vec::new()
    }
}

/// Awards in other numbers than were announced. Rows that could not be read
/// may be what is missing, so they count for what is needed of them. No single
/// row is at fault, so none can be held for it.
fn award_counts(entrants: &[&Entrant], group: &Group, unread: usize, faults: &mut Diagnostics) {
    for announced in &group.counts {
        let with = entrants.iter().filter(|entrant| entrant.award == announced.award);
        let with: Vec<_> = with.copied().collect();
        let kind = fault::Rules::AwardCount {
            group: group.name.clone(),
            award: announced.award.clone(),
            count: with.len(),
            announced: announced.count,
            others: others(&with, announced.count, Field::Award),
        };
        if let Some(first_over) = with.get(announced.count) {
            faults.push(Diagnostic::new(kind).at_cell(first_over.cell(Field::Award)));
        } else if with.len() + unread < announced.count {
            faults.push(Diagnostic::new(kind).at(announced.place.clone()));
        }
    }
}

/// A group over its quota is no single row's fault: no row can be held for it.
fn quota(entrants: &[&Entrant], group: &Group, faults: &mut Diagnostics) {
    let recommended = entrants.iter().filter(|entrant| entrant.recommended);
    let recommended: Vec<_> = recommended.copied().collect();
    if let Some(quota) = group.quota
        && let Some(first_over) = recommended.get(quota)
    {
        let kind = fault::Rules::OverQuota {
            group: group.name.clone(),
            count: recommended.len(),
            quota,
            others: others(&recommended, quota, Field::Recommended),
        };
        faults.push(Diagnostic::new(kind).at_cell(first_over.cell(Field::Recommended)));
    }
}

/// Whoever is recommended in a group although a higher award, or a higher score
/// with the same award, is not. Each is told of the highest that was passed over.
fn outranked(entrants: &[&Entrant], contest: &Contest, faults: &mut Diagnostics) {
    let rank = |entrant: &Entrant| contest.award(&entrant.award).map_or(0, |award| award.rank);
    // Of each rank, the entrant with the highest score that was passed over.
    let mut passed_over: BTreeMap<usize, &Entrant> = BTreeMap::new();
    for entrant in entrants.iter().filter(|entrant| !entrant.recommended) {
        let best = passed_over.entry(rank(entrant)).or_insert(entrant);
        if entrant.score > best.score {
            *best = entrant;
        }
    }
    for entrant in entrants.iter().filter(|entrant| entrant.recommended) {
        let higher = passed_over.range(..rank(entrant)).next().map(|(_, better)| *better);
        let better = higher.or_else(|| {
            let alike = passed_over.get(&rank(entrant)).copied();
            alike.filter(|other| entrant.score.is_some() && other.score > entrant.score)
        });
        if let Some(better) = better {
            let kind = fault::Rules::Outranked {
                project: entrant.project.clone(),
                standing: standing(entrant),
                better: better.project.clone(),
                better_standing: standing(better),
                other: better.source.clone(),
            };
            let fault = fault(kind, entrant, Field::Recommended);
            faults.push(fault.for_row(&better.source));
        }
    }
}

/// 二等奖 95.5
fn standing(entrant: &Entrant) -> String {
    entrant
        .score
        .map_or_else(|| entrant.award.clone(), |score| format!("{} {score}", entrant.award))
}
