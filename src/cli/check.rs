//! `accolade check`: read, prove, report; the sheet is left alone.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use accolade::Folder;
use accolade::Lang;
use accolade::annotate;
use accolade::contest::columns;
use accolade::fault::{Class, Diagnostics};
use accolade::field::Field;
use accolade::folder::Checked;
use accolade::intake::{CellBalance, TableMapping};
use accolade::press::Tried;
use accolade::report::check::{Report, near_columns};
use accolade::roster::Balance;
use clap::Args;

use super::args;
use super::report::{Reporter, Told, status_of};

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade check mine
  accolade check mine --sheet final.xlsx --format json
  accolade check mine --annotate to-mend.xlsx    marks the faults in a copy of the sheet";

/// read the sheet, check it, try the templates and report; the sheet itself is
/// never changed
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    #[command(flatten)]
    folder: args::FolderArg,
    #[command(flatten)]
    sheet: args::SheetArg,
    /// write the sheet anew, faulty cells coloured and with notes; never over a
    /// file
    #[arg(long, value_name = "FILE.xlsx")]
    annotate: Option<PathBuf>,
    /// take the one column whose name is near a missing one's for it, and write
    /// that into [columns] of contest.toml
    #[arg(long)]
    assume_mapping: bool,
}

pub(super) fn run(check: &Check, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    match checked(check, reporter) {
        // What is wrong with the contest or its sheet is what was asked for.
        Err(faults) if faults.class() == Class::Data => {
            reporter.found(&faults);
            Ok(status_of(&faults))
        }
        done => done,
    }
}

fn checked(check: &Check, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let path = check.folder.dir.as_path();
    if let Some(file) = &check.annotate {
        annotate::refuse_unwritable(file)?;
    }
    let (mut folder, sheet) = Folder::open_with_sheet(path, check.sheet.sheet.as_deref())?;
    let mut found = folder.check(&sheet, &[])?;
    let mut assumed = BTreeMap::new();
    if check.assume_mapping {
        assumed = near_columns(&found.diagnostics);
        // Where the contest has words of its own, it has decided already.
        let decided = &folder.contest().fields;
        assumed.retain(|field, _| decided.headers_of(*field).is_empty());
    }
    if !assumed.is_empty() {
        columns::assume(path, &assumed)?;
        folder = Folder::open(path)?;
        found = folder.check(&sheet, &[])?;
    }
    let Checked { understood, tried, diagnostics: noticed, .. } = &found;
    if let Some(file) = &check.annotate {
        annotate::write(&sheet, file, &understood.tables, noticed, reporter.lang)?;
    }
    let report = Report::new(&found, assumed, check.annotate.as_deref());
    let diagnostics = reporter.json_with(noticed, &understood.texts);
    let told = Told { result: &report, diagnostics };
    reporter.done(&told, |lang| {
        let mut text = String::new();
        if !report.assumed.is_empty() {
            text += lang.pick(
                "已记在 contest.toml 的 [columns]：\n",
                "Written into [columns] of contest.toml:\n",
            );
            text.extend(columns::lines(&report.assumed).map(|line| format!("    {line}\n")));
        }
        text += &mapping(report.mapping, lang);
        text += &balance(&report, lang);
        text += &trials(tried, lang);
        text += &reporter.text_with(noticed, &understood.texts);
        if let Some(file) = report.annotated {
            let file = file.display();
            text += &lang.pick(
                format!("已在 {file} 中标出；改好之后，用它代替原来的名单\n"),
                format!("Marked in {file}: mend it there and use it instead of the sheet\n"),
            );
        }
        text
    });
    let status = status_of(noticed);
    // The process ends here: nobody waits until ten thousand entrants are taken
    // apart one by one.
    std::mem::forget((folder, sheet, found));
    Ok(status)
}

/// What each column was taken for.
fn mapping(tables: &[TableMapping], lang: Lang) -> String {
    let mut text = String::new();
    for table in tables {
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

/// What was tried of each kind of document, as far as that is not all.
fn trials(tried: &[Tried], lang: Lang) -> String {
    let trials: Vec<String> = tried
        .iter()
        .map(|Tried { kind, documents, of, entrants }| {
            let part = entrants.filter(|(tried, all)| tried < all).map(|(tried, all)| {
                lang.pick(format!("，{all} 行中的 {tried} 行"), format!(", {tried} of {all} rows"))
            });
            let part = part.unwrap_or_default();
            match documents == of {
                true => lang.pick(format!("{kind} {of} 份{part}"), format!("{kind} {of}{part}")),
                false => lang.pick(
                    format!("{kind} {of} 份中的 {documents} 份{part}"),
                    format!("{kind} {documents} of {of}{part}"),
                ),
            }
        })
        .collect();
    if trials.is_empty() {
        return String::new();
    }
    lang.pick(format!("试排过：{}\n", trials.join("；")), format!("Tried: {}\n", trials.join("; ")))
}

/// Rows in = sound + faulty + skipped; and every cell has its role.
fn balance(report: &Report<'_>, lang: Lang) -> String {
    let Balance { r#in: rows, issued: sound, held, skipped } = report.balance;
    let file = report.sheet;
    let rows = lang.pick(
        format!("{file}：{rows} 行 = 可制作 {sound} + 有错 {held} + 略过 {skipped}\n"),
        format!("{file}: {rows} rows = {sound} sound + {held} faulty + {skipped} skipped\n"),
    );
    let CellBalance { r#in: all, title, section, header, value, kept, skipped, unread, .. } =
        report.cells;
    let mut parts = vec![
        (lang.pick("标题", "title"), title),
        (lang.pick("小标题", "heading"), section),
        (lang.pick("表头", "header"), header),
        (lang.pick("读入", "value"), value),
        (lang.pick("原样保留", "kept"), kept),
        (lang.pick("略过", "skipped"), skipped),
        (lang.pick("读不懂", "not understood"), unread),
    ];
    parts.retain(|(_, count)| **count > 0);
    let parts: Vec<String> = parts
        .iter()
        .map(|(name, count)| lang.pick(format!("{name} {count}"), format!("{count} {name}")))
        .collect();
    let parts = parts.join(" + ");
    rows + &lang
        .pick(format!("{file}：{all} 格 = {parts}\n"), format!("{file}: {all} cells = {parts}\n"))
}
