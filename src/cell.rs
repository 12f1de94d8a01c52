//! Cell addresses as clerks read them: `企业组!C12`.
//!
//! Rows and columns are zero-based inside and one-based on paper.

use std::fmt;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One cell of one sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// The sheet's name as the workbook has it.
    pub sheet: Arc<str>,
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
}

impl CellRef {
    /// The cell at a zero-based row and column of `sheet`.
    pub fn new(sheet: &Arc<str>, row: u32, column: u32) -> Self {
        Self { sheet: Arc::clone(sheet), row, column }
    }

    /// The address inside its sheet: `C12`.
    pub fn address(&self) -> String {
        format!("{}{}", column_letters(self.column), self.row + 1)
    }

    /// Reads an address as [`CellRef`] shows it. The sheet's name may itself
    /// hold a `!`: the last one separates.
    pub fn parse(text: &str) -> Option<Self> {
        let (sheet, address) = text.rsplit_once('!')?;
        let letters = address.find(|c: char| !c.is_ascii_uppercase())?;
        let (column, row) = address.split_at(letters);
        if sheet.is_empty() || column.is_empty() || !row.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let column = column.bytes().try_fold(0u32, |sum, letter| {
            sum.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)
        })?;
        let row = row.parse::<u32>().ok()?.checked_sub(1)?;
        Some(Self { sheet: sheet.into(), row, column: column - 1 })
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!{}", self.sheet, self.address())
    }
}

impl Serialize for CellRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CellRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a cell's address"))
    }
}

/// A column as a spreadsheet names it: `0` is A, `25` is Z, `26` is AA.
pub(crate) fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_as_it_is_shown() {
        for (row, column, shown) in [
            (0, 0, "奖!A1"),
            (11, 2, "奖!C12"),
            (0, 26, "奖!AA1"),
            (1048575, 16383, "奖!XFD1048576"),
        ] {
            let cell = CellRef::new(&"奖".into(), row, column);
            assert_eq!(cell.to_string(), shown);
            assert_eq!(CellRef::parse(shown), Some(cell));
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "C12", "!C12", "奖!12", "奖!C", "奖!C0", "奖!c3", "奖!C1x"] {
            assert_eq!(CellRef::parse(text), None, "{text}");
        }
    }
}
