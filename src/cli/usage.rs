//! What is wrong with a command line → words in the language of who typed it;
//! clap's own are English only.

use std::error::Error as _;
use std::path::Path;
use std::process::ExitCode;

use accolade::Lang;
use accolade::fault::wording::Wording;
use accolade::nearest::nearest;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::Expected;
use super::report::Reporter;

/// The exit status of a command line that cannot be understood.
pub(super) const STATUS: u8 = 2;

/// What is wrong with what was typed, and what would be right.
pub(super) fn wording(error: &clap::Error, command: &clap::Command, lang: Lang) -> Wording {
    let mut help = vec![];
    help.extend(suggestion(error, command, lang));
    help.extend(usage(error, lang));
    if help.is_empty() {
        let help_option = "加 --help 看用法和例子";
        help.push(lang.pick(help_option, "--help shows the usage and examples").to_owned());
    }
    Wording { message: message(error, lang), help: help.join("\n") }
}

/// Tells that a command needs the number of a certificate and was given a folder
/// alone, which would pass for one.
pub(super) fn no_number(folder: &Path, reporter: &Reporter) -> ExitCode {
    let (folder, lang) = (folder.display(), reporter.lang);
    reporter.refused(Wording {
        message: lang.pick(
            format!("缺少证书编号：{folder} 是文件夹"),
            format!("the certificate's number is missing: {folder} is a folder"),
        ),
        help: lang.pick(
            format!("先写文件夹，再写编号；accolade register {folder} 列出全部编号"),
            format!("give the folder, then the number; accolade register {folder} lists them all"),
        ),
    });
    ExitCode::from(STATUS)
}

fn message(error: &clap::Error, lang: Lang) -> String {
    let all = names(error, ContextKind::InvalidArg);
    let argument = all.join(lang.pick("、", ", "));
    let value = first(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            lang.pick(format!("没有选项“{argument}”"), format!("there is no option “{argument}”"))
        }
        ErrorKind::UnknownArgument => lang.pick(
            format!("多了“{argument}”，不知道是什么"),
            format!("“{argument}” is one argument too many"),
        ),
        ErrorKind::InvalidSubcommand => {
            let name = first(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            lang.pick(format!("没有命令“{name}”"), format!("there is no command “{name}”"))
        }
        ErrorKind::MissingSubcommand => lang.pick("缺少命令", "a command is missing").into(),
        ErrorKind::InvalidValue if value.is_empty() && !argument.starts_with('-') => {
            lang.pick(format!("{argument} 是空的"), format!("{argument} is empty"))
        }
        ErrorKind::InvalidValue | ErrorKind::NoEquals if value.is_empty() => {
            lang.pick(format!("“{argument}”后面缺少值"), format!("“{argument}” needs a value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => lang.pick(
            format!("“{argument}”不能是“{value}”"),
            format!("“{argument}” cannot be “{value}”"),
        ),
        ErrorKind::MissingRequiredArgument => {
            lang.pick(format!("缺少 {argument}"), format!("{argument} is missing"))
        }
        ErrorKind::ArgumentConflict => {
            let prior = names(error, ContextKind::PriorArg).join(lang.pick("”“", "”, “"));
            if prior == argument {
                lang.pick(
                    format!("“{argument}”只能写一次"),
                    format!("“{argument}” may be given only once"),
                )
            } else {
                lang.pick(
                    format!("“{argument}”不能与“{prior}”同用"),
                    format!("“{argument}” cannot go with “{prior}”"),
                )
            }
        }
        ErrorKind::InvalidUtf8 => lang
            .pick("有一个参数不是 UTF-8 文字", "one of the arguments is no text in UTF-8")
            .into(),
        // Nothing else can be typed here; should it ever be, clap's words are
        // better than none.
        _ => {
            let said = error.to_string();
            let first = said.lines().next().unwrap_or_default();
            first.trim_start_matches("error: ").to_owned()
        }
    }
}

/// What would be right, as far as that is known.
fn suggestion(error: &clap::Error, command: &clap::Command, lang: Lang) -> Option<String> {
    let commands: Vec<_> = command.get_subcommands().map(clap::Command::get_name).collect();
    let suggested = [
        first(error, ContextKind::SuggestedArg),
        first(error, ContextKind::SuggestedSubcommand),
        first(error, ContextKind::SuggestedValue),
        first(error, ContextKind::InvalidSubcommand)
            .and_then(|typed| nearest(&typed, commands.iter().copied()).map(str::to_owned)),
    ];
    if let Some(suggested) = suggested.into_iter().flatten().next() {
        return Some(
            lang.pick(format!("是否应为“{suggested}”？"), format!("did you mean “{suggested}”?")),
        );
    }
    let known: Vec<String> = match error.kind() {
        ErrorKind::InvalidSubcommand => commands.into_iter().map(str::to_owned).collect(),
        _ => texts(error, ContextKind::ValidValue),
    };
    if !known.is_empty() {
        return Some(lang.pick(
            format!("可以是：{}", known.join("、")),
            format!("choose from: {}", known.join(", ")),
        ));
    }
    // Our own parsers say what they expect.
    let expected = error.source().filter(|_| error.kind() == ErrorKind::ValueValidation)?;
    Some(match expected.downcast_ref::<Expected>() {
        Some(expected) => expected.pick(lang).to_owned(),
        None => expected.to_string(),
    })
}

/// How the command is to be typed.
fn usage(error: &clap::Error, lang: Lang) -> Option<String> {
    let usage = first(error, ContextKind::Usage)?;
    let ways: Vec<&str> = usage.trim_start_matches("Usage:").lines().map(str::trim).collect();
    Some(
        lang.pick(
            format!("用法：{}", ways.join("\n或：")),
            format!("usage: {}", ways.join("\nor: ")),
        ),
    )
}

/// Arguments by name alone: `--out <OUT>` is `--out`.
fn names(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    let name = |text: String| match text.split_once(' ') {
        Some((name, _)) if name.starts_with('-') => name.to_owned(),
        _ => text,
    };
    texts(error, kind).into_iter().map(name).collect()
}

fn first(error: &clap::Error, kind: ContextKind) -> Option<String> {
    texts(error, kind).into_iter().next()
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        _ => Vec::new(),
    }
}
