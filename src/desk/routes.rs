//! The calls of the page. `docs/http.md` tells of each; a file for each step.

use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::answer::{In, Refusal};
use super::assets;
use super::gate::{Refusal as Refused, secret};
use super::shared::{Desk, Shared};

mod cells;
mod contest;
mod guide;
mod inspect;
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
    // It may have gone on to another contest since.
    if !desk.is_meant(request.headers()).await {
        return StatusCode::NOT_FOUND.into_response();
    }
    match desk.gate.invite_again(request.method(), request.headers(), secret()) {
        Ok(token) => Json(json!({ "token": token })).into_response(),
        Err(refusal) => refused(refusal),
    }
}

async fn admit(State(desk): Shared, request: Request, next: Next) -> Response {
    if let Err(refusal) = desk.gate.admit(request.method(), request.headers()) {
        return refused(refusal);
    }
    desk.idle.touch();
    if *request.method() == Method::POST && !desk.is_meant(request.headers()).await {
        let In(lang) = In::of(request.uri());
        return Refusal::elsewhere(lang).into_response();
    }
    next.run(request).await
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
