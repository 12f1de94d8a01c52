//! A clerk holds a finished document against GB/T 9704, whoever made it.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::support::{Folder, Package, Ran};

mod measures;
mod odd_pdfs;
mod own_documents;
mod table;

/// A document in absolute places, which keeps every rule.
const OFFICIAL: &str = include_str!("../files/official.typ");

/// A contest whose documents are these templates, and their PDFs beside it.
fn set<'a>(templates: impl IntoIterator<Item = (&'a str, String)>) -> Folder {
    let folder = Folder::example();
    let contest = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let mut contest = contest.split("[[documents]]").next().unwrap().to_owned();
    for (name, source) in templates {
        folder.write(&format!("templates/{name}.typ"), source);
        // It reads no facts, whatever built-in one has its name.
        folder.write(&format!("templates/{name}.toml"), "");
        contest += &format!(
            "[[documents]]\nname = \"{name}\"\ntemplate = \"{name}.typ\"\neach = \"contest\"\npath = \"{name}.pdf\"\nprove = []\n"
        );
    }
    folder.write("contest.toml", contest);
    unpacked(folder)
}

/// Makes everything and puts each PDF into the folder itself.
fn unpacked(folder: Folder) -> Folder {
    folder.done("run", &["--draft"]);
    let mut package = Package::open(&folder.zip());
    for name in package.names().into_iter().filter(|name| name.ends_with(".pdf")) {
        let file = Path::new(&name).file_name().unwrap().to_str().unwrap().to_owned();
        folder.write(&file, package.read(&name));
    }
    folder
}

fn inspect(folder: &Folder, file: &str) -> Ran {
    folder.raw(&["inspect", file, "--format", "json"])
}

/// The codes of the rules with this verdict.
fn rules(json: &Json, verdict: &str) -> Vec<String> {
    let findings = json["findings"].as_array().expect("findings");
    let with = findings.iter().filter(|finding| finding["verdict"] == verdict);
    with.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

fn passes(folder: &Folder, file: &str) -> Json {
    let ran = inspect(folder, file);
    let json = ran.json();
    let failed: Vec<&Json> = json["findings"]
        .as_array()
        .unwrap_or_else(|| panic!("{file}: {json}"))
        .iter()
        .filter(|finding| finding["verdict"] == "fail")
        .collect();
    assert!(failed.is_empty(), "{file}: {failed:#?}");
    assert_eq!(ran.status, 0, "{file}");
    json
}
