//! A plan as a file, for several machines that share its work: who is in it and
//! every number, so that none of them opens the sheet or the register.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::numbering::Number;
use super::{Plan, documents, wanted};
use crate::attest::{Key, hex};
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::intake::Roster;

/// A plan that nothing can change any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct Frozen {
    /// Stands for the program, `contest.toml`, templates and fonts.
    pub made_from: String,
    /// How many parts the work is divided into.
    pub parts: NonZeroUsize,
    /// Only these kinds of documents; all if empty.
    pub only: Vec<String>,
    /// Faulty rows are held.
    pub hold: bool,
    /// Rows that were declared to be new winners.
    pub new: Vec<CellRef>,
    /// The public key that goes with the one that signs; `None` for a draft.
    pub key: Option<String>,
    /// Who is in it.
    pub roster: Roster,
    /// The number of each document in the whole plan; `None` where its kind has
    /// none.
    numbers: Vec<Option<Number>>,
}

impl Frozen {
    /// Freezes a whole plan, of which only some kinds may be asked for.
    pub fn new(
        plan: &Plan<'_>,
        made_from: String,
        parts: NonZeroUsize,
        (only, hold, new): (&[String], bool, &[CellRef]),
    ) -> Self {
        let numbers = plan.documents.iter().map(|document| {
            document.certificate.as_ref().map(|certificate| Number {
                number: certificate.number.clone(),
                revision: certificate.revision,
                series: certificate.series.clone(),
                seq: certificate.seq,
            })
        });
        Self {
            made_from,
            parts,
            only: only.to_vec(),
            hold,
            new: new.to_vec(),
            key: plan.key.map(|key| key.public().to_string()),
            roster: plan.roster.clone(),
            numbers: numbers.collect(),
        }
    }

    /// The plan's file.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a plan has no key that is not text")
    }

    /// A plan's file read back; `None` if it is none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Stands for the plan, to the byte.
    pub fn identity(bytes: &[u8]) -> String {
        hex(&Sha256::digest(bytes))
    }

    /// The plan with everything that follows from it; `None` if it is none of
    /// this contest.
    pub fn thaw<'a>(&'a self, contest: &'a Contest, key: Option<&'a Key>) -> Option<Plan<'a>> {
        let (wanted, _) = wanted(contest, &self.roster);
        if wanted.len() != self.numbers.len() {
            return None;
        }
        let wanted = wanted.into_iter().zip(self.numbers.iter().cloned()).collect();
        let documents = documents(contest, &self.roster, wanted);
        let mut plan = Plan::of(contest, &self.roster, documents, Vec::new(), key);
        plan.retain_kinds(&self.only).ok()?;
        Some(plan)
    }
}
