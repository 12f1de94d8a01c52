//! A plan's work, divided among machines.

use std::num::NonZeroUsize;
use std::ops::Range;

use crate::plan::{Plan, Volume};
use crate::press::{Job, effort};

/// What a plan asks for, divided among machines. Shares follow one another in
/// the plan's order, volumes after the documents, and are of about the same
/// work; where there is less to do than there are shares, some are empty.
pub struct Shares {
    documents: usize,
    volumes: Vec<Volume>,
    /// Where each share ends, documents and volumes counted together.
    ends: Vec<usize>,
}

impl Shares {
    /// So many shares of a plan.
    pub fn new(plan: &Plan<'_>, count: NonZeroUsize) -> Self {
        let volumes = plan.volumes();
        let single = plan.documents.iter().map(|document| effort::single(plan, document));
        let bound = volumes.iter().map(|volume| {
            let documents = volume.documents.iter().map(|&index| &plan.documents[index]);
            documents.map(|document| effort::bound(plan, document, false)).sum()
        });
        let work: Vec<usize> = single.chain(bound).collect();
        let in_all = work.iter().sum::<usize>();
        let mut ends = vec![0; count.get()];
        let mut before = 0;
        for (index, work) in work.iter().enumerate() {
            // Whatever begins in a share of the work belongs to it.
            ends[before * count.get() / in_all.max(1)] = index + 1;
            before += work;
        }
        // One that nothing begins in ends where the one before it does.
        for share in 1..ends.len() {
            ends[share] = ends[share].max(ends[share - 1]);
        }
        Self { documents: plan.documents.len(), volumes, ends }
    }

    /// The paths of one share's PDFs, in order.
    ///
    /// # Panics
    /// If there are fewer shares.
    pub fn paths<'p>(
        &'p self,
        plan: &'p Plan<'_>,
        part: NonZeroUsize,
    ) -> impl Iterator<Item = &'p str> {
        let (documents, volumes) = self.get(part);
        let documents = plan.documents[documents].iter().map(|document| document.path.as_str());
        documents.chain(self.volumes[volumes].iter().map(|volume| volume.path.as_str()))
    }

    fn get(&self, part: NonZeroUsize) -> (Range<usize>, Range<usize>) {
        let start = if part.get() == 1 { 0 } else { self.ends[part.get() - 2] };
        let end = self.ends[part.get() - 1];
        let documents = start.min(self.documents)..end.min(self.documents);
        let after = |index: usize| index.saturating_sub(self.documents);
        (documents, after(start)..after(end))
    }

    /// One share as a job.
    ///
    /// # Panics
    /// If there are fewer shares.
    pub fn job(&self, plan: &Plan<'_>, part: NonZeroUsize) -> Job {
        let (documents, volumes) = self.get(part);
        Job::of(plan, documents, self.volumes[volumes].to_vec())
    }
}
