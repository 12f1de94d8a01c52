//! What may be typed, and what it means, in the language of who types it.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::Order;
use crate::diagnostic::wording::Lang;

/// A checked command line.
pub(super) struct Args {
    pub format: Format,
    pub command: Command,
}

/// How results are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Json,
}

/// One command with what it needs.
pub(super) enum Command {
    Init(Init),
    Check(Check),
    Run(Run),
    Preview(Preview),
}

pub(super) struct Init {
    pub folder: PathBuf,
    pub templates: bool,
}

pub(super) struct Check {
    pub folder: PathBuf,
    pub sheet: Option<PathBuf>,
}

pub(super) struct Run {
    pub folder: PathBuf,
    pub order: Order,
}

pub(super) struct Preview {
    pub folder: PathBuf,
    pub sheet: Option<PathBuf>,
    pub which: Option<String>,
    pub out: PathBuf,
}

/// The language: `--lang`, else `LANG`, else Chinese. A locale that names no
/// language (`C`) is as good as none.
pub(super) fn lang(arguments: &[OsString], locale: Option<&str>) -> Lang {
    let mut texts = arguments.iter().filter_map(|argument| argument.to_str());
    let typed = texts.clone().find_map(|text| text.strip_prefix("--lang="));
    let typed = typed.or_else(|| {
        texts.find(|&text| text == "--lang")?;
        texts.next()
    });
    match (typed, locale.unwrap_or_default()) {
        (Some("en"), _) => Lang::En,
        (Some(_), _) => Lang::Zh,
        (None, "" | "C" | "POSIX") => Lang::Zh,
        (None, locale) if locale.starts_with("zh") || locale.starts_with("C.") => Lang::Zh,
        (None, _) => Lang::En,
    }
}

/// Parses the arguments; the error is clap's, which also carries `--help`.
pub(super) fn parse(arguments: Vec<OsString>, lang: Lang) -> Result<Args, clap::Error> {
    let matches = command(lang).try_get_matches_from(arguments)?;
    let format = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => Format::Json,
        _ => Format::Text,
    };
    let command = match matches.subcommand() {
        Some(("init", m)) => Command::Init(Init {
            folder: path(m, "dir").unwrap_or_default(),
            templates: m.get_flag("templates"),
        }),
        Some(("check", m)) => Command::Check(Check { folder: folder(m), sheet: path(m, "sheet") }),
        Some(("run", m)) => Command::Run(Run { folder: folder(m), order: order(m) }),
        Some(("preview", m)) => Command::Preview(Preview {
            folder: folder(m),
            sheet: path(m, "sheet"),
            which: m.get_one::<String>("which").cloned(),
            out: path(m, "out").unwrap_or_else(|| "out/preview".into()),
        }),
        _ => return Err(command_missing(lang)),
    };
    Ok(Args { format, command })
}

fn command_missing(lang: Lang) -> clap::Error {
    command(lang).error(ErrorKind::MissingSubcommand, lang.pick("缺少命令", "a command is missing"))
}

fn order(matches: &ArgMatches) -> Order {
    Order {
        sheet: path(matches, "sheet"),
        out: path(matches, "out").unwrap_or_else(|| "out".into()),
        only: matches.get_many("only").into_iter().flatten().cloned().collect(),
        hold: matches.get_flag("hold"),
        threads: matches.get_one::<NonZeroUsize>("threads").copied().unwrap_or_else(all_threads),
    }
}

/// As many threads as the machine runs at once.
pub(super) fn all_threads() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn folder(matches: &ArgMatches) -> PathBuf {
    path(matches, "dir").unwrap_or_else(|| ".".into())
}

fn path(matches: &ArgMatches, name: &str) -> Option<PathBuf> {
    matches.get_one::<PathBuf>(name).cloned()
}

fn command(lang: Lang) -> clap::Command {
    let format = Arg::new("format")
        .long("format")
        .global(true)
        .value_name("FORMAT")
        .value_parser(PossibleValuesParser::new(["text", "json"]))
        .default_value("text")
        .help(lang.pick(
            "结果的格式；json 在标准输出给出一个 JSON 值",
            "json prints one JSON value on standard output",
        ));
    let language = Arg::new("lang")
        .long("lang")
        .global(true)
        .value_name("LANG")
        .value_parser(PossibleValuesParser::new(["zh", "en"]))
        .help(
            lang.pick("语言；默认依 LANG，再默认中文", "language; else LANG decides, else Chinese"),
        );
    let version = Arg::new("version")
        .long("version")
        .short('V')
        .action(ArgAction::Version)
        .help(lang.pick("显示版本", "print the version"));
    base("accolade", lang)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .about(lang.pick(
            "把大赛的最终获奖名单变成证书、推荐函和公文：排版、核对，装进一个压缩包",
            "turns a contest's award sheet into certificates, letters and notices: typeset, proved, in one zip",
        ))
        .after_help(lang.pick(
            "例：\n  accolade init 我的大赛        新建大赛文件夹，改好 contest.toml，放入名单\n  accolade check 我的大赛       只核对，什么也不写\n  accolade preview 我的大赛     先看最容易出问题的几页\n  accolade run 我的大赛         全部制作，得到一个压缩包\n\n退出状态：0 完成；1 数据或模板有问题（什么也没有写）；2 用法或环境有问题",
            "Examples:\n  accolade init mine        a new contest folder: edit contest.toml, put in the sheet\n  accolade check mine       report only, write nothing\n  accolade preview mine     look at the riskiest pages first\n  accolade run mine         make everything, get one zip\n\nExit status: 0 done; 1 problems in the data or a template (nothing was written); 2 usage or environment",
        ))
        .arg_required_else_help(true)
        .args([format, language, version])
        .subcommands([init(lang), check(lang), run(lang), preview(lang)])
}

/// A command whose help's own words are in `lang`.
fn base(name: &'static str, lang: Lang) -> clap::Command {
    clap::Command::new(name)
        .help_template(lang.pick(
            "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n",
            "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n",
        ))
        .next_help_heading(lang.pick("选项", "Options"))
        .subcommand_help_heading(lang.pick("命令", "Commands"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .long("help")
                .short('h')
                .display_order(100)
                .action(ArgAction::Help)
                .help(lang.pick("显示帮助", "print help")),
        )
}

fn init(lang: Lang) -> clap::Command {
    base("init", lang)
        .about(lang.pick("新建一个大赛文件夹，内有可改的示例", "make a new contest folder with an example to edit"))
        .after_help(lang.pick(
            "例：\n  accolade init 我的大赛\n  accolade init 我的大赛 --templates   连同内置模板，以便修改",
            "Examples:\n  accolade init mine\n  accolade init mine --templates   with the built-in templates, to change them",
        ))
        .arg(dir(lang).required(true))
        .arg(
            Arg::new("templates")
                .long("templates")
                .action(ArgAction::SetTrue)
                .help(lang.pick("把内置模板也写进 templates/，改过的优先", "also write the built-in templates into templates/, where they win")),
        )
}

fn check(lang: Lang) -> clap::Command {
    base("check", lang)
        .about(lang.pick("读名单、核对、报告；什么也不写", "read the sheet, prove it, report; writes nothing"))
        .after_help(lang.pick(
            "例：\n  accolade check 我的大赛\n  accolade check 我的大赛 --sheet 终稿.xlsx --format json",
            "Examples:\n  accolade check mine\n  accolade check mine --sheet final.xlsx --format json",
        ))
        .args([dir(lang), sheet(lang)])
}

fn run(lang: Lang) -> clap::Command {
    base("run", lang)
        .about(lang.pick("制作全部文件，装进一个压缩包", "make every document and write one zip"))
        .after_help(lang.pick(
            "例：\n  accolade run 我的大赛\n  accolade run 我的大赛 --only 荣誉证书 --out D:\\印刷\n  accolade run 我的大赛 --hold    有错的行扣下，其余照做",
            "Examples:\n  accolade run mine\n  accolade run mine --only 荣誉证书 --out print\n  accolade run mine --hold    hold the faulty rows, make the rest",
        ))
        .args([dir(lang), sheet(lang)])
        .arg(out(lang.pick("压缩包放在哪个文件夹；默认 out", "folder for the package; out by default")))
        .arg(
            Arg::new("only")
                .long("only")
                .value_name("KIND")
                .action(ArgAction::Append)
                .help(lang.pick("只做这一种文件；可以重复", "only this kind of document; may be repeated")),
        )
        .arg(
            Arg::new("hold")
                .long("hold")
                .action(ArgAction::SetTrue)
                .help(lang.pick(
                    "扣下有错的行，其余照做；名单类文件此时不做",
                    "hold rows with errors and make the rest, but no lists of winners",
                )),
        )
        .arg(
            Arg::new("threads")
                .long("threads")
                .value_name("N")
                .value_parser(value_parser!(NonZeroUsize))
                .help(lang.pick("同时排版几份；默认用满处理器，结果都一样", "documents typeset at once; all processors by default, same bytes")),
        )
}

fn preview(lang: Lang) -> clap::Command {
    base("preview", lang)
        .about(lang.pick("把一份文件画成 PNG；不指明时画最容易出问题的几份", "draw one document as PNG; the riskiest ones if none is named"))
        .after_help(lang.pick(
            "例：\n  accolade preview 我的大赛                       名称最长、用字最生僻的几份\n  accolade preview 我的大赛 JZCK2026-QY-1-001     这个编号\n  accolade preview 我的大赛 '企业组!D5'           这一行\n  accolade preview 我的大赛 推荐函                 这一种",
            "Examples:\n  accolade preview mine                       longest names, rarest characters\n  accolade preview mine JZCK2026-QY-1-001     this number\n  accolade preview mine '企业组!D5'           this row\n  accolade preview mine 推荐函                 this kind",
        ))
        .arg(dir(lang))
        .arg(
            Arg::new("which")
                .value_name("WHICH")
                .help_heading(lang.pick("参数", "Arguments"))
                .value_parser(NonEmptyStringValueParser::new())
                .help(lang.pick("编号、行、文件种类，或单位、项目名称的一部分", "a number, a row, a kind, or part of an organization's or project's name")),
        )
        .arg(sheet(lang))
        .arg(out(lang.pick("图片放在哪个文件夹；默认 out/preview", "folder for the pictures; out/preview by default")))
}

fn dir(lang: Lang) -> Arg {
    Arg::new("dir")
        .value_name("DIR")
        .help_heading(lang.pick("参数", "Arguments"))
        .value_parser(value_parser!(PathBuf))
        .help(lang.pick(
            "大赛文件夹；默认当前文件夹",
            "the contest folder; the working directory by default",
        ))
}

fn sheet(lang: Lang) -> Arg {
    Arg::new("sheet").long("sheet").value_name("FILE").value_parser(value_parser!(PathBuf)).help(
        lang.pick(
            "用这份名单，不用 contest.toml 所写的",
            "use this award sheet instead of the contest's own",
        ),
    )
}

fn out(help: &'static str) -> Arg {
    Arg::new("out").long("out").value_name("OUT").value_parser(value_parser!(PathBuf)).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn the_language_is_typed_or_the_locales_or_chinese() {
        let typed = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        for (arguments, locale, expected) in [
            ("accolade run --lang en", Some("zh_CN.UTF-8"), Lang::En),
            ("accolade --lang=zh run", Some("en_US.UTF-8"), Lang::Zh),
            ("accolade run", Some("en_US.UTF-8"), Lang::En),
            ("accolade run", Some("C.UTF-8"), Lang::Zh),
            ("accolade run", None, Lang::Zh),
        ] {
            assert_eq!(lang(&typed(arguments), locale), expected, "{arguments} {locale:?}");
        }
    }
}
