//! One certificate and its history, in words: for a page that shows it.

use std::borrow::Cow;

use serde::Serialize;

use crate::fact::Fact;
use crate::folder::Changeable;
use crate::lang::Lang;
use crate::office::History;
use crate::register::{Action, Certificate, Copy, LogEntry, Status};
use crate::report::reissue::LabelledChange;

/// A certificate with every copy that was made of it.
#[derive(Debug, Serialize)]
pub struct CertificatePage<'a> {
    number: &'a str,
    kind: &'a str,
    /// Whether the current copy counts.
    status: Status,
    /// The same in words.
    says: &'static str,
    /// Why it is revoked, if it is.
    revoked: Option<&'a str>,
    /// The current copy first.
    copies: Vec<CopyPage<'a>>,
    /// When it was revoked and made valid again, the last first.
    events: Vec<Event<'a>>,
}

/// One copy.
#[derive(Debug, Serialize)]
struct CopyPage<'a> {
    revision: u32,
    status: Status,
    says: &'static str,
    /// Whether it was handed over, or only reserved.
    issued: bool,
    /// When it was registered, in UTC.
    time: &'a str,
    /// Why it was made anew.
    reason: Option<&'a str>,
    /// SHA-256 of its PDF.
    sha256: &'a str,
    facts: Vec<LabelledFact<'a>>,
    /// In what it differs from the copy before it.
    changes: Vec<LabelledChange<'a>>,
}

#[derive(Debug, Serialize)]
struct LabelledFact<'a> {
    fact: Fact,
    label: Cow<'static, str>,
    text: &'a str,
}

/// What happened to a number.
#[derive(Debug, Serialize)]
struct Event<'a> {
    action: Action,
    says: &'static str,
    time: &'a str,
    reason: Option<&'a str>,
}

impl<'a> CertificatePage<'a> {
    /// In words of `lang`.
    pub fn new(history: &'a History, lang: Lang) -> Self {
        let certificate = &history.certificate;
        let status = certificate.status(certificate.current().revision);
        let before = |index: usize| index.checked_sub(1).map(|it| &certificate.copies[it]);
        let copies = certificate.copies.iter().enumerate();
        Self {
            number: &certificate.number,
            kind: &certificate.kind,
            status,
            says: status_says(status, lang),
            revoked: certificate.revoked.as_deref(),
            copies: copies
                .rev()
                .map(|(index, copy)| CopyPage::new(certificate, copy, before(index), lang))
                .collect(),
            events: history.entries.iter().rev().filter_map(|it| Event::new(it, lang)).collect(),
        }
    }
}

impl<'a> CopyPage<'a> {
    fn new(certificate: &Certificate, copy: &'a Copy, before: Option<&Copy>, lang: Lang) -> Self {
        let status = certificate.status(copy.revision);
        let statement = &copy.attestation.statement;
        let facts = statement.facts().iter().map(|(fact, text)| LabelledFact {
            fact: *fact,
            label: lang.fact(*fact),
            text,
        });
        let changes = before.map(|it| it.attestation.statement.differences(statement));
        let changes = changes.into_iter().flatten().filter(|it| it.fact != Fact::Revision);
        Self {
            revision: copy.revision,
            status,
            says: status_says(status, lang),
            issued: copy.issued,
            time: &copy.time,
            reason: copy.reason.as_deref(),
            sha256: &copy.sha256,
            facts: facts.collect(),
            changes: changes.map(|it| LabelledChange::new(Cow::Owned(it), lang)).collect(),
        }
    }
}

impl<'a> Event<'a> {
    /// A revocation, or that it was undone; `None` for what the copies tell.
    fn new(entry: &'a LogEntry, lang: Lang) -> Option<Self> {
        let says = match entry.action {
            Action::Revoke => lang.pick("撤销", "revoked"),
            Action::Reinstate => lang.pick("恢复有效", "made valid again"),
            Action::Reserve | Action::Issue | Action::Release | Action::Key => return None,
        };
        let (action, time) = (entry.action, entry.time.as_str());
        Some(Self { action, says, time, reason: entry.reason.as_deref() })
    }
}

/// A status in words.
pub fn status_says(status: Status, lang: Lang) -> &'static str {
    lang.pick(status.label(), status.name())
}

/// A field of a form in which a certificate is corrected.
#[derive(Debug, Serialize)]
pub struct FormField<'a> {
    label: Cow<'static, str>,
    #[serde(flatten)]
    changeable: &'a Changeable,
}

/// The form in which a certificate is corrected, with labels in `lang`.
pub fn form(changeable: &[Changeable], lang: Lang) -> Vec<FormField<'_>> {
    let fields = changeable.iter();
    fields.map(|it| FormField { label: lang.fact(it.fact), changeable: it }).collect()
}
