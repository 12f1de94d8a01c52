//! Files that the page sends, bounded before they are read.

use accolade::Lang;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;

use super::answer::Refusal;

/// Most bytes of an award sheet, as the readers take it.
pub(super) const SHEET: u64 = 32 << 20;
/// Of a document or a picture.
pub(super) const PDF: u64 = 64 << 20;
/// Of a package.
pub(super) const PACKAGE: u64 = 256 << 20;

/// What a file that is sent is called.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    pub name: String,
}

/// The bytes of a file, at most so many.
///
/// # Errors
/// There are more, or they did not arrive.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    most: u64,
    lang: Lang,
) -> Result<Vec<u8>, Refusal> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| length > most) {
        return Err(too_large(most, lang));
    }
    match to_bytes(body, most as usize).await {
        Ok(bytes) => Ok(bytes.into()),
        // Without a length, more than that is only known once it is there.
        Err(_) if length.is_none() => Err(too_large(most, lang)),
        Err(_) => Err(broken_off(lang)),
    }
}

fn too_large(most: u64, lang: Lang) -> Refusal {
    let most = most >> 20;
    let (message, help) = lang.pick(
        (
            format!("这个文件太大：最多 {most} MB"),
            "请看看是不是选错了文件；名单里若有大图片，删去图片再存一份".to_owned(),
        ),
        (
            format!("this file is too large: {most} MB at most"),
            "is it the right one? If the sheet has large pictures in it, save it without them"
                .to_owned(),
        ),
    );
    Refusal::own(StatusCode::PAYLOAD_TOO_LARGE, "too-large", &message, &help)
}

fn broken_off(lang: Lang) -> Refusal {
    let (message, help) =
        lang.pick(("文件没有传完", "再传一次"), ("the file did not arrive whole", "send it again"));
    Refusal::own(StatusCode::BAD_REQUEST, "broken-off", message, help)
}
