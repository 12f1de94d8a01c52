//! What a certificate says: its facts, a line for each, and what stands for
//! many certificates together.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt::Write;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::fact::{Difference, Fact};
use crate::hex::hex;
use crate::lang::Lang;

/// The facts that one certificate states, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    lang: Lang,
    facts: Vec<(Fact, String)>,
}

impl Statement {
    /// A statement of these facts, labelled in a language; what has no value is
    /// left out.
    pub(crate) fn new(lang: Lang, facts: impl IntoIterator<Item = (Fact, String)>) -> Self {
        let facts = facts.into_iter().map(|(fact, text)| (fact, line(&text)));
        Self { lang, facts: facts.filter(|(_, text)| !text.is_empty()).collect() }
    }

    /// The language of its labels.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The facts in their order.
    pub fn facts(&self) -> &[(Fact, String)] {
        &self.facts
    }

    /// What it states of one fact.
    pub fn get(&self, fact: Fact) -> Option<&str> {
        self.facts.iter().find(|(known, _)| *known == fact).map(|(_, text)| text.as_str())
    }

    /// The revision it states.
    pub fn revision(&self) -> Option<u32> {
        self.get(Fact::Revision)?.parse().ok()
    }

    /// A line for each fact.
    pub fn body(&self) -> String {
        let mut body = String::new();
        for (fact, text) in &self.facts {
            let _ = match fact {
                Fact::Kind => writeln!(body, "{text}"),
                _ => writeln!(body, "{} {text}", fact.label(self.lang)),
            };
        }
        body.pop();
        body
    }

    /// Reads the facts back from their lines, as [`body`](Self::body) has them.
    pub(super) fn read(lang: Lang, lines: &[&str]) -> Option<Self> {
        let (kind, lines) = lines.split_first()?;
        let mut facts = vec![(Fact::Kind, (*kind).to_owned())];
        for line in lines {
            let (label, text) = line.split_once(' ')?;
            facts.push((Fact::of_label(label), text.to_owned()));
        }
        Some(Self { lang, facts })
    }

    /// Every fact on which `now` differs from this statement.
    pub(crate) fn differences(&self, now: &Self) -> Vec<Difference> {
        let text = |statement: &Self, fact| statement.get(fact).unwrap_or_default().to_owned();
        let facts = self.facts.iter().chain(&now.facts).map(|(fact, _)| *fact);
        let facts: BTreeSet<Fact> = facts.collect();
        facts
            .into_iter()
            .map(|fact| Difference { fact, was: text(self, fact), now: text(now, fact) })
            .filter(|difference| difference.was != difference.now)
            .collect()
    }
}

/// A text as one line with single blanks.
pub(crate) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands for many statements together: the SHA-256 of the SHA-256 of each
/// one's lines, all in hexadecimal, a line each, in their order.
pub(crate) fn root<S: Borrow<Statement>>(statements: impl ParallelIterator<Item = S>) -> String {
    let hashes = statements.map(|it| hex(&Sha256::digest(it.borrow().body())));
    let mut all = Sha256::new();
    for hash in hashes.collect::<Vec<_>>() {
        all.update(hash);
        all.update("\n");
    }
    hex(&all.finalize())
}
