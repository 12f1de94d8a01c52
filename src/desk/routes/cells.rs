//! 核对: cells mended, faults settled.

use std::sync::Arc;

use accolade::Lang;
use accolade::cell::CellRef;
use accolade::contest::edit::{self, Act as Deed, Change};
use accolade::fault::Class;
use accolade::field::Field;
use accolade::intake::corrections::{self, Mend};
use accolade::report::grid;
use axum::extract::{DefaultBodyLimit, State};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::answer::{Answer, Found, In, Refusal, Stop, value};
use super::super::held::{Held, Proved};
use super::super::history::{Act, Edited};
use super::super::shared::{Desk, Shared};
use super::super::upload;
use super::sheet::found;

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/cells", post(edit_cells))
        .route("/api/undo", post(undo))
        .route("/api/redo", post(redo))
        .route("/api/corrections/drop", post(drop_corrections))
        .route("/api/corrections/renew", post(renew_correction))
        .route("/api/new", post(declare_new))
        .route("/api/columns", post(take_column))
        .route("/api/allow", post(allow))
        // A whole sheet may be pasted.
        .layer(DefaultBodyLimit::max(upload::SHEET as usize))
}

/// Cells to be mended.
#[derive(Debug, Deserialize)]
struct Edits {
    sheet: String,
    changes: Vec<CellChange>,
    #[serde(default)]
    reason: String,
}

#[derive(Debug, Deserialize)]
struct CellChange {
    row: u32,
    column: u32,
    was: String,
    now: String,
}

/// What was changed of the sheet.
#[derive(Default)]
struct Changed {
    /// Its cells.
    act: Act,
    /// How it was proved before.
    before: Option<Arc<Proved>>,
}

/// Changes what the sheet is proved with, unless documents are being made, and tells
/// what became of it.
async fn changed(
    desk: &Desk,
    lang: Lang,
    change: impl FnOnce(&mut Held) -> Result<Changed, Stop> + Send + 'static,
) -> Answer {
    desk.ask(lang, move |held| {
        held.making.refuse_busy(lang)?;
        let Changed { act, before } = change(held)?;
        held.forget_proof();
        held.changed();
        answer(held, &act, before, lang)
    })
    .await
}

/// `POST /api/cells`.
async fn edit_cells(State(desk): Shared, In(lang): In, Json(edits): Json<Edits>) -> Answer {
    changed(&desk, lang, move |held| {
        let sheet = edits.sheet.as_str().into();
        let act = edits.changes.into_iter().map(|change| Edited {
            cell: CellRef::new(&sheet, change.row, change.column),
            was: change.was,
            now: change.now,
        });
        let done = mend(held, act.collect(), &edits.reason, lang)?;
        held.history.note(done.act.clone());
        Ok(done)
    })
    .await
}

/// `POST /api/undo`.
async fn undo(State(desk): Shared, In(lang): In) -> Answer {
    changed(&desk, lang, move |held| {
        let Some(act) = held.history.undo() else { return Ok(Changed::default()) };
        // Where a cell says something else by now, what was before it can still be undone.
        held.history.undone();
        mend(held, act, "", lang)
    })
    .await
}

/// `POST /api/redo`.
async fn redo(State(desk): Shared, In(lang): In) -> Answer {
    changed(&desk, lang, move |held| {
        let Some(act) = held.history.redo() else { return Ok(Changed::default()) };
        held.history.redone();
        mend(held, act, "", lang)
    })
    .await
}

/// Writes what was mended.
fn mend(held: &mut Held, act: Act, reason: &str, lang: Lang) -> Result<Changed, Stop> {
    let proved = held.proved()?;
    let mends = act.iter().map(|edit| Mend {
        cell: edit.cell.clone(),
        was: edit.was.clone(),
        now: edit.now.clone(),
        reason: reason.to_owned(),
    });
    let mends: Vec<Mend> = mends.collect();
    proved.inputs.mend(&held.path, &mends, lang)?;
    Ok(Changed { act, before: Some(proved) })
}

/// What became of the sheet: the cells that changed, and all that is said of it. What
/// is written is written, even where another program keeps it from being proved just
/// now: then what was said `before` still stands.
fn answer(held: &mut Held, act: &Act, before: Option<Arc<Proved>>, lang: Lang) -> Found {
    let proved = match (held.proved(), before) {
        (Err(faults), Some(before)) if faults.class() == Class::Transient => before,
        (proved, _) => proved?,
    };
    let mut answer = found(held, &proved, lang);
    let cells = act.iter().map(|edit| {
        json!({
            "sheet": &*edit.cell.sheet,
            "row": edit.cell.row,
            "column": edit.cell.column,
            "text": edit.now,
        })
    });
    answer["changed"] = cells.collect();
    answer["said"] = value(grid::remarks(&proved.inputs, &proved.checked, lang));
    Ok(Json(answer))
}

/// A line of `corrections.csv`.
#[derive(Debug, Deserialize)]
struct Line {
    line: usize,
    cell: String,
    #[serde(default)]
    says: String,
}

/// Lines of `corrections.csv`.
#[derive(Debug, Deserialize)]
struct Lines {
    lines: Vec<Line>,
}

/// `POST /api/corrections/drop`.
async fn drop_corrections(State(desk): Shared, In(lang): In, Json(asked): Json<Lines>) -> Answer {
    changed(&desk, lang, move |held| {
        let lines = asked.lines.into_iter().map(|it| (it.line, it.cell));
        let lines: Vec<_> = lines.collect();
        corrections::drop_lines(&held.path, &lines, lang)?;
        Ok(Changed::default())
    })
    .await
}

/// `POST /api/corrections/renew`.
async fn renew_correction(State(desk): Shared, In(lang): In, Json(asked): Json<Line>) -> Answer {
    changed(&desk, lang, move |held| {
        corrections::renew_line(&held.path, asked.line, &asked.cell, &asked.says, lang)?;
        Ok(Changed::default())
    })
    .await
}

#[derive(Debug, Deserialize)]
struct NewRow {
    row: String,
    new: bool,
}

/// `POST /api/new`: says of a row that it is a new winner, or takes that back.
async fn declare_new(State(desk): Shared, In(lang): In, Json(asked): Json<NewRow>) -> Answer {
    changed(&desk, lang, move |held| {
        let row = CellRef::parse(&asked.row).ok_or_else(|| Refusal::gone(lang))?;
        // It is said of the file as it is now.
        held.proved()?;
        held.new.retain(|known| (&known.sheet, known.row) != (&row.sheet, row.row));
        if asked.new {
            held.new.push(row);
        }
        Ok(Changed::default())
    })
    .await
}

/// A column, and the field that it is to be taken for.
#[derive(Debug, Deserialize)]
struct Column {
    header: String,
    field: Option<String>,
}

/// `POST /api/columns`: writes `[columns]` of `contest.toml`.
async fn take_column(State(desk): Shared, In(lang): In, Json(asked): Json<Column>) -> Answer {
    changed(&desk, lang, move |held| {
        let field = match asked.field.as_deref() {
            Some(name) => Some(Field::built_in(name).ok_or_else(|| Refusal::gone(lang))?),
            None => None,
        };
        let folder = held.folder()?;
        let known = |field: Field| folder.contest().fields.headers_of(field);
        // Nothing is two fields' column.
        let mut changes: Vec<Change> = Vec::new();
        for other in Field::BUILT_IN.into_iter().filter(|other| Some(*other) != field) {
            let headers = known(other);
            if headers.contains(&asked.header) {
                let rest: Vec<&String> =
                    headers.iter().filter(|header| **header != asked.header).collect();
                changes.push(columns(other, (!rest.is_empty()).then(|| json!(rest))));
            }
        }
        if let Some(field) = field {
            changes.push(columns(field, Some(json!([asked.header]))));
        }
        edit::change(&held.path, &changes)?;
        held.forget();
        Ok(Changed::default())
    })
    .await
}

/// The words of a field's column, or none.
fn columns(field: Field, words: Option<Value>) -> Change {
    let act = words.map_or(Deed::Remove, Deed::Set);
    Change { path: vec!["columns".into(), field.name().into()], act }
}

/// What is found to be right.
#[derive(Debug, Deserialize)]
struct Allowed {
    code: String,
    value: String,
    reason: String,
}

/// `POST /api/allow`: writes `[[rules.allowed]]` of `contest.toml`.
async fn allow(State(desk): Shared, In(lang): In, Json(asked): Json<Allowed>) -> Answer {
    changed(&desk, lang, move |held| {
        let Allowed { code, value, reason } = asked;
        let entry = json!({ "code": code, "value": value, "reason": reason });
        let path = vec!["rules".into(), "allowed".into()];
        let change = Change { path, act: Deed::Add(entry) };
        edit::change(&held.path, &[change])?;
        held.forget();
        Ok(Changed::default())
    })
    .await
}
