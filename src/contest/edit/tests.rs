//! Changes of contests as people write them.

use std::path::Path;

use serde_json::json;

use super::super::Contest;
use super::*;

/// The example's text.
fn example() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    fs::read_to_string(folder.join(FILE)).unwrap()
}

fn changes(json: Json) -> Vec<Change> {
    serde_json::from_value(json).unwrap()
}

fn after(text: &str, json: Json) -> String {
    changed(&Templates::built_in(), text, &changes(json)).unwrap()
}

/// One value set, in a small file.
fn set(text: &str, path: Json, value: Json) -> String {
    let change = Change { path: serde_json::from_value(path).unwrap(), act: Act::Set(value) };
    changed(&Templates::built_in(), text, &[change]).unwrap()
}

/// The lines that are in one text alone, in order: `-` what was, `+` what is.
fn difference(before: &str, after: &str) -> Vec<String> {
    let (a, b): (Vec<&str>, Vec<&str>) =
        (before.split('\n').collect(), after.split('\n').collect());
    let mut longest = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = if a[i] == b[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || i < a.len() && longest[i + 1][j] >= longest[i][j + 1] {
            lines.push(format!("-{}", a[i]));
            i += 1;
        } else {
            lines.push(format!("+{}", b[j]));
            j += 1;
        }
    }
    lines
}

/// What changes in the example, and nothing else.
const CHANGED: &str = r#"-name       = "2026年“创客中国”晋中市中小企业创新创业大赛"                # 通知标题
+name       = "乙赛"                # 通知标题
-date       = 2026-08-10          # 示例值：结果公布之日，印在证书上；通知五（三）：复赛在 7 月下旬
+date       = 2026-09-01          # 示例值：结果公布之日，印在证书上；通知五（三）：复赛在 7 月下旬
+check      = "https://example.cn/check.html"
-quota   = 8                      # 示例值：省赛组委会分配的推荐名额（通知五（三））
+quota   = 9                      # 示例值：省赛组委会分配的推荐名额（通知五（三））
-aliases = ["创客组", "创业"]
+aliases = ["创客组", "创业", "创业类"]
+aliases = ["祁"]
+outranked = "error"
-design = "formal"                # formal 红金边框；modern 素雅；preprinted 只印文字，套打在已有边框、标题和印章的纸上
+design = "modern"                # formal 红金边框；modern 素雅；preprinted 只印文字，套打在已有边框、标题和印章的纸上
+[documents.words]
+closing = ""
+
-    { field = "organization", title = "参赛单位\n（团队）" },
-    { field = "award", title = "市级\n奖项" },
-    "county",
-    "members",
-    "registered_on",
-    "contact",
-number = { code = "市工信企业函", year = 2026 }                          # 示例值；定了号再加 seq = 12
+number = { code = "市工信企业函", year = 2026, seq = 12 }                          # 示例值；定了号再加 seq = 12
-public   = true                  # 通知四（三）：严格项目信息公开审查
-printed_on = 2026-08-10                                                # 示例值
+printed_on = 2026-08-11                                                # 示例值"#;

#[test]
fn the_examples_other_lines_stay_as_they_are() {
    let before = example();
    let after = after(
        &before,
        json!([
            {"path": ["contest", "name"], "act": {"set": "乙赛"}},
            {"path": ["contest", "date"], "act": {"set": "2026-09-01"}},
            {"path": ["contest", "check"], "act": {"set": "https://example.cn/check.html"}},
            {"path": ["groups", 0, "quota"], "act": {"set": 9}},
            {"path": ["groups", 1, "aliases"], "act": {"add": "创业类"}},
            {"path": ["counties", 3, "aliases"], "act": {"set": ["祁"]}},
            {"path": ["rules", "severity", "outranked"], "act": {"set": "error"}},
            {"path": ["documents", 0, "facts", "design"], "act": {"set": "modern"}},
            {"path": ["documents", 0, "words", "closing"], "act": {"set": ""}},
            {"path": ["documents", 1, "facts", "number", "seq"], "act": {"set": 12}},
            {"path": ["documents", 1, "columns"], "act": {"set": ["project", "group", "phone"]}},
            {"path": ["documents", 3, "public"], "act": "remove"},
            {"path": ["documents", 4, "facts", "printed_on"], "act": {"set": "2026-08-11"}},
        ]),
    );
    assert_eq!(difference(&before, &after).join("\n"), CHANGED);
    Contest::parse(Path::new("."), &after).unwrap();
}

#[test]
fn what_says_the_same_stays_to_the_byte() {
    let text =
        "a = 'it''s'\nb = [\n  1,   # one\n  2,\n]\nc = { d = 2026-01-02 }\n".replace("''", "");
    let same = json!({"a": "its", "b": [1, 2], "c": {"d": "2026-01-02"}});
    let all = same
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, value)| json!({"path": [key], "act": {"set": value}}));
    let changed = after(&text, all.collect());
    assert_eq!(
        difference(&text, &changed),
        ["-c = { d = 2026-01-02 }", "+c = { d = \"2026-01-02\" }"]
    );
}

#[test]
fn every_kind_of_value_is_written_as_toml_has_it() {
    let path = || json!(["documents", 0, "x"]);
    let text = "[[documents]]\nx = 1 # c\n";
    for (value, written) in [
        (json!("甲\"乙\\"), r#""甲\"乙\\""#),
        (json!("a\nb\u{7f}"), r#""a\nb\u007f""#),
        (json!(-3), "-3"),
        (json!(0.5), "0.5"),
        (json!(true), "true"),
        (json!("2026-08-10"), r#""2026-08-10""#),
        (json!(["a", "b"]), r#"["a", "b"]"#),
        (json!({"a": 1, "乙": [{"b": "c"}], "n": null}), r#"{ a = 1, "乙" = [{ b = "c" }] }"#),
    ] {
        assert_eq!(set(text, path(), value), format!("[[documents]]\nx = {written} # c\n"));
    }
    // What takes a date gets one, wherever it stands.
    assert_eq!(
        set(
            "[contest]\ndate = \"?2025-01-02\" # c\n",
            json!(["contest", "date"]),
            json!("2026-08-10")
        ),
        "[contest]\ndate = 2026-08-10 # c\n"
    );
    let added = json!([{"path": ["documents"], "act": {"add": {
        "name": "公示", "template": "publicity.typ",
        "facts": {"issuer": "某局", "date": "2026-08-03"}, "where": {"recommended": [true]},
    }}}]);
    assert_eq!(
        after("sheet = \"a.csv\"\n", added),
        "sheet = \"a.csv\"\n\n[[documents]]\nname     = \"公示\"\ntemplate = \"publicity.typ\"\n\
         where    = { recommended = [true] }\n\n[documents.facts]\ndate   = 2026-08-03\nissuer = \"某局\"\n"
    );
    // An unknown key keeps the kind it has.
    assert_eq!(
        set("[a]\nb = 2026-01-01\n", json!(["a", "b"]), json!("2026-01-02")),
        "[a]\nb = 2026-01-02\n"
    );
}

#[test]
fn new_keys_stand_with_their_neighbours() {
    let text = "# 说明\n\n[contest]\nname       = \"甲\"\norganizers = [\"乙\"]\n# date\n\n[pdf]\n";
    assert_eq!(
        set(text, json!(["contest", "language"]), json!("en")),
        "# 说明\n\n[contest]\nname       = \"甲\"\norganizers = [\"乙\"]\nlanguage   = \"en\"\n# date\n\n[pdf]\n"
    );
    assert_eq!(
        set(text, json!(["sheet"]), json!("a.xlsx")),
        text.replace("[contest]", "sheet = \"a.xlsx\"\n\n[contest]")
    );
    assert_eq!(
        set(text, json!(["rules", "max_members"]), json!(7)),
        format!("{text}\n[rules]\nmax_members = 7\n")
    );
    assert_eq!(set("", json!(["sheet"]), json!("a")), "sheet = \"a\"\n");
    assert_eq!(set("[a]\nb = 1", json!(["a", "c"]), json!(2)), "[a]\nb = 1\nc = 2\n");
    // A table that only its inner ones tell of.
    assert_eq!(
        set("[facts.notice]\ntitle = \"a\"\n", json!(["facts", "disclosure"]), json!("b")),
        "[facts]\ndisclosure = \"b\"\n\n[facts.notice]\ntitle = \"a\"\n"
    );
}

#[test]
fn tables_in_every_style_are_changed_in_it() {
    for (text, path, value, changed) in [
        (
            "a.b = 1\na.c = 2 # c\nd = 3\n",
            json!(["a", "e"]),
            json!(4),
            "a.b = 1\na.c = 2 # c\na.e = 4\nd = 3\n",
        ),
        ("a = { b = 1 }\n", json!(["a", "c"]), json!("x"), "a = { b = 1, c = \"x\" }\n"),
        ("a = {b = 1}\n", json!(["a", "b"]), json!(2), "a = {b = 2}\n"),
        ("a = {}\n", json!(["a", "b"]), json!(2), "a = { b = 2 }\n"),
        ("a = {\n  b = 1,\n}\n", json!(["a", "c"]), json!(2), "a = {\n  b = 1,\n  c = 2,\n}\n"),
        (
            "[a]\nb = 1\n[a.c]\nd = 1\n",
            json!(["a"]),
            json!({"b": 2, "c": {"e": 5}}),
            "[a]\nb = 2\n[a.c]\ne = 5\n",
        ),
        ("[[a]]\nb = 1\n", json!(["a", 0, "c", "d"]), json!(2), "[[a]]\nb = 1\nc = { d = 2 }\n"),
        (
            "[[a]]\nb = 1\n# x\n[[c]]\n",
            json!(["a", 0, "words", "d"]),
            json!("e"),
            "[[a]]\nb = 1\n\n[a.words]\nd = \"e\"\n\n# x\n[[c]]\n",
        ),
        ("a = [{ b = 1 }]\n", json!(["a", 0, "b"]), json!(2), "a = [{ b = 2 }]\n"),
        ("[[a]]\nb = 1\n[[a]]\nb = 2\n", json!(["a"]), json!([{"b": 3}]), "[[a]]\nb = 3\n"),
        (
            "[[a]]\nb = 1\n",
            json!(["a"]),
            json!([{"b": 1}, {"b": 2}]),
            "[[a]]\nb = 1\n\n[[a]]\nb = 2\n",
        ),
        ("[a]\nb = 1\n\n[c]\n", json!(["a"]), json!("text"), "a = \"text\"\n\n[c]\n"),
    ] {
        assert_eq!(set(text, path, value), changed, "{text}");
    }
}

#[test]
fn lists_keep_their_lines() {
    let text = "a = [        # what\n    \"b\",   # first\n    \"c\",\n    \"d\",   # last\n]\n";
    let item = |json: Json| after(text, json!([{"path": ["a"], "act": json}]));
    assert_eq!(item(json!({"add": "e"})), text.replace("# last\n", "# last\n    \"e\",\n"));
    assert_eq!(item(json!({"set": ["b", "x", "d"]})), text.replace("\"c\"", "\"x\""));
    assert_eq!(
        item(json!({"set": ["b", "d"]})),
        "a = [        # what\n    \"b\",   # first\n    \"d\",   # last\n]\n"
    );
    assert_eq!(
        item(json!({"move": {"from": 0, "to": 1}})),
        text.replace("\"b\"", "\"#\"").replace("\"c\"", "\"b\"").replace("\"#\"", "\"c\"")
    );
    let without = |index: usize| after(text, json!([{"path": ["a", index], "act": "remove"}]));
    assert_eq!(without(0), "a = [        # what\n    \"c\",\n    \"d\",   # last\n]\n");
    assert_eq!(without(1), text.replace("    \"c\",\n", ""));
    let one = |text: &str, act: Json| after(text, json!([{"path": ["a"], "act": act}]));
    assert_eq!(one("a = [ 1, 2 ]\n", json!({"add": 3})), "a = [ 1, 2, 3 ]\n");
    assert_eq!(one("a = []\n", json!({"add": 3})), "a = [3]\n");
    assert_eq!(one("a = \"x\" # c\n", json!({"add": "y"})), "a = [\"x\", \"y\"] # c\n");
    assert_eq!(one("b = 1\n", json!({"add": "y"})), "b = 1\na = [\"y\"]\n");
    assert_eq!(one("a = [ 1, 2 ]\n", json!({"set": [2]})), "a = [ 2 ]\n");
    let lines = "a = \"\"\"\n甲\n乙\"\"\" # c\n";
    assert_eq!(
        set(lines, json!(["a"]), json!("丙\n\\n\"")),
        "a = \"\"\"\n丙\n\\\\n\\\"\"\"\" # c\n"
    );
}

const COUNTIES: &str = "# all\n[[counties]]\nname = \"甲\"\n# two\n[[counties]]   # 2\nname = \"乙\"\n[[counties]]\nname = \"丙\"\n\n[pdf]\n";

#[test]
fn entries_are_added_removed_and_moved() {
    let act = |path: Json, act: Json| after(COUNTIES, json!([{"path": path, "act": act}]));
    assert_eq!(
        act(json!(["counties"]), json!({"add": {"name": "丁"}})),
        COUNTIES.replace("\n\n[pdf]", "\n[[counties]]\nname = \"丁\"\n\n[pdf]")
    );
    assert_eq!(
        act(json!(["counties", 1]), json!("remove")),
        COUNTIES.replace("[[counties]]   # 2\nname = \"乙\"\n", "")
    );
    assert_eq!(
        act(json!(["counties"]), json!({"move": {"from": 1, "to": 0}})),
        "# all\n# two\n[[counties]]   # 2\nname = \"乙\"\n[[counties]]\nname = \"甲\"\n[[counties]]\nname = \"丙\"\n\n[pdf]\n"
    );
    assert_eq!(act(json!(["counties"]), json!("remove")), "# all\n# two\n\n[pdf]\n");
    // An entry goes with the tables below it.
    let text = example();
    let moved =
        after(&text, json!([{"path": ["documents"], "act": {"move": {"from": 3, "to": 1}}}]));
    let contest = Contest::parse(Path::new("."), &moved).unwrap();
    let names: Vec<&str> = contest.documents.iter().map(|kind| kind.name.as_str()).collect();
    assert_eq!(names[..4], ["荣誉证书", "公示", "推荐函", "推荐书"]);
    assert_eq!(contest.documents[1].facts["to"], "2026-08-07");
    let back =
        after(&moved, json!([{"path": ["documents"], "act": {"move": {"from": 1, "to": 3}}}]));
    assert_eq!(difference(&text, &back), Vec::<String>::new());
    let less = after(&text, json!([{"path": ["documents", 2], "act": "remove"}]));
    assert!(difference(&text, &less).iter().all(|line| line.starts_with('-')));
    assert_eq!(
        Contest::parse(Path::new("."), &less).unwrap().documents.len(),
        contest.documents.len() - 1
    );
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let windows = format!("\u{FEFF}{}", example().replace('\n', "\r\n"));
    let act = json!([
        {"path": ["contest", "check"], "act": {"set": "https://a.cn"}},
        {"path": ["documents", 1, "columns"], "act": {"add": "score"}},
        {"path": ["counties"], "act": {"add": {"name": "新区"}}},
    ]);
    let unix = after(&example(), act.clone());
    assert_eq!(after(&windows, act), format!("\u{FEFF}{}", unix.replace('\n', "\r\n")));
    let mixed = "a = 1\r\nb = 2\nc = 3\r\n";
    assert_eq!(set(mixed, json!(["b"]), json!(5)), "a = 1\r\nb = 5\nc = 3\r\n");
}

#[test]
fn a_way_that_leads_nowhere_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let text = "sheet = \"a\"\nx = [1]\n[[groups]]\nname = \"甲\"\n";
    fs::write(&path, text).unwrap();
    for (way, act) in [
        (json!(["groups", 1, "name"]), json!({"set": "乙"})),
        (json!(["groups", 1]), json!("remove")),
        (json!(["groups", "name"]), json!({"set": "乙"})),
        (json!(["groups"]), json!({"move": {"from": 0, "to": 1}})),
        (json!(["groups"]), json!({"add": "乙"})),
        (json!(["sheet", "name"]), json!({"set": "乙"})),
        (json!(["x", 1]), json!({"set": 1})),
        (json!(["x"]), json!({"move": {"from": 1, "to": 0}})),
        (json!(["new", 0, "name"]), json!({"set": 1})),
    ] {
        let first = json!({"path": ["sheet"], "act": {"set": "b"}});
        let faults = change(folder.path(), &changes(json!([first, {"path": way, "act": act}])));
        let faults = faults.unwrap_err();
        assert_eq!(faults.iter().next().unwrap().kind.code(), "no-such-entry", "{way}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    fs::write(&path, "a = 1\nb = oops\n").unwrap();
    let faults = use_sheet(folder.path(), "b.xlsx").unwrap_err();
    let fault = faults.iter().next().unwrap();
    assert_eq!(fault.kind.code(), "toml-syntax");
    assert_eq!(fault.place.as_ref().unwrap().to_string(), "contest.toml:2:5");
    assert_eq!(fs::read_to_string(&path).unwrap(), "a = 1\nb = oops\n");
}

#[test]
#[cfg(unix)]
fn an_unsound_contest_is_written_with_its_permissions() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    fs::write(&path, "sheet = \"a\" # c\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    use_sheet(folder.path(), "最终 名单.xlsx").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "sheet = \"最终 名单.xlsx\" # c\n");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

/// Every way into a file, tables and lists included.
fn ways(json: &Json, way: &[Step], all: &mut Vec<Vec<Step>>) {
    let steps: Vec<(Step, &Json)> = match json {
        Json::Object(entries) => {
            entries.iter().map(|(key, it)| (key.as_str().into(), it)).collect()
        }
        Json::Array(items) => items.iter().enumerate().map(|(at, it)| (at.into(), it)).collect(),
        _ => Vec::new(),
    };
    for (step, inner) in steps {
        let way = [way, &[step]].concat();
        ways(inner, &way, all);
        all.push(way);
    }
}

#[test]
fn every_place_of_every_example_can_be_changed_alone() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let folders = fs::read_dir(data.join("examples")).unwrap().map(|it| it.unwrap().path());
    let templates = Templates::built_in();
    for folder in folders.chain([data]) {
        let text = fs::read_to_string(folder.join(FILE)).unwrap();
        let file = Written::read(&text).unwrap().json().clone();
        let mut all = Vec::new();
        ways(&file, &[], &mut all);
        assert!(all.len() > 10);
        let after = |path: &[Step], act: Act| {
            let change = Change { path: path.to_vec(), act };
            let text = changed(&templates, &text, &[change]).unwrap();
            let json = Written::read(&text).unwrap().json().clone();
            (text, json)
        };
        let comments = |text: &str| text.matches("# ").count();
        for way in &all {
            // What has a header among others cannot be anything but a table.
            let is_entry = matches!(way.last(), Some(Step::Index(_)))
                && path::at(&file, way).is_some_and(Json::is_object);
            if !is_entry {
                let mut expected = file.clone();
                path::put(&mut expected, way, "甲".into());
                let (set, json) = after(way, Act::Set("甲".into()));
                assert_eq!(json, expected, "{way:?}");
                if path::at(&file, way).is_some_and(|it| !it.is_array() && !it.is_object()) {
                    assert_eq!(comments(&set), comments(&text), "{way:?}");
                }
            }

            let mut expected = file.clone();
            let (last, parent) = way.split_last().unwrap();
            let mut inner = path::at(&file, parent).unwrap().clone();
            match last {
                Step::Key(key) => drop(inner.as_object_mut().unwrap().remove(key)),
                Step::Index(index) => drop(inner.as_array_mut().unwrap().remove(*index)),
            }
            path::put(&mut expected, parent, inner);
            let (_, json) = after(way, Act::Remove);
            assert_eq!(emptied(&json), emptied(&expected), "{way:?}");

            if let Some(items) = path::at(&file, way).and_then(Json::as_array) {
                let mut moved = items.clone();
                let item = moved.remove(0);
                moved.push(item);
                let mut expected = file.clone();
                path::put(&mut expected, way, moved.into());
                let (text_moved, json) = after(way, Act::Move { from: 0, to: items.len() - 1 });
                assert_eq!(json, expected, "{way:?}");
                assert_eq!(comments(&text_moved), comments(&text), "{way:?}");
            }
        }
    }
}

/// Without tables and lists that have nothing in them: the last entry of a list
/// takes the list along.
fn emptied(json: &Json) -> Json {
    let is_left = |json: &Json| *json != json!({}) && *json != json!([]);
    match json {
        Json::Object(entries) => {
            let entries = entries.iter().map(|(key, it)| (key.clone(), emptied(it)));
            entries.filter(|(_, it)| is_left(it)).collect()
        }
        Json::Array(items) => items.iter().map(emptied).collect(),
        other => other.clone(),
    }
}
