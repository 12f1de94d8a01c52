//! A page's fonts as the file describes them.

use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::GBK;
use hayro::hayro_interpret::CacheKey;
use hayro::hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro::hayro_syntax::page::Page;

/// Drawings may hold drawings with fonts of their own, to this depth.
const DEPTH: usize = 4;

/// What a font's dictionary says.
#[derive(Debug, Clone)]
pub(super) struct Described {
    /// Its PostScript name without the tag of a subset.
    pub name: Rc<str>,
    pub embedded: bool,
    /// Whether its encoding is known. There are some that a reader would have
    /// to bring along.
    pub readable: bool,
}

/// The fonts that a page may use, by the key that its glyphs carry.
pub(super) fn described(page: &Page<'_>) -> HashMap<u128, Described> {
    let resources = page.resources();
    let mut found = HashMap::new();
    collect(&resources.fonts, &resources.x_objects, DEPTH, &mut found);
    found
}

fn collect(
    fonts: &Dict<'_>,
    drawings: &Dict<'_>,
    depth: usize,
    found: &mut HashMap<u128, Described>,
) {
    for font in fonts.keys().filter_map(|key| fonts.get::<Dict<'_>>(&*key)) {
        found.entry(font.cache_key()).or_insert_with(|| describe(&font));
    }
    if depth == 0 {
        return;
    }
    for drawing in drawings.keys().filter_map(|key| drawings.get::<Stream<'_>>(&*key)) {
        if let Some(resources) = drawing.dict().get::<Dict<'_>>(b"Resources") {
            let fonts = resources.get::<Dict<'_>>(b"Font").unwrap_or_default();
            let drawings = resources.get::<Dict<'_>>(b"XObject").unwrap_or_default();
            collect(&fonts, &drawings, depth - 1, found);
        }
    }
}

fn describe(font: &Dict<'_>) -> Described {
    let kind = font.get::<Name<'_>>(b"Subtype");
    let kind = kind.as_ref().map_or("", Name::as_str);
    let composed = kind == "Type0";
    let descendant =
        font.get::<Array<'_>>(b"DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let holder = descendant.as_ref().unwrap_or(font);
    let descriptor = holder.get::<Dict<'_>>(b"FontDescriptor").unwrap_or_default();
    let files: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
    let encoding = font.get::<Name<'_>>(b"Encoding");
    let named = encoding.as_ref().map_or("", Name::as_str);
    Described {
        name: font.get::<Name<'_>>(b"BaseFont").map_or("".into(), |name| bare(&name).into()),
        embedded: kind == "Type3" || files.iter().any(|file| descriptor.contains_key(file)),
        readable: !composed || named.is_empty() || named.starts_with("Identity-"),
    }
}

/// Programs for Chinese write names in GBK, too.
fn bare(name: &[u8]) -> String {
    let name = match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => GBK.decode_without_bom_handling(name).0.into_owned(),
    };
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 => rest.to_owned(),
        _ => name,
    }
}
