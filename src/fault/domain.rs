//! What a domain of faults is: a table of them, and what it tells of each.

use super::remedy::Remedy;
use crate::cell::CellRef;
use crate::lang::Lang;

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
            $(
                #[doc = concat!("`", $code, "`.\n\n")]
                $(#[$doc])*
                $fault $({ $($(#[$told])* $fact: $kind),* })?,
            )*
        }

        impl $domain {
            /// The stable name that scripts may rely on.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$fault { .. } => $code,)* }
            }

            /// How much it matters, unless the contest decides otherwise.
            pub fn severity(&self) -> $crate::fault::severity::Severity {
                match self { $(Self::$fault { .. } => $crate::fault::severity::Severity::$severity,)* }
            }

            /// What it lies in.
            pub fn class(&self) -> $crate::fault::severity::Class {
                match self { $(Self::$fault { .. } => $crate::fault::severity::Class::$class,)* }
            }
        }
    };
}
pub(super) use faults;

/// What is wrong, and what to do about it. Where there are remedies, the second
/// leads up to them and is empty if they say it all.
pub(super) type Pair = (String, String);

/// What a domain tells of its faults beside the table's columns.
pub(super) trait Domain {
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

    /// What was probably meant by the value in the cell.
    fn meant(&self) -> Option<&str> {
        None
    }

    /// The value that a contest allows it by, besides the project and the
    /// organization of a row concerned.
    fn value(&self) -> Option<&str> {
        None
    }
}
