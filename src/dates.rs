//! Dates as Chinese documents write them.

use jiff::civil::Date;

/// 二〇二六年八月十日, as certificates have it; 〇 is U+3007.
pub(crate) fn in_hanzi(date: Date) -> String {
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
    format!("{year}年{}月{}日", counted(date.month()), counted(date.day()))
}

/// 2026年8月10日: Arabic figures, no leading zeros (GB/T 9704 7.3.5.4).
pub(crate) fn in_figures(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
