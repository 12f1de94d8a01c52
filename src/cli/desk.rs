//! `accolade desk`: the page for clerks, in the browser.

use std::process::ExitCode;

use accolade::fault::{Diagnostic, Diagnostics};
use clap::Args;

use super::args;
use super::report::Reporter;
use crate::desk::{self, Options};

/// the page for clerks, in the browser
#[derive(Debug, Args)]
pub(super) struct Desk {
    #[command(flatten)]
    folder: args::FolderArg,
    /// the port to listen at; the usual one, or else any, by default
    #[arg(long)]
    port: Option<u16>,
    /// print the address and open no browser
    #[arg(long)]
    no_open: bool,
}

pub(super) fn run(asked: &Desk, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let (no_open, say) = (asked.no_open, reporter.lang);
    let options = Options {
        folder: asked.folder.dir.clone(),
        lang: say,
        port: asked.port,
        ready: Box::new(move |address| {
            anstream::eprintln!("{address}");
            if !no_open {
                // Without a browser the address is there to be copied.
                let _ = open::that_detached(address);
            }
        }),
    };
    desk::serve(options).map_err(|error| Diagnostic::cannot_read(&asked.folder.dir, &error))?;
    Ok(ExitCode::SUCCESS)
}
