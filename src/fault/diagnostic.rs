//! One fault or notice with its place and rows, and all of a stage.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::Path;

use super::environment::{Environment, Unread};
use super::kind::Kind;
use super::place::Place;
use super::severity::{Class, Severity};
use crate::cell::CellRef;
use crate::unfinished;

/// One fault or notice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What happened, with its facts.
    pub kind: Kind,
    /// Where to mend it, when one place can be named.
    pub place: Option<Place>,
    /// The rows of the award sheet concerned: the rows `--hold` holds back.
    pub rows: Vec<CellRef>,
    /// Why the contest allows it; it is then no more than a notice.
    pub allowed: Option<String>,
    /// How much it matters to this contest, if not as much as to any.
    severity: Option<Severity>,
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub fn new(kind: impl Into<Kind>) -> Self {
        Self { kind: kind.into(), place: None, rows: Vec::new(), allowed: None, severity: None }
    }

    /// A file or folder that cannot be read.
    pub fn cannot_read(path: &Path, error: &io::Error) -> Self {
        if unfinished::is_in_use(error) {
            return Self::new(Environment::InUse).at(Place::File(path.to_owned()));
        }
        let why = match error.kind() {
            io::ErrorKind::NotFound => Unread::Missing,
            io::ErrorKind::IsADirectory => Unread::Folder,
            io::ErrorKind::PermissionDenied => Unread::Forbidden,
            io::ErrorKind::NotADirectory => Unread::WithinFile,
            io::ErrorKind::InvalidData => Unread::NotText,
            _ => Unread::Otherwise(error.to_string()),
        };
        Self::new(Environment::CannotRead { why }).at(Place::File(path.to_owned()))
    }

    /// A file or folder that cannot be written.
    pub fn cannot_write(path: &Path, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Environment::DiskFull,
            _ if unfinished::is_in_use(error) => Environment::InUse,
            cause => Environment::CannotWrite { cause, error: error.to_string() },
        };
        Self::new(kind).at(Place::File(path.to_owned()))
    }

    /// At a place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// At a cell of the sheet.
    pub(crate) fn at_cell(self, cell: &CellRef) -> Self {
        self.at(Place::Cell(cell.clone()))
    }

    /// Concerning a row of the sheet.
    pub(crate) fn for_row(mut self, row: &CellRef) -> Self {
        self.rows.push(row.clone());
        self
    }

    /// As serious as the contest takes it.
    pub(crate) fn taken_as(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Known to the contest and allowed for a reason.
    pub(crate) fn allowed(mut self, reason: &str) -> Self {
        self.allowed = Some(reason.to_owned());
        self.taken_as(Severity::Info)
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.severity.unwrap_or_else(|| self.kind.severity())
    }
}

/// All diagnostics of a stage, in the order they were found.
///
/// As the `Err` of a `Result` it holds at least one error. As text it is in
/// English.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(pub(super) Vec<Diagnostic>);

impl Diagnostics {
    /// Records one diagnostic.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether anything forbids to go on.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    /// The class of them all, which decides the exit status: that of any fault
    /// of the environment or the command line before one of the data, and
    /// transient only if nothing stands in the way that will not pass.
    pub fn class(&self) -> Class {
        self.iter().map(|diagnostic| diagnostic.kind.class()).max().unwrap_or(Class::Data)
    }

    /// The diagnostics in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// The rows that some error concerns.
    pub fn rows_in_error(&self) -> BTreeSet<CellRef> {
        self.iter()
            .filter(|diagnostic| diagnostic.severity() == Severity::Error)
            .flat_map(|diagnostic| diagnostic.rows.iter().cloned())
            .collect()
    }

    /// One diagnostic for each fault: those that say the same of the same
    /// place become one that names all rows concerned.
    pub(crate) fn merged(self) -> Self {
        let mut merged: Vec<Diagnostic> = Vec::new();
        let mut known: HashMap<Diagnostic, usize> = HashMap::new();
        for diagnostic in self.0 {
            let key = Diagnostic { rows: Vec::new(), ..diagnostic.clone() };
            if let Some(&index) = known.get(&key) {
                let rows = &mut merged[index].rows;
                rows.extend(diagnostic.rows);
                rows.sort();
                rows.dedup();
            } else {
                known.insert(key, merged.len());
                merged.push(diagnostic);
            }
        }
        Self(merged)
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl<T: Into<Kind>> From<T> for Diagnostics {
    fn from(fault: T) -> Self {
        Diagnostic::new(fault).into()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, iter: T) {
        self.0.extend(iter);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::super::parts::Parts;
    use super::super::reading::Reading;
    use super::*;
    use crate::field::Field;

    #[test]
    fn the_same_fault_in_many_rows_is_one_diagnostic() {
        let sheet = "奖".into();
        let fault = |row| {
            Diagnostic::new(Reading::MissingValue { field: Field::Award })
                .at_cell(&CellRef::new(&sheet, 4, 2))
                .for_row(&CellRef::new(&sheet, row, 3))
        };
        let mut diagnostics = Diagnostics::default();
        diagnostics.extend([fault(5), fault(4), fault(4)]);
        let merged: Vec<_> = diagnostics.merged().into_iter().collect();
        assert_eq!(merged.len(), 1);
        assert_eq!(merged[0].rows, [CellRef::new(&sheet, 4, 3), CellRef::new(&sheet, 5, 3)]);
    }

    #[test]
    fn what_will_not_pass_decides_over_what_may() {
        let mut diagnostics = Diagnostics::default();
        assert_eq!(diagnostics.class(), Class::Data);
        diagnostics.push(Diagnostic::new(Reading::MissingValue { field: Field::Award }));
        assert_eq!(diagnostics.class(), Class::Data);
        diagnostics.push(Diagnostic::new(Parts::PartMissing));
        assert_eq!(diagnostics.class(), Class::Transient);
        diagnostics.push(Diagnostic::new(Parts::PartDamaged));
        assert_eq!(diagnostics.class(), Class::Environment);
    }
}
