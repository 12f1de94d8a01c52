//! Whether a text is struck out, some of whose parts have fonts of their own.

use super::cell::Cell;
use super::format::Style;

/// How the parts of a text are struck out; blanks do not count.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) struct Runs {
    /// Some have the cell's own font.
    as_cell: bool,
    struck: bool,
    plain: bool,
}

impl Runs {
    /// A part of the text; without a font of its own it has the cell's.
    pub(super) fn add(&mut self, text: &str, struck: Option<bool>) {
        if !text.trim().is_empty() {
            match struck {
                None => self.as_cell = true,
                Some(true) => self.struck = true,
                Some(false) => self.plain = true,
            }
        }
    }

    /// The parts of a text that begin at these UTF-16 units.
    pub(super) fn of(text: &str, runs: impl IntoIterator<Item = (u16, bool)>) -> Self {
        let mut parts = Self::default();
        let mut runs = runs.into_iter().peekable();
        // Most texts have none.
        if runs.peek().is_none() {
            parts.add(text, None);
            return parts;
        }
        let (mut struck, mut start, mut unit) = (None, 0, 0);
        for (at, character) in text.char_indices() {
            while let Some((_, next)) = runs.next_if(|(begins, _)| usize::from(*begins) <= unit) {
                parts.add(&text[start..at], struck);
                (struck, start) = (Some(next), at);
            }
            unit += character.len_utf16();
        }
        parts.add(&text[start..], struck);
        parts
    }

    /// Whether all of it is struck out, in a cell whose font is or is not.
    pub(super) fn struck(self, cell: bool) -> bool {
        !self.plain && (cell || self.struck && !self.as_cell)
    }

    /// Whether a part of it is, and another is not.
    pub(super) fn partly_struck(self, cell: bool) -> bool {
        let some = self.struck || self.as_cell && cell;
        some && !self.struck(cell)
    }
}

/// A text that several cells may hold.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct SharedText {
    pub text: String,
    pub runs: Runs,
}

impl SharedText {
    /// The cell that holds it.
    pub(super) fn cell(&self, style: &Style) -> Cell {
        let struck = self.runs.struck(style.struck);
        let partly_struck = self.runs.partly_struck(style.struck);
        Cell { struck, partly_struck, ..style.text(self.text.clone()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_struck_out_if_every_part_is() {
        let struck =
            |runs: &[(u16, bool)], cell| Runs::of("王𠮷伟 ", runs.iter().copied()).struck(cell);
        assert!(!struck(&[], false) && struck(&[], true));
        assert!(struck(&[(0, true)], false) && !struck(&[(0, false)], true));
        assert!(!struck(&[(1, true)], false) && struck(&[(1, true)], true));
        assert!(!struck(&[(0, true), (3, false)], true), "the third is plain");
        assert!(struck(&[(0, true), (4, false)], false), "only a blank is plain");
        let partly = |runs: &[(u16, bool)], cell| {
            Runs::of("王𠮷伟", runs.iter().copied()).partly_struck(cell)
        };
        assert!(partly(&[(1, true)], false) && partly(&[(1, false)], true));
        assert!(!partly(&[], true) && !partly(&[], false) && !partly(&[(0, true)], false));
    }
}
