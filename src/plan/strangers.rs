//! Numbers without anybody in the sheet, and people in the sheet without a
//! number: which of them belong together.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::continuation::Mode;
use super::holders::{Match, same_certificate};
use super::matching::{Matching, matching};
use super::numbered::Numbered;
use super::past::Past;
use super::profile::{Evidence, Profile, Renamed};
use crate::cell::CellRef;
use crate::contest::Each;
use crate::fact::Fact;
use crate::fault::{self, Candidate, Diagnostic, Diagnostics};
use crate::field::Field;
use crate::register::Certificate;

/// More pairs than this are not compared one by one: so many do not change in a
/// contest.
const COMPARED: usize = 100_000;

/// Of so many it is told who somebody may be.
const TOLD: usize = 5;

/// Fewer people than this may all be replaced in one contest.
const FEW: usize = 10;

/// A document of which the register knows nothing under its identity.
struct Unknown {
    document: usize,
    profile: Profile,
    /// Its identity is what another's certificate said before.
    former: bool,
}

/// A certificate whose holder is not in the roster under any identity it had.
struct Missing<'a> {
    certificate: &'a Certificate,
    profile: Profile,
}

/// Both, and which of them belong together.
pub(super) struct Strangers<'a> {
    unknown: Vec<Unknown>,
    missing: Vec<Missing<'a>>,
    /// `None` where there are too many to be compared.
    matching: Option<Matching>,
    /// Whether the sheet's identifiers tell who somebody is.
    by_identifier: bool,
    /// Numbers whose holder is in the roster.
    pub met: HashSet<&'a str>,
    /// Every series that the roster touches.
    pub series: BTreeSet<String>,
}

impl<'a> Strangers<'a> {
    /// Finds them. Whoever is certainly one of the missing gets that certificate
    /// in `found` where anything may be corrected, or where no more than the
    /// places of namesakes have changed.
    pub(super) fn find(
        numbered: &[Option<Numbered<'_>>],
        found: &mut [Match<'a>],
        by_identifier: bool,
        past: &Past<'a>,
        faults: &mut Diagnostics,
    ) -> Self {
        let mut strangers = Self {
            unknown: Vec::new(),
            missing: Vec::new(),
            matching: None,
            by_identifier,
            met: HashSet::new(),
            series: BTreeSet::new(),
        };
        strangers.gather(numbered, found, past);
        strangers.match_all(numbered, found, past);
        strangers.settle(numbered, found, past, faults);
        strangers
    }

    fn gather(&mut self, numbered: &[Option<Numbered<'_>>], found: &[Match<'a>], past: &Past<'a>) {
        for (document, (one, found)) in numbered.iter().zip(found).enumerate() {
            let Some(one) = one else { continue };
            self.series.insert(one.series.clone());
            let former = match found {
                Match::Refused => continue,
                // The award was corrected and its former number revoked.
                Match::Held(issued) if has_lost(one, issued) => continue,
                Match::Held(issued) => {
                    self.met.insert(&issued.number);
                    continue;
                }
                Match::Nothing => false,
                Match::Former(..) => true,
            };
            if former || !is_declared_new(one, past.mode) {
                self.unknown.push(Unknown { document, profile: Profile::new(one), former });
            }
        }
        if self.unknown.is_empty() && matches!(past.mode, Mode::Correct { .. }) {
            return;
        }
        let missing = past
            .ledger
            .certificates()
            .iter()
            .filter(|issued| self.series.contains(&issued.series))
            .filter(|issued| !self.met.contains(issued.number.as_str()));
        self.missing = missing
            .map(|certificate| Missing {
                certificate,
                profile: Profile::of(certificate, past.contest),
            })
            .collect();
    }

    fn match_all(
        &mut self,
        numbered: &[Option<Numbered<'_>>],
        found: &[Match<'a>],
        past: &Past<'a>,
    ) {
        let Self { unknown, missing, .. } = self;
        if unknown.len() * missing.len() > COMPARED {
            return;
        }
        let document = |unknown: &Unknown| numbered[unknown.document].as_ref();
        let mut known = Known::of(numbered, found, self.by_identifier, past);
        known.note_members(missing, past);
        let matched = |renamed: &Renamed| {
            matching(unknown.len(), missing.len(), |one, other| {
                let (unknown, missing) = (&unknown[one], &missing[other]);
                known.evidence(document(unknown)?, unknown, missing, renamed, past)
            })
        };
        // What a name has become in one row, it has become in others.
        let first = matched(&Renamed::new());
        let pairs = first.sure.iter().map(|(&one, &other)| (&unknown[one], &missing[other]));
        let renamed: Renamed =
            pairs.flat_map(|(now, was)| now.profile.renamed(&was.profile)).collect();
        let mut all = if renamed.is_empty() { first } else { matched(&renamed) };
        for (&one, &other) in &all.sure {
            if let Some(one) = document(&unknown[one]) {
                known.take_in(one, missing[other].certificate, past);
            }
        }
        // Who they are tells what they share was called before.
        let of_many = matching(unknown.len(), missing.len(), |one, other| {
            let (unknown, missing) = (&unknown[one], &missing[other]);
            known.evidence_of_many(document(unknown)?, unknown, missing)
        });
        all.sure.extend(of_many.sure);
        all.unclear.extend(of_many.unclear);
        self.matching = Some(all);
    }

    fn settle(
        &mut self,
        numbered: &[Option<Numbered<'_>>],
        found: &mut [Match<'a>],
        past: &Past<'a>,
        faults: &mut Diagnostics,
    ) {
        let Self { unknown, missing, matching, .. } = self;
        let corrects = matches!(past.mode, Mode::Correct { .. });
        let mut gone = BTreeSet::new();
        for (at, unknown) in unknown.iter().enumerate() {
            let Some(one) = &numbered[unknown.document] else { continue };
            let sure = matching.as_ref().and_then(|it| it.sure.get(&at));
            if let Some(&other) = sure {
                let Missing { certificate, profile } = &missing[other];
                let same = past.ledger.first_identity(&one.identity) == past.root(certificate);
                if corrects || same && unknown.profile.is_namesake(profile) {
                    found[unknown.document] = Match::Held(certificate);
                    self.met.insert(&certificate.number);
                    gone.insert(at);
                }
            } else if let Match::Former(certificate, other) = found[unknown.document] {
                found[unknown.document] = Match::Refused;
                let other = numbered[other].as_ref();
                faults.extend(other.and_then(|other| same_certificate(one, other, certificate)));
                gone.insert(at);
            }
        }
        if let Some(matching) = matching {
            matching.sure.retain(|one, _| !gone.contains(one));
            matching.unclear.retain(|one, _| !gone.contains(one));
        }
    }

    /// Tells of everybody who is not found, or may be somebody else. `held` rows
    /// may be about those who are missing.
    pub(super) fn tell(
        &self,
        numbered: &[Option<Numbered<'_>>],
        found: &[Match<'a>],
        held: usize,
        faults: &mut Diagnostics,
    ) {
        let left = |missing: &&Missing<'_>| !self.met.contains(missing.certificate.number.as_str());
        let missing = self.missing.iter().filter(left).count();
        let is_new = |it: &&Unknown| matches!(found[it.document], Match::Nothing);
        let unknown = self.unknown.iter().filter(is_new).count();
        if missing == 0 {
            return;
        }
        let other = |missing| Diagnostic::new(fault::Issued::OtherRoster { missing, unknown });
        let Some(matching) = &self.matching else {
            faults.push(other(missing));
            return;
        };
        let asked: BTreeSet<usize> =
            matching.sure.values().chain(matching.unclear.values().flatten()).copied().collect();
        let lost: BTreeMap<String, String> = self
            .missing
            .iter()
            .enumerate()
            .filter(|(at, it)| left(it) && !asked.contains(at) && it.certificate.revoked.is_none())
            .map(|(_, it)| (it.certificate.number.clone(), it.profile.text()))
            .collect();
        let known = self.met.len() + asked.len();
        let strangers = unknown - matching.sure.len() - matching.unclear.len();
        let most_are_others = lost.len() > known.max(FEW) && strangers > known.max(FEW);
        // Whoever's number is revoked is missed by nobody.
        let all_are_others = unknown > 0 && known == 0 && !lost.is_empty();
        if all_are_others || most_are_others {
            faults.push(other(lost.len()));
            return;
        }
        for (at, unknown) in self.unknown.iter().enumerate() {
            let Some(one) = &numbered[unknown.document] else { continue };
            if let Some(&other) = matching.sure.get(&at) {
                faults.push(resembles(one, &unknown.profile, &self.missing[other]));
            } else if let Some(others) = matching.unclear.get(&at) {
                let others = others.iter().take(TOLD).map(|&other| &self.missing[other]);
                faults.push(unclear(one, &unknown.profile, others));
            }
        }
        if !lost.is_empty() {
            let lost = lost.into_iter().collect();
            faults.push(Diagnostic::new(fault::Issued::WinnersMissing { lost, held }));
        }
    }
}

/// The roster's entrants, as far as the register knows them.
#[derive(Default)]
struct Known<'a> {
    /// The entrants whose certificates are missing, by each of their members.
    members: HashMap<String, BTreeSet<&'a str>>,
    /// The certificates of an entrant.
    certificates: HashMap<usize, Vec<&'a Certificate>>,
    /// The entrants that the register knows as one identity.
    present: HashMap<String, BTreeSet<usize>>,
}

impl<'a> Known<'a> {
    fn of(
        numbered: &[Option<Numbered<'_>>],
        found: &[Match<'a>],
        by_identifier: bool,
        past: &Past<'a>,
    ) -> Self {
        let mut known = Self::default();
        for (one, found) in numbered.iter().zip(found) {
            let Some((one, entrant)) = one.as_ref().and_then(|one| Some((one, alone(one)?))) else {
                continue;
            };
            if one.key.is_none() || by_identifier {
                let root = past.ledger.first_identity(&one.identity).to_owned();
                known.present.entry(root).or_default().insert(entrant);
            }
            if let Match::Held(issued) = found {
                known.take_in(one, issued, past);
            }
        }
        known
    }

    fn take_in(&mut self, one: &Numbered<'_>, issued: &'a Certificate, past: &Past<'a>) {
        if let Some(entrant) = alone(one) {
            self.certificates.entry(entrant).or_default().push(issued);
            self.present.entry(past.root(issued).to_owned()).or_default().insert(entrant);
        }
    }

    fn note_members(&mut self, missing: &[Missing<'a>], past: &Past<'a>) {
        for Missing { certificate, profile } in missing {
            for member in profile.members() {
                self.members.entry(member.clone()).or_default().insert(past.root(certificate));
            }
        }
    }

    /// What speaks for a document about one entrant being a certificate's.
    fn evidence(
        &self,
        one: &Numbered<'_>,
        unknown: &Unknown,
        missing: &Missing<'_>,
        renamed: &Renamed,
        past: &Past<'_>,
    ) -> Option<Evidence> {
        let entrant = alone(one)?;
        let root = past.ledger.first_identity(&missing.certificate.current().subject);
        let present = self.present.get(root);
        let same = present.is_some_and(|those| those.contains(&entrant));
        let namesake = unknown.profile.is_namesake(&missing.profile);
        // What is another one's goes to nobody else, unless the very person does.
        let is_anothers = present.is_some() && !same && !namesake;
        if is_anothers || unknown.former && !(same && namesake) {
            return None;
        }
        let mut evidence = unknown.profile.evidence(&missing.profile, same, renamed)?;
        // A member of theirs and of no others is as good as a name.
        let of_theirs = |member: &String| {
            missing.profile.members().contains(member)
                && self.members.get(member).is_some_and(|those| those.len() == 1)
        };
        evidence.possible |= unknown.profile.members().iter().any(of_theirs);
        Some(evidence)
    }

    /// The same for a document about all that share a value.
    fn evidence_of_many(
        &self,
        one: &Numbered<'_>,
        unknown: &Unknown,
        missing: &Missing<'_>,
    ) -> Option<Evidence> {
        let Each::Field(field) = one.kind.each else { return None };
        let subject = &missing.certificate.current().subject;
        let entrants = one.filler.subject.entrants.iter();
        let certificates = entrants.filter_map(|it| self.certificates.get(it)).flatten();
        let mut copies = certificates.flat_map(|it| &it.copies);
        let shared_it = copies.any(|copy| {
            let holder = copy.holder.as_ref();
            holder.is_some_and(|it| one.filler.contest.joined(&it.texts(field)) == *subject)
        });
        unknown.profile.evidence(&missing.profile, shared_it, &Renamed::new())
    }
}

/// The one entrant that a document is about.
fn alone(one: &Numbered<'_>) -> Option<usize> {
    one.only().and_then(|_| one.filler.subject.entrants.first().copied())
}

/// Whether somebody's certificate was revoked since another series numbers it by
/// now.
pub(super) fn has_lost(one: &Numbered<'_>, issued: &Certificate) -> bool {
    issued.revoked.is_some() && issued.series != one.series
}

fn is_declared_new(one: &Numbered<'_>, mode: Mode<'_>) -> bool {
    let Mode::Issue { new } = mode else { return false };
    let entrants = one.filler.subject.entrants.iter();
    let mut rows = entrants.map(|&index| &one.filler.roster.entrants[index].source);
    rows.any(|row| new.iter().any(|new| (&new.sheet, new.row) == (&row.sheet, row.row)))
}

/// That somebody may be whoever a certificate is missing for.
fn resembles(one: &Numbered<'_>, now: &Profile, was: &Missing<'_>) -> Diagnostic {
    let changed = changed(one, now, was);
    let field = misread(one, &changed);
    let kind = fault::Issued::Resembles {
        number: was.certificate.number.clone(),
        was: was.profile.text(),
        now: now.text(),
        changed,
        row: row(one),
    };
    placed(one, field, kind)
}

/// That somebody may be one of several, or somebody new.
fn unclear<'m>(
    one: &Numbered<'_>,
    now: &Profile,
    others: impl Iterator<Item = &'m Missing<'m>>,
) -> Diagnostic {
    let those: Vec<Candidate> = others
        .map(|was| Candidate {
            number: was.certificate.number.clone(),
            was: was.profile.text(),
            changed: changed(one, now, was),
        })
        .collect();
    let field = those.first().map_or(Field::Project, |first| misread(one, &first.changed));
    placed(one, field, fault::Issued::UnclearHolder { now: now.text(), those, row: row(one) })
}

/// What is about many has nothing that can be typed anew.
fn changed(one: &Numbered<'_>, now: &Profile, was: &Missing<'_>) -> Vec<(&'static str, String)> {
    if alone(one).is_some() { now.changed(&was.profile) } else { Vec::new() }
}

/// The field in which a fault is to be looked for: the person's, or else the one
/// that stands for the row.
fn misread(one: &Numbered<'_>, changed: &[(&str, String)]) -> Field {
    let member = changed.iter().any(|(name, _)| *name == Fact::Member.name());
    one.kind.each.people().filter(|_| member).unwrap_or(Field::Project)
}

fn row(one: &Numbered<'_>) -> Option<CellRef> {
    one.filler.entrant().map(|entrant| entrant.source.clone())
}

fn placed(one: &Numbered<'_>, field: Field, kind: fault::Issued) -> Diagnostic {
    let fault = Diagnostic::new(kind);
    let Some(entrant) = one.filler.entrant() else { return fault };
    let fault = fault.at_cell(entrant.cell(field));
    if alone(one).is_some() { fault.for_row(&entrant.source) } else { fault }
}
