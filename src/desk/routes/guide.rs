//! The guide for clerks.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::super::answer::In;
use super::super::guide;
use super::super::shared::{Desk, Shared};

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new().route("/guide", get(page)).route("/guide/{*path}", get(picture))
}

/// `GET /guide`.
async fn page(State(_): Shared, In(lang): In) -> Html<String> {
    Html(guide::page(lang))
}

/// `GET /guide/…`: a picture of it.
async fn picture(Path(path): Path<String>) -> Response {
    match guide::picture(&path) {
        Some(bytes) => ([(header::CONTENT_TYPE, "image/webp")], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
