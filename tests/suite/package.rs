//! The zip: complete, safe, the same on every run.

use std::collections::HashSet;
use std::fs;

use sha2::{Digest, Sha256};

use crate::support::{Folder, Package};

#[test]
fn the_package_accounts_for_every_document_with_its_hash() {
    let folder = Folder::example();
    let mut package = folder.package(&[]);
    let manifest = package.manifest();
    let documents = manifest["documents"].as_array().unwrap();
    let listed: HashSet<&str> =
        documents.iter().map(|document| document["path"].as_str().unwrap()).collect();
    let names: HashSet<String> = package.names().into_iter().collect();
    let others = ["清单.csv", "manifest.json", "manifest.sig"];
    assert_eq!(listed.len() + others.len(), names.len());
    assert!(others.iter().all(|&name| names.contains(name)), "{names:?}");
    for document in documents {
        let path = document["path"].as_str().unwrap();
        let hash = Sha256::digest(package.read(path));
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(document["sha256"], hash.as_str(), "{path}");
    }
    assert_eq!(
        manifest["rows"],
        serde_json::json!({"in": 47, "issued": 45, "held": 0, "skipped": 2})
    );
    assert_eq!(manifest["skipped"][0]["row"], "企业组!A29");
    assert_eq!(manifest["documents"][0]["number"], "JZCK2026-QY-1-001");
    assert_eq!(manifest["documents"][0]["recipient"], "山西同创能源科技有限公司");
    assert_eq!(manifest["documents"][0]["rows"][0], "企业组!D3");
    assert_eq!(manifest["documents"][0]["pages"], 1);
}

#[test]
fn the_list_opens_in_wps_and_excel() {
    let folder = Folder::with_rows(&[["企业组", "一等奖", "甲", "=cmd", "王伟", ""]]);
    let list = folder.package(&["--only", "荣誉证书"]).text("清单.csv");
    let mut lines = list.split("\r\n");
    assert_eq!(lines.next(), Some("\u{FEFF}编号,文件种类,获奖单位（人）,路径,名单行,页数,SHA-256"));
    let row = lines.next().unwrap();
    assert!(row.starts_with("JZCK2026-QY-1-001,荣誉证书,\t=cmd,"), "a tab keeps it text: {row}");
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let folder = Folder::example();
    let bytes: HashSet<Vec<u8>> = ["1", "2", "7"]
        .iter()
        .map(|threads| {
            folder.package(&["--threads", threads]);
            fs::read(folder.zip()).unwrap()
        })
        .collect();
    assert_eq!(bytes.len(), 1);
    let elsewhere = Folder::example();
    // The key is part of the input.
    elsewhere.write("signing.key", fs::read(folder.path("signing.key")).unwrap());
    elsewhere.package(&[]);
    assert!(bytes.contains(&fs::read(elsewhere.zip()).unwrap()), "another folder, other bytes");
}

/// A large run cuts its fonts to the characters it can foresee.
#[test]
fn a_certificate_is_the_same_in_a_large_run_and_in_a_small_one() {
    let projects: Vec<String> = (1..=110).map(|at| format!("第{at}号智能装备")).collect();
    let row = |project| ["企业组", "优胜奖", project, "某某有限公司", "王伟、李强", ""];
    let rows: Vec<_> = projects.iter().map(|project| row(project.as_str())).collect();
    let made = |rows: &[[&str; 6]]| {
        let folder = Folder::with_rows(rows);
        folder.own_template("certificate.typ");
        // An escape that no file of the contest has as a character.
        folder.edit("templates/certificate.typ", "say(\"closing\"),", "\"特发\\u{9f98}证\",");
        folder.package(&["--only", "荣誉证书", "--draft"])
    };
    let (mut large, mut small) = (made(&rows), made(&rows[..3]));
    small.pdf("QY-4-001").shows("特发龘证");
    for name in small.names().iter().filter(|name| name.ends_with(".pdf")) {
        assert!(large.read(name) == small.read(name), "{name} differs");
    }
}

#[test]
fn one_kind_alone_keeps_its_numbers_and_paths() {
    let folder = Folder::example();
    let mut whole = folder.package(&[]);
    folder.done("run", &["--only", "推荐书", "--only", "荣誉证书"]);
    let name = "out/晋中创客中国2026获奖文件（荣誉证书、推荐书）.zip";
    let mut part = Package::open(&folder.path(name));
    assert_eq!(part.len(), 45 + 14 + 3);
    for name in part.names().iter().filter(|name| name.ends_with(".pdf")) {
        assert_eq!(part.read(name), whole.read(name), "{name}");
    }
}

/// The names of all packages in `out/`.
fn packages(folder: &Folder) -> Vec<String> {
    let files = folder.out().into_iter();
    let mut names: Vec<String> =
        files.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const ROWS: [[&str; 6]; 2] = [
    ["企业组", "一等奖", "风铃", "北斗", "王伟", ""],
    ["企业组", "一等奖", "竹马", "昆仑", "李强", ""],
];

#[test]
fn a_package_that_is_not_everything_says_so_in_its_name() {
    let folder = Folder::with_rows(&ROWS);
    folder.done("run", &[]);
    let whole = fs::read(folder.zip()).unwrap();
    folder.done("run", &["--only", "荣誉证书"]);
    folder.done("run", &["--only", "公示", "--only", "荣誉证书", "--draft"]);
    folder.done("run", &["--only", "荣誉证书打印册"]);
    folder.done("run", &["--draft"]);
    let mut rows = ROWS.to_vec();
    rows.push(["企业组", "一等将", "青瓷", "鲸落", "赵敏", ""]);
    folder.save(&rows);
    folder.done("run", &["--hold"]);
    folder.done("run", &["--hold", "--draft", "--only", "荣誉证书"]);
    let all = [
        ".zip",
        "（扣下1行）.zip",
        "（样张）.zip",
        "（荣誉证书、公示，样张）.zip",
        "（荣誉证书，扣下1行，样张）.zip",
        "（荣誉证书打印册）.zip",
        "（荣誉证书）.zip",
    ];
    let mut expected: Vec<_> =
        all.iter().map(|it| format!("晋中创客中国2026获奖文件{it}")).collect();
    expected.sort();
    assert_eq!(packages(&folder), expected);
    assert!(fs::read(folder.path("out/晋中创客中国2026获奖文件.zip")).unwrap() == whole);
}

#[test]
fn a_name_says_what_is_in_a_package_however_long_it_is() {
    let folder = Folder::with_rows(&ROWS);
    let long = "长".repeat(90);
    folder.edit("contest.toml", "晋中创客中国2026获奖文件", &long);
    folder.done("run", &[]);
    folder.done("run", &["--only", "荣誉证书"]);
    let many = ["荣誉证书", "公示", "获奖名单通知", "分发清单", "证书签收表", "荣誉证书打印册"];
    let many: Vec<&str> = many.iter().flat_map(|kind| ["--only", kind]).collect();
    folder.done("run", &many);
    let names = packages(&folder);
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(names.iter().any(|name| name.ends_with("长（荣誉证书）.zip")), "{names:?}");
    assert!(names.iter().any(|name| name.ends_with("长（荣誉证书等6种）.zip")), "{names:?}");
    assert!(names.iter().all(|name| name.encode_utf16().count() <= 80), "{names:?}");
}

#[test]
fn a_package_is_never_replaced_by_a_smaller_one_unasked() {
    let folder = Folder::with_rows(&ROWS);
    folder.done("run", &[]);
    let whole = fs::read(folder.zip()).unwrap();
    folder.save(&ROWS[..1]);
    let ran = folder.accolade("run", &[]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("[smaller-package]"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("1 份") && ran.stderr.contains("JZCK2026-QY-1-002"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("--replace"), "{}", ran.stderr);
    assert!(fs::read(folder.zip()).unwrap() == whole);
    // More, or the same otherwise bound, may take its place.
    let mut rows = ROWS.to_vec();
    rows.push(["创业组", "二等奖", "青瓷", "鲸落", "赵敏", ""]);
    folder.save(&rows);
    folder.done("run", &[]);
    folder.edit("contest.toml", "of       = \"荣誉证书\"", "of       = \"荣誉证书\"\npages = 1");
    folder.done("run", &[]);
    folder.edit("contest.toml", "\npages = 1", "");
    folder.done("run", &[]);
    // A number that was revoked is not missed; a kind of document is.
    folder.done("revoke", &["JZCK2026-QY-1-002", "--reason", "取消资格"]);
    rows.remove(1);
    folder.save(&rows);
    folder.done("run", &[]);
    folder.edit("contest.toml", "name     = \"公示\"", "name     = \"公告\"");
    let ran = folder.accolade("run", &["--lang", "en"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("such as 公文/获奖名单公示.pdf"), "{}", ran.stderr);
    folder.done("run", &["--replace"]);
    folder.done("run", &[]);
    // Whatever is no package is not looked into.
    fs::write(folder.zip(), "half a copy").unwrap();
    folder.done("run", &[]);
    assert_eq!(packages(&folder).len(), 1);
}

#[test]
fn what_a_correction_made_is_not_replaced_by_less_either() {
    let folder = Folder::with_rows(&ROWS);
    folder.done("run", &[]);
    let arguments = ["JZCK2026-QY-1-001", "--set", "project=风筝", "--reason", "更正"];
    let register = fs::read(folder.path("register.db")).unwrap();
    folder.done("reissue", &[&arguments[..], &["--also", "公示"]].concat());
    // The same correction anew, as after the register came back from a backup.
    folder.write("register.db", register);
    let ran = folder.accolade("reissue", &arguments);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("获奖名单公示.pdf"), "{}", ran.stderr);
    folder.done("reissue", &[&arguments[..], &["--replace"]].concat());
}

#[test]
fn parts_are_not_put_together_in_place_of_more() {
    let folder = Folder::with_rows(&ROWS);
    folder.done("run", &["--only", "荣誉证书"]);
    folder.save(&ROWS[..1]);
    folder.done("plan", &["--parts", "1", "--only", "荣誉证书"]);
    folder.done("run", &["--shard", "1/1"]);
    let ran = folder.accolade("assemble", &[]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("[smaller-package]"), "{}", ran.stderr);
    folder.done("assemble", &["--replace"]);
}

#[test]
fn entries_are_stored_dated_from_the_contest_and_named_in_utf8() {
    let folder = Folder::example();
    folder.package(&[]);
    let mut package = Package::open(&folder.zip());
    for index in 0..package.len() {
        let entry = package.entry(index);
        let date = entry.last_modified().unwrap();
        assert_eq!((date.year(), date.month(), date.day()), (2026, 8, 10));
        let stored = entry.compression() == zip::CompressionMethod::Stored;
        let name = entry.name().unwrap();
        assert_eq!(stored, name.ends_with(".pdf"), "{name}");
        assert_eq!(std::str::from_utf8(entry.name_raw()).unwrap(), name);
    }
}

#[test]
fn names_are_unique_even_where_case_is_ignored() {
    let folder = Folder::with_rows(&[
        ["企业组", "一等奖", "甲", "abc", "王伟", ""],
        ["企业组", "一等奖", "乙", "ABC", "王伟", ""],
    ]);
    folder.edit("contest.toml", "{number} {organization}.pdf", "{organization}.pdf");
    let names = folder.package(&["--only", "荣誉证书"]).names();
    let mut names: Vec<_> = names.iter().filter(|name| name.ends_with(".pdf")).collect();
    names.sort();
    assert_eq!(names, ["荣誉证书/企业组/一等奖/ABC (2).pdf", "荣誉证书/企业组/一等奖/abc.pdf"]);
}

#[test]
fn the_packages_own_name_cannot_leave_its_folder() {
    let folder = Folder::example();
    folder.edit(
        "contest.toml",
        "package = \"晋中创客中国2026获奖文件\"",
        "package = \"../CON/结果:\"",
    );
    folder.package(&["--only", "荣誉证书"]);
    assert_eq!(folder.zip().file_name().unwrap(), "..／CON／结果：（荣誉证书）.zip");
}

#[test]
fn the_repository_may_lie_anywhere() {
    let folder = Folder::example();
    let mut package = folder.package(&[]);
    let here = folder.path("").display().to_string();
    for name in package.names() {
        let bytes = package.read(&name);
        assert!(!bytes.windows(here.len()).any(|window| window == here.as_bytes()), "{name}");
    }
}
