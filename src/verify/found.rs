//! What is found out of certificates and packages.

use serde::Serialize;

use crate::fact::{Difference, Fact};

/// What became of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The organizer says what it says, and nothing later is known.
    Genuine,
    /// Its code is genuine and nothing later is known; but the file is not the
    /// one that was issued, so what stands beside the facts nobody can tell.
    Copy,
    /// It was, until a later revision took its place.
    Superseded,
    /// It was, until its number was revoked.
    Revoked,
    /// It says what the organizer never signed.
    Altered,
    /// The organizer never issued it.
    Unknown,
}

/// Which file a certificate stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The very file that was issued.
    Original,
    /// A file with a signature that is not the organizer's for it: it was saved
    /// anew, stamped, or forged.
    Changed,
    /// A file without it: printed, merged, stripped of its metadata, or forged.
    Unsigned,
    /// A photo: of what it shows nothing but the code was read.
    Photo,
}

/// What was found out about one certificate.
#[derive(Debug, Clone, Serialize)]
pub struct Verification {
    /// What became of it.
    pub verdict: Verdict,
    /// The page of the PDF that it stands on, from 1; `None` for a text or a photo.
    pub page: Option<usize>,
    /// Which file it stands in; `None` for a text.
    pub file: Option<Origin>,
    /// Whether a register or a status list was there to say that it counts.
    pub current: bool,
    /// The revision that counts instead, where it is superseded.
    pub revision: Option<u32>,
    /// What the organizer signed; empty if nothing.
    pub facts: Vec<(Fact, String)>,
    /// In what it differs: `was` is what the organizer says, `now` what it says
    /// itself, as far as that can be told.
    pub altered: Vec<Difference>,
    /// The facts that its page was found to show. Of an original nothing is
    /// compared: it was proved when it was made.
    pub compared: Vec<Fact>,
    /// The facts that only a person can compare.
    pub unclear: Vec<Fact>,
}

/// What was found out about a package.
#[derive(Debug, Clone, Serialize)]
pub struct PackageVerification {
    /// The worst of what is in it.
    pub verdict: Verdict,
    /// Whether a register or a status list was there to ask.
    pub current: bool,
    /// How many certificates it holds.
    pub certificates: usize,
    /// Stands for all of them.
    pub root: Option<String>,
    /// Files that are not what the manifest says, or that it does not know.
    pub files: Vec<String>,
    /// Every certificate that does not count, by number.
    pub retired: Vec<(String, Verification)>,
}

/// What was found out.
#[derive(Debug, Clone)]
pub enum Verified {
    /// Of a certificate.
    Certificate(Verification),
    /// Of each certificate of a PDF or a photo that shows several, page by page.
    Certificates(Vec<Verification>),
    /// Of a package.
    Package(PackageVerification),
}

impl Verified {
    /// Of each certificate that was found; `None` if there is none.
    pub(super) fn of(mut findings: Vec<Verification>) -> Option<Self> {
        match findings.len() {
            0 => None,
            1 => Some(Verified::Certificate(findings.remove(0))),
            _ => Some(Verified::Certificates(findings)),
        }
    }
}
