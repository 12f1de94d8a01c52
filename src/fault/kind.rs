//! Any fault, whichever domain it is of.

use super::contest::Contest;
use super::corrections::Corrections;
use super::documents::Documents;
use super::domain::Domain;
use super::environment::Environment;
use super::facts::Facts;
use super::glyphs::Glyphs;
use super::issued::Issued;
use super::layout::Layout;
use super::parts::Parts;
use super::pdf::Pdf;
use super::reading::Reading;
use super::register::Register;
use super::remedy::Remedy;
use super::rules::Rules;
use super::severity::{Class, Severity};
use super::sheet::Sheet;
use crate::cell::CellRef;

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

            pub(super) fn domain(&self) -> &dyn Domain {
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
    Issued: "What was issued, compared with what is to be.",
    Contest: "`contest.toml` and the fonts beside it.",
    Facts: "The facts that templates declare.",
    Sheet: "The file of the award sheet, and its sheets.",
    Corrections: "`corrections.csv`.",
    Layout: "The table: its header, its headings, its rows and columns.",
    Reading: "What stands in the cells of an entrant.",
    Glyphs: "Characters without a font.",
    Rules: "The contest's rules.",
    Documents: "The documents and their templates.",
}

impl Kind {
    /// What the program can do about it, if it is asked to.
    pub(crate) fn remedies(&self) -> Vec<Remedy> {
        self.domain().remedies()
    }

    /// The other cells of the sheet that it concerns.
    pub fn others(&self) -> &[CellRef] {
        self.domain().others()
    }

    /// What was probably meant by the value in the cell.
    pub(crate) fn meant(&self) -> Option<&str> {
        self.domain().meant()
    }

    /// The value that a contest allows it by, besides the project and the
    /// organization of a row concerned.
    pub(crate) fn value(&self) -> Option<&str> {
        self.domain().value()
    }
}
