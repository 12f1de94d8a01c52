//! `[[documents]]` → [`DocumentKind`]: what is made, for whom, under which
//! number and path.

use jiff::civil::Date;
use serde_json::Value as Json;

use super::facts::{self, Declarations};
use super::groups::{Award, County, Group};
use super::name::Named;
use super::pattern::Pattern;
use super::refusals::{refuse_before, refuse_unknown};
use super::table::{self, At, Source, Table};
use crate::fault::{self, Place};
use crate::field::Field;
use crate::nearest::nearest;

/// A kind of document.
#[derive(Debug, Clone)]
pub struct DocumentKind {
    /// Its name: 荣誉证书.
    pub name: String,
    /// Its template's path under `templates/`.
    pub template: String,
    /// What each single document is about.
    pub each: Each,
    /// Only entrants that fit every condition.
    pub conditions: Vec<Condition>,
    /// The pattern of its number, if it has one.
    pub number: Option<Pattern>,
    /// What a revision after the first prints beside its number.
    pub revision: Option<Pattern>,
    /// The pattern of its path in the package.
    pub path: Pattern,
    /// The page count it must have, if that is fixed.
    pub pages: Option<usize>,
    /// Whether everybody may read it: then nobody's telephone reaches it.
    pub public: bool,
    /// What must be readable on its pages.
    pub prove: Vec<Printed>,
    /// The facts that its template declares, as JSON.
    pub facts: Json,
    /// Where `contest.toml` defines it.
    pub place: Place,
}

/// What one document of a kind is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Each {
    /// One entrant.
    Entrant,
    /// One member of an entrant.
    Member,
    /// All entrants of the contest together.
    Contest,
    /// All entrants that agree in a field.
    Field(Field),
}

/// A condition of `where`: the field holds one of the values, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field.
    pub field: Field,
    /// The values it may hold; `true` and `false` for [`Field::Recommended`].
    pub values: Vec<String>,
}

/// Something that a page must show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// A field of every entrant the document is about.
    Field(Field),
    /// The document's number.
    Number,
    /// The member the document is about.
    Member,
    /// The code that tells whether the document is genuine, large enough to be
    /// scanned from paper.
    Code,
}

impl Named for DocumentKind {
    fn name(&self) -> &str {
        &self.name
    }
}

/// What the rest of `contest.toml` defines.
pub(super) struct Known<'a> {
    pub source: &'a Source<'a>,
    pub final_ends: Option<Date>,
    pub groups: &'a [Group],
    pub awards: &'a [Award],
    pub counties: &'a [County],
    pub declarations: &'a Declarations,
}

/// Fields that can stand in a path or a number as they are.
const TEXT_FIELDS: [Field; 9] = [
    Field::Id,
    Field::Group,
    Field::Award,
    Field::Project,
    Field::Organization,
    Field::County,
    Field::Score,
    Field::Contact,
    Field::Phone,
];

/// Fields that are nobody else's business.
const PERSONAL_FIELDS: [Field; 2] = [Field::Contact, Field::Phone];

/// Fields that many entrants share.
const SHARED_FIELDS: [Field; 4] = [Field::Group, Field::Award, Field::County, Field::Organization];

pub(super) fn read(known: &Known<'_>, table: &Table<'_>) -> Option<DocumentKind> {
    let source = known.source;
    let name = table.need::<String>("name");
    let template = table.need::<String>("template");
    if let Some(At { value, place }) = &template {
        known.declarations.refuse_unknown(source, value, place);
    }
    let each = table.need::<String>("each").and_then(|each| read_each(source, table, &each));
    let conditions = table.table("where").map(|table| read_conditions(known, &table));
    let number = table.get::<String>("number");
    let revision = table.get::<String>("revision");
    let path = table.need::<String>("path");
    let pages = table.get("pages").map(|pages| pages.value);
    let public = table.get("public").is_some_and(|public| public.value);
    let prove = table.list::<String>("prove");
    let named = template.as_ref().map(|template| template.value.as_str());
    let facts = facts::of_document(source, known.declarations, named, table);
    for (key, date) in table.table("facts").iter().flat_map(Table::dates) {
        refuse_before(source, &table.key(&format!("facts.{key}")), &date, known.final_ends);
    }

    let each = each?;
    let prove = read_prove(source, table, prove, each, number.is_some(), public);
    let in_path = placeholders(each, public, number.as_ref().map(|_| "number"));
    let in_number = placeholders(each, public, ["seq", "check"]);
    let number = number.map(|number| read_pattern(source, &number, &in_number));
    let revision = revision.map(|revision| read_pattern(source, &revision, &["revision"]));
    let path = path?;
    if !path.value.ends_with(".pdf") {
        let kind = fault::Contest::NotAllowed {
            key: table.key("path"),
            value: path.value.clone(),
            known: vec!["….pdf".into()],
        };
        source.fault(kind, path.place.clone());
    }
    Some(DocumentKind {
        name: name?.value,
        template: template?.value,
        each,
        conditions: conditions.unwrap_or_default(),
        number: number.flatten(),
        revision: revision.flatten(),
        path: read_pattern(source, &path, &in_path)?,
        pages,
        public,
        prove,
        facts,
        place: table.place(),
    })
}

fn read_each(source: &Source<'_>, table: &Table<'_>, each: &At<String>) -> Option<Each> {
    let fields = SHARED_FIELDS.map(Field::name);
    refuse_unknown(
        source,
        &table.key("each"),
        each,
        ["entrant", "member", "contest"].into_iter().chain(fields),
    );
    match each.value.as_str() {
        "entrant" => Some(Each::Entrant),
        "member" => Some(Each::Member),
        "contest" => Some(Each::Contest),
        name => Field::parse(name).filter(|field| SHARED_FIELDS.contains(field)).map(Each::Field),
    }
}

fn read_conditions(known: &Known<'_>, table: &Table<'_>) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for key in table.keys() {
        let Some(field) = Field::parse(key.value).filter(|&field| field != Field::Members) else {
            let near = nearest(key.value, Field::ALL.map(Field::name)).map(str::to_owned);
            known.source.fault(
                fault::Contest::UnknownKey { key: table.key(key.value), nearest: near },
                key.place,
            );
            continue;
        };
        let values = table.one_or_more(key.value);
        let allowed: Option<Vec<&str>> = match field {
            Field::Group => Some(known.groups.iter().map(Named::name).collect()),
            Field::Award => Some(known.awards.iter().map(Named::name).collect()),
            Field::County if !known.counties.is_empty() => {
                Some(known.counties.iter().map(Named::name).collect())
            }
            Field::Recommended => Some(vec!["true", "false"]),
            _ => None,
        };
        if let Some(allowed) = allowed {
            for value in &values {
                refuse_unknown(known.source, &table.key(key.value), value, allowed.iter().copied());
            }
        }
        conditions.push(Condition { field, values: table::values(values) });
    }
    conditions
}

fn read_prove(
    source: &Source<'_>,
    table: &Table<'_>,
    prove: Vec<At<String>>,
    each: Each,
    numbered: bool,
    public: bool,
) -> Vec<Printed> {
    let mut allowed: Vec<&str> = text_fields(public).map(Field::name).collect();
    allowed.push(Field::Members.name());
    if numbered {
        allowed.extend(["number", "code"]);
    }
    if each == Each::Member {
        allowed.push("member");
    }
    prove
        .into_iter()
        .filter_map(|printed| {
            refuse_unknown(source, &table.key("prove"), &printed, allowed.iter().copied());
            match printed.value.as_str() {
                "number" => Some(Printed::Number),
                "member" => Some(Printed::Member),
                "code" => Some(Printed::Code),
                name => Field::parse(name).map(Printed::Field),
            }
        })
        .collect()
}

/// The fields that a document may show as they are.
fn text_fields(public: bool) -> impl Iterator<Item = Field> {
    TEXT_FIELDS.into_iter().filter(move |field| !(public && PERSONAL_FIELDS.contains(field)))
}

/// The placeholders a document about `each` can fill, and more.
fn placeholders(
    each: Each,
    public: bool,
    extra: impl IntoIterator<Item = &'static str>,
) -> Vec<&'static str> {
    let fields: Vec<Field> = match each {
        Each::Entrant | Each::Member => text_fields(public).collect(),
        Each::Contest => Vec::new(),
        Each::Field(field) => vec![field],
    };
    let mut names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
    if fields.contains(&Field::Group) {
        names.push("group.code");
    }
    if fields.contains(&Field::Award) {
        names.push("award.rank");
    }
    if each == Each::Member {
        names.push("member");
    }
    names.extend(extra);
    names
}

pub(super) fn read_pattern(
    source: &Source<'_>,
    text: &At<String>,
    allowed: &[&str],
) -> Option<Pattern> {
    Pattern::parse(&text.value, allowed)
        .map_err(|faults| {
            for fault in faults {
                let kind = fault::Contest::BadPattern { pattern: text.value.clone(), fault };
                source.fault(kind, text.place.clone());
            }
        })
        .ok()
}
