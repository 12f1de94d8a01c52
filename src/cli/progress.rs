//! A progress bar with rate and time left, on a terminal only, and the end of a
//! run at Ctrl-C.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::Step;
use crate::diagnostic::wording::Lang;

/// A function that shows how many of how many documents are done and breaks off
/// once the process is asked to end; the bar goes when it is dropped.
pub(super) fn bar(lang: Lang) -> impl FnMut(Step) -> ControlFlow<()> {
    let template = lang.pick(
        "{bar:30} {pos}/{len} 份，每秒 {per_sec}，还要 {eta}",
        "{bar:30} {pos}/{len} documents, {per_sec}/s, {eta} left",
    );
    let style = ProgressStyle::with_template(template).expect("the template is sound").with_key(
        "per_sec",
        |state: &indicatif::ProgressState, text: &mut dyn std::fmt::Write| {
            let _ = write!(text, "{:.0}", state.per_sec());
        },
    );
    let bar = Finishing(ProgressBar::new(0).with_style(style));
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    // Without a handler Ctrl-C ends the process at once and leaves a temporary
    // file: a pity, but no reason not to run.
    let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
    move |step| {
        if let Step::Made { done, count } = step {
            bar.0.set_length(count as u64);
            bar.0.set_position(done as u64);
        }
        if interrupted.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// Clears the bar when the work ends, however it ends.
struct Finishing(ProgressBar);

impl Drop for Finishing {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
