//! What cells show: the same in every format, whatever program wrote it, and what
//! calamine reads there.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use super::*;

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
