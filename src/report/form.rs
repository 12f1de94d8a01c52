//! `contest.toml` as a form: every key it may have with what it means, what it is,
//! and what is wrong with it. The file need not be sound, only TOML.

use std::fs;
use std::path::Path;

use crate::contest::{Contest, FILE, Keys, Written};
use crate::fault::{Diagnostic, Diagnostics};
use crate::lang::Lang;
use crate::template::Templates;

mod choices;
mod faults;
mod field;
mod maker;

pub use field::{Choice, Entry, Field, Form, Kind, Section};
use maker::Maker;

/// The folder's `contest.toml` as a form.
///
/// # Errors
/// It or a template cannot be read, or it is no TOML.
pub fn form(folder: &Path, lang: Lang) -> Result<Form, Diagnostics> {
    let path = folder.join(FILE);
    let text = fs::read_to_string(&path).map_err(|error| Diagnostic::cannot_read(&path, &error))?;
    let written = Written::read(&text)?;
    let templates = Templates::load(folder)?;
    let (keys, _) = Keys::of(&templates);
    let maker = Maker { keys: &keys, file: written.json(), templates: &templates, lang };
    let mut form = Form { sections: maker.sections(), faults: Vec::new() };
    if let Err(found) = Contest::parse(folder, &text) {
        faults::place(&mut form, &found, &written, lang);
    }
    Ok(form)
}

#[cfg(test)]
mod tests;
