//! Documents as pictures, for people.

use std::convert::Infallible;
use std::num::NonZeroUsize;

use typst_layout::Page;
use typst_render::RenderOptions;

use super::engine::Press;
use super::marks::Remark;
use super::render;
use crate::contest::Edition;
use crate::fault::Diagnostics;
use crate::lang::Lang;
use crate::plan::Plan;

/// A document drawn for people, and what is wrong with it.
pub(crate) struct Drawn {
    /// Its pages; none if it could not be laid out.
    pub(crate) pages: Vec<Picture>,
    /// Everything that is wrong with it.
    pub(crate) faults: Diagnostics,
}

/// A page as a picture.
pub struct Picture {
    /// A PNG.
    pub png: Vec<u8>,
    /// Whether faults are marked on it.
    pub marked: bool,
}

impl Press {
    /// The documents with these indices as pictures, in the order given,
    /// typeset and proved. What is wrong with a page is marked on it, and told
    /// in `lang`.
    pub(crate) fn draw(
        &self,
        plan: &Plan<'_>,
        documents: &[usize],
        pixels_per_inch: f64,
        lang: Lang,
        threads: NonZeroUsize,
    ) -> Vec<Drawn> {
        let options =
            RenderOptions { pixel_per_pt: (pixels_per_inch / 72.0).into(), render_bleed: false };
        let picture = |number: usize, page: &Page, remarks: &[Remark]| {
            let marked = self.marked(page, number, remarks, lang);
            let drawn = typst_render::render(marked.as_ref().unwrap_or(page), &options);
            let png = drawn.encode_png().expect("a page has pixels");
            Picture { png, marked: marked.is_some() }
        };
        let mut drawn = Vec::new();
        let Ok(()) = render::in_order(
            documents.len(),
            threads,
            render::AHEAD,
            |index| {
                let document = &plan.documents[documents[index]];
                let facts = &plan.kind(document).facts;
                let (typeset, faults) = self.typeset(plan, document, facts, Edition::default());
                let typeset = typeset.or_else(|| self.typeset_regardless(plan, document, &faults));
                let pages = typeset.iter().flat_map(|typeset| {
                    let pages = (1..).zip(typeset.pages.pages());
                    pages.map(|(number, page)| picture(number, page, &typeset.remarks))
                });
                Drawn { pages: pages.collect(), faults }
            },
            |_, document| {
                drawn.push(document);
                Ok::<(), Infallible>(())
            },
        );
        drawn
    }
}
