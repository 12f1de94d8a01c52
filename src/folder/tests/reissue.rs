//! What a page does with certificates that were issued.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;

use rust_xlsxwriter::Workbook;

use super::super::{Correction, Facts, Folder, Look, Proposal, Reissued, Source, Target};
use super::{Issued, now};
use crate::fault::{Diagnostics, Severity};
use crate::lang::Lang;
use crate::office;
use crate::register::{Snapshot, Status};
use crate::report::certificate::{CertificatePage, form};
use crate::report::register::{Choices, Filter};
use crate::report::reissue::proposed;

/// The sheet of `least` with two names corrected.
const CORRECTED: [(&str, &str); 5] = [
    ("陆远航", "一等奖"),
    ("贺知微", "二等奖"),
    ("欧阳清和", "二等奖"),
    ("祁小曼", "三等奖"),
    ("古丽米热·艾山", "三等奖"),
];

const LOOK: Look<'_> =
    Look { which: None, pixels_per_inch: 40.0, lang: Lang::Zh, threads: NonZeroUsize::MIN };

fn corrected(issued: &Issued) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [("姓名", "奖项")].into_iter().chain(CORRECTED);
    for (row, (name, award)) in (0..).zip(rows) {
        sheet.write(row, 0, name).unwrap();
        sheet.write(row, 1, award).unwrap();
    }
    let path = issued.path().join("corrected.xlsx");
    book.save(&path).unwrap();
    path
}

fn apply(issued: &Issued, proposal: Proposal) -> Reissued {
    let correction = Correction {
        reason: "姓名写错".into(),
        target: Target { folder: issued.out(), replace: false },
        threads: NonZeroUsize::MIN,
        now: now(),
    };
    issued.folder.apply(proposal, &correction, |_| ControlFlow::Continue(())).unwrap()
}

fn numbers(proposal: &Proposal) -> Vec<&str> {
    proposal.changes.iter().map(|change| change.number.as_str()).collect()
}

fn code(faults: &Diagnostics) -> &'static str {
    faults.iter().next().unwrap().kind.code()
}

#[test]
fn of_a_corrected_sheet_only_what_was_ticked_is_made_and_the_rest_is_proposed_again() {
    let issued = Issued::of("least");
    let facts = Facts::Sheet(corrected(&issued));
    let proposal = issued.folder.propose(&facts, &[], now()).unwrap();
    assert_eq!(numbers(&proposal), ["QS2026-001", "QS2026-004"]);
    let strange = issued.folder.narrowed(&proposal, &["QS2026-002".into()]);
    assert_eq!(code(&strange.err().unwrap()), "not-proposed");

    let shown = serde_json::to_value(proposed(&proposal, Lang::Zh)).unwrap();
    let change = &shown[1]["changes"][0];
    assert_eq!((&change["label"], &change["now"]), (&"姓名".into(), &"祁小曼".into()));

    let ticked = issued.folder.narrowed(&proposal, &["QS2026-004".into()]).unwrap();
    assert_eq!(numbers(&ticked), ["QS2026-004"]);
    let drawn = issued.folder.draw_proposal(&ticked, &LOOK).unwrap().value;
    let titles: Vec<_> = drawn.documents.iter().map(|it| it.title.as_str()).collect();
    assert_eq!((titles.as_slice(), drawn.faulty), (&["QS2026-004"][..], false));
    assert!(drawn.documents[0].pages[0].png.starts_with(b"\x89PNG"));
    let none = issued.folder.draw_proposal(&ticked, &Look { which: Some("QS2026-001"), ..LOOK });
    assert_eq!(code(&none.err().unwrap()), "nothing-matches");

    let made = apply(&issued, ticked);
    assert_eq!(made.documents.len(), 1);
    assert_eq!(made.documents[0].recipient.as_deref(), Some("祁小曼"));
    let ledger = Snapshot::read(issued.path()).unwrap().ledger;
    let revisions = ledger.certificates().iter().map(|it| it.current().revision);
    assert_eq!(revisions.collect::<Vec<_>>(), [1, 1, 1, 2, 1]);

    let again = issued.folder.propose(&facts, &[], now()).unwrap();
    assert_eq!(numbers(&again), ["QS2026-001"]);
    // What was proposed before all this is no longer what would be made.
    let outdated = issued.folder.narrowed(&proposal, &["QS2026-004".into()]);
    assert!(outdated.is_err());
}

#[test]
fn no_list_prints_a_change_that_was_not_ticked() {
    let issued = Issued::new(with_lists(), super::super::Purpose::Issue);
    let facts = Facts::Sheet(corrected(&issued));
    let also = ["一览".to_owned()];
    let proposal = issued.folder.propose(&facts, &also, now()).unwrap();
    let one = issued.folder.narrowed(&proposal, &["QS2026-001".into()]);
    let faults = one.err().unwrap();
    let errors = faults.iter().filter(|fault| fault.severity() == Severity::Error);
    let told: Vec<_> = errors.map(|fault| fault.wording(Lang::Zh).message).collect();
    assert_eq!(told, ["QS2026-004 发出的是姓名“祁小满”，名单上却是“祁小曼”"]);
    let both = ["QS2026-001".to_owned(), "QS2026-004".to_owned()];
    let made = apply(&issued, issued.folder.narrowed(&proposal, &both).unwrap());
    assert_eq!(made.documents.len(), 3);

    // A list on which the other is not, is made.
    let issued = Issued::new(with_lists(), super::super::Purpose::Issue);
    let facts = Facts::Sheet(corrected(&issued));
    let also = ["各奖项一览".to_owned()];
    let proposal = issued.folder.propose(&facts, &also, now()).unwrap();
    let one = issued.folder.narrowed(&proposal, &["QS2026-001".into()]).unwrap();
    let paths: Vec<_> = apply(&issued, one).documents.into_iter().map(|it| it.path).collect();
    assert_eq!(paths, ["获奖证书/QS2026-001 陆远航.pdf", "一览/一等奖.pdf"]);
}

/// `least` with a list of everybody, and one of each award.
fn with_lists() -> tempfile::TempDir {
    let dir = super::folder("least");
    let path = dir.path().join("contest.toml");
    let contest = std::fs::read_to_string(&path).unwrap();
    let list = |name: &str, each: &str, path: &str| {
        format!(
            "\n[[documents]]\nname = \"{name}\"\ntemplate = \"list.typ\"\neach = \"{each}\"\npath = \"{path}\"\nprove = []\n"
        )
    };
    let lists =
        list("一览", "contest", "一览.pdf") + &list("各奖项一览", "award", "一览/{award}.pdf");
    std::fs::write(&path, contest + &lists).unwrap();
    std::fs::create_dir(dir.path().join("templates")).unwrap();
    let template = "#for it in json(\"/entry.json\").entrants [#it.members.join() \\ ]";
    let template = format!("#set text(font: \"Noto Serif SC\")\n{template}");
    std::fs::write(dir.path().join("templates/list.typ"), template).unwrap();
    std::fs::write(dir.path().join("templates/list.toml"), "").unwrap();
    dir
}

#[test]
fn a_certificate_is_shown_from_its_pdf_or_drawn_again_as_it_was() {
    let issued = Issued::of("least");
    let current = |number| issued.folder.current_pages(number, &issued.out(), &LOOK);
    let shown = current("QS2026-001").unwrap();
    assert_eq!((shown.source, shown.pages.len()), (Source::Package, 1));
    std::fs::remove_dir_all(issued.out()).unwrap();
    let drawn = current("QS2026-001").unwrap();
    assert_eq!((drawn.source, drawn.pages.len()), (Source::Register, 1));
    assert!(!drawn.pages[0].marked);
    assert_eq!(code(&current("QS2026-009").err().unwrap()), "unknown-number");
}

#[test]
fn what_can_be_corrected_is_a_form_and_the_page_tells_the_history() {
    let issued = Issued::of("least");
    let changeable = issued.folder.changeable("QS2026-001").unwrap();
    let fields = serde_json::to_value(form(&changeable, Lang::Zh)).unwrap();
    let fields: Vec<_> = fields.as_array().unwrap().iter().collect();
    let member = fields.iter().find(|it| it["fact"] == "member").unwrap();
    assert_eq!((&member["label"], &member["value"]), (&"姓名".into(), &"陆远帆".into()));
    assert!(fields.iter().any(|it| it["fact"] == "award" && it["value"] == "一等奖"));
    assert!(fields.iter().all(|it| it["fact"] != "number" && it["fact"] != "contest"));
    // As it stands, it changes nothing.
    let number = "QS2026-001".to_owned();
    let typed = |values| Facts::Typed { number: number.clone(), values };
    let present = changeable.iter().map(|it| (it.fact.name().to_owned(), it.value.clone()));
    let same = issued.folder.propose(&typed(present.collect()), &[], now());
    assert_eq!(code(&same.err().unwrap()), "nothing-changed");

    let values = vec![("member".to_owned(), "陆远航".to_owned())];
    apply(&issued, issued.folder.propose(&typed(values), &[], now()).unwrap());
    office::revoke(issued.path(), &number, "退赛", now()).unwrap();
    office::reinstate(issued.path(), &number, "撤销有误", now()).unwrap();
    let history = office::history(issued.path(), &number).unwrap();
    let page = serde_json::to_value(CertificatePage::new(&history, Lang::Zh)).unwrap();
    assert_eq!((&page["status"], &page["says"]), (&"valid".into(), &"有效".into()));
    let copies = page["copies"].as_array().unwrap();
    assert_eq!((copies.len(), &copies[1]["says"]), (2, &"已被取代".into()));
    assert_eq!(copies[0]["reason"], "姓名写错");
    let changes = copies[0]["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!((&changes[0]["label"], &changes[0]["was"]), (&"姓名".into(), &"陆远帆".into()));
    let events = page["events"].as_array().unwrap();
    let told =
        events.iter().map(|it| (it["says"].as_str().unwrap(), it["reason"].as_str().unwrap()));
    assert_eq!(told.collect::<Vec<_>>(), [("恢复有效", "撤销有误"), ("撤销", "退赛")]);

    // Its second revision is drawn as that, whatever the contest is called now.
    std::fs::remove_dir_all(issued.out()).unwrap();
    let contest = issued.path().join("contest.toml");
    let renamed = std::fs::read_to_string(&contest).unwrap().replacen("摄影比赛", "书画比赛", 1);
    std::fs::write(&contest, renamed).unwrap();
    let folder = Folder::open(issued.path()).unwrap();
    let drawn = folder.current_pages(&number, &issued.out(), &LOOK).unwrap();
    assert_eq!((drawn.source, drawn.pages.len()), (Source::Register, 1));

    let register = Snapshot::read(issued.path()).unwrap();
    let choices = Choices::of(&register);
    assert_eq!(choices.awards, ["一等奖", "二等奖", "三等奖"]);
    assert_eq!(choices.statuses, [Status::Valid, Status::Superseded]);
    let second = Filter { award: Some("二等奖".into()), ..Filter::default() };
    assert_eq!(second.of(&register).certificates.len(), 2);
    let nowhere = Filter { county: Some("河东区".into()), ..Filter::default() };
    assert!(nowhere.of(&register).certificates.is_empty());
}
