//! What a typed value means: a number, a date, yes or no.

use jiff::civil::Date;

use super::clean;
use crate::workbook::Value;

/// A number as people type it: 96.5, ９６．２５, 1,234.5, 95分.
pub(super) fn parse_number(text: &str) -> Option<f64> {
    let text = clean::line(text).replace('．', ".").replace('，', ",");
    let text = text.trim_end_matches('分').trim_end();
    let grouped = || {
        let mut groups = text.split('.').next().unwrap_or_default().split(',');
        groups.next().is_some_and(|first| (1..=3).contains(&first.trim_start_matches('-').len()))
            && groups.all(|group| group.len() == 3)
    };
    let number: Option<f64> = match text.contains(',') {
        true if grouped() => text.replace(',', "").parse().ok(),
        true => None,
        false => text.parse().ok(),
    };
    number.filter(|number| number.is_finite())
}

/// What ticks and crosses mean; `None` for what is neither.
pub(super) fn parse_yes_or_no(text: &str) -> Option<bool> {
    match text.to_uppercase().as_str() {
        "√" | "✓" | "✔" | "☑" | "✅" | "🗸" | "是" | "Y" | "YES" | "1" | "推荐" | "推荐省赛"
        | "TRUE" => Some(true),
        "否" | "×" | "✗" | "✘" | "✕" | "✖" | "❌" | "❎" | "☐" | "☒" | "N" | "NO" | "0"
        | "不推荐" | "空" | "无" | "FALSE" | "-" | "—" | "/" => Some(false),
        _ => None,
    }
}

/// Whether a cell holds a date.
pub(super) fn is_date(value: &Value) -> bool {
    matches!(value, Value::Date(_))
}

/// A date that stands as a number: the days since the end of 1899 as
/// spreadsheets count them, or eight digits.
pub(super) fn serial_date(number: f64) -> Option<Date> {
    if number.fract() != 0.0 {
        return None;
    }
    match number as i64 {
        // 1982 to 2064: no other number in such a column looks like one.
        days @ 30_000..=60_000 => {
            let first = Date::constant(1899, 12, 30);
            first.checked_add(jiff::Span::new().days(days)).ok()
        }
        digits @ 19_000_000..=21_000_000 => parse_date(&digits.to_string()),
        _ => None,
    }
}

/// A date written year first: 2025-11-04, 2025.11.4, 2025/11/4, 2025年11月4日,
/// 20251104, with or without a time of midnight.
pub(super) fn parse_date(text: &str) -> Option<Date> {
    let text = ["00:00:00", "0:00:00", "00:00", "0:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .unwrap_or(text)
        .trim_end_matches(['T', ' ']);
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = text.split_at(4);
        let (month, day) = rest.split_at(2);
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    }
    let text = text.trim_end_matches('日');
    let mut parts = text.split(['-', '.', '．', '/', '年', '月']).map(str::trim);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `1.39E+10`: what a spreadsheet shows of a long number that was copied as
/// text.
pub(super) fn is_scientific(text: &str) -> bool {
    let text = text.trim().to_uppercase();
    text.split_once("E+").is_some_and(|(mantissa, exponent)| {
        mantissa.parse::<f64>().is_ok() && exponent.parse::<u32>().is_ok()
    })
}

/// Whether a text is what a spreadsheet shows where a formula failed, copied as
/// text.
pub(super) fn is_error_word(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "#N/A",
        "#NA",
        "#NAME?",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#GETTING_DATA",
        "#UNKNOWN!",
        "#名称?",
    ];
    let text = text.trim();
    if !text.starts_with(['#', 'E', 'e']) {
        return false;
    }
    let text = text.to_uppercase();
    const CHINESE: [&str; 8] = ["值", "参考", "除数为零", "不可用", "名称", "空", "数字", "数值"];
    let word = text.strip_prefix('#').map(|word| word.trim_end_matches(['!', '！', '?', '？']));
    let bare = |known: &&str| Some(known[1..].trim_end_matches(['!', '?'])) == word;
    WORDS.iter().any(bare)
        || word.is_some_and(|word| CHINESE.contains(&word))
        || text.strip_prefix("ERR:").is_some_and(|code| code.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_year_first_or_not_at_all() {
        for text in [
            "2025-11-04",
            "2025.11.4",
            "2025/11/4",
            "2025年11月4日",
            "2025 年 11 月 4 日",
            "20251104",
            "2025-11-04 00:00:00",
        ] {
            assert_eq!(parse_date(text), Some(jiff::civil::date(2025, 11, 4)), "{text}");
        }
        assert_eq!(serial_date(45965.0), Some(jiff::civil::date(2025, 11, 4)));
        assert_eq!(serial_date(20_251_104.0), Some(jiff::civil::date(2025, 11, 4)));
        assert_eq!(serial_date(2025.0), None);
        for text in ["11/4/2025", "25.11.4", "2025.11", "2025.13.1", "去年", "2025-11-04-1"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_in_every_width_and_with_thousands() {
        for (text, number) in [
            ("96.5", Some(96.5)),
            ("９６．２５", Some(96.25)),
            ("95 分", Some(95.0)),
            ("1,234.5", Some(1234.5)),
            ("96,5", None),
            ("九十", None),
            ("inf", None),
        ] {
            assert_eq!(parse_number(text), number, "{text}");
        }
    }
}
