//! What stands above every step: which contest it is, and how it is.

use accolade::contest;
use accolade::fault::{Diagnostics, Severity};
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::super::answer::{Answer, In, Refusal, told};
use super::super::held::Held;
use super::super::id::place_of;
use super::super::shared::Shared;

/// `GET /api/state`.
pub(super) async fn state(State(desk): Shared, In(lang): In) -> Answer {
    let desk_lang = desk.lang;
    desk.ask(lang, move |held| {
        let mut state = json!({
            "folder": held.path.file_name().map(|name| name.to_string_lossy()),
            "path": held.path.display().to_string(),
            "place": place_of(&held.path),
            "lang": desk_lang.pick("zh", "en"),
            "begun": held.path.join(contest::FILE).exists(),
            "making": held.making.shown(lang),
        });
        let faults = match held.folder() {
            Ok(folder) => {
                let contest = folder.contest();
                let name = contest.sheet.file_name().unwrap_or_default().to_string_lossy();
                state["contest"] = json!({ "name": contest.name.to_string() });
                state["sheet"] = json!({ "name": name, "there": contest.sheet.exists() });
                match held.proved() {
                    Ok(proved) => {
                        state["counts"] = counts(&proved.checked.diagnostics);
                        None
                    }
                    Err(faults) => Some(("sheet", faults)),
                }
            }
            Err(faults) => Some(("contest", faults)),
        };
        if let Some((stage, faults)) = faults {
            state["stuck"] = json!({ "at": stage, "faults": told(&faults, lang) });
        }
        state["version"] = json!(held.version);
        Ok(Json(state))
    })
    .await
}

/// How many faults there are of each severity.
pub(super) fn counts(faults: &Diagnostics) -> Value {
    let count = |severity| faults.iter().filter(|fault| fault.severity() == severity).count();
    json!({
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "infos": count(Severity::Info),
    })
}

/// `POST /api/quit`: ends the program, unless documents are being made.
pub(super) async fn quit(State(desk): Shared, In(lang): In) -> Answer {
    let busy = move |held: &mut Held| held.making.refuse_busy(lang);
    desk.owner.ask(busy).await.unwrap_or_else(|| Err(Refusal::broken(lang)))?;
    desk.end.notify_one();
    Ok(Json(json!({ "ended": true })))
}
