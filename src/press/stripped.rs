//! Pages without some of what stands on them.

use typst::layout::{Frame, FrameItem};
use typst::model::DocumentInfo;
use typst_layout::{Page, PagedDocument};

/// The pages without what is to be left out of them, wherever it stands.
pub(super) fn without(
    pages: &PagedDocument,
    left_out: impl Fn(&FrameItem) -> bool,
) -> PagedDocument {
    fn strip(frame: &mut Frame, left_out: &dyn Fn(&FrameItem) -> bool) {
        frame.retain(|item| {
            if let FrameItem::Group(group) = item {
                strip(&mut group.frame, left_out);
            }
            !left_out(item)
        });
    }
    let stripped = |page: &Page| {
        let mut page = page.clone();
        strip(&mut page.frame, &left_out);
        page
    };
    PagedDocument::new(pages.pages().iter().map(stripped).collect(), info(pages))
}

/// What a document says of itself.
pub(super) fn info(pages: &PagedDocument) -> DocumentInfo {
    typst::model::Document::info(pages).clone()
}
