//! The table of who may import whom, held against the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the bottom up: each may import those before it.
const ROOMS: [&[&str]; 16] = [
    &[
        "cell",
        "character",
        "dates",
        "field",
        "form",
        "hex",
        "lang",
        "nearest",
        "pdf",
        "tabular",
        "unfinished",
    ],
    &["fact", "workbook"],
    &["fault"],
    &["noted", "picture", "roster", "template"],
    &["contest"],
    &["attest", "fonts"],
    &["intake"],
    &["annotate", "register"],
    &["plan", "publish"],
    &["press"],
    &["package", "step"],
    &["inspect", "verify"],
    &["begin", "office"],
    &["folder"],
    &["report"],
    &["lib"],
];

/// Crates that only one room, or one file, may name.
const KEEPERS: [(&str, &[&str]); 39] = [
    ("typst", &["press", "fonts"]),
    ("typst_pdf", &["press"]),
    ("typst_layout", &["press"]),
    ("typst_render", &["press"]),
    ("comemo", &["press"]),
    ("libdeflater", &["press/outlines/embedded.rs"]),
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
            "workbook/xls/values.rs",
            "workbook/xls.rs",
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
    ("anstream", &["cli"]),
    ("axum", &["desk"]),
    ("futures_util", &["desk"]),
    ("open", &["cli"]),
    ("similar", &["report/difference.rs"]),
    ("tokio", &["cli/desk.rs", "cli/signals.rs", "desk"]),
    ("anstyle", &["cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("dunce", &["cli", "desk"]),
    ("known_folders", &["cli"]),
    ("windows_sys", &["unfinished/windows.rs"]),
    ("indicatif", &["cli"]),
    ("rusqlite", &["register"]),
    ("ed25519_dalek", &["attest/key.rs"]),
    ("qrcodegen", &["attest/code.rs"]),
    ("flate2", &["attest/link.rs"]),
    ("csv", &["tabular"]),
    ("unicode_width", &["cli"]),
    ("hayro", &["pdf"]),
    ("icu_properties", &["character.rs"]),
    ("rxing", &["verify/codes.rs"]),
    ("toml_edit", &["contest"]),
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
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            (name, path)
        })
        .filter(|(name, _)| name.ends_with(".rs"))
        .filter(|(name, _)| !name.ends_with("/tests.rs") && !name.contains("/tests/"))
        .map(|(name, path)| {
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

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The code without its comments.
fn bare(code: &str) -> String {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Every path that begins with `root`, without it; groups are taken apart.
fn paths_from<'a>(code: &'a str, root: &str) -> Vec<Vec<&'a str>> {
    let begin = format!("{root}::");
    let found = code.match_indices(&begin).filter(|&(at, _)| {
        let before = code[..at].chars().next_back();
        before.is_none_or(|c| !is_word(c) && !":.".contains(c))
    });
    found.flat_map(|(at, _)| paths(&code[at + begin.len()..])).collect()
}

fn paths(text: &str) -> Vec<Vec<&str>> {
    let text = text.trim_start();
    if let Some(group) = text.strip_prefix('{') {
        let (mut depth, mut begin, mut found) = (0, 0, Vec::new());
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    found.extend(paths(&group[begin..at]));
                    begin = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
        return found;
    }
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    match rest.strip_prefix("::") {
        _ if name.is_empty() => Vec::new(),
        None => vec![vec![name]],
        Some(rest) => {
            let mut all = paths(rest);
            if all.is_empty() {
                all.push(Vec::new());
            }
            all.iter_mut().for_each(|path| path.insert(0, name));
            all
        }
    }
}

/// A file's module; the roots of library and binary have none.
fn module(name: &str) -> Vec<&str> {
    match name.trim_end_matches(".rs") {
        "lib" | "main" => Vec::new(),
        name => name.split('/').collect(),
    }
}

/// The files of a room that each of its files imports.
fn imports<'a>(files: &BTreeMap<&'a str, String>) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let modules: BTreeMap<Vec<&str>, &str> =
        files.keys().map(|&name| (module(name), name)).collect();
    // The innermost module of a path that is a file: what follows is in it.
    let file =
        |path: &[&str]| (0..=path.len()).rev().find_map(|end| modules.get(&path[..end]).copied());
    let of = |name: &str, code: &str| {
        let own = module(name);
        let mut found = BTreeSet::new();
        let mut add = |base: &[&str], paths: Vec<Vec<&str>>| {
            for path in paths {
                found.extend(file(&[base, &path].concat()));
            }
        };
        add(&[], paths_from(code, "crate"));
        let mut above = String::from("super");
        for depth in (0..own.len()).rev() {
            let paths = paths_from(code, &above);
            // Further up is the next round's.
            let paths = paths.into_iter().filter(|path| path[0] != "super").collect();
            add(&own[..depth], paths);
            above += "::super";
        }
        for child in modules.keys().filter(|path| path.len() == own.len() + 1) {
            if child.starts_with(&own) && !paths_from(code, child[own.len()]).is_empty() {
                add(child, vec![Vec::new()]);
            }
        }
        found.remove(name);
        found
    };
    files.iter().map(|(&name, code)| (name, of(name, code))).collect()
}

/// The files that can be reached from each other.
fn circles(imports: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<String> {
    let reached = |from: &str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(name) = next.pop() {
            for &other in &imports[name.as_str()] {
                if seen.insert(other.to_owned()) {
                    next.push(other.to_owned());
                }
            }
        }
        seen
    };
    let round = |&&name: &&&str| reached(name).contains(name);
    imports.keys().filter(round).map(|name| (*name).to_owned()).collect()
}

#[test]
fn every_room_imports_only_what_lies_below_it() {
    let level = |room: &str| ROOMS.iter().position(|rooms| rooms.contains(&room));
    for (name, code) in sources() {
        if ["cli", "desk", "main"].contains(&room(&name)) {
            continue;
        }
        let own = level(room(&name)).unwrap_or_else(|| panic!("src/{name} has no place"));
        let code = bare(&code);
        for path in paths_from(&code, "crate") {
            // What is no room is the library's own.
            let imported = if level(path[0]).is_some() { path[0] } else { "lib" };
            let below = level(imported) < Some(own) || imported == room(&name);
            assert!(below, "src/{name} imports {}, which lies above it", path[0]);
        }
    }
}

#[test]
fn the_map_shows_every_room() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let rows: Vec<&str> = map.lines().filter(|line| line.starts_with("| `src/")).collect();
    for name in sources().keys() {
        let room = room(name);
        let shown = [format!("`{room}.rs`"), format!("`src/{room}.rs`")];
        let known = |row: &&str| shown.iter().any(|name| row.contains(name));
        assert!(rows.iter().any(known), "{name} is not on the map");
    }
}

#[test]
fn no_files_of_a_room_import_each_other_in_a_circle() {
    let sources = sources();
    let rooms: BTreeSet<&str> = sources.keys().map(|name| room(name)).collect();
    for own in rooms {
        let files = sources.iter().filter(|(name, _)| room(name) == own);
        let files = files.map(|(name, code)| (name.as_str(), bare(code))).collect();
        let circles = circles(&imports(&files));
        assert!(circles.is_empty(), "{own}: {}", circles.join(", "));
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
