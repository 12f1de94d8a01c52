//! The merged areas of an OpenDocument spreadsheet, which calamine does not
//! tell (OpenDocument 1.3 part 3, 19.676 and 19.678).

use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use calamine::Dimensions;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

/// Merged areas by sheet name.
pub(super) type Merges = HashMap<String, Vec<Dimensions>>;

/// Reads the merged areas of every sheet.
///
/// Errors: what the zip or its XML is wrong with.
pub(super) fn merges(bytes: &[u8]) -> Result<Merges, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let content = zip.by_name("content.xml").map_err(|error| error.to_string())?;
    let mut xml = Reader::from_reader(BufReader::new(content));
    let mut scan = Scan::default();
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer).map_err(|error| error.to_string())? {
            Event::Start(element) | Event::Empty(element) => scan.element(&element),
            Event::Eof => return Ok(scan.merges),
            _ => {}
        }
        buffer.clear();
    }
}

/// Where in the sheet the next cell lies.
#[derive(Default)]
struct Scan {
    merges: Merges,
    sheet: String,
    /// First row of the element being read, and the row after it.
    rows: (u32, u32),
    column: u32,
}

impl Scan {
    fn element(&mut self, element: &BytesStart<'_>) {
        match element.name().as_ref() {
            "table:table" => {
                self.sheet = attribute(element, "table:name").unwrap_or_default();
                self.rows = (0, 0);
            }
            "table:table-row" => {
                let repeated = number(element, "table:number-rows-repeated");
                self.rows = (self.rows.1, self.rows.1.saturating_add(repeated));
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let height = number(element, "table:number-rows-spanned");
                let width = number(element, "table:number-columns-spanned");
                if height > 1 || width > 1 {
                    let start = (self.rows.0, self.column);
                    let end =
                        (start.0.saturating_add(height - 1), start.1.saturating_add(width - 1));
                    let areas = self.merges.entry(self.sheet.clone()).or_default();
                    areas.push(Dimensions { start, end });
                }
                let repeated = number(element, "table:number-columns-repeated");
                self.column = self.column.saturating_add(repeated);
            }
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// A count that is 1 where it is left out.
fn number(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}
