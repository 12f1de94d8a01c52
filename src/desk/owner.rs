//! The one thread that touches the contest folder: whoever wants something of it
//! sends it work, and waits without holding up anybody else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use tokio::sync::oneshot;

type Work<H> = Box<dyn FnOnce(&mut H) + Send>;

/// Where work is sent for the thread that owns an `H`.
pub(super) struct Owner<H>(Sender<Work<H>>);

impl<H> Clone for Owner<H> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<H: Send + 'static> Owner<H> {
    /// Starts the thread; `held` is given the way to send it work.
    pub(super) fn start(held: impl FnOnce(Self) -> H) -> Self {
        let (sender, work) = channel::<Work<H>>();
        let owner = Self(sender);
        let mut held = held(owner.clone());
        thread::spawn(move || {
            for work in work {
                // Whatever panicked, whoever asked next is answered.
                let _ = catch_unwind(AssertUnwindSafe(|| work(&mut held)));
            }
        });
        owner
    }

    /// What `ask` makes of the folder; `None` if it panicked.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut H) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.tell(move |held| {
            // Whoever asked may have gone away.
            let _ = answer.send(ask(held));
        });
        answered.await.ok()
    }

    /// Has something done, without waiting for it.
    pub(super) fn tell(&self, work: impl FnOnce(&mut H) + Send + 'static) {
        let _ = self.0.send(Box::new(work));
    }
}
