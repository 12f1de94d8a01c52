//! What every reader makes of real files, and of damaged ones.

use std::io::Read as _;
use std::io::{Cursor, Write};

use proptest::prelude::*;

use std::collections::{BTreeMap, BTreeSet};

use super::*;

#[test]
fn text_files_are_read_in_the_encodings_offices_use() {
    let utf8 = "项目名称,奖项\n\n甲,一等奖\n";
    let (gb18030, ..) = encoding_rs::GB18030.encode(utf8);
    let utf16: Vec<u8> =
        [0xFEFF].into_iter().chain(utf8.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let with_mark = format!("\u{FEFF}{utf8}");
    for bytes in [utf8.as_bytes(), with_mark.as_bytes(), &gb18030, &utf16] {
        let (family, sheets) = parse(bytes, "名单").unwrap();
        assert_eq!(family, Family::Text);
        let (address, value) = sheets[0].at(2, 1);
        assert_eq!((address.to_string().as_str(), &*value.text()), ("名单!B3", "一等奖"));
    }
}

fn sample(name: &str) -> Vec<u8> {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    std::fs::read(files.join(name)).unwrap()
}

fn sheet(name: &str) -> Sheet {
    parse(&sample(name), "名单").unwrap().1.remove(0)
}

#[test]
fn rows_that_are_not_shown_are_known() {
    for name in ["hidden.xlsx", "hidden.xls", "hidden.ods"] {
        let sheet = sheet(name);
        assert_eq!(sheet.hidden_rows, BTreeSet::from([2]), "{name}");
        assert_eq!(sheet.rows().count(), 4, "{name}: they are read all the same");
    }
    assert!(sheet("small.xlsx").hidden_rows.is_empty());
}

#[test]
fn a_formula_without_its_result_is_neither_blank_nor_text() {
    let sheet = sheet("uncalculated.xlsx");
    let (address, cell) = sheet.at(2, 2);
    assert_eq!((address.to_string().as_str(), &cell.value), ("名单!C3", &Value::Formula));
    assert!(!cell.is_blank() && cell.text().is_empty());
}

#[test]
fn a_number_that_was_typed_as_text_stays_text() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "911407001234567890").unwrap();
    sheet.write_number(0, 1, 911_407_001_234_567_890.0).unwrap();
    let (_, sheets) = parse(&workbook.save_to_buffer().unwrap(), "名单").unwrap();
    assert_eq!(sheets[0].own(0, 0).value, Value::Text("911407001234567890".into()));
    assert!(matches!(sheets[0].own(0, 1).value, Value::Number(_)));
}

/// A real file with something done to it: bytes changed, its end cut off,
/// or a piece of another put into it.
fn hurt() -> impl Strategy<Value = Vec<u8>> {
    const NAMES: [&str; 24] = [
        "small.xlsx",
        "small.xls",
        "small.ods",
        "small.xlsb",
        "page.xls",
        "biff5.xls",
        "1904.xls",
        "hidden.ods",
        "uncalculated.xlsx",
        "password.xls",
        "password.xlsx",
        "password.ods",
        "awards.xls",
        "workbook.xml",
        "cells-libreoffice.xls",
        "cells-libreoffice.ods",
        "cells-xlwt.xls",
        "cells-sheetjs.xml",
        "cells-sheetjs.xlsb",
        "locked-xor.xls",
        "locked-rc4.xls",
        "locked-cryptoapi.xls",
        "locked-biff5.xls",
        "locked-standard.xlsx",
    ];
    let name = prop::sample::select(&NAMES[..]);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12);
    let place = any::<prop::sample::Index>;
    (name.clone(), name, changes, 0..3, place(), place(), 0..600usize).prop_map(
        |(name, other, changes, how, at, from, length)| {
            let mut bytes = sample(name);
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            match how {
                0 => bytes.truncate(at.index(bytes.len())),
                1 => {
                    let other = sample(other);
                    let from = from.index(other.len());
                    let piece = &other[from..(from + length).min(other.len())];
                    let at = at.index(bytes.len());
                    bytes.splice(at..at, piece.iter().copied());
                }
                _ => {}
            }
            bytes
        },
    )
}

/// The parts of a zip, changed and packed anew: behind its checksums, too,
/// nothing may be trusted.
fn repacked(name: &str, changes: &[(prop::sample::Index, prop::sample::Index, u8)]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(sample(name))).unwrap();
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    for (part, at, byte) in changes {
        let part = part.index(parts.len());
        let bytes = &mut parts[part].1;
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
    }
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(&bytes).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

fn survives(bytes: &[u8]) {
    let start = std::time::Instant::now();
    let _ = parse(bytes, "名单");
    assert!(start.elapsed().as_secs() < 5);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_does_more_than_an_error(bytes in hurt()) {
        survives(&bytes);
    }

    #[test]
    fn no_damage_behind_a_checksum_does_more_than_an_error(
        name in prop::sample::select(&[
            "small.xlsx",
            "small.ods",
            "small.xlsb",
            "cells-openpyxl.xlsx",
            "cells-libreoffice.ods",
            "cells-sheetjs.xlsb",
        ][..]),
        changes in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index, u8)>(), 1..12),
    ) {
        survives(&repacked(name, &changes));
    }

    #[test]
    fn no_text_does_more_than_an_error(text in "[a-z<>/\"',;\t\n，&#= 甲0-9]{0,300}", page in any::<bool>()) {
        let text = if page { format!("<table>{text}") } else { text };
        survives(text.as_bytes());
    }
}

#[test]
fn a_merged_cell_shows_its_first_cells_value_and_address() {
    let cells = [((1, 1), Value::Text("一等奖".into()))];
    let sheet = Sheet::new("奖", cells, vec![Area { start: (1, 1), end: (3, 1) }]);
    let (address, cell) = sheet.at(3, 1);
    assert_eq!((address.to_string().as_str(), &*cell.text()), ("奖!B2", "一等奖"));
    assert!(sheet.own(3, 1).is_blank());
}

/// What stands in column B of every file `cells-*`, as a person sees it.
const SEEN: [(&str, &str); 28] = [
    ("编号", "JZ007"),
    ("得分", "91.33"),
    ("一般", "91.33333333"),
    ("整数", "126"),
    ("千分", "1,234,567"),
    ("月日", "3月2日"),
    ("年月日", "2026/3/2"),
    ("时刻", "2026-03-02 18:00"),
    ("时间", "12:30"),
    ("时长", "36:00"),
    ("百分", "100%"),
    ("分数", "1/2"),
    ("科学", "1.23E+04"),
    ("条件", "优"),
    ("负数", "-5.5"),
    ("隐藏", ""),
    ("布尔", "TRUE"),
    ("文本", "0071"),
    ("后缀", "甲有限公司"),
    ("作废", "王伟"),
    ("全删", "王伟、李强"),
    ("半删", "王伟、李强"),
    ("错误", "#DIV/0!"),
    ("公式", "3.0"),
    ("连接", "甲乙"),
    ("隐行", "隐"),
    ("零行", "零"),
    ("合并", "并"),
];

/// A file of the same cells, and what the program that wrote it cannot write.
struct Written {
    name: &'static str,
    /// Results of formulas.
    results: bool,
    /// Fonts that are struck out.
    fonts: bool,
    /// Rows that are hidden, and rows without height.
    rows: &'static [u32],
}

const HIDDEN: u32 = 25;
const FLAT: u32 = 26;

const WRITTEN: [Written; 10] = [
    Written { name: "openpyxl.xlsx", results: false, fonts: true, rows: &[HIDDEN, FLAT] },
    Written { name: "xlwt.xls", results: false, fonts: true, rows: &[HIDDEN, FLAT] },
    Written { name: "excelize.xlsx", results: false, fonts: true, rows: &[HIDDEN, FLAT] },
    Written { name: "libreoffice.xlsx", results: true, fonts: true, rows: &[HIDDEN] },
    Written { name: "libreoffice.xls", results: true, fonts: true, rows: &[HIDDEN] },
    Written { name: "libreoffice.ods", results: true, fonts: true, rows: &[HIDDEN] },
    Written { name: "sheetjs.xlsx", results: true, fonts: false, rows: &[HIDDEN] },
    Written { name: "sheetjs.xlsb", results: true, fonts: false, rows: &[HIDDEN] },
    Written { name: "sheetjs.xls", results: true, fonts: false, rows: &[] },
    Written { name: "sheetjs.xml", results: true, fonts: false, rows: &[HIDDEN] },
];

/// The same cells as `rust_xlsxwriter` writes them.
fn written_here() -> Vec<u8> {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula};
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("名单").unwrap();
    let format = |code: &str| Format::new().set_num_format(code);
    let gone = Format::new().set_font_strikethrough();
    let plain = Format::new();
    for (row, (name, seen)) in (0..).zip(SEEN) {
        sheet.write_string(row, 0, name).unwrap();
        sheet.write_string(row, 2, "列").unwrap();
        let number = |number: f64, code: &str| Some((number, format(code)));
        let number = match name {
            "编号" => number(7.0, "\"JZ\"000"),
            "得分" => number(91.333_333_333_333_33, "0.00"),
            "一般" => number(91.333_333_333_333_33, "General"),
            "整数" => number(126.0, "General"),
            "千分" => number(1_234_567.0, "#,##0"),
            "时间" => number(0.520_833_333_333_333_4, "h:mm"),
            "时长" => number(1.5, "[h]:mm"),
            "百分" => number(1.0, "0%"),
            "分数" => number(0.5, "# ?/?"),
            "科学" => number(12345.0, "0.00E+00"),
            "条件" => number(91.0, "[>=90]\"优\";[>=60]\"及格\";\"不及格\""),
            "负数" => number(-5.5, "0.0;[Red]-0.0"),
            "隐藏" => number(5.0, ";;;"),
            _ => None,
        };
        let day = ExcelDateTime::from_ymd(2026, 3, 2).unwrap();
        match (name, number) {
            (_, Some((number, format))) => {
                sheet.write_number_with_format(row, 1, number, &format).map(drop)
            }
            ("月日", _) => {
                sheet.write_datetime_with_format(row, 1, &day, &format("m\"月\"d\"日\"")).map(drop)
            }
            ("年月日", _) => {
                sheet.write_datetime_with_format(row, 1, &day, &format("yyyy/m/d")).map(drop)
            }
            ("时刻", _) => {
                let evening = day.and_hms(18, 0, 0).unwrap();
                let format = format("yyyy-mm-dd hh:mm");
                sheet.write_datetime_with_format(row, 1, &evening, &format).map(drop)
            }
            ("布尔", _) => sheet.write_boolean(row, 1, true).map(drop),
            ("后缀", _) => {
                sheet.write_string_with_format(row, 1, "甲", &format("@\"有限公司\"")).map(drop)
            }
            ("作废", _) => sheet.write_string_with_format(row, 1, "王伟", &gone).map(drop),
            ("全删", _) => {
                sheet.write_rich_string(row, 1, &[(&gone, "王伟、"), (&gone, "李强")]).map(drop)
            }
            ("半删", _) => {
                sheet.write_rich_string(row, 1, &[(&gone, "王伟、"), (&plain, "李强")]).map(drop)
            }
            ("错误", _) => {
                sheet.write_formula(row, 1, Formula::new("=1/0").set_result(seen)).map(drop)
            }
            ("公式", _) => {
                let sum = Formula::new("=1+2").set_result("3");
                sheet.write_formula_with_format(row, 1, sum, &format("0.0")).map(drop)
            }
            ("连接", _) => {
                let text = Formula::new("=\"甲\"&\"乙\"").set_result(seen);
                sheet.write_formula(row, 1, text).map(drop)
            }
            ("合并", _) => sheet.merge_range(row, 1, row + 1, 1, seen, &plain).map(drop),
            _ => sheet.write_string(row, 1, seen).map(drop),
        }
        .unwrap();
    }
    sheet.write_string(28, 0, "并下").unwrap();
    sheet.write_string(28, 2, "列").unwrap();
    sheet.merge_range(0, 3, 0, 4, "甲", &plain).unwrap();
    sheet.set_row_hidden(HIDDEN).unwrap();
    sheet.set_row_height(FLAT, 0).unwrap();
    sheet.set_column_hidden(2).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn written() -> Vec<(Written, Vec<u8>)> {
    let here = Written { name: "here.xlsx", results: true, fonts: true, rows: &[HIDDEN, FLAT] };
    let files = WRITTEN.into_iter().map(|written| {
        let bytes = sample(&format!("cells-{}", written.name));
        (written, bytes)
    });
    files.chain([(here, written_here())]).collect()
}

/// The rows whose results a program could not write.
fn is_result(name: &str) -> bool {
    matches!(name, "错误" | "公式" | "连接")
}

#[test]
fn every_program_and_every_format_shows_the_same() {
    for (written, bytes) in written() {
        let Written { name: file, results, fonts, rows } = written;
        let sheet = parse(&bytes, "名单").unwrap().1.remove(0);
        assert_eq!(&*sheet.name, "名单", "{file}");
        for (row, (name, seen)) in (0..).zip(SEEN) {
            let cell = sheet.own(row, 1);
            assert_eq!(sheet.own(row, 0).text(), name, "{file}");
            if results || !is_result(name) {
                // LibreOffice shows as many digits as its column has room for.
                let seen = match (name, file) {
                    ("一般", "libreoffice.ods") => "91.3333333333333",
                    _ => seen,
                };
                assert_eq!(cell.text(), seen, "{name} in {file}");
            }
            let struck = fonts && matches!(name, "作废" | "全删");
            assert_eq!(cell.struck, struck, "{name} in {file}");
        }
        assert_eq!(sheet.hidden_rows, rows.iter().copied().collect(), "{file}");
        assert_eq!(sheet.hidden_columns, BTreeSet::from([2]), "{file}");
        let mut merges = sheet.merges().to_vec();
        merges.sort_by_key(|area| area.start);
        let areas = [((0, 3), (0, 4)), ((27, 1), (28, 1))];
        assert_eq!(merges, areas.map(|(start, end)| Area { start, end }), "{file}");
    }
}

/// A cell as calamine has it: its value, or nothing.
fn of_calamine(data: &calamine::Data) -> Option<Value> {
    use calamine::Data;
    Some(match data {
        Data::Empty => return None,
        Data::String(text) | Data::DurationIso(text) => Value::Text(text.clone()),
        Data::Int(number) => Value::Number(*number as f64),
        Data::Float(number) => Value::Number(*number),
        Data::Bool(truth) => Value::Truth(*truth),
        Data::DateTime(moment) => Value::Number(moment.as_f64()),
        Data::DateTimeIso(text) => Value::Text(text.clone()),
        Data::Error(error) => Value::Error(error.to_string()),
    })
}

#[test]
fn every_cell_is_as_calamine_reads_it_but_where_we_mean_to_differ() {
    use calamine::Reader;
    let files = written().into_iter().map(|(written, bytes)| (written.name, bytes));
    for (file, bytes) in files.chain([("small.xlsb", sample("small.xlsb"))]) {
        // It does not read XML of 2003.
        if file.ends_with("xml") {
            continue;
        }
        let mut theirs = calamine::open_workbook_auto_from_rs(Cursor::new(bytes.clone())).unwrap();
        let ours = parse(&bytes, "名单").unwrap().1.remove(0);
        let range = theirs.worksheet_range("名单").unwrap();
        let (left, top) = (range.start().unwrap().1, range.start().unwrap().0);
        let mut told = BTreeMap::new();
        for (row, column, data) in range.used_cells() {
            if let Some(value) = of_calamine(data) {
                told.insert((row as u32 + top, column as u32 + left), value);
            }
        }
        let rows = ours.rows().flat_map(|row| ours.columns(row).map(move |column| (row, column)));
        for at in rows.chain(told.keys().copied()) {
            let (own, their) = (&ours.own(at.0, at.1).value, told.get(&at));
            let differs = match (own, their) {
                // A date is a day to us; what is shown of it has its time.
                (Value::Date(day), Some(Value::Number(days))) => {
                    *day != jiff::civil::date(1899, 12, 30) + jiff::Span::new().days(*days as i64)
                }
                (Value::Date(day), Some(Value::Text(text))) => !text.starts_with(&day.to_string()),
                // A length of time is a number of days to us, in ods as elsewhere.
                (Value::Number(_), Some(Value::Text(text))) => !text.starts_with("PT"),
                // Nor does it know errors there.
                (Value::Error(own), Some(Value::Text(their))) => own != their,
                // Nor cells that stand right of another and name no column.
                (_, None) if file == "sheetjs.xlsb" => false,
                // To calamine a formula without a result is no cell.
                (Value::Formula, None) => false,
                (own, Some(their)) => own != their,
                (_, None) => true,
            };
            assert!(!differs, "{file} {at:?}: we have {own:?}, calamine {their:?}");
        }
        assert!(told.len() > if file.ends_with("xlsb") { 25 } else { 80 }, "{file}");
    }
}

#[test]
fn the_password_that_all_know_is_none() {
    let small = sheet("small.xls");
    for name in [
        "locked-xor.xls",
        "locked-rc4.xls",
        "locked-cryptoapi.xls",
        "locked-cryptoapi-40.xls",
        "locked-biff5.xls",
        "locked-agile.xlsx",
        "locked-standard.xlsx",
    ] {
        let sheet = sheet(name);
        for row in small.rows() {
            // BIFF5 has no merged cells.
            for column in small.columns(row).skip(1) {
                let (own, other) = (small.own(row, column), sheet.own(row, column));
                assert_eq!(own.value, other.value, "{name} {row} {column}");
            }
        }
    }
    for name in ["password.xls", "password.xlsx", "password.ods"] {
        assert!(matches!(parse(&sample(name), "名单"), Err(fault::Sheet::Encrypted)), "{name}");
    }
}

#[test]
fn a_wrong_byte_in_what_proves_the_password_is_another_password() {
    // Where the samples keep what the password is proved with.
    for (name, proof) in [("locked-rc4.xls", 16), ("locked-cryptoapi.xls", 20)] {
        let mut bytes = sample(name);
        let salt: Vec<u8> = (0..16).collect();
        let at = bytes.windows(16).position(|part| part == salt).unwrap() + 16;
        bytes[at + proof] ^= 1;
        assert!(matches!(parse(&bytes, "名单"), Err(fault::Sheet::Encrypted)), "{name}");
    }
}

#[test]
fn a_page_tells_what_is_struck_out_and_hidden() {
    let page = "<html><style>.gone {text-decoration: line-through}\n\
        .off, td.no {display:none}</style><table>\
        <col><col style='display: none'><col width=0><col class=off span=2>\
        <tr><td>甲</td><td><s>乙</s></td><td><del>丙</del> 丁</td><td class=gone>戊</td><td>己</td></tr>\
        <tr style='display:none'><td>甲</td></tr><tr height=0><td>乙</td></tr>\
        <tr style='text-decoration:line-through'><td>丙<br>丁</td><td><s><b>戊</b></s>己</td></tr>\
        <tr class='off'><td>丁</td></tr></table>";
    let (family, sheets) = parse(page.as_bytes(), "名单").unwrap();
    assert_eq!(family, Family::Html);
    let struck: Vec<bool> = (0..5).map(|column| sheets[0].own(0, column).struck).collect();
    assert_eq!(struck, [false, true, false, true, false]);
    assert!(sheets[0].own(3, 0).struck && sheets[0].own(3, 1).struck);
    assert_eq!(sheets[0].own(3, 0).text(), "丙\n丁");
    assert_eq!(sheets[0].hidden_rows, BTreeSet::from([1, 2, 4]));
    assert_eq!(sheets[0].hidden_columns, BTreeSet::from([1, 2, 3, 4]));
}

#[test]
fn xml_of_2003_has_styles_of_rows_columns_and_parts() {
    let book = "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' \
        xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'><Styles>\
        <Style ss:ID='Default'><NumberFormat/></Style>\
        <Style ss:ID='a'><Font ss:StrikeThrough='1'/></Style>\
        <Style ss:ID='b' ss:Parent='a'><NumberFormat ss:Format='Short Date'/></Style>\
        <Style ss:ID='c'><NumberFormat ss:Format='0.0'/></Style></Styles>\
        <Worksheet ss:Name='名单'><Table><Column/><Column ss:StyleID='c' ss:Span='1'/>\
        <Column ss:Index='5' ss:Hidden='1'/><Column ss:Width='0'/>\
        <Row><Cell ss:StyleID='b'><Data ss:Type='DateTime'>2026-03-02T00:00:00.000</Data></Cell>\
        <Cell><Data ss:Type='Number'>91.35</Data></Cell><Cell><Data ss:Type='Number'>5</Data></Cell>\
        <Cell><Data ss:Type='Number'>5</Data></Cell><Cell><Data ss:Type='String'>甲</Data></Cell>\
        <Cell><Data ss:Type='String'>乙</Data></Cell></Row>\
        <Row ss:StyleID='a' ss:Height='0'><Cell><Data ss:Type='String'>丙</Data></Cell>\
        <Cell ss:StyleID='c'><ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'>\
        <S>丁</S></ss:Data></Cell><Cell ss:StyleID='c'><ss:Data ss:Type='String'>\
        <S>丁</S>戊</ss:Data></Cell></Row></Table></Worksheet></Workbook>";
    let sheet = parse(book.as_bytes(), "名单").unwrap().1.remove(0);
    let seen: Vec<_> = (0..4).map(|column| sheet.own(0, column).text()).collect();
    assert_eq!(seen, ["2026/3/2", "91.4", "5.0", "5"]);
    let struck: Vec<bool> = (0..3).map(|column| sheet.own(1, column).struck).collect();
    assert_eq!((sheet.own(0, 0).struck, struck), (true, vec![true, true, false]));
    assert_eq!(sheet.hidden_rows, BTreeSet::from([1]));
    assert_eq!(sheet.hidden_columns, BTreeSet::from([4, 5]));
}

/// A workbook of one sheet with this XML.
fn xlsx(sheet: &str) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let rels = |kind: &str, target: &str| {
        format!(
            r#"<Relationships><Relationship Id="a" Type="x/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    for (name, text) in [
        ("_rels/.rels", rels("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", rels("worksheet", "sheet.xml")),
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="奖" r:id="a"/></sheets></workbook>"#.to_owned(),
        ),
        ("xl/sheet.xml", sheet.to_owned()),
    ] {
        file.start_file(name, options).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }
    file.finish().unwrap().into_inner()
}

#[test]
fn a_long_sheet_is_read_in_halves_as_it_would_be_in_one() {
    let row = |row: usize| {
        format!(
            r#"<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>甲&lt;{row}</t></is></c><c><v>{row}.5</v></c></row>"#
        )
    };
    let rows: String = (1..=20_000).map(row).collect();
    let merges = r#"<mergeCells><mergeCell ref="A3:B3"/></mergeCells>"#;
    let sheet = |remark: &str| {
        let begin = format!(
            r#"<?xml version="1.0"?><worksheet>{remark}<cols><col min="2" max="2" hidden="1"/></cols>"#
        );
        format!("{begin}<sheetData>{rows}</sheetData>{merges}</worksheet>")
    };
    let read = |xml: &str| {
        let read = read(&xlsx(xml), Path::new("名单.xlsx")).unwrap();
        read.sheets.into_iter().next().unwrap()
    };
    assert!(archive::halves(sheet("").as_bytes()).is_some());
    // Where a comment might hold anything, nothing is cut.
    assert!(archive::halves(sheet("<!-- -->").as_bytes()).is_none());
    let (halves, whole) = (read(&sheet("")), read(&sheet("<!-- -->")));
    assert_eq!(halves.cells, whole.cells);
    assert_eq!(halves.rows().count(), 20_000);
    assert_eq!(halves.own(19_999, 0).text(), "甲<20000");
    assert_eq!(halves.merges(), whole.merges());
    assert_eq!(halves.hidden_columns, whole.hidden_columns);
    // What is wrong in the second half is wrong in the sheet.
    let broken = sheet("").replace("<row r=\"19000\">", "<row r=\"19000\"></c>");
    assert!(read_xlsx(&broken).is_err());
}

fn read_xlsx(sheet: &str) -> Result<Workbook, Diagnostics> {
    read(&xlsx(sheet), Path::new("名单.xlsx"))
}
