//! What the contest makes of each fault: how serious it is, or why it is none.

use std::collections::HashMap;

use crate::cell::CellRef;
use crate::contest::{Allowance, Contest};
use crate::fault::{self, Diagnostic, Diagnostics, Severity};
use crate::roster::Entrant;

/// Faults as the contest takes them.
pub(in super::super) struct Judged<'a> {
    pub faults: Diagnostics,
    /// The allowances that nothing came of.
    pub unused: Vec<&'a Allowance>,
}

/// Gives every fault the contest's severity, drops those of rules that are off,
/// and lets pass what is allowed.
pub(in super::super) fn judge<'a>(
    faults: Diagnostics,
    entrants: &[Entrant],
    contest: &'a Contest,
) -> Judged<'a> {
    let rules = &contest.rules;
    let rows: HashMap<&CellRef, &Entrant> =
        entrants.iter().map(|entrant| (&entrant.source, entrant)).collect();
    let mut unused: Vec<&Allowance> = rules.allowed.iter().collect();
    let mut judged = Diagnostics::default();
    for fault in faults {
        let allowance = rules.allowed.iter().find(|one| concerns(one, &fault, &rows));
        unused.retain(|one| !concerns(one, &fault, &rows));
        match (allowance, rules.severity(fault.kind.code())) {
            (_, Some(None)) => {}
            (Some(allowance), _) => judged.push(fault.allowed(&allowance.reason)),
            (None, Some(Some(severity))) => judged.push(fault.taken_as(severity)),
            (None, None) => judged.push(fault),
        }
    }
    Judged { faults: judged, unused }
}

impl Judged<'_> {
    /// The faults, and a warning for each allowance that nothing came of.
    pub(in super::super) fn with_unused(self, contest: &Contest) -> Diagnostics {
        let mut faults = self.faults;
        for allowance in self.unused {
            let (code, value) = (allowance.code.clone(), allowance.value.clone());
            let fault = Diagnostic::new(fault::Contest::AllowanceUnused { code, value });
            let severity = contest.rules.severity(fault.kind.code());
            if let Some(severity) = severity.unwrap_or(Some(Severity::Warning)) {
                faults.push(fault.at(allowance.place.clone()).taken_as(severity));
            }
        }
        faults
    }
}

/// Whether the allowance is for this fault: for its own value, or for the
/// project or organization of a row it concerns.
fn concerns(allowance: &Allowance, fault: &Diagnostic, rows: &HashMap<&CellRef, &Entrant>) -> bool {
    let names = |row| {
        rows.get(row).is_some_and(|entrant| {
            entrant.project == allowance.value || entrant.organization == allowance.value
        })
    };
    allowance.code == fault.kind.code()
        && (fault.kind.value() == Some(&allowance.value) || fault.rows.iter().any(names))
}
