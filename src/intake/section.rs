//! What stands over the rows: `一、企业组`, `（二）二等奖（4名）`, a title, the
//! sheet's name. Each may tell group and award, and how many rows it heads.

use super::clean;
use super::workbook::Sheet;
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::field::Field;

/// A group or an award that a section names, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// As `contest.toml` has it.
    pub name: String,
    /// The section's cell; `None` for the sheet's name.
    pub cell: Option<CellRef>,
}

/// The names that a section may hold.
pub(super) struct Names<'a> {
    groups: Vec<(String, &'a str)>,
    awards: Vec<(String, &'a str)>,
}

/// What a heading tells.
#[derive(Debug, Default, PartialEq, Eq)]
struct Heading {
    group: Option<String>,
    award: Option<String>,
    count: Option<usize>,
}

impl<'a> Names<'a> {
    /// Every name and alias of the contest's groups and awards, longest first,
    /// so that 企业组 is found before 企业.
    pub(super) fn new(contest: &'a Contest) -> Self {
        fn all<T: crate::contest::Named>(named: &[T]) -> Vec<(String, &str)> {
            let mut all: Vec<(String, &str)> = named
                .iter()
                .flat_map(|one| {
                    let aliases = one.aliases().iter().cloned();
                    std::iter::once(one.name().to_owned())
                        .chain(aliases)
                        .map(move |word| (word, one.name()))
                })
                .collect();
            all.sort_by_key(|(word, _)| std::cmp::Reverse(word.chars().count()));
            all
        }
        Self { groups: all(&contest.groups), awards: all(&contest.awards) }
    }

    /// Reads a heading that says nothing but group, award and number; `None`
    /// if it says anything else.
    fn heading(&self, text: &str) -> Option<Heading> {
        let text = clean::line(text);
        let count = count(&text);
        let mut rest = bare(&text);
        let mut take = |names: &[(String, &str)]| {
            let (word, name) = names.iter().find(|(word, _)| rest.contains(word.as_str()))?;
            rest = rest.replacen(word.as_str(), "", 1);
            Some((*name).to_owned())
        };
        let (group, award) = (take(&self.groups), take(&self.awards));
        for word in
            ["获奖名单", "获奖项目", "获奖单位", "获奖", "名单", "项目", "单位", "奖项", "类"]
        {
            rest = rest.replace(word, "");
        }
        let says_more = rest.chars().any(char::is_alphanumeric);
        (!says_more && (group.is_some() || award.is_some())).then_some(Heading {
            group,
            award,
            count,
        })
    }

    /// What a title or a sheet's name tells beside other words: the one group
    /// and the one award whose full name stands in it.
    fn mentioned(&self, text: &str) -> Heading {
        let text: String = clean::line(text).chars().filter(|c| !c.is_whitespace()).collect();
        let only = |names: &[(String, &str)]| {
            let mut found =
                names.iter().filter(|(word, name)| word == name && text.contains(word.as_str()));
            match (found.next(), found.next()) {
                (Some((_, name)), None) => Some((*name).to_owned()),
                _ => None,
            }
        };
        Heading { group: only(&self.groups), award: only(&self.awards), count: count(&text) }
    }
}

/// Where the reading of a sheet stands.
pub(super) struct Sections<'a> {
    names: &'a Names<'a>,
    group: Option<Named>,
    award: Option<Named>,
    /// What the title or the sheet's name tells of the whole sheet.
    whole: (Option<Named>, Option<Named>),
    /// Whether awards are the outer sections and groups the inner.
    awards_outside: bool,
    /// Stated numbers that rows are still counted for.
    open: Vec<Stated>,
    closed: Vec<Stated>,
}

/// A number that a heading states.
struct Stated {
    cell: CellRef,
    count: usize,
    rows: usize,
    level: Level,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sheet,
    Outer,
    Inner,
}

impl<'a> Sections<'a> {
    /// Begins below a header whose first row is `header`.
    pub(super) fn new(names: &'a Names<'a>, sheet: &Sheet, header: u32) -> Self {
        let by_name = names.heading(&sheet.name).unwrap_or_else(|| names.mentioned(&sheet.name));
        let named = |name: Option<String>| name.map(|name| Named { name, cell: None });
        let mut whole = (named(by_name.group), named(by_name.award));
        let mut open = Vec::new();
        for row in sheet.rows().filter(|&row| row < header) {
            let Some(column) = sheet.columns(row).next() else { continue };
            let cell = CellRef::new(&sheet.name, row, column);
            let title = names.mentioned(&sheet.own(row, column).text());
            let named =
                |name: Option<String>| name.map(|name| Named { name, cell: Some(cell.clone()) });
            whole.0 = named(title.group).or(whole.0);
            whole.1 = named(title.award).or(whole.1);
            if let Some(count) = title.count {
                open.push(Stated { cell: cell.clone(), count, rows: 0, level: Level::Sheet });
            }
        }
        Self {
            names,
            group: None,
            award: None,
            whole,
            awards_outside: false,
            open,
            closed: Vec::new(),
        }
    }

    /// Takes a row with one cell for the head of a section, if it is one.
    pub(super) fn enter(&mut self, cell: &CellRef, text: &str) -> bool {
        let Some(heading) = self.names.heading(text) else { return false };
        let named = |name: String| Named { name, cell: Some(cell.clone()) };
        let level = match (&heading.group, &heading.award) {
            (Some(_), Some(_)) => Level::Outer,
            (Some(_), None) => {
                if self.award.is_some() && self.group.is_none() {
                    self.awards_outside = true;
                }
                if self.awards_outside { Level::Inner } else { Level::Outer }
            }
            (None, _) if self.awards_outside || self.group.is_none() => Level::Outer,
            (None, _) => Level::Inner,
        };
        // A new outer section ends the inner one.
        if level == Level::Outer {
            (self.group, self.award) = (None, None);
        }
        self.group = heading.group.map(named).or(self.group.take());
        self.award = heading.award.map(|name| named_at(name, cell)).or(self.award.take());
        let (ended, open) = self.open.drain(..).partition(|stated| stated.level >= level);
        self.open = open;
        self.closed.extend::<Vec<Stated>>(ended);
        if let Some(count) = heading.count {
            self.open.push(Stated { cell: cell.clone(), count, rows: 0, level });
        }
        true
    }

    /// Group and award of a row that stands here.
    pub(super) fn here(&self) -> (Option<Named>, Option<Named>) {
        let (group, award) = &self.whole;
        (self.group.clone().or(group.clone()), self.award.clone().or(award.clone()))
    }

    /// What the title or the sheet's name tells of the whole sheet.
    pub(super) fn whole(&self) -> [(Field, Option<&Named>); 2] {
        [(Field::Group, self.whole.0.as_ref()), (Field::Award, self.whole.1.as_ref())]
    }

    /// Counts a row of an entrant.
    pub(super) fn count(&mut self) {
        for stated in &mut self.open {
            stated.rows += 1;
        }
    }

    /// Holds every stated number against its rows.
    pub(super) fn finish(self, faults: &mut Diagnostics) {
        for Stated { cell, count, rows, .. } in self.closed.into_iter().chain(self.open) {
            if count != rows {
                let kind = Kind::CountDiffers { stated: count, rows };
                faults.push(Diagnostic::new(kind).at_cell(&cell));
            }
        }
    }
}

fn named_at(name: String, cell: &CellRef) -> Named {
    Named { name, cell: Some(cell.clone()) }
}

/// The number that a heading states: `（4名）`, `共45个`.
fn count(text: &str) -> Option<usize> {
    let characters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < characters.len() {
        let end = characters[at..]
            .iter()
            .position(|c| !c.is_ascii_digit())
            .map_or(characters.len(), |length| at + length);
        if end > at {
            let begins = at > 0 && matches!(characters[at - 1], '（' | '(' | '共' | '计');
            let unit = matches!(characters.get(end), Some('名' | '个' | '项' | '家'));
            if begins && unit {
                return characters[at..end].iter().collect::<String>().parse().ok();
            }
        }
        at = end.max(at + 1);
    }
    None
}

/// A heading without its numbering and without what stands in brackets.
fn bare(text: &str) -> String {
    let mut depth = 0usize;
    let text: String = text
        .chars()
        .filter(|&c| match c {
            '（' | '(' | '【' => {
                depth += 1;
                false
            }
            '）' | ')' | '】' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0 && !c.is_whitespace(),
        })
        .collect();
    let numbering = |c: char| c.is_ascii_digit() || "一二三四五六七八九十第".contains(c);
    match text.split_once(['、', '.', '．']) {
        Some((number, rest)) if number.chars().all(numbering) => rest.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names<'static> {
        let word = |word: &str, name: &'static str| (word.to_owned(), name);
        Names {
            groups: vec![
                word("企业组", "企业组"),
                word("创客组", "创业组"),
                word("企业", "企业组"),
            ],
            awards: vec![
                word("一等奖", "一等奖"),
                word("优胜奖", "优胜奖"),
                word("一等", "一等奖"),
            ],
        }
    }

    #[test]
    fn a_heading_says_group_award_and_number_and_nothing_else() {
        let heading = |group: Option<&str>, award: Option<&str>, count| {
            let (group, award) = (group.map(str::to_owned), award.map(str::to_owned));
            Some(Heading { group, award, count })
        };
        for (text, expected) in [
            ("一、企业组", heading(Some("企业组"), None, None)),
            ("（一）一等奖（4名）", heading(None, Some("一等奖"), Some(4))),
            ("企业组 一等奖：", heading(Some("企业组"), Some("一等奖"), None)),
            ("创客组获奖名单（共12个）", heading(Some("创业组"), None, Some(12))),
            ("2. 优胜奖", heading(None, Some("优胜奖"), None)),
            ("企业组说明如下", None),
            ("山西企业有限公司", None),
            ("数字文旅系统", None),
        ] {
            assert_eq!(names().heading(text), expected, "{text}");
        }
    }

    #[test]
    fn a_title_tells_what_it_names_in_full() {
        let title = "2026年“创客中国”某市中小企业创新创业大赛企业组获奖名单（共26项）";
        let found = names().mentioned(title);
        assert_eq!(
            (found.group.as_deref(), found.award, found.count),
            (Some("企业组"), None, Some(26))
        );
        assert_eq!(names().mentioned("某市中小企业大赛一等奖、优胜奖名单"), Heading::default());
    }
}
