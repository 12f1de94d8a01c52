//! What a page shows of the packages that were made.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::super::Purpose;
use super::Issued;
use crate::package::{self, Opened};
use crate::register::Snapshot;

#[test]
fn a_folder_lists_its_packages_and_each_what_it_holds() {
    let issued = Issued::of("school");
    issued.run(Purpose::Draft);
    fs::write(issued.out().join("letter.zip"), "PK nothing").unwrap();
    fs::write(issued.out().join("a.txt"), "nothing").unwrap();
    let packages = package::packages(&issued.out()).unwrap();
    let drafts: BTreeSet<_> = packages.iter().map(|it| it.draft).collect();
    assert_eq!((packages.len(), drafts), (2, BTreeSet::from([false, true])));
    let real = packages.iter().find(|it| !it.draft).unwrap();
    assert_eq!((real.documents, real.certificates, real.corrected), (7, 6, false));
    assert_eq!(real.bytes, fs::metadata(issued.out().join(&real.file)).unwrap().len());
    assert!(package::packages(&issued.path().join("none")).unwrap().is_empty());

    let mut opened = Opened::open(&issued.out().join(&real.file)).unwrap();
    assert_eq!(opened.lists().collect::<Vec<_>>(), ["清单.csv"]);
    let entries = opened.entries().unwrap();
    assert_eq!(entries.iter().map(|it| it.pages).sum::<usize>(), real.pages);
    assert_eq!(entries[0].recipient.as_deref(), Some("蒋书言"));
    for entry in &entries {
        assert_eq!(opened.file(&entry.path).unwrap().len() as u64, entry.bytes);
    }
    let fault = opened.file("../contest.toml").unwrap_err();
    assert_eq!(fault.iter().next().unwrap().kind.code(), "not-in-package");

    let ledger = Snapshot::read(issued.path()).unwrap().ledger;
    let sha256 = &ledger.certificates()[1].current().sha256;
    let pdf = package::find_pdf(&issued.out(), sha256).unwrap().unwrap();
    assert_eq!(pdf, opened.file(&entries[1].path).unwrap());
    assert!(package::find_pdf(&issued.out(), &"0".repeat(64)).unwrap().is_none());
}

#[test]
fn a_file_that_was_put_in_the_place_of_another_is_not_handed_out() {
    let issued = Issued::of("least");
    let path = fs::read_dir(issued.out()).unwrap().next().unwrap().unwrap().path();
    let entries = Opened::open(&path).unwrap().entries().unwrap();
    let mut zip = ZipArchive::new(File::open(&path).unwrap()).unwrap();
    let forged = issued.out().join("forged.zip");
    let mut writer = ZipWriter::new(File::create(&forged).unwrap());
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == entries[0].path {
            bytes.extend(b"%");
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap();
    fs::remove_file(&path).unwrap();
    let fault = Opened::open(&forged).unwrap().file(&entries[0].path).unwrap_err();
    assert_eq!(fault.iter().next().unwrap().kind.code(), "package-changed");
    assert!(package::find_pdf(&issued.out(), &entries[0].sha256).unwrap().is_none());
    assert!(package::find_pdf(&issued.out(), &entries[1].sha256).unwrap().is_some());
}
