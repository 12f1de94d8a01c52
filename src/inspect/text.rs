//! 主体 (7.3): title, addressee, text, signature and annexes.

use super::area::AREA;
use super::document::{Annex, Document, Form, Signature};
use super::face::Face;
use super::finding::{Judgement, Measure};
use super::findings::{CENTRING, DISTANCE, ER_HAO, Findings, SAN_HAO, SIZE, between};
use super::form::{self, DateForm};
use super::head::{blank_lines, head_rule, off_middle};
use super::rule::Rule;
use super::spot::Spot;
use super::upright::{Line, Lines};

pub(super) fn hold(document: &Document<'_>, findings: &mut Findings) {
    if !document.title.is_empty() {
        title(document, findings);
    }
    if !document.addressee.is_empty() {
        addressee(document, findings);
    }
    paragraphs(document, findings);
    levels(document, findings);
    let names = names(&document.attachments);
    if !document.attachments.is_empty() {
        attachments(document, &names, findings);
    }
    if let Some(signature) = &document.signature {
        signed(document, signature, findings);
    }
    remark(document, findings);
    if !document.attendance.is_empty() {
        attendance(document, findings);
    }
    annexes(document, &names, findings);
}

fn title(document: &Document<'_>, findings: &mut Findings) {
    let lines = &document.title;
    let first = lines[0];
    let whole = Spot::lines(lines.iter().copied());
    let (least, most) = ER_HAO;
    let holds = (least - SIZE..=most + SIZE).contains(&first.size);
    findings.hold(Rule::TitleSize, whole, holds, [Measure::Pt(first.size)]);
    findings.face(Rule::TitleFace, lines.iter().map(|line| line.whole()), Face::Biaosong, None);
    let middles = document.area.middles();
    let off = lines.iter().map(|line| (*line, off_middle(line, &middles)));
    findings.worst(Rule::TitleCentred, off, 0.0, CENTRING, Measure::Mm);
    title_below(document, first, findings);
    if lines.len() > 1 {
        breaks(lines, findings);
        shape(lines, findings);
    }
}

fn title_below(document: &Document<'_>, first: &Line, findings: &mut Findings) {
    match document.form {
        Form::Letter => {
            let above = [document.number.as_ref(), document.secrecy, document.urgency];
            let foot = above.into_iter().flatten().map(Line::bottom).reduce(f64::max);
            if let Some(foot) = foot {
                let gap = first.top() - foot;
                blank_lines(findings, Rule::LetterTitle, first, document, gap, 2.0);
            }
        }
        Form::Document => {
            if let Some(rule) = head_rule(document) {
                let gap = first.top() - rule.at;
                blank_lines(findings, Rule::TitleBelow, first, document, gap, 2.0);
            }
        }
        Form::Order | Form::Minutes | Form::Plain => {}
    }
}

/// Breaks that surely part a word; whether the others keep the sense is for a
/// person.
fn breaks(lines: &[&Line], findings: &mut Findings) {
    let torn = lines.windows(2).find(|pair| {
        let (before, after) = (pair[0].text.as_str(), pair[1].text.as_str());
        let figures = before.ends_with(|c: char| c.is_ascii_digit())
            && after.starts_with(|c: char| c.is_ascii_digit() || c == '年');
        let opened = |open, close| {
            let all: String = lines
                .iter()
                .take_while(|line| !std::ptr::eq(**line, pair[1]))
                .map(|line| line.text.as_str())
                .collect();
            all.matches(open).count() > all.matches(close).count()
        };
        after.starts_with(['的', '”', '》', '）', '、', '，', '。', '：', '；'])
            || before.ends_with(['“', '《', '（'])
            || figures
            || opened('“', '”')
            || opened('《', '》')
    });
    let torn_at = torn.map(|pair| {
        let end = pair[0].text.chars().count().saturating_sub(6);
        let before: String = pair[0].text.chars().skip(end).collect();
        let after: String = pair[1].text.chars().take(6).collect();
        Measure::Text(format!("{before}／{after}"))
    });
    let measured = torn_at.unwrap_or(Measure::Lines(lines.len()));
    let parted = torn.unwrap_or(lines).iter().copied();
    findings.hold(Rule::TitleBreaks, Spot::lines(parted), torn.is_none(), [measured]);
}

fn shape(lines: &[&Line], findings: &mut Findings) {
    let hair = lines[0].em() / 2.0;
    let widths: Vec<f64> = lines.iter().map(|line| line.right() - line.left()).collect();
    let waist = widths.windows(3).any(|w| w[1] < w[0].min(w[2]) - hair);
    // Down, up, and down again is no lozenge.
    let turns = widths
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .filter(|step| step.abs() > hair)
        .map(|step| step > 0.0)
        .collect::<Vec<_>>();
    let broken = waist || turns.windows(2).any(|pair| !pair[0] && pair[1]);
    let level = turns.is_empty();
    let verdict = match (broken, level) {
        (true, _) => Judgement::Fail,
        // A rectangle is neither, yet sometimes there is nothing better.
        (false, true) => Judgement::Person,
        (false, false) => Judgement::Pass,
    };
    let measured = widths.into_iter().map(Measure::Mm);
    findings.add(Rule::TitleShape, Spot::lines(lines.iter().copied()), verdict, measured);
}

fn addressee(document: &Document<'_>, findings: &mut Findings) {
    let lines = &document.addressee;
    let (first, page) = (lines[0], lines[0].page);
    if let Some(last) = document.title.last().filter(|last| last.page == page) {
        let gap = first.top() - last.bottom();
        blank_lines(findings, Rule::AddresseeBelow, first, document, gap, 1.0);
    }
    let off = lines.iter().map(|line| (*line, line.left_off(document.area.left)));
    findings.worst(Rule::AddresseeFlush, off, 0.0, DISTANCE, Measure::Mm);
    let last = lines.last().copied().unwrap_or(first);
    let end: String = last.text.chars().last().into_iter().collect();
    findings.hold(Rule::AddresseeColon, last, end == "：", [Measure::Text(end.clone())]);
}

fn paragraphs(document: &Document<'_>, findings: &mut Findings) {
    let area = &document.area;
    if document.body.is_empty() {
        return;
    }
    let on_first = document.body_lines().filter(|line| line.page == 1);
    let shown = on_first.clone().count();
    let spot = if shown > 0 { Spot::lines(on_first) } else { Spot::page(1) };
    findings.hold(Rule::TextOnFirst, spot, shown > 0, [Measure::Lines(shown)]);
    // A bracket may stand without its blank half, so the distance is taken
    // from where the line should begin.
    // Without a title a page may begin in the middle of a paragraph.
    let begun = document.title.is_empty() && document.mark.is_empty();
    let indents = document.body.iter().skip(usize::from(begun)).map(|paragraph| {
        let em = paragraph[0].em();
        let off = paragraph[0].left_off(area.left + 2.0 * em);
        (paragraph[0], 2.0 + off / em)
    });
    let hair = DISTANCE / area.em();
    findings.worst(Rule::Indent, indents, 2.0, hair, Measure::Characters);
    let turned = document.body.iter().flat_map(|paragraph| &paragraph[1..]);
    let turned = turned.map(|line| (*line, line.left_off(area.left)));
    findings.worst(Rule::Flush, turned, 0.0, DISTANCE, Measure::Mm);
}

fn levels(document: &Document<'_>, findings: &mut Findings) {
    let faces = [
        (Rule::Level1, Face::Hei),
        (Rule::Level2, Face::Kai),
        (Rule::Level3, Face::Fangsong),
        (Rule::Level4, Face::Fangsong),
    ];
    for (level, (rule, face)) in (1..).zip(faces) {
        let of_level = |paragraph: &&Lines<'_>| form::level(&paragraph[0].text) == Some(level);
        // A heading may be followed by text on the same line.
        let heads = document.body.iter().filter(of_level).map(|paragraph| {
            let (line, glyphs) = paragraph[0].whole();
            let end = glyphs.iter().position(|glyph| glyph.text.as_deref() == Some("。"));
            (line, &glyphs[..end.unwrap_or(glyphs.len())])
        });
        findings.face(rule, heads, face, Some(SAN_HAO));
    }
}

/// The numbers and names that 附件说明 states.
fn names(lines: &[&Line]) -> Vec<(Option<usize>, String)> {
    let mut names: Vec<(Option<usize>, String)> = Vec::new();
    for line in lines {
        let text = line.text.as_str();
        let text = text.strip_prefix("附件：").or(text.strip_prefix("附件:")).unwrap_or(text);
        let numbered = text
            .split_once(['.', '．'])
            .and_then(|(number, name)| Some((Some(number.parse().ok()?), name.to_owned())));
        match (numbered, names.last_mut()) {
            (Some(name), _) => names.push(name),
            (None, Some(last)) => last.1 += text,
            (None, None) => names.push((None, text.to_owned())),
        }
    }
    names
}

fn attachments(
    document: &Document<'_>,
    names: &[(Option<usize>, String)],
    findings: &mut Findings,
) {
    let (area, first) = (&document.area, document.attachments[0]);
    let off = first.left_off(area.left + 2.0 * area.em());
    let above = document.body_lines().last().filter(|line| line.page == first.page);
    let gap = above.map(|line| first.baseline - line.baseline);
    let blank = gap.is_none_or(|gap| between(gap, 2.0 * area.pitch, 2.0 * area.pitch));
    let colon = first.text.starts_with("附件：");
    let mut measured = vec![Measure::Characters(2.0 + off / area.em())];
    measured.extend(gap.map(Measure::Mm));
    measured.extend((!colon).then(|| Measure::Text(first.text.chars().take(12).collect())));
    let holds = off.abs() <= DISTANCE && blank && colon;
    findings.hold(Rule::NoteOfAnnexes, first, holds, measured);
    let marked = names.iter().find(|(_, name)| name.ends_with(['。', '；', '，', '、', ';', '.']));
    let shown = marked.or(names.last()).map(|(_, name)| Measure::Text(name.clone()));
    let spot = Spot::lines(document.attachments.iter().copied());
    findings.hold(Rule::NoteNames, spot, marked.is_none(), shown);
}

fn signed(document: &Document<'_>, signature: &Signature<'_>, findings: &mut Findings) {
    let (area, date) = (&document.area, signature.date);
    let em = area.em();
    let blank = |line: &Line| -line.right_off(area.right) / em;
    let near = |measured: f64, wanted: f64| (measured - wanted).abs() * em <= DISTANCE;
    let run = date.runs().pop().unwrap_or_else(|| date.clone());
    let sealed = near(blank(date), 4.0);
    match &signature.organ {
        Some(organ) => {
            let off = organ.middle() - run.middle();
            let stamped = sealed && off.abs() <= CENTRING;
            // Without a seal the longer of the two keeps two characters free.
            let shift = (run.left() - organ.left()) / em;
            let plain = near(blank(organ), 2.0) && near(shift, 2.0)
                || near(blank(date), 2.0) && near(shift, 2.0);
            let placed = sealed || plain;
            findings.hold(Rule::DatePlace, &run, placed, [Measure::Characters(blank(date))]);
            let measured = if sealed {
                vec![Measure::Mm(off)]
            } else {
                vec![Measure::Characters(blank(organ)), Measure::Characters(shift)]
            };
            let holds = if sealed { stamped } else { plain };
            findings.hold(Rule::Organ, organ, holds, measured);
        }
        None => {
            let holds = sealed || near(blank(date), 2.0);
            findings.hold(Rule::DatePlace, &run, holds, [Measure::Characters(blank(date))]);
        }
    }
    let plain = signature.form == DateForm::Arabic { padded: false };
    findings.hold(Rule::DateForm, &run, plain, [Measure::Text(run.text.clone())]);
    let text = document.body_lines().chain(document.attachments.iter().copied());
    let together = text.filter(|line| line.page == date.page).count();
    if !document.body.is_empty() {
        let measured = [Measure::Lines(together)];
        findings.hold(Rule::SignedWithText, date, together > 0, measured);
    }
}

fn remark(document: &Document<'_>, findings: &mut Findings) {
    let (Some(first), Some(last)) = (document.note.first(), document.note.last()) else { return };
    let Some(signature) = &document.signature else { return };
    let area = &document.area;
    let off = first.left_off(area.left + 2.0 * area.em());
    let gap = first.baseline - signature.date.baseline;
    let under = first.page != signature.date.page || between(gap, area.pitch, area.pitch);
    let framed = first.text.starts_with('（') && last.text.ends_with('）');
    let mut measured = vec![Measure::Characters(2.0 + off / area.em())];
    if !framed {
        measured.push(Measure::Text(first.text.chars().take(12).collect()));
    }
    measured.extend((!under).then_some(Measure::Mm(gap)));
    let holds = off.abs() <= DISTANCE && under && framed;
    findings.hold(Rule::Remark, Spot::lines(document.note.iter().copied()), holds, measured);
}

/// 出席, 请假 and 列席 in 黑体, the names beside them in 仿宋.
fn attendance(document: &Document<'_>, findings: &mut Findings) {
    let area = &document.area;
    let heads = document.attendance.iter().filter(|line| form::is_attendance(&line.text));
    let off = heads.clone().map(|line| (*line, line.left_off(area.left + 2.0 * area.em())));
    match off.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs())) {
        Some((line, off)) if off.abs() > DISTANCE => {
            let measured = [Measure::Characters(2.0 + off / area.em())];
            findings.add(Rule::Attendance, line, Judgement::Fail, measured);
        }
        _ => {
            let words = heads.map(|line| (*line, &line.glyphs[..line.glyphs.len().min(2)]));
            findings.face(Rule::Attendance, words, Face::Hei, Some(SAN_HAO));
        }
    }
    let names = document.attendance.iter().map(|line| {
        let head = if form::is_attendance(&line.text) { 3 } else { 0 };
        (*line, &line.glyphs[head.min(line.glyphs.len())..])
    });
    findings.face(Rule::AttendanceNames, names, Face::Fangsong, Some(SAN_HAO));
}

fn annexes(document: &Document<'_>, names: &[(Option<usize>, String)], findings: &mut Findings) {
    if document.annexes.is_empty() {
        if !names.is_empty() {
            // They may be handed over apart, with the document's number.
            findings.add(Rule::AnnexPage, Spot::NOWHERE, Judgement::Person, [Measure::Absent]);
        }
        return;
    }
    let off = document.annexes.iter().map(|annex| (annex.mark, annex_off(document, annex)));
    findings.worst(Rule::AnnexPage, off, 0.0, CENTRING, Measure::Mm);
    let marks = document.annexes.iter().map(|annex| annex.mark.whole());
    findings.face(Rule::AnnexMark, marks, Face::Hei, Some(SAN_HAO));
    annex_titles(document, findings);
    if !names.is_empty() {
        annex_names(document, names, findings);
    }
}

/// How far a mark is from the first line's beginning; a line before it counts
/// as far.
fn annex_off(document: &Document<'_>, annex: &Annex<'_>) -> f64 {
    let (left, _) = document.measure_of(annex.mark.page);
    let top = document.top_of(annex.mark.page);
    let off = annex.mark.left_off(left).abs().max((annex.mark.top() - top).abs());
    if annex.before > 0 { off.max(document.area.pitch) } else { off }
}

/// The first title that is out of its place decides, or the first of all.
fn annex_titles(document: &Document<'_>, findings: &mut Findings) {
    let mut titles = document.annexes.iter().map(|annex| annex_title(document, annex));
    let first = titles.next();
    let wrong = first.clone().into_iter().chain(titles).find(|(_, holds, _)| !holds);
    if let Some((spot, holds, measured)) = wrong.or(first) {
        findings.hold(Rule::AnnexTitle, spot, holds, measured);
    }
}

fn annex_title(document: &Document<'_>, annex: &Annex<'_>) -> (Spot, bool, Vec<Measure>) {
    let Some(first) = annex.title.first() else {
        return (annex.mark.into(), false, vec![Measure::Absent]);
    };
    let (left, right) = document.measure_of(annex.mark.page);
    let middles = [(left + right) / 2.0, left + AREA.0 / 2.0];
    // A landscape page has one.
    let middles = if right - left > 200.0 { &middles[..1] } else { &middles[..] };
    let off = annex.title.iter().map(|line| off_middle(line, middles));
    let off = off.max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or_default();
    let (pitch, em) = (document.area.pitch, document.area.em());
    let distance = first.top() - annex.mark.bottom();
    let third = between(distance, pitch, 2.0 * pitch - em);
    let measured = vec![Measure::Mm(off), Measure::Mm(distance)];
    let spot = Spot::lines(annex.title.iter().copied());
    (spot, off.abs() <= CENTRING && third, measured)
}

fn annex_names(
    document: &Document<'_>,
    names: &[(Option<usize>, String)],
    findings: &mut Findings,
) {
    let annexes = &document.annexes;
    let titles = annexes.iter().map(|annex| {
        let title: String = annex.title.iter().map(|line| line.text.as_str()).collect();
        (Spot::lines([annex.mark]).with(Spot::lines(annex.title.iter().copied())), title)
    });
    let other = titles.zip(names).find(|((_, title), (_, name))| title != name);
    let spot = other.as_ref().map_or(Spot::NOWHERE, |((spot, _), _)| *spot);
    let measured = match other {
        Some(((_, title), (_, name))) => vec![Measure::Text(title), Measure::Text(name.clone())],
        None => vec![Measure::Count(annexes.len())],
    };
    findings.hold(Rule::AnnexName, spot, spot.page.is_none(), measured);
    let numbered = annexes.iter().zip(names).find(|(annex, (number, _))| {
        let mark = annex.mark.text.trim_end_matches(['：', ':']);
        let mark = form::annex_number(mark).unwrap_or_default();
        mark != number.map(|number| number.to_string()).unwrap_or_default()
    });
    let holds = annexes.len() == names.len() && numbered.is_none();
    let measured = match numbered {
        Some((annex, _)) => vec![Measure::Text(annex.mark.text.clone())],
        None => vec![Measure::Of(annexes.len(), names.len())],
    };
    let spot = numbered.map_or(Spot::NOWHERE, |(annex, _)| annex.mark.into());
    findings.hold(Rule::AnnexOrder, spot, holds, measured);
}
