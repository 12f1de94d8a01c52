//! Documents drawn for people, faults and all.

use std::borrow::Cow;
use std::num::NonZeroUsize;

use serde::Serialize;

use super::opened::Folder;
use super::reissue::Proposal;
use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::intake::{AwardSheet, Inputs};
use crate::lang::Lang;
use crate::noted::Noted;
use crate::plan::{Continuation, Document, Mode, Plan};
use crate::press::Picture;

/// What is to be drawn, and how.
#[derive(Debug, Clone)]
pub struct Look<'a> {
    /// A number, a path in the package, a row, a kind, or part of an organization's
    /// or a project's name; what strains the templates most if it is left out.
    pub which: Option<&'a str>,
    /// How fine the pictures are.
    pub pixels_per_inch: f64,
    /// The language of what is written on faulty pages.
    pub lang: Lang,
    /// How many documents are drawn at once.
    pub threads: NonZeroUsize,
}

/// A document that was drawn.
pub struct Previewed {
    /// What a person would call it.
    pub title: String,
    /// Its path in the package.
    pub path: String,
    /// Its pages; none if it cannot be laid out.
    pub pages: Vec<Picture>,
    /// What is wrong with it.
    pub faults: Diagnostics,
}

/// A document that would be made.
#[derive(Debug, Clone, Serialize)]
pub struct Expected {
    /// What a person would call it.
    pub title: String,
    /// Its path in the package.
    pub path: String,
    /// The name of its kind.
    pub kind: String,
    /// Its number, if its kind is numbered.
    pub number: Option<String>,
    /// Who gets it; `None` if it is about many.
    pub recipient: Option<String>,
    /// The rows it is about.
    pub rows: Vec<CellRef>,
    /// Whether it strains its template most.
    pub risky: bool,
    /// Whether its number is not in the register yet.
    pub spends: bool,
}

/// What documents were drawn, and whether any has a fault.
pub struct Preview {
    /// In the plan's order.
    pub documents: Vec<Previewed>,
    /// Whether anything on their pages is wrong.
    pub faulty: bool,
}

impl Folder {
    /// Every document that would be made of the sheet's sound rows, in the plan's
    /// order.
    ///
    /// # Errors
    /// The register or the key cannot be read.
    pub fn expected(&self, sheet: &Inputs, new: &[CellRef]) -> Result<Vec<Expected>, Diagnostics> {
        let (ledger, key) = self.past()?;
        let roster = self.read(sheet).value.roster;
        let continuation = Continuation { ledger: &ledger, mode: Mode::Issue { new } };
        let plan = Plan::new(&self.contest, &roster, continuation, Some(&key)).value;
        let all: Vec<usize> = (0..plan.roster.entrants.len()).collect();
        let worst = self.press.worst_cases(&plan, &all);
        let expected = plan.documents.iter().map(|document| Expected {
            title: plan.title(document),
            path: document.path.clone(),
            kind: plan.kind(document).name.clone(),
            number: document.number().map(str::to_owned),
            recipient: plan.recipient(document).map(Cow::into_owned),
            rows: plan.rows(document),
            risky: plan.only(document).is_none()
                || document.entrants.iter().any(|entrant| worst.contains(entrant)),
            spends: document.number().is_some_and(|it| ledger.get(it).is_none()),
        });
        Ok(expected.collect())
    }

    /// Draws the documents that are wanted; if none is named or names a
    /// kind, those about the entrants that strain a template most, and every
    /// list.
    ///
    /// # Errors
    /// The register or the key cannot be read, nothing is named so, or nothing
    /// can be laid out.
    pub fn preview(&self, sheet: &Inputs, look: &Look<'_>) -> Result<Noted<Preview>, Diagnostics> {
        let which = look.which;
        let (ledger, key) = self.past()?;
        let Noted { value: AwardSheet { roster, .. }, mut noted } = self.read(sheet);
        let continuation = Continuation { ledger: &ledger, mode: Mode::Issue { new: &[] } };
        let Noted { value: plan, noted: planned } =
            Plan::new(&self.contest, &roster, continuation, Some(&key));
        noted.extend(planned);
        let chosen = self.choose(&plan, which);
        if chosen.is_empty() {
            // Without a sound row there is nothing to match, and that is the fault.
            if which.is_some() || !noted.has_errors() {
                let which = which.unwrap_or_default().to_owned();
                noted.push(Diagnostic::new(fault::Environment::NothingMatches { which }));
            }
            return Err(noted);
        }
        let drawn = self.drawn(&plan, &chosen, look)?;
        noted.extend(drawn.noted);
        Ok(Noted { value: drawn.value, noted })
    }

    /// Draws what a proposal would make, or of it what is wanted, as it would
    /// be made.
    ///
    /// # Errors
    /// What has been issued meanwhile would change the proposal, nothing is
    /// named so, or nothing can be laid out.
    pub fn draw_proposal(
        &self,
        proposal: &Proposal,
        look: &Look<'_>,
    ) -> Result<Noted<Preview>, Diagnostics> {
        let (ledger, key) = self.past()?;
        let plan = self.planned_as_proposed(&ledger, &key, proposal)?;
        let wanted = |document: &Document| {
            let kind = |which: &str| plan.kind(document).name == which;
            look.which.is_none_or(|which| kind(which) || fits(&plan, document, which))
        };
        let documents = plan.documents.iter().enumerate();
        let chosen: Vec<usize> =
            documents.filter(|(_, it)| wanted(it)).map(|(index, _)| index).collect();
        if chosen.is_empty() {
            let which = look.which.unwrap_or_default().to_owned();
            return Err(fault::Environment::NothingMatches { which }.into());
        }
        self.drawn(&plan, &chosen, look)
    }

    /// The documents with these indices as pictures.
    ///
    /// # Errors
    /// None can be laid out.
    pub(super) fn drawn(
        &self,
        plan: &Plan<'_>,
        chosen: &[usize],
        look: &Look<'_>,
    ) -> Result<Noted<Preview>, Diagnostics> {
        let &Look { pixels_per_inch, lang, threads, .. } = look;
        let drawn = self.press.draw(plan, chosen, pixels_per_inch, lang, threads);
        let mut found = Diagnostics::default();
        found.extend(drawn.iter().flat_map(|document| document.faults.iter().cloned()));
        let found = found.merged().by_script();
        if drawn.iter().all(|document| document.pages.is_empty()) {
            return Err(found);
        }
        let faulty = found.has_errors();
        let documents = chosen.iter().zip(drawn).map(|(&index, drawn)| {
            let document = &plan.documents[index];
            Previewed {
                title: plan.title(document),
                path: document.path.clone(),
                pages: drawn.pages,
                faults: drawn.faults.merged(),
            }
        });
        let value = Preview { documents: documents.collect(), faulty };
        Ok(Noted { value, noted: found })
    }

    /// The documents to be drawn, by index.
    fn choose(&self, plan: &Plan<'_>, which: Option<&str>) -> Vec<usize> {
        let kind =
            which.filter(|which| plan.contest.documents.iter().any(|kind| kind.name == *which));
        let all: Vec<usize> = (0..plan.roster.entrants.len()).collect();
        let worst = self.press.worst_cases(plan, &all);
        let chosen = |document: &Document| match (which, kind) {
            (Some(which), None) => fits(plan, document, which),
            _ => {
                let strains = document.entrants.iter().any(|entrant| worst.contains(entrant));
                kind.is_none_or(|name| plan.kind(document).name == name)
                    && (strains || plan.only(document).is_none())
            }
        };
        let documents = plan.documents.iter().enumerate();
        documents.filter(|(_, document)| chosen(document)).map(|(index, _)| index).collect()
    }
}

fn fits(plan: &Plan<'_>, document: &Document, which: &str) -> bool {
    if document.number() == Some(which) || document.path == which {
        return true;
    }
    let Some(entrant) = plan.only(document) else { return false };
    match CellRef::parse(which) {
        Some(cell) => (cell.sheet, cell.row) == (entrant.source.sheet.clone(), entrant.source.row),
        None => entrant.name().contains(which) || entrant.project.contains(which),
    }
}
