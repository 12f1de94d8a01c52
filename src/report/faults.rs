//! Faults in the order in which people want to read them.

use std::collections::BTreeMap;

use crate::fault::{Diagnostic, Diagnostics};

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
