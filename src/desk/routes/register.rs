//! 登记: everyone who has a number, and what becomes of it.

use std::path::Path;
use std::sync::Arc;

use accolade::Lang;
use accolade::fault::{Diagnostic, Diagnostics};
use accolade::office;
use accolade::publish::{self, CheckPage};
use accolade::register::{Snapshot, Status};
use accolade::report::certificate::{CertificatePage, form, status_says};
use accolade::report::register::{Choices, Filter, Row};
use accolade::unfinished;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::answer::{Answer, Found, In, Refusal, told, value};
use super::super::held::Held;
use super::super::shared::{Desk, Shared, download};

/// How many rows are told at once.
const ROWS: usize = 200;

/// Where the check page goes, in the contest folder.
const WEB: &str = "web";

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/register", get(list))
        .route("/api/register/export", get(export))
        .route("/api/certificate", get(certificate))
        .route("/api/revoke", post(revoke))
        .route("/api/reinstate", post(reinstate))
        .route("/api/publish", post(publish))
}

/// Which copies are wanted; what is empty is no matter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    text: String,
    kind: String,
    award: String,
    county: String,
    status: String,
    from: usize,
    #[serde(rename = "as")]
    format: String,
}

impl Wanted {
    fn filter(&self) -> Filter {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Filter {
            kind: given(&self.kind),
            status: Status::ALL.into_iter().find(|status| status.name() == self.status),
            text: given(&self.text),
            award: given(&self.award),
            county: given(&self.county),
        }
    }
}

fn line(row: &Row<'_>, lang: Lang) -> Value {
    json!({
        "number": row.number,
        "revision": row.revision,
        "status": row.status,
        "status_label": status_says(row.status, lang),
        "issued": row.issued,
        "kind": row.kind,
        "recipient": row.recipient,
        "award": row.award,
        "county": row.county,
        "time": row.time,
        "reason": row.reason,
    })
}

/// `GET /api/register`.
async fn list(State(desk): Shared, In(lang): In, Query(wanted): Query<Wanted>) -> Answer {
    desk.ask(lang, move |held| {
        let register = Snapshot::read(&held.path)?;
        let listed = wanted.filter().of(&register);
        let all = &listed.certificates;
        let rows = all.iter().skip(wanted.from).take(ROWS).map(|row| line(row, lang));
        let mut answer = value(Choices::of(&register));
        let statuses = Choices::of(&register)
            .statuses
            .into_iter()
            .map(|status| json!({ "status": status, "label": status_says(status, lang) }));
        answer["statuses"] = statuses.collect();
        answer["rows"] = rows.collect();
        answer["count"] = json!(all.len());
        answer["version"] = json!(held.version);
        Ok(Json(answer))
    })
    .await
}

/// `GET /api/register/export?as=`: a file of the copies that are wanted.
async fn export(
    State(desk): Shared,
    In(lang): In,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    desk.ask(lang, move |held| {
        let contest = held.folder()?;
        let contest = contest.contest();
        let register = Snapshot::read(&held.path)?;
        let stem = contest.language.lang.pick("登记簿", "register");
        let name = format!("{stem}.{}", wanted.format);
        let bytes = wanted.filter().of(&register).file(Path::new(&name), contest.language.lang)?;
        Ok(download(&name, "application/octet-stream", bytes))
    })
    .await
}

#[derive(Debug, Deserialize)]
struct Numbered {
    number: String,
}

/// `GET /api/certificate?number=`.
async fn certificate(
    State(desk): Shared,
    In(lang): In,
    Query(Numbered { number }): Query<Numbered>,
) -> Answer {
    desk.ask(lang, move |held| shown(held, &number, lang)).await
}

/// A certificate, its history, and what of it can be typed anew.
fn shown(held: &mut Held, number: &str, lang: Lang) -> Found {
    let folder = held.folder()?;
    let history = office::history(&held.path, number)?;
    let mut answer = value(CertificatePage::new(&history, lang));
    // Whatever cannot be corrected has no form, and says why.
    match folder.changeable(number) {
        Ok(changeable) => answer["form"] = value(form(&changeable, lang)),
        Err(faults) => {
            answer["form"] = Value::Null;
            answer["no_form"] = value(told(&faults, lang));
        }
    }
    let others =
        folder.contest().documents.iter().filter(|kind| kind.name != history.certificate.kind);
    answer["others"] = others.map(|kind| json!(kind.name)).collect();
    answer["version"] = json!(held.version);
    Ok(Json(answer))
}

#[derive(Debug, Deserialize)]
struct Reasoned {
    number: String,
    reason: String,
}

/// `POST /api/revoke`.
async fn revoke(State(desk): Shared, In(lang): In, Json(asked): Json<Reasoned>) -> Answer {
    decided(&desk, lang, asked, office::revoke).await
}

/// `POST /api/reinstate`.
async fn reinstate(State(desk): Shared, In(lang): In, Json(asked): Json<Reasoned>) -> Answer {
    decided(&desk, lang, asked, office::reinstate).await
}

async fn decided(
    desk: &Desk,
    lang: Lang,
    Reasoned { number, reason }: Reasoned,
    decide: impl FnOnce(&Path, &str, &str, Timestamp) -> Result<(), Diagnostics> + Send + 'static,
) -> Answer {
    desk.ask(lang, move |held| {
        held.making.refuse_busy(lang)?;
        refuse_no_reason(&reason, lang)?;
        decide(&held.path, &number, reason.trim(), Timestamp::now())?;
        held.forget_proof();
        held.changed();
        shown(held, &number, lang)
    })
    .await
}

/// # Errors
/// The register is to know why, and nobody said.
pub(super) fn refuse_no_reason(reason: &str, lang: Lang) -> Result<(), Refusal> {
    if !reason.trim().is_empty() {
        return Ok(());
    }
    let (message, help) = lang.pick(
        ("没有写原因", "请写明原因，登记簿要留底"),
        ("no reason was given", "say why: the register keeps it"),
    );
    Err(Refusal::own(StatusCode::BAD_REQUEST, "no-reason", message, help))
}

/// `POST /api/publish`: the check page and the status list.
async fn publish(State(desk): Shared, In(lang): In) -> Answer {
    desk.ask(lang, move |held| {
        let folder = held.folder()?;
        let made = CheckPage::of(&held.path, folder.contest(), Timestamp::now());
        let CheckPage { page, status } = made?;
        let web = held.path.join(WEB);
        for (name, text) in [(publish::PAGE, page), (publish::STATUS, status)] {
            let path = web.join(name);
            unfinished::write(&path, text.as_bytes())
                .map_err(|error| Diagnostic::cannot_write(&path, &error))?;
        }
        Ok(Json(json!({
            "folder": web.display().to_string(),
            "files": [publish::PAGE, publish::STATUS],
            "address": folder.contest().check,
        })))
    })
    .await
}
