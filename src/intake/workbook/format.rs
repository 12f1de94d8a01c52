//! Which number formats show a date, and which date a number is.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::Value;

/// Whether the format of this number, with this code if the file states one,
/// shows a day. The numbers without a code are those of ECMA-376, 18.8.30, with
/// the Chinese ones.
pub(super) fn shows_date(number: u32, code: Option<&str>) -> bool {
    match code {
        Some(code) => code_shows_date(code),
        None => matches!(number, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58),
    }
}

fn code_shows_date(code: &str) -> bool {
    let (mut day, mut month, mut time) = (false, false, false);
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            '"' => while characters.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => drop(characters.next()),
            '[' => {
                let inside: String = characters.by_ref().take_while(|&c| c != ']').collect();
                // An elapsed time such as [h]:mm is no moment.
                if !inside.is_empty() && inside.chars().all(|c| "hHmMsS".contains(c)) {
                    return false;
                }
            }
            'y' | 'Y' | 'd' | 'D' => day = true,
            'm' | 'M' => month = true,
            'h' | 'H' | 's' | 'S' => time = true,
            // The words General and Standard, and digits.
            'G' | 'g' | 'n' | 'N' | '0' | '#' | '?' => return false,
            _ => {}
        }
    }
    day || month && !time
}

/// The value of a number in a cell that shows dates, or a number.
pub(super) fn number(number: f64, shows_date: bool, since_1904: bool) -> Value {
    let day = if shows_date { day(number, since_1904) } else { None };
    day.map_or(Value::Number(number), Value::Date)
}

/// The day that many days after the epoch. 1900 has a 29 February there.
fn day(number: f64, since_1904: bool) -> Option<Date> {
    if !(0.0..2_958_466.0).contains(&number) || (number < 1.0 && !since_1904) {
        return None;
    }
    let epoch = match since_1904 {
        true => date(1904, 1, 1),
        false if number < 60.0 => date(1899, 12, 31),
        false => date(1899, 12, 30),
    };
    epoch.checked_add((number as i64).days()).ok()
}

/// The value of an ISO 8601 date, whose time is dropped.
pub(super) fn iso(text: &str) -> Value {
    let date = text.get(..10).unwrap_or(text).parse();
    date.map_or_else(|_| Value::Text(text.to_owned()), Value::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_a_day_are_told_from_others() {
        for code in
            ["yyyy-mm-dd", "m\"月\"d\"日\"", "[$-804]yyyy\"年\"m\"月\"", "mmm-yy", "d/m/yyyy h:mm"]
        {
            assert!(shows_date(164, Some(code)), "{code}");
        }
        for code in
            ["General", "Standard", "0.00E+00", "[h]:mm:ss", "h:mm", "[Red]0.00", "\"day\"0", "@"]
        {
            assert!(!shows_date(164, Some(code)), "{code}");
        }
        assert!(shows_date(14, None) && shows_date(31, None) && !shows_date(20, None));
    }

    #[test]
    fn both_epochs_count_from_their_own_day() {
        assert_eq!(day(1.0, false), Some(date(1900, 1, 1)));
        assert_eq!(day(61.0, false), Some(date(1900, 3, 1)));
        assert_eq!(day(44410.5, false), Some(date(2021, 8, 2)));
        assert_eq!(day(42948.0, true), Some(date(2021, 8, 2)));
        assert_eq!(day(f64::NAN, false), None);
    }
}
