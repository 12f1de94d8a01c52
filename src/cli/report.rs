//! Diagnostics and results → text for people or JSON for programs.

use std::collections::BTreeMap;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::args::Format;
use crate::cell::CellRef;
use crate::diagnostic::wording::{Lang, visible};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place, Severity};
use crate::fact::Fact;

/// How many warnings or notices of one code a person is shown.
const SHOWN_OF_ONE_CODE: usize = 10;

/// How many rows of one diagnostic a person is shown.
const SHOWN_ROWS: usize = 5;

/// How much of a cell's text a person is shown.
const SHOWN_TEXT: usize = 60;

/// What stands in the cells that diagnostics are about.
pub(super) type Texts = BTreeMap<CellRef, String>;

/// Says everything in one language and one format.
pub(super) struct Reporter {
    pub lang: Lang,
    format: Format,
}

/// A diagnostic for programs.
#[derive(Serialize)]
pub(super) struct DiagnosticJson {
    severity: &'static str,
    code: &'static str,
    cell: Option<CellRef>,
    /// What stands in the cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The other cells concerned.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<CellRef>,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<Fact>,
    rows: Vec<CellRef>,
    message: String,
    help: String,
}

impl Reporter {
    pub(super) fn new(lang: Lang, format: Format) -> Self {
        Self { lang, format }
    }

    /// Gives a command's result: `json` on standard output or `text` on
    /// standard error.
    pub(super) fn done(&self, json: &impl Serialize, text: impl FnOnce(Lang) -> String) {
        match self.format {
            Format::Json => print_json(json),
            Format::Text => print_text(&text(self.lang)),
        }
    }

    /// Says something in between, to people.
    pub(super) fn aside(&self, text: &str) {
        print_text(text);
    }

    /// Gives what kept a command from its work.
    pub(super) fn failed(&self, faults: &Diagnostics) {
        #[derive(Serialize)]
        struct Failed {
            diagnostics: Vec<DiagnosticJson>,
        }
        self.done(&Failed { diagnostics: self.json(faults) }, |lang| {
            // Files that were written before one could not be are still there.
            let partly = faults.iter().any(|fault| {
                matches!(fault.kind, Kind::CannotWrite { .. } | Kind::NotRecorded { .. })
            });
            let nothing = lang.pick("什么也没有写。\n", "Nothing was written.\n");
            self.text(faults) + if partly { "" } else { nothing }
        });
    }

    /// Diagnostics for programs.
    pub(super) fn json(&self, diagnostics: &Diagnostics) -> Vec<DiagnosticJson> {
        diagnostics.iter().map(|diagnostic| diagnostic_json(diagnostic, self.lang)).collect()
    }

    /// Diagnostics for programs, each with what stands in its cell.
    pub(super) fn json_with(
        &self,
        diagnostics: &Diagnostics,
        texts: &Texts,
    ) -> Vec<DiagnosticJson> {
        let mut all = self.json(diagnostics);
        for json in &mut all {
            json.text = json.cell.as_ref().and_then(|cell| texts.get(cell).cloned());
        }
        all
    }

    /// Diagnostics for people.
    pub(super) fn text(&self, diagnostics: &Diagnostics) -> String {
        self.text_with(diagnostics, &Texts::new())
    }

    /// Diagnostics for people, with what stands in their cells: the most
    /// serious first, those of a kind together, then as they were found; of
    /// many alike only the first ones, unless they are errors.
    pub(super) fn text_with(&self, diagnostics: &Diagnostics, texts: &Texts) -> String {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            first.entry(diagnostic.kind.code()).or_insert(index);
        }
        let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
        sorted.sort_by_key(|diagnostic| (diagnostic.severity(), first[diagnostic.kind.code()]));
        let mut text = String::new();
        for alike in
            sorted.chunk_by(|a, b| a.severity() == b.severity() && a.kind.code() == b.kind.code())
        {
            let serious = alike[0].severity() == Severity::Error;
            let shown = if serious { alike.len() } else { SHOWN_OF_ONE_CODE };
            text.extend(alike.iter().take(shown).map(|diagnostic| self.one(diagnostic, texts)));
            if let Some(more) = alike.len().checked_sub(shown).filter(|&more| more > 0) {
                text += &self.lang.pick(
                    format!("    … 同类还有 {more} 条，--format json 列出全部\n"),
                    format!("    … {more} more of this kind; --format json lists all\n"),
                );
            }
        }
        text
    }

    fn one(&self, diagnostic: &Diagnostic, texts: &Texts) -> String {
        let lang = self.lang;
        let severity = diagnostic.severity();
        let style = style(severity);
        let wording = diagnostic.wording(lang);
        let place = diagnostic.place.as_ref().map(|place| format!(" {place}")).unwrap_or_default();
        let code = diagnostic.kind.code();
        let colon = lang.pick("：", ": ");
        let severity = lang.severity(severity);
        let message = wording.message;
        let mut text = format!("{style}{severity}{style:#}{place}{colon}{message} [{code}]\n");
        if let Some(Place::Cell(cell)) = &diagnostic.place
            && let Some(own) = texts.get(cell).map(|own| own.trim())
            && !own.is_empty()
            && !message.contains(own)
            && let own = visible(own)
            && !message.contains(&own)
        {
            text += &format!("    {}{}\n", lang.pick("原文：", "cell: "), shortened(&own));
        }
        if !wording.help.is_empty() {
            text += &format!("    → {}\n", wording.help);
        }
        // A cell tells its own row, and the message names the others'.
        let own = usize::from(matches!(diagnostic.place, Some(Place::Cell(_))));
        let told = own + diagnostic.kind.others().len();
        if diagnostic.rows.len() > told {
            text += &format!("    {}\n", rows(&diagnostic.rows, lang));
        }
        text
    }
}

fn shortened(text: &str) -> String {
    let mut characters = text.chars();
    let shown: String = characters.by_ref().take(SHOWN_TEXT).collect();
    if characters.next().is_some() { shown + "…" } else { shown }
}

fn rows(rows: &[CellRef], lang: Lang) -> String {
    let named: Vec<String> = rows.iter().take(SHOWN_ROWS).map(CellRef::to_string).collect();
    let more = if rows.len() > SHOWN_ROWS { " …" } else { "" };
    lang.pick(
        format!("涉及 {} 行：{}{more}", rows.len(), named.join("、")),
        format!("{} rows: {}{more}", rows.len(), named.join(", ")),
    )
}

fn style(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}

fn diagnostic_json(diagnostic: &Diagnostic, lang: Lang) -> DiagnosticJson {
    let wording = diagnostic.wording(lang);
    let mut json = DiagnosticJson {
        severity: match diagnostic.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        code: diagnostic.kind.code(),
        cell: None,
        text: None,
        others: diagnostic.kind.others().to_vec(),
        file: None,
        line: None,
        column: None,
        number: None,
        fact: None,
        rows: diagnostic.rows.clone(),
        message: wording.message,
        help: wording.help,
    };
    match &diagnostic.place {
        Some(Place::Cell(cell)) => json.cell = Some(cell.clone()),
        Some(Place::Source { file, line, column }) => {
            json.file = Some(file.clone());
            (json.line, json.column) = (Some(*line), Some(*column));
        }
        Some(Place::File(path)) => json.file = Some(path.display().to_string()),
        Some(Place::Fact { number, fact }) => {
            (json.number, json.fact) = (Some(number.clone()), Some(*fact));
        }
        None => {}
    }
    json
}

/// A reader that hung up is no fault of ours: what cannot be printed is not.
fn print_json(value: &impl Serialize) {
    let mut json = serde_json::to_string_pretty(value).expect("results have keys that are text");
    json.push('\n');
    let _ = anstream::stdout().write_all(json.as_bytes());
}

fn print_text(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
