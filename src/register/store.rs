//! The log's table in SQLite, and the lock on it.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row, Statement, Transaction, params};

use super::record::{Action, Head, LogEntry, seconds};

/// `accl`, which tells the file from any other database.
pub(super) const APPLICATION: i32 = 0x6163_636c;

/// The schema this program writes; it reads no newer one.
pub(super) const SCHEMA: i32 = 1;

/// Whether the database holds any table.
pub(super) fn tables(db: &Connection) -> bool {
    let count = db.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0));
    count.is_ok_and(|count| count > 0)
}

/// Opens or makes the database and keeps every other process out until it is
/// closed. Where nothing can be written it is opened for reading alone.
pub(super) fn connect(place: &Path) -> rusqlite::Result<Connection> {
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
    let opened = open(place, flags).and_then(lock);
    match opened.as_ref().err().and_then(rusqlite::Error::sqlite_error_code) {
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) if place.exists() => {
            connect_for_reading(place)
        }
        _ => opened,
    }
}

#[cfg(not(windows))]
fn open(place: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(place, flags)
}

/// On Windows a path may be longer than 260 characters only if it is whole and
/// says so (`\\?\`), and if SQLite is told to expect that.
#[cfg(windows)]
fn open(place: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let folder = place.parent().and_then(|folder| fs::canonicalize(folder).ok());
    let whole = folder.zip(place.file_name()).map(|(folder, name)| folder.join(name));
    match whole {
        Some(whole) => Connection::open_with_flags_and_vfs(whole, flags, "win32-longpath"),
        None => Connection::open_with_flags(place, flags),
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

/// Entries being written after one another in one transaction: unless it is
/// committed, nothing is.
pub(super) struct Writing<'a> {
    transaction: Transaction<'a>,
    insert: Statement<'a>,
    head: Head,
    now: Timestamp,
}

impl<'a> Writing<'a> {
    /// Begins after `head`, with the table itself if there is none yet.
    pub(super) fn begin(db: &'a Connection, head: &Head, now: Timestamp) -> rusqlite::Result<Self> {
        let transaction = db.unchecked_transaction()?;
        if head.serial == 0 {
            if tables(&transaction) {
                // Somebody else's first run was faster.
                return Err(rusqlite::Error::SqliteFailure(
                    rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
                    None,
                ));
            }
            transaction.execute_batch(include_str!("schema.sql"))?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", SCHEMA)?;
        }
        let insert = db.prepare(
            "INSERT INTO entry VALUES
                (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        Ok(Self { transaction, insert, head: head.clone(), now })
    }

    /// Writes the next entry and returns its place in the log.
    pub(super) fn add(&mut self, mut entry: LogEntry) -> rusqlite::Result<i64> {
        entry.serial = self.head.serial + 1;
        entry.time = seconds(self.now);
        entry.previous = std::mem::take(&mut self.head.hash);
        entry.hash = entry.sealed();
        self.insert.execute(params![
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
        self.head = Head { serial: entry.serial, time: Some(self.now), hash: entry.hash };
        Ok(entry.serial)
    }

    /// Keeps what was written. Returns the last entry.
    pub(super) fn commit(self) -> rusqlite::Result<Head> {
        drop(self.insert);
        self.transaction.commit()?;
        Ok(self.head)
    }
}

/// A row of the table's columns in their order: to look each up by its name
/// takes longer than everything else.
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    let action: String = row.get(2)?;
    let action = Action::parse(&action).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(LogEntry {
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

/// Every entry from the first.
pub(super) fn entries(db: &Connection) -> rusqlite::Result<Vec<LogEntry>> {
    let mut query = db.prepare("SELECT * FROM entry ORDER BY serial")?;
    query.query_map([], entry)?.collect()
}

/// Those of one number.
pub(super) fn entries_of(db: &Connection, number: &str) -> rusqlite::Result<Vec<LogEntry>> {
    let mut query = db.prepare("SELECT * FROM entry WHERE number = ? ORDER BY serial")?;
    query.query_map([number], entry)?.collect()
}

/// Hands over every entry while they are taken, but of an entrant no more than what
/// tells it from the others: the entrants are most of the register.
pub(super) fn each_short_entry(
    db: &Connection,
    mut take: impl FnMut(LogEntry) -> ControlFlow<()>,
) -> rusqlite::Result<()> {
    let mut query = db.prepare(
        "SELECT serial, time, action, refers, number, revision, kind, subject, member,
            series, seq, iif(entrant IS NULL, NULL, json_object(
                'group', entrant ->> '$.group',
                'organization', entrant ->> '$.organization',
                'project', entrant ->> '$.project',
                'members', json(coalesce(entrant -> '$.members', '[]')),
                'county', entrant ->> '$.county',
                'extra', json(coalesce(entrant -> '$.extra', '{}')))), statement, fingerprint, sha256,
            reason, key, previous, hash
         FROM entry ORDER BY serial",
    )?;
    for found in query.query_map([], entry)? {
        if take(found?).is_break() {
            break;
        }
    }
    Ok(())
}
