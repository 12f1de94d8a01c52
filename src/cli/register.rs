//! `accolade register`: what has been issued, listed, exported, published.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgGroup, ArgMatches};
use jiff::Timestamp;
use serde::Serialize;

use super::report::Reporter;
use super::{args, output};
use crate::contest::Contest;
use crate::fact::Fact;
use crate::fault::wording::Lang;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::field::Field;
use crate::office;
use crate::publish;
use crate::register::{Certificate, Copy, Register, Snapshot, Status};
use crate::tabular;

pub(super) struct Listing {
    folder: PathBuf,
    filter: Filter,
    task: Task,
    now: Timestamp,
}

/// Which copies are wanted.
struct Filter {
    kind: Option<String>,
    status: Option<String>,
    text: Option<String>,
}

enum Task {
    List,
    Check,
    Export(PathBuf),
    Publish(PathBuf),
    /// With the reason.
    NewKey(String),
}

impl Listing {
    pub(super) fn command(lang: Lang) -> clap::Command {
        args::base("register", lang)
            .about(lang.pick("登记簿：发出过什么", "the register: what has been issued"))
            .after_help(lang.pick(
                "例：\n  accolade register 我的大赛 --status superseded\n  accolade register 我的大赛 --text 某某有限公司\n  accolade register 我的大赛 --export 登记簿.xlsx\n  accolade register 我的大赛 --publish 网站    核验网页 check.html 和状态清单 status.js\n  accolade register 我的大赛 --check           是否被改动过",
                "Examples:\n  accolade register mine --status superseded\n  accolade register mine --text 某某有限公司\n  accolade register mine --export register.xlsx\n  accolade register mine --publish site     the check page and the status list\n  accolade register mine --check            has anybody changed it?",
            ))
            .arg(args::dir(lang))
            .arg(
                Arg::new("kind")
                    .long("kind")
                    .value_name("KIND")
                    .help(lang.pick("只列这一种", "only this kind")),
            )
            .arg(args::choice("status", STATUSES.map(name)).value_name("STATUS").help(lang.pick(
                "只列有效（valid）、已被取代（superseded）或已撤销（revoked）的",
                "only those of this status: valid, superseded or revoked",
            )))
            .arg(
                Arg::new("text")
                    .long("text")
                    .value_name("TEXT")
                    .help(lang.pick("只列含有这些字的", "only those that hold this text")),
            )
            .arg(args::flag("check", lang.pick(
                "检查登记簿是否完好、有没有被改动",
                "prove that the register is whole and unchanged",
            )))
            .arg(
                args::path_option("export", "FILE")
                    .help(lang.pick("导出为 xlsx、csv 或 json", "export as xlsx, csv or json")),
            )
            .arg(args::path_option("publish", "OUT").help(lang.pick(
                "把核验网页和签名的状态清单写进这个文件夹",
                "write the check page and the signed status list into this folder",
            )))
            .arg(
                args::flag("new-key", lang.pick(
                    "此后用 signing.key 里的新密钥签名，没有就新做一把",
                    "from here on sign with the new key in signing.key, made if there is none",
                ))
                .requires("reason"),
            )
            .arg(args::reason(lang))
            .group(ArgGroup::new("task").args(["check", "export", "publish", "new-key"]))
    }

    pub(super) fn of(matches: &ArgMatches) -> Self {
        let task = if matches.get_flag("check") {
            Task::Check
        } else if let Some(file) = args::path(matches, "export") {
            Task::Export(file)
        } else if let Some(folder) = args::path(matches, "publish") {
            Task::Publish(folder)
        } else if matches.get_flag("new-key") {
            Task::NewKey(args::reason_of(matches))
        } else {
            Task::List
        };
        let filter = Filter {
            kind: args::text(matches, "kind"),
            status: args::text(matches, "status"),
            text: args::text(matches, "text"),
        };
        Self { folder: args::folder(matches), filter, task, now: Timestamp::now() }
    }
}

impl Filter {
    /// Errors: the contest has no such kind, nor was any ever issued.
    fn refuse_unknown_kind(
        &self,
        contest: &Contest,
        register: &Snapshot,
    ) -> Result<(), Diagnostics> {
        let Some(name) = &self.kind else { return Ok(()) };
        let mut known: Vec<_> = contest.documents.iter().map(|kind| kind.name.clone()).collect();
        for certificate in register.ledger.certificates() {
            if !known.contains(&certificate.kind) {
                known.push(certificate.kind.clone());
            }
        }
        if known.contains(name) {
            return Ok(());
        }
        Err(fault::Environment::UnknownDocumentKind { name: name.clone(), known }.into())
    }
}

/// One copy, as it is listed.
#[derive(Serialize)]
struct Row<'a> {
    number: &'a str,
    revision: u32,
    status: Status,
    issued: bool,
    kind: &'a str,
    recipient: &'a str,
    facts: serde_json::Map<String, serde_json::Value>,
    time: &'a str,
    reason: Option<&'a str>,
    sha256: &'a str,
    fingerprint: &'a str,
    statement: &'a str,
}

impl<'a> Row<'a> {
    fn new(certificate: &'a Certificate, copy: &'a Copy) -> Self {
        let statement = &copy.attestation.statement;
        let organization = statement.get(Fact::Field(Field::Organization));
        let retired = certificate.revoked.as_deref().or(copy.reason.as_deref());
        Self {
            number: &certificate.number,
            revision: copy.revision,
            status: certificate.status(copy.revision),
            issued: copy.issued,
            kind: &certificate.kind,
            recipient: copy.member.as_deref().or(organization).unwrap_or_default(),
            facts: statement
                .facts()
                .iter()
                .map(|(fact, text)| (fact.name().to_owned(), text.clone().into()))
                .collect(),
            time: &copy.time,
            reason: retired,
            sha256: &copy.sha256,
            fingerprint: &copy.fingerprint,
            statement: &copy.attestation.text,
        }
    }

    /// Whether the copy is asked for.
    fn fits(&self, wanted: &Filter) -> bool {
        let text =
            |text: &str| [self.number, self.statement].iter().any(|known| known.contains(text));
        wanted.kind.as_deref().is_none_or(|kind| kind == self.kind)
            && wanted.status.as_deref().is_none_or(|status| status == name(self.status))
            && wanted.text.as_deref().is_none_or(text)
    }
}

#[derive(Serialize)]
struct Listed<'a> {
    entries: i64,
    head: &'a str,
    certificates: &'a [Row<'a>],
}

#[derive(Serialize)]
struct Proved<'a> {
    entries: i64,
    head: &'a str,
    sound: bool,
}

#[derive(Serialize)]
struct Written {
    files: Vec<PathBuf>,
}

pub(super) fn run(asked: &Listing, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let contest = Contest::load(&asked.folder)?;
    let register = Snapshot::read(&asked.folder)?;
    asked.filter.refuse_unknown_kind(&contest, &register)?;
    match &asked.task {
        Task::List => list(&register, &asked.filter, reporter),
        Task::Check => {
            Register::open(&asked.folder)?.prove()?;
            let (entries, head) = (register.entries, register.head.as_str());
            reporter.done(&Proved { entries, head, sound: true }, |lang| {
                lang.pick(
                    format!("登记簿完好：{entries} 笔，最后一笔 {head}\n"),
                    format!("the register is sound: {entries} entries, the last is {head}\n"),
                )
            });
        }
        Task::Export(path) => {
            export(&register, &asked.filter, path)?;
            written(vec![path.clone()], reporter);
        }
        Task::Publish(folder) => {
            let page = publish::Page::of(&asked.folder, &contest, asked.now)?;
            let files = [(publish::PAGE, page.page), (publish::STATUS, page.status)];
            let mut paths = Vec::new();
            for (name, text) in files {
                let path = folder.join(name);
                output::write(&path, text.as_bytes())?;
                paths.push(path);
            }
            written(paths, reporter);
        }
        Task::NewKey(reason) => {
            let public = office::adopt_key(&asked.folder, reason, asked.now)?;
            reporter.done(&serde_json::json!({ "key": public }), |lang| {
                lang.pick(
                    format!("此后用新的密钥签名，公钥 {public}\n请备份 signing.key，并重新发布核验网页和状态清单\n"),
                    format!("signing with a new key from here on: {public}\nback signing.key up, and publish the check page and the status list anew\n"),
                )
            });
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Every copy that fits.
fn rows<'a>(register: &'a Snapshot, filter: &Filter) -> Vec<Row<'a>> {
    let certificates = register.ledger.certificates().iter();
    let copies = certificates
        .flat_map(|certificate| certificate.copies.iter().map(|copy| Row::new(certificate, copy)));
    copies.filter(|row| row.fits(filter)).collect()
}

fn list(register: &Snapshot, filter: &Filter, reporter: &Reporter) {
    let rows = rows(register, filter);
    let listed = Listed { entries: register.entries, head: &register.head, certificates: &rows };
    reporter.done(&listed, |lang| {
        let lines = rows.iter().map(|row| {
            let reason = row.reason.map(|reason| format!("（{reason}）")).unwrap_or_default();
            lang.pick(
                format!(
                    "{} 第{}版 {} {} {}{reason}\n",
                    row.number,
                    row.revision,
                    label(row.status),
                    row.kind,
                    row.recipient
                ),
                format!(
                    "{} revision {} {} {} {}{reason}\n",
                    row.number,
                    row.revision,
                    name(row.status),
                    row.kind,
                    row.recipient
                ),
            )
        });
        lines.collect()
    });
    let count = rows.len();
    reporter.hint(&reporter.lang.pick(format!("共 {count} 份\n"), format!("{count} copies\n")));
}

fn written(files: Vec<PathBuf>, reporter: &Reporter) {
    let written = Written { files };
    reporter.done(&written, |_| {
        written.files.iter().map(|file| format!("{}\n", file.display())).collect()
    });
}

/// Writes every copy that fits as the file's name asks.
fn export(register: &Snapshot, filter: &Filter, path: &Path) -> Result<(), Diagnostics> {
    const HEADER: [&str; 12] = [
        "编号",
        "版次",
        "状态",
        "文件种类",
        "获奖单位（人）",
        "组别",
        "奖项",
        "项目",
        "成员",
        "登记时间（UTC）",
        "原因",
        "SHA-256",
    ];
    let rows = rows(register, filter);
    let fact = |row: &Row<'_>, field: Field| {
        row.facts.get(field.name()).and_then(|text| text.as_str()).unwrap_or_default().to_owned()
    };
    let cells = rows.iter().map(|row| {
        [
            row.number.to_owned(),
            row.revision.to_string(),
            label(row.status).to_owned(),
            row.kind.to_owned(),
            row.recipient.to_owned(),
            fact(row, Field::Group),
            fact(row, Field::Award),
            fact(row, Field::Project),
            fact(row, Field::Members),
            row.time.to_owned(),
            row.reason.unwrap_or_default().to_owned(),
            row.sha256.to_owned(),
        ]
    });
    let extension = path.extension().map(OsStr::to_ascii_lowercase);
    let bytes = match extension.as_ref().and_then(|extension| extension.to_str()) {
        Some("csv") => tabular::csv(HEADER, cells),
        Some("xlsx") => tabular::xlsx("登记簿", HEADER, cells)
            .map_err(|error| Diagnostic::cannot_write(path, &io::Error::other(error)))?,
        Some("json") => serde_json::to_vec_pretty(&rows).expect("rows have keys that are text"),
        _ => {
            let known = [".xlsx", ".csv", ".json"].map(str::to_owned).to_vec();
            let fault = Diagnostic::new(fault::Environment::UnknownFormat { known });
            return Err(fault.at(Place::File(path.to_owned())).into());
        }
    };
    output::write(path, &bytes)
}

fn name(status: Status) -> &'static str {
    match status {
        Status::Valid => "valid",
        Status::Superseded => "superseded",
        Status::Revoked => "revoked",
    }
}

fn label(status: Status) -> &'static str {
    match status {
        Status::Valid => "有效",
        Status::Superseded => "已被取代",
        Status::Revoked => "已撤销",
    }
}

const STATUSES: [Status; 3] = [Status::Valid, Status::Superseded, Status::Revoked];
