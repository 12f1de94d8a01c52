//! Why a file cannot be read as a spreadsheet.

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is no workbook, in the words of whoever tried to read it.
    NotAWorkbook { error: String },
    /// It is a PDF.
    Pdf,
    /// It is one, and broken or cut off.
    DamagedWorkbook,
    /// It needs a password.
    Encrypted,
    /// It would cost too much.
    TooLarge { bound: Bound },
    /// Nothing is in it.
    EmptyWorkbook,
    /// It is neither a spreadsheet nor text in an encoding that is read.
    NotText,
}

/// What of a spreadsheet file is too much, and how much there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The file itself, in MiB.
    File(u64),
    /// What it unpacks to, in MiB.
    Unpacked(u64),
    /// Cells that hold anything.
    Cells(usize),
    /// Sheets.
    Sheets(usize),
}
