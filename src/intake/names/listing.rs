//! What divides the names of a list, and the numbers and bullets before them.

use crate::intake::clean::is_han;

/// What divides names wherever it stands.
pub(super) const DIVIDERS: [char; 24] = [
    '،', '؛', '、', '，', ',', '；', ';', '/', '／', '\n', '\r', '\u{B}', '\u{C}', '\u{85}',
    '\u{2028}', '\u{2029}', '|', '｜', '┋', '︱', '‖', '､', '﹑', '﹔',
];

/// The lines without the bullets before them.
pub(super) fn without_bullets(text: &str) -> (String, bool) {
    let bullet = |c: char| "•●■◆▪◦○□·*＊-–—－".contains(c);
    if !text.starts_with(bullet) {
        return (text.to_owned(), false);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let bare = |line: &&str| {
        let rest = line.trim_start_matches(bullet);
        let listed = line.chars().take_while(|&c| bullet(c)).count() == 1;
        listed
            && (lines.len() > 1 || rest.starts_with(' '))
            && rest.trim_start().starts_with(is_han)
    };
    if !lines.iter().all(bare) {
        return (text.to_owned(), false);
    }
    let lines: Vec<&str> =
        lines.iter().map(|line| line.trim_start_matches(bullet).trim()).collect();
    (lines.join("\n"), true)
}

/// The number in a list at the beginning of `rest`: its value, and its length
/// in bytes. `begins` if a name may begin here.
fn list_number(rest: &str, begins: bool) -> Option<(u32, usize, bool)> {
    let first = rest.chars().next()?;
    let sign = match first {
        '①'..='⑳' => Some(u32::from(first) - u32::from('①') + 1),
        '⑴'..='⒇' => Some(u32::from(first) - u32::from('⑴') + 1),
        '⒈'..='⒛' => Some(u32::from(first) - u32::from('⒈') + 1),
        '㈠'..='㈩' => Some(u32::from(first) - u32::from('㈠') + 1),
        _ => None,
    };
    if let Some(number) = sign {
        return Some((number, first.len_utf8(), true));
    }
    let (inner, closing): (&str, &[char]) = match first {
        '(' | '（' => (&rest[first.len_utf8()..], &[')', '）']),
        _ if begins => (rest, &['、', '.', '．', ':', '：', ')', '）']),
        _ => return None,
    };
    let numerals: String = inner
        .chars()
        .take_while(|&c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        .collect();
    let number = match numerals.parse::<u32>() {
        Ok(number) => number,
        Err(_) => {
            "一二三四五六七八九十".chars().position(|c| numerals == c.to_string())? as u32 + 1
        }
    };
    let after = &inner[numerals.len()..];
    let open = rest.len() - inner.len();
    match after.chars().next() {
        Some(mark) if closing.contains(&mark) => {
            Some((number, open + numerals.len() + mark.len_utf8(), true))
        }
        // `1王建国`, but not 一 without a mark.
        Some(next) if open == 0 && numerals.is_ascii() && (next.is_alphabetic() || next == ' ') => {
            Some((number, numerals.len(), false))
        }
        _ => None,
    }
}

/// The text with line ends instead of the numbers of a list, if these count
/// from 1: `1、甲 2、乙`, `①甲②乙`.
pub(super) fn without_numbers(text: &str) -> (String, bool) {
    let numeral = |c: char| {
        c.is_ascii_digit()
            || "一二三四五六七八九十".contains(c)
            || ('①'..='⒛').contains(&c)
            || ('㈠'..='㈩').contains(&c)
    };
    if !text.contains(numeral) {
        return (text.to_owned(), false);
    }
    let mut plain = String::with_capacity(text.len());
    let mut next = 1;
    let mut at = 0;
    let mut begins = true;
    while let Some(c) = text[at..].chars().next() {
        match list_number(&text[at..], begins) {
            Some((number, length, _)) if number == next => {
                plain.push('\n');
                next += 1;
                at += length;
                begins = false;
            }
            Some((_, _, true)) if next == 1 || !begins => {
                plain.push(c);
                at += c.len_utf8();
                begins = false;
            }
            Some(_) if begins => return (text.to_owned(), false),
            _ => {
                plain.push(c);
                at += c.len_utf8();
                begins = c.is_whitespace() || DIVIDERS.contains(&c);
            }
        }
    }
    if next > 1 { (plain, true) } else { (text.to_owned(), false) }
}
