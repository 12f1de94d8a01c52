//! A fault in words: one renderer for the terminal, for programs, and for files.

use std::error::Error;
use std::fmt;

use super::diagnostic::{Diagnostic, Diagnostics};
pub use super::phrases::visible;
use super::remedy::Remedy;
use super::rules::RULES;
use super::severity::Severity;
use crate::lang::Lang;

/// A diagnostic in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// What is wrong.
    pub message: String,
    /// What to do; empty where there is nothing to do.
    pub help: String,
}

impl Wording {
    /// The first line: how grave it is, where, and what is wrong. `mark` dresses
    /// the first of them.
    pub fn headline(
        &self,
        severity: Severity,
        place: Option<&str>,
        lang: Lang,
        mark: impl Fn(&str) -> String,
    ) -> String {
        let severity = mark(lang.severity(severity));
        let (before, place) = place.map_or(("", ""), |place| (" ", place));
        format!("{severity}{before}{place}{}{}", lang.pick("：", ": "), self.message)
    }

    /// What to do, in the lines that follow.
    pub fn advice(&self) -> impl Iterator<Item = String> {
        self.help.lines().map(|line| format!("→ {line}"))
    }
}

impl Diagnostic {
    /// What the program can do about it, if it is asked to; nothing need be done
    /// about what is allowed. What a contest may allow, its words tell already.
    pub fn remedies(&self) -> Vec<Remedy> {
        if self.allowed.is_some() {
            return Vec::new();
        }
        let mut remedies = self.kind.remedies();
        let code = self.kind.code();
        if let (Some(was), Some(now)) = (self.kind.value(), self.kind.meant()) {
            remedies.push(Remedy::Mend { was: was.to_owned(), now: now.to_owned() });
        }
        if let Some(value) = self.kind.value().filter(|_| RULES.contains(&code)) {
            remedies.push(Remedy::Allow { code, value: value.to_owned() });
        }
        remedies
    }

    /// The diagnostic in `lang` as a file tells it, without its place and rows.
    pub fn wording(&self, lang: Lang) -> Wording {
        self.wording_with(lang, Remedy::sentence)
    }

    /// The same, with each remedy as `show` puts it.
    pub fn wording_with(&self, lang: Lang, show: impl Fn(&Remedy, Lang) -> String) -> Wording {
        let (message, help) = self.kind.domain().sentences(lang);
        if let Some(reason) = &self.allowed {
            let allowed = lang.pick(format!("；已准许：{reason}"), format!("; allowed: {reason}"));
            return Wording { message: message + &allowed, help: String::new() };
        }
        let remedies = self.kind.remedies();
        let shown: Vec<String> = remedies.iter().map(|remedy| show(remedy, lang)).collect();
        Wording { message, help: help + &shown.join(lang.pick("；", "; ")) }
    }
}

/// In English, each with its place and what to do, for the log of a program. A
/// program that speaks to people takes [`Diagnostic::wording`].
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.iter().flat_map(|fault| {
            let place = fault.place.as_ref().map(ToString::to_string);
            let wording = fault.wording(Lang::En);
            let headline =
                wording.headline(fault.severity(), place.as_deref(), Lang::En, str::to_owned);
            std::iter::once(headline).chain(wording.advice().collect::<Vec<_>>())
        });
        f.write_str(&lines.collect::<Vec<_>>().join("\n"))
    }
}

impl Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::super::glyphs::Glyphs;
    use super::super::place::Place;
    use super::*;

    #[test]
    fn what_is_allowed_needs_no_remedy() {
        let fault = Diagnostic::new(Glyphs::MissingGlyph { character: '丂' });
        assert_eq!(fault.remedies().len(), 1);
        assert!(fault.wording(Lang::Zh).help.contains("fonts/"));
        let allowed = fault.allowed("已核对");
        assert!(allowed.remedies().is_empty());
        assert_eq!(allowed.wording(Lang::Zh).help, "");
    }

    #[test]
    fn faults_are_an_error_that_tells_them_all() {
        let fault = || Diagnostic::new(Glyphs::MissingGlyph { character: '丂' });
        let mut faults = Diagnostics::from(fault().at(Place::File("a.xlsx".into())));
        faults.push(fault());
        let told = faults.to_string();
        assert!(told.starts_with("error a.xlsx: "), "{told}");
        assert_eq!(told.lines().filter(|line| line.starts_with("error")).count(), 2);
        assert_eq!(told.lines().filter(|line| line.starts_with("→ ")).count(), 2);
    }
}
