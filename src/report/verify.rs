//! Whether a certificate is genuine and current, as a value and in words.

use serde::{Serialize, Serializer};

use crate::fact::{Difference, Fact};
use crate::fault::wording::Lang;
use crate::verify::{Origin, PackageVerification, Verdict, Verification};

/// The facts by name, in their order.
#[derive(Debug)]
struct Facts<'a>(&'a Verification);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.facts.iter().map(|(fact, text)| (fact.name(), text)))
    }
}

/// One certificate.
#[derive(Debug, Serialize)]
pub struct CertificateReport<'a> {
    verdict: Verdict,
    /// The page of a PDF that it stands on.
    page: Option<usize>,
    /// Whether that is the file that was issued; `null` for a text.
    file: Option<Origin>,
    current: Option<bool>,
    revision: Option<u32>,
    facts: Facts<'a>,
    altered: &'a [Difference],
    /// The facts that the page was found to show as they were signed.
    compared: &'a [Fact],
    /// The facts that only a person can compare.
    unclear: &'a [Fact],
}

impl<'a> From<&'a Verification> for CertificateReport<'a> {
    fn from(finding: &'a Verification) -> Self {
        Self {
            verdict: finding.verdict,
            page: finding.page,
            file: finding.file,
            current: finding.current.then_some(finding.verdict <= Verdict::Copy),
            revision: finding.revision,
            facts: Facts(finding),
            altered: &finding.altered,
            compared: &finding.compared,
            unclear: &finding.unclear,
        }
    }
}

/// The certificates of one PDF.
#[derive(Debug, Serialize)]
pub struct Certificates<'a> {
    verdict: Verdict,
    current: Option<bool>,
    altered: Vec<&'a Difference>,
    certificates: Vec<CertificateReport<'a>>,
}

impl<'a> From<&'a [Verification]> for Certificates<'a> {
    fn from(findings: &'a [Verification]) -> Self {
        let certificates: Vec<_> = findings.iter().map(CertificateReport::from).collect();
        Self {
            verdict: worst(findings),
            current: certificates
                .iter()
                .try_fold(true, |all, certificate| Some(all && certificate.current?)),
            altered: findings.iter().flat_map(|finding| &finding.altered).collect(),
            certificates,
        }
    }
}

/// The worst that became of any of them.
pub fn worst(findings: &[Verification]) -> Verdict {
    findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Unknown)
}

/// A package.
#[derive(Debug, Serialize)]
pub struct Package<'a> {
    verdict: Verdict,
    current: Option<bool>,
    certificates: usize,
    root: Option<&'a str>,
    files: &'a [String],
    retired: Vec<Retired<'a>>,
}

#[derive(Debug, Serialize)]
struct Retired<'a> {
    number: &'a str,
    #[serde(flatten)]
    certificate: CertificateReport<'a>,
}

impl<'a> From<&'a PackageVerification> for Package<'a> {
    fn from(finding: &'a PackageVerification) -> Self {
        let retired = finding.retired.iter();
        Self {
            verdict: finding.verdict,
            current: finding.current.then_some(finding.verdict == Verdict::Genuine),
            certificates: finding.certificates,
            root: finding.root.as_deref(),
            files: &finding.files,
            retired: retired
                .map(|(number, found)| Retired { number, certificate: found.into() })
                .collect(),
        }
    }
}

/// What became of a certificate; `revision` is the one that counts instead, and
/// `current` whether anything was there to say that it counts.
pub fn verdict(verdict: Verdict, revision: Option<u32>, current: bool, lang: Lang) -> String {
    match (verdict, revision) {
        (Verdict::Genuine, _) if current => {
            lang.pick("真实，现行有效".into(), "genuine and current".into())
        }
        (Verdict::Genuine, _) => lang.pick(
            "真实；没有登记簿或状态清单，不知道后来是否重发或撤销".into(),
            "genuine; without a register or status list nobody can tell whether it was replaced or revoked since".into(),
        ),
        (Verdict::Copy, _) if current => lang.pick(
            "二维码真实，现行有效；但这不是当初发出的文件，请与纸质证书核对".into(),
            "the code is genuine and current, but this is not the file that was issued: compare it with the paper".into(),
        ),
        (Verdict::Copy, _) => lang.pick(
            "二维码真实；但这不是当初发出的文件，请与纸质证书核对；没有登记簿或状态清单，不知道后来是否重发或撤销".into(),
            "the code is genuine, but this is not the file that was issued: compare it with the paper; without a register or status list nobody can tell whether it was replaced or revoked since".into(),
        ),
        (Verdict::Superseded, Some(revision)) => lang.pick(
            format!("曾经真实，已被第 {revision} 版取代"),
            format!("was genuine, superseded by revision {revision}"),
        ),
        (Verdict::Superseded, None) => lang.pick("已被取代".into(), "superseded".into()),
        (Verdict::Revoked, _) => lang.pick("曾经真实，已撤销".into(), "was genuine, revoked".into()),
        (Verdict::Altered, _) => {
            lang.pick("被改动过，或不是主办单位所发".into(), "altered, or not the organizer's".into())
        }
        (Verdict::Unknown, _) => {
            lang.pick("登记簿上没有".into(), "not in the register".into())
        }
    }
}

/// In what a certificate differs from what was signed.
pub fn altered(difference: &Difference, lang: Lang) -> String {
    let label = lang.fact(difference.fact);
    match difference.now.as_str() {
        "" => lang.pick(
            format!("{label}应为“{}”，版面上没有", difference.was),
            format!("{label} should be “{}”, which is not there", difference.was),
        ),
        now => lang.pick(
            format!("{label}应为“{}”，却是“{now}”", difference.was),
            format!("{label} should be “{}” but is “{now}”", difference.was),
        ),
    }
}

/// Which file it is, and what of its pages could be told, a sentence each.
pub fn origin(finding: &Verification, lang: Lang) -> Vec<String> {
    let Some(origin) = finding.file else { return Vec::new() };
    let file = match origin {
        Origin::Original => lang.pick(
            "这就是当初发出的文件，一个字节也没有变",
            "this is the very file that was issued, to the byte",
        ),
        Origin::Changed => lang.pick(
            "文件里带有签名，但与主办单位的对不上：发出以后变过，另存、加盖、改动都会如此",
            "the file carries a signature, which is not the organizer's for it: it has changed since, be it saved anew, stamped or forged",
        ),
        Origin::Unsigned => lang.pick(
            "文件里没有主办单位的签名：打印、扫描、合并、去掉文件属性的都没有，仿造的也没有",
            "the file has no signature of the organizer's: what was printed, scanned, merged or stripped of its metadata has none, nor has a forgery",
        ),
    };
    let mut told = vec![file.to_owned()];
    if origin == Origin::Original {
        return told;
    }
    if !finding.compared.is_empty() {
        let facts = names(&finding.compared, lang);
        told.push(lang.pick(
            format!("只核对了这些，都与二维码一致：{facts}；版面上别的文字和图案是否后加，无从知道"),
            format!("only these were compared, and agree with the code: {facts}; whether anything else was added to the page cannot be told"),
        ));
    }
    if !finding.unclear.is_empty() {
        let facts = names(&finding.unclear, lang);
        told.push(lang.pick(
            format!("这些核对不了，请用眼睛核对：{facts}（没有照原样印，或被遮住，或是图片）"),
            format!("these only a person can compare: {facts} (printed in other words or not at all, covered, or a picture)"),
        ));
    }
    told
}

fn names(facts: &[Fact], lang: Lang) -> String {
    let names = facts.iter().map(|fact| lang.fact(*fact));
    names.collect::<Vec<_>>().join(lang.pick("、", ", "))
}
