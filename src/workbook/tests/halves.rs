//! A long sheet, which is read in two halves at once.

use std::io::{Cursor, Write as _};

use super::*;

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

fn read_xlsx(sheet: &str) -> Result<Workbook, Refusal> {
    read(&xlsx(sheet), Path::new("名单.xlsx"))
}
