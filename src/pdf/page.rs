//! What stands on one page.

use std::collections::BTreeSet;
use std::rc::Rc;

/// Millimetres in a point.
pub(crate) const MM_PER_PT: f64 = 25.4 / 72.0;

/// One page.
pub(crate) struct Page {
    pub width: f64,
    pub height: f64,
    /// In the order they are drawn.
    pub glyphs: Vec<Glyph>,
    /// Fonts in use that the file does not hold.
    pub missing: BTreeSet<String>,
    /// Fonts whose encoding is not known, so that what is set in them is not
    /// among the glyphs.
    pub unread: BTreeSet<String>,
    /// Straight and along the edges of the paper; pieces are joined.
    pub rules: Vec<Rule>,
    /// Whether there was too much on the page to tell what hides what.
    pub crowded: bool,
}

/// A character as it is drawn.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    /// In NFC; `None` if the PDF does not tell.
    pub text: Option<String>,
    /// The PostScript name without its subset's tag; empty if unknown.
    pub font: Rc<str>,
    /// The em's height in points.
    pub size: f64,
    /// Where it stands on its baseline.
    pub x: f64,
    pub y: f64,
    /// How far to the next character, without tracking.
    pub advance: f64,
    /// `[left, top, right, bottom]` of its outline.
    pub ink: Option<[f64; 4]>,
    /// Red, green and blue; `None` for a pattern.
    pub colour: Option<[u8; 3]>,
    /// Quarter turns clockwise of its reading direction; `None` if aslant.
    pub turn: Option<u8>,
    /// Whether it is drawn: scanned pages often carry invisible text.
    pub visible: bool,
    /// What hides it.
    pub under: Option<Cover>,
}

impl Glyph {
    /// `[left, top, right, bottom]` of its outline, or about where that is.
    pub(crate) fn extent(&self) -> [f64; 4] {
        self.ink.unwrap_or_else(|| {
            let height = self.size * MM_PER_PT;
            [self.x, self.y - 0.7 * height, self.x + self.advance.max(0.1), self.y]
        })
    }
}

/// What hides a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cover {
    /// A picture or a pattern, through which it may yet be seen.
    Picture,
    /// An area of one opaque colour, or the edge of what may be drawn on.
    Paint,
}

/// A straight line or a thin bar along an edge of the paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    pub horizontal: bool,
    /// From left to right, or from top to bottom.
    pub from: f64,
    pub to: f64,
    /// Where its middle lies across its direction.
    pub at: f64,
    pub thickness: f64,
    pub colour: [u8; 3],
}
