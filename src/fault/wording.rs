//! A fault in words: one renderer for the terminal, for programs, and for files.

use super::{Diagnostic, Remedy, Severity};
use crate::cell::CellRef;
use crate::field::Field;

/// How many cells a message names.
const SHOWN_CELLS: usize = 8;

/// The language people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// 简体中文.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The one of two texts that is in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A field's name in this language.
    pub fn field(self, field: Field) -> &'static str {
        self.pick(field.label(), field.name())
    }

    /// A severity's name in this language.
    pub fn severity(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.pick("错误", "error"),
            Severity::Warning => self.pick("警告", "warning"),
            Severity::Info => self.pick("提示", "info"),
        }
    }
}

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
    /// about what is allowed.
    pub fn remedies(&self) -> Vec<Remedy> {
        if self.allowed.is_some() { Vec::new() } else { self.kind.remedies() }
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

/// The first of these cells.
pub(super) fn cells(cells: &[CellRef], lang: Lang) -> String {
    let shown: Vec<String> = cells.iter().take(SHOWN_CELLS).map(CellRef::to_string).collect();
    let more = if cells.len() > shown.len() { lang.pick("……", " …") } else { "" };
    shown.join(lang.pick("、", ", ")) + more
}

/// The first of the other cells concerned, if there are any.
pub(super) fn also(others: &[CellRef], lang: Lang) -> String {
    if others.is_empty() {
        return String::new();
    }
    let cells = cells(others, lang);
    lang.pick(format!("（还有 {cells}）"), format!(" (also {cells})"))
}

/// The text with its invisible characters shown, so that a change can be seen.
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' => "⏎".to_owned(),
            ' ' => "␣".to_owned(),
            c if c.is_whitespace() || c.is_control() || is_zero_width(c) => {
                format!("‹U+{:04X}›", u32::from(c))
            }
            c => c.to_string(),
        })
        .collect()
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}
