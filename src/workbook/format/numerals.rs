//! Chinese numerals for digits (`DBNum1` to `DBNum3`).

const PLAIN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const WIDE: [char; 10] = ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'];

/// Every digit of a text by itself: 2026 → 二〇二六.
pub(super) fn digits(text: &str, system: u8) -> Option<String> {
    let numerals = match system {
        1 => PLAIN,
        2 => FORMAL,
        3 => WIDE,
        _ => return None,
    };
    let numeral = |c: char| c.to_digit(10).map_or(c, |digit| numerals[digit as usize]);
    Some(text.chars().map(numeral).collect())
}

/// A number as it is spoken: 123 → 一百二十三; `text` may have a sign and a
/// point.
pub(super) fn spoken(text: &str, system: u8) -> Option<String> {
    let (numerals, units) = match system {
        1 => (PLAIN, ["", "十", "百", "千"]),
        2 => (FORMAL, ["", "拾", "佰", "仟"]),
        _ => return None,
    };
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() > 12 || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut spoken = String::from(sign);
    let (mut zero, mut group, start) = (false, false, spoken.len());
    for (at, digit) in whole.bytes().enumerate() {
        let place = whole.len() - 1 - at;
        let digit = usize::from(digit - b'0');
        if digit == 0 {
            zero = true;
        } else {
            if std::mem::take(&mut zero) && spoken.len() > start {
                spoken.push(numerals[0]);
            }
            group = true;
            spoken.push(numerals[digit]);
            spoken.push_str(units[place % 4]);
        }
        if place % 4 == 0 && std::mem::take(&mut group) {
            spoken.push_str(["", "万", "亿"][place / 4]);
        }
    }
    if spoken.len() == start {
        spoken.push(numerals[0]);
    }
    if !part.is_empty() {
        spoken.push('.');
        spoken.push_str(&digits(part, system)?);
    }
    Some(spoken)
}

/// A day, a month or an hour: 12 → 十二, where a number alone is 一十二.
pub(super) fn of_date(number: i64, system: u8) -> Option<String> {
    let text = number.to_string();
    if system == 3 {
        return digits(&text, system);
    }
    let spoken = spoken(&text, system)?;
    Some(if system == 1 {
        spoken.strip_prefix("一十").map_or(spoken.clone(), |rest| format!("十{rest}"))
    } else {
        spoken
    })
}
