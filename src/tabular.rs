//! Rows of text as files that WPS and Excel open rightly.

use std::io::{self, Write};

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// CSV in UTF-8 with its mark, lines ending in CRLF.
pub(crate) fn csv(
    header: &[&str],
    rows: impl IntoIterator<Item = impl IntoIterator<Item = String>>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let rows = rows.into_iter().map(Ok);
    write_csv(&mut bytes, header, rows).expect("writing to memory cannot fail");
    bytes
}

/// Writes the same row by row.
///
/// # Errors
/// It cannot be written, or a row cannot be had.
pub(crate) fn write_csv(
    mut file: impl Write,
    header: &[&str],
    rows: impl IntoIterator<Item = io::Result<impl IntoIterator<Item = String>>>,
) -> io::Result<()> {
    file.write_all("\u{FEFF}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row?.into_iter().map(inert))?;
    }
    writer.flush()
}

/// An xlsx workbook of one sheet, every cell text.
///
/// # Errors
/// More rows or longer text than a sheet can hold.
pub(crate) fn xlsx<const N: usize>(
    name: &str,
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name(name)?;
    let (head, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    for (column, title) in (0..).zip(header) {
        sheet.write_string_with_format(0, column, title, &head)?;
    }
    for (row, texts) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(texts).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(row, column, cell, &text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    workbook.save_to_buffer()
}

/// Text that a spreadsheet program would run as a formula gets a tab in front,
/// which keeps it text and shows nothing.
fn inert(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("\t{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_become_a_formula() {
        let csv = csv(&["甲", "乙"], [["=cmd|'x'!A1".to_owned(), "a,b".to_owned()]]);
        let text = String::from_utf8(csv).unwrap();
        assert_eq!(text, "\u{FEFF}甲,乙\r\n\t=cmd|'x'!A1,\"a,b\"\r\n");
    }
}
