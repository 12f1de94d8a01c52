//! Each fault of `contest.toml` at the field that it is about.

use super::field::{Field, Form, Kind};
use crate::contest::path::{Step, keys};
use crate::contest::{FILE, Written};
use crate::fault::{self, Diagnostic, Diagnostics, Place, Remedy};
use crate::lang::Lang;
use crate::report::faults::FaultReport;

/// Puts every fault at the field whose value it stands at, or that it misses
/// there; what is about none is the form's.
pub(super) fn place(form: &mut Form, found: &Diagnostics, written: &Written, lang: Lang) {
    let mut ways = Vec::new();
    for section in &form.sections {
        add_ways(&section.fields, &mut ways);
    }
    for diagnostic in found.iter() {
        let fault = FaultReport::new(diagnostic, lang, Remedy::sentence);
        let target = target(diagnostic, written, &ways);
        let mut sections = form.sections.iter_mut();
        let put = target.is_some_and(|way| sections.any(|it| put(&mut it.fields, way, &fault)));
        if !put {
            form.faults.push(fault);
        }
    }
}

fn add_ways(fields: &[Field], ways: &mut Vec<Vec<Step>>) {
    for field in fields {
        ways.push(field.path.clone());
        match &field.kind {
            Kind::Table { fields } => add_ways(fields, ways),
            Kind::Tables { entries } => {
                for entry in entries {
                    ways.push(entry.path.clone());
                    add_ways(&entry.fields, ways);
                }
            }
            _ => {}
        }
    }
}

/// The way to the field or the entry that a fault is about.
fn target<'a>(
    diagnostic: &Diagnostic,
    written: &Written,
    ways: &'a [Vec<Step>],
) -> Option<&'a [Step]> {
    let (line, column) = match &diagnostic.place {
        Some(Place::Source { file, line, column }) if file == FILE => (*line, *column),
        _ => return None,
    };
    let there = written.at(line, column).unwrap_or_default();
    let before = keys(there).join(".");
    let missing = named(diagnostic).and_then(|key| {
        let rest = key.strip_prefix(&before)?;
        let rest = if before.is_empty() { rest } else { rest.strip_prefix('.')? };
        // A key that is missing there, perhaps in a table that is, too.
        ways.iter().find(|way| {
            let inner = way.strip_prefix(there).unwrap_or_default();
            !inner.is_empty()
                && inner.iter().all(|step| matches!(step, Step::Key(_)))
                && keys(inner).join(".") == rest
        })
    });
    let around = || ways.iter().filter(|way| there.starts_with(way)).max_by_key(|way| way.len());
    missing.or_else(around).map(Vec::as_slice)
}

/// The key that a fault names.
fn named(diagnostic: &Diagnostic) -> Option<String> {
    use fault::{Contest, Facts, Kind};
    match &diagnostic.kind {
        Kind::Contest(
            Contest::MissingKey { key }
            | Contest::EmptyList { key }
            | Contest::NotAllowed { key, .. }
            | Contest::Repeated { key, .. },
        ) => Some(key.clone()),
        Kind::Facts(Facts::MissingFact { table, name, .. }) => Some(format!("{table}.{name}")),
        _ => None,
    }
}

fn put(fields: &mut [Field], way: &[Step], fault: &FaultReport) -> bool {
    for field in fields.iter_mut().filter(|field| way.starts_with(&field.path)) {
        if field.path == way {
            field.faults.push(fault.clone());
            return true;
        }
        match &mut field.kind {
            Kind::Table { fields } => return put(fields, way, fault),
            Kind::Tables { entries } => {
                let mut entries = entries.iter_mut();
                let Some(entry) = entries.find(|entry| way.starts_with(&entry.path)) else {
                    return false;
                };
                if entry.path == way {
                    entry.faults.push(fault.clone());
                    return true;
                }
                return put(&mut entry.fields, way, fault);
            }
            _ => {}
        }
    }
    false
}
