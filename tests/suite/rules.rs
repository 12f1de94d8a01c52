//! The contest's rules, and what a contest makes of them.

use crate::support::{Folder, HEADER, Ran};

/// A contest folder with its own rows and a few more lines in `[rules]`.
fn folder(rows: &[[&str; 6]], rules: &str) -> Folder {
    let folder = Folder::with_rows(rows);
    folder.edit("contest.toml", "no_shared_members = [\"创业组\"]", "");
    folder.edit("contest.toml", "[rules]\n", &format!("[rules]\n{rules}\n"));
    folder
}

/// Appends tables to `contest.toml`.
fn append(folder: &Folder, text: &str) {
    folder.edit("contest.toml", "[pdf]", &format!("{text}\n[pdf]"));
}

fn checked(folder: &Folder) -> Ran {
    folder.accolade("check", &["--format", "json"])
}

/// The message of the one diagnostic of a code.
fn message(ran: &Ran, code: &str) -> String {
    let json = ran.json();
    let diagnostics = json["diagnostics"].as_array().unwrap();
    let found: Vec<_> = diagnostics.iter().filter(|it| it["code"] == code).collect();
    assert_eq!(found.len(), 1, "{code}: {diagnostics:?}");
    found[0]["message"].as_str().unwrap().to_owned()
}

fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found.iter().map(|(code, cell)| (code.as_str(), cell.as_str())).collect()
}

#[test]
fn nobody_is_in_two_teams_of_a_group_that_forbids_it() {
    let rows = [
        ["创业组", "一等奖", "光伏清洗", "晨光团队", "王伟、李强", ""],
        ["创业组", "二等奖", "智慧大棚", "丰年团队", "赵敏、王　伟", ""],
        // A second project of the same team.
        ["创业组", "二等奖", "冷链物流", "丰年团队", "赵敏", ""],
        ["企业组", "二等奖", "铸件检测", "某某有限公司", "李强", ""],
    ];
    let silent = folder(&rows, "");
    assert!(checked(&silent).found("warning").is_empty());
    let folder = folder(&rows, "no_shared_members = [\"创客组\"]");
    let ran = checked(&folder);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert_eq!(pairs(&ran.found("warning")), [("shared-member", "名单!E3")]);
    let message = message(&ran, "shared-member");
    assert!(message.contains("王伟") && message.contains("名单!E2"), "{message}");
    let both = ran.json()["diagnostics"].as_array().unwrap().clone();
    let both = both.iter().find(|it| it["code"] == "shared-member").unwrap();
    assert_eq!(both["rows"], serde_json::json!(["名单!C3", "名单!C2"]));
    assert_eq!(both["others"], serde_json::json!(["名单!E2"]));
}

#[test]
fn the_same_and_a_similar_project_of_one_organization_are_found_across_groups() {
    let folder = folder(
        &[
            ["企业组", "一等奖", "智能矿灯充电架", "某某有限公司", "", ""],
            ["创业组", "一等奖", "智能矿灯（充电架）", "某某 有限公司", "", ""],
            ["企业组", "二等奖", "智能矿灯充电柜", "某某有限公司", "", ""],
            ["企业组", "二等奖", "全自动包装线", "某某有限公司", "", ""],
            ["企业组", "三等奖", "全自动包装线", "另一有限公司", "", ""],
            ["企业组", "三等奖", "全自动灌装线", "另二有限公司", "", ""],
        ],
        "",
    );
    let ran = checked(&folder);
    assert_eq!(pairs(&ran.found("error")), [("repeated-project", "名单!C3")]);
    assert_eq!(
        pairs(&ran.found("warning")),
        [("similar-project", "名单!C4"), ("same-project-name", "名单!C6")]
    );
    let similar = message(&ran, "similar-project");
    assert!(similar.contains("智能矿灯充电架") && similar.contains("名单!C2"), "{similar}");
}

#[test]
fn awards_are_counted_against_what_was_announced() {
    let rows = [
        ["企业组", "一等奖", "光伏清洗", "甲厂", "", ""],
        ["企业组", "一等奖", "智慧大棚", "乙厂", "", ""],
        ["企业组", "二等奖", "冷链物流", "丙厂", "", ""],
    ];
    let folder = folder(&rows, "");
    let counts = "quota   = 8\ncounts = { \"一等奖\" = 1, \"二等\" = 2 }\n#";
    folder.edit("contest.toml", "quota   = 8", counts);
    let ran = checked(&folder);
    let errors = ran.found("error");
    assert_eq!(pairs(&errors), [("award-count", "名单!B3"), ("award-count", "")]);
    let json = ran.json();
    assert_eq!(json["diagnostics"][1]["file"], "contest.toml");
    assert!(json["diagnostics"][1]["message"].as_str().unwrap().contains("二等奖有 1 个"));
    // A row that cannot be read may be the missing one.
    folder.edit("contest.toml", "\"一等奖\" = 1", "\"一等奖\" = 2");
    let faulty = ["企业组", "二等将", "秸秆炭化", "丁厂", "", ""];
    let rows: Vec<&[&str]> =
        [&HEADER, &rows[0], &rows[1], &rows[2], &faulty].map(|r| &r[..]).into();
    folder.sheet(&rows);
    assert_eq!(pairs(&checked(&folder).found("error")), [("unknown-award", "名单!B5")]);
    folder.edit("contest.toml", "\"二等\" = 2", "\"特等奖\" = 2");
    assert_eq!(checked(&folder).json()["diagnostics"][0]["code"], "not-allowed");
}

#[test]
fn a_recommendation_that_passes_over_a_higher_rank_is_told() {
    let folder = Folder::example();
    let header = ["组别", "奖项", "项目名称", "参赛单位", "得分", "推荐省赛"];
    folder.sheet(&[
        &header,
        &["企业组", "一等奖", "光伏清洗", "甲厂", "96", "是"],
        &["企业组", "二等奖", "智慧大棚", "乙厂", "94", ""],
        &["企业组", "二等奖", "冷链物流", "丙厂", "93", "是"],
        &["企业组", "三等奖", "秸秆炭化", "丁厂", "", "是"],
        &["企业组", "二等奖", "铸件检测", "戊厂", "", "是"],
        // Another group, another list.
        &["创业组", "三等奖", "无人巡检", "己队", "80", "是"],
    ]);
    let ran = checked(&folder);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert_eq!(pairs(&ran.found("warning")), [("outranked", "名单!F4"), ("outranked", "名单!F5")]);
    let text = folder.accolade("check", &[]).stdout;
    assert!(text.contains("“冷链物流”（二等奖 93）"), "{text}");
    assert!(text.contains("“智慧大棚”（二等奖 94，名单!C3）"), "{text}");
}

#[test]
fn projects_on_an_exclusion_list_are_refused() {
    let folder = folder(
        &[
            ["企业组", "一等奖", "智能矿灯充电架", "某某有限公司", "", ""],
            ["企业组", "一等奖", "全自动包装线", "另一有限公司", "", ""],
            ["企业组", "二等奖", "煤层气抽采装备", "第三有限公司", "", ""],
            ["企业组", "二等奖", "秸秆炭化一体机", "第四有限公司", "", ""],
        ],
        "",
    );
    append(
        &folder,
        "[[rules.exclusions]]\nfile = \"省赛.csv\"\nname = \"近三年省赛获奖\"\n\
         [[rules.exclusions]]\nfile = \"五百强.csv\"",
    );
    folder.write(
        "省赛.csv",
        "年度,参赛单位,项目名称\n2024,某某有限公司,智能矿灯 充电架\n2025,别的有限公司,全自动包装线\n",
    );
    folder.write("五百强.csv", "2025年500强\n秸秆炭化一体化\n");
    let ran = checked(&folder);
    assert_eq!(ran.status, 1);
    assert_eq!(pairs(&ran.found("error")), [("excluded", "名单!C2")]);
    assert_eq!(
        pairs(&ran.found("warning")),
        [("resembles-excluded", "名单!C3"), ("resembles-excluded", "名单!C5")]
    );
    let message = message(&ran, "excluded");
    assert!(
        message.contains("近三年省赛获奖") && message.contains("省赛.csv 省赛!C2"),
        "{message}"
    );
    // A list that says nothing is a list that protects from nothing.
    folder.write("五百强.csv", "项目名称,参赛单位\n");
    let ran = checked(&folder);
    assert!(ran.found("error").iter().any(|(code, _)| code == "nothing-excluded"));
    std::fs::remove_file(folder.path("五百强.csv")).unwrap();
    assert_eq!(checked(&folder).status, 2);
}

#[test]
fn a_contest_decides_how_serious_a_rule_is() {
    let rows = [
        [
            "企业组",
            "一等奖",
            "光伏清洗",
            "甲厂",
            "甲一、乙二、丙三、丁四、戊五、己六、庚七、辛八",
            "",
        ],
        ["企业组", "二等奖", "光伏清洗", "乙厂", "", ""],
    ];
    let folder = folder(&rows, "");
    assert_eq!(
        pairs(&checked(&folder).found("warning")),
        [("too-many-members", "名单!E2"), ("same-project-name", "名单!C3")]
    );
    folder.edit(
        "contest.toml",
        "[rules.severity]",
        "[rules.severity]\ntoo-many-members = \"error\"\nsame-project-name = \"off\"",
    );
    let ran = checked(&folder);
    assert_eq!(ran.status, 1);
    assert_eq!(pairs(&ran.found("error")), [("too-many-members", "名单!E2")]);
    assert!(ran.found("warning").is_empty());
    // The row is held like any with an error.
    let mut package = folder.package(&["--hold"]);
    assert_eq!(package.manifest()["held"][0]["reasons"][0]["code"], "too-many-members");
}

#[test]
fn what_a_contest_cannot_decide_is_refused() {
    let folder = folder(&[], "");
    folder.edit(
        "contest.toml",
        "[rules.severity]",
        "[rules.severity]\nshared-membr = \"off\"\nmissing-value = \"off\"\noutranked = \"fatal\"",
    );
    append(&folder, "[[rules.allowed]]\ncode = \"same-entrant\"\nvalue = \"甲\"\nreason = \"无\"");
    let json = checked(&folder).json();
    let codes: Vec<_> =
        json["diagnostics"].as_array().unwrap().iter().map(|it| it["code"].clone()).collect();
    assert_eq!(codes, ["not-a-rule", "not-a-rule", "not-allowed", "not-a-rule"]);
    let text = folder.accolade("check", &[]).stdout;
    assert!(text.contains("是否应为“shared-member”"), "{text}");
}

#[test]
fn a_known_false_alarm_is_allowed_and_its_reason_told() {
    let folder = folder(
        &[
            ["创业组", "一等奖", "光伏清洗", "晨光团队", "王伟", ""],
            ["创业组", "二等奖", "智慧大棚", "丰年团队", "王伟、赵敏", ""],
            ["创业组", "二等奖", "冷链物流", "远山团队", "赵敏", ""],
        ],
        "no_shared_members = [\"创业组\"]",
    );
    let allowed =
        "[[rules.allowed]]\ncode = \"shared-member\"\nreason = \"同名不同人，已核实\"\nvalue";
    append(&folder, &format!("{allowed} = \"王伟\"\n{allowed} = \"李强\""));
    let ran = checked(&folder);
    assert_eq!(
        pairs(&ran.found("warning")),
        [("shared-member", "名单!E4"), ("allowance-unused", "")]
    );
    assert_eq!(pairs(&ran.found("info")), [("shared-member", "名单!E3")]);
    let text = folder.accolade("check", &[]).stdout;
    assert!(
        text.contains("“王伟”也是别的团队的核心成员：名单!E2；已准许：同名不同人，已核实"),
        "{text}"
    );
    assert!(text.contains("准许了 shared-member“李强”"), "{text}");
}

#[test]
fn every_rule_is_told_in_both_languages() {
    let folder = Folder::example();
    folder.sheet(&[
        &["组别", "奖项", "项目名称", "参赛单位", "核心成员", "得分", "推荐省赛", "注册时间"],
        &["创业组", "一等奖", "智能矿灯充电架", "晨光团队", "王伟、李强", "95", "", ""],
        &["企业组", "一等奖", "智能矿灯充电架", "晨光团队", "", "94", "", ""],
        &["创业组", "二等奖", "智能矿灯充电柜", "晨光团队", "", "93", "是", ""],
        &["创业组", "二等奖", "智能矿灯充电架", "丰年公司", "王伟、赵敏", "92", "是", "2023-05-04"],
        &["创业组", "一等奖", "秸秆炭化一体机", "远山团队", "李强", "91", "是", ""],
        &["创业组", "三等奖", "全自动包装线", "高岗团队", "", "", "", ""],
    ]);
    folder.edit(
        "contest.toml",
        "quota   = 6 ",
        "quota = 2\ncounts = { \"一等奖\" = 1, \"优胜奖\" = 3 }\n#",
    );
    let list = "[[rules.exclusions]]\nfile = \"五百强.csv\"\n";
    let allowed = "[[rules.allowed]]\ncode = \"shared-member\"\nvalue = ";
    let first = format!("{allowed}\"李强\"\nreason = \"同名不同人\"\n");
    append(&folder, &format!("{list}{first}{allowed}\"钱进\"\nreason = \"同名不同人\"\n"));
    folder.write("五百强.csv", "全自动包装线\n秸秆炭化一体化\n");
    for (lang, name) in [("zh", "rules_zh"), ("en", "rules_en")] {
        insta::assert_snapshot!(name, folder.accolade("check", &["--lang", lang]).stdout);
    }
}

#[test]
fn ten_thousand_rows_are_held_against_each_other_at_once() {
    let folder = Folder::example();
    let names: Vec<[String; 2]> = (0..10_000u32)
        .map(|n| {
            let letter =
                |k: u32| char::from_u32(0x4E00 + (n * 7919 + k * 104_729) % 20_000).unwrap();
            [(0..8).map(letter).collect(), format!("第{}有限公司", n % 3)]
        })
        .collect();
    let rows = names.iter().map(|[project, organization]| {
        ["企业组", "一等奖", project, organization, "", ""].map(str::to_owned)
    });
    let rows: Vec<Vec<String>> = rows.map(Vec::from).collect();
    let csv = std::iter::once(HEADER.join(",")).chain(rows.iter().map(|row| row.join(",")));
    folder.write("名单.csv", csv.collect::<Vec<_>>().join("\n"));
    let start = std::time::Instant::now();
    let ran = folder.accolade("check", &["--sheet", "名单.csv", "--format", "json"]);
    assert_eq!(ran.json()["balance"]["in"], 10_000, "{}", ran.stderr);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
