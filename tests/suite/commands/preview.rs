//! `preview` draws the worst cases, or what is named.

use std::fs;

use crate::support::Folder;

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
