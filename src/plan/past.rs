//! What was issued, as this contest knows its entrants: by identity, and by the
//! names that a sheet without identifiers would know them by.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::continuation::{Continuation, Mode};
use super::numbered::Numbered;
use crate::contest::Contest;
use crate::register::{Certificate, Holder, Ledger};
use crate::roster::Entrant;

/// What tells an entrant from every other where the sheet has no identifiers.
pub(crate) fn names_of(contest: &Contest, entrant: &Entrant) -> String {
    let more = contest.fields.identifying();
    let more: Vec<String> = more.map(|it| contest.joined(&entrant.texts(it))).collect();
    entrant.key_with(&more)
}

/// Kind, names, and the member.
type ByNames<'a> = HashMap<(&'a str, String, Option<&'a str>), &'a Certificate>;

/// The register, as a contest reads it.
pub(super) struct Past<'a> {
    pub contest: &'a Contest,
    pub ledger: &'a Ledger,
    pub mode: Mode<'a>,
    /// Made once it is asked for: most sheets know everybody by identity.
    by_names: OnceCell<ByNames<'a>>,
}

impl<'a> Past<'a> {
    pub(super) fn new(contest: &'a Contest, continuation: Continuation<'a>) -> Self {
        let Continuation { ledger, mode } = continuation;
        Self { contest, ledger, mode, by_names: OnceCell::new() }
    }

    /// The certificate of a kind for somebody, by any identity or names that its
    /// entrant ever had.
    pub(super) fn find(
        &self,
        kind: &str,
        identity: &str,
        member: Option<&str>,
    ) -> Option<&'a Certificate> {
        self.ledger
            .find(kind, identity, member)
            .or_else(|| self.by_names().get(&(kind, identity.to_owned(), member)).copied())
    }

    /// The certificate of a document, if its entrant is known under the identity
    /// that the sheet gives it.
    pub(super) fn known(&self, one: &Numbered<'_>) -> Option<&'a Certificate> {
        self.find(&one.kind.name, &one.identity, one.member())
    }

    /// Whether a certificate was ever made for an entrant of these names.
    pub(super) fn has_names(&self, certificate: &Certificate, key: &str) -> bool {
        let holders = certificate.copies.iter().filter_map(|copy| copy.holder.as_ref());
        holders.into_iter().any(|holder| self.key(holder) == key)
    }

    /// The identity that stands for all that a certificate's entrant ever had.
    pub(super) fn root(&self, certificate: &'a Certificate) -> &'a str {
        self.ledger.first_identity(&certificate.current().subject)
    }

    fn key(&self, holder: &Holder) -> String {
        let more = self.contest.fields.identifying();
        let more: Vec<String> =
            more.map(|field| self.contest.joined(&holder.texts(field))).collect();
        holder.key_with(&more)
    }

    fn by_names(&self) -> &ByNames<'a> {
        self.by_names.get_or_init(|| {
            let mut by_names = HashMap::new();
            for certificate in self.ledger.certificates() {
                for copy in &certificate.copies {
                    let Some(holder) = &copy.holder else { continue };
                    let member = copy.member.as_deref();
                    let names = (certificate.kind.as_str(), self.key(holder), member);
                    by_names.insert(names, certificate);
                }
            }
            by_names
        })
    }
}
