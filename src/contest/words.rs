//! `[documents.words]`: what the documents of a kind say, with the language's own
//! words where the contest has none.

use serde_json::Value as Json;

use super::each::Each;
use super::facts::{Declaration, Declared};
use super::fields::Fields;
use super::language::{Language, Wording};
use super::pattern::{Holes, Pattern, Placeholder};
use super::recipient::Recipient;
use super::table::{At, Source, Table};
use crate::fault::{self, PatternFault, Place};
use crate::field::Field;
use crate::form::Form;
use crate::nearest::nearest;

/// Whom one document is for, as far as its words differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ForWhom {
    /// An organization, a team, or many together.
    #[default]
    Entrant,
    /// Somebody who entered alone, or several without an organization.
    Person,
    /// One person of an entrant.
    Member,
}

/// What speaks: a kind of document, or the sheets of a volume.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// What each single document is about.
    pub(crate) each: Each,
    /// The facts that its template declares.
    pub(crate) facts: &'a Json,
    /// What it says.
    pub(crate) words: &'a Words,
}

impl Voice<'_> {
    /// Whom a document about such an entrant is for.
    pub(crate) fn whom(&self, recipient: Recipient) -> ForWhom {
        match self.each {
            Each::Name(Field::Members) | Each::Entrant if recipient.is_personal() => {
                ForWhom::Person
            }
            Each::Name(_) => ForWhom::Member,
            Each::Entrant | Each::Contest | Each::Field(_) => ForWhom::Entrant,
        }
    }
}

/// What the documents of a kind say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words(Vec<(String, Texts)>);

#[derive(Debug, Clone)]
struct Texts {
    entrant: Pattern,
    person: Option<Pattern>,
    member: Option<Pattern>,
}

impl Texts {
    fn of(&self, whom: ForWhom) -> &Pattern {
        let special = match whom {
            ForWhom::Entrant => None,
            ForWhom::Person => self.person.as_ref(),
            ForWhom::Member => self.member.as_ref(),
        };
        special.unwrap_or(&self.entrant)
    }

    fn all(&self) -> impl Iterator<Item = &Pattern> {
        [Some(&self.entrant), self.person.as_ref(), self.member.as_ref()].into_iter().flatten()
    }
}

impl Words {
    /// Every word with its text.
    pub(crate) fn texts(&self, whom: ForWhom) -> impl Iterator<Item = (&str, &Pattern)> {
        self.0.iter().map(move |(word, texts)| (word.as_str(), texts.of(whom)))
    }

    /// The facts without which a text would have a gap, by their paths.
    pub(super) fn facts_needed(&self) -> Vec<&str> {
        let texts = self.0.iter().flat_map(|(_, texts)| texts.all());
        let facts = texts.flat_map(Pattern::holes).filter_map(|(hole, outside)| match hole {
            Placeholder::Fact(path) if outside => Some(path.as_str()),
            _ => None,
        });
        facts.collect()
    }

    /// Whether a hole stands in a text.
    pub(crate) fn has(&self, hole: &Placeholder) -> bool {
        self.0
            .iter()
            .flat_map(|(_, texts)| texts.all())
            .any(|text| text.holes().iter().any(|(other, _)| *other == hole))
    }
}

/// What reading a kind's words needs to know of it.
pub(super) struct Reading<'a> {
    pub source: &'a Source<'a>,
    pub language: Option<&'a Language>,
    pub declaration: &'a Declaration,
    pub template: &'a str,
    pub each: Each,
    pub public: bool,
}

impl Reading<'_> {
    /// The texts that the template declares, and the fields in their holes.
    pub(super) fn words(&self, kind: &Table<'_>, fields: &mut Fields) -> Words {
        let own = kind.table("words");
        let known = &self.declaration.words;
        for key in own.iter().flat_map(Table::keys) {
            if known.iter().all(|word| word.name != key.value) {
                let names = known.iter().map(|word| word.name.as_str());
                let key_name = kind.key(&format!("words.{}", key.value));
                let nearest = nearest(key.value, names).map(str::to_owned);
                self.source.fault(fault::Contest::UnknownKey { key: key_name, nearest }, key.place);
            }
        }
        let of_kind = self.holes(fields);
        // That the template does not suit the kind is told once.
        let mut suits = true;
        let words = known.iter().filter_map(|word| {
            if !suits {
                return None;
            }
            let of_language =
                self.language.and_then(|it| it.words_of(self.template)?.get(&word.name));
            let default = word.default.clone();
            let default = default.map(|value| Wording::of_all(At { value, place: kind.place() }));
            // What does not suit the kind is no fault of the language.
            let usual = of_language.map(|it| it.clone().standing_at(&kind.place())).or(default);
            let given = own.as_ref().filter(|own| own.has(&word.name));
            let wording = match (given, usual) {
                (Some(own), usual) => Wording::read(own, &word.name)?.or(usual.unwrap_or_default()),
                (None, Some(usual)) => usual,
                (None, None) => {
                    let key = kind.key(&format!("words.{}", word.name));
                    self.source.fault(fault::Contest::MissingKey { key }, kind.place());
                    return None;
                }
            };
            let holes = Holes { left: word.holes.clone(), ..of_kind.clone() };
            let texts = self.parsed(&wording, &holes, fields);
            suits = texts.is_some();
            let texts = texts?;
            Some((word.name.clone(), texts))
        });
        Words(words.collect())
    }

    fn parsed(&self, wording: &Wording, holes: &Holes, fields: &mut Fields) -> Option<Texts> {
        let mut parse = |text: &At<String>| {
            let pattern = read_pattern(self.source, text, holes)?;
            uses(fields, &pattern, &text.place);
            Some(pattern)
        };
        // Those for whom there is no such document are not looked at.
        let (for_person, for_member) = match self.each {
            Each::Entrant => (wording.person.as_ref(), None),
            Each::Name(Field::Members) => (wording.person.as_ref(), wording.member.as_ref()),
            Each::Name(_) => (None, wording.member.as_ref()),
            Each::Contest | Each::Field(_) => (None, None),
        };
        let entrant = match (for_member, &wording.entrant) {
            (None, Some(text)) => parse(text),
            _ => Some(Pattern::default()),
        };
        let person = for_person.map(&mut parse);
        let member = for_member.map(&mut parse);
        Some(Texts { entrant: entrant?, person: person.flatten(), member: member.flatten() })
    }

    /// What may stand in the holes of such a document.
    fn holes(&self, fields: &Fields) -> Holes {
        let mut names = placeholders(self.each, self.public);
        names.extend(["kind", "contest", "organizers", "date", "year", "counts", "total"]);
        // A list of all has neither.
        names.extend(["name", "role"]);
        if let Each::Entrant | Each::Name(_) = self.each {
            // What has no number fills no hole for it.
            names.extend(["entrant", "you", "number", "revision"]);
            names.push(Field::Members.name());
        }
        let mut facts = Vec::new();
        for declared in self.declaration.document.iter().chain(&self.declaration.contest) {
            add_paths(&mut facts, "", declared);
        }
        let columns = matches!(self.each, Each::Entrant | Each::Name(_));
        let defined = fields.names();
        let each = self.each.own_column();
        Holes { names, facts, left: Vec::new(), columns, each, defined, words: true }
    }
}

/// The paths of a declared fact that is no table.
fn add_paths(paths: &mut Vec<String>, before: &str, declared: &Declared) {
    let path = format!("{before}{}", declared.name);
    match declared.form {
        Form::Table => {
            for field in &declared.fields {
                add_paths(paths, &format!("{path}."), field);
            }
        }
        Form::Tables => {}
        _ => paths.push(path),
    }
}

/// Fields that can stand in a text as they are.
const TEXT_FIELDS: [Field; 10] = [
    Field::Id,
    Field::Group,
    Field::Award,
    Field::Project,
    Field::Organization,
    Field::County,
    Field::Score,
    Field::RegisteredOn,
    Field::Contact,
    Field::Phone,
];

/// Fields that are nobody else's business.
const PERSONAL_FIELDS: [Field; 2] = [Field::Contact, Field::Phone];

/// Whether everybody may know a field.
pub(super) fn is_public(field: Field) -> bool {
    !PERSONAL_FIELDS.contains(&field)
}

/// The fields that a document may show as they are.
pub(super) fn text_fields(public: bool) -> impl Iterator<Item = Field> {
    TEXT_FIELDS.into_iter().filter(move |field| !(public && PERSONAL_FIELDS.contains(field)))
}

/// The names of what is the subject's own in a document about `each`.
pub(super) fn placeholders(each: Each, public: bool) -> Vec<&'static str> {
    let fields: Vec<Field> = match each {
        Each::Entrant | Each::Name(_) => text_fields(public).collect(),
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
    if let Each::Name(_) = each {
        names.push("member");
    }
    names
}

/// Parses a text; what is wrong with it is told at its place.
pub(super) fn read_pattern(
    source: &Source<'_>,
    text: &At<String>,
    holes: &Holes,
) -> Option<Pattern> {
    Pattern::parse(&text.value, holes)
        .map_err(|faults: Vec<PatternFault>| {
            for fault in faults {
                let kind = fault::Contest::BadPattern { pattern: text.value.clone(), fault };
                source.fault(kind, text.place.clone());
            }
        })
        .ok()
}

/// Takes in which columns a number or a path uses, and the project's and the
/// organization's.
pub(super) fn uses_columns(fields: &mut Fields, pattern: &Pattern, place: &Place) {
    for (hole, _) in pattern.holes() {
        if let Placeholder::Field(field @ (Field::Own(_) | Field::Project | Field::Organization)) =
            hole
        {
            fields.uses(*field, true, place);
        }
    }
}

/// Takes in which fields a text uses.
pub(super) fn uses(fields: &mut Fields, pattern: &Pattern, place: &Place) {
    for (hole, outside) in pattern.holes() {
        if let Placeholder::Field(field) = hole {
            fields.uses(*field, outside, place);
        }
    }
}
