//! A document held against the standard, as a value, as a table and in words.

use serde::Serialize;

use crate::inspect::{Finding, Form, Judgement, Measure, Report};
use crate::lang::Lang;

/// What was found in a document.
#[derive(Debug, Serialize)]
pub struct Inspected<'a> {
    pages: usize,
    form: Form,
    passed: usize,
    failed: usize,
    for_a_person: usize,
    findings: Vec<Line<'a>>,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    code: &'static str,
    clause: &'static str,
    element: &'static str,
    rule: &'static str,
    measured: &'a [Measure],
    verdict: Judgement,
    page: Option<usize>,
    /// Where on that page, in millimetres from its top left corner.
    area: Option<Area>,
}

#[derive(Debug, Serialize)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl<'a> Inspected<'a> {
    /// With the rules in words of `lang`.
    pub fn new(report: &'a Report, lang: Lang) -> Self {
        let findings = report.findings.iter().map(|finding| Line {
            code: finding.rule.code(),
            clause: finding.rule.clause(),
            element: finding.rule.element(lang),
            rule: finding.rule.says(lang),
            measured: &finding.measured,
            verdict: finding.verdict,
            page: finding.page,
            area: finding.area.map(|[left, top, right, bottom]| Area { left, top, right, bottom }),
        });
        Self {
            pages: report.pages,
            form: report.form,
            passed: report.count(Judgement::Pass),
            failed: report.count(Judgement::Fail),
            for_a_person: report.count(Judgement::Person),
            findings: findings.collect(),
        }
    }
}

/// The findings row by row under a head: clause, element, rule, what was
/// measured, verdict.
pub fn table(report: &Report, lang: Lang) -> Vec<[String; 5]> {
    let head = lang.pick(
        ["条款", "要素", "规定", "实测", "结论"],
        ["clause", "element", "rule", "measured", "verdict"],
    );
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(report.findings.iter().map(|finding| {
        [
            finding.rule.clause().to_owned(),
            finding.rule.element(lang).to_owned(),
            finding.rule.says(lang).to_owned(),
            measured(finding, report.pages, lang),
            verdict(finding.verdict, lang).to_owned(),
        ]
    }));
    rows
}

/// What it comes to, in two sentences.
pub fn summary(report: &Report, lang: Lang) -> String {
    let [passed, failed, open] =
        [Judgement::Pass, Judgement::Fail, Judgement::Person].map(|verdict| report.count(verdict));
    let (pages, form) = (report.pages, form(report.form, lang));
    lang.pick(
        format!("规定没有写误差的，距离容许 0.5 mm，居中 1 mm，字号 0.3 pt，线粗 0.04 mm。\n{form}，{pages} 页：合格 {passed} 项，不合格 {failed} 项，人工判断 {open} 项。\n"),
        format!(
            "Where the rule states no tolerance: 0.5 mm for distances, 1 mm for centring, 0.3 pt for sizes of type, 0.04 mm for the thickness of rules.\n{form}, {pages} pages: {passed} pass, {failed} fail, {open} for a person to judge.\n"
        ),
    )
}

/// What kind of document it is.
pub fn form(form: Form, lang: Lang) -> &'static str {
    match form {
        Form::Document => lang.pick("文件格式", "document"),
        Form::Letter => lang.pick("信函格式", "letter"),
        Form::Order => lang.pick("命令（令）格式", "order"),
        Form::Minutes => lang.pick("纪要格式", "minutes"),
        Form::Plain => lang.pick("无版头", "without a head"),
    }
}

fn verdict(verdict: Judgement, lang: Lang) -> &'static str {
    match verdict {
        Judgement::Pass => lang.pick("合格", "pass"),
        Judgement::Fail => lang.pick("不合格", "fail"),
        Judgement::Person => lang.pick("人工判断", "for a person"),
    }
}

fn measured(finding: &Finding, pages: usize, lang: Lang) -> String {
    // What is not passed may be off by a hundredth that a tenth does not show.
    let digits = if finding.verdict == Judgement::Pass { 1 } else { 2 };
    let parts: Vec<String> = finding.measured.iter().map(|it| measure(it, digits, lang)).collect();
    let parts = parts.join(lang.pick("，", ", "));
    match finding.page {
        Some(page) if pages > 1 && !parts.is_empty() => {
            lang.pick(format!("第{page}页 {parts}"), format!("p. {page}: {parts}"))
        }
        _ => parts,
    }
}

fn measure(measure: &Measure, digits: usize, lang: Lang) -> String {
    match measure {
        Measure::Mm(length) => format!("{} mm", rounded(*length, digits)),
        Measure::Off(length) => {
            let length = rounded(*length, digits);
            lang.pick(format!("偏 {length} mm"), format!("{length} mm off"))
        }
        Measure::Thickness(length) => format!("{length:.2} mm"),
        Measure::Area(width, height) => {
            format!("{}×{} mm", rounded(*width, digits), rounded(*height, digits))
        }
        Measure::Pt(size) => format!("{size} pt"),
        Measure::Lines(count) => lang.pick(format!("{count} 行"), format!("{count} lines")),
        Measure::Characters(count) => {
            // A line's are whole, a distance's are not.
            let whole = *count >= 10.0 && count.fract() == 0.0;
            let count = if whole { count.to_string() } else { rounded(*count, digits) };
            lang.pick(format!("{count} 字"), format!("{count} characters"))
        }
        Measure::Font(name) if name.is_empty() => {
            lang.pick("字体名不详".into(), "a font without a name".into())
        }
        Measure::Font(name) => name.clone(),
        Measure::Text(text) => format!("“{text}”"),
        Measure::Colour([red, green, blue]) => format!("#{red:02x}{green:02x}{blue:02x}"),
        Measure::Count(count) => count.to_string(),
        Measure::Of(count, all) => format!("{count}/{all}"),
        Measure::Absent => lang.pick("没有", "none").to_owned(),
    }
}

/// To so many digits at most and one at least, and never -0.0.
fn rounded(value: f64, digits: usize) -> String {
    let tens = if digits > 1 { 100.0 } else { 10.0 };
    let shown = format!("{:.digits$}", (value * tens).round() / tens);
    let shown = if digits > 1 { shown.strip_suffix('0').unwrap_or(&shown) } else { &shown };
    if shown.trim_start_matches(['-', '0', '.']).is_empty() {
        shown.trim_start_matches('-').to_owned()
    } else {
        shown.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_has_the_digits_that_tell() {
        for (value, digits, shown) in [
            (36.0, 1, "36.0"),
            (35.96, 1, "36.0"),
            (10.45, 1, "10.5"),
            (35.96, 2, "35.96"),
            (35.5, 2, "35.5"),
            (35.0, 2, "35.0"),
            (-0.01, 1, "0.0"),
            (-0.01, 2, "-0.01"),
            (0.0, 2, "0.0"),
        ] {
            assert_eq!(rounded(value, digits), shown);
        }
    }
}
