//! What has been issued, row by row, and which rows are wanted.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

use serde::Serialize;

use crate::contest::Contest;
use crate::fact::Fact;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::field::Field;
use crate::lang::Lang;
use crate::register::{Certificate, Copy, Snapshot, Status};
use crate::tabular;

/// Which copies are wanted: those that fit all of it.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this kind of document.
    pub kind: Option<String>,
    /// Of this status.
    pub status: Option<Status>,
    /// With this text in them.
    pub text: Option<String>,
    /// Of this award.
    pub award: Option<String>,
    /// Of entrants from this county, be it printed or not.
    pub county: Option<String>,
}

/// What the copies of a register can be told apart by: everything that occurs,
/// in the order in which it was first issued.
#[derive(Debug, Default, Serialize)]
pub struct Choices<'a> {
    /// Kinds of documents.
    pub kinds: Vec<&'a str>,
    /// Awards.
    pub awards: Vec<&'a str>,
    /// Counties.
    pub counties: Vec<&'a str>,
    /// Statuses, in their own order.
    pub statuses: Vec<Status>,
}

impl<'a> Choices<'a> {
    /// Of every copy there is.
    pub fn of(register: &'a Snapshot) -> Self {
        let listed = Filter::default().of(register);
        let rows = || listed.certificates.iter();
        let occurs = |status: &Status| rows().any(|row| row.status == *status);
        Self {
            kinds: each_once(rows().map(|row| row.kind)),
            awards: each_once(rows().filter_map(|row| row.award)),
            counties: each_once(rows().filter_map(|row| row.county)),
            statuses: Status::ALL.into_iter().filter(occurs).collect(),
        }
    }
}

fn each_once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut met = HashSet::new();
    names.filter(|name| met.insert(*name)).collect()
}

/// The copies that are wanted of a register.
#[derive(Debug, Serialize)]
pub struct Listed<'a> {
    /// How many entries the whole register has.
    pub entries: i64,
    /// The hash of the last of them.
    pub head: &'a str,
    /// In the order in which they were issued.
    pub certificates: Vec<Row<'a>>,
}

/// One copy, as it is listed.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    /// The certificate's number.
    pub number: &'a str,
    /// Which copy of it this is, from 1.
    pub revision: u32,
    /// Whether it still counts.
    pub status: Status,
    /// Whether it was handed over, or only reserved.
    pub issued: bool,
    /// The kind of document.
    pub kind: &'a str,
    /// Whom it is for.
    pub recipient: &'a str,
    /// The award it states.
    pub award: Option<&'a str>,
    /// The county its entrant comes from, be it printed or not.
    pub county: Option<&'a str>,
    /// What it states, by the facts' names.
    pub facts: serde_json::Map<String, serde_json::Value>,
    /// When it was registered.
    pub time: &'a str,
    /// Why it was made anew or revoked.
    pub reason: Option<&'a str>,
    /// The PDF's hash.
    pub sha256: &'a str,
    /// Stands for everything it was made from.
    pub fingerprint: &'a str,
    /// What was signed.
    pub statement: &'a str,
}

impl Filter {
    /// Every copy that fits.
    pub fn of<'a>(&self, register: &'a Snapshot) -> Listed<'a> {
        let certificates = register.ledger.certificates().iter();
        let copies = certificates.flat_map(|certificate| {
            certificate.copies.iter().map(|copy| Row::new(certificate, copy))
        });
        Listed {
            entries: register.entries,
            head: &register.head,
            certificates: copies.filter(|row| self.fits(row)).collect(),
        }
    }

    /// Makes sure that the kind is one.
    ///
    /// # Errors
    /// The contest has no such kind, nor was any ever issued.
    pub fn refuse_unknown_kind(
        &self,
        contest: &Contest,
        register: &Snapshot,
    ) -> Result<(), Diagnostics> {
        let Some(name) = &self.kind else { return Ok(()) };
        let mut known: Vec<_> = contest.documents.iter().map(|kind| kind.name.clone()).collect();
        for certificate in register.ledger.certificates() {
            if !known.contains(&certificate.kind) {
                known.push(certificate.kind.clone());
            }
        }
        if known.contains(name) {
            return Ok(());
        }
        Err(fault::Environment::UnknownDocumentKind { name: name.clone(), known }.into())
    }

    fn fits(&self, row: &Row<'_>) -> bool {
        let text =
            |text: &str| [row.number, row.statement].iter().any(|known| known.contains(text));
        self.kind.as_deref().is_none_or(|kind| kind == row.kind)
            && self.status.is_none_or(|status| status == row.status)
            && self.text.as_deref().is_none_or(text)
            && self.award.as_deref().is_none_or(|award| row.award == Some(award))
            && self.county.as_deref().is_none_or(|county| row.county == Some(county))
    }
}

impl<'a> Row<'a> {
    fn new(certificate: &'a Certificate, copy: &'a Copy) -> Self {
        let statement = &copy.attestation.statement;
        let field = |field| statement.get(Fact::Field(field)).filter(|text| !text.is_empty());
        let entrant = field(Field::Organization).or_else(|| field(Field::Members));
        let retired = certificate.revoked.as_deref().or(copy.reason.as_deref());
        Self {
            number: &certificate.number,
            revision: copy.revision,
            status: certificate.status(copy.revision),
            issued: copy.issued,
            kind: &certificate.kind,
            recipient: copy.member.as_deref().or(entrant).unwrap_or_default(),
            award: field(Field::Award),
            county: field(Field::County)
                .or_else(|| copy.holder.as_ref().and_then(|holder| holder.county.as_deref())),
            facts: statement
                .facts()
                .iter()
                .map(|(fact, text)| (fact.name().to_owned(), text.clone().into()))
                .collect(),
            time: &copy.time,
            reason: retired,
            sha256: &copy.sha256,
            fingerprint: &copy.fingerprint,
            statement: &copy.attestation.text,
        }
    }

    fn fact(&self, field: Field) -> String {
        let text = self.facts.get(field.name()).and_then(|text| text.as_str());
        text.unwrap_or_default().to_owned()
    }
}

impl Listed<'_> {
    /// The copies as a file of the kind that its name asks for, in the contest's
    /// language.
    ///
    /// # Errors
    /// The name asks for none that there is.
    pub fn file(&self, path: &Path, lang: Lang) -> Result<Vec<u8>, Diagnostics> {
        const CHINESE: [&str; 12] = [
            "编号",
            "版次",
            "状态",
            "文件种类",
            "获奖单位（人）",
            "组别",
            "奖项",
            "项目",
            "成员",
            "登记时间（UTC）",
            "原因",
            "SHA-256",
        ];
        const ENGLISH: [&str; 12] = [
            "Number",
            "Revision",
            "Status",
            "Document",
            "Recipient",
            "Group",
            "Award",
            "Project",
            "Members",
            "Registered (UTC)",
            "Reason",
            "SHA-256",
        ];
        let header = lang.pick(CHINESE, ENGLISH);
        let rows = &self.certificates;
        let cells = rows.iter().map(|row| {
            [
                row.number.to_owned(),
                row.revision.to_string(),
                lang.pick(row.status.label(), row.status.name()).to_owned(),
                row.kind.to_owned(),
                row.recipient.to_owned(),
                row.fact(Field::Group),
                row.fact(Field::Award),
                row.fact(Field::Project),
                row.fact(Field::Members),
                row.time.to_owned(),
                row.reason.unwrap_or_default().to_owned(),
                row.sha256.to_owned(),
            ]
        });
        let extension = path.extension().map(OsStr::to_ascii_lowercase);
        match extension.as_ref().and_then(|extension| extension.to_str()) {
            Some("csv") => Ok(tabular::csv(&header, cells)),
            Some("xlsx") => tabular::xlsx(lang.pick("登记簿", "Register"), header, cells)
                .map_err(|error| Diagnostic::cannot_write(path, &io::Error::other(error)).into()),
            Some("json") => {
                Ok(serde_json::to_vec_pretty(rows).expect("rows have keys that are text"))
            }
            _ => {
                let known = [".xlsx", ".csv", ".json"].map(str::to_owned).to_vec();
                let fault = Diagnostic::new(fault::Environment::UnknownFormat { known });
                Err(fault.at(Place::File(path.to_owned())).into())
            }
        }
    }
}
