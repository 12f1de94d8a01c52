//! A finished PDF of an official document, by whomever it was made, held
//! against GB/T 9704-2012 clause by clause.
//!
//! Nothing is known of how it was made: `sheet` turns what is drawn into lines,
//! `document` tells the elements, and the rest measures each of them. What
//! cannot be measured is left to a person by name, never passed over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::pdf::{Glyph, Pdf, Refusal};

mod area;
mod document;
mod end;
mod face;
mod form;
mod grid;
mod head;
mod rule;
mod sheet;
mod text;

use document::Document;
pub use document::Form;
use face::Face;
pub use rule::Rule;
use sheet::Sheet;

/// More pages than any official document has; a bound on what is read.
const PAGES: usize = 400;

/// The same in bytes.
const BYTES: u64 = 64 << 20;

/// What is measured is told to the hundredth, so it is judged to the hundredth:
/// to every tolerance comes half of one.
const ROUNDING: f64 = 0.005;

/// Distances may be this far off (mm): half of what the standard allows the
/// type area, since it states none for what lies within.
const DISTANCE: f64 = 0.5 + ROUNDING;

/// Sizes of type may be this far off (points): programs round differently.
const SIZE: f64 = 0.3 + ROUNDING;

/// What becomes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// 合格.
    Pass,
    /// 不合格.
    Fail,
    /// 人工判断.
    Person,
}

/// What was measured, in parts that are read one after the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// A length in millimetres.
    Mm(f64),
    /// A length that matters to the hundredth of a millimetre.
    Thickness(f64),
    /// How many millimetres from where it should be.
    Off(f64),
    /// Width and height in millimetres.
    Area(f64, f64),
    /// The size of type in points.
    Pt(f64),
    /// Lines on a page.
    Lines(usize),
    /// Characters in a line, or a distance in characters.
    Characters(f64),
    /// A font's name; empty if the PDF does not tell.
    Font(String),
    /// Words of the document.
    Text(String),
    /// Red, green and blue.
    Colour([u8; 3]),
    /// How many.
    Count(usize),
    /// How many of how many.
    Of(usize, usize),
    /// It is not there.
    Absent,
}

impl Measure {
    /// To the hundredth: more is noise.
    fn rounded(self) -> Self {
        let round = |value: f64| (value * 100.0).round() / 100.0 + 0.0;
        match self {
            Measure::Mm(length) => Measure::Mm(round(length)),
            Measure::Thickness(length) => Measure::Thickness(round(length)),
            Measure::Off(length) => Measure::Off(round(length)),
            Measure::Area(width, height) => Measure::Area(round(width), round(height)),
            Measure::Pt(size) => Measure::Pt(round(size)),
            Measure::Characters(count) => Measure::Characters(round(count)),
            other => other,
        }
    }
}

/// One rule held against the document.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which.
    pub rule: Rule,
    /// What was found; empty where nothing can be measured.
    pub measured: Vec<Measure>,
    /// What becomes of it.
    pub verdict: Verdict,
    /// The page that decided, from 1.
    pub page: Option<usize>,
}

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
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }
}

/// Holds a PDF against the standard.
///
/// Errors: it cannot be read, is no PDF, wants a password, is too large, or
/// shows no text, as a scan does.
pub fn file(path: &Path) -> Result<Report, Diagnostics> {
    let fault = |kind| Diagnostic::new(kind).at(Place::File(path.to_owned()));
    let cannot_read = |error| Diagnostic::cannot_read(path, &error);
    let size = fs::metadata(path).map_err(cannot_read)?.len();
    if size > BYTES {
        return Err(fault(fault::Pdf::PdfTooLarge { pages: PAGES }).into());
    }
    let bytes = fs::read(path).map_err(cannot_read)?;
    let pdf = Pdf::open(bytes).map_err(|refusal| match refusal {
        Refusal::Locked => fault(fault::Pdf::PdfLocked),
        Refusal::Damaged => fault(fault::Pdf::NotAPdf),
    })?;
    if pdf.len() > PAGES {
        return Err(fault(fault::Pdf::PdfTooLarge { pages: PAGES }).into());
    }
    let mut fonts = Fonts::default();
    let mut sheets = Vec::new();
    for index in 0..pdf.len() {
        let mut page = pdf.page(index);
        fonts.missing.append(&mut page.missing);
        fonts.unread.append(&mut page.unread);
        sheets.push(Sheet::new(index + 1, page));
    }
    sheet::unmirror(&mut sheets);
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

fn report(sheets: &[Sheet], fonts: &Fonts) -> Report {
    let document = Document::new(sheets);
    let mut findings = Findings::default();
    grid::hold(&document, &mut findings);
    head::hold(&document, &mut findings);
    text::hold(&document, &mut findings);
    end::hold(&document, &mut findings);
    file_itself(sheets, fonts, &mut findings);
    for rule in rule::FOR_PERSONS {
        findings.add(rule, None, Verdict::Person, []);
    }
    let mut findings = findings.0;
    findings.sort_by_key(|finding| finding.rule);
    Report { pages: sheets.len(), form: document.form, findings }
}

fn file_itself(sheets: &[Sheet], fonts: &Fonts, findings: &mut Findings) {
    let named =
        |names: &BTreeSet<String>| names.iter().cloned().map(Measure::Font).collect::<Vec<_>>();
    let names = sheets.iter().flat_map(Sheet::fonts).collect::<BTreeSet<_>>().len();
    let mut measured = vec![Measure::Of(names.saturating_sub(fonts.missing.len()), names)];
    measured.extend(named(&fonts.missing));
    findings.hold(Rule::FontsEmbedded, None, fonts.missing.is_empty(), measured);
    let unknown: usize = sheets.iter().map(|sheet| sheet.unknown).sum();
    let all: usize = sheets.iter().map(|sheet| sheet.characters).sum();
    let mut measured = vec![Measure::Of(all - unknown, all)];
    measured.extend(named(&fonts.unread));
    let holds = unknown == 0 && fonts.unread.is_empty();
    findings.hold(Rule::Readable, None, holds, measured);
}

/// Findings as they are made.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(
        &mut self,
        rule: Rule,
        page: Option<usize>,
        verdict: Verdict,
        measured: impl IntoIterator<Item = Measure>,
    ) {
        let measured = measured.into_iter().map(Measure::rounded).collect();
        self.0.push(Finding { rule, measured, verdict, page });
    }

    fn hold(
        &mut self,
        rule: Rule,
        page: Option<usize>,
        holds: bool,
        measured: impl IntoIterator<Item = Measure>,
    ) {
        self.add(rule, page, if holds { Verdict::Pass } else { Verdict::Fail }, measured);
    }

    /// A distance in millimetres.
    fn distance(&mut self, rule: Rule, page: usize, measured: f64, wanted: f64) {
        self.worst(rule, [(page, measured)], wanted, DISTANCE, Measure::Mm);
    }

    /// The same measure in several places, of which the one that is furthest
    /// off decides; nothing if there is no place.
    fn worst(
        &mut self,
        rule: Rule,
        places: impl IntoIterator<Item = (usize, f64)>,
        wanted: f64,
        tolerance: f64,
        measure: fn(f64) -> Measure,
    ) {
        let off = |value: f64| (value - wanted).abs();
        let worst = places.into_iter().max_by(|a, b| off(a.1).total_cmp(&off(b.1)));
        if let Some((page, value)) = worst {
            self.hold(rule, Some(page), off(value) <= tolerance, [measure(value)]);
        }
    }

    /// The face and, if one is wanted, the size of some 汉字.
    fn face<'a>(
        &mut self,
        rule: Rule,
        page: usize,
        glyphs: impl IntoIterator<Item = &'a Glyph>,
        wanted: Face,
        size: Option<(f64, f64)>,
    ) {
        let glyphs: Vec<&Glyph> = glyphs.into_iter().filter(|it| it.is_ideograph()).collect();
        let Some((verdict, font)) = face::judge(&glyphs, wanted) else { return };
        let mut measured = vec![font];
        let mut verdict = verdict;
        if let Some((least, most)) = size {
            let sizes = glyphs.iter().map(|glyph| glyph.size);
            let size = sheet::median(sizes.collect()).unwrap_or_default();
            measured.push(Measure::Pt(size));
            if !(least - SIZE..=most + SIZE).contains(&size) {
                verdict = Verdict::Fail;
            }
        }
        self.add(rule, Some(page), verdict, measured);
    }
}

/// 二号, 三号 and 四号 in points, with the historic sizes.
const ER_HAO: (f64, f64) = (21.0, 22.0);
const SAN_HAO: (f64, f64) = (15.75, 16.0);
const SI_HAO: (f64, f64) = (14.0, 14.0);

/// What is centred may be this far off (mm): programs centre the box, people
/// the ink, and punctuation is half blank.
const CENTRING: f64 = 1.0 + ROUNDING;

/// Whether a length lies between two others, a hair allowed.
fn between(length: f64, least: f64, most: f64) -> bool {
    (least - DISTANCE..=most + DISTANCE).contains(&length)
}
