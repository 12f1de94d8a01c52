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
