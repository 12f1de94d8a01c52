//! How much a file may cost. A sheet of a hundred thousand winners is within
//! all of these; a file made to exhaust the machine is refused at them, having
//! taken about a second of work and 600 MB at most.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::refusal::{Bound, Refusal};

/// Bytes of the file itself.
pub(crate) const FILE: u64 = 32 << 20;
/// Bytes of one part of a zip, unpacked.
pub(super) const PART: u64 = 64 << 20;
/// Bytes of all parts together, each counted as often as it is read.
pub(super) const UNPACKED: u64 = 128 << 20;
/// Cells that hold anything, in all sheets; and rows of merged areas.
pub(super) const CELLS: usize = 2_000_000;
/// Bytes of text in all cells: one long shared string may stand in many.
pub(super) const TEXT: usize = 128 << 20;
/// Sheets.
pub(super) const SHEETS: usize = 1000;
/// Rows and columns of a sheet, as in Excel and LibreOffice.
pub(super) const ROWS: u32 = 1 << 20;
/// See [`ROWS`].
pub(super) const COLUMNS: u32 = 1 << 14;

/// What a file has used so far.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    unpacked: AtomicU64,
    cells: AtomicUsize,
    text: AtomicUsize,
    sheets: AtomicUsize,
}

impl Bounds {
    /// Counts bytes that are gone through.
    pub(super) fn unpack(&self, bytes: u64) -> Result<(), Refusal> {
        // Each part costs no more than all may, so that this cannot overflow.
        let all = self.unpacked.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if all > UNPACKED { Err(unpacked()) } else { Ok(()) }
    }

    /// Counts a cell and the bytes of its text.
    pub(super) fn cell(&self, text: usize) -> Result<(), Refusal> {
        let all = self.cells.fetch_add(1, Ordering::Relaxed) + 1;
        let texts = self.text.fetch_add(text, Ordering::Relaxed) + text;
        if all > CELLS {
            Err(cells())
        } else if texts > TEXT {
            Err(unpacked())
        } else {
            Ok(())
        }
    }

    /// Counts a sheet.
    pub(super) fn sheet(&self) -> Result<(), Refusal> {
        if self.sheets.fetch_add(1, Ordering::Relaxed) >= SHEETS {
            Err(Refusal::TooLarge { bound: Bound::Sheets(SHEETS) })
        } else {
            Ok(())
        }
    }

    /// What an error while reading a part means: its bound, or a fault of its.
    pub(super) fn fault(&self, error: &impl ToString) -> Refusal {
        if self.unpacked.load(Ordering::Relaxed) > UNPACKED {
            unpacked()
        } else {
            Refusal::NotAWorkbook { error: error.to_string() }
        }
    }
}

/// More cells than [`CELLS`], or one outside [`ROWS`] and [`COLUMNS`].
pub(super) fn cells() -> Refusal {
    Refusal::TooLarge { bound: Bound::Cells(CELLS) }
}

fn unpacked() -> Refusal {
    Refusal::TooLarge { bound: Bound::Unpacked(UNPACKED >> 20) }
}

/// A part of a zip that stops at [`PART`] and [`UNPACKED`].
pub(super) struct Bounded<'b, R> {
    part: R,
    left: u64,
    bounds: &'b Bounds,
}

impl<'b, R: Read> Bounded<'b, R> {
    /// Reads `part` within `bounds`.
    pub(super) fn new(part: R, bounds: &'b Bounds) -> Self {
        Self { part, left: PART, bounds }
    }
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        // A part over its own bound is told as one over that of all.
        let cost = if read as u64 > self.left { UNPACKED } else { read as u64 };
        self.left = self.left.saturating_sub(read as u64);
        self.bounds.unpack(cost).map_err(|_| io::Error::other("too large"))?;
        Ok(read)
    }
}
