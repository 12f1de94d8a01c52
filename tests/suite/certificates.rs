//! Certificates: their designs, papers and wording, and what becomes of text
//! that is too long for them.

use std::collections::BTreeSet;

use crate::glyphs;
use crate::support::{Folder, Ran};

const DESIGNS: [&str; 3] = ["formal", "modern", "preprinted"];
const PAPERS: [(&str, [f32; 2]); 9] = [
    ("a4 landscape", [297.0, 210.0]),
    ("a4 portrait", [210.0, 297.0]),
    ("a3 landscape", [420.0, 297.0]),
    ("b5 portrait", [176.0, 250.0]),
    ("b5 landscape", [250.0, 176.0]),
    ("jis-b5 landscape", [257.0, 182.0]),
    ("letter portrait", [215.9, 279.4]),
    ("legal landscape", [355.6, 215.9]),
    ("260x184", [260.0, 184.0]),
];

/// The example contest with its certificate's facts set.
fn set(folder: &Folder, design: &str, paper: &str) {
    folder.edit("contest.toml", "design = \"formal\"", &format!("design = {design:?}"));
    folder.edit("contest.toml", "paper  = \"a4 landscape\"", &format!("paper = {paper:?}"));
}

/// Takes the comment signs off one of the example's document kinds.
fn switch_on(folder: &Folder, kind: &str) {
    let text = std::fs::read_to_string(folder.path("contest.toml")).unwrap();
    let begin = format!("# [[documents]]\n# name     = \"{kind}\"");
    let (before, rest) = text.split_once(&begin).expect("the example describes the kind");
    let (block, after) = rest.split_once("\n\n").unwrap();
    let block =
        format!("{begin}{block}").lines().map(|line| &line[2..]).collect::<Vec<_>>().join("\n");
    folder.write("contest.toml", format!("{before}{block}\n\n{after}"));
}

fn issue(folder: &Folder) -> Ran {
    folder.accolade("run", &["--only", "荣誉证书", "--hold", "--format", "json"])
}

/// Rows at the edge of what fits and beyond it.
fn hard_rows() -> Vec<[String; 6]> {
    let long = "面向中小企业数字化转型的工业互联网标识解析与设备健康管理一体化云平台关键技术研究及其在煤机装备制造产业集群的示范应用";
    let cut = |length: usize| long.chars().cycle().take(length).collect::<String>();
    let minority = |first: char| format!("{first}卜杜热合曼·买买提依明");
    let minorities = "阿古迪努热麦帕".chars().map(minority).collect::<Vec<_>>().join("、");
    let team = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩".chars().map(|surname| format!("{surname}文山"));
    let team = team.collect::<Vec<_>>().join("、");
    let institute = "某转型综合改革示范区新能源新材料与智能装备制造产业技术研究院联合集团有限公司";
    assert_eq!(institute.chars().count(), 38);
    [
        (cut(60).as_str(), "六十字科技有限公司", "王伟、李强"),
        (cut(120).as_str(), "百廿字科技有限公司", "王伟、李强"),
        ("智慧矿山", &format!("山西{institute}"), "王伟、李强"),
        (
            &format!("{}检测", "Pneumonoultramicro".repeat(4).split_at(60).0),
            "长词科技有限公司",
            "王伟",
        ),
        (&"W".repeat(400), "不能折行科技有限公司", "王伟"),
        ("智慧牧场", "草原科技有限公司", &minorities),
        ("智慧农场", "大同科技有限公司", &team),
        ("㛃䶮旸𬭎新材料", "𬭎业有限公司", "王㛃、李䶮、张旸、赵𬭎"),
        ("《“数字”文旅〈古城〉》示范项目", "书名科技有限公司", "王伟"),
        ("碳中和", "甲", "王伟、李强"),
        ("氢能重卡", "无名科技有限公司", ""),
        (
            "Smart Mining",
            "Advanced Materials Technology Development Co., Ltd.公司",
            "Jean-Baptiste de la Croix",
        ),
        (&cut(119), &format!("忻州{institute}"), &team),
        (&cut(600), "极长科技有限公司", &minorities),
    ]
    .map(|(project, organization, members)| {
        ["企业组", "一等奖", project, organization, members, ""].map(str::to_owned)
    })
    .to_vec()
}

#[test]
fn every_design_on_every_paper_shows_everything_or_says_by_how_much_it_fails() {
    let rows = hard_rows();
    let borrowed: Vec<[&str; 6]> =
        rows.iter().map(|row| std::array::from_fn(|column| row[column].as_str())).collect();
    for design in DESIGNS {
        for (paper, [width, height]) in PAPERS {
            let folder = Folder::with_rows(&borrowed);
            folder.edit("contest.toml", "max_members  = 7", "max_members  = 99");
            set(&folder, design, paper);
            let ran = issue(&folder);
            let held = refused_by_length(&ran, &format!("{design} {paper}"));
            // A word without an end and a project of 600 characters; the
            // longest of all fields together need not fit everywhere.
            assert!(held.is_superset(&[6, 15].into()), "{design} {paper}: {held:?}");
            assert!(held.is_subset(&[6, 14, 15].into()), "{design} {paper}: {held:?}");
            let mut package = crate::support::Package::open(&folder.zip());
            let documents = package.manifest()["documents"].as_array().unwrap().clone();
            assert_eq!(documents.len(), rows.len() - held.len());
            for document in documents {
                let pdf = package.pdf(document["path"].as_str().unwrap());
                assert_eq!(pdf.pages(), 1, "{design} {paper}: {document}");
                for (found, wanted) in pdf.size().into_iter().zip([width, height]) {
                    assert!((found - wanted).abs() < 0.1, "{design} {paper}: {found} mm");
                }
                let row = document["rows"][0].as_str().unwrap();
                let row: usize =
                    row.split_once("!D").or(row.split_once("!C")).unwrap().1.parse().unwrap();
                let [_, _, project, organization, members, _] = &rows[row - 2];
                // The project stands between quotation marks.
                pdf.shows(&project.replace('“', "‘").replace('”', "’"));
                for text in std::iter::once(organization.as_str()).chain(members.split('、')) {
                    pdf.shows(text);
                }
                pdf.shows("二〇二六年八月十日");
            }
        }
    }
}

/// The rows that were held, each because its text is so many millimetres too
/// long; nothing else may be wrong.
fn refused_by_length(ran: &Ran, case: &str) -> BTreeSet<usize> {
    let json = ran.json();
    let errors = json["diagnostics"].as_array().unwrap().iter();
    let mut held = BTreeSet::new();
    for error in errors.filter(|diagnostic| diagnostic["severity"] == "error") {
        let message = error["message"].as_str().unwrap();
        assert_eq!(error["code"], "template", "{case}: {message}");
        assert!(message.contains("pt 下") && message.contains("仍超出"), "{case}: {message}");
        let millimetres = message.rsplit_once("仍超出 ").unwrap().1.strip_suffix("mm").unwrap();
        assert!(millimetres.parse::<f64>().unwrap() > 0.0, "{case}: {message}");
        for row in error["rows"].as_array().unwrap() {
            let row = row.as_str().unwrap();
            held.insert(row[row.find(|c: char| c.is_ascii_digit()).unwrap()..].parse().unwrap());
        }
    }
    held
}

#[test]
fn each_member_can_have_a_certificate_with_a_number_of_its_own() {
    let folder = Folder::with_rows(&[
        ["企业组", "一等奖", "甲", "山河有限公司", "王伟、古丽娜尔·买买提", ""],
        ["创业组", "二等奖", "乙", "星火创客团队", "李强", ""],
        ["创业组", "三等奖", "丙", "赵敏", "赵敏", ""],
    ]);
    switch_on(&folder, "荣誉证书（个人）");
    let mut package = folder.package(&["--only", "荣誉证书（个人）"]);
    assert_eq!(package.names().iter().filter(|name| name.ends_with(".pdf")).count(), 4);
    let second = package.pdf("QY-1-R002 古丽娜尔·买买提");
    second.shows("古丽娜尔·买买提同志：");
    second.shows("你作为核心成员参与的“甲”项目（参赛单位：山河有限公司）在");
    second.shows("企业组一等奖");
    second.shows("JZCK2026-QY-1-R002");
    assert!(!second.text().contains("王伟"));
    package.pdf("CY-2-R001").shows("（参赛单位：星火创客团队）");
    let alone = package.pdf("CY-3-R001");
    alone.shows("赵敏同志：你的“丙”项目在");
    assert_eq!(alone.text().matches("赵敏").count(), 1);
}

#[test]
fn the_wording_can_be_set() {
    let folder = Folder::with_rows(&[["创业组", "三等奖", "丙项目", "赵敏", "赵敏", ""]]);
    let words = "[documents.words]\nheading = \"获奖证书\"\nclosing = \"特颁此证。\"\nrecipient = \"{name}：\"\n# heading   =";
    folder.edit("contest.toml", "# [documents.words]\n# heading   =", words);
    let mut package = folder.package(&["--only", "荣誉证书"]);
    let pdf = package.pdf("CY-3-001");
    for text in
        ["获奖证书", "赵敏：你的“丙项目”在", "特颁此证。", "荣誉证书证书编号：JZCK2026-CY-3-001"]
    {
        pdf.shows(text);
    }
    assert!(!pdf.text().contains("同志"));
    // The kind is a signed fact, whatever the heading says.
    let path = folder.path("one.pdf");
    let name = package.names().into_iter().find(|name| name.ends_with(".pdf")).unwrap();
    std::fs::write(&path, package.read(&name)).unwrap();
    let verified = folder.raw(&["verify", path.to_str().unwrap(), "--register", "."]);
    assert_eq!(verified.status, 0, "{}", verified.stderr);
}

#[test]
fn stock_brings_its_own_heading() {
    let folder = Folder::with_rows(&[["企业组", "一等奖", "甲", "山河有限公司", "王伟", ""]]);
    set(&folder, "preprinted", "a4 landscape");
    let mut package = folder.package(&["--only", "荣誉证书"]);
    let pdf = package.pdf("QY-1-001");
    assert_eq!(pdf.text().matches("荣誉证书").count(), 1, "{}", pdf.text());
    pdf.shows("荣誉证书证书编号：JZCK2026-QY-1-001");
}

#[test]
fn a_setting_that_cannot_be_is_refused_with_what_can() {
    for (from, to, parts) in [
        ("design = \"formal\"", "design = \"moden\"", ["design", "moden", "\"modern\""]),
        ("paper  = \"a4 landscape\"", "paper = \"a4\"", ["paper", "a4", "legal 加 landscape"]),
        ("paper  = \"a4 landscape\"", "paper = \"26x18\"", ["paper", "26x18", "140"]),
        ("paper  = \"a4 landscape\"", "paper = 4", ["paper", "4", "260x184"]),
        (
            "# [documents.words]\n# heading   =",
            "[documents.words]\nheading = true\n# heading =",
            ["heading", "true", "文字"],
        ),
    ] {
        let folder = Folder::example();
        folder.edit("contest.toml", from, to);
        let ran = folder.accolade("run", &["--only", "荣誉证书"]);
        assert_eq!(ran.status, 1, "{to}: {}", ran.stderr);
        for part in parts {
            assert!(ran.stderr.contains(part), "{to}: no {part} in {}", ran.stderr);
        }
    }
}

#[test]
fn certificates_can_be_accessible_archives() {
    for design in DESIGNS {
        let folder = Folder::with_rows(&[["企业组", "一等奖", "甲", "山河有限公司", "王伟", ""]]);
        switch_on(&folder, "套打校准页");
        set(&folder, design, "a4 landscape");
        folder.edit("contest.toml", "standard = \"a-2b\"", "standard = [\"a-2a\", \"ua-1\"]");
        folder.package(&["--only", "荣誉证书", "--only", "套打校准页"]);
    }
}

#[test]
fn a_logo_stands_beside_the_heading() {
    let logo = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'>\
                <rect width='40' height='20' fill='#1b4d89'/></svg>";
    for design in DESIGNS {
        for paper in ["a4 landscape", "a4 portrait"] {
            let folder =
                Folder::with_rows(&[["企业组", "一等奖", "甲", "山河有限公司", "王伟", ""]]);
            folder.edit("contest.toml", "standard = \"a-2b\"", "standard = [\"a-2a\", \"ua-1\"]");
            set(&folder, design, paper);
            folder.edit("contest.toml", "# logo    = ", "logo = ");
            let ran = folder.accolade("run", &["--only", "荣誉证书"]);
            assert_eq!(ran.status, 1, "{}", ran.stderr);
            assert!(ran.stderr.contains("images/logo.svg"), "{}", ran.stderr);
            assert!(!ran.stderr.contains("templates/images"), "{}", ran.stderr);
            folder.write("images/logo.svg", logo);
            let mut package = folder.package(&["--only", "荣誉证书"]);
            let pdf = package.pdf("QY-1-001");
            assert_eq!(pdf.pages(), 1, "{design} {paper}");
            pdf.shows("山河有限公司");
        }
    }
}

/// The size of what stands after these words, in points.
fn size_after(glyphs: &[glyphs::Glyph], words: &str) -> f64 {
    let text: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
    let before = text.find(words).unwrap_or_else(|| panic!("no {words} in {text}")) + words.len();
    let mut read = 0;
    let next = glyphs.iter().find(|glyph| {
        read += glyph.text.len();
        read > before
    });
    next.unwrap().size
}

#[test]
fn short_text_is_set_larger_and_usual_text_is_not() {
    let members = "王建国、古丽娜尔·买买提、李思远、欧阳明德";
    for design in DESIGNS {
        for paper in ["a4 landscape", "a4 portrait"] {
            let folder = Folder::with_rows(&[
                [
                    "企业组",
                    "一等奖",
                    "基于数字孪生的煤层气提纯一体化平台",
                    "山河新材料科技股份有限公司",
                    members,
                    "",
                ],
                ["企业组", "一等奖", "碳中和", "江海有限公司", "", ""],
            ]);
            set(&folder, design, paper);
            let mut package = folder.package(&["--only", "荣誉证书"]);
            let mut size = |number: &str| {
                let name = package.names().into_iter().find(|name| name.contains(number)).unwrap();
                size_after(&glyphs::read(package.read(&name)), "你单位的")
            };
            let (usual, short) = (size("QY-1-001"), size("QY-1-002"));
            assert!((usual - 20.0).abs() < 0.1, "{design} {paper}: {usual}");
            assert!((22.9..27.1).contains(&short), "{design} {paper}: {short}");
        }
    }
}

#[test]
fn text_that_is_not_chinese_has_the_recipient_in_a_large_line_of_its_own() {
    for design in DESIGNS {
        let folder =
            Folder::with_rows(&[["企业组", "一等奖", "甲", "Crème Brûlée Ltd.", "王伟", ""]]);
        set(&folder, design, "letter landscape");
        folder.write(
            "templates/lib/language.typ",
            "#let language-of(tag) = (lang: \"en\", region: none, chinese: false)",
        );
        let mut package = folder.package(&["--only", "荣誉证书"]);
        package.pdf("QY-1-001").shows("Crème Brûlée Ltd.");
        let name = package.names().into_iter().find(|name| name.contains("QY-1-001")).unwrap();
        let glyphs = glyphs::read(package.read(&name));
        let (name, text) = (size_after(&glyphs, "Brûlé"), size_after(&glyphs, "你团队"));
        assert!((name / text - 1.7).abs() < 0.05, "{design}: {name} {text}");
    }
}

#[test]
fn the_calibration_page_has_the_certificates_paper() {
    let folder = Folder::example();
    switch_on(&folder, "套打校准页");
    set(&folder, "preprinted", "a4 landscape");
    folder.edit("contest.toml", "paper = \"a4 landscape\"\n\n", "paper = \"260x184\"\n\n");
    let pdf = folder.package(&["--only", "套打校准页"]).pdf("套打校准页");
    assert_eq!(pdf.pages(), 1);
    assert_eq!(pdf.size().map(f32::round), [260.0, 184.0]);
    pdf.shows("100%（实际大小）");
    pdf.shows("[[printers]]");
}
