//! What every open page is told: that something has changed, and how far the work
//! is.

use std::convert::Infallible;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Sender, channel};

/// How many events a page may be behind before it has to look anew.
const BEHIND: usize = 256;

/// To every open page.
#[derive(Clone)]
pub(super) struct Events(Sender<String>);

impl Events {
    pub(super) fn new() -> Self {
        Self(channel(BEHIND).0)
    }

    /// Tells all.
    pub(super) fn tell(&self, event: &impl Serialize) {
        let text = serde_json::to_string(event).expect("an event has keys that are text");
        // Nobody may be there.
        let _ = self.0.send(text);
    }

    /// How many pages are open.
    pub(super) fn listeners(&self) -> usize {
        self.0.receiver_count()
    }

    /// All that is told from now on, as server-sent events.
    pub(super) fn stream(&self) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
        let stream = unfold(self.0.subscribe(), |mut events| async move {
            let text = match events.recv().await {
                Ok(text) => text,
                // What was missed, a look at everything makes good.
                Err(RecvError::Lagged(_)) => r#"{"event":"missed"}"#.to_owned(),
                Err(RecvError::Closed) => return None,
            };
            Some((Ok(Event::default().data(text)), events))
        });
        Sse::new(stream).keep_alive(KeepAlive::default())
    }
}
