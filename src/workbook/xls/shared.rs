//! The table of shared strings, and texts whose parts have fonts of their own.

use super::super::compound::{long, word};
use super::super::runs::{Runs, SharedText};

/// The table of shared strings, which goes on in other records (MS-XLS 2.4.265).
pub(super) fn strings(parts: &[&[u8]], fonts: &[bool]) -> Option<Vec<SharedText>> {
    let stated = long(parts.first()?, 4)? as usize;
    let mut reader = Parts { parts, at: 8 };
    let mut strings = Vec::new();
    while reader.more() {
        match reader.string(fonts) {
            Some(string) => strings.push(string),
            // What follows the last string is no fault.
            None if strings.len() >= stated => break,
            None => return None,
        }
    }
    Some(strings)
}

/// Bytes in several pieces.
pub(super) struct Parts<'a> {
    pub parts: &'a [&'a [u8]],
    pub at: usize,
}

impl Parts<'_> {
    /// Goes on to the next piece where this one ends; whether there is a byte.
    pub(super) fn more(&mut self) -> bool {
        while let Some(part) = self.parts.first() {
            if self.at < part.len() {
                return true;
            }
            self.parts = &self.parts[1..];
            self.at = 0;
        }
        false
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let byte = if self.more() { self.parts[0][self.at] } else { return None };
        self.at += 1;
        Some(byte)
    }

    pub(super) fn word(&mut self) -> Option<usize> {
        Some(usize::from(self.byte()?) | usize::from(self.byte()?) << 8)
    }

    pub(super) fn bytes(&mut self, mut count: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        while count > 0 {
            let here = if self.more() { &self.parts[0][self.at..] } else { return None };
            let here = &here[..here.len().min(count)];
            bytes.extend_from_slice(here);
            self.at += here.len();
            count -= here.len();
        }
        Some(bytes)
    }

    pub(super) fn string(&mut self, fonts: &[bool]) -> Option<SharedText> {
        let length = self.word()?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.word()? } else { 0 };
        let extension = if flags & 4 != 0 { self.word()? | self.word()? << 16 } else { 0 };
        let text = self.characters(length, flags & 1 != 0)?;
        let runs = formatted(&text, &self.bytes(runs * 4)?, fonts);
        self.bytes(extension)?;
        Some(SharedText { text, runs })
    }

    pub(super) fn characters(&mut self, mut left: usize, mut wide: bool) -> Option<String> {
        let mut units = Vec::new();
        while left > 0 {
            let part = self.parts.first()?;
            let width = if wide { 2 } else { 1 };
            let count = (part.len().saturating_sub(self.at) / width).min(left);
            let bytes = part.get(self.at..self.at + count * width)?;
            match wide {
                true => units
                    .extend(bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]))),
                false => units.extend(bytes.iter().map(|&byte| u16::from(byte))),
            }
            self.at += count * width;
            left -= count;
            // A piece that goes on with characters says anew how wide they are.
            if left > 0 {
                self.at = part.len();
                wide = self.byte()? & 1 != 0;
            }
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// The parts of a text by its runs: where each begins, and its font.
pub(super) fn formatted(text: &str, runs: &[u8], fonts: &[bool]) -> Runs {
    let runs = runs.chunks_exact(4);
    let runs = runs.map(|run| (word(run, 0).unwrap_or(0), word(run, 2).unwrap_or(0)));
    Runs::of(text, runs.map(|(at, font)| (at, is_struck(fonts, font))))
}

/// Whether a font is struck out. There is none of number four.
pub(super) fn is_struck(fonts: &[bool], font: u16) -> bool {
    let at = if font > 4 { font - 1 } else { font };
    fonts.get(usize::from(at)).copied().unwrap_or(false)
}
