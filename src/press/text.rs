//! The text on laid-out pages as others will find it: a font that must have its
//! characters, and a program that takes them off the finished PDF.

use std::collections::HashMap;

use typst::layout::{Frame, FrameItem};
use typst::text::{FontInstance, TextItem};
use typst::visualize::{Image, ImageKind};
use typst_layout::PagedDocument;

use crate::pdf::Pdf;

/// Whether all characters on the pages are `known`.
pub(super) fn is_known(pages: &PagedDocument, known: impl Fn(char) -> bool) -> bool {
    let mut all = true;
    each(pages, &mut |item| {
        if let Item::Text(text) = item {
            all &= text.text.chars().all(&known);
        }
    });
    all
}

/// All text that a program finds on the pages of the PDF; `None` if only the
/// finished PDF tells, as [`read`] does.
///
/// A PDF says for each glyph of a font which characters it stands for, the same
/// wherever it is drawn. So this is what was laid out where each glyph is one
/// character, and never another one.
pub(super) fn foreseen(pages: &PagedDocument) -> Option<String> {
    let mut text = String::new();
    let mut known: Vec<(&FontInstance, HashMap<u16, char>)> = Vec::new();
    let mut plain = true;
    each(pages, &mut |item| match item {
        Item::Text(item) => {
            let index = known.iter().position(|(font, _)| **font == item.font);
            let index = index.unwrap_or_else(|| {
                known.push((&item.font, HashMap::new()));
                known.len() - 1
            });
            let mut last = usize::MAX..usize::MAX;
            for glyph in &item.glyphs {
                let range = glyph.range();
                let mut characters = item.text[range.clone()].chars();
                let character = characters.next().filter(|_| characters.next().is_none());
                match character {
                    Some(character) if range != last => {
                        plain &= *known[index].1.entry(glyph.id).or_insert(character) == character;
                        text.push(character);
                    }
                    _ => plain = false,
                }
                last = range;
            }
        }
        Item::Image(image) => plain &= !may_hold_text(image),
    });
    plain.then_some(text)
}

/// All text that a program finds in a finished PDF.
pub(super) fn read(pdf: Vec<u8>) -> String {
    Pdf::open(pdf).map(|pdf| pdf.text()).unwrap_or_default()
}

fn may_hold_text(image: &Image) -> bool {
    match image.kind() {
        ImageKind::Svg(svg) => String::from_utf8_lossy(svg.data()).contains("<text"),
        ImageKind::Pdf(_) => true,
        ImageKind::Raster(_) => false,
    }
}

enum Item<'a> {
    Text(&'a TextItem),
    Image(&'a Image),
}

fn each<'a>(pages: &'a PagedDocument, see: &mut impl FnMut(Item<'a>)) {
    fn walk<'a>(frame: &'a Frame, see: &mut impl FnMut(Item<'a>)) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => walk(&group.frame, see),
                FrameItem::Text(text) => see(Item::Text(text)),
                FrameItem::Image(image, ..) => see(Item::Image(image)),
                FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }
    for page in pages.pages() {
        walk(&page.frame, see);
    }
}
