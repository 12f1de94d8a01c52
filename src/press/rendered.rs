//! What leaves the press.

use crate::fault::Diagnostics;
use crate::plan::Volume;

/// What leaves the press.
pub enum Pressed<'a> {
    /// The document with this index in the plan.
    Document(usize, Rendered),
    /// A part of a volume.
    Volume(&'a Volume, Rendered),
}

/// What became of a document, and what is wrong with it.
pub(super) type Outcome = (Option<Rendered>, Diagnostics);

/// A finished PDF.
#[derive(Debug)]
pub struct Rendered {
    /// The PDF's bytes.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Stands for everything it was made from: data, templates, fonts and
    /// settings.
    pub fingerprint: String,
    /// Its printed facts, signed, if it is a certificate.
    pub statement: Option<String>,
}
