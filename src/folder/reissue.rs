//! Going the way of the data again for what has changed: a corrected
//! certificate keeps its number, gets the next revision, and is made alone. What
//! would change is proposed first; a person may think about it as long as he
//! likes, since nothing is locked meanwhile.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;

use jiff::Timestamp;

use super::corrected::{Corrected, from_sheet};
use super::making;
use super::opened::Folder;
use super::order::{Purpose, Target};
use crate::attest::Key;
use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::intake::Inputs;
use crate::noted::Noted;
use crate::package::{self, ManifestEntry, Package};
use crate::plan::{Change, Continuation, Document, Mode, Plan, PlannedCertificate};
use crate::press::Job;
use crate::register::{Ledger, Snapshot};
use crate::step::Step;

/// Where the right facts are.
#[derive(Debug, Clone)]
pub enum Facts {
    /// Typed, for one certificate: the names of fields and their values.
    Typed {
        /// The certificate's number.
        number: String,
        /// Field, by its Chinese or English name, and value; several people are
        /// written as in a cell of the sheet.
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
    pub(super) corrected: Corrected,
    pub(super) also: Vec<String>,
    /// What was noticed of the facts themselves, and of what follows from them.
    read: Diagnostics,
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

impl Folder {
    /// What these facts would change, and which documents of the kinds in
    /// `also` would be made anew with the certificates. Nothing is written;
    /// [`apply`](Self::apply) makes them.
    ///
    /// ```
    /// # use std::{num::NonZeroUsize, ops::ControlFlow};
    /// # use accolade::folder::{Correction, Facts, Order, Purpose, Selection, Target};
    /// # use jiff::Timestamp;
    /// # use accolade::{Folder, begin};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let place = tempfile::tempdir()?;
    /// # let mine = &place.path().join("mine");
    /// # begin::from_example(mine, &begin::Example::named("least").unwrap(), false)?;
    /// # let (folder, sheet) = Folder::open_with_sheet(mine, None)?;
    /// # let target = Target { folder: mine.join("out"), replace: false };
    /// # let (threads, now) = (NonZeroUsize::MIN, Timestamp::now());
    /// # let (selection, purpose) = (Selection::default(), Purpose::Issue);
    /// # let order = Order { selection, purpose, target: target.clone(), threads, now };
    /// # let mut account = folder.run(&sheet, &order, |_| ControlFlow::Continue(()))?;
    /// let first = account.documents.entries()?.next().expect("there is one")?;
    /// let number = first.number.expect("it is a certificate");
    /// let values = vec![("members".to_owned(), "韩梅梅".to_owned())];
    /// let proposal = folder.propose(&Facts::Typed { number, values }, &[], now)?;
    /// let differences = &proposal.changes[0].differences;
    /// assert!(differences.iter().all(|difference| difference.now == "韩梅梅"));
    /// // Somebody agrees.
    /// let correction = Correction { reason: "wrong name".to_owned(), target, threads, now };
    /// let reissued = folder.apply(proposal, &correction, |_| ControlFlow::Continue(()))?;
    /// assert_eq!(reissued.documents[0].revision, Some(2));
    /// # Ok(())
    /// # }
    /// ```
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
        let Noted { value: corrected, noted: read } = match facts {
            Facts::Typed { number, values } => self.typed(&office, number, values, read)?,
            Facts::Sheet(_) => from_sheet(&self.contest, office.ledger(), read?)?,
        };
        self.proposal(office.ledger(), office.key(), corrected, also.to_vec(), read)
    }

    /// The same proposal for these of its numbers alone: what else would change
    /// stays as it was issued, and is proposed again next time.
    ///
    /// # Errors
    /// A number is not among the changes, a list in `also` would print what
    /// stays as it was, or what has been issued meanwhile would change it.
    pub fn narrowed(
        &self,
        proposal: &Proposal,
        numbers: &[String],
    ) -> Result<Proposal, Diagnostics> {
        let mut faults = Diagnostics::default();
        for number in numbers {
            if !proposal.changes.iter().any(|change| change.number == *number) {
                let number = number.clone();
                faults.push(Diagnostic::new(fault::Register::NotProposed { number }));
            }
        }
        if faults.has_errors() {
            return Err(faults);
        }
        let Proposal { corrected, also, read, changes, .. } = proposal;
        let corrected = Corrected { chosen: Some(numbers.to_vec()), ..corrected.clone() };
        let (ledger, key) = self.past()?;
        let chosen = self.proposal(&ledger, &key, corrected, also.clone(), read.clone())?;
        let still = changes.iter().filter(|change| numbers.contains(&change.number));
        match chosen.changes.iter().eq(still) {
            true => Ok(chosen),
            false => Err(fault::Register::NotConfirmed.into()),
        }
    }

    fn proposal(
        &self,
        ledger: &Ledger,
        key: &Key,
        corrected: Corrected,
        also: Vec<String>,
        read: Diagnostics,
    ) -> Result<Proposal, Diagnostics> {
        let mut noted = read.clone();
        let plan = self.planned_anew(ledger, key, &corrected, &also, &mut noted)?;
        let changes = plan.changes;
        Ok(Proposal { changes, corrected, also, read, noted })
    }

    /// What was issued, and the key that signs.
    ///
    /// # Errors
    /// The register or the key cannot be read.
    pub(super) fn past(&self) -> Result<(Ledger, Key), Diagnostics> {
        let ledger = Snapshot::read(&self.path)?.ledger;
        let (key, _) = Key::of(&self.path, ledger.keys().last())?;
        Ok((ledger, key))
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
        let mut office = self.office(Purpose::Issue, correction.now)?;
        let key = office.key().clone();
        let plan = self.planned_as_proposed(office.ledger(), &key, &proposal)?;
        let mut noted = proposal.noted.clone();
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
        let (package, mut listed) = office.deliver(&plan, finished, reason, &mut progress)?;
        let documents = listed.entries()?.collect::<Result<_, _>>()?;
        Ok(Reissued { changes: proposal.changes, documents, package, diagnostics: noted })
    }

    /// The plan of what was proposed.
    ///
    /// # Errors
    /// What has been issued meanwhile would change it.
    pub(super) fn planned_as_proposed<'p>(
        &'p self,
        ledger: &Ledger,
        key: &'p Key,
        Proposal { changes, corrected, also, .. }: &'p Proposal,
    ) -> Result<Plan<'p>, Diagnostics> {
        let mut noted = Diagnostics::default();
        let plan = self.planned_anew(ledger, key, corrected, also, &mut noted)?;
        if plan.changes == *changes { Ok(plan) } else { Err(fault::Register::NotConfirmed.into()) }
    }

    /// The plan of what is to be made anew.
    ///
    /// # Errors
    /// All that is wrong with it, or that it is empty.
    fn planned_anew<'p>(
        &'p self,
        ledger: &Ledger,
        key: &'p Key,
        corrected: &'p Corrected,
        also: &[String],
        noted: &mut Diagnostics,
    ) -> Result<Plan<'p>, Diagnostics> {
        let mode = Mode::Correct { typed: corrected.typed.as_ref() };
        let continuation = Continuation { ledger, mode };
        let Noted { value: mut plan, noted: planned } =
            Plan::new(&self.contest, &corrected.roster, continuation, Some(key));
        noted.extend(planned.into_iter().filter(|fault| corrected.concerns(fault)));
        plan.refuse_unknown_kinds(also)?;
        select(&mut plan, ledger, corrected, also, noted);
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
    /// What was noticed, such as what else carries a change.
    pub fn noted(&self) -> &Diagnostics {
        &self.noted
    }

    /// What is to be told where nobody agreed.
    pub fn declined(self) -> Diagnostics {
        let mut noted = self.noted;
        noted.push(Diagnostic::new(fault::Register::NotConfirmed));
        noted
    }
}

/// Keeps what is to be made: the certificates that have changed, and documents
/// of the kinds in `also` that carry a change. What else carries one is noted.
fn select(
    plan: &mut Plan<'_>,
    ledger: &Ledger,
    corrected: &Corrected,
    also: &[String],
    noted: &mut Diagnostics,
) {
    let changed = plan.changes.iter().map(|it| it.number.as_str());
    let changed: HashSet<&str> = changed.filter(|number| corrected.includes(number)).collect();
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
    let mut listed: HashSet<usize> = HashSet::new();
    let mut kept = Vec::new();
    for document in &plan.documents {
        let unnumbered = document.certificate.is_none();
        let carries = has_changed(document) && plan.only(document).is_none()
            || touches(document) && (unnumbered || has_changed(document));
        let wanted = asked(document) || also.contains(&plan.kind(document).name);
        if carries && wanted {
            let many = document.entrants.iter().filter(|_| plan.only(document).is_none());
            listed.extend(many);
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
    let on_lists =
        plan.documents.iter().filter(|it| it.entrants.iter().any(|it| listed.contains(it)));
    let on_lists: HashSet<String> =
        on_lists.filter_map(|it| it.number().map(str::to_owned)).collect();
    for Change { number, differences, .. } in plan.restrict(&kept, ledger) {
        for difference in differences.into_iter().filter(|_| on_lists.contains(&number)) {
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
