//! The package's own account: `清单.csv` and `待处理.csv` for clerks,
//! `manifest.json` for programs.

use serde::Serialize;

use crate::cell::CellRef;
use crate::diagnostic::wording::Lang;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::intake::{Balance, SkipReason};
use crate::plan::Plan;

/// What the manifest says of one document.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Its number, if it has one.
    pub number: Option<String>,
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
}

#[derive(Serialize)]
struct Manifest<'a> {
    contest: &'a str,
    date: String,
    sheet: Sheet<'a>,
    rows: Balance,
    documents: &'a [Entry],
    held: Vec<Held<'a>>,
    skipped: Vec<Skipped<'a>>,
}

#[derive(Serialize)]
struct Sheet<'a> {
    file: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Held<'a> {
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

/// `manifest.json`.
pub(super) fn manifest(plan: &Plan<'_>, documents: &[Entry], diagnostics: &Diagnostics) -> Vec<u8> {
    let roster = plan.roster;
    let manifest = Manifest {
        contest: &plan.contest.name,
        date: plan.contest.date.to_string(),
        sheet: Sheet { file: &roster.file, sha256: &roster.sha256 },
        rows: roster.balance(),
        documents,
        held: roster
            .held
            .iter()
            .map(|row| Held { row, reasons: reasons(row, diagnostics).map(reason).collect() })
            .collect(),
        skipped: roster
            .skipped
            .iter()
            .map(|skipped| Skipped {
                row: &skipped.row,
                reason: skip_reason(skipped.reason),
                text: &skipped.text,
            })
            .collect(),
    };
    let mut json = serde_json::to_vec_pretty(&manifest).expect("the manifest's keys are text");
    json.push(b'\n');
    json
}

/// `清单.csv`: every document, in order.
pub(super) fn documents(documents: &[Entry]) -> Vec<u8> {
    let header = ["编号", "文件种类", "获奖单位（人）", "路径", "名单行", "页数", "SHA-256"];
    let rows = documents.iter().map(|entry| {
        [
            entry.number.clone().unwrap_or_default(),
            entry.kind.clone(),
            entry.recipient.clone().unwrap_or_default(),
            entry.path.clone(),
            ranges(&entry.rows),
            entry.pages.to_string(),
            entry.sha256.clone(),
        ]
    });
    table(header, rows)
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

/// `待处理.csv`: every reason of every held row.
pub(super) fn held(plan: &Plan<'_>, diagnostics: &Diagnostics) -> Vec<u8> {
    let header = ["名单行", "单元格", "原因", "怎么办"];
    let rows = plan.roster.held.iter().flat_map(|row| {
        reasons(row, diagnostics).map(|diagnostic| {
            let Reason { place, message, help, .. } = reason(diagnostic);
            [row.to_string(), place.unwrap_or_default(), message, help]
        })
    });
    table(header, rows)
}

fn reasons<'a>(
    row: &'a CellRef,
    diagnostics: &'a Diagnostics,
) -> impl Iterator<Item = &'a Diagnostic> {
    diagnostics.iter().filter(move |diagnostic| {
        diagnostic.severity() == Severity::Error && diagnostic.rows.contains(row)
    })
}

/// In Chinese whatever the terminal speaks: the package's bytes must not
/// depend on it.
fn reason(diagnostic: &Diagnostic) -> Reason {
    let wording = diagnostic.wording(Lang::Zh);
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
        SkipReason::NoEntrant => "no-entrant",
    }
}

/// CSV as WPS and Excel open it rightly: UTF-8 with its mark, CRLF.
fn table<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    let in_memory = "writing to memory cannot fail";
    writer.write_record(header).expect(in_memory);
    for row in rows {
        writer.write_record(row.map(inert)).expect(in_memory);
    }
    writer.into_inner().expect(in_memory)
}

/// Text that a spreadsheet program would run as a formula gets a tab in front,
/// which keeps it text and shows nothing.
fn inert(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("\t{text}") } else { text }
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

    #[test]
    fn a_cell_cannot_become_a_formula() {
        let csv = table(["甲", "乙"], [["=cmd|'x'!A1".to_owned(), "a,b".to_owned()]].into_iter());
        let text = String::from_utf8(csv).unwrap();
        assert_eq!(text, "\u{FEFF}甲,乙\r\n\t=cmd|'x'!A1,\"a,b\"\r\n");
    }
}
