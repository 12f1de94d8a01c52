//! A statement with the organizer's signature, as one text and back.

use super::digits;
use super::key::{Key, PublicKey, Signature, SigningDomain};
use super::on_page::OnPage;
use super::statement::Statement;
use crate::lang::Lang;

/// The label of the line that holds the signature.
fn label(lang: Lang) -> &'static str {
    lang.pick("验证", "Verify")
}

/// A statement with a signature, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// What it states.
    pub statement: Statement,
    /// How the pages show that.
    pub(crate) printed: OnPage,
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
    pub(crate) fn sign_as_printed(statement: Statement, printed: OnPage, key: &Key) -> Self {
        let lang = statement.lang();
        let body = statement.body() + &printed.lines(lang);
        let signature = key.sign(SigningDomain::Certificate, body.as_bytes());
        let text = format!("{body}\n{} {}", label(lang), digits::write(&signature.to_bytes()));
        Self { statement, printed, text, signature }
    }

    /// Reads a text back, whoever signed it; `None` if it is no attestation.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace("\r\n", "\n").trim_end().to_owned();
        let (body, last) = text.rsplit_once('\n')?;
        let (labelled, signature) = last.split_once(' ')?;
        let lang = Lang::ALL.into_iter().find(|lang| label(*lang) == labelled)?;
        let signature = digits::read(signature)?;
        let signature = Signature::from_bytes(signature.try_into().ok()?);
        let (statement, printed) = read(lang, body)?;
        Some(Self { statement, printed, signature, text })
    }

    /// Whether one of these keys has signed it as it stands.
    pub fn is_signed_by(&self, keys: &[PublicKey]) -> bool {
        let body = self.text.rsplit_once('\n').map_or("", |(body, _)| body);
        keys.iter()
            .any(|key| key.verify(SigningDomain::Certificate, body.as_bytes(), &self.signature))
    }
}

/// Reads signed lines: the facts, and how pages show them.
fn read(lang: Lang, body: &str) -> Option<(Statement, OnPage)> {
    let mut lines = body.lines();
    let mut stated = vec![lines.next()?];
    let mut printed = OnPage::default();
    for line in lines {
        if !printed.read(line)? {
            stated.push(line);
        }
    }
    Some((Statement::read(lang, &stated)?, printed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::field::Field;

    fn attestation(key: &Key) -> Attestation {
        let statement = Statement::new(
            Lang::Zh,
            [
                (Fact::Kind, "荣誉证书".into()),
                (Fact::Number, "JZ-001".into()),
                (Fact::Field(Field::Project), "甲 \n 乙".into()),
                (Fact::Field(Field::Members), String::new()),
            ],
        );
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
    fn a_text_is_read_back_in_any_language() {
        let key = Key::generate();
        let column = Fact::Field(Field::column("Advisor of the team"));
        let facts = [
            (Fact::Kind, "Certificate".into()),
            (Fact::Number, "SF-1".into()),
            (column, "Ann Lee".into()),
        ];
        let signed = Attestation::sign(Statement::new(Lang::En, facts), &key);
        let lines: Vec<_> = signed.text.lines().collect();
        assert_eq!(lines[..3], ["Certificate", "No. SF-1", "Advisor_of_the_team Ann Lee"]);
        assert_eq!(Attestation::parse(&signed.text).unwrap(), signed);
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
