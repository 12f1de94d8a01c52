//! 名单: the award sheet, what was understood of it, and others in its place.

use std::collections::HashMap;
use std::sync::Arc;

use accolade::Lang;
use accolade::annotate;
use accolade::contest::edit;
use accolade::fault::{Diagnostic, Remedy};
use accolade::field::Field;
use accolade::folder::{spreadsheets, take_sheet};
use accolade::intake::Inputs;
use accolade::report::check::Report;
use accolade::report::difference::differences;
use accolade::report::faults::{FaultReport, grouped};
use accolade::report::grid;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::answer::{Answer, In, Refusal, Stop, value};
use super::super::held::{Held, Proved};
use super::super::history::History;
use super::super::id::id_of;
use super::super::shared::{Desk, Shared, download};
use super::super::upload::{self, Named};
use super::state::counts;

/// What a spreadsheet is called by browsers.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/sheet", get(sheet))
        .route("/api/sheet/annotated.xlsx", get(annotated))
        .route("/api/sheet/mended.xlsx", get(mended))
        .route("/api/sheet", post(take))
        .route("/api/sheets", get(sheets))
        .route("/api/sheets/use", post(use_other))
        .route("/api/sheet/difference", get(difference))
}

/// `GET /api/sheet`: the sheet as a grid, how it was understood, and what is wrong
/// with it.
async fn sheet(State(desk): Shared, In(lang): In) -> Answer {
    desk.ask(lang, move |held| {
        let proved = held.proved()?;
        let mut answer = found(held, &proved, lang);
        answer["sheets"] = value(grid::grids(&proved.inputs, &proved.checked, lang));
        answer["mapping"] = mapping(&proved, lang);
        answer["fields"] = fields(lang);
        Ok(Json(answer))
    })
    .await
}

/// What changes when a cell does.
pub(super) fn found(held: &Held, proved: &Proved, lang: Lang) -> Value {
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

/// `POST /api/sheet?name=`: takes a file for the award sheet.
async fn take(
    State(desk): Shared,
    In(lang): In,
    Query(Named { name }): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let bytes = upload::read(&headers, body, upload::SHEET, lang).await?;
    desk.ask(lang, move |held| {
        held.making.refuse_busy(lang)?;
        let former = held.folder().ok().map(|folder| folder.contest().sheet.clone());
        let former = former.filter(|path| path.exists());
        let former = former.and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        let name = take_sheet(&held.path, &name, &bytes)?;
        let former = former.filter(|former| *former != name);
        other_sheet(held);
        Ok(Json(json!({
            "name": name,
            "former": former.map(|former| json!({ "id": id_of(&former), "name": former })),
        })))
    })
    .await
}

/// Looks at another sheet from here on: what was mended in the last one cannot be
/// undone in this one.
fn other_sheet(held: &mut Held) {
    held.history = History::default();
    held.new.clear();
    held.forget();
    held.changed();
}

/// `GET /api/sheets`: the spreadsheets in the folder.
async fn sheets(State(desk): Shared, In(lang): In) -> Answer {
    let all = desk.ask(lang, |held| Ok(spreadsheets(held.folder()?.contest())?)).await?;
    let told = all.iter().map(|sheet| {
        let time = sheet.time.map(|time| time.to_string());
        json!({
            "id": id_of(&sheet.name), "name": sheet.name, "time": time, "current": sheet.current,
        })
    });
    Ok(Json(told.collect()))
}

#[derive(Debug, Deserialize)]
struct Chosen {
    id: String,
}

/// The name of the spreadsheet with this id.
fn named(held: &mut Held, id: &str, lang: Lang) -> Result<String, Stop> {
    let folder = held.folder()?;
    let all = spreadsheets(folder.contest())?;
    let found = all.into_iter().find(|sheet| id_of(&sheet.name) == id);
    Ok(found.map(|sheet| sheet.name).ok_or_else(|| Refusal::gone(lang))?)
}

/// `POST /api/sheets/use`: takes one of them for the award sheet.
async fn use_other(State(desk): Shared, In(lang): In, Json(chosen): Json<Chosen>) -> Answer {
    desk.ask(lang, move |held| {
        held.making.refuse_busy(lang)?;
        let name = named(held, &chosen.id, lang)?;
        edit::use_sheet(&held.path, &name)?;
        other_sheet(held);
        Ok(Json(json!({ "name": name })))
    })
    .await
}

/// `GET /api/sheet/difference?id=`: the award sheet held against another.
async fn difference(State(desk): Shared, In(lang): In, Query(chosen): Query<Chosen>) -> Answer {
    desk.ask(lang, move |held| {
        let name = named(held, &chosen.id, lang)?;
        let proved = held.proved()?;
        let contest = proved.folder.contest();
        let old = Inputs::open_plain(&contest.folder.join(&name))?;
        let new = Inputs::open_plain(&contest.sheet)?;
        Ok(Json(json!({ "name": name, "sheets": differences(&old, &new) })))
    })
    .await
}
