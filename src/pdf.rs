//! What stands on the pages of a PDF: every character with its place, its size
//! and its ink, every straight rule, and the pages as pictures. Lengths are in
//! millimetres from the top left corner of the page as it is shown.
//!
//! The only module that knows hayro.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro::hayro_syntax::{DecryptionError, LoadPdfError};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::kurbo::{Affine, Rect};
use hayro::{RenderCache, RenderSettings, hayro_syntax};

mod font;
mod reader;

use reader::{Reader, joined};

/// Millimetres in a point.
pub(crate) const MM_PER_PT: f64 = 25.4 / 72.0;

/// What one page may hold at most; a page of text has some thousand characters.
const MARKS_ON_A_PAGE: usize = 100_000;

/// How often it is looked whether something hides a glyph, for one page.
const LOOKS: usize = 20_000_000;

/// What is less opaque than this hides nothing.
const OPAQUE: u8 = 230;

/// A filled area is a rule if it is no thicker than this (mm) and much longer.
const RULE_THICKNESS: f64 = 2.0;

/// Pieces of one rule may lie this far apart (mm): dashes, and cells' borders.
const RULE_GAP: f64 = 1.5;

/// Takes the place of fonts that a file does not hold, so that what is set in
/// them is read; nobody looks at its outlines.
static STAND_IN: &[u8] = include_bytes!("../fonts/LiberationSerif-Regular.ttf");

/// A PDF that can be read.
pub(crate) struct Pdf(hayro_syntax::Pdf);

/// Why a file is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It needs a password.
    Locked,
    /// It is no PDF, or a broken one.
    Damaged,
}

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

/// A page in shades of grey.
pub(crate) struct Picture {
    pub grey: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

impl Pdf {
    /// Opens a PDF that needs no password.
    pub(crate) fn open(bytes: Vec<u8>) -> Result<Self, Refusal> {
        let pdf = hayro_syntax::Pdf::new(bytes).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Refusal::Locked,
            LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => Refusal::Locked,
            LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Refusal::Damaged,
        })?;
        if pdf.pages().is_empty() {
            return Err(Refusal::Damaged);
        }
        Ok(Self(pdf))
    }

    /// How many pages it has.
    pub(crate) fn len(&self) -> usize {
        self.0.pages().len()
    }

    /// What stands on the page with this index.
    pub(crate) fn page(&self, index: usize) -> Page {
        let page = &self.0.pages()[index];
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let settings = InterpreterSettings {
            font_resolver: Arc::new(|_| Some((Arc::new(STAND_IN), 0))),
            ..InterpreterSettings::default()
        };
        let cache = InterpreterCache::new();
        let transform = Affine::scale(MM_PER_PT) * page.initial_transform(true).to_kurbo();
        let area = Rect::new(0.0, 0.0, width * MM_PER_PT, height * MM_PER_PT);
        let mut context = Context::new(transform, area, &cache, page.xref(), settings);
        let mut reader = Reader { fonts: font::described(page), ..Reader::default() };
        let unread = reader.fonts.values().filter(|font| !font.readable);
        let unread = unread.map(|font| font.name.to_string()).collect();
        interpret_page(page, &mut context, &mut reader);
        Page {
            missing: reader.missing,
            unread,
            width: area.width(),
            height: area.height(),
            crowded: reader.looks > LOOKS,
            glyphs: reader.glyphs,
            rules: joined(reader.rules),
        }
    }

    /// The page with this index as a scanner sees it.
    pub(crate) fn picture(&self, index: usize, pixels_per_inch: f32) -> Picture {
        let scale = pixels_per_inch / 72.0;
        let render = RenderSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
            ..Default::default()
        };
        let page = &self.0.pages()[index];
        let cache = RenderCache::new();
        let drawn = hayro::render(page, &cache, &InterpreterSettings::default(), &render);
        let grey = drawn.data().iter().map(|pixel| {
            let sum = u16::from(pixel.r) + u16::from(pixel.g) + u16::from(pixel.b);
            (sum / 3) as u8
        });
        Picture { grey: grey.collect(), width: drawn.width().into(), height: drawn.height().into() }
    }
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
