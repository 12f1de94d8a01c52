//! The documents that the program makes keep the standard, in any font.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{inspect, passes, rules, set, unpacked};
use crate::support::{Folder, Package};

#[test]
fn every_official_document_of_the_example_keeps_the_standard() {
    let folder = unpacked(Folder::example());
    let forms = [
        ("推荐函（附推荐项目汇总表）.pdf", "letter"),
        ("获奖名单公示.pdf", "plain"),
        ("关于公布获奖名单的通知.pdf", "document"),
    ];
    for (file, form) in forms {
        assert_eq!(passes(&folder, file)["form"], form, "{file}");
    }
    let mut package = Package::open(&folder.zip());
    let names = package.names().into_iter().filter(|name| name.contains("推荐书/"));
    for (index, name) in names.collect::<Vec<_>>().into_iter().enumerate() {
        let file = format!("推荐书{index}.pdf");
        folder.write(&file, package.read(&name));
        passes(&folder, &file);
    }
}

#[test]
fn the_conformance_page_shows_what_inspect_says_today() {
    let folder = unpacked(Folder::example());
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/conformance.md");
    let page = fs::read_to_string(page).unwrap();
    for file in ["推荐函（附推荐项目汇总表）.pdf", "获奖名单公示.pdf", "关于公布获奖名单的通知.pdf"]
    {
        let table = folder.raw(&["inspect", file]).stdout;
        assert!(
            page.contains(table.trim()),
            "docs/conformance.md has another table of {file}:\n{table}"
        );
    }
}

/// A bureau's own fonts have other metrics; the page does not notice.
#[test]
fn the_measures_hold_in_any_font() {
    let folder = Folder::example();
    folder.own_template("lib/fonts.typ");
    folder.edit(
        "templates/lib/fonts.typ",
        "\"Zhuque Fangsong (technical preview)\"",
        "\"Noto Sans SC\"",
    );
    let folder = unpacked(folder);
    let json = inspect(&folder, "关于公布获奖名单的通知.pdf").json();
    let of_faces = ["text-face", "number-text", "imprint-text"];
    let failed = rules(&json, "fail");
    assert!(failed.iter().all(|code| of_faces.contains(&code.as_str())), "{failed:?}");
    assert!(failed.contains(&"text-face".to_owned()), "{failed:?}");
}

/// Every element of the library in `templates/`, each in a specimen.
#[test]
fn every_specimen_keeps_the_standard() {
    let specimens = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specimens");
    let Ok(entries) = fs::read_dir(specimens) else { return };
    let mut sources = BTreeMap::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|it| it == "typ") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            sources.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    let folder = set(sources.iter().map(|(name, source)| (name.as_str(), source.clone())));
    for name in sources.keys() {
        passes(&folder, &format!("{name}.pdf"));
    }
}
