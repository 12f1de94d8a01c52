//! What is printed, read back from the PDFs.

use std::collections::BTreeSet;

use crate::glyphs;
use crate::structure;
use crate::support::{Folder, Package};

#[test]
fn every_winner_of_the_example_has_a_certificate_that_names_everything() {
    let folder = Folder::example();
    let checked = folder.accolade("check", &["--format", "json"]).json();
    let mut package = folder.package(&[]);
    let entrants = checked["entrants"].as_array().unwrap();
    assert_eq!(entrants.len(), 45);
    let manifest = package.manifest();
    for entrant in entrants {
        let document = manifest["documents"]
            .as_array()
            .unwrap()
            .iter()
            .find(|document| {
                document["kind"] == "荣誉证书" && document["rows"][0] == entrant["source"]
            })
            .unwrap_or_else(|| panic!("no certificate for {entrant}"));
        let pdf = package.pdf(document["path"].as_str().unwrap());
        assert_eq!(pdf.pages(), 1);
        for field in ["organization", "project", "award", "group"] {
            pdf.shows(entrant[field].as_str().unwrap());
        }
        for member in entrant["members"].as_array().unwrap() {
            pdf.shows(member.as_str().unwrap());
        }
        pdf.shows(document["number"].as_str().unwrap());
        pdf.shows("二〇二六年八月十日");
    }
}

#[test]
fn a_certificate_addresses_enterprise_team_and_person_rightly() {
    let folder = Folder::with_rows(&[
        ["企业组", "一等奖", "甲", "某某有限公司", "王伟、李强", ""],
        ["创业组", "一等奖", "乙", "某某创客团队", "王伟", ""],
        ["创业组", "二等奖", "丙", "赵敏", "赵敏", ""],
    ]);
    let mut package = folder.package(&["--only", "荣誉证书"]);
    package.pdf("QY-1-001").shows("你单位的“甲”项目");
    package.pdf("CY-1-001").shows("你团队的“乙”项目");
    let person = package.pdf("CY-2-001");
    person.shows("你的“丙”项目");
    assert_eq!(person.text().matches("赵敏").count(), 1, "named once, as the recipient");
}

#[test]
fn whoever_is_registered_is_an_enterprise_whatever_its_name() {
    let folder = Folder::example();
    folder.sheet(&[
        &["组别", "奖项", "项目名称", "参赛单位", "注册时间"],
        &["企业组", "一等奖", "甲", "ABC Materials Co., Ltd.", "2018-08-19"],
    ]);
    folder.package(&["--only", "荣誉证书"]).pdf("荣誉证书").shows("你单位的“甲”项目");
}

#[test]
fn the_letter_recommends_exactly_the_marked_projects() {
    let folder = Folder::example();
    let checked = folder.accolade("check", &["--format", "json"]).json();
    let mut package = folder.package(&[]);
    let letter = package.pdf("推荐函");
    letter.shows("山西省工业和信息化厅：");
    letter.shows("企业组项目8个（一等奖2个、二等奖4个、三等奖2个）");
    letter.shows("创业组项目6个（一等奖1个、二等奖3个、三等奖2个），共14个");
    letter.shows("市工信企业函〔2026〕号");
    for entrant in checked["entrants"].as_array().unwrap() {
        let listed = letter.text().contains(entrant["phone"].as_str().unwrap());
        assert_eq!(listed, entrant["recommended"].as_bool().unwrap(), "{entrant}");
    }
    let forms = package.names().iter().filter(|name| name.contains("推荐书/")).count();
    assert_eq!(forms, 14);
}

#[test]
fn notice_and_publicity_list_every_winner_and_no_phone() {
    let folder = Folder::example();
    let checked = folder.accolade("check", &["--format", "json"]).json();
    let mut package = folder.package(&[]);
    for part in ["获奖名单公示", "关于公布获奖名单的通知"] {
        let list = package.pdf(part);
        list.shows("企业组项目26个（一等奖2个、二等奖4个、三等奖6个、优胜奖14个）");
        list.shows("创业组项目19个（一等奖1个、二等奖3个、三等奖5个、优胜奖10个）");
        list.shows("共45个");
        for entrant in checked["entrants"].as_array().unwrap() {
            list.shows(entrant["project"].as_str().unwrap());
            list.shows(entrant["organization"].as_str().unwrap());
            assert!(!list.text().contains(entrant["phone"].as_str().unwrap()), "{part}");
        }
    }
}

#[test]
fn lists_stand_by_award_whatever_the_order_of_the_sheet() {
    let folder = Folder::with_rows(&[
        ["企业组", "优胜奖", "末项目", "甲有限公司", "王伟", ""],
        ["企业组", "一等奖", "首项目", "乙有限公司", "李强", ""],
    ]);
    let text = folder.package(&[]).pdf("通知").text();
    assert!(text.find("首项目").unwrap() < text.find("末项目").unwrap());
}

#[test]
fn a_long_table_repeats_its_header_on_every_page() {
    let names: Vec<String> = (1..=90).map(|n| format!("第{n}号项目")).collect();
    let rows: Vec<[&str; 6]> = names
        .iter()
        .map(|name| ["企业组", "优胜奖", name.as_str(), "某某有限公司", "王伟", ""])
        .collect();
    let pdf = Folder::with_rows(&rows).package(&[]).pdf("公示");
    let pages = pdf.pages();
    assert!(pages > 4, "{pages}");
    let tables = pdf.text().matches("参赛单位（团队）").count();
    assert_eq!(tables, pages - 2, "two pages of text, then a header on each");
}

#[test]
fn text_that_looks_like_markup_or_a_path_is_printed_as_it_stands() {
    let nasty = [
        "#panic()",
        "*x*",
        "$y$",
        "../../x",
        "CON",
        "=cmd|' /C calc'!A0",
        "_a_ <b> @c // d",
        r"C:\x",
    ];
    let rows: Vec<[&str; 6]> =
        nasty.iter().map(|&text| ["企业组", "一等奖", text, text, "周舟", "√"]).collect();
    let folder = Folder::with_rows(&rows);
    // `<b>` looks like an export's: a contest may let it pass.
    folder.edit("contest.toml", "[rules.severity]", "[rules.severity]\nnot-a-name = \"warning\"");
    folder.edit("contest.toml", "quota   = 8", "quota   = 9");
    let mut package = folder.package(&[]);
    for (index, text) in nasty.iter().enumerate() {
        let certificate = package.pdf(&format!("QY-1-{:03}", index + 1));
        certificate.shows(&format!("“{text}”"));
        certificate.shows(&format!("{text}："));
    }
    for name in package.names() {
        let safe = name.split('/').all(|part| {
            !part.is_empty() && part != ".." && !part.contains(['\\', ':', '|', '*', '<'])
        });
        assert!(safe && !name.starts_with('/'), "{name}");
    }
}

#[test]
fn a_rare_character_is_printed_from_the_fallback_font() {
    let folder =
        Folder::with_rows(&[["企业组", "一等奖", "龘䶮项目", "㛃有限公司", "孙頔、旸𬭎", ""]]);
    let pdf = folder.package(&["--only", "荣誉证书"]).pdf("荣誉证书");
    for text in ["龘䶮项目", "㛃有限公司", "孙頔", "旸𬭎"] {
        pdf.shows(text);
    }
}

#[test]
fn the_pdf_tells_its_title_author_language_and_date_from_the_contest() {
    let mut package = Folder::example().package(&[]);
    let lopdf::Document { trailer, .. } = &package.pdf("QY-1-001").0;
    assert!(trailer.has(b"ID"));
    let pdf = package.pdf("QY-1-001").0;
    let catalog = pdf.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
    assert!(catalog.has(b"StructTreeRoot"), "tagged");
    let metadata = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
    let xmp = pdf.get_object(metadata).unwrap().as_stream().unwrap().get_plain_content().unwrap();
    let xmp = String::from_utf8(xmp).unwrap();
    for part in [
        "pdfaid:part>2<",
        "pdfaid:conformance>B<",
        "荣誉证书：山西同创能源科技有限公司 企业组一等奖",
        "晋中市工业和信息化局",
        "2026-08-10",
    ] {
        assert!(xmp.contains(part), "{part} is not in {xmp}");
    }
}

#[test]
fn every_font_of_every_document_is_embedded() {
    let folder = Folder::example();
    folder.package(&[]);
    let mut package = Package::open(&folder.zip());
    let mut fonts = 0;
    for name in package.names().iter().filter(|name| name.ends_with(".pdf")) {
        let pdf = package.pdf(name).0;
        for object in pdf.objects.values() {
            let Ok(dictionary) = object.as_dict() else { continue };
            if dictionary.has_type(b"FontDescriptor") {
                let embedded =
                    [b"FontFile2".as_slice(), b"FontFile3"].iter().any(|key| dictionary.has(key));
                assert!(embedded, "{name}: {dictionary:?}");
                fonts += 1;
            }
        }
    }
    assert!(fonts > 100, "{fonts}");
}

/// What is printed of every kind, in the order in which it is read aloud. The
/// first of each kind, as the package has them.
#[test]
fn every_document_says_what_it_should() {
    let folder = Folder::example();
    folder.edit("contest.toml", "standard = \"a-2b\"", "standard = \"a-2a\"");
    let mut package = folder.package(&[]);
    let manifest = package.manifest();
    let mut kinds = BTreeSet::new();
    for document in manifest["documents"].as_array().unwrap() {
        let (kind, path) = (document["kind"].as_str().unwrap(), document["path"].as_str().unwrap());
        let tagged = !path.starts_with("印制/");
        if !tagged || !kinds.insert(kind.to_owned()) {
            continue;
        }
        let bytes = package.read(path);
        let pdf = lopdf::Document::load_mem(&bytes).unwrap();
        let elements = structure::read_aloud(&pdf, &bytes);
        insta::assert_snapshot!(format!("says_{kind}"), structure::outline(&elements));
    }
    assert_eq!(kinds.len(), 7, "{kinds:?}");
}

#[test]
fn quotation_marks_within_quotation_marks_are_single() {
    let rows = [
        ("“智慧煤矿”", "你单位的“智慧煤矿”项目"),
        ("“一网统管”与“一网通办”平台", "你单位的“‘一网统管’与‘一网通办’平台”项目"),
        ("供热‘智控’“内“外””系统", "你单位的“供热‘智控’‘内“外”’系统”项目"),
        ("\"直引\"号与《标准》", "你单位的“‘直引’号与《标准》”项目"),
        ("“他说‘好’”", "你单位的“他说‘好’”项目"),
        ("5\"管径与O’Brien方案", "你单位的“5\"管径与O’Brien方案”项目"),
        ("”反“了的标记", "你单位的“”反“了的标记”项目"),
        ("“数字项目”", "你单位的“数字项目”在"),
    ];
    let organizations: Vec<String> = (1..=rows.len()).map(|n| format!("第{n}有限公司")).collect();
    let sheet: Vec<[&str; 6]> = rows
        .iter()
        .zip(&organizations)
        .map(|((project, _), organization)| {
            ["企业组", "一等奖", *project, organization, "王伟", ""]
        })
        .collect();
    let folder = Folder::with_rows(&sheet);
    let mut package = folder.package(&["--only", "荣誉证书"]);
    for ((project, printed), organization) in rows.iter().zip(&organizations) {
        package.pdf(organization).shows(printed);
        // What is registered is the sheet's.
        let manifest = package.manifest().to_string();
        let json = serde_json::to_string(project).unwrap();
        assert!(manifest.contains(json.trim_matches('"')), "{project}: {manifest}");
    }
}

#[test]
fn an_apostrophe_is_no_wider_than_a_letter() {
    let members = "Sean O’Brien、Jean D'Onald、D’Arcy L’Île";
    let folder = Folder::with_rows(&[[
        "企业组",
        "一等奖",
        "与O’Neil合作的“智控”",
        "山河有限公司",
        members,
        "√",
    ]]);
    let mut package = folder.package(&[]);
    let names: Vec<String> = package.names();
    let mut seen = 0;
    for name in names.iter().filter(|name| name.ends_with(".pdf") && !name.contains("打印册")) {
        let glyphs = glyphs::read(package.read(name));
        for three in glyphs.windows(3) {
            let [before, mark, after] = three else { unreachable!() };
            let latin = |glyph: &glyphs::Glyph| glyph.text.chars().all(char::is_alphabetic);
            let within = mark.text == "’" && latin(before) && latin(after);
            let same_line = (mark.y - after.y).abs() < 0.1 && after.x > mark.x;
            if within && same_line && before.text.is_ascii() {
                let width = (after.x - mark.x) / mark.size;
                assert!(width < 0.45, "{name}: {}’{} {width}", before.text, after.text);
                seen += 1;
            }
        }
    }
    assert!(seen > 8, "{seen}");
    package.pdf("QY-1-001").shows("O’Brien");
}

#[test]
fn no_line_ends_within_a_range_or_begins_with_a_dash() {
    let projects: Vec<String> = (1..=24)
        .map(|n| {
            let before = "面向晋商文化与新型能源产业的数字化协同创新应用示范"
                .chars()
                .take(n)
                .collect::<String>();
            format!("{before}2025—2026年度平台——智能调度、1～3号井")
        })
        .collect();
    let organizations: Vec<String> = (1..=24).map(|n| format!("第{n}号有限公司")).collect();
    let rows: Vec<[&str; 6]> = projects
        .iter()
        .zip(&organizations)
        .enumerate()
        .map(|(index, (project, organization))| {
            let recommended = if index % 4 == 0 { "√" } else { "" };
            ["企业组", "优胜奖", &**project, organization, "王伟", recommended]
        })
        .collect();
    let folder = Folder::with_rows(&rows);
    let mut package = folder.package(&[]);
    let names: Vec<String> = package.names();
    let mut broken = 0;
    for name in names.iter().filter(|name| name.ends_with(".pdf") && !name.contains("打印册")) {
        for line in glyphs::lines(package.read(name)) {
            // What is blank in the sheet, and the number of a page.
            if line == "—" || line.starts_with("— ") {
                continue;
            }
            assert!(!line.starts_with(['—', '～']), "{name}: {line}");
            let cut = line.ends_with("2025—") || line.ends_with("2025") || line.ends_with("1～");
            assert!(!cut, "{name}: {line}");
            broken += usize::from(line.ends_with("——"));
        }
    }
    // A dash does end lines: they were put to the test.
    assert!(broken > 0);
}
