//! `accolade verify`: is this genuine, and does it still count?

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use serde::Serialize;

use super::args;
use super::report::Reporter;
use crate::attest::PublicKey;
use crate::fact::{Difference, Fact};
use crate::fault::wording::Lang;
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::register;
use crate::verify::{self, Finding, Found, Origin, PackageFinding, Trust, Verdict};

pub(super) struct Verify {
    what: String,
    register: Option<PathBuf>,
    key: Option<PublicKey>,
}

impl Verify {
    pub(super) fn command(lang: Lang) -> clap::Command {
        args::base("verify", lang)
            .about(lang.pick("核验证书或压缩包：是否真实、是否有效", "is a certificate or a package genuine and current?"))
            .after_help(lang.pick(
                "例：\n  accolade verify 证书.pdf --register 我的大赛\n  accolade verify 证书.pdf --register status.js\n  accolade verify 获奖文件.zip --register 我的大赛\n  accolade verify 'https://…/check.html#…' --key 公钥\n\n退出状态：0 真实（给出登记簿或状态清单时，并且有效）；1 不是；2 无法核验",
                "Examples:\n  accolade verify certificate.pdf --register mine\n  accolade verify certificate.pdf --register status.js\n  accolade verify package.zip --register mine\n  accolade verify 'https://…/check.html#…' --key KEY\n\nExit status: 0 genuine (and current, where a register or status list is given); 1 not; 2 cannot be verified",
            ))
            .arg(args::positional("what", "WHAT", lang).required(true).help(lang.pick(
                "PDF、压缩包，或二维码里的文字或链接；- 从标准输入读",
                "a PDF, a package, or the text or link in a code; - reads standard input",
            )))
            .arg(args::path_option("register", "DIR").help(lang.pick(
                "大赛文件夹，或状态清单 status.js",
                "the contest folder, or its status list status.js",
            )))
            .arg(
                clap::Arg::new("key")
                    .long("key")
                    .value_name("KEY")
                    // A key may begin with any of its characters.
                    .allow_hyphen_values(true)
                    .value_parser(move |text: &str| {
                        text.parse::<PublicKey>().map_err(|_| {
                            lang.pick(
                                "公钥是 43 个字符：字母、数字、- 和 _",
                                "a public key is 43 characters: letters, digits, - and _",
                            )
                        })
                    })
                    .help(lang.pick("主办单位的公钥", "the organizer's public key")),
            )
    }

    pub(super) fn of(matches: &ArgMatches) -> Self {
        Self {
            what: args::text(matches, "what").unwrap_or_default(),
            register: args::path(matches, "register"),
            key: matches.get_one("key").copied(),
        }
    }
}

/// The facts by name, in their order.
struct Facts<'a>(&'a Finding);

impl Serialize for Facts<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.facts.iter().map(|(fact, text)| (fact.name(), text)))
    }
}

#[derive(Serialize)]
struct Certificate<'a> {
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

impl<'a> Certificate<'a> {
    fn new(finding: &'a Finding) -> Self {
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
#[derive(Serialize)]
struct Certificates<'a> {
    verdict: Verdict,
    current: Option<bool>,
    altered: Vec<&'a Difference>,
    certificates: Vec<Certificate<'a>>,
}

impl<'a> Certificates<'a> {
    fn new(findings: &'a [Finding]) -> Self {
        let certificates: Vec<_> = findings.iter().map(Certificate::new).collect();
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

fn worst(findings: &[Finding]) -> Verdict {
    findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Unknown)
}

#[derive(Serialize)]
struct Package<'a> {
    verdict: Verdict,
    current: Option<bool>,
    certificates: usize,
    root: Option<&'a str>,
    files: &'a [String],
    retired: Vec<Retired<'a>>,
}

#[derive(Serialize)]
struct Retired<'a> {
    number: &'a str,
    #[serde(flatten)]
    certificate: Certificate<'a>,
}

pub(super) fn run(verify: &Verify, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    // In a contest folder, its own register is meant.
    let here = Path::new(register::FILE).exists().then_some(Path::new("."));
    let named = verify.register.as_deref();
    let trust = Trust::new(named.or(here.filter(|_| verify.key.is_none())), verify.key)?;
    let found = match verify.what.as_str() {
        "-" => {
            let mut text = String::new();
            let read = io::stdin().read_to_string(&mut text);
            read.map_err(|error| Diagnostic::cannot_read(Path::new("-"), &error))?;
            certificate(&text, &trust)?
        }
        what => match fs::metadata(what) {
            Ok(_) => verify::file(Path::new(what), &trust)?,
            Err(error) => certificate(what, &trust).map_err(|fault| match names_a_file(what) {
                true => Diagnostic::cannot_read(Path::new(what), &error).into(),
                false => fault,
            })?,
        },
    };
    let verdict = match &found {
        Found::Certificate(finding) => {
            reporter.done(&Certificate::new(finding), |lang| shown(finding, lang));
            finding.verdict
        }
        Found::Certificates(findings) => {
            reporter.done(&Certificates::new(findings), |lang| all_shown(findings, lang));
            worst(findings)
        }
        Found::Package(finding) => {
            reporter.done(&package(finding), |lang| package_shown(finding, lang));
            finding.verdict
        }
    };
    Ok(if verdict == Verdict::Genuine { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Whether what is neither a file nor a certificate's text was meant to be a
/// file: it has a folder or an ending.
fn names_a_file(what: &str) -> bool {
    let ending = what.rsplit_once('.').map_or("", |(_, ending)| ending);
    let has_ending =
        (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    !what.contains(['\n', '#'])
        && !what.contains("://")
        && (has_ending || what.contains(['/', '\\']))
}

fn certificate(text: &str, trust: &Trust) -> Result<Found, Diagnostics> {
    match verify::text(text, trust) {
        Some(finding) => Ok(Found::Certificate(finding)),
        None => Err(fault::Pdf::NotVerifiable.into()),
    }
}

fn package(finding: &PackageFinding) -> Package<'_> {
    Package {
        verdict: finding.verdict,
        current: finding.current.then_some(finding.verdict == Verdict::Genuine),
        certificates: finding.certificates,
        root: finding.root.as_deref(),
        files: &finding.files,
        retired: finding
            .retired
            .iter()
            .map(|(number, found)| Retired { number, certificate: Certificate::new(found) })
            .collect(),
    }
}

fn verdict(verdict: Verdict, revision: Option<u32>, current: bool, lang: Lang) -> String {
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

fn all_shown(findings: &[Finding], lang: Lang) -> String {
    let count = findings.len();
    let mut text = lang.pick(
        format!("这个文件里有 {count} 份证书，逐份核验：\n"),
        format!("there are {count} certificates in this file, each verified by itself:\n"),
    );
    for finding in findings {
        let page = finding.page.unwrap_or_default();
        text += &lang.pick(format!("\n第 {page} 页："), format!("\npage {page}: "));
        text += &shown(finding, lang);
    }
    text
}

fn shown(finding: &Finding, lang: Lang) -> String {
    let mut text = verdict(finding.verdict, finding.revision, finding.current, lang) + "\n";
    for difference in &finding.altered {
        let label = lang.pick(difference.fact.label(), difference.fact.name());
        text += &match difference.now.as_str() {
            "" => lang.pick(
                format!("  {label}应为“{}”，版面上没有\n", difference.was),
                format!("  {label} should be “{}”, which is not there\n", difference.was),
            ),
            now => lang.pick(
                format!("  {label}应为“{}”，却是“{now}”\n", difference.was),
                format!("  {label} should be “{}” but is “{now}”\n", difference.was),
            ),
        };
    }
    text += &origin(finding, lang);
    if !finding.facts.is_empty() {
        text += lang.pick("主办单位签发的内容：\n", "What the organizer signed:\n");
    }
    for (fact, value) in &finding.facts {
        text += &format!("  {} {value}\n", lang.pick(fact.label(), fact.name()));
    }
    text
}

/// Which file it is, and what of its pages could be told.
fn origin(finding: &Finding, lang: Lang) -> String {
    let Some(origin) = finding.file else { return String::new() };
    let mut text = match origin {
        Origin::Original => lang.pick(
            "  这就是当初发出的文件，一个字节也没有变\n",
            "  this is the very file that was issued, to the byte\n",
        ),
        Origin::Changed => lang.pick(
            "  文件里带有签名，但与主办单位的对不上：发出以后变过，另存、加盖、改动都会如此\n",
            "  the file carries a signature, which is not the organizer's for it: it has changed since, be it saved anew, stamped or forged\n",
        ),
        Origin::Unsigned => lang.pick(
            "  文件里没有主办单位的签名：打印、扫描、合并、去掉文件属性的都没有，仿造的也没有\n",
            "  the file has no signature of the organizer's: what was printed, scanned, merged or stripped of its metadata has none, nor has a forgery\n",
        ),
    }
    .to_owned();
    if origin == Origin::Original {
        return text;
    }
    if !finding.compared.is_empty() {
        let facts = names(&finding.compared, lang);
        text += &lang.pick(
            format!("  只核对了这些，都与二维码一致：{facts}；版面上别的文字和图案是否后加，无从知道\n"),
            format!("  only these were compared, and agree with the code: {facts}; whether anything else was added to the page cannot be told\n"),
        );
    }
    if !finding.unclear.is_empty() {
        let facts = names(&finding.unclear, lang);
        text += &lang.pick(
            format!("  这些核对不了，请用眼睛核对：{facts}（没有照原样印，或被遮住，或是图片）\n"),
            format!("  these only a person can compare: {facts} (printed in other words or not at all, covered, or a picture)\n"),
        );
    }
    text
}

fn names(facts: &[Fact], lang: Lang) -> String {
    let names = facts.iter().map(|fact| lang.pick(fact.label(), fact.name()));
    names.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

fn package_shown(finding: &PackageFinding, lang: Lang) -> String {
    let mut text = verdict(finding.verdict, None, finding.current, lang) + "\n";
    text += &lang.pick(
        format!("  证书 {} 份\n", finding.certificates),
        format!("  {} certificates\n", finding.certificates),
    );
    if let Some(root) = &finding.root {
        text += &lang.pick(format!("  校验值 {root}\n"), format!("  root {root}\n"));
    }
    for file in &finding.files {
        text += &lang.pick(
            format!("  {file}：与清单不符\n"),
            format!("  {file}: not what the manifest says\n"),
        );
    }
    for (number, found) in &finding.retired {
        text += &format!(
            "  {number} {}\n",
            verdict(found.verdict, found.revision, found.current, lang)
        );
    }
    text
}
