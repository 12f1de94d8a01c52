//! The calls of the page.

use std::sync::Arc;

use accolade::report::check::Report;
use accolade::report::grid::grids;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Desk;
use super::assets;
use super::gate::Refusal;

/// Nothing but what the program itself sends, and nothing within a frame.
const POLICY: &str = "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

pub(super) fn router(desk: Arc<Desk>) -> Router {
    let guarded = Router::new()
        .route("/", get(|| async { page("index.html") }))
        .route("/page/{*path}", get(|Path(path): Path<String>| async move { page(&path) }))
        .route("/api/sheet", get(sheet))
        .route_layer(middleware::from_fn_with_state(Arc::clone(&desk), admit));
    Router::new()
        .route("/enter", get(enter))
        .merge(guarded)
        .layer(middleware::from_fn(protected))
        .with_state(desk)
}

/// Changes the one-time token for the cookie.
async fn enter(
    State(desk): State<Arc<Desk>>,
    Query(Entering { token }): Query<Entering>,
    request: Request,
) -> Response {
    if let Err(refusal) = desk.gate.at_home(request.method(), request.headers()) {
        return refused(refusal);
    }
    match desk.gate.enter(&token) {
        Some(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response(),
        None => refused(Refusal::Stranger),
    }
}

#[derive(Deserialize)]
struct Entering {
    token: String,
}

async fn admit(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    match desk.gate.admit(request.method(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refused(refusal),
    }
}

fn refused(refusal: Refusal) -> Response {
    let text = match refusal {
        Refusal::Host | Refusal::Origin => {
            "这个页面只接受本机程序自己的请求。This page answers its own program only."
        }
        Refusal::Stranger => {
            "请从 accolade 打开这个页面：链接只能用一次。Open this page from accolade: a link works once."
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

/// The sheet as a grid, how it was understood, and what is wrong with it.
async fn sheet(State(desk): State<Arc<Desk>>) -> Response {
    let answer = desk.owner.ask(|held| {
        let lang = held.lang;
        match held.checked() {
            Ok((_, sheet, checked)) => {
                let report = Report::new(checked, Default::default(), None);
                json!({ "sheets": grids(sheet, checked, lang), "report": report })
            }
            Err(faults) => {
                let faults = faults.iter().map(|fault| fault.wording(lang).message);
                json!({ "faults": faults.collect::<Vec<String>>() })
            }
        }
    });
    match answer.await {
        Some(value) => Json::<Value>(value).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
