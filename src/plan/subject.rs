//! What each document is about: one entrant, one member, or many together.

use std::collections::BTreeMap;

use crate::contest::{Contest, DocumentKind, Each};
use crate::roster::{Entrant, Roster};

/// What one document is about.
pub(super) struct Subject {
    pub entrants: Vec<usize>,
    pub member: Option<Person>,
}

/// One of the people that a field of an entrant names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// The name.
    pub(crate) name: String,
    /// Of several of one name, which: by their places in the field, from 1.
    pub(crate) nth: usize,
}

impl Person {
    /// As the register tells people of one entrant apart.
    pub(crate) fn key(&self) -> String {
        match self.nth {
            1 => self.name.clone(),
            nth => format!("{} #{nth}", self.name),
        }
    }
}

/// What the register knows people of one field by, in their order.
pub(crate) fn person_keys(names: Vec<String>) -> Vec<String> {
    people(names).map(|person| person.key()).collect()
}

/// People, each told from those of the same name before.
fn people(names: Vec<String>) -> impl Iterator<Item = Person> {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    names.into_iter().map(move |name| {
        let nth = met.entry(name.clone()).or_default();
        *nth += 1;
        Person { name, nth: *nth }
    })
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
                people(entrant.texts(field))
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
