//! Lists of projects that may not take part.
//!
//! A list is any spreadsheet: with a header, its columns of projects and
//! organizations count; without one, every cell is taken for a project.

use std::collections::{BTreeSet, HashMap};

use super::broken::fault;
use super::likeness::Bare;
use crate::cell::CellRef;
use crate::contest::{Contest, ExclusionList};
use crate::fault::{Diagnostic, Diagnostics, Place, Rules};
use crate::field::Field;
use crate::intake::clean;
use crate::intake::columns::Headers;
use crate::intake::find::HEADER_WITHIN;
use crate::roster::Entrant;
use crate::workbook::{Sheet, Workbook};

/// A project on a list.
struct Listed {
    text: String,
    project: Bare,
    organization: Option<String>,
    cell: CellRef,
}

/// Holds every project against every list.
pub(super) fn apply(
    entrants: &[Entrant],
    contest: &Contest,
    lists: &[Result<Workbook, Diagnostics>],
    faults: &mut Diagnostics,
) {
    let headers = Headers::new(contest);
    for (list, opened) in contest.rules.exclusions.iter().zip(lists) {
        match opened {
            Ok(workbook) => {
                let sheets = workbook.sheets.iter().filter(|sheet| !sheet.hidden);
                let listed: Vec<_> = sheets.flat_map(|sheet| read(sheet, &headers)).collect();
                if listed.is_empty() {
                    let kind = Rules::NothingExcluded { list: list.name.clone() };
                    faults.push(Diagnostic::new(kind).at(Place::File(list.file.clone())));
                }
                hold_against(entrants, list, &listed, faults);
            }
            Err(unreadable) => faults.extend(unreadable.clone()),
        }
    }
}

fn read(sheet: &Sheet, headers: &Headers) -> Vec<Listed> {
    let fields = |row: u32| {
        let columns = sheet.columns(row);
        let fields = columns
            .filter_map(|column| Some((headers.field(&sheet.own(row, column).text())?, column)));
        fields.collect::<Vec<_>>()
    };
    let column = |fields: &[(Field, u32)], field| {
        fields.iter().find(|(known, _)| *known == field).map(|&(_, column)| column)
    };
    let header = sheet
        .rows()
        .take(HEADER_WITHIN)
        .map(|row| (row, fields(row)))
        .filter(|(_, fields)| column(fields, Field::Project).is_some())
        .max_by_key(|(row, fields)| (fields.len(), std::cmp::Reverse(*row)));
    let listed = |row, project, organization: Option<u32>| {
        let (cell, listed) = sheet.at(row, project);
        let text = clean::line(&listed.text());
        let organization = organization.map(|column| clean::line(&sheet.at(row, column).1.text()));
        (!text.is_empty()).then(|| Listed {
            project: Bare::new(&text),
            text,
            organization: organization
                .filter(|name| !name.is_empty())
                .map(|name| Bare::new(&name).text),
            cell,
        })
    };
    if let Some((header, fields)) = header {
        let project = column(&fields, Field::Project).expect("a header was chosen for it");
        let organization = column(&fields, Field::Organization);
        let rows = sheet.rows().filter(|&row| row > header);
        rows.filter_map(|row| listed(row, project, organization)).collect()
    } else {
        let cells =
            sheet.rows().flat_map(|row| sheet.columns(row).map(move |column| (row, column)));
        cells.filter_map(|(row, column)| listed(row, column, None)).collect()
    }
}

/// The same name is an error, unless the list gives it to another organization;
/// that, and a similar name of the same or of no organization, is a warning.
fn hold_against(
    entrants: &[Entrant],
    list: &ExclusionList,
    listed: &[Listed],
    faults: &mut Diagnostics,
) {
    let mut by_name: HashMap<&str, Vec<&Listed>> = HashMap::new();
    let mut by_organization: HashMap<Option<&str>, Vec<&Listed>> = HashMap::new();
    for one in listed {
        by_name.entry(&one.project.text).or_default().push(one);
        by_organization.entry(one.organization.as_deref()).or_default().push(one);
    }
    let file = list.file.file_name().unwrap_or_default().to_string_lossy();
    for entrant in entrants {
        let project = Bare::new(&entrant.project);
        let organization = Bare::new(&entrant.organization).text;
        let own = |one: &Listed| one.organization.as_ref().is_none_or(|its| *its == organization);
        let same = by_name.get(project.text.as_str()).map_or(&[][..], Vec::as_slice);
        let kin = BTreeSet::from([None, Some(organization.as_str())]);
        let mut kin = kin.iter().filter_map(|key| by_organization.get(key)).flatten();
        let (kind, list) = (entrant.project.clone(), list.name.clone());
        let entry = |one: &Listed| format!("{file} {}", one.cell);
        let kind = if let Some(one) = same.iter().find(|one| own(one)) {
            Rules::Excluded { project: kind, list, entry: entry(one) }
        } else if let Some(one) =
            same.first().or_else(|| kin.find(|one| one.project.is_like(&project)))
        {
            let alike = one.text.clone();
            Rules::ResemblesExcluded { project: kind, list, entry: entry(one), alike }
        } else {
            continue;
        };
        faults.push(fault(kind, entrant, Field::Project));
    }
}
