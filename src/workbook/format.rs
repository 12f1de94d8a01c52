//! Number formats: what a cell shows of a value, and which date a number is.
//!
//! The codes are those of ECMA-376, part 1, 18.8.31, as Excel shows them to a
//! reader of Chinese. A code that is not understood changes nothing: better the
//! stored value than a wrong reading of it.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};

use super::cell::{Cell, Value};

mod code;
mod decimal;
mod numerals;
mod render;

pub(super) use code::Format;

/// What a style says of a cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// How its value is shown.
    pub format: Arc<Format>,
    /// Whether its font is struck out.
    pub struck: bool,
}

impl Style {
    /// The cell that holds this number.
    pub(super) fn number(&self, number: f64, since_1904: bool) -> Cell {
        let day = if self.format.shows_date() { day(number, since_1904) } else { None };
        let value = day.map_or(Value::Number(number), Value::Date);
        // Most numbers of a sheet, and quickly told.
        if self.format.is_general() && is_short(number) {
            return self.cell(value, None);
        }
        let shown = render::number(&self.format, number, since_1904);
        self.cell(value, shown)
    }

    /// The cell that holds this text.
    pub(super) fn text(&self, text: String) -> Cell {
        let shown = render::text(&self.format, &text);
        self.cell(Value::Text(text), shown)
    }

    /// The cell that holds this moment, written as ISO 8601 has it.
    pub(super) fn moment(&self, text: &str) -> Cell {
        match moment(text) {
            Some(moment) => {
                let shown = render::number(&self.format, serial(moment), false);
                self.cell(Value::Date(moment.date()), shown)
            }
            None => self.cell(Value::Text(text.to_owned()), None),
        }
    }

    /// The cell that holds a value no format changes.
    pub(super) fn plain(&self, value: Value) -> Cell {
        self.cell(value, None)
    }

    fn cell(&self, value: Value, shown: Option<String>) -> Cell {
        let shown = shown.filter(|shown| *shown != value.text());
        Cell { value, shown: shown.map(Into::into), struck: self.struck, partly_struck: false }
    }
}

/// Whether General shows all digits of a number: it has room for eleven.
fn is_short(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() < 1e11
        || (1e-3..1e9).contains(&number.abs()) && number.to_string().len() <= 10
}

/// The code of the format of this number where a file states none: ECMA-376,
/// 18.8.30, with those of the Chinese edition.
pub(super) fn built_in(number: u32) -> &'static str {
    const YEAR_MONTH: &str = "yyyy\"年\"m\"月\"";
    const MONTH_DAY: &str = "m\"月\"d\"日\"";
    match number {
        1 | 59 => "0",
        2 | 60 => "0.00",
        3 | 61 => "#,##0",
        4 | 62 => "#,##0.00",
        5 | 6 => "\"¥\"#,##0;\"¥\"\\-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"\\-#,##0.00",
        9 | 67 => "0%",
        10 | 68 => "0.00%",
        11 => "0.00E+00",
        12 | 69 => "# ?/?",
        13 | 70 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        27 | 36 | 50 | 52 | 57 => YEAR_MONTH,
        28 | 29 | 51 | 53 | 54 | 58 => MONTH_DAY,
        37 | 38 => "#,##0;\\-#,##0",
        39 | 40 => "#,##0.00;\\-#,##0.00",
        41 => "_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ",
        42 => "_ \"¥\"* #,##0_ ;_ \"¥\"* \\-#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ ",
        43 => "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
        44 => "_ \"¥\"* #,##0.00_ ;_ \"¥\"* \\-#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ ",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
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

/// A moment as a number of days since the epoch of 1900.
fn serial(moment: DateTime) -> f64 {
    let days = moment.date().duration_since(date(1899, 12, 30)).as_secs() / 86400;
    let days = if days < 61 { days - 1 } else { days };
    days as f64 + moment.time().duration_since(jiff::civil::Time::MIN).as_secs_f64() / 86400.0
}

/// A date of ISO 8601 with a time of day or without.
fn moment(text: &str) -> Option<DateTime> {
    let text = text.trim();
    let moment = text.parse::<DateTime>().ok();
    moment
        .or_else(|| Some(text.get(..10)?.parse::<Date>().ok()?.to_datetime(jiff::civil::Time::MIN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_epochs_count_from_their_own_day() {
        assert_eq!(day(1.0, false), Some(date(1900, 1, 1)));
        assert_eq!(day(61.0, false), Some(date(1900, 3, 1)));
        assert_eq!(day(44410.5, false), Some(date(2021, 8, 2)));
        assert_eq!(day(42948.0, true), Some(date(2021, 8, 2)));
        assert_eq!(day(f64::NAN, false), None);
    }

    #[test]
    fn a_short_number_is_shown_as_it_is() {
        let general = Format::new("General");
        let shown = |number| render::number(&general, number, false).unwrap();
        for number in [96.4899, -0.001, 0.125, 1234.56789, 99_999.99, 126.0, -3.0, 0.0] {
            assert!(is_short(number), "{number}");
            assert_eq!(shown(number), number.to_string());
        }
        for number in [0.1 + 0.2, 1.0 / 3.0, 1e-9, 1e15, 12345.678901] {
            assert!(!is_short(number), "{number}");
        }
        for thousandth in -20_000..20_000 {
            let number = f64::from(thousandth) / 1000.0;
            assert_eq!(shown(number), number.to_string());
        }
    }

    #[test]
    fn a_moment_is_a_number_of_days() {
        for (text, number) in [
            ("2021-08-02", 44410.0),
            ("2021-08-02T12:00:00.000", 44410.5),
            ("1900-01-01T00:00:00", 1.0),
        ] {
            assert_eq!(serial(moment(text).unwrap()), number, "{text}");
        }
        assert_eq!(moment("二〇二一年"), None);
    }
}
