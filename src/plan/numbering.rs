//! Who gets which number. Whoever has one keeps it, whatever has become of the
//! sheet's order, rows and columns; whoever is new gets the next in the
//! roster's order. What might be either is asked about, never guessed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Subject;
use super::filler::{Filler, of_contest};
use super::holders::{self, Found};
use crate::attest::Statement;
use crate::cell::CellRef;
use crate::contest::pattern::{Pattern, Placeholder, Segment};
use crate::contest::{Contest, DocumentKind, Printed};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::fact::{Difference, Fact};
use crate::field::Field;
use crate::nearest::likeness;
use crate::register::{Certificate, Ledger};
use crate::roster::{Entrant, Roster};

/// Entrants this much alike may be one and the same.
const ALIKE: f64 = 0.6;

/// More pairs of entrants than this are not compared one by one: so many do
/// not change in a contest.
const COMPARED: usize = 100_000;

/// What the plan goes on from.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// What was issued before.
    pub ledger: &'a Ledger,
    /// What may differ from it now.
    pub mode: Mode<'a>,
}

/// Fewer people than this may all be replaced in one contest.
const FEW: usize = 10;

/// What may differ from what was issued.
#[derive(Debug, Clone, Copy)]
pub enum Mode<'a> {
    /// Nothing: what was issued stays as it is, and who is new gets a number.
    Issue {
        /// The rows that the clerk has declared to be new winners.
        new: &'a [CellRef],
    },
    /// Nothing, as in an issue; what has changed is told of each, for it is to
    /// be corrected.
    Compare,
    /// Any fact: what has changed gets the next revision of its number, and
    /// who is new gets none.
    Correct {
        /// Who is known under another name.
        renamed: &'a Renamed,
    },
}

/// Who is known to the register under another name.
#[derive(Debug, Clone, Default)]
pub struct Renamed {
    /// An entrant's identity → the registered one.
    pub entrants: BTreeMap<String, String>,
    /// An entrant's identity and member → the registered member.
    pub members: BTreeMap<(String, String), String>,
}

/// What has become of a certificate that is to be corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its number.
    pub number: String,
    /// Every fact in which it differs from what was issued.
    pub differences: Vec<Difference>,
}

/// A number that a document gets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Number {
    pub number: String,
    pub revision: u32,
    pub series: String,
    pub seq: u32,
}

/// The number of each document wanted; `None` where its kind has none.
pub(super) fn assign(
    contest: &Contest,
    roster: &Roster,
    wanted: &[(usize, Subject)],
    past: Past<'_>,
    faults: &mut Diagnostics,
) -> (Vec<Option<Number>>, Vec<Change>) {
    let numbered: Vec<Option<Numbered<'_>>> = wanted
        .par_iter()
        .map(|(kind, subject)| {
            let kind = &contest.documents[*kind];
            let filler = Filler { contest, roster, subject };
            let pattern = kind.number.as_ref()?;
            let (series, identity) = (series(pattern, &filler), filler.identity(kind));
            let mut one = Numbered { kind, pattern, filler, series, identity, key: None };
            one.key = one.only().map(Entrant::key).filter(|key| *key != one.identity);
            Some(one)
        })
        .collect();
    let found = holders::holders(&numbered, past, faults);
    let mut changes = Vec::new();
    let mut assigning = Assigning {
        contest,
        past,
        changes: &mut changes,
        met: HashSet::new(),
        held_rows: roster.held.len(),
        series: BTreeSet::new(),
        unknown: Vec::new(),
        of_contest: Vec::new(),
        of_pattern: BTreeMap::new(),
        faults,
    };
    // Known ones first: what is left over on both sides may belong together.
    let known: Vec<Option<Number>> = numbered
        .iter()
        .zip(found)
        .map(|(one, found)| match found {
            Found::Held(issued) => assigning.known(one.as_ref()?, issued),
            Found::Nothing => {
                assigning.unknown(one.as_ref()?);
                None
            }
            Found::Refused => None,
        })
        .collect();
    assigning.compare();
    let mut last = past.ledger.last_sequences();
    let numbers = numbered
        .into_iter()
        .zip(known)
        .map(|(one, known)| {
            let Numbered { kind, pattern, filler, series, .. } = one?;
            Some(known.unwrap_or_else(|| {
                let seq = last.entry(series.clone()).or_default();
                *seq += 1;
                let number = fill(pattern, &filler, *seq);
                // Another pattern may have made the same number before.
                if past.ledger.get(&number).is_some() {
                    let twice = Kind::NumberTwice { number: number.clone() };
                    faults.push(Diagnostic::new(twice).at(kind.place.clone()));
                }
                Number { number, revision: 1, series, seq: *seq }
            }))
        })
        .collect();
    (numbers, changes)
}

/// A document whose kind has numbers.
pub(super) struct Numbered<'a> {
    pub kind: &'a DocumentKind,
    pub filler: Filler<'a>,
    /// What tells its subject from every other of its kind.
    pub identity: String,
    /// By which names the register may know its entrant, if not by that.
    pub key: Option<String>,
    pattern: &'a Pattern,
    series: String,
}

impl<'a> Numbered<'a> {
    /// The one entrant it is about; `None` if it lists many.
    pub(super) fn only(&self) -> Option<&'a Entrant> {
        self.filler.entrant().filter(|_| !super::lists_many(self.kind.each))
    }

    /// The member it is about.
    pub(super) fn member(&self) -> Option<&'a str> {
        self.filler.subject.member.as_deref()
    }

    /// Whether its number could change only with `contest.toml` while nothing
    /// that it states of the entrant does.
    fn is_numbered_by_what_it_states(&self) -> bool {
        self.pattern.0.iter().all(|segment| match segment {
            Segment::Placeholder(Placeholder::Field(field)) => self.states(*field),
            Segment::Placeholder(Placeholder::GroupCode) => self.states(Field::Group),
            Segment::Placeholder(Placeholder::AwardRank) => self.states(Field::Award),
            _ => true,
        })
    }

    fn states(&self, field: Field) -> bool {
        self.kind.prove.contains(&Printed::Field(field))
    }
}

struct Assigning<'a> {
    contest: &'a Contest,
    past: Past<'a>,
    changes: &'a mut Vec<Change>,
    /// Numbers whose holder is in the roster.
    met: HashSet<&'a str>,
    /// How many rows are held: who is missing may stand in one of them.
    held_rows: usize,
    /// Every series that the roster touches.
    series: BTreeSet<String>,
    unknown: Vec<Unknown>,
    /// What certificates state of the contest and `contest.toml` does not, and
    /// how many do.
    of_contest: Vec<(Vec<Difference>, usize)>,
    /// The kinds whose pattern makes other numbers now: a number and what its
    /// series would be, and how many there are.
    of_pattern: BTreeMap<&'a str, (String, String, usize)>,
    faults: &'a mut Diagnostics,
}

/// Somebody whom the register does not know.
struct Unknown {
    profile: Profile,
    /// The cell that names it, its row, and whether the row is about it alone.
    source: Option<(CellRef, CellRef, bool)>,
}

impl<'a> Assigning<'a> {
    fn unknown(&mut self, one: &Numbered<'_>) {
        self.series.insert(one.series.clone());
        let entrants = &one.filler.subject.entrants;
        let mut rows = entrants.iter().map(|&index| &one.filler.roster.entrants[index].source);
        if rows.any(|row| self.declared_new(row)) {
            return;
        }
        let entrant = one.filler.entrant();
        let alone = one.only().is_some();
        let cell = |it: &Entrant| (it.cell(Field::Project).clone(), it.source.clone(), alone);
        let profile = Profile::new(one);
        self.unknown.push(Unknown { profile, source: entrant.map(cell) });
    }

    /// The number that a document has already; every way in which it no longer
    /// fits is recorded.
    fn known(&mut self, one: &Numbered<'a>, issued: &'a Certificate) -> Option<Number> {
        self.series.insert(one.series.clone());
        let other_series = issued.series != one.series;
        if issued.revoked.is_some() && other_series {
            // The award was corrected and its former number revoked.
            return None;
        }
        self.met.insert(&issued.number);
        let mut number = Number {
            number: issued.number.clone(),
            revision: issued.current().revision,
            series: issued.series.clone(),
            seq: issued.seq,
        };
        let now = one.filler.statement(one.kind, &number);
        let (of_contest, differences): (Vec<_>, Vec<_>) = issued
            .statement()
            .differences(&now)
            .into_iter()
            .partition(|difference| OF_CONTEST.contains(&difference.fact));
        let only_issue = matches!(self.past.mode, Mode::Issue { .. });
        if only_issue && !of_contest.is_empty() && issued.revoked.is_none() {
            let another = is_anothers(&of_contest);
            self.of_contest(of_contest, 1);
            if another {
                return Some(number);
            }
        } else if let Mode::Correct { .. } = self.past.mode
            && issued.revoked.is_none()
            && !other_series
        {
            self.correct(&mut number, issued, [of_contest, differences].concat());
            return Some(number);
        }
        let held = issued.number.clone();
        if let Some(reason) = &issued.revoked {
            let kind = Kind::NumberRevoked { number: held, reason: reason.clone() };
            self.fault(kind, one, Field::Project);
        } else if other_series && differences.is_empty() && one.is_numbered_by_what_it_states() {
            let series = one.series.clone();
            self.of_pattern.entry(&one.kind.name).or_insert((held, series, 0)).2 += 1;
        } else if other_series {
            let now = one.filler.entrant();
            let now = now.map(|it| format!("{}{}", it.group, it.award)).unwrap_or_default();
            self.fault(Kind::OtherSeries { number: held, now }, one, Field::Award);
        } else {
            for difference in differences {
                let field = match difference.fact {
                    Fact::Field(field) => field,
                    Fact::Member => Field::Members,
                    _ => Field::Project,
                };
                self.fault(Kind::FactChanged { number: held.clone(), difference }, one, field);
            }
        }
        Some(number)
    }

    fn fault(&mut self, kind: Kind, one: &Numbered<'_>, field: Field) {
        let fault = Diagnostic::new(kind);
        self.faults.push(match one.filler.entrant() {
            Some(entrant) => fault.at_cell(entrant.cell(field)).for_row(&entrant.source),
            None => fault,
        });
    }

    /// Gives a certificate that is to be corrected its next revision, if it
    /// differs.
    fn correct(&mut self, number: &mut Number, issued: &Certificate, differences: Vec<Difference>) {
        let (held, copy) = (issued.number.clone(), issued.current());
        if !differences.is_empty() {
            number.revision += 1;
            self.changes.push(Change { number: held, differences });
        } else if let Some(before) = issued.before_current().filter(|_| !copy.issued) {
            // A correction that was cut off is made again as it was.
            let mut differences = before.attestation.statement.differences(issued.statement());
            differences.retain(|difference| difference.fact != Fact::Revision);
            self.changes.push(Change { number: held, differences });
        }
    }

    fn of_contest(&mut self, differences: Vec<Difference>, numbers: usize) {
        match self.of_contest.iter_mut().find(|(known, _)| *known == differences) {
            Some((_, count)) => *count += numbers,
            None => self.of_contest.push((differences, numbers)),
        }
    }

    fn declared_new(&self, row: &CellRef) -> bool {
        let Mode::Issue { new } = self.past.mode else { return false };
        new.iter().any(|new| (&new.sheet, new.row) == (&row.sheet, row.row))
    }

    /// Tells in what the register and the sheet differ as a whole, and looks for
    /// people the register knows among those it does not.
    fn compare(&mut self) {
        for (kind, (number, series, numbers)) in std::mem::take(&mut self.of_pattern) {
            let place = self.contest.documents.iter().find(|it| it.name == kind);
            let kind = Kind::NumbersChanged { kind: kind.to_owned(), number, series, numbers };
            let fault = Diagnostic::new(kind);
            self.faults.push(match place {
                Some(kind) => fault.at(kind.place.clone()),
                None => fault,
            });
        }
        if matches!(self.past.mode, Mode::Correct { .. }) || self.is_of_another_contest() {
            return;
        }
        let missing: Vec<&Certificate> = self
            .past
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
        let other = Diagnostic::new(Kind::OtherRoster { missing: missing.len(), unknown: new });
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
            self.faults.push(Diagnostic::new(Kind::WinnersMissing { lost, held: self.held_rows }));
        }
    }

    /// Whether what was issued here is another contest's, which is told, as is
    /// all else that certificates state of the contest.
    fn is_of_another_contest(&mut self) -> bool {
        if !matches!(self.past.mode, Mode::Issue { .. }) || self.series.is_empty() {
            return false;
        }
        if self.met.is_empty() {
            // Nobody is known: perhaps since all have other numbers by now.
            let valid = || {
                let certificates = self.past.ledger.certificates().iter();
                certificates.filter(|issued| issued.revoked.is_none())
            };
            let now = Statement::new(of_contest(self.contest));
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
            let kind = Kind::ContestChanged { numbers, differences, another: these };
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
const OF_CONTEST: [Fact; 3] = [Fact::Contest, Fact::Issuer, Fact::Date];

/// Whether what differs makes it likely that it is another contest, perhaps the
/// next year's, and no correction of the same.
fn is_anothers(differences: &[Difference]) -> bool {
    let year = |date: &str| date.split('-').next().map(str::to_owned);
    differences.iter().any(|it| match it.fact {
        Fact::Contest => true,
        Fact::Date => year(&it.was) != year(&it.now),
        _ => false,
    })
}

fn resembles(unknown: &Unknown, was: &Profile, issued: &Certificate) -> Diagnostic {
    let fault = Diagnostic::new(Kind::Resembles {
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
struct Profile {
    kind: String,
    organization: String,
    project: String,
    member: String,
}

impl Profile {
    fn new(one: &Numbered<'_>) -> Self {
        let entrant = one.only();
        let shared = || one.identity.clone();
        Self {
            kind: one.kind.name.clone(),
            organization: entrant.map_or_else(shared, |it| it.organization.clone()),
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
            organization: holder.as_ref().map_or_else(shared, |it| it.organization.clone()),
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
            (Field::Organization.name(), &self.organization, &before.organization),
            (Field::Project.name(), &self.project, &before.project),
            (Fact::Member.name(), &self.member, &before.member),
        ]
        .into_iter()
        .filter(|(_, now, before)| now != before)
        .map(|(name, now, _)| (name, now.clone()))
        .collect()
    }
}

/// The number with its sequence left out: what shares it counts on together.
fn series(pattern: &Pattern, filler: &Filler<'_>) -> String {
    pattern.fill(|placeholder| match placeholder {
        Placeholder::Seq { .. } => "{seq}".to_owned(),
        other => filler.text(other),
    })
}

fn fill(pattern: &Pattern, filler: &Filler<'_>, seq: u32) -> String {
    const CHECK: char = '\0';
    let filled = pattern.fill(|placeholder| match placeholder {
        Placeholder::Seq { width } => format!("{seq:0width$}"),
        Placeholder::Check => CHECK.to_string(),
        other => filler.text(other),
    });
    let mut number = String::new();
    for character in filled.chars() {
        let character = if character == CHECK { check_character(&number) } else { character };
        number.push(character);
    }
    number
}

/// The check character of the letters and digits in `text`, by the hybrid
/// system MOD 37,36 of GB/T 17710-2008 (ISO/IEC 7064): it catches every single
/// wrong character and every swap of neighbours but A0/0A-like rarities.
fn check_character(text: &str) -> char {
    let values = text.chars().filter_map(|c| c.to_ascii_uppercase().to_digit(36));
    let mut product = 36;
    for value in values {
        let sum = (product + value) % 36;
        product = if sum == 0 { 36 } else { sum } * 2 % 37;
    }
    let check = (37 - product) % 36;
    char::from_digit(check, 36).unwrap_or_default().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_is_the_standards_own() {
        // The example of ISO/IEC 7064 for MOD 37,36.
        assert_eq!(check_character("A12425GABC1234002"), 'M');
    }

    #[test]
    fn any_one_wrong_character_is_caught() {
        let right = "JZCK2026QY1001";
        let check = check_character(right);
        for at in 0..right.len() {
            for other in ('0'..='9').chain('A'..='Z') {
                let mut wrong: Vec<char> = right.chars().collect();
                if wrong[at] != other {
                    wrong[at] = other;
                    let wrong: String = wrong.into_iter().collect();
                    assert_ne!(check_character(&wrong), check, "{wrong}");
                }
            }
        }
    }
}
