//! The fonts in a PDF are put there by us, not by typst-pdf, and nothing but the time
//! it takes is another: every document is held against what typst-pdf writes alone.

use std::collections::BTreeMap;

use accolade::attest::OnPage;
use accolade::picture;
use accolade::plan::{Document, Plan};
use lopdf::{Dictionary, Object, ObjectId};
use read_fonts::types::Tag;
use read_fonts::{FontRef, TableRecord};

use crate::support::{Folder, each_document};

/// How finely pages are compared, in pixels per inch.
const RESOLUTION: f64 = 96.0;

/// Has both PDFs of each document that is asked for.
fn each(
    folder: &Folder,
    is_wanted: impl Fn(&Plan<'_>, &Document) -> bool,
    hold: impl Fn(&[u8], &[u8]),
) {
    let mut held = 0;
    each_document(folder, |press, plan, document| {
        if is_wanted(plan, document) {
            let code = press.code(plan, document, &OnPage::default()).unwrap();
            let pages = press.compiled(plan, document, code.as_ref()).unwrap();
            let ours = press.exported(plan, document, &pages).unwrap();
            hold(&ours, &press.exported_plainly(plan, document, &pages).unwrap());
            held += 1;
        }
    });
    assert!(held > 0);
}

/// The tables of a font that a reader of PDFs looks at: not the names of glyphs, nor
/// the sum over all.
fn tables(font: &[u8]) -> BTreeMap<Tag, Vec<u8>> {
    let font = FontRef::new(font).unwrap();
    let records = font.table_directory().table_records().iter();
    let tags = records.map(TableRecord::tag).filter(|tag| *tag != Tag::new(b"post"));
    tags.map(|tag| {
        let mut table = font.table_data(tag).unwrap().as_bytes().to_vec();
        if tag == Tag::new(b"head") {
            table[8..12].fill(0);
        }
        (tag, table)
    })
    .collect()
}

/// What is in an object, streams unpacked. Of the bounds of a whole font only that they
/// are there: typst-pdf draws all glyphs to know those of the cut one.
fn said(pdf: &lopdf::Document, id: ObjectId) -> (Dictionary, Vec<u8>) {
    let object = pdf.get_object(id).unwrap();
    let (mut dictionary, bytes) = match object {
        Object::Stream(stream) => {
            let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            (stream.dict.clone(), bytes)
        }
        Object::Dictionary(dictionary) => (dictionary.clone(), Vec::new()),
        other => (Dictionary::new(), format!("{other:?}").into_bytes()),
    };
    if dictionary.has_type(b"FontDescriptor") {
        assert!(dictionary.remove(b"FontBBox").is_some());
    }
    dictionary.remove(b"Length");
    (dictionary, bytes)
}

fn hold_objects(ours: &[u8], theirs: &[u8]) {
    let [ours, theirs] = [ours, theirs].map(|pdf| lopdf::Document::load_mem(pdf).unwrap());
    assert!(ours.objects.keys().eq(theirs.objects.keys()));
    let fonts: Vec<ObjectId> = ours
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"FontFile2").ok()?.as_reference().ok())
        .collect();
    assert!(!fonts.is_empty());
    for &id in ours.objects.keys() {
        let [(own, bytes), (expected, unpacked)] = [&ours, &theirs].map(|pdf| said(pdf, id));
        assert_eq!(own, expected, "{id:?}");
        if fonts.contains(&id) {
            assert!(tables(&bytes) == tables(&unpacked), "the font {id:?}");
        } else if !own.has_type(b"Metadata") {
            // Metadata has a sum over everything else.
            assert!(bytes == unpacked, "{id:?}");
        }
    }
}

fn hold_pages(ours: &[u8], theirs: &[u8]) {
    for page in 1.. {
        let [own, expected] =
            [ours, theirs].map(|pdf| picture::of_page(pdf, page, RESOLUTION).unwrap());
        let (Some(own), Some(expected)) = (own, expected) else { break };
        assert!(own.png == expected.png, "page {page}");
    }
}

#[test]
fn every_document_of_the_example_has_the_objects_that_typst_pdf_writes() {
    each(&Folder::example(), |_, _| true, hold_objects);
}

#[test]
fn a_document_of_each_kind_looks_as_typst_pdf_draws_it() {
    let is_first = |plan: &Plan<'_>, document: &Document| {
        let first = plan.documents.iter().find(|it| plan.kind(it).name == plan.kind(document).name);
        first.is_some_and(|first| first.path == document.path)
    };
    each(&Folder::example(), is_first, hold_pages);
}

#[test]
fn a_certificate_of_any_standard_has_the_objects_that_typst_pdf_writes() {
    for standard in ["1.7", "2.0", "a-2a", "a-4", "ua-1"] {
        let folder = Folder::example();
        folder.edit("contest.toml", "standard = \"a-2b\"", &format!("standard = \"{standard}\""));
        let is_first = |plan: &Plan<'_>, document: &Document| {
            plan.documents.first().is_some_and(|first| first.path == document.path)
        };
        each(&folder, is_first, hold_objects);
    }
}
