//! 公文检查: an official document held against GB/T 9704.

use std::sync::Arc;

use accolade::report::inspect::{self as report, Inspected};
use accolade::{inspect, picture};
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::answer::{Answer, In, Refusal, Stop, value};
use super::super::drawn::{COARSEST, FINEST};
use super::super::shared::{Desk, Shared, apart};
use super::super::upload::{self, Named};

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new().route("/api/inspect", post(file)).route("/api/inspect/page.png", get(page))
}

/// `POST /api/inspect?name=`.
async fn file(
    State(desk): Shared,
    In(lang): In,
    Query(named): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let pdf = upload::read(&headers, body, upload::PDF, lang).await?;
    let work = move || -> Result<(Vec<u8>, Value), Stop> {
        let found = inspect::bytes(&named.name, pdf.clone())?;
        let mut answer = value(Inspected::new(&found, lang));
        // The words of the table, without its head.
        let words = report::table(&found, lang).into_iter().skip(1);
        if let Some(findings) = answer["findings"].as_array_mut() {
            for (finding, [.., measured, verdict]) in findings.iter_mut().zip(words) {
                finding["measured"] = json!(measured);
                finding["verdict_label"] = json!(verdict);
            }
        }
        answer["form_label"] = json!(report::form(found.form, lang));
        answer["summary"] = json!(report::summary(&found, lang));
        answer["counts"] = json!({
            "pass": answer["passed"], "fail": answer["failed"], "person": answer["for_a_person"],
        });
        let size = |page| {
            let picture = picture::of_page(&pdf, page, COARSEST).ok()??;
            Some(json!({ "width": picture.width, "height": picture.height }))
        };
        answer["pages"] = (1..).map_while(size).collect();
        Ok((pdf, answer))
    };
    let (pdf, mut answer) = apart(lang, work).await?;
    answer["id"] = json!(desk.inspecting.keep(pdf));
    Ok(Json(answer))
}

#[derive(Debug, Deserialize)]
struct Wanted {
    id: String,
    page: usize,
    ppi: f64,
}

/// `GET /api/inspect/page.png?id=&page=1&ppi=`.
async fn page(
    State(desk): Shared,
    In(lang): In,
    Query(Wanted { id, page, ppi }): Query<Wanted>,
) -> Result<Response, Refusal> {
    let pdf = desk.inspecting.find(&id).ok_or_else(|| Refusal::gone(lang))?;
    let draw = move || Ok(picture::of_page(&pdf, page, ppi.clamp(COARSEST, FINEST))?);
    let drawn = apart(lang, draw).await?.ok_or_else(|| Refusal::gone(lang))?;
    Ok(([(header::CONTENT_TYPE, "image/png")], drawn.png).into_response())
}
