//! Random layouts of award sheets, held against who won what: every winner is
//! read exactly, or an error is at a row that tells why not. None is ever read
//! as something else.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{AwardSheet, Entrant, Inputs};
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::fault::{Place, Severity};
use crate::noted::Noted;
use crate::workbook::{Area, Sheet, Value, Workbook};

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

/// A column: its header, and what stands below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Serial,
    Group,
    Award,
    Project,
    Organization,
    Member(usize),
    List,
    Leader,
    Kept,
}

impl Layout {
    fn columns(&self) -> Vec<Of> {
        let mut columns = vec![Of::Project, Of::Organization];
        if self.group == By::Column {
            columns.push(Of::Group);
        }
        if self.award == By::Column {
            columns.push(Of::Award);
        }
        let length = columns.len();
        columns.rotate_left(self.shift % length);
        match self.members {
            Members::List => columns.push(Of::List),
            Members::Leader => columns.extend([Of::List, Of::Leader]),
            _ => columns.extend([Of::Member(0), Of::Member(1), Of::Member(2)]),
        }
        columns.push(Of::Kept);
        if self.serial {
            columns.insert(0, Of::Serial);
        }
        columns
    }

    fn draw(&self) -> (Sheet, Drawing) {
        let mut drawing = Drawing::default();
        let columns = self.columns();
        let first = &self.sections[0];
        let mut told = String::new();
        if self.group == By::Title {
            told += GROUPS[first.group];
        }
        if self.award == By::Title {
            told += AWARDS[first.award];
        }
        if self.title.is_some() || !told.is_empty() {
            let title = self.title.unwrap_or("2026年样例大赛获奖名单");
            drawing.heading(&format!("{title}{told}"), Across::One, &columns, None);
        }
        let mut headed = false;
        let outer_first = self.group == By::Section || self.award == By::Section;
        if self.header_first || !outer_first {
            self.header(&mut drawing, &columns, false);
            headed = true;
        }
        let (mut group, mut award) = (None, None);
        for (index, section) in self.sections.iter().enumerate() {
            let mut opened = false;
            for outer in [true, false] {
                let of_group = outer != self.awards_outside;
                let (by, now, before) = match of_group {
                    true => (self.group, Some(section.group), &mut group),
                    false => (self.award, Some(section.award), &mut award),
                };
                // An inner heading stands anew in every outer section.
                if by != By::Section || *before == now && !opened && index > 0 {
                    continue;
                }
                *before = now;
                opened = true;
                let name = if of_group { GROUPS[section.group] } else { AWARDS[section.award] };
                // Only the innermost heading can count its rows.
                let innermost =
                    !outer || (if of_group { self.award } else { self.group }) != By::Section;
                let more = self.sections.len() > index + 1;
                let counts = innermost && !more;
                let count = counts.then_some(section.winners.len());
                let (before, after) = section.wording.get(&WORDINGS);
                if !counts && after.contains("{}") {
                    drawing.heading(name, self.across, &columns, None);
                } else {
                    let after = after.replace("{}", &section.winners.len().to_string());
                    drawing.heading(
                        &format!("{before}{name}{after}"),
                        self.across,
                        &columns,
                        count.filter(|_| after.is_empty()),
                    );
                }
            }
            if !headed || opened && self.repeat_header {
                self.header(&mut drawing, &columns, headed && self.other_words);
                headed = true;
            }
            if let Some(stranger) = section.stranger {
                drawing.strangers.push(drawing.row);
                drawing.heading(stranger, Across::One, &columns, None);
            }
            for (number, people) in section.winners.iter().enumerate() {
                self.winner(&mut drawing, &columns, section, number, people);
            }
            if self.blank_rows {
                drawing.row += 1;
            }
        }
        if let Some(note) = self.note {
            drawing.heading(note, Across::One, &columns, None);
        }
        if self.signed {
            drawing.heading("某市工业和信息化局", Across::One, &columns, None);
            drawing.heading("2026年8月10日", Across::One, &columns, None);
        }
        let name = match (self.group, self.award) {
            (By::SheetName, By::SheetName) => {
                format!("{}{}", GROUPS[first.group], AWARDS[first.award])
            }
            (By::SheetName, _) => GROUPS[first.group].to_owned(),
            (_, By::SheetName) => AWARDS[first.award].to_owned(),
            _ => "获奖名单".to_owned(),
        };
        let sheet = Sheet::new(&name, drawing.cells.clone(), drawing.merges.clone());
        (sheet, drawing)
    }

    fn header(&self, drawing: &mut Drawing, columns: &[Of], other_words: bool) {
        let row = drawing.row;
        let two = matches!(self.members, Members::Below(_));
        for (index, column) in (0u32..).zip(columns) {
            let word = match (column, other_words) {
                (Of::Serial, _) => "序号",
                (Of::Group, _) => "组 别",
                (Of::Award, false) => "奖项",
                (Of::Award, true) => "获奖等次",
                (Of::Project, false) => "项目名称",
                (Of::Project, true) => "参赛 项目",
                (Of::Organization, false) => "参赛单位",
                (Of::Organization, true) => "团队名称",
                (Of::List, _) => "核心成员",
                (Of::Leader, _) => "项目负责人",
                (Of::Kept, _) => "备注",
                (Of::Member(_), _) if self.members == Members::Numbered => "队员",
                (Of::Member(0), _) => "团队成员",
                (Of::Member(_), _) => "",
            };
            let word = match (column, self.members) {
                (Of::Member(number), Members::Numbered) => format!("{word}{}", number + 1),
                _ => word.to_owned(),
            };
            drawing.text(row, index, &word);
            if let (Of::Member(0), Members::Band | Members::Below(_)) = (column, self.members) {
                drawing.merges.push(Area { start: (row, index), end: (row, index + 2) });
            }
            match (column, self.members) {
                (Of::Member(number), Members::Below(words)) => {
                    drawing.text(row + 1, index, words[*number]);
                }
                _ if two && self.merged_down => {
                    drawing.merges.push(Area { start: (row, index), end: (row + 1, index) });
                }
                _ => {}
            }
        }
        drawing.row += if two { 2 } else { 1 };
    }

    fn winner(
        &self,
        drawing: &mut Drawing,
        columns: &[Of],
        section: &SectionOf,
        number: usize,
        people: &[usize],
    ) {
        let row = drawing.row;
        let mut members: Vec<&str> = people.iter().map(|&one| PEOPLE[one]).collect();
        for (index, column) in (0u32..).zip(columns) {
            let text = match column {
                Of::Serial => {
                    drawing.cells.push(((row, index), Value::Number(number as f64 + 1.0)));
                    continue;
                }
                Of::Group => GROUPS[section.group].to_owned(),
                Of::Award => AWARDS[section.award].to_owned(),
                Of::Project => format!("智慧样例{row}"),
                Of::Organization => format!("样例{row}有限公司"),
                Of::List => members.join("、"),
                Of::Leader => "周负责".to_owned(),
                Of::Member(number) => {
                    members.get(*number).map(ToString::to_string).unwrap_or_default()
                }
                Of::Kept => String::new(),
            };
            drawing.text(row, index, &text);
        }
        if self.members == Members::Leader {
            members.insert(0, "周负责");
        }
        let (group, award) = (GROUPS[section.group], AWARDS[section.award]);
        drawing.winners.push(Winner { row, group, award, members });
        drawing.row += 1;
    }
}

impl Drawing {
    fn text(&mut self, row: u32, column: u32, text: &str) {
        self.cells.push(((row, column), Value::Text(text.to_owned())));
    }

    fn heading(&mut self, text: &str, across: Across, columns: &[Of], count: Option<usize>) {
        let (row, last) = (self.row, columns.len() as u32 - 1);
        self.text(row, 0, text);
        match across {
            Across::One => {}
            Across::Merged => self.merges.push(Area { start: (row, 0), end: (row, last) }),
            Across::Filled => (1..=last).for_each(|column| self.text(row, column, text)),
            Across::Apart => {
                if let Some(count) = count {
                    self.text(row, last, &format!("共{count}项"));
                }
            }
        }
        self.row += 1;
    }
}

fn read(sheet: Sheet) -> Noted<AwardSheet> {
    let contest = Contest::parse(std::path::Path::new("."), CONTEST).expect("a sound contest");
    let workbook = Workbook { sheets: vec![sheet], notes: Vec::new() };
    let (path, digest) = ("名单.xlsx".into(), String::new());
    let opened = Inputs { path, digest, workbook, exclusions: Vec::new() };
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
