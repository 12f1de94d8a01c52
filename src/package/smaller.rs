//! A package that would take the place of one that holds more.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;
use zip::ZipArchive;

use super::list::MANIFEST;
use super::read::content;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::plan::{Document, Plan};
use crate::register::Ledger;

/// Makes sure that nothing would be lost if the package of `plan` took the place
/// of what stands at `place`: no certificate, and of no kind of document are
/// there fewer. Whatever is no package may be replaced.
///
/// # Errors
/// What would be lost.
pub(crate) fn refuse_smaller(
    place: &Path,
    plan: &Plan<'_>,
    ledger: &Ledger,
) -> Result<(), Diagnostics> {
    let Some(there) = holdings(place) else { return Ok(()) };
    let numbers: HashSet<&str> = plan.documents.iter().filter_map(Document::number).collect();
    let mut left: HashMap<&str, usize> = HashMap::new();
    for document in &plan.documents {
        *left.entry(&plan.kind(document).name).or_default() += 1;
    }
    for volume in plan.volumes() {
        // One that is bound otherwise may have fewer parts.
        left.insert(&plan.definition(&volume).name, usize::MAX);
    }
    let mut lost = Vec::new();
    for held in there {
        let rest = left.get_mut(held.kind.as_str()).filter(|rest| **rest > 0);
        let counted = rest.map(|rest| *rest -= 1).is_some();
        // Drafts have no numbers of their own.
        let number = held.number.as_deref().filter(|_| plan.key.is_some());
        let kept = match number {
            Some(number) => {
                let revoked = ledger.get(number).is_some_and(|it| it.revoked.is_some());
                numbers.contains(number) || revoked
            }
            None => counted,
        };
        if !kept {
            lost.push(number.map_or(held.path, str::to_owned));
        }
    }
    if lost.is_empty() {
        return Ok(());
    }
    Err(Diagnostic::new(fault::Environment::SmallerPackage { lost })
        .at(Place::File(place.to_owned()))
        .into())
}

/// What a package says it holds; `None` if there is none.
fn holdings(place: &Path) -> Option<Vec<ListedDocument>> {
    #[derive(Deserialize)]
    struct Holdings {
        documents: Vec<ListedDocument>,
    }
    let file = place.is_file().then(|| fs::File::open(place).ok()).flatten()?;
    let manifest = content(&mut ZipArchive::new(file).ok()?, MANIFEST)?;
    serde_json::from_slice(&manifest).ok().map(|Holdings { documents }| documents)
}

/// What a manifest says of one PDF, of which no more is needed here.
#[derive(Deserialize)]
struct ListedDocument {
    kind: String,
    number: Option<String>,
    path: String,
}
