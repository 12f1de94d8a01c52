//! A plan as a file, for several machines that share its work: who is in it and
//! every number, so that none of them opens the sheet or the register.
//!
//! The file lies where others may write, and whoever makes a part of it signs
//! what it says. So it is a line of JSON and the signature of the key that froze
//! it, and nothing is made of one that the folder's own key has not signed. A
//! draft has no key and no signature: nothing that is made of it proves anything.
//! Either way everything in it is held against the contest when it is read.

use std::collections::HashSet;
use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::document::documents;
use super::filler::Number;
use super::selection::Selection;
use super::subject::wanted;
use super::whole::Plan;
use crate::attest::{Key, PublicKey, SigningDomain};
use crate::contest::Contest;
use crate::hex::hex;
use crate::roster::Roster;

/// So many parts are more than anybody has machines.
pub const MOST_PARTS: NonZeroUsize = NonZeroUsize::new(100_000).unwrap();

/// A plan that nothing can change any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct Frozen {
    /// Stands for the program, `contest.toml`, templates and fonts.
    pub(crate) made_from: String,
    /// How many parts the work is divided into.
    pub parts: NonZeroUsize,
    /// What of the sheet it holds.
    pub(crate) selection: Selection,
    /// The public key that goes with the one that signs; `None` for a draft.
    pub(crate) key: Option<String>,
    /// Who is in it.
    pub roster: Roster,
    /// The number of each document in the whole plan; `None` where its kind has
    /// none.
    numbers: Vec<Option<Number>>,
}

impl Frozen {
    /// Freezes a whole plan, of which only some kinds may be asked for.
    pub(crate) fn new(
        plan: &Plan<'_>,
        made_from: String,
        parts: NonZeroUsize,
        selection: &Selection,
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
            selection: selection.clone(),
            key: plan.key.map(|key| key.public().to_string()),
            roster: plan.roster.clone(),
            numbers: numbers.collect(),
        }
    }

    /// The plan's file, signed unless it is a draft's.
    pub(crate) fn to_bytes(&self, key: Option<&Key>) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).expect("a plan has no key that is not text");
        let signature = key.map(|key| key.sign(SigningDomain::Plan, &bytes));
        bytes.push(b'\n');
        if let Some(signature) = signature {
            bytes.extend(format!("{signature}\n").into_bytes());
        }
        bytes
    }

    /// A plan's file read back by a folder with this key.
    ///
    /// # Errors
    /// It is none, or not what the folder's key has signed.
    pub fn from_bytes(bytes: &[u8], key: Option<&PublicKey>) -> Result<Self, Untrue> {
        let end = bytes.iter().position(|&byte| byte == b'\n').ok_or(Untrue::Damaged)?;
        let (body, rest) = (&bytes[..end], &bytes[end + 1..]);
        if rest.is_empty() {
            let frozen: Self = serde_json::from_slice(body).map_err(|_| Untrue::Damaged)?;
            return if frozen.key.is_none() { Ok(frozen) } else { Err(Untrue::Changed) };
        }
        let signature = rest.strip_suffix(b"\n").and_then(|it| std::str::from_utf8(it).ok());
        let signature = signature.and_then(|it| it.parse().ok()).ok_or(Untrue::Damaged)?;
        let signed = key.is_some_and(|key| key.verify(SigningDomain::Plan, body, &signature));
        // Whose it says it is tells only what to say.
        let frozen: Option<Self> = serde_json::from_slice(body).ok();
        let named = frozen.as_ref().and_then(|frozen| frozen.key.as_ref()?.parse().ok());
        match (frozen, named) {
            (Some(frozen), Some(named)) if signed && key == Some(&named) => Ok(frozen),
            (_, Some(named)) if key != Some(&named) => Err(Untrue::Foreign(named)),
            _ => Err(Untrue::Changed),
        }
    }

    /// Stands for the plan, to the byte.
    pub fn identity(bytes: &[u8]) -> String {
        hex(&Sha256::digest(bytes))
    }

    /// The plan with everything that follows from it; `None` if it is none of
    /// this contest.
    pub fn thaw<'a>(&'a self, contest: &'a Contest, key: Option<&'a Key>) -> Option<Plan<'a>> {
        if !self.is_sound(contest) {
            return None;
        }
        let (wanted, _) = wanted(contest, &self.roster);
        let numbered = wanted.iter().map(|(kind, _)| contest.documents[*kind].number.is_some());
        if !numbered.eq(self.numbers.iter().map(Option::is_some)) {
            return None;
        }
        let wanted = wanted.into_iter().zip(self.numbers.iter().cloned()).collect();
        let documents = documents(contest, &self.roster, wanted);
        let mut plan = Plan::of(contest, &self.roster, documents, Vec::new(), key);
        plan.retain_kinds(&self.selection.only).ok()?;
        Some(plan)
    }

    /// Whether nothing in it is what no plan of this contest could hold.
    fn is_sound(&self, contest: &Contest) -> bool {
        let roster = &self.roster;
        let rows = [roster.entrants.len(), roster.held.len(), roster.skipped.len()];
        let entrants = roster.entrants.iter().all(|entrant| {
            contest.groups.iter().any(|group| group.name == entrant.group)
                && contest.awards.iter().any(|award| award.name == entrant.award)
                && entrant.score.is_none_or(f64::is_finite)
        });
        let mut given = HashSet::new();
        let numbers = self.numbers.iter().flatten().all(|number| {
            let plain =
                !number.number.trim().is_empty() && !number.number.contains(char::is_control);
            plain && number.revision > 0 && number.seq > 0 && given.insert(&number.number)
        });
        self.parts <= MOST_PARTS && rows.iter().sum::<usize>() == roster.rows && entrants && numbers
    }
}

/// Why a plan's file is not to be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untrue {
    /// It is no plan.
    Damaged,
    /// It is not what was frozen.
    Changed,
    /// It says that another key has frozen it.
    Foreign(PublicKey),
}
