//! What every document of a contest is made with: fonts, templates, settings,
//! and typst itself.

use std::collections::HashMap;
use std::sync::Mutex;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use typst::diag::{SourceResult, Warned};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::caches::Caches;
use super::outlines::Outlines;
use super::world::{self, DocumentWorld, Shared};
use crate::attest::OnPage;
use crate::contest::{self, Contest};
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::fonts::Fonts;
use crate::hex::hex;
use crate::plan::{Document, Plan};

/// Fonts, templates and settings of one contest, ready to typeset.
pub struct Press {
    pub(super) shared: Shared,
    /// What all documents see of the contest.
    pub(super) about: Json,
    pub(super) standards: PdfStandards,
    pub(super) timestamp: Option<Timestamp>,
    pub(super) fingerprint: Sha256,
    outlines: Outlines,
    /// How the last document of each kind shows its facts, by the kind's index:
    /// the next most likely does so, too.
    pub(super) printed: Mutex<HashMap<usize, OnPage>>,
    pub(super) caches: Caches,
}

impl Press {
    /// Loads what a contest's documents need.
    ///
    /// # Errors
    /// Fonts that cannot be read, and PDF standards that contradict each
    /// other.
    pub fn new(contest: &Contest) -> Result<Self, Diagnostics> {
        let shared = Shared::load(contest)?;
        let fingerprint = shared.fingerprint().chain_update(contest.standards.join(" "));
        Ok(Self {
            about: about(contest),
            outlines: Outlines::of(&shared.fonts),
            shared,
            fingerprint,
            printed: Mutex::default(),
            standards: standards(contest)?,
            timestamp: world::date(contest).map(Timestamp::new_utc),
            caches: Caches::default(),
        })
    }

    /// Stands for the program, the templates, the fonts and the PDF standards.
    pub(crate) fn fingerprint(&self) -> String {
        hex(&self.fingerprint.clone().finalize())
    }

    /// The fonts of the run.
    pub fn fonts(&self) -> &Fonts {
        &self.shared.fonts
    }

    /// Lays out one template. Trims typst's caches from time to time.
    pub(super) fn compile(&self, world: &DocumentWorld<'_>) -> Warned<SourceResult<PagedDocument>> {
        self.caches.count();
        typst::compile(world)
    }

    /// The pages of a document as a PDF.
    pub(super) fn pdf(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        pages: &PagedDocument,
    ) -> SourceResult<Vec<u8>> {
        self.to_pdf(pages, &self.options_of(plan, document))
    }

    /// Pages as a PDF.
    pub(super) fn to_pdf(
        &self,
        pages: &PagedDocument,
        options: &PdfOptions,
    ) -> SourceResult<Vec<u8>> {
        self.outlines.export(pages, options)
    }

    /// The options of a document that stands by itself.
    pub(super) fn options_of(&self, plan: &Plan<'_>, document: &Document) -> PdfOptions {
        PdfOptions { standards: self.standards.clone(), ..self.options(plan, &document.path) }
    }

    /// The options of a PDF with this path in the package.
    pub(super) fn options(&self, plan: &Plan<'_>, path: &str) -> PdfOptions {
        PdfOptions {
            ident: Smart::Custom(format!("{}/{path}", plan.contest.name)),
            creator: Smart::Custom(Some(format!("accolade {}", env!("CARGO_PKG_VERSION")))),
            timestamp: self.timestamp,
            ..PdfOptions::default()
        }
    }
}

/// What all documents of a contest see of it.
fn about(contest: &Contest) -> Json {
    json!({
        "language": contest.language.tag,
        "name": contest.name,
        "organizers": contest.organizers,
        "date": contest.date.to_string(),
        "groups": contest.groups,
        "awards": contest.awards,
        "facts": contest.facts,
    })
}

fn standards(contest: &Contest) -> Result<PdfStandards, Diagnostics> {
    let known = contest.standards.iter().map(|name| {
        serde_json::from_value::<PdfStandard>(name.as_str().into())
            .expect("contest.toml allows only standards that typst knows")
    });
    PdfStandards::new(&known.collect::<Vec<_>>()).map_err(|error| {
        let kind = fault::Contest::StandardsConflict {
            message: error.message().to_string(),
            hints: error.hints().iter().map(ToString::to_string).collect(),
        };
        Diagnostic::new(kind).at(Place::File(contest.folder.join(contest::FILE))).into()
    })
}
