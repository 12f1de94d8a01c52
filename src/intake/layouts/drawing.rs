//! A layout drawn as a sheet, and who won what in it.

use super::{
    AWARDS, Across, By, Drawing, GROUPS, Layout, Members, PEOPLE, SectionOf, WORDINGS, Winner,
};
use crate::workbook::{Area, Sheet, Value};

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

    pub(super) fn draw(&self) -> (Sheet, Drawing) {
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
        let mut numbered: Option<Option<usize>> = None;
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
                // Whoever numbers awards numbers them from the first on.
                let mut before = (*before).to_owned();
                if !of_group {
                    let number = match numbered {
                        None => Some(1),
                        Some(last) => last.map(|last| last + 1),
                    };
                    let number = number.filter(|_| before == "一、");
                    if before == "一、" {
                        before = number.map_or(String::new(), |number| {
                            format!("{}、", ["一", "二", "三", "四", "五", "六"][number - 1])
                        });
                    }
                    numbered = Some(number);
                }
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
