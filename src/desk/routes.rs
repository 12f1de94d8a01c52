//! The calls of the page. `docs/http.md` tells of each; a file for each step.

use std::sync::Arc;

use accolade::fault::Diagnostics;
use accolade::fault::wording::Lang;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Desk;
use super::answer::{Answer, In, Refusal};
use super::assets;
use super::gate::Refusal as Refused;
use super::held::Held;

mod cells;
mod contest;
mod guide;
pub(super) mod inspect;
mod making;
mod packages;
mod pages;
mod register;
mod reissue;
mod sheet;
mod state;
mod verify;

/// Nothing but what the program itself sends, and nothing within a frame.
const POLICY: &str = "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

pub(super) type Shared = State<Arc<Desk>>;

pub(super) fn router(desk: Arc<Desk>) -> Router {
    let guarded = Router::new()
        .route("/", get(|| async { page("index.html") }))
        .route("/page/{*path}", get(|Path(path): Path<String>| async move { page(&path) }))
        .route("/api/state", get(state::state))
        .route("/api/events", get(|State(desk): Shared| async move { desk.events.stream() }))
        .route("/api/quit", post(state::quit))
        .merge(guide::routes())
        .merge(contest::routes())
        .merge(sheet::routes())
        .merge(cells::routes())
        .merge(pages::routes())
        .merge(making::routes())
        .merge(packages::routes())
        .merge(register::routes())
        .merge(reissue::routes())
        .merge(verify::routes())
        .merge(inspect::routes())
        .fallback(|In(lang): In| async move { Refusal::gone(lang) })
        .layer(middleware::from_fn_with_state(Arc::clone(&desk), admit));
    Router::new()
        .route("/enter", get(enter))
        .route("/invite", post(invite))
        .merge(guarded)
        .layer(middleware::from_fn(protected))
        .with_state(desk)
}

impl Desk {
    /// What `ask` makes of the folder.
    ///
    /// # Errors
    /// What kept it from that.
    async fn ask<T: Send + 'static>(
        &self,
        lang: Lang,
        ask: impl FnOnce(&mut Held) -> Result<T, Diagnostics> + Send + 'static,
    ) -> Result<T, Refusal> {
        match self.owner.ask(ask).await {
            Some(Ok(made)) => Ok(made),
            Some(Err(faults)) => Err(Refusal::of(&faults, lang)),
            None => Err(Refusal::broken(lang)),
        }
    }

    /// The same for what answers by itself.
    async fn answer(
        &self,
        lang: Lang,
        ask: impl FnOnce(&mut Held) -> Answer + Send + 'static,
    ) -> Answer {
        self.owner.ask(ask).await.unwrap_or_else(|| Err(Refusal::broken(lang)))
    }
}

/// Changes the one-time token for the cookie.
async fn enter(
    State(desk): Shared,
    Query(Entering { token }): Query<Entering>,
    request: Request,
) -> Response {
    if let Err(refusal) = desk.gate.at_home(request.method(), request.headers()) {
        return refused(refusal);
    }
    match desk.gate.enter(&token) {
        Some(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response(),
        // Who is in already, as after a look back, stays in.
        None => match desk.gate.admit(request.method(), request.headers()) {
            Ok(()) => Redirect::to("/").into_response(),
            Err(_) => refused(Refused::Stranger),
        },
    }
}

#[derive(Deserialize)]
struct Entering {
    token: String,
}

/// Gives a second start of the program a token for the page of the first.
async fn invite(State(desk): Shared, request: Request) -> Response {
    match desk.gate.invite_again(request.method(), request.headers(), super::secret()) {
        Ok(token) => Json(json!({ "token": token })).into_response(),
        Err(refusal) => refused(refusal),
    }
}

async fn admit(State(desk): Shared, request: Request, next: Next) -> Response {
    match desk.gate.admit(request.method(), request.headers()) {
        Ok(()) => {
            desk.idle.touch();
            next.run(request).await
        }
        Err(refusal) => refused(refusal),
    }
}

/// Whoever is refused reads why in both languages: who it is, nobody knows.
fn refused(refusal: Refused) -> Response {
    let text = match refusal {
        Refused::Host | Refused::Origin => {
            "这个页面只接受本机程序自己的请求。This page answers its own program only."
        }
        Refused::Stranger => {
            "请从 accolade 打开这个页面：链接只能用一次；程序已经退出的，请重新打开。\
             Open this page from accolade: a link works once. If the program has ended, start it again."
        }
    };
    (StatusCode::FORBIDDEN, text).into_response()
}

/// What every answer says of itself.
async fn protected(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn page(path: &str) -> Response {
    match assets::find(path) {
        Some((bytes, media)) => ([(header::CONTENT_TYPE, media)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a page calls a file of the folder by: it names no file itself.
fn id_of(name: &str) -> String {
    let hash = Sha256::digest(name.as_bytes());
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A file to be saved under its name.
fn download(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
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
