//! Every key that `contest.toml` may have, with what it means: the program's own,
//! of `keys.toml`, and within them what the templates in use declare.

use std::sync::LazyLock;

use serde_json::Value as Json;

use super::facts::{Declarations, Declared, Word, declared_keys, join};
use super::language::{Language, Wording};
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
pub(crate) struct Keys {
    declarations: Declarations,
    languages: Vec<Language>,
}

impl Keys {
    /// With what these templates declare, and what is wrong with that.
    pub(crate) fn of(templates: &Templates) -> (Self, Diagnostics) {
        let (declarations, faults) = Declarations::read(templates);
        let tags = Language::tags(templates);
        let languages = tags.iter().filter_map(|tag| Language::load(templates, tag).0);
        (Self { declarations, languages: languages.collect() }, faults)
    }

    /// The tags of the languages that documents may be written in.
    pub(crate) fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|language| language.tag.as_str())
    }

    /// What templates declare.
    pub(crate) fn declarations(&self) -> &Declarations {
        &self.declarations
    }

    /// A key of the file itself: `contest`, `documents`.
    pub(crate) fn outermost(name: &str) -> Option<&'static Declared> {
        DECLARED.iter().find(|it| it.name == name && !WITHIN.contains(&name))
    }

    /// What is declared of the key or the item at the end of a way through a file
    /// that says this; an item of a list is as the list.
    pub(crate) fn declared(&self, file: &Json, way: &[Step]) -> Option<Declared> {
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
    pub(crate) fn within(
        &self,
        file: &Json,
        way: &[Step],
        declared: Option<&Declared>,
    ) -> Vec<Declared> {
        let own = || declared.map(|it| it.fields.clone()).unwrap_or_default();
        let text = |key: &str| {
            let entry = way.get(..2)?;
            at(file, entry)?.get(key)?.as_str()
        };
        match keys(way)[..] {
            ["facts"] => self.facts(file),
            ["documents", "facts"] => self.facts_of(text("template")),
            ["documents" | "volumes", "words"] => self.words_of(file, text("template")),
            ["documents"] if way.len() == 2 => {
                let declaration = text("template").and_then(|it| self.declarations.of(it));
                let shown = declaration.into_iter().flat_map(|it| &it.columns);
                let shown: Vec<&str> = shown.map(|field| field.name()).collect();
                let mut own = own();
                if let Some(columns) = own.iter_mut().find(|it| it.name == "columns") {
                    columns.default = shown.into();
                }
                own
            }
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

    /// The words of a template, with what the contest's language says by default.
    fn words_of(&self, file: &Json, template: Option<&str>) -> Vec<Declared> {
        let declared =
            template.and_then(|template| Some((template, self.declarations.of(template)?)));
        let Some((template, declaration)) = declared else { return Vec::new() };
        let tag = file["contest"]["language"].as_str();
        let tag = tag.or(Self::outermost("contest").and_then(|contest| {
            contest.fields.iter().find(|it| it.name == "language")?.default.as_str()
        }));
        let language = self.languages.iter().find(|it| Some(it.tag.as_str()) == tag);
        let usual = language.and_then(|language| language.words_of(template));
        let words = declaration.words.iter().cloned();
        let words = words.map(|Word { name, meaning, default, .. }| {
            let of_language = usual.and_then(|words| words.get(&name)).map(Wording::json);
            let default = of_language.or(default.map(Json::from)).unwrap_or_default();
            Declared { default, ..key(&name, Form::Text, meaning) }
        });
        words.collect()
    }
}

/// The names of a list's entries.
fn names(list: Option<&Json>) -> impl Iterator<Item = &str> {
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::file::{Contest, FILE};
    use super::super::table::tests::asked_of;
    use super::super::written::Written;
    use super::*;

    /// Every table that may have keys of its own.
    const WHOLE: &str = r#"
[contest]
name = "甲赛"
organizers = ["某局"]
date = 2026-08-10
[[groups]]
name = "甲组"
counts = { "一等奖" = 1 }
[[awards]]
name = "一等奖"
[[counties]]
name = "甲区"
[rules]
exclusions = [{ file = "a.xlsx" }]
allowed = [{ code = "covered", value = "x", reason = "y" }]
severity = { covered = "off" }
[columns]
award = "名次"
[fields.Hours]
kind = "number"
[pdf]
standard = "a-2b"
[facts.province]
contest = "省赛"
authority = "省厅"
[[documents]]
name = "推荐函"
template = "letter.typ"
each = "contest"
path = "a.pdf"
columns = [{ field = "project", title = "项目" }]
where = { group = "甲组" }
facts = { issuer = "某局", number = { code = "某函" } }
words = { body = { entrant = "正文" } }
[[volumes]]
name = "总览"
of = "推荐函"
template = "contact.typ"
path = "b.pdf"
facts = { issuer = "另一局" }
words = { title = "总览" }
[[printers]]
name = "一号"
"#;

    /// The way to a key that a fault would name so: into the first of each list.
    fn way(file: &Json, key: &str) -> Vec<Step> {
        let mut way = Vec::new();
        for name in key.split('.') {
            if at(file, &way).is_some_and(Json::is_array) {
                way.push(0.into());
            }
            way.push(name.into());
        }
        way
    }

    #[test]
    fn every_key_that_is_read_is_declared_and_every_other_is_not() {
        let (keys, _) = Keys::of(&Templates::built_in());
        Contest::parse(Path::new("."), WHOLE).unwrap();
        let asked = asked_of(FILE);
        let written = Written::read(WHOLE).unwrap();
        for key in &asked {
            let way = way(written.json(), key);
            // Facts of templates that are not in use are known where they stand.
            if key.starts_with("facts.") && at(written.json(), &way).is_none() {
                continue;
            }
            assert!(keys.declared(written.json(), &way).is_some(), "{key} is not in {OWN}");
        }
        let mut declared: Vec<(String, &Declared)> =
            DECLARED.iter().map(|it| (it.name.clone(), it)).collect();
        while let Some((name, key)) = declared.pop() {
            let read = match name.split_once('.') {
                None if WITHIN.contains(&name.as_str()) => true,
                Some(("field", key)) => asked.contains(&format!("fields.Hours.{key}")),
                Some(("word", key)) => asked.contains(&format!("documents.words.body.{key}")),
                _ => asked.contains(&name),
            };
            assert!(read, "nobody reads {name}");
            declared.extend(key.fields.iter().map(|it| (format!("{name}.{}", it.name), it)));
        }
    }

    #[test]
    fn defaults_are_those_of_the_contest() {
        let least = "[contest]\nname = \"甲\"\norganizers = [\"乙\"]\ndate = 2026-08-10\n[[documents]]\n\
                     name = \"证书\"\ntemplate = \"certificate.typ\"\neach = \"entrant\"\npath = \"a.pdf\"\n\
                     [[volumes]]\nname = \"册\"\nof = \"证书\"\npath = \"b.pdf\"\n";
        let contest = Contest::parse(Path::new("."), least).unwrap();
        let (keys, _) = Keys::of(&Templates::built_in());
        let written = Written::read(least).unwrap();
        let default =
            |key| keys.declared(written.json(), &way(written.json(), key)).unwrap().default;
        assert_eq!(default("sheet"), contest.sheet.file_name().unwrap().to_str().unwrap());
        assert_eq!(default("contest.language"), contest.language.tag);
        assert_eq!(default("pdf.standard"), Json::from(contest.standards));
        assert_eq!(default("rules.enterprises"), Json::from(contest.rules.enterprises));
        assert_eq!(default("documents.public"), contest.documents[0].public);
        assert_eq!(default("volumes.pages"), contest.volumes[0].pages);
        assert_eq!(default("volumes.bleed"), contest.volumes[0].edition.bleed as i64);
        assert_eq!(default("volumes.order"), "lowest-first");
        assert_eq!(default("documents.words.closing"), "特发此证，以资鼓励。");
    }
}
