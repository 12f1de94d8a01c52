//! What stands on the pages of a PDF: every character with its place, its size
//! and its ink, every straight rule, and the pages as pictures. Lengths are in
//! millimetres from the top left corner of the page as it is shown.
//!
//! The only module that knows hayro.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use hayro::hayro_interpret::font::{Glyph as Drawn, OutlineGlyph};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, interpret_page,
};
use hayro::hayro_syntax::{DecryptionError, LoadPdfError};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro::{RenderCache, RenderSettings, hayro_syntax};
use unicode_normalization::UnicodeNormalization;

mod font;

use font::Described;

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

/// Collects what is drawn.
#[derive(Default)]
struct Reader {
    glyphs: Vec<Glyph>,
    rules: Vec<Rule>,
    missing: BTreeSet<String>,
    fonts: HashMap<u128, Described>,
    outlines: HashMap<(u128, u32), Option<Rect>>,
    /// The box of what may be drawn on, for each clip within another.
    clips: Vec<Rect>,
    /// Whether what is drawn shows what is under it, for each group within
    /// another.
    sheer: Vec<bool>,
    blended: bool,
    masked: bool,
    /// How often it was looked whether something hides a glyph.
    looks: usize,
}

impl Reader {
    fn font(&mut self, glyph: &OutlineGlyph) -> Described {
        let font = self.fonts.entry(glyph.font_cache_key()).or_insert_with(|| {
            let name = glyph.font_data().and_then(|data| data.postscript_name);
            Described { name: name.unwrap_or_default().into(), embedded: true, readable: true }
        });
        if !font.embedded && !self.missing.contains(&*font.name) {
            self.missing.insert(font.name.to_string());
        }
        font.clone()
    }

    /// The outline's box in thousandths of the em.
    fn outline(&mut self, glyph: &OutlineGlyph) -> Option<Rect> {
        let key = (glyph.font_cache_key(), glyph.glyph_id().to_u32());
        *self.outlines.entry(key).or_insert_with(|| {
            let outline = glyph.outline();
            (!outline.elements().is_empty()).then(|| outline.bounding_box())
        })
    }

    /// The box of what may be drawn on; `None` if that is the whole page.
    fn clip(&self) -> Option<Rect> {
        self.clips.last().copied()
    }

    /// An area is filled over what was drawn so far.
    fn hide(&mut self, area: &BezPath, by: Cover) {
        if self.blended || self.sheer.contains(&true) {
            return;
        }
        let by = if self.masked { Cover::Picture } else { by };
        let mut bounds = area.bounding_box();
        if let Some(clip) = self.clip() {
            bounds = bounds.intersect(clip);
        }
        if bounds.area() <= 0.0 {
            return;
        }
        // A look into a path of many pieces costs as many.
        let cost = area.elements().len();
        for glyph in self.glyphs.iter_mut().filter(|glyph| glyph.under < Some(by)) {
            let [left, top, right, bottom] = glyph.extent();
            self.looks += 1;
            if self.looks > LOOKS {
                return;
            }
            if bounds.intersect(Rect::new(left, top, right, bottom)).area() <= 0.0 {
                continue;
            }
            self.looks += cost;
            let at =
                |x: f64, y: f64| Point::new(left + (right - left) * x, top + (bottom - top) * y);
            let places =
                [at(0.5, 0.5), at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
            let hit = |&place: &Point| bounds.contains(place) && area.winding(place) != 0;
            if places.iter().filter(|place| hit(place)).count() >= 3 {
                glyph.under = Some(by);
            }
        }
    }

    fn bar(&mut self, corner: Rect, colour: [u8; 3]) {
        let (width, height) = (corner.width(), corner.height());
        let horizontal = width > height;
        let (thickness, length) = if horizontal { (height, width) } else { (width, height) };
        if thickness <= RULE_THICKNESS && length >= 3.0 * thickness {
            let (from, to, at) = if horizontal {
                (corner.x0, corner.x1, corner.center().y)
            } else {
                (corner.y0, corner.y1, corner.center().x)
            };
            self.rules.push(Rule { horizontal, from, to, at, thickness, colour });
        }
    }

    fn stroke(&mut self, path: &BezPath, transform: Affine, width: f64, colour: [u8; 3]) {
        let half = width * transform.determinant().abs().sqrt() / 2.0;
        let mut segment = |from: Point, to: Point| {
            let (from, to) = (transform * from, transform * to);
            let bounds = Rect::from_points(from, to);
            // Along an edge of the paper, to a hair.
            if bounds.width().min(bounds.height()) < 0.05 && from.distance(to) > 0.0 {
                let (x, y) =
                    if bounds.width() > bounds.height() { (0.0, half) } else { (half, 0.0) };
                self.bar(bounds.inflate(x, y), colour);
            }
        };
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => (start, last) = (to, to),
                PathEl::LineTo(to) => {
                    segment(last, to);
                    last = to;
                }
                PathEl::ClosePath => {
                    segment(last, start);
                    last = start;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = to,
            }
        }
    }

    fn fill(&mut self, path: &BezPath, transform: Affine, colour: [u8; 3]) {
        let path = transform * path;
        let mut parts: Vec<Vec<PathEl>> = Vec::new();
        for element in path.elements() {
            match (element, parts.last_mut()) {
                (PathEl::MoveTo(_), _) | (_, None) => parts.push(vec![*element]),
                (_, Some(part)) => part.push(*element),
            }
        }
        for part in parts {
            let straight = part.len() <= 6
                && !part.iter().any(|it| matches!(it, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
            let part = BezPath::from_vec(part);
            let bounds = part.bounding_box();
            if straight && part.area().abs() > 0.9 * bounds.area() {
                self.bar(bounds, colour);
            }
        }
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

fn colour(paint: &Paint<'_>) -> Option<[u8; 3]> {
    match paint {
        Paint::Color(colour) => {
            let [red, green, blue, _] = colour.to_rgba().to_rgba8();
            Some([red, green, blue])
        }
        Paint::Pattern(_) => None,
    }
}

/// Quarter turns clockwise of a direction in which y goes down.
fn turn(x: f64, y: f64) -> Option<u8> {
    let quarters = y.atan2(x).to_degrees() / 90.0;
    let nearest = quarters.round();
    ((quarters - nearest).abs() < 0.01).then(|| nearest.rem_euclid(4.0) as u8)
}

/// Rules whose pieces touch are one.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    let same_line = |a: &Rule, b: &Rule| {
        a.horizontal == b.horizontal
            && (a.at - b.at).abs() < 0.05
            && (a.thickness - b.thickness).abs() < 0.05
            && a.colour == b.colour
    };
    let key = |rule: &Rule| {
        let hundredths = |length: f64| (length * 20.0).round() as i64;
        (rule.horizontal, hundredths(rule.at), hundredths(rule.from))
    };
    rules.sort_by_key(key);
    let mut joined: Vec<Rule> = Vec::new();
    for rule in rules {
        match joined.last_mut() {
            Some(last) if same_line(last, &rule) && rule.from - last.to < RULE_GAP => {
                last.to = last.to.max(rule.to);
            }
            _ => joined.push(rule),
        }
    }
    joined
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph(
        &mut self,
        glyph: &Drawn<'a>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        if self.glyphs.len() >= MARKS_ON_A_PAGE {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(character)) => Some(character.nfc().collect()),
            Some(BfString::String(text)) => Some(text.nfc().collect()),
            None => None,
        };
        let place = transform * glyph_transform;
        let [a, b, c, d, x, y] = place.as_coeffs();
        let (font, advance, ink) = match glyph {
            Drawn::Outline(outline) => {
                let font = self.font(outline);
                // What stands in for a font has other outlines.
                let ink = self.outline(outline).filter(|_| font.embedded);
                let ink = ink.map(|ink| place.transform_rect_bbox(ink));
                (font.name, outline.advance_width().map(f64::from), ink)
            }
            Drawn::Type3(_) => ("".into(), None, None),
        };
        let mut glyph = Glyph {
            text,
            font,
            size: c.hypot(d) * 1000.0 / MM_PER_PT,
            x,
            y,
            advance: a.hypot(b) * advance.unwrap_or(1000.0),
            ink: ink.map(|ink| [ink.x0, ink.y0, ink.x1, ink.y1]),
            colour: colour(paint),
            turn: turn(a, b),
            visible: !matches!(mode, GlyphDrawMode::Invisible),
            under: None,
        };
        if let Some(clip) = self.clip() {
            let [left, top, right, bottom] = glyph.extent();
            let shown = clip.contains(Rect::new(left, top, right, bottom).center());
            glyph.under = (!shown).then_some(Cover::Paint);
        }
        self.glyphs.push(glyph);
    }

    fn draw_path(
        &mut self,
        path: &BezPath,
        transform: Affine,
        paint: &Paint<'a>,
        mode: &PathDrawMode,
    ) {
        if let PathDrawMode::Fill(_) = mode
            && !self.glyphs.is_empty()
        {
            match paint {
                Paint::Color(colour) if colour.to_rgba().to_rgba8()[3] < OPAQUE => {}
                Paint::Color(_) => self.hide(&(transform * path), Cover::Paint),
                Paint::Pattern(_) => self.hide(&(transform * path), Cover::Picture),
            }
        }
        let Some(colour) = colour(paint) else { return };
        // White covers; it is no rule.
        let white = colour.iter().all(|&part| part > 250);
        if white || self.rules.len() >= MARKS_ON_A_PAGE {
            return;
        }
        match mode {
            PathDrawMode::Fill(_) => self.fill(path, transform, colour),
            PathDrawMode::Stroke(stroke) => {
                self.stroke(path, transform, stroke.line_width.into(), colour);
            }
        }
    }

    fn set_soft_mask(&mut self, mask: Option<SoftMask<'a>>) {
        self.masked = mask.is_some();
    }

    fn set_blend_mode(&mut self, mode: BlendMode) {
        self.blended = !matches!(mode, BlendMode::Normal);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let (width, height) = (image.width(), image.height());
        let area = Rect::new(0.0, 0.0, width.into(), height.into());
        self.hide(&(transform * area.to_path(0.1)), Cover::Picture);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let bounds = clip.path.bounding_box();
        self.clips.push(self.clip().map_or(bounds, |clip| clip.intersect(bounds)));
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        mode: BlendMode,
    ) {
        let opaque = opacity * 255.0 >= f32::from(OPAQUE) && matches!(mode, BlendMode::Normal);
        self.sheer.push(!opaque || mask.is_some());
    }

    fn pop_clip_path(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {
        self.sheer.pop();
    }
}
