//! Findings as they are made, and how far a document may be off.

use super::face::{self, Face};
use super::finding::{Finding, Judgement, Measure};
use super::rule::Rule;
use super::spot::{Part, Spot};
use super::upright;
use crate::pdf::Glyph;

/// What is measured is told to the hundredth, so it is judged to the hundredth:
/// to every tolerance comes half of one.
pub(super) const ROUNDING: f64 = 0.005;

/// Distances may be this far off (mm): half of what the standard allows the
/// type area, since it states none for what lies within.
pub(super) const DISTANCE: f64 = 0.5 + ROUNDING;

/// Sizes of type may be this far off (points): programs round differently.
pub(super) const SIZE: f64 = 0.3 + ROUNDING;

/// 二号, 三号 and 四号 in points, with the historic sizes.
pub(super) const ER_HAO: (f64, f64) = (21.0, 22.0);
pub(super) const SAN_HAO: (f64, f64) = (15.75, 16.0);
pub(super) const SI_HAO: (f64, f64) = (14.0, 14.0);

/// What is centred may be this far off (mm): programs centre the box, people
/// the ink, and punctuation is half blank.
pub(super) const CENTRING: f64 = 1.0 + ROUNDING;

/// Whether a length lies between two others, a hair allowed.
pub(super) fn between(length: f64, least: f64, most: f64) -> bool {
    (least - DISTANCE..=most + DISTANCE).contains(&length)
}

/// Findings as they are made.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    /// In the order of the clauses.
    pub(super) fn sorted(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.rule);
        self.0
    }

    pub(super) fn add(
        &mut self,
        rule: Rule,
        spot: impl Into<Spot>,
        verdict: Judgement,
        measured: impl IntoIterator<Item = Measure>,
    ) {
        let measured = measured.into_iter().map(Measure::rounded).collect();
        let Spot { page, area } = spot.into();
        let area = area.map(|area| area.map(|edge| (edge * 100.0).round() / 100.0 + 0.0));
        self.0.push(Finding { rule, measured, verdict, page, area });
    }

    pub(super) fn hold(
        &mut self,
        rule: Rule,
        spot: impl Into<Spot>,
        holds: bool,
        measured: impl IntoIterator<Item = Measure>,
    ) {
        self.add(rule, spot, if holds { Judgement::Pass } else { Judgement::Fail }, measured);
    }

    /// A distance in millimetres.
    pub(super) fn distance(
        &mut self,
        rule: Rule,
        spot: impl Into<Spot>,
        measured: f64,
        wanted: f64,
    ) {
        self.worst(rule, [(spot, measured)], wanted, DISTANCE, Measure::Mm);
    }

    /// The same measure in several places, of which the one that is furthest
    /// off decides; nothing if there is no place.
    pub(super) fn worst(
        &mut self,
        rule: Rule,
        places: impl IntoIterator<Item = (impl Into<Spot>, f64)>,
        wanted: f64,
        tolerance: f64,
        measure: fn(f64) -> Measure,
    ) {
        let off = |value: f64| (value - wanted).abs();
        let worst = places.into_iter().max_by(|a, b| off(a.1).total_cmp(&off(b.1)));
        if let Some((spot, value)) = worst {
            self.hold(rule, spot, off(value) <= tolerance, [measure(value)]);
        }
    }

    /// The face and, if one is wanted, the size of the 汉字 in parts of lines.
    /// The first part that is set otherwise decides where; else it is all of
    /// them, as far as they stand on the first one's page.
    pub(super) fn face<'a>(
        &mut self,
        rule: Rule,
        parts: impl IntoIterator<Item = Part<'a>>,
        wanted: Face,
        size: Option<(f64, f64)>,
    ) {
        let parts: Vec<Part<'_>> = parts.into_iter().collect();
        let ideographs = parts.iter().flat_map(|(_, glyphs)| *glyphs);
        let glyphs: Vec<&Glyph> = ideographs.filter(|it| it.is_ideograph()).collect();
        let Some((verdict, measured)) = judged(&glyphs, wanted, size) else { return };
        let is_odd = |(_, glyphs): &&Part<'_>| {
            let glyphs: Vec<&Glyph> = glyphs.iter().filter(|it| it.is_ideograph()).collect();
            judged(&glyphs, wanted, size).is_some_and(|(found, _)| found == verdict)
        };
        let odd = parts.iter().find(is_odd).filter(|_| verdict != Judgement::Pass);
        let spot = odd.map_or_else(|| Spot::parts(parts.iter().copied()), |it| Spot::parts([*it]));
        self.add(rule, spot, verdict, measured);
    }
}

/// What is to be said of the face and the size of some 汉字; `None` without any.
fn judged(
    glyphs: &[&Glyph],
    wanted: Face,
    size: Option<(f64, f64)>,
) -> Option<(Judgement, Vec<Measure>)> {
    let (mut verdict, font) = face::judge(glyphs, wanted)?;
    let mut measured = vec![font];
    if let Some((least, most)) = size {
        let sizes = glyphs.iter().map(|glyph| glyph.size);
        let size = upright::median(sizes.collect()).unwrap_or_default();
        measured.push(Measure::Pt(size));
        if !(least - SIZE..=most + SIZE).contains(&size) {
            verdict = Judgement::Fail;
        }
    }
    Some((verdict, measured))
}
