//! People in the sheet without a number, and numbers without anybody in the
//! sheet: which belong together. Two do where each speaks for the other more
//! than for anybody else; where that cannot be said, nothing is guessed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::profile::Evidence;

/// Which belong together, by their places.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Matching {
    /// Each of the sheet with the one of the register that it must be.
    pub sure: BTreeMap<usize, usize>,
    /// Each of the sheet that may be one of several, or of one and nobody; the
    /// likeliest come first.
    pub unclear: BTreeMap<usize, Vec<usize>>,
}

/// Matches `unknown` people of the sheet with `missing` ones of the register, by
/// what speaks for each pair.
pub(super) fn matching(
    unknown: usize,
    missing: usize,
    evidence: impl Fn(usize, usize) -> Option<Evidence>,
) -> Matching {
    let mut pairs: Vec<Pair> = Vec::new();
    for one in 0..unknown {
        let possible = (0..missing).filter_map(|other| {
            let evidence = evidence(one, other).filter(|it| it.possible)?;
            Some(Pair { one, other, evidence })
        });
        pairs.extend(possible);
    }
    let mut matching = Matching::default();
    // Whoever is found is nobody else, which may settle who the others are.
    loop {
        let best_of_one = best(&pairs, |pair| pair.one);
        let best_of_other = best(&pairs, |pair| pair.other);
        let mutual = |&at: &usize| best_of_other.get(&pairs[at].other) == Some(&at);
        let found: Vec<usize> = best_of_one.into_values().filter(mutual).collect();
        if found.is_empty() {
            break;
        }
        let (mut ones, mut others) = (BTreeSet::new(), BTreeSet::new());
        for at in found {
            let Pair { one, other, ref evidence } = pairs[at];
            ones.insert(one);
            others.insert(other);
            if evidence.personal {
                matching.sure.insert(one, other);
            } else {
                matching.unclear.insert(one, vec![other]);
            }
        }
        pairs.retain(|pair| !ones.contains(&pair.one) && !others.contains(&pair.other));
    }
    for pairs in pairs.chunk_by(|a, b| a.one == b.one) {
        let mut those: Vec<&Pair> = pairs.iter().collect();
        those.sort_by_key(|pair| Reverse(pair.evidence.sum()));
        matching.unclear.insert(pairs[0].one, those.iter().map(|pair| pair.other).collect());
    }
    matching
}

/// An unknown one and a missing one.
struct Pair {
    one: usize,
    other: usize,
    evidence: Evidence,
}

/// For each side's one the pair that outweighs all others it is in, if there is
/// one.
fn best(pairs: &[Pair], side: impl Fn(&Pair) -> usize) -> BTreeMap<usize, usize> {
    let mut highest: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        let highest = highest.entry(side(pair)).or_insert(at);
        if pairs[*highest].evidence.sum() < pair.evidence.sum() {
            *highest = at;
        }
    }
    for (at, pair) in pairs.iter().enumerate() {
        let wins = |best: usize| best == at || pairs[best].evidence.outweighs(&pair.evidence);
        if highest.get(&side(pair)).is_some_and(|&best| !wins(best)) {
            highest.remove(&side(pair));
        }
    }
    highest
}
