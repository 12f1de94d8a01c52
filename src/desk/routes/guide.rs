//! The guide for clerks, `docs/手册.md` and `docs/guide.md`, as a page.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use include_dir::{Dir, include_dir};
use pulldown_cmark::{Options, Parser, html};

use super::super::answer::In;
use super::super::shared::{Desk, Shared};

static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/guide");

const ZH: &str = include_str!("../../../docs/手册.md");
const EN: &str = include_str!("../../../docs/guide.md");

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new().route("/guide", get(guide)).route("/guide/{*path}", get(picture))
}

/// `GET /guide`.
async fn guide(State(_): Shared, In(lang): In) -> Html<String> {
    let (tag, title, text) =
        lang.pick(("zh-CN", "accolade 使用手册", ZH), ("en", "The accolade guide", EN));
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(text, Options::ENABLE_TABLES));
    Html(format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"renderer\" content=\"webkit\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<link rel=\"icon\" href=\"/page/icon.svg\">\n\
         <script src=\"/page/theme.js\"></script>\n\
         <link rel=\"stylesheet\" href=\"/page/desk.css\">\n\
         <link rel=\"stylesheet\" href=\"/page/guide.css\">\n</head>\n\
         <body>\n<main class=\"guide\">\n{body}</main>\n</body>\n</html>\n"
    ))
}

/// `GET /guide/…`: a picture of it.
async fn picture(Path(path): Path<String>) -> Response {
    match PICTURES.get_file(&path) {
        Some(file) => ([(header::CONTENT_TYPE, "image/webp")], file.contents()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
