//! What `accolade check` understands and reports.

use crate::support::{Folder, HEADER};

#[test]
fn the_example_is_read_as_a_careful_person_would() {
    let ran = Folder::example().accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.is_empty(), "JSON alone: {}", ran.stderr);
    let json = ran.json();
    assert_eq!(json["sheet"], "awards.xlsx");
    let entrants = json["entrants"].as_array().unwrap();
    assert_eq!(entrants.len(), 45);
    // Group and award are merged down from rows 3 and 5.
    assert_eq!(
        entrants[3],
        serde_json::json!({
            "id": "企业组|晋中恒立科技有限公司|玛钢铸件成套装备",
            "source": "企业组!D6",
            "group": "企业组",
            "award": "二等奖",
            "project": "玛钢铸件成套装备",
            "organization": "晋中恒立科技有限公司",
            "members": ["朱伟海", "古丽娜尔·买买提", "阎军远", "王梅", "宋振", "辛志涛", "曾涛熙"],
            "county": "晋中开发区",
            "score": 95.75,
            "score_text": "95.75",
            "recommended": true,
            "registered_on": "2021-08-02",
            "contact": "朱伟海",
            "phone": "13878726311",
            "extra": { "序号": "4" },
        })
    );
    let team = &entrants[26];
    assert_eq!(team["source"], "创业组!D3");
    assert!(team["registered_on"].is_null());
    assert!(json["diagnostics"].as_array().unwrap().is_empty());
}

#[test]
fn columns_are_known_by_their_words_in_any_order_and_padding() {
    let folder = Folder::example();
    folder.sheet(&[
        &["", "2026年获奖名单（终稿）"],
        &[],
        &[
            "",
            "*企业/团队名称",
            "获 奖 等 次",
            "联系\n方式",
            "团队核心成员（不超过7人）",
            "赛道组别",
            "作品名称",
            "备用",
        ],
        &["", "某某有限公司", "二等奖", "13800000000", "王伟", "企业组", "甲", "乙"],
    ]);
    let entrant = &folder.accolade("check", &["--format", "json"]).json()["entrants"][0];
    assert_eq!(entrant["source"], "名单!G4");
    assert_eq!(entrant["organization"], "某某有限公司");
    assert_eq!(entrant["award"], "二等奖");
    assert_eq!(entrant["phone"], "13800000000");
    assert_eq!(entrant["members"][0], "王伟");
    assert_eq!(entrant["extra"], serde_json::json!({ "备用": "乙" }));
}

#[test]
fn a_contest_may_add_header_words() {
    let folder = Folder::example();
    folder.sheet(&[
        &["组别", "奖项", "项目名称", "主体"],
        &["企业组", "一等奖", "甲", "某某有限公司"],
    ]);
    assert_eq!(folder.accolade("check", &[]).status, 1);
    folder.edit("contest.toml", "[pdf]", "[columns]\norganization = [\"主体\"]\n\n[pdf]");
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.json()["entrants"][0]["organization"], "某某有限公司");
}

#[test]
fn invisible_differences_are_cleaned_and_every_change_is_told() {
    let folder = Folder::with_rows(&[[
        " 企业组 ",
        "一等奖",
        "ＡＩ质检\u{200B}２号",
        "某某\u{00A0}有限公司",
        "王　伟、李强 ；龚  禹",
        "√",
    ]]);
    let ran = folder.accolade("check", &["--format", "json"]);
    let entrant = &ran.json()["entrants"][0];
    assert_eq!(entrant["project"], "AI质检2号");
    assert_eq!(entrant["organization"], "某某 有限公司");
    assert_eq!(entrant["members"], serde_json::json!(["王伟", "李强", "龚禹"]));
    let told: Vec<_> = ran.found("info");
    let cells: Vec<_> = told.iter().map(|(code, cell)| (code.as_str(), cell.as_str())).collect();
    assert_eq!(
        cells,
        [
            ("text-cleaned", "名单!C2"),
            ("text-cleaned", "名单!D2"),
            ("text-cleaned", "名单!E2"),
            ("text-cleaned", "名单!E2"),
        ]
    );
}

#[test]
fn rows_that_are_no_entrant_are_skipped_and_counted() {
    let folder = Folder::example();
    let entrant = ["企业组", "一等奖", "甲", "某某有限公司", "王伟", ""];
    folder.sheet(&[
        &HEADER,
        &entrant,
        &[],
        &HEADER,
        &["合计", "", "", "", "", "1"],
        &["备注：本表一式两份。"],
        &["注意力机制专题"],
    ]);
    let mut package = folder.package(&[]);
    let manifest = package.manifest();
    assert_eq!(
        manifest["rows"],
        serde_json::json!({"in": 5, "issued": 1, "held": 0, "skipped": 4})
    );
    let reasons: Vec<_> = manifest["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|skipped| skipped["reason"].clone())
        .collect();
    assert_eq!(reasons, ["header", "total", "note", "no-entrant"]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("warning"), [("row-without-entrant".into(), "名单!A7".into())]);
}

#[test]
fn every_fault_is_told_at_once_with_its_cell() {
    let folder = Folder::example();
    folder.sheet(&[
        &["组别", "奖项", "项目名称", "参赛单位", "推荐省赛", "得分", "注册时间", "推荐单位"],
        &["企业", "三等将", "甲", "某某有限公司", "也许", "九十", "去年", "榆次"],
        &["少年组", "一等奖", "", "", "", "", "", "火星"],
        &["创业组", "一等奖", "乙", "初创有限公司", "", "", "2023-12-31", ""],
        &["企业组", "一等奖", "丙", "另一有限公司", "", "", "", ""],
        &["企业组", "二等奖", "丙", "另一有限公司", "", "", "", ""],
    ]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 1);
    let errors = ran.found("error");
    let errors: Vec<_> = errors.iter().map(|(code, cell)| (code.as_str(), cell.as_str())).collect();
    assert_eq!(
        errors,
        [
            ("unknown-award", "名单!B2"),
            ("not-a-number", "名单!F2"),
            ("not-yes-or-no", "名单!E2"),
            ("not-a-date", "名单!G2"),
            ("unknown-group", "名单!A3"),
            ("missing-value", "名单!C3"),
            ("missing-value", "名单!D3"),
            ("registered-too-early", "名单!G4"),
            ("same-entrant", "名单!C6"),
        ]
    );
}

#[test]
fn more_than_seven_members_are_a_warning_and_never_cut() {
    let eight = "甲一、乙二、丙三、丁四、戊五、己六、庚七、辛八";
    let folder = Folder::with_rows(&[["企业组", "一等奖", "甲", "某某有限公司", eight, ""]]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.found("warning"), [("too-many-members".into(), "名单!E2".into())]);
    folder.package(&["--only", "荣誉证书"]).pdf("荣誉证书").shows(eight);
}

#[test]
fn a_blank_between_two_chinese_names_is_told() {
    let members = "牛景明 尹华峰、John von Neumann、王　伟";
    let folder = Folder::with_rows(&[["企业组", "一等奖", "甲", "某某有限公司", members, ""]]);
    let ran = folder.accolade("check", &["--format", "json"]);
    let told = ran.found("info").into_iter().find(|(code, _)| code == "members-divided");
    assert_eq!(told, Some(("members-divided".into(), "名单!E2".into())));
    let members = ran.json()["entrants"][0]["members"].clone();
    assert_eq!(members, serde_json::json!(["牛景明", "尹华峰", "John von Neumann", "王伟"]));
}

#[test]
fn more_recommendations_than_the_quota_are_an_error() {
    let names: Vec<String> = (1..=7).map(|n| format!("项目{n}")).collect();
    let rows: Vec<[&str; 6]> = names
        .iter()
        .map(|name| ["创业组", "一等奖", name.as_str(), "某某团队", "王伟", "是"])
        .collect();
    let ran = Folder::with_rows(&rows).accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("over-quota".into(), "名单!F8".into())]);
}

#[test]
fn people_read_chinese_or_english() {
    let folder = Folder::with_rows(&[
        ["企业组", "三等将", "甲", "某某有限公司", "王　伟", ""],
        ["企业组", "", "\u{31350}项目", "某某有限公司", "王伟", ""],
    ]);
    for (lang, name) in [("zh", "check_zh"), ("en", "check_en")] {
        let ran = folder.accolade("check", &["--lang", lang]);
        assert_eq!(ran.status, 1);
        assert!(ran.stderr.is_empty(), "text goes to standard output: {}", ran.stderr);
        insta::assert_snapshot!(name, ran.stdout);
    }
}

#[test]
fn a_character_no_font_has_is_told_with_its_code_point_and_cell() {
    let folder =
        Folder::with_rows(&[["企业组", "一等奖", "\u{31350}项目", "某某有限公司", "王伟", ""]]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.found("error"), [("missing-glyph".into(), "名单!C2".into())]);
    let message = ran.json()["diagnostics"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("U+31350"), "{message}");
}

/// Code and severity of what `check` and `run` find.
fn checked_and_run(folder: &Folder) -> [(i32, Vec<String>); 2] {
    ["check", "run"].map(|command| {
        let ran = folder.accolade(command, &["--format", "json"]);
        (ran.status, ran.codes("error"))
    })
}

#[test]
fn what_is_wrong_with_a_list_is_told_by_check() {
    let rows = [
        ["企业组", "一等奖", "甲", "某某有限公司", "王伟", "√"],
        ["创业组", "二等奖", "乙", "某某团队", "李强", ""],
    ];
    let edits = [
        // A fact that the template of the letter, of the notice needs.
        ("[facts.basis]", "[facts.base]"),
        ("disclosure    = ", "disclosed = "),
        // A number of pages that a list has not.
        ("path     = \"公文/获奖名单公示.pdf\"", "path = \"公文/获奖名单公示.pdf\"\npages = 1"),
        // A field that a list for a county does not show.
        (
            "template = \"county.typ\"\neach     = \"county\"\npath     = \"分发/{county}/分发清单.pdf\"\nprove    = [",
            "template = \"county.typ\"\neach     = \"county\"\npath     = \"分发/{county}/分发清单.pdf\"\nprove    = [\"phone\", \"members\", ",
        ),
    ];
    for (from, to) in edits {
        let folder = Folder::with_rows(&rows);
        folder.edit("contest.toml", from, to);
        let [checked, run] = checked_and_run(&folder);
        assert_eq!((checked.0, run.0), (1, 1), "{from}");
        assert_eq!(checked, run, "{from}");
    }
}

#[test]
fn volumes_and_codes_are_tried_too() {
    let rows = [["企业组", "一等奖", "甲", "某某有限公司", "王伟", "√"]];
    // A volume's own facts, its template, a code that is not shown.
    let folder = Folder::with_rows(&rows);
    let path = "path     = \"印制/荣誉证书打印册 {part}.pdf\"";
    folder.edit("contest.toml", path, &format!("{path}\nfacts = {{ design = \"无\" }}"));
    assert_eq!(checked_and_run(&folder).map(|(status, _)| status), [1, 1]);
    let folder = Folder::with_rows(&rows);
    folder.write("templates/contact.typ", "#set document(title: \"x\")\n空");
    let places = (1, vec!["places-differ".to_owned()]);
    assert_eq!(checked_and_run(&folder), [places.clone(), places]);
    let folder = Folder::with_rows(&rows);
    let plain = r#"
#set document(title: "x")
#set text(font: "Noto Serif SC")
#let entry = json("/entry.json")
#let it = entry.entrants.first()
#entry.document.number #it.group #it.award #it.project #it.organization #it.members.join("、")
"#;
    folder.write("templates/certificate.typ", plain);
    let hidden = (1, vec!["code-not-shown".to_owned()]);
    assert_eq!(checked_and_run(&folder), [hidden.clone(), hidden]);
}

#[test]
fn the_longest_name_of_those_a_kind_is_made_for_is_tried() {
    let long = "W".repeat(70);
    let mut rows =
        vec![["企业组", "优胜奖", "甲", "某某有限公司", "王伟", "√"]; 6];
    let names: Vec<String> = (1..=6).map(|at| format!("第{at}项目")).collect();
    for (row, name) in rows.iter_mut().zip(&names) {
        row[2] = name;
    }
    // Only the form for those who are recommended cannot show it, and somebody
    // else has a longer one.
    rows[4][2] = &long;
    let longer = "长".repeat(80);
    rows[5][2] = &longer;
    rows[5][5] = "";
    let folder = Folder::with_rows(&rows);
    folder.write(
        "templates/recommendation.typ",
        "#set document(title: \"x\")\n#let it = json(\"/entry.json\").entrants.first()\n#if it.project.len() > 60 { panic(\"zu lang\") }\n#it.project\n\n#json(\"/entry.json\").document.words.opinion.join()",
    );
    let text = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    let (before, rest) = text.split_once("{organization} {project}.pdf\"\npages    = 1\n").unwrap();
    let (_, after) = rest.split_once("\n]\n").unwrap();
    let form = "{organization} {project}.pdf\"\npages = 1\ncolumns = [\"project\"]\n";
    folder.write("contest.toml", format!("{before}{form}{after}"));
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert_eq!(ran.json()["diagnostics"][0]["rows"], serde_json::json!(["名单!C6"]));
}

#[test]
fn a_faulty_row_and_a_faulty_list_are_told_together() {
    let folder = Folder::with_rows(&[
        ["企业组", "一等奖", "甲", "某某有限公司", "王伟", "√"],
        ["企业组", "一等将", "乙", "另一有限公司", "李强", ""],
    ]);
    folder.write("templates/results.typ", "#panic(\"no list\")");
    let ran = folder.accolade("check", &["--format", "json"]);
    let codes = ran.codes("error");
    assert_eq!(codes, ["unknown-award", "template"]);
    assert_eq!(ran.found("warning"), []);
    assert_eq!(ran.json()["balance"]["held"], 1);
}

#[test]
fn check_says_what_it_has_tried() {
    let folder = Folder::example();
    let tried = folder.done("check", &["--format", "json"]).json()["tried"].clone();
    let of = |kind: &str| {
        let tried = tried.as_array().unwrap().iter().find(|it| it["kind"] == kind);
        tried.unwrap_or_else(|| panic!("{kind} was not tried: {tried:?}")).clone()
    };
    for kind in [
        "荣誉证书",
        "推荐函",
        "推荐书",
        "公示",
        "获奖名单通知",
        "分发清单",
        "证书签收表",
        "荣誉证书总览",
    ] {
        assert!(of(kind)["documents"].as_u64() > Some(0));
    }
    assert_eq!(of("公示")["entrants"], serde_json::json!([45, 45]), "a small contest's is whole");
    let names: Vec<String> = (1..=120).map(|at| format!("第{at}号装备")).collect();
    let row = |name| ["企业组", "优胜奖", name, "某某有限公司", "王伟", ""];
    let rows: Vec<_> = names.iter().map(|name| row(name.as_str())).collect();
    let folder = Folder::with_rows(&rows);
    folder.edit("contest.toml", "public   = true\n", "public   = true\npages = 90\n");
    let ran = folder.done("check", &[]);
    let said = "公示 1 份，120 行中的 12 行";
    assert!(ran.stdout.contains(said), "{}", ran.stdout);
}

#[test]
fn a_key_that_is_gone_is_told_by_check() {
    let folder = Folder::with_rows(&[["企业组", "一等奖", "甲", "某某有限公司", "王伟", ""]]);
    folder.done("run", &["--only", "荣誉证书"]);
    std::fs::remove_file(folder.path("signing.key")).unwrap();
    let missing = (2, vec!["key-missing".to_owned()]);
    assert_eq!(checked_and_run(&folder), [missing.clone(), missing]);
}

#[test]
fn the_merged_cell_of_many_rows_is_one_fault() {
    let folder = Folder::example();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("名单").unwrap();
    let plain = rust_xlsxwriter::Format::new();
    for (column, text) in HEADER.iter().enumerate() {
        sheet.write_string(0, column as u16, *text).unwrap();
    }
    sheet.merge_range(1, 0, 3, 0, "企业组", &plain).unwrap();
    sheet.merge_range(1, 1, 3, 1, "头等奖", &plain).unwrap();
    for row in 1..4 {
        sheet.write_string(row, 2, format!("项目{row}")).unwrap();
        sheet.write_string(row, 3, "某某有限公司").unwrap();
    }
    workbook.save(folder.path("awards.xlsx")).unwrap();
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("unknown-award".into(), "名单!B2".into())]);
    let rows = &ran.json()["diagnostics"][0]["rows"];
    assert_eq!(*rows, serde_json::json!(["名单!C2", "名单!C3", "名单!C4"]));
}

#[test]
fn csv_is_read_like_a_workbook() {
    let folder = Folder::example();
    let text = "组别,奖项,项目名称,参赛单位,核心成员\r\n企业组,一等奖,\"甲,乙\",某某有限公司,王伟、李强\r\n";
    let (gb18030, ..) = encoding_rs::GB18030.encode(text);
    for (name, bytes) in [("utf8.csv", text.as_bytes()), ("gbk.csv", &gb18030)] {
        folder.write(name, bytes);
        let ran = folder.accolade("check", &["--sheet", name, "--format", "json"]);
        let json = ran.json();
        assert_eq!(json["entrants"][0]["project"], "甲,乙", "{name}: {}", ran.stderr);
        assert_eq!(json["entrants"][0]["source"], format!("{}!C2", name.trim_end_matches(".csv")));
    }
}

#[test]
fn the_same_sheet_saved_in_another_format_reads_the_same() {
    let folder = Folder::example();
    let expected = folder.accolade("check", &["--format", "json"]).json();
    for name in ["awards.xls", "awards.ods"] {
        // Saved by LibreOffice 7.4 from data/awards.xlsx.
        let files = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
        folder.write(name, std::fs::read(files.join(name)).unwrap());
        let ran = folder.accolade("check", &["--sheet", name, "--format", "json"]);
        assert_eq!(ran.json()["entrants"], expected["entrants"], "{name}: {}", ran.stdout);
        assert_eq!(ran.json()["diagnostics"], expected["diagnostics"], "{name}");
    }
}

#[test]
fn sheets_without_a_table_and_hidden_ones_are_told() {
    let folder = Folder::example();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, text) in [("名单", ""), ("说明", "填表说明"), ("空", ""), ("旧稿", "")] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        let rows: &[&[&str]] = match name {
            "名单" | "旧稿" => {
                &[&HEADER, &["企业组", "一等奖", "甲", "某某有限公司", "王伟", ""]]
            }
            _ => &[],
        };
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, *text).unwrap();
            }
        }
        if !text.is_empty() {
            sheet.write_string(0, 0, text).unwrap();
        }
        sheet.set_hidden(name == "旧稿");
    }
    workbook.save(folder.path("awards.xlsx")).unwrap();
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.json()["entrants"].as_array().unwrap().len(), 1);
    assert_eq!(ran.found("warning"), [("hidden-sheet".into(), String::new())]);
    assert_eq!(ran.found("info"), [("sheet-without-table".into(), String::new())]);
}

#[test]
fn a_stray_mark_in_the_last_cell_costs_nothing_and_is_told() {
    let folder = Folder::example();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("名单").unwrap();
    let entrant = ["企业组", "一等奖", "甲", "某某有限公司", "王伟", ""];
    for (row, cells) in [HEADER, entrant].iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *text).unwrap();
        }
    }
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    workbook.save(folder.path("awards.xlsx")).unwrap();
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(ran.json()["entrants"].as_array().unwrap().len(), 1);
    assert_eq!(ran.found("warning"), [("row-without-entrant".into(), "名单!XFD1048576".into())]);
}
