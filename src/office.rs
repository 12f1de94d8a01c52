//! A contest's register and signing key as one: what is signed is recorded, and
//! what is recorded was signed.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::attest::key::Origin;
use crate::attest::{Key, PublicKey};
use crate::fault::{self, Diagnostics};
use crate::nearest::nearest;
use crate::package::{Finished, Listed, ManifestEntry};
use crate::plan::{Document, Person, Plan};
use crate::register::{Certificate, Ledger, LogEntry, Register, Reservation};
use crate::step::Step;

/// The register and the key of a contest folder, which nobody else can use
/// meanwhile.
pub(crate) struct Office {
    folder: PathBuf,
    register: Register,
    key: Key,
    origin: Origin,
    now: Timestamp,
}

impl Office {
    /// Opens the register and finds the key, or makes one for a folder that
    /// never had any; it is written with the first numbers.
    ///
    /// # Errors
    /// The register is in use or damaged, or the key is not its own.
    pub(crate) fn open(folder: &Path, now: Timestamp) -> Result<Self, Diagnostics> {
        let register = Register::open(folder)?;
        let (key, origin) = Key::of(folder, register.ledger().keys().last())?;
        Ok(Self { folder: folder.to_owned(), register, key, origin, now })
    }

    /// Makes sure, before the work, that its result could be recorded.
    ///
    /// # Errors
    /// It could not.
    pub(crate) fn refuse_unwritable(&self) -> Result<(), Diagnostics> {
        self.register.refuse_unwritable(self.now)
    }

    pub(crate) fn register(&self) -> &Register {
        &self.register
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        self.register.ledger()
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    /// Writes the key if it was made just now.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub(crate) fn keep_key(&mut self) -> Result<(), Diagnostics> {
        if self.origin == Origin::New {
            self.key.save(&self.folder)?;
            self.origin = Origin::Folder;
        }
        Ok(())
    }

    /// Gives a whole package its name: with the numbers of its plan issued, or as a
    /// draft, which has none. `reason` is why its certificates were made anew.
    ///
    /// A package is reserved, named, issued: a kill between any two of these leaves a
    /// register that knows every number which may be on paper.
    ///
    /// # Errors
    /// What could not be written. A package that could not get its name gives
    /// its numbers back; the numbers of one that has it stay reserved, and the
    /// next run records them.
    pub(crate) fn deliver(
        &mut self,
        plan: &Plan<'_>,
        mut package: Finished,
        reason: Option<&str>,
        progress: &mut impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<(PathBuf, Listed), Diagnostics> {
        if plan.key.is_none() {
            let _ = progress(Step::Packed);
            let published = package.publish()?;
            let _ = progress(Step::Named);
            return Ok(published);
        }
        self.keep_key()?;
        let _ = progress(Step::Packed);
        self.reserve(plan, package.listed(), reason)?;
        let _ = progress(Step::Reserved);
        match package.publish() {
            Ok((place, mut listed)) => {
                let _ = progress(Step::Named);
                if let Err(faults) = self.record_issued(&mut listed) {
                    let kind =
                        fault::Register::NotRecorded { package: place.display().to_string() };
                    let mut told = Diagnostics::from(kind);
                    told.extend(faults);
                    return Err(told);
                }
                let _ = progress(Step::Issued);
                Ok((place, listed))
            }
            Err(faults) => {
                self.register.release(self.now)?;
                Err(faults)
            }
        }
    }

    /// Sets the numbers aside of which the register does not know these very copies,
    /// and those of which it is to know more than is printed.
    fn reserve(
        &mut self,
        plan: &Plan<'_>,
        listed: &mut Listed,
        reason: Option<&str>,
    ) -> Result<(), Diagnostics> {
        let unprinted = plan.changes.iter().filter(|change| !change.printed);
        let unprinted: HashSet<&str> = unprinted.map(|change| change.number.as_str()).collect();
        let mut documents = plan.documents.iter();
        let copies = listed.entries()?.filter_map(|entry| {
            // Volumes stand behind the documents, and have no numbers.
            let document = documents.next()?;
            entry.map(|entry| reservation(plan, document, entry, reason)).transpose()
        });
        let is_more = |copy: &Reservation| unprinted.contains(copy.number.as_str());
        self.register.reserve(&self.key, copies, is_more, self.now)
    }

    fn record_issued(&mut self, listed: &mut Listed) -> Result<(), Diagnostics> {
        let numbers = listed.entries()?.filter_map(|entry| entry.map(|it| it.number).transpose());
        self.register.issue(numbers, self.now)
    }
}

/// What the register is to know of a document, if it is a certificate.
fn reservation(
    plan: &Plan<'_>,
    document: &Document,
    entry: ManifestEntry,
    reason: Option<&str>,
) -> Option<Reservation> {
    let certificate = document.certificate.as_ref()?;
    let entrant = plan.only(document).map(|entrant| {
        serde_json::to_string(entrant).expect("an entrant has no key that is not text")
    });
    Some(Reservation {
        number: certificate.number.clone(),
        revision: certificate.revision,
        kind: entry.kind,
        subject: certificate.subject.clone(),
        member: document.member.as_ref().map(Person::key),
        series: certificate.series.clone(),
        seq: certificate.seq,
        entrant,
        statement: entry.statement?,
        fingerprint: entry.fingerprint,
        sha256: entry.sha256,
        reason: reason.map(str::to_owned),
    })
}

/// Declares a number no longer valid.
///
/// # Errors
/// There is no such number, it is revoked already, or the register cannot be
/// written.
pub fn revoke(
    folder: &Path,
    number: &str,
    reason: &str,
    now: Timestamp,
) -> Result<(), Diagnostics> {
    let mut register = Register::open(folder)?;
    if let Some(reason) = find(register.ledger(), number)?.revoked.clone() {
        return Err(fault::Issued::NumberRevoked { number: number.to_owned(), reason }.into());
    }
    register.revoke(number, reason, now)
}

/// Declares a revoked number valid again.
///
/// # Errors
/// There is no such number, it is valid, or the register cannot be written.
pub fn reinstate(
    folder: &Path,
    number: &str,
    reason: &str,
    now: Timestamp,
) -> Result<(), Diagnostics> {
    let mut register = Register::open(folder)?;
    if find(register.ledger(), number)?.revoked.is_none() {
        return Err(fault::Issued::NumberValid { number: number.to_owned() }.into());
    }
    register.reinstate(number, reason, now)
}

/// Has another key sign from here on: the one that lies in the folder, or a new
/// one if there is none. Returns its public key.
///
/// # Errors
/// The key signs already, or it or the register cannot be written.
pub fn adopt_key(folder: &Path, reason: &str, now: Timestamp) -> Result<PublicKey, Diagnostics> {
    let mut register = Register::open(folder)?;
    let key = match Key::load(folder)? {
        Some(key) if register.ledger().keys().last() == Some(&key.public()) => {
            return Err(fault::Register::KeyKnown.into());
        }
        Some(key) => key,
        None => {
            let key = Key::generate();
            key.save(folder)?;
            key
        }
    };
    register.adopt(&key, reason, now)?;
    Ok(key.public())
}

/// A certificate, and what was recorded of its number, from the first.
#[derive(Debug)]
pub struct History {
    /// The certificate.
    pub certificate: Certificate,
    /// Every entry of its number.
    pub entries: Vec<LogEntry>,
}

/// What became of a number since it was first set aside.
///
/// # Errors
/// There is no such number, or the register cannot be read.
pub fn history(folder: &Path, number: &str) -> Result<History, Diagnostics> {
    let register = Register::open(folder)?;
    let certificate = find(register.ledger(), number)?.clone();
    let entries = register.entries_of(number)?;
    Ok(History { certificate, entries })
}

/// The certificate of a number.
///
/// # Errors
/// There is none.
pub(crate) fn find<'a>(ledger: &'a Ledger, number: &str) -> Result<&'a Certificate, Diagnostics> {
    let Some(certificate) = ledger.get(number) else {
        let known = ledger.certificates().iter().map(|it| it.number.as_str());
        let nearest = nearest(number, known).map(str::to_owned);
        return Err(fault::Register::UnknownNumber { number: number.to_owned(), nearest }.into());
    };
    Ok(certificate)
}
