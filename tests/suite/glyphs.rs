//! Where every character of a PDF's pages stands.

use hayro::hayro_interpret::font::Glyph as Drawn;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, interpret_page,
};
use hayro::vello_cpu::kurbo::{Affine, BezPath, Rect};

/// A character and where it begins along and across its line, in points.
pub(crate) struct Glyph {
    pub page: usize,
    pub text: String,
    pub x: f64,
    pub y: f64,
    pub size: f64,
}

/// Every character in the order in which it is drawn.
pub(crate) fn read(pdf: Vec<u8>) -> Vec<Glyph> {
    let pdf = hayro::hayro_syntax::Pdf::new(pdf).unwrap();
    let mut reader = Reader { page: 0, glyphs: Vec::new() };
    for (number, page) in pdf.pages().iter().enumerate() {
        reader.page = number;
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, width.into(), height.into());
        let (cache, settings) = (InterpreterCache::new(), InterpreterSettings::default());
        let mut context = Context::new(Affine::IDENTITY, area, &cache, page.xref(), settings);
        interpret_page(page, &mut context, &mut reader);
    }
    reader.glyphs
}

/// The lines of all pages, each cell of a table by itself.
pub(crate) fn lines(pdf: Vec<u8>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut last: Option<Glyph> = None;
    for glyph in read(pdf) {
        let goes_on = last.as_ref().is_some_and(|last| {
            let (x, y) = (glyph.x - last.x, (glyph.y - last.y).abs());
            last.page == glyph.page && y < 1.0 && x > 0.0 && x < 2.5 * last.size
        });
        match lines.last_mut() {
            Some(line) if goes_on => line.push_str(&glyph.text),
            _ => lines.push(glyph.text.clone()),
        }
        last = Some(glyph);
    }
    lines
}

struct Reader {
    page: usize,
    glyphs: Vec<Glyph>,
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph(
        &mut self,
        glyph: &Drawn<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        };
        let [a, b, c, d, x, y] = (transform * glyph_transform).as_coeffs();
        // Along and across the line, also on a page that is turned.
        let (along, length) = ((a, b), a.hypot(b));
        let (x, y) = ((x * along.0 + y * along.1) / length, (y * along.0 - x * along.1) / length);
        self.glyphs.push(Glyph { page: self.page, text, x, y, size: c.hypot(d) * 1000.0 });
    }

    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
