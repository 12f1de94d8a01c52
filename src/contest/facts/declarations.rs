//! What every template declares, read from the file beside it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::refusals::refuse_unknown;
use super::super::table::{Source, Table};
use super::declared::{Declaration, Declared, FromContest, Word};
use super::given::given;
use crate::fault::{self, Diagnostics, Place};
use crate::field::Field;
use crate::form::{Choice, Form, Meaning};
use crate::template::{FOLDER, Templates};

/// What every template declares; one without a declaration reads no facts.
#[derive(Debug, Clone)]
pub struct Declarations {
    /// By the template's path under `templates/`.
    all: BTreeMap<String, Declaration>,
    /// The facts of the contest that the built-in templates read, those
    /// included that the contest's own stand in for.
    pub(in super::super) built_in: Vec<Declared>,
}

impl Declarations {
    /// Reads the declarations beside the templates; what is wrong with them is
    /// told at their lines.
    pub fn read(templates: &Templates) -> (Self, Diagnostics) {
        let (all, faults) = read(templates);
        let (built_in, _) = read(&Templates::built_in());
        let built_in = built_in.into_values().flat_map(|it| it.contest).collect();
        (Self { all, built_in }, faults)
    }

    /// What a template declares; `None` if there is no such template.
    pub(crate) fn of(&self, template: &str) -> Option<&Declaration> {
        self.all.get(template)
    }

    /// Every template with what it declares.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Declaration)> {
        self.all.iter().map(|(template, declaration)| (template.as_str(), declaration))
    }

    /// Refuses a template that nobody has.
    pub(in super::super) fn refuse_unknown(&self, source: &Source<'_>, name: &str, place: &Place) {
        if self.of(name).is_none() {
            let known = self.all.keys().filter(|name| !name.contains('/')).cloned().collect();
            source.fault(
                fault::Contest::UnknownTemplate { name: name.to_owned(), known },
                place.clone(),
            );
        }
    }
}

/// What a file that comes with the program declares.
///
/// # Panics
/// Something is wrong with it.
pub(in super::super) fn declared_keys(name: &str, text: &str) -> Vec<Declared> {
    let source = Source::new(name, text);
    let parsed = source.parse().expect("it is TOML");
    let file = Table::root(&source, &parsed);
    let keys = file.in_order().filter_map(|key| declared(&source, &file.table(key)?, key, name));
    let keys = keys.collect();
    let faults = source.into_faults();
    assert!(!faults.has_errors(), "{faults:?}");
    keys
}

fn read(templates: &Templates) -> (BTreeMap<String, Declaration>, Diagnostics) {
    let reader = Reader { templates, faults: RefCell::default() };
    let names = templates.files().filter_map(|(path, _)| {
        let stem = path.strip_suffix(".typ")?;
        templates.text(path).map(|_| (path, stem))
    });
    let all = names.map(|(path, stem)| (path.to_owned(), reader.declaration(path, stem)));
    let all = all.collect();
    // A file that several templates name is read for each.
    (all, reader.faults.into_inner().merged())
}

struct Reader<'a> {
    templates: &'a Templates,
    faults: RefCell<Diagnostics>,
}

impl Reader<'_> {
    fn declaration(&self, template: &str, stem: &str) -> Declaration {
        let path = format!("{stem}.toml");
        self.file(&path, |source, file| {
            let read = |name| file.table(name).map(|it| self.section(source, &it, name, template));
            let (contest, document) = (read("contest"), read("document"));
            let columns = file.list::<String>("columns");
            let columns = columns.iter().map(|it| Field::named(&it.value)).collect();
            let words = file.table("words").map(|it| words(&it)).unwrap_or_default();
            file.finish();
            let inherited = self.templates.is_own(template) && !self.templates.is_own(&path);
            let facts = |facts: Option<Vec<Declared>>| {
                let facts = facts.into_iter().flatten();
                facts.map(|fact| Declared { inherited, ..fact }).collect()
            };
            Declaration { contest: facts(contest), document: facts(document), words, columns }
        })
        .unwrap_or_default()
    }

    /// Reads a file of the templates; `None` if it is not there or is no TOML.
    fn file<T>(&self, path: &str, read: impl FnOnce(&Source<'_>, &Table<'_>) -> T) -> Option<T> {
        let text = self.templates.text(path)?;
        let name = format!("{FOLDER}/{path}");
        let source = Source::new(&name, text);
        let parsed = source.parse();
        let found = parsed.as_ref().map(|parsed| read(&source, &Table::root(&source, parsed)));
        self.faults.borrow_mut().extend(source.into_faults());
        found
    }

    fn section(
        &self,
        source: &Source<'_>,
        section: &Table<'_>,
        name: &str,
        template: &str,
    ) -> Vec<Declared> {
        let facts = section.in_order().filter_map(|fact| {
            let table = section.table(fact)?;
            match table.get::<String>("declared_in") {
                None => declared(source, &table, fact, template),
                Some(file) => {
                    table.finish();
                    let found = self.file(&file.value, |source, shared| {
                        let table = shared.table(name)?.table(fact)?;
                        Some(declared(source, &table, fact, template))
                    });
                    if found.as_ref().is_none_or(Option::is_none) {
                        let key = table.key("declared_in");
                        let files = self.templates.files().map(|(path, _)| path);
                        let known = files.filter(|path| path.ends_with(".toml"));
                        let known = known.map(str::to_owned).collect();
                        source.fault(
                            fault::Contest::NotAllowed { key, value: file.value, known },
                            file.place,
                        );
                    }
                    found??
                }
            }
        });
        facts.collect()
    }
}

fn declared(
    source: &Source<'_>,
    table: &Table<'_>,
    name: &str,
    template: &str,
) -> Option<Declared> {
    let form = table.need::<String>("kind");
    if let Some(form) = &form {
        refuse_unknown(source, &table.key("kind"), form, Form::NAMES);
    }
    let form = form.and_then(|form| Form::parse(&form.value));
    // What is wrong with it has been told.
    let meaning = meaning(table, "meaning").unwrap_or_default();
    let needed = table.get::<bool>("needed").is_some_and(|needed| needed.value);
    let from = table.get::<String>("default_from");
    if let Some(from) = &from {
        refuse_unknown(source, &table.key("default_from"), from, ["date", "year"]);
    }
    let default_from = from.and_then(|from| match from.value.as_str() {
        "date" => Some(FromContest::Date),
        "year" => Some(FromContest::Year),
        _ => None,
    });
    let (form, fields) = match form? {
        Form::Choice(_) => (Form::Choice(choices(&table.need_table("choices")?)), Vec::new()),
        form @ (Form::Table | Form::Tables) => {
            let of = table.need_table("fields")?;
            let fields =
                of.in_order().filter_map(|name| declared(source, &of.table(name)?, name, template));
            (form, fields.collect())
        }
        form => (form, Vec::new()),
    };
    let (name, template) = (name.to_owned(), template.to_owned());
    let default = Json::Null;
    let inherited = false;
    let fact = Declared {
        name,
        form,
        fields,
        needed,
        default,
        default_from,
        meaning,
        template,
        inherited,
    };
    let default = given(source, table, "default", &fact, Some(&fact.template));
    table.finish();
    Some(Declared { default: default.unwrap_or_default(), ..fact })
}

fn words(table: &Table<'_>) -> Vec<Word> {
    let words = table.in_order().filter_map(|name| {
        let word = table.table(name)?;
        let meaning = meaning(&word, "meaning").unwrap_or_default();
        let default = word.get::<String>("default").map(|it| it.value);
        let holes = word.list::<String>("holes").into_iter().map(|it| it.value).collect();
        word.finish();
        Some(Word { name: name.to_owned(), meaning, default, holes })
    });
    words.collect()
}

fn choices(table: &Table<'_>) -> Vec<Choice> {
    let choices = table
        .in_order()
        .filter_map(|name| Some(Choice { name: name.to_owned(), meaning: meaning(table, name)? }));
    choices.collect()
}

/// One text for both languages, or a text for each.
fn meaning(table: &Table<'_>, key: &str) -> Option<Meaning> {
    if table.value(key).is_some_and(|value| value.get_ref().is_str()) {
        let text = table.get::<String>(key)?.value;
        return Some(Meaning { zh: text.clone(), en: text });
    }
    let texts = table.need_table(key)?;
    let (zh, en) = (texts.need::<String>("zh"), texts.need::<String>("en"));
    texts.finish();
    Some(Meaning { zh: zh?.value, en: en?.value })
}
