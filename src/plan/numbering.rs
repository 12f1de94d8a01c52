//! Who gets which number. Whoever has one keeps it, whatever has become of the
//! sheet's order, rows and columns; whoever is new gets the next in the
//! roster's order. What might be either is asked about, never guessed.

use rayon::prelude::*;

use super::another::{AsAWhole, OF_CONTEST, is_anothers};
use super::continuation::{Change, Continuation, Mode};
use super::filler::{Filler, Number};
use super::holders::{self, Match};
use super::numbered::{Numbered, series};
use super::past::{Past, names_of};
use super::profile::identity_differences;
use super::strangers::{Strangers, has_lost};
use super::subject::{Person, Subject};
use crate::contest::pattern::{Pattern, Placeholder};
use crate::contest::{Contest, DocumentKind, Each};
use crate::fact::{Difference, Fact};
use crate::fault::{self, Diagnostic, Diagnostics, Kind};
use crate::field::Field;
use crate::register::Certificate;
use crate::roster::Roster;

/// The number of each document wanted; `None` where its kind has none.
pub(super) fn assign(
    contest: &Contest,
    roster: &Roster,
    wanted: &[(usize, Subject)],
    continuation: Continuation<'_>,
    faults: &mut Diagnostics,
) -> (Vec<Option<Number>>, Vec<Change>) {
    let numbered: Vec<Option<Numbered<'_>>> = wanted
        .par_iter()
        .map(|(kind, subject)| {
            let kind = &contest.documents[*kind];
            let filler = Filler { contest, roster, subject };
            let pattern = kind.number.as_ref()?;
            let (series, identity) = (series(pattern, &filler), filler.identity(kind));
            let member = subject.member.as_ref().map(Person::key);
            let mut one = Numbered { kind, pattern, filler, series, identity, member, key: None };
            let key = one.only().map(|entrant| names_of(contest, entrant));
            one.key = key.filter(|key| *key != one.identity);
            Some(one)
        })
        .collect();
    faults.extend(
        wanted
            .iter()
            .filter_map(|(kind, subject)| namesakes(&contest.documents[*kind], roster, subject)),
    );
    let past = Past::new(contest, continuation);
    let (mut found, by_identifier) = holders::holders(&numbered, &past, faults);
    // What is left over on both sides may belong together.
    let strangers = Strangers::find(&numbered, &mut found, by_identifier, &past, faults);
    let mut changes = Vec::new();
    let as_a_whole = AsAWhole::default();
    let mut assigning = Assigning { past: &past, as_a_whole, changes: &mut changes, faults };
    let known: Vec<Option<Number>> = numbered
        .iter()
        .zip(&found)
        .map(|(one, found)| match found {
            Match::Held(issued) => assigning.known(one.as_ref()?, issued),
            _ => None,
        })
        .collect();
    let Assigning { as_a_whole, .. } = assigning;
    let is_anothers = as_a_whole.tell(&past, &strangers, faults);
    if !is_anothers && !matches!(past.mode, Mode::Correct { .. }) {
        strangers.tell(&numbered, &found, roster.held.len(), faults);
    }
    let mut last = continuation.ledger.last_sequences();
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
                if continuation.ledger.get(&number).is_some() {
                    let twice = fault::Documents::NumberTwice { number: number.clone() };
                    faults.push(Diagnostic::new(twice).at(kind.place.clone()));
                }
                Number { number, revision: 1, series, seq: *seq }
            }))
        })
        .collect();
    (numbers, changes)
}

/// Two people of one name in one field: perhaps one was typed twice.
fn namesakes(kind: &DocumentKind, roster: &Roster, subject: &Subject) -> Option<Diagnostic> {
    let person = subject.member.as_ref().filter(|person| person.nth == 2)?;
    let (Each::Name(field), [index]) = (kind.each, subject.entrants.as_slice()) else {
        return None;
    };
    let entrant = &roster.entrants[*index];
    let names = (1..).zip(entrant.texts(field));
    let positions = names.filter(|(_, name)| *name == person.name).map(|(at, _)| at).collect();
    let kind = fault::Issued::SameMember { name: person.name.clone(), positions };
    Some(Diagnostic::new(kind).at_cell(entrant.cell(field)).for_row(&entrant.source))
}

struct Assigning<'a, 'f> {
    past: &'f Past<'a>,
    as_a_whole: AsAWhole<'a>,
    changes: &'f mut Vec<Change>,
    faults: &'f mut Diagnostics,
}

impl<'a> Assigning<'a, '_> {
    /// The number that a document has already; every way in which it no longer
    /// fits is recorded.
    fn known(&mut self, one: &Numbered<'a>, issued: &'a Certificate) -> Option<Number> {
        let other_series = issued.series != one.series;
        if has_lost(one, issued) {
            return None;
        }
        let mut number = Number {
            number: issued.number.clone(),
            revision: issued.current().revision,
            series: issued.series.clone(),
            seq: issued.seq,
        };
        let now = one.filler.statement(one.kind, (&number.number, number.revision));
        let (of_contest, differences): (Vec<_>, Vec<_>) = issued
            .statement()
            .differences(&now)
            .into_iter()
            .partition(|difference| OF_CONTEST.contains(&difference.fact));
        let only_issue = matches!(self.past.mode, Mode::Issue { .. });
        if only_issue && !of_contest.is_empty() && issued.revoked.is_none() {
            let another = is_anothers(&of_contest);
            self.as_a_whole.of_contest(of_contest, 1);
            if another {
                return Some(number);
            }
        } else if let Mode::Correct { .. } = self.past.mode
            && issued.revoked.is_none()
            && !other_series
        {
            self.correct(&mut number, one, issued, [of_contest, differences].concat());
            return Some(number);
        }
        let held = issued.number.clone();
        if let Some(reason) = &issued.revoked {
            let kind = fault::Issued::NumberRevoked { number: held, reason: reason.clone() };
            self.fault(kind, one, Field::Project);
        } else if other_series && differences.is_empty() && one.is_numbered_by_what_it_states() {
            let series = one.series.clone();
            self.as_a_whole.of_pattern.entry(&one.kind.name).or_insert((held, series, 0)).2 += 1;
        } else if other_series {
            let now = one.filler.entrant();
            let now = now.map(|it| format!("{}{}", it.group, it.award)).unwrap_or_default();
            self.fault(fault::Issued::OtherSeries { number: held, now }, one, Field::Award);
        } else {
            for difference in differences {
                let field = match difference.fact {
                    Fact::Field(field) => field,
                    Fact::Member => one.kind.each.people().unwrap_or(Field::Members),
                    _ => Field::Project,
                };
                self.fault(
                    fault::Issued::FactChanged { number: held.clone(), difference },
                    one,
                    field,
                );
            }
        }
        Some(number)
    }

    fn fault(&mut self, kind: impl Into<Kind>, one: &Numbered<'_>, field: Field) {
        let fault = Diagnostic::new(kind);
        self.faults.push(match one.filler.entrant() {
            Some(entrant) => fault.at_cell(entrant.cell(field)).for_row(&entrant.source),
            None => fault,
        });
    }

    /// Gives a certificate that is to be corrected its next revision, if it
    /// differs.
    fn correct(
        &mut self,
        number: &mut Number,
        one: &Numbered<'_>,
        issued: &Certificate,
        differences: Vec<Difference>,
    ) {
        let (held, copy) = (issued.number.clone(), issued.current());
        let ledger = self.past.ledger;
        let is_known = |one: &Numbered<'_>| {
            ledger.first_identity(&one.identity) == ledger.first_identity(&copy.subject)
                || self.past.known(one).is_some_and(|known| known.number == issued.number)
        };
        if !differences.is_empty() {
            number.revision += 1;
            self.changes.push(Change { number: held, differences, printed: true });
        } else if let Some(before) = issued.before_current().filter(|_| !copy.issued) {
            // A correction that was cut off is made again as it was.
            let mut differences = before.attestation.statement.differences(issued.statement());
            differences.retain(|difference| difference.fact != Fact::Revision);
            self.changes.push(Change { number: held, differences, printed: true });
        } else if !is_known(one) {
            let differences = identity_differences(one, issued);
            self.changes.push(Change { number: held, differences, printed: false });
        }
    }
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
