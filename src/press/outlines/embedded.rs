//! The fonts in a PDF as typst-pdf writes it: plain objects, each at the place that
//! one table at the end has for it (ISO 32000-1, 7.5.4), and fonts as streams that
//! are deflated and nothing else.

use std::collections::BTreeSet;
use std::ops::Range;

use libdeflater::{CompressionLvl, Compressor, DecompressionError, Decompressor};
use memchr::memmem;

use super::glyphs::Glyphs;

/// What describes a font, and in that names the stream of one with TrueType outlines.
const DESCRIPTOR: &[u8] = b"<</Type/FontDescriptor";
const FONT_FILE: &[u8] = b"/FontFile2 ";

/// How hard to compress, from 1 to 12: outlines hardly become smaller than at 1, which
/// takes half the time of 6.
const LEVEL: i32 = 1;

/// No more than this is made of a stream, in bytes.
const LARGEST: usize = 1 << 30;

/// What stands between an object's number and itself.
const BEGIN: &[u8] = b" 0 obj\n";

/// The length of a place in the table of all objects.
const ENTRY: usize = 20;

/// A PDF in which every font that was cut from a twin is filled, among them the twins
/// of the fonts with the indices in `shown`.
///
/// # Errors
/// A font of it cannot be found or filled, or it is written otherwise.
pub(super) fn filled<'w>(
    pdf: &[u8],
    shown: &BTreeSet<u16>,
    whole: impl Fn(u16) -> Option<Glyphs<'w>>,
) -> Result<Vec<u8>, &'static str> {
    let table = Table::read(pdf).ok_or("the PDF has no table of its objects")?;
    let mut compressor = compressor();
    let mut missing = shown.clone();
    let mut filled = Vec::new();
    for described in 0..table.offsets.len() {
        let Some(file) = font_file(pdf, &table, described) else { continue };
        let stream = table.object(pdf, file).and_then(|object| stream(pdf, object));
        let (place, deflated) = stream.ok_or("its stream is not where it should be")?;
        let font = inflated(deflated).ok_or("its stream is damaged")?;
        let Some(cut) = Glyphs::of(&font) else { continue };
        let Some(whose) = cut.whose() else { continue };
        let font = cut.filled(&whole(whose).ok_or("it is no font's twin")?)?;
        missing.remove(&whose);
        filled.push((place, stream_of(&font, &mut compressor)));
    }
    if !missing.is_empty() {
        return Err("it is not in the PDF");
    }
    filled.sort_by_key(|(place, _)| place.start);
    Ok(table.with(pdf, &filled))
}

/// The number of the stream with the font that an object describes.
fn font_file(pdf: &[u8], table: &Table, described: usize) -> Option<usize> {
    let object = pdf.get(table.object(pdf, described)?..)?.strip_prefix(DESCRIPTOR)?;
    let object = &object[..memmem::find(object, b"endobj")?];
    let at = memmem::find(object, FONT_FILE)?;
    let (file, _) = number(&object[at + FONT_FILE.len()..])?;
    Some(file)
}

/// Where the objects of a PDF are.
struct Table {
    /// Where the table begins.
    table: usize,
    /// Where its entries are.
    entries: Range<usize>,
    /// Where the number stands that says where the table begins.
    start: Range<usize>,
    offsets: Vec<usize>,
}

impl Table {
    fn read(pdf: &[u8]) -> Option<Self> {
        const START: &[u8] = b"startxref\n";
        let start = memmem::rfind(pdf, START)? + START.len();
        let (xref, digits) = number(&pdf[start..])?;
        let head = pdf.get(xref..)?.strip_prefix(b"xref\n0 ")?;
        let (count, length) = number(head)?;
        let first = xref + b"xref\n0 ".len() + length + 1;
        let entries = first..first + ENTRY.checked_mul(count)?;
        let places = pdf.get(entries.clone())?.chunks(ENTRY);
        let offsets = places.map(|entry| number(entry).map(|(offset, _)| offset));
        let offsets = offsets.collect::<Option<_>>()?;
        Some(Self { table: xref, entries, start: start..start + digits, offsets })
    }

    /// Where what is in an object begins.
    fn object(&self, pdf: &[u8], object: usize) -> Option<usize> {
        let at = *self.offsets.get(object)?;
        let (found, digits) = number(pdf.get(at..)?)?;
        let is_it = found == object && pdf.get(at + digits..)?.starts_with(BEGIN);
        is_it.then_some(at + digits + BEGIN.len())
    }

    /// The PDF with these pieces in the place of others, all of which stand in objects
    /// and come in order.
    fn with(&self, pdf: &[u8], pieces: &[(Range<usize>, Vec<u8>)]) -> Vec<u8> {
        let more = pieces.iter().map(|(_, piece)| piece.len()).sum::<usize>();
        let mut written = Vec::with_capacity(pdf.len() + more);
        let mut copied = 0;
        // Where what follows a piece begins, before and now.
        let mut moved = vec![(0, 0)];
        for (place, piece) in pieces {
            written.extend_from_slice(&pdf[copied..place.start]);
            written.extend_from_slice(piece);
            copied = place.end;
            moved.push((copied, written.len()));
        }
        let now = |offset: usize| {
            let (before, after) = moved[moved.partition_point(|(before, _)| *before <= offset) - 1];
            offset - before + after
        };
        written.extend_from_slice(&pdf[copied..self.entries.start]);
        for (entry, &offset) in pdf[self.entries.clone()].chunks(ENTRY).zip(&self.offsets) {
            // An entry that is not in use is where it was, at 0.
            written.extend(format!("{:010}", now(offset)).into_bytes());
            written.extend_from_slice(&entry[10..]);
        }
        written.extend_from_slice(&pdf[self.entries.end..self.start.start]);
        written.extend(now(self.table).to_string().into_bytes());
        written.extend_from_slice(&pdf[self.start.end..]);
        written
    }
}

const BEFORE_LENGTH: &[u8] = b"<</Length ";
const AFTER_LENGTH: &[u8] = b"/Filter/FlateDecode>>\nstream\n";

/// The stream that begins here: where its dictionary begins and its bytes end, and the
/// bytes.
fn stream(pdf: &[u8], dictionary: usize) -> Option<(Range<usize>, &[u8])> {
    let (length, digits) = number(pdf.get(dictionary..)?.strip_prefix(BEFORE_LENGTH)?)?;
    let start = dictionary + BEFORE_LENGTH.len() + digits;
    let bytes = pdf.get(start..)?.strip_prefix(AFTER_LENGTH)?.get(..length)?;
    let end = start + AFTER_LENGTH.len() + length;
    pdf.get(end..)?.starts_with(b"\nendstream").then_some((dictionary..end, bytes))
}

fn stream_of(font: &[u8], compressor: &mut Compressor) -> Vec<u8> {
    let mut deflated = vec![0; compressor.zlib_compress_bound(font.len())];
    let length = compressor.zlib_compress(font, &mut deflated);
    deflated.truncate(length.expect("no more than the bound is needed"));
    let length = deflated.len().to_string();
    [BEFORE_LENGTH, length.as_bytes(), AFTER_LENGTH, &deflated].concat()
}

fn compressor() -> Compressor {
    Compressor::new(CompressionLvl::new(LEVEL).expect("it is a level"))
}

/// What was deflated; `None` if it is damaged, or too much.
fn inflated(deflated: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = vec![0; 8 * deflated.len() + (1 << 12)];
    loop {
        match Decompressor::new().zlib_decompress(deflated, &mut bytes) {
            Ok(length) => {
                bytes.truncate(length);
                return Some(bytes);
            }
            Err(DecompressionError::InsufficientSpace) if bytes.len() < LARGEST => {
                bytes.resize(2 * bytes.len(), 0);
            }
            Err(_) => return None,
        }
    }
}

/// The number that a text begins with, and how many digits it has.
fn number(text: &[u8]) -> Option<(usize, usize)> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    Some((std::str::from_utf8(&text[..digits]).ok()?.parse().ok()?, digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Objects, the table of them, and where that is.
    fn pdf(objects: &[&[u8]]) -> Vec<u8> {
        let mut pdf = b"%PDF-1.7\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f\r\n", objects.len() + 1);
        for (index, object) in objects.iter().enumerate() {
            table += &format!("{:010} 00000 n\r\n", pdf.len());
            pdf.extend(format!("{} 0 obj\n", index + 1).into_bytes());
            pdf.extend_from_slice(object);
            pdf.extend(b"\nendobj\n");
        }
        let start = pdf.len();
        pdf.extend(format!("{table}trailer\n<<>>\nstartxref\n{start}\n%%EOF").into_bytes());
        pdf
    }

    fn embedded(font: &[u8]) -> Vec<u8> {
        let stream = [&stream_of(font, &mut compressor())[..], b"\nendstream"].concat();
        pdf(&[b"<</Type/FontDescriptor/FontFile2 2 0 R>>", &stream, b"<</Last true>>"])
    }

    fn twin() -> (Glyphs<'static>, Vec<u8>) {
        let whole = || Glyphs::of(accolade_fonts_titles::LIBERATION_SERIF).unwrap();
        (whole(), whole().twin(3).unwrap())
    }

    #[test]
    fn a_pdf_without_twins_stays_as_it_is() {
        let said = b"<</Title(/Type/FontDescriptor /FontFile2 1 0 R)>>";
        let whole = embedded(accolade_fonts_titles::LIBERATION_SERIF);
        for pdf in [pdf(&[b"<<>>"]), pdf(&[said]), embedded(b"no font"), whole] {
            assert!(filled(&pdf, &BTreeSet::new(), |_| None).unwrap() == pdf);
        }
    }

    #[test]
    fn a_font_is_filled_and_every_object_found_where_it_is_now() {
        let (_, twin) = twin();
        let pdf = embedded(&twin);
        let source = |index| (index == 3).then(|| self::twin().0);
        let filled = filled(&pdf, &[3].into(), source).unwrap();
        assert!(filled.len() > pdf.len());
        let table = Table::read(&filled).unwrap();
        for object in 1..=3 {
            assert!(table.object(&filled, object).is_some(), "{object}");
        }
        let (_, font) = stream(&filled, table.object(&filled, 2).unwrap()).unwrap();
        let font = inflated(font).unwrap();
        assert_eq!(Glyphs::of(&font).unwrap().whose(), None);
    }

    #[test]
    fn what_cannot_be_filled_is_an_error() {
        let (_, twin) = twin();
        let (sound, shown) = (embedded(&twin), BTreeSet::from([3]));
        let fill = |pdf: &[u8], shown: &BTreeSet<u16>| filled(pdf, shown, |_| Some(self::twin().0));
        assert!(fill(&sound, &shown).is_ok());
        assert!(filled(&sound, &shown, |_| None).is_err(), "there is no such font");
        assert!(fill(&sound, &[3, 4].into()).is_err(), "a font is missing");
        assert!(fill(&pdf(&[b"<<>>"]), &shown).is_err(), "the font is missing");
        let at = memmem::find(&sound, b"/Filter/FlateDecode").unwrap();
        let mut damaged = sound.clone();
        damaged[at + 40] ^= 0xff;
        let mut written_otherwise = sound.clone();
        written_otherwise[at] = b' ';
        let without_table = sound[..sound.len() - 30].to_vec();
        for pdf in [damaged, written_otherwise, without_table] {
            assert!(fill(&pdf, &shown).is_err());
        }
    }
}
