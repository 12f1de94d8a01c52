//! accolade turns a contest's final award sheet into everything that is
//! printed afterwards: certificates, recommendation letters, notices. It reads
//! and checks the sheet, typesets every document, proves every page, and writes
//! one zip.
//!
//! # A package
//!
//! A contest is a folder: `contest.toml`, the award sheet beside it, and the
//! register of what was issued. [`Folder`] is where the work begins.
//!
//! ```
//! use std::{num::NonZeroUsize, ops::ControlFlow};
//! use accolade::folder::{Order, Purpose, Selection, Target};
//! use accolade::{Diagnostics, Folder, begin};
//! use jiff::Timestamp;
//!
//! # fn main() -> Result<(), Diagnostics> {
//! # let place = tempfile::tempdir().unwrap();
//! # let mine = &place.path().join("mine");
//! let example = begin::Example::named("least").expect("it is built in");
//! begin::from_example(mine, &example, false)?;
//! let (folder, sheet) = Folder::open_with_sheet(mine, None)?;
//! assert!(!folder.check(&sheet, &[])?.diagnostics.has_errors());
//! let order = Order {
//!     selection: Selection::default(), // everything
//!     purpose: Purpose::Issue,
//!     target: Target { folder: mine.join("out"), replace: false },
//!     threads: NonZeroUsize::MIN,
//!     now: Timestamp::now(),
//! };
//! let account = folder.run(&sheet, &order, |_step| ControlFlow::Continue(()))?;
//! assert!(account.package.is_file());
//! # Ok(())
//! # }
//! ```
//!
//! Each certificate now has its number for ever, and the register knows it.
//! [`Purpose::Draft`](folder::Purpose::Draft) makes specimens instead, which use
//! no number. [`Folder::propose`] and [`Folder::apply`] make a corrected
//! certificate anew, [`office`] revokes one, [`verify`] comes back from a file or
//! a photo, and [`inspect`] measures any finished official document against
//! GB/T 9704.
//!
//! # Faults
//!
//! What is wrong with the user's files is collected and told together, as
//! [`Diagnostics`]. An `Err` holds at least one error. What comes with a result
//! has warnings and notices, and may have errors: those of the sheet that
//! [`Folder::check`] was asked about, or of rows that a run
//! [withheld](folder::Selection::withhold). Each fault has a code that stays the
//! same, a place, the rows concerned, and a sentence in Chinese and English;
//! [`FaultReport`](report::faults::FaultReport) is the whole as JSON.
//!
//! ```
//! use accolade::fault::Remedy;
//! use accolade::report::faults::FaultReport;
//! use accolade::{Folder, Lang};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let place = tempfile::tempdir()?;
//! # let mine = place.path();
//! std::fs::write(mine.join("contest.toml"), "[contest]\nnmae = \"Photos\"\n")?;
//! let faults = Folder::open(mine).err().expect("there is no such key");
//! let fault = faults.iter().find(|fault| fault.kind.code() == "unknown-key").unwrap();
//! assert_eq!(fault.place.as_ref().unwrap().to_string(), "contest.toml:2:1");
//! assert!(fault.wording(Lang::Zh).message.contains("nmae"));
//! let json = serde_json::to_value(FaultReport::new(fault, Lang::En, Remedy::sentence))?;
//! assert_eq!(json["line"], 2);
//! # Ok(())
//! # }
//! ```
//!
//! # The way of the data
//!
//! Each stage is a function from a value to a value, and only what passed the
//! stage before can exist. Input and output happen at the two ends.
//!
//! ```text
//! award sheet ──workbook──▶ cells ──intake──▶ Roster ──plan──▶ Documents ──press──▶ PDFs ──package──▶ zip
//!                                                       ▲                                      │
//!                                                    register ◀──────────── issued ────────────┘
//! ```
//!
//! The library prints nothing, reads neither arguments nor environment nor
//! clock, and needs no network and no font of the system. The time is the
//! caller's, a [`jiff`] 0.2 `Timestamp`.
//!
//! # The feature
//!
//! `command`, on by default, builds the `accolade` command with its page for
//! clerks. For the library alone turn it off:
//!
//! ```toml
//! accolade = { version = "0.1", default-features = false }
//! ```
//!
//! # What is for whom
//!
//! Another program begins with [`Folder`], [`begin`], [`office`], [`verify`],
//! [`inspect`], [`publish`] and [`register`]; their results are values of
//! [`fault`], [`roster`], [`report`], and [`package`]. The stages that they put
//! together ([`intake`], [`plan`], [`press`], [`attest`], [`template`],
//! [`fonts`]) and what the command and its page need besides ([`annotate`],
//! [`picture`], [`nearest`], [`unfinished`]) are public for accolade's own
//! command, tests and benchmarks, and may change with any version. The modules
//! stand in the order they build on one another.

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
