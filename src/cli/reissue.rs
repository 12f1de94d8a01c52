//! `accolade reissue`: corrected certificates, and nothing else.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{Progress, Reissue};
use super::progress;
use super::report::{DiagnosticJson, Reporter};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::wording::Lang;
use crate::package::Entry;
use crate::reissue::{self, Change, Source};

#[derive(Serialize)]
struct Done<'a> {
    package: &'a Path,
    changes: &'a [Change],
    documents: &'a [Entry],
    diagnostics: Vec<DiagnosticJson>,
}

pub(super) fn run(reissue: &Reissue, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let asks = matches!(reissue.correction.source, Source::Sheet(_)) && !reissue.yes;
    let confirm = |changes: &[Change]| !asks || confirmed(changes, reissue.progress, reporter);
    let made = reissue::reissue(
        &reissue.folder,
        &reissue.correction,
        confirm,
        progress::shown(reissue.progress, reporter.lang),
    )?;
    let done = Done {
        package: &made.package,
        changes: &made.changes,
        documents: &made.documents,
        diagnostics: reporter.json(&made.diagnostics),
    };
    reporter.done(&done, |lang| {
        let mut text = reporter.text(&made.diagnostics);
        // Who confirmed the changes has seen them.
        if !asks {
            text += &shown(&made.changes, lang);
        }
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
    reporter.aside(&shown(changes, reporter.lang));
    if !io::stdin().is_terminal() {
        return false;
    }
    reporter.aside(question);
    let _ = io::stderr().flush();
    let mut answer = String::new();
    let _ = io::stdin().lock().read_line(&mut answer);
    matches!(answer.trim(), "y" | "Y" | "yes" | "是")
}

fn shown(changes: &[Change], lang: Lang) -> String {
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
