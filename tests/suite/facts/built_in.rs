//! The declarations of the built-in templates, held against their source, their
//! pages and the sample entry.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use accolade::contest::{Declaration, Declared};
use accolade::form::Form;
use accolade::template::Templates;
use serde_json::{Map, Value as Json, json};

use super::declarations;
use crate::support::{Folder, Package, Pdf};

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

/// What a template says in Chinese, as it is written.
fn words_of(template: &str) -> String {
    let words = include_str!("../../../templates/words/zh-CN.toml");
    let section = words.split_once(&format!("[\"{template}\"]"));
    section.map(|(_, rest)| rest.split("\n[\"").next().unwrap().to_owned()).unwrap_or_default()
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
        // What stands in holes of its words is read, too.
        let of_words = |facts: &[Declared]| -> BTreeSet<String> {
            let read = |fact: &&Declared| {
                let holes = [format!("{{{}}}", fact.name), format!("{{{}.", fact.name)];
                holes.iter().any(|hole| words_of(path).contains(hole))
            };
            facts.iter().filter(read).map(|fact| fact.name.clone()).collect()
        };
        assert_eq!(&of_contest | &of_words(&declared.contest), names(&declared.contest), "{path}");
        assert_eq!(
            &of_document | &of_words(&declared.document),
            names(&declared.document),
            "{path}"
        );
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
            Form::Picture => json!("wide.svg"),
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
        Form::Picture => Some(json!("high.svg")),
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

    for (name, size) in [("wide", "40 20"), ("high", "20 40")] {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {size}'><path d='M0 0h9v9z'/></svg>"
        );
        folder.write(&format!("images/{name}.svg"), svg);
    }

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
    assert_eq!(tried, 8);
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
                _ if fact.needed || fact.default_from.is_some() => {
                    assert!(!value.is_null(), "{}", fact.name);
                }
                // What may be left out has a value, so that its place is seen.
                _ => assert!(*value == fact.default || fact.default.is_null(), "{}", fact.name),
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
