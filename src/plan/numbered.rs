//! A document that gets a number.

use super::filler::Filler;
use crate::contest::DocumentKind;
use crate::contest::pattern::{Pattern, Placeholder};
use crate::field::Field;
use crate::roster::Entrant;

/// A document whose kind has numbers.
pub(super) struct Numbered<'a> {
    pub kind: &'a DocumentKind,
    pub filler: Filler<'a>,
    /// What tells its subject from every other of its kind.
    pub identity: String,
    /// By which names the register may know its entrant, if not by that.
    pub key: Option<String>,
    /// The member it is about, as the register knows it.
    pub member: Option<String>,
    pub pattern: &'a Pattern,
    pub series: String,
}

impl<'a> Numbered<'a> {
    /// The one entrant it is about; `None` if it lists many.
    pub(super) fn only(&self) -> Option<&'a Entrant> {
        self.filler.entrant().filter(|_| !self.kind.lists_many())
    }

    /// The member it is about.
    pub(super) fn member(&self) -> Option<&str> {
        self.member.as_deref()
    }

    /// Whether its number could change only with `contest.toml` while nothing
    /// that it states of the entrant does.
    pub(super) fn is_numbered_by_what_it_states(&self) -> bool {
        let mut stated = self.filler.said(self.kind.voice(), None).fields;
        stated.extend(&self.kind.prove);
        self.pattern.holes().iter().all(|(hole, _)| match hole {
            Placeholder::Field(field) => stated.contains(field),
            Placeholder::GroupCode => stated.contains(&Field::Group),
            Placeholder::AwardRank => stated.contains(&Field::Award),
            _ => true,
        })
    }
}

/// The number with its sequence left out: what shares it counts on together.
pub(super) fn series(pattern: &Pattern, filler: &Filler<'_>) -> String {
    pattern.fill(|placeholder| match placeholder {
        Placeholder::Seq { .. } => "{seq}".to_owned(),
        other => filler.text(other),
    })
}
