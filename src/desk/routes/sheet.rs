//! 名单 and 核对: the award sheet, what was understood of it, and its cells mended.

use std::collections::HashMap;
use std::sync::Arc;

use accolade::annotate;
use accolade::cell::CellRef;
use accolade::fault::wording::Lang;
use accolade::fault::{Diagnostic, Diagnostics, Remedy};
use accolade::field::Field;
use accolade::intake::corrections::{self, Mend};
use accolade::report::check::Report;
use accolade::report::faults::{FaultReport, grouped};
use accolade::report::grid;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Desk;
use super::super::answer::{Answer, In, Refusal, value};
use super::super::held::{Held, Proved};
use super::super::history::{Act, Edited};
use super::state::counts;
use super::{Shared, download};

/// What a spreadsheet is called by browsers.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/sheet", get(sheet))
        .route("/api/sheet/annotated.xlsx", get(annotated))
        .route("/api/sheet/mended.xlsx", get(mended))
        .route("/api/cells", post(edit))
        .route("/api/undo", post(undo))
        .route("/api/redo", post(redo))
        .route("/api/corrections/drop", post(drop_correction))
        .route("/api/corrections/renew", post(renew_correction))
        .route("/api/new", post(declare_new))
}

/// `GET /api/sheet`: the sheet as a grid, how it was understood, and what is wrong
/// with it.
async fn sheet(State(desk): Shared, In(lang): In) -> Answer {
    desk.answer(lang, move |held| {
        let proved = held.proved().map_err(|faults| Refusal::of(&faults, lang))?;
        let mut answer = found(held, &proved, lang);
        answer["sheets"] = value(grid::grids(&proved.inputs, &proved.checked, lang));
        answer["mapping"] = mapping(&proved, lang);
        answer["fields"] = fields(lang);
        Ok(Json(answer))
    })
    .await
}

/// What changes when a cell does.
fn found(held: &Held, proved: &Proved, lang: Lang) -> Value {
    let checked = &proved.checked;
    let report = Report::new(checked, Default::default(), None);
    json!({
        "version": held.version,
        "sheet": report.sheet,
        "balance": report.balance,
        "cells": { "counts": report.cells },
        "skipped": report.skipped,
        "counts": counts(&checked.diagnostics),
        "faults": faults(proved, lang),
        "undo": held.history.undo().is_some(),
        "redo": held.history.redo().is_some(),
        "new": held.new,
    })
}

/// All faults in the order people read them, each with its place among all, which
/// is what the marks of the cells name.
fn faults(proved: &Proved, lang: Lang) -> Vec<Value> {
    let all = &proved.checked.diagnostics;
    let texts = &proved.checked.understood.texts;
    let indices: HashMap<*const Diagnostic, usize> =
        all.iter().enumerate().map(|(index, fault)| (std::ptr::from_ref(fault), index)).collect();
    let told = grouped(all).into_iter().flatten().map(|fault| {
        let mut told = value(FaultReport::new(fault, lang, Remedy::sentence).with_text(texts));
        told["index"] = json!(indices[&std::ptr::from_ref(fault)]);
        told["place"] = json!(fault.place.as_ref().map(ToString::to_string));
        told["allowed"] = json!(fault.allowed);
        told
    });
    told.collect()
}

/// What each column was taken for, with the first values below its header.
fn mapping(proved: &Proved, lang: Lang) -> Value {
    const SAMPLES: usize = 3;
    let shown = accolade::intake::shown(&proved.inputs);
    let tables = proved.checked.understood.tables.iter().map(|table| {
        let cells = shown.iter().find(|sheet| *sheet.sheet == *table.sheet);
        let columns = table.columns.iter().map(|column| {
            let below = cells
                .into_iter()
                .flat_map(|sheet| &sheet.texts)
                .filter(|((row, at), _)| *at == column.cell.column && *row > column.cell.row);
            let samples: Vec<&String> = below.map(|(_, text)| text).take(SAMPLES).collect();
            let label = column.field.map(|field| label(field, lang));
            json!({
                "cell": column.cell,
                "header": column.header,
                "field": column.field.map(Field::name),
                "label": label,
                "samples": samples,
            })
        });
        json!({ "sheet": table.sheet, "columns": columns.collect::<Vec<_>>() })
    });
    tables.collect()
}

/// The fields that a column can be taken for.
fn fields(lang: Lang) -> Value {
    let named = |field: Field| json!({ "field": field.name(), "label": label(field, lang) });
    Field::BUILT_IN.map(named).into_iter().collect()
}

fn label(field: Field, lang: Lang) -> String {
    lang.pick(field.label().to_owned(), lang.field(field).to_string())
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

/// `POST /api/cells`.
async fn edit(State(desk): Shared, In(lang): In, Json(edits): Json<Edits>) -> Answer {
    desk.answer(lang, move |held| {
        let sheet = edits.sheet.as_str().into();
        let act = edits.changes.into_iter().map(|change| Edited {
            cell: CellRef::new(&sheet, change.row, change.column),
            was: change.was,
            now: change.now,
        });
        let act: Act = act.collect();
        mend(held, &act, &edits.reason, lang).map_err(|faults| Refusal::of(&faults, lang))?;
        held.history.note(act.clone());
        mended_answer(held, &act, lang)
    })
    .await
}

/// `POST /api/undo`.
async fn undo(State(desk): Shared, In(lang): In) -> Answer {
    desk.answer(lang, move |held| {
        let Some(act) = held.history.undo() else { return mended_answer(held, &Vec::new(), lang) };
        mend(held, &act, "", lang).map_err(|faults| Refusal::of(&faults, lang))?;
        held.history.undone();
        mended_answer(held, &act, lang)
    })
    .await
}

/// `POST /api/redo`.
async fn redo(State(desk): Shared, In(lang): In) -> Answer {
    desk.answer(lang, move |held| {
        let Some(act) = held.history.redo() else { return mended_answer(held, &Vec::new(), lang) };
        mend(held, &act, "", lang).map_err(|faults| Refusal::of(&faults, lang))?;
        held.history.redone();
        mended_answer(held, &act, lang)
    })
    .await
}

/// Writes what was mended and has the sheet proved anew.
fn mend(held: &mut Held, act: &Act, reason: &str, lang: Lang) -> Result<(), Diagnostics> {
    let proved = held.proved()?;
    let mends = act.iter().map(|edit| Mend {
        cell: edit.cell.clone(),
        was: edit.was.clone(),
        now: edit.now.clone(),
        reason: reason.to_owned(),
    });
    let mends: Vec<Mend> = mends.collect();
    corrections::mend(&held.path, &proved.inputs, &mends, lang)?;
    held.forget_proof();
    held.changed();
    Ok(())
}

/// What became of the sheet: the cells that changed, and all that is said of it.
fn mended_answer(held: &mut Held, act: &Act, lang: Lang) -> Answer {
    let proved = held.proved().map_err(|faults| Refusal::of(&faults, lang))?;
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

/// `POST /api/corrections/drop`.
async fn drop_correction(State(desk): Shared, In(lang): In, Json(asked): Json<Line>) -> Answer {
    desk.answer(lang, move |held| {
        corrections::drop_line(&held.path, asked.line, &asked.cell, lang)
            .map_err(|faults| Refusal::of(&faults, lang))?;
        held.forget_proof();
        held.changed();
        mended_answer(held, &Vec::new(), lang)
    })
    .await
}

/// `POST /api/corrections/renew`.
async fn renew_correction(State(desk): Shared, In(lang): In, Json(asked): Json<Line>) -> Answer {
    desk.answer(lang, move |held| {
        corrections::renew_line(&held.path, asked.line, &asked.cell, &asked.says, lang)
            .map_err(|faults| Refusal::of(&faults, lang))?;
        held.forget_proof();
        held.changed();
        mended_answer(held, &Vec::new(), lang)
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
    desk.answer(lang, move |held| {
        let row = CellRef::parse(&asked.row).ok_or_else(|| Refusal::gone(lang))?;
        held.new.retain(|known| (&known.sheet, known.row) != (&row.sheet, row.row));
        if asked.new {
            held.new.push(row);
        }
        held.forget_proof();
        held.changed();
        mended_answer(held, &Vec::new(), lang)
    })
    .await
}

/// `GET /api/sheet/annotated.xlsx`: with the faults marked.
async fn annotated(State(desk): Shared, In(lang): In) -> Result<Response, Refusal> {
    let note = lang.pick("标注", "marked");
    workbook(&desk, lang, note, move |proved| {
        let Proved { inputs, checked, .. } = proved;
        annotate::annotated(inputs, &checked.understood.tables, &checked.diagnostics, lang)
    })
    .await
}

/// `GET /api/sheet/mended.xlsx`: with the corrections in it.
async fn mended(State(desk): Shared, In(lang): In) -> Result<Response, Refusal> {
    let note = lang.pick("改好", "mended");
    workbook(&desk, lang, note, |proved| {
        annotate::mended(&proved.inputs, &proved.checked.understood.tables)
    })
    .await
}

async fn workbook<E: std::error::Error + Send + Sync + 'static>(
    desk: &Desk,
    lang: Lang,
    note: &'static str,
    write: impl FnOnce(&Proved) -> Result<Vec<u8>, E> + Send + 'static,
) -> Result<Response, Refusal> {
    desk.ask(lang, move |held| {
        let proved = held.proved()?;
        let path = proved.inputs.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = lang.pick(format!("{stem}（{note}）.xlsx"), format!("{stem} ({note}).xlsx"));
        let bytes = write(&proved)
            .map_err(|error| Diagnostic::cannot_write(path, &std::io::Error::other(error)))?;
        Ok(download(&name, XLSX, bytes).into_response())
    })
    .await
}
