//! `accolade verify`: is this genuine, and does it still count?

use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::args::Verify;
use super::report::Reporter;
use crate::diagnostic::wording::Lang;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::register;
use crate::verify::{self, Finding, Found, PackageFinding, Trust, Verdict};

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
    current: Option<bool>,
    revision: Option<u32>,
    facts: Facts<'a>,
    altered: &'a [crate::fact::Difference],
}

impl<'a> Certificate<'a> {
    fn new(finding: &'a Finding) -> Self {
        Self {
            verdict: finding.verdict,
            current: finding.current.then_some(finding.verdict == Verdict::Genuine),
            revision: finding.revision,
            facts: Facts(finding),
            altered: &finding.altered,
        }
    }
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
        what if Path::new(what).exists() => verify::file(Path::new(what), &trust)?,
        text => certificate(text, &trust)?,
    };
    let verdict = match &found {
        Found::Certificate(finding) => {
            reporter.done(&Certificate::new(finding), |lang| shown(finding, lang));
            finding.verdict
        }
        Found::Package(finding) => {
            reporter.done(&package(finding), |lang| package_shown(finding, lang));
            finding.verdict
        }
    };
    Ok(if verdict == Verdict::Genuine { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn certificate(text: &str, trust: &Trust) -> Result<Found, Diagnostics> {
    match verify::text(text, trust) {
        Some(finding) => Ok(Found::Certificate(finding)),
        None => Err(Kind::NotVerifiable.into()),
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
    if !finding.facts.is_empty() {
        text += lang.pick("主办单位签发的内容：\n", "What the organizer signed:\n");
    }
    for (fact, value) in &finding.facts {
        text += &format!("  {} {value}\n", lang.pick(fact.label(), fact.name()));
    }
    text
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
