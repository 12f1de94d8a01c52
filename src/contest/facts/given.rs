//! The facts that a table gives, each held against what is declared of it.

use jiff::civil::Date;
use serde_json::Value as Json;
use toml::Spanned;
use toml::de::DeValue;

use super::super::table::{FromToml, Source, Table, json};
use super::declared::Declared;
use crate::fault::{self, Place};
use crate::form::{Form, is_length, is_paper};
use crate::nearest::nearest;

/// Everything that is declared, as the table has it or by default.
pub(super) fn complete(
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

/// What templates of certificates once took for facts.
const WORDS: [&str; 3] = ["heading", "title", "closing"];

/// Refuses every key that is no fact; gives the facts that were meant.
pub(super) fn refuse_undeclared(
    source: &Source<'_>,
    table: Option<&Table<'_>>,
    declared: &[&Declared],
    template: Option<&str>,
    path: &str,
) -> Vec<String> {
    let known: Vec<&str> = declared.iter().map(|fact| fact.name.as_str()).collect();
    let keys = table.into_iter().flat_map(Table::keys);
    let undeclared = keys.filter(|key| !known.contains(&key.value)).map(|key| {
        let text = table.and_then(|table| table.value(key.value)?.get_ref().as_str());
        if let (Some(text), true) = (text, WORDS.contains(&key.value) && path == "documents.facts")
        {
            let kind = fault::Facts::NowAWord { name: key.value.to_owned(), text: text.to_owned() };
            source.fault(kind, key.place);
            return None;
        }
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
pub(super) fn left_out(
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
pub(super) fn given(
    source: &Source<'_>,
    table: &Table<'_>,
    key: &str,
    fact: &Declared,
    template: Option<&str>,
) -> Option<Json> {
    let value = table.value(key)?;
    let path = table.key(key);
    if source.is_undecided(&path, value) {
        return Some(Json::Null);
    }
    // What may be left out is left out so, too.
    if !fact.needed && matches!(fact.form, Form::Text | Form::Picture) && is_blank(value) {
        return None;
    }
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
        Form::Text | Form::Picture => text.is_some(),
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
        Form::Picture => "\"logo.svg\"".into(),
        Form::Choice(choices) => {
            format!("\"{}\"", choices.first().map_or("…", |choice| &choice.name))
        }
        Form::Table => table(),
        Form::Tables => format!("[{}]", table()),
    }
}
