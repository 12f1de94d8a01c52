//! `accolade preview`: pages as pictures, before anything is made.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{self, Preview};
use super::output;
use super::report::{DiagnosticJson, Reporter};
use crate::attest::Key;
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::plan::{self, Document, Mode, Past, Plan};
use crate::press::Press;
use crate::register::Register;

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
    let register = Register::open(&preview.folder)?;
    let (key, _) = Key::of(&preview.folder, register.ledger().keys().last())?;
    let (roster, mut noticed) = crate::issue::read(&contest, &press, preview.sheet.as_deref())?;
    let past = Past { ledger: register.ledger(), mode: Mode::Issue { new: &[] } };
    let (plan, planned) = Plan::new(&contest, &roster, past, Some(&key));
    noticed.extend(planned);
    let chosen = choose(&plan, &press, preview.which.as_deref());
    if chosen.is_empty() {
        let mut faults = noticed;
        // Without a sound row there is nothing to match, and that is the fault.
        if preview.which.is_some() || !faults.has_errors() {
            let which = preview.which.clone().unwrap_or_default();
            faults.push(Diagnostic::new(Kind::NothingMatches { which }));
        }
        return Err(faults);
    }
    let mut files = Vec::new();
    let drawn = press.draw(&plan, &chosen, PIXELS_PER_INCH, args::all_threads())?;
    for (&document, pictures) in chosen.iter().zip(&drawn) {
        // The package's own folders: one long name of all would not be legal.
        let stem = plan.documents[document].path.trim_end_matches(".pdf");
        for (page, picture) in (1..).zip(pictures) {
            let path = preview.out.join(format!("{stem} {page}.png"));
            output::write(&path, picture)?;
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

/// The documents that `which` names, by index; if it is left out or names a
/// kind, those about the entrants that strain a template most, and every list.
fn choose(plan: &Plan<'_>, press: &Press, which: Option<&str>) -> Vec<usize> {
    let kind = which.filter(|which| plan.contest.documents.iter().any(|kind| kind.name == *which));
    let all: Vec<usize> = (0..plan.roster.entrants.len()).collect();
    let worst = plan::worst_cases(plan.roster, &all, |character| press.fonts().lacking(character));
    let chosen = |document: &Document| match (which, kind) {
        (Some(which), None) => fits(plan, document, which),
        _ => {
            let strains = document.entrants.iter().any(|entrant| worst.contains(entrant));
            kind.is_none_or(|name| plan.kind(document).name == name)
                && (strains || plan.only(document).is_none())
        }
    };
    let documents = plan.documents.iter().enumerate();
    documents.filter(|(_, document)| chosen(document)).map(|(index, _)| index).collect()
}

fn fits(plan: &Plan<'_>, document: &Document, which: &str) -> bool {
    if document.number() == Some(which) {
        return true;
    }
    let Some(entrant) = plan.only(document) else { return false };
    match CellRef::parse(which) {
        Some(cell) => (cell.sheet, cell.row) == (entrant.source.sheet.clone(), entrant.source.row),
        None => entrant.organization.contains(which) || entrant.project.contains(which),
    }
}
