//! Diagnostics and results → text for people or JSON for programs.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use accolade::Lang;
use accolade::cell::CellRef;
use accolade::fault::wording::{Wording, visible};
use accolade::fault::{self, Class, Diagnostic, Diagnostics, Kind, Place, Severity};
use accolade::report::faults::{self, FaultReport};
use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::choice::Format;
use super::remedy;

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
    /// Why the result could not be printed.
    unprinted: OnceCell<io::Error>,
}

/// What programs get instead of a result.
#[derive(Serialize)]
struct Failed {
    diagnostics: Vec<FaultReport>,
}

/// A result for programs, with what was noticed on the way to it.
#[derive(Serialize)]
pub(super) struct Told<'a, T: Serialize> {
    #[serde(flatten)]
    pub result: &'a T,
    pub diagnostics: Vec<FaultReport>,
}

impl Reporter {
    pub(super) fn new(lang: Lang, format: Format) -> Self {
        Self { lang, format, unprinted: OnceCell::new() }
    }

    /// Gives a command's result on standard output.
    pub(super) fn done(&self, json: &impl Serialize, text: impl FnOnce(Lang) -> String) {
        match self.format {
            Format::Json => self.print_json(json),
            Format::Text => self.print(&text(self.lang)),
        }
    }

    /// Gives a result, and what was noticed on the way to it.
    pub(super) fn done_with(
        &self,
        result: &impl Serialize,
        noticed: &Diagnostics,
        text: impl FnOnce(Lang) -> String,
    ) {
        self.noticed(noticed);
        self.done(&Told { result, diagnostics: self.json(noticed) }, text);
    }

    /// Tells people what was noticed on the way to a result. Programs find it in
    /// the result.
    pub(super) fn noticed(&self, diagnostics: &Diagnostics) {
        self.hint(&self.text(diagnostics));
    }

    /// Tells people something beside the result.
    pub(super) fn hint(&self, text: &str) {
        if self.format == Format::Text {
            self.aside(text);
        }
    }

    /// Says something on standard error, whatever the format.
    pub(super) fn aside(&self, text: &str) {
        let _ = anstream::stderr().write_all(text.as_bytes());
    }

    /// Gives faults that are the very result that was asked for.
    pub(super) fn found(&self, faults: &Diagnostics) {
        self.done(&Failed { diagnostics: self.json(faults) }, |_| self.text(faults));
    }

    /// Gives what kept a command from its work; one that `writes` has written
    /// nothing then.
    pub(super) fn failed(&self, faults: &Diagnostics, writes: bool) {
        if self.format == Format::Json {
            return self.found(faults);
        }
        // Files that were written before one could not be are still there.
        let partly = faults.iter().any(|fault| {
            matches!(
                fault.kind,
                Kind::Environment(fault::Environment::CannotWrite { .. })
                    | Kind::Register(fault::Register::NotRecorded { .. })
            )
        });
        let nothing = self.lang.pick("什么也没有写。\n", "Nothing was written.\n");
        self.aside(&(self.text(faults) + if writes && !partly { nothing } else { "" }));
    }

    /// Gives what is wrong with the command line.
    pub(super) fn refused(&self, wording: Wording) {
        self.ours("usage", wording);
    }

    /// Tells that the program has failed as nobody has foreseen.
    pub(super) fn broken(&self, said: &str) {
        let message = self.lang.pick(
            format!("程序意外中止：{said}"),
            format!("the program has failed unexpectedly: {said}"),
        );
        let help = self.lang.pick(
            "原样再运行一次，编号不会重复；若仍如此，请把这段话和所用的命令告诉维护者",
            "give the same command again, it uses no number twice; if it fails again, tell the maintainers what stands here and what you typed",
        );
        self.ours("internal-error", Wording { message, help: help.to_owned() });
    }

    /// Gives an error that no stage has found.
    fn ours(&self, code: &'static str, wording: Wording) {
        match self.format {
            Format::Json => {
                let json = FaultReport::error(code, wording);
                self.print_json(&Failed { diagnostics: vec![json] });
            }
            Format::Text => {
                let headline = styled(&wording, Severity::Error, None, self.lang);
                let mut text = format!("{headline} [{code}]\n");
                text.extend(wording.advice().map(|line| format!("    {line}\n")));
                self.aside(&text);
            }
        }
    }

    /// The exit status, which is another if the result could not be printed.
    pub(super) fn end(&self, status: ExitCode) -> ExitCode {
        let Some(error) = self.unprinted.get() else { return status };
        let output = Path::new(self.lang.pick("标准输出", "standard output"));
        let faults = Diagnostics::from(Diagnostic::cannot_write(output, error));
        self.aside(&self.text(&faults));
        status_of(&faults)
    }

    fn print_json(&self, value: &impl Serialize) {
        let mut json =
            serde_json::to_string_pretty(value).expect("results have keys that are text");
        json.push('\n');
        self.print(&json);
    }

    /// Prints on standard output. A reader that hung up has read enough.
    fn print(&self, text: &str) {
        let mut output = anstream::stdout();
        let printed = output.write_all(text.as_bytes()).and_then(|()| output.flush());
        if let Err(error) = printed
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            let _ = self.unprinted.set(error);
        }
    }

    /// Diagnostics for programs.
    pub(super) fn json(&self, diagnostics: &Diagnostics) -> Vec<FaultReport> {
        let told = |fault| FaultReport::new(fault, self.lang, remedy::command);
        diagnostics.iter().map(told).collect()
    }

    /// Diagnostics for programs, each with what stands in its cell.
    pub(super) fn json_with(&self, diagnostics: &Diagnostics, texts: &Texts) -> Vec<FaultReport> {
        self.json(diagnostics).into_iter().map(|fault| fault.with_text(texts)).collect()
    }

    /// Diagnostics for people.
    pub(super) fn text(&self, diagnostics: &Diagnostics) -> String {
        self.text_with(diagnostics, &Texts::new())
    }

    /// Diagnostics for people, with what stands in their cells: the most
    /// serious first, those of a kind together, then as they were found; of
    /// many alike only the first ones, unless they are errors.
    pub(super) fn text_with(&self, diagnostics: &Diagnostics, texts: &Texts) -> String {
        let mut text = String::new();
        for alike in faults::grouped(diagnostics) {
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
        let wording = diagnostic.wording_with(lang, remedy::command);
        let place = diagnostic.place.as_ref().map(shown);
        let headline = styled(&wording, diagnostic.severity(), place.as_deref(), lang);
        let mut text = format!("{headline} [{}]\n", diagnostic.kind.code());
        let message = &wording.message;
        if let Some(Place::Cell(cell)) = &diagnostic.place
            && let Some(own) = texts.get(cell).map(|own| own.trim())
            && !own.is_empty()
            && !message.contains(own)
            && let own = visible(own)
            && !message.contains(&own)
        {
            text += &format!("    {}{}\n", lang.pick("原文：", "cell: "), shortened(&own));
        }
        text.extend(wording.advice().map(|line| format!("    {line}\n")));
        // A cell tells its own row, and the message names the others'.
        let own = usize::from(matches!(diagnostic.place, Some(Place::Cell(_))));
        let told = own + diagnostic.kind.others().len();
        if diagnostic.rows.len() > told {
            text += &format!("    {}\n", rows(&diagnostic.rows, lang));
        }
        text
    }
}

/// The exit status of a command that noticed this.
pub(super) fn status_of(noticed: &Diagnostics) -> ExitCode {
    ExitCode::from(match noticed {
        noticed if !noticed.has_errors() => 0,
        noticed => match noticed.class() {
            Class::Data => 1,
            Class::Usage | Class::Environment => 2,
            Class::Transient => 75,
        },
    })
}

/// A place in words; a dot says nothing to who does not know where it is.
fn shown(place: &Place) -> String {
    match (place, env::current_dir()) {
        (Place::File(path), Ok(folder)) if path == Path::new(".") => folder.display().to_string(),
        _ => place.to_string(),
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

/// A headline with its first word in the colour of how grave it is.
fn styled(wording: &Wording, severity: Severity, place: Option<&str>, lang: Lang) -> String {
    let style = style(severity);
    wording.headline(severity, place, lang, |name| format!("{style}{name}{style:#}"))
}

fn style(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}
