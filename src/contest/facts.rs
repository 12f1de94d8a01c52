//! What templates declare of the facts they read, and the facts of
//! `contest.toml` held against it.
//!
//! The declaration of `letter.typ` is `letter.toml` beside it. Templates get
//! every fact that is declared, with its default where `contest.toml` does not
//! say, and no other.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value as Json;
use toml::Spanned;
use toml::de::DeValue;

use super::refuse_unknown;
use super::table::{FromToml, Source, Table, json};
use crate::fault::{self, Diagnostics, Place};
use crate::form::{Choice, Form, Meaning, is_length, is_paper};
use crate::nearest::nearest;
use crate::template::{FOLDER, Templates};

/// A fact that a template reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Declared {
    /// Its name in `contest.toml`.
    pub name: String,
    /// What it may be.
    pub form: Form,
    /// The facts of a [`Form::Table`] or of each of [`Form::Tables`].
    pub fields: Vec<Declared>,
    /// Whether the template cannot do without it.
    pub needed: bool,
    /// What it is where `contest.toml` does not say; `null` for nothing.
    pub default: Json,
    /// What it means.
    pub meaning: Meaning,
    /// The template that reads it.
    pub template: String,
    /// Whether that is the contest's own and this the declaration of the
    /// built-in one in whose place it stands.
    pub inherited: bool,
}

/// The facts that one template reads, in the order a form asks for them.
#[derive(Debug, Clone, Default)]
pub struct Declaration {
    /// Of `[facts]`, those of the contest.
    pub contest: Vec<Declared>,
    /// Of `[documents.facts]`.
    pub document: Vec<Declared>,
}

/// What every template declares; one without a declaration reads no facts.
#[derive(Debug, Clone)]
pub struct Declarations {
    /// By the template's path under `templates/`.
    all: BTreeMap<String, Declaration>,
    /// The facts of the contest that the built-in templates read, those
    /// included that the contest's own stand in for.
    built_in: Vec<Declared>,
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
    pub fn of(&self, template: &str) -> Option<&Declaration> {
        self.all.get(template)
    }

    /// Every template with what it declares.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Declaration)> {
        self.all.iter().map(|(template, declaration)| (template.as_str(), declaration))
    }

    /// Refuses a template that nobody has.
    pub(super) fn refuse_unknown(&self, source: &Source<'_>, name: &str, place: &Place) {
        if self.of(name).is_none() {
            let known = self.all.keys().filter(|name| !name.contains('/')).cloned().collect();
            source.fault(
                fault::Contest::UnknownTemplate { name: name.to_owned(), known },
                place.clone(),
            );
        }
    }
}

// ---------------------------------------------------------------------------
// Reading declarations
// ---------------------------------------------------------------------------

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
            file.finish();
            let inherited = self.templates.is_own(template) && !self.templates.is_own(&path);
            let facts = |facts: Option<Vec<Declared>>| {
                let facts = facts.into_iter().flatten();
                facts.map(|fact| Declared { inherited, ..fact }).collect()
            };
            Declaration { contest: facts(contest), document: facts(document) }
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
    let fact = Declared { name, form, fields, needed, default, meaning, template, inherited };
    let default = given(source, table, "default", &fact, Some(&fact.template));
    table.finish();
    Some(Declared { default: default.unwrap_or_default(), ..fact })
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

// ---------------------------------------------------------------------------
// Reading facts
// ---------------------------------------------------------------------------

/// The facts of a document kind in `[[documents]]`.
pub(super) fn of_document(
    source: &Source<'_>,
    declarations: &Declarations,
    template: Option<&str>,
    kind: &Table<'_>,
) -> Json {
    let facts = kind.table("facts");
    let Some((template, declaration)) =
        template.and_then(|name| Some((name, declarations.of(name)?)))
    else {
        return Json::Null;
    };
    let place = facts.as_ref().map_or_else(|| kind.place(), Table::place);
    let path = kind.key("facts");
    let declared: Vec<_> = declaration.document.iter().collect();
    complete(source, facts.as_ref(), &declared, Some(template), &path, &place)
}

/// The facts that the documents of a volume see, and its sheets: those of the
/// kind, which is `bound`, with the volume's own over them.
pub(super) fn of_volume(
    source: &Source<'_>,
    declarations: &Declarations,
    bound: Option<(&str, &Json)>,
    sheet: Option<&str>,
    volume: &Table<'_>,
) -> Json {
    let own = volume.table("facts");
    let Some((bound, kinds_facts)) = bound else { return Json::Null };
    let declared_by = |template| declarations.of(template).map_or(&[][..], |it| &it.document);
    let bound_facts = declared_by(bound);
    let more = sheet.map_or(&[][..], declared_by).iter();
    let more: Vec<_> =
        more.filter(|fact| bound_facts.iter().all(|it| it.name != fact.name)).collect();
    let declared: Vec<&Declared> = bound_facts.iter().chain(more.iter().copied()).collect();

    let path = volume.key("facts");
    let mut facts = kinds_facts.as_object().cloned().unwrap_or_default();
    let meant = refuse_undeclared(source, own.as_ref(), &declared, Some(bound), &path);
    let place = own.as_ref().map_or_else(|| volume.place(), Table::place);
    if let Some(own) = &own {
        let given = declared.iter().filter_map(|fact| {
            Some((fact.name.clone(), given(source, own, &fact.name, fact, Some(bound))?))
        });
        facts.extend(given);
    }
    for fact in more {
        if !facts.contains_key(&fact.name) {
            facts.insert(fact.name.clone(), left_out(source, fact, &meant, &path, &place));
        }
    }
    Json::Object(facts)
}

/// The facts of the contest in `[facts]`. Whatever any template declares may
/// stand there, so that a kind of document can be left out for a while or have
/// a template that reads less; needed is what the templates in use need.
pub(super) fn of_contest(
    source: &Source<'_>,
    declarations: &Declarations,
    used: &[&str],
    file: &Table<'_>,
) -> Json {
    let facts = file.table("facts");
    let place = facts.as_ref().map_or_else(|| file.place(), Table::place);
    let mut declared: Vec<Declared> = Vec::new();
    let in_use = used.iter().filter_map(|template| declarations.of(template));
    for fact in in_use.flat_map(|it| &it.contest) {
        if let Err(other) = join(&mut declared, fact.clone()) {
            let kind = fault::Facts::DeclaredOtherwise {
                key: format!("contest.{}", fact.name),
                templates: [other, fact.template.clone()],
            };
            source.fault(kind, place.clone());
        }
    }
    let idle = declarations.all().filter(|(template, _)| !used.contains(template));
    let idle = idle.flat_map(|(_, it)| &it.contest).chain(&declarations.built_in);
    for fact in idle {
        // Whoever is not in use has no say.
        let _ = join(&mut declared, fact.clone().idle());
    }
    let declared: Vec<_> = declared.iter().collect();
    complete(source, facts.as_ref(), &declared, None, "facts", &place)
}

impl Declared {
    /// As nobody needs it.
    fn idle(self) -> Self {
        let fields = self.fields.into_iter().map(Self::idle).collect();
        Self { needed: false, default: Json::Null, fields, ..self }
    }
}

/// Adds what a template declares to what others do.
///
/// # Errors
/// One of them declares it otherwise, here is which.
fn join(all: &mut Vec<Declared>, fact: Declared) -> Result<(), String> {
    let Some(known) = all.iter_mut().find(|known| known.name == fact.name) else {
        all.push(fact);
        return Ok(());
    };
    if known.form != fact.form {
        return Err(known.template.clone());
    }
    if fact.needed && !known.needed {
        (known.needed, known.template, known.inherited) = (true, fact.template, fact.inherited);
    }
    if known.default.is_null() {
        known.default = fact.default;
    }
    fact.fields.into_iter().try_for_each(|field| join(&mut known.fields, field))
}

/// Everything that is declared, as the table has it or by default.
fn complete(
    source: &Source<'_>,
    table: Option<&Table<'_>>,
    declared: &[&Declared],
    template: Option<&str>,
    path: &str,
    place: &Place,
) -> Json {
    let meant = refuse_undeclared(source, table, declared, template, path);
    let facts = declared.iter().map(|fact| {
        let given = table.and_then(|table| given(source, table, &fact.name, fact, template));
        let value = given.unwrap_or_else(|| left_out(source, fact, &meant, path, place));
        (fact.name.clone(), value)
    });
    Json::Object(facts.collect())
}

/// Refuses every key that is no fact; gives the facts that were meant.
fn refuse_undeclared(
    source: &Source<'_>,
    table: Option<&Table<'_>>,
    declared: &[&Declared],
    template: Option<&str>,
    path: &str,
) -> Vec<String> {
    let known: Vec<&str> = declared.iter().map(|fact| fact.name.as_str()).collect();
    let keys = table.into_iter().flat_map(Table::keys);
    let undeclared = keys.filter(|key| !known.contains(&key.value)).map(|key| {
        let free = known.iter().copied().filter(|name| !table.is_some_and(|it| it.has(name)));
        let meant = nearest(key.value, free);
        let near = meant.or_else(|| nearest(key.value, known.iter().copied()));
        let kind = fault::Facts::UndeclaredFact {
            key: format!("{path}.{}", key.value),
            template: template.map(str::to_owned),
            nearest: near.map(str::to_owned),
            known: known.iter().map(|&name| name.to_owned()).collect(),
        };
        source.fault(kind, key.place);
        meant.map(str::to_owned)
    });
    undeclared.flatten().collect()
}

/// What a fact is that the table does not have.
fn left_out(
    source: &Source<'_>,
    fact: &Declared,
    meant: &[String],
    path: &str,
    place: &Place,
) -> Json {
    // Who mistyped its name has been told.
    if fact.needed && fact.default.is_null() && !meant.contains(&fact.name) {
        let kind = fault::Facts::MissingFact {
            table: path.to_owned(),
            name: fact.name.clone(),
            meaning: Box::new(fact.meaning.clone()),
            template: fact.template.clone(),
            example: example(fact),
            inherited: fact.inherited,
        };
        source.fault(kind, place.clone());
    }
    fact.default.clone()
}

/// The value of `key`, which is to be this fact; `None` if it is not there.
fn given(
    source: &Source<'_>,
    table: &Table<'_>,
    key: &str,
    fact: &Declared,
    template: Option<&str>,
) -> Option<Json> {
    let value = table.value(key)?;
    let path = table.key(key);
    if !fits(&fact.form, value.get_ref()) || fact.needed && is_blank(value) {
        let kind = fault::Facts::WrongFact {
            key: path,
            meaning: Box::new(fact.meaning.clone()),
            value: source.text(value.span()).to_owned(),
            form: fact.form.clone(),
            example: example(fact),
        };
        source.fault(kind, source.place(value.span()));
        return Some(Json::Null);
    }
    let fields: Vec<_> = fact.fields.iter().collect();
    let inner =
        |inner: &Table<'_>| complete(source, Some(inner), &fields, template, &path, &inner.place());
    Some(match fact.form {
        Form::Table => table.table(key).as_ref().map(inner).unwrap_or_default(),
        Form::Tables => table.tables(key).iter().map(inner).collect(),
        _ => json(value.get_ref()),
    })
}

fn fits(form: &Form, value: &DeValue<'_>) -> bool {
    let text = value.as_str();
    let items = |form| {
        value.as_array().is_some_and(|items| items.iter().all(|item| fits(form, item.get_ref())))
    };
    match form {
        Form::Text => text.is_some(),
        Form::Texts => items(&Form::Text),
        Form::Date => Date::from_toml(value).is_some(),
        Form::Number => f64::from_toml(value).is_some(),
        Form::WholeNumber => usize::from_toml(value).is_some(),
        Form::YesNo => value.is_bool(),
        Form::Length => text.is_some_and(is_length),
        Form::Paper => text.is_some_and(is_paper),
        Form::Choice(choices) => {
            text.is_some_and(|text| choices.iter().any(|choice| choice.name == text))
        }
        Form::Table => value.is_table(),
        Form::Tables => items(&Form::Table),
    }
}

/// Whether there is nothing in a text or a list.
fn is_blank(value: &Spanned<DeValue<'_>>) -> bool {
    match value.get_ref() {
        DeValue::String(text) => text.trim().is_empty(),
        DeValue::Array(items) => items.iter().all(is_blank),
        _ => false,
    }
}

/// How `contest.toml` might have it.
fn example(fact: &Declared) -> String {
    let table = || {
        let needed: Vec<_> = fact.fields.iter().filter(|field| field.needed).collect();
        let shown = if needed.is_empty() { fact.fields.iter().collect() } else { needed };
        let fields: Vec<_> =
            shown.iter().map(|field| format!("{} = {}", field.name, example(field))).collect();
        format!("{{ {} }}", fields.join(", "))
    };
    match &fact.form {
        Form::Text => "\"…\"".into(),
        Form::Texts => "[\"…\"]".into(),
        Form::Date => "2030-12-31".into(),
        Form::Number | Form::WholeNumber => "1".into(),
        Form::YesNo => "true".into(),
        Form::Length => "\"30mm\"".into(),
        Form::Paper => "\"a4 landscape\"".into(),
        Form::Choice(choices) => {
            format!("\"{}\"", choices.first().map_or("…", |choice| &choice.name))
        }
        Form::Table => table(),
        Form::Tables => format!("[{}]", table()),
    }
}
