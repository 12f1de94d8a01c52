//! What was found and done, as values: the same for a terminal, for programs
//! and for a page. Nothing here draws, prints or knows who reads it.

pub mod account;
pub mod certificate;
pub mod check;
pub mod difference;
pub mod faults;
pub mod form;
pub mod grid;
pub mod inspect;
pub mod preview;
pub mod progress;
pub mod register;
pub mod reissue;
pub mod verify;
