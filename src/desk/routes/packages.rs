//! What was made: the packages in the contest folder, and what is in each.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use accolade::fault::Diagnostic;
use accolade::package::{self, Opened, Packed};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::answer::{Answer, In, Refusal, value};
use super::super::shared::{Desk, Shared, apart, download, id_of};
use super::making::OUT;

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/packages", get(packages))
        .route("/api/package", get(contents))
        .route("/api/package/zip", get(zip))
        .route("/api/package/pdf", get(pdf))
}

/// A package, and a PDF of it.
#[derive(Debug, Deserialize)]
struct Wanted {
    id: String,
    #[serde(default)]
    index: usize,
}

fn told(packed: &Packed) -> Value {
    let mut told = value(packed);
    told["id"] = json!(id_of(&packed.file));
    told
}

/// `GET /api/packages`.
async fn packages(State(desk): Shared, In(lang): In) -> Answer {
    let out = desk.ask(lang, |held| Ok(held.path.join(OUT))).await?;
    let packages = apart(lang, move || package::packages(&out)).await?;
    Ok(Json(packages.iter().map(told).collect()))
}

/// The package with this id, and where it is.
fn found(out: &Path, id: &str) -> Option<(Packed, PathBuf)> {
    let packages = package::packages(out).ok()?;
    let packed = packages.into_iter().find(|packed| id_of(&packed.file) == id)?;
    let place = out.join(&packed.file);
    Some((packed, place))
}

/// `GET /api/package?id=`.
async fn contents(State(desk): Shared, In(lang): In, Query(wanted): Query<Wanted>) -> Answer {
    let out = desk.ask(lang, |held| Ok(held.path.join(OUT))).await?;
    let read = move || {
        let Some((packed, place)) = found(&out, &wanted.id) else { return Ok(None) };
        Ok(Some((packed, Opened::open(&place)?.entries()?)))
    };
    let (packed, entries) = apart(lang, read).await?.ok_or_else(|| Refusal::gone(lang))?;
    let entries = entries.iter().enumerate().map(|(index, entry)| {
        let mut told = value(entry);
        told["index"] = json!(index);
        told
    });
    let mut answer = told(&packed);
    answer["entries"] = entries.collect();
    Ok(Json(answer))
}

/// `GET /api/package/zip?id=`.
async fn zip(
    State(desk): Shared,
    In(lang): In,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let out = desk.ask(lang, |held| Ok(held.path.join(OUT))).await?;
    let read = move || {
        let Some((packed, place)) = found(&out, &wanted.id) else { return Ok(None) };
        let bytes = std::fs::read(&place);
        let bytes = bytes.map_err(|error| Diagnostic::cannot_read(&place, &error))?;
        Ok(Some((packed, bytes)))
    };
    let (packed, bytes) = apart(lang, read).await?.ok_or_else(|| Refusal::gone(lang))?;
    Ok(download(&packed.file, "application/zip", bytes))
}

/// `GET /api/package/pdf?id=&index=`: shown by the browser itself.
async fn pdf(
    State(desk): Shared,
    In(lang): In,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let out = desk.ask(lang, |held| Ok(held.path.join(OUT))).await?;
    let read = move || {
        let Some((_, place)) = found(&out, &wanted.id) else { return Ok(None) };
        let mut package = Opened::open(&place)?;
        let entries = package.entries()?;
        entries.get(wanted.index).map(|entry| package.file(&entry.path)).transpose()
    };
    let file = apart(lang, read).await?.ok_or_else(|| Refusal::gone(lang))?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], file).into_response())
}
