//! Whom a copy of a certificate was made for, as far as that tells entrants and
//! people apart.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use crate::field::Field;
use crate::roster::{Own, identity, name_of};

/// An entrant as the sheet had it when a copy was made, whether that is printed
/// or not.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Holder {
    /// Its group.
    pub group: String,
    /// Its organization.
    pub organization: String,
    /// Its project.
    pub project: String,
    /// Its members.
    #[serde(default)]
    pub members: Vec<String>,
    /// The county it comes from.
    #[serde(default)]
    pub county: Option<String>,
    /// The sheet's other columns.
    #[serde(default)]
    pub extra: BTreeMap<String, Own>,
}

impl Holder {
    /// What a sheet without identifiers knows it by, `more` being what tells
    /// entrants apart that are otherwise alike.
    pub(crate) fn key_with(&self, more: &[String]) -> String {
        let name = self.name();
        let mut parts = vec![self.group.as_str(), &name, &self.project];
        parts.extend(more.iter().map(String::as_str));
        identity(&parts)
    }

    /// Who it is.
    pub fn name(&self) -> Cow<'_, str> {
        name_of(&self.organization, &self.members)
    }

    /// A field as text, one for each value it has.
    pub fn texts(&self, field: Field) -> Vec<String> {
        match field {
            Field::Group => vec![self.group.clone()],
            Field::Organization => vec![self.organization.clone()],
            Field::Project => vec![self.project.clone()],
            Field::Members => self.members.clone(),
            Field::County => self.county.iter().cloned().collect(),
            Field::Own(name) => self.extra.get(name.as_str()).map(Own::texts).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}
