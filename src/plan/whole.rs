//! The plan as a whole: what is asked of all documents together.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;

use super::continuation::{Change, Continuation};
use super::document::{Document, Issued, documents, issued};
use super::filename::{Taken, file_name};
use super::filler::{Filler, Said};
use super::numbering;
use super::subject::{Subject, wanted};
use crate::attest::{self, Key, Statement};
use crate::cell::CellRef;
use crate::contest::pattern::Piece;
use crate::contest::{Contest, DocumentKind, FieldKind, VolumeKind};
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::field::Field;
use crate::noted::Noted;
use crate::register::Ledger;
use crate::roster::{Entrant, Roster};

/// All documents of a run, in the order they stand in the package.
pub struct Plan<'a> {
    /// The contest.
    pub(crate) contest: &'a Contest,
    /// Who is in it.
    pub(crate) roster: &'a Roster,
    /// What is to be made.
    pub documents: Vec<Document>,
    /// What signs the certificates; `None` for a draft, which proves nothing.
    pub(crate) key: Option<&'a Key>,
    /// What differs from what was issued, where that is to be corrected.
    pub(crate) changes: Vec<Change>,
    /// The kinds and volumes that alone are wanted, where that is not all.
    pub(crate) only: Vec<String>,
    /// Indices of the volumes to be bound in [`Contest::volumes`].
    pub(super) volumes: Vec<usize>,
    /// The paths of all documents, be they made in this run or not.
    pub(super) taken: Taken,
    /// Stands for every certificate of the whole plan.
    root: Option<String>,
    /// Every entrant's certificates, be they made in this run or not.
    certificates: Vec<Vec<Issued>>,
}

impl<'a> Plan<'a> {
    /// Plans every document of `contest` for `roster`, going on from what
    /// `continuation` has issued: who has a number keeps it. Without a `key` the
    /// documents are drafts.
    ///
    /// While rows are held, no document that lists many entrants is planned: a
    /// list that leaves out a winner is worse than none.
    pub fn new(
        contest: &'a Contest,
        roster: &'a Roster,
        continuation: Continuation<'_>,
        key: Option<&'a Key>,
    ) -> Noted<Self> {
        let mut faults = Diagnostics::default();
        let (wanted, lists_held) = wanted(contest, roster);
        let (numbers, changes) =
            numbering::assign(contest, roster, &wanted, continuation, &mut faults);
        let wanted = wanted.into_iter().zip(numbers).collect();
        let plan = Self::of(contest, roster, documents(contest, roster, wanted), changes, key);
        plan.refuse_number_twice(&mut faults);
        plan.warn_of_winners_without_documents(&mut faults);
        if !lists_held.is_empty() {
            faults.push(Diagnostic::new(fault::Documents::ListsHeld { kinds: lists_held }));
        }
        Noted { value: plan, noted: faults }
    }

    /// A plan of these documents, and everything that follows from them.
    pub(super) fn of(
        contest: &'a Contest,
        roster: &'a Roster,
        (documents, taken): (Vec<Document>, Taken),
        changes: Vec<Change>,
        key: Option<&'a Key>,
    ) -> Self {
        let mut plan = Self {
            contest,
            roster,
            key,
            changes,
            only: Vec::new(),
            volumes: (0..contest.volumes.len()).collect(),
            root: None,
            certificates: issued(contest, roster, &documents),
            documents,
            taken,
        };
        let certificates = plan.documents.par_iter().filter_map(|it| plan.statement(it));
        plan.root = key.map(|_| attest::root(certificates));
        plan
    }

    /// Keeps only documents of the kinds named, and volumes named together with
    /// the documents they bind; all if none is. Numbers and paths stay what
    /// they are in the whole run.
    ///
    /// # Errors
    /// A name that `contest.toml` does not define.
    pub fn retain_kinds(&mut self, only: &[String]) -> Result<(), Diagnostics> {
        self.refuse_unknown_kinds(only)?;
        if only.is_empty() {
            return Ok(());
        }
        let whole = (self.documents.len(), self.volumes.len());
        self.retain_volumes(only);
        let contest = self.contest;
        let bound: Vec<usize> = self.volumes.iter().map(|&it| contest.volumes[it].of).collect();
        self.documents.retain(|document| {
            only.contains(&contest.documents[document.kind].name) || bound.contains(&document.kind)
        });
        if (self.documents.len(), self.volumes.len()) != whole {
            self.only = self.names().filter(|name| only.contains(*name)).cloned().collect();
        }
        Ok(())
    }

    /// Keeps only the volumes named.
    pub(crate) fn retain_volumes(&mut self, only: &[String]) {
        let contest = self.contest;
        self.volumes.retain(|&volume| only.contains(&contest.volumes[volume].name));
    }

    /// Keeps only some of the documents, and what changes in their certificates;
    /// returns the changes of all others, which stay as they were issued.
    pub(crate) fn restrict(&mut self, kept: &[bool], ledger: &Ledger) -> Vec<Change> {
        let changed: HashSet<&str> = self.changes.iter().map(|it| it.number.as_str()).collect();
        let documents = self.documents.par_iter().zip(kept);
        let stands = documents.filter_map(|(document, kept)| {
            let number = document.number()?;
            let issued = ledger.get(number).filter(|_| !kept && changed.contains(number));
            let issued = issued.map(|it| Cow::Borrowed(it.statement()));
            issued.or_else(|| self.statement(document))
        });
        // Only lists print it.
        let mut lists = self.documents.iter().zip(kept).filter(|it| self.only(it.0).is_none());
        let printed = lists.any(|(_, &kept)| kept);
        self.root = self.key.filter(|_| printed).map(|_| attest::root(stands));
        let mut kept = kept.iter();
        self.documents.retain(|_| kept.next().copied().unwrap_or_default());
        let made: HashSet<&str> = self.documents.iter().filter_map(Document::number).collect();
        let changes = std::mem::take(&mut self.changes);
        let (own, others) =
            changes.into_iter().partition(|change| made.contains(change.number.as_str()));
        self.changes = own;
        others
    }

    /// # Errors
    /// Every name that `contest.toml` does not define.
    pub(crate) fn refuse_unknown_kinds(&self, names: &[String]) -> Result<(), Diagnostics> {
        let known: Vec<String> = self.names().cloned().collect();
        let mut faults = Diagnostics::default();
        for name in names.iter().filter(|name| !known.contains(name)) {
            let (name, known) = (name.clone(), known.clone());
            faults.push(Diagnostic::new(fault::Environment::UnknownDocumentKind { name, known }));
        }
        if faults.has_errors() { Err(faults) } else { Ok(()) }
    }

    /// The name of every kind and volume.
    fn names(&self) -> impl Iterator<Item = &'a String> + use<'a> {
        let contest = self.contest;
        let kinds = contest.documents.iter().map(|kind| &kind.name);
        kinds.chain(contest.volumes.iter().map(|volume| &volume.name))
    }

    /// The package's file name, with a note on what is special about it.
    pub(crate) fn package_name(&self, note: &str) -> String {
        self.file_name(&format!("{note}.zip"))
    }

    /// A file name that begins as the package's does.
    pub(crate) fn file_name(&self, ending: &str) -> String {
        file_name(self.contest, ending)
    }

    /// The kind of a document.
    pub fn kind(&self, document: &Document) -> &'a DocumentKind {
        &self.contest.documents[document.kind]
    }

    /// What a document says, word by word.
    pub(crate) fn words(&self, document: &Document) -> Vec<(String, Vec<Piece>)> {
        self.said(document).words
    }

    /// What the sheets of a volume that show these entrants say, word by word.
    pub(crate) fn sheet_words(
        &self,
        volume: &VolumeKind,
        entrants: &[usize],
    ) -> Vec<(String, Vec<Piece>)> {
        let subject = Subject { entrants: entrants.to_vec(), member: None };
        let filler = Filler { contest: self.contest, roster: self.roster, subject: &subject };
        filler.said(volume.voice(), None).words
    }

    /// The fields whose values its pages show of each entrant.
    pub(crate) fn shown(&self, document: &Document) -> BTreeSet<Field> {
        let kind = self.kind(document);
        let mut shown = self.said(document).fields;
        if kind.lists_many() {
            // What stands there is one value for all.
            shown.clear();
        }
        shown.extend(&kind.prove);
        // Of yes and no a list shows a mark.
        let columns = kind.columns.iter().map(|column| column.field);
        shown.extend(columns.filter(|&it| self.contest.fields.kind(it) != FieldKind::YesNo));
        shown
    }

    /// What a certificate states; `None` of any other document.
    pub(crate) fn statement<'p>(&self, document: &'p Document) -> Option<Cow<'p, Statement>> {
        let certificate = document.certificate.as_ref()?;
        if let Some(stated) = &certificate.stated {
            return Some(Cow::Borrowed(stated));
        }
        let number = (certificate.number.as_str(), certificate.revision);
        let subject = document.subject();
        let filler = Filler { contest: self.contest, roster: self.roster, subject: &subject };
        Some(Cow::Owned(filler.statement(self.kind(document), number)))
    }

    fn said(&self, document: &Document) -> Said {
        let subject = document.subject();
        let filler = Filler { contest: self.contest, roster: self.roster, subject: &subject };
        let number = document.certificate.as_ref();
        let number = number.map(|it| (it.number.as_str(), it.revision));
        filler.said(self.kind(document).voice(), number)
    }

    /// The entrants a document is about.
    pub(crate) fn entrants<'p>(
        &'p self,
        document: &'p Document,
    ) -> impl Iterator<Item = &'a Entrant> + 'p {
        document.entrants.iter().map(|&index| &self.roster.entrants[index])
    }

    /// The one entrant a document is about; `None` if it lists many.
    pub(crate) fn only(&self, document: &Document) -> Option<&'a Entrant> {
        let index = document.entrants.first().filter(|_| !self.kind(document).lists_many())?;
        Some(&self.roster.entrants[*index])
    }

    /// The rows a document was made from.
    pub fn rows(&self, document: &Document) -> Vec<CellRef> {
        self.entrants(document).map(|entrant| entrant.source.clone()).collect()
    }

    /// Who gets the document: a member, an organization, or `None` for one
    /// that is about many.
    pub(crate) fn recipient<'p>(&'p self, document: &'p Document) -> Option<Cow<'p, str>> {
        let name = || self.only(document).map(Entrant::name);
        document.member.as_ref().map(|member| member.name.as_str().into()).or_else(name)
    }

    /// What a person would call the document: its number, else kind and
    /// recipient.
    pub fn title(&self, document: &Document) -> String {
        let kind = &self.kind(document).name;
        match (document.number(), self.recipient(document)) {
            (Some(number), _) => number.to_owned(),
            (None, Some(recipient)) => format!("{kind} {recipient}"),
            (None, None) => kind.clone(),
        }
    }

    /// What stands for every certificate of the whole plan, for lists to print;
    /// `None` for a draft.
    pub(crate) fn root(&self) -> Option<&str> {
        self.root.as_deref()
    }

    /// The certificates that an entrant gets, be they made in this run or not.
    pub(crate) fn issued_to(&self, entrant: usize) -> &[Issued] {
        &self.certificates[entrant]
    }

    fn refuse_number_twice(&self, faults: &mut Diagnostics) {
        let mut given = HashSet::new();
        for document in &self.documents {
            let Some(number) = document.number() else { continue };
            if !given.insert(number) {
                let kind = fault::Documents::NumberTwice { number: number.to_owned() };
                faults.push(Diagnostic::new(kind).at(self.kind(document).place.clone()));
            }
        }
    }

    /// A winner without any document of its own is the failure that matters.
    fn warn_of_winners_without_documents(&self, faults: &mut Diagnostics) {
        for (index, kind) in self.contest.documents.iter().enumerate() {
            let none = self.documents.iter().all(|document| document.kind != index);
            let any = kind.conditions.is_empty() && !kind.lists_many();
            if none && any && !self.roster.entrants.is_empty() {
                let fault = fault::Documents::NothingOfKind { kind: kind.name.clone() };
                faults.push(Diagnostic::new(fault).at(kind.place.clone()));
            }
        }
        let mut served = vec![false; self.roster.entrants.len()];
        for document in self.documents.iter().filter(|it| !self.kind(it).lists_many()) {
            document.entrants.iter().for_each(|&index| served[index] = true);
        }
        for (entrant, served) in self.roster.entrants.iter().zip(served) {
            if !served {
                let kind = fault::Documents::NoDocument { project: entrant.title().into_owned() };
                faults
                    .push(Diagnostic::new(kind).at_cell(&entrant.source).for_row(&entrant.source));
            }
        }
    }
}
