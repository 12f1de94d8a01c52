//! Every key that `contest.toml` may have, with what it means: the program's own,
//! of `keys.toml`, and within them what the templates in use declare.

use std::sync::LazyLock;

use serde_json::Value as Json;

use super::facts::{Declarations, Declared, Word, declared_keys, join};
use super::path::{Step, at, keys};
use crate::fault::{Diagnostics, RULES};
use crate::field::Field;
use crate::form::{Choice, Form, Meaning};
use crate::template::Templates;

/// What the keys are declared in.
const OWN: &str = "contest/keys.toml";

static DECLARED: LazyLock<Vec<Declared>> =
    LazyLock::new(|| declared_keys(OWN, include_str!("keys.toml")));

/// What of [`DECLARED`] stands at no key of its own.
const WITHIN: [&str; 2] = ["field", "word"];

/// Every key that `contest.toml` may have.
pub struct Keys {
    declarations: Declarations,
}

impl Keys {
    /// With what these templates declare, and what is wrong with that.
    pub fn of(templates: &Templates) -> (Self, Diagnostics) {
        let (declarations, faults) = Declarations::read(templates);
        (Self { declarations }, faults)
    }

    /// What templates declare.
    pub fn declarations(&self) -> &Declarations {
        &self.declarations
    }

    /// A key of the file itself: `contest`, `documents`.
    pub fn outermost(name: &str) -> Option<&'static Declared> {
        DECLARED.iter().find(|it| it.name == name && !WITHIN.contains(&name))
    }

    /// What is declared of the key or the item at the end of a way through a file
    /// that says this; an item of a list is as the list.
    pub fn declared(&self, file: &Json, way: &[Step]) -> Option<Declared> {
        let Some((Step::Key(first), rest)) = way.split_first() else { return None };
        let mut declared = Self::outermost(first)?.clone();
        for (index, step) in rest.iter().enumerate() {
            let Step::Key(key) = step else { continue };
            let fields = self.within(file, &way[..=index], Some(&declared));
            declared = fields.into_iter().find(|field| field.name == *key)?;
        }
        Some(declared)
    }

    /// The keys of the table at the end of a way, of which this is declared.
    pub fn within(&self, file: &Json, way: &[Step], declared: Option<&Declared>) -> Vec<Declared> {
        let own = || declared.map(|it| it.fields.clone()).unwrap_or_default();
        let text = |key: &str| {
            let entry = way.get(..2)?;
            at(file, entry)?.get(key)?.as_str()
        };
        match keys(way)[..] {
            ["facts"] => self.facts(file),
            ["documents", "facts"] => self.facts_of(text("template")),
            ["documents" | "volumes", "words"] => self.words_of(text("template")),
            ["volumes", "facts"] => {
                let kind = text("of");
                let kinds = file.get("documents").and_then(Json::as_array);
                let bound = kinds.into_iter().flatten().find(|it| it["name"].as_str() == kind);
                let mut facts = self.facts_of(bound.and_then(|it| it["template"].as_str()));
                for fact in self.facts_of(text("template")) {
                    if facts.iter().all(|it| it.name != fact.name) {
                        facts.push(fact);
                    }
                }
                facts
            }
            ["documents" | "volumes", "words", _] => named("word"),
            ["groups", "counts"] => {
                let awards = names(file.get("awards"));
                awards.map(|award| key(award, Form::WholeNumber, Meaning::same(award))).collect()
            }
            ["rules", "severity"] => {
                RULES.map(|code| key(code, severities(), Meaning::same(code))).to_vec()
            }
            ["documents", "where"] => columns(at(file, way)),
            ["columns"] => columns(at(file, way)),
            ["fields"] => {
                let names = at(file, way).and_then(Json::as_object).into_iter().flatten();
                let table = names.map(|(name, _)| {
                    let fields = named("field");
                    Declared { fields, ..key(name, Form::Table, meaning(Field::named(name))) }
                });
                table.collect()
            }
            _ => own(),
        }
    }

    /// The facts of the contest that the templates in use read; and of others,
    /// those that stand in the file.
    fn facts(&self, file: &Json) -> Vec<Declared> {
        let entries = ["documents", "volumes"].map(|list| file.get(list).and_then(Json::as_array));
        let entries = entries.into_iter().flatten().flatten();
        let used: Vec<&str> = entries.filter_map(|entry| entry["template"].as_str()).collect();
        let mut facts = Vec::new();
        let in_use = used.iter().filter_map(|template| self.declarations.of(template));
        for fact in in_use.flat_map(|it| &it.contest) {
            // That two declare it differently is told elsewhere.
            let _ = join(&mut facts, fact.clone());
        }
        let idle = self.declarations.all().filter(|(template, _)| !used.contains(template));
        let idle = idle.flat_map(|(_, it)| &it.contest).chain(&self.declarations.built_in);
        for fact in idle.filter(|fact| file["facts"].get(&fact.name).is_some()) {
            let _ = join(&mut facts, fact.clone().idle());
        }
        facts
    }

    fn facts_of(&self, template: Option<&str>) -> Vec<Declared> {
        let declaration = template.and_then(|template| self.declarations.of(template));
        declaration.map(|it| it.document.clone()).unwrap_or_default()
    }

    fn words_of(&self, template: Option<&str>) -> Vec<Declared> {
        let declaration = template.and_then(|template| self.declarations.of(template));
        let words = declaration.into_iter().flat_map(|it| it.words.clone());
        words.map(|Word { name, meaning, .. }| key(&name, Form::Text, meaning)).collect()
    }
}

/// The names of a list's entries.
pub(super) fn names(list: Option<&Json>) -> impl Iterator<Item = &str> {
    list.and_then(Json::as_array).into_iter().flatten().filter_map(|it| it["name"].as_str())
}

fn named(name: &str) -> Vec<Declared> {
    let declared = DECLARED.iter().find(|it| it.name == name);
    declared.map(|it| it.fields.clone()).unwrap_or_default()
}

/// A key for every field with checks of its own, and for those that stand there.
fn columns(there: Option<&Json>) -> Vec<Declared> {
    let own = there.and_then(Json::as_object).into_iter().flatten().map(|(name, _)| name.as_str());
    let own = own.filter(|name| Field::built_in(name).is_none());
    let names = Field::BUILT_IN.map(Field::name).into_iter().chain(own);
    names.map(|name| key(name, Form::Texts, meaning(Field::named(name)))).collect()
}

fn meaning(field: Field) -> Meaning {
    Meaning { zh: field.label().to_owned(), en: field.name().to_owned() }
}

fn severities() -> Form {
    let choice = |name: &str, zh: &str, en: &str| Choice {
        name: name.to_owned(),
        meaning: Meaning { zh: zh.to_owned(), en: en.to_owned() },
    };
    Form::Choice(vec![
        choice("error", "有错就不制作", "an error: nothing is made"),
        choice("warning", "只提醒", "a warning"),
        choice("off", "不核对", "not looked at"),
    ])
}

fn key(name: &str, form: Form, meaning: Meaning) -> Declared {
    Declared {
        name: name.to_owned(),
        form,
        fields: Vec::new(),
        needed: false,
        default: Json::Null,
        default_from: None,
        meaning,
        template: OWN.to_owned(),
        inherited: false,
    }
}
