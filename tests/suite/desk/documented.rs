//! Every call stands in `docs/http.md`, and every call in it exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The paths in a text that follow `before`, up to `after`.
fn paths(text: &str, before: &str, after: &[char]) -> BTreeSet<String> {
    let found = text.match_indices(before).map(|(at, _)| {
        let rest = &text[at + before.len()..];
        rest[..rest.find(after).unwrap_or(rest.len())].to_owned()
    });
    found.filter(|path| path.starts_with("/api/")).collect()
}

#[test]
fn every_call_is_documented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = fs::read_to_string(root.join("src/desk/routes.rs")).unwrap();
    for entry in fs::read_dir(root.join("src/desk/routes")).unwrap() {
        code += &fs::read_to_string(entry.unwrap().path()).unwrap();
    }
    let known = paths(&code, ".route(\"", &['"']);
    let page = fs::read_to_string(root.join("docs/http.md")).unwrap();
    let mut told = paths(&page, "GET ", &[' ', '?', '`', ',']);
    told.extend(paths(&page, "POST ", &[' ', '?', '`', ',']));
    assert!(known.len() > 30, "{known:?}");
    assert_eq!(known.difference(&told).collect::<Vec<_>>(), Vec::<&String>::new(), "not told of");
    assert_eq!(told.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "no such call");
}
