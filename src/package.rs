//! PDFs → one zip: streamed to a temporary file beside its place and renamed
//! when it is whole, so that no half package ever has the name of a whole one.

mod list;
mod listed;
mod part;
mod read;
mod shelf;
mod smaller;
mod writer;

pub(crate) use list::MANIFEST;
pub use list::ManifestEntry;
pub use listed::{Listed, OfKind};
pub use part::{Part, PartFile};
pub use read::{Opened, PackedDocument};
pub(crate) use shelf::find_pdf;
pub use shelf::{Packed, packages};
pub(crate) use smaller::refuse_smaller;
pub use writer::{Finished, Package};
