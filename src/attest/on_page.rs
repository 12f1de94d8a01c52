//! How pages show the facts that their code states. A template may print a fact
//! in words of its own (31 July 2026), or leave it to preprinted paper. What the
//! page really shows is read off it when it is made and stands in the code, so
//! that it can be compared later without knowing any way of writing.

use std::fmt::Write;
use std::ops::Range;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::statement::{Statement, line};
use crate::character::one_quotation_mark;
use crate::dates;
use crate::fact::Fact;
use crate::lang::Lang;

/// The labels of the lines that say how a fact is shown, and which are not.
fn labels(lang: Lang) -> [&'static str; 2] {
    lang.pick(["印作", "未印"], ["Printed-as", "Not-printed"])
}

/// What stands between labels, none of which has a blank.
fn between_labels(lang: Lang) -> &'static str {
    lang.pick("、", " ")
}

/// The longest name of a month, with what stands around it.
const MONTH: usize = 24;

/// The facts that pages do not show as they are stated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnPage(Vec<(Fact, Option<String>)>);

/// How a fact is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form<'a> {
    /// In its own words, a date in any of the forms that everybody knows.
    Stated,
    /// In these words.
    As(&'a str),
    /// In no words that are known.
    Nowhere,
}

impl OnPage {
    /// What pages with this text, blanks and all, do not show as it is stated.
    pub(crate) fn on(statement: &Statement, words: &str) -> Self {
        let mut text = Text::default();
        text.push(words, (false, false));
        let otherwise = statement.facts().iter().filter(|(fact, value)| {
            // A first revision is not printed; a later one is for people.
            *fact != Fact::Revision && !text.shows(*fact, value, Form::Stated)
        });
        Self(
            otherwise
                .map(|(fact, value)| {
                    let found = match (fact, day(value)) {
                        (Fact::Date, _) | (Fact::Field(_), Some(_)) => {
                            date(statement, words, *fact, value)
                        }
                        _ => find(words, value).map(|found| line(&words[found])),
                    };
                    (*fact, found)
                })
                .collect(),
        )
    }

    /// How a fact is shown.
    pub(crate) fn form(&self, fact: Fact) -> Form<'_> {
        match self.0.iter().find(|(known, _)| *known == fact) {
            None => Form::Stated,
            Some((_, Some(words))) => Form::As(words),
            Some((_, None)) => Form::Nowhere,
        }
    }

    /// The lines of a certificate's text, each after a line break.
    pub(super) fn lines(&self, lang: Lang) -> String {
        let [shown_as, nowhere] = labels(lang);
        let mut lines = String::new();
        for (fact, words) in &self.0 {
            if let Some(words) = words {
                let _ = write!(lines, "\n{shown_as} {} {words}", fact.label(lang));
            }
        }
        let unseen = self.0.iter().filter(|(_, words)| words.is_none());
        let unseen: Vec<_> = unseen.map(|(fact, _)| fact.label(lang)).collect();
        if !unseen.is_empty() {
            let _ = write!(lines, "\n{nowhere} {}", unseen.join(between_labels(lang)));
        }
        lines
    }

    /// Reads one line of a certificate's text; whether it is one of these.
    pub(super) fn read(&mut self, line: &str) -> Option<bool> {
        let lang = |label: &str, which: usize| {
            Lang::ALL.into_iter().find(|lang| labels(*lang)[which] == label)
        };
        let Some((label, rest)) = line.split_once(' ') else { return Some(false) };
        if lang(label, 0).is_some() {
            let (label, words) = rest.split_once(' ')?;
            self.0.push((Fact::of_label(label), Some(words.to_owned())));
        } else if let Some(lang) = lang(label, 1) {
            let labels = rest.split(between_labels(lang));
            self.0.extend(labels.map(|label| (Fact::of_label(label), None)));
        } else {
            return Some(false);
        }
        Some(true)
    }
}

/// The text of a page without blanks, as it is compared.
#[derive(Debug, Default)]
pub(crate) struct Text {
    characters: Vec<char>,
    /// Whether a character is joined to another one before and after it, wherever
    /// those stand in the file.
    joined: Vec<(bool, bool)>,
}

impl Text {
    /// Adds what follows, and whether its ends are joined to other characters.
    pub(crate) fn push(&mut self, text: &str, (before, after): (bool, bool)) {
        let begin = self.characters.len();
        let solid = text.nfkc().filter(|it| !it.is_whitespace() && !is_ignorable(*it));
        self.characters.extend(solid.map(one_quotation_mark));
        self.joined.resize(self.characters.len(), (false, false));
        if let [first, ..] = &mut self.joined[begin..] {
            first.0 = before;
        }
        if let [.., last] = &mut self.joined[begin..] {
            last.1 = after;
        }
    }

    /// How many characters there are.
    pub(crate) fn len(&self) -> usize {
        self.characters.len()
    }

    /// Whether it shows what a statement says of a fact in this form.
    pub(crate) fn shows(&self, fact: Fact, value: &str, form: Form<'_>) -> bool {
        self.count(fact, value, form) > 0
    }

    /// How often it shows what a statement says of a fact in this form; of
    /// several names, the one that it shows least often.
    pub(crate) fn count(&self, fact: Fact, value: &str, form: Form<'_>) -> usize {
        match (form, fact) {
            (Form::Nowhere, _) => 0,
            (Form::As(words), _) => self.times(words),
            (Form::Stated, Fact::Date | Fact::Field(_)) if day(value).is_some() => {
                let forms = day(value).map(forms).unwrap_or_default();
                forms.iter().map(|form| self.times(form)).sum()
            }
            (Form::Stated, fact) if fact.is_list() => {
                let names = value.split(['、', ';']).map(|name| self.times(name)).min();
                self.times(value).max(names.unwrap_or_default())
            }
            (Form::Stated, _) => self.times(value),
        }
    }

    /// How often the words stand in it: `31` does not hold `1`.
    fn times(&self, words: &str) -> usize {
        let mut wanted = Text::default();
        wanted.push(words, (false, false));
        let wanted = wanted.characters;
        let found = |(at, window): &(usize, &[char])| {
            *window == wanted && !self.joined[*at].0 && !self.joined[at + wanted.len() - 1].1
        };
        // Nothing stands nowhere.
        let length = wanted.len().max(1);
        self.characters.windows(length).enumerate().filter(found).count()
    }
}

/// Whether words are parted by blanks where they are written in such characters.
pub(crate) fn is_of_words(character: char) -> bool {
    let solid = matches!(character, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}')
        || matches!(character, '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    character.is_alphanumeric() && !solid
}

/// What nobody sees: marks that only choose or join glyphs.
fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
        || matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
        || character.is_control()
}

/// A day as statements have it, 2026-08-10 or 2026年8月10日; digits alone are a
/// number.
fn day(value: &str) -> Option<Date> {
    let figures = || {
        let (year, rest) = value.strip_suffix('日')?.split_once('年')?;
        let (month, day) = rest.split_once('月')?;
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    };
    value.parse().ok().filter(|_| value.contains('-')).or_else(figures)
}

/// A date as certificates and official documents write it.
fn forms(date: Date) -> [String; 3] {
    [dates::in_hanzi(date), dates::in_figures(date), date.to_string()]
}

/// Where the words stand, perhaps in other letters, blanks left aside:
/// CERTIFICATE.
fn find(words: &str, value: &str) -> Option<Range<usize>> {
    let page: Vec<(usize, char)> =
        words.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    let wanted: Vec<char> = value.chars().filter(|c| !c.is_whitespace()).collect();
    let alike = |a: char, b: char| {
        one_quotation_mark(a) == one_quotation_mark(b) || a.to_lowercase().eq(b.to_lowercase())
    };
    if wanted.is_empty() {
        return None;
    }
    let found = page
        .windows(wanted.len())
        .find(|window| window.iter().zip(&wanted).all(|(&(_, a), &b)| alike(a, b)))?;
    let (first, (last, character)) = (found[0].0, found[found.len() - 1]);
    Some(first..last + character.len_utf8())
}

/// How a day is written beside the other facts, which may hold figures, too.
fn date(statement: &Statement, words: &str, fact: Fact, value: &str) -> Option<String> {
    let date = day(value)?;
    let mut rest = words.to_owned();
    // The same day may be stated twice.
    let others = statement.facts().iter().filter(|(other, _)| *other != fact);
    for (_, other) in others.filter(|(_, other)| dated(other, date).is_none()) {
        while let Some(found) = find(&rest, other).filter(|_| other.chars().count() > 1) {
            rest.replace_range(found, "\n");
        }
    }
    dated(&rest, date).map(line)
}

/// Where the day is written, in whatever language: its day and its year with
/// little between or before them but the month. The shortest such piece on one
/// line counts.
fn dated(words: &str, date: Date) -> Option<&str> {
    let numbers = numbers(words);
    let pieces = numbers.windows(3).filter_map(|it| in_figures(words, it, date));
    let pieces = pieces.chain(numbers.windows(2).filter_map(|it| in_words(words, it, date)));
    pieces.min_by_key(|piece| (piece.contains('\n'), piece.chars().count()))
}

/// A day in three numbers: 31/07/2026.
fn in_figures<'a>(words: &'a str, numbers: &[Digits], date: Date) -> Option<&'a str> {
    let [a, b, c] = numbers else { return None };
    let near = |a: &Digits, b: &Digits| {
        let between = &words[a.end..b.begin];
        between.chars().count() <= 3 && letters(between) <= 1
    };
    let is = |year: &Digits, month: &Digits, day: &Digits| {
        year.is(date.year()) && month.is(date.month().into()) && day.is(date.day().into())
    };
    let fits = near(a, b) && near(b, c) && (is(a, b, c) || is(c, b, a) || is(c, a, b));
    fits.then(|| &words[a.begin..c.end])
}

/// A day in two numbers and a word: 31 July 2026; July 31, 2026; 2026, 31 July.
fn in_words<'a>(words: &'a str, numbers: &[Digits], date: Date) -> Option<&'a str> {
    let [a, b] = numbers else { return None };
    let is = |year: &Digits, day: &Digits| year.is(date.year()) && day.is(date.day().into());
    let between = &words[a.end..b.begin];
    if !(is(a, b) || is(b, a)) || between.chars().count() > MONTH {
        return None;
    }
    if letters(between) >= 3 {
        return Some(&words[a.begin..b.end]);
    }
    let before = word_before(words, a.begin).map(|begin| &words[begin..b.end]);
    before.or_else(|| Some(&words[a.begin..word_after(words, b.end)?]))
}

/// A number as it is written.
struct Digits {
    value: i64,
    begin: usize,
    end: usize,
}

impl Digits {
    fn is(&self, value: i16) -> bool {
        self.value == i64::from(value)
    }
}

fn numbers(words: &str) -> Vec<Digits> {
    let mut numbers: Vec<Digits> = Vec::new();
    for (at, character) in words.char_indices() {
        let Some(digit) = character.to_digit(10) else { continue };
        let end = at + character.len_utf8();
        match numbers.last_mut() {
            Some(last) if last.end == at => {
                last.value = last.value.saturating_mul(10).saturating_add(digit.into());
                last.end = end;
            }
            _ => numbers.push(Digits { value: digit.into(), begin: at, end }),
        }
    }
    numbers
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Where the word begins that ends right before a place.
fn word_before(words: &str, place: usize) -> Option<usize> {
    let head = words[..place].trim_end_matches([' ', '\u{a0}', '.', ',']);
    let word = head.rsplit(|c: char| !c.is_alphabetic()).next()?;
    let near = place - head.len() <= 4 && (3..=MONTH).contains(&word.chars().count());
    near.then_some(head.len() - word.len())
}

/// Where the word ends that begins right after a place.
fn word_after(words: &str, place: usize) -> Option<usize> {
    let tail = words[place..].trim_start_matches([' ', '\u{a0}', '.', ',']);
    let word = tail.split(|c: char| !c.is_alphabetic()).next()?;
    let begin = words.len() - tail.len();
    let near = begin - place <= 4 && (3..=MONTH).contains(&word.chars().count());
    near.then_some(begin + word.len())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::field::Field;

    #[test]
    fn a_date_is_known_in_the_forms_of_documents() {
        let [chinese, arabic, iso] = forms(date(2026, 10, 31));
        assert_eq!(chinese, "二〇二六年十月三十一日");
        assert_eq!(arabic, "2026年10月31日");
        assert_eq!(iso, "2026-10-31");
        assert_eq!(forms(date(2026, 8, 20))[0], "二〇二六年八月二十日");
    }

    #[test]
    fn a_date_is_found_in_any_words() {
        let day = date(2026, 7, 31);
        for (page, found) in [
            ("Given at Oxford on 31 July 2026.", "31 July 2026"),
            ("No. 31\nJuly 31st, 2026 by the Board", "July 31st, 2026"),
            ("July 31, 2026", "July 31, 2026"),
            ("le 31 juillet 2026", "31 juillet 2026"),
            ("31. Juli 2026", "31. Juli 2026"),
            ("31 июля 2026 г.", "31 июля 2026"),
            ("31/07/2026", "31/07/2026"),
            ("07/31/2026", "07/31/2026"),
            ("2026.7.31", "2026.7.31"),
            ("2026, 31 July", "2026, 31 July"),
            ("No. 7 issued 31st of July, 2026", "31st of July, 2026"),
            ("2026 Contest of 31 schools, July 31, 2026", "July 31, 2026"),
            ("2026年“甲”大赛\n31 July 2026", "31 July 2026"),
        ] {
            assert_eq!(dated(page, day), Some(found), "{page}");
        }
        for page in ["July 2026", "31", "31 projects", "2026-07-30", "2026-31", ""] {
            assert_eq!(dated(page, day), None, "{page}");
        }
    }

    #[test]
    fn words_end_where_nothing_is_joined_to_them() {
        let mut text = Text::default();
        text.push("3", (false, true));
        text.push("1", (true, false));
        text.push(" July 2026", (false, false));
        text.push("获奖者王伟同志", (false, false));
        assert_eq!([text.times("31 July 2026"), text.times("1 July 2026")], [1, 0]);
        assert_eq!(text.times("王伟"), 1, "nobody can tell where a name ends");
        assert_eq!(text.times(""), 0);
    }

    #[test]
    fn a_day_in_a_column_is_compared_as_it_is_printed() {
        let column = |name| Fact::Field(Field::column(name));
        let (completed, id) = (column("Completed"), column("学号"));
        let facts = [(completed, "2026-03-20".into()), (id, "20230104".into())];
        let facts = facts.into_iter().chain([(Fact::Date, "2026-03-27".into())]);
        let statement = Statement::new(Lang::En, facts);
        let page = "No. 20230104 on 20\u{a0}March 2026\nOxford, 27\u{a0}March 2026";
        let printed = OnPage::on(&statement, page);
        assert_eq!(printed.form(completed), Form::As("20 March 2026"));
        assert_eq!(printed.form(Fact::Date), Form::As("27 March 2026"));
        assert_eq!(printed.form(id), Form::Stated, "digits are no day");
        let facts = [(completed, "27\u{a0}March 2026".into()), (Fact::Date, "2026-03-27".into())];
        let printed = OnPage::on(&Statement::new(Lang::En, facts), "27\u{a0}March 2026, twice");
        assert_eq!(printed.form(Fact::Date), Form::As("27 March 2026"), "the same day");
        let facts = [(completed, "2026年3月27日".into())];
        let printed = OnPage::on(&Statement::new(Lang::Zh, facts), "二〇二六年三月二十七日");
        assert_eq!(printed.form(completed), Form::Stated);
        let printed = OnPage::on(&statement, page);
        let mut altered = Text::default();
        altered.push(&page.replace("20\u{a0}March", "21\u{a0}March"), (false, false));
        assert!(!altered.shows(completed, "2026-03-20", printed.form(completed)));
    }

    #[test]
    fn what_is_shown_otherwise_is_told() {
        let statement = Statement::new(
            Lang::Zh,
            [
                (Fact::Kind, "Certificate of Honour".into()),
                (Fact::Contest, "甲大赛".into()),
                (Fact::Issuer, "乙局、丙局".into()),
                (Fact::Number, "JZ2026-QY-31".into()),
                (Fact::Date, "2026-07-31".into()),
            ],
        );
        let page = "CERTIFICATE  OF HONOUR 甲 大赛 JZ2026-QY-31 signed 乙局 on July 31, 2026";
        let printed = OnPage::on(&statement, page);
        assert_eq!(printed.form(Fact::Kind), Form::As("CERTIFICATE OF HONOUR"));
        assert_eq!(printed.form(Fact::Contest), Form::Stated);
        assert_eq!(printed.form(Fact::Issuer), Form::Nowhere);
        assert_eq!(printed.form(Fact::Date), Form::As("July 31, 2026"));
        let mut read = OnPage::default();
        let lines = printed.lines(Lang::Zh);
        assert!(lines.trim_start().lines().all(|line| read.read(line) == Some(true)), "{lines}");
        assert_eq!(
            (read.form(Fact::Issuer), read.form(Fact::Date)),
            (Form::Nowhere, Form::As("July 31, 2026"))
        );
    }
}
