//! What should come of what the clerk does: who has which number, what a run
//! refuses, what the register holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use accolade::fact::Fact;
use accolade::fault::{self, Diagnostics, Kind, Severity};
use accolade::field::Field;
use accolade::folder::{Account, Reissued};
use accolade::package::ManifestEntry;
use accolade::register::Register;

use super::{Clerk, Held, Row, SERIES};
use crate::support::Package;

impl Clerk {
    pub(super) fn is_recognizable(&self, row: &Row) -> bool {
        self.held.get(&row.who).is_none_or(|held| {
            let alike = row.project == held.printed.project
                || row.organization == held.printed.organization;
            held.identities.contains(&row.identity()) || alike && !held.revoked
        })
    }

    /// Whether the register knows whom a row is about.
    pub(super) fn knows(&self, row: &Row) -> bool {
        self.held.get(&row.who).is_some_and(|held| held.identities.contains(&row.identity()))
    }

    /// Whose certificates in the sheet's series are valid and whom no row is
    /// about.
    pub(super) fn missing(&self) -> BTreeSet<&str> {
        let touched: BTreeSet<usize> = self.sheet.iter().map(|row| row.series).collect();
        let met: BTreeSet<usize> =
            self.sheet.iter().filter(|row| self.knows(row)).map(|row| row.who).collect();
        let held = self.held.iter().filter(|(who, held)| {
            !held.revoked && !met.contains(who) && touched.contains(&held.printed.series)
        });
        held.map(|(_, held)| held.number.as_str()).collect()
    }

    /// Code and number of everything that should stop a run.
    pub(super) fn refusals(&self) -> BTreeSet<(&'static str, String)> {
        let unknown = self.sheet.iter().any(|row| !self.knows(row));
        let nobody_known = !self.sheet.iter().any(|row| self.knows(row));
        if unknown && nobody_known && !self.missing().is_empty() {
            return BTreeSet::from([("other-roster", String::new())]);
        }
        let rows = self.sheet.iter().filter_map(|row| {
            let held = self.held.get(&row.who)?;
            let code = match self.knows(row) {
                true if held.revoked => "number-revoked",
                true if *row != held.printed => "fact-changed",
                false if !held.revoked => "resembles",
                _ => return None,
            };
            Some((code, held.number.clone()))
        });
        rows.collect()
    }

    /// The next number of its series for everybody in the sheet who has none.
    pub(super) fn give_numbers(&mut self) {
        for row in &self.sheet {
            self.held.entry(row.who).or_insert_with(|| {
                let given = &mut self.given[row.series];
                *given += 1;
                Held {
                    number: format!("{}{given:03}", SERIES[row.series].2),
                    revision: 1,
                    revoked: false,
                    printed: row.clone(),
                    identities: BTreeSet::from([row.identity()]),
                }
            });
        }
    }

    /// A reissue makes the next revision of these numbers and nothing else.
    pub(super) fn assert_reissued(&mut self, made_anew: &Reissued, numbers: &BTreeSet<String>) {
        let made: BTreeSet<_> = made(&made_anew.documents).into_iter().collect();
        let held = self.held.values().filter(|held| numbers.contains(&held.number));
        assert_eq!(made, held.map(|held| (held.number.clone(), held.revision)).collect());
        self.assert_bytes(&made_anew.package, &made_anew.documents);
        self.assert_the_register_agrees();
    }

    /// A certificate that is made again is the very same file; a revision is
    /// another.
    pub(super) fn assert_bytes(&mut self, package: &Path, documents: &[ManifestEntry]) {
        let mut package = Package::open(package);
        for document in documents {
            let (number, revision) = (document.number.clone().unwrap(), document.revision.unwrap());
            let bytes = package.read(&document.path);
            let before = self.pdfs.get(&(number.clone(), revision - 1));
            assert!(before != Some(&bytes), "{number} revision {revision} is the one before");
            let known = self.pdfs.entry((number.clone(), revision)).or_insert(bytes.clone());
            assert!(*known == bytes, "{number} revision {revision} has other bytes than it had");
        }
    }

    /// The register holds everybody's one number, revision and facts, and is
    /// sound.
    pub(super) fn assert_the_register_agrees(&self) {
        let register = Register::open(&self.folder.path("")).unwrap();
        register.prove().unwrap();
        let registered: BTreeMap<_, _> = register
            .ledger()
            .certificates()
            .iter()
            .map(|certificate| {
                let copies = certificate.copies.iter().map(|copy| copy.revision);
                assert!(copies.is_sorted(), "{}", certificate.number);
                let fact = |field| {
                    certificate.statement().get(Fact::Field(field)).unwrap_or_default().to_owned()
                };
                let facts = [Field::Project, Field::Organization, Field::Members].map(fact);
                let revoked = certificate.revoked.is_some();
                (certificate.number.clone(), (certificate.current().revision, revoked, facts))
            })
            .collect();
        let expected: BTreeMap<_, _> = self
            .held
            .values()
            .map(|Held { number, revision, revoked, printed, .. }| {
                let Row { project, organization, members, .. } = printed.clone();
                (number.clone(), (*revision, *revoked, [project, organization, members]))
            })
            .collect();
        assert_eq!(expected.len(), self.held.len(), "two have the same number");
        assert_eq!(registered, expected);
    }
}

/// Code and number of every error.
pub(super) fn refused(faults: &Diagnostics) -> BTreeSet<(&'static str, String)> {
    let errors = faults.iter().filter(|fault| fault.severity() == Severity::Error);
    errors
        .map(|fault| {
            let number = match &fault.kind {
                Kind::Issued(fault::Issued::FactChanged { number, .. })
                | Kind::Issued(fault::Issued::Resembles { number, .. })
                | Kind::Issued(fault::Issued::NumberRevoked { number, .. }) => number.clone(),
                _ => String::new(),
            };
            (fault.kind.code(), number)
        })
        .collect()
}

/// The numbers of those who a run noticed are not in the sheet any more.
pub(super) fn lost(account: &Account) -> Vec<String> {
    let lost = account.diagnostics.iter().filter_map(|noticed| match &noticed.kind {
        Kind::Issued(fault::Issued::WinnersMissing { lost, .. }) => {
            Some(lost.iter().map(|(number, _)| number.clone()))
        }
        _ => None,
    });
    lost.flatten().collect()
}

pub(super) fn made(documents: &[ManifestEntry]) -> Vec<(String, u32)> {
    let made = documents.iter();
    made.map(|entry| (entry.number.clone().unwrap(), entry.revision.unwrap())).collect()
}
