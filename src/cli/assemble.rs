//! `accolade assemble`: the parts of a frozen plan, in one zip.

use std::process::ExitCode;
use std::time::Instant;

use super::args::Assemble;
use super::report::Reporter;
use super::{progress, run};
use crate::diagnostic::Diagnostics;
use crate::shard;

pub(super) fn run(assemble: &Assemble, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let start = Instant::now();
    let progress = progress::shown(assemble.progress, reporter.lang);
    let account = shard::assemble(&assemble.folder, &assemble.order, progress)?;
    run::tell(&account, start, reporter);
    Ok(ExitCode::SUCCESS)
}
