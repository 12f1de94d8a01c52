//! The fields of a form, from what is declared of the keys and what stands there.

use serde_json::Value as Json;

use super::field::{Entry, Field, Kind, Section};
use crate::contest::path::{Step, at, keys};
use crate::contest::{Declared, FromContest, Keys};
use crate::form::{Form, Meaning};
use crate::lang::Lang;
use crate::template::Templates;

/// What a form is made of.
pub(super) struct Maker<'a> {
    pub keys: &'a Keys,
    /// What stands in the file.
    pub file: &'a Json,
    pub templates: &'a Templates,
    pub lang: Lang,
}

/// The parts of a form: a name, what it is called, and the keys in it; the fields
/// of a table that ends in `.` stand in the part itself.
const SECTIONS: [(&str, &str, &str, &[&str]); 10] = [
    ("contest", "大赛", "Contest", &["contest.", "sheet", "package"]),
    ("groups", "组别", "Groups", &["groups"]),
    ("awards", "奖项", "Awards", &["awards"]),
    ("counties", "县区", "Counties", &["counties"]),
    ("rules", "规则", "Rules", &["rules."]),
    ("facts", "事实", "Facts", &["facts."]),
    ("documents", "文件种类", "Documents", &["documents"]),
    ("volumes", "合订本", "Volumes", &["volumes", "printers"]),
    ("columns", "名单的列", "Columns", &["columns", "fields"]),
    ("pdf", "PDF", "PDF", &["pdf."]),
];

impl Maker<'_> {
    pub(super) fn sections(&self) -> Vec<Section> {
        let sections = SECTIONS.into_iter().map(|(name, zh, en, keys)| Section {
            name,
            label: self.lang.pick(zh, en).to_owned(),
            fields: keys.iter().flat_map(|key| self.outermost(key)).collect(),
        });
        sections.collect()
    }

    fn outermost(&self, key: &str) -> Vec<Field> {
        let name = key.trim_end_matches('.');
        let Some(declared) = Keys::outermost(name) else { return Vec::new() };
        let way = [Step::from(name)];
        if name == key { vec![self.field(&way, declared)] } else { self.fields(&way, declared) }
    }

    /// The fields of a table.
    fn fields(&self, way: &[Step], declared: &Declared) -> Vec<Field> {
        self.fields_of(way, &self.keys.within(self.file, way, Some(declared)))
    }

    fn fields_of(&self, way: &[Step], declared: &[Declared]) -> Vec<Field> {
        let way_to = |name: &str| [way, &[name.into()]].concat();
        declared.iter().map(|field| self.field(&way_to(&field.name), field)).collect()
    }

    fn field(&self, way: &[Step], declared: &Declared) -> Field {
        let value = at(self.file, way).cloned().unwrap_or_default();
        let (label, meaning) = parts(&declared.meaning, self.lang);
        let default = self.default(way, declared);
        let kind = self.kind(way, declared, &value, &default);
        let value = match (&kind, value) {
            // One may stand for a list of one.
            (Kind::Texts | Kind::Choices { .. }, Json::String(text)) => vec![text].into(),
            (Kind::Texts | Kind::Choices { .. }, scalar @ (Json::Bool(_) | Json::Number(_))) => {
                vec![scalar.to_string()].into()
            }
            (_, value) => value,
        };
        Field {
            path: way.to_vec(),
            label: label.to_owned(),
            meaning: meaning.to_owned(),
            kind,
            value,
            default,
            needed: declared.needed,
            faults: Vec::new(),
        }
    }

    fn default(&self, way: &[Step], declared: &Declared) -> Json {
        let contest = &self.file["contest"];
        match (declared.default_from, keys(way)[..].first()) {
            (Some(FromContest::Date), _) if declared.default.is_null() => contest["date"].clone(),
            (Some(FromContest::Year), _) if declared.default.is_null() => {
                let date = contest["date"].as_str();
                let date = date.and_then(|date| date.parse::<jiff::civil::Date>().ok());
                date.map(|date| date.year().into()).unwrap_or_default()
            }
            (_, Some(&"package")) => contest["name"].clone(),
            _ => declared.default.clone(),
        }
    }

    fn kind(&self, way: &[Step], declared: &Declared, value: &Json, default: &Json) -> Kind {
        let names = keys(way);
        if let ["documents" | "volumes", "words", _] = names[..] {
            return self.word(way, value, default);
        }
        // Header words alone are a field's, too.
        if let (["fields", _], Json::String(_) | Json::Array(_)) = (&names[..], value) {
            return Kind::Texts;
        }
        if let Some(kind) = self.choice(&names, &declared.form) {
            return kind;
        }
        match declared.form {
            Form::Text | Form::Paper | Form::Picture | Form::Choice(_) => Kind::Text,
            Form::Texts => Kind::Texts,
            Form::Date => Kind::Date,
            Form::Number => Kind::Number,
            Form::WholeNumber => Kind::WholeNumber,
            Form::YesNo => Kind::YesNo,
            Form::Length => Kind::Length,
            Form::Table => Kind::Table { fields: self.fields(way, declared) },
            Form::Tables => Kind::Tables { entries: self.entries(way, declared, value) },
        }
    }

    /// A text for all, or one for each whom it may be for.
    fn word(&self, way: &[Step], value: &Json, default: &Json) -> Kind {
        let for_each = if value.is_null() { default.is_object() } else { value.is_object() };
        if !for_each {
            return Kind::Text;
        }
        let mut texts = self.keys.within(self.file, way, None);
        for text in &mut texts {
            text.default = default.get(&text.name).cloned().unwrap_or_default();
        }
        Kind::Table { fields: self.fields_of(way, &texts) }
    }

    fn entries(&self, way: &[Step], declared: &Declared, value: &Json) -> Vec<Entry> {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let entries = items.iter().enumerate().map(|(index, item)| {
            let way = [way, &[index.into()]].concat();
            let name = ["name", "unit", "value"].iter().find_map(|key| item[key].as_str());
            let label = name.map_or_else(|| (index + 1).to_string(), str::to_owned);
            let fields = self.fields(&way, declared);
            Entry { path: way, label, fields, faults: Vec::new() }
        });
        entries.collect()
    }
}

/// What something is called, and what more there is to say of it.
pub(super) fn parts(meaning: &Meaning, lang: Lang) -> (&str, &str) {
    let text = lang.pick(&meaning.zh, &meaning.en);
    let ends: &[&str] = lang.pick(&["：", "；"], &[": ", "; "]);
    let end = ends.iter().filter_map(|end| Some((text.find(end)?, end.len()))).min();
    end.map_or((text, ""), |(at, length)| (&text[..at], &text[at + length..]))
}
