//! A PDF that is open, and its pages one by one.

use std::sync::Arc;

use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro::hayro_syntax::{DecryptionError, LoadPdfError};
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::kurbo::{Affine, Rect};
use hayro::{RenderCache, RenderSettings, hayro_syntax};

use super::font;
use super::page::{MM_PER_PT, Page};
use super::reader::{Reader, joined};

/// Takes the place of fonts that a file does not hold, so that what is set in
/// them is read; nobody looks at its outlines.
static STAND_IN: &[u8] = accolade_fonts_titles::LIBERATION_SERIF;

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

/// A page in shades of grey.
pub(crate) struct Picture {
    pub grey: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// A page in its colours, three bytes for each pixel: red, green, blue.
pub(crate) struct Coloured {
    pub rgb: Vec<u8>,
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
        let (width, height) = self.size(index);
        let settings = InterpreterSettings {
            font_resolver: Arc::new(|_| Some((Arc::new(STAND_IN), 0))),
            ..InterpreterSettings::default()
        };
        let cache = InterpreterCache::new();
        let transform = Affine::scale(MM_PER_PT) * page.initial_transform(true).to_kurbo();
        let area = Rect::new(0.0, 0.0, width, height);
        let mut context = Context::new(transform, area, &cache, page.xref(), settings);
        let mut reader = Reader { fonts: font::described(page), ..Reader::default() };
        let unread = reader.fonts.values().filter(|font| !font.readable);
        let unread = unread.map(|font| font.name.to_string()).collect();
        interpret_page(page, &mut context, &mut reader);
        Page {
            crowded: reader.is_crowded(),
            missing: reader.missing,
            unread,
            width: area.width(),
            height: area.height(),
            glyphs: reader.glyphs,
            rules: joined(reader.rules),
        }
    }

    /// Width and height of the page with this index as it is shown, in
    /// millimetres.
    pub(crate) fn size(&self, index: usize) -> (f64, f64) {
        let (width, height) = self.0.pages()[index].render_dimensions();
        (f64::from(width) * MM_PER_PT, f64::from(height) * MM_PER_PT)
    }

    /// The page with this index as a scanner sees it.
    pub(crate) fn picture(&self, index: usize, pixels_per_inch: f32) -> Picture {
        let drawn = self.drawn(index, pixels_per_inch);
        let grey = drawn.data().iter().map(|pixel| {
            let sum = u16::from(pixel.r) + u16::from(pixel.g) + u16::from(pixel.b);
            (sum / 3) as u8
        });
        Picture { grey: grey.collect(), width: drawn.width().into(), height: drawn.height().into() }
    }

    /// The page with this index in its colours.
    pub(crate) fn coloured(&self, index: usize, pixels_per_inch: f32) -> Coloured {
        let drawn = self.drawn(index, pixels_per_inch);
        let rgb = drawn.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]);
        Coloured { rgb: rgb.collect(), width: drawn.width().into(), height: drawn.height().into() }
    }

    fn drawn(&self, index: usize, pixels_per_inch: f32) -> Pixmap {
        let scale = pixels_per_inch / 72.0;
        let render = RenderSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
            ..Default::default()
        };
        let page = &self.0.pages()[index];
        let cache = RenderCache::new();
        hayro::render(page, &cache, &InterpreterSettings::default(), &render)
    }
}
