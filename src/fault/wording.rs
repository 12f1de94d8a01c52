//! A fault in words: one renderer for the terminal, for programs, and for files.

use super::diagnostic::Diagnostic;
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

#[cfg(test)]
mod tests {
    use super::super::glyphs::Glyphs;
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
}
