//! How far a run is: a bar for people, on a terminal only, or events for
//! programs; and the end of a run at Ctrl-C.

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use accolade::Lang;
use accolade::folder::Step;
use accolade::report::progress::{Event, Events, Pace};
use indicatif::{ProgressBar, ProgressStyle};

use super::choice::Progress;
use super::report::Reporter;
use super::signals;

/// Whether the process has been asked to end, by Ctrl-C, a closed terminal or
/// `SIGTERM`.
#[derive(Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// One that is watched for from now on.
    pub(super) fn watched(progress: Progress, reporter: &Reporter) -> Self {
        let interrupt = Self::default();
        interrupt.watch(progress, reporter);
        interrupt
    }

    /// Keeps the process from ending at once: the work breaks off in order. To
    /// be called once in a process.
    ///
    /// Where the system does not let us, that is told, and no reason not to work.
    pub(super) fn watch(&self, progress: Progress, reporter: &Reporter) {
        let flag = Arc::clone(&self.0);
        let watched = signals::watch(move || flag.store(true, Ordering::Relaxed));
        let Err(error) = watched else { return };
        let message = reporter.lang.pick(
            format!("提示：系统不让程序等候 Ctrl-C（{error}）。制作照常进行，但中途未必能有序停下"),
            format!("note: the system does not let the program wait for Ctrl-C ({error}). The work goes on, but may not break off in order"),
        );
        match progress {
            Progress::Json => tell(&Event::Note { message }),
            Progress::Auto | Progress::None => reporter.aside(&(message + "\n")),
        }
    }
}

/// A function that shows every step and breaks off once the process is asked
/// to end. A bar goes when it is dropped.
pub(super) fn shown(
    progress: Progress,
    lang: Lang,
    interrupt: &Interrupt,
) -> impl FnMut(Step) -> ControlFlow<()> {
    let mut show: Box<dyn FnMut(Step)> = match progress {
        Progress::Auto => Box::new(bar(lang)),
        Progress::Json => Box::new(events()),
        Progress::None => Box::new(|_| {}),
    };
    let interrupted = Arc::clone(&interrupt.0);
    move |step| {
        show(step);
        if interrupted.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

fn bar(lang: Lang) -> impl FnMut(Step) {
    let style = ProgressStyle::with_template("{bar:30} {msg}").expect("the template is sound");
    let bar = Finishing(ProgressBar::new(0).with_style(style));
    let mut pace = Pace::default();
    move |step| {
        let (Step::Made(made) | Step::Making(made)) = step else { return };
        bar.0.set_length(made.work_in_all as u64);
        bar.0.set_position(made.work as u64);
        let (done, count) = (made.done, made.count);
        pace.add(made);
        let rate = pace.rate();
        let mut text = lang.pick(
            format!("{done}/{count} 份，每秒 {rate:.0} 份"),
            format!("{done}/{count} documents, {rate:.0}/s"),
        );
        if let Some(left) = pace.left() {
            let left = clock(left);
            text += &lang.pick(format!("，还要 {left}"), format!(", {left} left"));
        }
        bar.0.set_message(text);
    }
}

/// Minutes and seconds, and hours if there are any.
fn clock(seconds: f64) -> String {
    let seconds = seconds.ceil() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// Clears the bar when the work ends, however it ends.
struct Finishing(ProgressBar);

impl Drop for Finishing {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn events() -> impl FnMut(Step) {
    let mut events = Events::default();
    move |step| {
        if let Some(event) = events.at(step) {
            tell(&event);
        }
    }
}

fn tell(event: &Event) {
    let mut line = serde_json::to_vec(event).expect("an event has keys that are text");
    line.push(b'\n');
    // A reader that hung up is no reason to stop.
    let _ = anstream::stderr().write_all(&line);
}
