//! `init`, `preview`, `--help` and what every command shares.

use std::fs;

use crate::support::Folder;

#[test]
fn init_makes_a_folder_that_runs() {
    let folder = Folder::example();
    let ran = folder.raw(&["init", "新大赛"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("accolade run 新大赛"), "{}", ran.stderr);
    let ran = folder.raw(&["run", "新大赛"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
}

#[test]
fn init_never_overwrites() {
    let folder = Folder::example();
    folder.write("mine/awards.xlsx", "mine");
    let ran = folder.raw(&["init", "mine"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("awards.xlsx"), "{}", ran.stderr);
    assert_eq!(fs::read(folder.path("mine/awards.xlsx")).unwrap(), b"mine");
    assert!(!folder.path("mine/contest.toml").exists(), "all or nothing");
}

#[test]
fn the_built_in_templates_can_be_taken_out_and_changed() {
    let folder = Folder::example();
    let ran = folder.raw(&["init", "mine", "--templates", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(folder.path("mine/templates/lib/gongwen.typ").exists());
    folder.edit("mine/templates/certificate.toml", "特发此证", "谨发此证");
    let ran = folder.raw(&["run", "mine", "--only", "荣誉证书"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    crate::support::Package::open(&folder.zip()).pdf("QY-1-001").shows("谨发此证");
}

#[test]
fn preview_draws_the_worst_cases_and_every_list() {
    let folder = Folder::example();
    let ran = folder.accolade("preview", &["--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let json = ran.json();
    let files: Vec<_> =
        json["files"].as_array().unwrap().iter().map(|file| file.as_str().unwrap()).collect();
    for part in ["JZCK2026-QY-4-004", "古丽娜尔", "获奖名单公示 1.png", "推荐函"] {
        // The longest project, the most letters of members, the lists.
        let expected = if part == "古丽娜尔" { "QY-2-002" } else { part };
        assert!(files.iter().any(|file| file.contains(expected)), "{expected}: {files:?}");
    }
    for file in files {
        assert!(fs::read(folder.path(file)).unwrap().starts_with(b"\x89PNG"), "{file}");
    }
}

#[test]
fn preview_draws_what_is_named() {
    let folder = Folder::example();
    for (which, expected) in
        [("JZCK2026-CY-1-001", 1), ("企业组!B3", 2), ("聚晟创客团队", 2), ("推荐函", 4)]
    {
        let ran = folder.accolade("preview", &[which, "--format", "json"]);
        let files = ran.json()["files"].as_array().map_or(0, Vec::len);
        assert_eq!((ran.status, files), (0, expected), "{which}");
    }
    let ran = folder.accolade("preview", &["不存在"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("没有与“不存在”相符"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_laid_out_is_named_and_the_rest_is_drawn() {
    let folder = Folder::example();
    folder.write("templates/results.typ", "#panic(\"模板坏了\")");
    let ran = folder.accolade("preview", &[]);
    assert_eq!(ran.status, 1);
    for said in ["模板坏了", "排不出来，没有图：获奖名单通知"] {
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    assert!(folder.path("out/preview/公文/获奖名单公示 1.png").exists(), "{}", ran.stderr);
    // Where nothing can be drawn, nothing is written.
    let folder = Folder::example();
    folder.write("templates/results.typ", "#panic(\"模板坏了\")");
    let ran = folder.accolade("preview", &["获奖名单通知"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("什么也没有写"), "{}", ran.stderr);
    assert!(folder.out().is_empty(), "{:?}", folder.out());
}

#[test]
fn preview_and_run_manage_the_longest_names() {
    let (project, organization) = ("长".repeat(60), "位".repeat(40));
    let folder = Folder::with_rows(&[["企业组", "一等奖", &project, &organization, "王伟", "√"]]);
    let ran = folder.accolade("preview", &["--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert_eq!(folder.accolade("run", &[]).status, 0);
}

#[test]
fn run_ends_with_an_account() {
    let folder = Folder::example();
    let ran = folder.accolade("run", &[]);
    for text in [
        "awards.xlsx：47 行 = 制作 45 + 扣下 0 + 略过 2",
        "荣誉证书 45 份，45 页",
        "推荐书 14 份，14 页",
        "压缩包：out",
    ] {
        assert!(ran.stderr.contains(text), "{text:?} is not in {}", ran.stderr);
    }
    assert!(ran.stdout.is_empty());
    let json = folder.accolade("run", &["--format", "json"]).json();
    assert_eq!(json["rows"], serde_json::json!({"in": 47, "issued": 45, "held": 0, "skipped": 2}));
    assert_eq!(
        json["documents"][0],
        serde_json::json!({"kind": "荣誉证书", "documents": 45, "pages": 45})
    );
    assert!(folder.path(json["package"].as_str().unwrap()).exists());
    assert!(json["seconds"].as_f64().unwrap() > 0.0);
}

#[test]
fn help_has_examples_in_both_languages() {
    let folder = Folder::example();
    for command in ["init", "check", "run", "preview"] {
        let zh = folder.raw(&[command, "--help"]);
        let en = folder.raw(&[command, "--help", "--lang", "en"]);
        assert_eq!((zh.status, en.status), (0, 0));
        assert!(zh.stdout.contains("例：") && zh.stdout.contains("用法："), "{}", zh.stdout);
        assert!(en.stdout.contains("Examples:") && en.stdout.contains("Usage:"), "{}", en.stdout);
    }
}

#[test]
fn a_slip_on_the_command_line_is_status_2() {
    let folder = Folder::example();
    for arguments in
        [&["rnu"][..], &["run", ".", "--threads", "0"], &["run", "--format", "xml"], &[]]
    {
        assert_eq!(folder.raw(arguments).status, 2, "{arguments:?}");
    }
}
