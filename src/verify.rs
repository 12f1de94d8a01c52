//! From paper back: is a certificate genuine, and does it still count?

use std::fs::{self, File};
use std::io;
use std::path::Path;

use serde::Serialize;

use crate::attest::{self, Attestation, PublicKey};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place};
use crate::fact::{Difference, Fact};
use crate::field::Field;
use crate::package::{self, Opened};
use crate::publish::StatusList;
use crate::register::{Ledger, Register, Status};

mod pdf;

/// Whose signatures count, and what is known of what they signed.
pub struct Trust {
    keys: Vec<PublicKey>,
    known: Known,
}

enum Known {
    Register(Register),
    List(StatusList),
    Nothing,
}

/// What became of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The organizer says what it says, and nothing later is known.
    Genuine,
    /// It was, until a later revision took its place.
    Superseded,
    /// It was, until its number was revoked.
    Revoked,
    /// It says what the organizer never signed.
    Altered,
    /// The organizer never issued it.
    Unknown,
}

/// What was found out about one certificate.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// What became of it.
    pub verdict: Verdict,
    /// Whether a register or a status list was there to say that it counts.
    pub current: bool,
    /// The revision that counts instead, where it is superseded.
    pub revision: Option<u32>,
    /// What the organizer signed; empty if nothing.
    pub facts: Vec<(Fact, String)>,
    /// In what it differs: `was` is what the organizer says, `now` what it says
    /// itself, as far as that can be told.
    pub altered: Vec<Difference>,
}

/// What was found out about a package.
#[derive(Debug, Clone, Serialize)]
pub struct PackageFinding {
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
    pub retired: Vec<(String, Finding)>,
}

/// What was found out.
#[derive(Debug, Clone)]
pub enum Found {
    /// Of a certificate.
    Certificate(Finding),
    /// Of a package.
    Package(PackageFinding),
}

impl Trust {
    /// Trust in the register of a contest folder, in a status list, or, without
    /// either, in a key alone.
    ///
    /// Errors: what is named cannot be read, or nothing is named.
    pub fn new(register: Option<&Path>, key: Option<PublicKey>) -> Result<Self, Diagnostics> {
        let (mut keys, known) = match register {
            Some(path) if path.is_dir() => {
                let register = Register::open(path)?;
                (register.ledger().keys().to_vec(), Known::Register(register))
            }
            Some(path) => {
                let text = fs::read_to_string(path)
                    .map_err(|error| Diagnostic::cannot_read(path, &error))?;
                let (list, keys) = StatusList::parse(path, &text)?;
                (keys, Known::List(list))
            }
            None => (Vec::new(), Known::Nothing),
        };
        keys.extend(key);
        if keys.is_empty() { Err(Kind::KeyUnknown.into()) } else { Ok(Self { keys, known }) }
    }

    fn ledger(&self) -> Option<&Ledger> {
        match &self.known {
            Known::Register(register) => Some(register.ledger()),
            Known::List(_) | Known::Nothing => None,
        }
    }

    fn can_tell(&self) -> bool {
        !matches!(self.known, Known::Nothing)
    }
}

/// Verifies a certificate's PDF or a package.
///
/// Errors: the file cannot be read, or is neither.
pub fn file(path: &Path, trust: &Trust) -> Result<Found, Diagnostics> {
    let cannot_read = |error: io::Error| Diagnostic::cannot_read(path, &error);
    let mut begin = Vec::new();
    let file = File::open(path).map_err(cannot_read)?;
    io::Read::read_to_end(&mut io::Read::take(file, 1024), &mut begin).map_err(cannot_read)?;
    if begin.starts_with(b"PK") {
        return whole(path, trust).map(Found::Package);
    }
    if begin.windows(5).any(|window| window == b"%PDF-") {
        let bytes = fs::read(path).map_err(cannot_read)?;
        if let Some(finding) = page(bytes, trust) {
            return Ok(Found::Certificate(finding));
        }
    }
    Err(Diagnostic::new(Kind::NotVerifiable).at(Place::File(path.to_owned())).into())
}

/// Verifies the text or the link that a certificate's code holds; `None` if it
/// is neither.
pub fn text(text: &str, trust: &Trust) -> Option<Finding> {
    let text = attest::link::read(text).unwrap_or_else(|| text.to_owned());
    Some(attestation(&Attestation::parse(&text)?, trust))
}

fn attestation(claim: &Attestation, trust: &Trust) -> Finding {
    let number = claim.statement.get(Fact::Number).unwrap_or_default();
    let issued = trust.ledger().and_then(|ledger| ledger.get(number));
    let mut finding = Finding {
        verdict: Verdict::Altered,
        current: trust.can_tell(),
        revision: None,
        facts: Vec::new(),
        altered: Vec::new(),
    };
    let revision = claim.statement.revision().unwrap_or(1);
    // What was issued as this revision, to say in what a forgery differs.
    let true_copy = issued.map(|issued| {
        let same = issued.copies.iter().rev().find(|copy| copy.revision == revision);
        same.unwrap_or(issued.current())
    });
    let true_text = issued
        .is_none_or(|issued| issued.copies.iter().any(|copy| copy.attestation.text == claim.text));
    if !claim.is_signed_by(&trust.keys) || !true_text {
        if let Some(copy) = true_copy {
            finding.altered = copy.attestation.statement.differences(&claim.statement);
            finding.facts = copy.attestation.statement.facts().to_vec();
        } else if trust.ledger().is_some() {
            finding.verdict = Verdict::Unknown;
        }
        return finding;
    }
    finding.facts = claim.statement.facts().to_vec();
    let (status, current) = match (&trust.known, issued) {
        (Known::Register(_), Some(issued)) => {
            (Some(issued.status(revision)), Some(issued.current().revision))
        }
        (Known::Register(_), None) => (None, None),
        (Known::List(list), _) => {
            let (status, current) = list.status(number, revision);
            (Some(status), current)
        }
        (Known::Nothing, _) => (Some(Status::Valid), None),
    };
    finding.verdict = match status {
        Some(Status::Valid) => Verdict::Genuine,
        Some(Status::Superseded) => Verdict::Superseded,
        Some(Status::Revoked) => Verdict::Revoked,
        None => Verdict::Unknown,
    };
    finding.revision = current.filter(|_| finding.verdict == Verdict::Superseded);
    finding
}

/// A certificate's PDF: the code on its pages, and whether the pages say what
/// the code says.
fn page(bytes: Vec<u8>, trust: &Trust) -> Option<Finding> {
    let pages = pdf::read(bytes)?;
    let claim = pages.codes.iter().find_map(|code| {
        let text = attest::link::read(code).unwrap_or_else(|| code.clone());
        Attestation::parse(&text)
    })?;
    let mut finding = attestation(&claim, trust);
    let signed = &claim.statement;
    let unread = signed.facts().iter().filter(|(fact, text)| !pages.show(*fact, text));
    let unread = unread.map(|(fact, text)| Difference {
        fact: *fact,
        was: text.clone(),
        now: String::new(),
    });
    finding.altered.extend(unread.collect::<Vec<_>>());
    // Every field may be there and something else beside it.
    let sealed = pages.sealed(&claim, &trust.keys);
    if !finding.altered.is_empty() || !sealed {
        finding.verdict = finding.verdict.max(Verdict::Altered);
    }
    Some(finding)
}

fn whole(path: &Path, trust: &Trust) -> Result<PackageFinding, Diagnostics> {
    let mut opened = Opened::open(path)?;
    let mut finding = PackageFinding {
        verdict: Verdict::Genuine,
        current: trust.can_tell(),
        certificates: 0,
        root: None,
        files: Vec::new(),
        retired: Vec::new(),
    };
    if !opened.is_signed_by(&trust.keys) {
        finding.verdict = Verdict::Altered;
        finding.files.push(package::MANIFEST.to_owned());
        return Ok(finding);
    }
    finding.files = opened.strange_files()?;
    let claims = opened.statements();
    let claims: Vec<_> = claims.iter().filter_map(|text| Attestation::parse(text)).collect();
    finding.certificates = claims.len();
    let root = attest::root(claims.iter().map(|claim| &claim.statement));
    if opened.root() != Some(root.as_str()) {
        finding.files.push(package::MANIFEST.to_owned());
    }
    finding.root = Some(root);
    for claim in &claims {
        let found = attestation(claim, trust);
        finding.verdict = finding.verdict.max(found.verdict);
        if found.verdict != Verdict::Genuine {
            let number = claim.statement.get(Fact::Number).unwrap_or_default().to_owned();
            finding.retired.push((number, found));
        }
    }
    if !finding.files.is_empty() {
        finding.verdict = finding.verdict.max(Verdict::Altered);
    }
    Ok(finding)
}

/// The texts that a page shows of a fact: one for each of several names.
fn pieces(fact: Fact, text: &str) -> Vec<&str> {
    match fact {
        Fact::Issuer | Fact::Field(Field::Members) => text.split('、').collect(),
        _ => vec![text],
    }
}
