//! The table of who may import whom, held against the code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the bottom up: each may import those before it.
const ROOMS: [&[&str]; 17] = [
    &["cell", "character", "field", "form", "hex", "nearest", "pdf", "tabular", "unfinished"],
    &["fact"],
    &["fault"],
    &["noted", "roster", "template", "workbook"],
    &["contest"],
    &["attest", "fonts"],
    &["intake"],
    &["annotate", "register"],
    &["plan", "publish"],
    &["press"],
    &["package", "step"],
    &["inspect", "verify"],
    &["office"],
    &["folder"],
    &["lib"],
    &["cli"],
    &["main"],
];

/// Crates that only one room, or one file, may name.
const KEEPERS: [(&str, &[&str]); 28] = [
    ("typst", &["press", "fonts"]),
    ("typst_pdf", &["press"]),
    ("typst_layout", &["press"]),
    ("typst_render", &["press"]),
    ("comemo", &["press"]),
    ("skera", &["fonts.rs"]),
    ("read_fonts", &["fonts.rs"]),
    ("calamine", &[]),
    ("aes", &["workbook/crypto.rs"]),
    ("md5", &["workbook/crypto.rs"]),
    ("rc4", &["workbook/crypto.rs"]),
    ("sha1", &["workbook/crypto.rs"]),
    (
        "encoding_rs",
        &[
            "workbook.rs",
            "workbook/archive.rs",
            "workbook/html.rs",
            "workbook/text.rs",
            "workbook/xls.rs",
            "workbook/xls/values.rs",
            "pdf/font.rs",
        ],
    ),
    ("html5gum", &["workbook/html.rs"]),
    (
        "quick_xml",
        &[
            "workbook/archive.rs",
            "workbook/crypto.rs",
            "workbook/ods.rs",
            "workbook/spreadsheetml.rs",
            "workbook/xlsx.rs",
        ],
    ),
    ("zip", &["package", "workbook/archive.rs"]),
    ("clap", &["cli"]),
    ("ctrlc", &["cli"]),
    ("indicatif", &["cli"]),
    ("rusqlite", &["register"]),
    ("ed25519_dalek", &["attest/key.rs"]),
    ("qrcodegen", &["attest/code.rs"]),
    ("flate2", &["attest/link.rs"]),
    ("csv", &["tabular"]),
    ("unicode_width", &["cli"]),
    ("hayro", &["pdf"]),
    ("icu_properties", &["character.rs"]),
    ("rxing", &["verify/pdf.rs"]),
];

fn sources() -> BTreeMap<String, String> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { collect(&path, found) } else { found.push(path) }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    found
        .into_iter()
        .filter(|path| path.file_name().is_some_and(|name| name != "tests.rs"))
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap();
            // Tests may use what they like, inside a file as well.
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            (name, code)
        })
        .collect()
}

fn room(name: &str) -> &str {
    name.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The words after every `before` in the code, comments left out.
fn words_after<'a>(code: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(move |line| {
        line.match_indices(before).map(move |(at, _)| {
            let rest = &line[at + before.len()..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            &rest[..end]
        })
    })
}

#[test]
fn every_room_imports_only_what_lies_below_it() {
    let level = |room: &str| ROOMS.iter().position(|rooms| rooms.contains(&room));
    for (name, code) in sources() {
        let Some(own) = level(room(&name)) else { continue };
        for imported in words_after(&code, "crate::").filter(|word| !word.is_empty()) {
            let level = level(imported).unwrap_or_else(|| panic!("src/{name} imports {imported}"));
            let below = level < own || imported == room(&name);
            assert!(below, "src/{name} imports {imported}, which lies above it");
        }
    }
}

#[test]
fn every_library_has_one_keeper() {
    for (name, code) in sources() {
        for (library, keepers) in KEEPERS {
            let used = code.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.starts_with(&format!("use {library}::"))
                        || line.contains(&format!(" {library}::"))
                        || line.contains(&format!("({library}::")))
            });
            let keeps = keepers.iter().any(|&keeper| keeper == name || keeper == room(&name));
            assert!(!used || keeps, "src/{name} names {library}");
        }
    }
}

#[test]
fn only_the_command_line_prints_or_knows_the_terminal() {
    for (name, code) in sources() {
        if room(&name) == "cli" || name == "main.rs" {
            continue;
        }
        for word in ["println!", "eprintln!", "std::env", "anstream", "io::stdout", "io::stderr"] {
            assert!(!code.contains(word), "src/{name} uses {word}");
        }
    }
}

#[test]
fn only_the_command_line_names_commands_and_options() {
    let option = |line: &str| {
        line.match_indices("--")
            .any(|(at, _)| line[at + 2..].starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let commands = ["init", "check", "run", "plan", "preview", "reissue", "revoke", "register"];
    for (name, code) in sources() {
        if room(&name) == "cli" || name == "main.rs" {
            continue;
        }
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let command =
                commands.iter().any(|command| line.contains(&format!("accolade {command}")));
            assert!(!option(line) && !command, "src/{name} tells what to type: {line}");
        }
    }
}

#[test]
fn nothing_of_a_contest_stands_in_the_code_or_a_template() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = sources();
    let mut folders = vec![root.join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                texts.insert(path.display().to_string(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    for (name, text) in texts {
        let text = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for word in ["晋中", "山西", "Jinzhong"] {
            assert!(text.clone().all(|line| !line.contains(word)), "{name} names {word}");
        }
    }
}
