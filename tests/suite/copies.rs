//! A certificate's PDF that went through other programs: what only looks
//! different is never called altered, and what says something else never passes.

use std::fs;
use std::path::Path;

use accolade::attest::code;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use serde_json::Value as Json;

use crate::support::{Folder, Package};

const NUMBER: &str = "JZCK2026-QY-1-001";

/// Two winners with their certificates as `1.pdf` and `2.pdf`.
fn issued() -> Folder {
    issued_with(|_| {})
}

fn issued_with(prepare: impl Fn(&Folder)) -> Folder {
    let folder = Folder::with_rows(&[
        ["企业组", "一等奖", "甲项目", "山河有限公司", "王伟、李强", "√"],
        ["企业组", "一等奖", "乙项目", "日月有限公司", "赵敏", ""],
    ]);
    prepare(&folder);
    let mut package = folder.package(&["--only", "荣誉证书"]);
    let mut names: Vec<_> =
        package.names().into_iter().filter(|name| name.ends_with(".pdf")).collect();
    names.sort();
    for (index, name) in names.iter().enumerate() {
        folder.write(&format!("{}.pdf", index + 1), package.read(name));
    }
    folder
}

fn load(folder: &Folder, name: &str) -> Document {
    Document::load(folder.path(name)).unwrap()
}

fn save(folder: &Folder, name: &str, mut document: Document) {
    document.save(folder.path(name)).unwrap();
}

/// What becomes of a PDF's metadata in most printers and mergers.
fn stripped(mut document: Document) -> Document {
    document.trailer.remove(b"Info");
    let catalog = document.catalog_mut().unwrap();
    catalog.remove(b"Metadata");
    document.prune_objects();
    document
}

fn page_of(document: &Document, number: u32) -> ObjectId {
    document.get_pages()[&number]
}

/// Draws over the first page, in points from its lower left corner.
fn drawn_over(mut document: Document, operators: &str) -> Document {
    let page = page_of(&document, 1);
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
    });
    let resources = document.get_or_create_resources(page).unwrap().as_dict_mut().unwrap();
    let mut fonts = match resources.get(b"Font") {
        Ok(Object::Dictionary(fonts)) => fonts.clone(),
        Ok(Object::Reference(id)) => {
            let id = *id;
            document.get_dictionary(id).unwrap().clone()
        }
        _ => Dictionary::new(),
    };
    fonts.set("Drawn", font);
    let resources = document.get_or_create_resources(page).unwrap().as_dict_mut().unwrap();
    resources.set("Font", fonts);
    let before = document.get_page_content(page);
    let all = [b"q\n", &before[..], b"\nQ\nq\n", operators.as_bytes(), b"\nQ\n"].concat();
    let content = document.add_object(Stream::new(Dictionary::new(), all));
    document.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Contents", content);
    document
}

/// The pages of two PDFs in one, as a merger makes it.
fn merged(mut first: Document, mut second: Document) -> Document {
    second.renumber_objects_with(first.max_id + 1);
    let pages: Vec<ObjectId> = second.get_pages().into_values().collect();
    first.max_id = second.max_id;
    first.objects.extend(second.objects);
    let root = first.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    for page in pages {
        // What a page has from its parent it must have itself.
        first.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Parent", root);
        let tree = first.get_object_mut(root).unwrap().as_dict_mut().unwrap();
        let mut kids = tree.get(b"Kids").unwrap().as_array().unwrap().clone();
        kids.push(page.into());
        tree.set("Count", kids.len() as i64);
        tree.set("Kids", kids);
    }
    stripped(first)
}

fn verified(folder: &Folder, name: &str) -> (i32, Json) {
    let ran = folder.raw(&["verify", name, "--register", ".", "--format", "json"]);
    (ran.status, ran.json())
}

fn names(list: &Json) -> Vec<&str> {
    let name = |it: &'static str| move |value: &Json| value.get(it).is_some();
    let facts = list.as_array().unwrap().iter();
    facts
        .map(|it| if name("fact")(it) { it["fact"].as_str() } else { it.as_str() })
        .map(Option::unwrap)
        .collect()
}

/// The code is genuine, every fact was found on the page, nothing is altered.
fn is_copy(folder: &Folder, name: &str, file: &str) {
    let (status, found) = verified(folder, name);
    assert_eq!((status, &found["verdict"], &found["file"]), (1, &"copy".into(), &file.into()));
    assert_eq!((names(&found["altered"]).len(), names(&found["unclear"]).len()), (0, 0), "{found}");
    assert_eq!(names(&found["compared"]).len(), 10, "{found}");
    assert_eq!(found["current"], true);
}

fn is_altered(folder: &Folder, name: &str, fact: &str) {
    let (status, found) = verified(folder, name);
    assert_eq!((status, &found["verdict"]), (1, &"altered".into()), "{name}: {found}");
    assert_eq!(names(&found["altered"]), [fact], "{name}: {found}");
    assert!(!names(&found["compared"]).contains(&fact), "{name}: {found}");
}

#[test]
fn the_file_that_was_issued_is_told_from_every_other() {
    let folder = issued();
    let (status, found) = verified(&folder, "1.pdf");
    assert_eq!(
        (status, &found["verdict"], &found["file"]),
        (0, &"genuine".into(), &"original".into())
    );
    // Saved anew it is the same to the eye.
    save(&folder, "saved.pdf", load(&folder, "1.pdf"));
    is_copy(&folder, "saved.pdf", "changed");
    save(&folder, "stripped.pdf", stripped(load(&folder, "1.pdf")));
    is_copy(&folder, "stripped.pdf", "unsigned");
    let original = fs::read(folder.path("1.pdf")).unwrap();
    folder.write("longer.pdf", [&original[..], b"\n"].concat());
    is_copy(&folder, "longer.pdf", "changed");
    for (lang, first, second) in [
        ("zh", "二维码真实，现行有效；但这不是当初发出的文件，请与纸质证书核对", "只核对了这些"),
        (
            "en",
            "the code is genuine and current, but this is not the file that was issued: compare it with the paper",
            "only these were compared",
        ),
    ] {
        let ran = folder.raw(&["verify", "stripped.pdf", "--register", ".", "--lang", lang]);
        assert!(ran.stdout.starts_with(first) && ran.stdout.contains(second), "{}", ran.stdout);
    }
    let ran = folder.raw(&["verify", "1.pdf", "--register", ".", "--lang", "en"]);
    assert!(ran.stdout.contains("the very file that was issued"), "{}", ran.stdout);
}

#[test]
fn a_bound_volume_is_an_original_with_every_certificate_in_it() {
    let folder = issued();
    let volume = ["--only", "荣誉证书打印册", "--out", "volume"];
    let ran = folder.accolade("run", &volume);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let zip = fs::read_dir(folder.path("volume")).unwrap().next().unwrap().unwrap().path();
    let mut package = Package::open(&zip);
    let name = package.names().into_iter().find(|name| name.contains("打印册")).unwrap();
    folder.write("volume.pdf", package.read(&name));
    let (status, found) = verified(&folder, "volume.pdf");
    assert_eq!((status, &found["verdict"]), (0, &"genuine".into()), "{found}");
    let certificates = found["certificates"].as_array().unwrap();
    assert_eq!(certificates.len(), 2);
    assert!(certificates.iter().all(|it| it["file"] == "original"), "{found}");
    // A page of it is no longer the file.
    save(&folder, "saved.pdf", load(&folder, "volume.pdf"));
    let (status, found) = verified(&folder, "saved.pdf");
    assert_eq!((status, &found["verdict"], names(&found["altered"]).len()), (1, &"copy".into(), 0));
}

#[test]
fn of_merged_certificates_each_is_verified_by_itself() {
    let folder = issued();
    save(&folder, "merged.pdf", merged(load(&folder, "1.pdf"), load(&folder, "2.pdf")));
    let (status, found) = verified(&folder, "merged.pdf");
    assert_eq!((status, &found["verdict"], names(&found["altered"]).len()), (1, &"copy".into(), 0));
    let certificates = found["certificates"].as_array().unwrap();
    let numbers: Vec<_> = certificates.iter().map(|it| &it["facts"]["number"]).collect();
    assert_eq!(numbers, [NUMBER, "JZCK2026-QY-1-002"]);
    for (page, certificate) in (1..).zip(certificates) {
        assert_eq!((&certificate["page"], &certificate["verdict"]), (&page.into(), &"copy".into()));
        assert_eq!(names(&certificate["compared"]).len(), 10, "{certificate}");
    }
    let ran = folder.raw(&["verify", "merged.pdf", "--register", ".", "--lang", "en"]);
    assert!(ran.stdout.contains("page 1: the code is genuine"), "{}", ran.stdout);
    assert!(ran.stdout.contains("page 2: the code is genuine"), "{}", ran.stdout);
    // One of them forged, though the other has what it lacks.
    let erased = drawn_over(load(&folder, "1.pdf"), ERASED);
    save(&folder, "mixed.pdf", merged(erased, load(&folder, "1.pdf")));
    let (_, found) = verified(&folder, "mixed.pdf");
    assert_ne!(found["certificates"][0]["verdict"], "genuine");
    assert!(!names(&found["certificates"][0]["compared"]).contains(&"number"), "{found}");
    save(
        &folder,
        "mixed.pdf",
        merged(drawn_over(load(&folder, "1.pdf"), ERASED), load(&folder, "2.pdf")),
    );
    let (status, found) = verified(&folder, "mixed.pdf");
    assert_eq!((status, &found["verdict"]), (1, &"altered".into()));
    assert_eq!(found["certificates"][0]["verdict"], "altered");
    assert_eq!(found["certificates"][1]["verdict"], "copy");
}

/// White over the line with the number, and no more.
const ERASED: &str = "1 g 190 65 200 22 re f";

#[test]
fn what_is_written_over_a_fact_does_not_pass_for_it() {
    let folder = issued();
    let original = || load(&folder, "1.pdf");
    let other = "0 g BT /Drawn 12 Tf 268 74 Td (JZCK2026-QY-1-777) Tj ET";
    for (name, drawn) in [
        ("erased.pdf", ERASED.to_owned()),
        ("replaced.pdf", format!("{ERASED} {other}")),
        // What is there but cannot be seen, or hardly.
        ("invisible.pdf", format!("{ERASED} BT 3 Tr /Drawn 12 Tf 400 20 Td ({NUMBER}) Tj ET")),
        ("tiny.pdf", format!("{ERASED} 0 g BT /Drawn 1 Tf 400 20 Td ({NUMBER}) Tj ET")),
        (
            "clipped.pdf",
            format!("{ERASED} 0 0 1 1 re W n BT /Drawn 12 Tf 400 20 Td ({NUMBER}) Tj ET"),
        ),
        ("outside.pdf", format!("{ERASED} 0 g BT /Drawn 12 Tf 400 -200 Td ({NUMBER}) Tj ET")),
        ("longer.pdf", format!("{ERASED} 0 g BT /Drawn 12 Tf 268 74 Td ({NUMBER}5) Tj ET")),
    ] {
        save(&folder, name, drawn_over(original(), &drawn));
        let (status, found) = verified(&folder, name);
        assert_eq!(status, 1, "{name}");
        assert!(!names(&found["compared"]).contains(&"number"), "{name}: {found}");
        if !["tiny.pdf", "invisible.pdf"].contains(&name) {
            is_altered(&folder, name, "number");
        }
    }
    // Printed over it without hiding it: only a person can tell.
    save(&folder, "over.pdf", drawn_over(original(), &other.replace("268 74", "265 74")));
    let (_, found) = verified(&folder, "over.pdf");
    assert!(!names(&found["compared"]).contains(&"number"), "{found}");
}

#[test]
fn a_stamp_alters_nothing_and_what_it_hides_is_left_to_a_person() {
    let folder = issued();
    let stamp =
        "1 0 0 RG 3 w 700 400 80 40 re S 1 0 0 rg BT /Drawn 14 Tf 705 415 Td (CHECKED) Tj ET";
    save(&folder, "stamped.pdf", drawn_over(load(&folder, "1.pdf"), stamp));
    is_copy(&folder, "stamped.pdf", "changed");
    // A page number below, text that was added: what cannot be told is said.
    let added = "0 g BT /Drawn 30 Tf 60 540 Td (NATIONAL LEVEL) Tj ET";
    save(&folder, "added.pdf", drawn_over(load(&folder, "1.pdf"), added));
    is_copy(&folder, "added.pdf", "changed");
    let over = "0 g BT /Drawn 12 Tf 285 74 Td (CHECKED) Tj ET";
    save(&folder, "over.pdf", drawn_over(load(&folder, "1.pdf"), over));
    let (_, found) = verified(&folder, "over.pdf");
    assert_eq!((&found["verdict"], names(&found["altered"]).len()), (&"copy".into(), 0), "{found}");
    assert_eq!(names(&found["unclear"]), ["number"], "{found}");
}

/// A template in English, which prints neither the kind's name nor the issuers,
/// and the date in this form.
fn in_english(folder: &Folder, date: &str) {
    folder.write(
        "templates/certificate.typ",
        format!(
            r#"#let entry = json("/entry.json")
#let (contest, document: job) = entry
#let winner = entry.entrants.first()
#let date = toml(bytes("date = " + contest.date)).date
#set page(paper: "a4", flipped: true)
#set text(font: ("Liberation Serif", "Noto Serif SC"), size: 14pt)
#align(center)[
  #text(28pt)[Award of Excellence]

  #winner.project of #winner.organization: #winner.members.join(", ")

  #winner.group #winner.award, 31 teams of 2026

  #contest.name

  {date}

  #job.number
  #if job.code != none {{ image(bytes(job.code.svg), format: "svg", width: 40mm) }}
]
"#
        ),
    );
    folder.edit("contest.toml", "date       = 2026-08-10", "date       = 2026-07-31");
}

const DATES: [&str; 4] = [
    r#"#date.display("[day] [month repr:long] [year]")"#,
    r#"#date.display("[month repr:long] [day], [year]")"#,
    r#"#date.display("[day]/[month]/[year]")"#,
    r#"le #date.day() juillet #date.year()"#,
];

#[test]
fn a_certificate_that_prints_its_facts_in_other_words_is_genuine() {
    for date in DATES {
        let folder = issued_with(|folder| in_english(folder, date));
        let (status, found) = verified(&folder, "1.pdf");
        assert_eq!((status, &found["verdict"]), (0, &"genuine".into()), "{date}: {found}");
        save(&folder, "stripped.pdf", stripped(load(&folder, "1.pdf")));
        let (status, found) = verified(&folder, "stripped.pdf");
        assert_eq!((status, &found["verdict"]), (1, &"copy".into()), "{date}: {found}");
        assert_eq!(names(&found["altered"]).len(), 0, "{date}: {found}");
        assert!(names(&found["compared"]).contains(&"date"), "{date}: {found}");
        assert_eq!(names(&found["unclear"]), ["kind", "issuer"], "{date}: {found}");
    }
}

#[test]
fn a_date_in_other_words_that_was_changed_is_caught() {
    let folder = issued_with(|folder| in_english(folder, DATES[0]));
    let manifest = Package::open(&folder.zip()).manifest();
    let statement = manifest["documents"][0]["statement"].as_str().unwrap();
    assert!(statement.contains("\n印作 日期 31 July 2026\n未印 文件、颁发\n"), "{statement}");
    let picture = code::draw(statement).unwrap().svg;
    for (forged, other) in [
        // The same characters in another order, too.
        ("13 July 2026", "date"),
        ("31 July 2025", "date"),
        ("131 July 2026", "date"),
        ("31 June 2026", "date"),
    ] {
        let forger =
            Folder::with_rows(&[["企业组", "一等奖", "甲项目", "山河有限公司", "王伟、李强", "√"]]);
        in_english(&forger, forged);
        forger.write("templates/code.svg", &picture);
        forger.edit(
            "templates/certificate.typ",
            "image(bytes(job.code.svg), format: \"svg\"",
            "image(\"code.svg\"",
        );
        let unproved = "#let (contest, document: job) = entry";
        forger.edit(
            "templates/certificate.typ",
            unproved,
            &format!("{unproved}\n#let job = (..job, code: (svg: \"\"))"),
        );
        forger.edit("contest.toml", "# code   = false", "code   = false");
        let mut package = forger.package(&["--only", "荣誉证书"]);
        let name = package.names().into_iter().find(|name| name.ends_with(".pdf")).unwrap();
        folder.write("forged.pdf", package.read(&name));
        is_altered(&folder, "forged.pdf", other);
    }
}

#[test]
fn a_picture_of_a_certificate_leaves_everything_to_a_person() {
    let folder = issued();
    // A picture lies over all but the code and what stands beside it.
    let mut document = load(&folder, "1.pdf");
    let page = page_of(&document, 1);
    let picture = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 2, "Height" => 2,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
        },
        vec![200, 90, 90, 200],
    );
    let picture = document.add_object(picture);
    document.add_xobject(page, "Drawn", picture).unwrap();
    let drawn = "841 0 0 420 0 175 cm /Drawn Do";
    save(&folder, "picture.pdf", drawn_over(document, drawn));
    let (status, found) = verified(&folder, "picture.pdf");
    assert_eq!(status, 1);
    assert_ne!(found["verdict"], "genuine");
    assert!(!names(&found["compared"]).contains(&"project"), "{found}");
}

#[test]
fn a_file_that_is_not_there_is_told_as_such() {
    let folder = issued();
    fs::create_dir(folder.path("folder.pdf")).unwrap();
    for (what, says) in [
        ("missing.pdf", "there is no such file"),
        ("no/folder/here", "there is no such file"),
        ("folder.pdf", "it is a folder"),
    ] {
        let ran = folder.raw(&["verify", what, "--register", ".", "--lang", "en"]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("[cannot-read]"), "{}", ran.stderr);
        assert!(ran.stderr.contains(says) && ran.stderr.contains(what), "{}", ran.stderr);
    }
    let ran = folder.raw(&["verify", "missing.pdf", "--register", "."]);
    assert!(ran.stderr.contains("missing.pdf：读不了：没有这个文件"), "{}", ran.stderr);
    assert!(Path::new(&folder.path("1.pdf")).exists());
}
