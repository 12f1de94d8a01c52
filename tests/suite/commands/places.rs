//! Where files go, and what is said of a file or folder that is wrong.

use std::fs;

use crate::support::Folder;

#[test]
fn packages_parts_and_pictures_go_into_the_contest_folder() {
    let folder = Folder::example();
    folder.raw(&["init", "mine"]);
    let only = ["--only", "荣誉证书"];
    let done = |arguments: &[&str]| {
        let ran = folder.raw(arguments);
        assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.stderr);
        ran.stdout
    };
    let said = done(&[&["plan", "mine", "--parts", "1"][..], &only].concat());
    assert!(said.contains("mine/out/"), "{said}");
    let said = done(&["run", "mine", "--shard", "1/1"]);
    assert!(said.contains("mine/out/"), "{said}");
    let said = done(&["assemble", "mine"]);
    assert!(said.contains("压缩包：mine/out/"), "{said}");
    let number = "JZCK2026-QY-1-001";
    // What is typed is seen from where it is typed.
    let said = done(&[&["run", "mine", "--draft", "--out", "here"][..], &only].concat());
    assert!(said.contains("压缩包：here/") && folder.path("here").exists(), "{said}");
    let said = done(&["reissue", "mine", number, "--set", "项目=风筝", "--reason", "有误"]);
    assert!(said.contains("压缩包：mine/out/"), "{said}");
    let said = done(&["preview", "mine", number]);
    assert!(said.starts_with("mine/out/preview/"), "{said}");
    assert!(!folder.path("out").exists());
}

#[test]
fn a_file_or_folder_that_is_wrong_is_named() {
    const KEY: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    let folder = Folder::example();
    folder.write("plain", "text");
    fs::create_dir_all(folder.path("empty")).unwrap();
    let gbk = b"name = \"\xd6\xd0\"";
    folder.write("ansi/contest.toml", gbk);
    for (arguments, status, code, name) in [
        (&["check", "none"][..], 2, "cannot-read", "none"),
        (&["run", "none"], 2, "cannot-read", "none"),
        (&["check", "plain"], 2, "not-a-folder", "plain"),
        (&["check", "empty"], 2, "no-contest", "empty"),
        (&["check", "ansi"], 2, "cannot-read", "ansi/contest.toml"),
        (&["check", ".", "--sheet", "none.xlsx"], 2, "cannot-read", "none.xlsx"),
        (&["check", ".", "--sheet", "empty"], 2, "cannot-read", "empty"),
        (&["check", ".", "--sheet", "plain/awards.xlsx"], 2, "cannot-read", "plain/awards.xlsx"),
        (&["run", ".", "--out", "plain"], 2, "not-a-folder", "plain"),
        (&["run", ".", "--out", "plain/out"], 2, "cannot-write", "plain/out"),
        (&["plan", ".", "--parts", "2", "--out", "plain/out"], 2, "cannot-write", "plain/out"),
        (&["preview", ".", "--out", "plain/out"], 2, "cannot-write", "plain/out"),
        (&["run", ".", "--shard", "1/2"], 2, "plan-missing", "out/"),
        (&["assemble", "."], 2, "plan-missing", "out/"),
        (&["register", ".", "--export", "plain/a.csv"], 2, "cannot-write", "plain/a.csv"),
        (&["register", ".", "--publish", "plain"], 2, "cannot-write", "plain"),
        (&["verify", "none.pdf", "--key", KEY], 2, "cannot-read", "none.pdf"),
        (&["verify", "out/none.zip", "--key", KEY], 2, "cannot-read", "out/none.zip"),
        (&["verify", "empty", "--key", KEY], 2, "cannot-read", "empty"),
        (&["inspect", "none.pdf"], 2, "cannot-read", "none.pdf"),
        (&["inspect", "empty"], 2, "cannot-read", "empty"),
        (&["init", "plain"], 2, "not-a-folder", "plain"),
        (&["reissue", "none", "1", "--set", "项目=甲", "--reason", "x"], 2, "cannot-read", "none"),
        (&["revoke", "none", "1", "--reason", "x"], 2, "cannot-read", "none"),
    ] {
        let json = folder.raw(&[arguments, &["--format", "json"]].concat());
        assert_eq!(json.status, status, "{arguments:?}: {}", json.stdout);
        let diagnostic = &json.json()["diagnostics"][0];
        assert_eq!(diagnostic["code"], code, "{arguments:?}: {diagnostic}");
        assert!(diagnostic["file"].as_str().unwrap().contains(name), "{arguments:?}: {diagnostic}");
        let text = folder.raw(arguments);
        assert_eq!((text.status, text.stdout.as_str()), (status, ""), "{arguments:?}");
        assert!(text.stderr.contains(name), "{arguments:?}: {}", text.stderr);
        assert!(!text.stderr.contains("os error"), "{arguments:?}: {}", text.stderr);
    }
}
