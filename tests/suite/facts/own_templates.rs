//! Templates that a designer brings, over the built-in ones or beside them, and
//! what they declare.

use std::fs;

use super::{PRINTS, found, line, said, with_template};
use crate::support::Folder;

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
    folder.edit("templates/certificate.typ", "closing: say(\"closing\"),", "closing: facts.layer,");
    let text = "[document.layer]\nkind = \"text\"\ndefault = \"底层\"\nmeaning = \"哪一层\"\n";
    let declared = include_str!("../../../templates/certificate.toml");
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
    for readme in [include_str!("../../../README.md"), include_str!("../../../README.zh-CN.md")] {
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
    folder.edit(
        "templates/sheets.typ",
        "plain(says.checked) + ",
        "[#job.facts.remark；#job.facts.by：] + ",
    );
    folder.write(
        "templates/sheets.toml",
        "[document.remark]\nkind = \"text\"\nneeded = true\nmeaning = \"附言\"\n\
         [document.by]\nkind = \"text\"\ndefault = \"审核人\"\nmeaning = \"谁签字\"\n\
         [words.title]\ndefault = \"{contest}{kind}\"\nmeaning = \"标题\"\n\
         [words.part]\ndefault = \"\"\nmeaning = \"册号\"\n\
         [words.checked_on]\ndefault = \"\"\nmeaning = \"日期\"\n\
         [words.page]\ndefault = \"共 {pages} 张\"\nholes = [\"pages\"]\nmeaning = \"页码\"\n",
    );
    let sheets = folder.package(&["--only", "册", "--draft"]).pdf("册.pdf");
    for said in ["请核对；审核人：", "共6张", "中小企业创新创业大赛册"] {
        sheets.shows(said);
    }
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
