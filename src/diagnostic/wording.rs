//! Every sentence about a diagnostic, in Chinese and in English.
//!
//! A message says what is wrong; the help says what to do about it.

use super::{Diagnostic, Kind, Severity};
use crate::cell::CellRef;
use crate::field::Field;

mod contest;
mod documents;
mod environment;
mod facts;
mod parts;
mod reading;
mod register;
mod rules;
mod sheet;

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

impl Diagnostic {
    /// The diagnostic in `lang`, without its place and rows.
    pub fn wording(&self, lang: Lang) -> Wording {
        let (message, help) = match &self.kind {
            kind if kind.blames_environment() => environment::environment(kind, lang),
            Kind::TomlSyntax { .. }
            | Kind::UnknownKey { .. }
            | Kind::MissingKey { .. }
            | Kind::EmptyList { .. }
            | Kind::WrongType { .. }
            | Kind::NotAllowed { .. }
            | Kind::Repeated { .. }
            | Kind::BadPattern { .. }
            | Kind::BeforeFinal { .. }
            | Kind::NotARule { .. }
            | Kind::AllowanceUnused { .. }
            | Kind::UnknownTemplate { .. }
            | Kind::StandardsConflict { .. }
            | Kind::BadFont => contest::contest(&self.kind, lang),
            Kind::UndeclaredFact { .. }
            | Kind::MissingFact { .. }
            | Kind::WrongFact { .. }
            | Kind::DeclaredOtherwise { .. } => facts::facts(&self.kind, lang),
            Kind::NumberRevoked { .. }
            | Kind::NumberValid { .. }
            | Kind::OtherSeries { .. }
            | Kind::FactChanged { .. }
            | Kind::Resembles { .. }
            | Kind::WinnersMissing { .. }
            | Kind::OtherRoster { .. }
            | Kind::NothingChanged
            | Kind::NotOneEntrant { .. }
            | Kind::AlsoPrinted { .. }
            | Kind::NotLookedUp
            | Kind::RegisterTampered { .. } => register::register(&self.kind, lang),
            Kind::NumberTwice { .. }
            | Kind::CodeTooLong { .. }
            | Kind::CodeNotShown { .. }
            | Kind::CodeTooFine { .. }
            | Kind::NoDocument { .. }
            | Kind::ListsHeld { .. }
            | Kind::Template { .. }
            | Kind::TemplateWarning { .. }
            | Kind::SlowTemplate { .. }
            | Kind::PageCount { .. }
            | Kind::NotReadable { .. }
            | Kind::OutsidePage { .. }
            | Kind::Overlap { .. }
            | Kind::TypeTooSmall { .. }
            | Kind::NotPublic { .. }
            | Kind::PlacesDiffer { .. } => documents::documents(&self.kind, lang),
            Kind::SameEntrant { .. }
            | Kind::TooManyMembers { .. }
            | Kind::SharedMember { .. }
            | Kind::RepeatedProject { .. }
            | Kind::SimilarProject { .. }
            | Kind::SameProjectName { .. }
            | Kind::RegisteredTooEarly { .. }
            | Kind::AwardCount { .. }
            | Kind::OverQuota { .. }
            | Kind::Outranked { .. }
            | Kind::Excluded { .. }
            | Kind::ResemblesExcluded { .. }
            | Kind::NothingExcluded { .. } => rules::rule(&self.kind, lang),
            Kind::UnreadRow { .. }
            | Kind::UnclearHeader { .. }
            | Kind::NoHeader { .. }
            | Kind::Covered { .. }
            | Kind::HeaderOverColumns { .. }
            | Kind::ColumnsJoined { .. }
            | Kind::TwoValues { .. }
            | Kind::Contradiction { .. }
            | Kind::Contradicts { .. }
            | Kind::StruckOut { .. }
            | Kind::HiddenColumns { .. }
            | Kind::SignatureSkipped { .. }
            | Kind::Converted { .. }
            | Kind::ShownAs { .. }
            | Kind::NotShown { .. }
            | Kind::Nobody { .. }
            | Kind::NotAName { .. }
            | Kind::UnusualName { .. } => reading::reading(&self.kind, lang),
            kind => sheet::sheet(kind, lang),
        };
        match &self.allowed {
            None => Wording { message, help },
            Some(reason) => {
                let allowed =
                    lang.pick(format!("；已准许：{reason}"), format!("; allowed: {reason}"));
                Wording { message: message + &allowed, help: String::new() }
            }
        }
    }
}

/// Message and help.
type Pair = (String, String);

/// The first of these cells.
fn cells(cells: &[CellRef], lang: Lang) -> String {
    let shown: Vec<String> = cells.iter().take(SHOWN_CELLS).map(CellRef::to_string).collect();
    let more = if cells.len() > shown.len() { lang.pick("……", " …") } else { "" };
    shown.join(lang.pick("、", ", ")) + more
}

/// The first of the other cells concerned, if there are any.
fn also(others: &[CellRef], lang: Lang) -> String {
    if others.is_empty() {
        return String::new();
    }
    let cells = cells(others, lang);
    lang.pick(format!("（还有 {cells}）"), format!(" (also {cells})"))
}

/// What a closed list's member is called: 组别, 奖项 or 县（区、市）.
fn name_of(field: Field) -> &'static str {
    match field {
        Field::County => "县（区、市）",
        other => other.label(),
    }
}

fn type_zh(name: &str) -> &str {
    match name {
        "string" => "文字",
        "whole number" => "不小于 0 的整数",
        "integer" => "整数",
        "float" => "小数",
        "number" => "数",
        "boolean" => "true 或 false",
        "datetime" | "date" => "日期",
        "array" | "list" => "列表",
        "table" => "表",
        other => other,
    }
}

fn braced(names: &[String]) -> String {
    names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(" ")
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
