//! What any program must do for a PDF with these fonts and these streams,
//! whatever lays the page out: cut each font to the glyphs that are used,
//! deflate every stream, write the bytes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object};
use read_fonts::types::NameId;
use read_fonts::{FontRef, TableProvider};
use subsetter::GlyphRemapper;

/// As krilla, which typst-pdf writes with, compresses.
const LEVEL: u32 = 6;

/// One PDF taken apart.
struct Parts {
    bytes: Vec<u8>,
    /// Each font's name and its glyphs.
    fonts: Vec<(String, GlyphRemapper)>,
    /// What is compressed in it, as it was before, but for the fonts.
    streams: Vec<Vec<u8>>,
}

/// Prints the median of `rounds` as milliseconds for a PDF, and where they go.
pub(crate) fn time(folder: &Path, rounds: usize) {
    let mut paths = Vec::new();
    collect(folder, &["pdf"], &mut paths);
    let fonts = fonts();
    let parts: Vec<Parts> = paths.iter().map(|path| take_apart(path, &fonts)).collect();
    let mut times: Vec<[Duration; 3]> = (0..rounds).map(|_| make(&parts, &fonts)).collect();
    times.sort_unstable_by_key(|times| times.iter().sum::<Duration>());
    let each = |time: Duration| time.as_secs_f64() * 1000.0 / parts.len() as f64;
    let [subset, deflate, write] = times[rounds / 2].map(each);
    let all = subset + deflate + write;
    println!(
        "{{\"count\": {}, \"ms\": {all:.4}, \"subset\": {subset:.4}, \"deflate\": {deflate:.4}, \
         \"write\": {write:.4}}}",
        parts.len()
    );
}

fn make(parts: &[Parts], fonts: &BTreeMap<String, Vec<u8>>) -> [Duration; 3] {
    let file = tempfile::tempfile().expect("a temporary file can be made");
    let mut file = BufWriter::new(file);
    let mut times = [Duration::ZERO; 3];
    for part in parts {
        let start = Instant::now();
        let subset = |(name, glyphs): &(String, GlyphRemapper)| {
            subsetter::subset(&fonts[name], 0, glyphs).expect("it was cut before")
        };
        let cut: Vec<Vec<u8>> = part.fonts.iter().map(subset).collect();
        times[0] += start.elapsed();
        let start = Instant::now();
        for stream in part.streams.iter().chain(&cut) {
            std::hint::black_box(deflated(stream));
        }
        times[1] += start.elapsed();
        let start = Instant::now();
        file.write_all(&part.bytes).expect("it can be written");
        times[2] += start.elapsed();
    }
    let start = Instant::now();
    file.flush().expect("it can be written");
    times[2] += start.elapsed();
    times
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

/// The bundled fonts by the names they have in a PDF.
fn fonts() -> BTreeMap<String, Vec<u8>> {
    let mut paths = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"), &["ttf", "otf"], &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let bytes = fs::read(path).expect("the fonts can be read");
            let font = FontRef::new(&bytes).expect("a font");
            let names = font.name().expect("a font has names");
            let name =
                names.name_record().iter().find(|it| it.name_id() == NameId::POSTSCRIPT_NAME);
            let name = name.expect("a font has a name for PDFs").string(names.string_data());
            (name.expect("a name is text").to_string(), bytes)
        })
        .collect()
}

fn collect(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            collect(&path, extensions, found);
        } else if path.extension().is_some_and(|it| extensions.iter().any(|one| it == *one)) {
            found.push(path);
        }
    }
}

fn take_apart(path: &Path, sources: &BTreeMap<String, Vec<u8>>) -> Parts {
    let bytes = fs::read(path).expect("a PDF can be read");
    let pdf = Document::load_mem(&bytes).expect("a PDF");
    let mut parts = Parts { bytes, fonts: Vec::new(), streams: Vec::new() };
    let mut embedded = Vec::new();
    for object in pdf.objects.values() {
        let Ok(font) = object.as_dict() else { continue };
        if font.has_type(b"FontDescriptor") {
            let files = [b"FontFile2", b"FontFile3"].map(|key| font.get(key));
            embedded.extend(files.into_iter().flatten().filter_map(|it| it.as_reference().ok()));
        } else if font.get(b"ToUnicode").is_ok() {
            parts.fonts.push(used(&pdf, font, sources));
        }
    }
    assert_eq!(parts.fonts.len(), embedded.len(), "every font of {path:?} is known");
    for (id, object) in &pdf.objects {
        let Object::Stream(stream) = object else { continue };
        if stream.dict.get(b"Filter").is_ok() && !embedded.contains(id) {
            parts.streams.push(stream.decompressed_content().expect("it was compressed"));
        }
    }
    parts
}

/// A font's name and its glyphs, as far as the text they stand for tells them.
fn used(
    pdf: &Document,
    font: &Dictionary,
    sources: &BTreeMap<String, Vec<u8>>,
) -> (String, GlyphRemapper) {
    let name = font.get(b"BaseFont").and_then(Object::as_name).expect("a font has a name");
    let name = String::from_utf8_lossy(name);
    let name = name.split_once('+').expect("a font is cut").1.trim_end_matches("-Identity-H");
    let bytes = sources.get(name).unwrap_or_else(|| panic!("{name} is no bundled font"));
    let source = FontRef::new(bytes).expect("a font");
    let characters = source.cmap().expect("a font has characters");
    let mut glyphs = GlyphRemapper::new();
    for text in unicode(pdf, font) {
        for glyph in text.chars().filter_map(|it| characters.map_codepoint(it)) {
            glyphs.remap(u16::try_from(glyph.to_u32()).expect("a font has fewer glyphs"));
        }
    }
    (name.to_owned(), glyphs)
}

/// What the glyphs of a font stand for, from its table of `<glyph> <UTF-16>`.
fn unicode(pdf: &Document, font: &Dictionary) -> Vec<String> {
    let table = font.get(b"ToUnicode").and_then(|it| pdf.dereference(it)).expect("a table");
    let table = table.1.as_stream().expect("a table is a stream");
    let table = table.decompressed_content().expect("it was compressed");
    let table = String::from_utf8_lossy(&table);
    let pairs = table.lines().filter_map(|line| line.strip_prefix('<')?.split_once("> <"));
    pairs
        .map(|(_, text)| {
            let digits = text.trim_end_matches('>').as_bytes().chunks(4);
            let units = digits.map(|digits| {
                let digits = std::str::from_utf8(digits).expect("ASCII");
                u16::from_str_radix(digits, 16).expect("four digits")
            });
            String::from_utf16(&units.collect::<Vec<_>>()).expect("text")
        })
        .collect()
}
