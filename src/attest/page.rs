//! The organizer's signature over everything that a certificate's pages say:
//! the code states the facts, but a forger might write something beside them.
//! It stands among the PDF's keywords.
//!
//! Programs take text off a page in different orders, so the characters are
//! signed sorted, in Unicode's composed form and without blanks.

use unicode_normalization::UnicodeNormalization;

use crate::character;

use super::{Attestation, Key, PublicKey, Purpose, Signature};

/// What the keyword begins with.
const KEYWORD: &str = "accolade-page:";

/// The keyword for pages that show `text` and the code of `attestation`.
pub fn keyword(attestation: &Attestation, text: &str, key: &Key) -> String {
    let message = message(attestation, text);
    format!("{KEYWORD}{}", key.sign(Purpose::Page, message.as_bytes()))
}

/// The signature among a PDF's keywords.
pub fn find(keywords: &str) -> Option<Signature> {
    let (_, rest) = keywords.split_once(KEYWORD)?;
    rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next()?.parse().ok()
}

/// Whether one of these keys has signed pages that show `text` and the code of
/// `attestation`.
pub fn is_signed_by(
    keys: &[PublicKey],
    attestation: &Attestation,
    text: &str,
    signature: &Signature,
) -> bool {
    let message = message(attestation, text);
    keys.iter().any(|key| key.verify(Purpose::Page, message.as_bytes(), signature))
}

/// Text as it is looked for on a page: in Unicode's composed form, without
/// blanks and what is never drawn, and with one mark for every quotation mark,
/// since those within a quotation are set as ‘ ’ whatever the sheet has.
pub fn comparable(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfc().filter(|&c| !c.is_whitespace() && character::is_drawn(c)).map(|c| match c {
        '“' | '”' | '‘' | '’' | '\'' => '"',
        c => c,
    })
}

fn message(attestation: &Attestation, text: &str) -> String {
    let mut characters: Vec<char> = text.nfc().filter(|c| !c.is_whitespace()).collect();
    characters.sort_unstable();
    format!("{}\n{}", attestation.text, characters.into_iter().collect::<String>())
}
