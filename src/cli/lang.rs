//! The language of who typed the command, known before anything is parsed: what
//! is wrong with the command line is told in it, too.

use std::ffi::OsString;

use accolade::Lang;
use clap::ValueEnum;

use super::choice::typed;

/// The languages that can be chosen.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Language {
    Zh,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::En => Self::En,
        }
    }
}

/// What POSIX asks for the language of messages, in its order.
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// The language that `--lang` names, else the first of the environment's
/// variables that names any, else Chinese.
pub(super) fn of(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Lang {
    let mut words = typed(arguments, "--lang").into_iter();
    let named = words.find_map(|word| Language::from_str(word, false).ok());
    let known = || VARIABLES.iter().find_map(|name| locale(&variable(name)?));
    named.map(Lang::from).or_else(known).unwrap_or(Lang::Zh)
}

/// The language of a locale such as `zh_CN.UTF-8`; of `C`, none.
fn locale(name: &str) -> Option<Lang> {
    let language = name.split(['_', '.', '@', '-']).next().unwrap_or_default();
    match language {
        "" | "C" | "POSIX" => None,
        "zh" => Some(Lang::Zh),
        _ => Some(Lang::En),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(command: &str, environment: &[(&str, &str)]) -> Lang {
        let arguments: Vec<_> = command.split(' ').map(OsString::from).collect();
        of(&arguments, |name| {
            let found = environment.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn what_is_typed_comes_before_the_locale() {
        let (zh, en) = ([("LANG", "zh_CN.UTF-8")], [("LANG", "en_US.UTF-8")]);
        assert_eq!(lang("accolade run --lang en", &zh), Lang::En);
        assert_eq!(lang("accolade --lang=zh run", &en), Lang::Zh);
        assert_eq!(lang("accolade run --lang", &en), Lang::En);
        // A language that is not there is refused, in the locale's own.
        assert_eq!(lang("accolade run --lang fr", &en), Lang::En);
        assert_eq!(lang("accolade verify -- --lang=en", &zh), Lang::Zh);
    }

    #[test]
    fn the_locale_is_the_one_that_posix_would_take() {
        let (zh, en) = ("zh_CN.UTF-8", "en_US.UTF-8");
        for (environment, expected) in [
            (&[("LC_ALL", en), ("LC_MESSAGES", zh), ("LANG", zh)][..], Lang::En),
            (&[("LC_ALL", ""), ("LC_MESSAGES", en), ("LANG", zh)], Lang::En),
            (&[("LC_MESSAGES", zh), ("LANG", en)], Lang::Zh),
            // Neither the order of bytes nor an encoding is a language.
            (&[("LC_ALL", "C.UTF-8"), ("LANG", en)], Lang::En),
            (&[("LC_ALL", "C")], Lang::Zh),
            (&[("LANG", "POSIX")], Lang::Zh),
            (&[("LANG", "zh")], Lang::Zh),
            (&[("LANG", "de_DE.UTF-8")], Lang::En),
            (&[("LC_CTYPE", en)], Lang::Zh),
            (&[], Lang::Zh),
        ] {
            assert_eq!(lang("accolade run", environment), expected, "{environment:?}");
        }
    }
}
