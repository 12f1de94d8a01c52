//! What anybody can hold a certificate against without the register: the check
//! page and the status list beside it.

use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::attest::{self, Key, PublicKey, SigningDomain};
use crate::contest::Contest;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::register::{Snapshot, Status, seconds};

/// The status list's file name: a script, since a page that was opened from a
/// file may load nothing else from beside it.
pub const STATUS: &str = "status.js";

/// The check page's file name.
pub const PAGE: &str = "check.html";

/// The call that hands the list to the page.
const CALL: (&str, &str) = ("accoladeStatus(", ")");

/// The page as it is kept, and the places in it that are filled.
const TEMPLATE: &str = include_str!("../check/check.html");
const SCRIPTS: [(&str, &str); 2] = [
    (r#"<script src="qr-decode.js"></script>"#, include_str!("../check/qr-decode.js")),
    (r#"<script src="ed25519.js"></script>"#, include_str!("../check/ed25519.js")),
];
const CONTEST_PLACE: (&str, &str) =
    (r#"<script id="contest" type="application/json">"#, "</script>");

/// What is published, as files.
#[derive(Debug, Clone)]
pub struct CheckPage {
    /// The check page, [`PAGE`].
    pub page: String,
    /// The signed status list, [`STATUS`].
    pub status: String,
}

impl CheckPage {
    /// What anybody can hold a certificate of a contest folder against, as of
    /// `now`.
    ///
    /// # Errors
    /// The register or the key cannot be read.
    pub fn of(folder: &Path, contest: &Contest, now: Timestamp) -> Result<Self, Diagnostics> {
        let register = Snapshot::read(folder)?;
        let (key, _) = Key::of(folder, register.ledger.keys().last())?;
        let status = StatusList::of(contest, &register, &key, now).sign(&key);
        Ok(Self { page: page(contest, &register, &key), status })
    }
}

/// Which numbers no longer count as they were first issued, as of a moment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StatusList {
    /// The contest.
    pub contest: String,
    /// When it was made, in UTC.
    pub as_of: String,
    /// How many entries the register had.
    pub entries: i64,
    /// How many certificates it knew.
    pub issued: usize,
    /// The hash of its last entry.
    pub head: String,
    /// Every key that has signed, the present one last.
    pub keys: Vec<String>,
    /// Every number that was issued anew or revoked.
    pub retired: Vec<Retired>,
}

/// A number that no longer counts as it was first issued.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Retired {
    /// The number.
    pub number: String,
    /// `superseded` or `revoked`.
    pub status: String,
    /// The revision that counts, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct Signed {
    body: String,
    signature: String,
}

impl StatusList {
    /// The list as the register has it now, to be read with the key that signs.
    pub(crate) fn of(contest: &Contest, register: &Snapshot, key: &Key, now: Timestamp) -> Self {
        let certificates = register.ledger.certificates();
        let retired = certificates.iter().filter_map(|certificate| {
            let status = certificate.status(1);
            let revision = (status == Status::Superseded).then(|| certificate.current().revision);
            let name = match status {
                Status::Valid => return None,
                Status::Superseded => "superseded",
                Status::Revoked => "revoked",
            };
            Some(Retired { number: certificate.number.clone(), status: name.into(), revision })
        });
        Self {
            contest: attest::line(&contest.name),
            as_of: seconds(now),
            entries: register.entries,
            issued: certificates.len(),
            head: register.head.clone(),
            keys: trusted(register, key).iter().map(PublicKey::to_string).collect(),
            retired: retired.collect(),
        }
    }

    /// The list as a file, signed.
    pub(crate) fn sign(&self, key: &Key) -> String {
        let text = "a list has no key that is not text";
        let body = serde_json::to_string(self).expect(text);
        let signature = key.sign(SigningDomain::Status, body.as_bytes()).to_string();
        let signed = serde_json::to_string(&Signed { body, signature }).expect(text);
        format!("{}{signed}{}\n", CALL.0, CALL.1)
    }

    /// Reads a list that one of its own keys has signed. Whether these keys
    /// are the organizer's, who hands the list over must say.
    ///
    /// # Errors
    /// The text is no list, or was changed.
    pub fn parse(path: &Path, text: &str) -> Result<(Self, Vec<PublicKey>), Diagnostics> {
        let read = || {
            let json = text.trim().strip_prefix(CALL.0)?.strip_suffix(CALL.1)?;
            let Signed { body, signature } = serde_json::from_str(json).ok()?;
            let list: Self = serde_json::from_str(&body).ok()?;
            let keys: Vec<PublicKey> =
                list.keys.iter().map(|key| key.parse().ok()).collect::<Option<_>>()?;
            let signature = signature.parse().ok()?;
            let signed = keys
                .iter()
                .any(|key| key.verify(SigningDomain::Status, body.as_bytes(), &signature));
            signed.then_some((list, keys))
        };
        let fault =
            || Diagnostic::new(fault::Register::BadStatusList).at(Place::File(path.to_owned()));
        read().ok_or_else(|| fault().into())
    }

    /// Whether a revision of a number still counts.
    pub fn status(&self, number: &str, revision: u32) -> (Status, Option<u32>) {
        match self.retired.iter().find(|retired| retired.number == number) {
            None => (Status::Valid, None),
            Some(Retired { revision: None, .. }) => (Status::Revoked, None),
            Some(Retired { revision: Some(current), .. }) if revision < *current => {
                (Status::Superseded, Some(*current))
            }
            Some(_) => (Status::Valid, None),
        }
    }
}

/// Every key whose signatures count.
fn trusted(register: &Snapshot, key: &Key) -> Vec<PublicKey> {
    match register.ledger.keys() {
        [] => vec![key.public()],
        keys => keys.to_vec(),
    }
}

/// The check page for the contest's certificates, in one file.
fn page(contest: &Contest, register: &Snapshot, key: &Key) -> String {
    #[derive(Serialize)]
    struct Trust {
        contest: String,
        language: &'static str,
        keys: Vec<PublicKey>,
    }
    let trust = Trust {
        contest: attest::line(&contest.name),
        language: contest.language.lang.pick("zh-CN", "en"),
        keys: trusted(register, key),
    };
    let trust = serde_json::to_string(&trust)
        .expect("keys are text")
        // Nothing in it can end the element it stands in.
        .replace('<', "\\u003c");
    let (open, close) = CONTEST_PLACE;
    let page = SCRIPTS.iter().fold(TEMPLATE.to_owned(), |page, (place, script)| {
        page.replacen(place, &format!("<script>\n{script}</script>"), 1)
    });
    match page.split_once(open).and_then(|(head, rest)| Some((head, rest.split_once(close)?.1))) {
        Some((head, tail)) => format!("{head}{open}{trust}{close}{tail}"),
        None => page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_place_that_is_filled() {
        assert!(TEMPLATE.contains(CONTEST_PLACE.0));
        for (place, script) in SCRIPTS {
            assert!(TEMPLATE.contains(place));
            assert!(!script.contains("</script"), "{place} would end early");
        }
    }
}
