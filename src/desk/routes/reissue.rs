//! 登记: a corrected certificate under its own number, proposed, looked at, made.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use accolade::folder::{Correction, CurrentPages, Facts, Target};
use accolade::report::reissue::{Done, proposed};
use axum::extract::{Query, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::answer::{Answer, In, Refusal, told, value};
use super::super::drawn::look;
use super::super::making::Made;
use super::super::proposals::Proposed;
use super::super::shared::{Desk, Shared};
use super::making::OUT;
use super::register::refuse_no_reason;

/// Where the picture of a certificate is from: `package` or `register`.
const DRAWN_FROM: HeaderName = HeaderName::from_static("accolade-drawn");

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/certificate/page.png", get(current))
        .route("/api/reissue/propose", post(propose))
        .route("/api/reissue/page.png", get(page))
        .route("/api/reissue/apply", post(apply))
}

#[derive(Debug, Deserialize)]
struct Current {
    number: String,
    page: usize,
    ppi: f64,
}

/// `GET /api/certificate/page.png?number=&page=1&ppi=`: the copy that counts.
async fn current(
    State(desk): Shared,
    In(lang): In,
    Query(Current { number, page, ppi }): Query<Current>,
) -> Result<Response, Refusal> {
    let CurrentPages { source, pages } = desk
        .ask(lang, move |held| {
            let out = held.path.join(OUT);
            Ok(held.folder()?.current_pages(&number, &out, &look(None, ppi, lang))?)
        })
        .await?;
    let source = value(source).as_str().unwrap_or_default().to_owned();
    let page = page.checked_sub(1).and_then(|index| pages.into_iter().nth(index));
    let page = page.ok_or_else(|| Refusal::gone(lang))?;
    let headers = [(header::CONTENT_TYPE, "image/png".to_owned()), (DRAWN_FROM, source)];
    Ok((headers, page.png).into_response())
}

/// Right facts for one certificate, or the corrected sheet.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    number: String,
    #[serde(default)]
    set: Map<String, Value>,
    #[serde(default)]
    sheet: bool,
    /// Other kinds of documents to be made anew with them.
    #[serde(default)]
    also: Vec<String>,
}

/// `POST /api/reissue/propose`: what would change; nothing is written.
async fn propose(State(desk): Shared, In(lang): In, Json(asked): Json<Asked>) -> Answer {
    desk.ask(lang, move |held| {
        let folder = held.folder()?;
        let facts = if asked.sheet {
            Facts::Sheet(folder.contest().sheet.clone())
        } else {
            let texts = asked
                .set
                .into_iter()
                .map(|(name, text)| (name, text.as_str().unwrap_or_default().to_owned()));
            Facts::Typed { number: asked.number, values: texts.collect() }
        };
        let proposal = folder.propose(&facts, &asked.also, Timestamp::now())?;
        let changes = proposed(&proposal, lang);
        let mut answer = json!({ "changes": changes, "faults": told(proposal.noted(), lang) });
        let id = held.proposals.keep(Proposed { folder, proposal });
        answer["id"] = json!(id);
        Ok(Json(answer))
    })
    .await
}

#[derive(Debug, Deserialize)]
struct Drawn {
    id: u64,
    number: String,
    page: usize,
    ppi: f64,
}

/// `GET /api/reissue/page.png?id=&number=&page=1&ppi=`: a page that would be made.
async fn page(
    State(desk): Shared,
    In(lang): In,
    Query(Drawn { id, number, page, ppi }): Query<Drawn>,
) -> Result<Response, Refusal> {
    let png = desk
        .ask(lang, move |held| {
            let Some(proposed) = held.proposals.find(id) else { return Ok(None) };
            let look = look(Some(&number), ppi, lang);
            let preview = proposed.folder.draw_proposal(&proposed.proposal, &look)?.value;
            let pages = preview.documents.into_iter().flat_map(|document| document.pages);
            Ok(page.checked_sub(1).and_then(|index| pages.into_iter().nth(index)))
        })
        .await?;
    let png = png.ok_or_else(|| Refusal::gone(lang))?.png;
    Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response())
}

#[derive(Debug, Deserialize)]
struct Applied {
    id: u64,
    reason: String,
    /// Only these of its numbers; all if it is empty.
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    replace: bool,
}

/// `POST /api/reissue/apply`: begins to make what was proposed.
async fn apply(State(desk): Shared, In(lang): In, Json(asked): Json<Applied>) -> Answer {
    desk.ask(lang, move |held| {
        held.making.refuse_busy(lang)?;
        refuse_no_reason(&asked.reason, lang)?;
        let proposed = held.proposals.find(asked.id).ok_or_else(|| Refusal::gone(lang))?;
        let Proposed { folder, proposal } = &*proposed;
        let numbers: Vec<String> = match asked.only.is_empty() {
            true => proposal.changes.iter().map(|change| change.number.clone()).collect(),
            false => asked.only,
        };
        // A proposal is applied once; this one is kept to be looked at.
        let narrowed = folder.narrowed(proposal, &numbers)?;
        let correction = Correction {
            reason: asked.reason.trim().to_owned(),
            target: Target { folder: held.path.join(OUT), replace: asked.replace },
            threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            now: Timestamp::now(),
        };
        let folder = Arc::clone(folder);
        let what = json!({ "what": "reissue", "numbers": numbers });
        held.begin(what, lang, move |progress| {
            let made = folder.apply(narrowed, &correction, progress)?;
            let mut done = value(Done::from(&made));
            done["file"] = json!(made.package.file_name().unwrap_or_default().to_string_lossy());
            Ok(Made { made: done, noticed: made.diagnostics })
        })
    })
    .await
}
