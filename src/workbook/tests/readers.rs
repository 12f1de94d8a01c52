//! What each reader knows of its format: encodings, merges, formulas, what is
//! hidden or struck out.

use std::collections::BTreeSet;

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

#[test]
fn a_merged_cell_shows_its_first_cells_value_and_address() {
    let cells = [((1, 1), Value::Text("一等奖".into()))];
    let sheet = Sheet::new("奖", cells, vec![Area { start: (1, 1), end: (3, 1) }]);
    let (address, cell) = sheet.at(3, 1);
    assert_eq!((address.to_string().as_str(), &*cell.text()), ("奖!B2", "一等奖"));
    assert!(sheet.own(3, 1).is_blank());
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
