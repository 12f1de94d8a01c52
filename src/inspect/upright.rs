//! A page's marks → lines of text, rules and tables, turned so that
//! the text stands upright.

use super::pose::Pose;
use crate::pdf::{Glyph, MM_PER_PT, Page, Rule};

/// How much of the em stands above the baseline in a CJK font; PDF does not
/// say it, and font makers agree to a hundredth or two.
const ASCENT: f64 = 0.88;

/// Characters whose baselines differ by less than this part of their size are
/// on one line.
const SAME_LINE: f64 = 0.3;

/// A wider gap than this many ems parts a line into runs.
const RUN_GAP: f64 = 1.0;

/// One page, upright.
pub(super) struct UprightPage {
    /// From 1.
    pub number: usize,
    /// How it lies against the page as it is shown.
    pub pose: Pose,
    pub width: f64,
    pub height: f64,
    /// From the top down.
    pub lines: Vec<Line>,
    /// Text that runs another way than the page's, on the page as it is held
    /// upright for binding.
    pub turned: Vec<Line>,
    /// How that text is turned against the page's, in quarters clockwise.
    pub turn: u8,
    pub rules: Vec<Rule>,
    /// `[left, top, right, bottom]` of each.
    pub tables: Vec<[f64; 4]>,
    /// Characters that cannot be told, and all of them.
    pub unknown: usize,
    pub characters: usize,
}

/// An element of several lines.
pub(super) type Lines<'a> = Vec<&'a Line>;

/// Characters on one baseline, from left to right.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub page: usize,
    /// How the page that it stands on is held.
    pub pose: Pose,
    pub glyphs: Vec<Glyph>,
    /// Without blanks.
    pub text: String,
    pub baseline: f64,
    /// Of most of its characters, in points.
    pub size: f64,
}

impl UprightPage {
    pub(super) fn new(number: usize, page: Page) -> Self {
        let Page { mut width, mut height, glyphs, mut rules, .. } = page;
        let mut glyphs: Vec<Glyph> = glyphs.into_iter().filter(|it| it.visible).collect();
        once(&mut glyphs);
        let characters = glyphs.len();
        let unknown = glyphs.iter().filter(|glyph| glyph.text.is_none()).count();
        glyphs.retain(|glyph| {
            let text = glyph.text.as_deref().unwrap_or("\u{FFFD}");
            !text.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty()
        });
        // A page stored on its side is turned upright first.
        let count = |turn| glyphs.iter().filter(|glyph| glyph.turn == Some(turn)).count();
        let upright = (0..4).max_by_key(|&turn| (count(turn), 3 - turn)).unwrap_or(0);
        let pose = Pose::new(upright, width, height);
        for _ in 0..upright {
            glyphs.iter_mut().for_each(|glyph| turn_back(glyph, width));
            rules.iter_mut().for_each(|rule| turn_rule_back(rule, width));
            (width, height) = (height, width);
        }
        let (level, aside): (Vec<_>, Vec<_>) =
            glyphs.into_iter().partition(|glyph| glyph.turn == Some(0));
        let turn = aside.iter().find_map(|glyph| glyph.turn).unwrap_or(1);
        let mut aside: Vec<Glyph> =
            aside.into_iter().filter(|glyph| glyph.turn == Some(turn)).collect();
        let (mut across, mut down) = (width, height);
        for _ in 0..turn {
            aside.iter_mut().for_each(|glyph| turn_back(glyph, across));
            (across, down) = (down, across);
        }
        let tables = tables(&rules);
        Self {
            number,
            pose,
            width,
            height,
            lines: lines(number, pose, level),
            turned: lines(number, pose.turned(turn), aside),
            turn,
            rules,
            tables,
            unknown,
            characters,
        }
    }

    pub(super) fn is_landscape(&self) -> bool {
        self.width > self.height
    }

    /// Moves everything that is measured from the portrait page's left edge.
    fn shift(&mut self, right: f64) {
        let (x, y) = match (self.is_landscape(), self.turn) {
            (false, _) => (right, 0.0),
            (true, 3) => (0.0, -right),
            (true, _) => (0.0, right),
        };
        self.pose.moved(x, y);
        self.lines.iter_mut().for_each(|line| line.shift(x, y));
        self.turned.iter_mut().for_each(|line| line.shift(right, 0.0));
        for rule in &mut self.rules {
            let (along, across) = if rule.horizontal { (x, y) } else { (y, x) };
            (rule.from, rule.to, rule.at) = (rule.from + along, rule.to + along, rule.at + across);
        }
        for table in &mut self.tables {
            *table = [table[0] + x, table[1] + y, table[2] + x, table[3] + y];
        }
    }

    /// The names of the fonts on it.
    pub(super) fn fonts(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().chain(&self.turned);
        lines.flat_map(|line| &line.glyphs).map(|glyph| &*glyph.font)
    }

    /// Whether a line is a table's.
    pub(super) fn tabulates(&self, line: &Line) -> bool {
        self.tables.iter().any(|&[left, top, right, bottom]| {
            let middle = (line.left() + line.right()) / 2.0;
            (left..=right).contains(&middle) && (top..=bottom).contains(&line.baseline)
        })
    }
}

impl Line {
    /// The edges of the em boxes.
    pub(super) fn top(&self) -> f64 {
        self.baseline - ASCENT * self.em()
    }

    pub(super) fn bottom(&self) -> f64 {
        self.baseline + (1.0 - ASCENT) * self.em()
    }

    pub(super) fn left(&self) -> f64 {
        self.glyphs.first().map_or(0.0, |glyph| glyph.x)
    }

    pub(super) fn right(&self) -> f64 {
        self.glyphs.last().map_or(0.0, |glyph| glyph.x + glyph.advance)
    }

    pub(super) fn middle(&self) -> f64 {
        (self.left() + self.right()) / 2.0
    }

    /// The middle of the outlines, which is what the eye centres.
    pub(super) fn ink_middle(&self) -> f64 {
        let ends = self.glyphs.iter().filter_map(|glyph| glyph.ink);
        let left = ends.clone().map(|ink| ink[0]).fold(f64::INFINITY, f64::min);
        let right = ends.map(|ink| ink[2]).fold(f64::NEG_INFINITY, f64::max);
        if left < right { (left + right) / 2.0 } else { self.middle() }
    }

    /// The topmost and lowest ink; the em box where nothing has an outline.
    pub(super) fn ink(&self) -> (f64, f64) {
        let inks = self.glyphs.iter().filter_map(|glyph| glyph.ink);
        let top = inks.clone().map(|ink| ink[1]).fold(f64::INFINITY, f64::min);
        let bottom = inks.map(|ink| ink[3]).fold(f64::NEG_INFINITY, f64::max);
        if top < bottom { (top, bottom) } else { (self.top(), self.bottom()) }
    }

    /// The size in millimetres.
    pub(super) fn em(&self) -> f64 {
        self.size * MM_PER_PT
    }

    /// How far it is from beginning at `x`. A bracket or a quotation mark may
    /// have been set without the blank half in front of it.
    pub(super) fn left_off(&self, x: f64) -> f64 {
        let half = self.glyphs.first().map_or(0.0, |glyph| glyph.advance / 2.0);
        nearest(self.left() - x, self.opens(), -half)
    }

    /// How far it is from ending at `x`.
    pub(super) fn right_off(&self, x: f64) -> f64 {
        let half = self.glyphs.last().map_or(0.0, |glyph| glyph.advance / 2.0);
        nearest(self.right() - x, self.closes(), half)
    }

    /// Whether it begins with a mark whose first half is blank.
    pub(super) fn opens(&self) -> bool {
        self.text.starts_with(['“', '‘', '《', '〈', '（', '〔', '【', '「'])
    }

    /// Whether it ends with a mark whose second half is blank.
    pub(super) fn closes(&self) -> bool {
        self.text.ends_with([
            '”', '’', '》', '〉', '）', '〕', '】', '」', '，', '。', '、', '；', '：', '！', '？',
        ])
    }

    /// Its parts between wide gaps.
    pub(super) fn runs(&self) -> Vec<Line> {
        let mut runs: Vec<Vec<Glyph>> = Vec::new();
        for glyph in &self.glyphs {
            match runs.last_mut() {
                Some(run) if run.last().is_some_and(|it| self.adjoins(it, glyph)) => {
                    run.push(glyph.clone());
                }
                _ => runs.push(vec![glyph.clone()]),
            }
        }
        runs.into_iter().map(|glyphs| self.part(glyphs)).collect()
    }

    /// A part of it as a line of its own.
    pub(super) fn part(&self, glyphs: Vec<Glyph>) -> Self {
        Self::new(self.page, self.pose, glyphs)
    }

    /// All of it.
    pub(super) fn whole(&self) -> (&Self, &[Glyph]) {
        (self, &self.glyphs)
    }

    /// Where some of its characters stand on the page as it is shown, with their
    /// em boxes and their ink.
    pub(super) fn area_of(&self, glyphs: &[Glyph]) -> Option<[f64; 4]> {
        let areas = glyphs.iter().map(|glyph| {
            let [left, top, right, bottom] = glyph.extent();
            let end = glyph.x + glyph.advance;
            [left.min(glyph.x), top.min(self.top()), right.max(end), bottom.max(self.bottom())]
        });
        let area =
            areas.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
        area.map(|area| self.pose.shown(area))
    }

    fn adjoins(&self, before: &Glyph, after: &Glyph) -> bool {
        after.x - before.x - before.advance < RUN_GAP * self.em()
    }

    /// The 汉字 in it.
    pub(super) fn ideographs(&self) -> impl Iterator<Item = &Glyph> {
        self.glyphs.iter().filter(|glyph| glyph.is_ideograph())
    }

    pub(super) fn is_red(&self) -> bool {
        let red = self.glyphs.iter().filter(|glyph| glyph.colour.is_some_and(is_red)).count();
        red * 2 > self.glyphs.len()
    }

    fn shift(&mut self, x: f64, y: f64) {
        self.baseline += y;
        self.pose.moved(x, y);
        for glyph in &mut self.glyphs {
            (glyph.x, glyph.y) = (glyph.x + x, glyph.y + y);
            glyph.ink = glyph.ink.map(|ink| [ink[0] + x, ink[1] + y, ink[2] + x, ink[3] + y]);
        }
    }

    fn new(page: usize, pose: Pose, mut glyphs: Vec<Glyph>) -> Self {
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        let text = glyphs.iter().map(|it| it.text.as_deref().unwrap_or("\u{FFFD}")).collect();
        let ideographs: Vec<&Glyph> = glyphs.iter().filter(|it| it.is_ideograph()).collect();
        let of = if ideographs.is_empty() { glyphs.iter().collect() } else { ideographs };
        let size = median(of.iter().map(|glyph| glyph.size).collect()).unwrap_or(0.0);
        let baseline = median(of.iter().map(|glyph| glyph.y).collect()).unwrap_or(0.0);
        Self { page, pose, text, baseline, size, glyphs }
    }
}

impl Glyph {
    /// Whether it is a 汉字.
    pub(super) fn is_ideograph(&self) -> bool {
        let first = self.text.as_deref().and_then(|text| text.chars().next());
        first.is_some_and(|c| {
            matches!(u32::from(c), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF | 0x3007)
        })
    }

    /// Whether it is a half-width figure.
    pub(super) fn is_figure(&self) -> bool {
        self.text.as_deref().is_some_and(|text| text.chars().all(|c| c.is_ascii_digit()))
    }
}

/// Even pages that are bound at the right have the type area 2 mm further left
/// (订口 28, 翻口 26 mm). They are moved to where odd pages have theirs, so that
/// one measure holds for both.
pub(super) fn unmirror(sheets: &mut [UprightPage]) {
    let left = |even: bool| {
        let pages = sheets.iter().filter(|sheet| !sheet.is_landscape());
        let pages = pages.filter(|sheet| (sheet.number % 2 == 0) == even);
        let lines = pages.clone().flat_map(|sheet| &sheet.lines).map(Line::left);
        let tables = pages.flat_map(|sheet| &sheet.tables).map(|table| table[0]);
        lines.chain(tables).reduce(f64::min)
    };
    let (Some(odd), Some(even)) = (left(false), left(true)) else { return };
    if (1.4..2.6).contains(&(odd - even)) {
        for sheet in sheets.iter_mut().filter(|sheet| sheet.number % 2 == 0) {
            sheet.shift(odd - even);
        }
    }
}

/// Whether a colour is red to the eye, in whatever ink it was meant.
pub(super) fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red >= 150 && green.max(blue) <= 110 && red - green.max(blue) >= 80
}

/// The middle value.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Of a mark that may have lost any part of its blank half, whatever of the
/// distance that does not explain.
fn nearest(off: f64, trimmed: bool, half: f64) -> f64 {
    if trimmed { off - off.clamp(half.min(0.0), half.max(0.0)) } else { off }
}

/// Turns a point's page back by a quarter: what ran down runs right.
fn turn_back(glyph: &mut Glyph, width: f64) {
    (glyph.x, glyph.y) = (glyph.y, width - glyph.x);
    glyph.ink =
        glyph.ink.map(|[left, top, right, bottom]| [top, width - right, bottom, width - left]);
    glyph.turn = glyph.turn.map(|turn| (turn + 3) % 4);
}

fn turn_rule_back(rule: &mut Rule, width: f64) {
    if rule.horizontal {
        (rule.from, rule.to) = (width - rule.to, width - rule.from);
    } else {
        rule.at = width - rule.at;
    }
    rule.horizontal = !rule.horizontal;
}

/// A character drawn twice, filled and stroked or with a shadow, is one.
fn once(glyphs: &mut Vec<Glyph>) {
    let mut last: Option<(Option<String>, f64, f64)> = None;
    glyphs.retain(|glyph| {
        let same = last.as_ref().is_some_and(|(text, x, y)| {
            *text == glyph.text && (x - glyph.x).abs() < 0.2 && (y - glyph.y).abs() < 0.2
        });
        last = Some((glyph.text.clone(), glyph.x, glyph.y));
        !same
    });
}

fn lines(page: usize, pose: Pose, mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut groups: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match groups.last_mut() {
            Some(group) if on_one_line(&group[0], &glyph) => group.push(glyph),
            _ => groups.push(vec![glyph]),
        }
    }
    groups.into_iter().map(|glyphs| Line::new(page, pose, glyphs)).collect()
}

fn on_one_line(first: &Glyph, glyph: &Glyph) -> bool {
    glyph.y - first.y < SAME_LINE * first.size.min(glyph.size) * MM_PER_PT
}

/// Areas that upright rules hold together.
fn tables(rules: &[Rule]) -> Vec<[f64; 4]> {
    let mut tables: Vec<[f64; 4]> = Vec::new();
    for rule in rules.iter().filter(|rule| !rule.horizontal && rule.to - rule.from > 3.0) {
        let meets = |table: &[f64; 4]| rule.from <= table[3] + 1.0 && rule.to >= table[1] - 1.0;
        let mut grown = [rule.at, rule.from, rule.at, rule.to];
        tables.retain(|table| {
            let met = meets(table);
            if met {
                grown = [
                    grown[0].min(table[0]),
                    grown[1].min(table[1]),
                    grown[2].max(table[2]),
                    grown[3].max(table[3]),
                ];
            }
            !met
        });
        tables.push(grown);
    }
    tables.retain(|table| table[2] - table[0] > 1.0);
    tables
}
