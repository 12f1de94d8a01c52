//! Where a fault is to be mended.

use std::fmt;
use std::path::PathBuf;

use crate::cell::CellRef;
use crate::fact::Fact;

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
