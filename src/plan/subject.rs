//! What each document is about: one entrant, one member, or many together.

use std::collections::BTreeMap;

use crate::contest::{Contest, DocumentKind, Each};
use crate::roster::{Entrant, Roster};

/// What one document is about.
pub(super) struct Subject {
    pub entrants: Vec<usize>,
    pub member: Option<String>,
}

fn subjects(kind: &DocumentKind, roster: &Roster) -> Vec<Subject> {
    let fits = |entrant: &Entrant| {
        kind.conditions.iter().all(|condition| {
            entrant.texts(condition.field).iter().any(|text| condition.values.contains(text))
        })
    };
    let fitting = roster.entrants.iter().enumerate().filter(|(_, entrant)| fits(entrant));
    match kind.each {
        Each::Entrant => {
            fitting.map(|(index, _)| Subject { entrants: vec![index], member: None }).collect()
        }
        Each::Name(field) => fitting
            .flat_map(|(index, entrant)| {
                entrant
                    .texts(field)
                    .into_iter()
                    .map(move |member| Subject { entrants: vec![index], member: Some(member) })
            })
            .collect(),
        Each::Contest => {
            let entrants: Vec<_> = fitting.map(|(index, _)| index).collect();
            if entrants.is_empty() { Vec::new() } else { vec![Subject { entrants, member: None }] }
        }
        Each::Field(field) => {
            let mut order = Vec::new();
            let mut shared: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
            for (index, entrant) in fitting {
                let key = entrant.texts(field);
                let entrants = shared.entry(key.clone()).or_default();
                if entrants.is_empty() {
                    order.push(key);
                }
                entrants.push(index);
            }
            let entrants = order.iter().filter_map(|key| shared.remove(key));
            entrants.map(|entrants| Subject { entrants, member: None }).collect()
        }
    }
}

/// Every document that a contest makes for these people, by kind and subject,
/// and the kinds of lists that are not made while rows are held.
pub(super) fn wanted(contest: &Contest, roster: &Roster) -> (Vec<(usize, Subject)>, Vec<String>) {
    let mut lists_held = Vec::new();
    let mut wanted = Vec::new();
    for (kind, definition) in contest.documents.iter().enumerate() {
        if definition.lists_many() && !roster.held.is_empty() {
            lists_held.push(definition.name.clone());
            continue;
        }
        wanted.extend(subjects(definition, roster).into_iter().map(|subject| (kind, subject)));
    }
    (wanted, lists_held)
}
