//! What stands in the holes of a number, a path and a document's words, and what
//! a certificate states.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::subject::Subject;
use crate::attest::Statement;
use crate::contest::pattern::{Form, Piece, Placeholder};
use crate::contest::{Contest, DocumentKind, Each, FieldKind, ForWhom, Recipient};
use crate::dates;
use crate::fact::Fact;
use crate::field::Field;
use crate::roster::{Entrant, Roster};

/// A number that a document gets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Number {
    pub number: String,
    pub revision: u32,
    pub series: String,
    pub seq: u32,
}

/// Fills the holes of one document.
pub(super) struct Filler<'a> {
    pub contest: &'a Contest,
    pub roster: &'a Roster,
    pub subject: &'a Subject,
}

/// What a document says.
pub(super) struct Said {
    /// Each word of its kind with its text.
    pub words: Vec<(String, Vec<Piece>)>,
    /// The fields whose values stand in it.
    pub fields: BTreeSet<Field>,
}

impl<'a> Filler<'a> {
    /// The text of every placeholder of a number or a path but `{seq}` and
    /// `{number}`, which are not the subject's own. Where many entrants share a
    /// document, the field is one they agree in.
    pub(super) fn text(&self, placeholder: &Placeholder) -> String {
        if *placeholder == Placeholder::Year {
            return self.contest.date.year().to_string();
        }
        let Some(entrant) = self.entrant() else { return String::new() };
        match placeholder {
            Placeholder::Field(field) => self.contest.joined(&entrant.texts(*field)),
            Placeholder::GroupCode => {
                let group = self.contest.group(&entrant.group);
                group.and_then(|group| group.code.clone()).unwrap_or_default()
            }
            Placeholder::AwardRank => {
                let award = self.contest.award(&entrant.award);
                award.map(|award| award.rank.to_string()).unwrap_or_default()
            }
            Placeholder::Member => self.subject.member.clone().unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// What tells the subject from every other of its kind.
    pub(super) fn identity(&self, kind: &DocumentKind) -> String {
        match (kind.each, self.entrant()) {
            (Each::Contest, _) | (_, None) => String::new(),
            (Each::Field(field), Some(entrant)) => self.contest.joined(&entrant.texts(field)),
            (Each::Entrant | Each::Name(_), Some(entrant)) => entrant.id.clone(),
        }
    }

    /// Every fact that the document's pages state.
    pub(super) fn statement(&self, kind: &DocumentKind, number: &Number) -> Statement {
        let contest = self.contest;
        let entrant = self.entrant().filter(|_| !kind.lists_many());
        let shown = self.said(kind, Some((&number.number, number.revision))).fields;
        let stated: BTreeSet<Field> = shown.into_iter().chain(kind.prove.iter().copied()).collect();
        let fields = stated
            .into_iter()
            .filter_map(|field| Some((Fact::Field(field), contest.joined(&entrant?.texts(field)))));
        let own = [
            (Fact::Kind, kind.name.clone()),
            (Fact::Number, number.number.clone()),
            (Fact::Revision, number.revision.to_string()),
            (Fact::Member, self.subject.member.clone().unwrap_or_default()),
        ];
        Statement::new(
            contest.language.lang,
            own.into_iter().chain(fields).chain(of_contest(contest)),
        )
    }

    /// What a document says under this number and revision.
    pub(super) fn said(&self, kind: &DocumentKind, number: Option<(&str, u32)>) -> Said {
        let recipient = self.entrant().map(|entrant| self.contest.recipient(entrant));
        let whom = recipient.map(|it| kind.whom(it)).unwrap_or_default();
        let mut said = Said { words: Vec::new(), fields: BTreeSet::new() };
        for (word, text) in kind.words.texts(whom) {
            let filled = text.filled(|hole, form| self.pieces(kind, number, hole, form));
            if let Some(entrant) = self.entrant() {
                said.fields.extend(filled.shown.iter().filter_map(|hole| match hole {
                    Placeholder::Field(field) => Some(*field),
                    Placeholder::GroupCode => Some(Field::Group),
                    Placeholder::AwardRank => Some(Field::Award),
                    Placeholder::Name if self.subject.member.is_some() => None,
                    Placeholder::Name => Some(named_by(entrant)),
                    _ => None,
                }));
            }
            said.words.push((word.to_owned(), filled.pieces));
        }
        said
    }

    /// What stands in a hole of a document's words.
    fn pieces(
        &self,
        kind: &DocumentKind,
        number: Option<(&str, u32)>,
        hole: &Placeholder,
        form: &Form,
    ) -> Vec<Piece> {
        let contest = self.contest;
        let language = &contest.language;
        let plain = match hole {
            Placeholder::Field(field) => return self.field(*field, form),
            Placeholder::Name => {
                let Some(entrant) = self.entrant() else { return Vec::new() };
                return match &self.subject.member {
                    Some(member) => vec![Piece::Name(member.clone())],
                    None => self.field(named_by(entrant), form),
                };
            }
            Placeholder::Member => {
                return self.subject.member.iter().cloned().map(Piece::Name).collect();
            }
            Placeholder::You => {
                let recipient = self.entrant().map(|entrant| contest.recipient(entrant));
                let recipient = recipient.map(|it| match kind.whom(it) {
                    ForWhom::Member => Recipient::Person,
                    _ => it,
                });
                recipient.map(|it| language.you(it).to_owned()).unwrap_or_default()
            }
            Placeholder::Role => match kind.each {
                Each::Name(field) => language.role(field).to_owned(),
                _ => String::new(),
            },
            Placeholder::Kind => kind.name.clone(),
            Placeholder::Contest => contest.name.clone(),
            Placeholder::Organizers => language.list(contest.organizers.iter().map(String::as_str)),
            Placeholder::Date => self.date(contest.date, form),
            Placeholder::Number => number.map(|(number, _)| number.to_owned()).unwrap_or_default(),
            Placeholder::Revision => {
                let revision = number.map(|(_, revision)| revision).filter(|&it| it > 1);
                revision.map(|it| it.to_string()).unwrap_or_default()
            }
            Placeholder::Fact(path) => self.fact(kind, path, form),
            Placeholder::Total => self.subject.entrants.len().to_string(),
            Placeholder::Counts => self.counts(),
            other => self.text(other),
        };
        vec![Piece::Text(self.formed(plain, form))]
    }

    /// A field of the one entrant, or the one that all agree in.
    fn field(&self, field: Field, form: &Form) -> Vec<Piece> {
        let Some(entrant) = self.entrant() else { return Vec::new() };
        let texts = entrant.texts(field);
        let language = &self.contest.language;
        match (form, self.contest.fields.kind(field)) {
            (Form::Count { one, many }, _) => {
                let word = match texts.len() {
                    0 => "",
                    1 => one,
                    _ => many,
                };
                vec![Piece::Text(word.to_owned())]
            }
            (_, FieldKind::Names) => {
                let count = texts.len();
                let names = texts.into_iter().enumerate().flat_map(|(index, name)| {
                    let before = language.before_name(index, count).to_owned();
                    [Piece::Text(before), Piece::Name(name)]
                });
                names.collect()
            }
            (_, FieldKind::Date) => {
                let days = texts
                    .iter()
                    .map(|it| it.parse().map_or_else(|_| it.clone(), |day| self.date(day, form)));
                vec![Piece::Text(days.collect())]
            }
            _ => vec![Piece::Text(self.formed(texts.concat(), form))],
        }
    }

    fn formed(&self, text: String, form: &Form) -> String {
        match form {
            Form::Quoted(noun) if !text.is_empty() => {
                let quoted = self.contest.language.quoted(&text);
                // “……项目”项目 would say it twice.
                let said =
                    !noun.is_empty() && text.trim_end_matches(['”', '"']).ends_with(noun.as_str());
                if said { quoted } else { quoted + noun }
            }
            _ => text,
        }
    }

    fn date(&self, date: Date, form: &Form) -> String {
        match form {
            Form::Hanzi => dates::in_hanzi(date),
            _ => self.contest.language.date(date),
        }
    }

    /// A fact of the kind or of the contest, by its path.
    fn fact(&self, kind: &DocumentKind, path: &str, form: &Form) -> String {
        let find = |facts: &Json| {
            let mut value = Some(facts);
            for name in path.split('.') {
                value = value.and_then(|value| value.get(name));
            }
            value.filter(|value| !value.is_null()).cloned()
        };
        match find(&kind.facts).or_else(|| find(&self.contest.facts)) {
            Some(Json::String(text)) => text.parse().map_or(text, |day| self.date(day, form)),
            Some(Json::Array(items)) => {
                self.contest.language.list(items.iter().filter_map(Json::as_str))
            }
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// How many of each award there are: 一等奖2个、二等奖4个.
    fn counts(&self) -> String {
        let contest = self.contest;
        let mut counts: Vec<(&str, usize)> =
            contest.awards.iter().map(|award| (award.name.as_str(), 0)).collect();
        for &index in &self.subject.entrants {
            let award = self.roster.entrants[index].award.as_str();
            match counts.iter_mut().find(|(name, _)| *name == award) {
                Some((_, count)) => *count += 1,
                None => counts.push((award, 1)),
            }
        }
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let counts: Vec<String> =
            counts.map(|(award, count)| contest.language.counted(award, count)).collect();
        contest.language.list(counts.iter().map(String::as_str))
    }

    pub(super) fn entrant(&self) -> Option<&'a Entrant> {
        self.subject.entrants.first().map(|&index| &self.roster.entrants[index])
    }
}

/// The field by whose name an entrant goes.
fn named_by(entrant: &Entrant) -> Field {
    if entrant.organization.is_empty() { Field::Members } else { Field::Organization }
}

/// What every certificate states of the contest.
pub(super) fn of_contest(contest: &Contest) -> [(Fact, String); 3] {
    [
        (Fact::Contest, contest.name.clone()),
        (Fact::Issuer, contest.joined(&contest.organizers)),
        (Fact::Date, contest.date.to_string()),
    ]
}
