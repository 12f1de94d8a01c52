//! Whether a certificate is genuine and current, as a value for programs and in
//! words.

use serde::{Serialize, Serializer};

use crate::fact::{Difference, Fact};
use crate::verify::{Origin, PackageVerification, Verdict, Verification};

mod told;

pub use told::{Agreement, CertificateTold, FactTold, PackageTold, Told, worst};

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
