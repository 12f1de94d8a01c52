//! What many sentences name: cells, and text with its blanks to be seen.

use crate::cell::CellRef;
use crate::lang::Lang;

/// How many cells a message names.
const SHOWN_CELLS: usize = 8;

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
