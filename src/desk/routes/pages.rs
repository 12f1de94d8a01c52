//! 版面: every document as its finished page.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::super::answer::{Answer, In, Refusal, told};
use super::super::shared::{Desk, Shared};

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/documents", get(documents))
        .route("/api/document", get(document))
        .route("/api/document/page.png", get(page))
}

/// `GET /api/documents`: everything that would be made.
async fn documents(State(desk): Shared, In(lang): In) -> Answer {
    desk.ask(lang, move |held| {
        let proved = held.proved()?;
        let expected = proved.folder.expected(&proved.inputs, &held.new)?;
        let kinds = proved.folder.contest().documents.iter().map(|kind| &kind.name);
        Ok(Json(json!({
            "version": held.version,
            "kinds": kinds.collect::<Vec<_>>(),
            "documents": expected,
        })))
    })
    .await
}

/// Which document, and how fine its pages are.
#[derive(Debug, Deserialize)]
struct Wanted {
    path: String,
    #[serde(default = "usual")]
    ppi: f64,
    #[serde(default)]
    page: usize,
}

/// Enough to read every line on a screen.
fn usual() -> f64 {
    96.0
}

/// `GET /api/document?path=`: how many pages it has, and what is wrong with it.
async fn document(State(desk): Shared, In(lang): In, Query(wanted): Query<Wanted>) -> Answer {
    desk.ask(lang, move |held| {
        let drawn = held.drawn(&wanted.path, wanted.ppi, lang)?;
        Ok(Json(json!({
            "title": drawn.title,
            "pages": drawn.pages.len(),
            "marked": drawn.pages.iter().map(|page| page.marked).collect::<Vec<_>>(),
            "faults": told(&drawn.faults, lang),
        })))
    })
    .await
}

/// `GET /api/document/page.png?path=&page=1&ppi=`: one page of it, its faults in red
/// frames.
async fn page(
    State(desk): Shared,
    In(lang): In,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let png = desk
        .ask(lang, move |held| {
            let drawn = held.drawn(&wanted.path, wanted.ppi, lang)?;
            let page = wanted.page.checked_sub(1).and_then(|index| drawn.pages.get(index));
            Ok(page.map(|page| page.png.clone()))
        })
        .await?;
    let png = png.ok_or_else(|| Refusal::gone(lang))?;
    Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response())
}
