//! How pages show the facts that their code states. A template may print a fact
//! in words of its own (31 July 2026), or leave it to preprinted paper. What the
//! page really shows is read off it when it is made and stands in the code, so
//! that it can be compared later without knowing any way of writing.

use std::fmt::Write;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::{Statement, line};
use crate::fact::Fact;
use crate::field::Field;

/// The labels of the lines that say how a fact is shown, and which are not.
const AS: &str = "印作";
const NOWHERE: &str = "未印";

/// The longest name of a month, with what stands around it.
const MONTH: usize = 24;

/// The facts that pages do not show as they are stated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnPage(Vec<(Fact, Option<String>)>);

/// How a fact is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form<'a> {
    /// In its own words, a date in any of the forms that everybody knows.
    Stated,
    /// In these words.
    As(&'a str),
    /// In no words that are known.
    Nowhere,
}

impl OnPage {
    /// What pages with this text, blanks and all, do not show as it is stated.
    pub fn on(statement: &Statement, words: &str) -> Self {
        let mut text = Text::default();
        text.push(words, true);
        let otherwise = statement.facts().iter().filter(|(fact, value)| {
            // A first revision is not printed; a later one is for people.
            *fact != Fact::Revision && !text.shows(*fact, value, Form::Stated)
        });
        Self(
            otherwise
                .map(|(fact, value)| {
                    let date = (*fact == Fact::Date).then(|| value.parse().ok()).flatten();
                    let found = date.map_or_else(|| find(words, value), |date| dated(words, date));
                    (*fact, found.map(line).filter(|it| !it.is_empty()))
                })
                .collect(),
        )
    }

    /// How a fact is shown.
    pub fn form(&self, fact: Fact) -> Form<'_> {
        match self.0.iter().find(|(known, _)| *known == fact) {
            None => Form::Stated,
            Some((_, Some(words))) => Form::As(words),
            Some((_, None)) => Form::Nowhere,
        }
    }

    /// The lines of a certificate's text, each after a line break.
    pub(super) fn lines(&self) -> String {
        let mut lines = String::new();
        for (fact, words) in &self.0 {
            if let Some(words) = words {
                let _ = write!(lines, "\n{AS} {} {words}", fact.label());
            }
        }
        let nowhere = self.0.iter().filter(|(_, words)| words.is_none());
        let nowhere: Vec<_> = nowhere.map(|(fact, _)| fact.label()).collect();
        if !nowhere.is_empty() {
            let _ = write!(lines, "\n{NOWHERE} {}", nowhere.join("、"));
        }
        lines
    }

    /// Reads one line of a certificate's text; whether it is one of these.
    pub(super) fn read(&mut self, line: &str) -> Option<bool> {
        match line.split_once(' ') {
            Some((AS, rest)) => {
                let (label, words) = rest.split_once(' ')?;
                self.0.push((Fact::of_label(label)?, Some(words.to_owned())));
            }
            Some((NOWHERE, labels)) => {
                for label in labels.split('、') {
                    self.0.push((Fact::of_label(label)?, None));
                }
            }
            _ => return Some(false),
        }
        Some(true)
    }
}

/// The text of a page without blanks, as it is compared.
#[derive(Debug, Default)]
pub struct Text {
    characters: Vec<char>,
    /// Whether something parts a character from the one before.
    apart: Vec<bool>,
}

impl Text {
    /// Adds what follows; `apart` tells whether there is a gap before it.
    pub fn push(&mut self, text: &str, apart: bool) {
        let mut apart = apart;
        for character in text.nfkc() {
            if character.is_whitespace() {
                apart = true;
            } else if !is_ignorable(character) {
                self.characters.push(character);
                self.apart.push(apart);
                apart = false;
            }
        }
    }

    /// How many characters there are.
    pub fn len(&self) -> usize {
        self.characters.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.characters.is_empty()
    }

    /// Whether it shows what a statement says of a fact in this form.
    pub fn shows(&self, fact: Fact, value: &str, form: Form<'_>) -> bool {
        self.count(fact, value, form) > 0
    }

    /// How often it shows what a statement says of a fact in this form; of
    /// several names, the one that it shows least often.
    pub fn count(&self, fact: Fact, value: &str, form: Form<'_>) -> usize {
        match (form, fact) {
            (Form::Nowhere, _) => 0,
            (Form::As(words), _) => self.times(words),
            (Form::Stated, Fact::Date) => {
                let forms = value.parse().map(forms).unwrap_or_default();
                forms.iter().map(|form| self.times(form)).sum()
            }
            (Form::Stated, Fact::Issuer | Fact::Field(Field::Members)) => {
                value.split('、').map(|name| self.times(name)).min().unwrap_or_default()
            }
            (Form::Stated, _) => self.times(value),
        }
    }

    /// How often the words stand in it: `31` does not hold `1`.
    fn times(&self, words: &str) -> usize {
        let mut wanted = Text::default();
        wanted.push(words, true);
        let wanted = wanted.characters;
        if wanted.is_empty() {
            return 0;
        }
        let found = |(at, window): &(usize, &[char])| {
            *window == wanted && self.may_part(*at) && self.may_part(at + wanted.len())
        };
        self.characters.windows(wanted.len()).enumerate().filter(found).count()
    }

    /// Whether words may end before the character at a place.
    fn may_part(&self, at: usize) -> bool {
        let solid = |at: usize| self.characters.get(at).is_some_and(char::is_ascii_alphanumeric);
        at == 0 || !solid(at - 1) || !solid(at) || self.apart[at]
    }
}

/// What nobody sees: marks that only choose or join glyphs.
fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
        || matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
        || character.is_control()
}

/// A date as certificates and official documents write it.
fn forms(date: Date) -> [String; 3] {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |value: i8| DIGITS[usize::from(value.unsigned_abs() % 10)];
    let counted = |value: i8| match (value / 10, value % 10) {
        (0, ones) => digit(ones).to_string(),
        (tens, ones) => {
            let mut text = String::new();
            if tens > 1 {
                text.push(digit(tens));
            }
            text.push('十');
            if ones > 0 {
                text.push(digit(ones));
            }
            text
        }
    };
    let year: String = date
        .year()
        .to_string()
        .chars()
        .filter_map(|c| Some(DIGITS[c.to_digit(10)? as usize]))
        .collect();
    [
        format!("{year}年{}月{}日", counted(date.month()), counted(date.day())),
        format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        date.to_string(),
    ]
}

/// Where the words stand in other letters, blanks left aside: CERTIFICATE.
fn find<'a>(words: &'a str, value: &str) -> Option<&'a str> {
    let solid = |text: &'a str| text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let page: Vec<(usize, char)> = solid(words).collect();
    let wanted: Vec<char> = value.chars().filter(|c| !c.is_whitespace()).collect();
    let alike = |a: char, b: char| a == b || a.to_lowercase().eq(b.to_lowercase());
    if wanted.is_empty() {
        return None;
    }
    let found = page
        .windows(wanted.len())
        .find(|window| window.iter().zip(&wanted).all(|(&(_, a), &b)| alike(a, b)))?;
    let (first, (last, character)) = (found[0].0, found[found.len() - 1]);
    Some(&words[first..last + character.len_utf8()])
}

/// Where the day is written, in whatever language: its day and its year with
/// little between or before them but the month.
fn dated(words: &str, date: Date) -> Option<&str> {
    let numbers = numbers(words);
    let is_year = |number: &Digits| number.value == i64::from(date.year());
    let is_day = |number: &Digits| number.value == i64::from(date.day());
    let is_month = |number: &Digits| number.value == i64::from(date.month());
    let gap = |a: &Digits, b: &Digits| &words[a.end..b.begin];
    let three = numbers.windows(3).find(|it| {
        let close = [gap(&it[0], &it[1]), gap(&it[1], &it[2])]
            .iter()
            .all(|gap| gap.chars().count() <= 3 && letters(gap) <= 1);
        let ordered = |year: usize, month: usize, day: usize| {
            is_year(&it[year]) && is_month(&it[month]) && is_day(&it[day])
        };
        close && (ordered(0, 1, 2) || ordered(2, 1, 0) || ordered(2, 0, 1))
    });
    if let Some(found) = three {
        return Some(&words[found[0].begin..found[2].end]);
    }
    numbers.windows(2).find_map(|it| {
        let fits = (is_day(&it[0]) && is_year(&it[1])) || (is_year(&it[0]) && is_day(&it[1]));
        let between = gap(&it[0], &it[1]);
        if !fits || between.chars().count() > MONTH {
            return None;
        }
        if letters(between) >= 3 || between.chars().any(is_ideograph) {
            return Some(&words[it[0].begin..it[1].end]);
        }
        // July 31, 2026; or 2026, 31 July.
        let before = word_before(words, it[0].begin);
        let after = word_after(words, it[1].end);
        before.map(|begin| &words[begin..it[1].end]).or(after.map(|end| &words[it[0].begin..end]))
    })
}

/// A number as it is written.
struct Digits {
    value: i64,
    begin: usize,
    end: usize,
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

fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
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
            ("JZ-2026-31 issued 31st of July, 2026", "31st of July, 2026"),
        ] {
            assert_eq!(dated(page, day), Some(found), "{page}");
        }
        for page in ["July 2026", "31", "31 projects", "2026-07-30", "2026-31", ""] {
            assert_eq!(dated(page, day), None, "{page}");
        }
    }

    #[test]
    fn words_end_where_figures_and_letters_do() {
        let holds = |text: &Text, words| text.times(words) > 0;
        let mut text = Text::default();
        text.push("31 July 2026", true);
        text.push("JZ-0015", true);
        text.push("2", true);
        assert!(holds(&text, "31 July 2026"));
        assert!(!holds(&text, "1 July 2026"), "the day goes on before");
        assert!(!holds(&text, "JZ-001"), "the number goes on");
        assert!(holds(&text, "JZ-0015"), "what follows stands apart");
        text.push("获奖者王伟同志", true);
        assert!(holds(&text, "王伟"), "nobody can tell where a name ends");
    }

    #[test]
    fn what_is_shown_otherwise_is_told() {
        let statement = Statement::new([
            (Fact::Kind, "Certificate of Honour".into()),
            (Fact::Contest, "甲大赛".into()),
            (Fact::Issuer, "乙局、丙局".into()),
            (Fact::Date, "2026-07-31".into()),
        ]);
        let printed =
            OnPage::on(&statement, "CERTIFICATE  OF HONOUR 甲 大赛 signed 乙局 on July 31, 2026");
        assert_eq!(printed.form(Fact::Kind), Form::As("CERTIFICATE OF HONOUR"));
        assert_eq!(printed.form(Fact::Contest), Form::Stated);
        assert_eq!(printed.form(Fact::Issuer), Form::Nowhere);
        assert_eq!(printed.form(Fact::Date), Form::As("July 31, 2026"));
        let mut read = OnPage::default();
        let lines = printed.lines();
        assert!(lines.trim_start().lines().all(|line| read.read(line) == Some(true)), "{lines}");
        assert_eq!(
            (read.form(Fact::Issuer), read.form(Fact::Date)),
            (Form::Nowhere, Form::As("July 31, 2026"))
        );
    }
}
