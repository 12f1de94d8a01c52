//! Numbered documents + ledger → the certificate that each has already. The
//! register knows somebody by the sheet's identifier and by group, organization
//! and project. Where these disagree the names count: a column that was numbered
//! anew must not hand anybody's number to somebody else.

use std::collections::{BTreeSet, HashMap};

use super::continuation::{Mode, Typed};
use super::numbered::Numbered;
use super::past::Past;
use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::field::Field;
use crate::register::Certificate;

/// What the register has for a document.
#[derive(Clone, Copy)]
pub(super) enum Match<'a> {
    Nothing,
    Held(&'a Certificate),
    /// What it goes by is what this one, which another document holds by now, said
    /// before.
    Former(&'a Certificate, usize),
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

/// What the register has for each document, and whether the sheet's identifiers
/// tell who somebody is. No certificate is two documents'.
pub(super) fn holders<'a>(
    numbered: &[Option<Numbered<'_>>],
    past: &Past<'a>,
    faults: &mut Diagnostics,
) -> (Vec<Match<'a>>, bool) {
    let alike = refuse_alike(numbered, faults);
    let mut candidates: Vec<(usize, &Numbered<'_>, Candidate<'a>)> = Vec::new();
    for (index, one) in numbered.iter().enumerate() {
        let one = one.as_ref().filter(|_| !alike.contains(&index));
        let candidate = one.and_then(|one| Some((index, one, candidate(one, past)?)));
        candidates.extend(candidate);
    }
    let by_identifier = identifiers_hold(&candidates);
    if !by_identifier {
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
    let mut held: HashMap<&str, usize> = HashMap::new();
    for (index, _, Candidate { certificate, by, .. }) in candidates {
        match held.get(certificate.number.as_str()) {
            None => {
                held.insert(&certificate.number, index);
                found[index] = Match::Held(certificate);
            }
            Some(&other) if by == Evidence::All => {
                found[index] = Match::Former(certificate, other);
            }
            Some(_) => {}
        }
    }
    (found, by_identifier)
}

fn candidate<'a>(one: &Numbered<'_>, past: &Past<'a>) -> Option<Candidate<'a>> {
    let (kind, member) = (&one.kind.name, one.member());
    let surely = |certificate| Candidate { certificate, by: Evidence::All, moved: false };
    if let Mode::Correct { typed: Some(typed) } = past.mode
        && let Some(certificate) = typed_anew(one, typed, past)
    {
        return Some(surely(certificate));
    }
    let tells = |certificate: &&Certificate| tells_namesakes(one, certificate);
    let by_identity = past.known(one).filter(tells);
    let Some(key) = &one.key else {
        return by_identity.map(surely);
    };
    if let Some(certificate) = by_identity.filter(|it| past.has_names(it, key)) {
        return Some(surely(certificate));
    }
    if let Some(certificate) = past.find(kind, key, member).filter(tells) {
        return Some(Candidate { certificate, by: Evidence::Names, moved: by_identity.is_some() });
    }
    let by = Evidence::Identifier;
    by_identity.map(|certificate| Candidate { certificate, by, moved: false })
}

/// The certificate that was typed anew, and the others of its entrant.
fn typed_anew<'a>(one: &Numbered<'_>, typed: &Typed, past: &Past<'a>) -> Option<&'a Certificate> {
    if one.identity != typed.identity || one.kind.lists_many() {
        return None;
    }
    if one.kind.name == typed.kind && one.member() == typed.member.as_deref() {
        return past.ledger.get(&typed.number);
    }
    past.find(&one.kind.name, &typed.before, one.member())
        .filter(|it| it.number != typed.number && typed.identity != typed.before)
}

/// Whether a name tells whom it is about: not where as many people stand there
/// as before, but more or fewer of that name. Their places may tell then.
fn tells_namesakes(one: &Numbered<'_>, certificate: &Certificate) -> bool {
    let person = one.filler.subject.member.as_ref().zip(one.kind.each.people());
    let holder = certificate.current().holder.as_ref();
    let (Some((person, field)), Some(holder), Some(entrant)) = (person, holder, one.only()) else {
        return true;
    };
    let (now, before) = (entrant.texts(field), holder.texts(field));
    let of_name = |names: &[String]| names.iter().filter(|it| **it == person.name).count();
    let is_current = certificate.current().member.as_deref() == one.member();
    !is_current || now.len() != before.len() || of_name(&now) == of_name(&before)
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
pub(super) fn same_certificate(
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
