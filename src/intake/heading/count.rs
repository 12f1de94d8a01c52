//! How many rows a heading says that it heads: `（4名）`, `共三项`, `（空缺）`.

use crate::contest::folded;
use crate::intake::clean;

/// What may follow a number that counts rows.
const UNITS: [&str; 21] = [
    "winners", "winner", "projects", "project", "entries", "teams", "team", "people", "名", "个",
    "項", "项", "家", "人", "支", "队", "件", "组", "位", "篇", "份",
];

/// Whether a text is a number of rows and nothing else: `共3项`, `2名`.
pub(in super::super) fn is_count(text: &str) -> bool {
    // 共一百二十三个项目 is about the longest.
    if text.chars().nth(12).is_some() {
        return false;
    }
    let begins = |c: char| UNITS.iter().any(|unit| unit.starts_with(c.to_ascii_lowercase()));
    if !text.contains(begins) {
        return false;
    }
    let mut rest = folded(&clean::line(text));
    matches!(take_count(&mut rest), Some(Some(_))) && !rest.chars().any(char::is_alphanumeric)
}

pub(super) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十百".contains(c)
}

/// Whether a title states a number of rows as such: `（共45项）`, `共45个`.
pub(super) fn states_count(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters.iter().enumerate().any(|(at, _)| {
        let before = at > 0 && matches!(characters[at - 1], '(' | '共' | '计');
        before && counted(&characters[at..]).is_some_and(|(_, length, unit)| unit && length > 0)
    })
}

/// Takes the number that a folded text states; `None` if it states two.
pub(super) fn take_count(rest: &mut String) -> Option<Option<usize>> {
    let mut taken = None;
    for vacant in ["(空缺)", "(从缺)", "空缺", "从缺"] {
        if rest.contains(vacant) {
            *rest = rest.replacen(vacant, " ", 1);
            taken = Some(0);
        }
    }
    let mut characters: Vec<char> = rest.chars().collect();
    let mut at = 0;
    while at < characters.len() {
        let Some((count, length, unit)) = counted(&characters[at..]) else {
            at += 1;
            continue;
        };
        let before = characters[..at].iter().rev().find(|c| !c.is_whitespace());
        let after = characters.get(at + length);
        // A number without a unit counts after a colon or alone in brackets.
        let alone = matches!(before, Some(':')) && after.is_none()
            || matches!((before, after), (Some('('), Some(')')));
        if !(unit || alone) {
            at += length;
            continue;
        }
        if taken.replace(count).is_some() {
            return None;
        }
        let start = characters[..at].iter().rposition(|c| !matches!(c, '共' | '计' | '合' | '总'));
        let start = start.map_or(0, |last| last + 1);
        characters.splice(start..at + length, [' ']);
        at = start + 1;
    }
    *rest = characters.into_iter().collect();
    Some(taken)
}

/// The number at the beginning, how many characters it takes with its unit,
/// and whether it has one.
fn counted(text: &[char]) -> Option<(usize, usize, bool)> {
    let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let (count, length) = if digits > 0 {
        (text[..digits].iter().collect::<String>().parse().ok()?, digits)
    } else {
        let numerals = text.iter().take_while(|&&c| is_numeral(c) || c == '两').count();
        (chinese(&text[..numerals])?, numerals)
    };
    let rest: String = text[length..].iter().take(8).collect();
    let unit = UNITS.iter().find(|unit| rest.starts_with(*unit));
    // 第三组 and 三组 are names rather than numbers.
    let unit = unit.filter(|unit| digits > 0 || **unit != "组");
    let taken = unit.map_or(0, |unit| unit.chars().count());
    Some((count, length + taken, unit.is_some()))
}

/// 二 is 2, 十二 is 12, 二十 is 20.
fn chinese(numerals: &[char]) -> Option<usize> {
    let one = |c: &char| {
        "零一二三四五六七八九".chars().position(|known| known == *c).or((*c == '两').then_some(2))
    };
    match numerals {
        ['十'] => Some(10),
        ['十', ones] => Some(10 + one(ones)?),
        [tens, '十'] => Some(10 * one(tens)?),
        [tens, '十', ones] => Some(10 * one(tens)? + one(ones)?),
        [ones] => one(ones),
        _ => None,
    }
}
