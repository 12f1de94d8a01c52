//! What is wrong, where, how badly, and what mends it.
//!
//! A stage that meets a fault of the user's data records it and goes on, so
//! that everything is reported at once. Each domain of faults has a file with
//! all that is known of them: facts, code, severity, class, remedies, and the
//! sentences in both languages. Only the command line prints them.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::cell::CellRef;
use crate::fact::Fact;

/// The faults of one domain: a row for each with its facts, its code, its
/// severity and its class.
macro_rules! faults {
    (
        $(#[$about:meta])*
        $domain:ident {
            $(
                $(#[$doc:meta])*
                $fault:ident $({ $($(#[$told:meta])* $fact:ident: $kind:ty),* $(,)? })?
                    => $code:literal, $severity:ident, $class:ident;
            )*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each fault's sentence stands below")]
        pub enum $domain {
            $($(#[$doc])* $fault $({ $($(#[$told])* $fact: $kind),* })?,)*
        }

        impl $domain {
            /// The stable name that scripts may rely on.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$fault { .. } => $code,)* }
            }

            /// How much it matters, unless the contest decides otherwise.
            pub fn severity(&self) -> $crate::fault::Severity {
                match self { $(Self::$fault { .. } => $crate::fault::Severity::$severity,)* }
            }

            /// What it lies in.
            pub fn class(&self) -> $crate::fault::Class {
                match self { $(Self::$fault { .. } => $crate::fault::Class::$class,)* }
            }
        }
    };
}

mod contest;
mod documents;
mod environment;
mod facts;
mod glyphs;
mod issued;
mod layout;
mod parts;
mod pdf;
mod reading;
mod register;
mod remedy;
mod rules;
mod sheet;
pub mod wording;

pub use contest::{Contest, PatternFault};
pub use documents::{Burden, Documents};
pub use environment::{Environment, Unread};
pub use facts::Facts;
pub use glyphs::Glyphs;
pub use issued::Issued;
pub use layout::{By, Layout};
pub use parts::{Changed, Parts};
pub use pdf::Pdf;
pub use reading::{Oddity, Reading, Unknown};
pub use register::Register;
pub use remedy::Remedy;
pub use rules::{RULES, Rules};
pub use sheet::{Bound, Sheet};

use wording::Lang;

/// What is wrong, and what to do about it. Where there are remedies, the second
/// leads up to them and is empty if they say it all.
type Pair = (String, String);

/// What a domain tells of its faults beside the table's columns.
trait Domain {
    /// What is wrong, and what to do about it, in `lang`.
    fn sentences(&self, lang: Lang) -> Pair;

    /// What the program can do about it, if it is asked to.
    fn remedies(&self) -> Vec<Remedy> {
        Vec::new()
    }

    /// The other cells of the sheet that it concerns.
    fn others(&self) -> &[CellRef] {
        &[]
    }

    /// The value that a contest allows it by, besides the project and the
    /// organization of a row concerned.
    fn value(&self) -> Option<&str> {
        None
    }
}

/// All domains as one.
macro_rules! domains {
    ($($domain:ident: $about:literal,)*) => {
        /// What happened, with the facts a sentence about it needs.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Kind {
            $(#[doc = $about] $domain($domain),)*
        }

        $(
            impl From<$domain> for Kind {
                fn from(fault: $domain) -> Self {
                    Self::$domain(fault)
                }
            }

            impl From<$domain> for Diagnostics {
                fn from(fault: $domain) -> Self {
                    Diagnostic::new(fault).into()
                }
            }
        )*

        impl Kind {
            /// The stable name that scripts may rely on.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$domain(fault) => fault.code(),)* }
            }

            /// How much it matters, unless the contest decides otherwise.
            pub fn severity(&self) -> Severity {
                match self { $(Self::$domain(fault) => fault.severity(),)* }
            }

            /// What it lies in.
            pub fn class(&self) -> Class {
                match self { $(Self::$domain(fault) => fault.class(),)* }
            }

            fn domain(&self) -> &dyn Domain {
                match self { $(Self::$domain(fault) => fault,)* }
            }
        }
    };
}

domains! {
    Environment: "Files, folders and what was asked of them.",
    Pdf: "A PDF that is to be inspected or verified.",
    Parts: "A package that several machines make in parts.",
    Register: "The register, the key, and what was asked of them.",
    Issued: "What was issued, held against what is to be.",
    Contest: "`contest.toml` and the fonts beside it.",
    Facts: "The facts that templates declare.",
    Sheet: "The file of the award sheet, and its sheets.",
    Layout: "The table: its header, its headings, its rows and columns.",
    Reading: "What stands in the cells of an entrant.",
    Glyphs: "Characters without a font.",
    Rules: "The contest's rules.",
    Documents: "The documents and their templates.",
}

impl Kind {
    /// What the program can do about it, if it is asked to.
    pub fn remedies(&self) -> Vec<Remedy> {
        self.domain().remedies()
    }

    /// The other cells of the sheet that it concerns.
    pub fn others(&self) -> &[CellRef] {
        self.domain().others()
    }

    /// The value that a contest allows it by, besides the project and the
    /// organization of a row concerned.
    pub fn value(&self) -> Option<&str> {
        self.domain().value()
    }
}

/// How much a diagnostic matters; the most serious sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written while it stands.
    Error,
    /// The clerk should look; the work goes on.
    Warning,
    /// What the program did that the clerk may want to know.
    Info,
}

/// What a fault lies in; the exit status follows from it. Whatever decides for
/// many faults sorts last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The user's data, the contest or a template: exit status 1.
    Data,
    /// The environment, but it may pass by itself, so that the same command may
    /// succeed later: exit status 75.
    Transient,
    /// What was asked for: exit status 2.
    Usage,
    /// Files, the register, the key: exit status 2.
    Environment,
}

/// Where a fault is to be mended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A cell of the award sheet.
    Cell(CellRef),
    /// A position in `contest.toml` or a template; line and column count from 1.
    Source {
        /// The file, relative to the contest folder.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A whole file or folder.
    File(PathBuf),
    /// A fact given on the command line for a certificate.
    Fact {
        /// The certificate's number.
        number: String,
        /// The fact.
        fact: Fact,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Cell(cell) => cell.fmt(f),
            Place::Source { file, line, column } => write!(f, "{file}:{line}:{column}"),
            Place::File(path) => path.display().fmt(f),
            Place::Fact { number, fact } => write!(f, "{number} {fact}"),
        }
    }
}

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
    pub fn at_cell(self, cell: &CellRef) -> Self {
        self.at(Place::Cell(cell.clone()))
    }

    /// Concerning a row of the sheet.
    pub fn for_row(mut self, row: &CellRef) -> Self {
        self.rows.push(row.clone());
        self
    }

    /// As serious as the contest takes it.
    pub fn taken_as(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Known to the contest and allowed for a reason.
    pub fn allowed(mut self, reason: &str) -> Self {
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
/// As the `Err` of a `Result` it holds at least one error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Records one diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
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
    pub fn merged(self) -> Self {
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

    #[test]
    fn what_is_allowed_needs_no_remedy() {
        let fault = Diagnostic::new(Glyphs::MissingGlyph { character: '丂' });
        assert_eq!(fault.remedies().len(), 1);
        assert!(fault.wording(Lang::Zh).help.contains("fonts/"));
        let allowed = fault.allowed("已核对");
        assert!(allowed.remedies().is_empty());
        assert_eq!(allowed.wording(Lang::Zh).help, "");
    }
}
