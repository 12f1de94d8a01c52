//! Pages as volumes bind them: free of their own document.

use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, Document as _, DocumentInfo};
use typst_layout::Page;

use super::typeset::Typeset;

/// A document as volumes bind it.
pub(super) struct Bindable {
    pub pages: Vec<Page>,
    pub info: DocumentInfo,
    /// The data it was made from.
    pub entry: Vec<u8>,
}

impl From<&Typeset<'_>> for Bindable {
    fn from(typeset: &Typeset<'_>) -> Self {
        Self {
            pages: typeset.pages.pages().iter().map(untagged).collect(),
            info: typeset.pages.info().clone(),
            entry: typeset.world.entry().to_vec(),
        }
    }
}

/// A page without what typst remembers of its own document: it would be taken
/// for the volume's.
pub(super) fn untagged(page: &Page) -> Page {
    fn strip(frame: &mut Frame) {
        frame.retain(|item| match item {
            FrameItem::Tag(_) | FrameItem::Link(Destination::Location(_), _) => false,
            FrameItem::Group(group) => {
                group.parent = None;
                strip(&mut group.frame);
                true
            }
            _ => true,
        });
    }
    let mut page = page.clone();
    strip(&mut page.frame);
    page
}
