//! Whether laid-out documents can be exported. To embed a font takes longest, so
//! all of them are tried as one PDF, which embeds each font once; only if that
//! fails is each tried by itself, to tell which it is.

use typst::layout::FrameItem;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::bindable::untagged;
use super::costly::Laid;
use super::engine::Press;
use super::stripped::{info, without};
use crate::fault::Diagnostics;
use crate::plan::Plan;

impl Press {
    /// What each of these documents cannot be exported for.
    pub(super) fn unexportable(
        &self,
        plan: &Plan<'_>,
        documents: &[&Laid<'_>],
    ) -> Vec<Diagnostics> {
        let text = || self.exports_together(plan, documents);
        let structure = |laid: &&Laid<'_>| {
            let textless = without(&laid.pages, |item| matches!(item, FrameItem::Text(_)));
            self.pdf_of(plan, laid, &textless).is_ok()
        };
        if !asks_for_structure(plan) && text() && documents.iter().all(structure) {
            return vec![Diagnostics::default(); documents.len()];
        }
        let export = |laid: &&Laid<'_>| self.pdf_of(plan, laid, &laid.pages).err();
        documents.iter().map(export).map(Option::unwrap_or_default).collect()
    }

    /// Whether the pages of all documents can stand in one PDF. Their tags
    /// cannot: each would be taken for another document's.
    fn exports_together(&self, plan: &Plan<'_>, documents: &[&Laid<'_>]) -> bool {
        let pages = documents.iter().flat_map(|laid| laid.pages.pages()).map(untagged);
        let info = documents.first().map(|laid| info(&laid.pages)).unwrap_or_default();
        let pages = PagedDocument::new(pages.collect(), info);
        let standards = self.standards.clone();
        let options = PdfOptions { tagged: false, standards, ..self.options(plan, "") };
        self.to_pdf(&pages, &options).is_ok()
    }
}

/// Whether a standard of the contest says how text is to be tagged: those for
/// accessibility, and level A of those for archives.
fn asks_for_structure(plan: &Plan<'_>) -> bool {
    plan.contest.standards.iter().any(|name| name.starts_with("ua-") || name.ends_with('a'))
}
