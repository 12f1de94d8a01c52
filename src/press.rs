//! Documents → PDFs. The only module that knows typst.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest, Sha256};
use typst::foundations::Smart;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

use crate::attest::{self, hex};
use crate::contest::{self, Contest};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place};
use crate::plan::{Code, Document, Plan};

mod fonts;
mod proof;
mod render;
mod world;

pub use fonts::Fonts;
pub(crate) use world::BUILT_IN;

use world::{DocumentWorld, Shared};

/// Fonts, templates and settings of one contest, ready to typeset.
pub struct Press {
    shared: Shared,
    standards: PdfStandards,
    timestamp: Option<Timestamp>,
    fingerprint: Sha256,
}

/// A finished document.
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

impl Press {
    /// Loads what a contest's documents need.
    ///
    /// Errors: fonts or templates that are missing or cannot be read, and PDF
    /// standards that contradict each other.
    pub fn new(contest: &Contest) -> Result<Self, Diagnostics> {
        let shared = Shared::load(contest)?;
        let fingerprint = shared.fingerprint().chain_update(contest.standards.join(" "));
        Ok(Self {
            shared,
            fingerprint,
            standards: standards(contest)?,
            timestamp: world::date(contest).map(Timestamp::new_utc),
        })
    }

    /// The fonts of the run.
    pub fn fonts(&self) -> &Fonts {
        &self.shared.fonts
    }

    /// Typesets, proves and exports every document of the plan, and hands each
    /// to `leave` with its index, in the plan's order. Returns warnings.
    ///
    /// Errors: everything that is wrong with any document. After the first,
    /// nothing more is handed on, but all documents are still proved.
    pub fn run(
        &self,
        plan: &Plan<'_>,
        threads: NonZeroUsize,
        mut leave: impl FnMut(usize, Rendered) -> Result<(), Diagnostics>,
    ) -> Result<Diagnostics, Diagnostics> {
        let failed = AtomicBool::new(false);
        let mut found = Diagnostics::default();
        render::in_order(
            plan.documents.len(),
            threads,
            |index| {
                let made = self.make(plan, &plan.documents[index], &failed);
                failed.fetch_or(made.1.has_errors(), Ordering::Relaxed);
                made
            },
            |index, (made, faults)| {
                found.extend(faults);
                match made {
                    Some(rendered) if !found.has_errors() => leave(index, rendered),
                    _ => Ok(()),
                }
            },
        )?;
        let found = found.merged();
        if found.has_errors() { Err(found) } else { Ok(found) }
    }

    /// The PNG pictures of the pages of each document with these indices, in
    /// the order given, typeset and proved.
    ///
    /// Errors: everything that is wrong with any of them.
    pub fn draw(
        &self,
        plan: &Plan<'_>,
        documents: &[usize],
        pixels_per_inch: f64,
        threads: NonZeroUsize,
    ) -> Result<Vec<Vec<Vec<u8>>>, Diagnostics> {
        let options =
            RenderOptions { pixel_per_pt: (pixels_per_inch / 72.0).into(), render_bleed: false };
        let encode = |page: &Page| {
            let picture = typst_render::render(page, &options);
            picture.encode_png().expect("a page has pixels")
        };
        let mut found = Diagnostics::default();
        let mut drawn = Vec::new();
        render::in_order(
            documents.len(),
            threads,
            |index| {
                let document = &plan.documents[documents[index]];
                let code = match plan.code(document) {
                    Ok(code) => code,
                    Err(faults) => return (None, faults),
                };
                let (_, pages, faults) = self.typeset(plan, document, code.as_ref());
                let pages = pages.filter(|_| !faults.has_errors());
                (pages.map(|pages| pages.pages().iter().map(encode).collect()), faults)
            },
            |_, (pictures, faults)| {
                found.extend(faults);
                drawn.extend(pictures);
                Ok::<(), Diagnostics>(())
            },
        )?;
        let found = found.merged();
        if found.has_errors() { Err(found) } else { Ok(drawn) }
    }

    /// One document from its data to its PDF, which is left out once `failed`:
    /// the package will not be written.
    fn make(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        failed: &AtomicBool,
    ) -> (Option<Rendered>, Diagnostics) {
        let code = match plan.code(document) {
            Ok(code) => code,
            Err(faults) => return (None, faults),
        };
        let (world, pages, mut faults) = self.typeset(plan, document, code.as_ref());
        let wanted = !faults.has_errors() && !failed.load(Ordering::Relaxed);
        let Some(pages) = pages.filter(|_| wanted) else { return (None, faults) };
        match typst_pdf::pdf(&pages, &self.options(plan, document)) {
            Ok(pdf) => {
                let fingerprint = self.fingerprint.clone().chain_update(world.entry()).finalize();
                let fingerprint = hex(&fingerprint);
                let (pages, statement) =
                    (pages.pages().len(), code.map(|code| code.attestation.text));
                (Some(Rendered { pdf, pages, fingerprint, statement }), faults)
            }
            Err(errors) => {
                faults.extend(explained(plan, document, &world, &errors));
                (None, faults)
            }
        }
    }

    /// Compiles and proves one document.
    fn typeset(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        code: Option<&Code>,
    ) -> (DocumentWorld<'_>, Option<PagedDocument>, Diagnostics) {
        let entry = plan.entry(document, code);
        let world = self.shared.document(&plan.kind(document).template, entry);
        let compiled = typst::compile::<PagedDocument>(&world);
        let mut faults = Diagnostics::default();
        faults.extend(explained(plan, document, &world, &compiled.warnings));
        match compiled.output {
            Ok(mut pages) => {
                let (found, text) = proof::check(plan, document, code, &pages);
                faults.extend(found);
                if let (Some(code), Some(key)) = (code, plan.key) {
                    let keyword = attest::page::keyword(&code.attestation, &text, key);
                    pages.info_mut().keywords.push(keyword.into());
                }
                (world, Some(pages), faults)
            }
            Err(errors) => {
                faults.extend(explained(plan, document, &world, &errors));
                (world, None, faults)
            }
        }
    }

    fn options(&self, plan: &Plan<'_>, document: &Document) -> PdfOptions {
        PdfOptions {
            ident: Smart::Custom(format!("{}/{}", plan.contest.name, document.path)),
            creator: Smart::Custom(Some(format!("accolade {}", env!("CARGO_PKG_VERSION")))),
            timestamp: self.timestamp,
            standards: self.standards.clone(),
            ..PdfOptions::default()
        }
    }
}

/// Typst's diagnostics, each with the row that the document is about.
fn explained<'a>(
    plan: &'a Plan<'_>,
    document: &'a Document,
    world: &'a DocumentWorld<'_>,
    found: &'a [typst::diag::SourceDiagnostic],
) -> impl Iterator<Item = Diagnostic> + 'a {
    found.iter().map(|found| {
        let explained = world.explain(found);
        match plan.only(document) {
            Some(entrant) => explained.for_row(&entrant.source),
            None => explained,
        }
    })
}

fn standards(contest: &Contest) -> Result<PdfStandards, Diagnostics> {
    let known = contest.standards.iter().map(|name| {
        serde_json::from_value::<PdfStandard>(name.as_str().into())
            .expect("contest.toml allows only standards that typst knows")
    });
    PdfStandards::new(&known.collect::<Vec<_>>()).map_err(|error| {
        let kind = Kind::StandardsConflict {
            message: error.message().to_string(),
            hints: error.hints().iter().map(ToString::to_string).collect(),
        };
        Diagnostic::new(kind).at(Place::File(contest.folder.join(contest::FILE))).into()
    })
}
