//! The guide for clerks, `docs/手册.md` and `docs/guide.md`: as a page that the
//! desk serves, and as files that need no desk.

use std::path::PathBuf;

use accolade::Lang;
use include_dir::{Dir, include_dir};
use pulldown_cmark::{Options, Parser, html};

use super::assets;

static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/guide");

const ZH: &str = include_str!("../../docs/手册.md");
const EN: &str = include_str!("../../docs/guide.md");

/// What the page shows it with.
const SHEETS: [&str; 2] = ["desk.css", "guide.css"];

/// The guide as the desk serves it.
pub(super) fn page(lang: Lang) -> String {
    let sheets = SHEETS.map(|name| format!("<link rel=\"stylesheet\" href=\"/page/{name}\">\n"));
    let head = "<link rel=\"icon\" href=\"/page/icon.svg\">\n\
                <script src=\"/page/theme.js\"></script>\n";
    html(lang, &[head, &sheets.concat()].concat())
}

/// A picture of the guide, by its path in `docs/guide/`.
pub(super) fn picture(path: &str) -> Option<&'static [u8]> {
    PICTURES.get_file(path).map(include_dir::File::contents)
}

/// The guide in both languages and its pictures, as files of one folder.
pub(crate) fn files() -> Vec<(PathBuf, Vec<u8>)> {
    let sheets = SHEETS.map(|name| {
        let (text, _) = assets::find(name).expect("the page has its style sheets");
        format!("<style>\n{}</style>\n", String::from_utf8_lossy(text))
    });
    let mut files: Vec<_> = [(Lang::Zh, "手册.html"), (Lang::En, "guide.html")]
        .map(|(lang, name)| (name.into(), html(lang, &sheets.concat()).into_bytes()))
        .into();
    for folder in PICTURES.dirs() {
        let pictures = folder.files().filter(|file| file.path().extension().is_some_and(is_webp));
        files.extend(
            pictures.map(|it| (PathBuf::from("guide").join(it.path()), it.contents().to_vec())),
        );
    }
    files
}

fn is_webp(extension: &std::ffi::OsStr) -> bool {
    extension == "webp"
}

/// The guide with `head` in its head.
fn html(lang: Lang, head: &str) -> String {
    let (tag, title, text) =
        lang.pick(("zh-CN", "accolade 使用手册", ZH), ("en", "The accolade guide", EN));
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(text, Options::ENABLE_TABLES));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"renderer\" content=\"webkit\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n{head}</head>\n\
         <body>\n<main class=\"guide\">\n{body}</main>\n</body>\n</html>\n"
    )
}
