//! Whatever is wrong: a message that names the place, the right exit status,
//! and no half-written package.

use std::fs;

use crate::support::{Folder, Ran, program};

/// The run failed with this status, said all of this, and wrote nothing.
fn refused(folder: &Folder, ran: &Ran, status: i32, says: &[&str]) {
    assert_eq!(ran.status, status, "{}", ran.stderr);
    for text in says {
        assert!(ran.stderr.contains(text), "{text:?} is not in {}", ran.stderr);
    }
    assert!(folder.out().is_empty(), "{:?}", folder.out());
}

#[test]
fn a_missing_sheet() {
    let folder = Folder::example();
    let ran = folder.accolade("run", &["--sheet", "nowhere.xlsx"]);
    refused(&folder, &ran, 2, &["nowhere.xlsx", "读不了"]);
}

#[test]
fn a_folder_that_is_no_contest() {
    let folder = Folder::example();
    fs::remove_file(folder.path("contest.toml")).unwrap();
    refused(&folder, &folder.accolade("run", &[]), 2, &["没有 contest.toml", "accolade init"]);
}

#[test]
fn a_file_that_is_no_spreadsheet() {
    let folder = Folder::example();
    folder.write("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0");
    let ran = folder.accolade("run", &["--sheet", "picture.xlsx"]);
    refused(&folder, &ran, 1, &["picture.xlsx", "另存为 .xlsx"]);
    let whole = fs::read(folder.path("awards.xlsx")).unwrap();
    folder.write("half.xlsx", &whole[..whole.len() / 2]);
    let ran = folder.accolade("run", &["--sheet", "half.xlsx"]);
    refused(&folder, &ran, 1, &["half.xlsx", "不能当作表格读取"]);
}

#[test]
fn a_file_that_was_not_copied_to_its_end() {
    let folder = Folder::example();
    let files = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    for name in ["awards.xls", "awards.ods"] {
        let whole = fs::read(files.join(name)).unwrap();
        for length in (1000..whole.len()).step_by(1777) {
            folder.write(name, &whole[..length]);
            let ran = folder.accolade("run", &["--sheet", name]);
            assert!(!ran.stderr.contains("panicked"), "{name} at {length}: {}", ran.stderr);
            refused(&folder, &ran, 1, &[name, "另存为 .xlsx"]);
        }
    }
}

#[test]
fn a_sheet_without_a_table() {
    let folder = Folder::example();
    folder.sheet(&[&["会议签到表"], &["姓名", "单位"], &["王伟", "某某有限公司"]]);
    refused(&folder, &folder.accolade("run", &[]), 1, &["awards.xlsx", "项目名称"]);
}

#[test]
fn a_table_without_rows() {
    let folder = Folder::with_rows(&[]);
    refused(&folder, &folder.accolade("run", &[]), 1, &["awards.xlsx", "没有获奖项目"]);
}

#[test]
fn a_missing_and_a_doubled_column() {
    let folder = Folder::example();
    folder.sheet(&[
        &["组别", "项目名称", "参赛项目", "参赛单位"],
        &["企业组", "甲", "甲", "某某有限公司"],
    ]);
    let ran = folder.accolade("run", &[]);
    refused(&folder, &ran, 1, &["名单!A1", "“奖项”", "名单!C1", "项目名称、参赛项目"]);
}

#[test]
fn an_unknown_award_an_empty_name_and_a_row_twice() {
    let folder = Folder::with_rows(&[
        ["企业组", "三等将", "甲", "某某有限公司", "", ""],
        ["企业组", "一等奖", "", "某某有限公司", "", ""],
        ["企业组", "一等奖", "乙", "某某有限公司", "", ""],
        ["企业组", "一等奖", "乙", "某某有限公司", "", ""],
    ]);
    let ran = folder.accolade("run", &[]);
    refused(
        &folder,
        &ran,
        1,
        &["名单!B2", "是否应为“三等奖”", "名单!C3", "名单!C5", "与 名单!C4 是同一个："],
    );
}

#[test]
fn a_template_with_a_syntax_error() {
    let folder = Folder::example();
    folder.own_template("certificate.typ");
    let source = fs::read_to_string(folder.path("templates/certificate.typ")).unwrap();
    folder.write("templates/certificate.typ", source + "\n#let x = (\n");
    let ran = folder.accolade("run", &[]);
    let line =
        fs::read_to_string(folder.path("templates/certificate.typ")).unwrap().lines().count();
    refused(&folder, &ran, 1, &[&format!("templates/certificate.typ:{line}:"), "涉及 45 行"]);
    assert_eq!(ran.stderr.matches("unclosed delimiter").count(), 1, "merged: {}", ran.stderr);
}

#[test]
fn a_template_that_asks_for_what_is_not_there() {
    let folder = Folder::example();
    folder.write("templates/certificate.typ", "#json(\"/entry.json\").nothing");
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.status, 1);
    let diagnostic = &ran.json()["diagnostics"][0];
    assert_eq!(diagnostic["file"], "templates/certificate.typ");
    assert_eq!((&diagnostic["line"], &diagnostic["column"]), (&1.into(), &22.into()));
    assert_eq!(diagnostic["rows"].as_array().unwrap().len(), 45);
}

#[test]
fn a_template_cannot_reach_other_files_or_the_network() {
    let folder = Folder::example();
    for source in ["#read(\"../contest.toml\")", "#import \"@preview/cades:0.3.0\": *"] {
        folder.write("templates/certificate.typ", source);
        refused(&folder, &folder.accolade("run", &[]), 1, &["templates/certificate.typ:1:"]);
    }
}

#[test]
fn a_template_that_never_ends() {
    let folder = Folder::example();
    for source in ["#let f(x) = f(x + 1)\n#f(0)", "#while true {}"] {
        folder.write("templates/certificate.typ", source);
        refused(&folder, &folder.accolade("run", &[]), 1, &["templates/certificate.typ:"]);
        let ran = folder.accolade("preview", &["荣誉证书"]);
        assert_eq!(ran.status, 1, "{}", ran.stderr);
    }
}

#[test]
fn a_template_that_leaves_a_winner_out() {
    let folder = Folder::example();
    folder.write("templates/certificate.typ", "#json(\"/entry.json\").entrants.first().project");
    let ran = folder.accolade("run", &[]);
    refused(&folder, &ran, 1, &["企业组!E3", "organization“山西同创能源科技有限公司”", "读不到"]);
}

#[test]
fn a_template_that_runs_over_or_off_the_page() {
    let folder = Folder::example();
    folder.own_template("certificate.typ");
    let source = fs::read_to_string(folder.path("templates/certificate.typ")).unwrap();
    folder.write("templates/certificate.typ", format!("{source}\n#pagebreak()\n多"));
    refused(
        &folder,
        &folder.accolade("run", &[]),
        1,
        &["JZCK2026-QY-1-001", "应有 1 页，排出了 2 页"],
    );
    folder.write("templates/certificate.typ", format!("{source}\n#place(dx: 270mm)[超出纸边]"));
    refused(&folder, &folder.accolade("run", &[]), 1, &["JZCK2026-QY-1-001", "超出纸边"]);
}

#[test]
fn a_name_too_long_for_the_certificate() {
    let long = "W".repeat(400);
    let folder = Folder::with_rows(&[["企业组", "一等奖", &long, "某某有限公司", "王伟", ""]]);
    refused(&folder, &folder.accolade("run", &[]), 1, &["templates/", "超出", "名单!C2"]);
}

#[test]
fn an_out_that_is_a_file() {
    let folder = Folder::example();
    folder.write("taken", "");
    let ran = folder.accolade("run", &["--out", "taken"]);
    refused(&folder, &ran, 2, &["taken", "不是文件夹"]);
    assert_eq!(fs::read(folder.path("taken")).unwrap(), b"");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    // Every write to a file larger than this fails, as on a full disk.
    let folder = Folder::example();
    folder.package(&["--only", "荣誉证书"]);
    let before = fs::read(folder.zip()).unwrap();
    let script = "trap '' XFSZ; ulimit -f 500; exec \"$0\" run . --lang zh";
    let ran = std::process::Command::new("bash")
        .args(["-c", script, program()])
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("写不进去"), "{stderr}");
    assert_eq!(fs::read(folder.zip()).unwrap(), before, "the old package is untouched and alone");
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_run() {
    let names: Vec<String> = (1..=600).map(|n| format!("项目{n}")).collect();
    let rows: Vec<[&str; 6]> = names
        .iter()
        .map(|name| ["企业组", "优胜奖", name.as_str(), "某某有限公司", "王伟", ""])
        .collect();
    let folder = Folder::with_rows(&rows);
    let mut child = std::process::Command::new(program())
        .args(["run", ".", "--threads", "1", "--lang", "zh"])
        .current_dir(folder.path(""))
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    while folder.out().is_empty() {
        assert!(child.try_wait().unwrap().is_none(), "it ends before it begins");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let ran = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(75), "{stderr}");
    for said in ["中断", "没有用掉编号", "原样再运行一次", "什么也没有写"] {
        assert!(stderr.contains(said), "{said:?} is not in {stderr}");
    }
    assert!(folder.out().is_empty(), "{:?}", folder.out());
}

#[test]
fn a_font_that_is_none() {
    let folder = Folder::example();
    folder.write("fonts/方正小标宋.ttf", "not a font");
    refused(&folder, &folder.accolade("run", &[]), 1, &["方正小标宋.ttf", "不是能用的字体"]);
}

#[test]
fn an_unknown_kind() {
    let folder = Folder::example();
    let ran = folder.accolade("run", &["--only", "奖状"]);
    refused(&folder, &ran, 2, &["“奖状”", "荣誉证书、推荐函"]);
}

#[test]
fn nothing_is_half_said_in_json() {
    let folder = Folder::with_rows(&[["企业组", "三等将", "甲", "某某有限公司", "", ""]]);
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    assert_eq!(ran.found("error"), [("unknown-award".into(), "名单!B2".into())]);
}
