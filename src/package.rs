//! PDFs → one zip: streamed to a temporary file beside its place and renamed
//! when it is whole, so that no half package ever has the name of a whole one.

mod list;
mod part;
mod read;
mod shelf;
mod smaller;
mod writer;

pub use list::{MANIFEST, ManifestEntry, SIGNATURE};
pub use part::{Part, PartFile};
pub use read::{Opened, PackedDocument};
pub use shelf::{Packed, find_pdf, packages};
pub use smaller::refuse_smaller;
pub use writer::{Finished, Package};
