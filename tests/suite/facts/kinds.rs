//! A fact of every kind: a wrong value is told with what it should be, and a
//! right one reaches the template.

use super::{PRINTS, line, said, with_template};

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
picture = { kind = "picture", meaning = "T" }
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
        ("picture = 3", "images/"),
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
         length = \"30mm\"\npaper = \"b5 portrait\"\npicture = \"p.svg\"\nchoice = \"two\"\ntable = { x = \"内\" }\ntables = [{ x = \"子\" }, { x = \"丑\" }]\n";
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
        "picture:\"p.svg\"",
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
