//! Whom the register knows a certificate's holder by: what it could not tell
//! apart is found before anything is issued, and nobody's number goes to another.

use std::collections::BTreeSet;
use std::fs;

use accolade::fault::{Diagnostics, Severity};
use accolade::folder::{Account, Checked, Order, Selection};
use accolade::package::Listed;
use accolade::register::Register;
use jiff::Timestamp;
use proptest::prelude::*;

use crate::support::{self, Folder, HEADER, Package, go};

const ROWS: [[&str; 6]; 3] = [
    ["企业组", "一等奖", "风铃", "北斗", "王伟、李强", ""],
    ["企业组", "一等奖", "竹马", "昆仑", "赵敏", ""],
    ["创业组", "二等奖", "青瓷", "鲸落", "钱进", ""],
];
const CERTIFICATES: [&str; 2] = ["--only", "荣誉证书"];

/// A contest in which each member has a certificate.
fn for_members(rows: &[[&str; 6]]) -> Folder {
    let folder = Folder::with_rows(rows);
    folder.edit("contest.toml", "each     = \"entrant\"\nnumber", "each     = \"member\"\nnumber");
    folder.edit("contest.toml", "{number} {organization}.pdf", "{number} {member}.pdf");
    folder
}

/// The rows with an identifier each.
fn save_with(folder: &Folder, rows: &[[&str; 6]], identifiers: &[&str]) {
    let mut all = vec![[&HEADER[..], &["项目编号"]].concat()];
    let rows = rows.iter().zip(identifiers);
    all.extend(rows.map(|(row, identifier)| [&row[..], &[identifier]].concat()));
    folder.sheet(&all.iter().map(|row| &row[..]).collect::<Vec<_>>());
}

/// Number and recipient of everything in the package.
fn numbers(folder: &Folder, name: &str) -> Vec<(String, String)> {
    let manifest = Package::open(&folder.path(name)).manifest();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let documents = manifest["documents"].as_array().unwrap().iter();
    documents.map(|it| (text(&it["number"]), text(&it["recipient"]))).collect()
}

const PACKAGE: &str = "out/晋中创客中国2026获奖文件（荣誉证书）.zip";

#[test]
fn two_members_of_one_name_are_told_apart_by_their_places() {
    let mut rows = ROWS;
    rows[0][4] = "王伟、李强、王　伟";
    let folder = for_members(&rows);
    let same = ("same-member".to_owned(), "名单!E2".to_owned());
    let ran = folder.accolade("check", &["--format", "json"]);
    assert!(ran.found("warning").contains(&same), "{}", ran.stdout);
    assert!(ran.stdout.contains("2 个“王伟”（第 1、3 人）"), "{}", ran.stdout);
    folder.done("run", &CERTIFICATES);
    let issued = numbers(&folder, PACKAGE);
    assert_eq!(issued.iter().filter(|(_, who)| who == "王伟").count(), 2);
    // Once and for ever: the same numbers, whatever stands between them.
    rows[0][4] = "李强、王伟、王伟";
    folder.save(&rows);
    folder.done("run", &CERTIFICATES);
    let again: BTreeSet<_> = numbers(&folder, PACKAGE).into_iter().collect();
    assert_eq!(again, issued.iter().cloned().collect::<BTreeSet<_>>());
}

#[test]
fn a_correction_makes_no_two_members_of_one_name() {
    let mut rows = ROWS;
    rows[0][4] = "王伟（大）、李强、王伟（小）";
    let folder = for_members(&rows);
    folder.done("run", &CERTIFICATES);
    let issued = numbers(&folder, PACKAGE);
    folder.done("run", &CERTIFICATES);
    assert_eq!(numbers(&folder, PACKAGE), issued);
    folder.done("check", &[]);
    // Nor does a correction make two of one name.
    let arguments = ["JZCK2026-QY-1-002", "--set", "姓名=王伟（小）", "--reason", "更正"];
    let ran = folder.accolade("reissue", &arguments);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("[same-certificate]"), "{}", ran.stderr);
    folder.done("check", &[]);
}

#[test]
fn where_no_member_has_a_certificate_two_may_have_one_name() {
    let mut rows = ROWS;
    rows[0][4] = "王伟、王伟";
    let folder = Folder::with_rows(&rows);
    folder.done("run", &CERTIFICATES);
    folder.done("run", &CERTIFICATES);
}

#[test]
fn a_members_name_is_taken_as_it_is_read_and_not_as_it_was_typed() {
    let folder = for_members(&ROWS);
    folder.done("run", &CERTIFICATES);
    folder.done("reissue", &["JZCK2026-QY-1-002", "--set", "姓名= 李　墙", "--reason", "更正"]);
    let mut rows = ROWS;
    rows[0][4] = "王伟、李墙";
    folder.save(&rows);
    folder.done("run", &CERTIFICATES);
    let issued = numbers(&folder, PACKAGE);
    assert_eq!(issued[1], ("JZCK2026-QY-1-002".into(), "李墙".into()));
}

#[test]
fn a_name_that_a_corrected_certificate_had_is_nobody_elses() {
    let folder = Folder::with_rows(&ROWS);
    folder.done("run", &CERTIFICATES);
    folder.done("reissue", &["JZCK2026-QY-1-001", "--set", "project=风筝", "--reason", "更正"]);
    let mut corrected = ROWS;
    corrected[0][2] = "风筝";
    // A new project of that team has the name that the first one had by mistake.
    folder.save(&[ROWS[0], corrected[0], ROWS[1], ROWS[2]]);
    for arguments in [&["check", "."][..], &["run", "."], &["run", ".", "--new", "名单!C2"]] {
        let ran = folder.raw(&[arguments, &["--format", "json"]].concat());
        let found = ran.found("error");
        assert_eq!(found, [("same-certificate".into(), "名单!C2".into())], "{arguments:?}");
        let message = ran.json()["diagnostics"][0]["message"].to_string();
        assert!(message.contains("JZCK2026-QY-1-001") && message.contains("名单!C3"), "{message}");
    }
}

#[test]
fn a_column_of_identifiers_that_is_numbered_anew_moves_no_number() {
    // Once with and once without the facts among those that are proved.
    let few = "[documents.words]\nrecipient = \"获奖者：\"\nbody = \"\"\nprize = \"{award}\"\nmembers = \"\"";
    for words in ["", few] {
        let folder = Folder::with_rows(&ROWS);
        folder.edit(
            "contest.toml",
            "# [documents.words]\n# heading   =",
            &format!("{words}\n# heading ="),
        );
        save_with(&folder, &ROWS, &["1", "2", "3"]);
        folder.done("run", &CERTIFICATES);
        let issued: BTreeSet<_> = numbers(&folder, PACKAGE).into_iter().collect();
        save_with(&folder, &[ROWS[2], ROWS[0], ROWS[1]], &["1", "2", "3"]);
        let ran = folder.accolade("check", &["--format", "json"]);
        assert_eq!(ran.status, 0, "{}", ran.stdout);
        assert_eq!(ran.found("info"), [("identifiers-moved".into(), "名单!G2".into())]);
        folder.done("run", &CERTIFICATES);
        assert_eq!(numbers(&folder, PACKAGE).into_iter().collect::<BTreeSet<_>>(), issued);
        // Whoever was corrected at the same time is asked about, and finds the
        // own number.
        let mut rows = ROWS;
        rows[0][2] = "风筝";
        save_with(&folder, &[rows[2], rows[0], rows[1]], &["1", "2", "3"]);
        let ran = folder.accolade("run", &CERTIFICATES);
        assert!(ran.stderr.contains("[resembles]"), "{}", ran.stderr);
        assert!(ran.stderr.contains("reissue 文件夹 JZCK2026-QY-1-001 "), "{}", ran.stderr);
        assert!(!ran.stderr.contains("revoke") && !ran.stderr.contains("register.db"));
    }
}

#[test]
fn identifiers_that_lead_to_strangers_are_not_believed() {
    let folder = Folder::with_rows(&ROWS);
    save_with(&folder, &ROWS, &["1", "2", "3"]);
    folder.done("run", &CERTIFICATES);
    let strangers = [
        ["企业组", "一等奖", "琥珀", "星河", "周明", ""],
        ["企业组", "一等奖", "铜镜", "云门", "孙丽", ""],
        ["创业组", "二等奖", "木屐", "松间", "吴越", ""],
    ];
    save_with(&folder, &strangers, &["1", "2", "3"]);
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("other-roster".into(), String::new())]);
}

/// The contest a year later.
fn next_year(folder: &Folder, number: bool) {
    for (from, to) in [
        ("name       = \"2026年", "name       = \"2027年"),
        ("date       = 2026-08-10", "date       = 2027-08-10"),
    ] {
        folder.edit("contest.toml", from, to);
    }
    if number {
        folder.edit("contest.toml", "JZCK2026", "JZCK2027");
    }
}

#[test]
fn last_years_certificates_are_never_to_be_revoked_for_this_years() {
    let again = ["企业组", "二等奖", "风铃", "北斗", "王伟", ""];
    let new = ["企业组", "一等奖", "琥珀", "星河", "周明", ""];
    for number in [true, false] {
        for rows in [&[again, new][..], &[new]] {
            let folder = Folder::with_rows(&ROWS);
            folder.done("run", &CERTIFICATES);
            let register = fs::read(folder.path("register.db")).unwrap();
            next_year(&folder, number);
            folder.save(rows);
            for command in ["check", "run"] {
                let ran = folder.accolade(command, &["--format", "json"]);
                assert_eq!(ran.status, 1, "{}", ran.stdout);
                assert_eq!(ran.found("error"), [("contest-changed".into(), String::new())]);
                let ran = folder.accolade(command, &[]);
                let said = ran.stdout + &ran.stderr;
                assert!(said.contains("contest.toml:11:"), "{said}");
                assert!(said.contains("另建文件夹"), "{said}");
                assert!(!said.contains("accolade revoke"), "{said}");
                assert!(!said.contains("register.db"), "{said}");
            }
            assert!(fs::read(folder.path("register.db")).unwrap() == register);
        }
    }
}

#[test]
fn a_mistake_in_the_contests_name_is_corrected_by_a_reissue() {
    let folder = Folder::with_rows(&ROWS);
    folder.done("run", &CERTIFICATES);
    next_year(&folder, false);
    let mut rows = ROWS;
    rows[0][2] = "风筝";
    folder.save(&rows);
    folder.done("reissue", &["--from", "awards.xlsx", "--reason", "年份有误", "--yes"]);
    folder.done("check", &[]);
    folder.done("run", &CERTIFICATES);
    assert_eq!(numbers(&folder, PACKAGE)[0], ("JZCK2026-QY-1-001".into(), "北斗".into()));
}

#[test]
fn what_contest_toml_changes_in_all_certificates_is_told_once_and_at_its_line() {
    let folder = Folder::with_rows(&ROWS);
    folder.done("run", &CERTIFICATES);
    folder.edit("contest.toml", "date       = 2026-08-10", "date       = 2026-08-12");
    let ran = folder.accolade("run", &[]);
    assert_eq!(ran.stderr.matches("错误").count(), 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("contest.toml:13:14"), "{}", ran.stderr);
    assert!(ran.stderr.contains("3 份证书，日期是“2026-08-10”"), "{}", ran.stderr);
    folder.edit("contest.toml", "date       = 2026-08-12", "date       = 2026-08-10");
    folder.edit("contest.toml", "JZCK2026-", "JZ2026-");
    let ran = folder.accolade("run", &[]);
    assert_eq!(ran.stderr.matches("错误").count(), 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("[numbers-changed]"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("accolade revoke"), "{}", ran.stderr);
}

#[test]
fn who_is_missing_may_stand_in_a_held_row() {
    let folder = Folder::with_rows(&ROWS);
    folder.done("run", &CERTIFICATES);
    let mut rows = ROWS;
    rows[0][1] = "一等将";
    folder.save(&rows);
    let ran = folder.done("run", &["--hold", "--only", "荣誉证书"]);
    assert!(ran.stderr.contains("扣下的 1 行"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("revoke"), "{}", ran.stderr);
}

#[test]
fn a_sheet_of_which_most_are_unknown_is_another_one() {
    let names: Vec<String> =
        ('甲'..).filter(|it| it.is_alphabetic()).step_by(97).take(60).map(String::from).collect();
    let row =
        |at: usize| ["企业组", "优胜奖", names[at].as_str(), names[59 - at].as_str(), "王伟", ""];
    let first: Vec<_> = (0..14).map(row).collect();
    let folder = Folder::with_rows(&first);
    folder.done("run", &CERTIFICATES);
    // One of them takes part again.
    let next: Vec<_> = std::iter::once(row(0)).chain((15..29).map(row)).collect();
    folder.save(&next);
    let ran = folder.accolade("run", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("other-roster".into(), String::new())]);
    let help = ran.json()["diagnostics"][0]["help"].to_string();
    assert!(help.contains("登记簿请留着"), "{help}");
}

#[test]
fn names_that_differ_in_blanks_alone_are_one() {
    let folder = Folder::example();
    folder.edit("contest.toml", "name     = \"推荐书\"", "name     = \"荣誉 证书\"");
    let ran = folder.accolade("check", &["--format", "json"]);
    assert_eq!(ran.found("error"), [("repeated".into(), String::new())]);
}

/// A kind of document: for whom, and how it is numbered.
const KINDS: [(&str, &str); 10] = [
    ("entrant", "E-{group.code}-{seq:02}"),
    ("entrant", "S-{seq:02}"),
    ("entrant", "{project}-{seq}"),
    ("member", "M-{seq:02}"),
    ("member", "S-{seq:02}"),
    ("contest", "C-{seq}"),
    ("group", "{group.code}-{seq}"),
    ("award", "A{award.rank}-{seq}"),
    ("county", "{county}-{seq}"),
    ("organization", "O-{seq}"),
];

/// What may stand in each column: some are one name written in two ways.
const CELLS: [&[&str]; 7] = [
    &["企业组", "企业", "创业组"],
    &["一等奖", "二 等 奖"],
    &["风铃", "风 铃", "竹马"],
    &["北斗", "北 斗", "昆仑"],
    &["王伟", "王伟、王　伟", "王伟、李强", "John Smith、John  Smith", "李强、王伟、赵敏", ""],
    &["榆次区", "榆次", ""],
    &["", "", "1", "2", "企业组|北斗|风铃"],
];

/// Everything that is there, as a page shows it.
const TEMPLATE: &str = r#"
#set document(title: "x")
#set text(font: "Noto Serif SC")
#let entry = json("/entry.json")
#entry.document.number #entry.member
#for it in entry.entrants [
  #for field in ("group", "award", "project", "organization", "members", "county") [
    #let seen = it.at(field, default: "")
    #if type(seen) == array { seen.join("、") } else { seen }
  ]
]
"#;

fn contest(kinds: &[usize], proved: bool) -> String {
    let mut text = r#"
sheet = "awards.csv"
[contest]
name = "某大赛"
organizers = ["某局"]
date = 2026-08-10
[[groups]]
name = "企业组"
code = "QY"
aliases = ["企业"]
[[groups]]
name = "创业组"
code = "CY"
[[awards]]
name = "一等奖"
[[awards]]
name = "二等奖"
[[counties]]
name = "榆次区"
aliases = ["榆次"]
[rules.severity]
repeated-project = "off"
"#
    .to_owned();
    for (at, &kind) in kinds.iter().enumerate() {
        let (each, number) = KINDS[kind];
        let prove = match (proved, each) {
            (true, "entrant") => "\"number\", \"group\", \"project\", \"organization\"",
            (true, "member") => "\"number\", \"member\", \"project\"",
            _ => "\"number\"",
        };
        text += &format!(
            "[[documents]]\nname = \"证书{at}\"\ntemplate = \"all.typ\"\neach = \"{each}\"\nnumber = \"{number}\"\npath = \"{at}/{{number}}.pdf\"\nprove = [{prove}]\n"
        );
    }
    text
}

fn csv(rows: &[Vec<usize>]) -> String {
    let header = "组别,奖项,项目名称,参赛单位,核心成员,推荐单位,项目编号\n".to_owned();
    let rows = rows.iter().map(|row| {
        let cells: Vec<&str> = row.iter().zip(CELLS).map(|(&at, cells)| cells[at]).collect();
        cells.join(",") + "\n"
    });
    header + &rows.collect::<String>()
}

fn run(folder: &Folder, hold: bool) -> Result<Account, Diagnostics> {
    let path = folder.path("");
    let order = support::order(&path, &[], Timestamp::now());
    let selection = Selection { withhold: hold, ..order.selection };
    support::run(&path, &Order { selection, ..order }, |_| go())
}

fn checked(folder: &Folder) -> Checked {
    let (folder, sheet) = accolade::Folder::open_with_sheet(&folder.path(""), None).unwrap();
    folder.check(&sheet, &[]).unwrap()
}

/// Kind, number and statement of every document: all that a certificate says.
fn said(documents: Listed) -> BTreeSet<(String, Option<String>, Option<String>)> {
    let documents = support::entries(documents).into_iter();
    documents.map(|it| (it.kind, it.number, it.statement)).collect()
}

#[test]
fn whoever_could_be_taken_for_two_others_is_withheld_with_both_in_any_order() {
    // The second row's 项目编号 is what the first goes by without one; group,
    // project and 参赛单位 are what the third goes by.
    let mut rows = vec![
        vec![0, 0, 0, 0, 0, 0, 2],
        vec![0, 0, 0, 2, 0, 0, 4],
        vec![0, 0, 0, 2, 0, 0, 0],
        vec![2, 0, 2, 0, 2, 0, 0],
    ];
    for _ in 0..2 {
        let folder = Folder::example();
        folder.write("contest.toml", contest(&[0], true));
        folder.write("templates/all.typ", TEMPLATE);
        folder.write("awards.csv", csv(&rows));
        let faults = run(&folder, false).unwrap_err();
        let same = faults.iter().filter(|fault| fault.kind.code() == "same-entrant");
        assert_eq!(same.count(), 2, "{rows:?}");
        let account = run(&folder, true).unwrap();
        assert_eq!((account.documents.len(), account.roster.held.len()), (1, 3), "{rows:?}");
        rows.reverse();
    }
}

fn row() -> impl Strategy<Value = Vec<usize>> {
    CELLS.map(|cells| 0..cells.len()).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    /// Whatever is issued can be issued again, from the same rows in another
    /// order, and is the same; what cannot be issued spends no number.
    #[test]
    fn whatever_is_issued_is_issued_again_with_the_same_numbers(
        kinds in prop::collection::vec(0..KINDS.len(), 1..=3),
        proved in any::<bool>(),
        rows in prop::collection::vec(row(), 1..=4),
    ) {
        let folder = Folder::example();
        folder.write("contest.toml", contest(&kinds, proved));
        folder.write("templates/all.typ", TEMPLATE);
        folder.write("awards.csv", csv(&rows));
        let mut hold = false;
        let mut first = run(&folder, hold);
        if first.is_err() {
            let register = Register::open(&folder.path("")).unwrap();
            prop_assert!(register.is_empty() && folder.out().is_empty());
            drop(register);
            hold = true;
            first = run(&folder, hold);
        }
        let Ok(first) = first else { return Ok(()) };
        let reversed: Vec<_> = rows.into_iter().rev().collect();
        folder.write("awards.csv", csv(&reversed));
        let again = run(&folder, hold);
        prop_assert!(again.is_ok(), "{:?}", again.unwrap_err());
        prop_assert_eq!(said(first.documents), said(again.unwrap().documents));
        let checked = checked(&folder);
        let errors = checked.diagnostics.iter().filter(|it| it.severity() == Severity::Error);
        prop_assert!(hold || errors.count() == 0);
    }
}
