//! `accolade reissue`: corrected certificates, and nothing else.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches};
use jiff::Timestamp;
use serde::Serialize;

use super::args::{self, Progress};
use super::progress::{self, Interrupt};
use super::report::{DiagnosticJson, Reporter};
use crate::Folder;
use crate::fault::Diagnostics;
use crate::fault::wording::Lang;
use crate::folder::{Correction, Facts};
use crate::package::Entry;
use crate::plan::Change;

pub(super) struct Reissue {
    folder: PathBuf,
    facts: Facts,
    /// Kinds of documents to make anew as well, where they carry a change.
    also: Vec<String>,
    correction: Correction,
    /// Do not ask.
    yes: bool,
    progress: Progress,
}

impl Reissue {
    pub(super) fn command(lang: Lang) -> clap::Command {
        let path = |id| args::path_option(id, "SHEET");
        args::base("reissue", lang)
            .about(lang.pick(
                "重发改正了的证书：编号不变，版次加一，别的都不动",
                "reissue corrected certificates: same number, next revision, nothing else touched",
            ))
            .override_usage(lang.pick(
                "accolade reissue [DIR] NUMBER --set 字段=值 --reason 说明\n      accolade reissue [DIR] --from 名单 --reason 说明",
                "accolade reissue [DIR] NUMBER --set FIELD=VALUE --reason TEXT\n       accolade reissue [DIR] --from SHEET --reason TEXT",
            ))
            .after_help(lang.pick(
                "例：\n  accolade reissue 我的大赛 JZCK2026-QY-1-001 --set 项目=新名称 --reason 名称有误\n  accolade reissue 我的大赛 JZCK2026-QY-1-001 --set 成员=甲、乙 --reason 漏了一人 --also 获奖名单通知\n  accolade reissue 我的大赛 --from 更正后.xlsx --reason 更正    先列出改动，确认后才做",
                "Examples:\n  accolade reissue mine JZCK2026-QY-1-001 --set project=NEW --reason \"wrong name\"\n  accolade reissue mine JZCK2026-QY-1-001 --set members=甲、乙 --reason \"one was left out\" --also 获奖名单通知\n  accolade reissue mine --from corrected.xlsx --reason correction    shows the changes and asks",
            ))
            .arg(args::dir(lang))
            .arg(
                args::number(lang)
                    .required_unless_present_any(["from", "dir"])
                    .conflicts_with("from"),
            )
            .arg(
                Arg::new("set")
                    .long("set")
                    .value_name(lang.pick("字段=值", "FIELD=VALUE"))
                    .action(ArgAction::Append)
                    .value_parser(move |text: &str| setting(text, lang))
                    .required_unless_present("from")
                    .conflicts_with("from")
                    .help(lang.pick("改成这样；可以重复", "make it so; may be repeated")),
            )
            .arg(path("from").help(lang.pick(
                "按这份改正了的名单，有改动的都重发",
                "a corrected sheet: reissue whoever differs in it",
            )))
            .arg(args::reason(lang).required(true))
            .arg(Arg::new("also").long("also").value_name("KIND").action(ArgAction::Append).help(
                lang.pick(
                    "印着改动内容的这一种文件也重做；可以重复",
                    "also make this kind anew where it carries a change; may be repeated",
                ),
            ))
            .arg(args::flag("yes", lang.pick("不必问我", "do not ask")))
            .arg(args::out(lang.pick(
                "压缩包放在哪个文件夹；默认大赛文件夹里的 out",
                "folder for the package; out in the contest folder by default",
            )))
            .arg(args::replace(lang))
            .arg(args::threads(lang))
            .arg(args::progress(lang))
    }

    pub(super) fn of(matches: &ArgMatches) -> Self {
        let (folder, facts) = match args::path(matches, "from") {
            Some(sheet) => (args::folder(matches), Facts::Sheet(sheet)),
            None => {
                let (folder, number) = args::folder_and_number(matches);
                let values = matches.get_many::<(String, String)>("set");
                let values = values.into_iter().flatten().cloned().collect();
                (folder, Facts::Typed { number, values })
            }
        };
        let correction = Correction {
            reason: args::reason_of(matches),
            target: args::target_of(matches, &folder),
            threads: args::threads_of(matches),
            now: Timestamp::now(),
        };
        let (yes, progress) = (matches.get_flag("yes"), args::progress_of(matches));
        let also = args::texts(matches, "also");
        Self { folder, facts, also, correction, yes, progress }
    }
}

/// `FIELD=VALUE`.
fn setting(text: &str, lang: Lang) -> Result<(String, String), &'static str> {
    let typed = text.split_once(['=', '＝']);
    let typed = typed.map(|(name, value)| (name.trim().to_owned(), value.to_owned()));
    typed
        .ok_or(lang.pick("写成 字段=值，例如 项目=新名称", "give FIELD=VALUE, such as project=NEW"))
}

#[derive(Serialize)]
struct Done<'a> {
    package: &'a Path,
    changes: &'a [Change],
    documents: &'a [Entry],
    diagnostics: Vec<DiagnosticJson>,
}

pub(super) fn run(reissue: &Reissue, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let Reissue { folder, facts, also, correction, yes, progress } = reissue;
    let asks = matches!(facts, Facts::Sheet(_)) && !yes;
    let interrupt = Interrupt::default();
    if !asks {
        interrupt.watch(*progress, reporter);
    }
    let folder = Folder::open(folder)?;
    let proposal = folder.propose(facts, also, correction.now)?;
    if asks {
        if !confirmed(&proposal.changes, *progress, reporter) {
            return Err(proposal.declined());
        }
        // Until here Ctrl-C is an answer, too.
        interrupt.watch(*progress, reporter);
    }
    let shown = progress::shown(*progress, reporter.lang, &interrupt);
    let made = folder.apply(proposal, correction, shown)?;
    let done = Done {
        package: &made.package,
        changes: &made.changes,
        documents: &made.documents,
        diagnostics: reporter.json(&made.diagnostics),
    };
    reporter.noticed(&made.diagnostics);
    reporter.done(&done, |lang| {
        // Who confirmed the changes has seen them, unless this goes elsewhere.
        let seen = asks && io::stdout().is_terminal();
        let mut text = if seen { String::new() } else { listed(&made.changes, lang) };
        for entry in &made.documents {
            text += &format!("  {}\n", entry.path);
        }
        let package = made.package.display();
        text + &lang.pick(
            format!(
                "重发 {} 份，旧的一份不再有效，请收回\n压缩包：{package}\n",
                made.changes.len()
            ),
            format!(
                "{} reissued; collect the old copies, which no longer count\npackage: {package}\n",
                made.changes.len()
            ),
        )
    });
    Ok(ExitCode::SUCCESS)
}

/// Shows the changes and asks, where somebody is there to answer.
fn confirmed(changes: &[Change], progress: Progress, reporter: &Reporter) -> bool {
    if progress == Progress::Json {
        return false;
    }
    let question = reporter.lang.pick("重发这些证书？[y/N] ", "Reissue these? [y/N] ");
    reporter.aside(&listed(changes, reporter.lang));
    if !io::stdin().is_terminal() {
        return false;
    }
    reporter.aside(question);
    let _ = io::stderr().flush();
    let mut answer = String::new();
    let _ = io::stdin().lock().read_line(&mut answer);
    matches!(answer.trim(), "y" | "Y" | "yes" | "是")
}

fn listed(changes: &[Change], lang: Lang) -> String {
    let mut text = String::new();
    for Change { number, differences } in changes {
        text += &format!("{number}\n");
        for difference in differences {
            let label = lang.pick(difference.fact.label(), difference.fact.name());
            text += &lang.pick(
                format!("  {label}：“{}” → “{}”\n", difference.was, difference.now),
                format!("  {label}: “{}” → “{}”\n", difference.was, difference.now),
            );
        }
    }
    text
}
