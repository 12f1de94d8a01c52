//! What was made: the packages in the contest folder, and what is in each.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use accolade::Lang;
use accolade::fault::Diagnostic;
use accolade::package::{self, Opened, Packed};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::answer::{Answer, In, Refusal, Stop, value};
use super::super::id::id_of;
use super::super::shared::{Desk, Shared, apart, download};
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
    let packages = apart(lang, move || Ok(package::packages(&out)?)).await?;
    Ok(Json(packages.iter().map(told).collect()))
}

/// What `read` makes of the package that is wanted, and where that is.
///
/// # Errors
/// There is none of this id, or it cannot be read.
async fn within<T: Send + 'static>(
    desk: &Desk,
    lang: Lang,
    id: String,
    read: impl FnOnce(Packed, &Path) -> Result<T, Stop> + Send + 'static,
) -> Result<T, Refusal> {
    let out = desk.ask(lang, |held| Ok(held.path.join(OUT))).await?;
    apart(lang, move || {
        let mut packages = package::packages(&out)?.into_iter();
        let found = packages.find(|packed| id_of(&packed.file) == id);
        let packed = found.ok_or_else(|| Refusal::gone(lang))?;
        let place = out.join(&packed.file);
        read(packed, &place)
    })
    .await
}

/// `GET /api/package?id=`.
async fn contents(State(desk): Shared, In(lang): In, Query(wanted): Query<Wanted>) -> Answer {
    within(&desk, lang, wanted.id, |packed, place| {
        let entries = Opened::open(place)?.entries()?;
        let entries = entries.iter().enumerate().map(|(index, entry)| {
            let mut told = value(entry);
            told["index"] = json!(index);
            told
        });
        let mut answer = told(&packed);
        answer["entries"] = entries.collect();
        Ok(Json(answer))
    })
    .await
}

/// `GET /api/package/zip?id=`.
async fn zip(
    State(desk): Shared,
    In(lang): In,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    within(&desk, lang, wanted.id, |packed, place| {
        let bytes = fs::read(place).map_err(|error| Diagnostic::cannot_read(place, &error))?;
        Ok(download(&packed.file, "application/zip", bytes))
    })
    .await
}

/// `GET /api/package/pdf?id=&index=`: shown by the browser itself.
async fn pdf(
    State(desk): Shared,
    In(lang): In,
    Query(Wanted { id, index }): Query<Wanted>,
) -> Result<Response, Refusal> {
    within(&desk, lang, id, move |_, place| {
        let mut package = Opened::open(place)?;
        let entries = package.entries()?;
        let entry = entries.get(index).ok_or_else(|| Refusal::gone(lang))?;
        let file = package.file(&entry.path)?;
        Ok(([(header::CONTENT_TYPE, "application/pdf")], file).into_response())
    })
    .await
}
