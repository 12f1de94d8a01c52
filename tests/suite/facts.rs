//! Facts: what a template declares, `contest.toml` held against it, and the
//! declarations held against the templates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

use accolade::contest::{Declaration, Declarations, Declared};
use accolade::form::Form;
use accolade::template::Templates;
use serde_json::{Map, Value as Json, json};

use crate::support::{Folder, Package, Pdf};

/// `(code, file, line, message, help)` of everything `check` says, in this
/// language.
fn said(folder: &Folder, lang: &str) -> Vec<(String, String, usize, String, String)> {
    let ran = folder.accolade("check", &["--format", "json", "--lang", lang]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    let json = ran.json();
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    let all = json["diagnostics"].as_array().unwrap().iter().map(|it| {
        let line = it["line"].as_u64().unwrap() as usize;
        (text(&it["code"]), text(&it["file"]), line, text(&it["message"]), text(&it["help"]))
    });
    all.collect()
}

/// `(code, line)` of everything `check` says of `contest.toml`.
fn found(folder: &Folder) -> Vec<(String, usize)> {
    let said = said(folder, "zh").into_iter();
    let mut found: Vec<_> = said
        .map(|(code, file, line, ..)| {
            assert_eq!(file, "contest.toml");
            (code, line)
        })
        .collect();
    found.sort_by_key(|(_, line)| *line);
    found
}

/// The line of a file that holds `text`, from 1.
fn line(folder: &Folder, file: &str, text: &str) -> usize {
    let source = fs::read_to_string(folder.path(file)).unwrap();
    source.lines().position(|line| line.contains(text)).expect(text) + 1
}

/// The example's facts of the contest, and one document kind with a template
/// of this name and these facts.
fn with_template(name: &str, facts: &str) -> Folder {
    let folder = Folder::example();
    let example = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let (before, _) = example.split_once("[[documents]]").unwrap();
    let kind = format!(
        "[[documents]]\nname = \"一种\"\ntemplate = \"{name}.typ\"\neach = \"contest\"\npath = \"一种.pdf\"\nprove = []\n"
    );
    folder.write("contest.toml", format!("{before}{kind}[documents.facts]\n{facts}"));
    folder
}

/// A template that prints all its facts.
const PRINTS: &str = "#set document(title: \"x\")\n#set text(font: \"Noto Serif SC\")\n\
     #let entry = json(\"/entry.json\")\n#repr(entry.document.facts)\n";

// ---------------------------------------------------------------------------
// What a clerk writes
// ---------------------------------------------------------------------------

#[test]
fn a_slip_in_any_table_of_facts_is_refused_with_the_word_that_was_meant() {
    let folder = Folder::example();
    let slips = [
        ("co_organizers =", "co_organisers =", "facts.co_organisers", "co_organizers"),
        ("title  = \"关于举办2026", "tite  = \"关于举办2026", "facts.notice.tite", "title"),
        ("phone  = \"0354-2639511\"", "phon  = \"0354-2639511\"", "facts.contacts.phon", "phone"),
        ("design = \"formal\"", "desing = \"formal\"", "documents.facts.desing", "design"),
        ("year = 2026 }                          #", "yaer = 2026 } #", "number.yaer", "year"),
        ("issuer   = \"晋中市", "isuer   = \"晋中市", "documents.facts.isuer", "issuer"),
    ];
    for (from, to, ..) in slips {
        folder.edit("contest.toml", from, to);
    }
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let volume = "\n[[volumes]]\nname = \"套打册\"\nof = \"荣誉证书\"\npath = \"套打册.pdf\"\nfacts = { desgin = \"preprinted\" }\n";
    folder.write("contest.toml", text + volume);
    let all = said(&folder, "zh");
    let en = said(&folder, "en");
    assert_eq!(all.len(), slips.len() + 1, "each told once, all at once: {all:#?}");
    let of_volume = ("", "desgin", "volumes.facts.desgin", "design");
    for (_, to, key, meant) in slips.into_iter().chain([of_volume]) {
        let at = line(&folder, "contest.toml", to);
        let told = |said: &[(String, String, usize, String, String)], question: &str| {
            let of_line = said.iter().find(|(.., line, _, _)| *line == at);
            let (code, file, _, message, help) =
                of_line.unwrap_or_else(|| panic!("{to}: {said:#?}"));
            assert_eq!((code.as_str(), file.as_str()), ("undeclared-fact", "contest.toml"));
            assert!(message.contains(key), "{key}: {message}");
            assert_eq!(help, question);
        };
        told(&all, &format!("是否应为“{meant}”？"));
        told(&en, &format!("did you mean “{meant}”?"));
    }
}

#[test]
fn a_fact_that_nobody_could_have_meant_is_told_with_those_there_are() {
    let folder = Folder::example();
    folder.edit("contest.toml", "design = \"formal\"", "colour = \"red\"");
    let (code, _, _, message, help) = said(&folder, "zh").remove(0);
    assert_eq!(code, "undeclared-fact");
    assert!(message.contains("certificate.typ 没有声明它"), "{message}");
    for part in ["design、paper、heading、title、closing", "templates/certificate.toml"] {
        assert!(help.contains(part), "{help}");
    }
    // What is there already may be what was meant all the same.
    folder.edit("contest.toml", "colour = \"red\"", "");
    folder.edit("contest.toml", "[facts.province]", "[facts.contact]\n[facts.province]");
    let (code, .., help) = said(&folder, "zh").remove(0);
    assert_eq!((code.as_str(), help.as_str()), ("undeclared-fact", "是否应为“contacts”？"));
}

#[test]
fn a_missing_fact_is_told_at_its_table() {
    let folder = Folder::example();
    for gone in [
        "authority = \"山西省工业和信息化厅\"\n",
        "disclosure    = \"主动公开\"                                             # 通知版记\n",
        "printed_by = \"晋中市工信局办公室\"                                        # 通知版记\n",
        ", person = \"周杰\"",
    ] {
        folder.edit("contest.toml", gone, "");
    }
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let more = "\n[[documents]]\nname = \"又一份\"\ntemplate = \"recommendation.typ\"\neach = \"entrant\"\npath = \"又/{project}.pdf\"\n";
    folder.write("contest.toml", text + more);
    let last = line(&folder, "contest.toml", "又一份") - 1;
    let expected = [
        line(&folder, "contest.toml", "[facts]"),
        line(&folder, "contest.toml", "[facts.province]"),
        line(&folder, "contest.toml", "contact  = {"),
        line(&folder, "contest.toml", "recipients = ") - 4,
        last,
        last,
    ];
    let expected: Vec<_> = expected.map(|line| ("missing-fact".to_owned(), line)).into();
    assert_eq!(found(&folder), expected);

    let said_of = |lang, place: usize| {
        let all = said(&folder, lang).into_iter().filter(move |(.., line, _, _)| *line == place);
        all.map(|(.., message, help)| format!("{message} → {help}")).collect::<Vec<_>>()
    };
    assert_eq!(
        said_of("zh", last),
        [
            "缺少“issuer”（推荐单位，在意见栏盖章），recommendation.typ 要用 → 请在 [documents.facts] 中写上：issuer = \"…\"",
            "缺少“date”（推荐日期），recommendation.typ 要用 → 请在 [documents.facts] 中写上：date = 2030-12-31",
        ]
    );
    assert_eq!(
        said_of("en", line(&folder, "contest.toml", "contact  = {")),
        [
            "“person” (whom to ask for) is missing, which publicity.typ needs → write into documents.facts.contact: person = \"…\""
        ]
    );
}

#[test]
fn facts_of_a_whole_table_can_be_missing() {
    let folder = Folder::example();
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let (before, rest) = text.split_once("[facts]").unwrap();
    let (_, documents) = rest.split_once("# 要制作的文件").unwrap();
    folder.write("contest.toml", format!("{before}# {documents}"));
    let all = said(&folder, "zh");
    let messages: Vec<_> = all.iter().map(|(.., message, _)| message.as_str()).collect();
    for name in ["basis", "province", "contacts", "notice", "co_organizers", "disclosure"] {
        let told = messages.iter().filter(|it| it.contains(&format!("缺少“{name}”"))).count();
        assert_eq!(told, 1, "{name}: {messages:#?}");
    }
    assert_eq!(all.len(), 6);
    assert!(all[2].4.contains("contacts = [{ unit = \"…\", people = [\"…\"], phone = \"…\" }]"));
}

#[test]
fn an_empty_text_is_no_fact_where_one_is_needed() {
    let folder = Folder::example();
    folder.edit("contest.toml", "people = [\"周杰\"]", "people = [\"\"]");
    folder.edit("contest.toml", "printed_by = \"晋中市工信局办公室\"", "printed_by = \" \"");
    // Here it has a meaning.
    folder.edit("contest.toml", "# closing = \"特发此证，以资鼓励。\"", "closing = \"\"");
    let expected = ["people = [\"\"]", "printed_by = \" \""];
    let expected: Vec<_> =
        expected.map(|text| ("wrong-fact".to_owned(), line(&folder, "contest.toml", text))).into();
    assert_eq!(found(&folder), expected);
}

#[test]
fn a_wrong_choice_lists_the_choices_and_what_they_mean() {
    let folder = Folder::example();
    folder.edit("contest.toml", "design = \"formal\"", "design = \"moden\"");
    let (code, _, at, message, help) = said(&folder, "zh").remove(0);
    assert_eq!(
        (code.as_str(), at),
        ("wrong-fact", line(&folder, "contest.toml", "design = \"moden\""))
    );
    assert_eq!(message, "“documents.facts.design”（式样）不能是 \"moden\"");
    assert!(help.starts_with("是否应为 \"modern\"？可以是：\"formal\"（红金边框）、"), "{help}");
    let (.., message, help) = said(&folder, "en").remove(0);
    assert_eq!(message, "“documents.facts.design” (the design) cannot be \"moden\"");
    assert!(help.contains("\"preprinted\" (text alone, for stock that has"), "{help}");
}

/// One fact of every form.
const ALL_FORMS: &str = r#"
[document]
text = { kind = "text", meaning = "T" }
texts = { kind = "texts", meaning = "T" }
date = { kind = "date", meaning = "T" }
number = { kind = "number", meaning = "T" }
count = { kind = "whole-number", meaning = "T" }
yes = { kind = "yes-no", meaning = "T" }
length = { kind = "length", meaning = "T" }
paper = { kind = "paper", meaning = "T" }
choice = { kind = "choice", meaning = "T", choices = { one = "O", two = "Z" } }
table = { kind = "table", meaning = "T", fields = { x = { kind = "text", needed = true, meaning = "X" } } }
tables = { kind = "tables", meaning = "T", fields = { x = { kind = "text", needed = true, meaning = "X" } } }
"#;

#[test]
fn a_fact_of_the_wrong_kind_is_told_with_what_it_should_be() {
    let wrong = [
        ("text = 4", "应为文字"),
        ("texts = \"一\"", "[\"…\"]"),
        ("date = \"2026-08-10\"", "不加引号"),
        ("number = \"4\"", "应为数"),
        ("count = -1", "不小于 0 的整数"),
        ("yes = \"是\"", "true（是）或 false（否）"),
        ("length = \"30\"", "\"30mm\""),
        ("paper = \"a4\"", "\"260x184\"，每边 140 至 600"),
        ("choice = 2", "\"one\"（O）、\"two\"（Z）"),
        ("table = \"x\"", "{ x = \"…\" }"),
        ("tables = { x = \"…\" }", "[{ x = \"…\" }]"),
    ];
    let lines: Vec<_> = wrong.iter().map(|(line, _)| *line).collect();
    let folder = with_template("one", &lines.join("\n"));
    folder.write("templates/one.typ", PRINTS);
    folder.write("templates/one.toml", ALL_FORMS);
    let all = said(&folder, "zh");
    assert_eq!(all.len(), wrong.len(), "{all:#?}");
    let en = said(&folder, "en");
    for (index, (text, part)) in wrong.into_iter().enumerate() {
        let (code, file, at, message, help) = &all[index];
        assert_eq!((code.as_str(), file.as_str()), ("wrong-fact", "contest.toml"));
        assert_eq!(*at, line(&folder, "contest.toml", text), "{message}");
        assert!(message.contains(text.split_once(" = ").unwrap().1), "{message}");
        assert!(help.contains(part), "{text}: {help}");
        assert!(en[index].4.starts_with("it should be") || en[index].4.starts_with("choose"));
    }
}

#[test]
fn a_fact_of_the_right_kind_reaches_the_template() {
    let right = "text = \"文\"\ntexts = [\"甲\", \"乙\"]\ndate = 2026-08-10\nnumber = 1.5\ncount = 3\nyes = true\n\
         length = \"30mm\"\npaper = \"b5 portrait\"\nchoice = \"two\"\ntable = { x = \"内\" }\ntables = [{ x = \"子\" }, { x = \"丑\" }]\n";
    let folder = with_template("one", right);
    folder.write("templates/one.typ", PRINTS);
    folder.write("templates/one.toml", ALL_FORMS);
    let pdf = folder.package(&["--draft"]).pdf("一种");
    for part in [
        "text:\"文\"",
        "texts:(\"甲\",\"乙\")",
        "date:\"2026-08-10\"",
        "number:1.5",
        "count:3",
        "yes:true",
        "length:\"30mm\"",
        "paper:\"b5portrait\"",
        "choice:\"two\"",
        "table:(x:\"内\")",
        "tables:((x:\"子\"),(x:\"丑\"))",
    ] {
        pdf.shows(part);
    }
    // What is left out is there, too, so that a template can ask for it.
    let folder = with_template("one", "");
    folder.write("templates/one.typ", PRINTS);
    folder.write(
        "templates/one.toml",
        ALL_FORMS
            .replace("\"text\", meaning = \"T\"", "\"text\", default = \"甲乙\", meaning = \"T\""),
    );
    let pdf = folder.package(&["--draft"]).pdf("一种");
    pdf.shows("text:\"甲乙\"");
    pdf.shows("tables:none");
}

// ---------------------------------------------------------------------------
// What a designer brings
// ---------------------------------------------------------------------------

#[test]
fn an_override_without_a_declaration_keeps_that_of_the_built_in_template() {
    let folder = Folder::example();
    folder.own_template("certificate.typ");
    folder.edit(
        "templates/certificate.typ",
        "#let facts = job.facts",
        "#let facts = job.facts // 改",
    );
    folder
        .package(&["--only", "荣誉证书", "--draft"])
        .pdf("QY-1-001")
        .shows("特发此证，以资鼓励。");
    folder.edit("contest.toml", "design = \"formal\"", "layer = \"text\"");
    let (code, file, at, _, help) = said(&folder, "zh").remove(0);
    assert_eq!((code.as_str(), file.as_str()), ("undeclared-fact", "contest.toml"));
    assert_eq!(at, line(&folder, "contest.toml", "layer = "));
    assert!(help.contains("自己的模板要用它，先在 templates/certificate.toml 中声明"), "{help}");

    // One that reads less has to say so.
    let folder = with_template("letter", "");
    folder.write("templates/letter.typ", PRINTS);
    let (code, .., help) = said(&folder, "zh").remove(0);
    assert_eq!(code, "missing-fact");
    assert!(
        help.ends_with("；自己的 letter.typ 若不用它，请写 templates/letter.toml，声明要用的"),
        "{help}"
    );
    folder.write("templates/letter.toml", "");
    folder.package(&["--draft"]).pdf("一种").shows("(:)");
}

#[test]
fn an_override_with_a_declaration_of_its_own_is_held_against_that() {
    let folder = Folder::example();
    folder.own_template("certificate.typ");
    folder.edit("templates/certificate.typ", "closing: facts.closing,", "closing: facts.layer,");
    let text = "[document.layer]\nkind = \"text\"\ndefault = \"底层\"\nmeaning = \"哪一层\"\n";
    let declared = include_str!("../../templates/certificate.toml");
    folder.write("templates/certificate.toml", format!("{declared}\n{text}"));
    folder.package(&["--only", "荣誉证书", "--draft"]).pdf("QY-1-001").shows("底层");
    folder.edit("contest.toml", "design = \"formal\"", "layer = \"表层\"");
    folder.package(&["--only", "荣誉证书", "--draft"]).pdf("QY-1-001").shows("表层");
    // Nothing is left of the built-in template's own.
    folder.write("templates/certificate.toml", text);
    let (code, _, at, ..) = said(&folder, "zh").remove(0);
    assert_eq!((code.as_str(), at), ("undeclared-fact", line(&folder, "contest.toml", "paper  =")));
}

#[test]
fn the_readmes_declaration_is_one() {
    for readme in [include_str!("../../README.md"), include_str!("../../README.zh-CN.md")] {
        let (_, example) = readme.split_once("```toml\n").unwrap();
        let folder = with_template("one", "colour = \"blue\"\n");
        folder.write("templates/one.typ", PRINTS);
        folder.write("templates/one.toml", example.split_once("```").unwrap().0);
        folder.package(&["--draft"]).pdf("一种").shows("colour:\"blue\"");
        folder.edit("contest.toml", "colour = \"blue\"", "");
        folder.package(&["--draft"]).pdf("一种").shows("colour:\"red\"");
    }
}

#[test]
fn a_template_of_ones_own_without_a_declaration_has_no_facts() {
    let folder = with_template("one", "colour = \"red\"\n");
    folder.write("templates/one.typ", PRINTS);
    let (code, file, at, _, help) = said(&folder, "zh").remove(0);
    assert_eq!((code.as_str(), file.as_str()), ("undeclared-fact", "contest.toml"));
    assert_eq!(at, line(&folder, "contest.toml", "colour"));
    assert!(help.contains("templates/one.toml"), "{help}");
    folder.edit("contest.toml", "colour = \"red\"\n", "");
    folder.package(&["--draft"]);
}

#[test]
fn a_declaration_that_is_wrong_is_told_at_its_line() {
    let folder = with_template("one", "");
    folder.write("templates/one.typ", PRINTS);
    folder.write(
        "templates/one.toml",
        "[document.a]\nkind = \"txet\"\nmeaning = \"甲\"\n\
         [document.b]\nkind = \"date\"\ndefault = \"今天\"\nmeaning = { zh = \"乙\", en = \"B\" }\n\
         [document.c]\nkind = \"choice\"\nmeaning = \"丙\"\n\
         [document.d]\ndeclared_in = \"lib/fact.toml\"\n\
         [document.e]\nkind = \"text\"\nneeds = true\nmeaning = { zh = \"戊\" }\n\
         [documents]\n",
    );
    let all = said(&folder, "zh").into_iter();
    let mut all: Vec<_> = all
        .map(|(code, file, line, ..)| {
            assert_eq!(file, "templates/one.toml");
            (code, line)
        })
        .collect();
    all.sort_by_key(|(_, line)| *line);
    let all: Vec<_> = all.iter().map(|(code, line)| (code.as_str(), *line)).collect();
    assert_eq!(
        all,
        [
            ("not-allowed", 2),
            ("wrong-fact", 6),
            ("missing-key", 8),
            ("not-allowed", 12),
            ("unknown-key", 15),
            ("missing-key", 16),
            ("unknown-key", 17),
        ]
    );
}

#[test]
fn facts_of_the_contest_may_stay_when_the_documents_that_need_them_go() {
    // Only the certificate is left: the example's facts may all stay, or go.
    let folder = with_template("certificate", "");
    folder.edit("contest.toml", "each = \"contest\"", "each = \"entrant\"");
    folder.edit("contest.toml", "path = \"一种.pdf\"", "path = \"{organization} {project}.pdf\"");
    assert_eq!(folder.accolade("check", &[]).status, 0);
    folder.edit("contest.toml", "[facts.basis]", "[facts.bases]");
    assert_eq!(
        found(&folder),
        [("undeclared-fact".to_owned(), line(&folder, "contest.toml", "[facts.bases]"))]
    );
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let (before, rest) = text.split_once("[facts]").unwrap();
    let (_, documents) = rest.split_once("# 要制作的文件").unwrap();
    folder.write("contest.toml", format!("{before}# {documents}"));
    assert_eq!(folder.accolade("check", &[]).status, 0);
}

#[test]
fn a_template_may_declare_facts_of_the_contest_but_not_otherwise_than_another() {
    let folder = Folder::example();
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let kind = "\n[[documents]]\nname = \"一种\"\ntemplate = \"one.typ\"\neach = \"contest\"\npath = \"一种.pdf\"\nprove = []\n";
    folder
        .write("contest.toml", text.replace("[facts]\n", "[facts]\nsponsor = \"某银行\"\n") + kind);
    folder.write("templates/one.typ", PRINTS.replace("entry.document", "entry.contest"));
    let own = "[contest.sponsor]\nkind = \"text\"\nneeded = true\nmeaning = \"赞助单位\"\n";
    folder.write("templates/one.toml", own);
    folder.package(&["--only", "一种", "--draft"]).pdf("一种").shows("sponsor:\"某银行\"");
    folder.write(
        "templates/one.toml",
        format!("{own}[contest.notice]\nkind = \"text\"\nmeaning = \"通知\"\n"),
    );
    let (code, _, _, message, _) = said(&folder, "zh").remove(0);
    assert_eq!(code, "declared-otherwise");
    assert!(message.contains("one.typ") && message.contains("contest.notice"), "{message}");
}

#[test]
fn a_volumes_facts_are_those_of_its_documents_and_of_its_sheets() {
    let folder = Folder::example();
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let (before, _) = text.split_once("[[volumes]]").unwrap();
    let volume = "[[volumes]]\nname = \"册\"\nof = \"荣誉证书\"\npath = \"册.pdf\"\ntemplate = \"sheets.typ\"\n\
         facts = { design = \"modern\", remark = \"请核对\" }\n";
    folder.write("contest.toml", format!("{before}{volume}"));
    folder.own_template("contact.typ");
    fs::rename(folder.path("templates/contact.typ"), folder.path("templates/sheets.typ")).unwrap();
    folder.edit("templates/sheets.typ", "[核对人签字：", "[#job.facts.remark；#job.facts.by：");
    folder.write(
        "templates/sheets.toml",
        "[document.remark]\nkind = \"text\"\nneeded = true\nmeaning = \"附言\"\n\
         [document.by]\nkind = \"text\"\ndefault = \"审核人\"\nmeaning = \"谁签字\"\n",
    );
    folder.package(&["--only", "册", "--draft"]).pdf("册.pdf").shows("请核对；审核人：");
    let facts = "facts = { design = \"modern\", remark = \"请核对\" }";
    for (wrong, code) in [
        ("facts = { design = \"gold\", remark = \"请核对\" }", "wrong-fact"),
        ("facts = { remarc = \"请核对\" }", "undeclared-fact"),
        ("facts = { design = \"modern\" }", "missing-fact"),
    ] {
        folder.edit("contest.toml", facts, wrong);
        assert_eq!(found(&folder), [(code.to_owned(), line(&folder, "contest.toml", wrong))]);
        folder.edit("contest.toml", wrong, facts);
    }
}

// ---------------------------------------------------------------------------
// The declarations of the built-in templates
// ---------------------------------------------------------------------------

fn declarations() -> BTreeMap<String, Declaration> {
    let (declarations, faults) = Declarations::read(&Templates::built_in());
    assert_eq!(faults.iter().count(), 0, "{faults:?}");
    let all = declarations.all().map(|(name, it)| (name.to_owned(), it.clone()));
    // Nobody makes documents of the parts of templates.
    all.filter(|(name, _)| !name.contains('/')).collect()
}

fn names(facts: &[Declared]) -> BTreeSet<String> {
    facts.iter().map(|fact| fact.name.clone()).collect()
}

/// The identifiers after every `before` in a template's code.
fn words_after(code: &str, before: &str) -> BTreeSet<String> {
    let words = code.match_indices(before).map(|(at, _)| {
        let rest = &code[at + before.len()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        rest[..end].to_owned()
    });
    words.collect()
}

/// Templates read facts plainly, so their source tells which.
#[test]
fn what_a_template_reads_is_what_it_declares() {
    let declarations = declarations();
    for (path, bytes) in Templates::built_in().files().filter(|(path, _)| path.ends_with(".typ")) {
        let code = str::from_utf8(bytes).unwrap().lines();
        let code =
            code.map(|line| line.split("// ").next().unwrap()).collect::<Vec<_>>().join("\n");
        let of_contest = words_after(&code, "contest.facts.");
        let rest = code
            .replace("contest.facts.", "")
            .replace("#let facts = job.facts\n", "")
            .replace("document: (facts,)", "");
        let of_document = words_after(&rest, "facts.");
        // In no other way.
        assert_eq!(rest.matches("facts").count(), rest.matches("facts.").count(), "{path}");
        let declared = declarations.get(path);
        let none = Declaration::default();
        let declared = declared.unwrap_or(&none);
        assert_eq!(of_contest, names(&declared.contest), "{path}");
        assert_eq!(of_document, names(&declared.document), "{path}");
    }
}

/// Gives every declared fact a value of its own, and tells what of it has to
/// stand on the page.
#[derive(Default)]
struct Marker {
    texts: usize,
    numbers: usize,
    dates: usize,
    shown: Vec<String>,
}

impl Marker {
    fn facts(&mut self, facts: &[Declared]) -> Json {
        facts.iter().map(|fact| (fact.name.clone(), self.fact(fact))).collect::<Map<_, _>>().into()
    }

    fn fact(&mut self, fact: &Declared) -> Json {
        match &fact.form {
            Form::Text => json!(self.text()),
            Form::Texts => json!([self.text(), self.text()]),
            Form::Date => {
                self.dates += 1;
                self.shown.push(format!("{}月11日", self.dates + 1));
                json!(format!("@2031-{:02}-11", self.dates + 1))
            }
            Form::Number | Form::WholeNumber => {
                self.numbers += 1;
                self.shown.push(format!("{}", 7100 + self.numbers));
                json!(7100 + self.numbers)
            }
            Form::Table => self.facts(&fact.fields),
            Form::Tables => json!([self.facts(&fact.fields), self.facts(&fact.fields)]),
            // What these change is no text.
            Form::YesNo | Form::Choice(_) | Form::Paper | Form::Length => fact.default.clone(),
        }
    }

    fn text(&mut self) -> String {
        self.texts += 1;
        let text = format!("事实{}号", self.texts);
        self.shown.push(text.clone());
        text
    }
}

/// Another value than the default of a fact that changes no text.
fn other(fact: &Declared) -> Option<Json> {
    match &fact.form {
        Form::YesNo => Some(json!(fact.default != json!(true))),
        Form::Choice(choices) => {
            choices.iter().map(|choice| json!(choice.name)).find(|name| *name != fact.default)
        }
        Form::Paper => Some(json!("260x184")),
        _ => None,
    }
}

/// TOML in one line; what has no value is left out.
fn toml(value: &Json) -> String {
    match value {
        Json::Object(entries) => {
            let entries = entries.iter().filter(|(_, value)| !value.is_null());
            let entries: Vec<_> =
                entries.map(|(key, value)| format!("{key} = {}", toml(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Json::Array(items) => {
            format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", "))
        }
        Json::String(text) => {
            text.strip_prefix('@').map_or_else(|| value.to_string(), str::to_owned)
        }
        value => value.to_string(),
    }
}

/// What stands on the pages, and how large they are.
fn look(pdf: &Pdf) -> Vec<(Vec<u8>, String)> {
    let pages = pdf.0.get_pages().into_values();
    let look = pages.map(|page| {
        let size = pdf.0.get_dictionary(page).unwrap().get(b"MediaBox").unwrap();
        (pdf.0.get_page_content(page), format!("{size:?}"))
    });
    look.collect()
}

#[test]
fn every_fact_that_is_declared_changes_its_page() {
    let declarations = declarations();
    let folder = Folder::with_rows(&[["创业组", "一等奖", "甲项目", "赵敏", "赵敏", "是"]]);
    let example = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let (before, _) = example.split_once("# 模板要印的事实").unwrap();
    folder.write("signing.key", {
        folder.raw(&["init", "elsewhere"]);
        fs::read(folder.path("elsewhere/signing.key")).unwrap()
    });

    let mut marker = Marker::default();
    let mut of_contest = Map::new();
    for fact in declarations.values().flat_map(|it| &it.contest) {
        // `recommendation.typ` reads less of what `letter.typ` reads, too.
        let value = marker.fact(fact);
        let fuller = |known: &Json| known.to_string().len() >= value.to_string().len();
        if !of_contest.get(&fact.name).is_some_and(fuller) {
            of_contest.insert(fact.name.clone(), value);
        }
    }
    let mut of_documents = BTreeMap::new();
    let mut shown = BTreeMap::new();
    for (template, declaration) in &declarations {
        let mut marker = Marker { texts: 500, ..Marker::default() };
        of_documents.insert(template.clone(), marker.facts(&declaration.document));
        shown.insert(template.clone(), marker.shown);
    }
    let kinds = |of_documents: &BTreeMap<String, Json>| {
        let kinds = of_documents.iter().filter(|(template, _)| *template != "contact.typ");
        let kinds = kinds.map(|(template, facts)| {
            let (each, number) = match template.as_str() {
                "certificate.typ" => ("entrant", "number = \"N-{seq:03}\"\n"),
                "recommendation.typ" => ("entrant", ""),
                "county.typ" | "receipt.typ" => ("county", ""),
                _ => ("contest", ""),
            };
            format!(
                "[[documents]]\nname = \"{template}\"\ntemplate = \"{template}\"\neach = \"{each}\"\n{number}\
                 path = \"{template}.pdf\"\nfacts = {}\n",
                toml(facts)
            )
        });
        kinds.collect::<String>()
    };
    let made = |of_documents: &BTreeMap<String, Json>| {
        let of_contest = toml(&Json::Object(of_contest.clone()));
        folder.write(
            "contest.toml",
            format!("facts = {of_contest}\n{before}\n{}", kinds(of_documents)),
        );
        folder.package(&[])
    };
    let looks = |package: &mut Package| {
        let names = package.names().into_iter().filter(|name| name.ends_with(".pdf"));
        let names: Vec<_> = names.collect();
        let looks = names.into_iter().map(|name| (name.clone(), look(&package.pdf(&name))));
        looks.collect::<BTreeMap<_, _>>()
    };

    let mut package = made(&of_documents);
    for (template, declaration) in &declarations {
        if template == "contact.typ" {
            assert!(declaration.document.is_empty() && declaration.contest.is_empty());
            continue;
        }
        let pdf = package.pdf(template);
        for text in &shown[template] {
            pdf.shows(text);
        }
        for fact in &declaration.contest {
            let read: Vec<_> = fact.fields.iter().map(|field| field.name.as_str()).collect();
            for text in texts_of(&of_contest[&fact.name], &read) {
                pdf.shows(&text);
            }
        }
    }

    // What is no text, one fact of each template at a time.
    let plain = looks(&mut package);
    let mut tried = 0;
    for turn in 0.. {
        let mut changed = of_documents.clone();
        let mut facts = BTreeMap::new();
        for (template, declaration) in &declarations {
            let switches = declaration.document.iter().filter_map(|it| Some((it, other(it)?)));
            if let Some((fact, value)) = switches.into_iter().nth(turn) {
                changed.get_mut(template).unwrap()[&fact.name] = value;
                facts.insert(template, fact);
            }
        }
        if facts.is_empty() {
            break;
        }
        let now = looks(&mut made(&changed));
        for (template, fact) in facts {
            let name = format!("{template}.pdf");
            assert!(plain[&name] != now[&name], "{template} does not read {}", fact.name);
            tried += 1;
        }
    }
    assert_eq!(tried, 7);
}

/// The texts within a value, of its tables those under `read`.
fn texts_of(value: &Json, read: &[&str]) -> Vec<String> {
    match value {
        Json::String(text) => vec![text.clone()],
        Json::Array(items) => items.iter().flat_map(|item| texts_of(item, read)).collect(),
        Json::Object(fields) => {
            let read_ones = fields.iter().filter(|(name, _)| read.contains(&name.as_str()));
            read_ones.flat_map(|(_, value)| texts_of(value, &[])).collect()
        }
        _ => Vec::new(),
    }
}

/// Whoever opens a template in an editor has a sample with every fact in it.
#[test]
fn the_sample_entry_has_every_fact_that_is_declared() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/entry.json");
    let sample: Json = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    fn has(sample: &Json, facts: &[Declared]) {
        let sample = sample.as_object().expect("a table");
        for fact in facts {
            let value = sample.get(&fact.name).unwrap_or_else(|| panic!("no {}", fact.name));
            match fact.form {
                Form::Table => has(value, &fact.fields),
                Form::Tables => {
                    value.as_array().unwrap().iter().for_each(|it| has(it, &fact.fields));
                }
                _ if fact.needed => assert!(!value.is_null(), "{}", fact.name),
                _ => assert_eq!(*value, fact.default, "{}", fact.name),
            }
        }
    }
    let (mut of_contest, mut of_documents) = (BTreeSet::new(), BTreeSet::new());
    for declaration in declarations().values() {
        has(&sample["contest"]["facts"], &declaration.contest);
        has(&sample["document"]["facts"], &declaration.document);
        of_contest.extend(names(&declaration.contest));
        of_documents.extend(names(&declaration.document));
    }
    let keys = |value: &Json| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&sample["contest"]["facts"]), of_contest);
    assert_eq!(keys(&sample["document"]["facts"]), of_documents);
}

// ---------------------------------------------------------------------------
// docs/facts.md
// ---------------------------------------------------------------------------

const HEAD: &str = "\
# 事实 Facts

每个模板要在 `contest.toml` 里写哪些事实，由模板旁边的声明写明；本页据此生成。`contest.facts` 写在 `[facts]`，`document.facts` 写在这种文件的 `[documents.facts]`，册与之不同的写在 `[[volumes]]` 的 `facts`。
Which facts each template wants in `contest.toml` is declared beside it; this page is made from that. `contest.facts` go into `[facts]`, `document.facts` into the kind's `[documents.facts]`, and where a volume differs, into the `facts` of `[[volumes]]`.

| kind | 写法 | as it is written |
|---|---|---|
| `text`, `texts` | 文字；文字的列表 | `\"…\"`; `[\"…\", \"…\"]` |
| `date` | 日期 | `2030-12-31` |
| `number`, `whole-number` | 数；不小于 0 的整数 | `1.5`; `12` |
| `yes-no` | 是、否 | `true`, `false` |
| `length` | 长度 | `\"30mm\"`, `\"3cm\"`, `\"12pt\"` |
| `paper` | 纸张；或毫米数“宽x高” | `\"a3 landscape\"` … `\"b5 portrait\"`; `\"260x184\"` |
| `choice` | 几项之一 | `\"formal\"` |
| `table`, `tables` | 表；表的列表 | `{ code = \"…\", year = 2030 }`; `[{ … }, { … }]` |
";

/// The rows of a table for facts and the facts within them.
fn rows(facts: &[Declared], prefix: &str, text: &mut String) {
    for fact in facts {
        let name = format!("{prefix}{}", fact.name);
        let default = match (&fact.default, fact.needed) {
            (Json::Null, true) => "必须写 needed".to_owned(),
            (Json::Null, false) => "—".to_owned(),
            (default, _) => format!("`{default}`"),
        };
        let (mut zh, mut en) = (fact.meaning.zh.clone(), fact.meaning.en.clone());
        if let Form::Choice(choices) = &fact.form {
            for choice in choices {
                zh += &format!("<br>`{}` {}", choice.name, choice.meaning.zh);
                en += &format!("<br>`{}` {}", choice.name, choice.meaning.en);
            }
        }
        *text += &format!("| `{name}` | `{}` | {default} | {zh} | {en} |\n", fact.form.name());
        rows(&fact.fields, &format!("{name}."), text);
    }
}

/// `INSTA_UPDATE=always` writes it anew.
#[test]
fn the_page_about_facts_is_what_the_templates_declare() {
    let mut text = HEAD.to_owned();
    for (template, declaration) in declarations() {
        if declaration.contest.is_empty() && declaration.document.is_empty() {
            continue;
        }
        text += &format!(
            "\n## {template}\n\n| 事实 fact | kind | 不写时 if left out | 含义 | meaning |\n|---|---|---|---|---|\n"
        );
        rows(&declaration.contest, "contest.facts.", &mut text);
        rows(&declaration.document, "document.facts.", &mut text);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/facts.md");
    if env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == text, "docs/facts.md is not what the templates declare");
}
