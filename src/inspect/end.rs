//! 版记 (7.4), 页码 (7.5) and landscape pages (8).

use super::area::AREA;
use super::document::{Document, Form, Imprint};
use super::face::Face;
use super::finding::{Judgement, Measure};
use super::findings::{DISTANCE, Findings, ROUNDING, SI_HAO, SIZE};
use super::form::{self, DateForm};
use super::rule::Rule;
use super::spot::Spot;
use super::upright::Line;
use crate::pdf::MM_PER_PT;

/// Recommended rules, and how far they may be off (mm).
const THICK: f64 = 0.35;
const THIN: f64 = 0.25;
const THICKNESS: f64 = 0.04 + ROUNDING;

/// 四号, one character in.
const SI_HAO_EM: f64 = 14.0 * MM_PER_PT;

pub(super) fn hold(document: &Document<'_>, findings: &mut Findings) {
    if let Some(imprint) = &document.imprint {
        imprinted(document, imprint, findings);
    }
    folios(document, findings);
}

fn imprinted(document: &Document<'_>, imprint: &Imprint<'_>, findings: &mut Findings) {
    let whole = Spot::lines(imprint.lines.iter().copied());
    let pages = document.sheets.len();
    let measured = [Measure::Of(imprint.page, pages)];
    findings.hold(Rule::ImprintLast, Spot::NOWHERE, imprint.page == pages, measured);
    let printed = imprint.lines.iter().find(|line| form::is_printed(&line.text));
    if document.form == Form::Letter {
        let bare = imprint.rules.is_empty() && printed.is_none();
        let measured = [Measure::Count(imprint.rules.len())];
        findings.hold(Rule::LetterImprint, whole, bare, measured);
    } else {
        rules(document, imprint, findings);
    }
    let lines = imprint.lines.iter().map(|line| line.whole());
    findings.face(Rule::ImprintText, lines, Face::Fangsong, Some(SI_HAO));
    indents(document, imprint, findings);
    let named = imprint.lines.iter().skip_while(|line| !line.text.starts_with("抄送"));
    let named = named.take_while(|line| !form::is_printed(&line.text));
    let copies: String = named.clone().map(|line| line.text.as_str()).collect();
    if !copies.is_empty() {
        let end = copies.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
        let holds = copies.starts_with("抄送：") && copies.ends_with('。');
        findings.hold(Rule::Copies, Spot::lines(named.copied()), holds, [Measure::Text(end)]);
    }
    if let Some(line) = printed {
        let runs = line.runs();
        let date = runs.last().map(|run| run.text.trim_end_matches("印发").to_owned());
        let date = date.unwrap_or_default();
        let plain = form::date(&date) == Some(DateForm::Arabic { padded: false });
        let holds = plain && runs.len() > 1;
        findings.hold(Rule::Printed, *line, holds, [Measure::Text(date)]);
    }
}

fn rules(document: &Document<'_>, imprint: &Imprint<'_>, findings: &mut Findings) {
    let sheet = &document.sheets[imprint.page - 1];
    let Some((last, others)) = imprint.rules.split_last() else {
        let spot = Spot::lines(imprint.lines.iter().copied());
        findings.add(Rule::ImprintRules, spot, Judgement::Fail, [Measure::Absent]);
        return;
    };
    let wanted = |index: usize| if index == 0 || index == others.len() { THICK } else { THIN };
    let mut numbered = imprint.rules.iter().enumerate();
    let odd = numbered.find(|(at, rule)| (rule.thickness - wanted(*at)).abs() > THICKNESS);
    let holds = !others.is_empty() && odd.is_none();
    let drawn = imprint.rules.iter().map(|rule| Spot::rule(sheet, rule));
    let all = drawn.clone().reduce(Spot::with).unwrap_or_default();
    let spot = odd.map_or(all, |(_, rule)| Spot::rule(sheet, rule));
    let thick = imprint.rules.iter().map(|rule| Measure::Thickness(rule.thickness));
    let alone = others.is_empty().then_some(Measure::Count(1));
    let measured = alone.into_iter().chain(thick);
    findings.hold(Rule::ImprintRules, spot, holds, measured);
    let widths = drawn.zip(imprint.rules.iter().map(|rule| rule.to - rule.from));
    findings.worst(Rule::ImprintWidth, widths, AREA.0, 1.0 + ROUNDING, Measure::Mm);
    let foot = document.area.top + AREA.1;
    findings.distance(Rule::ImprintFoot, Spot::rule(sheet, last), last.at - foot, 0.0);
}

/// Lines that continue the copies stand under the first name instead.
fn indents(document: &Document<'_>, imprint: &Imprint<'_>, findings: &mut Findings) {
    let area = &document.area;
    let places = imprint.lines.iter().filter_map(|line| {
        let first = line.text.starts_with("抄送") || form::is_printed(&line.text);
        let left = first.then(|| 1.0 + line.left_off(area.left + SI_HAO_EM) / SI_HAO_EM);
        let right = form::is_printed(&line.text)
            .then(|| 1.0 - line.right_off(area.left + AREA.0 - SI_HAO_EM) / SI_HAO_EM);
        let off = |place: f64| (place - 1.0).abs();
        let worst = left.into_iter().chain(right).max_by(|a, b| off(*a).total_cmp(&off(*b)))?;
        Some((*line, worst))
    });
    let hair = DISTANCE / SI_HAO_EM;
    findings.worst(Rule::ImprintIndent, places, 1.0, hair, Measure::Characters);
}

fn folios(document: &Document<'_>, findings: &mut Findings) {
    let all = document.sheets.iter().zip(&document.page_numbers);
    let letter = document.form == Form::Letter;
    if letter {
        let shown = document.page_numbers[0];
        let measured = match shown {
            Some(line) => Measure::Text(line.text.clone()),
            None => Measure::Absent,
        };
        findings.hold(
            Rule::LetterFolio,
            shown.map_or(Spot::page(1), Spot::from),
            shown.is_none(),
            [measured],
        );
    }
    let due = all.skip(usize::from(letter));
    let mut first = None;
    let gap = due.clone().find(|(sheet, line)| {
        let number = line.and_then(|line| form::page_number(&line.text));
        let Some(number) = number else { return true };
        // A part of a longer document begins with a later number.
        let offset = i64::from(number) - sheet.number as i64;
        *first.get_or_insert(offset) != offset
    });
    let shown = due.clone().filter(|(_, line)| line.is_some()).count();
    match gap {
        // A single sheet does without.
        Some((sheet, None)) if document.sheets.len() == 1 => {
            findings.add(
                Rule::FolioShown,
                Spot::page(sheet.number),
                Judgement::Person,
                [Measure::Absent],
            );
        }
        Some((sheet, line)) => {
            let measured = match line {
                Some(line) => Measure::Text(line.text.clone()),
                None => Measure::Absent,
            };
            let spot = line.map_or(Spot::page(sheet.number), Spot::from);
            findings.hold(Rule::FolioShown, spot, false, [measured]);
        }
        None if due.len() > 0 => {
            findings.hold(Rule::FolioShown, Spot::NOWHERE, true, [Measure::Of(shown, due.len())]);
        }
        None => {}
    }
    let numbers: Vec<&Line> = document.page_numbers.iter().copied().flatten().collect();
    if !numbers.is_empty() {
        look(&numbers, findings);
        place(document, &numbers, findings);
    }
}

fn look(numbers: &[&Line], findings: &mut Findings) {
    let plain = |line: &&&Line| {
        let bare = line.text.strip_prefix('—').and_then(|text| text.strip_suffix('—'));
        bare.is_some_and(|bare| bare.chars().all(|c| c.is_ascii_digit()))
    };
    let other = numbers.iter().find(|line| !plain(line));
    let shown = other.unwrap_or(&numbers[0]);
    let measured = [Measure::Text(shown.text.clone())];
    findings.hold(Rule::FolioForm, *shown, other.is_none(), measured);
    let figures = |line: &&Line| line.glyphs.iter().find(|it| it.is_figure()).cloned();
    let judged = numbers.iter().filter_map(|line| {
        let figure = figures(line)?;
        let sized = (figure.size - SI_HAO.0).abs() <= SIZE;
        let verdict = match Face::of(&figure.font) {
            _ if !sized => Judgement::Fail,
            Some(Face::Song) => Judgement::Pass,
            None if Face::is_roman(&figure.font) => Judgement::Pass,
            None => Judgement::Person,
            Some(_) => Judgement::Fail,
        };
        Some((verdict, *line, figure))
    });
    let rank = |verdict| match verdict {
        Judgement::Pass => 0,
        Judgement::Person => 1,
        Judgement::Fail => 2,
    };
    // The first of the worst.
    let worst = judged.reduce(|a, b| if rank(b.0) > rank(a.0) { b } else { a });
    if let Some((verdict, line, figure)) = worst {
        let measured = [Measure::Font(figure.font.to_string()), Measure::Pt(figure.size)];
        findings.add(Rule::FolioText, line, verdict, measured);
    }
}

fn place(document: &Document<'_>, numbers: &[&Line], findings: &mut Findings) {
    let area = &document.area;
    let foot = area.top + AREA.1;
    let sheet = |line: &Line| &document.sheets[line.page - 1];
    // On a landscape page the number stands where a portrait page has it.
    let turned = |line: &Line| sheet(line).turned.iter().any(|it| std::ptr::eq(it, line));
    let level = numbers.iter().filter(|line| sheet(line).is_landscape() == turned(line));
    let below = level.clone().map(|line| (*line, dash(line) - foot));
    findings.worst(Rule::FolioBelow, below, 7.0, DISTANCE, Measure::Mm);
    let hair = DISTANCE / SI_HAO_EM;
    let sides = level.map(|line| {
        let odd = form::page_number(&line.text).is_some_and(|number| number % 2 == 1);
        let blank =
            if odd { -line.right_off(area.left + AREA.0) } else { line.left_off(area.left) };
        (*line, blank / SI_HAO_EM)
    });
    findings.worst(Rule::FolioSide, sides, 1.0, hair, Measure::Characters);
    let tabled =
        numbers.iter().filter(|line| sheet(line).is_landscape() && !sheet(line).tables.is_empty());
    let heads: Vec<&&Line> = tabled.collect();
    if let Some(first) = heads.first() {
        let wrong = heads.iter().find(|line| !turned(line) || sheet(line).turn != 1);
        let shown = wrong.unwrap_or(first);
        let measured = [Measure::Text(shown.text.clone())];
        findings.hold(Rule::TurnedHead, **shown, wrong.is_none(), measured);
    }
}

/// The upper edge of the dash, or where it would be.
fn dash(line: &Line) -> f64 {
    let dash = line.glyphs.iter().find(|glyph| !glyph.is_figure()).and_then(|glyph| glyph.ink);
    dash.map_or(line.baseline - 0.38 * line.em(), |ink| ink[1])
}
