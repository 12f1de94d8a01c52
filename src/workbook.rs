//! Any spreadsheet file → [`Workbook`]: sheets of addressed cells.
//!
//! The only module that knows file formats, XML, HTML and character encodings.
//! What the file is, its content decides, not its name. Every address is
//! absolute. What it may cost stands in [`bounds`]: a file beyond is refused.

use std::path::Path;

mod archive;
mod bounds;
mod cell;
mod compound;
mod crypto;
mod family;
mod format;
mod grid;
mod html;
mod ods;
mod refusal;
mod runs;
mod sheet;
mod spreadsheetml;
#[cfg(test)]
mod tests;
mod text;
mod xls;
mod xlsb;
mod xlsx;

use archive::Archive;
use bounds::Bounds;
pub(crate) use bounds::FILE as MOST_BYTES;
pub(crate) use cell::{Cell, Value};
use compound::Compound;
use family::Family;
pub use refusal::Bound;
pub(crate) use refusal::Refusal;
#[cfg(test)]
pub(crate) use sheet::Area;
pub(crate) use sheet::Sheet;

/// A spreadsheet file.
#[derive(Debug, Clone, Default)]
pub(super) struct Workbook {
    /// Its sheets, in the file's order.
    pub sheets: Vec<Sheet>,
    /// Its name's ending and what it is, where these do not agree.
    pub misnamed: Option<(String, &'static str)>,
}

/// Reads the bytes of a spreadsheet file of any kind. `name` is what it is called.
///
/// # Errors
/// It is no spreadsheet, has a password, costs more than [`bounds`] allows, or
/// holds nothing.
pub(super) fn read(bytes: &[u8], name: &Path) -> Result<Workbook, Refusal> {
    if bytes.len() as u64 > bounds::FILE {
        return Err(Refusal::TooLarge { bound: Bound::File(bounds::FILE >> 20) });
    }
    let stem = name.file_stem().map_or("csv".into(), |stem| stem.to_string_lossy());
    let (family, sheets) = parse(bytes, &stem)?;
    if sheets.iter().all(Sheet::is_empty) {
        return Err(Refusal::EmptyWorkbook);
    }
    let ending = name.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let misnamed = (!family.may_be_named(&ending)).then(|| (ending, family.name()));
    Ok(Workbook { sheets, misnamed })
}

fn parse(bytes: &[u8], name: &str) -> Result<(Family, Vec<Sheet>), Refusal> {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0";
    if bytes.starts_with(b"%PDF-") {
        return Err(Refusal::Pdf);
    }
    let bounds = &Bounds::default();
    if bytes.starts_with(OLE) {
        from_compound(bytes, bounds)
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        from_zip(bytes, bounds)
    } else if xls::is_bare(bytes) {
        Ok((Family::Xls, xls::read_bare(bytes, name, bounds)?))
    } else {
        from_text(bytes, name, bounds)
    }
}

/// An old workbook, or a new one within a container that encrypts it.
fn from_compound(bytes: &[u8], bounds: &Bounds) -> Result<(Family, Vec<Sheet>), Refusal> {
    let file = Compound::open(bytes)?;
    match crypto::package(&file)? {
        Some(package) => from_zip(&package, bounds),
        None => Ok((Family::Xls, xls::read(&file, bounds)?)),
    }
}

fn from_zip(bytes: &[u8], bounds: &Bounds) -> Result<(Family, Vec<Sheet>), Refusal> {
    let mut archive = Archive::open(bytes, bounds)?;
    if !archive.has("mimetype") {
        let workbook = xlsx::workbook_path(&mut archive)?;
        return if workbook.to_lowercase().ends_with(".bin") {
            Ok((Family::Xlsb, xlsb::read(&mut archive, &workbook, bounds)?))
        } else {
            Ok((Family::Xlsx, xlsx::read(&mut archive, &workbook, bounds)?))
        };
    }
    let kind = archive.bytes("mimetype")?;
    if !kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
        return Err(Refusal::NotText);
    }
    if ods::is_encrypted(&mut archive)? {
        return Err(Refusal::Encrypted);
    }
    Ok((Family::Ods, ods::read(&mut archive, bounds)?))
}

fn from_text(bytes: &[u8], name: &str, bounds: &Bounds) -> Result<(Family, Vec<Sheet>), Refusal> {
    // A page may be in an encoding that plain text is not taken for.
    let page = html::charset(bytes).filter(|_| std::str::from_utf8(bytes).is_err());
    let page = page.map(|encoding| encoding.decode(bytes).0).filter(|text| html::is(text));
    if let Some(text) = page {
        return Ok((Family::Html, html::read(&text, name, bounds)?));
    }
    let text = text::decode(bytes)?;
    if spreadsheetml::is(&text) {
        Ok((Family::SpreadsheetMl, spreadsheetml::read(&text, bounds)?))
    } else if html::is(&text) {
        Ok((Family::Html, html::read(&text, name, bounds)?))
    } else {
        Ok((Family::Text, vec![text::read(&text, name, bounds)?]))
    }
}
