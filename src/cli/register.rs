//! `accolade register`: what has been issued, listed, exported, published.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use accolade::Lang;
use accolade::contest::Contest;
use accolade::fault::Diagnostics;
use accolade::office;
use accolade::publish::{self, CheckPage};
use accolade::register::{Register, Snapshot, Status};
use accolade::report::register::{Filter, Row};
use clap::Args;
use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use serde::Serialize;

use super::report::Reporter;
use super::{args, output};

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade register mine --status superseded
  accolade register mine --text 'Alder School'
  accolade register mine --export register.xlsx
  accolade register mine --publish site     the check page and the status list
  accolade register mine --check            has anybody changed it?";

/// the register: what has been issued
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Listing {
    #[command(flatten)]
    folder: args::FolderArg,
    /// only this kind
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// only those of this status: valid, superseded or revoked
    #[arg(long, value_name = "STATUS", value_parser = statuses(), hide_possible_values = true)]
    status: Option<Status>,
    /// only those that hold this text
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// check that the register is complete and unchanged
    #[arg(long, group = "task")]
    check: bool,
    /// export as xlsx, csv or json
    #[arg(long, value_name = "FILE", group = "task")]
    export: Option<PathBuf>,
    /// write the check page and the signed status list into this folder
    #[arg(long, value_name = "OUT", group = "task")]
    publish: Option<PathBuf>,
    /// from here on sign with the new key in signing.key, made if there is none
    #[arg(long, group = "task", requires = "reason")]
    new_key: bool,
    /// why, for the register
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    reason: Option<String>,
}

/// The words for a status, which are those of its JSON.
fn statuses() -> impl TypedValueParser<Value = Status> {
    PossibleValuesParser::new(Status::ALL.map(Status::name)).map(|word| {
        let named = Status::ALL.into_iter().find(|status| status.name() == word);
        named.expect("clap lets only these words pass")
    })
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
    let folder = asked.folder.dir.as_path();
    let contest = Contest::load(folder)?;
    let register = Snapshot::read(folder)?;
    let filter = Filter {
        kind: asked.kind.clone(),
        status: asked.status,
        text: asked.text.clone(),
        ..Filter::default()
    };
    filter.refuse_unknown_kind(&contest, &register)?;
    if asked.check {
        Register::open(folder)?.prove()?;
        let (entries, head) = (register.entries, register.head.as_str());
        reporter.done(&Proved { entries, head, sound: true }, |lang| {
            lang.pick(
                format!("登记簿完好：{entries} 笔，最后一笔 {head}\n"),
                format!("the register is sound: {entries} entries, the last is {head}\n"),
            )
        });
    } else if let Some(path) = &asked.export {
        output::write(path, &filter.of(&register).file(path, contest.language.lang)?)?;
        written(vec![path.clone()], reporter);
    } else if let Some(out) = &asked.publish {
        written(published(folder, out, &contest)?, reporter);
    } else if asked.new_key {
        adopt_key(folder, asked.reason.as_deref().unwrap_or_default(), reporter)?;
    } else {
        let listed = filter.of(&register);
        let rows = &listed.certificates;
        reporter.done(&listed, |lang| rows.iter().map(|row| line(row, lang)).collect());
        let count = rows.len();
        reporter.hint(&reporter.lang.pick(format!("共 {count} 份\n"), format!("{count} copies\n")));
    }
    Ok(ExitCode::SUCCESS)
}

fn line(row: &Row<'_>, lang: Lang) -> String {
    let Row { number, revision, status, kind, recipient, .. } = row;
    let reason = |reason| lang.pick(format!("（{reason}）"), format!(" ({reason})"));
    let reason = row.reason.map(reason).unwrap_or_default();
    let (revision, status) = lang.pick(
        (format!("第{revision}版"), status.label()),
        (format!("revision {revision}"), status.name()),
    );
    format!("{number} {revision} {status} {kind} {recipient}{reason}\n")
}

/// The check page and the status list, written.
fn published(folder: &Path, out: &Path, contest: &Contest) -> Result<Vec<PathBuf>, Diagnostics> {
    let CheckPage { page, status } = CheckPage::of(folder, contest, Timestamp::now())?;
    let mut paths = Vec::new();
    for (name, text) in [(publish::PAGE, page), (publish::STATUS, status)] {
        let path = out.join(name);
        output::write(&path, text.as_bytes())?;
        paths.push(path);
    }
    Ok(paths)
}

fn adopt_key(folder: &Path, reason: &str, reporter: &Reporter) -> Result<(), Diagnostics> {
    let public = office::adopt_key(folder, reason, Timestamp::now())?;
    reporter.done(&serde_json::json!({ "key": public }), |lang| {
        lang.pick(
            format!("此后用新的密钥签名，公钥 {public}\n请备份 signing.key，并重新发布核验网页和状态清单\n"),
            format!("signing with a new key from here on: {public}\nback signing.key up, and publish the check page and the status list anew\n"),
        )
    });
    Ok(())
}

fn written(files: Vec<PathBuf>, reporter: &Reporter) {
    let written = Written { files };
    reporter.done(&written, |_| {
        written.files.iter().map(|file| format!("{}\n", file.display())).collect()
    });
}
