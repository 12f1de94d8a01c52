//! Forms of the examples, and of contests that are not sound.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value as Json;

use super::*;
use crate::contest::path::{Step, at};
use crate::report::faults::FaultReport;

fn fields(form: &Form) -> Vec<&Field> {
    fn add<'a>(fields: &'a [Field], all: &mut Vec<&'a Field>) {
        for field in fields {
            all.push(field);
            match &field.kind {
                Kind::Table { fields } => add(fields, all),
                Kind::Tables { entries } => entries.iter().for_each(|it| add(&it.fields, all)),
                _ => {}
            }
        }
    }
    let mut all = Vec::new();
    form.sections.iter().for_each(|section| add(&section.fields, &mut all));
    all
}

fn field<'a>(form: &'a Form, path: &[Step]) -> &'a Field {
    let fields = fields(form);
    fields.into_iter().find(|field| field.path == path).unwrap_or_else(|| panic!("{path:?}"))
}

fn way(json: Json) -> Vec<Step> {
    serde_json::from_value(json).unwrap()
}

/// The form of a contest with this text, in a folder of its own.
fn of(text: &str) -> Form {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), text).unwrap();
    form(folder.path(), Lang::Zh).unwrap()
}

/// Every value that is no table, with its way.
fn leaves(json: &Json, way: &[Step], all: &mut Vec<Vec<Step>>) {
    match json {
        Json::Object(entries) => {
            for (key, value) in entries {
                leaves(value, &[way, &[key.as_str().into()]].concat(), all);
            }
        }
        Json::Array(items) if items.iter().any(Json::is_object) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &[way, &[index.into()]].concat(), all);
            }
        }
        _ => all.push(way.to_vec()),
    }
}

fn examples() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let folders = fs::read_dir(data.join("examples")).unwrap();
    folders.map(|it| it.unwrap().path()).chain([data]).collect()
}

#[test]
fn the_examples_are_whole_and_without_fault() {
    let examples = examples();
    assert!(examples.len() > 5);
    for folder in examples {
        for lang in Lang::ALL {
            let form = form(&folder, lang).unwrap();
            let said: Vec<_> = fields(&form).iter().flat_map(|it| it.faults.clone()).collect();
            assert!(said.is_empty() && form.faults.is_empty(), "{said:?} {:?}", form.faults);
            let text = fs::read_to_string(folder.join(FILE)).unwrap();
            let written = Written::read(&text).unwrap();
            let mut known = Vec::new();
            leaves(written.json(), &[], &mut known);
            for way in known {
                let is_asked = |field: &&Field| {
                    way.starts_with(&field.path)
                        && !matches!(field.kind, Kind::Table { .. } | Kind::Tables { .. })
                };
                let fields = fields(&form);
                assert!(fields.iter().any(is_asked), "{}: {way:?}", folder.display());
            }
            for field in fields(&form) {
                assert!(!field.label.is_empty(), "{:?}", field.path);
                if let Some(value) = at(written.json(), &field.path).filter(|it| !it.is_boolean()) {
                    let alone = Json::Array(vec![value.clone()]);
                    assert!(field.value == *value || field.value == alone, "{:?}", field.path);
                }
            }
        }
    }
}

#[test]
fn each_fault_stands_at_its_field() {
    let form = of(r#"
package = 3
nothing = 1
[contest]
name = "?2025年甲"
"#);
    let undecided = &field(&form, &way(serde_json::json!(["contest", "name"]))).faults;
    assert_eq!((undecided.len(), undecided[0].code), (1, "undecided"));

    let form = of(r#"
package = 3
nothing = 1
[contest]
name = "甲"
organizers = []
check = "x"
colour = "red"
[[groups]]
quota = "many"
[[groups]]
name = "甲"
[[groups]]
name = "甲"
[rules]
severity = { covered = "always" }
no_shared_members = ["乙"]
[[documents]]
name = "函"
template = "letter.typ"
each = "contest"
path = "a.pdf"
words = { body = "{nobody}" }
[documents.facts]
number = { code = 3 }
duplex = "yes"
"#);
    let mut at: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for field in fields(&form).into_iter().filter(|field| !field.faults.is_empty()) {
        let path = serde_json::to_string(&field.path).unwrap();
        at.insert(path, field.faults.iter().map(|it| it.code).collect());
    }
    let expected = [
        (r#"["contest","check"]"#, "not-allowed"),
        (r#"["contest","date"]"#, "missing-key"),
        (r#"["contest","organizers"]"#, "empty-list"),
        (r#"["documents",0,"facts","duplex"]"#, "wrong-fact"),
        (r#"["documents",0,"facts","issuer"]"#, "missing-fact"),
        (r#"["documents",0,"facts","number","code"]"#, "wrong-fact"),
        (r#"["documents",0,"words","body"]"#, "bad-pattern"),
        (r#"["facts","province"]"#, "missing-fact"),
        (r#"["groups",0,"name"]"#, "missing-key"),
        (r#"["groups",0,"quota"]"#, "wrong-type"),
        (r#"["groups",2,"name"]"#, "repeated"),
        (r#"["package"]"#, "wrong-type"),
        (r#"["rules","no_shared_members"]"#, "not-allowed"),
        (r#"["rules","severity","covered"]"#, "not-allowed"),
    ];
    let expected: BTreeMap<_, _> =
        expected.into_iter().map(|(path, code)| (path.to_owned(), vec![code])).collect();
    assert_eq!(at, expected);
    let place = |it: &FaultReport| (it.code, it.file.clone().unwrap(), it.line.unwrap());
    let elsewhere: Vec<_> = form.faults.iter().map(place).collect();
    let unknown = |line| ("unknown-key", "contest.toml".to_owned(), line);
    assert_eq!(elsewhere, [unknown(8), unknown(3)]);
}

#[test]
fn what_a_page_looks_like_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[contest]\nname = \"甲\"\ndate = 2026-08-10\n[[documents]]\nname = \"证书\"\n\
                template = \"certificate.typ\"\nwords = { closing = \"完\" }\n\
                [[documents]]\ntemplate = \"results.typ\"\n";
    fs::write(folder.path().join(FILE), text).unwrap();
    fs::create_dir(folder.path().join("images")).unwrap();
    fs::write(folder.path().join("images/标志.svg"), "<svg/>").unwrap();
    let form = form(folder.path(), Lang::Zh).unwrap();
    let fact = |name: &str| field(&form, &way(serde_json::json!(["documents", 0, "facts", name])));
    let chosen = |name: &str| match &fact(name).kind {
        Kind::Choice { choices, open } => {
            (choices.iter().map(|it| (&*it.value, &*it.label)).collect::<Vec<_>>(), *open)
        }
        kind => panic!("{kind:?}"),
    };
    assert_eq!(chosen("logo"), (vec![("标志.svg", "标志.svg")], false));
    assert_eq!(chosen("design").0[1], ("modern", "素雅"));
    assert!(chosen("paper").1 && chosen("paper").0.contains(&("a4 landscape", "A4 横")));
    assert_eq!((&*fact("logo").label, &fact("design").default), ("标志", &Json::from("formal")));

    let word = |name: &str| field(&form, &way(serde_json::json!(["documents", 0, "words", name])));
    assert!(matches!(word("closing").kind, Kind::Text));
    assert_eq!(
        (&word("closing").value, &word("heading").default),
        (&"完".into(), &"{kind}".into())
    );
    let Kind::Table { fields } = &word("recipient").kind else { panic!("{:?}", word("recipient")) };
    assert_eq!((&fields[0].default, &fields[0].path[4]), (&"{name}：".into(), &"entrant".into()));

    let of_notice =
        |name: &str| field(&form, &way(serde_json::json!(["documents", 1, "facts", name])));
    assert_eq!(of_notice("date").default, "2026-08-10");
    assert!(of_notice("issuer").needed);
    let columns = field(&form, &way(serde_json::json!(["documents", 1, "columns"])));
    assert!(matches!(columns.kind, Kind::Columns { .. }));
    assert_eq!(columns.default[0], "award");
    let written = serde_json::to_value(fact("design")).unwrap();
    assert_eq!(written["kind"], "choice");
    assert_eq!(written["path"], serde_json::json!(["documents", 0, "facts", "design"]));
}

#[test]
fn a_file_that_is_no_toml_has_no_form() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), "a = \n").unwrap();
    let faults = form(folder.path(), Lang::En).unwrap_err();
    assert_eq!(faults.iter().next().unwrap().kind.code(), "toml-syntax");
}
