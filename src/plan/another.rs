//! What certificates state of the contest, and whether what was issued in this
//! folder is another contest's.

use std::collections::BTreeMap;

use super::continuation::Mode;
use super::filler::of_contest;
use super::past::Past;
use super::strangers::Strangers;
use crate::attest::Statement;
use crate::fact::{Difference, Fact};
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::register::Certificate;

/// In what the certificates and `contest.toml` differ as a whole.
#[derive(Default)]
pub(super) struct AsAWhole<'a> {
    /// What certificates state of the contest and `contest.toml` does not, and
    /// how many do.
    of_contest: Vec<(Vec<Difference>, usize)>,
    /// The kinds whose pattern makes other numbers now: a number and what its
    /// series would be, and how many there are.
    pub of_pattern: BTreeMap<&'a str, (String, String, usize)>,
}

impl AsAWhole<'_> {
    pub(super) fn of_contest(&mut self, differences: Vec<Difference>, numbers: usize) {
        match self.of_contest.iter_mut().find(|(known, _)| *known == differences) {
            Some((_, count)) => *count += numbers,
            None => self.of_contest.push((differences, numbers)),
        }
    }

    /// Tells of it all, and returns whether what was issued is another contest's.
    pub(super) fn tell(
        self,
        past: &Past<'_>,
        strangers: &Strangers<'_>,
        faults: &mut Diagnostics,
    ) -> bool {
        let Self { mut of_contest, of_pattern } = self;
        for (kind, (number, series, numbers)) in of_pattern {
            let place = past.contest.documents.iter().find(|it| it.name == kind);
            let kind =
                fault::Issued::NumbersChanged { kind: kind.to_owned(), number, series, numbers };
            let fault = Diagnostic::new(kind);
            faults.push(match place {
                Some(kind) => fault.at(kind.place.clone()),
                None => fault,
            });
        }
        if !matches!(past.mode, Mode::Issue { .. }) || strangers.series.is_empty() {
            return false;
        }
        if strangers.met.is_empty() {
            // Nobody is known: perhaps since all have other numbers by now.
            of_contest.extend(of_nobody_known(past));
        }
        let mut another = false;
        for (differences, numbers) in of_contest {
            let place = differences.first().map(|first| past.contest.place_of(first.fact));
            let these = is_anothers(&differences);
            another |= these;
            let kind = fault::Issued::ContestChanged { numbers, differences, another: these };
            let fault = Diagnostic::new(kind);
            faults.push(match place {
                Some(place) => fault.at(place),
                None => fault,
            });
        }
        another
    }
}

/// What all valid certificates state of another contest, if they do.
fn of_nobody_known(past: &Past<'_>) -> Option<(Vec<Difference>, usize)> {
    let valid = || {
        let certificates = past.ledger.certificates().iter();
        certificates.filter(|issued| issued.revoked.is_none())
    };
    let now = Statement::new(past.contest.language.lang, of_contest(past.contest));
    let differences = |issued: &Certificate| {
        let mut differences = issued.statement().differences(&now);
        differences.retain(|difference| OF_CONTEST.contains(&difference.fact));
        differences
    };
    let last = valid().next_back()?;
    let all = valid().all(|issued| is_anothers(&differences(issued)));
    all.then(|| (differences(last), valid().count()))
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
