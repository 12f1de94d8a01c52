//! What stands on the pages of a PDF: every character with its place, its size
//! and its ink, every straight rule, and the pages as pictures. Lengths are in
//! millimetres from the top left corner of the page as it is shown.
//!
//! The only module that knows hayro.

mod file;
mod font;
mod page;
mod reader;

pub(crate) use file::{Coloured, Pdf, Picture, Refusal};
pub(crate) use page::{Cover, Glyph, MM_PER_PT, Page, Rule};
