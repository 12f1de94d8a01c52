//! Random layouts of award sheets, held against who won what: every winner is
//! read exactly, or an error is at a row that tells why not. None is ever read
//! as something else.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{AwardSheet, Entrant, Inputs};
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::fault::{Diagnostics, Place, Severity};
use crate::noted::Noted;
use crate::workbook::{Area, Sheet, Value, Workbook};

mod drawing;

const CONTEST: &str = r#"
[contest]
name = "样例大赛"
organizers = ["某市工业和信息化局"]
date = 2026-08-10

[[groups]]
name = "企业组"
code = "QY"
aliases = ["企业"]
[[groups]]
name = "创业组"
code = "CY"
aliases = ["创客组", "AI 赛道"]

[[awards]]
name = "一等奖"
aliases = ["一等"]
[[awards]]
name = "二等奖"
[[awards]]
name = "最佳 AI 创新奖"

[[documents]]
name = "荣誉证书"
template = "certificate.typ"
each = "entrant"
path = "{project}.pdf"
"#;

const GROUPS: [&str; 2] = ["企业组", "创业组"];
const AWARDS: [&str; 3] = ["一等奖", "二等奖", "最佳 AI 创新奖"];
const PEOPLE: [&str; 6] =
    ["王建国", "李思远", "赵敏", "古丽娜尔·买买提", "John von Neumann", "欧阳修远"];

/// Where a row's group or award is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Column,
    Section,
    Title,
    SheetName,
}

/// How the members stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Members {
    List,
    /// One header over three columns.
    Band,
    /// The same, and these words below it.
    Below([&'static str; 3]),
    Numbered,
    /// 项目负责人 right of the list.
    Leader,
}

/// How a heading fills its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Across {
    One,
    Merged,
    Filled,
    /// Its number in a cell of its own.
    Apart,
}

#[derive(Debug, Clone)]
struct Layout {
    group: By,
    award: By,
    awards_outside: bool,
    members: Members,
    /// Whether cells of a header that has two rows are merged downwards.
    merged_down: bool,
    serial: bool,
    shift: usize,
    across: Across,
    repeat_header: bool,
    other_words: bool,
    title: Option<&'static str>,
    sections: Vec<SectionOf>,
    note: Option<&'static str>,
    signed: bool,
    blank_rows: bool,
    header_first: bool,
}

#[derive(Debug, Clone)]
struct SectionOf {
    group: usize,
    award: usize,
    wording: Index,
    winners: Vec<Vec<usize>>,
    /// A row of its own that says something else, before the winners.
    stranger: Option<&'static str>,
}

/// What can be said before and after a heading's name.
const WORDINGS: [(&str, &str); 14] = [
    ("", ""),
    ("一、", ""),
    ("（二）", ""),
    ("3. ", ""),
    ("", "："),
    ("【", "】"),
    ("", "（共{}项）"),
    ("", "{}名"),
    ("", "：{}个"),
    ("", "获得者"),
    ("", "获奖名单"),
    ("2、", "（{}）"),
    ("", " 名单"),
    ("《", "》获奖项目"),
];

/// Rows of their own that nobody can be sure of.
const STRANGERS: [&str; 7] = [
    "鼓励奖",
    "三、机关组",
    "二等奖（科技创新类）",
    "一等奖、二等奖",
    "以下为第二批",
    "First Prize 二等奖",
    "优秀项目",
];

fn layouts() -> impl Strategy<Value = Layout> {
    let by = || select(&[By::Column, By::Section, By::Title, By::SheetName][..]);
    let members = prop_oneof![
        Just(Members::List),
        Just(Members::Band),
        select(
            &[
                ["队长", "队员", "队员"],
                ["1", "2", "3"],
                ["第一", "第二", "第三"],
                ["姓名", "姓名", "姓名"]
            ][..]
        )
        .prop_map(Members::Below),
        Just(Members::Numbered),
        Just(Members::Leader),
    ];
    let across = select(&[Across::One, Across::Merged, Across::Filled, Across::Apart][..]);
    let people = prop::collection::vec(0..PEOPLE.len(), 0..=3).prop_map(|mut people| {
        people.sort_unstable();
        people.dedup();
        people
    });
    let stranger = prop_oneof![9 => Just(None), 1 => select(&STRANGERS[..]).prop_map(Some)];
    let section =
        (0..2usize, 0..3usize, any::<Index>(), prop::collection::vec(people, 1..4), stranger)
            .prop_map(|(group, award, wording, winners, stranger)| SectionOf {
                group,
                award,
                wording,
                winners,
                stranger,
            });
    let title = prop_oneof![
        Just(None),
        Just(Some("2026年样例大赛获奖名单")),
        Just(Some("样例大赛名单（公示稿）"))
    ];
    let note = prop_oneof![
        Just(None),
        select(&["注：排名不分先后", "备注：以公布为准", "制表人：张三"][..]).prop_map(Some)
    ];
    (
        (by(), by(), any::<bool>(), members, any::<bool>(), any::<bool>(), 0..5usize, across),
        (any::<bool>(), any::<bool>(), title, prop::collection::vec(section, 1..5), note),
        (any::<bool>(), any::<bool>(), any::<bool>()),
    )
        .prop_map(|(one, two, three)| {
            let (group, award, awards_outside, members, merged_down, serial, shift, across) = one;
            let (repeat_header, other_words, title, sections, note) = two;
            let (signed, blank_rows, header_first) = three;
            Layout {
                group,
                award,
                awards_outside,
                members,
                merged_down,
                serial,
                shift,
                across,
                repeat_header,
                other_words,
                title,
                sections,
                note,
                signed,
                blank_rows,
                header_first,
            }
        })
        .prop_filter("a title or a name tells one thing only", |layout| {
            let one = |told: By, which: fn(&SectionOf) -> usize| {
                !matches!(told, By::Title | By::SheetName)
                    || layout.sections.iter().all(|it| which(it) == which(&layout.sections[0]))
            };
            one(layout.group, |it| it.group) && one(layout.award, |it| it.award)
        })
}

/// A winner and the row it stands in.
#[derive(Debug)]
struct Winner {
    row: u32,
    group: &'static str,
    award: &'static str,
    members: Vec<&'static str>,
}

/// A sheet that is being drawn.
#[derive(Default)]
struct Drawing {
    cells: Vec<((u32, u32), Value)>,
    merges: Vec<Area>,
    winners: Vec<Winner>,
    strangers: Vec<u32>,
    row: u32,
}

fn read(sheet: Sheet) -> Noted<AwardSheet> {
    let contest = Contest::parse(std::path::Path::new("."), CONTEST).expect("a sound contest");
    let workbook = Workbook { sheets: vec![sheet], misnamed: None };
    let (path, digest) = ("名单.xlsx".into(), String::new());
    let opened = Inputs {
        path,
        digest,
        workbook,
        corrected: Diagnostics::default(),
        exclusions: Vec::new(),
    };
    let Noted { value: AwardSheet { roster, understood }, noted } =
        super::read(&opened, &contest, |_| true);
    let roster = roster.withholding(&noted);
    roster.balance();
    Noted { value: AwardSheet { roster, understood }, noted }
}

/// Whether an entrant is this winner.
fn is(entrant: &Entrant, winner: &Winner) -> bool {
    entrant.group == winner.group
        && entrant.award == winner.award
        && entrant.members == winner.members
        && entrant.project == format!("智慧样例{}", winner.row)
        && entrant.organization == format!("样例{}有限公司", winner.row)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn every_winner_is_read_exactly_or_told(layout in layouts()) {
        let (sheet, drawing) = layout.draw();
        let Noted { value: AwardSheet { roster, understood }, noted: faults } = read(sheet);
        let errors: Vec<_> = faults.iter().filter(|it| it.severity() == Severity::Error).collect();
        for entrant in &roster.entrants {
            let winner = drawing.winners.iter().find(|winner| winner.row == entrant.source.row);
            prop_assert!(winner.is_some_and(|winner| is(entrant, winner)), "{entrant:?} is not {winner:?}");
        }
        if drawing.strangers.is_empty() {
            prop_assert!(errors.is_empty(), "{errors:?}");
            prop_assert_eq!(roster.entrants.len(), drawing.winners.len());
        }
        let found = |winner: &Winner| roster.entrants.iter().any(|it| it.source.row == winner.row);
        for lost in drawing.winners.iter().filter(|winner| !found(winner)) {
            let told = errors.iter().any(|error| match &error.place {
                Some(Place::Cell(CellRef { row, .. })) => drawing.strangers.contains(row),
                _ => false,
            } && error.rows.iter().any(|row| row.row == lost.row));
            prop_assert!(told, "{lost:?}: {errors:?}");
        }
        let balance = &understood.cells;
        prop_assert_eq!(
            balance.r#in,
            balance.title + balance.section + balance.header + balance.value + balance.kept + balance.skipped
        );
    }
}
