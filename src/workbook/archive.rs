//! The parts of a zip, and XML event by event, both within bounds.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use memchr::memmem;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use super::bounds::{Bounded, Bounds, PART};
use super::refusal::Refusal;

/// A zip file.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The parts by [`folded`] name.
    parts: HashMap<String, usize>,
    bounds: &'a Bounds,
}

impl<'a> Archive<'a> {
    /// Reads the zip's directory.
    pub(super) fn open(bytes: &'a [u8], bounds: &'a Bounds) -> Result<Self, Refusal> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(fault)?;
        let mut parts = HashMap::new();
        for (index, name) in zip.file_names_raw().enumerate() {
            parts.entry(folded(&String::from_utf8_lossy(name))).or_insert(index);
        }
        Ok(Self { zip, parts, bounds })
    }

    /// Whether it has a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.parts.get(&folded(name)).copied()
    }

    /// The bytes of the part of this name, which must be there.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let index = self.index(name).ok_or_else(|| missing(name))?;
        let part = self.zip.by_index(index).map_err(fault)?;
        // What the zip says of a part may be false, but is seldom.
        let mut bytes = Vec::with_capacity(part.size().min(PART) as usize);
        let mut part = Bounded::new(part, self.bounds);
        part.read_to_end(&mut bytes).map_err(|error| self.bounds.fault(&error))?;
        Ok(bytes)
    }

    /// The XML of a part, in UTF-8, which is all that quick-xml reads.
    pub(super) fn text(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let bytes = self.bytes(name)?;
        let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
        Ok(if wide { encoding_rs::UTF_8.decode(&bytes).0.into_owned().into_bytes() } else { bytes })
    }

    /// Goes through the XML of a part.
    pub(super) fn xml(
        &mut self,
        name: &str,
        each: impl FnMut(&Event<'_>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        xml(&self.text(name)?, self.bounds, each)
    }
}

/// Office programs do not tell upper case from lower in the names of parts, and
/// some write them with the strokes of Windows.
fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn missing(name: &str) -> Refusal {
    Refusal::NotAWorkbook { error: format!("{name} is missing") }
}

fn fault(error: ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
        error => Refusal::NotAWorkbook { error: error.to_string() },
    }
}

/// Goes through XML; an element without content is a start and an end.
pub(super) fn xml(
    source: &[u8],
    bounds: &Bounds,
    each: impl FnMut(&Event<'_>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    go_through(Reader::from_reader(source), bounds, each)
}

/// Goes through the second of [`halves`], where elements end that began in the
/// first.
pub(super) fn second_half(
    source: &[u8],
    bounds: &Bounds,
    each: impl FnMut(&Event<'_>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(source);
    reader.config_mut().allow_unmatched_ends = true;
    go_through(reader, bounds, each)
}

fn go_through(
    mut reader: Reader<&[u8]>,
    bounds: &Bounds,
    mut each: impl FnMut(&Event<'_>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().map_err(|error| bounds.fault(&error))? {
            Event::Eof => return Ok(()),
            event => each(&event)?,
        }
    }
}

/// The XML of a long sheet cut where a row begins about its middle, so that both
/// halves can be read at once; `None` if that place cannot be told for certain.
pub(super) fn halves(sheet: &[u8]) -> Option<(&[u8], &[u8])> {
    const LONG: usize = 1 << 20;
    let holds = |text: &[u8], what: &str| memmem::find(text, what.as_bytes()).is_some();
    // In comments and the like a `<` begins nothing.
    if sheet.len() < LONG || holds(sheet, "<!") || holds(&sheet[1..], "<?") {
        return None;
    }
    let middle = sheet.len() / 2;
    // Without its number a row has that after the one before.
    let row = memmem::find(&sheet[middle..], b"<row r=\"")?;
    Some(sheet.split_at(middle + row))
}

/// An attribute by its name without prefix. Not quick-xml's own lookup, which
/// compares every attribute with every other.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// Whether an attribute says yes.
pub(super) fn flag(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.as_str(), "1" | "true"))
}

/// The characters that an event stands for.
pub(super) fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(character)) => text.push(character),
            _ => text.push_str(match &*reference.xml10_content() {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                _ => "",
            }),
        },
        _ => {}
    }
}
