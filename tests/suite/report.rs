//! What `accolade check` tells: the mapping, the balance, the faults, and the
//! sheet with the faults marked.

use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::support::{Folder, HEADER};

const SOUND: [&str; 6] = ["企业组", "一等奖", "光伏清洗", "某某有限公司", "王伟", ""];

/// Everything inside an xlsx that is XML, one after another.
fn xml(folder: &Folder, name: &str) -> String {
    let mut package = crate::support::Package::open(&folder.path(name));
    let names = package.names();
    let parts = names.iter().filter(|name| name.ends_with(".xml"));
    parts.map(|name| package.text(name)).collect()
}

#[test]
fn programs_get_the_mapping_the_balance_and_what_was_skipped() {
    let folder = Folder::example();
    folder.sheet(&[
        &["年度名单"],
        &["组别", "奖项", "作品名称", "参赛单位", "备用"],
        &["企业组", "一等奖", "光伏清洗", "某某有限公司", "甲"],
        &["企业组", "三等将", "智慧大棚", "另一有限公司"],
        &["合计", "", "", "", "2"],
    ]);
    let json = folder.accolade("check", &["--format", "json"]).json();
    assert_eq!(json["balance"], serde_json::json!({"in": 3, "issued": 1, "held": 1, "skipped": 1}));
    assert_eq!(
        json["skipped"],
        serde_json::json!([{"row": "名单!A5", "reason": "total", "text": "合计"}])
    );
    let mapping = &json["mapping"][0];
    assert_eq!(mapping["sheet"], "名单");
    assert_eq!(
        mapping["columns"][2],
        serde_json::json!({"cell": "名单!C2", "header": "作品名称", "field": "project"})
    );
    assert!(mapping["columns"][4]["field"].is_null());
    assert_eq!(json["diagnostics"][0]["text"], "三等将");
}

#[test]
fn people_get_the_gravest_first_and_what_is_alike_together() {
    let folder = Folder::example();
    folder.sheet(&[
        &["组别", "奖项", "作品名称", "参赛单位", "核心成员", "备用", "推荐单位"],
        &["企业组", "三等将", "光伏　清洗", "某某有限公司", "王伟 李强梅", "甲", "榆次区"],
        &["企业组", "", "智慧大棚", "另一有限公司", "", "", "火星"],
        &["企业组", "三等将", "冷链物流", "第三有限公司", "甲、乙、丙、丁、戊、己、庚、辛", "", ""],
    ]);
    for (lang, name) in [("zh", "report_zh"), ("en", "report_en")] {
        insta::assert_snapshot!(name, folder.accolade("check", &["--lang", lang]).stdout);
    }
}

#[test]
fn a_column_that_is_nearly_the_missing_one_is_taken_for_it_if_asked_to() {
    let folder = Folder::example();
    folder.sheet(&[
        &["组别", "奖项", "项目名称", "参赛单位名", "核心成员"],
        &["企业组", "一等奖", "光伏清洗", "某某有限公司", "王伟"],
    ]);
    let before = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    let ran = folder.accolade("check", &[]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("若“参赛单位名”就是这一列"), "{}", ran.stdout);
    assert_eq!(std::fs::read_to_string(folder.path("contest.toml")).unwrap(), before);
    let ran = folder.done("check", &["--assume-mapping"]);
    assert!(ran.stdout.contains("    organization = [\"参赛单位名\"]\n"), "{}", ran.stdout);
    let json = folder.accolade("check", &["--format", "json"]).json();
    assert_eq!(json["entrants"][0]["project"], "光伏清洗");
    // Everything else in the file is as it was.
    let after = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    let added = "[columns]\norganization = [\"参赛单位名\"]\n";
    assert!(after.starts_with(&before) && after.ends_with(added), "{after}");
    // A second sheet of other words joins the table that is there now.
    folder.sheet(&[
        &["参赛组別", "奖项", "项目名称", "参赛单位名"],
        &["企业组", "一等奖", "光伏清洗", "某某有限公司"],
    ]);
    let json = folder.done("check", &["--assume-mapping", "--format", "json"]).json();
    assert_eq!(json["assumed"], serde_json::json!({"group": ["参赛组別"]}));
    let again = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    assert!(
        again.contains(
            "[columns]\norganization = [\"参赛单位名\"]\ngroup        = [\"参赛组別\"]\n"
        ),
        "{again}"
    );
}

#[test]
fn nothing_is_assumed_that_could_be_meant_otherwise() {
    let folder = Folder::example();
    // Two columns may be the project, and the award has its words already.
    folder.sheet(&[
        &["组别", "项目名字", "项目名号", "参赛单位", "奖励"],
        &["企业组", "光伏清洗", "甲", "某某有限公司", "一等奖"],
    ]);
    folder.edit("contest.toml", "[pdf]", "[columns]\naward = [\"名次\"]\n\n[pdf]");
    let before = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    let ran = folder.accolade("check", &["--assume-mapping", "--format", "json"]);
    assert_eq!(ran.status, 1);
    assert!(ran.found("error").iter().all(|(code, _)| code == "missing-column"));
    assert_eq!(std::fs::read_to_string(folder.path("contest.toml")).unwrap(), before);
}

#[test]
fn the_sheet_is_written_anew_with_its_faults_marked() {
    let folder = Folder::with_rows(&[
        SOUND,
        ["企业组", "三等将", "智慧大棚", "另一有限公司", "王　伟", ""],
        ["企业组", "", "光伏清洗", "第三有限公司", "赵敏", ""],
        ["创业组", "二等奖", "光伏清洗", "=1+1", "周舟", ""],
    ]);
    let before = std::fs::read(folder.path("awards.xlsx")).unwrap();
    let ran = folder.accolade("check", &["--annotate", "改/待改.xlsx"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("待改.xlsx 中标出"), "{}", ran.stdout);
    assert_eq!(std::fs::read(folder.path("awards.xlsx")).unwrap(), before);
    let mut workbook: Xlsx<_> = open_workbook(folder.path("改/待改.xlsx")).unwrap();
    let sheet = workbook.worksheet_range("名单").unwrap();
    let text = |cell| sheet.get_value(cell).map(ToString::to_string).unwrap_or_default();
    assert_eq!(text((0, 2)), HEADER[2]);
    assert_eq!(text((2, 1)), "三等将");
    assert_eq!(text((2, 4)), "王　伟");
    assert_eq!(sheet.get_value((4, 3)), Some(&Data::String("=1+1".into())));
    let xml = xml(&folder, "改/待改.xlsx");
    for said in [
        "<comment ref=\"B3\"",
        "没有名为“三等将”的奖项",
        "→ 是否应为“三等奖”？",
        // An empty cell, the cell of a notice, and the other cell concerned.
        "<comment ref=\"B4\"",
        "<comment ref=\"E3\"",
        "<comment ref=\"C2\"",
        "警告 名单!C5：",
        "FFFFC7CE",
        "FFFFEB9C",
        "FFDDEBF7",
    ] {
        assert!(xml.contains(said), "{said} is not in {xml}");
    }
}

#[test]
fn what_is_mended_in_the_marked_sheet_is_read_like_the_first() {
    let folder = Folder::example();
    folder.done("check", &["--annotate", "副本.xlsx"]);
    let first = folder.accolade("check", &["--format", "json"]).json();
    let again = folder.accolade("check", &["--sheet", "副本.xlsx", "--format", "json"]).json();
    assert_eq!(again["entrants"], first["entrants"]);
    assert_eq!(again["diagnostics"], first["diagnostics"]);
    assert_eq!(again["mapping"], first["mapping"]);
}

#[test]
fn no_file_is_written_over() {
    let folder = Folder::with_rows(&[SOUND]);
    let before = std::fs::read(folder.path("awards.xlsx")).unwrap();
    for (name, code) in [
        ("awards.xlsx", "file-exists"),
        ("待改.csv", "unknown-format"),
        // A file where a folder would have to be.
        ("contest.toml/待改.xlsx", "cannot-write"),
    ] {
        let ran = folder.accolade("check", &["--annotate", name, "--format", "json"]);
        assert_eq!(ran.status, 2, "{name}");
        assert_eq!(ran.json()["diagnostics"][0]["code"], code, "{name}");
    }
    assert_eq!(std::fs::read(folder.path("awards.xlsx")).unwrap(), before);
}
