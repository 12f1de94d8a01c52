//! Paper, type area and the grid of the text (5.1, 5.2).

use super::area::{AREA, EDGE};
use super::document::Document;
use super::face::Face;
use super::finding::{Judgement, Measure};
use super::findings::{DISTANCE, Findings, ROUNDING, SAN_HAO, SIZE};
use super::form;
use super::rule::Rule;
use super::spot::Spot;
use super::upright::{Line, UprightPage, is_red, median};
use crate::pdf::Glyph;

/// What the standard allows paper, margins and type area to be off (mm).
const PAPER: f64 = 2.0 + ROUNDING;
const MARGIN: f64 = 1.0 + ROUNDING;

/// 汉字 are set this close in a line that is not justified (part of the em).
const ADJACENT: std::ops::Range<f64> = 0.9..1.15;

pub(super) fn hold(document: &Document<'_>, findings: &mut Findings) {
    paper(document.sheets, findings);
    margins(document, findings);
    inside(document, findings);
    lines(document, findings);
    characters(document, findings);
    text(document, findings);
    colour(document, findings);
}

fn paper(sheets: &[UprightPage], findings: &mut Findings) {
    let sized = sheets.iter().map(|sheet| {
        let (width, height) = (sheet.width.min(sheet.height), sheet.width.max(sheet.height));
        let off = (width - 210.0).abs().max((height - 297.0).abs());
        (off, width, height, sheet)
    });
    let worst = sized.max_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((off, width, height, sheet)) = worst {
        findings.hold(
            Rule::PaperSize,
            Spot::sheet(sheet),
            off <= PAPER,
            [Measure::Area(width, height)],
        );
    }
}

fn margins(document: &Document<'_>, findings: &mut Findings) {
    let portrait = document.sheets.iter().filter(|sheet| !sheet.is_landscape());
    let tops = portrait.clone().filter_map(|sheet| {
        let top = document.begins(sheet)?;
        let first = sheet.lines.iter().find(|line| line.top() >= top - ROUNDING);
        let spot = first.map_or(Spot::page(sheet.number), Spot::from);
        Some((spot, top))
    });
    findings.worst(Rule::TopMargin, tops, EDGE.1, MARGIN, Measure::Mm);
    if let Some(sheet) = portrait.clone().next() {
        let left = document.area.left;
        let text = text_of(document, sheet);
        let margin = document.area.margin.map(|margin| (text, margin));
        findings.worst(Rule::LeftMargin, margin, EDGE.0, MARGIN, Measure::Mm);
        if let Some(full) = document.area.full {
            let width = full - left;
            let verdict = if (width - AREA.0).abs() <= MARGIN {
                Judgement::Pass
            } else if full < document.area.right {
                // Not justified: whether that is meant, nobody can measure.
                Judgement::Person
            } else {
                Judgement::Fail
            };
            findings.add(Rule::AreaWidth, text, verdict, [Measure::Mm(width)]);
        }
    }
}

/// Where the text of a page stands, from its margin to where lines end.
fn text_of(document: &Document<'_>, sheet: &UprightPage) -> Spot {
    let lines = document.body_lines().filter(|line| line.page == sheet.number);
    let top = lines.clone().map(Line::top).reduce(f64::min);
    let bottom = lines.map(Line::bottom).reduce(f64::max);
    let (Some(top), Some(bottom)) = (top, bottom) else { return Spot::page(sheet.number) };
    let area = &document.area;
    let right = area.full.unwrap_or(area.right);
    Spot::within(sheet, [area.left, top, right, bottom])
}

fn inside(document: &Document<'_>, findings: &mut Findings) {
    let mut worst: Option<(f64, &Line)> = None;
    for sheet in document.sheets {
        let number = document.page_numbers[sheet.number - 1];
        let is_number = |line: &&Line| number.is_some_and(|number| std::ptr::eq(*line, number));
        let (left, right) = document.measure_of(sheet.number);
        let top = document.top_of(sheet.number);
        let (top, bottom) = if sheet.is_landscape() {
            (top, top + AREA.0)
        } else {
            // A letter's mark stands above, and margins have their own rule.
            (0.0, top + AREA.1)
        };
        let wide = if sheet.is_landscape() { right } else { left + AREA.0 };
        for line in sheet.lines.iter().filter(|line| !is_number(line) && !line.is_red()) {
            let off = (-line.left_off(left))
                .max(line.right_off(wide))
                .max(top - line.top())
                .max(line.bottom() - bottom);
            if worst.is_none_or(|(most, _)| off > most) {
                worst = Some((off, line));
            }
        }
    }
    let Some((off, line)) = worst else { return };
    let mut measured = vec![Measure::Mm(off.max(0.0))];
    if off > MARGIN {
        measured.push(Measure::Text(line.text.chars().take(12).collect()));
    }
    findings.hold(Rule::InsideArea, line, off <= MARGIN, measured);
}

fn lines(document: &Document<'_>, findings: &mut Findings) {
    let lines: Vec<&Line> = document.body_lines().collect();
    let (pitch, em) = (document.area.pitch, document.area.em());
    let gaps: Vec<(Spot, f64)> = lines
        .windows(2)
        .filter(|pair| pair[0].page == pair[1].page)
        .map(|pair| (Spot::lines([pair[0], pair[1]]), pair[1].baseline - pair[0].baseline))
        // Two lines further down is a blank line.
        .filter(|(_, gap)| (0.5 * pitch..1.5 * pitch).contains(gap))
        .collect();
    if gaps.len() < 2 {
        return;
    }
    findings.worst(Rule::LinePitch, gaps, pitch, DISTANCE, Measure::Mm);
    let count = ((AREA.1 - em) / pitch + 1.1).floor() as usize;
    let measured = [Measure::Lines(count), Measure::Thickness(pitch)];
    findings.add(Rule::LinesPerPage, Spot::NOWHERE, as_a_rule(count, 22), measured);
}

/// “一般” leaves room for a line or a character more or less, if there is a
/// reason that only a person can see; not for more.
fn as_a_rule(count: usize, wanted: usize) -> Judgement {
    match count.abs_diff(wanted) {
        0 => Judgement::Pass,
        1 => Judgement::Person,
        _ => Judgement::Fail,
    }
}

fn characters(document: &Document<'_>, findings: &mut Findings) {
    let mut steps = Vec::new();
    for line in document.body_lines() {
        for pair in line.glyphs.windows(2) {
            let step = pair[1].x - pair[0].x;
            let both = pair.iter().all(Glyph::is_ideograph);
            if both && ADJACENT.contains(&(step / line.em())) {
                steps.push(step);
            }
        }
    }
    if steps.len() < 20 {
        return;
    }
    // Justified lines are a little wider; the lower quarter is not.
    steps.sort_by(f64::total_cmp);
    let step = steps[steps.len() / 4];
    let count = ((AREA.0 + MARGIN) / step).floor() as usize;
    let measured = [Measure::Characters(count as f64), Measure::Thickness(step)];
    findings.add(Rule::CharsPerLine, Spot::NOWHERE, as_a_rule(count, 28), measured);
}

fn text(document: &Document<'_>, findings: &mut Findings) {
    let all: Vec<_> = document.body_lines().flat_map(Line::ideographs).collect();
    let Some(first) = document.body_lines().next() else { return };
    let is_off = |size: f64| !(SAN_HAO.0 - SIZE..=SAN_HAO.1 + SIZE).contains(&size);
    let off: Vec<f64> = all.iter().map(|glyph| glyph.size).filter(|it| is_off(*it)).collect();
    let few = off.len() * 50 <= all.len();
    let size = if few { Some(document.area.size) } else { median(off) };
    let odd = document.body_lines().find(|line| !few && is_off(line.size));
    let spot = odd.map_or_else(|| text_of(document, &document.sheets[first.page - 1]), Spot::from);
    findings.hold(Rule::TextSize, spot, few, size.map(Measure::Pt));
    let plain = document
        .body
        .iter()
        .filter(|paragraph| !matches!(form::level(&paragraph[0].text), Some(1 | 2)));
    let lines = plain.flatten().map(|line| line.whole());
    findings.face(Rule::TextFace, lines, Face::Fangsong, None);
}

fn colour(document: &Document<'_>, findings: &mut Findings) {
    let is_mark = |line: &Line| document.mark.iter().any(|mark| std::ptr::eq(*mark, line));
    let lines = document.sheets.iter().flat_map(|sheet| &sheet.lines);
    let mut coloured = None;
    for line in lines.filter(|line| !is_mark(line)) {
        let colour = line.glyphs.iter().filter_map(|glyph| glyph.colour).find(|it| !is_black(*it));
        coloured = coloured.or(colour.map(|colour| (line, colour)));
    }
    let spot = coloured.map_or(Spot::NOWHERE, |(line, _)| line.into());
    let (black, measured) = match coloured {
        None => (true, vec![Measure::Colour([0; 3])]),
        Some((line, colour)) => {
            let text = line.text.chars().take(12).collect();
            (false, vec![Measure::Colour(colour), Measure::Text(text)])
        }
    };
    findings.hold(Rule::TextColour, spot, black, measured);
}

/// Whether a colour is black to the eye: process black is not quite.
fn is_black(colour: [u8; 3]) -> bool {
    !is_red(colour) && colour.iter().all(|&part| part <= 60)
}
