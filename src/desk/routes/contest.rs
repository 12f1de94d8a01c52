//! 大赛: which contest it is, others beside it, and its settings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use accolade::Lang;
use accolade::begin::{self, EXAMPLES, Example};
use accolade::contest::edit::{self, Change};
use accolade::report::form;
use accolade::{contest, template, unfinished};
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::super::answer::{Answer, Found, In, Refusal, value};
use super::super::held::Held;
use super::super::id::id_of;
use super::super::shared::{Desk, Shared};
use super::super::upload::{self, Named};

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/folders", get(folders))
        .route("/api/open", post(open))
        .route("/api/begin", post(begin_contest))
        .route("/api/form", get(shown).post(change))
        .route("/api/picture", post(picture))
}

/// `GET /api/folders`: the contests beside this one, and what to begin with.
async fn folders(State(desk): Shared, In(lang): In) -> Answer {
    desk.ask(lang, move |held| {
        let beside = begin::contests(held.home()).into_iter().map(|found| {
            json!({
                "id": id_of(&found.folder),
                "folder": found.folder,
                "name": found.name,
                "here": held.home().join(&found.folder) == held.path,
            })
        });
        let examples = EXAMPLES.iter().map(|example| {
            let usual = example.name == Example::of(lang).name;
            json!({ "name": example.name, "about": example.about(lang), "usual": usual })
        });
        Ok(Json(json!({
            "contests": beside.collect::<Vec<_>>(),
            "place": held.home().display().to_string(),
            "examples": examples.collect::<Vec<_>>(),
        })))
    })
    .await
}

/// The folder of a contest that was listed.
fn listed(held: &Held, id: &str) -> Option<PathBuf> {
    let mut known = begin::contests(held.home()).into_iter();
    let found = known.find(|found| id_of(&found.folder) == id)?;
    Some(held.home().join(found.folder))
}

#[derive(Debug, Deserialize)]
struct Chosen {
    id: String,
}

/// `POST /api/open`: goes on in another contest.
async fn open(State(desk): Shared, In(lang): In, Json(Chosen { id }): Json<Chosen>) -> Answer {
    desk.ask(lang, move |held| {
        held.making.refuse_busy(lang)?;
        let folder = listed(held, &id).ok_or_else(|| Refusal::gone(lang))?;
        held.move_to(folder);
        Ok(Json(json!({ "version": held.version })))
    })
    .await
}

#[derive(Debug, Deserialize)]
struct Asked {
    folder: String,
    #[serde(default)]
    example: String,
    #[serde(default)]
    from: String,
}

/// `POST /api/begin`: a new contest beside the others, which is then open.
async fn begin_contest(State(desk): Shared, In(lang): In, Json(asked): Json<Asked>) -> Answer {
    desk.ask(lang, move |held| {
        held.making.refuse_busy(lang)?;
        let folder = new_folder(held.home(), &asked.folder, lang)?;
        let begun = if asked.from.is_empty() {
            let example = Example::named(&asked.example).unwrap_or_else(|| Example::of(lang));
            begin::from_example(&folder, &example, false)
        } else {
            let old = listed(held, &asked.from).ok_or_else(|| Refusal::gone(lang))?;
            begin::from_last(&old, &folder)
        };
        let begun = begun?;
        held.move_to(folder);
        Ok(Json(json!({ "files": begun.files.len(), "undecided": begun.undecided })))
    })
    .await
}

/// Where a new contest goes: a folder of this very name, and nowhere else.
fn new_folder(home: &Path, name: &str, lang: Lang) -> Result<PathBuf, Refusal> {
    let name = name.trim();
    if unfinished::is_file_name(name) {
        let folder = home.join(name);
        if !folder.join(contest::FILE).exists() {
            return Ok(folder);
        }
        let (message, help) = lang.pick(
            ("已经有叫这个名字的大赛", "换一个名字，或在旁边打开它"),
            ("there is a contest of this name already", "give another name, or open that one"),
        );
        return Err(Refusal::own(StatusCode::CONFLICT, "contest-exists", message, help));
    }
    let (message, help) = lang.pick(
        ("文件夹不能叫这个名字", "写一个名字，不要有 / \\ : * ? \" < > |，也不要用点开头或结尾"),
        (
            "no folder can have this name",
            "give one name without / \\ : * ? \" < > | and without a dot at its beginning or end",
        ),
    );
    Err(Refusal::own(StatusCode::BAD_REQUEST, "no-name", message, help))
}

/// `GET /api/form`: `contest.toml` as forms.
async fn shown(State(desk): Shared, In(lang): In) -> Answer {
    desk.ask(lang, move |held| form_of(held, lang)).await
}

fn form_of(held: &mut Held, lang: Lang) -> Found {
    held.look();
    let mut answer = value(form::form(&held.path, lang)?);
    answer["version"] = json!(held.version);
    Ok(Json(answer))
}

#[derive(Debug, Deserialize)]
struct Changes {
    changes: Vec<Change>,
}

/// `POST /api/form`: changes it, and shows it as it is then.
async fn change(State(desk): Shared, In(lang): In, Json(asked): Json<Changes>) -> Answer {
    desk.ask(lang, move |held| {
        held.making.refuse_busy(lang)?;
        edit::change(&held.path, &asked.changes)?;
        held.forget();
        held.changed();
        form_of(held, lang)
    })
    .await
}

/// `POST /api/picture?name=`: puts a picture into `images/`.
async fn picture(
    State(desk): Shared,
    In(lang): In,
    Query(Named { name }): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let bytes = upload::read(&headers, body, upload::PDF, lang).await?;
    desk.ask(lang, move |held| {
        held.making.refuse_busy(lang)?;
        let name = template::put_picture(&held.path, &name, &bytes)?;
        held.forget();
        held.changed();
        Ok(Json(json!({ "name": name })))
    })
    .await
}
