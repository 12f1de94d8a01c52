//! What stands in the holes of a number, a path and a document's words, and what
//! a certificate states.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::subject::Subject;
use crate::attest::Statement;
use crate::contest::pattern::{Form, Piece, Placeholder};
use crate::contest::{Contest, DocumentKind, Each, FieldKind, ForWhom, Recipient, Voice};
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
            Placeholder::Member => self.person().map(str::to_owned).unwrap_or_default(),
            Placeholder::Name => {
                let all = || self.contest.joined(&entrant.texts(entrant.named_by()));
                self.person().map_or_else(all, str::to_owned)
            }
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

    /// Every fact that the document's pages state under this number and revision.
    pub(super) fn statement(
        &self,
        kind: &DocumentKind,
        (number, revision): (&str, u32),
    ) -> Statement {
        let contest = self.contest;
        let entrant = self.entrant().filter(|_| !kind.lists_many());
        let shown = self.said(kind.voice(), Some((number, revision))).fields;
        let stated: BTreeSet<Field> = shown.into_iter().chain(kind.prove.iter().copied()).collect();
        let fields = stated.into_iter().filter_map(|field| {
            Some((Fact::Field(field), contest.joined(&contest.printed(entrant?, field))))
        });
        let own = [
            (Fact::Kind, kind.name.clone()),
            (Fact::Number, number.to_owned()),
            (Fact::Revision, revision.to_string()),
            (Fact::Member, self.person().map(str::to_owned).unwrap_or_default()),
        ];
        Statement::new(
            contest.language.lang,
            own.into_iter().chain(fields).chain(of_contest(contest)),
        )
    }

    /// What a document says under this number and revision.
    pub(super) fn said(&self, voice: Voice<'_>, number: Option<(&str, u32)>) -> Said {
        let recipient = self.entrant().map(|entrant| self.contest.recipient(entrant));
        let whom = recipient.map(|it| voice.whom(it)).unwrap_or_default();
        let mut said = Said { words: Vec::new(), fields: BTreeSet::new() };
        for (word, text) in voice.words.texts(whom) {
            let filled = text.filled(|hole, form| self.pieces(voice, number, hole, form));
            if let Some(entrant) = self.entrant() {
                said.fields.extend(filled.shown.iter().filter_map(|hole| match hole {
                    Placeholder::Field(field) => Some(*field),
                    Placeholder::GroupCode => Some(Field::Group),
                    Placeholder::AwardRank => Some(Field::Award),
                    Placeholder::Name if self.subject.member.is_some() => None,
                    Placeholder::Name | Placeholder::Entrant => named_by(voice.each, entrant),
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
        voice: Voice<'_>,
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
                return match (self.person(), named_by(voice.each, entrant)) {
                    (Some(name), _) => vec![Piece::Name(name.to_owned())],
                    (None, Some(field)) => self.field(field, form),
                    (None, None) => Vec::new(),
                };
            }
            Placeholder::Entrant => {
                let Some(entrant) = self.entrant() else { return Vec::new() };
                return self.field(entrant.named_by(), form);
            }
            Placeholder::Member => {
                return self
                    .person()
                    .map(|name| Piece::Name(name.to_owned()))
                    .into_iter()
                    .collect();
            }
            Placeholder::You => {
                let recipient = self.entrant().map(|entrant| contest.recipient(entrant));
                let recipient = recipient.map(|it| match voice.whom(it) {
                    ForWhom::Member => Recipient::Person,
                    _ => it,
                });
                recipient.map(|it| language.you(it).to_owned()).unwrap_or_default()
            }
            Placeholder::Role => match voice.each {
                Each::Name(field) => language.role(field).to_owned(),
                Each::Field(field) => language.field(field).to_owned(),
                Each::Entrant | Each::Contest => String::new(),
            },
            Placeholder::Kind => voice.name.to_owned(),
            Placeholder::Left(name) => return vec![Piece::Hole(name.clone())],
            Placeholder::Contest => contest.name.clone(),
            Placeholder::Organizers => language.list(contest.organizers.iter().map(String::as_str)),
            Placeholder::Date => self.date(contest.date, form),
            Placeholder::Number => number.map(|(number, _)| number.to_owned()).unwrap_or_default(),
            Placeholder::Revision => {
                let revision = number.map(|(_, revision)| revision).filter(|&it| it > 1);
                revision.map(|it| it.to_string()).unwrap_or_default()
            }
            Placeholder::Fact(path) => self.fact(voice.facts, path, form),
            Placeholder::Total => self.subject.entrants.len().to_string(),
            Placeholder::Counts => self.counts(form),
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
            (_, kind) if kind == FieldKind::Names || texts.len() > 1 => {
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
    fn fact(&self, of_kind: &Json, path: &str, form: &Form) -> String {
        let find = |facts: &Json| {
            let mut value = Some(facts);
            for name in path.split('.') {
                value = value.and_then(|value| value.get(name));
            }
            value.filter(|value| !value.is_null()).cloned()
        };
        match find(of_kind).or_else(|| find(&self.contest.facts)) {
            Some(Json::String(text)) => text.parse().map_or(text, |day| self.date(day, form)),
            Some(Json::Array(items)) => {
                self.contest.language.list(items.iter().filter_map(Json::as_str))
            }
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// How many there are: 企业组项目26个（一等奖2个、二等奖4个）、创业组项目19个（…），
    /// 共45个. Groups and awards stand in the contest's order.
    fn counts(&self, form: &Form) -> String {
        let language = &self.contest.language;
        let (noun, unit) = match form {
            Form::Of { noun, unit } => (noun.as_str(), unit.as_str()),
            _ => ("", ""),
        };
        let entrants = self.subject.entrants.iter().map(|&index| &self.roster.entrants[index]);
        let entrants: Vec<&Entrant> = entrants.collect();
        let awards = |entrants: &[&Entrant]| {
            let known = self.contest.awards.iter().map(|award| award.name.as_str());
            let counted = tally(known, entrants.iter().map(|it| it.award.as_str()));
            let counted: Vec<String> = counted
                .iter()
                .map(|(award, count)| language.counted(award, *count, unit))
                .collect();
            language.list(counted.iter().map(String::as_str))
        };
        let known = self.contest.groups.iter().map(|group| group.name.as_str());
        let groups = tally(known, entrants.iter().map(|it| it.group.as_str()));
        if let [("", _)] = groups.as_slice() {
            return awards(&entrants);
        }
        let counted: Vec<String> = groups
            .iter()
            .map(|(group, count)| {
                let own: Vec<&Entrant> =
                    entrants.iter().copied().filter(|it| it.group == *group).collect();
                // entry|entries
                let noun = match noun.split_once('|') {
                    Some((one, many)) => {
                        if *count == 1 {
                            one
                        } else {
                            many
                        }
                    }
                    None => noun,
                };
                language.counted_of_group(group, noun, *count, unit, &awards(&own))
            })
            .collect();
        let list = language.list(counted.iter().map(String::as_str));
        if groups.len() > 1 { list + &language.total(entrants.len(), unit) } else { list }
    }

    /// The name of the person it is about.
    fn person(&self) -> Option<&'a str> {
        self.subject.member.as_ref().map(|person| person.name.as_str())
    }

    pub(super) fn entrant(&self) -> Option<&'a Entrant> {
        self.subject.entrants.first().map(|&index| &self.roster.entrants[index])
    }
}

/// The field by which whatever a document is about goes; a list of all has none.
fn named_by(each: Each, entrant: &Entrant) -> Option<Field> {
    match each {
        Each::Contest => None,
        Each::Field(field) => Some(field),
        Each::Entrant | Each::Name(_) => Some(entrant.named_by()),
    }
}

/// How often each of the values stands there, the known ones first.
fn tally<'v>(
    known: impl Iterator<Item = &'v str>,
    values: impl Iterator<Item = &'v str>,
) -> Vec<(&'v str, usize)> {
    let mut counts: Vec<(&str, usize)> = known.map(|name| (name, 0)).collect();
    for value in values {
        match counts.iter_mut().find(|(name, _)| *name == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    counts.retain(|(_, count)| *count > 0);
    counts
}

/// What every certificate states of the contest.
pub(super) fn of_contest(contest: &Contest) -> [(Fact, String); 3] {
    [
        (Fact::Contest, contest.name.clone()),
        (Fact::Issuer, contest.joined(&contest.organizers)),
        (Fact::Date, contest.date.to_string()),
    ]
}
