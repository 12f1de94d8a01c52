//! The award table as offices really draw it.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::support::{Folder, Rows, Sheet, check};

/// The entrants, who must be sound: group, award, project, organization.
fn entrants(sheets: &[Sheet<'_>]) -> Vec<[String; 4]> {
    let ran = check(sheets);
    assert_eq!(ran.found("error"), [], "{}", ran.stdout);
    let text = |entrant: &Json, field: &str| entrant[field].as_str().unwrap().to_owned();
    let json = ran.json();
    let entrants = json["entrants"].as_array().unwrap();
    entrants
        .iter()
        .map(|it| ["group", "award", "project", "organization"].map(|field| text(it, field)))
        .collect()
}

fn members(sheets: &[Sheet<'_>]) -> Vec<String> {
    let ran = check(sheets);
    assert_eq!(ran.found("error"), [], "{}", ran.stdout);
    let json = ran.json();
    let names = json["entrants"][0]["members"].as_array().unwrap();
    names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_header_of_two_rows_under_a_merged_band() {
    let found = entrants(&[(
        "名单",
        &[
            &["2026年大赛获奖名单"],
            &["序号", "获奖情况", "", "参赛项目情况", "", "备注"],
            &["", "组  别", "奖  项", "项 目\n名 称", "参赛单位（团队）名称", ""],
            &["1", "企业组", "一等奖", "甲", "山河有限公司", ""],
            &["2", "创业组", "二等奖", "乙", "风云团队", ""],
        ],
        &[[1, 1, 1, 2], [1, 3, 1, 4], [1, 0, 2, 0], [1, 5, 2, 5]],
    )]);
    assert_eq!(found[0], ["企业组", "一等奖", "甲", "山河有限公司"]);
    assert_eq!(found.len(), 2);
}

#[test]
fn the_first_row_of_data_is_no_second_header() {
    // 企业 is an alias of the group and a header word, too.
    let found = entrants(&[(
        "名单",
        &[&["组别", "奖项", "项目名称", "参赛单位"], &["企业", "一等", "项目", "单位"]],
        &[],
    )]);
    assert_eq!(found, [["企业组", "一等奖", "项目", "单位"]]);
}

#[test]
fn sections_tell_group_and_award_in_any_nesting() {
    let header: &[&str] = &["序号", "项目名称", "参赛单位"];
    let (a, b, c, d): (&[&str], &[&str], &[&str], &[&str]) = (
        &["1", "甲", "山河有限公司"],
        &["2", "乙", "日月有限公司"],
        &["3", "丙", "风云团队"],
        &["4", "丁", "草木团队"],
    );
    let expected = [
        ["企业组", "一等奖", "甲", "山河有限公司"],
        ["企业组", "二等奖", "乙", "日月有限公司"],
        ["创业组", "一等奖", "丙", "风云团队"],
        ["创业组", "二等奖", "丁", "草木团队"],
    ];
    let groups_outside = entrants(&[(
        "名单",
        &[
            header,
            &["一、企业组"],
            &["（一）一等奖（1名）"],
            a,
            &["（二）二等奖（1名）"],
            b,
            &["二、创客组"],
            &["（一）一等奖"],
            c,
            &["（二）二等奖"],
            d,
        ],
        &[],
    )]);
    assert_eq!(groups_outside, expected);
    let mut awards_outside = entrants(&[(
        "名单",
        &[
            header,
            &["一等奖"],
            &["企业组"],
            a,
            &["创业组"],
            c,
            &["二等奖"],
            &["企业组"],
            b,
            &["创业组"],
            d,
        ],
        &[],
    )]);
    awards_outside.sort();
    let mut sorted = expected.map(|row| row.map(str::to_owned)).to_vec();
    sorted.sort();
    assert_eq!(awards_outside, sorted);
    let both_in_one =
        entrants(&[("名单", &[header, &["企业组一等奖"], a, &["企业组二等奖：", "", ""], b], &[])]);
    assert_eq!(both_in_one, expected[..2]);
}

#[test]
fn an_award_is_not_carried_into_the_next_group() {
    let ran = check(&[(
        "名单",
        &[
            &["项目名称", "参赛单位"],
            &["企业组"],
            &["一等奖"],
            &["甲", "山河有限公司"],
            &["创业组"],
            &["乙", "风云团队"],
        ],
        &[],
    )]);
    assert_eq!(ran.found("error"), [("missing-column".into(), "名单!A1".into())]);
}

#[test]
fn the_sheets_name_or_the_title_tells_them() {
    let rows: Rows<'_> = &[&["奖项", "项目名称", "参赛单位"], &["一等奖", "甲", "山河有限公司"]];
    let titled: Rows<'_> = &[
        &["2026年“创客中国”某市中小企业创新创业大赛创业组获奖名单"],
        &["奖项", "项目名称", "参赛单位"],
        &["一等奖", "乙", "风云团队"],
    ];
    let found = entrants(&[("企业组", rows, &[]), ("Sheet2", titled, &[[0, 0, 0, 2]])]);
    assert_eq!(found[0], ["企业组", "一等奖", "甲", "山河有限公司"]);
    assert_eq!(found[1], ["创业组", "一等奖", "乙", "风云团队"]);
    let found =
        entrants(&[("创客组一等奖名单", &[&["项目名称", "团队名称"], &["丙", "草木团队"]], &[])]);
    assert_eq!(found, [["创业组", "一等奖", "丙", "草木团队"]]);
    // What was taken from words that say other things, too, is told.
    let ran = check(&[("获奖", titled, &[])]);
    let told = ran.found("info").into_iter().find(|(code, _)| code == "placed");
    assert_eq!(told, Some(("placed".into(), "获奖!A1".into())));
    // Nobody tells: said once, not for every row.
    let ran = check(&[("Sheet1", rows, &[])]);
    assert_eq!(ran.found("error"), [("missing-column".into(), "Sheet1!A1".into())]);
}

#[test]
fn a_stated_count_that_differs_is_told_at_its_cell() {
    let ran = check(&[(
        "企业组",
        &[
            &["获奖名单（共3项）"],
            &["项目名称", "参赛单位"],
            &["一等奖（2名）"],
            &["甲", "山河有限公司"],
            &["二等奖（1名）"],
            &["乙", "日月有限公司"],
        ],
        &[],
    )]);
    let error = |cell: &str| ("count-differs".to_owned(), cell.to_owned());
    assert_eq!(ran.found("error"), [error("企业组!A3"), error("企业组!A1")]);
}

#[test]
fn members_stand_in_one_cell_in_columns_or_in_rows() {
    let head = ["组别", "奖项", "项目名称", "参赛单位"];
    let row = ["企业组", "一等奖", "甲", "山河有限公司"];
    let with = |more: &[&'static str], base: [&'static str; 4]| [&base[..], more].concat();
    for (header, cells) in [
        (&["核心成员（不超过7人）"][..], &["王　伟、李强，赵敏;孙丽/周舟\n吴刚"][..]),
        (&["核心成员"], &["王　伟 李强 赵敏 孙丽  周舟 吴刚"]),
        (
            &["队员1", "队员2", "队员3", "队员4", "队员5", "队员6", "队员7"],
            &["王伟", "李强", "赵敏", "孙丽", "周舟", "吴刚", ""],
        ),
        (&["队长", "队员"], &["王伟", "李强、赵敏、孙丽、周舟、吴刚"]),
        (&["成员（一）", "成员（二）"], &["王伟、李强、赵敏", "孙丽、周舟、吴刚"]),
        (&["团队成员1（队长）", "团队成员2"], &["王伟", "李强、赵敏、孙丽、周舟、吴刚"]),
        (&["主要成员姓名", "成员人数"], &["王伟、李强、赵敏、孙丽、周舟、吴刚", "6"]),
    ] {
        let (header, cells) = (with(header, head), with(cells, row));
        let found = members(&[("名单", &[&header, &cells], &[])]);
        assert_eq!(found, ["王伟", "李强", "赵敏", "孙丽", "周舟", "吴刚"], "{header:?}");
    }
    let header = with(&["姓名"], head);
    let first = with(&["王伟"], row);
    let found = members(&[(
        "名单",
        &[&header, &first, &["", "", "", "", "李强"], &["", "", "", "", "赵敏"]],
        &[[1, 0, 3, 0], [1, 1, 3, 1], [1, 2, 3, 2], [1, 3, 3, 3]],
    )]);
    assert_eq!(found, ["王伟", "李强", "赵敏"]);
}

#[test]
fn names_with_blanks_of_their_own_stay_whole() {
    let names = "欧阳修远、古丽娜尔·买买提、John von Neumann、龚  禹";
    let found = members(&[(
        "名单",
        &[
            &["组别", "奖项", "项目名称", "参赛单位", "核心成员"],
            &["企业组", "一等奖", "甲", "山河有限公司", names],
        ],
        &[],
    )]);
    assert_eq!(found, ["欧阳修远", "古丽娜尔·买买提", "John von Neumann", "龚禹"]);
}

#[test]
fn blanks_that_do_not_tell_people_apart_are_held() {
    let ran = check(&[(
        "名单",
        &[
            &["组别", "奖项", "项目名称", "参赛单位", "核心成员"],
            &["企业组", "一等奖", "甲", "山河有限公司", "王 伟 李 强"],
        ],
        &[],
    )]);
    assert_eq!(ran.found("error"), [("blank-in-name".into(), "名单!E2".into())]);
}

#[test]
fn member_rows_and_section_rows_are_accounted_for() {
    let folder = Folder::example();
    folder.workbook(&[(
        "企业组",
        &[
            &["项目名称", "参赛单位", "姓名"],
            &["一等奖"],
            &["甲", "山河有限公司", "王伟"],
            &["", "", "李强"],
            &["注：以上排名不分先后"],
            &["制表人：张三", "", "审核人：李四"],
        ],
        &[[2, 0, 3, 0], [2, 1, 3, 1]],
    )]);
    let manifest = folder.package(&["--only", "荣誉证书"]).manifest();
    assert_eq!(
        manifest["rows"],
        serde_json::json!({"in": 5, "issued": 1, "held": 0, "skipped": 4})
    );
    let reasons = manifest["skipped"].as_array().unwrap().iter().map(|it| it["reason"].clone());
    assert_eq!(reasons.collect::<Vec<_>>(), ["section", "continued", "note", "note"]);
}

#[test]
fn a_missing_column_shows_what_might_be_it() {
    let ran = check(&[(
        "名单",
        &[&["组别", "奖项", "项目名称", "主体"], &["企业组", "一等奖", "甲", "山河有限公司"]],
        &[],
    )]);
    let json = ran.json();
    assert_eq!(json["diagnostics"][0]["code"], "missing-column");
    assert!(json["diagnostics"][0]["message"].as_str().unwrap().contains("主体"), "{json}");
}

#[test]
fn numbers_that_a_spreadsheet_has_rounded_are_held() {
    let folder = Folder::example();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("名单").unwrap();
    let header = ["项目编号", "组别", "奖项", "项目名称", "参赛单位", "联系电话", "注册时间"];
    for (column, text) in header.iter().enumerate() {
        sheet.write_string(0, column as u16, *text).unwrap();
    }
    for (row, id) in [(1, 202_600_000_000_000_017.0), (2, 20_260_001.0)] {
        sheet.write_number(row, 0, id).unwrap();
        for (column, text) in ["企业组", "一等奖"].iter().enumerate() {
            sheet.write_string(row, column as u16 + 1, *text).unwrap();
        }
        sheet.write_string(row, 3, format!("项目{row}")).unwrap();
        sheet.write_string(row, 4, format!("单位{row}")).unwrap();
    }
    sheet.write_string(1, 5, "1.39E+10").unwrap();
    sheet.write_number(2, 5, 13_912_345_678.0).unwrap();
    sheet.write_number(2, 6, 45_965.0).unwrap();
    workbook.save(folder.path("awards.xlsx")).unwrap();
    let ran = folder.accolade("check", &["--format", "json"]);
    let error = |cell: &str| ("too-many-digits".to_owned(), cell.to_owned());
    assert_eq!(ran.found("error"), [error("名单!F2"), error("名单!A2")]);
    let entrant = &ran.json()["entrants"][0];
    assert_eq!(entrant["id"], "20260001");
    assert_eq!(entrant["phone"], "13912345678");
    assert_eq!(entrant["registered_on"], "2025-11-04");
}

#[test]
fn two_unknown_columns_of_one_name_are_both_kept() {
    let ran = check(&[(
        "名单",
        &[
            &["组别", "奖项", "项目名称", "参赛单位", "备注", "备注"],
            &["企业组", "一等奖", "甲", "山河有限公司", "一", "二"],
        ],
        &[],
    )]);
    assert_eq!(
        ran.json()["entrants"][0]["extra"],
        serde_json::json!({"备注": "一", "备注 2": "二"})
    );
}

#[test]
fn hidden_rows_and_formulas_without_results_are_told() {
    let checked = |name: &str| {
        let folder = Folder::example();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
        fs::copy(file, folder.path("awards.xlsx")).unwrap();
        folder.accolade("check", &["--format", "json"])
    };
    let ran = checked("hidden.xlsx");
    assert_eq!(ran.found("error"), []);
    assert_eq!(ran.found("warning"), [("hidden-rows".into(), "名单!A3".into())]);
    let ran = checked("uncalculated.xlsx");
    assert_eq!(ran.found("error"), [("no-cached-value".into(), "名单!C3".into())]);
}
