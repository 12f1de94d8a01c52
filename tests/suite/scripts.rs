//! Names in any script: whether they can be printed, and whether they are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::Folder;

const ARABIC: &str = "ئەلى سەمەت";
const VOWELLED: &str = "عَلِيّ بْنُ مُحَمَّد";
const INDIC: &str = "राजेश कुमार";

fn with_font(folder: &Folder, name: &str) {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts");
    folder.write(&format!("fonts/{name}"), fs::read(fonts.join(name)).unwrap());
}

/// Rows with these projects and members.
fn names(rows: &[(&str, &str)]) -> Folder {
    let organizations = ["山河有限公司", "江海有限公司", "日月有限公司", "星辰有限公司"];
    let rows: Vec<[&str; 6]> = rows
        .iter()
        .zip(organizations)
        .map(|((project, members), organization)| {
            ["企业组", "一等奖", project, organization, members, "√"]
        })
        .collect();
    Folder::with_rows(&rows)
}

#[test]
fn a_script_without_a_font_is_told_in_one_line_with_a_font_that_has_it() {
    let folder = names(&[
        ("शिक्षा 平台", INDIC),
        ("智慧煤矿", "王伟"),
        ("供热管网", &format!("{INDIC}、{VOWELLED}")),
        ("数字文旅", ARABIC),
    ]);
    let ran = folder.accolade("check", &["--format", "json"]);
    let found = ran.found("error");
    let place = |cell: &str| ("missing-glyph".to_owned(), cell.to_owned());
    assert_eq!(found, [place("名单!C2"), place("名单!E4")], "{}", ran.stdout);
    let json = ran.json();
    let [indic, arabic] = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["code"] == "missing-glyph")
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    assert!(indic.contains("天城文（Devanagari），3 个单元格"), "{indic}");
    assert!(indic.contains("Noto Sans Devanagari"), "{indic}");
    // The vowels above the letters, which other scripts use, too, are Arabic here.
    assert!(arabic.contains("阿拉伯文（Arabic），2 个单元格"), "{arabic}");
    assert!(arabic.contains("Noto Naskh Arabic"), "{arabic}");
    let english = folder.accolade("check", &["--lang", "en"]).stdout;
    assert!(english.contains("Devanagari, 3 cells: "), "{english}");
    assert!(english.contains("put a font such as Noto Sans Devanagari into"), "{english}");
    // All their rows are held, and no other.
    let mut package = folder.package(&["--only", "荣誉证书", "--hold"]);
    let held: BTreeSet<String> = package.manifest()["held"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["row"].as_str().or(row["source"].as_str()).unwrap().to_owned())
        .collect();
    assert_eq!(held.len(), 3, "{held:?}");
    package.pdf("江海有限公司").shows("智慧煤矿");
}

#[test]
fn rare_characters_are_named_with_their_code_points() {
    let folder = names(&[("\u{31350}项目", "王伟"), ("甲\u{31351}", "李\u{31350}")]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("missing-glyph".into(), "名单!C2".into())], "{}", ran.stdout);
    for part in ["U+31350", "U+31351", "名单!C3", "名单!E3", "Plangothic"] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
}

#[test]
fn names_from_right_to_left_and_with_marks_are_found_on_the_page() {
    let folder = names(&[
        ("智慧煤矿", &format!("王伟、{ARABIC}、{VOWELLED}")),
        (&format!("{INDIC} 平台"), &format!("{INDIC}、王伟")),
        ("“智慧”שלום עולם系统", "שָׁלוֹם כהן"),
        ("Nguyễn q\u{303} 系统 Ali، 2025 ئەلى", "ئەلى"),
    ]);
    with_font(&folder, "arabic.ttf");
    with_font(&folder, "devanagari.ttf");
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [], "{}", ran.stdout);
    assert_eq!(folder.package(&[]).manifest()["held"].as_array().map_or(0, Vec::len), 0);
}

#[test]
fn a_name_that_is_cut_short_is_missed_in_any_script() {
    let folder = names(&[("智慧煤矿", ARABIC), ("供热管网", INDIC), ("数字文旅", VOWELLED)]);
    with_font(&folder, "arabic.ttf");
    with_font(&folder, "devanagari.ttf");
    folder.edit("contest.toml", "# code   = false", "code   = false");
    folder.write(
        "templates/certificate.typ",
        "#let entry = json(\"/entry.json\")\n#let e = entry.entrants.first()\n\
         #set text(font: (\"Noto Serif SC\", ..sys.inputs.fonts.split(\"\\n\")), fallback: false)\n\
         #(e.group, e.award, e.organization, e.project, entry.document.number).join(\" \")\n\n\
         #e.members.map(name => name.codepoints().slice(0, -1).join()).join()",
    );
    let ran = folder.accolade("run", &["--only", "荣誉证书", "--format", "json"]);
    let cells = ["名单!E2", "名单!E3", "名单!E4"].map(|cell| ("not-readable".into(), cell.into()));
    assert_eq!(ran.found("error"), cells, "{}", ran.stdout);
}

#[test]
fn what_is_never_drawn_needs_no_font() {
    // A variation selector and a joiner, where they are not taken out before.
    let folder = names(&[("智慧\u{FE0F}煤矿", "王\u{E0100}伟、Ali\u{034F}")]);
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [], "{}", ran.stdout);
    folder.package(&[]);
}
