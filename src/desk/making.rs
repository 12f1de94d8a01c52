//! What is being made, one thing at a time, in a thread of its own: meanwhile the
//! folder can be looked at, and the work stopped.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use accolade::Lang;
use accolade::fault::Diagnostics;
use accolade::folder::Step;
use accolade::report::progress;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::answer::{Refusal, told, value};
use super::events::Events;

/// What came of some work; `None` if it panicked.
pub(super) type Outcome = Option<Result<Made, Diagnostics>>;

/// What was made, and what was noticed.
pub(super) struct Made {
    pub made: Value,
    pub noticed: Diagnostics,
}

/// What is being made, and what was made last.
#[derive(Default)]
pub(super) struct Making {
    running: Option<Running>,
    last: Option<(Value, f64, Outcome)>,
}

struct Running {
    what: Value,
    stop: Arc<AtomicBool>,
    step: Arc<Mutex<Value>>,
}

impl Making {
    /// What a page shows of it.
    pub(super) fn shown(&self, lang: Lang) -> Value {
        let running = self.running.as_ref().map(|running| {
            let step = running.step.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let stopping = running.stop.load(Ordering::Relaxed);
            json!({ "what": running.what, "step": step, "stopping": stopping })
        });
        let last = self.last.as_ref().map(|(what, seconds, outcome)| match outcome {
            Some(Ok(Made { made, noticed })) => json!({
                "what": what, "seconds": seconds, "made": made, "faults": told(noticed, lang),
            }),
            Some(Err(faults)) => json!({
                "what": what, "seconds": seconds, "made": null, "faults": told(faults, lang),
            }),
            None => json!({
                "what": what, "seconds": seconds, "made": null,
                "faults": Refusal::broken(lang).faults(),
            }),
        });
        json!({ "running": running, "last": last })
    }

    /// Whether anything is being made.
    pub(super) fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// # Errors
    /// Something is being made.
    pub(super) fn refuse_busy(&self, lang: Lang) -> Result<(), Refusal> {
        if !self.is_busy() {
            return Ok(());
        }
        let (message, help) = lang.pick(
            ("正在制作，一次只做一件", "等它做完，或先在“制作”里停下"),
            ("documents are being made, one thing at a time", "wait for it, or stop it first"),
        );
        Err(Refusal::own(StatusCode::CONFLICT, "busy", message, help))
    }

    /// Has the work stopped at the next document.
    pub(super) fn stop(&self) {
        if let Some(running) = &self.running {
            running.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Begins to make something, which `what` describes; `ended` is told, in the
    /// thread of the work, what came of it and in how many seconds.
    pub(super) fn begin(
        &mut self,
        what: Value,
        events: Events,
        work: impl FnOnce(&mut dyn FnMut(Step) -> ControlFlow<()>) -> Result<Made, Diagnostics>
        + Send
        + 'static,
        ended: impl FnOnce(f64, Outcome) + Send + 'static,
    ) {
        let (stop, step) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Value::Null)));
        self.running = Some(Running { what, stop: Arc::clone(&stop), step: Arc::clone(&step) });
        self.last = None;
        thread::spawn(move || {
            let begun = Instant::now();
            let mut steps = progress::Events::default();
            let mut told = |done: Step| {
                if let Some(event) = steps.at(done) {
                    let event = value(event);
                    events.tell(&json!({ "event": "making", "step": event }));
                    *step.lock().unwrap_or_else(PoisonError::into_inner) = event;
                }
                match stop.load(Ordering::Relaxed) {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            };
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut told))).ok();
            ended(begun.elapsed().as_secs_f64(), outcome);
        });
    }

    /// Notes what came of the work.
    pub(super) fn end(&mut self, seconds: f64, outcome: Outcome) {
        let what = self.running.take().map_or(Value::Null, |running| running.what);
        self.last = Some((what, seconds, outcome));
    }
}
