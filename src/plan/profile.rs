//! What a person would know somebody by, and how far that speaks for two being
//! the same.

use std::collections::BTreeSet;

use super::numbered::Numbered;
use super::subject::person_keys;
use crate::contest::{Contest, Each, FieldKind};
use crate::fact::{Difference, Fact};
use crate::field::Field;
use crate::nearest::likeness;
use crate::register::Certificate;
use crate::roster::name_of;

/// Texts this much alike may be one, written in two ways.
const ALIKE: f64 = 0.6;

/// Names in the register and what they have become.
pub(super) type Renamed = BTreeSet<(String, String)>;

/// What a document is about.
pub(super) struct Profile {
    kind: String,
    /// The field by which the entrant goes: the organization, or else the members.
    named_by: Field,
    name: String,
    project: String,
    group: String,
    /// The fields that tell entrants apart that are otherwise alike.
    identifying: Vec<(Field, String)>,
    /// Everybody whom the entrant names, by the fields that do.
    people: Vec<Vec<String>>,
    person: Option<PersonAt>,
}

/// The one whom a document is for, among the names of a field.
#[derive(Debug, Clone, PartialEq)]
struct PersonAt {
    name: String,
    /// The place, and of how many; unknown if the names are not at hand.
    place: Option<(usize, usize)>,
}

/// What speaks for somebody in the register being somebody in the sheet, point
/// by point; the more, the better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Evidence {
    points: Vec<u8>,
    /// It may be a correction.
    pub possible: bool,
    /// It is the same person, or may well be: by name or place.
    pub personal: bool,
}

impl Evidence {
    /// Whether this says more: in no point less, and in one more.
    pub(super) fn outweighs(&self, other: &Self) -> bool {
        let mut pairs = self.points.iter().zip(&other.points);
        self.points != other.points && pairs.all(|(a, b)| a >= b)
    }

    pub(super) fn sum(&self) -> u32 {
        self.points.iter().map(|&point| u32::from(point)).sum()
    }
}

impl Profile {
    pub(super) fn new(one: &Numbered<'_>) -> Self {
        let (kind, contest) = (&one.kind.name, one.filler.contest);
        let Some(entrant) = one.only() else { return Self::shared(kind, &one.identity) };
        let mut profile = Self::of_texts(kind, contest, |field| entrant.texts(field));
        profile.person = one.filler.subject.member.as_ref().map(|person| {
            let names = one.kind.each.people().map(|field| entrant.texts(field));
            PersonAt::new(&names.unwrap_or_default(), &person.key(), &person.name)
        });
        profile
    }

    /// As the sheet had it; what is about many is known by what they share.
    pub(super) fn of(issued: &Certificate, contest: &Contest) -> Self {
        let copy = issued.current();
        let Some(holder) = &copy.holder else {
            return Self::shared(&issued.kind, &copy.subject);
        };
        let mut profile = Self::of_texts(&issued.kind, contest, |field| holder.texts(field));
        profile.person = copy.member.as_ref().map(|key| {
            let kind = contest.documents.iter().find(|kind| kind.name == issued.kind);
            let people = kind.and_then(|kind| kind.each.people());
            let names = people.map(|field| holder.texts(field)).unwrap_or_default();
            PersonAt::new(&names, key, key)
        });
        profile
    }

    fn shared(kind: &str, name: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            named_by: Field::Organization,
            name: name.to_owned(),
            project: String::new(),
            group: String::new(),
            identifying: Vec::new(),
            people: Vec::new(),
            person: None,
        }
    }

    fn of_texts(kind: &str, contest: &Contest, texts: impl Fn(Field) -> Vec<String>) -> Self {
        let fields = &contest.fields;
        let (organization, members) = (texts(Field::Organization).concat(), texts(Field::Members));
        let own = fields.columns().filter(|&field| fields.kind(field) == FieldKind::Names);
        let people = [Field::Members].into_iter().chain(own).map(&texts).collect();
        let named_by = if organization.is_empty() { Field::Members } else { Field::Organization };
        let named = [Field::Organization, Field::Members, Field::Project, Field::Group];
        let identifying = fields.identifying().filter(|field| !named.contains(field));
        Self {
            kind: kind.to_owned(),
            named_by,
            name: name_of(&organization, &members).into_owned(),
            project: texts(Field::Project).concat(),
            group: texts(Field::Group).concat(),
            identifying: identifying.map(|it| (it, contest.joined(&texts(it)))).collect(),
            people,
            person: None,
        }
    }

    fn member(&self) -> &str {
        self.person.as_ref().map(|person| person.name.as_str()).unwrap_or_default()
    }

    pub(super) fn text(&self) -> String {
        let identifying = self.identifying.iter().map(|(_, text)| text.as_str());
        let parts = [self.name.as_str(), &self.project].into_iter().chain(identifying);
        let parts = parts.chain([self.member()]).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    }

    /// What speaks for `other`, in the register, being this; `None` if nothing
    /// can. `same_entrant`: the register knows its entrant under this one's
    /// identity. `renamed`: what others' names have become.
    pub(super) fn evidence(
        &self,
        other: &Self,
        same_entrant: bool,
        renamed: &Renamed,
    ) -> Option<Evidence> {
        if self.kind != other.kind || self.person.is_some() != other.person.is_some() {
            return None;
        }
        let people = self.people.iter().zip(&other.people).map(|(a, b)| shared(a, b));
        let people: Vec<u8> = people.collect();
        let identifying = self.identifying.iter().zip(&other.identifying);
        let identifying: Vec<u8> = identifying.map(|((_, a), (_, b))| alike(a, b)).collect();
        let is_renamed = |now: &str, was: &str| renamed.contains(&(was.into(), now.into()));
        let named = |now: &str, was: &str| alike(now, was).max(u8::from(is_renamed(now, was)));
        let (name, project) =
            (named(&self.name, &other.name), named(&self.project, &other.project));
        let (person, place) = match (&self.person, &other.person) {
            (Some(a), Some(b)) => {
                let place = a.place.is_some() && a.place == b.place;
                (alike(&a.name, &b.name), u8::from(place))
            }
            _ => (0, 0),
        };
        let same = [name, project, person].into_iter().chain(identifying.iter().copied());
        let possible = same_entrant
            || same.into_iter().any(|point| point == SAME)
            || is_renamed(&self.name, &other.name)
            || is_renamed(&self.project, &other.project)
            || likeness(&self.text(), &other.text()) >= ALIKE;
        let mut points = vec![u8::from(same_entrant), name, project, person, place];
        points.push(if alike(&self.group, &other.group) == SAME { SAME } else { 0 });
        points.extend(identifying);
        points.extend(people);
        let personal = self.person.is_none() || person > 0 || place > 0;
        Some(Evidence { points, possible, personal })
    }

    /// The names of its entrant and its project, and what they were.
    pub(super) fn renamed(&self, before: &Self) -> Renamed {
        let both = [(&before.name, &self.name), (&before.project, &self.project)];
        let changed = both.into_iter().filter(|(was, now)| was != now && !was.is_empty());
        changed.map(|(was, now)| (was.clone(), now.clone())).collect()
    }

    /// Everybody in its team.
    pub(super) fn members(&self) -> &[String] {
        self.people.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether both are for a person of one name.
    pub(super) fn is_namesake(&self, other: &Self) -> bool {
        self.person.is_some() && self.member() == other.member()
    }

    /// The field in which this differs from `before`.
    fn differing(&self, before: &Self) -> Vec<Difference> {
        let fact = Fact::Field;
        let group = (fact(Field::Group), &self.group, &before.group);
        let name = (fact(self.named_by), &self.name, &before.name);
        let project = (fact(Field::Project), &self.project, &before.project);
        let identifying = self.identifying.iter().zip(&before.identifying);
        let identifying = identifying.map(|((field, now), (_, was))| (fact(*field), now, was));
        let all = [group, name, project].into_iter().chain(identifying);
        all.filter(|(_, now, was)| now != was)
            .map(|(fact, now, was)| Difference { fact, was: was.clone(), now: now.clone() })
            .collect()
    }

    /// The fields in which this differs from `before` and their values here, to
    /// be typed after `--set`.
    pub(super) fn changed(&self, before: &Self) -> Vec<(&'static str, String)> {
        let differing = self.differing(before).into_iter();
        let mut changed: Vec<_> = differing.map(|it| (it.fact.name(), it.now)).collect();
        if self.member() != before.member() {
            changed.push((Fact::Member.name(), self.member().to_owned()));
        }
        changed
    }
}

impl PersonAt {
    /// Whoever has this key among `names`; `otherwise` by name.
    fn new(names: &[String], key: &str, otherwise: &str) -> Self {
        let keys = person_keys(names.to_vec());
        match keys.iter().position(|it| it == key) {
            Some(at) => Self { name: names[at].clone(), place: Some((at, names.len())) },
            None => Self { name: otherwise.to_owned(), place: None },
        }
    }
}

/// In what the identity of a document's subject differs from a certificate's,
/// whether that is printed or not.
pub(super) fn identity_differences(one: &Numbered<'_>, issued: &Certificate) -> Vec<Difference> {
    let (now, was) = (one.identity.clone(), issued.current().subject.clone());
    if let Each::Field(field) = one.kind.each {
        return vec![Difference { fact: Fact::Field(field), was, now }];
    }
    let differing = Profile::new(one).differing(&Profile::of(issued, one.filler.contest));
    match differing.as_slice() {
        [] => vec![Difference { fact: Fact::Field(Field::Id), was, now }],
        _ => differing,
    }
}

const SAME: u8 = 2;

/// 2 where two texts are the same, 1 where they are alike.
fn alike(a: &str, b: &str) -> u8 {
    match () {
        () if a.is_empty() || b.is_empty() => 0,
        () if a == b => SAME,
        () => u8::from(likeness(a, b) >= ALIKE),
    }
}

/// 2 where two lists are the same, 1 where they have a name in common.
fn shared(a: &[String], b: &[String]) -> u8 {
    match () {
        () if a.is_empty() || b.is_empty() => 0,
        () if a == b => SAME,
        () => u8::from(a.iter().any(|name| b.contains(name))),
    }
}
