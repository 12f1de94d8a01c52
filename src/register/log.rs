//! The log, open for one piece of work, and what it amounts to.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, ErrorCode};

use super::ledger::{Copy, Ledger};
use super::record::{BEGINNING, Completed, Head, LogEntry, Record, Reservation, seconds};
use super::store::{self, APPLICATION, SCHEMA};
use crate::attest::{Attestation, Key};
use crate::fault::{self, Diagnostic, Diagnostics, Kind, Place};
use crate::roster::Entrant;

/// The register's name in the contest folder.
pub const FILE: &str = "register.db";

/// A clock may be this much behind the last entry, as clocks are corrected.
const DRIFT: SignedDuration = SignedDuration::from_mins(10);

/// The register of a contest folder, which no other process can use meanwhile.
pub struct Register {
    place: PathBuf,
    /// `None` until there is something to write.
    db: Option<Connection>,
    ledger: Ledger,
    head: Head,
}

/// What a register amounts to at a moment; others may use it meanwhile.
#[derive(Debug)]
pub struct Snapshot {
    /// What has been issued.
    pub ledger: Ledger,
    /// How many entries there are.
    pub entries: i64,
    /// The hash of the last, which stands for all before it.
    pub head: String,
}

impl Snapshot {
    /// Reads the contest folder's register and lets go of it.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub fn read(folder: &Path) -> Result<Self, Diagnostics> {
        Register::open(folder).map(Register::snapshot)
    }
}

impl Register {
    /// Opens the contest folder's register. One that is not there yet is empty
    /// and comes into being with the first entry.
    ///
    /// # Errors
    /// Another process uses it, it is damaged, or a newer version of
    /// the program has written it.
    pub fn open(folder: &Path) -> Result<Self, Diagnostics> {
        let place = folder.join(FILE);
        let head = Head { serial: 0, time: None, hash: BEGINNING.into() };
        let mut register = Self { place, db: None, ledger: Ledger::default(), head };
        if register.place.exists() {
            let db = register.explain(|register| store::connect(&register.place))?;
            register.refuse_other_databases(&db)?;
            if store::tables(&db) {
                register.fold(&db)?;
            }
            register.db = Some(db);
        }
        Ok(register)
    }

    /// What it amounts to now.
    fn snapshot(self) -> Snapshot {
        Snapshot { ledger: self.ledger, entries: self.head.serial, head: self.head.hash }
    }

    /// What has been issued.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// How many entries there are.
    pub fn len(&self) -> i64 {
        self.head.serial
    }

    /// Whether nothing was ever recorded.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes sure that an entry could be written now.
    ///
    /// # Errors
    /// The folder cannot be written to, or the clock shows a time
    /// before the last entry.
    pub(crate) fn refuse_unwritable(&self, now: Timestamp) -> Result<(), Diagnostics> {
        self.refuse_earlier(now)?;
        let folder = self.place.parent().unwrap_or(Path::new("."));
        tempfile::tempfile_in(folder)
            .map(drop)
            .map_err(|error| Diagnostic::cannot_write(folder, &error).into())
    }

    /// Sets the numbers of a complete package aside, after the key that signed
    /// them if that is new.
    ///
    /// # Errors
    /// The register cannot be written. Nothing was recorded then.
    pub(crate) fn reserve(
        &mut self,
        key: &Key,
        reservations: Vec<Reservation>,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        let mut records = Vec::new();
        if self.ledger.keys().last() != Some(&key.public()) {
            records.push(Record::Key { key: key.public().to_string(), reason: None });
        }
        records.extend(reservations.into_iter().map(|copy| {
            let replaced = self.ledger.get(&copy.number);
            let refers = replaced.map(|it| it.current().serial);
            Record::Reserve { refers, copy: Box::new(copy) }
        }));
        self.append(records, now)
    }

    /// Records that what is reserved under these numbers is in a package that
    /// has its name.
    ///
    /// # Errors
    /// The register cannot be written; the numbers stay reserved.
    pub(crate) fn issue<'a>(
        &mut self,
        numbers: impl IntoIterator<Item = &'a str>,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        self.complete(Record::Issue, numbers, now)
    }

    /// Records that what is reserved under these numbers never left the house.
    ///
    /// # Errors
    /// The register cannot be written; the numbers stay reserved.
    pub(crate) fn release<'a>(
        &mut self,
        numbers: impl IntoIterator<Item = &'a str>,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        self.complete(Record::Release, numbers, now)
    }

    fn complete<'a>(
        &mut self,
        record: impl Fn(Completed) -> Record,
        numbers: impl IntoIterator<Item = &'a str>,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        let reserved = numbers.into_iter().filter_map(|number| self.ledger.reserved(number));
        let completed = reserved.map(|(certificate, copy)| Completed {
            refers: copy.serial,
            number: certificate.number.clone(),
            revision: copy.revision,
        });
        let records = completed.map(record).collect();
        self.append(records, now)
    }

    /// Records that a number is no longer valid.
    ///
    /// # Errors
    /// The register cannot be written.
    pub(crate) fn revoke(
        &mut self,
        number: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        let (number, reason) = (number.to_owned(), reason.to_owned());
        self.append(vec![Record::Revoke { number, reason }], now)
    }

    /// Records that a revoked number is valid again.
    ///
    /// # Errors
    /// The register cannot be written.
    pub(crate) fn reinstate(
        &mut self,
        number: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        let (number, reason) = (number.to_owned(), reason.to_owned());
        self.append(vec![Record::Reinstate { number, reason }], now)
    }

    /// Records that another key signs from here on.
    ///
    /// # Errors
    /// The register cannot be written.
    pub(crate) fn adopt(
        &mut self,
        key: &Key,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        let (key, reason) = (key.public().to_string(), Some(reason.to_owned()));
        self.append(vec![Record::Key { key, reason }], now)
    }

    /// The entrant that a copy was made for, as it was printed.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn entrant(&self, copy: &Copy) -> Result<Option<Entrant>, Diagnostics> {
        let Some(db) = &self.db else { return Ok(None) };
        let json: Option<String> = self.explain(|_| {
            db.query_row("SELECT entrant FROM entry WHERE serial = ?", [copy.serial], |row| {
                row.get(0)
            })
        })?;
        let entrant = json.map(|json| serde_json::from_str(&json)).transpose();
        entrant.map_err(|error| self.damaged(error.to_string()).into())
    }

    /// What was recorded of a number, from the first.
    ///
    /// # Errors
    /// The register cannot be read.
    pub(crate) fn entries_of(&self, number: &str) -> Result<Vec<LogEntry>, Diagnostics> {
        let Some(db) = self.db.as_ref().filter(|db| store::tables(db)) else {
            return Ok(Vec::new());
        };
        self.explain(|_| store::entries_of(db, number))
    }

    /// Every entry from the first.
    ///
    /// # Errors
    /// The register cannot be read.
    pub fn entries(&self) -> Result<Vec<LogEntry>, Diagnostics> {
        let Some(db) = self.db.as_ref().filter(|db| store::tables(db)) else {
            return Ok(Vec::new());
        };
        self.explain(|_| store::entries(db))
    }

    /// Holds the whole register against itself: the database's own structure,
    /// the chain of hashes, and every signature.
    ///
    /// # Errors
    /// Everything that does not fit.
    pub fn prove(&self) -> Result<(), Diagnostics> {
        let Some(db) = &self.db else { return Ok(()) };
        let sound: String =
            self.explain(|_| db.query_row("PRAGMA integrity_check", [], |row| row.get(0)))?;
        if sound != "ok" {
            return Err(self.damaged(sound).into());
        }
        let mut faults = Diagnostics::default();
        let mut before = (0, BEGINNING.to_owned());
        for entry in self.entries()? {
            let (serial, hash) = before;
            let follows = entry.serial == serial + 1 && entry.previous == hash;
            if !follows || entry.hash != entry.sealed() || !self.signed(&entry) {
                let kind = fault::Register::RegisterTampered { serial: entry.serial };
                faults.push(Diagnostic::new(kind).at(Place::File(self.place.clone())));
            }
            before = (entry.serial, entry.hash);
        }
        if faults.has_errors() { Err(faults) } else { Ok(()) }
    }

    fn signed(&self, entry: &LogEntry) -> bool {
        let attestation = entry.statement.as_deref().map(Attestation::parse);
        attestation.is_none_or(|read| read.is_some_and(|it| it.is_signed_by(self.ledger.keys())))
    }

    /// Appends entries, all or none.
    fn append(&mut self, records: Vec<Record>, now: Timestamp) -> Result<(), Diagnostics> {
        if records.is_empty() {
            return Ok(());
        }
        self.refuse_earlier(now)?;
        let now = self.head.time.map_or(now, |last| now.max(last));
        let db = match self.db.take() {
            Some(db) => db,
            None => self.explain(|register| store::connect(&register.place))?,
        };
        let entries = records.into_iter().map(LogEntry::of).collect();
        let appended = self.explain(|register| store::write(&db, &register.head, entries, now));
        if appended.is_ok() && self.is_empty() {
            // The log's own file is not what a crash must not lose: its name is.
            let _ = fs::File::open(self.place.parent().unwrap_or(Path::new(".")))
                .and_then(|folder| folder.sync_all());
        }
        self.db = Some(db);
        appended?.into_iter().try_for_each(|entry| self.take_in(entry))
    }

    fn fold(&mut self, db: &Connection) -> Result<(), Diagnostics> {
        let entries = self.explain(|_| store::short_entries(db))?;
        entries.into_iter().try_for_each(|entry| self.take_in(entry))
    }

    fn take_in(&mut self, entry: LogEntry) -> Result<(), Diagnostics> {
        let (serial, hash, written) = (entry.serial, entry.hash.clone(), entry.time.clone());
        let time = written.parse::<Timestamp>();
        let taken = entry.record().and_then(|record| self.ledger.take_in(serial, written, record));
        match (time, taken) {
            (Ok(time), Some(())) => {
                self.head = Head { serial, time: Some(time), hash };
                Ok(())
            }
            _ => Err(Diagnostic::new(fault::Register::RegisterTampered { serial })
                .at(Place::File(self.place.clone()))
                .into()),
        }
    }

    fn refuse_other_databases(&self, db: &Connection) -> Result<(), Diagnostics> {
        let pragma = |name: &str| {
            self.explain(|_| {
                db.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i32>(0))
            })
        };
        let (application, schema) = (pragma("application_id")?, pragma("user_version")?);
        let kind = match (application, schema) {
            // A first entry that was cut off leaves an empty database.
            (APPLICATION, SCHEMA) | (0, 0) if store::tables(db) == (schema != 0) => return Ok(()),
            (APPLICATION, newer) if newer > SCHEMA => {
                fault::Register::RegisterNewer { found: newer, known: SCHEMA }
            }
            _ => fault::Register::RegisterDamaged { error: "not a register of accolade".into() },
        };
        Err(Diagnostic::new(kind).at(Place::File(self.place.clone())).into())
    }

    fn refuse_earlier(&self, now: Timestamp) -> Result<(), Diagnostics> {
        match self.head.time {
            Some(last) if now + DRIFT < last => Err(Diagnostic::new(fault::Register::ClockBack {
                now: seconds(now),
                last: seconds(last),
            })
            .at(Place::File(self.place.clone()))
            .into()),
            _ => Ok(()),
        }
    }

    fn damaged(&self, error: String) -> Diagnostic {
        Diagnostic::new(fault::Register::RegisterDamaged { error })
            .at(Place::File(self.place.clone()))
    }

    /// What SQLite has to say, in our words.
    fn explain<T>(
        &self,
        work: impl FnOnce(&Self) -> rusqlite::Result<T>,
    ) -> Result<T, Diagnostics> {
        work(self).map_err(|error| {
            // SQLite says no more than that it could not open it.
            if error.sqlite_error_code() == Some(ErrorCode::CannotOpen)
                && let Err(error) = fs::File::open(&self.place)
                && error.kind() == ErrorKind::PermissionDenied
            {
                return Diagnostic::cannot_read(&self.place, &error).into();
            }
            let kind: Kind = match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    fault::Register::RegisterBusy.into()
                }
                Some(ErrorCode::DiskFull) => fault::Environment::DiskFull.into(),
                Some(
                    ErrorCode::SystemIoFailure
                    | ErrorCode::ReadOnly
                    | ErrorCode::CannotOpen
                    | ErrorCode::PermissionDenied,
                ) => fault::Environment::CannotWrite {
                    cause: ErrorKind::Other,
                    error: error.to_string(),
                }
                .into(),
                _ => fault::Register::RegisterDamaged { error: error.to_string() }.into(),
            };
            Diagnostic::new(kind).at(Place::File(self.place.clone())).into()
        })
    }
}
