//! People in a field of names, several of whom may be one in name, school or
//! both: who holds which certificate when the sheet is corrected.

use std::collections::BTreeMap;
use std::fs;

use crate::support::{Folder, Ran};

const HEADER: [&str; 5] = ["Team", "School", "Name", "Coach", "Award"];
type Row = [&'static str; 5];

const ROWS: [Row; 3] = [
    ["Alder AB", "Alder Academy", "Ruth Abara, Simon Bly", "Jane Coetzee", "Champion"],
    ["Alder DG", "Alder Academy", "Dana Diaz, Gus Greene", "Jane Coetzee", "Finalist"],
    ["Oak EF", "Oak School", "Eve Evans", "Peter Lund", "Finalist"],
];

/// Coaches' certificates that print these fields, and other kinds.
fn contest(coach: &str, more: &str) -> String {
    format!(
        r#"
[contest]
name = "Debate"
organizers = ["Oak"]
date = 2026-05-05
language = "en"
[columns]
organization = "School"
[fields]
Team = {{ identifies = true }}
[[documents]]
name = "Coach Certificate"
template = "certificate.typ"
each = "Coach"
number = "K{{seq:03}}"
path = "K/{{number}} {{member}}.pdf"
[documents.words]
body = "{coach}"
{more}"#
    )
}

const SPEAKERS: &str = r#"
[[documents]]
name = "Certificate"
template = "certificate.typ"
each = "member"
number = "S{seq:03}"
path = "S/{number} {member}.pdf"
[documents.words]
body = "of {organization}, team {Team}"
"#;

const ALL: &str = "coach of {Team} ({organization})";

fn issued(rows: &[Row], coach: &str, more: &str) -> Folder {
    let folder = Folder::example();
    folder.write("contest.toml", contest(coach, more));
    save(&folder, rows);
    folder.done("run", &["--lang", "en"]);
    folder
}

fn save(folder: &Folder, rows: &[Row]) {
    let all: Vec<&[&str]> = std::iter::once(&HEADER).chain(rows).map(|row| &row[..]).collect();
    folder.sheet(&all);
}

fn with(rows: &[Row], changes: &[(&'static str, &'static str)]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    for cell in rows.iter_mut().flatten() {
        if let Some((_, now)) = changes.iter().find(|(was, _)| was == cell) {
            *cell = now;
        }
    }
    rows
}

fn from_sheet(folder: &Folder) -> Ran {
    let arguments = ["--from", "awards.xlsx", "--reason", "spelling", "--yes", "--lang", "en"];
    folder.accolade("reissue", &arguments)
}

/// Number → revision and whom it is for, of what counts.
fn valid(folder: &Folder) -> BTreeMap<String, (u64, String)> {
    let json = folder.done("register", &["--format", "json"]).json();
    let rows = json["certificates"].as_array().unwrap().iter();
    rows.filter(|row| row["status"] == "valid")
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            // A namesake's place is the register's own.
            let who = text("recipient").trim_end_matches(" #2").to_owned();
            (text("number"), (row["revision"].as_u64().unwrap(), who))
        })
        .collect()
}

fn is(revision: u64, who: &str) -> (u64, String) {
    (revision, who.to_owned())
}

/// What the sheet says is issued, and a run changes nothing.
fn settled(folder: &Folder) {
    let before = valid(folder);
    let ran = folder.done("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), []);
    folder.done("run", &["--replace"]);
    assert_eq!(valid(folder), before);
}

#[test]
fn a_coach_of_two_teams_of_one_school_is_corrected_on_both_certificates() {
    let folder = issued(&ROWS, ALL, "");
    save(&folder, &with(&ROWS, &[("Jane Coetzee", "Joan Coetzee")]));
    let ran = folder.accolade("check", &["--format", "json"]);
    let asked = ["名单!D2", "名单!D3"].map(|cell| ("resembles".into(), cell.into()));
    assert_eq!(ran.found("error"), asked, "{}", ran.stdout);
    assert!(!ran.codes("warning").contains(&"winners-missing".to_owned()), "{}", ran.stdout);
    let ran = folder.accolade("run", &["--lang", "en"]);
    for number in ["K001", "K002"] {
        let advice = format!("reissue DIR {number} --set member=\"Joan Coetzee\"");
        assert!(ran.stderr.contains(&advice), "{}", ran.stderr);
    }
    let ran = from_sheet(&folder);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let valid = valid(&folder);
    assert_eq!(valid["K001"], is(2, "Joan Coetzee"));
    assert_eq!(valid["K002"], is(2, "Joan Coetzee"));
    assert_eq!(valid["K003"], is(1, "Peter Lund"));
    settled(&folder);
}

#[test]
fn what_is_advised_for_each_does_it_for_each() {
    let folder = issued(&ROWS, ALL, "");
    save(&folder, &with(&ROWS, &[("Jane Coetzee", "Joan Coetzee")]));
    for number in ["K002", "K001"] {
        let set = ["--set", "member=Joan Coetzee", "--reason", "spelling"];
        folder.done("reissue", &[&[number][..], &set].concat());
    }
    settled(&folder);
}

#[test]
fn a_schools_name_in_several_rows_is_corrected_in_each() {
    for school in ["Alder Academy of Arts", "Birch"] {
        let folder = issued(&ROWS, ALL, SPEAKERS);
        save(&folder, &with(&ROWS, &[("Alder Academy", school)]));
        let ran = from_sheet(&folder);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let valid = valid(&folder);
        for (number, who) in [
            ("K001", is(2, "Jane Coetzee")),
            ("K002", is(2, "Jane Coetzee")),
            ("K003", is(1, "Peter Lund")),
            ("S001", is(2, "Ruth Abara")),
            ("S004", is(2, "Gus Greene")),
            ("S005", is(1, "Eve Evans")),
        ] {
            assert_eq!(valid[number], who, "{school} {number}");
        }
        settled(&folder);
    }
}

#[test]
fn school_team_and_people_may_be_corrected_at_once() {
    let folder = issued(&ROWS, ALL, SPEAKERS);
    let changes = [
        ("Alder Academy", "Alder Academy of Arts"),
        ("Jane Coetzee", "Joan Coetzee"),
        ("Alder AB", "Alder Red"),
        ("Ruth Abara, Simon Bly", "Ruth Abarra, Simon Blye"),
    ];
    save(&folder, &with(&ROWS, &changes));
    let ran = from_sheet(&folder);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let valid = valid(&folder);
    assert_eq!(valid["S001"], is(2, "Ruth Abarra"));
    assert_eq!(valid["S002"], is(2, "Simon Blye"));
    assert_eq!(valid["K001"], is(2, "Joan Coetzee"));
    settled(&folder);
}

#[test]
fn what_a_school_has_become_in_one_row_it_has_become_in_another() {
    let rows = with(&ROWS, &[("Dana Diaz, Gus Greene", "")]);
    let folder = issued(&rows, ALL, SPEAKERS);
    let changes =
        [("Alder Academy", "Birch"), ("Alder DG", "Red Kites"), ("Jane Coetzee", "Nora Nkosi")];
    save(&folder, &with(&rows, &changes));
    let ran = from_sheet(&folder);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(valid(&folder)["K002"], is(2, "Nora Nkosi"));
    settled(&folder);
}

#[test]
fn what_is_not_printed_is_registered_and_the_copies_still_count() {
    let folder = issued(&ROWS, "a coach", "");
    let before = valid(&folder);
    save(&folder, &with(&ROWS, &[("Alder Academy", "Alder Academy of Arts")]));
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.codes("error"), ["resembles"; 2], "{}", ran.stdout);
    let ran = from_sheet(&folder);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("still count"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("collect"), "{}", ran.stdout);
    assert_eq!(valid(&folder), before);
    settled(&folder);
    // As advised for each, too.
    let folder = issued(&ROWS[..1], "a coach", "");
    save(&folder, &with(&ROWS[..1], &[("Alder Academy", "Birch")]));
    let ran = folder.accolade("run", &[]);
    assert!(ran.stderr.contains("K001 --set organization=\"Birch\""), "{}", ran.stderr);
    folder.done("reissue", &["K001", "--set", "organization=Birch", "--reason", "renamed"]);
    settled(&folder);
}

#[test]
fn a_new_team_of_the_school_takes_no_number_of_one_that_is_gone() {
    // Neither the team nor who speaks for it is printed.
    let folder = issued(&ROWS, "a coach at {organization}", "");
    let new = ["Alder XY", "Alder Academy", "Nora Nkosi, Omar Odeh", "Jane Coetzee", "Finalist"];
    save(&folder, &[ROWS[0], new, ROWS[2]]);
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.codes("error"), ["resembles"], "{}", ran.stdout);
    folder.done("run", &["--new", "名单!A3", "--replace"]);
    assert_eq!(valid(&folder)["K004"], is(1, "Jane Coetzee"));
    save(&folder, &[ROWS[0], ROWS[1], ROWS[2], new]);
    settled(&folder);
}

#[test]
fn a_team_that_is_typed_anew_is_known_in_the_corrected_sheet() {
    let folder = issued(&ROWS, ALL, SPEAKERS);
    folder.done("reissue", &["K001", "--set", "Team=Alder Red", "--reason", "renamed"]);
    save(&folder, &with(&ROWS, &[("Alder AB", "Alder Red")]));
    // The speakers' say the former name.
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.codes("error"), ["fact-changed"; 2], "{}", ran.stdout);
    assert_eq!(from_sheet(&folder).status, 0);
    let valid = valid(&folder);
    assert_eq!(valid["K001"], is(2, "Jane Coetzee"));
    assert_eq!(valid["S002"], is(2, "Simon Bly"));
    settled(&folder);
}

/// A run and a reissue ask, with this advice among theirs, and write nothing.
fn asks(folder: &Folder, advice: &[&str]) {
    let register = fs::read(folder.path("register.db")).unwrap();
    let ran = folder.accolade("run", &["--lang", "en"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    for advice in advice {
        assert!(ran.stderr.contains(advice), "{advice}: {}", ran.stderr);
    }
    let ran = from_sheet(folder);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("[unclear-holder]"), "{}", ran.stderr);
    assert!(fs::read(folder.path("register.db")).unwrap() == register);
}

#[test]
fn where_place_and_name_disagree_it_is_asked() {
    let rows = [["Alder AB", "Alder Academy", "", "Jane Coetzee, Peter Lund", "Champion"]];
    let folder = issued(&rows, "coach of {Team}", "");
    save(&folder, &with(&rows, &[(rows[0][3], "Peter Lunt, Joan Coetzee")]));
    asks(&folder, &["K001 --set member=\"Joan Coetzee\"", "K002 --set member=\"Joan Coetzee\""]);
    folder.done("reissue", &["K001", "--set", "member=Joan Coetzee", "--reason", "spelling"]);
    folder.done("reissue", &["K002", "--set", "member=Peter Lunt", "--reason", "spelling"]);
    settled(&folder);
    let valid = valid(&folder);
    assert_eq!(valid["K001"], is(2, "Joan Coetzee"));
    assert_eq!(valid["K002"], is(2, "Peter Lunt"));
}

#[test]
fn whoever_comes_for_somebody_who_goes_is_asked_about() {
    let rows = [["Alder AB", "Alder Academy", "", "Jane Coetzee, Peter Lund", "Champion"]];
    let folder = issued(&rows, "coach of {Team}", "");
    save(&folder, &with(&rows, &[(rows[0][3], "Peter Lund, Nora Nkosi")]));
    asks(&folder, &["K001 --set member=\"Nora Nkosi\"", "--new '名单!B2'"]);
    folder.done("run", &["--new", "名单!B2", "--replace"]);
    let valid = valid(&folder);
    assert_eq!(valid["K001"], is(1, "Jane Coetzee"));
    assert_eq!(valid["K002"], is(1, "Peter Lund"));
    assert_eq!(valid["K003"], is(1, "Nora Nkosi"));
}

#[test]
fn people_who_change_teams_keep_their_numbers_or_are_asked_about() {
    let folder = issued(&ROWS, ALL, SPEAKERS);
    // Simon and Dana had been mixed up.
    let changes = [
        ("Ruth Abara, Simon Bly", "Ruth Abara, Dana Diaz"),
        ("Dana Diaz, Gus Greene", "Simon Bly, Gus Greene"),
    ];
    save(&folder, &with(&ROWS, &changes));
    asks(&folder, &["S002 --set member=\"Dana Diaz\"", "S003 --set"]);
}

#[test]
fn a_school_whose_teams_all_changed_is_asked_about() {
    let each = SPEAKERS.replace("each = \"member\"", "each = \"entrant\"");
    let each = each.replace("{member}", "{organization}");
    let rows = [
        ["Alder AB", "Alder Academy", "", "Jane Coetzee", "Champion"],
        ["Alder DG", "Alder Academy", "", "Jane Coetzee", "Finalist"],
    ];
    let folder = issued(&rows, ALL, &each);
    save(&folder, &with(&rows, &[("Alder AB", "Red Kites"), ("Alder DG", "Blue Jays")]));
    asks(&folder, &["S001 --set Team=\"Red Kites\"", "S002 --set Team=\"Red Kites\""]);
    for (number, team) in [("S001", "Red Kites"), ("K001", "Red Kites"), ("K002", "Blue Jays")] {
        let set = format!("Team={team}");
        folder.done("reissue", &[number, "--set", &set, "--reason", "renamed"]);
    }
    assert_eq!(from_sheet(&folder).status, 0, "one is left");
    settled(&folder);
}

#[test]
fn of_two_namesakes_the_one_in_that_place_is_corrected() {
    let rows = [["Alder AB", "Alder Academy", "", "Ann Li, Ann Li", "Champion"]];
    for (coaches, first, second) in [
        ("Anne Lee, Ann Li", is(2, "Anne Lee"), is(1, "Ann Li")),
        ("Ann Li, Anne Lee", is(1, "Ann Li"), is(2, "Anne Lee")),
        ("Anne Lee, Anne Lee", is(2, "Anne Lee"), is(2, "Anne Lee")),
    ] {
        let folder = issued(&rows, "coach of {Team}", "");
        save(&folder, &with(&rows, &[("Ann Li, Ann Li", coaches)]));
        let ran = from_sheet(&folder);
        assert_eq!(ran.status, 0, "{coaches}: {}", ran.stderr);
        let valid = valid(&folder);
        assert_eq!((&valid["K001"], &valid["K002"]), (&first, &second), "{coaches}");
        settled(&folder);
    }
}

#[test]
fn a_namesake_that_was_typed_anew_leaves_the_other_what_is_his() {
    let rows = [["Alder AB", "Alder Academy", "", "Ann Li, Ann Li", "Champion"]];
    for (number, coaches) in [("K001", "Anne Lee, Ann Li"), ("K002", "Ann Li, Anne Lee")] {
        let folder = issued(&rows, "coach of {Team}", "");
        folder.done("reissue", &[number, "--set", "member=Anne Lee", "--reason", "spelling"]);
        save(&folder, &with(&rows, &[("Ann Li, Ann Li", coaches)]));
        settled(&folder);
        assert_eq!(valid(&folder)[number], is(2, "Anne Lee"));
    }
}

const SCHOOL: &str = r#"
#set document(title: "x")
#set text(font: "Noto Serif SC")
#let entry = json("/entry.json")
#entry.document.number
"#;

#[test]
fn what_many_share_is_known_by_who_they_are() {
    let schools = r#"
[[documents]]
name = "School Award"
template = "school.typ"
each = "organization"
number = "O{seq:03}"
path = "O/{number} {organization}.pdf"
prove = ["number"]
"#;
    let folder = Folder::example();
    folder.write("contest.toml", contest(ALL, schools));
    folder.write("templates/school.typ", SCHOOL);
    save(&folder, &ROWS);
    folder.done("run", &[]);
    let before = valid(&folder);
    save(&folder, &with(&ROWS, &[("Alder Academy", "Birch")]));
    let ran = from_sheet(&folder);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let after = valid(&folder);
    assert_eq!(after.len(), before.len());
    assert_eq!(after["O001"].0, 1, "nothing that it states has changed");
    settled(&folder);
}
