//! Faults in the order in which people want to read them, and as values for
//! programs and pages.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cell::CellRef;
use crate::fact::Fact;
use crate::fault::wording::Wording;
use crate::fault::{Diagnostic, Diagnostics, Place, Remedy};
use crate::lang::Lang;

/// The most serious first, those of a kind together, then as they were found.
pub fn grouped(diagnostics: &Diagnostics) -> Vec<Vec<&Diagnostic>> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        first.entry(diagnostic.kind.code()).or_insert(index);
    }
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| (diagnostic.severity(), first[diagnostic.kind.code()]));
    let alike =
        sorted.chunk_by(|a, b| a.severity() == b.severity() && a.kind.code() == b.kind.code());
    alike.map(<[_]>::to_vec).collect()
}

/// A fault for programs and pages.
#[derive(Debug, Clone, Serialize)]
pub struct FaultReport {
    severity: &'static str,
    /// Its stable name.
    pub(super) code: &'static str,
    cell: Option<CellRef>,
    /// What stands in the cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The other cells concerned.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<CellRef>,
    pub(super) file: Option<String>,
    pub(super) line: Option<usize>,
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<Fact>,
    rows: Vec<CellRef>,
    message: String,
    help: String,
    /// What the program can do about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remedies: Vec<Remedy>,
}

impl FaultReport {
    /// An error that no stage has found and that has no place.
    pub fn error(code: &'static str, wording: Wording) -> Self {
        Self {
            severity: "error",
            code,
            cell: None,
            text: None,
            others: Vec::new(),
            file: None,
            line: None,
            column: None,
            number: None,
            fact: None,
            rows: Vec::new(),
            message: wording.message,
            help: wording.help,
            remedies: Vec::new(),
        }
    }

    /// A fault in words, each remedy in its help as `show` puts it.
    pub fn new(
        diagnostic: &Diagnostic,
        lang: Lang,
        show: impl Fn(&Remedy, Lang) -> String,
    ) -> Self {
        let wording = diagnostic.wording_with(lang, show);
        let mut report = Self {
            severity: diagnostic.severity().name(),
            others: diagnostic.kind.others().to_vec(),
            rows: diagnostic.rows.clone(),
            remedies: diagnostic.remedies(),
            ..Self::error(diagnostic.kind.code(), wording)
        };
        match &diagnostic.place {
            Some(Place::Cell(cell)) => report.cell = Some(cell.clone()),
            Some(Place::Source { file, line, column }) => {
                report.file = Some(file.clone());
                (report.line, report.column) = (Some(*line), Some(*column));
            }
            Some(Place::File(path)) => report.file = Some(path.display().to_string()),
            Some(Place::Fact { number, fact }) => {
                (report.number, report.fact) = (Some(number.clone()), Some(*fact));
            }
            None => {}
        }
        report
    }

    /// The same, with what stands in its cell.
    #[must_use]
    pub fn with_text(mut self, texts: &BTreeMap<CellRef, String>) -> Self {
        self.text = self.cell.as_ref().and_then(|cell| texts.get(cell).cloned());
        self
    }
}
