//! `[[groups]]`, `[[awards]]` and `[[counties]]`: what an entrant belongs to, under
//! every name that the sheet may use for it.

use jiff::civil::Date;
use serde::Serialize;

use super::name::{Named, find};
use super::table::{Source, Table, values};
use crate::fault::{self, Place};

/// A group of entrants that is judged by itself.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// Its name on paper.
    pub name: String,
    /// Its letters in numbers, if it has any.
    pub code: Option<String>,
    /// How many may be recommended, if that is limited.
    pub quota: Option<usize>,
    /// Enterprises of this group must be registered on this day or later.
    #[serde(skip)]
    pub registered_since: Option<Date>,
    /// How many of an award were announced, where that is written down.
    #[serde(skip)]
    pub(crate) counts: Vec<AwardCount>,
    #[serde(skip)]
    aliases: Vec<String>,
}

/// How many of an award a group was announced to have.
#[derive(Debug, Clone)]
pub(crate) struct AwardCount {
    /// The award's name.
    pub(crate) award: String,
    /// How many there are.
    pub(crate) count: usize,
    /// Where `contest.toml` says so.
    pub(crate) place: Place,
}

/// An award.
#[derive(Debug, Clone, Serialize)]
pub struct Award {
    /// Its name on paper.
    pub name: String,
    /// 1 for the highest.
    pub rank: usize,
    #[serde(skip)]
    aliases: Vec<String>,
}

/// A county, district or city an entrant may come from.
#[derive(Debug, Clone)]
pub struct County {
    /// Its name on paper.
    pub name: String,
    aliases: Vec<String>,
}

macro_rules! named {
    ($($type:ty),*) => {$(
        impl Named for $type {
            fn name(&self) -> &str {
                &self.name
            }

            fn aliases(&self) -> &[String] {
                &self.aliases
            }
        }
    )*};
}

named!(Group, Award, County);

pub(super) fn read_group(_: usize, table: &Table<'_>) -> Option<Group> {
    let name = table.need("name");
    let code = table.get("code");
    let quota = table.get("quota");
    let registered_since = table.get::<Date>("registered_since");
    let counts = table.table("counts").map(|counts| read_counts(&counts)).unwrap_or_default();
    let aliases = table.list("aliases");
    Some(Group {
        name: name?.value,
        code: code.map(|code| code.value),
        quota: quota.map(|quota| quota.value),
        registered_since: registered_since.map(|date| date.value),
        counts,
        aliases: values(aliases),
    })
}

/// Keys are awards; which are known is seen when those are read.
fn read_counts(table: &Table<'_>) -> Vec<AwardCount> {
    table
        .keys()
        .filter_map(|award| {
            let count = table.get(award.value)?.value;
            Some(AwardCount { award: award.value.to_owned(), count, place: award.place })
        })
        .collect()
}

/// An award that is counted is one of the contest's, under its own name.
pub(super) fn refuse_unknown_awards(source: &Source<'_>, groups: &mut [Group], awards: &[Award]) {
    for announced in groups.iter_mut().flat_map(|group| &mut group.counts) {
        if let Some(award) = find(awards, &announced.award) {
            announced.award.clone_from(&award.name);
        } else {
            let kind = fault::Contest::NotAllowed {
                key: "groups.counts".into(),
                value: announced.award.clone(),
                known: awards.iter().map(|award| award.name.clone()).collect(),
            };
            source.fault(kind, announced.place.clone());
        }
    }
}

pub(super) fn read_award(rank: usize, table: &Table<'_>) -> Option<Award> {
    let name = table.need("name");
    let aliases = table.list("aliases");
    Some(Award { name: name?.value, rank, aliases: values(aliases) })
}

pub(super) fn read_county(_: usize, table: &Table<'_>) -> Option<County> {
    let name = table.need("name");
    let aliases = table.list("aliases");
    Some(County { name: name?.value, aliases: values(aliases) })
}

/// Two groups with one code would share a series of numbers.
pub(super) fn refuse_same_code(source: &Source<'_>, groups: &[Group], file: &Table<'_>) {
    for (index, group) in groups.iter().enumerate() {
        let Some(code) = &group.code else { continue };
        if groups[..index].iter().any(|other| other.code.as_ref() == Some(code)) {
            let kind = fault::Contest::Repeated { key: "groups.code".into(), value: code.clone() };
            source.fault(kind, file.place_of("groups"));
        }
    }
}
