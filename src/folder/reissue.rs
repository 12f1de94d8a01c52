//! Going the way of the data again for what has changed: a corrected
//! certificate keeps its number, gets the next revision, and is made alone. What
//! would change is proposed first; a person may think about it as long as he
//! likes, since nothing is locked meanwhile.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;

use jiff::Timestamp;

use super::making;
use super::opened::Folder;
use super::order::{Purpose, Target};
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::fact::Fact;
use crate::fault::{self, Diagnostic, Diagnostics, Kind};
use crate::field::Field;
use crate::intake::{self, Inputs};
use crate::lang::Lang;
use crate::noted::Noted;
use crate::office::{self, Office};
use crate::package::{self, ManifestEntry, Package};
use crate::plan::{
    Change, Continuation, Document, Mode, Plan, PlannedCertificate, Typed, names_of, person_keys,
};
use crate::press::Job;
use crate::register::{Certificate, Ledger};
use crate::roster::{Entrant, Roster};
use crate::step::Step;

/// Where the right facts are.
#[derive(Debug, Clone)]
pub enum Facts {
    /// Typed, for one certificate: the names of fields and their values.
    Typed {
        /// The certificate's number.
        number: String,
        /// Field, by its Chinese or English name, and value.
        values: Vec<(String, String)>,
    },
    /// In a corrected award sheet.
    Sheet(PathBuf),
}

/// How the new copies are made.
#[derive(Debug, Clone)]
pub struct Correction {
    /// Why, for the register.
    pub reason: String,
    /// Where the package goes.
    pub target: Target,
    /// How many documents are typeset at once.
    pub threads: NonZeroUsize,
    /// The time, which only the register sees.
    pub now: Timestamp,
}

/// What a correction would change.
pub struct Proposal {
    /// Every certificate that would be made anew, and in what it would change.
    pub changes: Vec<Change>,
    corrected: Corrected,
    also: Vec<String>,
    noted: Diagnostics,
}

/// What was made anew.
#[derive(Debug)]
pub struct Reissued {
    /// Every certificate that has changed, and in what.
    pub changes: Vec<Change>,
    /// What the package holds, in order.
    pub documents: Vec<ManifestEntry>,
    /// Where the package is.
    pub package: PathBuf,
    /// Everything that was noticed.
    pub diagnostics: Diagnostics,
}

/// What is to be printed.
struct Corrected {
    /// Everybody; only the entrant that is meant if the sheet cannot be read.
    roster: Roster,
    /// The one certificate that is meant, if one was typed anew.
    typed: Option<Typed>,
    /// Its number and its entrant's row; all if `None`.
    only: Option<(String, CellRef)>,
    /// Whether `roster` is everybody.
    whole: Result<(), Diagnostics>,
}

impl Folder {
    /// What these facts would change, and which documents of the kinds in
    /// `also` would be made anew with the certificates.
    ///
    /// # Errors
    /// All that is wrong with the facts, or that nothing has changed.
    pub fn propose(
        &self,
        facts: &Facts,
        also: &[String],
        now: Timestamp,
    ) -> Result<Proposal, Diagnostics> {
        let sheet = match facts {
            Facts::Typed { .. } => None,
            Facts::Sheet(sheet) => Some(sheet.as_path()),
        };
        // Of ten thousand, each takes a while.
        let (office, read) = rayon::join(
            || self.office(Purpose::Issue, now),
            || {
                Inputs::open(sheet.unwrap_or(&self.contest.sheet), &self.contest)
                    .map(|sheet| self.read(&sheet))
            },
        );
        let office = office?;
        let read = read.map(|read| read.map(|sheet| sheet.roster));
        let Noted { value: corrected, mut noted } = match facts {
            Facts::Typed { number, values } => self.typed(&office, number, values, read)?,
            Facts::Sheet(_) => from_sheet(&self.contest, office.ledger(), read?)?,
        };
        let plan = self.planned_anew(&office, &corrected, also, &mut noted)?;
        let changes = plan.changes;
        Ok(Proposal { changes, corrected, also: also.to_vec(), noted })
    }

    /// Makes the certificates that were proposed, and nothing else, into a
    /// package of their own.
    ///
    /// # Errors
    /// What has been issued meanwhile would change it, anything is wrong with a
    /// document, or `progress` broke the work off. Nothing was written then.
    pub fn apply(
        &self,
        proposal: Proposal,
        correction: &Correction,
        mut progress: impl FnMut(Step) -> ControlFlow<()>,
    ) -> Result<Reissued, Diagnostics> {
        let Proposal { changes, corrected, also, mut noted } = proposal;
        let mut office = self.office(Purpose::Issue, correction.now)?;
        let plan = self.planned_anew(&office, &corrected, &also, &mut Diagnostics::default())?;
        if plan.changes != changes {
            return Err(fault::Register::NotConfirmed.into());
        }
        let name = plan.package_name(&note(&plan));
        let Target { folder, replace } = &correction.target;
        if !replace {
            package::refuse_smaller(&folder.join(&name), &plan, office.ledger())?;
        }
        let package = Package::create(folder, &name, &plan)?;
        let job = Job::whole(&plan);
        let threads = correction.threads;
        let pressed = making::press(&self.press, &plan, &job, package, threads, &mut progress);
        let (package, warnings) = match pressed {
            Ok(pressed) => pressed,
            Err(faults) => {
                noted.extend(faults);
                return Err(noted.merged());
            }
        };
        noted.extend(warnings);
        let noted = noted.merged();
        let finished = package.finish(&plan, &noted)?;
        let reason = Some(correction.reason.as_str());
        let copies = making::reservations(&plan, &finished, office.ledger(), reason);
        let (package, documents) = office.issue(copies, finished, &mut progress)?;
        Ok(Reissued { changes, documents, package, diagnostics: noted })
    }

    /// The plan of what is to be made anew.
    ///
    /// # Errors
    /// All that is wrong with it, or that it is empty.
    fn planned_anew<'p>(
        &'p self,
        office: &'p Office,
        corrected: &'p Corrected,
        also: &[String],
        noted: &mut Diagnostics,
    ) -> Result<Plan<'p>, Diagnostics> {
        let mode = Mode::Correct { typed: corrected.typed.as_ref() };
        let continuation = Continuation { ledger: office.ledger(), mode };
        let Noted { value: mut plan, noted: planned } =
            Plan::new(&self.contest, &corrected.roster, continuation, Some(office.key()));
        noted.extend(planned.into_iter().filter(|fault| corrected.concerns(fault)));
        plan.refuse_unknown_kinds(also)?;
        select(&mut plan, corrected, also, noted);
        plan.retain_volumes(also);
        if plan.changes.is_empty() {
            noted.push(Diagnostic::new(fault::Issued::NothingChanged));
        }
        if noted.has_errors() {
            return Err(std::mem::take(noted).merged());
        }
        Ok(plan)
    }
}

impl Proposal {
    /// What is to be told where nobody agreed.
    pub fn declined(self) -> Diagnostics {
        let mut noted = self.noted;
        noted.push(Diagnostic::new(fault::Register::NotConfirmed));
        noted
    }
}

impl Corrected {
    /// Whether a fault of the plan matters here: other people's rows do not.
    fn concerns(&self, fault: &Diagnostic) -> bool {
        let one = |(_, row): &(String, CellRef)| fault.rows.is_empty() || fault.rows.contains(row);
        self.only.as_ref().is_none_or(one)
    }
}

/// Keeps what is to be made: the certificates that have changed, and documents
/// of the kinds in `also` that carry a change. What else carries one is noted.
fn select(plan: &mut Plan<'_>, corrected: &Corrected, also: &[String], noted: &mut Diagnostics) {
    let changed: HashSet<&str> = plan.changes.iter().map(|it| it.number.as_str()).collect();
    let has_changed = |it: &Document| it.number().is_some_and(|number| changed.contains(number));
    let rows: HashSet<&CellRef> = match &corrected.only {
        Some((_, row)) => HashSet::from([row]),
        None => {
            let certificates = plan.documents.iter().filter(|document| has_changed(document));
            certificates.filter_map(|it| plan.only(it)).map(|entrant| &entrant.source).collect()
        }
    };
    let touches = |document: &Document| plan.entrants(document).any(|it| rows.contains(&it.source));
    let asked = |document: &Document| match (&corrected.only, document.number()) {
        (Some((number, _)), Some(own)) => number == own,
        (None, Some(_)) => true,
        (_, None) => false,
    };
    let mut left = Vec::new();
    let mut lists = false;
    let mut kept = Vec::new();
    for document in &plan.documents {
        let unnumbered = document.certificate.is_none();
        let carries = has_changed(document) && plan.only(document).is_none()
            || touches(document) && (unnumbered || has_changed(document));
        let wanted = asked(document) || also.contains(&plan.kind(document).name);
        if carries && wanted {
            lists |= plan.only(document).is_none();
        } else if carries {
            left.push(document.path.clone());
        }
        kept.push(carries && wanted);
    }
    if !left.is_empty() {
        noted.push(Diagnostic::new(fault::Issued::AlsoPrinted { documents: left }));
    }
    match &corrected.whole {
        Ok(()) => {}
        Err(_) if also.is_empty() => noted.push(Diagnostic::new(fault::Issued::NotLookedUp)),
        Err(faults) => noted.extend(faults.clone()),
    }
    // A list must not print what no certificate says.
    for Change { number, differences, .. } in plan.restrict(&kept) {
        for difference in differences.into_iter().filter(|_| lists) {
            noted.push(Diagnostic::new(fault::Issued::FactChanged {
                number: number.clone(),
                difference,
            }));
        }
    }
}

/// What tells this package from every other of the contest.
fn note(plan: &Plan<'_>) -> String {
    let lang = plan.contest.language.lang;
    let certificates = plan.documents.iter().filter_map(|it| it.certificate.as_ref());
    let certificates: Vec<_> = certificates.collect();
    let Some(PlannedCertificate { number, revision, .. }) = certificates.first() else {
        return lang.pick(" 更正", " corrected").to_owned();
    };
    let first = lang.pick(
        format!(" 更正 {number} 第{revision}版"),
        format!(" corrected {number} revision {revision}"),
    );
    match certificates.len() {
        1 => first,
        _ => {
            let all = plan.changes.len();
            first + &lang.pick(format!(" 等{all}份"), format!(" and others, {all} in all"))
        }
    }
}

impl Folder {
    /// One certificate with facts typed anew, in the sheet as it was `read`.
    fn typed(
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
        // The field in which the person stands whom it is for.
        let kind = self.contest.documents.iter().find(|kind| kind.name == certificate.kind);
        let people = kind.and_then(|kind| kind.each.people()).unwrap_or(Field::Members);
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
        Ok(Noted { value: Corrected { roster, typed: Some(typed), only, whole }, noted })
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
    let fields = || contest.fields.columns().chain(Field::BUILT_IN);
    let known = || fields().map(Fact::Field).chain([Fact::Member]);
    let called = |fact: &Fact, name: &str| {
        let label = fact.label(Lang::Zh);
        let long = if let Fact::Field(field) = fact { field.label() } else { &label };
        [fact.name(), &label, long].contains(&name)
    };
    let mut faults = Diagnostics::default();
    let mut facts = Vec::new();
    for (name, value) in values {
        match known().find(|fact| called(fact, name.trim())) {
            Some(fact) => facts.push((fact, value.clone())),
            None if fields().any(|it| it == contest.fields.named(name.trim())) => {
                facts.push((Fact::Field(contest.fields.named(name.trim())), value.clone()));
            }
            None => {
                let known =
                    known().map(|fact| format!("{fact}（{}）", fact.label(Lang::Zh))).collect();
                faults.push(Diagnostic::new(fault::Register::UnknownFact {
                    name: name.clone(),
                    known,
                }));
            }
        }
    }
    if faults.has_errors() { Err(faults) } else { Ok(facts) }
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
fn from_sheet(
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
    Ok(Noted { value: Corrected { roster, typed: None, only: None, whole: Ok(()) }, noted })
}
