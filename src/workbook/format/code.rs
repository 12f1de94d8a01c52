//! The code of a number format → its sections, each a row of parts.

/// A number format that was understood, or one that changes nothing.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Format {
    /// For numbers, in the order they are tried; none where the code is
    /// not understood.
    pub(super) numbers: Vec<Section>,
    /// For text, if the code says how it is shown.
    pub(super) text: Option<Vec<Token>>,
}

/// One of the up to three sections for numbers.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Section {
    pub(super) parts: Vec<Token>,
    pub(super) condition: Option<(Comparison, f64)>,
    /// Which digits and numerals are used instead of 0 to 9 (`DBNum`).
    pub(super) numerals: Option<u8>,
    /// Whether names of months and days are Chinese.
    pub(super) chinese: bool,
    /// A part that is not understood.
    unknown: bool,
    /// What the system is set to decides all of it.
    settled: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    Unequal,
    GreaterOrEqual,
    Greater,
}

/// A piece of what is shown. Numbers in parts of dates are how many letters
/// the code has there.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Literal(String),
    /// The number as a cell without a format shows it.
    General,
    /// The text itself.
    At,
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    Slash,
    /// `E+`, or `E-`, which shows no sign of its own.
    Exponent {
        plus: bool,
    },
    Year(usize),
    Month(usize),
    Day(usize),
    Weekday(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// Parts of a second behind a point.
    Fraction(usize),
    /// Hours, minutes or seconds that are not carried over: `[h]`.
    Elapsed(char, usize),
    /// What the halves of a day are called.
    Half(&'static str, &'static str),
}

impl Token {
    fn is_of_date(&self) -> bool {
        matches!(
            self,
            Token::Year(_)
                | Token::Month(_)
                | Token::Day(_)
                | Token::Weekday(_)
                | Token::Hour(_)
                | Token::Minute(_)
                | Token::Second(_)
                | Token::Elapsed(..)
                | Token::Half(..)
        )
    }
}

impl Section {
    /// Whether it shows a date or a time.
    pub(super) fn is_date(&self) -> bool {
        self.parts.iter().any(Token::is_of_date)
    }
}

impl Default for Format {
    fn default() -> Self {
        Self::new("General")
    }
}

impl Format {
    /// Reads a code.
    pub(in super::super) fn new(code: &str) -> Self {
        let mut sections: Vec<Section> = split(code).into_iter().take(4).map(section).collect();
        let text = match sections.last() {
            Some(last) if sections.len() == 4 || last.parts.contains(&Token::At) => {
                let only = sections.len() == 1;
                let last = if only { sections.last().cloned() } else { sections.pop() };
                last.filter(|last| !last.unknown).map(|last| last.parts)
            }
            _ => None,
        };
        let numbers =
            if sections.iter().any(|section| section.unknown) { Vec::new() } else { sections };
        Self { numbers, text }
    }

    /// Whether it is that of a cell nobody has given a format.
    pub(super) fn is_general(&self) -> bool {
        matches!(&self.numbers[..], [section] if section.parts == [Token::General])
    }

    /// Whether it shows a day, and not only a time.
    pub(in super::super) fn shows_date(&self) -> bool {
        let Some(section) = self.numbers.first() else { return false };
        let has = |test: fn(&Token) -> bool| section.parts.iter().any(test);
        // An elapsed time such as [h]:mm is no moment.
        !has(|part| matches!(part, Token::Elapsed(..)))
            && (has(|part| matches!(part, Token::Year(_) | Token::Day(_) | Token::Weekday(_)))
                || has(|part| matches!(part, Token::Month(_)))
                    && !has(|part| matches!(part, Token::Hour(_) | Token::Second(_))))
    }
}

/// The sections of a code; a `;` in quotes divides nothing.
fn split(code: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let mut start = 0;
    let mut characters = code.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            ';' => {
                sections.push(&code[start..at]);
                start = at + 1;
            }
            '"' => while characters.next().is_some_and(|(_, c)| c != '"') {},
            '\\' | '!' | '_' | '*' => drop(characters.next()),
            _ => {}
        }
    }
    sections.push(&code[start..]);
    sections
}

fn section(code: &str) -> Section {
    let mut section = Section::default();
    let mut rest = code;
    while let Some(first) = rest.chars().next().filter(|_| !section.settled) {
        rest = section.take(rest, first);
    }
    tell_minutes_from_months(&mut section.parts);
    if section.is_date() {
        for part in &mut section.parts {
            literal_in_dates(part);
        }
    }
    section
}

impl Section {
    fn literal(&mut self, text: &str) {
        match self.parts.last_mut() {
            Some(Token::Literal(last)) => last.push_str(text),
            _ => self.parts.push(Token::Literal(text.to_owned())),
        }
    }

    /// Takes the next part from `rest`, which begins with `first`.
    fn take<'a>(&mut self, rest: &'a str, first: char) -> &'a str {
        const NAMED: [(&str, Token); 6] = [
            ("General", Token::General),
            ("G/通用格式", Token::General),
            ("Standard", Token::General),
            ("AM/PM", Token::Half("AM", "PM")),
            ("A/P", Token::Half("A", "P")),
            ("上午/下午", Token::Half("上午", "下午")),
        ];
        for (name, part) in NAMED {
            if rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
                self.parts.push(part);
                return &rest[name.len()..];
            }
        }
        let after = &rest[first.len_utf8()..];
        match first {
            '"' => {
                let (quoted, after) = after.split_once('"').unwrap_or((after, ""));
                self.literal(quoted);
                return after;
            }
            '[' => {
                let (inside, after) = after.split_once(']').unwrap_or((after, ""));
                self.bracket(inside);
                return after;
            }
            '\\' | '!' | '_' | '*' => {
                let next = after.chars().next();
                let length = next.map_or(0, char::len_utf8);
                match first {
                    '_' => self.literal(" "),
                    // What fills the cell has no length of its own.
                    '*' => {}
                    _ => self.literal(&after[..length]),
                }
                return &after[length..];
            }
            'E' | 'e' if after.starts_with(['+', '-']) => {
                self.parts.push(Token::Exponent { plus: after.starts_with('+') });
                return &after[1..];
            }
            '0' | '#' | '?' => self.parts.push(Token::Digit(first)),
            '.' => return self.point(after),
            ',' => self.parts.push(Token::Comma),
            '%' => self.parts.push(Token::Percent),
            '/' => self.parts.push(Token::Slash),
            '@' => self.parts.push(Token::At),
            letter if letter.is_ascii_alphabetic() => return self.letters(rest, letter),
            other => self.literal(other.encode_utf8(&mut [0; 4])),
        }
        after
    }

    /// A point, which begins parts of a second behind seconds.
    fn point<'a>(&mut self, after: &'a str) -> &'a str {
        let zeros = after.len() - after.trim_start_matches('0').len();
        let seconds = matches!(self.parts.last(), Some(Token::Second(_) | Token::Elapsed('s', _)));
        if seconds && zeros > 0 {
            self.parts.push(Token::Fraction(zeros));
            return &after[zeros..];
        }
        self.parts.push(Token::Point);
        after
    }

    fn letters<'a>(&mut self, rest: &'a str, letter: char) -> &'a str {
        let after =
            rest.trim_start_matches([letter.to_ascii_lowercase(), letter.to_ascii_uppercase()]);
        let count = rest.len() - after.len();
        self.parts.push(match letter.to_ascii_lowercase() {
            'y' => Token::Year(count),
            'e' => Token::Year(4),
            'm' => Token::Month(count),
            'd' => Token::Day(count),
            'a' if count > 2 => Token::Weekday(count),
            'h' => Token::Hour(count),
            's' => Token::Second(count),
            // Eras and the Buddhist calendar.
            'g' | 'b' => {
                self.unknown = true;
                return after;
            }
            _ => {
                self.literal(&rest[..count]);
                return after;
            }
        });
        after
    }

    fn bracket(&mut self, inside: &str) {
        let lower = inside.to_lowercase();
        if let Some(condition) = condition(inside) {
            self.condition = Some(condition);
        } else if let Some(tag) = lower.strip_prefix("dbnum") {
            self.numerals = tag.parse().ok();
        } else if let Some(tag) = inside.strip_prefix('$') {
            let (symbol, locale) = tag.rsplit_once('-').unwrap_or((tag, ""));
            self.literal(symbol);
            self.locale(&locale.to_lowercase());
        } else if let Some(first) = lower.chars().next().filter(|c| "hms".contains(*c))
            && lower.chars().all(|c| c == first)
        {
            self.parts.push(Token::Elapsed(first, lower.len()));
        }
        // Others are colours.
    }

    /// The language of a tag such as `[$-804]`; `F800` and `F400` stand for the
    /// long date and time that the system is set to.
    fn locale(&mut self, locale: &str) {
        match locale {
            "f800" | "x-sysdate" => self.system("yyyy\"年\"m\"月\"d\"日\""),
            "f400" | "x-systime" => self.system("h:mm:ss"),
            _ => {}
        }
        let number = u32::from_str_radix(locale, 16).unwrap_or(0);
        self.chinese = locale.starts_with("zh") || number & 0x3FF == 4;
        // Another calendar, or other digits.
        self.unknown |= number >> 16 != 0 && !self.chinese;
    }

    /// What follows is no more than an example of what the system shows.
    fn system(&mut self, code: &str) {
        *self = Section { settled: true, ..section(code) };
    }
}

/// `[>=60]`.
fn condition(inside: &str) -> Option<(Comparison, f64)> {
    let end = inside.find(|c: char| !"<>=".contains(c))?;
    let comparison = match &inside[..end] {
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        "=" => Comparison::Equal,
        "<>" => Comparison::Unequal,
        ">=" => Comparison::GreaterOrEqual,
        ">" => Comparison::Greater,
        _ => return None,
    };
    Some((comparison, inside[end..].trim().parse().ok()?))
}

/// One or two `m` are minutes behind hours and before seconds.
fn tell_minutes_from_months(parts: &mut [Token]) {
    let dates: Vec<usize> = (0..parts.len()).filter(|&at| parts[at].is_of_date()).collect();
    for (order, &at) in dates.iter().enumerate() {
        let Token::Month(count @ 1..=2) = parts[at] else { continue };
        let before = order.checked_sub(1).map(|order| &parts[dates[order]]);
        let before = match before {
            // 上午h:mm and h上午mm.
            Some(Token::Half(..)) => order.checked_sub(2).map(|order| &parts[dates[order]]),
            before => before,
        };
        let after = dates.get(order + 1).map(|&at| &parts[at]);
        if matches!(before, Some(Token::Hour(_) | Token::Elapsed('h', _)))
            || matches!(after, Some(Token::Second(_) | Token::Elapsed('s', _)))
        {
            parts[at] = Token::Minute(count);
        }
    }
}

/// What stands for numbers elsewhere is a character among the parts of a date.
fn literal_in_dates(part: &mut Token) {
    let literal = match part {
        Token::Digit(digit) => digit.to_string(),
        Token::Point => ".".to_owned(),
        Token::Comma => ",".to_owned(),
        Token::Percent => "%".to_owned(),
        Token::Slash => "/".to_owned(),
        _ => return,
    };
    *part = Token::Literal(literal);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_a_day_are_told_from_others() {
        for code in [
            "yyyy-mm-dd",
            "m\"月\"d\"日\"",
            "[$-804]yyyy\"年\"m\"月\"",
            "mmm-yy",
            "d/m/yyyy h:mm",
            "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
            "aaaa",
        ] {
            assert!(Format::new(code).shows_date(), "{code}");
        }
        for code in [
            "General",
            "Standard",
            "0.00E+00",
            "[h]:mm:ss",
            "h:mm",
            "[Red]0.00",
            "\"day\"0",
            "@",
            "mm:ss.0",
            "上午/下午h\"时\"mm\"分\"",
        ] {
            assert!(!Format::new(code).shows_date(), "{code}");
        }
        for (number, dated) in [(14, true), (31, true), (20, false), (34, false), (58, true)] {
            assert_eq!(Format::new(super::super::built_in(number)).shows_date(), dated, "{number}");
        }
    }
}
