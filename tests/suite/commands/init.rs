//! `init` makes a folder that runs, and overwrites nothing.

use std::fs;

use crate::support::{Folder, Package};

#[test]
fn init_makes_a_folder_that_runs() {
    let folder = Folder::example();
    let ran = folder.raw(&["init", "新大赛"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("accolade run 新大赛"), "{}", ran.stderr);
    let files: Vec<&str> = ran.stdout.lines().collect();
    let made = ["contest.toml", "awards.xlsx", ".gitignore", "signing.key"];
    assert_eq!(files, made.map(|name| format!("新大赛/{name}")));
    let ran = folder.raw(&["run", "新大赛"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(folder.path("新大赛/out").read_dir().unwrap().next().is_some());
    assert!(folder.out().is_empty(), "the working directory is left alone");
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
    folder.edit("mine/templates/words/zh-CN.toml", "特发此证", "谨发此证");
    let ran = folder.raw(&["run", "mine", "--only", "荣誉证书"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let zip = folder.path("mine/out").read_dir().unwrap().next().unwrap().unwrap().path();
    Package::open(&zip).pdf("QY-1-001").shows("谨发此证");
}

fn done(folder: &Folder, arguments: &[&str]) {
    let ran = folder.raw(arguments);
    assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.stderr);
}

/// Next year's contest: the same but for what has to be decided, which is named
/// until it is; last year's certificates verify with it as before.
#[test]
fn the_next_contest_begins_with_what_this_one_has() {
    let folder = Folder::example();
    done(&folder, &["init", "this", "--example", "programming"]);
    done(&folder, &["run", "this", "--out", "this/out"]);
    fs::create_dir(folder.path("this/fonts")).unwrap();
    folder.write("this/fonts/note.txt", "字体");
    done(&folder, &["init", "next", "--from", "this"]);
    for kept in ["contest.toml", "signing.key", "fonts/note.txt"] {
        assert!(folder.path("next").join(kept).exists(), "{kept}");
    }
    for left in ["awards.xlsx", "register.db", "out"] {
        assert!(!folder.path("next").join(left).exists(), "{left}");
    }
    let before = fs::read_to_string(folder.path("this/contest.toml")).unwrap();
    let after = fs::read_to_string(folder.path("next/contest.toml")).unwrap();
    assert_eq!(before.lines().count(), after.lines().count(), "comments and order stay");
    let marked = after.lines().zip(1u64..).filter(|(line, _)| line.contains("\"?"));
    let marked: Vec<u64> = marked.map(|(_, at)| at).collect();
    assert!(!marked.is_empty());
    let ran = folder.raw(&["check", "next", "--format", "json"]);
    let told: Vec<u64> = ran.json()["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|fault| fault["code"] == "undecided")
        .map(|fault| fault["line"].as_u64().unwrap())
        .collect();
    assert_eq!(told, marked, "{}", ran.stdout);
    // What is there is never overwritten.
    assert_eq!(folder.raw(&["init", "next", "--from", "this"]).status, 2);
    // Decided, it is a contest of its own, with the same key and its own numbers.
    let decided =
        after.replace("\"?2026-05-23\"", "2027-05-22").replace("\"?", "\"").replace("2026", "2027");
    folder.write("next/contest.toml", decided);
    fs::copy(folder.path("this/awards.xlsx"), folder.path("next/awards.xlsx")).unwrap();
    done(&folder, &["run", "next", "--out", "next/out"]);
    let old = fs::read_dir(folder.path("this/out")).unwrap().next().unwrap().unwrap().path();
    done(&folder, &["verify", old.to_str().unwrap(), "--register", "this"]);
}
