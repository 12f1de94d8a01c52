//! What stands in the holes of a number or a path, and what a certificate
//! states.

use serde::{Deserialize, Serialize};

use super::subject::{Subject, lists_many};
use crate::attest::Statement;
use crate::contest::pattern::Placeholder;
use crate::contest::{Contest, DocumentKind, Each, Printed};
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

/// Fills the placeholders of one document.
pub(super) struct Filler<'a> {
    pub contest: &'a Contest,
    pub roster: &'a Roster,
    pub subject: &'a Subject,
}

impl<'a> Filler<'a> {
    /// The text of every placeholder but `{seq}` and `{number}`, which are not
    /// the subject's own. Where many entrants share a document, the field is
    /// one they agree in.
    pub(super) fn text(&self, placeholder: Placeholder) -> String {
        let Some(entrant) = self.entrant() else { return String::new() };
        match placeholder {
            Placeholder::Field(field) => entrant.texts(field).join("、"),
            Placeholder::GroupCode => self.contest.group(&entrant.group).code.clone(),
            Placeholder::AwardRank => self.contest.award(&entrant.award).rank.to_string(),
            Placeholder::Member => self.subject.member.clone().unwrap_or_default(),
            Placeholder::Number
            | Placeholder::Seq { .. }
            | Placeholder::Revision
            | Placeholder::Check
            | Placeholder::Part => String::new(),
        }
    }

    /// What tells the subject from every other of its kind.
    pub(super) fn identity(&self, kind: &DocumentKind) -> String {
        match (kind.each, self.entrant()) {
            (Each::Contest, _) | (_, None) => String::new(),
            (Each::Field(field), Some(entrant)) => entrant.texts(field).join("、"),
            (Each::Entrant | Each::Member, Some(entrant)) => entrant.id.clone(),
        }
    }

    /// Every fact that the document's pages state.
    pub(super) fn statement(&self, kind: &DocumentKind, number: &Number) -> Statement {
        let entrant = self.entrant().filter(|_| !lists_many(kind.each));
        let fields = Field::ALL.into_iter().filter_map(|field| {
            let proved = kind.prove.contains(&Printed::Field(field));
            Some((Fact::Field(field), entrant.filter(|_| proved)?.texts(field).join("、")))
        });
        let own = [
            (Fact::Kind, kind.name.clone()),
            (Fact::Number, number.number.clone()),
            (Fact::Revision, number.revision.to_string()),
            (Fact::Member, self.subject.member.clone().unwrap_or_default()),
        ];
        Statement::new(own.into_iter().chain(fields).chain(of_contest(self.contest)))
    }

    pub(super) fn entrant(&self) -> Option<&'a Entrant> {
        self.subject.entrants.first().map(|&index| &self.roster.entrants[index])
    }
}

/// What every certificate states of the contest.
pub(super) fn of_contest(contest: &Contest) -> [(Fact, String); 3] {
    [
        (Fact::Contest, contest.name.clone()),
        (Fact::Issuer, contest.organizers.join("、")),
        (Fact::Date, contest.date.to_string()),
    ]
}
