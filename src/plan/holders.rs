//! Numbered documents + ledger → the certificate that each has already. The
//! register knows somebody by the sheet's identifier and by group, organization
//! and project. Where these disagree the names count: a column that was numbered
//! anew must not hand anybody's number to somebody else.

use std::collections::{BTreeSet, HashMap};

use super::continuation::{Continuation, Mode};
use super::numbered::Numbered;
use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::field::Field;
use crate::register::Certificate;

/// What the register has for a document.
#[derive(Clone, Copy)]
pub(super) enum Match<'a> {
    Nothing,
    Held(&'a Certificate),
    /// It cannot be told from another document, which is recorded.
    Refused,
}

/// What speaks for a certificate being a document's; the surest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// Everything.
    All,
    /// Its names; its identifier is another one's or nobody's.
    Names,
    /// Its identifier; its names are nobody's.
    Identifier,
}

struct Candidate<'a> {
    certificate: &'a Certificate,
    by: Evidence,
    /// Its identifier is another one's.
    moved: bool,
}

/// What the register has for each document. No certificate is two documents'.
pub(super) fn holders<'a>(
    numbered: &[Option<Numbered<'_>>],
    continuation: Continuation<'a>,
    faults: &mut Diagnostics,
) -> Vec<Match<'a>> {
    let alike = refuse_alike(numbered, faults);
    let mut candidates: Vec<(usize, &Numbered<'_>, Candidate<'a>)> = Vec::new();
    for (index, one) in numbered.iter().enumerate() {
        let one = one.as_ref().filter(|_| !alike.contains(&index));
        let candidate = one.and_then(|one| Some((index, one, candidate(one, continuation)?)));
        candidates.extend(candidate);
    }
    if !identifiers_hold(&candidates) {
        candidates.retain(|(.., candidate)| candidate.by != Evidence::Identifier);
        tell_of_moved(&candidates, faults);
    }
    // Of two that go by one certificate it is theirs whose name it has now.
    candidates.sort_by_key(|(_, one, candidate)| {
        let current = candidate.certificate.current();
        let is_now = current.subject == one.identity && current.member.as_deref() == one.member();
        (candidate.by, !is_now)
    });
    let mut found = vec![Match::Nothing; numbered.len()];
    for index in alike {
        found[index] = Match::Refused;
    }
    let mut held: HashMap<&str, &Numbered<'_>> = HashMap::new();
    for (index, one, Candidate { certificate, by, .. }) in candidates {
        match held.get(certificate.number.as_str()) {
            None => {
                held.insert(&certificate.number, one);
                found[index] = Match::Held(certificate);
            }
            Some(other) if by == Evidence::All => {
                found[index] = Match::Refused;
                faults.extend(same_certificate(one, other, certificate));
            }
            Some(_) => {}
        }
    }
    found
}

fn candidate<'a>(one: &Numbered<'_>, continuation: Continuation<'a>) -> Option<Candidate<'a>> {
    let (kind, identity, member) = (&one.kind.name, &one.identity, one.member());
    let find = |identity: &str, member| continuation.ledger.find(kind, identity, member);
    let surely = |certificate| Candidate { certificate, by: Evidence::All, moved: false };
    if let Mode::Correct { renamed } = continuation.mode {
        let before = member.map(|now| {
            let renamed = renamed.members.get(&(identity.clone(), now.to_owned()));
            renamed.map_or(now, String::as_str)
        });
        let registered = renamed.entrants.get(identity).map_or(identity, |registered| registered);
        if let Some(certificate) =
            find(registered, before).filter(|_| registered != identity || before != member)
        {
            return Some(surely(certificate));
        }
    }
    let by_identity = find(identity, member);
    let Some(key) = &one.key else {
        return by_identity.map(surely);
    };
    let has_names = |certificate: &&Certificate| {
        let holders = certificate.copies.iter().filter_map(|copy| copy.holder.as_ref());
        holders.into_iter().any(|holder| holder.key() == *key)
    };
    if let Some(certificate) = by_identity.filter(has_names) {
        return Some(surely(certificate));
    }
    if let Some(certificate) = find(key, member) {
        return Some(Candidate { certificate, by: Evidence::Names, moved: by_identity.is_some() });
    }
    let by = Evidence::Identifier;
    by_identity.map(|certificate| Candidate { certificate, by, moved: false })
}

/// Whether an identifier alone still tells who somebody is: not where it has
/// become another's, nor where most lead to people with whom nothing is shared.
fn identifiers_hold(candidates: &[(usize, &Numbered<'_>, Candidate<'_>)]) -> bool {
    let is_stranger = |one: &Numbered<'_>, candidate: &Candidate<'_>| {
        let (entrant, holder) = (one.only(), candidate.certificate.current().holder.as_ref());
        candidate.by == Evidence::Identifier
            && entrant.zip(holder).is_some_and(|(entrant, holder)| {
                entrant.name() != holder.name()
                    && (entrant.project.is_empty() || entrant.project != holder.project)
            })
    };
    let strangers =
        candidates.iter().filter(|(_, one, candidate)| is_stranger(one, candidate)).count();
    strangers <= candidates.len() - strangers && candidates.iter().all(|(.., it)| !it.moved)
}

fn tell_of_moved(candidates: &[(usize, &Numbered<'_>, Candidate<'_>)], faults: &mut Diagnostics) {
    let moved = candidates.iter().filter(|(.., candidate)| candidate.moved);
    let cells: BTreeSet<&CellRef> =
        moved.filter_map(|(_, one, _)| Some(one.only()?.cell(Field::Id))).collect();
    if let Some(first) = cells.first() {
        let kind = fault::Issued::IdentifiersMoved { rows: cells.len() };
        faults.push(Diagnostic::new(kind).at_cell(first));
    }
}

/// Documents of one kind that the register could not tell apart: found before
/// any of them has a number. Each is told of with all that it could be taken
/// for, so that whoever is withheld does not depend on the sheet's order.
fn refuse_alike(numbered: &[Option<Numbered<'_>>], faults: &mut Diagnostics) -> BTreeSet<usize> {
    let mut by_identity: HashMap<(&str, &str, Option<&str>), usize> = HashMap::new();
    let mut by_key: HashMap<(&str, &str, Option<&str>), Vec<usize>> = HashMap::new();
    let mut alike = BTreeSet::new();
    for (index, one) in numbered.iter().enumerate() {
        let Some(one) = one else { continue };
        let (kind, member) = (one.kind.name.as_str(), one.member());
        let as_identity = (kind, one.identity.as_str(), member);
        let as_key = one.key.as_deref().map(|key| (kind, key, member));
        let mut earlier: BTreeSet<usize> = match by_identity.get(&as_identity) {
            Some(&first) => BTreeSet::from([first]),
            None => by_key.get(&as_identity).into_iter().flatten().copied().collect(),
        };
        earlier.extend(as_key.and_then(|key| by_identity.get(&key)));
        if !earlier.is_empty() {
            alike.insert(index);
        }
        let others = earlier.into_iter().filter_map(|earlier| numbered[earlier].as_ref());
        faults.extend(others.filter_map(|other| same(one, other)));
        by_identity.entry(as_identity).or_insert(index);
        if let Some(key) = as_key {
            by_key.entry(key).or_default().push(index);
        }
    }
    alike
}

fn same(one: &Numbered<'_>, other: &Numbered<'_>) -> Option<Diagnostic> {
    let (entrant, other) = (one.only()?, other.only()?);
    let fault = Diagnostic::new(entrant.same_as(other)).at_cell(entrant.cell(Field::Project));
    Some(fault.for_row(&other.source).for_row(&entrant.source))
}

/// Somebody who has the name that a certificate of another had before it was
/// corrected.
fn same_certificate(
    one: &Numbered<'_>,
    other: &Numbered<'_>,
    certificate: &Certificate,
) -> Option<Diagnostic> {
    let (entrant, other) = (one.only()?, other.only()?);
    let field = one.kind.each.people().unwrap_or(Field::Project);
    let kind = fault::Issued::SameCertificate {
        number: certificate.number.clone(),
        name: one.member().unwrap_or(&entrant.project).to_owned(),
        other: other.cell(field).clone(),
    };
    Some(Diagnostic::new(kind).at_cell(entrant.cell(field)).for_row(&entrant.source))
}
