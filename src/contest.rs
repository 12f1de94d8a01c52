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
pub mod pattern;
mod quotation;
mod recipient;
mod refusals;
mod rules;
mod table;
mod volumes;
mod words;
mod written;
mod years;

pub use documents::{Condition, DocumentKind, ListColumn};
pub use each::Each;
pub use facts::{Declaration, Declarations, Declared, FromContest, Word};
pub use fields::{FieldKind, Fields};
pub use file::{Contest, FILE, STANDARDS};
pub use groups::{Award, AwardCount, County, Group};
pub use keys::Keys;
pub use language::Language;
pub use name::{Named, find, folded};
pub use next::next;
pub use recipient::Recipient;
pub use rules::{Allowance, ExclusionList, Rules};
pub use volumes::{Edition, Ink, Printer, VolumeKind, VolumeOrder};
pub use words::{ForWhom, Voice, Words};
pub use written::Written;
