//! What a certificate says, as text that proves itself.
//!
//! An [`Attestation`] states every printed fact in a line of its own, as a
//! person reads it, and ends with the organizer's Ed25519 signature over the
//! lines before. It is what the code on a certificate holds, and what a check
//! page, a phone or `accolade verify` reads back.

mod attestation;
pub mod code;
pub(crate) mod digits;
pub(crate) mod key;
pub(crate) mod link;
pub(crate) mod on_page;
pub(crate) mod seal;
mod statement;

pub use attestation::Attestation;
pub use key::{Key, PublicKey, Signature, SigningDomain};
pub use on_page::OnPage;
pub use statement::Statement;
pub(crate) use statement::{line, root};
