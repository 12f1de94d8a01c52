//! The same entrant, project or person more than once.

use std::collections::HashMap;

use rayon::prelude::*;

use super::broken::fault;
use super::likeness::Bare;
use crate::fault::{Diagnostics, Rules};
use crate::field::Field;
use crate::roster::Entrant;

/// Of rows about one entrant, each after the first.
pub(super) fn entrants(entrants: &[Entrant], faults: &mut Diagnostics) {
    let mut first: HashMap<&str, &Entrant> = HashMap::new();
    for entrant in entrants {
        if let Some(other) = first.get(entrant.id.as_str()) {
            faults.push(
                fault(entrant.same_as(other), entrant, Field::Project).for_row(&other.source),
            );
        } else {
            first.insert(&entrant.id, entrant);
        }
    }
}

/// Projects of one organization that are the same or alike, in whatever group,
/// and projects of one name in several organizations. A project is held
/// against the first such one above it.
pub(super) fn projects(entrants: &[Entrant], faults: &mut Diagnostics) {
    let mut by_organization: HashMap<String, Vec<(&Entrant, Bare)>> = HashMap::new();
    let mut by_name: HashMap<String, (&Entrant, String)> = HashMap::new();
    let bare = |it: &Entrant| (Bare::new(&it.project), Bare::new(&it.organization).text);
    let bare: Vec<_> = entrants.par_iter().map(bare).collect();
    // People who enter by themselves may all have one project: 100米.
    let all = entrants
        .iter()
        .zip(bare)
        .filter(|(entrant, _)| !entrant.project.is_empty() && !entrant.organization.is_empty());
    for (entrant, (project, organization)) in all {
        let earlier = by_organization.entry(organization.clone()).or_default();
        let same = earlier.iter().find(|(_, other)| other.text == project.text);
        if let Some(&(other, _)) = same {
            // That they are one entrant is told already.
            if other.id != entrant.id {
                let kind = Rules::RepeatedProject {
                    project: entrant.project.clone(),
                    organization: entrant.organization.clone(),
                    other: other.source.clone(),
                };
                faults.push(fault(kind, entrant, Field::Project).for_row(&other.source));
            }
        } else if let Some((other, _)) = earlier.iter().find(|(_, other)| other.is_like(&project)) {
            let kind = Rules::SimilarProject {
                project: entrant.project.clone(),
                alike: other.project.clone(),
                other: other.source.clone(),
            };
            faults.push(fault(kind, entrant, Field::Project).for_row(&other.source));
        }
        match by_name.get(&project.text) {
            Some((other, elsewhere)) if *elsewhere != organization => {
                let kind = Rules::SameProjectName {
                    project: entrant.project.clone(),
                    organization: other.organization.clone(),
                    other: other.source.clone(),
                };
                faults.push(fault(kind, entrant, Field::Project).for_row(&other.source));
            }
            Some(_) => {}
            None => {
                by_name.insert(project.text.clone(), (entrant, organization));
            }
        }
        earlier.push((entrant, project));
    }
}

/// People in several teams of these groups; the projects of one organization
/// count as one team. Told once, in the last of the rows.
pub(super) fn members(entrants: &[Entrant], groups: &[String], faults: &mut Diagnostics) {
    let concerned = || entrants.iter().filter(|entrant| groups.contains(&entrant.group));
    let mut teams: HashMap<&str, Vec<&Entrant>> = HashMap::new();
    for entrant in concerned() {
        for name in &entrant.members {
            teams.entry(name).or_default().push(entrant);
        }
    }
    for entrant in concerned() {
        for name in &entrant.members {
            let rows = &teams[name.as_str()];
            let last = rows.last().is_some_and(|last| last.source == entrant.source);
            if !last || rows.len() == 1 {
                continue;
            }
            let team = Bare::new(&entrant.organization).text;
            if rows.iter().all(|row| Bare::new(&row.organization).text == team) {
                continue;
            }
            let others: Vec<_> = rows.iter().filter(|row| row.source != entrant.source).collect();
            let kind = Rules::SharedMember {
                name: name.clone(),
                others: others.iter().map(|row| row.cell(Field::Members).clone()).collect(),
            };
            let fault = fault(kind, entrant, Field::Members);
            faults.push(others.iter().fold(fault, |fault, row| fault.for_row(&row.source)));
        }
    }
}
