//! Every kind of file a county office may send, and every kind it should not.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Folder, Ran, program, repacked};

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name)).unwrap()
}

fn check(folder: &Folder, name: &str, bytes: impl AsRef<[u8]>) -> Ran {
    folder.write(name, bytes);
    folder.accolade("check", &["--sheet", name, "--format", "json"])
}

/// What the three rows of the samples say.
fn facts(ran: &Ran) -> Vec<Json> {
    let json = ran.json();
    let entrants = json["entrants"].as_array().unwrap_or_else(|| panic!("{}", ran.stdout)).iter();
    let keys = ["group", "award", "project", "organization", "members", "score", "registered_on"];
    entrants.map(|entrant| keys.iter().map(|&key| entrant[key].clone()).collect()).collect()
}

fn small() -> Vec<Json> {
    vec![
        json!(["企业组", "一等奖", "甲", "某某有限公司", ["王伟", "李强"], 96.5, "2021-08-02"]),
        json!(["企业组", "二等奖", "乙", "另一有限公司", ["龚禹"], 90.0, "2020-02-29"]),
        json!(["企业组", "三等奖", "丙", "第三有限公司", ["赵敏"], 88.0, "2022-12-31"]),
    ]
}

/// The check failed with this code alone, quickly.
fn refused(name: &str, bytes: impl AsRef<[u8]>, code: &str) {
    let folder = Folder::example();
    folder.write(name, bytes);
    let start = Instant::now();
    let ran = folder.accolade("check", &["--sheet", name, "--format", "json"]);
    assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
    assert_eq!(ran.status, 1, "{name}: {}", ran.stderr);
    let codes = ran.codes("error");
    assert_eq!(codes, [code], "{name}");
}

#[test]
fn every_format_says_the_same() {
    let folder = Folder::example();
    for name in [
        "small.xlsx",
        "small.xls",
        "small.ods",
        "small.xlsb",
        "page.xls",
        "workbook.xml",
        "biff5.xls",
        "1904.xlsx",
        "1904.xls",
        "biff5-1904.xls",
    ] {
        let ran = check(&folder, name, sample(name));
        assert_eq!(facts(&ran), small(), "{name}");
        assert!(ran.found("error").is_empty(), "{name}: {}", ran.stdout);
    }
}

#[test]
fn the_content_decides_and_a_wrong_name_is_told() {
    let folder = Folder::example();
    for (name, content, told) in [
        ("1.et", "small.xls", false),
        ("2.et", "small.xlsx", false),
        ("3.xls", "small.xlsx", true),
        ("4.XLSX", "small.xls", true),
        ("5.csv", "small.ods", true),
        ("6.xls", "page.xls", true),
        ("7.xlsm", "small.xlsx", false),
        ("8", "small.xls", false),
    ] {
        let ran = check(&folder, name, sample(content));
        assert_eq!(facts(&ran), small(), "{name}");
        let codes = ran.codes("info");
        assert_eq!(codes.contains(&"wrong-extension".to_owned()), told, "{name}: {codes:?}");
    }
    folder.write("名单.xls", sample("small.xlsx"));
    let ran = folder.accolade("check", &["--sheet", "名单.xls"]);
    assert!(
        ran.stdout.contains("文件名以 .xls 结尾，内容却是 xlsx，已按 xlsx 读取"),
        "{}",
        ran.stdout
    );
}

#[test]
fn text_in_any_encoding_with_any_separator() {
    let folder = Folder::example();
    let rows = [
        ["组别", "奖项", "项目名称", "参赛单位", "核心成员", "得分", "注册时间"],
        ["企业组", "一等奖", "甲", "某某有限公司", "王伟、李强", "96.5", "2021-08-02"],
        ["企业组", "二等奖", "乙", "另一有限公司", "龚禹", "90", "2020-02-29"],
        ["企业组", "三等奖", "丙", "第三有限公司", "赵敏", "88", "2022-12-31"],
    ];
    for separator in [",", ";", "\t", "，"] {
        let lines: Vec<String> = rows.iter().map(|row| row.join(separator)).collect();
        let text = format!("2026年获奖名单\r\n{}\r\n", lines.join("\r\n"));
        let units = || text.encode_utf16();
        let encoded: [(&str, Vec<u8>); 7] = [
            ("utf-8", text.clone().into_bytes()),
            ("utf-8 with mark", format!("\u{FEFF}{text}").into_bytes()),
            ("gb18030", encoding_rs::GB18030.encode(&text).0.into_owned()),
            ("utf-16le", [0xFEFF].into_iter().chain(units()).flat_map(u16::to_le_bytes).collect()),
            ("utf-16be", [0xFEFF].into_iter().chain(units()).flat_map(u16::to_be_bytes).collect()),
            ("utf-16le without mark", units().flat_map(u16::to_le_bytes).collect()),
            ("utf-16be without mark", units().flat_map(u16::to_be_bytes).collect()),
        ];
        for (encoding, bytes) in encoded {
            let ran = check(&folder, "名单.csv", bytes);
            assert_eq!(facts(&ran), small(), "{encoding} with {separator:?}: {}", ran.stdout);
        }
    }
}

#[test]
fn a_quoted_line_break_and_another_separator_stay_in_their_field() {
    let folder = Folder::example();
    let text = "组别,奖项,项目名称,参赛单位,核心成员\n\
                企业组,一等奖,甲,某某有限公司,\"王伟，李强\n张三\"\n\
                企业组,二等奖,\"乙,\"\"丙\"\"\",另一有限公司,龚禹，赵敏\n";
    let ran = check(&folder, "名单.csv", text);
    let entrants = &ran.json()["entrants"];
    assert_eq!(entrants[0]["members"], json!(["王伟", "李强", "张三"]), "{}", ran.stdout);
    assert_eq!(entrants[1]["project"], "乙,\"丙\"");
    assert_eq!(entrants[1]["source"], "名单!C3", "as a spreadsheet numbers the rows");
}

#[test]
fn a_page_with_merged_cells_entities_and_an_old_encoding() {
    let folder = Folder::example();
    let page = "<HTML><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'>\
        <style>td { color: red }</style><title>名单</title></head><body>\
        <table border=1><tr><th colspan=5>获奖&nbsp;名单</th></tr>\
        <tr><td>组别<td>奖项<td>项目名称<td>参赛单位<td>核心成员</tr>\
        <tr><td rowspan=2>企业组</td><td rowspan='2'>一等奖</td><td>甲&amp;乙</td>\
        <td>某某<br>有限公司</td><td>王伟&#12289;李\n 强</td></tr>\
        <!-- 旧 --><tr><td>丙</td><td>另一有限公司</td><td>&#x9F9A;禹</td></tr></table>";
    let (bytes, ..) = encoding_rs::GBK.encode(page);
    let ran = check(&folder, "导出.xls", bytes);
    let entrants = &ran.json()["entrants"];
    assert_eq!(entrants.as_array().map(Vec::len), Some(2), "{}", ran.stdout);
    assert_eq!(entrants[0]["project"], "甲&乙");
    assert_eq!(entrants[1]["award"], "一等奖", "merged down");
    assert_eq!(entrants[1]["members"], json!(["龚禹"]));
    assert_eq!(entrants[1]["source"], "导出!C4");
}

#[test]
fn a_password_is_told_in_every_format() {
    for name in ["password.xlsx", "password.xls", "password.ods"] {
        refused(name, sample(name), "encrypted");
    }
    let folder = Folder::example();
    folder.write("名单.xlsx", sample("password.xlsx"));
    let ran = folder.accolade("check", &["--sheet", "名单.xlsx"]);
    assert!(ran.stdout.contains("设有密码") && ran.stdout.contains("去掉密码"), "{}", ran.stdout);
    let ran = folder.accolade("check", &["--sheet", "名单.xlsx", "--lang", "en"]);
    assert!(ran.stdout.contains("protected with a password"), "{}", ran.stdout);
}

#[test]
fn a_file_that_is_locked_with_the_password_all_know_is_read() {
    let folder = Folder::example();
    for name in [
        "locked-xor.xls",
        "locked-rc4.xls",
        "locked-cryptoapi.xls",
        "locked-cryptoapi-40.xls",
        "locked-biff5.xls",
        "locked-agile.xlsx",
        "locked-standard.xlsx",
    ] {
        let ran = check(&folder, name, sample(name));
        assert_eq!(facts(&ran), small(), "{name}: {}", ran.stdout);
        assert!(ran.found("error").is_empty(), "{name}: {}", ran.stdout);
    }
}

#[test]
fn parts_may_be_named_as_windows_does_and_in_any_case() {
    let folder = Folder::example();
    for name in ["small.xlsx", "small.xlsb"] {
        let mut zip = ZipArchive::new(Cursor::new(sample(name))).unwrap();
        let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let part = file.name().unwrap().into_owned();
            if part.ends_with(".rels") {
                let text = String::from_utf8(bytes).unwrap();
                let text = text.replace("worksheets/sheet", "WORKSHEETS\\Sheet");
                bytes = text.replace("\"xl/", "\"xl\\").into_bytes();
            }
            let part = part.replace('/', "\\").replace("xl", "XL").replace("sheets", "Sheets");
            packed.start_file(part, SimpleFileOptions::default()).unwrap();
            packed.write_all(&bytes).unwrap();
        }
        let ran = check(&folder, name, packed.finish().unwrap().into_inner());
        assert_eq!(facts(&ran), small(), "{name}: {}", ran.stdout);
    }
}

#[test]
fn a_text_with_stray_marks_and_wrapped_values_is_read() {
    let folder = Folder::example();
    let text = "组别,奖项,项目名称,参赛单位,核心成员,得分,注册时间\n\
                企业组,一等奖,\u{1F}甲,某某有限公司,王伟、李强,=\"96.5\",2021-08-02\n\
                \u{FEFF}企业组,=\"二等奖\",乙,\t另一有限公司,龚禹,'90,2020-02-29\n\
                企业组,三等奖,丙,第三有限公司,赵敏,\"\t88\",2022-12-31\n";
    let ran = check(&folder, "名单.csv", text);
    let facts = facts(&ran);
    assert_eq!(facts[1..], small()[1..], "{}", ran.stdout);
    assert_eq!(facts[0][5], 96.5, "{}", ran.stdout);
    refused("binary.csv", "组别,奖项\n甲,\0乙\n", "not-text");
    let controls: String = ('\u{1}'..'\u{8}').cycle().take(50).collect();
    refused("controls.csv", format!("组别,奖项\n{controls}\n"), "not-text");
}

#[test]
fn a_file_with_nothing_in_it() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet();
    refused("empty.xlsx", workbook.save_to_buffer().unwrap(), "empty-workbook");
    refused("empty.csv", "", "empty-workbook");
    refused("blank.csv", "\r\n , ,\r\n", "empty-workbook");
    let none = repacked(&sample("small.xlsx"), |name, bytes| match name {
        "xl/workbook.xml" => Some(b"<workbook><sheets/></workbook>".to_vec()),
        _ => Some(bytes),
    });
    refused("none.xlsx", none, "empty-workbook");
}

#[test]
fn a_file_that_is_no_sheet() {
    refused("letter.xlsx", &b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n\0"[..], "pdf-sheet");
    for (name, bytes) in [
        ("picture.xls", &b"\x89PNG\r\n\x1a\n\0\0\0"[..]),
        ("program.xlsx", b"\x7FELF\x02\x01\x01\0\0\0\0"),
    ] {
        refused(name, bytes, "not-text");
    }
}

#[test]
fn a_file_that_is_cut_off_is_refused_wherever_it_is() {
    let folder = Folder::example();
    for name in ["small.xlsx", "small.xls", "small.ods", "small.xlsb", "biff5.xls"] {
        let whole = sample(name);
        for part in 1..8 {
            folder.write(name, &whole[..whole.len() * part / 8]);
            let ran = folder.accolade("check", &["--sheet", name, "--format", "json"]);
            assert_eq!(ran.status, 1, "{name} {part}/8: {}", ran.stdout);
            assert!(!ran.stderr.contains("panicked"), "{name}: {}", ran.stderr);
            let codes = ran.codes("error");
            let known = ["not-a-workbook", "damaged-workbook", "not-text"];
            assert!(codes.iter().all(|code| known.contains(&code.as_str())), "{name}: {codes:?}");
        }
    }
}

/// A sample whose one part is `start`, then `again` for so many megabytes.
fn bomb(name: &str, part: &str, start: &str, again: &str, megabytes: usize) -> Vec<u8> {
    repacked(&sample(name), |name, bytes| {
        if name != part {
            return Some(bytes);
        }
        let mut bytes = start.as_bytes().to_vec();
        while bytes.len() < megabytes << 20 {
            bytes.extend_from_slice(again.as_bytes());
        }
        Some(bytes)
    })
}

#[test]
fn a_bomb_is_refused_at_its_bound() {
    const SHEET: &str = "xl/worksheets/sheet1.xml";
    let sheet = "<worksheet><sheetData><row>";
    let blank = " ".repeat(1000);
    refused("blanks.xlsx", bomb("small.xlsx", SHEET, sheet, &blank, 65), "too-large");
    let deep = "<a>".repeat(1000);
    refused("deep.xlsx", bomb("small.xlsx", SHEET, sheet, &deep, 65), "too-large");
    let cells = "<c><v>1</v></c>".repeat(10_000) + "</row><row>";
    refused("cells.xlsx", bomb("small.xlsx", SHEET, sheet, &cells, 40), "too-large");
    refused("parts.xlsb", bomb("small.xlsb", "xl/styles.bin", "", &blank, 65), "too-large");
    // One part that is read again and again.
    let sheets = |name: &str, bytes: Vec<u8>| match name {
        "xl/workbook.xml" => {
            let sheet = "<sheet name='甲' r:id='rId1'/>".repeat(999);
            Some(format!("<workbook xmlns:r='r'><sheets>{sheet}</sheets></workbook>").into_bytes())
        }
        SHEET => Some([bytes, blank.repeat(1000).into_bytes()].concat()),
        _ => Some(bytes),
    };
    refused("again.xlsx", repacked(&sample("small.xlsx"), sheets), "too-large");
    let ods = "<x><table:table table:name='甲'>\
        <table:table-row table:number-rows-repeated='1048576'>\
        <table:table-cell table:number-columns-repeated='16384'><text:p>甲</text:p>\
        </table:table-cell></table:table-row></table:table></x>";
    refused("repeated.ods", bomb("small.ods", "content.xml", ods, "", 0), "too-large");
    let merged = "<mergeCell ref='A1:XFD4'/>";
    let sheet = "<worksheet><sheetData><row r='1048576'><c><v>1</v></c></row></sheetData>";
    let merges = merged.replace("XFD4", "XFD1048576").repeat(3);
    refused(
        "merged.xlsx",
        bomb("small.xlsx", SHEET, &(sheet.to_owned() + &merges), "", 0),
        "too-large",
    );
    let page = "<table>".to_owned() + &"<tr><td colspan=16384>".repeat(20_000);
    refused("page.xls", page, "too-large");
    refused("commas.csv", ",".repeat(20_000) + "甲", "too-large");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_at_the_bounds_costs_no_more_memory_than_they_say() {
    // Address space, of which the program itself takes a good part.
    let folder = Folder::example();
    let cells = "<c t='str'><v>甲</v></c>".repeat(16_000) + "</row><row>";
    let sheet = "<worksheet><sheetData><row>";
    folder.write("cells.xlsx", bomb("small.xlsx", "xl/worksheets/sheet1.xml", sheet, &cells, 62));
    let sheet = fs::File::create(folder.path("large.xlsx")).unwrap();
    sheet.set_len(3 << 30).unwrap();
    for name in ["cells.xlsx", "large.xlsx"] {
        let script = "ulimit -v 800000; exec \"$0\" check . --format json --sheet \"$1\"";
        let ran = std::process::Command::new("bash")
            .args(["-c", script, program(), name])
            .current_dir(folder.path(""))
            .output()
            .unwrap();
        let said = String::from_utf8(ran.stdout).unwrap();
        assert!(said.contains("\"too-large\""), "{name}: {said} {:?}", ran.stderr);
    }
}
