//! Whom a document speaks to.

use serde::Serialize;

use crate::roster::Entrant;

/// How a document addresses an entrant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Recipient {
    /// 你单位.
    Enterprise,
    /// 你团队.
    Team,
    /// 你: somebody who entered alone.
    Person,
    /// 你们: several who entered without an organization.
    People,
}

impl Recipient {
    pub(super) const ALL: [(&'static str, Self); 4] = [
        ("enterprise", Self::Enterprise),
        ("team", Self::Team),
        ("person", Self::Person),
        ("people", Self::People),
    ];

    /// How an entrant is addressed. Names with one of these endings belong to
    /// enterprises, as does one with a day of registration.
    pub(super) fn of(entrant: &Entrant, enterprises: &[String]) -> Self {
        let name = entrant.organization.trim_end_matches(['）', ')']);
        let ends_like_one = |ending: &String| name.ends_with(ending);
        match entrant.members.as_slice() {
            [_, _, ..] if entrant.organization.is_empty() => Self::People,
            [only] if entrant.organization.is_empty() || *only == entrant.organization => {
                Self::Person
            }
            _ if entrant.registered_on.is_some() || enterprises.iter().any(ends_like_one) => {
                Self::Enterprise
            }
            _ => Self::Team,
        }
    }

    /// Whether it is nobody but the members themselves.
    pub(crate) fn is_personal(self) -> bool {
        matches!(self, Self::Person | Self::People)
    }
}
