//! Header words added to `contest.toml`, its text otherwise left as it is.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::file::{Contest, FILE};
use crate::fault::{Diagnostic, Diagnostics};
use crate::field::Field;
use crate::unfinished::Unfinished;

/// Lines of `[columns]` that give each field its header words.
pub fn lines(words: &BTreeMap<Field, Vec<String>>) -> impl Iterator<Item = String> {
    words.iter().map(|(field, words)| {
        let words: Vec<String> =
            words.iter().map(|word| toml::Value::from(word.as_str()).to_string()).collect();
        format!("{field} = [{}]", words.join(", "))
    })
}

/// Writes header words into the folder's `contest.toml`: into its table
/// `[columns]`, or into one at its end.
///
/// # Errors
/// The file cannot be read or written, or is unsound with the words,
/// as where a field has some already; nothing was written then.
pub fn assume(folder: &Path, words: &BTreeMap<Field, Vec<String>>) -> Result<(), Diagnostics> {
    let path = folder.join(FILE);
    let text = fs::read_to_string(&path).map_err(|error| Diagnostic::cannot_read(&path, &error))?;
    let text = with_lines(&text, lines(words));
    Contest::parse(folder, &text)?;
    replace(&path, &text).map_err(|error| Diagnostic::cannot_write(&path, &error).into())
}

fn with_lines(text: &str, lines: impl Iterator<Item = String>) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let added: String = lines.map(|line| line + end).collect();
    let is_header =
        |line: &str| line.split_once('#').map_or(line, |(code, _)| code).trim() == "[columns]";
    let mut before = 0;
    for line in text.split_inclusive('\n') {
        before += line.len();
        if is_header(line) {
            let (before, after) = text.split_at(before);
            let gap = if before.ends_with('\n') { "" } else { end };
            return format!("{before}{gap}{added}{after}");
        }
    }
    let gap = if text.ends_with('\n') { "" } else { end };
    format!("{text}{gap}{end}[columns]{end}{added}")
}

/// The new text has the file's permissions and stands there whole or not at all.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = Unfinished::create(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(path)
}
