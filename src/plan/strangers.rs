//! Numbers without anybody in the sheet, and people in the sheet without a
//! number: whether they belong together, or the sheet is another contest's.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::continuation::{Continuation, Mode};
use super::filler::of_contest;
use super::numbered::Numbered;
use crate::attest::Statement;
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::fact::{Difference, Fact};
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::field::Field;
use crate::nearest::likeness;
use crate::register::Certificate;
use crate::roster::Entrant;

/// Entrants this much alike may be one and the same.
const ALIKE: f64 = 0.6;

/// More pairs of entrants than this are not compared one by one: so many do
/// not change in a contest.
const COMPARED: usize = 100_000;

/// Fewer people than this may all be replaced in one contest.
const FEW: usize = 10;

/// Somebody whom the register does not know.
pub(super) struct Unknown {
    pub profile: Profile,
    /// The cell that names it, its row, and whether the row is about it alone.
    pub source: Option<(CellRef, CellRef, bool)>,
}

/// The register and the sheet, as far as they were held against each other.
pub(super) struct Comparing<'a> {
    pub(super) contest: &'a Contest,
    pub(super) continuation: Continuation<'a>,
    /// Numbers whose holder is in the roster.
    pub(super) met: HashSet<&'a str>,
    /// How many rows are held: who is missing may stand in one of them.
    pub(super) held_rows: usize,
    /// Every series that the roster touches.
    pub(super) series: BTreeSet<String>,
    pub(super) unknown: Vec<Unknown>,
    /// What certificates state of the contest and `contest.toml` does not, and
    /// how many do.
    pub(super) of_contest: Vec<(Vec<Difference>, usize)>,
    /// The kinds whose pattern makes other numbers now: a number and what its
    /// series would be, and how many there are.
    pub(super) of_pattern: BTreeMap<&'a str, (String, String, usize)>,
    pub(super) faults: &'a mut Diagnostics,
}

impl Comparing<'_> {
    pub(super) fn of_contest(&mut self, differences: Vec<Difference>, numbers: usize) {
        match self.of_contest.iter_mut().find(|(known, _)| *known == differences) {
            Some((_, count)) => *count += numbers,
            None => self.of_contest.push((differences, numbers)),
        }
    }

    /// Tells in what the register and the sheet differ as a whole, and looks for
    /// people the register knows among those it does not.
    pub(super) fn compare(&mut self) {
        for (kind, (number, series, numbers)) in std::mem::take(&mut self.of_pattern) {
            let place = self.contest.documents.iter().find(|it| it.name == kind);
            let kind =
                fault::Issued::NumbersChanged { kind: kind.to_owned(), number, series, numbers };
            let fault = Diagnostic::new(kind);
            self.faults.push(match place {
                Some(kind) => fault.at(kind.place.clone()),
                None => fault,
            });
        }
        if matches!(self.continuation.mode, Mode::Correct { .. }) || self.is_of_another_contest() {
            return;
        }
        let missing: Vec<&Certificate> = self
            .continuation
            .ledger
            .certificates()
            .iter()
            .filter(|issued| self.series.contains(&issued.series))
            .filter(|issued| !self.met.contains(issued.number.as_str()))
            .collect();
        if missing.is_empty() {
            return;
        }
        let new = self.unknown.len();
        let other =
            Diagnostic::new(fault::Issued::OtherRoster { missing: missing.len(), unknown: new });
        if missing.len() * new > COMPARED {
            self.faults.push(other);
            return;
        }
        let profiles: Vec<Profile> = missing.iter().map(|issued| Profile::of(issued)).collect();
        let mut asked = BTreeSet::new();
        let mut alike = Vec::new();
        for unknown in &self.unknown {
            let likeness = |index: &usize| profiles[*index].likeness(&unknown.profile);
            let best = (0..profiles.len()).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            let Some(best) = best.filter(|best| likeness(best) >= ALIKE) else { continue };
            asked.insert(best);
            alike.push(resembles(unknown, &profiles[best], missing[best]));
        }
        let lost: BTreeMap<String, String> = (0..missing.len())
            .filter(|index| !asked.contains(index) && missing[*index].revoked.is_none())
            .map(|index| (missing[index].number.clone(), profiles[index].text()))
            .collect();
        let (known, strangers) = (self.met.len() + asked.len(), new - alike.len());
        let most_are_others = lost.len() > known.max(FEW) && strangers > known.max(FEW);
        if new > 0 && known == 0 || most_are_others {
            self.faults.push(other);
            return;
        }
        self.faults.extend(alike);
        if !lost.is_empty() {
            let lost = lost.into_iter().collect();
            self.faults.push(Diagnostic::new(fault::Issued::WinnersMissing {
                lost,
                held: self.held_rows,
            }));
        }
    }

    /// Whether what was issued here is another contest's, which is told, as is
    /// all else that certificates state of the contest.
    fn is_of_another_contest(&mut self) -> bool {
        if !matches!(self.continuation.mode, Mode::Issue { .. }) || self.series.is_empty() {
            return false;
        }
        if self.met.is_empty() {
            // Nobody is known: perhaps since all have other numbers by now.
            let valid = || {
                let certificates = self.continuation.ledger.certificates().iter();
                certificates.filter(|issued| issued.revoked.is_none())
            };
            let now = Statement::new(self.contest.language.lang, of_contest(self.contest));
            let differences = |issued: &Certificate| {
                let mut differences = issued.statement().differences(&now);
                differences.retain(|difference| OF_CONTEST.contains(&difference.fact));
                differences
            };
            if let Some(last) = valid().next_back()
                && valid().all(|issued| is_anothers(&differences(issued)))
            {
                let (differences, numbers) = (differences(last), valid().count());
                self.of_contest(differences, numbers);
            }
        }
        let mut another = false;
        for (differences, numbers) in std::mem::take(&mut self.of_contest) {
            let place = differences.first().map(|first| self.contest.place_of(first.fact));
            let these = is_anothers(&differences);
            another |= these;
            let kind = fault::Issued::ContestChanged { numbers, differences, another: these };
            let fault = Diagnostic::new(kind);
            self.faults.push(match place {
                Some(place) => fault.at(place),
                None => fault,
            });
        }
        another
    }
}

/// What certificates state of the contest.
pub(super) const OF_CONTEST: [Fact; 3] = [Fact::Contest, Fact::Issuer, Fact::Date];

/// Whether what differs makes it likely that it is another contest, perhaps the
/// next year's, and no correction of the same.
pub(super) fn is_anothers(differences: &[Difference]) -> bool {
    let year = |date: &str| date.split('-').next().map(str::to_owned);
    differences.iter().any(|it| match it.fact {
        Fact::Contest => true,
        Fact::Date => year(&it.was) != year(&it.now),
        _ => false,
    })
}

fn resembles(unknown: &Unknown, was: &Profile, issued: &Certificate) -> Diagnostic {
    let fault = Diagnostic::new(fault::Issued::Resembles {
        number: issued.number.clone(),
        was: was.text(),
        now: unknown.profile.text(),
        changed: match unknown.source {
            Some((.., true)) => unknown.profile.changed(was),
            // What is about many has nothing that can be typed anew.
            _ => Vec::new(),
        },
        row: unknown.source.as_ref().map(|(_, row, _)| row.clone()),
    });
    match &unknown.source {
        Some((cell, row, true)) => fault.at_cell(cell).for_row(row),
        Some((cell, _, false)) => fault.at_cell(cell),
        None => fault,
    }
}

/// What a person would know somebody by.
pub(super) struct Profile {
    kind: String,
    /// The field by which it goes: the organization, or else the members.
    named_by: Field,
    organization: String,
    project: String,
    member: String,
}

impl Profile {
    pub(super) fn new(one: &Numbered<'_>) -> Self {
        let entrant = one.only();
        let shared = || one.identity.clone();
        Self {
            kind: one.kind.name.clone(),
            named_by: entrant.map_or(Field::Organization, Entrant::named_by),
            organization: entrant.map_or_else(shared, |it| it.name().into_owned()),
            project: entrant.map(|it| it.project.clone()).unwrap_or_default(),
            member: one.member().unwrap_or_default().to_owned(),
        }
    }

    /// As the sheet had it; what is about many is known by what they share.
    fn of(issued: &Certificate) -> Self {
        let copy = issued.current();
        let holder = copy.holder.clone();
        let shared = || copy.subject.clone();
        Self {
            kind: issued.kind.clone(),
            named_by: Field::Organization,
            organization: holder.as_ref().map_or_else(shared, |it| it.name().into_owned()),
            project: holder.map(|it| it.project).unwrap_or_default(),
            member: copy.member.clone().unwrap_or_default(),
        }
    }

    fn text(&self) -> String {
        let parts = [&self.organization, &self.project, &self.member];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    /// 1 where one part that names somebody is the very same.
    fn likeness(&self, other: &Self) -> f64 {
        if self.kind != other.kind {
            return 0.0;
        }
        let same = |a: &str, b: &str| !a.is_empty() && a == b;
        if same(&self.member, &other.member)
            || same(&self.project, &other.project)
            || same(&self.organization, &other.organization)
        {
            return 1.0;
        }
        likeness(&self.text(), &other.text())
    }

    /// The field in which this differs from `before` and its value here, to be
    /// typed after `--set`.
    fn changed(&self, before: &Self) -> Vec<(&'static str, String)> {
        [
            (self.named_by.name(), &self.organization, &before.organization),
            (Field::Project.name(), &self.project, &before.project),
            (Fact::Member.name(), &self.member, &before.member),
        ]
        .into_iter()
        .filter(|(_, now, before)| now != before)
        .map(|(name, now, _)| (name, now.clone()))
        .collect()
    }
}
