//! What several commands have in common: arguments, how they are read, and how
//! help looks, in the language of who types.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::cell::CellRef;
use crate::fault::wording::Lang;
use crate::folder::{Purpose, Selection, Target};

/// How results are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Json,
}

impl Format {
    /// The format that is asked for, whether or not the rest is sound.
    pub(super) fn of(arguments: &[OsString]) -> Self {
        let asked_last = |option| typed(arguments, option).last() == Some(&"json");
        // Text would stand between the events.
        if asked_last("--format") || asked_last("--progress") { Format::Json } else { Format::Text }
    }
}

/// How standard error tells how far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// A bar, on a terminal.
    Auto,
    /// An event on each line, and nothing else.
    Json,
    None,
}

/// The values that are typed for an option, before anything is parsed.
pub(super) fn typed<'a>(arguments: &'a [OsString], option: &str) -> Vec<&'a str> {
    // What follows `--` is no option.
    let options = arguments.iter().take_while(|&argument| argument != "--");
    let texts: Vec<&str> = options.map(|argument| argument.to_str().unwrap_or_default()).collect();
    let value = |(index, text): (usize, &&'a str)| match text.strip_prefix(option)? {
        "" => texts.get(index + 1).copied(),
        rest => rest.strip_prefix('='),
    };
    texts.iter().enumerate().filter_map(value).collect()
}

/// A command whose help's own words are in `lang`.
pub(super) fn base(name: &'static str, lang: Lang) -> clap::Command {
    clap::Command::new(name)
        .help_template(lang.pick(
            "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n",
            "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n",
        ))
        .next_help_heading(lang.pick("选项", "Options"))
        .subcommand_help_heading(lang.pick("命令", "Commands"))
        .subcommand_value_name(lang.pick("命令", "COMMAND"))
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

/// With its usage in words of `lang`, where clap's are English.
pub(super) fn with_usage(mut command: clap::Command, lang: Lang) -> clap::Command {
    if command.get_name() != "accolade" {
        let name = command.get_name().to_owned();
        command = command.bin_name(format!("accolade {name}"));
    }
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim_start();
    command.override_usage(usage.replace("[OPTIONS]", lang.pick("[选项]", "[OPTIONS]")))
}

/// An argument that has its place instead of a name.
pub(super) fn positional(id: &'static str, name: &'static str, lang: Lang) -> Arg {
    Arg::new(id).value_name(name).help_heading(lang.pick("参数", "Arguments"))
}

/// An option that takes the path of a file or folder.
pub(super) fn path_option(id: &'static str, name: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(name).value_parser(value_parser!(PathBuf))
}

/// An option that takes one of a few words, the first if it is left out. Clap
/// would list them in English.
pub(super) fn choice<const N: usize>(id: &'static str, words: [&'static str; N]) -> Arg {
    Arg::new(id)
        .long(id)
        .value_parser(PossibleValuesParser::new(words))
        .hide_possible_values(true)
        .hide_default_value(true)
}

pub(super) fn flag(id: &'static str, help: &'static str) -> Arg {
    Arg::new(id).long(id).action(ArgAction::SetTrue).help(help)
}

pub(super) fn dir(lang: Lang) -> Arg {
    positional("dir", "DIR", lang).value_parser(value_parser!(PathBuf)).help(
        lang.pick(
            "大赛文件夹；默认当前文件夹",
            "the contest folder; the working directory by default",
        ),
    )
}

pub(super) fn sheet(lang: Lang) -> Arg {
    path_option("sheet", "FILE").help(lang.pick(
        "用这份名单，不用 contest.toml 所写的",
        "use this award sheet instead of the contest's own",
    ))
}

pub(super) fn out(help: &'static str) -> Arg {
    path_option("out", "OUT").help(help)
}

/// What a run makes, and how it takes the sheet.
pub(super) fn asked(lang: Lang) -> [Arg; 4] {
    [
        Arg::new("only").long("only").value_name("KIND").action(ArgAction::Append).help(
            lang.pick("只做这一种文件；可以重复", "only this kind of document; may be repeated"),
        ),
        flag("hold", lang.pick(
            "扣下有错的行，其余照做；名单类文件此时不做",
            "hold rows with errors and make the rest, but no lists of winners",
        )),
        flag("draft", lang.pick(
            "做样张：不登记编号，证书上印“样张”，不能核验",
            "make specimens: no number is registered, certificates are marked and prove nothing",
        )),
        Arg::new("new")
            .long("new")
            .value_name("CELL")
            .action(ArgAction::Append)
            .value_parser(move |text: &str| {
                CellRef::parse(text).ok_or(lang.pick(
                    "写成工作表名、叹号和单元格，例如 '企业组!D5'",
                    "give the sheet's name, an exclamation mark and the cell, such as '企业组!D5'",
                ))
            })
            .help(lang.pick(
                "这一行是新的获奖者，不是谁的更正；可以重复",
                "this row is a new winner and no correction of another; may be repeated",
            )),
    ]
}

pub(super) fn replace(lang: Lang) -> Arg {
    flag(
        "replace",
        lang.pick(
            "原来的压缩包里文件更多，也替换它；不加就不替换",
            "put the package in place of one that holds more; without this it is left alone",
        ),
    )
}

pub(super) fn progress(lang: Lang) -> Arg {
    choice("progress", ["auto", "json", "none"]).default_value("auto").value_name("PROGRESS").help(
        lang.pick(
            "进度写到标准错误：auto（默认）在终端上显示进度条，json 每行一个 JSON 事件（结果则为 --format json），none 不显示",
            "progress on standard error: auto (the default) shows a bar on a terminal, json one event a line (and implies --format json), none nothing",
        ),
    )
}

pub(super) fn threads(lang: Lang) -> Arg {
    let above_0 = move |text: &str| {
        let expected = lang.pick("写一个大于 0 的整数", "give a whole number above 0");
        text.parse::<NonZeroUsize>().map_err(|_| expected)
    };
    Arg::new("threads").long("threads").value_name("N").value_parser(above_0).help(lang.pick(
        "同时排版几份；默认用满处理器，结果都一样",
        "documents typeset at once; all processors by default, same bytes",
    ))
}

pub(super) fn number(lang: Lang) -> Arg {
    positional("number", "NUMBER", lang)
        .value_parser(NonEmptyStringValueParser::new())
        .help(lang.pick("证书编号", "the certificate's number"))
}

pub(super) fn reason(lang: Lang) -> Arg {
    Arg::new("reason")
        .long("reason")
        .value_name("TEXT")
        .value_parser(NonEmptyStringValueParser::new())
        .help(lang.pick("原因，记入登记簿", "why, for the register"))
}

/// The contest folder.
pub(super) fn folder(matches: &ArgMatches) -> PathBuf {
    path(matches, "dir").unwrap_or_else(|| ".".into())
}

/// `[DIR] NUMBER`: where only one is typed it is the number.
pub(super) fn folder_and_number(matches: &ArgMatches) -> (PathBuf, String) {
    match (path(matches, "dir"), text(matches, "number")) {
        (Some(folder), Some(number)) => (folder, number),
        (Some(number), None) => (".".into(), number.to_string_lossy().into_owned()),
        (None, number) => (".".into(), number.unwrap_or_default()),
    }
}

/// Where the results go: what is typed, or the contest folder's own `out/`.
pub(super) fn out_of(matches: &ArgMatches, folder: &Path) -> PathBuf {
    path(matches, "out").unwrap_or_else(|| within(folder, "out"))
}

/// A path within the contest folder; without the dot of the working directory.
pub(super) fn within(folder: &Path, name: &str) -> PathBuf {
    if folder == Path::new(".") { name.into() } else { folder.join(name) }
}

/// What a run or a plan is asked to do.
pub(super) fn asked_of(matches: &ArgMatches) -> (Selection, Purpose) {
    let selection = Selection {
        only: texts(matches, "only"),
        withhold: matches.get_flag("hold"),
        new: matches.get_many("new").into_iter().flatten().cloned().collect(),
    };
    (selection, if matches.get_flag("draft") { Purpose::Draft } else { Purpose::Issue })
}

/// Where a package goes.
pub(super) fn target_of(matches: &ArgMatches, folder: &Path) -> Target {
    Target { folder: out_of(matches, folder), replace: matches.get_flag("replace") }
}

pub(super) fn reason_of(matches: &ArgMatches) -> String {
    text(matches, "reason").unwrap_or_default()
}

pub(super) fn text(matches: &ArgMatches, id: &str) -> Option<String> {
    matches.get_one::<String>(id).cloned()
}

pub(super) fn texts(matches: &ArgMatches, id: &str) -> Vec<String> {
    matches.get_many(id).into_iter().flatten().cloned().collect()
}

pub(super) fn path(matches: &ArgMatches, id: &str) -> Option<PathBuf> {
    matches.get_one::<PathBuf>(id).cloned()
}

pub(super) fn threads_of(matches: &ArgMatches) -> NonZeroUsize {
    matches.get_one::<NonZeroUsize>("threads").copied().unwrap_or_else(all_threads)
}

pub(super) fn progress_of(matches: &ArgMatches) -> Progress {
    match text(matches, "progress").as_deref() {
        Some("json") => Progress::Json,
        Some("none") => Progress::None,
        _ => Progress::Auto,
    }
}

/// As many threads as the machine runs at once.
pub(super) fn all_threads() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}
