//! What the register's entries amount to.

use std::collections::HashMap;

use super::holder::Holder;
use super::record::{Completed, Record, Reservation};
use crate::attest::{Attestation, PublicKey, Statement};

/// Everything that has been issued, in the order of first issue.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    certificates: Vec<Certificate>,
    by_number: HashMap<String, usize>,
    by_subject: HashMap<SubjectKey, usize>,
    /// Every identity → the one that its entrant had first.
    first_identity: HashMap<String, String>,
    keys: Vec<PublicKey>,
}

/// Kind, whom it is about, and the member.
type SubjectKey = (String, String, Option<String>);

/// A number and every copy that was made under it.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The number.
    pub number: String,
    /// The name of its kind.
    pub kind: String,
    /// The number with its sequence left out.
    pub series: String,
    /// The sequence within the series, from 1.
    pub seq: u32,
    /// Every copy, the current one last; a reprint is a copy of the same
    /// revision.
    pub copies: Vec<Copy>,
    /// Why it is revoked, if it is.
    pub revoked: Option<String>,
}

/// One copy of a certificate.
#[derive(Debug, Clone)]
pub struct Copy {
    /// The entry that reserved it.
    pub serial: i64,
    /// When it was reserved, in UTC.
    pub time: String,
    /// Its revision, from 1.
    pub revision: u32,
    /// Whom it is about.
    pub subject: String,
    /// The member it is for.
    pub member: Option<String>,
    /// Whom it was made for, if it is about one.
    pub holder: Option<Holder>,
    /// Its printed facts, signed.
    pub attestation: Attestation,
    /// What its pages were made from.
    pub fingerprint: String,
    /// SHA-256 of its PDF.
    pub sha256: String,
    /// Why it was made anew.
    pub reason: Option<String>,
    /// Whether its package is known to have its name. A run that was cut off
    /// may leave a copy of which nobody knows.
    pub issued: bool,
}

/// Whether a copy still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Valid,
    /// A later revision has taken its place.
    Superseded,
    /// Its number was revoked.
    Revoked,
}

impl Status {
    /// Every one there is.
    pub const ALL: [Self; 3] = [Self::Valid, Self::Superseded, Self::Revoked];

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Superseded => "superseded",
            Self::Revoked => "revoked",
        }
    }

    /// Its name in Chinese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Valid => "有效",
            Self::Superseded => "已被取代",
            Self::Revoked => "已撤销",
        }
    }
}

impl serde::Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Certificate {
    /// The copy that was made last.
    pub fn current(&self) -> &Copy {
        self.copies.last().expect("a certificate has a copy")
    }

    /// The last copy of an earlier revision than the current one's.
    pub(crate) fn before_current(&self) -> Option<&Copy> {
        let current = self.current().revision;
        self.copies.iter().rev().find(|copy| copy.revision < current)
    }

    /// Whether a revision of it still counts.
    pub fn status(&self, revision: u32) -> Status {
        if self.revoked.is_some() {
            Status::Revoked
        } else if revision < self.current().revision {
            Status::Superseded
        } else {
            Status::Valid
        }
    }

    /// What its current copy states.
    pub fn statement(&self) -> &Statement {
        &self.current().attestation.statement
    }
}

impl Ledger {
    /// Every certificate, in the order of first issue.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Every key that has signed, the present one last.
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }

    /// The certificate of a number.
    pub fn get(&self, number: &str) -> Option<&Certificate> {
        self.by_number.get(number).map(|&index| &self.certificates[index])
    }

    /// The certificate of a kind for a subject, under any identity it was ever
    /// issued to.
    pub(crate) fn find(
        &self,
        kind: &str,
        subject: &str,
        member: Option<&str>,
    ) -> Option<&Certificate> {
        let subject = self.first_identity(subject).to_owned();
        let key = (kind.to_owned(), subject, member.map(str::to_owned));
        self.by_subject.get(&key).map(|&index| &self.certificates[index])
    }

    /// The last sequence given in every series.
    pub(crate) fn last_sequences(&self) -> HashMap<String, u32> {
        let mut last = HashMap::new();
        for certificate in &self.certificates {
            let seq: &mut u32 = last.entry(certificate.series.clone()).or_default();
            *seq = certificate.seq.max(*seq);
        }
        last
    }

    /// Whether this very copy was reserved before.
    pub(super) fn knows(&self, copy: &Reservation) -> bool {
        self.get(&copy.number).is_some_and(|certificate| {
            let known = certificate.current();
            known.revision == copy.revision
                && known.sha256 == copy.sha256
                && known.attestation.text == copy.statement
        })
    }

    /// The copy that is reserved under a number and not known to be issued.
    pub(crate) fn reserved(&self, number: &str) -> Option<(&Certificate, &Copy)> {
        let certificate = self.get(number)?;
        let copy = certificate.current();
        (!copy.issued).then_some((certificate, copy))
    }

    /// The identity that a subject had first, which stands for all it had since.
    pub(crate) fn first_identity<'a>(&'a self, subject: &'a str) -> &'a str {
        self.first_identity.get(subject).map_or(subject, String::as_str)
    }

    /// Takes one more record in, which has this place in the log and was made at
    /// this time; `None` if it makes no sense after the others.
    pub(super) fn take_in(&mut self, serial: i64, time: String, record: Record) -> Option<()> {
        match record {
            Record::Key { key, .. } => self.keys.push(key.parse().ok()?),
            Record::Reserve { copy, .. } => self.reserve(serial, time, *copy)?,
            Record::Issue(Completed { refers, number, .. }) => {
                let copies = &mut self.certificate(&number)?.copies;
                copies.iter_mut().find(|copy| copy.serial == refers)?.issued = true;
            }
            Record::Release(completed) => self.release(&completed)?,
            Record::Revoke { number, reason } => {
                self.certificate(&number)?.revoked = Some(reason);
            }
            Record::Reinstate { number, .. } => self.certificate(&number)?.revoked = None,
        }
        Some(())
    }

    fn certificate(&mut self, number: &str) -> Option<&mut Certificate> {
        let index = *self.by_number.get(number)?;
        self.certificates.get_mut(index)
    }

    fn reserve(&mut self, serial: i64, time: String, reserved: Reservation) -> Option<()> {
        let copy = Copy {
            serial,
            time,
            revision: reserved.revision,
            subject: reserved.subject,
            member: reserved.member,
            holder: reserved.entrant.and_then(|json| serde_json::from_str(&json).ok()),
            attestation: Attestation::parse(&reserved.statement)?,
            fingerprint: reserved.fingerprint,
            sha256: reserved.sha256,
            reason: reserved.reason,
            issued: false,
        };
        let bare = Certificate {
            number: reserved.number,
            kind: reserved.kind,
            series: reserved.series,
            seq: reserved.seq,
            copies: Vec::new(),
            revoked: None,
        };
        self.add(bare, copy);
        Some(())
    }

    /// Adds a copy to the certificate of its number, or to `bare` if there is
    /// none.
    fn add(&mut self, bare: Certificate, copy: Copy) {
        let (kind, member) = (bare.kind.clone(), copy.member.clone());
        let subject = copy.subject.clone();
        let mut first = subject.clone();
        let index = match self.by_number.get(&bare.number) {
            Some(&index) => {
                let before = &self.certificates[index].current().subject;
                first = self.first_identity(before).to_owned();
                self.certificates[index].copies.push(copy);
                index
            }
            None => {
                let index = self.certificates.len();
                self.by_number.insert(bare.number.clone(), index);
                self.certificates.push(Certificate { copies: vec![copy], ..bare });
                index
            }
        };
        // Who is known already stays who it is: a person may have come from
        // another entrant.
        let first = self.first_identity.entry(subject).or_insert(first).clone();
        self.by_subject.insert((kind, first, member), index);
    }

    /// Undoes a reservation; a number without any copy is free again.
    fn release(&mut self, Completed { refers, number, .. }: &Completed) -> Option<()> {
        let certificate = self.certificate(number)?;
        certificate.copies.retain(|copy| copy.serial != *refers);
        if !certificate.copies.is_empty() {
            self.forget_names();
            return Some(());
        }
        let number = certificate.number.clone();
        let gone = self.by_number.remove(&number)?;
        self.certificates.remove(gone);
        self.by_subject.retain(|_, index| *index != gone);
        let indices = self.by_number.values_mut().chain(self.by_subject.values_mut());
        for index in indices.filter(|index| **index > gone) {
            *index -= 1;
        }
        Some(())
    }

    /// Finds everybody under the names of the copies there are, and no others.
    fn forget_names(&mut self) {
        let before = std::mem::take(self);
        self.keys = before.keys;
        let mut copies = Vec::new();
        let mut revoked = Vec::new();
        for mut certificate in before.certificates {
            let all = std::mem::take(&mut certificate.copies);
            revoked.push(certificate.revoked.take());
            copies.extend(all.into_iter().map(|copy| (certificate.clone(), copy)));
        }
        copies.sort_by_key(|(_, copy)| copy.serial);
        for (certificate, copy) in copies {
            self.add(certificate, copy);
        }
        for (certificate, revoked) in self.certificates.iter_mut().zip(revoked) {
            certificate.revoked = revoked;
        }
    }
}
