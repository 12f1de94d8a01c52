//! `accolade init`: a new contest folder from a built-in example.

use std::fs;
use std::path::{Path, PathBuf};
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
    if let Some(old) = &init.from {
        return next(old, folder, reporter);
    }
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

/// Begins the next contest in `folder` with what the one in `old` has.
fn next(old: &Path, folder: &Path, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let path = old.join(contest::FILE);
    let text = fs::read_to_string(&path).map_err(|error| Diagnostic::cannot_read(&path, &error))?;
    let text = contest::next(&text)?;
    let undecided = text.lines().filter(|line| line.contains("\"?")).count();
    let mut files = vec![
        (folder.join(contest::FILE), text.into_bytes()),
        (folder.join(".gitignore"), IGNORED.as_bytes().to_vec()),
    ];
    for name in [template::FOLDER, "fonts", template::PICTURES] {
        add_files(&old.join(name), &folder.join(name), &mut files)?;
    }
    refuse_existing(&files)?;
    for (path, bytes) in &files {
        output::write(path, bytes)?;
    }
    let mut files: Vec<_> = files.into_iter().map(|(path, _)| path).collect();
    if Key::load(folder)?.is_none() {
        Key::load(old)?.unwrap_or_else(Key::generate).save(folder)?;
        files.push(folder.join(attest::key::FILE));
    }
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

/// The files of a folder and those below it, and where they go; none if it is
/// not there.
fn add_files(
    from: &Path,
    to: &Path,
    files: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<(), Diagnostics> {
    if !from.is_dir() {
        return Ok(());
    }
    let entries = fs::read_dir(from).map_err(|error| Diagnostic::cannot_read(from, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Diagnostic::cannot_read(from, &error))?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        // A link to a folder is not followed: it might lead back here.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            add_files(&from, &to, files)?;
        } else {
            let bytes = fs::read(&from).map_err(|error| Diagnostic::cannot_read(&from, &error))?;
            files.push((to, bytes));
        }
    }
    Ok(())
}

/// Nothing is ever overwritten.
fn refuse_existing<B>(files: &[(PathBuf, B)]) -> Result<(), Diagnostics> {
    let mut faults = Diagnostics::default();
    for (path, _) in files.iter().filter(|(path, _)| path.exists()) {
        faults
            .push(Diagnostic::new(fault::Environment::ContestExists).at(Place::File(path.clone())));
    }
    if faults.has_errors() { Err(faults) } else { Ok(()) }
}
