//! Print volumes, sheets for sign-off, and what a printer or a print shop
//! needs.

use std::collections::HashSet;

use lopdf::Object;

use crate::support::{Folder, Package, Pdf};

/// The example contest without volumes of its own, and with these.
fn with_volumes(volumes: &str) -> Folder {
    let folder = Folder::example();
    let path = folder.path("contest.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let (before, _) = text.split_once("[[volumes]]").unwrap();
    folder.write("contest.toml", format!("{before}\n{volumes}"));
    folder
}

fn volume(keys: &str) -> Folder {
    with_volumes(&format!(
        "[[volumes]]\nname = \"合订本\"\nof = \"荣誉证书\"\npath = \"印制/合订本 {{part}}.pdf\"\n{keys}"
    ))
}

/// The numbers on the pages of a volume, in order.
fn numbers(pdf: &Pdf) -> Vec<String> {
    let pages: Vec<u32> = pdf.0.get_pages().keys().copied().collect();
    let numbers = pages.iter().map(|&page| {
        let text: String = pdf.0.extract_text(&[page]).unwrap().split_whitespace().collect();
        let start = text.find("JZCK2026-").unwrap_or_else(|| panic!("no number in {text}"));
        text[start..start + "JZCK2026-QY-1-001".len()].to_owned()
    });
    numbers.collect()
}

/// `[left, bottom, right, top]` of a page's box, in millimetres.
fn page_box(pdf: &Pdf, page: u32, name: &str) -> Option<[f64; 4]> {
    let id = pdf.0.get_pages()[&page];
    let edges = pdf.0.get_dictionary(id).unwrap().get(name.as_bytes()).ok()?;
    let edges: Vec<f64> =
        edges.as_array().unwrap().iter().map(|edge| f64::from(edge.as_float().unwrap())).collect();
    Some(std::array::from_fn(|index| edges[index] / 72.0 * 25.4))
}

/// Titles of the bookmarks with the levels they stand on.
fn bookmarks(pdf: &Pdf) -> Vec<(usize, String)> {
    fn walk(pdf: &Pdf, first: &Object, level: usize, into: &mut Vec<(usize, String)>) {
        let mut next = Some(first.clone());
        while let Some(Object::Reference(id)) = next {
            let item = pdf.0.get_dictionary(id).unwrap();
            into.push((level, lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap()));
            if let Ok(first) = item.get(b"First") {
                walk(pdf, first, level + 1, into);
            }
            next = item.get(b"Next").ok().cloned();
        }
    }
    let outlines = pdf.0.catalog().unwrap().get(b"Outlines").and_then(Object::as_reference);
    let outlines = pdf.0.get_dictionary(outlines.unwrap()).unwrap();
    let mut found = Vec::new();
    walk(pdf, outlines.get(b"First").unwrap(), 1, &mut found);
    found
}

#[test]
fn a_volume_has_every_certificate_in_the_order_of_the_ceremony() {
    let mut package = volume("").package(&["--only", "合订本"]);
    let pdf = package.pdf("合订本");
    let found = numbers(&pdf);
    assert_eq!(found.len(), 45);
    assert_eq!(found[0], "JZCK2026-QY-4-001");
    assert_eq!(found[14], "JZCK2026-CY-4-001", "an award at a time, group by group");
    assert_eq!(found[44], "JZCK2026-CY-1-001", "the first prizes last");
    assert_eq!(found.iter().collect::<HashSet<_>>().len(), 45);
    // A volume does not come without what it binds.
    let singles = package.names().iter().filter(|name| name.starts_with("荣誉证书/")).count();
    assert_eq!(singles, 45);
}

#[test]
fn a_volume_may_begin_with_the_highest_award_or_follow_the_sheet() {
    let highest = volume("order = \"highest-first\"").package(&["--only", "合订本"]).pdf("合订本");
    assert_eq!(
        numbers(&highest)[..3],
        ["JZCK2026-QY-1-001", "JZCK2026-QY-1-002", "JZCK2026-CY-1-001"]
    );
    let sheet = volume("order = \"sheet\"").package(&["--only", "合订本"]).pdf("合订本");
    assert_eq!(numbers(&sheet)[2], "JZCK2026-QY-2-001");
}

#[test]
fn a_volume_is_split_and_embeds_each_font_once() {
    let mut package = volume("pages = 20").package(&["--only", "合订本"]);
    let parts: Vec<_> =
        package.names().into_iter().filter(|name| name.contains("合订本")).collect();
    assert_eq!(parts, ["印制/合订本 01.pdf", "印制/合订本 02.pdf", "印制/合订本 03.pdf"]);
    let pages: Vec<_> = parts.iter().map(|part| package.pdf(part).pages()).collect();
    assert_eq!(pages, [20, 20, 5]);
    let pdf = package.pdf("合订本 01");
    let files = pdf.0.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts: Vec<_> = files
        .filter(|dict| {
            dict.get(b"Type").is_ok_and(|kind| kind.as_name().ok() == Some(b"FontDescriptor"))
        })
        .map(|dict| dict.get(b"FontName").unwrap().as_name().unwrap().to_vec())
        .collect();
    assert!(fonts.len() >= 3, "{}", fonts.len());
    assert_eq!(fonts.iter().collect::<HashSet<_>>().len(), fonts.len());
    let list = package.text("清单.csv");
    assert!(list.contains(",合订本,,印制/合订本 01.pdf,"), "{list}");
}

#[test]
fn bookmarks_lead_to_award_group_and_certificate() {
    let pdf = volume("").package(&["--only", "合订本"]).pdf("合订本");
    let bookmarks = bookmarks(&pdf);
    let at = |level| {
        bookmarks.iter().filter(move |it| it.0 == level).map(|it| it.1.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(at(1), ["优胜奖", "三等奖", "二等奖", "一等奖"]);
    assert_eq!(at(2), ["企业组", "创业组"].repeat(4));
    assert_eq!(at(3).len(), 45);
    assert!(at(3).contains(&"JZCK2026-QY-1-001 山西同创能源科技有限公司"), "{bookmarks:?}");
}

#[test]
fn a_print_shop_gets_bleed_crop_marks_and_process_ink() {
    let folder = with_volumes(
        "[[volumes]]\nname = \"印厂版\"\nof = \"获奖名单通知\"\npath = \"印厂.pdf\"\nbleed = 3\nink = \"process\"\n",
    );
    let mut package = folder.package(&["--only", "印厂版"]);
    let (shop, single) = (package.pdf("印厂"), package.pdf("公文/"));
    // Three of bleed, one of gap, five of mark on each side of A4.
    let [left, bottom, right, top] = page_box(&shop, 1, "MediaBox").unwrap();
    assert!((right - left - 228.0).abs() < 0.1 && (top - bottom - 315.0).abs() < 0.1);
    let [left, bottom, right, top] = page_box(&shop, 1, "TrimBox").unwrap();
    assert!((left - 9.0).abs() < 0.1 && (bottom - 9.0).abs() < 0.1);
    assert!((right - left - 210.0).abs() < 0.1 && (top - bottom - 297.0).abs() < 0.1);
    assert_eq!(page_box(&single, 1, "TrimBox"), None);
    // GB/T 9704 5.2.4: Y80 M80.
    let operators = |pdf: &Pdf| {
        let page = pdf.0.get_pages()[&1];
        lopdf::content::Content::decode(&pdf.0.get_page_content(page)).unwrap().operations
    };
    let red = |pdf: &Pdf| {
        let process = operators(pdf)
            .into_iter()
            .filter(|it| ["k", "K", "scn", "SCN"].contains(&it.operator.as_str()));
        process
            .map(|it| it.operands.iter().filter_map(|it| it.as_float().ok()).collect::<Vec<_>>())
            .any(|inks| matches!(inks[..], [0.0, m, y, 0.0] if (m - 0.8).abs() < 0.01 && (y - 0.8).abs() < 0.01))
    };
    assert!(red(&shop));
    assert!(!red(&single), "an archive's red is sRGB");
    assert_eq!(shop.pages(), single.pages());
}

#[test]
fn a_printer_that_misses_the_place_is_corrected() {
    let folder = with_volumes(
        "[[printers]]\nname = \"二楼\"\nx = 2.5\ny = -1\nscale = 101\n\n\
         [[volumes]]\nname = \"真\"\nof = \"荣誉证书\"\npath = \"真.pdf\"\n\n\
         [[volumes]]\nname = \"改\"\nof = \"荣誉证书\"\npath = \"改.pdf\"\nprinter = \"二楼\"\n",
    );
    let mut package = folder.package(&["--only", "真", "--only", "改"]);
    let (plain, moved) = (package.pdf("真"), package.pdf("改"));
    assert_eq!(numbers(&plain), numbers(&moved));
    // The first thing that both draw, with its place from the top left.
    let first = |pdf: &Pdf| {
        let page = pdf.0.get_pages()[&1];
        let content = lopdf::content::Content::decode(&pdf.0.get_page_content(page)).unwrap();
        let matrix = content.operations.into_iter().find(|it| it.operator == "cm").unwrap();
        let matrix: Vec<f64> =
            matrix.operands.iter().map(|it| f64::from(it.as_float().unwrap())).collect();
        let height = 210.0 / 25.4 * 72.0;
        [matrix[0], matrix[4], height - matrix[5]]
    };
    let ([scale, x, y], [new_scale, new_x, new_y]) = (first(&plain), first(&moved));
    let millimetres = |points: f64| points / 72.0 * 25.4;
    assert!((new_scale / scale - 1.01).abs() < 1e-4);
    assert!((millimetres(new_x - 1.01 * x) - 2.5).abs() < 1e-3);
    assert!((millimetres(new_y - 1.01 * y) + 1.0).abs() < 1e-3);
}

#[test]
fn a_volume_may_show_its_kind_with_other_facts() {
    let folder = volume("facts = { layer = \"text\" }");
    folder.edit("contest.toml", "design = \"formal\"", "layer = \"whole\"");
    folder.edit("contest.toml", "paper  = \"a4 landscape\"", "");
    let shown = "prove = [\"group\", \"award\", \"project\", \"organization\", \"members\", \"number\", \"code\"]";
    folder.edit("contest.toml", "# code   = false", &format!("{shown}\n# code = false"));
    folder.write(
        "templates/certificate.toml",
        "[document.layer]\nkind = \"text\"\nneeded = true\nmeaning = \"what is shown\"\n",
    );
    folder.write(
        "templates/certificate.typ",
        "#let entry = json(\"/entry.json\")\n#set text(font: \"Noto Serif SC\")\n\
         #let e = entry.entrants.first()\n#(e.group, e.award, e.project, e.organization).join()\n\
         #e.members.join()\n#entry.document.number\n\
         #image(bytes(entry.document.code.svg), format: \"svg\", width: 40mm)\n\
         #entry.document.facts.layer",
    );
    let mut package = folder.package(&["--only", "合订本"]);
    package.pdf("合订本").shows("001text");
    package.pdf("QY-1-001").shows("001whole");
}

#[test]
fn sheets_show_every_certificate_for_sign_off() {
    let folder = volume("template = \"contact.typ\"");
    let mut package = folder.package(&["--only", "合订本"]);
    let sheets = package.pdf("合订本");
    assert_eq!(sheets.pages(), 6, "eight to a page");
    let text = sheets.text();
    for number in (1..=14).map(|seq| format!("JZCK2026-QY-4-{seq:03}")) {
        // On the certificate and under it.
        assert_eq!(text.matches(&number).count(), 2, "{number}");
    }
    sheets.shows("核对人签字");
    assert_eq!(bookmarks(&sheets).iter().filter(|(level, _)| *level == 3).count(), 45);
}

#[test]
fn sheets_without_a_place_for_each_page_are_refused() {
    let folder = volume("template = \"few.typ\"");
    folder.write("templates/few.typ", "#block(width: 5cm, height: 4cm)[] <page>");
    let ran = folder.accolade("run", &["--only", "合订本"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("[places-differ]"), "{}", ran.stderr);
    assert!(ran.stderr.contains("1 个 <page> 位置，却有 45 页"), "{}", ran.stderr);
    assert!(folder.out().is_empty());
}

#[test]
fn a_page_that_only_fails_in_a_volume_stops_the_run() {
    let folder = volume("facts = { wide = true }");
    let declared = include_str!("../../templates/certificate.toml");
    let wide = "[document.wide]\nkind = \"yes-no\"\ndefault = false\nmeaning = \"too wide\"\n";
    folder.write("templates/certificate.toml", format!("{declared}\n{wide}"));
    folder.write(
        "templates/certificate.typ",
        "#let entry = json(\"/entry.json\")\n#set text(font: \"Noto Serif SC\")\n\
         #let e = entry.entrants.first()\n#(e.group, e.award, e.project, e.organization).join()\n\
         #e.members.join()\n#entry.document.number\n\
         #image(bytes(entry.document.code.svg), format: \"svg\", width: 40mm)\n\
         #if entry.document.facts.wide { place(dx: 30cm, [远]) }",
    );
    let ran = folder.accolade("run", &["--only", "合订本"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("[outside-page]"), "{}", ran.stderr);
    assert!(folder.out().is_empty());
}

#[test]
fn wrong_settings_are_told_together() {
    let folder = with_volumes(
        "[[printers]]\nname = \"一楼\"\nx = 80\nscale = 200\n\n\
         [[volumes]]\nname = \"荣誉证书\"\nof = \"奖状\"\npath = \"a.zip\"\npages = 0\norder = \"random\"\n\
         printer = \"三楼\"\nbleed = 99\nink = \"gold\"\ntemplates = \"x.typ\"\n",
    );
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.status, 1);
    let codes = ran.codes("error");
    assert_eq!(codes.iter().filter(|code| *code == "not-allowed").count(), 9, "{}", ran.stdout);
    assert_eq!(codes.iter().filter(|code| *code == "unknown-key").count(), 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| *code == "repeated").count(), 1, "{codes:?}");
}

#[test]
fn a_corrected_certificate_has_its_page_for_the_printer_when_asked() {
    let folder = volume("");
    folder.package(&[]);
    let corrected = ["JZCK2026-QY-1-001", "--set", "项目=新名称", "--reason", "更正"];
    folder.done("reissue", &[&corrected[..], &["--also", "合订本", "--out", "again"]].concat());
    let zip = std::fs::read_dir(folder.path("again")).unwrap().next().unwrap().unwrap().path();
    let pdf = Package::open(&zip).pdf("合订本");
    assert_eq!(pdf.pages(), 1);
    pdf.shows("新名称");
}

#[test]
fn volumes_are_the_same_bytes_on_any_number_of_threads() {
    let folder = volume("pages = 7");
    let bytes: HashSet<Vec<u8>> = ["1", "3"]
        .iter()
        .map(|threads| {
            folder.package(&["--only", "合订本", "--threads", threads]);
            std::fs::read(folder.zip()).unwrap()
        })
        .collect();
    assert_eq!(bytes.len(), 1);
}
