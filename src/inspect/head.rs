//! 版头 (7.2) and that of a letter (10.1).

use super::area::{AREA, EDGE};
use super::document::{Document, Form};
use super::face::{self, Face};
use super::finding::{Judgement, Measure};
use super::findings::{CENTRING, DISTANCE, Findings, ROUNDING, SAN_HAO, SIZE, between};
use super::form;
use super::rule::Rule;
use super::spot::Spot;
use super::upright::{Line, is_red};
use crate::pdf::{Glyph, MM_PER_PT, Rule as Bar};

/// How far rules may be from 156 and 170 mm, and from the middle: what the
/// standard allows the type area.
const WIDTH: f64 = 1.0 + ROUNDING;

pub(super) fn hold(document: &Document<'_>, findings: &mut Findings) {
    if document.form != Form::Plain {
        mark(document, findings);
    }
    marginal(document, findings);
    if let Some(number) = &document.number {
        number_itself(document, number, findings);
    }
    match document.form {
        Form::Letter => letter(document, findings),
        Form::Document | Form::Order | Form::Minutes => {
            if let Some(number) = &document.number {
                number_placed(document, number, findings);
            }
            red_rule(document, findings);
        }
        Form::Plain => {}
    }
    if !document.signers.is_empty() {
        signed(document, findings);
    }
}

/// The highest and the lowest ink of the mark.
fn ink(lines: &[&Line]) -> Option<(f64, f64)> {
    let inks = lines.iter().map(|line| line.ink());
    inks.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

fn mark(document: &Document<'_>, findings: &mut Findings) {
    let (rule, from, wanted) = match document.form {
        Form::Letter => (Rule::LetterMarkTop, 0.0, 30.0),
        Form::Order => (Rule::OrderMarkTop, document.area.top, 20.0),
        _ => (Rule::MarkTop, document.area.top, 35.0),
    };
    let Some((top, _)) = ink(&document.mark) else {
        // Drawn as a picture or as outlines, or preprinted.
        for rule in [rule, Rule::MarkCentred, Rule::MarkRed, Rule::MarkFace, Rule::MarkWidth] {
            findings.add(rule, Spot::page(1), Judgement::Person, [Measure::Absent]);
        }
        return;
    };
    let spot = Spot::lines(document.mark.iter().copied());
    findings.distance(rule, spot, top - from, wanted);
    // The names of several organs and 文件 beside them are one block.
    let left = document.mark.iter().map(|line| line.left()).fold(f64::INFINITY, f64::min);
    let right = document.mark.iter().map(|line| line.right()).fold(0.0, f64::max);
    let off = match document.mark.as_slice() {
        [line] => off_centre(document, line),
        _ => (left + right) / 2.0 - document.area.middle(),
    };
    findings.worst(Rule::MarkCentred, [(spot, off)], 0.0, CENTRING, Measure::Mm);
    let glyphs = document.mark.iter().flat_map(|line| &line.glyphs);
    let colour = glyphs.clone().filter_map(|glyph| glyph.colour).find(|it| !is_red(*it));
    let shown = colour.or(glyphs.clone().find_map(|glyph| glyph.colour));
    findings.hold(Rule::MarkRed, spot, colour.is_none(), shown.map(Measure::Colour));
    let ideographs: Vec<_> = glyphs.filter(|glyph| glyph.is_ideograph()).collect();
    if let Some((verdict, font)) = face::judge(&ideographs, Face::Biaosong) {
        // Recommended, not demanded.
        let open = verdict != Judgement::Pass;
        let verdict = if open { Judgement::Person } else { Judgement::Pass };
        findings.add(Rule::MarkFace, spot, verdict, [font]);
    }
    let width = right - left;
    findings.hold(Rule::MarkWidth, spot, width <= AREA.0 + WIDTH, [Measure::Mm(width)]);
}

/// How far from the middle of the type area, or of a letter's paper.
fn off_centre(document: &Document<'_>, line: &Line) -> f64 {
    let mut middles = document.area.middles().to_vec();
    if document.form == Form::Letter {
        middles.push(document.sheets[0].width / 2.0);
    }
    off_middle(line, &middles)
}

/// How far a line's box or its ink, whichever is nearer, is from the nearest of
/// these places.
pub(super) fn off_middle(line: &Line, middles: &[f64]) -> f64 {
    let off = |middle: &f64| [line.middle() - middle, line.ink_middle() - middle];
    let offs = middles.iter().flat_map(off);
    offs.min_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or_default()
}

/// 份号, 密级 and 紧急程度.
fn marginal(document: &Document<'_>, findings: &mut Findings) {
    let left = document.area.left;
    let flush = |line: &Line| line.left_off(left).abs() <= DISTANCE;
    let large = |line: &Line| {
        let (least, most) = SAN_HAO;
        (least - SIZE..=most + SIZE).contains(&line.size)
    };
    if let Some(line) = document.copy_number {
        let holds = flush(line) && large(line) && line.text.len() == 6;
        let mut measured = vec![Measure::Text(line.text.clone()), Measure::Pt(line.size)];
        measured.extend((!flush(line)).then(|| Measure::Off(line.left_off(left))));
        findings.hold(Rule::CopyNumber, line, holds, measured);
    }
    let stated = [(Rule::Secrecy, document.secrecy), (Rule::Urgency, document.urgency)];
    for (rule, line) in stated {
        let Some(line) = line else { continue };
        if flush(line) {
            findings.face(rule, [line.whole()], Face::Hei, Some(SAN_HAO));
        } else {
            findings.add(rule, line, Judgement::Fail, [Measure::Mm(line.left_off(left))]);
        }
    }
}

fn number_itself(document: &Document<'_>, number: &Line, findings: &mut Findings) {
    if document.form != Form::Order {
        let verdict = match form::number_parts(&number.text) {
            Some(('〔', year, '〕', rest)) if is_year(year) && !number.text.contains('第') => {
                let plain = rest.chars().all(|c| c.is_ascii_digit()) && !rest.starts_with('0');
                match rest {
                    // Its place is kept, its figure is to come.
                    "" => Judgement::Person,
                    _ if plain => Judgement::Pass,
                    _ => Judgement::Fail,
                }
            }
            _ => Judgement::Fail,
        };
        findings.add(Rule::NumberForm, number, verdict, [Measure::Text(number.text.clone())]);
    }
    findings.face(Rule::NumberText, [number.whole()], Face::Fangsong, Some(SAN_HAO));
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.chars().all(|c| c.is_ascii_digit())
}

fn number_placed(document: &Document<'_>, number: &Line, findings: &mut Findings) {
    let area = &document.area;
    if let Some((_, bottom)) = ink(&document.mark) {
        // Several signers begin above the number.
        let first = document.signers.first().map_or(number.top(), Line::top).min(number.top());
        let gap = first - bottom;
        blank_lines(findings, Rule::NumberBelow, number, document, gap, 2.0);
    }
    if !document.signers.is_empty() {
        let off = number.left_off(area.left) / area.em();
        let holds = number.left_off(area.left + area.em()).abs() <= DISTANCE;
        findings.hold(Rule::NumberPlace, number, holds, [Measure::Characters(off)]);
    } else {
        let off = off_centre(document, number);
        findings.worst(Rule::NumberPlace, [(number, off)], 0.0, CENTRING, Measure::Mm);
    }
}

/// A distance of some blank lines over the line `under` them, from box to box: whether the space between
/// lines counts above or below them is nowhere said.
pub(super) fn blank_lines(
    findings: &mut Findings,
    rule: Rule,
    under: &Line,
    document: &Document<'_>,
    distance: f64,
    lines: f64,
) {
    let (pitch, em) = (document.area.pitch, document.area.em());
    let holds = between(distance, lines * pitch, (lines + 1.0) * pitch - em);
    findings.hold(rule, under, holds, [Measure::Mm(distance)]);
}

/// Several signers stand two in a line, the number beside the last of them.
fn signed(document: &Document<'_>, findings: &mut Findings) {
    let (area, signers) = (&document.area, &document.signers);
    let (first, last) = (&signers[0], &signers[signers.len() - 1]);
    let glyphs: Vec<_> = signers.iter().flat_map(|line| &line.glyphs).collect();
    let (words, names) = glyphs.split_at(4.min(glyphs.len()));
    let (words, names) = (ideographs(words), ideographs(names));
    let level = document
        .number
        .as_ref()
        .is_none_or(|number| (number.baseline - last.baseline).abs() <= DISTANCE);
    let placed = first.right_off(area.right - area.em()).abs() <= DISTANCE;
    let faces = [(words, Face::Fangsong), (names, Face::Kai)];
    let mut verdict = Judgement::Pass;
    let mut measured = vec![Measure::Characters(-first.right_off(area.right) / area.em())];
    for (glyphs, face) in faces {
        let Some((found, font)) = face::judge(&glyphs, face) else { continue };
        measured.push(font);
        verdict = match (verdict, found) {
            (Judgement::Fail, _) | (_, Judgement::Fail) => Judgement::Fail,
            (Judgement::Person, _) | (_, Judgement::Person) => Judgement::Person,
            _ => Judgement::Pass,
        };
    }
    if !first.text.starts_with("签发人：") {
        measured.push(Measure::Text(first.text.chars().take(12).collect()));
        verdict = Judgement::Fail;
    }
    if let Some(number) = document.number.as_ref().filter(|_| !level) {
        measured.push(Measure::Off(number.baseline - last.baseline));
    }
    if !level || !placed {
        verdict = Judgement::Fail;
    }
    findings.add(Rule::Signer, Spot::lines(signers), verdict, measured);
}

fn ideographs<'a>(glyphs: &[&'a Glyph]) -> Vec<&'a Glyph> {
    glyphs.iter().copied().filter(|glyph| glyph.is_ideograph()).collect()
}

/// The rule between 版头 and 主体: the first long one under the number.
pub(super) fn head_rule<'a>(document: &'a Document<'_>) -> Option<&'a Bar> {
    let sheet = &document.sheets[0];
    let number = document.number.as_ref()?;
    let under = |rule: &&Bar| {
        rule.horizontal
            && rule.to - rule.from > 100.0
            && (number.baseline..number.bottom() + 20.0).contains(&rule.at)
    };
    sheet.rules.iter().filter(under).min_by(|a, b| a.at.total_cmp(&b.at))
}

fn red_rule(document: &Document<'_>, findings: &mut Findings) {
    let (Some(number), rule) = (&document.number, head_rule(document)) else { return };
    let Some(rule) = rule else {
        if document.form == Form::Document {
            findings.add(Rule::RedRuleBelow, number, Judgement::Fail, [Measure::Absent]);
        }
        return;
    };
    let distance = rule.at - rule.thickness / 2.0 - number.bottom();
    let spot = Spot::rule(&document.sheets[0], rule);
    findings.distance(Rule::RedRuleBelow, spot, distance, 4.0);
    let width = rule.to - rule.from;
    let middle = (rule.from + rule.to) / 2.0;
    let off = document.area.middles().into_iter().map(|it| middle - it);
    let off = off.min_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or_default();
    let centred = off.abs() <= CENTRING;
    let holds = (width - AREA.0).abs() <= WIDTH && centred;
    let measured = [Measure::Mm(width)].into_iter().chain((!centred).then_some(Measure::Off(off)));
    findings.hold(Rule::RedRuleWidth, spot, holds, measured);
    let measured = [Measure::Colour(rule.colour)];
    findings.hold(Rule::RedRuleColour, spot, is_red(rule.colour), measured);
}

fn letter(document: &Document<'_>, findings: &mut Findings) {
    let sheet = &document.sheets[0];
    let (foot, head): (Vec<_>, Vec<_>) =
        document.red_rules.iter().copied().partition(|rule| rule.at > sheet.height / 2.0);
    let edge = |rule: &Bar, side: f64| rule.at + side * rule.thickness / 2.0;
    if let (Some(first), Some((_, bottom))) = (head.first(), ink(&document.mark)) {
        let distance = edge(first, -1.0) - bottom;
        double_rule(document, findings, Rule::LetterHeadRule, &head, distance, 4.0);
    } else {
        findings.add(Rule::LetterHeadRule, Spot::page(1), Judgement::Fail, [Measure::Absent]);
    }
    let distance = foot.last().map_or(0.0, |last| sheet.height - edge(last, 1.0));
    let turned: Vec<Bar> = foot.iter().rev().copied().collect();
    double_rule(document, findings, Rule::LetterFootRule, &turned, distance, 20.0);
    if let (Some(number), Some(rule)) = (&document.number, head.last()) {
        let distance = number.top() - edge(rule, 1.0);
        let least = SAN_HAO.0 * MM_PER_PT * 7.0 / 8.0;
        let flush = number.right_off(document.area.right).abs() <= DISTANCE;
        let holds = flush && between(distance, least, least);
        let off = Measure::Mm(-number.right_off(document.area.right));
        findings.hold(Rule::LetterNumber, number, holds, [Measure::Mm(distance), off]);
    }
}

/// A double rule, the thick line first.
fn double_rule(
    document: &Document<'_>,
    findings: &mut Findings,
    rule: Rule,
    lines: &[Bar],
    distance: f64,
    wanted: f64,
) {
    let middle = |line: &Bar| (line.from + line.to) / 2.0;
    let off = |line: &Bar| {
        let paper = middle(line) - document.sheets[0].width / 2.0;
        let area = middle(line) - EDGE.0 - AREA.0 / 2.0;
        if paper.abs() < area.abs() { paper } else { area }
    };
    let centred = |line: &Bar| off(line).abs() <= WIDTH;
    let long = |line: &Bar| (line.to - line.from - 170.0).abs() <= WIDTH;
    let holds = lines.len() == 2
        && lines[0].thickness > lines[1].thickness
        && lines.iter().all(|line| long(line) && centred(line))
        && (distance - wanted).abs() <= DISTANCE;
    let mut measured = vec![Measure::Mm(distance)];
    // The line that is wrong is the one to be told of.
    let told = lines.iter().find(|line| !long(line)).or(lines.first());
    measured.extend(told.map(|line| Measure::Mm(line.to - line.from)));
    measured.extend(lines.iter().map(|line| Measure::Thickness(line.thickness)));
    measured.extend(lines.iter().find(|line| !centred(line)).map(|line| Measure::Off(off(line))));
    let drawn = lines.iter().map(|line| Spot::rule(&document.sheets[0], line));
    let spot = drawn.reduce(Spot::with).unwrap_or(Spot::page(1));
    findings.hold(rule, spot, holds, measured);
}
