//! `accolade init`: a new contest folder from a built-in example.

use std::path::PathBuf;
use std::process::ExitCode;

use accolade::attest::{self, Key};
use accolade::contest;
use accolade::fault::wording::Lang;
use accolade::fault::{self, Diagnostic, Diagnostics, Place};
use accolade::template::{self, Templates};
use clap::Args;
use serde::Serialize;

use super::args::Expected;
use super::output;
use super::report::Reporter;

/// A contest to begin with.
#[derive(Debug, Clone, Copy)]
struct Example {
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    contest: &'static [u8],
    sheet: &'static [u8],
}

/// An example by its name, its folder under `data/`, and what it is.
///
/// Its two files alone are embedded: who tries it in the source has the
/// register and the key beside them.
macro_rules! example {
    ($name:literal, $folder:literal, $zh:literal, $en:literal) => {
        Example {
            name: $name,
            zh: $zh,
            en: $en,
            contest: include_bytes!(concat!("../../data/", $folder, "contest.toml")),
            sheet: include_bytes!(concat!("../../data/", $folder, "awards.xlsx")),
        }
    };
}

/// From the least to the whole.
const EXAMPLES: [Example; 7] = [
    example!(
        "least",
        "examples/least/",
        "只有姓名和奖项",
        "names and awards, nothing else (in Chinese)"
    ),
    example!(
        "school",
        "examples/school/",
        "学校奖状：班级、学号，自己写正文",
        "a school's certificates, in words of its own (in Chinese)"
    ),
    example!(
        "sports",
        "examples/sports/",
        "运动会：项目、名次、成绩，接力队",
        "a sports meeting: events, times, relay teams (in Chinese)"
    ),
    example!(
        "programming",
        "examples/programming/",
        "程序设计竞赛：队伍证书，指导教师另有证书",
        "a programming contest: teams, and their teachers (in Chinese)"
    ),
    example!(
        "science-fair",
        "examples/science-fair/",
        "英文：科学展，学生和指导教师的证书",
        "a science fair: students and their advisors"
    ),
    example!(
        "course",
        "examples/course/",
        "英文：培训结业证书，学时和日期",
        "a training course: hours and a date"
    ),
    example!(
        "full",
        "",
        "市级大赛：证书、推荐函、公示、通知、签收表、印刷",
        "a city's contest with official documents, lists and print volumes (in Chinese)"
    ),
];

impl Example {
    fn named(name: &str) -> Option<Self> {
        EXAMPLES.into_iter().find(|example| example.name == name)
    }

    /// The one for a reader who names none.
    fn of(lang: Lang) -> Self {
        Self::named(lang.pick("full", "science-fair")).expect("it is one of them")
    }
}

/// Every example, each on a line.
fn listed(lang: Lang) -> String {
    let line = |it: Example| format!("  {:14}{}\n", it.name, lang.pick(it.zh, it.en));
    EXAMPLES.into_iter().map(line).collect()
}

fn example(name: &str) -> Result<Example, Expected> {
    let all = |lang: Lang, before: &str| format!("{before}\n{}", listed(lang).trim_end());
    Example::named(name)
        .ok_or_else(|| Expected::new(all(Lang::Zh, "可以是："), all(Lang::En, "choose from:")))
}

/// What must not be handed on with the contest folder.
const IGNORED: &str = "signing.key\nregister.db*\nout/\n";

/// What follows the options in the help.
const TYPED: &str = "\
Examples:
  accolade init                    lists the examples
  accolade init mine
  accolade init mine --example course
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
        let about = |it: Example| About { name: it.name, about: lang.pick(it.zh, it.en) };
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
    let example = init.example.unwrap_or_else(|| Example::of(lang));
    let mut files = vec![
        (folder.join(contest::FILE), example.contest),
        (folder.join("awards.xlsx"), example.sheet),
        (folder.join(".gitignore"), IGNORED.as_bytes()),
    ];
    let templates = Templates::built_in();
    if init.templates {
        let folder = folder.join(template::FOLDER);
        files.extend(templates.files().map(|(path, bytes)| (folder.join(path), &bytes[..])));
    }
    if folder.is_file() {
        return Err(Diagnostic::new(fault::Environment::NotAFolder)
            .at(Place::File(folder.clone()))
            .into());
    }
    refuse_existing(&files)?;
    for (path, bytes) in &files {
        output::write(path, bytes)?;
    }
    let mut files: Vec<_> = files.into_iter().map(|(path, _)| path).collect();
    if Key::load(folder)?.is_none() {
        Key::generate().save(folder)?;
        files.push(folder.join(attest::key::FILE));
    }
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

/// Nothing is ever overwritten.
fn refuse_existing(files: &[(PathBuf, &[u8])]) -> Result<(), Diagnostics> {
    let mut faults = Diagnostics::default();
    for (path, _) in files.iter().filter(|(path, _)| path.exists()) {
        faults
            .push(Diagnostic::new(fault::Environment::ContestExists).at(Place::File(path.clone())));
    }
    if faults.has_errors() { Err(faults) } else { Ok(()) }
}
