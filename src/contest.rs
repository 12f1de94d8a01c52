//! `contest.toml` → [`Contest`]: everything about one contest, checked.
//!
//! The program itself knows no contest. A `Contest` exists only if the whole
//! file was sound: unknown keys and contradictions are refused together.

mod about;
pub mod columns;
mod documents;
mod each;
pub mod edit;
mod facts;
mod fields;
mod file;
mod groups;
mod keys;
mod language;
mod name;
mod next;
pub mod path;
pub(crate) mod pattern;
mod quotation;
mod recipient;
mod refusals;
mod rules;
mod table;
mod volumes;
mod words;
mod written;
mod years;

pub use documents::DocumentKind;
pub(crate) use documents::ListColumn;
pub(crate) use each::Each;
pub use facts::{Declaration, Declarations, Declared, FromContest, Word};
pub(crate) use fields::FieldKind;
pub use fields::Fields;
pub(crate) use file::STANDARDS;
pub use file::{Contest, FILE};
pub use groups::{Award, County, Group};
pub(crate) use keys::Keys;
pub use language::Language;
pub(crate) use name::{Named, find, folded};
pub(crate) use next::next;
pub(crate) use recipient::Recipient;
pub(crate) use rules::Allowance;
pub use rules::{ExclusionList, Rules};
pub use volumes::VolumeKind;
pub(crate) use volumes::{Edition, Ink, Printer, VolumeOrder};
pub(crate) use words::{ForWhom, Voice};
pub(crate) use written::Written;
