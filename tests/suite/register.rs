//! The register: what has been issued, listed, exported and proved.

use std::fs;

use serde_json::Value as Json;

use crate::support::{Folder, owner_alone};

const ROWS: [[&str; 6]; 3] = [
    ["企业组", "一等奖", "甲项目", "山河有限公司", "王伟、李强", "√"],
    ["企业组", "一等奖", "乙项目", "日月有限公司", "赵敏", ""],
    ["创业组", "二等奖", "丙项目", "风云团队", "钱进", ""],
];

fn issued() -> Folder {
    let folder = Folder::with_rows(&ROWS);
    folder.package(&["--only", "荣誉证书"]);
    folder
}

fn listed(folder: &Folder, arguments: &[&str]) -> Vec<(String, u64, String)> {
    let mut all = vec!["--format", "json"];
    all.extend(arguments);
    let ran = folder.accolade("register", &all);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    let certificates = ran.json()["certificates"].as_array().unwrap().clone();
    certificates
        .iter()
        .map(|it| (text(&it["number"]), it["revision"].as_u64().unwrap(), text(&it["status"])))
        .collect()
}

#[test]
fn every_copy_is_listed_with_its_status() {
    let folder = issued();
    folder.done("reissue", &["JZCK2026-QY-1-002", "--set", "成员=赵敏、孙丽", "--reason", "漏人"]);
    folder.done("revoke", &["JZCK2026-CY-2-001", "--reason", "取消资格"]);
    let copy =
        |number: &str, revision, status: &str| (number.to_owned(), revision, status.to_owned());
    assert_eq!(
        listed(&folder, &[]),
        [
            copy("JZCK2026-QY-1-001", 1, "valid"),
            copy("JZCK2026-QY-1-002", 1, "superseded"),
            copy("JZCK2026-QY-1-002", 2, "valid"),
            copy("JZCK2026-CY-2-001", 1, "revoked"),
        ]
    );
    assert_eq!(
        listed(&folder, &["--status", "revoked"]),
        [copy("JZCK2026-CY-2-001", 1, "revoked")]
    );
    assert_eq!(listed(&folder, &["--text", "孙丽"]), [copy("JZCK2026-QY-1-002", 2, "valid")]);
    assert_eq!(listed(&folder, &["--kind", "推荐书"]), []);
    let ran = folder.accolade("register", &["--kind", "荣誉证"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("没有名为“荣誉证”") && ran.stderr.contains("荣誉证书、推荐函"),
        "{}",
        ran.stderr
    );
    let text = folder.accolade("register", &["--status", "revoked"]).stdout;
    assert!(
        text.contains("JZCK2026-CY-2-001 第1版 已撤销 荣誉证书 风云团队（取消资格）"),
        "{text}"
    );
}

#[test]
fn it_is_exported_for_spreadsheets_and_programs() {
    let folder = issued();
    for name in ["登记.xlsx", "登记.csv", "登记.json"] {
        folder.done("register", &["--export", name]);
    }
    let csv = fs::read_to_string(folder.path("登记.csv")).unwrap();
    assert!(csv.starts_with("\u{FEFF}编号,版次,状态,"), "{csv}");
    assert!(
        csv.contains(
            "JZCK2026-QY-1-001,1,有效,荣誉证书,山河有限公司,企业组,一等奖,甲项目,王伟、李强,"
        ),
        "{csv}"
    );
    let json: Json = serde_json::from_slice(&fs::read(folder.path("登记.json")).unwrap()).unwrap();
    assert_eq!(json[2]["facts"]["project"], "丙项目");
    // The workbook is one that accolade itself can read back.
    let xlsx = folder.path("登记.xlsx");
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(xlsx).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut workbook, "登记簿").unwrap();
    assert_eq!(sheet.get((3, 7)).unwrap().to_string(), "丙项目");
    let ran = folder.accolade("register", &["--export", "登记.pdf"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains(".xlsx、.csv、.json"), "{}", ran.stderr);
}

#[test]
fn it_is_a_log_that_any_sqlite_tool_reads_and_none_changes() {
    let folder = issued();
    let db = rusqlite::Connection::open(folder.path("register.db")).unwrap();
    let numbers: Vec<String> = db
        .prepare("SELECT number FROM certificate WHERE status = 'valid' ORDER BY number")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(numbers, ["JZCK2026-CY-2-001", "JZCK2026-QY-1-001", "JZCK2026-QY-1-002"]);
    for change in ["DELETE FROM entry WHERE serial = 2", "UPDATE entry SET reason = 'x'"] {
        let error = db.execute(change, []).unwrap_err().to_string();
        assert!(error.contains("only appended to"), "{error}");
    }
    drop(db);
    let ran = folder.accolade("register", &["--check"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    // key, three reservations, three issues
    assert!(ran.stdout.contains("7 笔"), "{}", ran.stdout);
}

#[test]
fn the_key_is_its_owners_alone_and_in_no_package() {
    let folder = Folder::example();
    folder.raw(&["init", "new"]);
    let key = fs::read_to_string(folder.path("new/signing.key")).unwrap();
    assert!(key.starts_with("-----BEGIN PRIVATE KEY-----"), "{key}");
    assert!(fs::read_to_string(folder.path("new/.gitignore")).unwrap().contains("signing.key"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.path("new/signing.key")).unwrap().permissions().mode();
        assert_eq!(mode & !owner_alone() & 0o777, 0, "{mode:o}");
    }
    let mut package = folder.package(&["--only", "荣誉证书"]);
    let secret = fs::read_to_string(folder.path("signing.key")).unwrap();
    let secret = secret.lines().nth(1).unwrap().to_owned();
    for name in package.names() {
        let bytes = package.read(&name);
        assert!(!String::from_utf8_lossy(&bytes).contains(&secret), "{name}");
    }
}

#[test]
fn a_lost_or_exchanged_key_is_noticed_and_can_be_replaced() {
    let folder = issued();
    let old = fs::read(folder.path("signing.key")).unwrap();
    fs::remove_file(folder.path("signing.key")).unwrap();
    let ran = folder.accolade("run", &[]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("[key-missing]") && ran.stderr.contains("--new-key"),
        "{}",
        ran.stderr
    );

    folder.done("register", &["--new-key", "--reason", "旧的丢了"]);
    folder.done("reissue", &["JZCK2026-QY-1-001", "--set", "project=新名", "--reason", "更正"]);
    // What the old key has signed stays genuine.
    let sound = folder.accolade("register", &["--check"]);
    assert_eq!(sound.status, 0, "{}", sound.stderr);
    let statement = |revision: usize| {
        let json = folder.accolade("register", &["--text", "QY-1-001", "--format", "json"]).json();
        json["certificates"][revision - 1]["statement"].as_str().unwrap().to_owned()
    };
    let verified =
        |text: &str| folder.raw(&["verify", text, "--format", "json"]).json()["verdict"].clone();
    assert_eq!(verified(&statement(1)), "superseded");
    assert_eq!(verified(&statement(2)), "genuine");

    fs::write(folder.path("signing.key"), old).unwrap();
    let ran = folder.accolade("run", &[]);
    assert!(ran.stderr.contains("[key-changed]"), "{}", ran.stderr);
    fs::write(folder.path("signing.key"), "abc").unwrap();
    let ran = folder.accolade("run", &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("[bad-key]"), "{}", ran.stderr);
}

#[test]
fn a_draft_shows_its_numbers_and_spends_none() {
    let folder = Folder::with_rows(&ROWS);
    let ran = folder.accolade("run", &["--draft"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let path = folder.zip();
    assert!(path.ends_with("晋中创客中国2026获奖文件（样张）.zip"), "{path:?}");
    let mut package = crate::support::Package::open(&path);
    let pdf = package.pdf("QY-1-001");
    pdf.shows("样　张");
    pdf.shows("JZCK2026-QY-1-001");
    assert!(!pdf.text().contains("扫码"), "{}", pdf.text());
    assert!(!folder.path("register.db").exists() && !folder.path("signing.key").exists());
    // The same names may still change.
    folder.edit("contest.toml", "date       = 2026-08-10", "date       = 2026-08-11");
    assert_eq!(folder.accolade("run", &["--only", "荣誉证书"]).status, 0);
    assert_eq!(listed(&folder, &[]).len(), 3);
}

#[test]
fn a_number_may_end_in_a_check_character() {
    let folder = Folder::with_rows(&ROWS);
    folder.edit("contest.toml", "{seq:03}\"", "{seq:03}-{check}\"");
    let manifest = folder.package(&["--only", "荣誉证书"]).manifest();
    let number = manifest["documents"][0]["number"].as_str().unwrap();
    let (bare, check) = number.rsplit_once('-').unwrap();
    assert_eq!(bare, "JZCK2026-QY-1-001");
    assert_eq!(check.chars().count(), 1, "{number}");
}
