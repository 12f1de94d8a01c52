//! The words that options choose from, each once, and what is chosen before
//! anything is parsed: a slip is told in the reader's language and format, too.

use std::ffi::OsString;

use clap::ValueEnum;

/// How results are given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
}

impl Format {
    /// The format that is asked for, whether or not the rest is sound.
    pub(super) fn of(arguments: &[OsString]) -> Self {
        // Text would stand between the events.
        match (chosen(arguments, "--format"), chosen(arguments, "--progress")) {
            (Some(Self::Json), _) | (_, Some(Progress::Json)) => Self::Json,
            _ => Self::Text,
        }
    }
}

/// How standard error tells how far the work is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Progress {
    /// A bar, on a terminal.
    #[default]
    Auto,
    /// An event on each line, and nothing else.
    Json,
    None,
}

/// What is chosen last for an option, if that is one of its words.
fn chosen<T: ValueEnum>(arguments: &[OsString], option: &str) -> Option<T> {
    typed(arguments, option).last().and_then(|word| T::from_str(word, false).ok())
}

/// The values that are typed for an option.
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
