//! `accolade verify`: is this genuine, and does it still count?

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use accolade::Lang;
use accolade::attest::PublicKey;
use accolade::fault::{self, Diagnostic, Diagnostics};
use accolade::register;
use accolade::report::verify::{
    self as words, CertificateReport, CertificateTold, Certificates, Package, PackageTold, Told,
};
use accolade::verify::{self, Trust, Verdict, Verified};
use clap::Args;

use super::args::Expected;
use super::report::Reporter;

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade verify certificate.pdf --register mine
  accolade verify certificate.pdf --register status.js
  accolade verify package.zip --register mine
  accolade verify 'https://…/check.html#…' --key KEY

Exit status: 0 genuine (and current, where a register or status list is given); 1 not; 2 cannot be verified";

/// is a certificate or a package genuine and current?
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Verify {
    /// a PDF, a package, or the text or link in a code; - reads standard input
    #[arg(value_name = "WHAT")]
    what: String,
    /// the contest folder, or its status list status.js
    #[arg(long, value_name = "DIR")]
    register: Option<PathBuf>,
    /// the organizer's public key
    // A key may begin with any of its characters.
    #[arg(long, value_name = "KEY", allow_hyphen_values = true, value_parser = key)]
    key: Option<PublicKey>,
}

fn key(text: &str) -> Result<PublicKey, Expected> {
    text.parse().map_err(|_| {
        Expected::new(
            "公钥是 43 个字符：字母、数字、- 和 _",
            "a public key is 43 characters: letters, digits, - and _",
        )
    })
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
        Verified::Certificate(finding) => {
            reporter.done(&CertificateReport::from(finding), |lang| shown(&found, lang));
            finding.verdict
        }
        Verified::Certificates(findings) => {
            reporter.done(&Certificates::from(findings.as_slice()), |lang| shown(&found, lang));
            words::worst(findings)
        }
        Verified::Package(finding) => {
            reporter.done(&Package::from(finding), |lang| shown(&found, lang));
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

fn certificate(text: &str, trust: &Trust) -> Result<Verified, Diagnostics> {
    match verify::text(text, trust) {
        Some(finding) => Ok(Verified::Certificate(finding)),
        None => Err(fault::Pdf::NotVerifiable.into()),
    }
}

/// What was found, line by line.
fn shown(found: &Verified, lang: Lang) -> String {
    let Told { says, certificates, package, .. } = Told::new(found, lang);
    if let Some(package) = &package {
        return says + "\n" + &package_shown(package, &certificates, lang);
    }
    let [certificate] = certificates.as_slice() else {
        let mut text = says + lang.pick("：\n", ":\n");
        for certificate in &certificates {
            let page = certificate.page.unwrap_or_default();
            text += &lang.pick(format!("\n第 {page} 页："), format!("\npage {page}: "));
            text += &certificate_shown(certificate, lang);
        }
        return text;
    };
    certificate_shown(certificate, lang)
}

fn certificate_shown(told: &CertificateTold, lang: Lang) -> String {
    let mut text = told.says.clone() + "\n";
    let sentences = told.differs.iter().map(String::as_str).chain(told.origin);
    for sentence in sentences.chain(told.compared.as_deref()).chain(told.unclear.as_deref()) {
        text += &format!("  {sentence}\n");
    }
    if !told.facts.is_empty() {
        text += lang.pick("主办单位签发的内容：\n", "What the organizer signed:\n");
    }
    for fact in &told.facts {
        text += &format!("  {} {}\n", fact.label, fact.text);
    }
    text
}

fn package_shown(package: &PackageTold, retired: &[CertificateTold], lang: Lang) -> String {
    let count = package.certificates;
    let mut text = lang.pick(format!("  证书 {count} 份\n"), format!("  {count} certificates\n"));
    if let Some(root) = &package.root {
        text += &lang.pick(format!("  校验值 {root}\n"), format!("  root {root}\n"));
    }
    for file in &package.files {
        text += &lang.pick(
            format!("  {file}：与清单不符\n"),
            format!("  {file}: not what the manifest says\n"),
        );
    }
    for certificate in retired {
        let number = certificate.number.as_deref().unwrap_or_default();
        text += &format!("  {number} {}\n", certificate.says);
    }
    text
}
