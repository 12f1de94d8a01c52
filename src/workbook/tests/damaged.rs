//! Files that are damaged: an error at most, and soon.

use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;

use super::*;

/// A real file with something done to it: bytes changed, its end cut off,
/// or a piece of another put into it.
fn hurt() -> impl Strategy<Value = Vec<u8>> {
    const NAMES: [&str; 24] = [
        "small.xlsx",
        "small.xls",
        "small.ods",
        "small.xlsb",
        "page.xls",
        "biff5.xls",
        "1904.xls",
        "hidden.ods",
        "uncalculated.xlsx",
        "password.xls",
        "password.xlsx",
        "password.ods",
        "awards.xls",
        "workbook.xml",
        "cells-libreoffice.xls",
        "cells-libreoffice.ods",
        "cells-xlwt.xls",
        "cells-sheetjs.xml",
        "cells-sheetjs.xlsb",
        "locked-xor.xls",
        "locked-rc4.xls",
        "locked-cryptoapi.xls",
        "locked-biff5.xls",
        "locked-standard.xlsx",
    ];
    let name = prop::sample::select(&NAMES[..]);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12);
    let place = any::<prop::sample::Index>;
    (name.clone(), name, changes, 0..3, place(), place(), 0..600usize).prop_map(
        |(name, other, changes, how, at, from, length)| {
            let mut bytes = sample(name);
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            match how {
                0 => bytes.truncate(at.index(bytes.len())),
                1 => {
                    let other = sample(other);
                    let from = from.index(other.len());
                    let piece = &other[from..(from + length).min(other.len())];
                    let at = at.index(bytes.len());
                    bytes.splice(at..at, piece.iter().copied());
                }
                _ => {}
            }
            bytes
        },
    )
}

/// The parts of a zip, changed and packed anew: behind its checksums, too,
/// nothing may be trusted.
fn repacked(name: &str, changes: &[(prop::sample::Index, prop::sample::Index, u8)]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(sample(name))).unwrap();
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    for (part, at, byte) in changes {
        let part = part.index(parts.len());
        let bytes = &mut parts[part].1;
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
    }
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(&bytes).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

fn survives(bytes: &[u8]) {
    let start = std::time::Instant::now();
    let _ = parse(bytes, "名单");
    assert!(start.elapsed().as_secs() < 5);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_does_more_than_an_error(bytes in hurt()) {
        survives(&bytes);
    }

    #[test]
    fn no_damage_behind_a_checksum_does_more_than_an_error(
        name in prop::sample::select(&[
            "small.xlsx",
            "small.ods",
            "small.xlsb",
            "cells-openpyxl.xlsx",
            "cells-libreoffice.ods",
            "cells-sheetjs.xlsb",
        ][..]),
        changes in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index, u8)>(), 1..12),
    ) {
        survives(&repacked(name, &changes));
    }

    #[test]
    fn no_text_does_more_than_an_error(text in "[a-z<>/\"',;\t\n，&#= 甲0-9]{0,300}", page in any::<bool>()) {
        let text = if page { format!("<table>{text}") } else { text };
        survives(text.as_bytes());
    }
}
