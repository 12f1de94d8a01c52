//! What the calls share: the desk itself, and how files are named and handed out.

use std::sync::Arc;

use accolade::Lang;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::Notify;

use super::answer::{Refusal, Stop};
use super::events::Events;
use super::gate::{self, Gate};
use super::held::Held;
use super::id::place_of;
use super::idle::Idle;
use super::inspecting::Inspecting;
use super::owner::Owner;

/// What a call is given.
pub(super) type Shared = State<Arc<Desk>>;

/// Everything that the calls share.
pub(super) struct Desk {
    pub gate: Gate,
    pub owner: Owner<Held>,
    pub events: Events,
    pub idle: Idle,
    pub lang: Lang,
    pub end: Arc<Notify>,
    pub inspecting: Inspecting,
}

impl Desk {
    /// What `ask` makes of the folder.
    ///
    /// # Errors
    /// What kept it from that.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        lang: Lang,
        ask: impl FnOnce(&mut Held) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Refusal> {
        let asked = self.owner.ask(ask).await;
        asked.ok_or_else(|| Refusal::broken(lang))?.map_err(|stop| stop.told(lang))
    }

    /// Whether a call is meant for the contest that is open: it may name one.
    pub(super) async fn is_meant(&self, headers: &HeaderMap) -> bool {
        let Some(place) = headers.get(gate::PLACE).and_then(|place| place.to_str().ok()) else {
            return true;
        };
        let here = self.owner.ask(|held| place_of(&held.path)).await;
        here.as_deref() == Some(place)
    }
}

/// Does work that may take a while in a thread of its own: it holds up nobody.
///
/// # Errors
/// What it fails with.
pub(super) async fn apart<T: Send + 'static>(
    lang: Lang,
    work: impl FnOnce() -> Result<T, Stop> + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| Refusal::broken(lang))?;
    done.map_err(|stop| stop.told(lang))
}

/// A file to be saved under its name.
pub(super) fn download(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect();
    // RFC 6266: only the encoded name can hold Chinese.
    let disposition = format!("attachment; filename*=UTF-8''{encoded}");
    ([(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
