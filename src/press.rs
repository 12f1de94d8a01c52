//! Documents → PDFs. The only module that knows typst.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use typst::diag::{SourceResult, Warned};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::attest::{self, OnPage};
use crate::contest::{self, Contest, Edition};
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::fonts::Fonts;
use crate::hex::hex;
use crate::plan::{Document, Plan, Volume};

mod bind;
mod costly;
mod drawn;
pub(crate) mod effort;
mod entry;
mod exportable;
mod job;
mod kept;
mod marks;
mod progress;
mod proof;
mod rehearse;
mod render;
#[doc(hidden)]
pub mod stages;
mod world;
mod worst;

pub use drawn::{Drawn, Picture};
pub use entry::Code;
pub use job::Job;
pub use progress::Made;
pub use rehearse::Tried;

use kept::Bindable;
use marks::Remark;
use world::{DocumentWorld, Shared};

/// After how many documents typst's caches are trimmed, and how many trimmings
/// an unused result outlives: measured as full speed at flat memory.
const EVICT_EVERY: usize = 4;
const EVICT_AGE: usize = 1;

/// From how many documents on it is worth while to cut the fonts.
const WORTH_CUTTING: usize = 100;

/// Fonts, templates and settings of one contest, ready to typeset.
pub struct Press {
    shared: Shared,
    /// What all documents see of the contest.
    about: Json,
    standards: PdfStandards,
    timestamp: Option<Timestamp>,
    fingerprint: Sha256,
    cut: OnceLock<Cut>,
    /// How the last document of each kind shows its facts, by the kind's index:
    /// the next most likely does so, too.
    printed: Mutex<HashMap<usize, OnPage>>,
    /// How many documents were typeset so far.
    typeset: AtomicUsize,
}

/// The fonts cut to what a run will hardly go beyond.
struct Cut {
    fonts: Fonts,
    characters: HashSet<char>,
}

/// What leaves the press.
pub enum Pressed<'a> {
    /// The document with this index in the plan.
    Document(usize, Rendered),
    /// A part of a volume.
    Volume(&'a Volume, Rendered),
}

/// What became of a document, and what is wrong with it.
type Outcome = (Option<Rendered>, Diagnostics);

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
            about: entry::about(contest),
            shared,
            fingerprint,
            cut: OnceLock::new(),
            printed: Mutex::default(),
            standards: standards(contest)?,
            timestamp: world::date(contest).map(Timestamp::new_utc),
            typeset: AtomicUsize::new(0),
        })
    }

    /// Stands for the program, the templates, the fonts and the PDF standards.
    pub fn fingerprint(&self) -> String {
        hex(&self.fingerprint.clone().finalize())
    }

    /// The fonts of the run.
    pub fn fonts(&self) -> &Fonts {
        &self.shared.fonts
    }

    /// Typesets, proves and exports every document that is `job` and then
    /// every volume, and hands each to `leave` in the plan's order; `leave` is also
    /// called, with `None`, ten times a second while there is nothing to leave.
    /// Its `Err` ends the run as soon as each worker has done its document.
    /// Returns warnings.
    ///
    /// # Errors
    /// Everything that is wrong with any document. After the first,
    /// nothing more is handed on, but all documents are still proved.
    pub fn run(
        &self,
        plan: &Plan<'_>,
        threads: NonZeroUsize,
        job: &Job,
        leave: impl FnMut(Option<Pressed<'_>>) -> Result<(), Diagnostics>,
    ) -> Result<Diagnostics, Diagnostics> {
        if plan.documents.len() >= WORTH_CUTTING {
            self.cut_fonts(plan);
        }
        let volumes = &job.volumes;
        let mut passing = Passing { job, found: Diagnostics::default(), leave };
        let first = job.documents.start;
        render::in_order_or_wait(
            job.documents.len(),
            threads,
            render::AHEAD,
            |index| job.note(self.make(plan, first + index, job)),
            |made| match made {
                Some((index, made)) => {
                    passing.pass_on(made, |it| Pressed::Document(first + index, it))
                }
                None => passing.wait(),
            },
        )?;
        // A volume is large: no more of them wait than are being made.
        render::in_order_or_wait(
            volumes.len(),
            threads,
            threads.get(),
            |index| job.note(self.bind(plan, &volumes[index], job)),
            |made| match made {
                Some((index, made)) => {
                    passing.pass_on(made, |it| Pressed::Volume(&volumes[index], it))
                }
                None => passing.wait(),
            },
        )?;
        let found = passing.found.merged().by_script();
        if found.has_errors() { Err(found) } else { Ok(found) }
    }

    /// One document from its data to its PDF, which is left out once anything
    /// failed: the package will not be written.
    fn make(&self, plan: &Plan<'_>, index: usize, job: &Job) -> Outcome {
        let made = self.make_one(plan, index, job);
        job.add_single(plan, &plan.documents[index]);
        made
    }

    fn make_one(&self, plan: &Plan<'_>, index: usize, job: &Job) -> Outcome {
        let document = &plan.documents[index];
        let facts = &plan.kind(document).facts;
        let (typeset, mut faults) = self.typeset(plan, document, facts, Edition::default());
        let wanted = !faults.has_errors() && job.is_wanted();
        let Some(typeset) = typeset.filter(|_| wanted) else { return (None, faults) };
        job.kept.offer(index, &typeset);
        let Typeset { world, pages, code, .. } = typeset;
        match self.pdf(plan, document, &pages) {
            Ok(mut pdf) => {
                if let (Some(_), Some(key)) = (&code, plan.key) {
                    attest::seal::put(&mut pdf, key);
                }
                let fingerprint = self.fingerprint.clone().chain_update(world.entry()).finalize();
                let rendered = Rendered {
                    pdf,
                    pages: pages.pages().len(),
                    fingerprint: hex(&fingerprint),
                    statement: code.map(|code| code.attestation.text),
                };
                (Some(rendered), faults)
            }
            Err(errors) => {
                faults.extend(explained(plan, document, &world, &errors));
                (None, faults)
            }
        }
    }

    /// Compiles and proves one document with these facts of its kind. There
    /// are no pages if it cannot be compiled; what is wrong with those there
    /// are, is among the faults.
    ///
    /// A certificate's code says how its pages show the facts, which only its
    /// pages can tell: where they do it otherwise than was expected, they are
    /// laid out once more.
    fn typeset(
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
        if let Some(cut) = self.cut.get() {
            let entry = entry.clone();
            let (typeset, faults, text) =
                self.typeset_with(&cut.fonts, plan, document, code.clone(), entry, edition);
            let mut characters = text.chars().filter(|character| !character.is_whitespace());
            let foreseen = characters.all(|character| cut.characters.contains(&character));
            if typeset.is_some() && !faults.has_errors() && foreseen {
                return (typeset, faults);
            }
        }
        let (typeset, faults, _) =
            self.typeset_with(&self.shared.fonts, plan, document, code, entry, edition);
        (typeset, faults)
    }

    /// Compiles and proves one document with these fonts. Returns what
    /// [`typeset`](Self::typeset) does and all text on the pages, line by line.
    fn typeset_with<'a>(
        &'a self,
        fonts: &'a Fonts,
        plan: &Plan<'_>,
        document: &Document,
        code: Option<Code>,
        entry: Vec<u8>,
        edition: Edition,
    ) -> (Option<Typeset<'a>>, Diagnostics, String) {
        let world = self.shared.document(&plan.kind(document).template, entry, edition, fonts);
        let compiled = self.compile(&world);
        let mut faults = Diagnostics::default();
        faults.extend(explained(plan, document, &world, &compiled.warnings));
        match compiled.output {
            Ok(mut pages) => {
                let (remarks, text) = proof::check(plan, document, code.as_ref(), &pages);
                faults.extend(remarks.iter().map(|remark| remark.fault.clone()));
                let printed = code.as_ref().map(|code| {
                    pages.info_mut().keywords.push(attest::seal::keyword().into());
                    OnPage::on(&code.attestation.statement, &text)
                });
                let faults = faults.merged();
                (Some(Typeset { world, pages, code, printed, remarks }), faults, text)
            }
            Err(errors) => {
                faults.extend(explained(plan, document, &world, &errors));
                (None, faults, String::new())
            }
        }
    }

    /// A document that has these faults so that it cannot be compiled, laid out
    /// for people to see them; `None` if that cannot be, either.
    fn typeset_regardless(
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
        remarks.extend(proof::check(plan, document, code.as_ref(), &pages).0);
        Some(Typeset { world, pages, code, printed: None, remarks })
    }

    /// Cuts the fonts to the characters of the roster, the contest and the
    /// templates. A document that shows any other, or has an error, is typeset
    /// again with whole fonts: so nothing can differ but the speed.
    fn cut_fonts(&self, plan: &Plan<'_>) {
        self.cut.get_or_init(|| {
            let mut characters: HashSet<char> = (' '..='~').collect();
            characters.extend(self.text(plan).chars());
            characters.extend(self.shared.template_text().flat_map(str::chars));
            Cut { fonts: self.shared.fonts.cut(&characters), characters }
        });
    }

    /// Lays out one template. Trims typst's caches from time to time.
    fn compile(&self, world: &DocumentWorld<'_>) -> Warned<SourceResult<PagedDocument>> {
        if self.typeset.fetch_add(1, Ordering::Relaxed) % EVICT_EVERY == EVICT_EVERY - 1 {
            comemo::evict(EVICT_AGE);
        }
        typst::compile(world)
    }

    /// The pages of a document as a PDF.
    fn pdf(
        &self,
        plan: &Plan<'_>,
        document: &Document,
        pages: &PagedDocument,
    ) -> SourceResult<Vec<u8>> {
        let options =
            PdfOptions { standards: self.standards.clone(), ..self.options(plan, &document.path) };
        typst_pdf::pdf(pages, &options)
    }

    /// The options of a PDF with this path in the package.
    fn options(&self, plan: &Plan<'_>, path: &str) -> PdfOptions {
        PdfOptions {
            ident: Smart::Custom(format!("{}/{path}", plan.contest.name)),
            creator: Smart::Custom(Some(format!("accolade {}", env!("CARGO_PKG_VERSION")))),
            timestamp: self.timestamp,
            ..PdfOptions::default()
        }
    }
}

/// Hands on what is made, until something is wrong.
struct Passing<'a, F> {
    job: &'a Job,
    found: Diagnostics,
    leave: F,
}

impl<F: FnMut(Option<Pressed<'_>>) -> Result<(), Diagnostics>> Passing<'_, F> {
    fn pass_on<'p>(
        &mut self,
        (made, faults): Outcome,
        pressed: impl FnOnce(Rendered) -> Pressed<'p>,
    ) -> Result<(), Diagnostics> {
        self.found.extend(faults);
        // Whoever waits for it is still asked whether he does.
        self.hand_over(made.filter(|_| !self.found.has_errors()).map(pressed))
    }

    fn wait(&mut self) -> Result<(), Diagnostics> {
        self.hand_over(None)
    }

    fn hand_over(&mut self, pressed: Option<Pressed<'_>>) -> Result<(), Diagnostics> {
        let left = (self.leave)(pressed);
        if left.is_err() {
            self.job.break_off();
        }
        left
    }
}

/// A document that is laid out.
struct Typeset<'a> {
    world: DocumentWorld<'a>,
    pages: PagedDocument,
    code: Option<Code>,
    /// How the pages show the facts of the code.
    printed: Option<OnPage>,
    /// What is wrong with the pages.
    remarks: Vec<Remark>,
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
        let kind = fault::Contest::StandardsConflict {
            message: error.message().to_string(),
            hints: error.hints().iter().map(ToString::to_string).collect(),
        };
        Diagnostic::new(kind).at(Place::File(contest.folder.join(contest::FILE))).into()
    })
}
