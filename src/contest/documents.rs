//! `[[documents]]` → [`DocumentKind`]: what is made, for whom, under which
//! number and path.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value as Json;

use super::each::Each;
use super::facts::{self, Declarations};
use super::fields::{FieldKind, Fields};
use super::groups::{Award, County, Group};
use super::language::Language;
use super::name::Named;
use super::pattern::{Holes, Pattern, Placeholder};
use super::refusals::{refuse_before, refuse_unknown};
use super::table::{self, At, Source, Table, TextOrTable};
use super::words::{self, Voice, Words, read_pattern};
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
    pub(crate) each: Each,
    /// Only entrants that fit every condition.
    pub(crate) conditions: Vec<Condition>,
    /// The pattern of its number, if it has one.
    pub(crate) number: Option<Pattern>,
    /// What a revision after the first prints beside its number.
    pub(crate) revision: Option<Pattern>,
    /// The pattern of its path in the package.
    pub(crate) path: Pattern,
    /// The page count it must have, if that is fixed.
    pub(crate) pages: Option<usize>,
    /// Whether everybody may read it: then nobody's telephone reaches it.
    pub public: bool,
    /// What its documents say.
    pub(crate) words: Words,
    /// The columns of its lists.
    pub(crate) columns: Vec<ListColumn>,
    /// Fields that its pages show besides those in the holes of its words.
    pub(crate) prove: Vec<Field>,
    /// Whether its pages must show their number.
    pub(crate) shows_number: bool,
    /// Whether its pages carry the code that tells whether they are genuine,
    /// large enough to be scanned from paper.
    pub(crate) code: bool,
    /// The facts that its template declares, as JSON.
    pub facts: Json,
    /// Where `contest.toml` defines it.
    pub(crate) place: Place,
}

/// A condition of `where`: the field holds one of the values, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    /// The field.
    pub(crate) field: Field,
    /// The values it may hold; `true` and `false` for [`Field::Recommended`].
    pub(crate) values: Vec<String>,
}

/// A column of a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ListColumn {
    /// What stands in it.
    pub(crate) field: Field,
    /// What stands over it.
    pub(crate) title: String,
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
    /// The contest's date.
    pub date: Option<Date>,
    pub groups: &'a [Group],
    pub awards: &'a [Award],
    pub counties: &'a [County],
    pub declarations: &'a Declarations,
    pub language: Option<&'a Language>,
}

impl DocumentKind {
    /// Whether its documents are certificates: each has a number in the register.
    pub fn is_numbered(&self) -> bool {
        self.number.is_some()
    }

    /// Whether it is about many entrants.
    pub(crate) fn lists_many(&self) -> bool {
        matches!(self.each, Each::Contest | Each::Field(_))
    }

    /// What speaks in its documents.
    pub(crate) fn voice(&self) -> Voice<'_> {
        Voice { name: &self.name, each: self.each, facts: &self.facts, words: &self.words }
    }
}

/// The built-in fields that many entrants share.
const SHARED: [&str; 4] = ["group", "award", "county", "organization"];

pub(super) fn read(
    known: &Known<'_>,
    fields: &mut Fields,
    table: &Table<'_>,
) -> Option<DocumentKind> {
    let source = known.source;
    let name = table.need::<String>("name");
    let template = table.need::<String>("template");
    if let Some(At { value, place }) = &template {
        known.declarations.refuse_unknown(source, value, place);
    }
    let each =
        table.need::<String>("each").and_then(|each| read_each(source, fields, table, &each));
    let conditions = table.table("where").map(|table| read_conditions(known, fields, &table));
    let number = table.get::<String>("number");
    let revision = table.get::<String>("revision");
    let path = table.need::<String>("path");
    let pages = table.get("pages").map(|pages| pages.value);
    let public = table.get("public").is_some_and(|public| public.value);
    let prove = table.list::<String>("prove");
    let code = table.get::<bool>("code");
    let named = template.as_ref().map(|template| template.value.as_str());
    let words = named.zip(each).and_then(|(template, each)| {
        let declaration = known.declarations.of(template)?;
        let reading = words::Reading {
            source,
            language: known.language,
            declaration,
            template,
            each,
            public,
        };
        Some(reading.words(table, fields))
    });
    let words = words.unwrap_or_default();
    let mut facts =
        facts::of_document(source, known.declarations, named, &words.facts_needed(), table);
    if let Some((declaration, date)) =
        named.and_then(|it| known.declarations.of(it)).zip(known.date)
    {
        facts::fill_from_contest(&mut facts, &declaration.document, date);
    }
    for (key, date) in table.table("facts").iter().flat_map(Table::dates) {
        refuse_before(source, &table.key(&format!("facts.{key}")), &date, known.final_ends);
    }

    let each = each?;
    let columns = named.and_then(|it| known.declarations.of(it)).and_then(|declaration| {
        let columns = (!declaration.columns.is_empty()).then_some(&declaration.columns)?;
        Some(read_columns(known, fields, table, columns, public))
    });
    let printed = read_prove(source, fields, table, prove, each, number.is_some(), public);
    let defined = fields.names();
    let holes = |more: &[&'static str]| Holes {
        names: [&words::placeholders(each, public)[..], &["year"], more].concat(),
        defined: defined.clone(),
        each: each.own_column(),
        columns: matches!(each, Each::Entrant | Each::Name(_)),
        ..Holes::default()
    };
    let mut in_path = holes(if number.is_some() { &["number"] } else { &[] });
    if let Each::Entrant | Each::Name(_) = each {
        in_path.names.push("name");
    }
    let mut pattern = |text: &At<String>, holes: &Holes| {
        let pattern = read_pattern(source, text, holes)?;
        words::uses_columns(fields, &pattern, &text.place);
        Some(pattern)
    };
    let shows_number = printed.number || words.has(&Placeholder::Number);
    let numbered = number.is_some();
    let number = number.map(|number| pattern(&number, &holes(&["seq", "check"])));
    let of_revision = Holes { names: vec!["revision"], ..Holes::default() };
    let revision = revision.map(|revision| pattern(&revision, &of_revision));
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
        path: pattern(&path, &in_path)?,
        pages,
        public,
        shows_number: numbered && shows_number,
        // Whoever wrote down what is to be proved said whether the code is.
        code: code.map_or(numbered && printed.code.unwrap_or(true), |code| code.value),
        words,
        columns: columns.unwrap_or_default(),
        prove: printed.fields,
        facts,
        place: table.place(),
    })
}

fn read_each(
    source: &Source<'_>,
    fields: &mut Fields,
    table: &Table<'_>,
    each: &At<String>,
) -> Option<Each> {
    match each.value.as_str() {
        "entrant" => return Some(Each::Entrant),
        "member" => {
            fields.uses(Field::Members, true, &each.place);
            return Some(Each::Name(Field::Members));
        }
        "contest" => return Some(Each::Contest),
        _ => {}
    }
    let field = fields.named(&each.value);
    if let Field::Own(_) = field {
        let known = || ["entrant", "member", "contest"].into_iter().chain(SHARED);
        if nearest(&each.value, known()).is_some() {
            refuse_unknown(source, &table.key("each"), each, known());
            return None;
        }
        fields.uses(field, true, &each.place);
    } else if field != Field::Members && !SHARED.contains(&field.name()) {
        let known = ["entrant", "member", "contest"].into_iter().chain(SHARED);
        refuse_unknown(source, &table.key("each"), each, known);
        return None;
    }
    match fields.kind(field) {
        FieldKind::Names => Some(Each::Name(field)),
        _ => Some(Each::Field(field)),
    }
}

fn read_conditions(known: &Known<'_>, fields: &mut Fields, table: &Table<'_>) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for key in table.keys() {
        let field = fields.named(key.value);
        if let Field::Own(_) = field {
            let near = nearest(key.value, Field::BUILT_IN.map(Field::name)).map(str::to_owned);
            if near.is_some() {
                let kind = fault::Contest::UnknownKey { key: table.key(key.value), nearest: near };
                known.source.fault(kind, key.place);
                continue;
            }
            fields.uses(field, true, &key.place);
        }
        let values = table.one_or_more(key.value);
        let allowed: Option<Vec<&str>> = match field {
            Field::Group if !known.groups.is_empty() => {
                Some(known.groups.iter().map(Named::name).collect())
            }
            Field::Award if !known.awards.is_empty() => {
                Some(known.awards.iter().map(Named::name).collect())
            }
            Field::County if !known.counties.is_empty() => {
                Some(known.counties.iter().map(Named::name).collect())
            }
            _ if fields.kind(field) == FieldKind::YesNo => Some(vec!["true", "false"]),
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

/// Reads `columns`: fields, or tables of a field and its title; else those that
/// the template declares.
fn read_columns(
    known: &Known<'_>,
    fields: &mut Fields,
    table: &Table<'_>,
    declared: &[Field],
    public: bool,
) -> Vec<ListColumn> {
    let column = |field: Field, title: Option<String>| {
        let named = || known.language.map_or_else(String::new, |it| it.field(field).to_owned());
        ListColumn { field, title: title.unwrap_or_else(named) }
    };
    if !table.has("columns") {
        let shown = declared.iter().filter(|field| !public || words::is_public(**field));
        return shown.map(|&field| column(field, None)).collect();
    }
    let given = table.texts_or_tables("columns");
    let columns = given.into_iter().filter_map(|given| {
        let (field, title) = match given {
            TextOrTable::Text(field) => (field, None),
            TextOrTable::Table(table) => {
                let (field, title) = (table.need::<String>("field"), table.need::<String>("title"));
                table.finish();
                (field?, Some(title?.value))
            }
        };
        let allowed: Vec<&str> = Field::BUILT_IN
            .iter()
            .filter(|it| !public || words::is_public(**it))
            .map(|it| it.name())
            .collect();
        let named = fields.named(&field.value);
        if !may_stand(named, &field.value, &allowed) {
            refuse_unknown(known.source, &table.key("columns"), &field, allowed);
        }
        fields.uses(named, matches!(named, Field::Own(_)), &field.place);
        Some(column(named, title))
    });
    columns.collect()
}

/// Whether a field may stand where these built-in ones may: any column may, unless
/// its name is a slip of one of them.
fn may_stand(field: Field, typed: &str, allowed: &[&str]) -> bool {
    match field {
        Field::Own(_) => nearest(typed, allowed.iter().copied()).is_none(),
        built_in => allowed.contains(&built_in.name()),
    }
}

/// What `prove` lists.
struct Proved {
    fields: Vec<Field>,
    number: bool,
    /// Whether the code is in the list, if there is one.
    code: Option<bool>,
}

/// Reads `prove`: for templates whose words `contest.toml` does not have.
fn read_prove(
    source: &Source<'_>,
    fields: &mut Fields,
    table: &Table<'_>,
    prove: Vec<At<String>>,
    each: Each,
    numbered: bool,
    public: bool,
) -> Proved {
    let mut allowed: Vec<&str> = words::text_fields(public).map(Field::name).collect();
    allowed.push(Field::Members.name());
    if numbered {
        allowed.extend(["number", "code"]);
    }
    if let Each::Name(_) = each {
        allowed.push("member");
    }
    let mut proved =
        Proved { fields: Vec::new(), number: false, code: (!prove.is_empty()).then_some(false) };
    for printed in prove {
        let field = fields.named(&printed.value);
        let may_be = may_stand(field, &printed.value, &allowed);
        match printed.value.as_str() {
            "number" if numbered => proved.number = true,
            "code" if numbered => proved.code = Some(true),
            "member" if allowed.contains(&"member") => {}
            _ if may_be => {
                let wanted = matches!(field, Field::Own(_) | Field::Project | Field::Organization);
                fields.uses(field, wanted, &printed.place);
                proved.fields.push(field);
            }
            _ => refuse_unknown(source, &table.key("prove"), &printed, allowed.iter().copied()),
        }
    }
    proved
}
