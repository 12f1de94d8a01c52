//! `accolade reissue`: corrected certificates, and nothing else.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use accolade::Folder;
use accolade::Lang;
use accolade::fault::Diagnostics;
use accolade::folder::{Correction, Facts, Target};
use accolade::plan::Change;
use accolade::report::reissue::Done;
use clap::Args;
use jiff::Timestamp;

use super::args::{self, Expected};
use super::choice::Progress;
use super::progress::{self, Interrupt};
use super::report::Reporter;
use super::usage;

/// How it is typed.
const USAGE: &str = "accolade reissue [DIR] NUMBER --set FIELD=VALUE --reason TEXT
       accolade reissue [DIR] --from SHEET --reason TEXT";

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade reissue mine JZCK2026-QY-1-001 --set project=NEW --reason \"wrong name\"
  accolade reissue mine JZCK2026-QY-1-001 --set members='Ada Cole, Ben Hart' --reason \"one was left out\" --also Results
  accolade reissue mine --from corrected.xlsx --reason correction    shows the changes and asks";

/// reissue corrected certificates: same number, next revision, nothing else
/// touched
#[derive(Debug, Args)]
#[command(override_usage = USAGE, after_help = EXAMPLES)]
#[command(mut_arg("number", |number| {
    number.required_unless_present_any(["from", "dir"]).conflicts_with("from")
}))]
pub(super) struct Reissue {
    #[command(flatten)]
    target: args::TargetArg,
    /// the corrected value of a field; may be repeated
    #[arg(
        long,
        value_name = "FIELD=VALUE",
        value_parser = setting,
        required_unless_present = "from",
        conflicts_with = "from"
    )]
    set: Vec<(String, String)>,
    /// a corrected sheet: reissue whoever differs in it
    #[arg(long, value_name = "SHEET")]
    from: Option<PathBuf>,
    #[command(flatten)]
    reason: args::ReasonArg,
    /// also make this kind anew where it carries a change; may be repeated
    #[arg(long, value_name = "KIND")]
    also: Vec<String>,
    /// do not ask
    #[arg(long)]
    yes: bool,
    /// folder for the package; out in the contest folder by default
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    replace: args::Replace,
    #[command(flatten)]
    threads: args::Threads,
    #[command(flatten)]
    progress: args::Progress,
}

impl Reissue {
    /// The contest folder and the right facts.
    ///
    /// # Errors
    /// A folder is typed where the number should be.
    fn facts(&self) -> Result<(&Path, Facts), &Path> {
        if let Some(sheet) = &self.from {
            return Ok((self.target.folder(), Facts::Sheet(sheet.clone())));
        }
        let (folder, number) = self.target.folder_and_number()?;
        Ok((folder, Facts::Typed { number, values: self.set.clone() }))
    }
}

/// `FIELD=VALUE`.
fn setting(text: &str) -> Result<(String, String), Expected> {
    let typed = text.split_once(['=', '＝']);
    let typed = typed.map(|(name, value)| (name.trim().to_owned(), value.to_owned()));
    typed.ok_or_else(|| {
        Expected::new("写成 字段=值，例如 项目=新名称", "give FIELD=VALUE, such as project=NEW")
    })
}

pub(super) fn run(reissue: &Reissue, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let (folder, facts) = match reissue.facts() {
        Ok(wanted) => wanted,
        Err(folder) => return Ok(usage::no_number(folder, reporter)),
    };
    let out = args::out(reissue.out.as_deref(), folder, "out");
    let correction = Correction {
        reason: reissue.reason.reason.clone(),
        target: Target { folder: out, replace: reissue.replace.replace },
        threads: reissue.threads.count(),
        now: Timestamp::now(),
    };
    let progress = reissue.progress.progress;
    let asks = matches!(facts, Facts::Sheet(_)) && !reissue.yes;
    let interrupt = Interrupt::default();
    if !asks {
        interrupt.watch(progress, reporter);
    }
    let folder = Folder::open(folder)?;
    let proposal = folder.propose(&facts, &reissue.also, correction.now)?;
    if asks {
        if !confirmed(&proposal.changes, progress, reporter) {
            return Err(proposal.declined());
        }
        // Until here Ctrl-C is an answer, too.
        interrupt.watch(progress, reporter);
    }
    let shown = progress::shown(progress, reporter.lang, &interrupt);
    let made = folder.apply(proposal, &correction, shown)?;
    reporter.done_with(&Done::from(&made), &made.diagnostics, |lang| {
        // Who confirmed the changes has seen them, unless this goes elsewhere.
        let seen = asks && io::stdout().is_terminal();
        let mut text = if seen { String::new() } else { listed(&made.changes, lang) };
        for entry in &made.documents {
            text += &format!("  {}\n", entry.path);
        }
        let package = made.package.display();
        let reissued = made.changes.iter().filter(|change| change.printed).count();
        let registered = made.changes.len() - reissued;
        if reissued > 0 {
            text += &lang.pick(
                format!("重发 {reissued} 份，原来的各份不再有效，请收回\n"),
                format!("{reissued} reissued; collect the old copies, which no longer count\n"),
            );
        }
        if registered > 0 {
            text += &lang.pick(
                format!("{registered} 份上不印改动的内容，只改登记；已发的仍然有效\n"),
                format!("{registered} do not print what changed, so only the register did; the copies out there still count\n"),
            );
        }
        text + &lang.pick(format!("压缩包：{package}\n"), format!("package: {package}\n"))
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
    for Change { number, differences, .. } in changes {
        text += &format!("{number}\n");
        for difference in differences {
            let label = lang.fact(difference.fact);
            text += &lang.pick(
                format!("  {label}：“{}” → “{}”\n", difference.was, difference.now),
                format!("  {label}: “{}” → “{}”\n", difference.was, difference.now),
            );
        }
    }
    text
}
