//! What was typed → what was meant, without changing a name silently.
//!
//! Only characters that a person cannot see or tell apart are touched; whoever
//! calls reports every change beyond trimming.

use unicode_normalization::UnicodeNormalization;

/// A cell's text on one line: NFC, ASCII for full-width digits and letters,
/// plain spaces, no invisible characters, no doubled or outer spaces.
pub(super) fn line(raw: &str) -> String {
    let mut line = String::with_capacity(raw.len());
    for c in raw.nfc().filter(|&c| !is_invisible(c)) {
        match halfwidth(c) {
            c if c.is_whitespace() => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c => line.push(c),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// A person's name: like [`line()`], and the padding that makes two characters as
/// wide as three (`王　伟`) is taken out.
pub(super) fn person(raw: &str) -> String {
    let line = line(raw);
    let padded = line.contains(' ')
        && line.split(' ').all(|part| {
            let mut characters = part.chars();
            characters.next().is_some_and(is_han) && characters.next().is_none()
        });
    if padded { line.replace(' ', "") } else { line }
}

/// A header word to compare by: [`line()`] without spaces, remarks in brackets
/// and end marks.
pub(super) fn header(raw: &str) -> String {
    let mut depth = 0usize;
    line(raw)
        .chars()
        .filter(|&c| match c {
            '（' | '(' | '【' | '[' => {
                depth += 1;
                false
            }
            '）' | ')' | '】' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            c => depth == 0 && !c.is_whitespace() && !matches!(c, '：' | ':' | '*' | '＊'),
        })
        .collect()
}

/// The names in one cell, as typed, in order.
pub(super) fn split_names(raw: &str) -> impl Iterator<Item = &str> {
    raw.split(['、', '，', ',', '；', ';', '/', '／', '\n', '\r'])
        .filter(|name| !name.trim().is_empty())
}

/// Whether a cleaned name may be those of several people: Chinese names hold no
/// blank, others do.
pub(super) fn may_be_several(name: &str) -> bool {
    name.contains(' ') && name.chars().all(|c| c == ' ' || is_han(c))
}

/// Whether a person who cleaned by eye would see a difference.
pub(super) fn differs(raw: &str, cleaned: &str) -> bool {
    raw.trim() != cleaned
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
        || c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

fn halfwidth(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            char::from_u32(u32::from(c) - 0xFEE0).expect("the full-width block mirrors ASCII")
        }
        c => c,
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_cleaned() {
        assert_eq!(line("\u{FEFF}　ＡＩ质检\u{200B} \n ２号 "), "AI质检 2号");
        assert_eq!(line("e\u{301}"), "é");
        assert_eq!(line("#panic() *x* ../.. =cmd"), "#panic() *x* ../.. =cmd");
    }

    #[test]
    fn padding_leaves_a_name_and_spaces_between_words_stay() {
        for (typed, meant) in [
            ("王　伟", "王伟"),
            ("龚  禹", "龚禹"),
            ("欧 阳 修", "欧阳修"),
            ("欧阳修远", "欧阳修远"),
            ("古丽娜尔·买买提", "古丽娜尔·买买提"),
            ("John  von Neumann", "John von Neumann"),
            ("王伟 李强", "王伟 李强"),
        ] {
            assert_eq!(person(typed), meant);
        }
    }

    #[test]
    fn a_header_is_its_words() {
        for typed in ["项 目 名 称", "项目\n名称", "项目名称（全称）", "*项目名称："]
        {
            assert_eq!(header(typed), "项目名称");
        }
    }

    #[test]
    fn names_are_split_at_every_usual_mark() {
        let names: Vec<_> = split_names("甲、乙，丙,丁；戊;己/庚\n辛、").collect();
        assert_eq!(names, ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]);
    }
}
