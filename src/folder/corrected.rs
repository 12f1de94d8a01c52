//! What is right, as it was typed for one certificate or stands in a corrected
//! sheet: everybody as they are to be printed.

use crate::cell::CellRef;
use crate::contest::Contest;
use crate::fact::Fact;
use crate::fault::{self, Diagnostic, Diagnostics, Kind};
use crate::field::Field;
use crate::intake;
use crate::lang::Lang;
use crate::noted::Noted;
use crate::office::{self, Office};
use crate::plan::{Continuation, Mode, Plan, Typed, names_of, person_keys};
use crate::register::{Certificate, Ledger};
use crate::roster::{Entrant, Roster};

use super::opened::Folder;

/// What is to be printed.
#[derive(Clone)]
pub(super) struct Corrected {
    /// Everybody; only the entrant that is meant if the sheet cannot be read.
    pub roster: Roster,
    /// The one certificate that is meant, if one was typed anew.
    pub typed: Option<Typed>,
    /// Its number and its entrant's row; all if `None`.
    pub only: Option<(String, CellRef)>,
    /// The numbers that alone are to be made anew, where that is not all.
    pub chosen: Option<Vec<String>>,
    /// Whether `roster` is everybody.
    pub whole: Result<(), Diagnostics>,
}

impl Corrected {
    /// Whether a fault of the plan matters here: other people's rows do not.
    pub(super) fn concerns(&self, fault: &Diagnostic) -> bool {
        let one = |(_, row): &(String, CellRef)| fault.rows.is_empty() || fault.rows.contains(row);
        self.only.as_ref().is_none_or(one)
    }

    /// Whether a certificate that has changed is to be made anew.
    pub(super) fn includes(&self, number: &str) -> bool {
        self.chosen.as_ref().is_none_or(|chosen| chosen.iter().any(|it| it == number))
    }
}

impl Folder {
    /// One certificate with facts typed anew, in the sheet as it was `read`.
    pub(super) fn typed(
        &self,
        office: &Office,
        number: &str,
        values: &[(String, String)],
        read: Result<Noted<Roster>, Diagnostics>,
    ) -> Result<Noted<Corrected>, Diagnostics> {
        let certificate = office::find(office.ledger(), number)?;
        if let Some(reason) = certificate.revoked.clone() {
            return Err(fault::Issued::NumberRevoked { number: number.to_owned(), reason }.into());
        }
        let copy = certificate.current();
        let Some(before) = office.register().entrant(copy)? else {
            return Err(fault::Issued::NotOneEntrant { number: number.to_owned() }.into());
        };
        let mut values = facts(values, &self.contest)?;
        let people = self.people(certificate);
        let mut names = before.texts(people);
        let keys = person_keys(names.clone());
        let position = keys.iter().position(|key| Some(key) == copy.member.as_ref());
        let renamed = values.iter().rev().find(|(fact, _)| *fact == Fact::Member);
        if let Some((position, (_, name))) = position.zip(renamed) {
            names[position].clone_from(name);
            values.insert(0, (Fact::Field(people), names.join("、")));
        }
        let values: Vec<(Field, String)> = values
            .into_iter()
            .filter_map(|(fact, value)| match fact {
                Fact::Field(field) => Some((field, value)),
                _ => None,
            })
            .collect();
        let printable = |character| self.press.fonts().covers(character);
        let Noted { value: now, noted } =
            intake::correct(&before, &values, number, &self.contest, printable);
        let Some(now) = now.filter(|_| !noted.has_errors()) else { return Err(noted) };
        // As it is read, not as it was typed.
        let keys = person_keys(now.texts(people));
        let member = position.and_then(|position| keys.get(position).cloned());
        refuse_taken(office.ledger(), certificate, &now, member.as_deref())?;
        let typed = Typed {
            number: number.to_owned(),
            kind: certificate.kind.clone(),
            before: copy.subject.clone(),
            identity: now.id.clone(),
            member,
        };
        let mut row = now.source.clone();
        let (roster, whole) = match everybody(read, certificate, &now, &self.contest, &mut row) {
            Ok(roster) => (roster, Ok(())),
            Err(faults) => (Roster::of_one(now), Err(faults)),
        };
        let only = Some((number.to_owned(), row));
        Ok(Noted {
            value: Corrected { roster, typed: Some(typed), only, chosen: None, whole },
            noted,
        })
    }

    /// The field in which the person stands whom a certificate is for.
    pub(super) fn people(&self, certificate: &Certificate) -> Field {
        let kind = self.contest.documents.iter().find(|kind| kind.name == certificate.kind);
        kind.and_then(|kind| kind.each.people()).unwrap_or(Field::Members)
    }
}

/// Everybody in the contest's sheet, one of them corrected. `row` becomes where
/// that one stands now.
///
/// # Errors
/// What is wrong with the sheet.
fn everybody(
    read: Result<Noted<Roster>, Diagnostics>,
    certificate: &Certificate,
    now: &Entrant,
    contest: &Contest,
    row: &mut CellRef,
) -> Result<Roster, Diagnostics> {
    let Noted { value: mut roster, noted } = read?;
    if noted.has_errors() {
        return Err(noted);
    }
    let was = |id: &String| certificate.copies.iter().any(|copy| copy.subject == *id);
    let is_meant = |it: &Entrant| it.id == now.id || was(&it.id) || was(&names_of(contest, it));
    let mut now = now.clone();
    let after = roster.entrants.iter().map(|it| it.source.row + 1).max().unwrap_or_default();
    match roster.entrants.iter_mut().find(|it| is_meant(it)) {
        Some(entrant) => {
            now.source = entrant.source.clone();
            row.clone_from(&now.source);
            *entrant = now;
        }
        None => {
            // Somebody else may stand where it once stood.
            now.source.row = after;
            row.clone_from(&now.source);
            roster.entrants.push(now);
        }
    }
    Ok(roster)
}

/// Fields by their Chinese or English names, and columns by their own.
///
/// # Errors
/// Every name that is none.
fn facts(
    values: &[(String, String)],
    contest: &Contest,
) -> Result<Vec<(Fact, String)>, Diagnostics> {
    let mut faults = Diagnostics::default();
    let mut facts = Vec::new();
    for (name, value) in values {
        match fact_of(name, contest) {
            Some(fact) => facts.push((fact, value.clone())),
            None => {
                let known = changeable(contest);
                let known = known.map(|fact| format!("{fact}（{}）", fact.label(Lang::Zh)));
                faults.push(Diagnostic::new(fault::Register::UnknownFact {
                    name: name.clone(),
                    known: known.collect(),
                }));
            }
        }
    }
    if faults.has_errors() { Err(faults) } else { Ok(facts) }
}

/// Every fact that can be typed anew.
fn changeable(contest: &Contest) -> impl Iterator<Item = Fact> {
    let fields = contest.fields.columns().chain(Field::BUILT_IN);
    fields.map(Fact::Field).chain([Fact::Member])
}

/// The fact of a name, if it can be typed anew.
pub(super) fn fact_of(name: &str, contest: &Contest) -> Option<Fact> {
    let name = name.trim();
    let called = |fact: &Fact| {
        let label = fact.label(Lang::Zh);
        let long = if let Fact::Field(field) = fact { field.label() } else { &label };
        [fact.name(), &label, long].contains(&name)
    };
    let named = Fact::Field(contest.fields.named(name));
    changeable(contest).find(called).or_else(|| changeable(contest).find(|it| *it == named))
}

/// A corrected entrant must not be somebody else.
fn refuse_taken(
    ledger: &Ledger,
    certificate: &Certificate,
    now: &Entrant,
    member: Option<&str>,
) -> Result<(), Diagnostics> {
    let Some(other) = ledger
        .find(&certificate.kind, &now.id, member)
        .filter(|other| other.number != certificate.number)
    else {
        return Ok(());
    };
    let other_cell = now.source.clone();
    Err(match member {
        Some(name) => fault::Issued::SameCertificate {
            number: other.number.clone(),
            name: name.to_owned(),
            other: other_cell,
        }
        .into(),
        None => fault::Rules::SameEntrant {
            name: now.full_name(),
            columns: Vec::new(),
            other: other_cell,
        }
        .into(),
    })
}

/// Whoever differs in the sheet from what was issued.
pub(super) fn from_sheet(
    contest: &Contest,
    ledger: &Ledger,
    Noted { value: roster, mut noted }: Noted<Roster>,
) -> Result<Noted<Corrected>, Diagnostics> {
    // What would stop a run is what is to be corrected.
    let continuation = Continuation { ledger, mode: Mode::Compare };
    let stops = Plan::new(contest, &roster, continuation, None).noted;
    for stop in stops {
        match &stop.kind {
            Kind::Issued(fault::Issued::Resembles { .. } | fault::Issued::FactChanged { .. }) => {}
            _ => noted.push(stop),
        }
    }
    if noted.has_errors() {
        return Err(noted.merged());
    }
    Ok(Noted {
        value: Corrected { roster, typed: None, only: None, chosen: None, whole: Ok(()) },
        noted,
    })
}
