//! `accolade init`: a new contest folder from a built-in example.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use accolade::Lang;
use accolade::begin::{self, Begun, EXAMPLES, Example};
use accolade::fault::Diagnostics;
use clap::Args;
use serde::Serialize;

use super::args::Expected;
use super::report::Reporter;

/// Every example, each on a line.
fn listed(lang: Lang) -> String {
    let line = |it: Example| format!("  {:14}{}\n", it.name, it.about(lang));
    EXAMPLES.into_iter().map(line).collect()
}

fn example(name: &str) -> Result<Example, Expected> {
    let all = |lang: Lang, before: &str| format!("{before}\n{}", listed(lang).trim_end());
    Example::named(name)
        .ok_or_else(|| Expected::new(all(Lang::Zh, "可以是："), all(Lang::En, "choose from:")))
}

/// What follows the options in the help.
const TYPED: &str = "\
Examples:
  accolade init                    lists the examples
  accolade init mine
  accolade init mine --example course
  accolade init next --from mine   next year's contest
  accolade init mine --templates   with the built-in templates, to change them";

/// make a new contest folder with an example to edit; without DIR, list the
/// examples
#[derive(Debug, Args)]
#[command(after_help = TYPED)]
pub(super) struct Init {
    /// the new contest folder
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// begin with this example; science-fair by default, or full in Chinese
    #[arg(long, value_name = "NAME", value_parser = example, requires = "dir")]
    example: Option<Example>,
    /// begin with the contest in this folder, perhaps last year's: with its
    /// configuration, templates, fonts, pictures and key, but neither its sheet
    /// nor its register; what has to be decided anew is marked
    #[arg(long, value_name = "OLD", requires = "dir", conflicts_with_all = ["example", "templates"])]
    from: Option<PathBuf>,
    /// also write the built-in templates into templates/, where they win
    #[arg(long, requires = "dir")]
    templates: bool,
}

#[derive(Serialize)]
struct Made {
    folder: PathBuf,
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Listed {
    examples: Vec<About>,
}

#[derive(Serialize)]
struct About {
    name: &'static str,
    about: &'static str,
}

pub(super) fn run(init: &Init, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let lang = reporter.lang;
    let Some(folder) = &init.dir else {
        let about = |it: Example| About { name: it.name, about: it.about(lang) };
        let examples = EXAMPLES.into_iter().map(about).collect();
        reporter.done(&Listed { examples }, |_| listed(lang));
        reporter.hint(
            lang.pick(
                "accolade init 新文件夹 --example 名称\n",
                "accolade init DIR --example NAME\n",
            ),
        );
        return Ok(ExitCode::SUCCESS);
    };
    if let Some(old) = &init.from {
        return next(old, folder, reporter);
    }
    let example = init.example.unwrap_or_else(|| Example::of(lang));
    let files = begin::from_example(folder, &example, init.templates)?.files;
    let made = Made { folder: folder.clone(), files };
    reporter
        .done(&made, |_| made.files.iter().map(|file| format!("{}\n", file.display())).collect());
    let shown = folder.display();
    reporter.hint(&lang.pick(
        format!("新的大赛文件夹：{shown}\n  1. 改 contest.toml：名称、日期、名额、文件\n  2. 用你的名单换掉 awards.xlsx\n  3. accolade check {shown}，再 accolade run {shown}\n  signing.key 给证书签名：请备份，不要外传\n"),
        format!("new contest folder: {shown}\n  1. edit contest.toml: names, dates, quotas, documents\n  2. put your award sheet in place of awards.xlsx\n  3. accolade check {shown}, then accolade run {shown}\n  signing.key signs the certificates: back it up, hand it to nobody\n"),
    ));
    Ok(ExitCode::SUCCESS)
}

/// Begins the next contest in `folder` with what the one in `old` has.
fn next(old: &Path, folder: &Path, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let Begun { files, undecided } = begin::from_last(old, folder)?;
    let made = Made { folder: folder.to_owned(), files };
    reporter
        .done(&made, |_| made.files.iter().map(|file| format!("{}\n", file.display())).collect());
    let shown = folder.display();
    reporter.hint(&reporter.lang.pick(
        format!("新的大赛文件夹：{shown}\n  1. contest.toml 里 {undecided} 行带问号：日期、年份、届次，逐行定下来，去掉问号\n  2. 放进今年的名单\n  3. accolade check {shown} 会指出还没有定的每一行\n  去年的登记簿和名单留在原处；签名用同一把密钥，去年的证书照样可以核验\n"),
        format!("new contest folder: {shown}\n  1. {undecided} lines of contest.toml have a question mark: dates, years, editions; decide each and take the mark away\n  2. put this year's award sheet there\n  3. accolade check {shown} names every line that is yet to be decided\n  last year's register and sheet stay where they are; the same key signs, and last year's certificates verify as before\n"),
    ));
    Ok(ExitCode::SUCCESS)
}
