//! Facts: what a template declares, `contest.toml` held against it, and the
//! declarations held against the templates.

use std::collections::BTreeMap;
use std::fs;

use accolade::contest::{Declaration, Declarations};
use accolade::template::Templates;
use serde_json::Value as Json;

use crate::support::Folder;

mod built_in;
mod kinds;
mod own_templates;
mod pages;
mod slips;

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

/// What the built-in templates declare, by template.
fn declarations() -> BTreeMap<String, Declaration> {
    let (declarations, faults) = Declarations::read(&Templates::built_in());
    assert_eq!(faults.iter().count(), 0, "{faults:?}");
    let all = declarations.all().map(|(name, it)| (name.to_owned(), it.clone()));
    // Nobody makes documents of the parts of templates.
    all.filter(|(name, _)| !name.contains('/')).collect()
}
