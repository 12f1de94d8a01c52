//! The register: the only place that knows what has been issued.
//!
//! A log in SQLite that is only ever appended to, each entry with the hash of
//! the one before. What stands in it is folded into a [`Ledger`]. A number is
//! reserved when its package is complete but has no name yet, and issued once
//! it has, so that a number which may be on paper is always known here.
//!
//! The only module that knows SQLite.

mod holder;
mod ledger;
mod log;
mod record;
mod store;

pub use holder::Holder;
pub use ledger::{Certificate, Copy, Ledger, Status};
pub use log::{FILE, Register, Snapshot};
pub(crate) use record::Reservation;
pub(crate) use record::seconds;
pub use record::{Action, LogEntry};
