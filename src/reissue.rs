//! Going the way of the data again for what has changed: a corrected
//! certificate keeps its number, gets the next revision, and is made alone.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::cell::CellRef;
use crate::contest::Contest;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::fact::Fact;
use crate::field::Field;
use crate::intake::{self, Entrant, Roster};
use crate::issue::{self, Office, Step};
use crate::nearest::nearest;
use crate::package::{self, Entry, Package};
pub use crate::plan::Change;
use crate::plan::{Document, Mode, Past, Plan, Renamed};
use crate::press::{Press, Underway};
use crate::register::{Certificate, Ledger, Register};

/// What is to be corrected, and how the new copies are made.
#[derive(Debug, Clone)]
pub struct Correction {
    /// What is wrong.
    pub source: Source,
    /// Why, for the register.
    pub reason: String,
    /// Kinds of documents to make anew as well, where they carry a change.
    pub also: Vec<String>,
    /// The folder the package goes into.
    pub out: PathBuf,
    /// Take the place of a package that holds more.
    pub replace: bool,
    /// How many documents are typeset at once.
    pub threads: NonZeroUsize,
    /// The time, which only the register sees.
    pub now: Timestamp,
}

/// Where the right facts are.
#[derive(Debug, Clone)]
pub enum Source {
    /// Typed, for one certificate: the names of fields and their values.
    Typed {
        /// The certificate's number.
        number: String,
        /// Field, by its Chinese or English name, and value.
        values: Vec<(String, String)>,
    },
    /// A corrected award sheet.
    Sheet(PathBuf),
}

/// What was made anew.
#[derive(Debug)]
pub struct Reissued {
    /// Every certificate that has changed, and in what.
    pub changes: Vec<Change>,
    /// What the package holds, in order.
    pub documents: Vec<Entry>,
    /// Where the package is.
    pub package: PathBuf,
    /// Everything that was noticed.
    pub diagnostics: Diagnostics,
}

/// What is to be printed.
struct Corrected {
    /// Everybody; only the entrant that is meant if the sheet cannot be read.
    roster: Roster,
    /// Who is registered under another name.
    renamed: Renamed,
    /// The one certificate that is meant and its entrant's row; all if `None`.
    only: Option<(String, CellRef)>,
    /// Whether `roster` is everybody.
    whole: Result<(), Diagnostics>,
}

/// Makes the corrected certificates, and nothing else, into a package of their
/// own, once `confirm` has agreed to the changes.
///
/// Errors: all that is wrong with the correction, or that nothing has changed,
/// or that `confirm` did not agree. Nothing was written then.
pub fn reissue(
    folder: &Path,
    correction: &Correction,
    confirm: impl FnOnce(&[Change]) -> bool,
    mut progress: impl FnMut(Step) -> ControlFlow<()>,
) -> Result<Reissued, Diagnostics> {
    let contest = Contest::load(folder)?;
    let press = Press::new(&contest)?;
    let sheet = match &correction.source {
        Source::Typed { .. } => None,
        Source::Sheet(sheet) => Some(sheet.as_path()),
    };
    // Of ten thousand, each takes a while.
    let (office, read) = rayon::join(
        || Office::open(folder, correction.now),
        || {
            let sheet = intake::open(sheet.unwrap_or(&contest.sheet))?;
            Ok(issue::read(&contest, &press, &sheet))
        },
    );
    let mut office = office?;
    office.refuse_unwritable()?;
    let (corrected, mut noticed) = match &correction.source {
        Source::Typed { number, values } => typed(&contest, &press, &office, number, values, read)?,
        Source::Sheet(_) => from_sheet(&contest, office.ledger(), read?)?,
    };
    let mode = Mode::Correct { renamed: &corrected.renamed };
    let past = Past { ledger: office.ledger(), mode };
    let (mut plan, planned) = Plan::new(&contest, &corrected.roster, past, Some(office.key()));
    noticed.extend(planned.into_iter().filter(|fault| corrected.concerns(fault)));
    plan.refuse_unknown_kinds(&correction.also)?;
    select(&mut plan, &corrected, &correction.also, &mut noticed);
    plan.retain_volumes(&correction.also);
    if plan.changes.is_empty() {
        noticed.push(Diagnostic::new(Kind::NothingChanged));
    }
    if noticed.has_errors() {
        return Err(noticed.merged());
    }
    if !confirm(&plan.changes) {
        noticed.push(Diagnostic::new(Kind::NotConfirmed));
        return Err(noticed);
    }

    let name = plan.package_name(&note(&plan));
    if !correction.replace {
        package::refuse_smaller(&correction.out.join(&name), &plan, office.ledger())?;
    }
    let package = Package::create(&correction.out, &name, &plan)?;
    let pressed = issue::press(
        &press,
        &plan,
        &Underway::new(&plan),
        package,
        correction.threads,
        &mut progress,
    );
    let (package, warnings) = match pressed {
        Ok(pressed) => pressed,
        Err(faults) => {
            noticed.extend(faults);
            return Err(noticed.merged());
        }
    };
    noticed.extend(warnings);
    let noticed = noticed.merged();
    let finished = package.finish(&plan, &noticed)?;
    let reason = Some(correction.reason.as_str());
    let copies = issue::reservations(&plan, &finished, office.ledger(), reason);
    let changes = plan.changes;
    let (package, documents) = office.issue(copies, finished, &mut progress)?;
    Ok(Reissued { changes, documents, package, diagnostics: noticed })
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
fn select(plan: &mut Plan<'_>, corrected: &Corrected, also: &[String], noticed: &mut Diagnostics) {
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
        noticed.push(Diagnostic::new(Kind::AlsoPrinted { documents: left }));
    }
    match &corrected.whole {
        Ok(()) => {}
        Err(_) if also.is_empty() => noticed.push(Diagnostic::new(Kind::NotLookedUp)),
        Err(faults) => noticed.extend(faults.clone()),
    }
    let mut kept = kept.into_iter();
    plan.documents.retain(|_| kept.next().unwrap_or_default());
    let changes = std::mem::take(&mut plan.changes);
    let made: HashSet<&str> = plan.documents.iter().filter_map(Document::number).collect();
    let (now, others) =
        changes.into_iter().partition(|change| made.contains(change.number.as_str()));
    plan.changes = now;
    // A list must not print what no certificate says.
    for Change { number, differences } in others {
        for difference in differences.into_iter().filter(|_| lists) {
            noticed.push(Diagnostic::new(Kind::FactChanged { number: number.clone(), difference }));
        }
    }
}

/// What tells this package from every other of the contest.
fn note(plan: &Plan<'_>) -> String {
    let certificates = plan.documents.iter().filter_map(|it| it.certificate.as_ref());
    match certificates.collect::<Vec<_>>()[..] {
        [one] => format!(" 更正 {} 第{}版", one.number, one.revision),
        [first, ..] => {
            format!(" 更正 {} 第{}版 等{}份", first.number, first.revision, plan.changes.len())
        }
        [] => " 更正".into(),
    }
}

/// One certificate with facts typed anew, in the sheet as it was `read`.
fn typed(
    contest: &Contest,
    press: &Press,
    office: &Office,
    number: &str,
    values: &[(String, String)],
    read: Result<(Roster, Diagnostics), Diagnostics>,
) -> Result<(Corrected, Diagnostics), Diagnostics> {
    let certificate = find(office.ledger(), number)?;
    if let Some(reason) = certificate.revoked.clone() {
        return Err(Kind::NumberRevoked { number: number.to_owned(), reason }.into());
    }
    let copy = certificate.current();
    let Some(before) = office.register().entrant(copy)? else {
        return Err(Kind::NotOneEntrant { number: number.to_owned() }.into());
    };
    let mut values = facts(values)?;
    let position = before.members.iter().position(|name| Some(name) == copy.member.as_ref());
    let renamed = values.iter().rev().find(|(fact, _)| *fact == Fact::Member);
    if let Some((position, (_, name))) = position.zip(renamed) {
        let mut names = before.members.clone();
        names[position].clone_from(name);
        values.insert(0, (Fact::Field(Field::Members), names.join("、")));
    }
    let values: Vec<(Field, String)> = values
        .into_iter()
        .filter_map(|(fact, value)| match fact {
            Fact::Field(field) => Some((field, value)),
            _ => None,
        })
        .collect();
    let printable = |character| press.fonts().covers(character);
    let (now, noticed) = intake::correct(&before, &values, number, contest, printable);
    let Some(now) = now.filter(|_| !noticed.has_errors()) else { return Err(noticed) };
    // As it is read, not as it was typed.
    let member = position.and_then(|position| now.members.get(position)).cloned();
    refuse_taken(office.ledger(), certificate, &now, member.as_deref())?;
    let mut renamed = Renamed::default();
    renamed.entrants.insert(now.id.clone(), copy.subject.clone());
    if let Some((after, before)) = member.zip(copy.member.clone()) {
        renamed.members.insert((now.id.clone(), after), before);
    }
    let mut row = now.source.clone();
    let (roster, whole) = match everybody(read, certificate, &now, &mut row) {
        Ok(roster) => (roster, Ok(())),
        Err(faults) => (Roster::of(String::new(), String::new(), vec![now]), Err(faults)),
    };
    let only = Some((number.to_owned(), row));
    Ok((Corrected { roster, renamed, only, whole }, noticed))
}

/// Everybody in the contest's sheet, one of them corrected. `row` becomes where
/// that one stands now.
///
/// Errors: what is wrong with the sheet.
fn everybody(
    read: Result<(Roster, Diagnostics), Diagnostics>,
    certificate: &Certificate,
    now: &Entrant,
    row: &mut CellRef,
) -> Result<Roster, Diagnostics> {
    let (mut roster, noticed) = read?;
    if noticed.has_errors() {
        return Err(noticed);
    }
    let was = |id: &String| certificate.copies.iter().any(|copy| copy.subject == *id);
    let is_meant = |it: &Entrant| it.id == now.id || was(&it.id) || was(&it.key());
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

/// The certificate of a number.
///
/// Errors: there is none.
fn find<'a>(ledger: &'a Ledger, number: &str) -> Result<&'a Certificate, Diagnostics> {
    let Some(certificate) = ledger.get(number) else {
        let known = ledger.certificates().iter().map(|it| it.number.as_str());
        let nearest = nearest(number, known).map(str::to_owned);
        return Err(Kind::UnknownNumber { number: number.to_owned(), nearest }.into());
    };
    Ok(certificate)
}

/// Fields by their Chinese or English names.
///
/// Errors: every name that is none.
fn facts(values: &[(String, String)]) -> Result<Vec<(Fact, String)>, Diagnostics> {
    let known = || Field::ALL.into_iter().map(Fact::Field).chain([Fact::Member]);
    let called = |fact: &Fact, name: &str| {
        let long = if let Fact::Field(field) = fact { field.label() } else { fact.label() };
        [fact.name(), fact.label(), long].contains(&name)
    };
    let mut faults = Diagnostics::default();
    let mut facts = Vec::new();
    for (name, value) in values {
        match known().find(|fact| called(fact, name.trim())) {
            Some(fact) => facts.push((fact, value.clone())),
            None => {
                let known = known().map(|fact| format!("{fact}（{}）", fact.label())).collect();
                faults.push(Diagnostic::new(Kind::UnknownFact { name: name.clone(), known }));
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
        Some(name) => Kind::SameCertificate {
            number: other.number.clone(),
            name: name.to_owned(),
            other: other_cell,
        },
        None => Kind::SameEntrant {
            project: now.project.clone(),
            organization: now.organization.clone(),
            other: other_cell,
        },
    }
    .into())
}

/// Declares a number no longer valid, or, with `undo`, valid again.
///
/// Errors: there is no such number, it is so already, or the register cannot be
/// written.
pub fn revoke(
    folder: &Path,
    number: &str,
    reason: &str,
    undo: bool,
    now: Timestamp,
) -> Result<(), Diagnostics> {
    let mut register = Register::open(folder)?;
    let revoked = find(register.ledger(), number)?.revoked.clone();
    let number = number.to_owned();
    match (revoked, undo) {
        (None, false) => register.revoke(&number, reason, now),
        (Some(_), true) => register.reinstate(&number, reason, now),
        (Some(reason), false) => Err(Kind::NumberRevoked { number, reason }.into()),
        (None, true) => Err(Kind::NumberValid { number }.into()),
    }
}

/// Whoever differs in the sheet from what was issued.
fn from_sheet(
    contest: &Contest,
    ledger: &Ledger,
    (roster, mut noticed): (Roster, Diagnostics),
) -> Result<(Corrected, Diagnostics), Diagnostics> {
    // What would stop a run is what is to be corrected.
    let past = Past { ledger, mode: Mode::Compare };
    let (_, stops) = Plan::new(contest, &roster, past, None);
    let mut renamed = Renamed::default();
    for stop in stops {
        match &stop.kind {
            Kind::Resembles { number, changed, .. } => {
                let entrant = roster.entrants.iter().find(|it| stop.rows.contains(&it.source));
                let (Some(entrant), Some(issued)) = (entrant, ledger.get(number)) else { continue };
                let copy = issued.current();
                renamed.entrants.insert(entrant.id.clone(), copy.subject.clone());
                let member = changed.iter().find(|(name, _)| *name == Fact::Member.name());
                if let (Some((_, now)), Some(before)) = (member, &copy.member) {
                    renamed.members.insert((entrant.id.clone(), now.clone()), before.clone());
                }
            }
            Kind::FactChanged { .. } => {}
            _ => noticed.push(stop),
        }
    }
    if noticed.has_errors() {
        return Err(noticed.merged());
    }
    Ok((Corrected { roster, renamed, only: None, whole: Ok(()) }, noticed))
}
