//! `accolade check`: read, prove, report; the sheet is left alone.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::args::Check;
use super::report::{DiagnosticJson, Reporter};
use crate::annotate;
use crate::contest::Contest;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::wording::Lang;
use crate::field::Field;
use crate::intake::{Balance, Entrant, Roster, Skipped, TableMapping};

#[derive(Serialize)]
struct Checked<'a> {
    sheet: &'a str,
    mapping: &'a [TableMapping],
    balance: Balance,
    entrants: &'a [Entrant],
    skipped: &'a [Skipped],
    #[serde(skip_serializing_if = "Option::is_none")]
    annotated: Option<&'a Path>,
    diagnostics: Vec<DiagnosticJson>,
}

pub(super) fn run(check: &Check, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    if let Some(file) = &check.annotate {
        annotate::refuse_unwritable(file)?;
    }
    let (roster, noticed) = crate::check(&check.folder, check.sheet.as_deref())?;
    if let Some(file) = &check.annotate {
        let own = Contest::load(&check.folder)?.sheet;
        let sheet = check.sheet.as_deref().unwrap_or(&own);
        annotate::write(sheet, file, &roster, &noticed, reporter.lang)?;
    }
    let annotated = check.annotate.as_deref();
    let checked = Checked {
        sheet: &roster.file,
        mapping: &roster.tables,
        balance: roster.balance(),
        entrants: &roster.entrants,
        skipped: &roster.skipped,
        annotated,
        diagnostics: reporter.json_with(&noticed, &roster.texts),
    };
    reporter.done(&checked, |lang| {
        let mut text = mapping(&roster, lang) + &balance(&roster, lang);
        text += &reporter.text_with(&noticed, &roster.texts);
        if let Some(file) = annotated {
            let file = file.display();
            text += &lang.pick(
                format!("已在 {file} 中标出；改好之后，用它代替原来的名单\n"),
                format!("Marked in {file}: mend it there and use it instead of the sheet\n"),
            );
        }
        text
    });
    Ok(super::status(&noticed))
}

/// What each column was taken for.
fn mapping(roster: &Roster, lang: Lang) -> String {
    let mut text = String::new();
    for table in &roster.tables {
        let (fields, kept): (Vec<_>, Vec<_>) =
            table.columns.iter().partition(|column| column.field.is_some());
        let fields = fields.iter().map(|column| {
            let address = column.cell.address();
            match column.field.map(Field::label) {
                Some(label) if label != column.header || lang == Lang::En => {
                    let name = column.field.map_or("", |field| lang.field(field));
                    format!("{address} {} = {name}", column.header)
                }
                _ => format!("{address} {}", column.header),
            }
        });
        let kept = kept.iter().map(|column| format!("{} {}", column.cell.address(), column.header));
        let (fields, kept): (Vec<_>, Vec<_>) = (fields.collect(), kept.collect());
        text += &lang.pick(
            format!("{}：{}", table.sheet, fields.join("，")),
            format!("{}: {}", table.sheet, fields.join(", ")),
        );
        if !kept.is_empty() {
            text += &lang.pick(
                format!("；原样保留：{}", kept.join("，")),
                format!("; kept as they are: {}", kept.join(", ")),
            );
        }
        text.push('\n');
    }
    text
}

/// Rows in = sound + faulty + skipped.
fn balance(roster: &Roster, lang: Lang) -> String {
    let Balance { r#in: rows, issued: sound, held, skipped } = roster.balance();
    let file = &roster.file;
    lang.pick(
        format!("{file}：{rows} 行 = 可制作 {sound} + 有错 {held} + 略过 {skipped}\n"),
        format!("{file}: {rows} rows = {sound} sound + {held} faulty + {skipped} skipped\n"),
    )
}
