//! The package's own account: `清单.csv` and `待处理.csv`, or `list.csv` and
//! `held.csv`, for clerks, `manifest.json` for programs.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, Write};

use rayon::prelude::*;
use serde::ser::{Error, SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::attest::{self, Key, PublicKey};
use crate::cell::CellRef;
use crate::fault::{Diagnostic, Diagnostics, Severity};
use crate::hex::hex;
use crate::lang::Lang;
use crate::plan::{Change, Document, Plan, Volume};
use crate::press::Rendered;
use crate::roster::{Balance, SkipReason};
use crate::tabular;

/// The file that accounts for everything in a package.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The organizer's signature over [`MANIFEST`] as it stands.
pub(super) const SIGNATURE: &str = "manifest.sig";

/// What the manifest says of one PDF.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ManifestEntry {
    /// Its number, if it has one.
    pub number: Option<String>,
    /// Its revision, if it has a number.
    pub revision: Option<u32>,
    /// Its kind.
    pub kind: String,
    /// Who gets it; `None` for a list of many.
    pub recipient: Option<String>,
    /// Its path in the package.
    pub path: String,
    /// The rows it was made from.
    pub rows: Vec<CellRef>,
    /// How many pages it has.
    pub pages: usize,
    /// SHA-256 of the PDF, in hexadecimal.
    pub sha256: String,
    /// Stands for what the pages were made from.
    pub fingerprint: String,
    /// Its printed facts with the organizer's signature, if it is a
    /// certificate.
    pub statement: Option<String>,
}

impl ManifestEntry {
    pub(super) fn of_document(plan: &Plan<'_>, document: &Document, rendered: &Rendered) -> Self {
        Self {
            number: document.number().map(str::to_owned),
            revision: document.certificate.as_ref().map(|certificate| certificate.revision),
            recipient: plan.recipient(document).map(Cow::into_owned),
            rows: plan.rows(document),
            statement: rendered.statement.clone(),
            ..Self::of_file(&plan.kind(document).name, &document.path, rendered)
        }
    }

    pub(super) fn of_volume(plan: &Plan<'_>, volume: &Volume, rendered: &Rendered) -> Self {
        let documents = volume.documents.iter().map(|&index| &plan.documents[index]);
        let mut rows: Vec<CellRef> = documents.flat_map(|document| plan.rows(document)).collect();
        rows.sort();
        rows.dedup();
        Self { rows, ..Self::of_file(&plan.definition(volume).name, &volume.path, rendered) }
    }

    fn of_file(kind: &str, path: &str, rendered: &Rendered) -> Self {
        Self {
            number: None,
            revision: None,
            kind: kind.to_owned(),
            recipient: None,
            path: path.to_owned(),
            rows: Vec::new(),
            pages: rendered.pages,
            sha256: hex(&Sha256::digest(&rendered.pdf)),
            fingerprint: rendered.fingerprint.clone(),
            statement: None,
        }
    }
}

#[derive(Serialize)]
#[serde(bound = "")]
struct Manifest<'a, E: Iterator<Item = io::Result<ManifestEntry>>> {
    contest: &'a str,
    date: String,
    sheet: SheetDigest<'a>,
    /// Absent where only corrections are packed.
    rows: Option<Balance>,
    /// What differs from what was issued before.
    changes: &'a [Change],
    /// The key that has signed the certificates and this manifest.
    key: Option<PublicKey>,
    /// Stands for all certificates in the package.
    root: Option<String>,
    documents: InTurn<E>,
    /// The files for clerks.
    lists: &'a [ListedFile],
    held: Vec<WithheldRow<'a>>,
    skipped: Vec<Skipped<'a>>,
}

/// Entries that serialise as one list, each as it comes: once, therefore.
pub(super) struct InTurn<E>(RefCell<E>);

impl<E> InTurn<E> {
    pub(super) fn new(entries: E) -> Self {
        Self(RefCell::new(entries))
    }
}

impl<E: Iterator<Item = io::Result<ManifestEntry>>> Serialize for InTurn<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for entry in &mut *self.0.borrow_mut() {
            list.serialize_element(&entry.map_err(S::Error::custom)?)?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct SheetDigest<'a> {
    file: &'a str,
    sha256: &'a str,
}

/// A file for clerks.
#[derive(Serialize)]
pub(super) struct ListedFile {
    pub path: &'static str,
    pub sha256: String,
}

#[derive(Serialize)]
struct WithheldRow<'a> {
    row: &'a CellRef,
    reasons: Vec<Reason>,
}

#[derive(Serialize)]
struct Reason {
    code: &'static str,
    place: Option<String>,
    message: String,
    help: String,
}

#[derive(Serialize)]
struct Skipped<'a> {
    row: &'a CellRef,
    reason: &'static str,
    text: &'a str,
}

/// Writes `manifest.json`.
///
/// # Errors
/// It cannot be written, or the entries cannot be read.
pub(super) fn write_manifest(
    mut file: impl Write,
    plan: &Plan<'_>,
    documents: impl Iterator<Item = io::Result<ManifestEntry>>,
    lists: &[ListedFile],
    diagnostics: &Diagnostics,
) -> io::Result<()> {
    let (roster, lang) = (plan.roster, plan.contest.language.lang);
    let certificates = plan.documents.par_iter().filter_map(|it| plan.statement(it));
    let manifest = Manifest {
        contest: &plan.contest.name,
        date: plan.contest.date.to_string(),
        sheet: SheetDigest { file: &roster.file, sha256: &roster.sha256 },
        rows: plan.changes.is_empty().then(|| roster.balance()),
        changes: &plan.changes,
        key: plan.key.map(Key::public),
        root: plan.key.map(|_| attest::root(certificates)),
        documents: InTurn::new(documents),
        lists,
        held: roster
            .held
            .iter()
            .map(|row| WithheldRow {
                row,
                reasons: reasons(row, diagnostics).map(|it| reason(it, lang)).collect(),
            })
            .collect(),
        skipped: roster
            .skipped
            .iter()
            .filter(|_| plan.changes.is_empty())
            .map(|skipped| Skipped {
                row: &skipped.row,
                reason: skip_reason(skipped.reason),
                text: &skipped.text,
            })
            .collect(),
    };
    serde_json::to_writer_pretty(&mut file, &manifest)?;
    file.write_all(b"\n")
}

/// The file that lists every document.
pub(super) fn documents_file(lang: Lang) -> &'static str {
    lang.pick("清单.csv", "list.csv")
}

/// The file that tells what is wrong with the rows that are held.
pub(super) fn held_file(lang: Lang) -> &'static str {
    lang.pick("待处理.csv", "held.csv")
}

/// Writes the list of every document, in order.
///
/// # Errors
/// It cannot be written, or the entries cannot be read.
pub(super) fn write_documents(
    file: impl Write,
    documents: impl Iterator<Item = io::Result<ManifestEntry>>,
    lang: Lang,
) -> io::Result<()> {
    let header = lang.pick(
        ["编号", "文件种类", "获奖单位（人）", "路径", "名单行", "页数", "SHA-256"],
        ["Number", "Document", "Recipient", "Path", "Rows", "Pages", "SHA-256"],
    );
    let rows = documents.map(|entry| {
        entry.map(|entry| {
            [
                entry.number.unwrap_or_default(),
                entry.kind,
                entry.recipient.unwrap_or_default(),
                entry.path,
                ranges(&entry.rows),
                entry.pages.to_string(),
                entry.sha256,
            ]
        })
    });
    tabular::write_csv(file, &header, rows)
}

/// Rows that follow one another as one range, `企业组!D3:D28`: a list's
/// hundreds would overflow a spreadsheet's cell.
fn ranges(rows: &[CellRef]) -> String {
    let follows =
        |a: &CellRef, b: &CellRef| (&a.sheet, a.row + 1, a.column) == (&b.sheet, b.row, b.column);
    let ranges = rows.chunk_by(follows).map(|range| match range {
        [first, .., last] => {
            let last = last.to_string();
            let address = last.rsplit('!').next().unwrap_or_default();
            format!("{first}:{address}")
        }
        one => one.iter().map(CellRef::to_string).collect(),
    });
    ranges.collect::<Vec<_>>().join(" ")
}

/// Every reason of every held row.
pub(super) fn held(plan: &Plan<'_>, diagnostics: &Diagnostics) -> Vec<u8> {
    let lang = plan.contest.language.lang;
    let header =
        lang.pick(["名单行", "单元格", "原因", "怎么办"], ["Row", "Cell", "Reason", "What to do"]);
    let rows = plan.roster.held.iter().flat_map(|row| {
        reasons(row, diagnostics).map(|diagnostic| {
            let Reason { place, message, help, .. } = reason(diagnostic, lang);
            [row.to_string(), place.unwrap_or_default(), message, help]
        })
    });
    tabular::csv(&header, rows)
}

fn reasons<'a>(
    row: &'a CellRef,
    diagnostics: &'a Diagnostics,
) -> impl Iterator<Item = &'a Diagnostic> {
    diagnostics.iter().filter(move |diagnostic| {
        diagnostic.severity() == Severity::Error && diagnostic.rows.contains(row)
    })
}

/// In the contest's language whatever the terminal speaks: the package's bytes
/// must not depend on it.
fn reason(diagnostic: &Diagnostic, lang: Lang) -> Reason {
    let wording = diagnostic.wording(lang);
    Reason {
        code: diagnostic.kind.code(),
        place: diagnostic.place.as_ref().map(ToString::to_string),
        message: wording.message,
        help: wording.help,
    }
}

fn skip_reason(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Note => "note",
        SkipReason::Total => "total",
        SkipReason::Header => "header",
        SkipReason::Section => "section",
        SkipReason::Title => "title",
        SkipReason::Continued => "continued",
        SkipReason::Signature => "signature",
        SkipReason::Prepared => "prepared",
        SkipReason::NoEntrant => "no-entrant",
        SkipReason::NoTable => "no-table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_a_row_are_one_range() {
        let rows = ["甲!D3", "甲!D4", "甲!D5", "甲!D7", "乙!D8"];
        let rows: Vec<_> = rows.iter().filter_map(|row| CellRef::parse(row)).collect();
        assert_eq!(ranges(&rows), "甲!D3:D5 甲!D7 乙!D8");
    }
}
