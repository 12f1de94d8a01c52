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
use typst::text::{Glyph, TextItem};

use crate::character;

/// All text so far.
#[derive(Default)]
pub(super) struct Reading<'a> {
    /// As it is compared, see [`character::comparable`].
    pub text: String,
    last: Option<Last<'a>>,
}

/// The piece that was read last.
struct Last<'a> {
    item: &'a TextItem,
    /// Where it ends on the paper.
    end: Point,
    /// Where it comes from: in the template, and from which byte there on.
    from: (Span, usize),
    /// Where in the text it begins, with all that is read after it and stands
    /// at its left.
    begin: usize,
    right_to_left: bool,
    /// If it is a mark of either direction at the right of letters that are
    /// read from right to left: where these begin.
    after: Option<usize>,
}

impl<'a> Reading<'a> {
    /// Takes the next piece in, which begins at the origin of `here`.
    pub(super) fn add(&mut self, item: &'a TextItem, here: Transform) {
        let Some(first) = item.glyphs.first() else { return };
        let start = |glyph: &Glyph| usize::from(glyph.span.1);
        let from = (first.span.0, item.glyphs.iter().map(start).min().unwrap_or_default());
        let to = item.glyphs.iter().map(|it| start(it) + it.range().len()).max();
        let mut right_to_left = item.text.chars().any(character::is_right_to_left);
        let last = self.last.take().filter(|last| last.touches(item, here));
        let goes_on = last.as_ref().filter(|last| (Some(last.from.1), last.from.0) == (to, from.0));
        let shared = last.as_ref().filter(|last| last.shares_letter(item, here));

        let mut text = Cow::from(item.text.as_str());
        if shared.is_some() {
            text.to_mut().replace_range(first.range(), "");
        }
        let mut text: String = character::comparable(&text).collect();
        let mut begin = self.text.len();
        let mut after = None;
        match (shared, goes_on) {
            (Some(last), _) if last.right_to_left => {
                (begin, right_to_left) = (last.begin, true);
            }
            (None, Some(last)) if right_to_left => {
                begin = last.after.unwrap_or(last.begin);
                if last.after.is_some() {
                    text += &self.text.split_off(last.begin);
                }
            }
            (None, Some(last)) if last.right_to_left => after = Some(last.begin),
            _ => {}
        }
        self.text.insert_str(begin, &text);
        let end = Point::with_x(item.width()).transform(here);
        self.last = Some(Last { item, end, from, begin, right_to_left, after });
    }
}

impl Last<'_> {
    /// Whether a piece goes on where this one ends, on the same line or a little
    /// higher or lower.
    fn touches(&self, item: &TextItem, here: Transform) -> bool {
        self.apart(here) < item.size
    }

    /// Whether a piece begins with the letter that ends this one: with other
    /// marks of it. They stand higher or lower; the same letter once more would
    /// stand on the same line.
    fn shares_letter(&self, item: &TextItem, here: Transform) -> bool {
        let (Some(last), Some(first)) = (self.item.glyphs.last(), item.glyphs.first()) else {
            return false;
        };
        self.item.font == item.font
            && last.span == first.span
            && self.item.text[last.range()] == item.text[first.range()]
            && self.apart(here) > Abs::pt(1e-3)
    }

    fn apart(&self, here: Transform) -> Abs {
        let way = Point::zero().transform(here) - self.end;
        way.x.abs() + way.y.abs()
    }
}
