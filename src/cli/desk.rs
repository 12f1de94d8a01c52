//! `accolade desk`: the page for clerks, in the browser.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use accolade::fault::{self, Diagnostic, Diagnostics};
use clap::Args;
use tokio::sync::Notify;

use super::args;
use super::report::Reporter;
use super::signals;
use crate::desk::{self, Options, Start};

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade desk mine
  accolade desk mine --no-open     prints the address and opens no browser";

/// the page for clerks, in the browser, on this machine only
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Desk {
    #[command(flatten)]
    folder: args::FolderArg,
    /// the port to listen at; the usual one, or else any, by default
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// print the address and open no browser
    #[arg(long)]
    no_open: bool,
    /// end when no page was open for so many minutes; 0 for never
    #[arg(long, value_name = "MINUTES", default_value_t = IDLE)]
    idle: u64,
}

impl Desk {
    /// In this folder, with everything as usual.
    pub(super) fn usual(folder: PathBuf) -> Self {
        let folder = args::FolderArg { dir: folder };
        Self { folder, port: None, no_open: false, idle: IDLE }
    }
}

/// Ends after so many minutes without anybody there.
const IDLE: u64 = 60;

pub(super) fn run(asked: &Desk, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let folder = &asked.folder.dir;
    if let Err(error) = fs::read_dir(folder) {
        return Err(Diagnostic::cannot_read(folder, &error).into());
    }
    let end = Arc::new(Notify::new());
    let interrupted = Arc::clone(&end);
    // Where the system does not let us, the process ends at once, as ever.
    let _ = signals::watch(move || interrupted.notify_one());
    let options = Options {
        folder: folder.clone(),
        lang: reporter.lang,
        port: asked.port,
        idle: (asked.idle > 0).then(|| Duration::from_secs(asked.idle.saturating_mul(60))),
        notes: notes(|name| env::var_os(name).map(PathBuf::from)),
        end,
    };
    let open = |address: &str| {
        reporter.done(&serde_json::json!({ "address": address }), |_| format!("{address}\n"));
        if !asked.no_open {
            // Without a browser the address is there to be copied.
            let _ = open::that_detached(address);
        }
    };
    let started = desk::serve(options, |address| {
        open(address);
        reporter.hint(reporter.lang.pick(
            "办事页面在浏览器里，只有这台电脑能打开。用的时候不要关这个窗口；用完在页面上点“退出”，关掉窗口或按 Ctrl-C 也行。做好的、改好的都在大赛文件夹里\n",
            "The page is in your browser and opens on this machine only. Leave this window open while you work; end with the page's own button, or close the window or press Ctrl-C. Whatever was made or mended is in the contest folder\n",
        ));
    });
    match started {
        Ok(Start::Ended) => Ok(ExitCode::SUCCESS),
        Ok(Start::Other(address)) => {
            reporter.hint(reporter.lang.pick(
                "这个文件夹的页面已经开着，打开它\n",
                "the page of this folder is open already: here it is\n",
            ));
            open(&address);
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            Err(fault::Environment::NoPort { port: asked.port, error: error.to_string() }.into())
        }
    }
}

/// Where this user's programs leave notes for one another.
fn notes(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let own = |name: &str| variable(name).filter(|path| path.is_absolute());
    let place = own("XDG_RUNTIME_DIR")
        .or_else(|| own("LOCALAPPDATA"))
        .or_else(|| own("XDG_CACHE_HOME"))
        .or_else(|| Some(own("HOME")?.join(".cache")));
    Some(place?.join("accolade"))
}
