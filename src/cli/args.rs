//! What may be typed, and what it means, in the language of who types it.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, value_parser};
use jiff::Timestamp;

use crate::Order;
use crate::attest::PublicKey;
use crate::cell::CellRef;
use crate::diagnostic::wording::Lang;
use crate::plan::MOST_PARTS;
use crate::reissue::{Correction, Source};
use crate::shard::Which;

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

/// How standard error tells how far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// A bar, on a terminal.
    Auto,
    /// An event on each line, and nothing else.
    Json,
    None,
}

/// One command with what it needs.
pub(super) enum Command {
    Init(Init),
    Check(Check),
    Run(Run),
    Plan(Plan),
    Assemble(Assemble),
    Preview(Preview),
    Reissue(Reissue),
    Revoke(Revoke),
    Register(Register),
    Verify(Verify),
    Inspect(Inspect),
}

pub(super) struct Init {
    pub folder: PathBuf,
    pub templates: bool,
}

pub(super) struct Check {
    pub folder: PathBuf,
    pub sheet: Option<PathBuf>,
    /// Where to write the sheet with its faults marked.
    pub annotate: Option<PathBuf>,
    /// Take the one column that resembles a missing one for it.
    pub assume_mapping: bool,
}

pub(super) struct Run {
    pub folder: PathBuf,
    pub order: Order,
    /// Only this part of a frozen plan.
    pub shard: Option<Shard>,
    pub progress: Progress,
}

/// Which part of a frozen plan is to be made.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shard {
    /// As it was typed.
    Typed(Which),
    /// What the scheduler says in the environment.
    Auto,
}

pub(super) struct Plan {
    pub folder: PathBuf,
    pub order: Order,
    pub parts: NonZeroUsize,
}

pub(super) struct Assemble {
    pub folder: PathBuf,
    pub order: Order,
    pub progress: Progress,
}

pub(super) struct Preview {
    pub folder: PathBuf,
    pub sheet: Option<PathBuf>,
    pub which: Option<String>,
    pub out: PathBuf,
}

pub(super) struct Reissue {
    pub folder: PathBuf,
    pub correction: Correction,
    /// Do not ask.
    pub yes: bool,
    pub progress: Progress,
}

pub(super) struct Revoke {
    pub folder: PathBuf,
    pub number: String,
    pub reason: String,
    pub undo: bool,
    pub now: Timestamp,
}

pub(super) struct Register {
    pub folder: PathBuf,
    pub filter: Filter,
    pub task: RegisterTask,
    pub now: Timestamp,
}

/// Which copies are wanted.
pub(super) struct Filter {
    pub kind: Option<String>,
    pub status: Option<String>,
    pub text: Option<String>,
}

pub(super) enum RegisterTask {
    List,
    Check,
    Export(PathBuf),
    Publish(PathBuf),
    /// With the reason.
    NewKey(String),
}

pub(super) struct Verify {
    pub what: String,
    pub register: Option<PathBuf>,
    pub key: Option<PublicKey>,
}

pub(super) struct Inspect {
    pub file: PathBuf,
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
    let command = match matches.subcommand() {
        Some(("init", m)) => Command::Init(Init {
            folder: path(m, "dir").unwrap_or_default(),
            templates: m.get_flag("templates"),
        }),
        Some(("check", m)) => Command::Check(Check {
            folder: folder(m),
            sheet: path(m, "sheet"),
            annotate: path(m, "annotate"),
            assume_mapping: m.get_flag("assume-mapping"),
        }),
        Some(("run", m)) => Command::Run(Run {
            folder: folder(m),
            order: order(m, threads_of(m)),
            shard: m.get_one::<Shard>("shard").copied(),
            progress: progress_of(m),
        }),
        Some(("plan", m)) => Command::Plan(Plan {
            folder: folder(m),
            order: order(m, NonZeroUsize::MIN),
            parts: m.get_one::<NonZeroUsize>("parts").copied().unwrap_or(NonZeroUsize::MIN),
        }),
        Some(("assemble", m)) => Command::Assemble(Assemble {
            folder: folder(m),
            order: Order {
                sheet: path(m, "sheet"),
                out: path(m, "out").unwrap_or_else(|| "out".into()),
                only: Vec::new(),
                hold: false,
                new: Vec::new(),
                draft: false,
                replace: m.get_flag("replace"),
                threads: NonZeroUsize::MIN,
                now: Timestamp::now(),
            },
            progress: progress_of(m),
        }),
        Some(("preview", m)) => Command::Preview(Preview {
            folder: folder(m),
            sheet: path(m, "sheet"),
            which: text(m, "which"),
            out: path(m, "out").unwrap_or_else(|| "out/preview".into()),
        }),
        Some(("reissue", m)) => Command::Reissue(reissue_of(m)),
        Some(("revoke", m)) => {
            let (folder, number) = folder_and_number(m);
            Command::Revoke(Revoke {
                folder,
                number,
                reason: reason_of(m),
                undo: m.get_flag("undo"),
                now: Timestamp::now(),
            })
        }
        Some(("register", m)) => Command::Register(register_of(m)),
        Some(("verify", m)) => Command::Verify(Verify {
            what: text(m, "what").unwrap_or_default(),
            register: path(m, "register"),
            key: m.get_one::<PublicKey>("key").copied(),
        }),
        Some(("inspect", m)) => {
            Command::Inspect(Inspect { file: path(m, "file").unwrap_or_default() })
        }
        _ => return Err(command_missing(lang)),
    };
    let mut format = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => Format::Json,
        _ => Format::Text,
    };
    // Text would stand between the events.
    if let Command::Run(Run { progress: Progress::Json, .. })
    | Command::Assemble(Assemble { progress: Progress::Json, .. })
    | Command::Reissue(Reissue { progress: Progress::Json, .. }) = &command
    {
        format = Format::Json;
    }
    Ok(Args { format, command })
}

fn command_missing(lang: Lang) -> clap::Error {
    command(lang).error(ErrorKind::MissingSubcommand, lang.pick("缺少命令", "a command is missing"))
}

fn order(matches: &ArgMatches, threads: NonZeroUsize) -> Order {
    Order {
        sheet: path(matches, "sheet"),
        out: path(matches, "out").unwrap_or_else(|| "out".into()),
        only: matches.get_many("only").into_iter().flatten().cloned().collect(),
        hold: matches.get_flag("hold"),
        new: matches.get_many("new").into_iter().flatten().cloned().collect(),
        draft: matches.get_flag("draft"),
        // Only where a package is written.
        replace: matches.try_get_one("replace").is_ok_and(|it| it.copied().unwrap_or_default()),
        threads,
        now: Timestamp::now(),
    }
}

fn reissue_of(matches: &ArgMatches) -> Reissue {
    let (folder, source) = match path(matches, "from") {
        Some(sheet) => (folder(matches), Source::Sheet(sheet)),
        None => {
            let (folder, number) = folder_and_number(matches);
            let values = matches.get_many::<(String, String)>("set");
            let values = values.into_iter().flatten().cloned().collect();
            (folder, Source::Typed { number, values })
        }
    };
    let correction = Correction {
        source,
        reason: reason_of(matches),
        also: matches.get_many("also").into_iter().flatten().cloned().collect(),
        out: path(matches, "out").unwrap_or_else(|| "out".into()),
        replace: matches.get_flag("replace"),
        threads: threads_of(matches),
        now: Timestamp::now(),
    };
    let (yes, progress) = (matches.get_flag("yes"), progress_of(matches));
    Reissue { folder, correction, yes, progress }
}

fn register_of(matches: &ArgMatches) -> Register {
    let task = if matches.get_flag("check") {
        RegisterTask::Check
    } else if let Some(file) = path(matches, "export") {
        RegisterTask::Export(file)
    } else if let Some(folder) = path(matches, "publish") {
        RegisterTask::Publish(folder)
    } else if matches.get_flag("new-key") {
        RegisterTask::NewKey(reason_of(matches))
    } else {
        RegisterTask::List
    };
    let filter = Filter {
        kind: text(matches, "kind"),
        status: text(matches, "status"),
        text: text(matches, "text"),
    };
    Register { folder: folder(matches), filter, task, now: Timestamp::now() }
}

/// `[DIR] NUMBER`: where only one is typed it is the number.
fn folder_and_number(matches: &ArgMatches) -> (PathBuf, String) {
    match (path(matches, "dir"), text(matches, "number")) {
        (Some(folder), Some(number)) => (folder, number),
        (Some(number), None) => (".".into(), number.to_string_lossy().into_owned()),
        (None, number) => (".".into(), number.unwrap_or_default()),
    }
}

fn reason_of(matches: &ArgMatches) -> String {
    text(matches, "reason").unwrap_or_default()
}

fn text(matches: &ArgMatches, name: &str) -> Option<String> {
    matches.get_one::<String>(name).cloned()
}

fn threads_of(matches: &ArgMatches) -> NonZeroUsize {
    matches.get_one::<NonZeroUsize>("threads").copied().unwrap_or_else(all_threads)
}

fn progress_of(matches: &ArgMatches) -> Progress {
    match matches.get_one::<String>("progress").map(String::as_str) {
        Some("json") => Progress::Json,
        Some("none") => Progress::None,
        _ => Progress::Auto,
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
            "例：\n  accolade init 我的大赛        新建大赛文件夹，改好 contest.toml，放入名单\n  accolade check 我的大赛       只核对，什么也不写\n  accolade preview 我的大赛     先看最容易出问题的几页\n  accolade run 我的大赛         全部制作，得到一个压缩包\n  accolade reissue 我的大赛 JZCK2026-QY-1-001 --set 项目=新名称 --reason 更正\n  accolade verify 证书.pdf --register 我的大赛\n\n退出状态：0 完成；1 数据或模板有问题（什么也没有写）；2 用法或环境有问题；75 被中断、磁盘满、登记簿正被使用等，稍后原样再运行即可",
            "Examples:\n  accolade init mine        a new contest folder: edit contest.toml, put in the sheet\n  accolade check mine       report only, write nothing\n  accolade preview mine     look at the riskiest pages first\n  accolade run mine         make everything, get one zip\n  accolade reissue mine JZCK2026-QY-1-001 --set project=NEW --reason correction\n  accolade verify certificate.pdf --register mine\n\nExit status: 0 done; 1 problems in the data or a template (nothing was written); 2 usage or environment; 75 interrupted, disk full, register in use and the like: the same command may succeed later",
        ))
        .arg_required_else_help(true)
        .args([format, language, version])
        .subcommands([
            init(lang),
            check(lang),
            run(lang),
            plan(lang),
            assemble(lang),
            preview(lang),
            reissue(lang),
            revoke(lang),
            register(lang),
            verify(lang),
            inspect(lang),
        ])
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
        .about(lang.pick("读名单、核对、报告；不改动名单", "read the sheet, prove it, report; leaves the sheet alone"))
        .after_help(lang.pick(
            "例：\n  accolade check 我的大赛\n  accolade check 我的大赛 --sheet 终稿.xlsx --format json\n  accolade check 我的大赛 --annotate 待改.xlsx    在名单的副本上标出问题",
            "Examples:\n  accolade check mine\n  accolade check mine --sheet final.xlsx --format json\n  accolade check mine --annotate to-mend.xlsx    marks the faults in a copy of the sheet",
        ))
        .args([dir(lang), sheet(lang)])
        .arg(
            Arg::new("annotate")
                .long("annotate")
                .value_name("FILE.xlsx")
                .value_parser(value_parser!(PathBuf))
                .help(lang.pick(
                    "另写一份名单，有问题的单元格涂色并加批注；不覆盖已有的文件",
                    "write the sheet anew, faulty cells coloured and with notes; never over a file",
                )),
        )
        .arg(
            Arg::new("assume-mapping")
                .long("assume-mapping")
                .action(ArgAction::SetTrue)
                .help(lang.pick(
                    "缺一列而恰有一列的列名与它相近时，就当作它，并记在 contest.toml 的 [columns]",
                    "take the one column whose name is near a missing one's for it, and write that into [columns] of contest.toml",
                )),
        )
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
        .args(asked(lang))
        .arg(
            Arg::new("shard")
                .long("shard")
                .value_name("I/N")
                .value_parser(shard)
                .conflicts_with_all(["sheet", "only", "hold", "draft", "new", "replace"])
                .help(lang.pick(
                    "只做 accolade plan 冻结的方案的第 I 段，共 N 段；auto：由 Slurm、Kubernetes 或 Nomad 的环境变量决定",
                    "make only part I of N of the plan that accolade plan has frozen; auto: as Slurm, Kubernetes or Nomad say in the environment",
                )),
        )
        .arg(replace(lang))
        .arg(threads(lang))
        .arg(progress(lang))
}

/// `I/N`, or `auto`.
fn shard(text: &str) -> Result<Shard, String> {
    if text == "auto" {
        return Ok(Shard::Auto);
    }
    let typed = text.split_once('/').and_then(|(part, parts)| {
        let (part, parts) = (part.parse().ok()?, parts.parse().ok()?);
        (part <= parts).then_some(Which { part, parts: Some(parts) })
    });
    typed.map(Shard::Typed).ok_or_else(|| "1/4, 2/4 … 4/4, auto".into())
}

/// How many parts.
fn parts(text: &str) -> Result<NonZeroUsize, String> {
    let parts = text.parse().ok().filter(|parts| *parts <= MOST_PARTS);
    parts.ok_or_else(|| format!("1 – {MOST_PARTS}"))
}

fn plan(lang: Lang) -> clap::Command {
    base("plan", lang)
        .about(lang.pick(
            "冻结方案：读名单、排定全部编号，供多台机器分段制作",
            "freeze a plan: read the sheet, assign every number, for several machines to make parts of",
        ))
        .after_help(lang.pick(
            "例：\n  accolade plan 我的大赛 --parts 40\n  accolade run 我的大赛 --shard 7/40    每台机器做一段\n  accolade assemble 我的大赛           各段合成一个压缩包，登记编号",
            "Examples:\n  accolade plan mine --parts 40\n  accolade run mine --shard 7/40    each machine makes a part\n  accolade assemble mine            the parts become one package, its numbers are registered",
        ))
        .args([dir(lang), sheet(lang)])
        .arg(
            Arg::new("parts")
                .long("parts")
                .value_name("N")
                .required(true)
                .value_parser(parts)
                .help(lang.pick("分成几段", "how many parts")),
        )
        .arg(out(lang.pick("方案放在哪个文件夹；默认 out", "folder for the plan; out by default")))
        .args(asked(lang))
}

fn assemble(lang: Lang) -> clap::Command {
    base("assemble", lang)
        .about(lang.pick(
            "把各段合成压缩包，与一台机器做出来的一字不差，并登记编号",
            "put the parts together into the package that one machine would have made, and register its numbers",
        ))
        .args([dir(lang), sheet(lang)])
        .arg(out(lang.pick("方案和各段所在的文件夹；默认 out", "folder of the plan and its parts; out by default")))
        .arg(replace(lang))
        .arg(progress(lang))
}

/// What a run makes, and how it takes the sheet.
fn asked(lang: Lang) -> [Arg; 4] {
    [
        Arg::new("only").long("only").value_name("KIND").action(ArgAction::Append).help(
            lang.pick("只做这一种文件；可以重复", "only this kind of document; may be repeated"),
        ),
        Arg::new("hold").long("hold").action(ArgAction::SetTrue).help(lang.pick(
            "扣下有错的行，其余照做；名单类文件此时不做",
            "hold rows with errors and make the rest, but no lists of winners",
        )),
        Arg::new("draft").long("draft").action(ArgAction::SetTrue).help(lang.pick(
            "做样张：不登记编号，证书上印“样张”，不能核验",
            "make specimens: no number is registered, certificates are marked and prove nothing",
        )),
        Arg::new("new")
            .long("new")
            .value_name("CELL")
            .action(ArgAction::Append)
            .value_parser(|text: &str| CellRef::parse(text).ok_or("企业组!D5"))
            .help(lang.pick(
                "这一行是新的获奖者，不是谁的更正；可以重复",
                "this row is a new winner and no correction of another; may be repeated",
            )),
    ]
}

fn replace(lang: Lang) -> Arg {
    Arg::new("replace").long("replace").action(ArgAction::SetTrue).help(lang.pick(
        "原来的压缩包里文件更多，也替换它；不加就不替换",
        "put the package in place of one that holds more; without this it is left alone",
    ))
}

fn progress(lang: Lang) -> Arg {
    Arg::new("progress")
        .long("progress")
        .value_name("PROGRESS")
        .value_parser(PossibleValuesParser::new(["auto", "json", "none"]))
        .default_value("auto")
        .help(lang.pick(
            "进度写到标准错误；auto 在终端上显示进度条，json 每行一个 JSON 事件（结果则为 --format json）",
            "progress on standard error: auto shows a bar on a terminal, json one event a line (and implies --format json)",
        ))
}

fn threads(lang: Lang) -> Arg {
    Arg::new("threads")
        .long("threads")
        .value_name("N")
        .value_parser(value_parser!(NonZeroUsize))
        .help(lang.pick(
            "同时排版几份；默认用满处理器，结果都一样",
            "documents typeset at once; all processors by default, same bytes",
        ))
}

fn reissue(lang: Lang) -> clap::Command {
    base("reissue", lang)
        .about(lang.pick(
            "重发改正了的证书：编号不变，版次加一，别的都不动",
            "reissue corrected certificates: same number, next revision, nothing else touched",
        ))
        .override_usage(lang.pick(
            "accolade reissue [DIR] NUMBER --set 字段=值 --reason 说明\n      accolade reissue [DIR] --from 名单 --reason 说明",
            "accolade reissue [DIR] NUMBER --set FIELD=VALUE --reason TEXT\n       accolade reissue [DIR] --from SHEET --reason TEXT",
        ))
        .after_help(lang.pick(
            "例：\n  accolade reissue 我的大赛 JZCK2026-QY-1-001 --set 项目=新名称 --reason 名称有误\n  accolade reissue 我的大赛 JZCK2026-QY-1-001 --set 成员=甲、乙 --reason 漏了一人 --also 获奖名单通知\n  accolade reissue 我的大赛 --from 更正后.xlsx --reason 更正    先列出改动，确认后才做",
            "Examples:\n  accolade reissue mine JZCK2026-QY-1-001 --set project=NEW --reason \"wrong name\"\n  accolade reissue mine JZCK2026-QY-1-001 --set members=甲、乙 --reason \"one was left out\" --also 获奖名单通知\n  accolade reissue mine --from corrected.xlsx --reason correction    shows the changes and asks",
        ))
        .arg(dir(lang))
        .arg(number(lang).required_unless_present_any(["from", "dir"]).conflicts_with("from"))
        .arg(
            Arg::new("set")
                .long("set")
                .value_name(lang.pick("字段=值", "FIELD=VALUE"))
                .action(ArgAction::Append)
                .value_parser(setting)
                .required_unless_present("from")
                .conflicts_with("from")
                .help(lang.pick("改成这样；可以重复", "make it so; may be repeated")),
        )
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("SHEET")
                .value_parser(value_parser!(PathBuf))
                .help(lang.pick("按这份改正了的名单，有改动的都重发", "a corrected sheet: reissue whoever differs in it")),
        )
        .arg(reason(lang).required(true))
        .arg(
            Arg::new("also")
                .long("also")
                .value_name("KIND")
                .action(ArgAction::Append)
                .help(lang.pick(
                    "印着改动内容的这一种文件也重做；可以重复",
                    "also make this kind anew where it carries a change; may be repeated",
                )),
        )
        .arg(
            Arg::new("yes")
                .long("yes")
                .action(ArgAction::SetTrue)
                .help(lang.pick("不必问我", "do not ask")),
        )
        .arg(out(lang.pick("压缩包放在哪个文件夹；默认 out", "folder for the package; out by default")))
        .arg(replace(lang))
        .arg(threads(lang))
        .arg(progress(lang))
}

fn revoke(lang: Lang) -> clap::Command {
    base("revoke", lang)
        .about(lang.pick("撤销一份证书", "revoke a certificate"))
        .override_usage("accolade revoke [DIR] NUMBER --reason TEXT")
        .after_help(lang.pick(
            "例：\n  accolade revoke 我的大赛 JZCK2026-QY-1-001 --reason 取消获奖资格\n  accolade revoke 我的大赛 JZCK2026-QY-1-001 --undo --reason 撤销有误",
            "Examples:\n  accolade revoke mine JZCK2026-QY-1-001 --reason \"award withdrawn\"\n  accolade revoke mine JZCK2026-QY-1-001 --undo --reason \"revoked by mistake\"",
        ))
        .arg(dir(lang))
        .arg(number(lang).required_unless_present("dir"))
        .arg(reason(lang).required(true))
        .arg(
            Arg::new("undo")
                .long("undo")
                .action(ArgAction::SetTrue)
                .help(lang.pick("使撤销了的重新有效", "make a revoked one valid again")),
        )
}

fn register(lang: Lang) -> clap::Command {
    let file = |name: &'static str| Arg::new(name).long(name).value_parser(value_parser!(PathBuf));
    base("register", lang)
        .about(lang.pick("登记簿：发出过什么", "the register: what has been issued"))
        .after_help(lang.pick(
            "例：\n  accolade register 我的大赛 --status superseded\n  accolade register 我的大赛 --text 某某有限公司\n  accolade register 我的大赛 --export 登记簿.xlsx\n  accolade register 我的大赛 --publish 网站    核验网页 check.html 和状态清单 status.js\n  accolade register 我的大赛 --check           是否被改动过",
            "Examples:\n  accolade register mine --status superseded\n  accolade register mine --text 某某有限公司\n  accolade register mine --export register.xlsx\n  accolade register mine --publish site     the check page and the status list\n  accolade register mine --check            has anybody changed it?",
        ))
        .arg(dir(lang))
        .arg(
            Arg::new("kind")
                .long("kind")
                .value_name("KIND")
                .help(lang.pick("只列这一种", "only this kind")),
        )
        .arg(
            Arg::new("status")
                .long("status")
                .value_name("STATUS")
                .value_parser(PossibleValuesParser::new(super::register::STATUSES))
                .help(lang.pick("只列有效、已被取代或已撤销的", "only those of this status")),
        )
        .arg(
            Arg::new("text")
                .long("text")
                .value_name("TEXT")
                .help(lang.pick("只列含有这些字的", "only those that hold this text")),
        )
        .arg(
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .help(lang.pick("检查登记簿是否完好、有没有被改动", "prove that the register is whole and unchanged")),
        )
        .arg(file("export").value_name("FILE").help(lang.pick("导出为 xlsx、csv 或 json", "export as xlsx, csv or json")))
        .arg(file("publish").value_name("OUT").help(lang.pick(
            "把核验网页和签名的状态清单写进这个文件夹",
            "write the check page and the signed status list into this folder",
        )))
        .arg(
            Arg::new("new-key")
                .long("new-key")
                .action(ArgAction::SetTrue)
                .requires("reason")
                .help(lang.pick(
                    "此后用 signing.key 里的新密钥签名，没有就新做一把",
                    "from here on sign with the new key in signing.key, made if there is none",
                )),
        )
        .arg(reason(lang))
        .group(ArgGroup::new("task").args(["check", "export", "publish", "new-key"]))
}

fn verify(lang: Lang) -> clap::Command {
    base("verify", lang)
        .about(lang.pick("核验证书或压缩包：是否真实、是否有效", "is a certificate or a package genuine and current?"))
        .after_help(lang.pick(
            "例：\n  accolade verify 证书.pdf --register 我的大赛\n  accolade verify 证书.pdf --register status.js\n  accolade verify 获奖文件.zip --register 我的大赛\n  accolade verify 'https://…/check.html#…' --key 公钥\n\n退出状态：0 真实（给出登记簿或状态清单时，并且有效）；1 不是；2 无法核验",
            "Examples:\n  accolade verify certificate.pdf --register mine\n  accolade verify certificate.pdf --register status.js\n  accolade verify package.zip --register mine\n  accolade verify 'https://…/check.html#…' --key KEY\n\nExit status: 0 genuine (and current, where a register or status list is given); 1 not; 2 cannot be verified",
        ))
        .arg(
            Arg::new("what")
                .value_name("WHAT")
                .required(true)
                .help_heading(lang.pick("参数", "Arguments"))
                .help(lang.pick(
                    "PDF、压缩包，或二维码里的文字或链接；- 从标准输入读",
                    "a PDF, a package, or the text or link in a code; - reads standard input",
                )),
        )
        .arg(
            Arg::new("register")
                .long("register")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help(lang.pick("大赛文件夹，或状态清单 status.js", "the contest folder, or its status list status.js")),
        )
        .arg(
            Arg::new("key")
                .long("key")
                .value_name("KEY")
                // One key in 64 begins with a hyphen.
                .allow_hyphen_values(true)
                .value_parser(|text: &str| {
                    text.parse::<PublicKey>().map_err(|_| "43 × A–Z a–z 0–9 - _")
                })
                .help(lang.pick("主办单位的公钥", "the organizer's public key")),
        )
}

fn inspect(lang: Lang) -> clap::Command {
    base("inspect", lang)
        .about(lang.pick(
            "逐条检查公文 PDF 是否符合 GB/T 9704-2012，不论由谁制作",
            "hold an official document's PDF against GB/T 9704-2012, whoever made it",
        ))
        .after_help(lang.pick(
            "例：\n  accolade inspect 通知.pdf\n  accolade inspect 通知.pdf --format json\n\n输出是一张 Markdown 表：条款、要素、规定、实测、结论（合格、不合格、人工判断）。\n\n退出状态：0 没有不合格；1 有不合格；2 读不了",
            "Examples:\n  accolade inspect notice.pdf\n  accolade inspect notice.pdf --format json\n\nThe output is a Markdown table: clause, element, rule, measured, verdict (pass, fail, for a person).\n\nExit status: 0 nothing fails; 1 something does; 2 it cannot be read",
        ))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help_heading(lang.pick("参数", "Arguments"))
                .help(lang.pick("公文的 PDF", "the document's PDF")),
        )
}

fn number(lang: Lang) -> Arg {
    Arg::new("number")
        .value_name("NUMBER")
        .help_heading(lang.pick("参数", "Arguments"))
        .value_parser(NonEmptyStringValueParser::new())
        .help(lang.pick("证书编号", "the certificate's number"))
}

fn reason(lang: Lang) -> Arg {
    Arg::new("reason")
        .long("reason")
        .value_name("TEXT")
        .value_parser(NonEmptyStringValueParser::new())
        .help(lang.pick("原因，记入登记簿", "why, for the register"))
}

/// `FIELD=VALUE`.
fn setting(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once(['=', '＝']) {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err("FIELD=VALUE"),
    }
}

fn preview(lang: Lang) -> clap::Command {
    base("preview", lang)
        .about(lang.pick("把一份文件画成 PNG；不指明时画最容易出问题的几份", "draw one document as PNG; the riskiest ones if none is named"))
        .after_help(lang.pick(
            "例：\n  accolade preview 我的大赛                       名称最长、用字最生僻的几份\n  accolade preview 我的大赛 JZCK2026-QY-1-001     这个编号\n  accolade preview 我的大赛 '企业组!D5'           这一行\n  accolade preview 我的大赛 推荐函                 这一种\n\n有问题的页也画出来，用红框标明，退出状态 1",
            "Examples:\n  accolade preview mine                       longest names, rarest characters\n  accolade preview mine JZCK2026-QY-1-001     this number\n  accolade preview mine '企业组!D5'           this row\n  accolade preview mine 推荐函                 this kind\n\nPages with faults are drawn, too, with red frames; the exit status is then 1",
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
