//! A finished PDF of an official document, by whomever it was made, held
//! against GB/T 9704-2012 clause by clause.
//!
//! Nothing is known of how it was made: `sheet` turns what is drawn into lines,
//! `document` tells the elements, and the rest measures each of them. What
//! cannot be measured is left to a person by name, never passed over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::pdf::{Pdf, Refusal};

mod area;
mod document;
mod end;
mod face;
mod finding;
mod findings;
mod form;
mod grid;
mod head;
mod pose;
mod rule;
mod spot;
mod text;
mod upright;

use document::Document;
pub use document::Form;
pub use finding::{Finding, Judgement, Measure};
use findings::Findings;
pub use rule::Rule;
use spot::Spot;
use upright::UprightPage;

/// More pages than any official document has; a bound on what is read.
const PAGES: usize = 400;

/// The same in bytes.
const BYTES: u64 = 64 << 20;

/// A document held against the standard.
#[derive(Debug, Clone)]
pub struct Report {
    /// How many pages it has.
    pub pages: usize,
    /// What it is by its head.
    pub form: Form,
    /// In the order of the clauses; rules that do not concern it are left out.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many rules have this verdict.
    pub fn count(&self, verdict: Judgement) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }
}

/// Holds a PDF against the standard.
///
/// ```no_run
/// use accolade::Lang;
/// use accolade::inspect::{self, Judgement};
///
/// # fn main() -> Result<(), accolade::Diagnostics> {
/// let report = inspect::file("notice.pdf".as_ref())?;
/// let failed = report.findings.iter().filter(|it| it.verdict == Judgement::Fail);
/// let told = failed.map(|it| format!("{} {}", it.rule.clause(), it.rule.says(Lang::En)));
/// let told: Vec<String> = told.collect();
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// It cannot be read, is no PDF, wants a password, is too large, or
/// shows no text, as a scan does.
pub fn file(path: &Path) -> Result<Report, Diagnostics> {
    let cannot_read = |error| Diagnostic::cannot_read(path, &error);
    if fs::metadata(path).map_err(cannot_read)?.len() > BYTES {
        return Err(too_large(path));
    }
    held(path, fs::read(path).map_err(cannot_read)?)
}

/// Holds a PDF's bytes against the standard; `name` is what the file is called.
///
/// # Errors
/// As [`file()`], but that it cannot be read.
pub fn bytes(name: &str, bytes: Vec<u8>) -> Result<Report, Diagnostics> {
    held(Path::new(name), bytes)
}

fn too_large(place: &Path) -> Diagnostics {
    let fault = Diagnostic::new(fault::Pdf::PdfTooLarge { pages: PAGES });
    fault.at(Place::File(place.to_owned())).into()
}

fn held(place: &Path, bytes: Vec<u8>) -> Result<Report, Diagnostics> {
    let fault = |kind| Diagnostic::new(kind).at(Place::File(place.to_owned()));
    if bytes.len() as u64 > BYTES {
        return Err(too_large(place));
    }
    let pdf = Pdf::open(bytes).map_err(|refusal| match refusal {
        Refusal::Locked => fault(fault::Pdf::PdfLocked),
        Refusal::Damaged => fault(fault::Pdf::NotAPdf),
    })?;
    if pdf.len() > PAGES {
        return Err(too_large(place));
    }
    let mut fonts = Fonts::default();
    let mut sheets = Vec::new();
    for index in 0..pdf.len() {
        let mut page = pdf.page(index);
        fonts.missing.append(&mut page.missing);
        fonts.unread.append(&mut page.unread);
        sheets.push(UprightPage::new(index + 1, page));
    }
    upright::unmirror(&mut sheets);
    // A scan with a stamp of its date is no text either.
    let read: usize = sheets.iter().map(|sheet| sheet.characters - sheet.unknown).sum();
    if read < sheets.len() * 10 {
        let fonts = fonts.unread.into_iter().collect();
        return Err(fault(fault::Pdf::PdfWithoutText { fonts }).into());
    }
    Ok(report(&sheets, &fonts))
}

/// Fonts that stand in the way.
#[derive(Default)]
struct Fonts {
    /// Not embedded.
    missing: BTreeSet<String>,
    /// In an encoding that is not known.
    unread: BTreeSet<String>,
}

fn report(sheets: &[UprightPage], fonts: &Fonts) -> Report {
    let document = Document::new(sheets);
    let mut findings = Findings::default();
    grid::hold(&document, &mut findings);
    head::hold(&document, &mut findings);
    text::hold(&document, &mut findings);
    end::hold(&document, &mut findings);
    measure_file(sheets, fonts, &mut findings);
    for rule in rule::FOR_PERSONS {
        findings.add(rule, Spot::NOWHERE, Judgement::Person, []);
    }
    Report { pages: sheets.len(), form: document.form, findings: findings.sorted() }
}

fn measure_file(sheets: &[UprightPage], fonts: &Fonts, findings: &mut Findings) {
    let named =
        |names: &BTreeSet<String>| names.iter().cloned().map(Measure::Font).collect::<Vec<_>>();
    let names = sheets.iter().flat_map(UprightPage::fonts).collect::<BTreeSet<_>>().len();
    let mut measured = vec![Measure::Of(names.saturating_sub(fonts.missing.len()), names)];
    measured.extend(named(&fonts.missing));
    findings.hold(Rule::FontsEmbedded, Spot::NOWHERE, fonts.missing.is_empty(), measured);
    let unknown: usize = sheets.iter().map(|sheet| sheet.unknown).sum();
    let all: usize = sheets.iter().map(|sheet| sheet.characters).sum();
    let mut measured = vec![Measure::Of(all - unknown, all)];
    measured.extend(named(&fonts.unread));
    let holds = unknown == 0 && fonts.unread.is_empty();
    findings.hold(Rule::Readable, Spot::NOWHERE, holds, measured);
}
