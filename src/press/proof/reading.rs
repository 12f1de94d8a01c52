//! The pieces of text on a page → their text in the order in which it is read.
//!
//! Typst cuts a line into pieces of one font, size and height, and puts those
//! of one direction in the order in which they stand from left to right. So
//! letters that are read from right to left come in the wrong order wherever
//! they are cut, and a letter whose marks stand higher than itself comes once
//! more with them. What each glyph was made from tells both.

use std::borrow::Cow;

use typst::layout::{Abs, Point, Transform};
use typst::syntax::Span;
use typst::text::TextItem;

use crate::attest;
use crate::character;

/// All text so far.
#[derive(Default)]
pub(super) struct Reading<'a> {
    /// As it is compared, see [`attest::page::comparable`].
    pub text: String,
    last: Option<Last<'a>>,
}

/// The piece that was read last.
struct Last<'a> {
    item: &'a TextItem,
    /// Where it ends on the paper.
    end: Point,
    /// Where in the template, and from which byte there on, the text is from.
    from: (Span, u16),
    /// Where in the text it begins, with all that is read after it and stands
    /// at its left.
    begin: usize,
    right_to_left: bool,
}

impl<'a> Reading<'a> {
    /// Takes the next piece in, which begins at the origin of `here`.
    pub(super) fn add(&mut self, item: &'a TextItem, here: Transform) {
        let Some(first) = item.glyphs.first() else { return };
        let starts = || item.glyphs.iter().map(|glyph| glyph.span.1);
        let from = (first.span.0, starts().min().unwrap_or_default());
        let to = starts().max().unwrap_or_default();
        let mut right_to_left = item.text.chars().any(character::is_right_to_left);
        let is_before = |last: &Last<'_>| {
            let same_line = last.from.0 == from.0 && to < last.from.1;
            same_line && (right_to_left || last.right_to_left)
        };
        let mut begin = self.text.len();
        let text = self.not_yet_shown(item, here);
        if let Some(last) = self.last.as_ref().filter(|last| is_before(last)) {
            (begin, right_to_left) = (last.begin, true);
            let piece: String = attest::page::comparable(&text).collect();
            self.text.insert_str(begin, &piece);
        } else {
            self.text.extend(attest::page::comparable(&text));
        }
        let end = Point::with_x(item.width()).transform(here);
        self.last = Some(Last { item, end, from, begin, right_to_left });
    }

    /// The text of a piece without the letter whose other marks are the end of
    /// the piece before. They stand higher or lower; the same letter once more
    /// would stand on the same line.
    fn not_yet_shown(&self, item: &'a TextItem, here: Transform) -> Cow<'a, str> {
        let text = item.text.as_str();
        let same_letter = self.last.as_ref().and_then(|last| {
            let (before, first) = (last.item.glyphs.last()?, item.glyphs.first()?);
            let apart = Point::zero().transform(here) - last.end;
            let apart = apart.x.abs() + apart.y.abs();
            let same = last.item.font == item.font
                && before.span == first.span
                && last.item.text[before.range()] == text[first.range()]
                && apart > Abs::pt(1e-3)
                && apart < item.size;
            same.then(|| first.range())
        });
        match same_letter {
            Some(range) => format!("{}{}", &text[..range.start], &text[range.end..]).into(),
            None => text.into(),
        }
    }
}
