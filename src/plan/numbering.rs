//! Who gets which number. Whoever has one keeps it, whatever has become of the
//! sheet's order, rows and columns; whoever is new gets the next in the
//! roster's order. What might be either is asked about, never guessed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::{Filler, Subject};
use crate::cell::CellRef;
use crate::contest::pattern::{Pattern, Placeholder};
use crate::contest::{Contest, DocumentKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::fact::{Difference, Fact};
use crate::field::Field;
use crate::intake::{Entrant, Roster};
use crate::nearest::likeness;
use crate::register::{Certificate, Ledger};

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

/// What may differ from what was issued.
#[derive(Debug, Clone, Copy)]
pub enum Mode<'a> {
    /// Nothing: what was issued stays as it is, and who is new gets a number.
    Issue {
        /// The rows that the clerk has declared to be new winners.
        new: &'a [CellRef],
    },
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
    let mut changes = Vec::new();
    let mut assigning = Assigning {
        past,
        changes: &mut changes,
        met: HashSet::new(),
        series: BTreeSet::new(),
        unknown: Vec::new(),
        faults,
    };
    // Known ones first: what is left over on both sides may belong together.
    let numbered: Vec<Option<Numbered<'_>>> = wanted
        .iter()
        .map(|(kind, subject)| {
            let kind = &contest.documents[*kind];
            let filler = Filler { contest, roster, subject };
            let pattern = kind.number.as_ref()?;
            let series = series(pattern, &filler);
            let known = assigning.known(kind, &filler, &series);
            Some(Numbered { pattern, filler, series, known })
        })
        .collect();
    if let Mode::Issue { .. } = past.mode {
        assigning.compare();
    }
    let mut last = past.ledger.last_sequences();
    let numbers = numbered
        .into_iter()
        .map(|numbered| {
            let Numbered { pattern, filler, series, known } = numbered?;
            Some(known.unwrap_or_else(|| {
                let seq = last.entry(series.clone()).or_default();
                *seq += 1;
                let number = fill(pattern, &filler, *seq);
                // Another pattern may have made the same number before.
                if past.ledger.get(&number).is_some() {
                    let kind = Kind::NumberTwice { number: number.clone() };
                    assigning.faults.push(Diagnostic::new(kind));
                }
                Number { number, revision: 1, series, seq: *seq }
            }))
        })
        .collect();
    (numbers, changes)
}

struct Numbered<'a> {
    pattern: &'a Pattern,
    filler: Filler<'a>,
    series: String,
    known: Option<Number>,
}

struct Assigning<'a> {
    past: Past<'a>,
    changes: &'a mut Vec<Change>,
    /// Numbers whose holder is in the roster.
    met: HashSet<&'a str>,
    /// Every series that the roster touches.
    series: BTreeSet<String>,
    unknown: Vec<Unknown>,
    faults: &'a mut Diagnostics,
}

/// Somebody whom the register does not know.
struct Unknown {
    profile: Profile,
    source: Option<(CellRef, CellRef)>,
}

impl<'a> Assigning<'a> {
    /// The number that a subject has already; every way in which it no longer
    /// fits is recorded.
    fn known(&mut self, kind: &DocumentKind, filler: &Filler<'_>, series: &str) -> Option<Number> {
        self.series.insert(series.to_owned());
        let entrant = filler.entrant();
        let member = filler.subject.member.as_deref();
        let Some(issued) = self.issued(kind, filler) else {
            let entrant = entrant.filter(|_| !super::lists_many(kind.each));
            let source = entrant.map(|it| (it.cell(Field::Project).clone(), it.source.clone()));
            if source.as_ref().is_none_or(|(_, row)| !self.declared_new(row)) {
                let profile = Profile::new(kind, entrant, member);
                self.unknown.push(Unknown { profile, source });
            }
            return None;
        };
        if issued.revoked.is_some() && issued.series != series {
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
        let mut fault = |kind, field| {
            let fault = Diagnostic::new(kind);
            self.faults.push(match entrant {
                Some(entrant) => fault.at_cell(entrant.cell(field)).for_row(&entrant.source),
                None => fault,
            });
        };
        let held = issued.number.clone();
        if let Some(reason) = &issued.revoked {
            fault(Kind::NumberRevoked { number: held, reason: reason.clone() }, Field::Project);
        } else if issued.series != series {
            let now = entrant.map(|it| format!("{}{}", it.group, it.award)).unwrap_or_default();
            fault(Kind::OtherSeries { number: held, now }, Field::Award);
        } else {
            let differences = issued.statement().differences(&filler.statement(kind, &number));
            if let Mode::Correct { .. } = self.past.mode {
                let copy = issued.current();
                if !differences.is_empty() {
                    number.revision += 1;
                    self.changes.push(Change { number: held, differences });
                } else if let Some(before) = issued.before_current().filter(|_| !copy.issued) {
                    // A correction that was cut off is made again as it was.
                    let mut differences =
                        before.attestation.statement.differences(issued.statement());
                    differences.retain(|difference| difference.fact != Fact::Revision);
                    self.changes.push(Change { number: held, differences });
                }
                return Some(number);
            }
            for difference in differences {
                let field = match difference.fact {
                    Fact::Field(field) => field,
                    Fact::Member => Field::Members,
                    _ => Field::Project,
                };
                fault(Kind::FactChanged { number: held.clone(), difference }, field);
            }
        }
        Some(number)
    }

    /// The certificate that a subject has, under whatever name.
    fn issued(&self, kind: &DocumentKind, filler: &Filler<'_>) -> Option<&'a Certificate> {
        let ledger = self.past.ledger;
        let member = filler.subject.member.as_deref();
        let identity = filler.identity(kind);
        let find = |identity: &str, member| ledger.find(&kind.name, identity, member);
        if let Mode::Correct { renamed } = self.past.mode {
            let member = member.map(|now| {
                let renamed = renamed.members.get(&(identity.clone(), now.to_owned()));
                renamed.map_or(now, String::as_str)
            });
            let registered = renamed.entrants.get(&identity);
            return registered.and_then(|id| find(id, member)).or_else(|| find(&identity, member));
        }
        let single = filler.entrant().filter(|_| !super::lists_many(kind.each));
        find(&identity, member).or_else(|| find(&single?.key(), member))
    }

    fn declared_new(&self, row: &CellRef) -> bool {
        let Mode::Issue { new } = self.past.mode else { return false };
        new.iter().any(|new| (&new.sheet, new.row) == (&row.sheet, row.row))
    }

    /// Looks for people the register knows among those it does not.
    fn compare(&mut self) {
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
        let (gone, new) = (missing.len(), self.unknown.len());
        let other = Diagnostic::new(Kind::OtherRoster { missing: gone, unknown: new });
        if gone * new > COMPARED {
            self.faults.push(other);
            return;
        }
        let profiles: Vec<Profile> = missing.iter().map(|issued| Profile::of(issued)).collect();
        let mut asked = BTreeSet::new();
        for unknown in &self.unknown {
            let likeness = |index: &usize| profiles[*index].likeness(&unknown.profile);
            let best = (0..profiles.len()).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            let Some(best) = best.filter(|best| likeness(best) >= ALIKE) else { continue };
            asked.insert(best);
            let fault = Diagnostic::new(Kind::Resembles {
                number: missing[best].number.clone(),
                was: profiles[best].text(),
                now: unknown.profile.text(),
                changed: unknown.profile.changed(&profiles[best]),
                row: unknown.source.as_ref().map(|(_, row)| row.clone()),
            });
            self.faults.push(match &unknown.source {
                Some((cell, row)) => fault.at_cell(cell).for_row(row),
                None => fault,
            });
        }
        if new > 0 && self.met.is_empty() && asked.is_empty() {
            self.faults.push(other);
            return;
        }
        let lost: BTreeMap<String, String> = (0..missing.len())
            .filter(|index| !asked.contains(index) && missing[*index].revoked.is_none())
            .map(|index| (missing[index].number.clone(), profiles[index].text()))
            .collect();
        if !lost.is_empty() {
            let lost = lost.into_iter().collect();
            self.faults.push(Diagnostic::new(Kind::WinnersMissing { lost }));
        }
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
    fn new(kind: &DocumentKind, entrant: Option<&Entrant>, member: Option<&str>) -> Self {
        Self {
            kind: kind.name.clone(),
            organization: entrant.map(|it| it.organization.clone()).unwrap_or_default(),
            project: entrant.map(|it| it.project.clone()).unwrap_or_default(),
            member: member.unwrap_or_default().to_owned(),
        }
    }

    /// As the certificate states it, or else as its identity has it.
    fn of(issued: &Certificate) -> Self {
        let stated = |field| issued.statement().get(Fact::Field(field)).map(str::to_owned);
        let copy = issued.current();
        let mut parts = copy.subject.split('|').skip(1).map(str::to_owned);
        let (organization, project) = (parts.next(), parts.next());
        Self {
            kind: issued.kind.clone(),
            organization: stated(Field::Organization).or(organization).unwrap_or_default(),
            project: stated(Field::Project).or(project).unwrap_or_default(),
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
