//! `accolade plan`: every number assigned, for several machines to go by.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches};
use jiff::Timestamp;
use serde::Serialize;

use super::report::{DiagnosticJson, Reporter};
use super::{args, output};
use crate::Folder;
use crate::fault::Diagnostics;
use crate::fault::wording::Lang;
use crate::folder::Freeze;
use crate::plan::MOST_PARTS;
use crate::roster::Balance;

pub(super) struct Plan {
    folder: PathBuf,
    sheet: Option<PathBuf>,
    freeze: Freeze,
}

impl Plan {
    pub(super) fn command(lang: Lang) -> clap::Command {
        args::base("plan", lang)
            .about(lang.pick(
                "冻结方案：读名单、排定全部编号，供多台机器分段制作",
                "freeze a plan: read the sheet, assign every number, for several machines to make parts of",
            ))
            .after_help(lang.pick(
                "例：\n  accolade plan 我的大赛 --parts 40\n  accolade run 我的大赛 --shard 7/40    每台机器做一段\n  accolade assemble 我的大赛           各段合成一个压缩包，登记编号",
                "Examples:\n  accolade plan mine --parts 40\n  accolade run mine --shard 7/40    each machine makes a part\n  accolade assemble mine            the parts become one package, its numbers are registered",
            ))
            .args([args::dir(lang), args::sheet(lang)])
            .arg(
                Arg::new("parts")
                    .long("parts")
                    .value_name("N")
                    .required(true)
                    .value_parser(move |text: &str| parts(text, lang))
                    .help(lang.pick("分成几段", "how many parts")),
            )
            .arg(args::out(lang.pick(
                "方案放在哪个文件夹；默认大赛文件夹里的 out",
                "folder for the plan; out in the contest folder by default",
            )))
            .args(args::asked(lang))
    }

    pub(super) fn of(matches: &ArgMatches) -> Self {
        let folder = args::folder(matches);
        let (selection, purpose) = args::asked_of(matches);
        let parts = matches.get_one("parts").copied().unwrap_or(NonZeroUsize::MIN);
        let (out, now) = (args::out_of(matches, &folder), Timestamp::now());
        let freeze = Freeze { selection, purpose, parts, out, now };
        Self { folder, sheet: args::path(matches, "sheet"), freeze }
    }
}

/// How many parts.
fn parts(text: &str, lang: Lang) -> Result<NonZeroUsize, String> {
    let parts = text.parse().ok().filter(|parts| *parts <= MOST_PARTS);
    parts.ok_or_else(|| {
        lang.pick(
            format!("写一个 1 到 {MOST_PARTS} 的整数"),
            format!("give a whole number from 1 to {MOST_PARTS}"),
        )
    })
}

#[derive(Serialize)]
struct Done<'a> {
    sheet: &'a str,
    plan: &'a Path,
    rows: Balance,
    documents: usize,
    parts: usize,
    diagnostics: Vec<DiagnosticJson>,
}

pub(super) fn run(plan: &Plan, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let (folder, sheet) = Folder::open_with_sheet(&plan.folder, plan.sheet.as_deref())?;
    let frozen = folder.freeze(&sheet, &plan.freeze)?;
    output::write(&frozen.place, &frozen.bytes)?;
    let done = Done {
        sheet: &frozen.sheet,
        plan: &frozen.place,
        rows: frozen.rows,
        documents: frozen.documents,
        parts: plan.freeze.parts.get(),
        diagnostics: reporter.json(&frozen.diagnostics),
    };
    reporter.noticed(&frozen.diagnostics);
    reporter.done(&done, |lang| {
        let (place, parts, count) = (frozen.place.display(), plan.freeze.parts, frozen.documents);
        lang.pick(
            format!("{count} 份文件的编号已排定，分 {parts} 段制作：{place}\n"),
            format!("{count} documents have their numbers, to be made in {parts} parts: {place}\n"),
        )
    });
    Ok(ExitCode::SUCCESS)
}
