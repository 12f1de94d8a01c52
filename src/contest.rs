//! `contest.toml` → [`Contest`]: everything about one contest, checked.
//!
//! The program itself knows no contest. A `Contest` exists only if the whole
//! file was sound: unknown keys and contradictions are refused together.

mod about;
pub mod columns;
mod documents;
mod facts;
mod file;
mod groups;
mod name;
pub mod pattern;
mod refusals;
mod rules;
mod table;
mod volumes;
mod years;

pub use documents::{Condition, DocumentKind, Each, Printed};
pub use facts::{Declaration, Declarations, Declared};
pub use file::{Contest, FILE};
pub use groups::{Award, AwardCount, County, Group};
pub use name::{Named, find, folded};
pub use rules::{Allowance, ExclusionList, Rules};
pub use volumes::{Edition, Ink, Printer, VolumeKind, VolumeOrder};
