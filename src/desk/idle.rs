//! Whether anybody is still there.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

/// When somebody last asked for anything.
pub(super) struct Idle(Mutex<Instant>);

impl Idle {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Instant::now()))
    }

    /// Somebody is there.
    pub(super) fn touch(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// For how long nobody was.
    pub(super) fn since(&self) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}
