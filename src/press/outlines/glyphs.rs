//! The glyphs of a font with TrueType outlines (OpenType 1.9: `glyf`, `loca`, `hmtx`),
//! and the twin of such a font, which has none: there the left side bearing of a glyph,
//! which no PDF looks at, is its own number, and the font's dates say whose twin it is.

use super::sfnt::{Tables, Tag, i16_at, u16_at, u32_at};

/// What the twin of a font has for the day it was created; the font's index follows, in
/// the last two bytes of the day it was modified.
const MARK: [u8; 8] = *b"accolade";

/// What an embedded font is made from.
const NEEDED: [&Tag; 9] =
    [b"OS/2", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post"];

/// What an embedded font has as it is in the whole font.
const COPIED: [&Tag; 3] = [b"cvt ", b"fpgm", b"prep"];

/// With any of these a font is more than plain outlines.
const MORE: [&Tag; 9] =
    [b"CFF ", b"CFF2", b"COLR", b"SVG ", b"sbix", b"CBDT", b"EBDT", b"fvar", b"gvar"];

/// Where `head` has the days, and how offsets in `loca` are written.
const CREATED: usize = 20;
const OWNER: usize = 34;
const LONG: usize = 50;

/// `post` without the names of glyphs: version 3, and the rest of its header.
const NAMELESS: [u8; 4] = [0, 3, 0, 0];
const HEADER: usize = 32;

/// A font with TrueType outlines.
pub(super) struct Glyphs<'a> {
    tables: Tables<'a>,
    count: u16,
}

impl<'a> Glyphs<'a> {
    /// The glyphs of a font file; `None` if it has any but plain TrueType outlines.
    pub(super) fn of(font: &'a [u8]) -> Option<Self> {
        let tables = Tables::read(font)?;
        let count = u16_at(tables.get(b"maxp")?, 4)?;
        let plain = MORE.iter().all(|tag| tables.get(tag).is_none());
        (plain && NEEDED.iter().all(|tag| *tag == b"OS/2" || tables.get(tag).is_some()))
            .then_some(Self { tables, count })
    }

    /// The twin of this font, which has this index; `None` if the font is damaged.
    pub(super) fn twin(mut self, index: u16) -> Option<Vec<u8>> {
        let mut bearings = self.tables.get(b"hmtx")?.to_vec();
        let mut glyphs = Vec::with_capacity(self.count.into());
        for glyph in 0..self.count {
            bearings.get_mut(self.bearing(glyph)?..)?.first_chunk_mut().map(|bearing| {
                *bearing = glyph.to_be_bytes();
            })?;
            // What is put together from others tells which.
            let outline = self.outline(glyph)?;
            glyphs.push(if i16_at(outline, 0).is_some_and(|contours| contours < 0) {
                outline.to_vec()
            } else {
                Vec::new()
            });
        }
        let mut head = self.tables.get(b"head")?.to_vec();
        head.get_mut(CREATED..OWNER)?[..MARK.len()].copy_from_slice(&MARK);
        head.get_mut(OWNER..OWNER + 2)?.copy_from_slice(&index.to_be_bytes());
        let post = [&NAMELESS[..], self.tables.get(b"post")?.get(NAMELESS.len()..HEADER)?].concat();
        self.tables.retain(&NEEDED);
        self.tables.put(b"hmtx", bearings);
        self.tables.put(b"post", post);
        self.put(head, &glyphs)?;
        Some(self.tables.to_bytes())
    }

    /// Of a font that was cut from a twin, the index of whose; `None` if it was not.
    pub(super) fn whose(&self) -> Option<u16> {
        let head = self.tables.get(b"head")?;
        (*head.get(CREATED..)?.first_chunk()? == MARK).then(|| u16_at(head, OWNER))?
    }

    /// This font, which was cut from the twin of `whole`, with the outlines of that.
    ///
    /// # Errors
    /// Some are missing.
    pub(super) fn filled(mut self, whole: &Self) -> Result<Vec<u8>, &'static str> {
        const DAMAGED: &str = "its twin is damaged";
        let mut bearings = self.tables.get(b"hmtx").ok_or(DAMAGED)?.to_vec();
        let mut glyphs = Vec::with_capacity(self.count.into());
        for index in 0..self.count {
            let place = self.bearing(index).ok_or(DAMAGED)?;
            let bearing = bearings.get_mut(place..).and_then(|rest| rest.first_chunk_mut::<2>());
            let bearing = bearing.ok_or(DAMAGED)?;
            let glyph = u16::from_be_bytes(*bearing);
            let outline = whole.outline(glyph).ok_or("it has no such glyph")?;
            let own = whole.bearing(glyph).and_then(|at| u16_at(whole.tables.get(b"hmtx")?, at));
            *bearing = own.ok_or("a glyph has no width")?.to_be_bytes();
            let kept = self.outline(index).ok_or(DAMAGED)?;
            glyphs.push(if kept.is_empty() { outline.to_vec() } else { kept.to_vec() });
        }
        let head = whole.tables.get(b"head").ok_or(DAMAGED)?.to_vec();
        self.tables.put(b"hmtx", bearings);
        for tag in COPIED {
            if let Some(table) = whole.tables.get(tag) {
                self.tables.put(tag, table.to_vec());
            }
        }
        self.put(head, &glyphs).ok_or(DAMAGED)?;
        Ok(self.tables.to_bytes())
    }

    fn outline(&self, glyph: u16) -> Option<&[u8]> {
        let loca = self.tables.get(b"loca")?;
        let long = u16_at(self.tables.get(b"head")?, LONG)? != 0;
        let offset = |index: usize| match long {
            true => u32_at(loca, 4 * index).map(|it| it as usize),
            false => u16_at(loca, 2 * index).map(|it| 2 * usize::from(it)),
        };
        let index = usize::from(glyph);
        self.tables.get(b"glyf")?.get(offset(index)?..offset(index + 1)?)
    }

    /// Where `hmtx` has the left side bearing of a glyph: behind its width or, of the
    /// last, which are of one width, alone.
    fn bearing(&self, glyph: u16) -> Option<usize> {
        let hhea = self.tables.get(b"hhea")?;
        let wide = usize::from(u16_at(hhea, hhea.len().checked_sub(2)?)?);
        let glyph = usize::from(glyph);
        Some(if glyph < wide { 4 * glyph + 2 } else { 4 * wide + 2 * (glyph - wide) })
    }

    /// Puts glyphs in the place of all, laid out as the cutter of fonts does it that
    /// krilla uses.
    fn put(&mut self, mut head: Vec<u8>, glyphs: &[Vec<u8>]) -> Option<()> {
        let size: usize = glyphs.iter().map(|glyph| glyph.len().next_multiple_of(2)).sum();
        let long = size > 2 * usize::from(u16::MAX);
        let (mut glyf, mut loca) = (Vec::with_capacity(size), Vec::new());
        let add = |loca: &mut Vec<u8>, offset: usize| match long {
            true => loca.extend((offset as u32).to_be_bytes()),
            false => loca.extend(((offset / 2) as u16).to_be_bytes()),
        };
        for glyph in glyphs {
            add(&mut loca, glyf.len());
            glyf.extend_from_slice(glyph);
            if !long {
                glyf.resize(glyf.len().next_multiple_of(2), 0);
            }
        }
        add(&mut loca, glyf.len());
        head.get_mut(LONG..LONG + 2)?.copy_from_slice(&u16::from(long).to_be_bytes());
        for (tag, data) in [(b"glyf", glyf), (b"loca", loca), (b"head", head)] {
            self.tables.put(tag, data);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use subsetter::GlyphRemapper;

    use super::*;
    use crate::fonts::Fonts;

    /// Glyphs from all over a font.
    fn some(count: u16, nth: u16) -> GlyphRemapper {
        let step = (count / 40).max(1);
        let mut glyphs = GlyphRemapper::new();
        (nth % step..count).step_by(step.into()).for_each(|glyph| {
            glyphs.remap(glyph);
        });
        glyphs
    }

    #[test]
    fn a_font_that_is_cut_from_a_twin_and_filled_is_the_one_cut_from_the_whole() {
        let nowhere = tempfile::tempdir().unwrap();
        let fonts = Fonts::load(nowhere.path()).unwrap();
        let mut plain = 0;
        for (index, font) in (0..).zip(fonts.all()) {
            let name = &font.info().family;
            let Some(whole) = Glyphs::of(font.data()) else { continue };
            plain += 1;
            let twin = Glyphs::of(font.data()).unwrap().twin(index).unwrap();
            assert!(twin.len() < font.data().len() / 4, "{name}: {}", twin.len());
            // The names of glyphs are not looked at by any reader of PDFs.
            let mut nameless = Tables::read(font.data()).unwrap();
            let post = [&NAMELESS[..], &nameless.get(b"post").unwrap()[4..HEADER]].concat();
            nameless.put(b"post", post);
            let nameless = nameless.to_bytes();
            for nth in 0..8 {
                let glyphs = some(whole.count, nth);
                let cut = subsetter::subset(&twin, 0, &glyphs).unwrap();
                let cut = Glyphs::of(&cut).unwrap();
                assert_eq!(cut.whose(), Some(index), "{name}");
                let expected = subsetter::subset(&nameless, 0, &glyphs).unwrap();
                assert!(cut.filled(&whole).unwrap() == expected, "{name}, {nth}");
                assert_eq!(Glyphs::of(&expected).unwrap().whose(), None, "{name}");
            }
        }
        assert!(plain >= 7, "{plain}");
    }
}
