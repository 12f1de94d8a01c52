//! `accolade extras`: what a system has of a program beside the program itself.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use accolade::Lang;
use accolade::fault::Diagnostics;
use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man;
use serde::Serialize;

use super::output;
use super::report::Reporter;
use crate::desk::guide;

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade extras ~/.local/share       for this user, where shells and man look";

/// write the manual pages, the completions of shells and the guide in pictures
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Extras {
    /// the folder they go into, in the places that Linux has for them under
    /// /usr/share
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

#[derive(Serialize)]
struct Written {
    files: Vec<PathBuf>,
}

/// Where each shell looks for what completes a command.
const COMPLETIONS: [(Shell, &str); 4] = [
    (Shell::Bash, "bash-completion/completions/accolade"),
    (Shell::Zsh, "zsh/site-functions/_accolade"),
    (Shell::Fish, "fish/vendor_completions.d/accolade.fish"),
    (Shell::PowerShell, "powershell/_accolade.ps1"),
];

/// `typed` is all that may be typed, with its help in a language.
pub(super) fn run(
    extras: &Extras,
    typed: impl Fn(Lang) -> Command,
    reporter: &Reporter,
) -> Result<ExitCode, Diagnostics> {
    let mut files = Vec::new();
    let command = typed(reporter.lang);
    for (shell, path) in COMPLETIONS {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut command.clone(), "accolade", &mut script);
        files.push((PathBuf::from(path), script));
    }
    for (lang, folder) in [(Lang::En, "man/man1"), (Lang::Zh, "man/zh_CN/man1")] {
        let mut command = typed(lang);
        command.build();
        manual(&command, lang, Path::new(folder), &mut files);
    }
    let doc = Path::new("doc/accolade");
    files.extend(guide::files().into_iter().map(|(path, bytes)| (doc.join(path), bytes)));
    let mut written = Written { files: Vec::new() };
    for (path, bytes) in files {
        let path = extras.dir.join(path);
        output::write(&path, &bytes)?;
        written.files.push(path);
    }
    reporter.done(&written, |_| {
        written.files.iter().map(|file| format!("{}\n", file.display())).collect()
    });
    Ok(ExitCode::SUCCESS)
}

/// The manual pages of a command and of those under it.
fn manual(command: &Command, lang: Lang, folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    let source = concat!("accolade ", env!("CARGO_PKG_VERSION"));
    let page =
        Man::new(command.clone()).source(source).manual(lang.pick("用户命令", "User Commands"));
    let mut text = Vec::new();
    page.render(&mut text).expect("memory takes whatever is written");
    files.push((folder.join(page.get_filename()), text));
    for command in command.get_subcommands() {
        manual(command, lang, folder, files);
    }
}
