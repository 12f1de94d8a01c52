//! The page itself, in the binary.

use include_dir::{Dir, include_dir};

static PAGE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/desk/page");

/// A file of the page and its media type.
pub(super) fn find(path: &str) -> Option<(&'static [u8], &'static str)> {
    let file = PAGE.get_file(path)?;
    let (_, extension) = path.rsplit_once('.')?;
    let media = match extension {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    Some((file.contents(), media))
}
