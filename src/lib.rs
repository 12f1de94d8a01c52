//! accolade turns a contest's final award sheet into everything that is
//! printed afterwards: certificates, recommendation letters, notices.
//!
//! The way of the data, each stage a function from a value to a value:
//!
//! ```text
//! award sheet ──workbook──▶ cells ──intake──▶ Roster ──plan──▶ Documents ──press──▶ PDFs ──package──▶ zip
//!                                                       ▲                                      │
//!                                                    register ◀──────────── issued ────────────┘
//! ```
//!
//! Only what passed the stage before can exist. Faults of the user's data are
//! collected as [`Diagnostics`] and reported together; input and output happen
//! at the two ends. [`Folder`] is where the stages are put together: it checks,
//! previews, runs and reissues. [`verify`] comes back from paper, and
//! [`inspect`] measures any finished official document against GB/T 9704.
//! The modules stand in the order they build on one another.

pub mod cell;
mod character;
mod dates;
pub mod fact;
pub mod field;
pub mod form;
mod hex;
mod lang;
pub mod nearest;
mod pdf;
mod tabular;
pub mod unfinished;

pub mod fault;
pub mod noted;

pub mod picture;

pub mod roster;

pub mod template;

pub mod contest;

pub mod fonts;

pub mod attest;

mod workbook;

pub mod intake;

pub mod annotate;

pub mod register;

pub mod plan;

pub mod press;

pub mod package;

pub mod publish;

pub mod inspect;
pub mod verify;

mod step;

pub mod begin;
pub mod office;

pub mod folder;

pub mod report;

pub use fault::Diagnostics;
pub use folder::Folder;
pub use lang::Lang;
