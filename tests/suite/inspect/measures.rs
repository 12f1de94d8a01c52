//! What each rule measures: it passes where it is kept, and fails alone where its
//! measure is wrong.

use super::{OFFICIAL, inspect, passes, rules, set};

/// A letter with a landscape annex, which keeps them, too.
const LETTER: &str = include_str!("../../files/letter.typ");

/// The letter after what it shares with the other document.
fn letter() -> String {
    OFFICIAL.split("// Page 1.").next().unwrap().to_owned() + LETTER
}

#[test]
fn a_document_from_elsewhere_is_read_element_by_element() {
    let folder = set([("公文", OFFICIAL.to_owned())]);
    let json = passes(&folder, "公文.pdf");
    assert_eq!(json["form"], "document");
    assert_eq!(json["pages"], 4);
    let passed = rules(&json, "pass");
    for rule in [
        "paper-size",
        "top-margin",
        "left-margin",
        "area-width",
        "inside-area",
        "text-size",
        "text-face",
        "line-pitch",
        "lines-per-page",
        "chars-per-line",
        "text-colour",
        "mark-top",
        "mark-centred",
        "mark-red",
        "mark-width",
        "number-form",
        "number-text",
        "number-below",
        "number-place",
        "red-rule-below",
        "red-rule-width",
        "red-rule-colour",
        "title-size",
        "title-centred",
        "title-below",
        "title-breaks",
        "title-shape",
        "addressee-below",
        "addressee-flush",
        "addressee-colon",
        "text-on-first",
        "indent",
        "flush",
        "level-1",
        "level-2",
        "level-3",
        "level-4",
        "attachments",
        "attachment-names",
        "date-place",
        "organ",
        "date-form",
        "signed-with-text",
        "remark",
        "annex-page",
        "annex-mark",
        "annex-title",
        "annex-name",
        "annex-order",
        "imprint-rules",
        "imprint-width",
        "imprint-foot",
        "imprint-last",
        "imprint-text",
        "imprint-indent",
        "copies",
        "printed",
        "folio",
        "folio-form",
        "folio-text",
        "folio-below",
        "folio-side",
        "fonts-embedded",
        "readable",
    ] {
        assert!(passed.iter().any(|it| it == rule), "{rule} is not in {passed:?}");
    }
    // The bundled stand-in is no 小标宋, and no seal can be seen.
    let open = rules(&json, "person");
    for rule in ["mark-face", "title-face", "seal", "paper-stock", "meaning"] {
        assert!(open.iter().any(|it| it == rule), "{rule} is not in {open:?}");
    }
}

/// What is changed in [`OFFICIAL`], and the rules that then fail.
const DEVIATIONS: [(&str, &str, &[&str]); 48] = [
    ("width: 210mm, height: 297mm", "width: 215.9mm, height: 297mm", &["paper-size"]),
    ("#let mark-top = 72mm", "#let mark-top = 75mm", &["mark-top"]),
    ("size: 40pt, fill: red", "size: 40pt, fill: rgb(\"#ff8800\")", &["mark-red"]),
    ("[某某市教育局文件]", "[某某市教育局文件#h(12mm)]", &["mark-centred"]),
    ("某教发〔2026〕12号", "某教发[2026]12号", &["number-form"]),
    ("某教发〔2026〕12号", "某教发〔2026〕第12号", &["number-form"]),
    ("某教发〔2026〕12号", "某教发〔2026〕012号", &["number-form"]),
    ("#centred(number-top)[", "#at(28mm, number-top)[", &["number-place"]),
    ("某教发〔2026〕12号]", "#text(font: heiti)[某教发〔2026〕12号]]", &["number-text"]),
    ("number-top = 110.5mm", "number-top = 100mm", &["number-below", "red-rule-below"]),
    ("rule-top = 120.3mm", "rule-top = 122mm", &["red-rule-below"]),
    ("paint: red)\n#centred(title", "paint: black)\n#centred(title", &["red-rule-colour"]),
    (
        "#rule(rule-top, 0.5mm, paint: red)",
        "#place(dx: 43mm, dy: rule-top, line(length: 126mm, stroke: 0.5mm + red))",
        &["red-rule-width"],
    ),
    ("title-size = 22pt", "title-size = 20pt", &["title-size"]),
    ("#centred(title-top, ", "#at(28mm, title-top, ", &["title-centred"]),
    ("title-top = 143mm", "title-top = 136mm", &["title-below", "addressee-below"]),
    ("[获奖名单的通知]", "[的通知]", &["title-breaks"]),
    ("#at(28mm, addressee-top)", "#at(28mm + 2em, addressee-top)", &["addressee-flush"]),
    ("教育局：]", "教育局:]", &["addressee-colon"]),
    ("addressee-top = 178.5mm", "addressee-top = 168mm", &["addressee-below"]),
    ("first-line-indent: (amount: 2em", "first-line-indent: (amount: 0em", &["indent"]),
    (
        "#column(addressee-top + pitch)[",
        "#column(addressee-top + pitch)[#set text(size: 14pt)\n#set par(leading: pitch - 14pt, spacing: pitch - 14pt)",
        &["text-size", "chars-per-line"],
    ),
    ("[一、总体要求]", "[#text(font: kaiti)[一、总体要求]]", &["level-1"]),
    ("#text(font: kaiti)[（一）", "#text(font: heiti)[（一）", &["level-2"]),
    ("  1.成立", "  #set text(font: kaiti)\n  1.成立", &["text-face", "level-3", "level-4"]),
    ("[附件：1", "[附件:1", &["attachments"]),
    ("attachments-row = 8", "attachments-row = 7", &["attachments"]),
    ("[2.工作安排]", "[2.工作安排。]", &["attachment-names", "annex-name"]),
    ("#rightmost(row(13), 4em, day)", "#rightmost(row(13), 6em, day)", &["date-place", "organ"]),
    ("#rightmost(row(12), 4.25em)", "#rightmost(row(12), 6em)", &["organ"]),
    // The longer date moves its middle, too.
    ("#let day = [2026年8月10日]", "#let day = [2026年08月10日]", &["organ", "date-form"]),
    ("（此件主动公开）", "此件主动公开", &["remark"]),
    ("text(font: heiti)[附件1])", "text(font: heiti)[附件3])", &["annex-order"]),
    ("#at(28mm, row(0), text(font: heiti)[附件1])", "#at(28mm, row(0))[附件1]", &["annex-mark"]),
    (
        "#centred(row(2), text(font: \"Noto Serif SC\", weight: 700, size: 22pt)[获奖",
        "#centred(row(3), text(font: \"Noto Serif SC\", weight: 700, size: 22pt)[获奖",
        &["annex-title"],
    ),
    ("size: 22pt)[获奖名单])", "size: 22pt)[获奖单位])", &["annex-name"]),
    ("#rule(imprint - 9.5mm, 0.25mm)", "#rule(imprint - 9.5mm, 0.5mm)", &["imprint-rules"]),
    ("#rule(imprint, 0.35mm)", "#rule(imprint + 2mm, 0.35mm)", &["imprint-foot"]),
    ("#set text(size: 14pt)\n", "#set text(size: 16pt)\n", &["imprint-text", "imprint-indent"]),
    ("办公室。]", "办公室]", &["copies"]),
    ("[2026年8月10日印发]", "[2026年08月10日印发]", &["printed"]),
    ("\"— \" + str(n) + \" —\"", "\"- \" + str(n) + \" -\"", &["folio-form"]),
    ("269mm - 1.8mm", "265mm - 1.8mm", &["folio-below"]),
    ("if calc.odd(n) {", "if calc.even(n) {", &["folio-side"]),
    ("#folio(3)", "", &["folio"]),
    ("第一小学，", "#text(fill: rgb(\"#2255cc\"))[第一小学]，", &["text-colour"]),
    // Everything else is measured from where the text begins.
    ("row(n) = 37mm", "row(n) = 40mm", &["top-margin", "mark-top", "imprint-foot", "folio-below"]),
    ("#column(row(4))[另行通知。]", "#at(150mm, row(4))[另行通知通知。]", &["inside-area"]),
];

/// What is changed in [`LETTER`], and the rules that then fail.
const LETTER_DEVIATIONS: [(&str, &str, &[&str]); 12] = [
    ("mark-top = 30mm", "mark-top = 33mm", &["letter-mark-top"]),
    ("head-gap = 4mm", "head-gap = 6mm", &["letter-head-rule"]),
    (
        "(thick, thin) = (0.8mm, 0.3mm)",
        "(thick, thin) = (0.3mm, 0.8mm)",
        &["letter-head-rule", "letter-foot-rule"],
    ),
    ("foot = 297mm - 20mm", "foot = 297mm - 17mm", &["letter-foot-rule"]),
    ("width: 170mm)", "width: 156mm)", &["letter-head-rule", "letter-foot-rule"]),
    ("number-gap = 4.9mm", "number-gap = 7mm", &["letter-number"]),
    ("rightmost(number, 0mm)", "rightmost(number, 1em)", &["letter-number"]),
    ("2 * pitch + 2mm", "1 * pitch + 4mm", &["letter-title"]),
    ("#pagebreak()", "#folio(1)\n#pagebreak()", &["letter-folio"]),
    // The number tells how the page was turned, and so where its edges are.
    (
        "let around = 90deg",
        "let around = -90deg",
        &["inside-area", "annex-page", "annex-title", "folio-below", "folio-side", "turned-head"],
    ),
    ("side = 28mm + 14pt", "side = 36mm", &["folio-side"]),
    ("#at(35mm, 28mm", "#at(50mm, 28mm", &["annex-page"]),
];

#[test]
fn a_letter_is_measured_by_its_own_clause() {
    let json = passes(&set([("函", letter())]), "函.pdf");
    assert_eq!(json["form"], "letter");
    let passed = rules(&json, "pass");
    for rule in [
        "letter-mark-top",
        "letter-head-rule",
        "letter-foot-rule",
        "letter-number",
        "letter-title",
        "letter-folio",
        "folio-below",
        "folio-side",
        "turned-head",
        "annex-title",
    ] {
        assert!(passed.iter().any(|it| it == rule), "{rule} is not in {passed:?}");
    }
}

/// The same document addressed upwards, with everything a head may have.
fn upward() -> String {
    let head = "#at(28mm, row(0))[000012]
#at(28mm, row(1), text(font: heiti)[机密★1年])
#at(28mm, row(2), text(font: heiti)[特急])
#at(28mm + 1em, number-top)[某教发〔2026〕12号]
#rightmost(number-top, 1em)[签发人：#text(font: kaiti)[王某某]]";
    OFFICIAL.replacen("#centred(number-top)[某教发〔2026〕12号]", head, 1)
}

/// What is changed in it, and the rules that then fail.
const UPWARD_DEVIATIONS: [(&str, &str, &[&str]); 7] = [
    ("[000012]", "[012]", &["copy-number"]),
    ("text(font: heiti)[机密", "text(font: kaiti)[机密", &["secrecy"]),
    ("#at(28mm, row(2), ", "#at(28mm + 2em, row(2), ", &["urgency"]),
    ("#at(28mm + 1em, number-top)", "#at(28mm, number-top)", &["number-place"]),
    ("#rightmost(number-top, 1em)", "#rightmost(number-top, 3em)", &["signer"]),
    ("[签发人：", "[签发人:", &["signer"]),
    ("text(font: kaiti)[王", "text(font: heiti)[王", &["signer"]),
];

#[test]
fn what_stands_in_the_corners_of_a_head_is_measured() {
    let json = passes(&set([("请示", upward())]), "请示.pdf");
    let passed = rules(&json, "pass");
    for rule in ["copy-number", "secrecy", "urgency", "number-place", "signer", "mark-top"] {
        assert!(passed.iter().any(|it| it == rule), "{rule} is not in {passed:?}");
    }
    fails_alone(&upward(), &UPWARD_DEVIATIONS);
}

#[test]
fn orders_and_minutes_are_known_by_their_marks() {
    let preamble = OFFICIAL.split("// Page 1.").next().unwrap();
    let mark = |top: u32, name: &str| {
        format!(
            "#centred({top}mm, text(font: \"Noto Serif SC\", weight: 700, size: 40pt, fill: red, top-edge: \"bounds\")[{name}])\n"
        )
    };
    let text =
        "#column(row(9), par[现予公布，自公布之日起施行，各有关单位要认真贯彻执行。])\n#folio(1)";
    let order = |top| {
        let mark = mark(top, "某某市人民政府令");
        format!("{preamble}{mark}#centred({top}mm + 37mm)[第12号]\n{text}")
    };
    let minutes = |top| {
        let mark = mark(top, "某某市教育局会议纪要");
        let rule = "#centred(110mm)[第3期]\n#rule(121mm, 0.5mm, paint: red)";
        format!("{preamble}{mark}{rule}\n{text}")
    };
    let folder = set([
        ("令", order(57)),
        ("低令", order(60)),
        ("纪要", minutes(72)),
        ("低纪要", minutes(75)),
    ]);
    assert_eq!(passes(&folder, "令.pdf")["form"], "order");
    assert_eq!(passes(&folder, "纪要.pdf")["form"], "minutes");
    assert_eq!(rules(&inspect(&folder, "低令.pdf").json(), "fail"), ["order-mark-top"]);
    assert_eq!(rules(&inspect(&folder, "低纪要.pdf").json(), "fail"), ["mark-top"]);
}

#[test]
fn each_rule_fails_alone_when_its_measure_is_wrong() {
    fails_alone(OFFICIAL, &DEVIATIONS);
    fails_alone(&letter(), &LETTER_DEVIATIONS);
}

fn fails_alone(source: &str, deviations: &[(&str, &str, &[&str])]) {
    let names: Vec<String> = (0..deviations.len()).map(|index| format!("d{index}")).collect();
    let changed = deviations.iter().zip(&names).map(|((from, to, _), name)| {
        assert!(source.contains(from), "there is no {from:?}");
        (name.as_str(), source.replacen(from, to, 1))
    });
    let folder = set(changed);
    let mut wrong = Vec::new();
    for ((from, to, expected), name) in deviations.iter().zip(&names) {
        let ran = inspect(&folder, &format!("{name}.pdf"));
        let failed = rules(&ran.json(), "fail");
        if failed != *expected || ran.status != i32::from(!expected.is_empty()) {
            wrong.push(format!("{from:?} → {to:?}: {failed:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_bound_at_the_right_are_measured_from_there() {
    let mirrored = OFFICIAL.replace("dx: 28mm", "dx: left()").replace("28mm + ", "left() + ");
    let mirrored = mirrored.replace("at(28mm", "at(left()").replacen(
        "#let at(",
        "#let left() = if calc.odd(counter(page).get().first()) { 28mm } else { 26mm }\n#let at(",
        1,
    );
    // Where a page stands is known in its context alone.
    let mirrored = mirrored
        .replace("= place(dx", "= context place(dx")
        .replace("#at(", "#context at(")
        .replace("{ at(", "{ context at(");
    passes(&set([("公文", mirrored)]), "公文.pdf");
}
