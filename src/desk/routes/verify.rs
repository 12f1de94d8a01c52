//! 核验: is a certificate or a package genuine and current?

use std::sync::Arc;

use accolade::Lang;
use accolade::fault::Diagnostics;
use accolade::register;
use accolade::report::verify::Told;
use accolade::verify::{self, Trust, Verified};
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;

use super::super::answer::{Answer, In, Refusal, value};
use super::super::shared::{Desk, Shared, apart};
use super::super::upload::{self, Named};

/// A photo has at most this many pixels a side.
const LONGEST: u32 = 8000;

pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new().route("/api/verify", post(file)).route("/api/verify/photo", post(photo))
}

/// `POST /api/verify?name=`: a PDF, a package, or the text of a code.
async fn file(
    State(desk): Shared,
    In(lang): In,
    Query(named): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let bytes = upload::read(&headers, body, upload::PACKAGE, lang).await?;
    verified(&desk, lang, move |trust| verify::bytes(&named.name, bytes, trust)).await
}

#[derive(Debug, Deserialize)]
struct Size {
    width: u32,
    height: u32,
}

/// `POST /api/verify/photo?width=&height=`: one byte of grey for each pixel.
async fn photo(
    State(desk): Shared,
    In(lang): In,
    Query(Size { width, height }): Query<Size>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let grey = upload::read(&headers, body, upload::PDF, lang).await?;
    let pixels = u64::from(width) * u64::from(height);
    if width > LONGEST || height > LONGEST || pixels != grey.len() as u64 || pixels == 0 {
        let (message, help) = lang.pick(
            ("这不是一张照片", "请选 JPG、PNG 等图片"),
            ("this is no photo", "choose a picture, such as JPEG or PNG"),
        );
        return Err(Refusal::own(StatusCode::BAD_REQUEST, "no-photo", message, help));
    }
    verified(&desk, lang, move |trust| verify::photo(&grey, width, height, trust)).await
}

/// Verified with the folder's own register, beside the thread that owns it: a long
/// package holds up nobody.
async fn verified(
    desk: &Desk,
    lang: Lang,
    verify: impl FnOnce(&Trust) -> Result<Verified, Diagnostics> + Send + 'static,
) -> Answer {
    let path = desk.ask(lang, |held| Ok(held.path.clone())).await?;
    if !path.join(register::FILE).exists() {
        let (message, help) = lang.pick(
            (
                "这个大赛还没有发过证书，没有登记簿可以比对",
                "别的大赛的证书，请先在“大赛”里打开那个大赛，再来核验",
            ),
            (
                "this contest has issued no certificate: there is no register to compare with",
                "for another contest's certificate, open that contest first",
            ),
        );
        return Err(Refusal::own(StatusCode::CONFLICT, "nothing-issued", message, help));
    }
    let work = move || {
        let found = verify(&Trust::new(Some(&path), None)?)?;
        Ok(value(Told::new(&found, lang)))
    };
    Ok(Json(apart(lang, work).await?))
}
