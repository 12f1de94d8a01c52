//! The stages of one document apart, for measuring them: a run goes through
//! them in one.

use typst_layout::PagedDocument;

use super::engine::Press;
use super::entry::Code;
use super::proof;
use crate::contest::Edition;
use crate::plan::{Document, Plan};

impl Press {
    /// The document's pages; `None` if it cannot be compiled.
    pub fn compiled(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        code: Option<&Code>,
    ) -> Option<PagedDocument> {
        let kind = plan.kind(document);
        let entry = self.entry(plan, document, code, &kind.facts);
        let world = self.shared.document(&kind.template, entry, Edition::default());
        self.compile(&world).output.ok()
    }

    /// The same for a document that lists many, laid out in stretches of so many rows;
    /// `None` as well if its pages would not be the same.
    pub fn compiled_in_stretches(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        rows: usize,
    ) -> Option<PagedDocument> {
        let kind = plan.kind(document);
        let entry = self.entry(plan, document, None, &kind.facts);
        let world = self.shared.document(&kind.template, entry, Edition::default());
        self.in_stretches(&world, rows)?.output.ok()
    }

    /// Whether everything is on the pages that should be.
    pub fn proved(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        code: Option<&Code>,
        pages: &PagedDocument,
    ) -> bool {
        proof::prove(plan, document, code, pages).0.is_empty()
    }

    /// The PDF; `None` if the pages cannot be exported.
    pub fn exported(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        pages: &PagedDocument,
    ) -> Option<Vec<u8>> {
        self.pdf(plan, document, pages).ok()
    }

    /// The same by typst-pdf alone, which cuts and deflates the fonts itself.
    pub fn exported_plainly(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        pages: &PagedDocument,
    ) -> Option<Vec<u8>> {
        typst_pdf::pdf(pages, &self.options_of(plan, document)).ok()
    }
}
