//! A progress bar with rate and time left, on a terminal only.

use indicatif::{ProgressBar, ProgressStyle};

use crate::diagnostic::wording::Lang;

/// A function that shows how many of how many documents are done; the bar goes
/// when it is dropped.
pub(super) fn bar(lang: Lang) -> impl FnMut(usize, usize) {
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
    move |done, count| {
        bar.0.set_length(count as u64);
        bar.0.set_position(done as u64);
    }
}

/// Clears the bar when the work ends, however it ends.
struct Finishing(ProgressBar);

impl Drop for Finishing {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
