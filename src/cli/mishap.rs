//! What nobody has foreseen, a panic: told in words, once it has reached the top.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use super::report::Reporter;

/// What a process that panicked ends with, as ever in Rust.
const STATUS: u8 = 101;

/// What the last panic said. One that is caught below is nobody's business: a
/// library stumbled over a damaged file, which is told as such.
static SAID: Mutex<String> = Mutex::new(String::new());

/// Does the work of a command, and tells if that panics.
pub(super) fn told(reporter: &Reporter, work: impl FnOnce() -> ExitCode) -> ExitCode {
    panic::set_hook(Box::new(|info| {
        *SAID.lock().unwrap_or_else(PoisonError::into_inner) = said(info);
    }));
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        reporter.broken(&SAID.lock().unwrap_or_else(PoisonError::into_inner));
        ExitCode::from(STATUS)
    })
}

/// Where and why, and by which way if `RUST_BACKTRACE` asks for that.
fn said(info: &PanicHookInfo<'_>) -> String {
    let trace = Backtrace::capture();
    match trace.status() {
        BacktraceStatus::Captured => format!("{info}\n{trace}"),
        _ => info.to_string(),
    }
    .trim_end()
    .to_owned()
}
