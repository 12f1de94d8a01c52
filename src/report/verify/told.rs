//! Whether a certificate is genuine and current, in words: what a terminal
//! prints and a page shows.

use std::borrow::Cow;

use serde::Serialize;

use crate::fact::{Difference, Fact};
use crate::lang::Lang;
use crate::verify::{Origin, Verdict, Verification, Verified};

/// What was found out, in words of one language: for whoever knows no codes.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The worst that became of anything.
    pub verdict: Verdict,
    /// The same in words.
    pub says: String,
    /// Each certificate of a file or a photo; of a package those that do not
    /// count.
    pub certificates: Vec<CertificateTold>,
    /// What is to be said of a package as a whole.
    pub package: Option<PackageTold>,
}

/// One certificate in words.
#[derive(Debug, Serialize)]
pub struct CertificateTold {
    /// What became of it.
    pub verdict: Verdict,
    /// The same in words.
    pub says: String,
    /// Its number, where it is known.
    pub number: Option<String>,
    /// The page of a PDF that it stands on, from 1.
    pub page: Option<usize>,
    /// Which file it stands in; `None` for a text.
    pub file: Option<Origin>,
    /// The same in words.
    pub origin: Option<&'static str>,
    /// In what it differs, a sentence for each fact.
    pub differs: Vec<String>,
    /// What was compared and agrees, as a sentence.
    pub compared: Option<String>,
    /// What only a person can compare, as a sentence.
    pub unclear: Option<String>,
    /// What the organizer signed.
    pub facts: Vec<FactTold>,
}

/// One fact that the organizer signed.
#[derive(Debug, Serialize)]
pub struct FactTold {
    /// The fact.
    pub fact: Fact,
    /// What it is called.
    pub label: Cow<'static, str>,
    /// What it says.
    pub text: String,
    /// Whether the page shows it so; `None` where nothing was compared.
    pub shown: Option<Agreement>,
}

/// Whether a page shows what was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    /// It does.
    Same,
    /// It shows another, or none.
    Different,
    /// Only a person can tell.
    Unclear,
}

/// A package as a whole in words.
#[derive(Debug, Serialize)]
pub struct PackageTold {
    /// How many certificates it holds.
    pub certificates: usize,
    /// Stands for all of them.
    pub root: Option<String>,
    /// Files that are not what the manifest says.
    pub files: Vec<String>,
}

impl Told {
    /// In words of `lang`.
    pub fn new(found: &Verified, lang: Lang) -> Self {
        match found {
            Verified::Certificate(finding) => {
                let told = CertificateTold::new(finding, lang);
                let (verdict, says) = (told.verdict, told.says.clone());
                Self { verdict, says, certificates: vec![told], package: None }
            }
            Verified::Certificates(findings) => Self {
                verdict: worst(findings),
                says: several(findings, lang),
                certificates: findings.iter().map(|it| CertificateTold::new(it, lang)).collect(),
                package: None,
            },
            Verified::Package(finding) => {
                let retired = finding.retired.iter().map(|(number, found)| CertificateTold {
                    number: Some(number.clone()),
                    ..CertificateTold::new(found, lang)
                });
                Self {
                    verdict: finding.verdict,
                    says: standing(finding.verdict, None, finding.current, lang),
                    certificates: retired.collect(),
                    package: Some(PackageTold {
                        certificates: finding.certificates,
                        root: finding.root.clone(),
                        files: finding.files.clone(),
                    }),
                }
            }
        }
    }
}

fn several(findings: &[Verification], lang: Lang) -> String {
    let count = findings.len();
    match findings.iter().any(|finding| finding.page.is_some()) {
        true => lang.pick(
            format!("这个文件里有 {count} 份证书，逐份核验"),
            format!("there are {count} certificates in this file, each verified by itself"),
        ),
        false => lang.pick(
            format!("照片里有 {count} 份证书，逐份核验"),
            format!("the photo shows {count} certificates, each verified by itself"),
        ),
    }
}

impl CertificateTold {
    fn new(finding: &Verification, lang: Lang) -> Self {
        let facts = finding.facts.iter().map(|(fact, text)| FactTold {
            fact: *fact,
            label: lang.fact(*fact),
            text: text.clone(),
            shown: agreement(finding, *fact),
        });
        let number = finding.facts.iter().find(|(fact, _)| *fact == Fact::Number);
        Self {
            verdict: finding.verdict,
            says: verdict(finding, lang),
            number: number.map(|(_, number)| number.clone()),
            page: finding.page,
            file: finding.file,
            origin: finding.file.map(|it| origin(it, lang)),
            differs: finding.altered.iter().map(|it| altered(it, lang)).collect(),
            compared: compared(&finding.compared, lang),
            unclear: unclear(finding, lang),
            facts: facts.collect(),
        }
    }
}

fn agreement(finding: &Verification, fact: Fact) -> Option<Agreement> {
    if finding.altered.iter().any(|difference| difference.fact == fact) {
        Some(Agreement::Different)
    } else if finding.unclear.contains(&fact) {
        Some(Agreement::Unclear)
    } else {
        finding.compared.contains(&fact).then_some(Agreement::Same)
    }
}

/// The worst that became of any of them.
pub fn worst(findings: &[Verification]) -> Verdict {
    findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Unknown)
}

/// What became of a certificate.
fn verdict(finding: &Verification, lang: Lang) -> String {
    match (finding.verdict, finding.file) {
        (Verdict::Copy, Some(Origin::Photo)) => {
            let genuine = lang.pick(
                "二维码真实{}；纸上印的请与下面签发的内容逐项核对",
                "the code is genuine{}; compare what the paper says with what was signed, fact by fact",
            );
            let current = match finding.current {
                true => lang.pick("，现行有效", " and current"),
                false => "",
            };
            genuine.replace("{}", current) + unless(finding.current, lang)
        }
        (verdict, _) => standing(verdict, finding.revision, finding.current, lang),
    }
}

/// What a verdict says without a register or a status list.
fn unless(current: bool, lang: Lang) -> &'static str {
    match current {
        true => "",
        false => lang.pick(
            "；没有登记簿或状态清单，不知道后来是否重发或撤销",
            "; without a register or status list nobody can tell whether it was replaced or revoked since",
        ),
    }
}

/// What became of a certificate or a package; `revision` is the one that counts
/// instead, and `current` whether anything was there to say that it counts.
fn standing(verdict: Verdict, revision: Option<u32>, current: bool, lang: Lang) -> String {
    let said = match (verdict, revision) {
        (Verdict::Genuine, _) if current => lang.pick("真实，现行有效", "genuine and current"),
        (Verdict::Genuine, _) => lang.pick("真实", "genuine"),
        (Verdict::Copy, _) if current => lang.pick(
            "二维码真实，现行有效；但这不是当初发出的文件，请与纸质证书核对",
            "the code is genuine and current, but this is not the file that was issued: compare it with the paper",
        ),
        (Verdict::Copy, _) => lang.pick(
            "二维码真实；但这不是当初发出的文件，请与纸质证书核对",
            "the code is genuine, but this is not the file that was issued: compare it with the paper",
        ),
        (Verdict::Superseded, Some(revision)) => {
            return lang.pick(
                format!("曾经真实，已被第 {revision} 版取代"),
                format!("was genuine, superseded by revision {revision}"),
            );
        }
        (Verdict::Superseded, None) => lang.pick("已被取代", "superseded"),
        (Verdict::Revoked, _) => lang.pick("曾经真实，已撤销", "was genuine, revoked"),
        (Verdict::Altered, _) => {
            lang.pick("被改动过，或不是主办单位所发", "altered, or not the organizer's")
        }
        (Verdict::Unknown, _) => lang.pick("登记簿上没有", "not in the register"),
    };
    let stands = matches!(verdict, Verdict::Genuine | Verdict::Copy);
    said.to_owned() + unless(current || !stands, lang)
}

/// In what a certificate differs from what was signed.
fn altered(difference: &Difference, lang: Lang) -> String {
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

/// Which file it is.
fn origin(origin: Origin, lang: Lang) -> &'static str {
    match origin {
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
        Origin::Photo => lang.pick(
            "这是照片：只读了二维码，纸上印的没有读",
            "this is a photo: the code alone was read, not what the paper says",
        ),
    }
}

/// Which facts of a page agree with its code.
fn compared(facts: &[Fact], lang: Lang) -> Option<String> {
    let facts = names(facts, lang)?;
    Some(lang.pick(
        format!("只核对了这些，都与二维码一致：{facts}；版面上别的文字和图案是否后加，无从知道"),
        format!("only these were compared, and agree with the code: {facts}; whether anything else was added to the page cannot be told"),
    ))
}

/// Which facts only a person can compare, and why.
fn unclear(finding: &Verification, lang: Lang) -> Option<String> {
    let facts = names(&finding.unclear, lang)?;
    Some(match finding.file {
        Some(Origin::Photo) => lang.pick(
            format!("请用眼睛与纸上核对：{facts}"),
            format!("compare these with the paper by eye: {facts}"),
        ),
        _ => lang.pick(
            format!("这些核对不了，请用眼睛核对：{facts}（没有照原样印，或被遮住，或是图片）"),
            format!("these only a person can compare: {facts} (printed in other words or not at all, covered, or a picture)"),
        ),
    })
}

fn names(facts: &[Fact], lang: Lang) -> Option<String> {
    let names: Vec<_> = facts.iter().map(|fact| lang.fact(*fact)).collect();
    (!names.is_empty()).then(|| names.join(lang.pick("、", ", ")))
}
