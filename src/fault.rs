//! What is wrong, where, how badly, and what mends it.
//!
//! A stage that meets a fault of the user's data records it and goes on, so
//! that everything is reported at once. Each domain of faults has a file with
//! all that is known of them: facts, code, severity, class, remedies, and the
//! sentences in both languages.
//!
//! [`Diagnostics`] is the error of nearly every call of this crate;
//! [`Diagnostic::wording`] puts one into words. [`Kind::code`] tells it to
//! programs, and stays the same from version to version; the variants of the
//! kinds do not.

mod contest;
mod corrections;
mod diagnostic;
mod documents;
mod domain;
mod environment;
mod facts;
mod glyphs;
mod issued;
mod kind;
mod lang;
mod layout;
mod parts;
mod pdf;
mod phrases;
mod place;
mod reading;
mod register;
mod remedy;
mod rules;
mod scripts;
mod severity;
mod sheet;
pub mod wording;

pub use contest::{Contest, PatternFault};
pub use corrections::Corrections;
pub use diagnostic::{Diagnostic, Diagnostics};
pub use documents::{Burden, Documents};
pub use environment::{Environment, Unread};
pub use facts::Facts;
pub use glyphs::Glyphs;
pub use issued::{Candidate, Issued};
pub use kind::Kind;
pub use layout::{By, Layout};
pub use parts::{Changed, Parts};
pub use pdf::Pdf;
pub use place::Place;
pub use reading::{Oddity, Reading, Unknown};
pub use register::Register;
pub use remedy::Remedy;
pub(crate) use rules::RULES;
pub use rules::Rules;
pub use severity::{Class, Severity};
pub use sheet::Sheet;

pub use crate::workbook::Bound;
