//! What is drawn on a page, as it is drawn.

use std::collections::{BTreeSet, HashMap};

use hayro::hayro_interpret::font::{Glyph as Drawn, OutlineGlyph};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask,
};
use hayro::vello_cpu::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use unicode_normalization::UnicodeNormalization;

use super::font::Described;
use super::page::{Cover, Glyph, MM_PER_PT, Rule};

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

/// Collects what is drawn.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) missing: BTreeSet<String>,
    pub(super) fonts: HashMap<u128, Described>,
    pub(super) outlines: HashMap<(u128, u32), Option<Rect>>,
    /// The box of what may be drawn on, for each clip within another.
    pub(super) clips: Vec<Rect>,
    /// Whether what is drawn shows what is under it, for each group within
    /// another.
    pub(super) sheer: Vec<bool>,
    pub(super) blended: bool,
    pub(super) masked: bool,
    /// How often it was looked whether something hides a glyph.
    pub(super) looks: usize,
}

impl Reader {
    /// Whether there was too much on the page to tell what hides what.
    pub(super) fn is_crowded(&self) -> bool {
        self.looks > LOOKS
    }

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
pub(super) fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
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
