//! What a certificate says, as text that proves itself.
//!
//! An [`Attestation`] states every printed fact in a line of its own, as a
//! person reads it, and ends with the organizer's Ed25519 signature over the
//! lines before. It is what the code on a certificate holds, and what a check
//! page, a phone or `accolade verify` reads back.

use std::fmt::Write;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::fact::{Difference, Fact};
use crate::hex::hex;

pub mod code;
pub mod digits;
pub mod key;
pub mod link;
pub mod on_page;
pub mod seal;

pub use key::{Key, PublicKey, Signature, SigningDomain};
pub use on_page::OnPage;

/// The label of the line that holds the signature.
const SIGNATURE: &str = "验证";

/// The facts that one certificate states, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement(Vec<(Fact, String)>);

impl Statement {
    /// A statement of these facts; what has no value is left out.
    pub fn new(facts: impl IntoIterator<Item = (Fact, String)>) -> Self {
        let facts = facts.into_iter().map(|(fact, text)| (fact, line(&text)));
        Self(facts.filter(|(_, text)| !text.is_empty()).collect())
    }

    /// The facts in their order.
    pub fn facts(&self) -> &[(Fact, String)] {
        &self.0
    }

    /// What it states of one fact.
    pub fn get(&self, fact: Fact) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == fact).map(|(_, text)| text.as_str())
    }

    /// The revision it states.
    pub fn revision(&self) -> Option<u32> {
        self.get(Fact::Revision)?.parse().ok()
    }

    /// A line for each fact.
    pub fn body(&self) -> String {
        let mut body = String::new();
        for (fact, text) in &self.0 {
            let _ = match fact {
                Fact::Kind => writeln!(body, "{text}"),
                _ => writeln!(body, "{} {text}", fact.label()),
            };
        }
        body.pop();
        body
    }

    /// Reads signed lines: the facts, and how pages show them.
    fn parse(body: &str) -> Option<(Self, OnPage)> {
        let mut lines = body.lines();
        let mut facts = vec![(Fact::Kind, lines.next()?.to_owned())];
        let mut printed = OnPage::default();
        for line in lines {
            if !printed.read(line)? {
                let (label, text) = line.split_once(' ')?;
                facts.push((Fact::of_label(label)?, text.to_owned()));
            }
        }
        Some((Self(facts), printed))
    }

    /// Every fact on which `now` differs from this statement.
    pub fn differences(&self, now: &Self) -> Vec<Difference> {
        let text = |statement: &Self, fact| statement.get(fact).unwrap_or_default().to_owned();
        Fact::all()
            .map(|fact| Difference { fact, was: text(self, fact), now: text(now, fact) })
            .filter(|difference| difference.was != difference.now)
            .collect()
    }
}

/// A text as one line with single blanks.
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A statement with a signature, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// What it states.
    pub statement: Statement,
    /// How the pages show that.
    pub printed: OnPage,
    /// The text as a whole.
    pub text: String,
    signature: Signature,
}

impl Attestation {
    /// Signs a statement whose facts stand on the pages as they are.
    pub fn sign(statement: Statement, key: &Key) -> Self {
        Self::sign_as_printed(statement, OnPage::default(), key)
    }

    /// Signs a statement, and how the pages show it.
    pub fn sign_as_printed(statement: Statement, printed: OnPage, key: &Key) -> Self {
        let body = statement.body() + &printed.lines();
        let signature = key.sign(SigningDomain::Certificate, body.as_bytes());
        let text = format!("{body}\n{SIGNATURE} {}", digits::write(&signature.to_bytes()));
        Self { statement, printed, text, signature }
    }

    /// Reads a text back, whoever signed it; `None` if it is no attestation.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace("\r\n", "\n").trim_end().to_owned();
        let (body, last) = text.rsplit_once('\n')?;
        let signature = digits::read(last.strip_prefix(SIGNATURE)?.strip_prefix(' ')?)?;
        let signature = Signature::from_bytes(signature.try_into().ok()?);
        let (statement, printed) = Statement::parse(body)?;
        Some(Self { statement, printed, signature, text })
    }

    /// Whether one of these keys has signed it as it stands.
    pub fn is_signed_by(&self, keys: &[PublicKey]) -> bool {
        let body = self.text.rsplit_once('\n').map_or("", |(body, _)| body);
        keys.iter()
            .any(|key| key.verify(SigningDomain::Certificate, body.as_bytes(), &self.signature))
    }
}

/// What stands for many statements together: the SHA-256 of the SHA-256 of each
/// one's lines, all in hexadecimal, a line each, in their order.
pub fn root<'a>(statements: impl IntoIterator<Item = &'a Statement>) -> String {
    let statements: Vec<&Statement> = statements.into_iter().collect();
    let hashes = statements.par_iter().map(|it| hex(&Sha256::digest(it.body())) + "\n");
    let mut all = Sha256::new();
    for hash in hashes.collect::<Vec<_>>() {
        all.update(hash);
    }
    hex(&all.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    fn attestation(key: &Key) -> Attestation {
        let statement = Statement::new([
            (Fact::Kind, "荣誉证书".into()),
            (Fact::Number, "JZ-001".into()),
            (Fact::Field(Field::Project), "甲 \n 乙".into()),
            (Fact::Field(Field::Members), String::new()),
        ]);
        Attestation::sign(statement, key)
    }

    #[test]
    fn a_text_is_read_back_as_it_was_signed() {
        let key = Key::generate();
        let signed = attestation(&key);
        let lines: Vec<_> = signed.text.lines().collect();
        assert_eq!(lines[..3], ["荣誉证书", "编号 JZ-001", "项目 甲 乙"]);
        let read = Attestation::parse(&(signed.text.replace('\n', "\r\n") + "\n")).unwrap();
        assert_eq!(read, signed);
        assert!(read.is_signed_by(&[Key::generate().public(), key.public()]));
        assert!(!read.is_signed_by(&[Key::generate().public()]));
    }

    #[test]
    fn any_other_character_is_caught() {
        let key = Key::generate();
        let text = attestation(&key).text;
        for (at, character) in text.char_indices() {
            let after = &text[at + character.len_utf8()..];
            for other in ["丙", " ", ""] {
                let forged = format!("{}{other}{after}", &text[..at]);
                if forged.trim_end() == text {
                    continue;
                }
                let read = Attestation::parse(&forged);
                assert!(!read.is_some_and(|read| read.is_signed_by(&[key.public()])), "{forged}");
            }
        }
    }
}
