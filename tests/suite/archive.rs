//! What an archive (PDF/A-2, ISO 19005-2) and a screen reader (PDF/UA-1,
//! ISO 14289-1) ask of every document, looked up in the finished files. typst
//! holds the same rules while it writes; this reads the files with other
//! libraries.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object};

use crate::structure::{get, is, read_aloud, text};
use crate::support::{Folder, Package};

/// One document of each kind of the example.
const DOCUMENTS: [&str; 5] = [
    "荣誉证书/企业组/一等奖/JZCK2026-QY-1-001",
    "推荐函",
    "推荐书/企业组/山西同创能源科技有限公司",
    "获奖名单公示",
    "关于公布获奖名单的通知",
];

/// The example's package in these standards.
fn package(standard: &str) -> Package {
    let folder = Folder::example();
    folder.edit("contest.toml", "standard = \"a-2b\"", &format!("standard = {standard}"));
    folder.package(&[])
}

/// A document's bytes and what lopdf makes of them.
fn open(package: &mut Package, part: &str) -> (Vec<u8>, Document) {
    let names: Vec<_> = package.names().into_iter().filter(|name| name.contains(part)).collect();
    assert_eq!(names.len(), 1, "{part}: {names:?}");
    let bytes = package.read(&names[0]);
    let document = Document::load_mem(&bytes).unwrap();
    (bytes, document)
}

fn dictionaries(document: &Document) -> impl Iterator<Item = &Dictionary> {
    document.objects.values().filter_map(|object| match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    })
}

fn metadata(document: &Document) -> String {
    let catalog = document.catalog().unwrap();
    let stream = get(document, catalog, b"Metadata").unwrap().as_stream().unwrap();
    assert!(stream.dict.get(b"Filter").is_err(), "6.6.2.1: metadata is not compressed");
    String::from_utf8(stream.content.clone()).unwrap()
}

/// What every part of PDF/A-2 asks.
fn is_an_archive(document: &Document, bytes: &[u8], part: &str) {
    let catalog = document.catalog().unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7\n%"), "{part}: 6.1.2");
    assert!(document.trailer.has(b"ID") && !document.trailer.has(b"Encrypt"), "{part}: 6.1.3");
    let intents = get(document, catalog, b"OutputIntents").unwrap().as_array().unwrap();
    let (_, intent) = document.dereference(&intents[0]).unwrap();
    let intent = intent.as_dict().unwrap();
    assert!(is(intent, b"S", b"GTS_PDFA1"), "{part}: 6.2.3");
    let profile = get(document, intent, b"DestOutputProfile").unwrap().as_stream().unwrap();
    assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 3, "{part}: sRGB");
    for dictionary in dictionaries(document) {
        let filters = get(document, dictionary, b"Filter");
        let filters = filters.map(|filters| format!("{filters:?}")).unwrap_or_default();
        assert!(!filters.contains("LZW") && !filters.contains("Crypt"), "{part}: 6.1.7");
        for forbidden in [&b"AA"[..], b"JS", b"TR", b"HTP", b"OPI", b"PS"] {
            assert!(!dictionary.has(forbidden), "{part}: {dictionary:?}");
        }
        for action in [&b"JavaScript"[..], b"Launch", b"Movie", b"ImportData"] {
            assert!(!is(dictionary, b"S", action), "{part}: 6.5.1");
        }
        if is(dictionary, b"Type", b"Font") {
            has_its_program(document, dictionary, part);
        }
        if is(dictionary, b"Subtype", b"Image") {
            assert!(
                !matches!(dictionary.get(b"Interpolate"), Ok(Object::Boolean(true))),
                "{part}: 6.2.8"
            );
        }
    }
}

/// 6.2.11: every font is embedded; 6.2.11.7: its characters are known.
fn has_its_program(document: &Document, font: &Dictionary, part: &str) {
    if is(font, b"Subtype", b"Type0") {
        assert!(font.has(b"ToUnicode"), "{part}: {font:?}");
        return;
    }
    let descriptor = get(document, font, b"FontDescriptor").unwrap().as_dict().unwrap();
    assert!(descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3"), "{part}: {font:?}");
}

/// `pieces` stand in `text`, each after the one before.
fn stand_in_order(text: &str, pieces: &[&str]) {
    let mut rest = text;
    for piece in pieces {
        let at = rest.find(piece).unwrap_or_else(|| panic!("{piece} does not follow in {text}"));
        rest = &rest[at + piece.len()..];
    }
}

#[test]
fn every_document_is_an_archive_from_the_start() {
    let mut package = package("\"a-2b\"");
    for part in DOCUMENTS {
        let (bytes, document) = open(&mut package, part);
        is_an_archive(&document, &bytes, part);
        let metadata = metadata(&document);
        assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{part}: {metadata}");
        assert!(metadata.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{part}");
    }
}

#[test]
fn every_document_can_be_archived_tagged_and_read_aloud() {
    let mut package = package("[\"a-2a\", \"ua-1\"]");
    for part in DOCUMENTS {
        let (bytes, document) = open(&mut package, part);
        is_an_archive(&document, &bytes, part);
        let metadata = metadata(&document);
        assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{part}");
        assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{part}: {metadata}");
        assert!(metadata.contains("<dc:title>"), "{part}: 7.1");
        let catalog = document.catalog().unwrap();
        let marks = get(&document, catalog, b"MarkInfo").unwrap().as_dict().unwrap();
        assert_eq!(marks.get(b"Marked").unwrap(), &Object::Boolean(true), "{part}: 7.1");
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN", "{part}: 7.2");
        let shown = get(&document, catalog, b"ViewerPreferences").unwrap().as_dict().unwrap();
        assert_eq!(shown.get(b"DisplayDocTitle").unwrap(), &Object::Boolean(true), "{part}: 7.1");
        let elements = read_aloud(&document, &bytes);
        for figure in elements.iter().filter(|element| element.kind == "Figure") {
            assert!(figure.has_alt, "{part}: 7.3: a picture without words for it");
        }
        for id in document.get_pages().into_values() {
            let page = document.get_dictionary(id).unwrap();
            assert!(!page.has(b"Annots") || is(page, b"Tabs", b"S"), "{part}: 7.18.3");
        }
    }
}

#[test]
fn a_certificate_is_read_as_a_person_reads_it() {
    let mut package = package("[\"a-2a\", \"ua-1\"]");
    let (bytes, document) = open(&mut package, DOCUMENTS[0]);
    let elements = read_aloud(&document, &bytes);
    let order = [
        "荣誉证书",
        "山西同创能源科技有限公司：",
        "你单位",
        "中荣获",
        "企业组一等奖",
        "核心成员：",
        "以资鼓励",
        "晋中市工业和信息化局",
        "二〇二六年八月十日",
    ];
    stand_in_order(&text(&elements), &order);
    assert!(
        elements.iter().any(|element| element.kind == "H1" && element.text.contains("荣誉证书"))
    );
}

#[test]
fn lists_are_tables_read_row_by_row() {
    let folder = Folder::example();
    let checked = folder.accolade("check", &["--format", "json"]).json();
    let mut package = package("[\"a-2a\", \"ua-1\"]");
    let (bytes, document) = open(&mut package, "关于公布获奖名单的通知");
    let elements = read_aloud(&document, &bytes);
    let kinds: BTreeSet<&str> = elements.iter().map(|element| element.kind.as_str()).collect();
    for kind in ["Table", "THead", "TH", "TR", "TD"] {
        assert!(kinds.contains(kind), "no {kind} in {kinds:?}");
    }
    let text = text(&elements);
    let entrants = checked["entrants"].as_array().unwrap();
    for entrant in entrants.iter().filter(|entrant| entrant["award"] == "一等奖") {
        let bare = |field: &str| entrant[field].as_str().unwrap().replace(' ', "");
        stand_in_order(
            &text,
            &["项目名称", &bare("project"), &bare("organization"), &bare("county")],
        );
    }
    stand_in_order(&text, &["关于公布", "获奖名单", "各县（区、市）", "根据", "特此通知", "附件"]);
}

#[test]
fn annexes_are_bookmarked() {
    let (_, document) = open(&mut package("\"a-2b\""), "关于公布获奖名单的通知");
    let mut titles = Vec::new();
    for dictionary in dictionaries(&document).filter(|it| it.has(b"Title") && it.has(b"Dest")) {
        titles.push(lopdf::decode_text_string(dictionary.get(b"Title").unwrap()).unwrap());
    }
    assert!(titles.iter().any(|title| title.contains("企业组获奖名单")), "{titles:?}");
    assert!(titles.iter().any(|title| title.contains("创业组获奖名单")), "{titles:?}");
}
