//! What was typed → what was meant, without changing a name silently.
//!
//! Only characters that a person cannot see or tell apart are touched; whoever
//! calls reports every change beyond trimming.

use unicode_normalization::UnicodeNormalization;

/// A cell's text on one line: NFC, ASCII for full-width digits and letters,
/// standard forms for characters of old systems, plain spaces, no invisible
/// characters, no doubled or outer spaces.
pub(super) fn line(raw: &str) -> String {
    if raw.chars().all(is_plain) {
        return raw.to_owned();
    }
    let mut line = String::with_capacity(raw.len());
    let (mut blank, mut broken) = (false, false);
    for c in raw.nfc().filter(|&c| !is_invisible(c)) {
        match standard(halfwidth(c)) {
            '\n' | '\r' => broken = true,
            c if c.is_whitespace() => blank = true,
            c => {
                // A cell's own line break divides no Chinese word.
                let divides = blank || broken && !(is_han(c) && line.ends_with(is_han));
                if divides && !line.is_empty() {
                    line.push(' ');
                }
                (blank, broken) = (false, false);
                line.push(c);
            }
        }
    }
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
    // What divides two words for one thing says nothing of its own.
    let divides = |c: char| matches!(c, '：' | ':' | '*' | '＊' | '/' | '／' | '、' | '或' | '及');
    if raw.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}') && !divides(c)) {
        return raw.to_owned();
    }
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
            c => depth == 0 && !c.is_whitespace() && !divides(c),
        })
        .collect()
}

/// The parts of a cell of names at the usual marks, as typed, in order.
pub(super) fn split_names(raw: &str) -> impl Iterator<Item = &str> {
    raw.split(['、', '，', ',', '；', ';', '/', '／', '\n', '\r', '\u{2028}', '\u{2029}'])
        .filter(|name| !name.trim().is_empty())
}

/// The names in a text that has blanks for its only marks. Chinese names hold
/// none, but may be padded (`王　伟`), so two single characters are one name;
/// `None` where that does not tell how many people it names.
pub(super) fn names_between_blanks(raw: &str) -> Option<Vec<String>> {
    let line = line(raw);
    let parts: Vec<&str> = line.split(' ').collect();
    let single = |part: &str| part.chars().count() == 1;
    if parts.len() == 1 || !parts.iter().all(|part| part.chars().all(is_han)) {
        // A name in Latin letters keeps its blanks; one in both scripts does not
        // tell.
        let mixed = line.chars().any(is_han)
            && line.chars().any(char::is_alphabetic)
            && parts.len() > 1
            && parts.iter().any(|part| part.chars().all(is_han));
        return (!mixed).then(|| vec![line]);
    }
    if parts.iter().all(|part| single(part)) {
        return (parts.len() <= 3).then(|| vec![parts.concat()]);
    }
    let mut names = Vec::new();
    for run in parts.chunk_by(|a, b| single(a) == single(b)) {
        match run {
            [one, ..] if !single(one) => names.extend(run.iter().map(ToString::to_string)),
            [family, given] => names.push(format!("{family}{given}")),
            _ => return None,
        }
    }
    Some(names)
}

/// Whether nothing of a character can need cleaning, whatever stands beside it:
/// most cells hold no other.
fn is_plain(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{4E00}'..='\u{9FFF}' | '、' | '，' | '。' | '；' | '：' | '（' | '）'
        | '“' | '”' | '《' | '》')
}

/// Whether a person who cleaned by eye would see a difference.
pub(super) fn differs(raw: &str, cleaned: &str) -> bool {
    raw.trim() != cleaned
}

fn is_invisible(c: char) -> bool {
    // Hangul fillers, joiners, directions, variation selectors, and what a
    // picture in a chat leaves behind.
    matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFFC}' | '\u{E0000}'..='\u{E0FFF}')
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

/// The standard form of a character of an old system: the private code points
/// that GB 18030-2005 used and GB 18030-2022 replaced, and radicals typed for
/// the characters they look like.
fn standard(c: char) -> char {
    match c {
        '\u{E78D}'..='\u{E793}' => {
            const PRESENTATION: [char; 7] = [
                '\u{FE10}', '\u{FE12}', '\u{FE11}', '\u{FE13}', '\u{FE14}', '\u{FE15}', '\u{FE16}',
            ];
            PRESENTATION[(u32::from(c) - 0xE78D) as usize]
        }
        '\u{E7C7}' => '\u{1E3F}',
        '\u{E816}' => '\u{20087}',
        '\u{E817}' => '\u{20089}',
        '\u{E818}' => '\u{200CC}',
        '\u{E81E}' => '\u{9FB4}',
        '\u{E826}' => '\u{9FB5}',
        '\u{E82B}' => '\u{9FB6}',
        '\u{E82C}' => '\u{9FB7}',
        '\u{E831}' => '\u{215D7}',
        '\u{E832}' => '\u{9FB8}',
        '\u{E83B}' => '\u{2298F}',
        '\u{E843}' => '\u{9FB9}',
        '\u{E854}' => '\u{9FBA}',
        '\u{E855}' => '\u{241FE}',
        '\u{E864}' => '\u{9FBB}',
        // Radicals that PDF viewers copy instead of characters.
        '\u{2E80}'..='\u{2EFF}' => {
            let known = RADICALS.iter().find(|(radical, _)| *radical == c);
            known.map_or(c, |(_, standard)| *standard)
        }
        // Kangxi radicals.
        '\u{2F00}'..='\u{2FD5}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        c => c,
    }
}

/// Radicals of the supplement (U+2E80 to U+2EFF) that are characters by
/// themselves, with these: Unicode's `EquivalentUnifiedIdeograph`.
const RADICALS: [(char, char); 36] = [
    ('\u{2E9D}', '月'),
    ('\u{2E9F}', '母'),
    ('\u{2EA0}', '民'),
    ('\u{2EA9}', '王'),
    ('\u{2EC1}', '虎'),
    ('\u{2EC4}', '西'),
    ('\u{2EC5}', '见'),
    ('\u{2EC6}', '角'),
    ('\u{2EC9}', '贝'),
    ('\u{2ECB}', '车'),
    ('\u{2ED1}', '長'),
    ('\u{2ED3}', '长'),
    ('\u{2ED4}', '门'),
    ('\u{2ED7}', '雨'),
    ('\u{2ED8}', '青'),
    ('\u{2ED9}', '韦'),
    ('\u{2EDA}', '页'),
    ('\u{2EDB}', '风'),
    ('\u{2EDC}', '飞'),
    ('\u{2EDD}', '食'),
    ('\u{2EE1}', '首'),
    ('\u{2EE2}', '马'),
    ('\u{2EE3}', '骨'),
    ('\u{2EE4}', '鬼'),
    ('\u{2EE5}', '鱼'),
    ('\u{2EE6}', '鸟'),
    ('\u{2EE7}', '卤'),
    ('\u{2EE8}', '麦'),
    ('\u{2EE9}', '黄'),
    ('\u{2EEA}', '黾'),
    ('\u{2EEC}', '齐'),
    ('\u{2EEE}', '齿'),
    ('\u{2EF0}', '龙'),
    ('\u{2EF1}', '龜'),
    ('\u{2EF2}', '亀'),
    ('\u{2EF3}', '龟'),
];

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_cleaned() {
        assert_eq!(line("\u{FEFF}　ＡＩ质检\u{200B} \n ２号 "), "AI质检 2号");
        assert_eq!(line("e\u{301}"), "é");
        assert_eq!(line("智慧\n农业\r\nAI\n平台"), "智慧农业 AI 平台");
        assert_eq!(line("#panic() *x* ../.. =cmd"), "#panic() *x* ../.. =cmd");
    }

    #[test]
    fn what_is_plain_is_what_cleaning_leaves_as_it_is() {
        for c in ('\0'..='\u{FFFF}').filter(|&c| is_plain(c)) {
            // A blank makes it go the long way.
            assert_eq!(line(&format!("{c} 甲")), format!("{c} 甲"), "{c:?}");
        }
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
    fn blanks_divide_names_where_that_is_certain() {
        for (typed, names) in [
            ("王伟 李强  赵敏", Some(&["王伟", "李强", "赵敏"][..])),
            ("王　伟 李强", Some(&["王伟", "李强"])),
            ("王 伟", Some(&["王伟"])),
            ("欧 阳 修", Some(&["欧阳修"])),
            ("古丽娜尔·买买提", Some(&["古丽娜尔·买买提"])),
            ("John von Neumann", Some(&["John von Neumann"])),
            ("王 伟 李 强", None),
            ("王 李强", None),
            ("John 王伟", None),
        ] {
            let names = names.map(|names| names.iter().map(ToString::to_string).collect());
            assert_eq!(names_between_blanks(typed), names, "{typed}");
        }
    }

    #[test]
    fn characters_of_old_systems_get_their_standard_form() {
        assert_eq!(line("\u{E81E}\u{2F25}"), "\u{9FB4}女");
        assert_eq!(line("张\u{2ED3}城、\u{2EE2}\u{2EA0}"), "张长城、马民");
    }

    #[test]
    fn names_are_split_at_every_usual_mark() {
        let names: Vec<_> = split_names("甲、乙，丙,丁；戊;己/庚\n辛、").collect();
        assert_eq!(names, ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]);
    }
}
