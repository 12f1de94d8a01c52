//! One document: laid out and proved.

use std::collections::HashMap;
use std::sync::{MutexGuard, PoisonError};

use serde_json::Value as Json;
use typst::diag::{SourceResult, Warned};
use typst_layout::PagedDocument;

use super::engine::Press;
use super::entry::Code;
use super::marks::Remark;
use super::proof;
use super::stretches;
use super::world::DocumentWorld;
use crate::attest::{self, OnPage};
use crate::contest::Edition;
use crate::fault::{Diagnostic, Diagnostics};
use crate::plan::{Document, Plan};

/// A document that is laid out.
pub(super) struct Typeset<'a> {
    pub(super) world: DocumentWorld<'a>,
    pub(super) pages: PagedDocument,
    pub(super) code: Option<Code>,
    /// How the pages show the facts of the code.
    pub(super) printed: Option<OnPage>,
    /// What is wrong with the pages.
    pub(super) remarks: Vec<Remark>,
}

impl Press {
    /// Compiles and proves one document with these facts of its kind. There
    /// are no pages if it cannot be compiled; what is wrong with those there
    /// are, is among the faults.
    ///
    /// A certificate's code says how its pages show the facts, which only its
    /// pages can tell: where they do it otherwise than was expected, they are
    /// laid out once more.
    pub(super) fn typeset(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        facts: &Json,
        edition: Edition,
    ) -> (Option<Typeset<'_>>, Diagnostics) {
        let expected = self.known().get(&document.kind).cloned().unwrap_or_default();
        let (typeset, faults) = self.typeset_as(&expected, plan, document, facts, edition);
        match typeset.as_ref().and_then(|typeset| typeset.printed.clone()) {
            Some(printed) if printed != expected => {
                self.known().insert(document.kind, printed.clone());
                self.typeset_as(&printed, plan, document, facts, edition)
            }
            _ => (typeset, faults),
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<usize, OnPage>> {
        self.printed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same for a document whose code says this of its pages.
    fn typeset_as(
        &self,
        printed: &OnPage,
        plan: &Plan<'_>,
        document: &Document,
        facts: &Json,
        edition: Edition,
    ) -> (Option<Typeset<'_>>, Diagnostics) {
        let code = match self.code(plan, document, printed) {
            Ok(code) => code,
            Err(faults) => return (None, faults),
        };
        let entry = self.entry(plan, document, code.as_ref(), facts);
        let world = self.shared.document(&plan.kind(document).template, entry, edition);
        let compiled = self.laid_out(document, edition, &world);
        let mut faults = Diagnostics::default();
        faults.extend(explained(plan, document, &world, &compiled.warnings));
        match compiled.output {
            Ok(mut pages) => {
                let (remarks, text) = proof::prove(plan, document, code.as_ref(), &pages);
                faults.extend(remarks.iter().map(|remark| remark.fault.clone()));
                let printed = code.as_ref().map(|code| {
                    pages.info_mut().keywords.push(attest::seal::keyword().into());
                    OnPage::on(&code.attestation.statement, &text)
                });
                let faults = faults.merged();
                (Some(Typeset { world, pages, code, printed, remarks }), faults)
            }
            Err(errors) => {
                faults.extend(explained(plan, document, &world, &errors));
                (None, faults)
            }
        }
    }

    /// A document's pages. If it is about many, they are laid out in stretches, unless they
    /// would not be the same.
    fn laid_out(
        &self,
        document: &Document,
        edition: Edition,
        world: &DocumentWorld<'_>,
    ) -> Warned<SourceResult<PagedDocument>> {
        let as_it_is = edition == Edition::default();
        let pages = if as_it_is && is_long(document) {
            self.in_stretches(world, stretches::ROWS)
        } else {
            None
        };
        pages.unwrap_or_else(|| self.compile(world))
    }

    /// A document that has these faults so that it cannot be compiled, laid out
    /// for people to see them; `None` if that cannot be, either.
    pub(super) fn typeset_regardless(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        faults: &Diagnostics,
    ) -> Option<Typeset<'_>> {
        let kind = plan.kind(document);
        let code = self.code(plan, document, &OnPage::default()).ok()?;
        let entry = self.entry(plan, document, code.as_ref(), &kind.facts);
        let world = self.shared.regardless(&kind.template, entry);
        let pages = self.compile(&world).output.ok()?;
        let told = faults.iter().map(|fault| Remark { fault: fault.clone(), areas: Vec::new() });
        let mut remarks: Vec<Remark> = told.collect();
        remarks.extend(proof::prove(plan, document, code.as_ref(), &pages).0);
        Some(Typeset { world, pages, code, printed: None, remarks })
    }
}

/// Whether a document is about so many that it may be laid out in stretches.
pub(super) fn is_long(document: &Document) -> bool {
    document.entrants.len() > stretches::ROWS
}

/// Typst's diagnostics, each with the row that the document is about.
pub(super) fn explained<'a>(
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
