//! The built-in templates as a designer meets them: plain typst with a sample
//! entry beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::support::Folder;

fn sample() -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/entry.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What the engine really serves to a kind's template, as that prints it.
fn served(kind: &str, template: &str) -> Json {
    let folder = Folder::example();
    folder.edit("contest.toml", "# code   = false", "code   = false");
    folder.write(
        template,
        "#set document(title: \"x\")\n#set page(width: auto, height: auto)\n#set text(font: \"Noto Serif SC\")\n#raw(read(\"/entry.json\"))",
    );
    let mut package = folder.package(&["--only", kind]);
    let name = package.names().into_iter().find(|name| name.ends_with(".pdf")).unwrap();
    serde_json::from_str(&package.pdf(&name).text()).unwrap()
}

fn keys(value: &Json) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_sample_entry_has_the_shape_of_a_real_one() {
    let (sample, served) = (sample(), served("荣誉证书", "templates/certificate.typ"));
    assert_eq!(keys(&sample), keys(&served));
    for part in ["contest", "document"] {
        assert_eq!(keys(&sample[part]), keys(&served[part]), "{part}");
    }
    assert_eq!(keys(&sample["contest"]["facts"]), keys(&served["contest"]["facts"]));
    assert_eq!(keys(&sample["document"]["words"]), keys(&served["document"]["words"]));
}

#[test]
fn a_certificate_sees_of_the_sheet_what_its_words_name() {
    let whole = served("分发清单", "templates/county.typ");
    assert_eq!(keys(&sample()["entrants"][0]), keys(&whole["entrants"][0]));
    let stated = served("荣誉证书", "templates/certificate.typ");
    let seen = [
        "award",
        "certificates",
        "extra",
        "group",
        "members",
        "organization",
        "project",
        "recipient",
        "source",
    ];
    assert_eq!(keys(&stated["entrants"][0]), BTreeSet::from(seen));
    assert_eq!(stated["entrants"][0]["extra"], serde_json::json!({}));
}

#[test]
fn the_contests_own_fonts_are_preferred() {
    let folder = Folder::example();
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/titles");
    folder.edit(
        "contest.toml",
        "# [documents.words]\n# heading   =",
        "[documents.words]\nprize = \"{award}\"\n# heading =",
    );
    folder.edit("contest.toml", "# code   = false", "code   = false");
    // A bureau's 小标宋, here a bundled font under its licensed name.
    let font = fs::read(fonts.join("NotoSansSC-Medium.ttf")).unwrap();
    folder.write("fonts/own.ttf", font);
    folder.write(
        "templates/certificate.typ",
        "#set document(title: \"x\")\n#set text(font: \"Noto Serif SC\")\n#let e = json(\"/entry.json\").entrants.first()\n#sys.inputs.fonts #e.organization #e.project #e.award #e.members.join() #json(\"/entry.json\").document.number",
    );
    folder.package(&["--only", "荣誉证书"]).pdf("QY-1-001").shows("Noto Sans SC");
}

#[test]
fn a_template_of_the_contest_wins_over_the_built_in_one() {
    let folder = Folder::example();
    folder.write(
        "templates/lib/dates.typ",
        "#let parse(iso) = datetime(year: 2026, month: 1, day: 1)\n#let arabic(iso) = \"某年某月某日\"\n",
    );
    folder.package(&["--only", "获奖名单通知"]).pdf("通知").shows("某年某月某日印发");
}
