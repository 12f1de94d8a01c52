//! 制作: what would be made, and the making of it.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use accolade::folder::{Order, Purpose, Selection, Target};
use accolade::report::account::PackageReport;
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::super::answer::{Answer, In, value};
use super::super::making::Made;
use super::super::shared::{Desk, Shared};

/// Where packages go, in the contest folder.
pub(super) const OUT: &str = "out";

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/plan", get(plan))
        .route("/api/make", post(make))
        .route("/api/make/stop", post(stop))
}

/// `GET /api/plan`: what would be made, by kind, and how many numbers that spends.
async fn plan(State(desk): Shared, In(lang): In) -> Answer {
    desk.ask(lang, move |held| {
        let proved = held.proved()?;
        let expected = proved.folder.expected(&proved.inputs, &held.new)?;
        let contest = proved.folder.contest();
        let kinds = contest.documents.iter().map(|kind| {
            let of_kind = expected.iter().filter(|document| document.kind == kind.name);
            json!({
                "name": kind.name,
                "documents": of_kind.clone().count(),
                "new": of_kind.filter(|document| document.spends).count(),
                "numbered": kind.is_numbered(),
            })
        });
        let volumes = contest
            .volumes
            .iter()
            .map(|volume| json!({ "name": volume.name, "of": contest.documents[volume.of].name }));
        Ok(Json(json!({
            "version": held.version,
            "balance": proved.checked.roster.balance(),
            "held": proved.checked.roster.held,
            "kinds": kinds.collect::<Vec<_>>(),
            "volumes": volumes.collect::<Vec<_>>(),
        })))
    })
    .await
}

/// What is to be made.
#[derive(Debug, Deserialize)]
struct Asked {
    /// Specimens, which spend no number.
    draft: bool,
    /// Withhold the faulty rows and make the rest.
    #[serde(default)]
    hold: bool,
    /// Only these kinds; all if empty.
    #[serde(default)]
    only: Vec<String>,
    /// Take the place of a package that holds more.
    #[serde(default)]
    replace: bool,
}

/// `POST /api/make`: begins to make the package.
async fn make(State(desk): Shared, In(lang): In, Json(asked): Json<Asked>) -> Answer {
    desk.ask(lang, move |held| {
        let proved = held.proved()?;
        let purpose = if asked.draft { Purpose::Draft } else { Purpose::Issue };
        let order = Order {
            selection: Selection { only: asked.only, withhold: asked.hold, new: held.new.clone() },
            purpose,
            target: Target { folder: held.path.join(OUT), replace: asked.replace },
            threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            now: Timestamp::now(),
        };
        let what = json!({
            "what": "package", "draft": asked.draft, "hold": asked.hold,
            "only": order.selection.only,
        });
        held.begin(what, lang, move |progress| {
            let begun = Instant::now();
            let account = proved.folder.run(proved.inputs.as_ref(), &order, progress)?;
            let report = PackageReport::new(&account, begun.elapsed().as_secs_f64());
            let mut made = value(report);
            let file = account.package.file_name().unwrap_or_default().to_string_lossy();
            made["file"] = json!(file);
            Ok(Made { made, noticed: account.diagnostics })
        })
    })
    .await
}

/// `POST /api/make/stop`: stops at the next document; nothing is left behind then.
async fn stop(State(desk): Shared, In(lang): In) -> Answer {
    desk.ask(lang, move |held| {
        held.making.stop();
        Ok(Json(held.making.shown(lang)))
    })
    .await
}
