//! `accolade preview`: pages as pictures, before anything is made.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::args::Preview;
use super::report::{DiagnosticJson, Reporter};
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place};
use crate::plan::{self, Document, Plan};
use crate::press::Press;

/// Enough to read every line on a screen.
const PIXELS_PER_INCH: f64 = 110.0;

#[derive(Serialize)]
struct Drawn {
    files: Vec<PathBuf>,
    diagnostics: Vec<DiagnosticJson>,
}

pub(super) fn run(preview: &Preview, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let contest = Contest::load(&preview.folder)?;
    let press = Press::new(&contest)?;
    let (roster, noticed) = crate::read(&contest, &press, preview.sheet.as_deref())?;
    let (plan, _) = Plan::new(&contest, &roster);
    let chosen = choose(&plan, &press, preview.which.as_deref());
    if chosen.is_empty() {
        let mut faults = noticed;
        let which = preview.which.clone().unwrap_or_default();
        faults.push(Diagnostic::new(Kind::NothingMatches { which }));
        return Err(faults);
    }
    let mut files = Vec::new();
    for document in chosen {
        for (index, picture) in
            press.pictures(&plan, document, PIXELS_PER_INCH)?.into_iter().enumerate()
        {
            let stem = document.path.trim_end_matches(".pdf").replace('/', " ");
            let path = preview.out.join(format!("{stem} {}.png", index + 1));
            write(&path, &picture)?;
            files.push(path);
        }
    }
    let drawn = Drawn { files, diagnostics: reporter.json(&noticed) };
    reporter.done(&drawn, |_| {
        let files = drawn.files.iter().map(|file| format!("{}\n", file.display()));
        reporter.text(&noticed) + &files.collect::<String>()
    });
    Ok(ExitCode::SUCCESS)
}

/// The documents that `which` names; if it is left out or names a kind, those
/// about the entrants that strain a template most, and every list.
fn choose<'a>(plan: &'a Plan<'_>, press: &Press, which: Option<&str>) -> Vec<&'a Document> {
    let kind = which.filter(|which| plan.contest.documents.iter().any(|kind| kind.name == *which));
    if let (Some(which), None) = (which, kind) {
        return plan.documents.iter().filter(|document| fits(plan, document, which)).collect();
    }
    let worst = plan::worst_cases(plan.roster, |character| press.fonts().lacking(character));
    let strains = |document: &&Document| match plan.only(document) {
        Some(_) => document.entrants.iter().any(|entrant| worst.contains(entrant)),
        None => true,
    };
    let wanted = |document: &&Document| kind.is_none_or(|name| plan.kind(document).name == name);
    plan.documents.iter().filter(wanted).filter(strains).collect()
}

fn fits(plan: &Plan<'_>, document: &Document, which: &str) -> bool {
    if document.number.as_deref() == Some(which) {
        return true;
    }
    let Some(entrant) = plan.only(document) else { return false };
    match CellRef::parse(which) {
        Some(cell) => (cell.sheet, cell.row) == (entrant.source.sheet.clone(), entrant.source.row),
        None => entrant.organization.contains(which) || entrant.project.contains(which),
    }
}

fn write(path: &PathBuf, bytes: &[u8]) -> Result<(), Diagnostics> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(path, bytes)).map_err(|error| {
        let kind = Kind::CannotWrite { error: error.to_string() };
        Diagnostic::new(kind).at(Place::File(path.clone())).into()
    })
}
