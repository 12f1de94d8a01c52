//! The register: the only place that knows what has been issued.
//!
//! A log in SQLite that is only ever appended to, each entry with the hash of
//! the one before. What stands in it is folded into a [`Ledger`]. A number is
//! reserved when its package is complete but has no name yet, and issued once
//! it has, so that a number which may be on paper is always known here.
//!
//! The only module that knows SQLite.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, ErrorCode, OpenFlags, Row, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::attest::{Attestation, Key, hex};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place};
use crate::intake::Entrant;

mod ledger;

pub use ledger::{Certificate, Copy, Holder, Ledger, Status};

/// The register's name in the contest folder.
pub const FILE: &str = "register.db";

/// `accl`, which tells the file from any other database.
const APPLICATION: i32 = 0x6163_636c;

/// The schema this program writes; it reads no newer one.
const SCHEMA: i32 = 1;

/// What stands before the first entry.
const BEGINNING: &str = "";

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

/// The last entry.
#[derive(Debug, Clone)]
struct Head {
    serial: i64,
    time: Option<Timestamp>,
    hash: String,
}

/// What an entry records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// A number, or a revision of it, is set aside.
    Reserve,
    /// What was reserved is in a package.
    Issue,
    /// What was reserved came to nothing.
    Release,
    /// A number is no longer valid.
    Revoke,
    /// It is valid again.
    Reinstate,
    /// Another key signs from here on.
    Key,
}

impl Action {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Reserve, "reserve"),
        (Self::Issue, "issue"),
        (Self::Release, "release"),
        (Self::Revoke, "revoke"),
        (Self::Reinstate, "reinstate"),
        (Self::Key, "key"),
    ];

    /// The word in the register.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(action, _)| *action == self).map_or("", |(_, name)| name)
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(action, _)| *action)
    }
}

/// One entry, in the order of the table's columns.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "register/schema.sql explains the columns")]
pub struct Entry {
    pub serial: i64,
    pub time: String,
    pub action: Action,
    pub refers: Option<i64>,
    pub number: Option<String>,
    pub revision: Option<u32>,
    pub kind: Option<String>,
    pub subject: Option<String>,
    pub member: Option<String>,
    pub series: Option<String>,
    pub seq: Option<u32>,
    pub entrant: Option<String>,
    pub statement: Option<String>,
    pub fingerprint: Option<String>,
    pub sha256: Option<String>,
    pub reason: Option<String>,
    pub key: Option<String>,
    pub previous: String,
    pub hash: String,
}

impl Entry {
    fn new(action: Action) -> Self {
        Self {
            serial: 0,
            time: String::new(),
            action,
            refers: None,
            number: None,
            revision: None,
            kind: None,
            subject: None,
            member: None,
            series: None,
            seq: None,
            entrant: None,
            statement: None,
            fingerprint: None,
            sha256: None,
            reason: None,
            key: None,
            previous: String::new(),
            hash: String::new(),
        }
    }

    /// A row of the table's columns in their order: to look each up by its name
    /// takes longer than everything else.
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let action: String = row.get(2)?;
        let action = Action::parse(&action).ok_or(rusqlite::Error::InvalidQuery)?;
        Ok(Self {
            serial: row.get(0)?,
            time: row.get(1)?,
            action,
            refers: row.get(3)?,
            number: row.get(4)?,
            revision: row.get(5)?,
            kind: row.get(6)?,
            subject: row.get(7)?,
            member: row.get(8)?,
            series: row.get(9)?,
            seq: row.get(10)?,
            entrant: row.get(11)?,
            statement: row.get(12)?,
            fingerprint: row.get(13)?,
            sha256: row.get(14)?,
            reason: row.get(15)?,
            key: row.get(16)?,
            previous: row.get(17)?,
            hash: row.get(18)?,
        })
    }

    /// What the entry's hash should be.
    fn sealed(&self) -> String {
        let bare = Self { hash: String::new(), ..self.clone() };
        let json = serde_json::to_vec(&bare).expect("an entry has no key that is not text");
        hex(&Sha256::digest(json))
    }
}

/// A copy of a certificate about to be issued.
#[derive(Debug, Clone)]
pub struct Reservation {
    /// Its number.
    pub number: String,
    /// Its revision, from 1.
    pub revision: u32,
    /// The name of its kind.
    pub kind: String,
    /// Whom it is about.
    pub subject: String,
    /// The member it is for.
    pub member: Option<String>,
    /// The number with its sequence left out.
    pub series: String,
    /// The sequence within the series, from 1.
    pub seq: u32,
    /// The entrant as JSON, if it is about one.
    pub entrant: Option<String>,
    /// The printed facts, signed.
    pub statement: String,
    /// What the pages were made from.
    pub fingerprint: String,
    /// SHA-256 of the PDF.
    pub sha256: String,
    /// Why it was made anew.
    pub reason: Option<String>,
}

impl Register {
    /// Opens the contest folder's register. One that is not there yet is empty
    /// and comes into being with the first entry.
    ///
    /// Errors: another process uses it, it is damaged, or a newer version of
    /// the program has written it.
    pub fn open(folder: &Path) -> Result<Self, Diagnostics> {
        let place = folder.join(FILE);
        let head = Head { serial: 0, time: None, hash: BEGINNING.into() };
        let mut register = Self { place, db: None, ledger: Ledger::default(), head };
        if register.place.exists() {
            let db = register.explain(|register| connect(&register.place))?;
            register.refuse_strange(&db)?;
            if tables(&db) {
                register.fold(&db)?;
            }
            register.db = Some(db);
        }
        Ok(register)
    }

    /// What has been issued.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The hash of the last entry, which stands for all before it.
    pub fn head(&self) -> &str {
        &self.head.hash
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
    /// Errors: the folder cannot be written to, or the clock shows a time
    /// before the last entry.
    pub fn refuse_unwritable(&self, now: Timestamp) -> Result<(), Diagnostics> {
        self.refuse_earlier(now)?;
        let folder = self.place.parent().unwrap_or(Path::new("."));
        tempfile::tempfile_in(folder)
            .map(drop)
            .map_err(|error| Diagnostic::cannot_write(folder, &error).into())
    }

    /// Sets the numbers of a complete package aside, after the key that signed
    /// them if that is new.
    ///
    /// Errors: the register cannot be written. Nothing was recorded then.
    pub fn reserve(
        &mut self,
        key: &Key,
        reservations: Vec<Reservation>,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        let mut entries = Vec::new();
        if self.ledger.keys().last() != Some(&key.public()) {
            entries.push(Entry { key: Some(key.public().to_string()), ..Entry::new(Action::Key) });
        }
        entries.extend(reservations.into_iter().map(|reservation| {
            let replaced = self.ledger.get(&reservation.number);
            Entry {
                refers: replaced.map(|certificate| certificate.current().serial),
                number: Some(reservation.number),
                revision: Some(reservation.revision),
                kind: Some(reservation.kind),
                subject: Some(reservation.subject),
                member: reservation.member,
                series: Some(reservation.series),
                seq: Some(reservation.seq),
                entrant: reservation.entrant,
                statement: Some(reservation.statement),
                fingerprint: Some(reservation.fingerprint),
                sha256: Some(reservation.sha256),
                reason: reservation.reason,
                ..Entry::new(Action::Reserve)
            }
        }));
        self.append(entries, now)
    }

    /// Records that what is reserved under these numbers is in a package that
    /// has its name.
    ///
    /// Errors: the register cannot be written; the numbers stay reserved.
    pub fn issue<'a>(
        &mut self,
        numbers: impl IntoIterator<Item = &'a str>,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        self.complete(Action::Issue, numbers, now)
    }

    /// Records that what is reserved under these numbers never left the house.
    ///
    /// Errors: the register cannot be written; the numbers stay reserved.
    pub fn release<'a>(
        &mut self,
        numbers: impl IntoIterator<Item = &'a str>,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        self.complete(Action::Release, numbers, now)
    }

    fn complete<'a>(
        &mut self,
        action: Action,
        numbers: impl IntoIterator<Item = &'a str>,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        let reserved = numbers.into_iter().filter_map(|number| self.ledger.reserved(number));
        let entries = reserved
            .map(|(certificate, copy)| Entry {
                refers: Some(copy.serial),
                number: Some(certificate.number.clone()),
                revision: Some(copy.revision),
                ..Entry::new(action)
            })
            .collect();
        self.append(entries, now)
    }

    /// Records that a number is no longer valid.
    ///
    /// Errors: the register cannot be written.
    pub fn revoke(
        &mut self,
        number: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        self.judge(Action::Revoke, number, reason, now)
    }

    /// Records that a revoked number is valid again.
    ///
    /// Errors: the register cannot be written.
    pub fn reinstate(
        &mut self,
        number: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        self.judge(Action::Reinstate, number, reason, now)
    }

    fn judge(
        &mut self,
        action: Action,
        number: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Diagnostics> {
        let entry = Entry {
            number: Some(number.to_owned()),
            reason: Some(reason.to_owned()),
            ..Entry::new(action)
        };
        self.append(vec![entry], now)
    }

    /// Records that another key signs from here on.
    ///
    /// Errors: the register cannot be written.
    pub fn adopt(&mut self, key: &Key, reason: &str, now: Timestamp) -> Result<(), Diagnostics> {
        let entry = Entry {
            key: Some(key.public().to_string()),
            reason: Some(reason.to_owned()),
            ..Entry::new(Action::Key)
        };
        self.append(vec![entry], now)
    }

    /// The entrant that a copy was made for, as it was printed.
    ///
    /// Errors: the register cannot be read.
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

    /// Every entry from the first.
    ///
    /// Errors: the register cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, Diagnostics> {
        let Some(db) = self.db.as_ref().filter(|db| tables(db)) else { return Ok(Vec::new()) };
        self.explain(|_| {
            let mut query = db.prepare("SELECT * FROM entry ORDER BY serial")?;
            query.query_map([], Entry::read)?.collect()
        })
    }

    /// Holds the whole register against itself: the database's own structure,
    /// the chain of hashes, and every signature.
    ///
    /// Errors: everything that does not fit.
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
                let kind = Kind::RegisterTampered { serial: entry.serial };
                faults.push(Diagnostic::new(kind).at(Place::File(self.place.clone())));
            }
            before = (entry.serial, entry.hash);
        }
        if faults.has_errors() { Err(faults) } else { Ok(()) }
    }

    fn signed(&self, entry: &Entry) -> bool {
        let attestation = entry.statement.as_deref().map(Attestation::parse);
        attestation.is_none_or(|read| read.is_some_and(|it| it.is_signed_by(self.ledger.keys())))
    }

    /// Appends entries, all or none.
    fn append(&mut self, entries: Vec<Entry>, now: Timestamp) -> Result<(), Diagnostics> {
        if entries.is_empty() {
            return Ok(());
        }
        self.refuse_earlier(now)?;
        let now = self.head.time.map_or(now, |last| now.max(last));
        let db = match self.db.take() {
            Some(db) => db,
            None => self.explain(|register| connect(&register.place))?,
        };
        let appended = self.explain(|register| write(&db, &register.head, entries, now));
        if appended.is_ok() && self.is_empty() {
            // The log's own file is not what a crash must not lose: its name is.
            let _ = fs::File::open(self.place.parent().unwrap_or(Path::new(".")))
                .and_then(|folder| folder.sync_all());
        }
        self.db = Some(db);
        for entry in appended? {
            self.take_in(&entry)?;
        }
        Ok(())
    }

    fn fold(&mut self, db: &Connection) -> Result<(), Diagnostics> {
        let entries: Vec<Entry> = self.explain(|_| {
            // The entrants are most of the register: of each, no more than what
            // tells it from the others.
            let mut query = db.prepare(
                "SELECT serial, time, action, refers, number, revision, kind, subject, member,
                    series, seq, iif(entrant IS NULL, NULL, json_object(
                        'group', entrant ->> '$.group',
                        'organization', entrant ->> '$.organization',
                        'project', entrant ->> '$.project')), statement, fingerprint, sha256,
                    reason, key, previous, hash
                 FROM entry ORDER BY serial",
            )?;
            query.query_map([], Entry::read)?.collect()
        })?;
        entries.iter().try_for_each(|entry| self.take_in(entry))
    }

    fn take_in(&mut self, entry: &Entry) -> Result<(), Diagnostics> {
        let time = entry.time.parse::<Timestamp>();
        match (time, self.ledger.take_in(entry)) {
            (Ok(time), Some(())) => {
                self.head =
                    Head { serial: entry.serial, time: Some(time), hash: entry.hash.clone() };
                Ok(())
            }
            _ => Err(Diagnostic::new(Kind::RegisterTampered { serial: entry.serial })
                .at(Place::File(self.place.clone()))
                .into()),
        }
    }

    fn refuse_strange(&self, db: &Connection) -> Result<(), Diagnostics> {
        let pragma = |name: &str| {
            self.explain(|_| {
                db.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i32>(0))
            })
        };
        let (application, schema) = (pragma("application_id")?, pragma("user_version")?);
        let kind = match (application, schema) {
            // A first entry that was cut off leaves an empty database.
            (APPLICATION, SCHEMA) | (0, 0) if tables(db) == (schema != 0) => return Ok(()),
            (APPLICATION, newer) if newer > SCHEMA => {
                Kind::RegisterNewer { found: newer, known: SCHEMA }
            }
            _ => Kind::RegisterDamaged { error: "not a register of accolade".into() },
        };
        Err(Diagnostic::new(kind).at(Place::File(self.place.clone())).into())
    }

    fn refuse_earlier(&self, now: Timestamp) -> Result<(), Diagnostics> {
        match self.head.time {
            Some(last) if now + DRIFT < last => {
                Err(Diagnostic::new(Kind::ClockBack { now: seconds(now), last: seconds(last) })
                    .at(Place::File(self.place.clone()))
                    .into())
            }
            _ => Ok(()),
        }
    }

    fn damaged(&self, error: String) -> Diagnostic {
        Diagnostic::new(Kind::RegisterDamaged { error }).at(Place::File(self.place.clone()))
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
            let kind = match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::RegisterBusy,
                Some(ErrorCode::DiskFull) => Kind::DiskFull,
                Some(
                    ErrorCode::SystemIoFailure
                    | ErrorCode::ReadOnly
                    | ErrorCode::CannotOpen
                    | ErrorCode::PermissionDenied,
                ) => Kind::CannotWrite { cause: ErrorKind::Other, error: error.to_string() },
                _ => Kind::RegisterDamaged { error: error.to_string() },
            };
            Diagnostic::new(kind).at(Place::File(self.place.clone())).into()
        })
    }
}

/// Whether the database holds any table.
fn tables(db: &Connection) -> bool {
    let count = db.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0));
    count.is_ok_and(|count| count > 0)
}

/// A time to the second, as the register writes it.
pub fn seconds(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

/// Opens or makes the database and keeps every other process out until it is
/// closed. Where nothing can be written it is opened for reading alone.
fn connect(place: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let lock = |db: Connection| {
        if db.is_readonly(rusqlite::MAIN_DB)? {
            // Locks need a file that can be written to.
            return Err(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY),
                None,
            ));
        }
        db.busy_timeout(Duration::ZERO)?;
        db.pragma_update(None, "locking_mode", "exclusive")?;
        db.pragma_update(None, "journal_mode", "wal")?;
        db.pragma_update(None, "synchronous", "full")?;
        db.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
        Ok(db)
    };
    let opened = Connection::open_with_flags(place, flags).and_then(lock);
    match opened.as_ref().err().and_then(rusqlite::Error::sqlite_error_code) {
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) if place.exists() => {
            connect_for_reading(place)
        }
        _ => opened,
    }
}

/// A register in a folder that cannot be written to: nobody else writes there
/// either, so it is read as it stands. What a run that was cut off left beside
/// it could not be read so, and is refused.
fn connect_for_reading(place: &Path) -> rusqlite::Result<Connection> {
    let log = place.with_extension("db-wal");
    if fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY_RECOVERY),
            None,
        ));
    }
    let mut path = place.to_string_lossy().replace('\\', "/");
    for (character, escape) in [("%", "%25"), ("?", "%3f"), ("#", "%23")] {
        path = path.replace(character, escape);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{path}?immutable=1"), flags)
}

/// Writes entries after `head` in one transaction and returns them complete.
fn write(
    db: &Connection,
    head: &Head,
    entries: Vec<Entry>,
    now: Timestamp,
) -> rusqlite::Result<Vec<Entry>> {
    let transaction = db.unchecked_transaction()?;
    if head.serial == 0 {
        if tables(&transaction) {
            // Somebody else's first run was faster.
            return Err(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
                None,
            ));
        }
        transaction.execute_batch(include_str!("register/schema.sql"))?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", SCHEMA)?;
    }
    let mut head = head.clone();
    let mut written = Vec::with_capacity(entries.len());
    {
        let mut insert = transaction.prepare(
            "INSERT INTO entry VALUES
                (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for mut entry in entries {
            entry.serial = head.serial + 1;
            entry.time = seconds(now);
            entry.previous = head.hash;
            entry.hash = entry.sealed();
            insert.execute(params![
                entry.serial,
                entry.time,
                entry.action.name(),
                entry.refers,
                entry.number,
                entry.revision,
                entry.kind,
                entry.subject,
                entry.member,
                entry.series,
                entry.seq,
                entry.entrant,
                entry.statement,
                entry.fingerprint,
                entry.sha256,
                entry.reason,
                entry.key,
                entry.previous,
                entry.hash,
            ])?;
            head = Head { serial: entry.serial, time: Some(now), hash: entry.hash.clone() };
            written.push(entry);
        }
    }
    transaction.commit()?;
    Ok(written)
}
