//! Fonts as a PDF needs them: exported without their outlines, which are put into
//! the finished file.
//!
//! typst-pdf cuts every font anew for every document, draws each of its glyphs and
//! deflates the whole, which took longer than to lay the page out. Here the pages are
//! exported with twins of their fonts, whose glyphs have no outlines and say which they
//! are. What typst-pdf has cut from a twin is found in the file and filled: it is then
//! what it would have cut from the whole font, to the byte, but that glyphs have no
//! names. A twin that cannot be filled is an error.
//!
//! Only fonts of plain TrueType outlines are handled so; any other is embedded as
//! typst-pdf does it.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use typst::diag::{SourceResult, bail};
use typst::ecow::EcoVec;
use typst::foundations::Bytes;
use typst::layout::{Abs, Frame, FrameItem};
use typst::model::Document as _;
use typst::syntax::Span;
use typst::text::{Font, FontInstance, FontVariant, FontVariations};
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;

use crate::fonts::Fonts;

mod embedded;
mod glyphs;
mod sfnt;

use glyphs::Glyphs;

/// The fonts of a run, each with its twin once a page shows it.
pub(super) struct Outlines {
    fonts: Vec<(Font, OnceLock<Option<FontInstance>>)>,
    /// The index of each font by where its data lies, and its index there.
    places: HashMap<(usize, u32), u16>,
}

impl Outlines {
    pub(super) fn of(fonts: &Fonts) -> Self {
        let fonts: Vec<_> = fonts.all().iter().map(|it| (it.clone(), OnceLock::new())).collect();
        let places = (0..).zip(&fonts).map(|(index, (font, _))| (place(font), index)).collect();
        Self { fonts, places }
    }

    /// The pages as a PDF.
    ///
    /// # Errors
    /// typst-pdf's, or that what it has written cannot be filled.
    pub(super) fn export(
        &self,
        pages: &PagedDocument,
        options: &PdfOptions,
    ) -> SourceResult<Vec<u8>> {
        let mut bare: EcoVec<Page> = pages.pages().iter().cloned().collect();
        let mut shown = BTreeSet::new();
        for page in bare.make_mut() {
            self.strip(&mut page.frame, &mut shown);
        }
        let bare = PagedDocument::new(bare, pages.info().clone());
        let pdf = typst_pdf::pdf(&bare, options)?;
        match embedded::filled(&pdf, &shown, |index| self.whole(index)) {
            Ok(pdf) => Ok(pdf),
            Err(reason) => bail!(Span::detached(), "a font cannot be embedded: {reason}"),
        }
    }

    /// Has every text show the twin of its font, and tells whose are `shown`.
    fn strip(&self, frame: &mut Frame, shown: &mut BTreeSet<u16>) {
        frame.retain(|item| {
            match item {
                FrameItem::Group(group) => self.strip(&mut group.frame, shown),
                FrameItem::Text(text) if !text.glyphs.is_empty() => {
                    if let Some((index, twin)) = self.twin(text.font.font()) {
                        text.font = twin.clone();
                        shown.insert(index);
                    }
                }
                _ => {}
            }
            true
        });
    }

    fn twin(&self, font: &Font) -> Option<(u16, &FontInstance)> {
        let index = *self.places.get(&place(font))?;
        let (font, twin) = &self.fonts[usize::from(index)];
        let twin = twin.get_or_init(|| {
            let twin = Glyphs::of(font.data())?.twin(index)?;
            let twin = Font::new(Bytes::new(twin), 0)?;
            let (variant, variations) = (FontVariant::default(), FontVariations::default());
            Some(twin.instantiate(variant, Abs::zero(), &variations))
        });
        twin.as_ref().map(|twin| (index, twin))
    }

    /// The font with this index, if pages may show its twin.
    fn whole(&self, index: u16) -> Option<Glyphs<'_>> {
        let (font, twin) = self.fonts.get(usize::from(index))?;
        twin.get()?.as_ref()?;
        Glyphs::of(font.data())
    }
}

fn place(font: &Font) -> (usize, u32) {
    (font.data().as_ptr().addr(), font.index())
}
