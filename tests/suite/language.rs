//! The language of a contest is that of everything that is made, whatever the
//! terminal speaks.

use std::fs;
use std::io::Read;

use lopdf::Object;
use zip::ZipArchive;

use crate::support::{Folder, Package, Pdf};

const ENGLISH: &str = r#"
package = "Tarn Robotics"

[contest]
name       = "Tarn County Robotics Open 2026"
organizers = ["Tarn County Schools", "Alder Museum of Science"]
date       = 2026-05-09
language   = "en"

[[groups]]
name = "Junior"
code = "J"
[[groups]]
name = "Senior"
code = "S"

[[awards]]
name = "First Prize"
[[awards]]
name = "Second Prize"

[fields]
Coach = { kind = "names" }

[[documents]]
name     = "Certificate of Award"
template = "certificate.typ"
each     = "entrant"
number   = "TCR26-{group.code}{seq:03}"
revision = "(corrected, revision {revision})"
path     = "Certificates/{group}/{number} {organization} {project}.pdf"
pages    = 1
[documents.facts]
design = "preprinted"

[[documents]]
name     = "Certificate of Thanks"
template = "certificate.typ"
each     = "Coach"
number   = "TCR26-C{seq:03}"
path     = "Coaches/{number} {member}.pdf"

[[documents]]
name     = "Delivery List"
template = "county.typ"
each     = "county"
path     = "Delivery/{county} List.pdf"

[[documents]]
name     = "Receipts"
template = "receipt.typ"
each     = "organization"
columns  = ["project", "award", { field = "registered_on", title = "Entered on" }]
path     = "Delivery/{organization} Receipts.pdf"
[documents.words]
handed = "{certificates} of {total}"

[[documents]]
name     = "All Receipts"
template = "receipt.typ"
each     = "contest"
path     = "Delivery/All.pdf"

[[documents]]
name     = "Test Page"
template = "calibration.typ"
each     = "contest"
path     = "Print/Test Page.pdf"
pages    = 1

[facts.province]
contest   = "National Robotics Open"
authority = "The National Robotics Board"

[[facts.contacts]]
unit   = "Open Office"
people = ["Ada Orr", "Ben Orr"]
phone  = "555-0100"

[[documents]]
name     = "Letter"
template = "letter.typ"
each     = "contest"
path     = "Official/Letter.pdf"
[documents.facts]
issuer = "Tarn County Schools"
number = { code = "TCS", seq = 4 }

[[documents]]
name     = "Form"
template = "recommendation.typ"
each     = "entrant"
path     = "Official/{organization} {project} Form.pdf"
[documents.facts]
issuer = "Tarn County Schools"

[[documents]]
name     = "Publicity"
template = "publicity.typ"
each     = "contest"
path     = "Official/Publicity.pdf"
public   = true
[documents.facts]
issuer  = "Tarn County Schools"
from    = 2026-05-09
to      = 2026-05-15
contact = { unit = "the Open Office", person = "Ada Orr", phone = "555-0100" }

[[documents]]
name     = "Results"
template = "results.typ"
each     = "contest"
path     = "Official/Results.pdf"
public   = true
[documents.facts]
issuer     = "Tarn County Schools"
number     = { code = "TCS" }
recipients = "To all schools"
copies     = "Copies: the County Council"
printed_by = "Tarn County Schools"
vouch      = true

[[volumes]]
name = "Print Volume"
of   = "Certificate of Award"
path = "Print/Volume {part}.pdf"

[[volumes]]
name     = "Overview"
of       = "Certificate of Award"
template = "contact.typ"
pages    = 2
path     = "Print/Overview {part}.pdf"
[volumes.words]
checked = "Approved for {contest} by:"
"#;

const WINNERS: [&[&str]; 4] = [
    &["Group", "Award", "Project", "Organization", "Members", "County", "Coach", "Registered on"],
    &[
        "Junior",
        "First Prize",
        "Kites: why / how?",
        "North School",
        "Ann Lee",
        "Upper Tarn",
        "Ed Ray",
        "2026-01-09",
    ],
    &[
        "Junior",
        "Second Prize",
        "Tides",
        "South School",
        "Bo Ray; Cy Dee",
        "Lower Tarn",
        "Flo Orr; Gus Kerr",
        "",
    ],
    &["Senior", "First Prize", "Ovens", "North School", "Di Fox", "", "Ed Ray", ""],
];

fn english() -> Folder {
    let folder = Folder::example();
    folder.write("contest.toml", ENGLISH);
    folder.workbook(&[("Winners", &WINNERS, &[])]);
    folder
}

/// What is Chinese in a text: letters, and marks that only Chinese text has.
fn chinese(text: &str) -> String {
    let is_chinese = |c: &char| {
        matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}')
            || matches!(c, '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
    };
    text.chars().filter(is_chinese).collect()
}

/// The first two English words of a text that stand together.
fn english_words(text: &str) -> Option<String> {
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let words: Vec<&str> = text.split([' ', '\n']).collect();
    words.windows(2).find(|pair| pair.iter().all(|word| is_word(word))).map(|pair| pair.join(" "))
}

/// Every text in a PDF: on its pages, in its bookmarks and in what describes it.
fn texts(pdf: &Pdf) -> Vec<String> {
    fn strings(object: &Object, found: &mut Vec<String>) {
        match object {
            Object::String(..) => found.extend(lopdf::decode_text_string(object)),
            Object::Array(items) => items.iter().for_each(|it| strings(it, found)),
            Object::Dictionary(entries) => entries.iter().for_each(|(_, it)| strings(it, found)),
            Object::Stream(stream) => {
                stream.dict.iter().for_each(|(_, it)| strings(it, found));
                if stream.dict.has_type(b"Metadata") {
                    let plain = stream.get_plain_content().unwrap();
                    found.push(String::from_utf8(plain).unwrap());
                }
            }
            _ => {}
        }
    }
    let pages: Vec<u32> = pdf.0.get_pages().keys().copied().collect();
    let mut found = vec![pdf.0.extract_text(&pages).unwrap()];
    pdf.0.objects.values().for_each(|object| strings(object, &mut found));
    found
}

/// Everything in a package that people read, each with where it stands.
fn read(package: &mut Package) -> Vec<(String, String)> {
    let mut read = Vec::new();
    for name in package.names() {
        read.push(("a file's name".to_owned(), name.clone()));
        if name.ends_with(".pdf") {
            read.extend(texts(&package.pdf(&name)).into_iter().map(|text| (name.clone(), text)));
        } else if name.ends_with(".csv") {
            read.push((name.clone(), package.text(&name)));
        }
    }
    let manifest = package.manifest();
    let documents = manifest["documents"].as_array().unwrap().iter();
    let statements = documents.filter_map(|it| it["statement"].as_str().map(str::to_owned));
    read.extend(statements.map(|text| ("a code".to_owned(), text)));
    read
}

/// The package that was made last, and everything in it and its name.
fn made(folder: &Folder) -> Vec<(String, String)> {
    let path = folder.zip();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let mut all = read(&mut Package::open(&path));
    all.push(("the package's name".to_owned(), name));
    fs::remove_file(path).unwrap();
    all
}

#[test]
fn nothing_that_an_english_contest_makes_is_chinese() {
    let folder = english();
    let mut all = Vec::new();
    folder.done("run", &["--draft"]);
    all.extend(made(&folder));
    folder.done("run", &[]);
    let path = folder.zip();
    let mut package = Package::open(&path);
    let names = package.names();
    for (part, said) in [
        ("Upper Tarn List", "Tarn County Robotics Open 2026: List of Certificates"),
        ("Upper Tarn List", "County: Upper Tarn"),
        ("Upper Tarn List", "Entries: 1; certificates: 2"),
        ("Delivery/List", "County: not given"),
        ("North School Receipts", "Organization: North School"),
        ("North School Receipts", "4 of 2"),
        ("North School Receipts", "Entered on"),
        ("North School Receipts", "9 January 2026"),
        ("All.pdf", "Certificates in all: 7."),
        ("Test Page", "scale = 10000 ÷ side"),
        ("Test Page", "three values for [[printers]] in contest.toml"),
        ("Overview 02", "Tarn County Robotics Open 2026: Overview (2 of 2)"),
        ("Overview 02", "Approved for Tarn County Robotics Open 2026 by:"),
        ("Overview 02", "Page 1 of 1"),
        ("Letter", "TCS/2026/4"),
        ("Letter", "Senior: 1 entry"),
        ("Letter", "Contact: Open Office, Ada Orr, Ben Orr, 555-0100"),
        ("Publicity", "This notice stands from 9 May 2026 to 15 May 2026."),
        ("Results", "Winners: Junior"),
        ("Results", "Annex 2"),
        ("South School Tides Form", "Recommended by: Tarn County Schools"),
    ] {
        package.pdf(part).shows(said);
    }
    assert!(names.contains(&"list.csv".to_owned()), "{names:?}");
    assert!(names.iter().any(|name| name.ends_with("North School Kites- why - how_.pdf")));
    let verified = folder.raw(&["verify", path.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(verified.status, 0, "{}", verified.stdout);
    all.extend(made(&folder));

    folder.done("run", &["--only", "Certificate of Thanks", "--only", "Certificate of Award"]);
    all.extend(made(&folder));
    folder.done("reissue", &["TCR26-J001", "--set", "project=Kites", "--reason", "typo"]);
    all.extend(made(&folder));
    let mut rows = WINNERS;
    rows[1] =
        &["Junior", "First Prize", "Kites", "North School", "Ann Li", "Upper Tarn", "Ed Ray", ""];
    rows[2] = &[
        "Junior",
        "Second Prize",
        "Tides",
        "South School",
        "Bo Rae; Cy Dee",
        "Lower Tarn",
        "Flo Orr; Gus Kerr",
        "",
    ];
    folder.workbook(&[("Winners", &rows, &[])]);
    folder.done("reissue", &["--from", "awards.xlsx", "--reason", "typos", "--yes"]);
    all.extend(made(&folder));
    folder.done("revoke", &["TCR26-C001", "--reason", "gone"]);
    for file in ["register.csv", "register.xlsx"] {
        folder.done("register", &["--export", file]);
    }
    all.push(("register.csv".to_owned(), fs::read_to_string(folder.path("register.csv")).unwrap()));
    let mut workbook =
        ZipArchive::new(fs::File::open(folder.path("register.xlsx")).unwrap()).unwrap();
    for index in 0..workbook.len() {
        let mut part = workbook.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        // A theme names a font for every script.
        if !name.contains("theme") {
            all.push((format!("register.xlsx, {name}"), text));
        }
    }
    folder.done("register", &["--publish", "web"]);
    all.push(("status.js".to_owned(), fs::read_to_string(folder.path("web/status.js")).unwrap()));
    let page = fs::read_to_string(folder.path("web/check.html")).unwrap();
    let carried = page.split_once(r#"type="application/json">"#).unwrap().1;
    let carried = carried.split_once('<').unwrap().0;
    assert!(carried.contains(r#""language":"en""#), "{carried}");
    all.push(("check.html".to_owned(), carried.to_owned()));

    let bad = all.iter().filter(|(_, text)| !chinese(text).is_empty());
    let bad: Vec<_> = bad.map(|(place, text)| format!("{place}: {}", chinese(text))).collect();
    assert!(bad.is_empty(), "{bad:#?}");
    let packages: Vec<&str> = all
        .iter()
        .filter(|(place, _)| place == "the package's name")
        .map(|(_, name)| name.as_str())
        .collect();
    assert_eq!(
        packages,
        [
            "Tarn Robotics (draft).zip",
            "Tarn Robotics.zip",
            "Tarn Robotics (Certificate of Award and 1 more).zip",
            "Tarn Robotics corrected TCR26-J001 revision 2.zip",
            "Tarn Robotics corrected TCR26-J001 revision 3 and others, 3 in all.zip",
        ]
    );
}

#[test]
fn what_is_held_is_told_in_the_contests_language() {
    let folder = english();
    let mut rows = WINNERS;
    rows[2] = &["Junior", "Grand Prize", "Tides", "South School", "Bo Ray", "Lower Tarn", "", ""];
    folder.workbook(&[("Winners", &rows, &[])]);
    for lang in ["zh", "en"] {
        folder.done("run", &["--hold", "--draft", "--lang", lang]);
        let path = folder.zip();
        assert!(path.ends_with("Tarn Robotics (1 row held, draft).zip"), "{}", path.display());
        let mut package = Package::open(&path);
        let held = package.text("held.csv");
        assert!(held.starts_with("\u{feff}Row,Cell,Reason,What to do\r\nWinners!"), "{held}");
        assert!(held.contains("Grand Prize") && held.lines().count() == 2, "{held}");
        for (place, text) in read(&mut package) {
            assert_eq!(chinese(&text), "", "{place}: {text}");
        }
        let manifest = package.text("manifest.json");
        assert_eq!(chinese(&manifest), "", "{manifest}");
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn nothing_that_a_chinese_contest_makes_is_english() {
    let folder = Folder::with_rows(&[
        ["企业组", "一等奖", "甲项目", "某某有限公司", "王伟、李强", "是"],
        ["创业组", "特等奖", "乙项目", "某某创客团队", "赵敏", ""],
    ]);
    let text = fs::read_to_string(folder.path("contest.toml")).unwrap();
    let page = "[[documents]]\nname = \"套打校准页\"\ntemplate = \"calibration.typ\"\n\
                each = \"contest\"\npath = \"套打校准页.pdf\"\n";
    folder
        .write("contest.toml", text.replacen("[[documents]]", &format!("{page}[[documents]]"), 1));
    let mut all = Vec::new();
    folder.done("run", &["--hold", "--draft", "--lang", "en"]);
    all.extend(made(&folder));
    folder.save(&[["企业组", "一等奖", "甲项目", "某某有限公司", "王伟、李强", "是"]]);
    folder.done("run", &["--lang", "en"]);
    all.extend(made(&folder));
    let number = "JZCK2026-QY-1-001";
    folder
        .done("reissue", &[number, "--set", "project=丙项目", "--reason", "更正", "--lang", "en"]);
    all.extend(made(&folder));
    folder.done("register", &["--export", "register.csv", "--lang", "en"]);
    all.push(("register.csv".to_owned(), fs::read_to_string(folder.path("register.csv")).unwrap()));
    let bad = all.iter().filter(|(_, text)| !text.starts_with("<?xpacket"));
    let bad = bad.filter_map(|(place, text)| Some(format!("{place}: {}", english_words(text)?)));
    let bad: Vec<_> = bad.collect();
    assert!(bad.is_empty(), "{bad:#?}");
    let has = |wanted: &str| all.iter().any(|(_, text)| text.contains(wanted));
    for wanted in
        ["清单.csv", "待处理.csv", "扣下1行，样张", "更正 JZCK2026-QY-1-001 第2版", "已被取代"]
    {
        assert!(has(wanted), "{wanted}");
    }
}
