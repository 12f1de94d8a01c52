//! What a field may be chosen from: what the program knows, and what the file and
//! its folder have.

use serde_json::Value as Json;

use super::field::{Choice, Kind};
use super::maker::Maker;
use crate::contest::STANDARDS;
use crate::fault::RULES;
use crate::field::Field;
use crate::form::{Form, PAPERS, WAYS};
use crate::template::PICTURES;

impl Maker<'_> {
    /// The choices of the key of these names, if it has any.
    pub(super) fn choice(&self, names: &[&str], form: &Form) -> Option<Kind> {
        let one = |choices, open| Some(Kind::Choice { choices, open });
        let many = |choices, open| Some(Kind::Choices { choices, open });
        match (names, form) {
            (["contest", "language"], _) => one(plain(self.keys.languages()), false),
            (["documents" | "volumes", "template"], _) => one(self.known_templates(), false),
            (["documents", "each"], _) => one(self.subjects(), true),
            (["documents", "prove"], _) => many(self.known_fields(), true),
            (["documents", "columns"], _) => Some(Kind::Columns { choices: self.known_fields() }),
            (["documents", "where", field], _) => {
                let choices = self.values(field);
                let open = choices.is_empty();
                many(choices, open)
            }
            (["rules", "no_shared_members"], _) => many(self.names("groups"), false),
            (["rules", "allowed", "code"], _) => one(plain(RULES), false),
            (["volumes", "of"], _) => one(self.names("documents"), false),
            (["volumes", "printer"], _) => one(self.names("printers"), false),
            (["pdf", "standard"], _) => many(plain(STANDARDS), false),
            (_, Form::Paper) => one(self.papers(), true),
            (_, Form::Picture) => one(self.pictures(), false),
            (_, Form::Choice(choices)) => {
                let choices = choices.iter().map(|choice| Choice {
                    value: choice.name.clone(),
                    label: self.lang.pick(&choice.meaning.zh, &choice.meaning.en).clone(),
                });
                one(choices.collect(), false)
            }
            _ => None,
        }
    }

    fn named(&self, value: &str, zh: &str, en: &str) -> Choice {
        Choice { value: value.to_owned(), label: self.lang.pick(zh, en).to_owned() }
    }

    /// The names of a list's entries.
    fn names(&self, list: &str) -> Vec<Choice> {
        let entries = self.file.get(list).and_then(Json::as_array).into_iter().flatten();
        plain(entries.filter_map(|entry| entry["name"].as_str()))
    }

    fn known_templates(&self) -> Vec<Choice> {
        let all = self.keys.declarations().all().map(|(template, _)| template);
        plain(all.filter(|template| !template.contains('/')))
    }

    fn pictures(&self) -> Vec<Choice> {
        let files = self.templates.files().map(|(path, _)| path);
        plain(files.filter_map(|path| path.strip_prefix(PICTURES)?.strip_prefix('/')))
    }

    fn papers(&self) -> Vec<Choice> {
        let papers = PAPERS.iter().flat_map(|paper| WAYS.iter().map(move |way| (paper, way)));
        let papers = papers.map(|(paper, way)| {
            let lies = if *way == "landscape" { "横" } else { "竖" };
            let name = paper.to_uppercase();
            self.named(
                &format!("{paper} {way}"),
                &format!("{name} {lies}"),
                &format!("{name} {way}"),
            )
        });
        papers.collect()
    }

    /// What one document may be about.
    fn subjects(&self) -> Vec<Choice> {
        let fields = [Field::Group, Field::Award, Field::County, Field::Organization];
        let fields = fields.map(|field| Choice {
            value: field.name().to_owned(),
            label: self.lang.field(field).to_owned(),
        });
        let subjects = [
            self.named("entrant", "一个项目", "an entrant"),
            self.named("member", "一个成员", "a member"),
            self.named("contest", "整个大赛", "the whole contest"),
        ];
        subjects.into_iter().chain(fields).collect()
    }

    fn known_fields(&self) -> Vec<Choice> {
        let fields = Field::BUILT_IN.map(|field| Choice {
            value: field.name().to_owned(),
            label: self.lang.field(field).to_owned(),
        });
        fields.into()
    }

    /// What a field of an entrant may hold, as far as the contest says.
    fn values(&self, field: &str) -> Vec<Choice> {
        match Field::named(field) {
            Field::Group => self.names("groups"),
            Field::Award => self.names("awards"),
            Field::County => self.names("counties"),
            Field::Recommended => {
                vec![self.named("true", "是", "yes"), self.named("false", "否", "no")]
            }
            _ => Vec::new(),
        }
    }
}

/// Texts that say themselves what they mean.
fn plain<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<Choice> {
    let choice = |value: &str| Choice { value: value.to_owned(), label: value.to_owned() };
    values.into_iter().map(choice).collect()
}
