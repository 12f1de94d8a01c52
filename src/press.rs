//! Documents → PDFs. The only module that knows typst.
//!
//! Another program meets [`Made`], [`Tried`] and [`Picture`] in the results of
//! [`Folder`](crate::Folder). The rest is public for accolade's own benchmarks.

use std::num::NonZeroUsize;

use sha2::Digest;

use crate::attest;
use crate::contest::Edition;
use crate::fault::Diagnostics;
use crate::hex::hex;
use crate::plan::Plan;

mod bind;
mod bindable;
mod caches;
mod costly;
mod drawn;
pub(crate) mod effort;
mod engine;
mod entry;
mod exportable;
mod job;
mod marks;
mod outlines;
mod page_cache;
mod progress;
mod proof;
mod rehearse;
mod render;
mod rendered;
#[doc(hidden)]
pub mod stages;
mod stretches;
mod stripped;
mod typeset;
mod world;
mod worst;

pub use drawn::Picture;
pub use engine::Press;
pub use entry::Code;
pub use job::Job;
pub use progress::Made;
pub use rehearse::Tried;
pub use rendered::{Pressed, Rendered};

use render::Work;
use rendered::Outcome;
use typeset::{Typeset, explained, is_long};

/// The version of typst.
pub fn typst_version() -> &'static str {
    typst::utils::version().raw()
}

impl Press {
    /// Typesets, proves and exports every document that is `job` and then
    /// every volume, and hands each to `leave` in the plan's order; `leave` is also
    /// called, with `None`, ten times a second while there is nothing to leave.
    /// Its `Err` ends the run as soon as each worker has done its document.
    /// Returns warnings.
    ///
    /// # Errors
    /// Everything that is wrong with any document. After the first,
    /// nothing more is handed on, but all documents are still proved.
    pub(crate) fn run(
        &self,
        plan: &Plan<'_>,
        threads: NonZeroUsize,
        job: &Job,
        leave: impl FnMut(Option<Pressed<'_>>) -> Result<(), Diagnostics>,
    ) -> Result<Diagnostics, Diagnostics> {
        let volumes = &job.volumes;
        let mut passing = Delivery { job, found: Diagnostics::default(), leave };
        let first = job.documents.start;
        let long = (0..job.documents.len()).filter(|index| is_long(&plan.documents[first + index]));
        render::in_order_or_wait(
            Work { count: job.documents.len(), ahead: render::AHEAD, long: long.collect() },
            threads,
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
            Work { count: volumes.len(), ahead: threads.get(), long: Vec::new() },
            threads,
            |index| {
                let bound = job.take_bound(index);
                bound.unwrap_or_else(|| job.note(self.bind(plan, &volumes[index], job)))
            },
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
    /// failed: the package will not be written. The volumes that end with it are bound
    /// at once.
    fn make(&self, plan: &Plan<'_>, index: usize, job: &Job) -> Outcome {
        let made = self.make_one(plan, index, job);
        job.add_single(plan, &plan.documents[index]);
        for &place in job.cache.bound_after(index) {
            job.keep_bound(place, job.note(self.bind(plan, &job.volumes[place], job)));
        }
        made
    }

    fn make_one(&self, plan: &Plan<'_>, index: usize, job: &Job) -> Outcome {
        let document = &plan.documents[index];
        let facts = &plan.kind(document).facts;
        let (typeset, mut faults) = self.typeset(plan, document, facts, Edition::default());
        let wanted = !faults.has_errors() && job.is_wanted();
        let Some(typeset) = typeset.filter(|_| wanted) else { return (None, faults) };
        job.cache.offer(index, &typeset);
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
}

/// Hands on what is made, until something is wrong.
struct Delivery<'a, F> {
    job: &'a Job,
    found: Diagnostics,
    leave: F,
}

impl<F: FnMut(Option<Pressed<'_>>) -> Result<(), Diagnostics>> Delivery<'_, F> {
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
