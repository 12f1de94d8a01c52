//! Sheets → the elements of an official document: what is what is told by
//! words, colour, size and place, as a reader does.

use super::area::{AREA, Area, EDGE};
use super::form::{self, DateForm};
use super::upright::{Line, Lines, UprightPage, is_red};
use crate::pdf::Rule;

/// A red or black rule is a document's own if it is at least this long (mm);
/// shorter ones belong to tables and drawings.
const LONG: f64 = 100.0;

/// A page whose first line stands lower than this under its place (mm) does
/// not begin at the top, so it tells nothing of the margin.
const LOWER: f64 = 8.0;

/// What a document is by its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// 文件: a mark, a number and a red rule.
    Document,
    /// 信函 (10.1): double rules at the head and the foot of the first page.
    Letter,
    /// 命令（令）(10.2).
    Order,
    /// 纪要 (10.3).
    Minutes,
    /// A sheet without 版头, a 公示 for instance.
    Plain,
}

/// 署名 and 成文日期.
pub(super) struct Signature<'a> {
    /// The name above the date.
    pub organ: Option<Line>,
    pub date: &'a Line,
    pub form: DateForm,
}

/// 附件 with its mark and its title.
pub(super) struct Annex<'a> {
    pub mark: &'a Line,
    /// How many lines stand before the mark on its page.
    pub before: usize,
    pub title: Lines<'a>,
}

/// 版记.
pub(super) struct Imprint<'a> {
    pub page: usize,
    pub lines: Lines<'a>,
    pub rules: Vec<Rule>,
}

/// What was recognised. What is absent is empty.
pub(super) struct Document<'a> {
    pub sheets: &'a [UprightPage],
    pub form: Form,
    pub area: Area,
    pub mark: Lines<'a>,
    pub copy_number: Option<&'a Line>,
    pub secrecy: Option<&'a Line>,
    pub urgency: Option<&'a Line>,
    pub number: Option<Line>,
    /// 签发人 with the names, a line for each two.
    pub signers: Vec<Line>,
    /// Red, long and level, on the first page, from the top down.
    pub red_rules: Vec<Rule>,
    pub title: Lines<'a>,
    pub addressee: Lines<'a>,
    /// The text between the addressee and what follows it.
    pub body: Vec<Lines<'a>>,
    pub attachments: Lines<'a>,
    pub signature: Option<Signature<'a>>,
    pub note: Lines<'a>,
    /// Who was there, in a 纪要.
    pub attendance: Lines<'a>,
    pub annexes: Vec<Annex<'a>>,
    pub imprint: Option<Imprint<'a>>,
    /// Of each sheet.
    pub page_numbers: Vec<Option<&'a Line>>,
}

impl<'a> Document<'a> {
    pub(super) fn new(sheets: &'a [UprightPage]) -> Self {
        let page_numbers: Vec<_> = sheets.iter().map(page_number).collect();
        let mut shown: Vec<Lines<'a>> =
            sheets.iter().zip(&page_numbers).map(|(sheet, number)| text(sheet, *number)).collect();
        let imprint = imprint(sheets, &shown);
        if let Some(imprint) = &imprint {
            let lines = &mut shown[imprint.page - 1];
            lines.truncate(lines.len() - imprint.lines.len());
        }
        let mut document = Self::empty(sheets, page_numbers, Area::new(sheets, &shown));
        document.red_rules = red_rules(&sheets[0]);
        document.imprint = imprint;
        let mut rest = document.head(shown[0].clone());
        for lines in &shown[1..] {
            rest.extend(lines);
        }
        document.form = document.form();
        let annexes = rest.iter().position(|line| is_annex_mark(line, &shown));
        let annexes = rest.split_off(annexes.unwrap_or(rest.len()));
        document.annexes(&annexes, &shown);
        document.text(rest);
        let later = sheets.iter().filter(|sheet| !sheet.is_landscape());
        let top = later.filter_map(|sheet| document.begins(sheet)).reduce(f64::max);
        document.area.top = top.unwrap_or(EDGE.1);
        document
    }

    /// Where a page begins, if it begins at the top of the type area.
    pub(super) fn begins(&self, sheet: &UprightPage) -> Option<f64> {
        let headed = sheet.number == 1 && self.form != Form::Plain;
        if headed && self.copy_number.is_none() {
            return None;
        }
        let number = self.page_numbers[sheet.number - 1];
        let is_number = |line: &&Line| number.is_some_and(|number| std::ptr::eq(*line, number));
        let line = sheet.lines.iter().find(|line| !is_number(line))?;
        let table = sheet.tables.iter().map(|table| table[1]).fold(f64::INFINITY, f64::min);
        Some(line.top().min(table)).filter(|top| *top < EDGE.1 + LOWER)
    }

    fn empty(sheets: &'a [UprightPage], page_numbers: Vec<Option<&'a Line>>, area: Area) -> Self {
        Self {
            sheets,
            form: Form::Plain,
            area,
            mark: Vec::new(),
            copy_number: None,
            secrecy: None,
            urgency: None,
            number: None,
            signers: Vec::new(),
            red_rules: Vec::new(),
            title: Vec::new(),
            addressee: Vec::new(),
            body: Vec::new(),
            attachments: Vec::new(),
            signature: None,
            note: Vec::new(),
            attendance: Vec::new(),
            annexes: Vec::new(),
            imprint: None,
            page_numbers,
        }
    }

    /// Takes 版头 from the first page's lines and gives the rest.
    fn head(&mut self, lines: Lines<'a>) -> Lines<'a> {
        let foot = self.red_rules.first().map_or(0.0, |rule| rule.at);
        let mut rest = lines.into_iter().peekable();
        while let Some(&line) = rest.peek() {
            let above = line.baseline < foot;
            if line.is_red() || (above && line.size > self.area.size + 6.0) {
                self.mark.push(line);
            } else if form::is_copy_number(&line.text) && line.left_off(self.area.left) < 10.0 {
                self.copy_number = Some(line);
            } else if form::is_secrecy(&line.text) {
                self.secrecy = Some(line);
            } else if form::is_urgency(&line.text) {
                self.urgency = Some(line);
            } else if self.head_line(line) {
                // A number or a signer has been taken.
            } else if !above {
                break;
            }
            rest.next();
        }
        rest.collect()
    }

    fn head_line(&mut self, line: &Line) -> bool {
        // A number's place may be blank, so that it is two runs.
        let signer = line.text.find("签发人").map(|at| line.text[..at].chars().count());
        let number = line.text.find('号').map(|at| line.text[..at].chars().count() + 1);
        let at = match (signer, number) {
            (Some(signer), _) => signer,
            (None, Some(number)) if !self.signers.is_empty() => number,
            (None, _) => line.glyphs.len(),
        };
        let (before, after) = line.glyphs.split_at(at.min(line.glyphs.len()));
        let before = line.part(before.to_vec());
        let numbers = form::is_document_number(&before.text);
        // Between the first signers and the number stand names alone.
        if !numbers && signer.is_none() && !self.signers.is_empty() && self.number.is_none() {
            self.signers.push(line.clone());
            return true;
        }
        if numbers {
            self.number = Some(before);
        }
        if !after.is_empty() {
            self.signers.push(line.part(after.to_vec()));
        }
        numbers || signer.is_some()
    }

    fn form(&self) -> Form {
        let mark: String = self.mark.iter().map(|line| line.text.as_str()).collect();
        let at_foot = self.red_rules.iter().any(|rule| rule.at > 250.0);
        match mark.as_str() {
            "" if self.red_rules.is_empty() => Form::Plain,
            mark if mark.ends_with('令') => Form::Order,
            mark if mark.ends_with("纪要") => Form::Minutes,
            mark if at_foot && !mark.ends_with("文件") => Form::Letter,
            _ => Form::Document,
        }
    }

    /// Everything between 版头 and 附件 or 版记.
    fn text(&mut self, mut lines: Lines<'a>) {
        let title = self.title_in(&lines);
        let mut rest = lines.split_off(title);
        self.title = lines;
        let tabled = |line: &&Line| self.sheets[line.page - 1].tabulates(line);
        rest.retain(|line| !tabled(line));
        let addressee = self.addressee_in(&rest);
        let mut rest: Lines<'a> = {
            let after = rest.split_off(addressee);
            self.addressee = rest;
            after
        };
        if self.form == Form::Minutes {
            let there = rest.iter().position(|line| form::is_attendance(&line.text));
            self.attendance = rest.split_off(there.unwrap_or(rest.len()));
        }
        let half = self.area.middle() - 2.0 * self.area.em();
        let dated = rest.iter().rposition(|line| {
            let runs = line.runs();
            let last = runs.last().expect("a line has a character");
            last.left() > half && form::date(&last.text).is_some()
        });
        let mut end = rest.len();
        if let Some(at) = dated {
            self.note = rest.split_off(at + 1);
            let organs = rest[..at].iter().rev().take_while(|line| {
                (line.left() > self.area.left + 2.5 * self.area.em() || line.runs().len() > 1)
                    && !form::is_attachments(&line.text)
                    && !line.text.ends_with(['。', '；', '：'])
            });
            end = at - organs.count();
            self.signature = Some(self.signature_of(&rest, at));
        }
        if let Some(at) = rest.iter().rposition(|line| form::is_attachments(&line.text)) {
            end = end.min(at);
            self.attachments = self.adjacent(&rest[at..]);
        }
        rest.truncate(end);
        // Paragraphs begin at the left; what is set apart is none.
        rest.retain(|line| line.left() < self.area.left + 0.3 * AREA.0);
        self.body = self.paragraphs(rest);
    }

    /// The first lines, as long as none is blank between them and they are set
    /// in.
    fn adjacent(&self, lines: &[&'a Line]) -> Lines<'a> {
        let follows = |pair: &&[&Line]| {
            let near = pair[1].baseline - pair[0].baseline < 1.5 * self.area.pitch;
            let inset = pair[1].left() > self.area.left + 2.5 * self.area.em();
            near && inset && form::date(&pair[1].text).is_none()
        };
        let count = 1 + lines.windows(2).take_while(follows).count();
        lines[..count].to_vec()
    }

    fn signature_of(&self, lines: &[&'a Line], at: usize) -> Signature<'a> {
        let date = lines[at];
        let above = at.checked_sub(1).map(|at| lines[at]);
        // Further up stands who signs, beside the stamp of the name (7.3.5.3).
        let above = above.filter(|line| {
            line.page == date.page && date.baseline - line.baseline < 1.5 * self.area.pitch
        });
        let near = |run: &Line| run.left() < date.right() && run.right() > date.left();
        let organ = above.and_then(|line| line.runs().into_iter().rev().find(near));
        let form = form::date(&date.text).unwrap_or(DateForm::Arabic { padded: false });
        Signature { organ, date, form }
    }

    /// How many of the first lines are a title.
    fn title_in(&self, lines: &[&Line]) -> usize {
        let Some(first) = lines.first() else { return 0 };
        let large = first.size > self.area.size + 2.0;
        let is_title = |line: &Line| {
            let size = (line.size - first.size).abs() < 1.0 && line.page == first.page;
            size && (large || self.is_centred(line))
        };
        let mut count = 0;
        for (index, line) in lines.iter().enumerate() {
            let near = index == 0
                || line.baseline - lines[index - 1].baseline < 2.5 * self.area.pitch.max(line.em());
            if !near || !is_title(line) {
                break;
            }
            count += 1;
        }
        count
    }

    fn is_centred(&self, line: &Line) -> bool {
        let middle = self.area.middle();
        (line.middle() - middle).abs() < 3.0 && line.left() > self.area.left + 2.5 * line.em()
    }

    /// How many of the first lines name the addressees.
    fn addressee_in(&self, lines: &[&Line]) -> usize {
        let Some(first) = lines.first() else { return 0 };
        let flush = first.left_off(self.area.left) < self.area.em();
        let named = lines.iter().take(6).position(|line| line.text.ends_with(['：', ':']));
        let count = named.map_or(0, |at| at + 1);
        let names: String = lines[..count].iter().map(|line| line.text.as_str()).collect();
        let plain = !names.contains('。');
        if plain && (flush || form::ends_as_organ(&names)) { count } else { 0 }
    }

    fn paragraphs(&self, lines: Lines<'a>) -> Vec<Lines<'a>> {
        let mut paragraphs: Vec<Lines<'a>> = Vec::new();
        for line in lines {
            let indented = line.left_off(self.area.left) > 0.8 * self.area.em();
            let after_end = paragraphs.last().and_then(|it| it.last()).is_none_or(|before| {
                before.right_off(self.area.right) < -1.5 * self.area.em()
                    && before.text.ends_with(['。', '：', '；', '！', '？'])
            });
            match paragraphs.last_mut() {
                Some(paragraph) if !indented && !after_end => paragraph.push(line),
                _ => paragraphs.push(vec![line]),
            }
        }
        paragraphs
    }

    fn annexes(&mut self, lines: &[&'a Line], shown: &[Lines<'a>]) {
        for (index, &mark) in lines.iter().enumerate() {
            if !is_annex_mark(mark, shown) || self.sheets[mark.page - 1].tabulates(mark) {
                continue;
            }
            let before =
                shown[mark.page - 1].iter().take_while(|line| line.baseline < mark.baseline);
            let after: Lines<'a> =
                lines[index + 1..].iter().take_while(|it| it.page == mark.page).copied().collect();
            let title = match after.first() {
                Some(first) if first.size > self.area.size + 2.0 || self.is_middle(first) => {
                    let same = |line: &&&Line| (line.size - first.size).abs() < 1.0;
                    let large = first.size > self.area.size + 2.0;
                    let count = after.iter().take_while(same).count();
                    after[..if large { count } else { 1 }].to_vec()
                }
                _ => Vec::new(),
            };
            self.annexes.push(Annex { mark, before: before.count(), title });
        }
    }

    /// Whether a line stands in the middle of its page.
    fn is_middle(&self, line: &Line) -> bool {
        let (left, right) = self.measure_of(line.page);
        (line.middle() - (left + right) / 2.0).abs() < 3.0
    }

    /// The left and right edges of the type area on a page as it is read.
    pub(super) fn measure_of(&self, page: usize) -> (f64, f64) {
        let sheet = &self.sheets[page - 1];
        if sheet.is_landscape() {
            // The portrait page's foot or head is at the left.
            if sheet.turn == 3 {
                (EDGE.1, EDGE.1 + AREA.1)
            } else {
                (sheet.width - EDGE.1 - AREA.1, sheet.width - EDGE.1)
            }
        } else {
            (self.area.left, self.area.right)
        }
    }

    /// The upper edge of the type area on a page as it is read.
    pub(super) fn top_of(&self, page: usize) -> f64 {
        let sheet = &self.sheets[page - 1];
        match (sheet.is_landscape(), sheet.turn) {
            (false, _) => self.area.top,
            (true, 3) => sheet.height - EDGE.0 - AREA.0,
            (true, _) => EDGE.0,
        }
    }

    /// The lines of the body, one after another.
    pub(super) fn body_lines(&self) -> impl Iterator<Item = &'a Line> + Clone + '_ {
        self.body.iter().flatten().copied()
    }
}

/// Whether a line is an annex's mark. With a colon it begins 附件说明, unless it
/// begins a page.
fn is_annex_mark(line: &Line, shown: &[Lines<'_>]) -> bool {
    let bare = line.text.trim_end_matches(['：', ':']);
    let first = || shown[line.page - 1].first().is_some_and(|first| std::ptr::eq(*first, line));
    form::is_annex_mark(bare) && (bare == line.text || (line.page > 1 && first()))
}

/// A sheet's lines without its page number.
fn text<'a>(sheet: &'a UprightPage, number: Option<&Line>) -> Lines<'a> {
    let is_number = |line: &&Line| number.is_some_and(|number| std::ptr::eq(*line, number));
    sheet.lines.iter().filter(|line| !is_number(line)).collect()
}

/// A number at the foot, or on a landscape page at its side.
fn page_number(sheet: &UprightPage) -> Option<&Line> {
    let numbers = |line: &&Line| form::page_number(&line.text).is_some() && !sheet.tabulates(line);
    let below = |line: &&Line| line.baseline > sheet.height - 40.0;
    let level = sheet.lines.iter().rev().filter(below).find(numbers);
    let turned = sheet.turned.iter().rev().find(|line| form::page_number(&line.text).is_some());
    if sheet.is_landscape() { turned.or(level) } else { level }
}

fn red_rules(sheet: &UprightPage) -> Vec<Rule> {
    let long = |rule: &&Rule| rule.horizontal && rule.to - rule.from > LONG && is_red(rule.colour);
    let mut rules: Vec<Rule> = sheet.rules.iter().filter(long).copied().collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    rules
}

/// 版记 is known by its words, on the last page that has them.
fn imprint<'a>(sheets: &'a [UprightPage], shown: &[Lines<'a>]) -> Option<Imprint<'a>> {
    let (sheet, lines) = sheets.iter().zip(shown).rev().find(|(sheet, lines)| {
        lines.iter().any(|line| form::is_imprint(&line.text) && !sheet.tabulates(line))
    })?;
    let first = lines.iter().position(|line| form::is_imprint(&line.text))?;
    let from = lines[first].top() - 8.0;
    let mut rules: Vec<Rule> = sheet
        .rules
        .iter()
        .filter(|rule| rule.horizontal && rule.to - rule.from > LONG && !is_red(rule.colour))
        .filter(|rule| rule.at > from && !in_table(sheet, rule))
        .copied()
        .collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    Some(Imprint { page: sheet.number, lines: lines[first..].to_vec(), rules })
}

fn in_table(sheet: &UprightPage, rule: &Rule) -> bool {
    sheet.tables.iter().any(|table| (table[1] - 0.5..=table[3] + 0.5).contains(&rule.at))
}
