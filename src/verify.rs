//! From paper back: is a certificate genuine, and does it still count?
//!
//! ```
//! # use std::{num::NonZeroUsize, ops::ControlFlow};
//! # use accolade::folder::{Order, Purpose, Selection, Target};
//! # use jiff::Timestamp;
//! use accolade::package::Opened;
//! use accolade::verify::{self, Origin, Trust, Verdict, Verified};
//!
//! # use accolade::{Folder, begin};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let place = tempfile::tempdir()?;
//! # let mine = &place.path().join("mine");
//! # begin::from_example(mine, &begin::Example::named("least").unwrap(), false)?;
//! # let (folder, sheet) = Folder::open_with_sheet(mine, None)?;
//! # let target = Target { folder: mine.join("out"), replace: false };
//! # let (threads, now) = (NonZeroUsize::MIN, Timestamp::now());
//! # let (selection, purpose) = (Selection::default(), Purpose::Issue);
//! # let order = Order { selection, purpose, target: target.clone(), threads, now };
//! # let account = folder.run(&sheet, &order, |_| ControlFlow::Continue(()))?;
//! let mut package = Opened::open(&account.package)?;
//! let first = package.entries()?.remove(0);
//! let pdf = package.file(&first.path)?;
//! let trust = Trust::new(Some(mine), None)?; // the contest folder's register
//! let Verified::Certificate(found) = verify::bytes("certificate.pdf", pdf, &trust)? else {
//!     panic!("it is one certificate");
//! };
//! assert_eq!(found.verdict, Verdict::Genuine);
//! assert_eq!(found.file, Some(Origin::Original));
//! # Ok(())
//! # }
//! ```

use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::attest::seal::{self, Seal};
use crate::attest::{self, Attestation, PublicKey};
use crate::fact::{Difference, Fact};
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::hex::hex;
use crate::package::{self, Opened};
use crate::pdf::{Picture, Refusal};
use crate::publish::StatusList;
use crate::register::{Ledger, Snapshot, Status};

mod codes;
mod found;
mod pdf;

pub use found::{Origin, PackageVerification, Verdict, Verification, Verified};
use pdf::{Refused, Seen, Shown};

/// No PDF larger than this is verified.
const MEGABYTES: u64 = 256;

/// No file larger than this is a certificate's text.
const LONGEST_TEXT: u64 = 64 << 10;

/// No photo with more pixels than this is looked at.
const MEGAPIXELS: u64 = 100;

/// Whose signatures count, and what is known of what they signed.
pub struct Trust {
    keys: Vec<PublicKey>,
    known: Known,
}

enum Known {
    Register(Ledger),
    List(StatusList),
    Nothing,
}

impl Trust {
    /// Trust in the register of a contest folder, in a status list, or, without
    /// either, in a key alone: `register` is the folder, or the file of the list
    /// ([`publish::STATUS`](crate::publish::STATUS)). A key alone cannot tell
    /// whether a genuine certificate still counts.
    ///
    /// # Errors
    /// What is named cannot be read, or nothing is named.
    pub fn new(register: Option<&Path>, key: Option<PublicKey>) -> Result<Self, Diagnostics> {
        let (mut keys, known) = match register {
            Some(path) if path.is_dir() => {
                let ledger = Snapshot::read(path)?.ledger;
                (ledger.keys().to_vec(), Known::Register(ledger))
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
        if keys.is_empty() {
            Err(fault::Register::KeyUnknown.into())
        } else {
            Ok(Self { keys, known })
        }
    }

    fn ledger(&self) -> Option<&Ledger> {
        match &self.known {
            Known::Register(ledger) => Some(ledger),
            Known::List(_) | Known::Nothing => None,
        }
    }

    fn can_tell(&self) -> bool {
        !matches!(self.known, Known::Nothing)
    }
}

/// Verifies a certificate's PDF, a package, or a file with the text or the link
/// of a code.
///
/// # Errors
/// The file cannot be read, or is none of these.
pub fn file(path: &Path, trust: &Trust) -> Result<Verified, Diagnostics> {
    let file = File::open(path).map_err(|error| Diagnostic::cannot_read(path, &error))?;
    source(path, file, trust)
}

/// The same of a file's bytes; `name` is what the file is called.
///
/// # Errors
/// It is none of these.
pub fn bytes(name: &str, bytes: Vec<u8>, trust: &Trust) -> Result<Verified, Diagnostics> {
    source(Path::new(name), Cursor::new(bytes), trust)
}

fn source<R: Read + Seek>(
    place: &Path,
    mut source: R,
    trust: &Trust,
) -> Result<Verified, Diagnostics> {
    let cannot_read = |error: io::Error| Diagnostic::cannot_read(place, &error);
    let fault = |kind| Diagnostic::new(kind).at(Place::File(place.to_owned()));
    let mut begin = Vec::new();
    source.by_ref().take(1024).read_to_end(&mut begin).map_err(cannot_read)?;
    let length = source.seek(SeekFrom::End(0)).map_err(cannot_read)?;
    source.rewind().map_err(cannot_read)?;
    if begin.starts_with(b"PK") {
        return whole(Opened::read(place, source)?, trust).map(Verified::Package);
    }
    let is_pdf = begin.windows(5).any(|window| window == b"%PDF-");
    if is_pdf && length > MEGABYTES << 20 {
        return Err(fault(too_large()).into());
    }
    if !is_pdf && length > LONGEST_TEXT {
        return Err(fault(fault::Pdf::NotVerifiable).into());
    }
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes).map_err(cannot_read)?;
    if !is_pdf {
        let read = String::from_utf8(bytes).ok();
        let found = read.and_then(|it| text(it.trim_start_matches('\u{feff}'), trust));
        let found = found.ok_or_else(|| fault(fault::Pdf::NotVerifiable))?;
        return Ok(Verified::Certificate(found));
    }
    let findings = pages(bytes, trust).map_err(|refused| {
        fault(match refused {
            Refused::Not(Refusal::Locked) => fault::Pdf::PdfLocked,
            Refused::Not(Refusal::Damaged) => fault::Pdf::NotVerifiable,
            Refused::TooLarge => too_large(),
        })
    })?;
    Verified::of(findings).ok_or_else(|| fault(fault::Pdf::NotVerifiable).into())
}

/// Verifies a photo of a certificate or of its code: `grey` has a byte for each
/// pixel, row by row from the top, 0 for black. The codes alone are read, so
/// what stands on the paper is for a person to compare.
///
/// # Errors
/// It shows no code that can be read, none of a certificate, or has too many
/// pixels.
pub fn photo(grey: &[u8], width: u32, height: u32, trust: &Trust) -> Result<Verified, Diagnostics> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MEGAPIXELS * 1_000_000 {
        return Err(fault::Pdf::PhotoTooLarge { megapixels: MEGAPIXELS }.into());
    }
    if pixels == 0 || grey.len() as u64 != pixels {
        return Err(fault::Pdf::PhotoWithoutCode.into());
    }
    let codes = codes::on_photo(&Picture { grey: grey.to_vec(), width, height });
    let findings = codes::claims(&codes).into_iter().map(|claim| {
        let mut finding = attestation(&claim, trust);
        finding.file = Some(Origin::Photo);
        finding.verdict = finding.verdict.max(Verdict::Copy);
        let facts = finding.facts.iter().map(|(fact, _)| *fact);
        finding.unclear = facts.filter(|fact| *fact != Fact::Revision).collect();
        finding
    });
    let strange = match codes.is_empty() {
        true => fault::Pdf::PhotoWithoutCode,
        false => fault::Pdf::StrangeCode,
    };
    Verified::of(findings.collect()).ok_or_else(|| strange.into())
}

fn too_large() -> fault::Pdf {
    fault::Pdf::TooManyPages { pages: pdf::PAGES, megabytes: MEGABYTES }
}

/// Verifies the text or the link that a certificate's code holds; `None` if it
/// is neither. What stands on the paper is not known, so that is for a person to
/// compare.
pub fn text(text: &str, trust: &Trust) -> Option<Verification> {
    let text = attest::link::read(text).unwrap_or_else(|| text.to_owned());
    Some(attestation(&Attestation::parse(&text)?, trust))
}

fn attestation(claim: &Attestation, trust: &Trust) -> Verification {
    let number = claim.statement.get(Fact::Number).unwrap_or_default();
    let issued = trust.ledger().and_then(|ledger| ledger.get(number));
    let mut finding = Verification {
        verdict: Verdict::Altered,
        page: None,
        file: None,
        current: trust.can_tell(),
        revision: None,
        facts: Vec::new(),
        altered: Vec::new(),
        compared: Vec::new(),
        unclear: Vec::new(),
    };
    let revision = claim.statement.revision().unwrap_or(1);
    // What was issued as this revision, to say in what a forgery differs.
    let true_copy = issued.map(|issued| {
        let same = issued.copies.iter().rev().find(|copy| copy.revision == revision);
        same.unwrap_or(issued.current())
    });
    let is_issued = issued.is_none_or(|issued| {
        issued.copies.iter().any(|copy| copy.attestation.statement == claim.statement)
    });
    if !claim.is_signed_by(&trust.keys) || !is_issued {
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

/// The certificates of a PDF: the code on each page, and whether the page says
/// what the code says.
fn pages(bytes: Vec<u8>, trust: &Trust) -> Result<Vec<Verification>, Refused> {
    let seal = seal::read(&bytes, &trust.keys);
    let sha256 = hex(&Sha256::digest(&bytes));
    let pages = pdf::read(bytes)?;
    let mut findings = Vec::new();
    for page in &pages {
        for claim in &page.claims {
            let number = claim.statement.get(Fact::Number).unwrap_or_default();
            let issued = trust.ledger().and_then(|ledger| ledger.get(number));
            let is_issued =
                issued.is_some_and(|issued| issued.copies.iter().any(|copy| copy.sha256 == sha256));
            let file = match seal {
                _ if is_issued => Origin::Original,
                Seal::Whole => Origin::Original,
                Seal::Broken => Origin::Changed,
                Seal::Missing => Origin::Unsigned,
            };
            let mut finding = attestation(claim, trust);
            finding.page = Some(page.number);
            finding.file = Some(file);
            if file != Origin::Original {
                compare(&mut finding, claim, page, &pages);
            }
            findings.push(finding);
        }
    }
    Ok(findings)
}

/// Holds a page against the code on it. A certificate of several pages may show
/// a fact on one that has no code of another's; whether that page belongs to it,
/// nobody can tell.
fn compare(finding: &mut Verification, claim: &Attestation, page: &Shown, pages: &[Shown]) {
    let belongs = |other: &&Shown| {
        other.number != page.number && other.claims.iter().all(|code| code == claim)
    };
    let others: Vec<&Shown> = pages.iter().filter(belongs).collect();
    // A first revision is not printed, and a later one is for people.
    let facts = claim.statement.facts().iter().filter(|(fact, _)| *fact != Fact::Revision);
    for (fact, text) in facts {
        match page.shows(claim, *fact, text) {
            Seen::Yes => finding.compared.push(*fact),
            Seen::No if others.iter().all(|it| it.shows(claim, *fact, text) == Seen::No) => {
                let (was, now) = (text.clone(), String::new());
                finding.altered.push(Difference { fact: *fact, was, now });
            }
            Seen::No | Seen::Unclear => finding.unclear.push(*fact),
        }
    }
    let verdict = if finding.altered.is_empty() { Verdict::Copy } else { Verdict::Altered };
    finding.verdict = finding.verdict.max(verdict);
}

fn whole<R: Read + Seek>(
    mut opened: Opened<R>,
    trust: &Trust,
) -> Result<PackageVerification, Diagnostics> {
    let mut finding = PackageVerification {
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
    let root = attest::root(claims.par_iter().map(|claim| &claim.statement));
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
