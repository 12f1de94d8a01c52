//! A contest's register and signing key as one: what is signed is recorded, and
//! what is recorded was signed.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::attest::key::Origin;
use crate::attest::{Key, PublicKey};
use crate::fault::{self, Diagnostics};
use crate::nearest::nearest;
use crate::package::{Finished, ManifestEntry};
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

    /// Gives a whole package its name: with its numbers issued, or as a draft,
    /// which has none.
    ///
    /// # Errors
    /// As [`issue`](Self::issue).
    pub(crate) fn deliver(
        &mut self,
        copies: Option<Vec<Reservation>>,
        package: Finished,
        progress: &mut impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<(PathBuf, Vec<ManifestEntry>), Diagnostics> {
        let Some(copies) = copies else {
            let _ = progress(Step::Packed);
            let published = package.publish()?;
            let _ = progress(Step::Named);
            return Ok(published);
        };
        self.issue(copies, package, progress)
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

    /// Reserves, names, issues: a kill between any two of these leaves a
    /// register that knows every number which may be on paper.
    ///
    /// # Errors
    /// What could not be written. A package that could not get its name gives
    /// its numbers back; the numbers of one that has it stay reserved, and the
    /// next run records them.
    pub(crate) fn issue(
        &mut self,
        copies: Vec<Reservation>,
        package: Finished,
        progress: &mut impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<(PathBuf, Vec<ManifestEntry>), Diagnostics> {
        self.keep_key()?;
        let _ = progress(Step::Packed);
        let numbers: Vec<String> = copies.iter().map(|copy| copy.number.clone()).collect();
        self.register.reserve(&self.key, copies, self.now)?;
        let _ = progress(Step::Reserved);
        match package.publish() {
            Ok((place, entries)) => {
                let _ = progress(Step::Named);
                let numbers = entries.iter().filter_map(|entry| entry.number.as_deref());
                if let Err(faults) = self.register.issue(numbers, self.now) {
                    let kind =
                        fault::Register::NotRecorded { package: place.display().to_string() };
                    let mut told = Diagnostics::from(kind);
                    told.extend(faults);
                    return Err(told);
                }
                let _ = progress(Step::Issued);
                Ok((place, entries))
            }
            Err(faults) => {
                self.register.release(numbers.iter().map(String::as_str), self.now)?;
                Err(faults)
            }
        }
    }
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
