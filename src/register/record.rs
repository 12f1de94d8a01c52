//! What the register records.

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::hex::hex;

/// What is recorded.
#[derive(Debug, Clone)]
pub(super) enum Record {
    /// Another key signs from here on.
    Key { key: String, reason: Option<String> },
    /// A number, or a revision of it, is set aside; `refers` to the reservation
    /// it takes the place of.
    Reserve { refers: Option<i64>, copy: Box<Reservation> },
    /// What was reserved is in a package.
    Issue(Completed),
    /// What was reserved came to nothing.
    Release(Completed),
    /// A number is no longer valid.
    Revoke { number: String, reason: String },
    /// It is valid again.
    Reinstate { number: String, reason: String },
}

/// A reservation that came to its end.
#[derive(Debug, Clone)]
pub(super) struct Completed {
    /// The entry that reserved it.
    pub refers: i64,
    pub number: String,
    pub revision: u32,
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

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(action, _)| *action)
    }
}

/// An entry as the table has it, column by column; its hash is made of that.
#[derive(Debug, Clone, Serialize)]
pub struct LogEntry {
    /// Counts from 1 without a gap.
    pub serial: i64,
    /// When it was recorded, in UTC.
    pub time: String,
    /// What it records.
    pub action: Action,
    /// The serial of the reservation that it replaces, or completes.
    pub refers: Option<i64>,
    /// The certificate's number.
    pub number: Option<String>,
    /// Its revision, from 1.
    pub revision: Option<u32>,
    /// The name of its kind.
    pub kind: Option<String>,
    /// Whom it is about: the entrant's identity, or what its entrants share.
    pub subject: Option<String>,
    /// The member it is for.
    pub member: Option<String>,
    /// The number with its sequence left out.
    pub series: Option<String>,
    /// The sequence within the series, from 1.
    pub seq: Option<u32>,
    /// The entrant as JSON.
    pub entrant: Option<String>,
    /// Its printed facts with the organizer's signature.
    pub statement: Option<String>,
    /// Stands for what its pages were made from.
    pub fingerprint: Option<String>,
    /// SHA-256 of its PDF, in hexadecimal.
    pub sha256: Option<String>,
    /// Why it was made anew, revoked or reinstated, or the key replaced.
    pub reason: Option<String>,
    /// The public key that signs from here on.
    pub key: Option<String>,
    /// The hash of the entry before.
    pub previous: String,
    /// SHA-256 of the entry as JSON, this field being empty, in hexadecimal.
    pub hash: String,
}

impl LogEntry {
    /// The entry of a record that has no place in the log yet.
    pub(super) fn of(record: Record) -> Self {
        match record {
            Record::Key { key, reason } => {
                Self { key: Some(key), reason, ..Self::empty(Action::Key) }
            }
            Record::Reserve { refers, copy } => Self {
                refers,
                number: Some(copy.number),
                revision: Some(copy.revision),
                kind: Some(copy.kind),
                subject: Some(copy.subject),
                member: copy.member,
                series: Some(copy.series),
                seq: Some(copy.seq),
                entrant: copy.entrant,
                statement: Some(copy.statement),
                fingerprint: Some(copy.fingerprint),
                sha256: Some(copy.sha256),
                reason: copy.reason,
                ..Self::empty(Action::Reserve)
            },
            Record::Issue(completed) => Self::completing(Action::Issue, completed),
            Record::Release(completed) => Self::completing(Action::Release, completed),
            Record::Revoke { number, reason } => {
                Self { number: Some(number), reason: Some(reason), ..Self::empty(Action::Revoke) }
            }
            Record::Reinstate { number, reason } => Self {
                number: Some(number),
                reason: Some(reason),
                ..Self::empty(Action::Reinstate)
            },
        }
    }

    fn completing(action: Action, Completed { refers, number, revision }: Completed) -> Self {
        Self {
            refers: Some(refers),
            number: Some(number),
            revision: Some(revision),
            ..Self::empty(action)
        }
    }

    /// What it records; `None` if it lacks what its action needs.
    pub(super) fn record(self) -> Option<Record> {
        Some(match self.action {
            Action::Key => Record::Key { key: self.key?, reason: self.reason },
            Action::Reserve => Record::Reserve {
                refers: self.refers,
                copy: Box::new(Reservation {
                    number: self.number?,
                    revision: self.revision?,
                    kind: self.kind?,
                    subject: self.subject?,
                    member: self.member,
                    series: self.series?,
                    seq: self.seq?,
                    entrant: self.entrant,
                    statement: self.statement?,
                    fingerprint: self.fingerprint?,
                    sha256: self.sha256?,
                    reason: self.reason,
                }),
            },
            Action::Issue => Record::Issue(self.completed()?),
            Action::Release => Record::Release(self.completed()?),
            Action::Revoke => Record::Revoke { number: self.number?, reason: self.reason? },
            Action::Reinstate => Record::Reinstate { number: self.number?, reason: self.reason? },
        })
    }

    fn completed(self) -> Option<Completed> {
        Some(Completed { refers: self.refers?, number: self.number?, revision: self.revision? })
    }

    fn empty(action: Action) -> Self {
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

    /// What the entry's hash should be.
    pub(super) fn sealed(&self) -> String {
        let bare = Self { hash: String::new(), ..self.clone() };
        let json = serde_json::to_vec(&bare).expect("an entry has no key that is not text");
        hex(&Sha256::digest(json))
    }
}

/// A copy of a certificate about to be issued.
#[derive(Debug, Clone)]
pub(crate) struct Reservation {
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

/// What stands before the first entry.
pub(super) const BEGINNING: &str = "";

/// The last entry.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub serial: i64,
    pub time: Option<Timestamp>,
    pub hash: String,
}

/// A time to the second, as the register writes it.
pub(crate) fn seconds(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}
