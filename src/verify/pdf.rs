//! What a reader and a scanner see on the pages of a PDF: their text, and what
//! the codes on them hold. The pages are drawn and the codes are read from the
//! picture, so that it is the printed code that counts.
//!
//! The only module that knows hayro and rxing.

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::PremulRgba8;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::kurbo::{Affine, BezPath, Rect};
use hayro::{RenderCache, RenderSettings};
use jiff::civil::Date;
use rxing::DecodeHints;
use rxing::helpers::detect_multiple_in_luma_with_hints;
use unicode_normalization::UnicodeNormalization;

use super::pieces;
use crate::attest::{self, Attestation, PublicKey, Signature};
use crate::fact::Fact;

/// A scanner's usual resolution.
const PIXELS_PER_INCH: f32 = 200.0;

/// Certificates have one page; no more than this many are looked at.
const PAGES: usize = 4;

/// What the pages of a PDF show.
pub(super) struct Pages {
    /// All text, without blanks.
    text: String,
    /// What each code holds.
    pub codes: Vec<String>,
    /// The organizer's signature over the text.
    seal: Option<Signature>,
}

/// Reads a PDF; `None` if it is none.
pub(super) fn read(bytes: Vec<u8>) -> Option<Pages> {
    let pdf = Pdf::new(bytes).ok()?;
    let keywords = pdf.metadata().keywords.clone().unwrap_or_default();
    let mut pages = Pages {
        text: String::new(),
        codes: Vec::new(),
        seal: attest::page::find(&String::from_utf8_lossy(&keywords)),
    };
    let settings = InterpreterSettings::default();
    let cache = RenderCache::new();
    for page in pdf.pages().iter().take(PAGES) {
        let interpreted = InterpreterCache::new();
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, width.into(), height.into());
        let mut context =
            Context::new(Affine::IDENTITY, area, &interpreted, page.xref(), settings.clone());
        interpret_page(page, &mut context, &mut Reader(&mut pages.text));

        let scale = PIXELS_PER_INCH / 72.0;
        let render = RenderSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
            ..Default::default()
        };
        let picture = hayro::render(page, &cache, &settings, &render);
        pages.codes.extend(codes(&picture));
    }
    Some(pages)
}

impl Pages {
    /// Whether the pages show what a statement says of a fact, in any of the
    /// ways it may be printed.
    pub(super) fn show(&self, fact: Fact, text: &str) -> bool {
        let shown = |text: &str| {
            let bare: String = text.nfc().filter(|c| !c.is_whitespace()).collect();
            self.text.contains(&bare)
        };
        match fact {
            // A first revision is not printed.
            Fact::Revision => true,
            Fact::Date => text.parse().is_ok_and(|date| forms(date).iter().any(|form| shown(form))),
            _ => pieces(fact, text).into_iter().all(shown),
        }
    }

    /// Whether the organizer has signed this text together with the code.
    pub(super) fn sealed(&self, claim: &Attestation, keys: &[PublicKey]) -> bool {
        let signature = self.seal.as_ref();
        signature.is_some_and(|it| attest::page::is_signed_by(keys, claim, &self.text, it))
    }
}

/// A date as certificates and official documents write it.
fn forms(date: Date) -> [String; 3] {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |value: i8| DIGITS[usize::from(value.unsigned_abs() % 10)];
    let counted = |value: i8| match (value / 10, value % 10) {
        (0, ones) => digit(ones).to_string(),
        (tens, ones) => {
            let mut text = String::new();
            if tens > 1 {
                text.push(digit(tens));
            }
            text.push('十');
            if ones > 0 {
                text.push(digit(ones));
            }
            text
        }
    };
    let year: String = date
        .year()
        .to_string()
        .chars()
        .filter_map(|c| Some(DIGITS[c.to_digit(10)? as usize]))
        .collect();
    [
        format!("{year}年{}月{}日", counted(date.month()), counted(date.day())),
        format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        date.to_string(),
    ]
}

/// What each code on a picture holds.
fn codes(picture: &Pixmap) -> Vec<String> {
    let grey = |pixel: &PremulRgba8| {
        let sum = u16::from(pixel.r) + u16::from(pixel.g) + u16::from(pixel.b);
        (sum / 3) as u8
    };
    let grey = picture.data().iter().map(grey).collect();
    let (width, height) = (picture.width().into(), picture.height().into());
    let mut hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    hints.CharacterSet = Some("UTF-8".into());
    let found = detect_multiple_in_luma_with_hints(grey, width, height, &mut hints);
    found.into_iter().flatten().map(|code| code.getText().to_owned()).collect()
}

/// Collects the text that is drawn.
struct Reader<'a>(&'a mut String);

impl<'a> Device<'a> for Reader<'_> {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        _: Affine,
        _: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(text)) => text,
            None => return,
        };
        self.0.extend(text.nfc().filter(|c| !c.is_whitespace()));
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_is_known_in_every_form() {
        let [chinese, arabic, iso] = forms(date(2026, 10, 31));
        assert_eq!(chinese, "二〇二六年十月三十一日");
        assert_eq!(arabic, "2026年10月31日");
        assert_eq!(iso, "2026-10-31");
        assert_eq!(forms(date(2026, 8, 20))[0], "二〇二六年八月二十日");
    }
}
