//! Roster + contest + register → [`Plan`]: which documents there are, for whom,
//! under which number and path, in which order.
//!
//! Another program gets its results from [`Folder`](crate::Folder); the plan
//! itself is public for accolade's own tests and benchmarks.

mod another;
mod continuation;
mod document;
mod filename;
mod filler;
mod frozen;
mod holders;
mod matching;
mod numbered;
mod numbering;
mod past;
mod profile;
pub(crate) mod selection;
mod strangers;
mod subject;
mod volumes;
mod whole;

pub use continuation::{Change, Continuation, Mode, Typed};
pub use document::Document;
pub(crate) use document::{Issued, PlannedCertificate};
pub(crate) use filename::file_name;
pub use frozen::{Frozen, MOST_PARTS, Untrue};
pub(crate) use past::names_of;
pub(crate) use selection::Selection;
pub(crate) use subject::{Person, person_keys};
pub use volumes::Volume;
pub use whole::Plan;
