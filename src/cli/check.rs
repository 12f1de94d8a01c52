//! `accolade check`: read, prove, report; the sheet is left alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use serde::Serialize;

use super::args;
use super::report::{DiagnosticJson, Reporter};
use crate::annotate;
use crate::contest::columns;
use crate::fault::wording::Lang;
use crate::fault::{self, Class, Diagnostics, Kind, Place};
use crate::field::Field;
use crate::folder::{self, Folder};
use crate::intake::{CellBalance, TableMapping};
use crate::press::Tried;
use crate::roster::{Balance, Entrant, Roster, Skipped};

pub(super) struct Check {
    folder: PathBuf,
    sheet: Option<PathBuf>,
    /// Where to write the sheet with its faults marked.
    annotate: Option<PathBuf>,
    /// Take the one column that resembles a missing one for it.
    assume_mapping: bool,
}

impl Check {
    pub(super) fn command(lang: Lang) -> clap::Command {
        args::base("check", lang)
            .about(lang.pick("读名单、核对、报告；不改动名单", "read the sheet, prove it, report; leaves the sheet alone"))
            .after_help(lang.pick(
                "例：\n  accolade check 我的大赛\n  accolade check 我的大赛 --sheet 终稿.xlsx --format json\n  accolade check 我的大赛 --annotate 待改.xlsx    在名单的副本上标出问题",
                "Examples:\n  accolade check mine\n  accolade check mine --sheet final.xlsx --format json\n  accolade check mine --annotate to-mend.xlsx    marks the faults in a copy of the sheet",
            ))
            .args([args::dir(lang), args::sheet(lang)])
            .arg(args::path_option("annotate", "FILE.xlsx").help(lang.pick(
                "另写一份名单，有问题的单元格涂色并加批注；不覆盖已有的文件",
                "write the sheet anew, faulty cells coloured and with notes; never over a file",
            )))
            .arg(args::flag("assume-mapping", lang.pick(
                "缺一列而恰有一列的列名与它相近时，就当作它，并记在 contest.toml 的 [columns]",
                "take the one column whose name is near a missing one's for it, and write that into [columns] of contest.toml",
            )))
    }

    pub(super) fn of(matches: &ArgMatches) -> Self {
        Self {
            folder: args::folder(matches),
            sheet: args::path(matches, "sheet"),
            annotate: args::path(matches, "annotate"),
            assume_mapping: matches.get_flag("assume-mapping"),
        }
    }
}

#[derive(Serialize)]
struct Checked<'a> {
    sheet: &'a str,
    mapping: &'a [TableMapping],
    balance: Balance,
    cells: &'a CellBalance,
    entrants: &'a [Entrant],
    skipped: &'a [Skipped],
    tried: &'a [Tried],
    /// The header words that were added to `contest.toml`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    assumed: BTreeMap<Field, Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotated: Option<&'a Path>,
    diagnostics: Vec<DiagnosticJson>,
}

pub(super) fn run(check: &Check, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    match checked(check, reporter) {
        // What is wrong with the contest or its sheet is what was asked for.
        Err(faults) if faults.class() == Class::Data => {
            reporter.found(&faults);
            Ok(super::status(&faults))
        }
        done => done,
    }
}

fn checked(check: &Check, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    if let Some(file) = &check.annotate {
        annotate::refuse_unwritable(file)?;
    }
    let (mut folder, sheet) = Folder::open_with_sheet(&check.folder, check.sheet.as_deref())?;
    let mut found = folder.check(&sheet)?;
    let mut assumed = BTreeMap::new();
    if check.assume_mapping {
        assumed = near_columns(&found.diagnostics);
        // Where the contest has words of its own, it has decided already.
        let decided = &folder.contest().columns;
        assumed.retain(|field, _| !decided.contains_key(field));
    }
    if !assumed.is_empty() {
        columns::assume(&check.folder, &assumed)?;
        folder = Folder::open(&check.folder)?;
        found = folder.check(&sheet)?;
    }
    let folder::Checked { roster, understood, tried, diagnostics: noticed } = found;
    if let Some(file) = &check.annotate {
        annotate::write(&sheet, file, &understood.tables, &noticed, reporter.lang)?;
    }
    let annotated = check.annotate.as_deref();
    let checked = Checked {
        sheet: &roster.file,
        mapping: &understood.tables,
        balance: roster.balance(),
        cells: &understood.cells,
        entrants: &roster.entrants,
        skipped: &roster.skipped,
        tried: &tried,
        assumed,
        annotated,
        diagnostics: reporter.json_with(&noticed, &understood.texts),
    };
    reporter.done(&checked, |lang| {
        let mut text = String::new();
        if !checked.assumed.is_empty() {
            text += lang.pick(
                "已记在 contest.toml 的 [columns]：\n",
                "Written into [columns] of contest.toml:\n",
            );
            text.extend(columns::lines(&checked.assumed).map(|line| format!("    {line}\n")));
        }
        text += &mapping(&understood.tables, lang);
        text += &balance(&roster, &understood.cells, lang);
        text += &trials(&tried, lang);
        text += &reporter.text_with(&noticed, &understood.texts);
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

/// The headers that alone are near a missing column's words, and near no other
/// missing column's.
fn near_columns(noticed: &Diagnostics) -> BTreeMap<Field, Vec<String>> {
    let missing: Vec<_> = noticed
        .iter()
        .filter_map(|diagnostic| match (&diagnostic.kind, &diagnostic.place) {
            (
                Kind::Layout(fault::Layout::MissingColumn { field, near, .. }),
                Some(Place::Cell(cell)),
            ) => Some((&cell.sheet, *field, near)),
            _ => None,
        })
        .collect();
    let mut assumed: BTreeMap<Field, Vec<String>> = BTreeMap::new();
    for (sheet, field, near) in &missing {
        let [header] = near.as_slice() else { continue };
        let claimed = missing
            .iter()
            .any(|(other, rival, near)| other == sheet && rival != field && near.contains(header));
        let words = assumed.entry(*field).or_default();
        if !claimed && !words.contains(header) {
            words.push(header.clone());
        }
    }
    assumed.retain(|_, words| !words.is_empty());
    assumed
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
fn balance(roster: &Roster, cells: &CellBalance, lang: Lang) -> String {
    let Balance { r#in: rows, issued: sound, held, skipped } = roster.balance();
    let file = &roster.file;
    let rows = lang.pick(
        format!("{file}：{rows} 行 = 可制作 {sound} + 有错 {held} + 略过 {skipped}\n"),
        format!("{file}: {rows} rows = {sound} sound + {held} faulty + {skipped} skipped\n"),
    );
    let CellBalance { r#in: all, title, section, header, value, kept, skipped, unread, .. } = cells;
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
