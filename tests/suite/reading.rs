//! Nothing is guessed: what every row and every cell of the sheet is, what is
//! told of those that are not understood, and what no name holds.

use std::fs;

use serde_json::{Value as Json, json};

use crate::support::{Folder, Ran, Rows, check};

/// Each entrant's row, group, award and members.
fn read(ran: &Ran) -> Vec<String> {
    let json = ran.json();
    let entrants = json["entrants"].as_array().unwrap_or_else(|| panic!("{}", ran.stdout));
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let one = |entrant: &Json| {
        let members = entrant["members"].as_array().unwrap();
        let members: Vec<String> = members.iter().map(text).collect();
        let parts = ["source", "group", "award"].map(|key| text(&entrant[key]));
        format!("{} {}", parts.join(" "), members.join("、"))
    };
    entrants.iter().map(one).collect()
}

fn codes(ran: &Ran, severity: &str) -> Vec<String> {
    ran.found(severity).into_iter().map(|(code, cell)| format!("{code} {cell}")).collect()
}

const HEAD: &[&str] = &["序号", "项目名称", "参赛单位", "核心成员"];
const A: &[&str] = &["1", "甲", "甲有限公司", "王建国"];
const B: &[&str] = &["2", "乙", "乙有限公司", "李思远"];

#[test]
fn a_section_above_the_header_holds_up_to_the_next() {
    for headers in [1, 2] {
        let mut rows: Vec<&[&str]> =
            vec![&["大赛获奖名单"], &["一、企业组（1项）"], HEAD, &["一等奖"], A];
        rows.push(&["二、创业组（1项）"]);
        if headers == 2 {
            rows.push(HEAD);
        }
        rows.extend([&["二等奖"][..], B]);
        let ran = check(&[("名单", &rows, &[])]);
        assert_eq!(codes(&ran, "error"), Vec::<String>::new());
        let last = rows.len();
        assert_eq!(
            read(&ran),
            [
                "名单!B5 企业组 一等奖 王建国".to_owned(),
                format!("名单!B{last} 创业组 二等奖 李思远")
            ]
        );
    }
}

#[test]
fn a_row_of_its_own_that_is_not_understood_stops_what_depends_on_it() {
    for unread in [
        &["鼓励奖"][..],
        &["二等奖（科技创新类）"],
        &["一等奖、二等奖"],
        &["First Prize 二等奖"],
        &["以下为第二批"],
        &["三、机关组", "", "共2项"],
        &["三、", "机关组"],
        &["鼓", "励奖"],
        &["机关组", "机关组", "机关组", "机关组"],
    ] {
        let ran = check(&[("企业组", &[HEAD, &["一等奖"], A, unread, B], &[])]);
        assert_eq!(ran.status, 1, "{unread:?}");
        assert_eq!(codes(&ran, "error"), ["unread-row 企业组!A4"], "{unread:?}");
        assert_eq!(read(&ran), ["企业组!B3 企业组 一等奖 王建国"], "{unread:?}");
        let rows = &ran.json()["diagnostics"][0]["rows"];
        assert_eq!(*rows, json!(["企业组!B5"]), "those that depend on it are held");
    }
    // Where columns tell group and award, nothing depends on it.
    let rows: Rows<'_> = &[
        &["组别", "奖项", "项目名称", "参赛单位"],
        &["企业组", "一等奖", "甲", "甲有限公司"],
        &["以下为第二批"],
        &["企业组", "二等奖", "乙", "乙有限公司"],
    ];
    let ran = check(&[("名单", rows, &[])]);
    assert_eq!((ran.status, read(&ran).len()), (0, 2));
    assert_eq!(codes(&ran, "warning"), ["row-without-entrant 名单!A3"]);
}

#[test]
fn the_last_winner_of_whom_much_is_missing_is_a_fault_and_no_remark() {
    let last: &[&str] = &["2", "乙"];
    let ran = check(&[("企业组", &[HEAD, &["一等奖"], A, last, &["注：以上排名不分先后"]], &[])]);
    assert_eq!(codes(&ran, "error"), ["missing-value 企业组!C4"]);
}

#[test]
fn a_note_that_says_what_follows_is_no_mere_note() {
    for note in ["注：以下为二等奖", "注：二等奖（1项）", "备注：以下项目已弃权"]
    {
        let ran = check(&[("企业组", &[HEAD, &["一等奖"], A, &[note], B], &[])]);
        assert_eq!(codes(&ran, "error"), ["unread-row 企业组!A4"], "{note}");
    }
    // What says nothing of them, or has nothing below, is one.
    for note in ["注：排名不分先后", "注：一等奖各奖励3万元", "备注：以下空白"]
    {
        let ran = check(&[("企业组", &[HEAD, &["一等奖"], A, &[note], B], &[])]);
        assert_eq!((codes(&ran, "error"), read(&ran).len()), (vec![], 2), "{note}");
    }
    let ran = check(&[("企业组", &[HEAD, &["一等奖"], A, &["注：以下为空"]], &[])]);
    assert_eq!((codes(&ran, "error"), read(&ran).len()), (vec![], 1));
    // Several cells may sign a table.
    let signed: &[&str] = &["制表人：王某", "", "审核人：", "李某", "2026年8月1日"];
    let ran = check(&[("企业组", &[HEAD, &["一等奖"], A, signed], &[])]);
    assert_eq!((codes(&ran, "error"), read(&ran).len()), (vec![], 1), "{}", ran.stdout);
}

#[test]
fn what_a_row_says_of_its_award_is_heard() {
    let rows: Rows<'_> = &[
        &["组别", "奖项", "项目名称", "参赛单位", "注册时间", "得分", "备注"],
        &["企业组", "一等奖（1项）", "甲", "甲有限公司", "/", "—", "取消获奖资格"],
        &["企业组", "二等奖", "（空缺）", "乙有限公司", "2024-01-01", "90", ""],
    ];
    let ran = check(&[("名单", rows, &[])]);
    assert_eq!(read(&ran), ["名单!C2 企业组 一等奖 "]);
    assert_eq!(codes(&ran, "warning"), ["withdrawn 名单!G2"]);
    assert_eq!(codes(&ran, "error"), ["not-a-name 名单!C3"]);
    let told = codes(&ran, "info");
    for expected in ["not-filled-in 名单!E2", "not-filled-in 名单!F2", "read-as 名单!B2"] {
        assert!(told.contains(&expected.to_owned()), "{expected}: {told:?}");
    }
}

#[test]
fn an_awards_cell_over_several_rows_may_state_how_many() {
    let rows: Rows<'_> = &[
        &["奖项", "组别", "项目名称", "参赛单位"],
        &["一等奖（2项）", "企业组", "甲", "甲有限公司"],
        &["", "创业组", "乙", "乙有限公司"],
        &["二等奖（2项）", "企业组", "丙", "丙有限公司"],
    ];
    let ran = check(&[("名单", rows, &[[1, 0, 2, 0]])]);
    assert_eq!(read(&ran), ["名单!C2 企业组 一等奖 ", "名单!C3 创业组 一等奖 "]);
    assert_eq!(codes(&ran, "error"), ["count-differs 名单!A4"]);
}

#[test]
fn two_awards_in_one_heading_are_told_from_a_heading_with_its_number() {
    for two in ["二、三等奖", "二．三等奖", "二、三等奖（1项）"] {
        let ran = check(&[("企业组", &[HEAD, &["一等奖"], A, &[two], B], &[])]);
        assert_eq!(codes(&ran, "error"), ["unread-row 企业组!A4"], "{two}");
    }
    let ran = check(&[("企业组", &[HEAD, &["一、二等奖"], A, &["二、三等奖"], B], &[])]);
    assert_eq!(read(&ran), ["企业组!B3 企业组 二等奖 王建国", "企业组!B5 企业组 三等奖 李思远"]);
}

#[test]
fn a_row_below_that_names_further_members_by_their_role_is_no_note() {
    let rows: Rows<'_> = &[
        &["组别", "奖项", "项目名称", "参赛单位", "核心成员"],
        &["企业组", "一等奖", "甲", "甲有限公司", "王建国"],
        &["", "", "", "", "成员：李思远"],
    ];
    let merges = &[[1, 0, 2, 0], [1, 1, 2, 1], [1, 2, 2, 2], [1, 3, 2, 3]];
    let ran = check(&[("名单", rows, merges)]);
    assert_eq!(read(&ran), ["名单!C2 企业组 一等奖 王建国、李思远"]);
}

#[test]
fn what_was_not_understood_ends_where_a_heading_tells_it() {
    // An award that is not known says nothing of the group.
    let ran = check(&[(
        "企业组",
        &[HEAD, &["一等奖"], A, &["鼓励奖"], B, &["二等奖"], &["3", "丙", "丙有限公司", "赵敏"]],
        &[],
    )]);
    assert_eq!(read(&ran), ["企业组!B3 企业组 一等奖 王建国", "企业组!B7 企业组 二等奖 赵敏"]);
    // A group that is not known does not end with the next award.
    let ran =
        check(&[("名单", &[HEAD, &["企业组"], &["一等奖"], A, &["机关组"], &["二等奖"], B], &[])]);
    assert_eq!(read(&ran), ["名单!B4 企业组 一等奖 王建国"]);
}

#[test]
fn headings_are_read_in_their_usual_wordings() {
    for heading in [
        &["3、二等奖获得者"][..],
        &["二等奖：1名"],
        &["【二等奖】"],
        &["二等奖 Second Prize"],
        &["贰等奖（一项）"],
        &["2 等 奖"],
        &["二等奖", "", "共1项"],
        &["二等", "奖"],
        &["二、", "二等奖"],
        &["二等奖", "二等奖", "二等奖", "二等奖"],
    ] {
        let ran = check(&[("企业组", &[HEAD, &["一等奖"], A, heading, B], &[])]);
        assert_eq!(codes(&ran, "error"), Vec::<String>::new(), "{heading:?}");
        assert_eq!(read(&ran)[1], "企业组!B5 企业组 二等奖 李思远", "{heading:?}");
    }
}

#[test]
fn every_cell_has_one_role_or_a_fault() {
    let rows: Rows<'_> = &[
        &["大赛获奖名单"],
        &["一、企业组"],
        &["序号", "奖项", "项目名称", "参赛单位", "备注"],
        &["1", "一等奖", "甲", "甲有限公司", "补"],
        &["合计", "", "1"],
        &["注：排名不分先后"],
    ];
    let json = check(&[("名单", rows, &[])]).json();
    let cells = &json["cells"];
    for (role, count) in
        [("in", 15), ("title", 1), ("section", 1), ("header", 5), ("value", 3), ("kept", 2)]
    {
        assert_eq!(cells[role], count, "{role}: {cells}");
    }
    assert_eq!((&cells["skipped"], &cells["unread"]), (&json!(3), &json!(0)));
    let area = json!({"role": "value", "field": "project", "from": "名单!C4", "to": "名单!C4"});
    assert!(cells["areas"].as_array().unwrap().contains(&area), "{cells}");
    // A value without a header, and one under a merged cell.
    let stray: &[&str] = &["1", "一等奖", "甲", "甲有限公司", "补", "此队已弃权"];
    let ran = check(&[("企业组", &[rows[2], stray], &[])]);
    assert_eq!(codes(&ran, "error"), ["no-header 企业组!F2"]);
    assert_eq!(ran.json()["cells"]["unread"], 1);
    assert_eq!(read(&ran), Vec::<String>::new(), "its row is held");
}

#[test]
fn a_text_file_whose_row_has_shifted_is_refused_at_the_row() {
    let folder = Folder::example();
    folder.write(
        "名单.csv",
        "组别,奖项,项目名称,参赛单位,核心成员\n企业组,一等奖,AI,让煤矿更安全,甲有限公司,王建国\n",
    );
    let ran = folder.accolade("check", &["--sheet", "名单.csv", "--format", "json"]);
    assert_eq!(codes(&ran, "error"), ["no-header 名单!F2", "not-a-name 名单!E2"]);
    assert_eq!(read(&ran), Vec::<String>::new());
}

#[test]
fn a_header_that_goes_over_several_columns_is_that_of_each() {
    let head: &[&str] = &["组别", "奖项", "项目名称", "参赛单位", "核心成员", "", "", "推荐单位"];
    let row: &[&str] = &["企业组", "一等奖", "甲", "甲有限公司", "王建国", "李思远", "", "榆次区"];
    let ran = check(&[("名单", &[head, row], &[[0, 4, 0, 6]])]);
    assert_eq!(codes(&ran, "error"), Vec::<String>::new());
    assert_eq!(read(&ran), ["名单!C2 企业组 一等奖 王建国、李思远"]);
    // Which of two columns is the organization, nobody can say.
    let head: &[&str] = &["组别", "奖项", "项目名称", "参赛单位", ""];
    let row: &[&str] = &["企业组", "一等奖", "甲", "样例学院", "化工系"];
    let ran = check(&[("名单", &[head, row], &[[0, 3, 0, 4]])]);
    assert_eq!(codes(&ran, "error"), ["header-over-columns 名单!D1"]);
}

#[test]
fn a_second_header_is_read_by_its_own_words_or_refused() {
    let other: &[&str] = &["序号", "团队名称", "作品 名称", "姓名"];
    let row: &[&str] = &["1", "乙团队", "乙", "李思远"];
    let rows: Rows<'_> = &[HEAD, &["企业组"], &["一等奖"], A, &["创业组"], other, &["二等奖"], row];
    let ran = check(&[("名单", rows, &[])]);
    assert_eq!(codes(&ran, "error"), Vec::<String>::new());
    let json = ran.json();
    let second = &json["entrants"][1];
    assert_eq!((&second["project"], &second["organization"]), (&json!("乙"), &json!("乙团队")));
    assert_eq!(json["mapping"].as_array().unwrap().len(), 2);
    // Some words of a header, and others: which columns would it have?
    let unclear: &[&str] =
        &["序号", "项目名称", "第一名", "核心成员", "甲", "乙", "丙", "丁", "戊"];
    let ran = check(&[("企业组一等奖", &[HEAD, A, unclear, B], &[])]);
    assert!(
        codes(&ran, "error").contains(&"unclear-header 企业组一等奖!A3".to_owned()),
        "{}",
        ran.stdout
    );
    assert_eq!(read(&ran), Vec::<String>::new());
}

#[test]
fn a_second_row_of_the_header_says_which_column_is_a_member() {
    let head: &[&str] = &["组别", "奖项", "项目名称", "参赛单位", "团队成员", "", ""];
    for (below, members) in [
        (["队长", "队员", "队员"], "王建国、李思远、赵敏"),
        (["1", "2", "3"], "王建国、李思远、赵敏"),
        (["（1）", "（2）", "（3）"], "王建国、李思远、赵敏"),
        (["第一", "第二", "第三"], "王建国、李思远、赵敏"),
        (["姓名", "电话", "姓名"], "王建国、赵敏"),
        (["姓名", "班级", "姓名"], "王建国、赵敏"),
    ] {
        let below: Vec<&str> = [""; 4].into_iter().chain(below).collect();
        let row = ["企业组", "一等奖", "甲", "甲有限公司", "王建国", "李思远", "赵敏"];
        for merges in [&[[0, 4, 0, 6]][..], &[]] {
            let ran = check(&[("名单", &[head, &below, &row], merges)]);
            assert_eq!(codes(&ran, "error"), Vec::<String>::new(), "{below:?}");
            assert_eq!(read(&ran), [format!("名单!C3 企业组 一等奖 {members}")], "{below:?}");
        }
    }
}

#[test]
fn title_sheet_and_column_that_contradict_each_other_are_told() {
    let title: &[&str] = &["2026年大赛企业组获奖名单"];
    let ran = check(&[(
        "创业组",
        &[title, &["奖项", "项目名称", "参赛单位"], &["一等奖", "甲", "甲团队"]],
        &[],
    )]);
    assert_eq!(codes(&ran, "error"), ["contradiction 创业组!A1"]);
    assert_eq!(read(&ran), Vec::<String>::new());
    let rows: Rows<'_> = &[
        title,
        &["组别", "奖项", "项目名称", "参赛单位"],
        &["创业组", "一等奖", "甲", "甲团队"],
        &["创业组", "二等奖", "乙", "乙团队"],
    ];
    let ran = check(&[("名单", rows, &[])]);
    assert_eq!(codes(&ran, "warning"), ["contradicts 名单!A1"]);
    assert_eq!(ran.json()["diagnostics"][0]["rows"], json!(["名单!C3", "名单!C4"]));
}

#[test]
fn of_several_columns_the_contest_says_which_counts() {
    let head: &[&str] =
        &["赛道", "组别", "奖项", "项目名称", "企业名称", "团队名称", "复赛得分", "决赛得分"];
    let rows: Rows<'_> = &[
        head,
        &["新材料", "企业组", "一等奖", "甲", "甲有限公司", "", "90", "91"],
        &["文旅", "创业组", "二等奖", "乙", "", "乙团队", "80", "82"],
    ];
    let folder = Folder::example();
    folder.workbook(&[("名单", rows, &[])]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(codes(&ran, "error"), ["ambiguous-column 名单!B1", "ambiguous-column 名单!H1"]);
    assert!(ran.stdout.contains("[columns]"), "{}", ran.stdout);
    folder.edit(
        "contest.toml",
        "[pdf]",
        "[columns]\ngroup = [\"组别\"]\nscore = [\"决赛得分\"]\n\n[pdf]",
    );
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(codes(&ran, "error"), Vec::<String>::new());
    let json = ran.json();
    let entrants = &json["entrants"];
    assert_eq!(
        (&entrants[0]["score"], &entrants[0]["extra"]["赛道"]),
        (&json!(91.0), &json!("新材料"))
    );
    // Each row fills one of the two: they complement each other, which is told.
    assert_eq!(entrants[0]["organization"], "甲有限公司");
    assert_eq!(entrants[1]["organization"], "乙团队");
    assert!(codes(&ran, "info").contains(&"columns-joined 名单!F1".to_owned()));
    // Both filled: stated columns complement each other, but a row has one value.
    let both: Rows<'_> =
        &[head, &["新材料", "企业组", "一等奖", "甲", "甲有限公司", "乙团队", "90", "91"]];
    folder.workbook(&[("名单", both, &[])]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(codes(&ran, "error"), ["ambiguous-column 名单!F1"]);
    folder.edit(
        "contest.toml",
        "score = [\"决赛得分\"]",
        "score = [\"决赛得分\"]\norganization = [\"企业名称\", \"团队名称\"]",
    );
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(codes(&ran, "error"), ["two-values 名单!E2"]);
}

#[test]
fn whoever_leads_is_a_member_and_the_first() {
    let head: &[&str] = &["组别", "奖项", "项目名称", "参赛单位", "团队成员", "项目负责人"];
    let row: &[&str] = &["企业组", "一等奖", "甲", "甲有限公司", "李思远、周负责、赵敏", "周负责"];
    let ran = check(&[("名单", &[head, row], &[])]);
    assert_eq!(read(&ran), ["名单!C2 企业组 一等奖 周负责、李思远、赵敏"]);
}

/// The members that a cell is read as, and what is said of it.
fn members(text: &str) -> (String, Vec<String>) {
    let head: &[&str] = &["组别", "奖项", "项目名称", "参赛单位", "核心成员"];
    let row: &[&str] = &["企业组", "一等奖", "甲", "甲有限公司", text];
    let ran = check(&[("名单", &[head, row], &[])]);
    let said = ["error", "warning", "info"].into_iter().flat_map(|severity| {
        ran.found(severity).into_iter().map(move |(code, _)| format!("{severity} {code}"))
    });
    let read = read(&ran).first().map(|it| it.rsplit(' ').next().unwrap_or_default().to_owned());
    (read.unwrap_or_default(), said.collect())
}

#[test]
fn what_is_plain_is_taken_off_names_and_the_rest_is_told() {
    for text in ["1、王建国\n2、李思远", "王建国（队长）、李思远 13800000000", "王建国&李思远"]
    {
        assert_eq!(
            members(text),
            ("王建国、李思远".into(), vec!["info members-divided".into()]),
            "{text}"
        );
    }
    assert_eq!(members("无"), (String::new(), vec!["warning nobody".into()]));
    assert_eq!(
        members("王建国（大）"),
        ("王建国（大）".into(), vec!["warning unusual-name".into()])
    );
    for text in ["王建国等5人", "王建国@qq", "王建国和李思远", "王\u{FFFD}国", "TRUE&amp;"]
    {
        assert_eq!(members(text), (String::new(), vec!["error not-a-name".into()]), "{text}");
    }
    assert_eq!(members("#REF!"), (String::new(), vec!["error error-value".into()]));
    assert_eq!(members("王\u{E0100}建国\u{FFFC}").0, "王建国");
}

#[test]
fn a_name_that_looks_wrong_and_is_right_can_be_allowed() {
    let folder =
        Folder::with_rows(&[["企业组", "一等奖", "无", "甲有限公司", "王建国和李思远", ""]]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(codes(&ran, "error"), ["not-a-name 名单!C2", "not-a-name 名单!E2"]);
    for value in ["无", "王建国和李思远"] {
        let allowed = format!(
            "[[rules.allowed]]\ncode = \"not-a-name\"\nvalue = \"{value}\"\nreason = \"已核实\"\n\n[pdf]"
        );
        folder.edit("contest.toml", "[pdf]", &allowed);
    }
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(codes(&ran, "error"), Vec::<String>::new());
    assert_eq!(read(&ran), ["名单!C2 企业组 一等奖 王建国和李思远"]);
}

#[test]
fn prepared_rows_and_the_signature_are_no_winners() {
    let head: &[&str] = &["序号", "组别", "奖项", "项目名称", "参赛单位", "得分", "推荐省赛"];
    let rows: Rows<'_> = &[
        head,
        &["1", "企业组", "一等奖", "甲", "甲有限公司", "91.0", "否"],
        &["2", "", "", "", "", "0", "FALSE"],
        &["3", "", "", "", "", "０", "否"],
        &["", "", "", "", "晋中市工业和信息化局"],
        &["", "", "", "", "2026年8月10日"],
    ];
    let ran = check(&[("名单", rows, &[])]);
    assert_eq!(codes(&ran, "error"), Vec::<String>::new());
    let json = ran.json();
    let reasons: Vec<&Json> =
        json["skipped"].as_array().unwrap().iter().map(|it| &it["reason"]).collect();
    assert_eq!(reasons, ["prepared", "prepared", "signature", "signature"]);
    assert_eq!(json["entrants"][0]["score_text"], "91.0", "a score is kept as it is shown");
}

#[test]
fn names_of_groups_and_awards_match_whatever_their_blanks_and_width() {
    let folder = Folder::with_rows(&[
        ["AI 赛道", "最佳 AI 创新奖", "甲", "甲有限公司", "", ""],
        ["ＡＩ赛道", "最佳AI创新奖", "乙", "乙有限公司", "", ""],
        ["AI赛道", "贰等奖", "丙", "丙有限公司", "", ""],
    ]);
    folder.edit("contest.toml", "name    = \"企业组\"", "name    = \"AI 赛道\"");
    folder.edit("contest.toml", "name    = \"优胜奖\"", "name    = \"最佳 AI 创新奖\"");
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(codes(&ran, "error"), Vec::<String>::new());
    assert_eq!(
        read(&ran),
        [
            "名单!C2 AI 赛道 最佳 AI 创新奖 ",
            "名单!C3 AI 赛道 最佳 AI 创新奖 ",
            "名单!C4 AI 赛道 二等奖 "
        ]
    );
}

#[test]
fn a_name_struck_out_within_its_cell_is_an_error_and_a_remark_is_none() {
    let folder = Folder::example();
    folder.write(
        "名单.html",
        "<table><tr><td>组别<td>奖项<td>项目名称<td>参赛单位<td>核心成员<td>备注\
         <tr><td>企业组<td>一等奖<td>甲<td>甲有限公司<td>王建国、<s>李思远</s>、赵明<td>\
         <tr><td>企业组<td>一等奖<td>乙<td>乙有限公司<td>孙敏<td>已<s>改</s>交</table>",
    );
    let ran = folder.accolade("check", &["--sheet", "名单.html", "--format", "json"]);
    assert_eq!(codes(&ran, "error"), ["struck-out 名单!E2"]);
    assert_eq!(read(&ran), ["名单!C3 企业组 一等奖 孙敏"]);
}

/// A contest folder of these texts, with nothing else in its `contest.toml`.
fn contest(rows: &[&[&str]], more: &str) -> Folder {
    let folder = Folder::of("least");
    folder.write(
        "contest.toml",
        format!(
            "[contest]\nname = \"2026年某比赛\"\norganizers = [\"某协会\"]\ndate = 2026-05-01\n{more}"
        ),
    );
    folder.sheet(rows);
    folder
}

fn checked(folder: &Folder) -> Ran {
    folder.accolade("check", &["--format", "json"])
}

const CERTIFICATES: &str = "[[documents]]\nname = \"证书\"\ntemplate = \"certificate.typ\"\neach = \"member\"\n\
     number = \"N{seq:02}\"\npath = \"{number} {member}.pdf\"\n";

#[test]
fn a_column_that_a_text_names_by_its_header_keeps_its_field() {
    let rows: [&[&str]; 2] = [
        &["作者", "题目", "参赛单位", "指导教师", "获奖等级"],
        &["李\u{3000}想", "秋天", "青石小学", "周敏", "一等奖"],
    ];
    let folder = contest(
        &rows,
        &format!(
            "[columns]\nmembers = \"作者\"\nproject = \"题目\"\n{CERTIFICATES}{}",
            "[documents.words]\nbody = \"{参赛单位}的作品《{题目}》获\"\n[[documents]]\nname = \"教师\"\n\
             template = \"certificate.typ\"\neach = \"指导教师\"\nnumber = \"T{seq:02}\"\n\
             path = \"{number}.pdf\"\n[documents.words]\nbody = { member = \"你指导{作者}的《{题目}》获\" }\n"
        ),
    );
    let mut package = folder.package(&[]);
    package.pdf("N01 李想").shows("青石小学的作品《秋天》获");
    package.pdf("T01").shows("你指导李想的《秋天》获");
    let mapping = &checked(&folder).json()["mapping"][0]["columns"];
    let fields: Vec<_> = mapping.as_array().unwrap().iter().map(|it| &it["field"]).collect();
    assert_eq!(fields, ["members", "project", "organization", "指导教师", "award"]);
}

#[test]
fn a_given_and_a_family_name_are_one_person() {
    let rows: [&[&str]; 3] = [
        &["First Name", "Last Name", "Award"],
        &["Mary Jo", "O’Shea", "First Prize"],
        &["Li", "", "First Prize"],
    ];
    let folder = contest(&rows[..2], CERTIFICATES);
    assert!(folder.package(&[]).names().iter().any(|it| it == "N01 Mary Jo O’Shea.pdf"));
    let folder = contest(&rows, CERTIFICATES);
    assert_eq!(checked(&folder).found("error"), [("missing-value".into(), "名单!B3".into())]);
    // One of them alone is no name.
    let folder = contest(&[&["Last Name", "School", "Award"], &["O’Shea", "Alder", "First"]], "");
    folder.write(
        "contest.toml",
        fs::read_to_string(folder.path("contest.toml")).unwrap() + CERTIFICATES,
    );
    assert_eq!(checked(&folder).codes("error"), ["no-column"]);
    let rows: [&[&str]; 2] = [&["姓", "名", "奖项"], &["欧阳", "修远", "一等奖"]];
    assert!(
        contest(&rows, CERTIFICATES).package(&[]).names().iter().any(|it| it == "N01 欧阳修远.pdf")
    );
}

#[test]
fn what_follows_a_western_name_is_no_person() {
    let rows: [&[&str]; 2] = [
        &["Members", "Award"],
        &["Anita Desai, P.E.; Sam Roe, Jr.; Ann Lee, FRPS, Bo Fox", "First"],
    ];
    let folder = contest(&rows, CERTIFICATES);
    let entrants = checked(&folder).json()["entrants"].clone();
    assert_eq!(
        entrants[0]["members"],
        serde_json::json!(["Anita Desai, P.E.", "Sam Roe, Jr.", "Ann Lee, FRPS", "Bo Fox"])
    );
    assert_eq!(checked(&folder).codes("warning"), ["unusual-name"]);
}

#[test]
fn the_heading_of_an_award_stands_over_a_list_of_people() {
    let rows: [&[&str]; 8] = [
        &["优秀党员和先进工作者表彰名单"],
        &["一、优秀共产党员（2名）"],
        &["序号", "姓名", "部门", "备注"],
        &["1", "杨过之", "财务部"],
        &["2", "陆无双", "工程部"],
        &["二、先进工作者（1名）"],
        &["序号", "姓名", "部门", "备注"],
        &["1", "程英华", "行政部"],
    ];
    let awards = "[columns]\nmembers = \"姓名\"\norganization = \"部门\"\n\
         [[awards]]\nname = \"优秀共产党员\"\n[[awards]]\nname = \"先进工作者\"\n";
    let folder = contest(&rows, &format!("{awards}{CERTIFICATES}"));
    let read = checked(&folder).json();
    let entrants = read["entrants"].as_array().unwrap();
    let read: Vec<_> = entrants.iter().map(|it| (&it["members"][0], &it["award"])).collect();
    assert_eq!(
        serde_json::json!(read),
        serde_json::json!([
            ["杨过之", "优秀共产党员"],
            ["陆无双", "优秀共产党员"],
            ["程英华", "先进工作者"]
        ])
    );
    // People without an award over them are no winners.
    let folder = contest(&rows[2..5], &format!("{awards}{CERTIFICATES}"));
    assert_eq!(checked(&folder).codes("error"), ["no-table"]);
}

#[test]
fn those_who_share_an_event_are_entrants_of_their_own() {
    let folder = contest(&[&["x"]], CERTIFICATES);
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    for (column, header) in ["项目名称", "名次", "姓名"].iter().enumerate() {
        sheet.write_string(0, column as u16, *header).unwrap();
    }
    sheet.merge_range(1, 0, 3, 0, "100米", &plain).unwrap();
    for (row, [award, name]) in
        (1..).zip([["第一名", "周军"], ["第二名", "苏明远"], ["第二名", "林晓东"]])
    {
        sheet.write_string(row, 1, award).unwrap();
        sheet.write_string(row, 2, name).unwrap();
    }
    workbook.save(folder.path("awards.xlsx")).unwrap();
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    folder.write("contest.toml", format!("{text}[columns]\naward = \"名次\"\n"));
    let read = checked(&folder).json();
    let entrants = read["entrants"].as_array().unwrap();
    let read: Vec<_> = entrants.iter().map(|it| (&it["members"][0], &it["award"])).collect();
    assert_eq!(
        serde_json::json!(read),
        serde_json::json!([["周军", "第一名"], ["苏明远", "第二名"], ["林晓东", "第二名"]])
    );
}

#[test]
fn a_kind_that_nobody_gets_and_a_header_that_is_not_there_are_told() {
    let rows: [&[&str]; 2] = [&["姓名", "单位", "奖项"], &["李想", "青石小学", "一等奖"]];
    let more = format!(
        "[columns]\ncontact = \"联系老师\"\n{CERTIFICATES}[[documents]]\nname = \"教师\"\n\
         template = \"certificate.typ\"\neach = \"指导教师\"\nnumber = \"T{{seq:02}}\"\npath = \"{{number}}.pdf\"\n"
    );
    let folder = contest(&rows, &more);
    assert_eq!(checked(&folder).codes("error"), ["no-column"]);
    assert_eq!(checked(&folder).codes("warning"), ["no-such-header", "nothing-of-kind"]);
}

#[test]
fn a_contest_may_do_without_awards() {
    let rows: [&[&str]; 2] = [&["Name", "Hours"], &["Mary Poe", "12"]];
    let folder = contest(
        &rows,
        &format!(
            "language = \"en\"\n{CERTIFICATES}{}",
            "[documents.words]\nbody = \"gave {Hours} hours\"\n[fields.award]\nneeded = false\n"
        ),
    );
    folder.package(&[]).pdf("N01 Mary Poe").shows("gave 12 hours");
}

#[test]
fn a_public_list_shows_the_columns_that_it_names() {
    let rows: [&[&str]; 2] =
        [&["姓名", "奖项", "指导教师", "备注"], &["李想", "一等奖", "周敏", "走读"]];
    let list = "[[documents]]\nname = \"公示\"\ntemplate = \"publicity.typ\"\neach = \"contest\"\n\
         path = \"公示.pdf\"\npublic = true\ncolumns = [\"award\", \"members\", \"指导教师\"]\n[documents.facts]\n\
         issuer = \"某协会\"\nfrom = 2026-05-01\nto = 2026-05-07\n\
         contact = { unit = \"教务处\", person = \"周敏\", phone = \"0354-1234567\" }\n";
    let folder = contest(&rows, &format!("{CERTIFICATES}{list}"));
    let pdf = folder.package(&[]).pdf("公示");
    pdf.shows("指导教师");
    assert!(!pdf.text().contains("走读"));
}

const PUPILS: [&[&str]; 3] =
    [&["姓名", "学校", "奖项"], &["李相", "青石小学", "一等奖"], &["王敏", "临河小学", "二等奖"]];

#[test]
fn cells_are_mended_without_touching_the_sheet() {
    let folder = contest(&PUPILS, CERTIFICATES);
    let sheet = fs::read(folder.path("awards.xlsx")).unwrap();
    folder.write("corrections.csv", "单元格,原文,改为,原因\n名单!A2,李相,李想,笔误\n");
    let names = folder.package(&[]).names();
    assert!(names.iter().any(|name| name == "N01 李想.pdf"), "{names:?}");
    assert_eq!(checked(&folder).found("info"), [("corrected".into(), "名单!A2".into())]);
    assert_eq!(fs::read(folder.path("awards.xlsx")).unwrap(), sheet);
    // The sheet that is marked for WPS has the corrected cells.
    folder.accolade("check", &["--annotate", "marked.xlsx"]);
    fs::remove_file(folder.path("corrections.csv")).unwrap();
    let marked = folder.accolade("check", &["--sheet", "marked.xlsx", "--format", "json"]);
    assert_eq!(marked.json()["entrants"][0]["members"][0], "李想");
    // Once the office has mended its sheet, the line is no longer needed.
    folder.write("corrections.csv", "\u{FEFF}cell,was,now,reason\r\n名单!A2,李相,李想,\r\n");
    let mended: [&[&str]; 3] = [PUPILS[0], &["李想", "青石小学", "一等奖"], PUPILS[2]];
    folder.sheet(&mended);
    assert_eq!(checked(&folder).found("info"), [("already-corrected".into(), "名单!A2".into())]);
}

#[test]
fn a_correction_that_does_not_fit_is_refused_at_its_line() {
    let folder = contest(&PUPILS, CERTIFICATES);
    folder.write(
        "corrections.csv",
        "cell,was,now,reason\n名单!A2,李响,李想,\n别的!A2,甲,乙,\nA2,甲,乙,\n名单!A3,王敏,王民,\n名单!A3,王敏,王明,\n",
    );
    let ran = checked(&folder);
    assert_eq!(
        ran.codes("error"),
        ["stale-correction", "no-such-cell", "no-such-cell", "corrected-twice"]
    );
    let lines = ran.json()["diagnostics"].clone();
    let lines = lines.as_array().unwrap().iter().filter(|it| it["severity"] == "error");
    let lines: Vec<_> = lines.map(|it| (it["file"].clone(), it["line"].clone())).collect();
    let expected = [2, 3, 4, 6].map(|line| (json!("corrections.csv"), json!(line)));
    assert_eq!(lines, expected);
    assert_eq!(folder.accolade("run", &[]).status, 1);
    assert!(folder.out().is_empty());
    folder.write("corrections.csv", "名单!A2,李相,李想\n");
    assert_eq!(checked(&folder).codes("error"), ["corrections-header"]);
}
