//! The one thread that touches the contest folder: whoever wants something of it
//! sends it work, and waits without holding up anybody else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use tokio::sync::oneshot;

use super::held::Held;

type Work = Box<dyn FnOnce(&mut Held) + Send>;

/// Where work is sent.
#[derive(Clone)]
pub(super) struct Owner(Sender<Work>);

impl Owner {
    /// Starts the thread; `held` is given the way to send it work.
    pub(super) fn start(held: impl FnOnce(Self) -> Held) -> Self {
        let (sender, work) = channel::<Work>();
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
        ask: impl FnOnce(&mut Held) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.tell(move |held| {
            // Whoever asked may have gone away.
            let _ = answer.send(ask(held));
        });
        answered.await.ok()
    }

    /// Has something done, without waiting for it.
    pub(super) fn tell(&self, work: impl FnOnce(&mut Held) + Send + 'static) {
        let _ = self.0.send(Box::new(work));
    }
}
