//! The log, open for one piece of work, and what it amounts to.

use std::fs;
use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, ErrorCode};

use super::ledger::{Copy, Ledger};
use super::record::{BEGINNING, Completed, Head, LogEntry, Record, Reservation, seconds};
use super::store::{self, APPLICATION, SCHEMA, Writing};
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
    /// What it amounted to when it was opened.
    ledger: Ledger,
    head: Head,
    /// What was reserved since then, in its order.
    reserved: Vec<Completed>,
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
        let (ledger, reserved) = (Ledger::default(), Vec::new());
        let mut register = Self { place, db: None, ledger, head, reserved };
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

    /// What had been issued when it was opened: what is recorded from here on is known
    /// to whoever opens it next.
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
    /// them if that is new; each copy is asked for when it is its turn. One that was
    /// reserved before, be it in a run that was cut off, is left as it is, unless it
    /// `is_more`.
    ///
    /// # Errors
    /// The register cannot be written, or a copy cannot be had. Nothing was recorded
    /// then.
    pub(crate) fn reserve(
        &mut self,
        key: &Key,
        copies: impl Iterator<Item = Result<Reservation, Diagnostics>>,
        is_more: impl Fn(&Reservation) -> bool,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        self.make_ready(now)?;
        let signs = self.ledger.keys().last() == Some(&key.public());
        let key = (!signs).then(|| Record::Key { key: key.public().to_string(), reason: None });
        let mut reserved = Vec::new();
        let mut serial = self.head.serial + i64::from(key.is_some());
        let is_new = |copy: &Reservation| is_more(copy) || !self.ledger.knows(copy);
        let copies = copies.filter(|copy| copy.as_ref().ok().is_none_or(is_new));
        let records = copies.map(|copy| {
            let copy = copy?;
            serial += 1;
            let (number, revision) = (copy.number.clone(), copy.revision);
            let refers = self.ledger.get(&number).map(|it| it.current().serial);
            reserved.push(Completed { refers: serial, number, revision });
            Ok(Record::Reserve { refers, copy: Box::new(copy) })
        });
        self.head = self.written(key.map(Ok).into_iter().chain(records), now)?;
        self.reserved = reserved;
        Ok(())
    }

    /// Records that what is reserved under these numbers is in a package that
    /// has its name. They come in the order in which they were reserved.
    ///
    /// # Errors
    /// The register cannot be written, or a number cannot be had; the numbers stay
    /// reserved.
    pub(crate) fn issue(
        &mut self,
        numbers: impl Iterator<Item = Result<String, Diagnostics>>,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        let mut reserved = std::mem::take(&mut self.reserved).into_iter().peekable();
        // A run that was cut off has left some reserved.
        let left = |number: String| {
            let (_, copy) = self.ledger.reserved(&number)?;
            Some(Completed { refers: copy.serial, revision: copy.revision, number })
        };
        let issued = numbers.filter_map(|number| {
            number
                .map(|number| reserved.next_if(|it| it.number == number).or_else(|| left(number)))
                .transpose()
        });
        let issued = issued.map(|completed| completed.map(Record::Issue));
        let issued = issued.collect::<Result<Vec<_>, Diagnostics>>()?;
        self.append(issued, now)
    }

    /// Records that what was reserved just now never left the house.
    ///
    /// # Errors
    /// The register cannot be written; the numbers stay reserved.
    pub(crate) fn release(&mut self, now: Timestamp) -> Result<(), Diagnostics> {
        let reserved = std::mem::take(&mut self.reserved);
        self.append(reserved.into_iter().map(Record::Release).collect(), now)
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
        self.make_ready(now)?;
        self.head = self.written(records.into_iter().map(Ok), now)?;
        Ok(())
    }

    /// Opens the log if it is new.
    ///
    /// # Errors
    /// It cannot be written, or not at this time.
    fn make_ready(&mut self, now: Timestamp) -> Result<(), Diagnostics> {
        self.refuse_earlier(now)?;
        if self.db.is_none() {
            self.db = Some(self.explain(|register| store::connect(&register.place))?);
        }
        Ok(())
    }

    /// Writes entries, all or none. Returns the last.
    fn written(
        &self,
        records: impl Iterator<Item = Result<Record, Diagnostics>>,
        now: Timestamp,
    ) -> Result<Head, Diagnostics> {
        let db = self.db.as_ref().expect("it was made ready");
        let now = self.head.time.map_or(now, |last| now.max(last));
        let mut writing = self.explain(|register| Writing::begin(db, &register.head, now))?;
        for record in records {
            let entry = LogEntry::of(record?);
            self.explain(|_| writing.add(entry))?;
        }
        let head = self.explain(|_| writing.commit())?;
        if self.is_empty() {
            // The log's own file is not what a crash must not lose: its name is.
            let _ = fs::File::open(self.place.parent().unwrap_or(Path::new(".")))
                .and_then(|folder| folder.sync_all());
        }
        Ok(head)
    }

    fn fold(&mut self, db: &Connection) -> Result<(), Diagnostics> {
        let mut strange = None;
        let read = store::each_short_entry(db, |entry| {
            let serial = entry.serial;
            match self.take_in(entry) {
                Some(()) => ControlFlow::Continue(()),
                None => {
                    strange = Some(serial);
                    ControlFlow::Break(())
                }
            }
        });
        self.explain(|_| read)?;
        match strange {
            None => Ok(()),
            Some(serial) => Err(Diagnostic::new(fault::Register::RegisterTampered { serial })
                .at(Place::File(self.place.clone()))
                .into()),
        }
    }

    /// Takes the next entry in; `None` if it makes no sense after the others.
    fn take_in(&mut self, entry: LogEntry) -> Option<()> {
        let (serial, hash, written) = (entry.serial, entry.hash.clone(), entry.time.clone());
        let time = written.parse().ok()?;
        self.ledger.take_in(serial, written, entry.record()?)?;
        self.head = Head { serial, time: Some(time), hash };
        Some(())
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
