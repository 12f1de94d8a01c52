//! A value under a number format → what the cell shows.

use jiff::Span;
use jiff::civil::date;

use super::code::{Comparison, Format, Section, Token};
use super::decimal::{Decimal, general};
use super::numerals;

#[cfg(test)]
mod tests;

/// What fills a cell whose number is no date that its format could show.
const NO_DATE: &str = "########";
const SECONDS: i64 = 86400;

/// What is shown of a number, blanks around it left out; nothing where the
/// format is not understood.
pub(super) fn number(format: &Format, number: f64, since_1904: bool) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let shown = match choose(&format.numbers, number)? {
        // No condition holds.
        None => NO_DATE.to_owned(),
        Some((section, magnitude)) => {
            let bare = section.condition.is_some() || format.numbers.len() > 2;
            let only_words =
                bare && section.parts.iter().all(|part| matches!(part, Token::Literal(_)));
            let sign = if magnitude && number < 0.0 && !only_words { "-" } else { "" };
            if section.is_date() {
                moment(section, if magnitude { number } else { number.abs() }, since_1904)?
            } else {
                format!("{sign}{}", plain(section, number.abs())?)
            }
        }
    };
    Some(shown.trim().to_owned())
}

/// What is shown of a text, if the format says so.
pub(super) fn text(format: &Format, text: &str) -> Option<String> {
    let parts = format.text.as_ref()?;
    let shown = parts.iter().map(|part| match part {
        Token::Literal(literal) => literal,
        Token::At => text,
        _ => "",
    });
    Some(shown.collect())
}

/// The section for a number, and whether it shows a minus of its own accord;
/// none if the conditions leave none. Nothing at all without sections.
#[expect(clippy::option_option, reason = "no format is another thing than no section")]
fn choose(sections: &[Section], number: f64) -> Option<Option<(&Section, bool)>> {
    let first = sections.first()?;
    let holds = |section: &Section| {
        section.condition.is_none_or(|(comparison, bound)| match comparison {
            Comparison::Less => number < bound,
            Comparison::LessOrEqual => number <= bound,
            Comparison::Equal => number == bound,
            Comparison::Unequal => number != bound,
            Comparison::GreaterOrEqual => number >= bound,
            Comparison::Greater => number > bound,
        })
    };
    if sections.iter().any(|section| section.condition.is_some()) {
        let found = sections.iter().find(|section| holds(section));
        return Some(found.map(|section| {
            let negative = match section.condition {
                Some((Comparison::Less, bound)) => bound <= 0.0,
                Some((Comparison::LessOrEqual, bound)) => bound < 0.0,
                _ => false,
            };
            (section, !negative)
        }));
    }
    let order = match (number, sections) {
        (number, [_, negative, ..]) if number < 0.0 => (negative, false),
        (0.0, [_, _, zero]) => (zero, true),
        _ => (first, true),
    };
    Some(Some(order))
}

/// A number that is not negative, in a section without parts of dates.
fn plain(section: &Section, number: f64) -> Option<String> {
    let parts = &section.parts;
    let has = |part: &Token| parts.contains(part);
    if has(&Token::General) || has(&Token::At) {
        let shown = general(number);
        let shown = match section.numerals {
            Some(system) => numerals::spoken(&shown, system)?,
            None => shown,
        };
        return Some(with_literals(parts, &shown));
    }
    let shown = if parts.iter().any(|part| matches!(part, Token::Exponent { .. })) {
        scientific(parts, number)
    } else if let Some(slash) = fraction_at(parts) {
        fraction(parts, slash, number)
    } else {
        decimal(parts, number)
    };
    // [DBNum1] alone is [DBNum1]General.
    match section.numerals {
        Some(system) if parts.is_empty() => numerals::spoken(&general(number), system),
        Some(system) => numerals::digits(&shown, system),
        None => Some(shown),
    }
}

/// The literals with `shown` where the number stands.
fn with_literals(parts: &[Token], shown: &str) -> String {
    let parts = parts.iter().map(|part| match part {
        Token::Literal(literal) => literal,
        Token::General | Token::At => shown,
        Token::Percent => "%",
        _ => "",
    });
    parts.collect()
}

fn digits(parts: &[Token]) -> usize {
    parts.iter().filter(|part| matches!(part, Token::Digit(_))).count()
}

fn decimal(parts: &[Token], number: f64) -> String {
    let percent = parts.iter().filter(|&part| *part == Token::Percent).count();
    let point = parts.iter().position(|part| *part == Token::Point).unwrap_or(parts.len());
    let last = parts[..point].iter().rposition(|part| matches!(part, Token::Digit(_)));
    // Commas behind the last digit, of the whole or of all, divide by a
    // thousand each.
    let end = last.map_or(point, |last| last + 1);
    let commas = |parts: &[Token]| parts.iter().filter(|&part| *part == Token::Comma).count();
    let thousands = commas(&parts[end..]);
    let grouped = commas(&parts[..end]) > 0;
    let places = digits(&parts[point..]);
    let value =
        Decimal::new(number).shifted(2 * percent as i32 - 3 * thousands as i32).rounded(places);
    let (whole, part) = value.written(places);
    let before = match whole_part(&parts[..point], &whole, grouped) {
        // .00 has no place for them and shows them all the same.
        before if last.is_none() && point < parts.len() => before + &whole,
        before => before,
    };
    format!("{before}{}", fractional_part(&parts[point..], &part))
}

/// The digits before the point, put into their places from the right; the
/// leftmost place takes all that is left.
fn whole_part(parts: &[Token], whole: &str, grouped: bool) -> String {
    let mut left: Vec<char> = whole.chars().collect();
    let mut shown: Vec<char> = Vec::new();
    let mut places = digits(parts);
    let mut written = 0;
    let mut put = |digit: char, shown: &mut Vec<char>| {
        if grouped && written > 0 && written % 3 == 0 {
            shown.push(if digit == ' ' { ' ' } else { ',' });
        }
        written += 1;
        shown.push(digit);
    };
    for part in parts.iter().rev() {
        match part {
            Token::Literal(literal) => shown.extend(literal.chars().rev()),
            Token::Percent => shown.push('%'),
            Token::Slash => shown.push('/'),
            Token::Digit(place) => {
                places -= 1;
                match (left.pop(), place) {
                    (Some(digit), _) => put(digit, &mut shown),
                    (None, '0') => put('0', &mut shown),
                    (None, '?') => put(' ', &mut shown),
                    _ => {}
                }
                while places == 0
                    && let Some(digit) = left.pop()
                {
                    put(digit, &mut shown);
                }
            }
            _ => {}
        }
    }
    shown.iter().rev().collect()
}

/// The digits behind the point, put into their places from the left.
fn fractional_part(parts: &[Token], digits: &str) -> String {
    let mut shown = String::new();
    let mut rest = digits;
    for part in parts {
        match part {
            Token::Point => shown.push('.'),
            Token::Literal(literal) => shown.push_str(literal),
            Token::Percent => shown.push('%'),
            Token::Slash => shown.push('/'),
            Token::Digit(place) => {
                let Some(digit) = rest.chars().next() else { continue };
                let more = rest.bytes().any(|digit| digit != b'0');
                rest = &rest[1..];
                match place {
                    '0' => shown.push(digit),
                    _ if more => shown.push(digit),
                    '?' => shown.push(' '),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    shown
}

fn scientific(parts: &[Token], number: f64) -> String {
    let at = parts.iter().position(|part| matches!(part, Token::Exponent { .. })).unwrap_or(0);
    let (mantissa, power) = (&parts[..at], &parts[at + 1..]);
    let point = mantissa.iter().position(|part| *part == Token::Point).unwrap_or(at);
    let wide = digits(&mantissa[..point]).max(1) as i32;
    let places = digits(&mantissa[point..]);
    let value = Decimal::new(number);
    let mut exponent = value.exponent().div_euclid(wide) * wide;
    let mut shown = value.clone().shifted(-exponent).rounded(places);
    if shown.exponent() >= wide {
        exponent += wide;
        shown = value.shifted(-exponent).rounded(places);
    }
    let (whole, part) = shown.written(places);
    let whole = whole_part(&mantissa[..point], &whole, false);
    let part = fractional_part(&mantissa[point..], &part);
    let sign = match parts[at] {
        _ if exponent < 0 => "-",
        Token::Exponent { plus: true } => "+",
        _ => "",
    };
    let power = whole_part(power, &exponent.unsigned_abs().to_string(), false);
    format!("{whole}{part}E{sign}{power}")
}

/// Where a slash stands between two numbers.
fn fraction_at(parts: &[Token]) -> Option<usize> {
    let slash = parts.iter().position(|part| *part == Token::Slash)?;
    let before = matches!(parts[..slash].last(), Some(Token::Digit(_)));
    let fixed = |literal: &str| literal.starts_with(|c: char| c.is_ascii_digit());
    let after = match parts.get(slash + 1)? {
        Token::Digit(_) => true,
        Token::Literal(literal) => fixed(literal),
        _ => false,
    };
    (before && after).then_some(slash)
}

fn fraction(parts: &[Token], slash: usize, number: f64) -> String {
    // No room for parts of so much.
    if number >= 1e15 {
        return general(number);
    }
    let is_digit = |part: &Token| matches!(part, Token::Digit(_));
    let top = parts[..slash].iter().rposition(|part| !is_digit(part)).map_or(0, |at| at + 1);
    let (before, top) = (&parts[..top], &parts[top..slash]);
    let below = &parts[slash + 1..];
    let places = below.iter().take_while(|part| is_digit(part)).count();
    let after = &below[places..];
    // A denominator that the format states, such as # ?/8 or ?/10.
    let stated = |literal: &String| {
        let end = literal.find(|c: char| !c.is_ascii_digit()).unwrap_or(literal.len());
        let zeros = after.iter().skip(1).take_while(|part| is_digit(part)).count() as u32;
        literal[..end].parse::<u64>().ok()?.checked_mul(10u64.checked_pow(zeros)?)
    };
    let stated = match after.first() {
        Some(Token::Literal(literal)) if places == 0 => stated(literal),
        _ => None,
    };
    let mixed = digits(before) > 0;
    let whole = if mixed { number.trunc() } else { 0.0 };
    let (above, denominator) = match stated {
        Some(stated) => (((number - whole) * stated as f64).round() as u64, stated.max(1)),
        None => nearest(number - whole, 10u64.pow(places.min(4) as u32) - 1),
    };
    let carried = mixed && above == denominator;
    let (whole, above) = if carried { (whole + 1.0, 0) } else { (whole, above) };
    let (whole_digits, _) = Decimal::new(whole).written(0);
    if mixed && above == 0 {
        return whole_part(before, if whole == 0.0 { "0" } else { &whole_digits }, false);
    }
    let before = whole_part(before, &whole_digits, false);
    let top = whole_part(top, &above.to_string(), false);
    let bottom = format!("{denominator:<places$}");
    let after = if stated.is_some() { String::new() } else { with_literals(after, "") };
    format!("{before}{top}/{bottom}{after}")
}

/// The fraction nearest to a number whose denominator is `most` at most.
fn nearest(number: f64, most: u64) -> (u64, u64) {
    let mut best = (0, 1, f64::INFINITY);
    for below in 1..=most.max(1) {
        let above = (number * below as f64).round();
        let off = (number - above / below as f64).abs();
        if off + 1e-12 < best.2 {
            best = (above as u64, below, off);
        }
    }
    (best.0, best.1)
}

/// A date or a time.
fn moment(section: &Section, number: f64, since_1904: bool) -> Option<String> {
    let fraction = section.parts.iter().find_map(|part| match part {
        Token::Fraction(places) => Some(*places),
        _ => None,
    });
    let elapsed = section.parts.iter().any(|part| matches!(part, Token::Elapsed(..)));
    if (number < 0.0 && !elapsed) || number >= 2_958_466.0 {
        return Some(NO_DATE.to_owned());
    }
    let timed = section.parts.iter().any(|part| {
        matches!(part, Token::Hour(_) | Token::Minute(_) | Token::Second(_) | Token::Elapsed(..))
    });
    // Time is rounded to what is shown of a second, then cut.
    let places = fraction.unwrap_or(0).min(3) as u32;
    let per_second = 10i64.pow(places);
    let ticks = (number.abs() * SECONDS as f64 * per_second as f64).round() as i64;
    let moment = Moment {
        days: if timed { ticks / per_second / SECONDS } else { number as i64 },
        seconds: ticks / per_second,
        ticks: ticks % per_second,
        places: places as usize,
        since_1904,
        halves: section.parts.iter().any(|part| matches!(part, Token::Half(..))),
    };
    let mut shown = if number < 0.0 { "-".to_owned() } else { String::new() };
    for part in &section.parts {
        shown.push_str(&moment.part(part, section)?);
    }
    Some(shown)
}

struct Moment {
    days: i64,
    /// Since the epoch.
    seconds: i64,
    /// Parts of a second.
    ticks: i64,
    places: usize,
    since_1904: bool,
    /// Whether hours are counted to twelve.
    halves: bool,
}

impl Moment {
    fn part(&self, part: &Token, section: &Section) -> Option<String> {
        let spoken = |number: i64, width: usize| match section.numerals {
            Some(system) => numerals::of_date(number, system),
            None => Some(format!("{number:0width$}")),
        };
        let two = |count: &usize| (*count).min(2);
        let hour = self.seconds % SECONDS / 3600;
        Some(match part {
            Token::Literal(literal) => literal.clone(),
            Token::Year(count) => {
                let (year, ..) = self.day()?;
                let year = if *count < 3 { format!("{:02}", year % 100) } else { year.to_string() };
                match section.numerals {
                    Some(system) => numerals::digits(&year, system)?,
                    None => year,
                }
            }
            Token::Month(count @ 3..) => month(self.day()?.1, *count, section.chinese),
            Token::Month(count) => spoken(self.day()?.1, two(count))?,
            Token::Day(count @ 3..) => self.weekday(*count == 3, section.chinese).to_owned(),
            Token::Day(count) => spoken(self.day()?.2, two(count))?,
            Token::Weekday(3) => self.weekday(false, true).chars().skip(2).collect(),
            Token::Weekday(_) => self.weekday(false, true).to_owned(),
            Token::Hour(count) if self.halves => spoken((hour + 11) % 12 + 1, two(count))?,
            Token::Hour(count) => spoken(hour, two(count))?,
            Token::Minute(count) => spoken(self.seconds % 3600 / 60, two(count))?,
            Token::Second(count) => spoken(self.seconds % 60, two(count))?,
            Token::Fraction(places) => {
                let ticks = format!("{:0width$}", self.ticks, width = self.places);
                format!(".{ticks:0<places$}")
            }
            Token::Elapsed('h', width) => format!("{:0width$}", self.seconds / 3600),
            Token::Elapsed('m', width) => format!("{:0width$}", self.seconds / 60),
            Token::Elapsed(_, width) => format!("{:0width$}", self.seconds),
            Token::Half(first, second) => {
                let (first, second) = match (section.chinese, *first) {
                    (true, "AM") => ("上午", "下午"),
                    _ => (*first, *second),
                };
                if hour < 12 { first } else { second }.to_owned()
            }
            Token::General | Token::At => return None,
            _ => String::new(),
        })
    }

    /// Year, month and day. Excel has a day before the first of 1900, and a
    /// 29 February in that year.
    fn day(&self) -> Option<(i64, i64, i64)> {
        let epoch = match (self.since_1904, self.days) {
            (false, 0) => return Some((1900, 1, 0)),
            (false, 60) => return Some((1900, 2, 29)),
            (false, ..60) => date(1899, 12, 31),
            (false, _) => date(1899, 12, 30),
            (true, _) => date(1904, 1, 1),
        };
        let day = epoch.checked_add(Span::new().try_days(self.days).ok()?).ok()?;
        Some((day.year().into(), day.month().into(), day.day().into()))
    }

    fn weekday(&self, short: bool, chinese: bool) -> &'static str {
        const NAMES: [(&str, &str, &str, &str); 7] = [
            ("Sun", "Sunday", "周日", "星期日"),
            ("Mon", "Monday", "周一", "星期一"),
            ("Tue", "Tuesday", "周二", "星期二"),
            ("Wed", "Wednesday", "周三", "星期三"),
            ("Thu", "Thursday", "周四", "星期四"),
            ("Fri", "Friday", "周五", "星期五"),
            ("Sat", "Saturday", "周六", "星期六"),
        ];
        let offset = if self.since_1904 { 5 } else { 6 };
        let (brief, whole, chinese_brief, chinese_whole) =
            NAMES[(self.days + offset).rem_euclid(7) as usize];
        match (short, chinese) {
            (true, false) => brief,
            (false, false) => whole,
            (true, true) => chinese_brief,
            (false, true) => chinese_whole,
        }
    }
}

/// The name of a month: three letters, all, or the first.
fn month(month: i64, letters: usize, chinese: bool) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    if chinese {
        let spoken = numerals::of_date(month, 1).unwrap_or_default();
        return if letters == 3 { format!("{month}月") } else { format!("{spoken}月") };
    }
    let name = usize::try_from(month - 1).ok().and_then(|at| NAMES.get(at)).unwrap_or(&"");
    match letters {
        3 => name[..3.min(name.len())].to_owned(),
        5 => name[..1.min(name.len())].to_owned(),
        _ => (*name).to_owned(),
    }
}
