//! What a text can hardly be meant to say, or not at all: of a name, a project or
//! an organization.

use super::clean::is_han;
use crate::fault::Oddity;

/// Words that stand for nobody.
const NOBODY: [&str; 25] = [
    "undefined",
    "无",
    "暂无",
    "没有",
    "空",
    "空白",
    "未填",
    "不详",
    "nan",
    "none",
    "null",
    "nil",
    "n/a",
    "na",
    "#",
    "-",
    "--",
    "—",
    "——",
    "–",
    "/",
    "\\",
    "×",
    "…",
    "……",
];

/// Words that stand for somebody who is not known yet.
const UNKNOWN: [&str; 16] = [
    "待定",
    "待补",
    "待补充",
    "未定",
    "待确认",
    "tbd",
    "?",
    "？",
    "同上",
    "详见附件",
    "见附件",
    "详见附表",
    "见附表",
    "见备注",
    "详见备注",
    "略",
];

/// The hundred commonest family names.
const FAMILIES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕\
苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

/// Whether a text stands for nobody: 无, nan.
pub(super) fn is_nobody(text: &str) -> bool {
    // `undefined` in brackets is the longest.
    if text.chars().nth(12).is_some() {
        return false;
    }
    let text = text.trim();
    let inner = text.strip_prefix(['(', '（']).and_then(|it| it.strip_suffix([')', '）']));
    NOBODY.iter().any(|word| word.eq_ignore_ascii_case(inner.unwrap_or(text)))
}

/// What in a name is none, and whether it can be no name for certain.
pub(super) fn of_name(name: &str) -> Option<(Oddity, bool)> {
    let han = name.chars().all(is_han);
    match if han { None } else { of_text(name) } {
        Some((why @ Oddity::Unpaired(_), _)) => return Some((why, true)),
        Some(found) => return Some(found),
        None => {}
    }
    if is_unknown(name) {
        return Some((Oddity::Nothing, true));
    }
    let incomplete = name.strip_suffix(['人', '名']).unwrap_or(name);
    let incomplete = incomplete
        .trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十多余共".contains(c));
    if incomplete.ends_with('等') || name.ends_with("等人") || name.ends_with(['…', '⋯']) {
        return Some((Oddity::Incomplete, true));
    }
    if ["团队", "课题组", "项目组", "小组", "全体"].iter().any(|end| name.ends_with(end))
    {
        return Some((Oddity::Incomplete, true));
    }
    if han && name.chars().count() <= 4 {
        return None;
    }
    // What stands in brackets is a remark, whatever it holds but a telephone.
    if name.chars().filter(char::is_ascii_digit).count() >= 7 {
        return Some((Oddity::Digit, true));
    }
    let bare = without_brackets(name);
    if bare.chars().any(|c| c.is_ascii_digit() || c.is_numeric() && !is_han(c)) {
        return Some((Oddity::Digit, true));
    }
    if let Some(mark) = bare.chars().find(|&c| !belongs(c)) {
        return Some((Oddity::Mark(mark), true));
    }
    if name.contains(['(', '（', '[', '【', '"', '“', '”', '〔', '《']) {
        return Some((Oddity::Remark, false));
    }
    let family = |part: &str| part.chars().next().is_some_and(|c| FAMILIES.contains(c));
    let sides = |(a, b): (&str, &str)| {
        let two = |part: &str| (2..=3).contains(&part.chars().count()) && part.chars().all(is_han);
        two(a) && two(b) && family(a) && family(b)
    };
    if name.split_once(['·', '‧', '・']).is_some_and(sides) {
        return Some((Oddity::Joined, false));
    }
    if name.contains(is_han) && name.contains(|c: char| c.is_ascii_alphabetic()) {
        return Some((Oddity::Mixed, false));
    }
    if han {
        let joined =
            ['和', '与', '及', '跟'].iter().any(|&word| name.split_once(word).is_some_and(sides));
        return Some(if joined { (Oddity::Joined, true) } else { (Oddity::Long, false) });
    }
    None
}

/// A name without what stands in round brackets.
fn without_brackets(name: &str) -> String {
    let mut depth = 0usize;
    let outside = |c: &char| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    name.chars().filter(outside).collect()
}

/// Whether names hold this character.
fn belongs(c: char) -> bool {
    c.is_alphabetic()
        || c == ' '
        || is_han(c)
        || unicode_normalization::char::is_combining_mark(c)
        || "·‧・•.'’ʼ-‐‑–()（）[]【】〔〕《》“”\"‘".contains(c)
}

/// What in a text can be neither in a name, nor a project's or an
/// organization's, and whether that is certain.
pub(super) fn of_text(text: &str) -> Option<(Oddity, bool)> {
    if text.chars().all(is_han) {
        return None;
    }
    let lost = |c: &char| matches!(c, '\u{FFFD}' | '\u{FFF9}'..='\u{FFFB}');
    if let Some(lost) = text.chars().find(lost) {
        return Some((Oddity::Lost(lost), true));
    }
    if is_markup(text) || text.starts_with("=\"") {
        return Some((Oddity::Markup, true));
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Some((Oddity::NoLetter, true));
    }
    // What an encoding could not hold is often saved so.
    if text.contains("??") {
        return Some((Oddity::Lost('?'), false));
    }
    unpaired(text).map(|mark| (Oddity::Unpaired(mark), false))
}

/// Whether a project's or an organization's text stands for nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    is_nobody(text) || is_unknown(text.trim())
}

fn is_unknown(text: &str) -> bool {
    UNKNOWN.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// `&amp;`, `&#39;`, `<b>`, `</p>`.
pub(super) fn is_markup(text: &str) -> bool {
    const ENTITIES: [&str; 12] = [
        "amp", "lt", "gt", "quot", "apos", "nbsp", "middot", "ldquo", "rdquo", "mdash", "hellip",
        "copy",
    ];
    const TAGS: [&str; 14] =
        ["b", "i", "u", "p", "br", "br/", "span", "div", "font", "strong", "em", "sub", "sup", "a"];
    let entity = text.match_indices('&').any(|(at, _)| {
        let rest = &text[at + 1..];
        rest.split_once(';').is_some_and(|(name, _)| {
            ENTITIES.contains(&name)
                || name.strip_prefix('#').is_some_and(|code| {
                    let code = code.strip_prefix(['x', 'X']).unwrap_or(code);
                    !code.is_empty() && code.chars().all(|c| c.is_ascii_hexdigit())
                })
        })
    });
    let tag = || {
        text.match_indices('<').any(|(at, _)| {
            let rest = text[at + 1..].trim_start_matches('/');
            rest.split_once('>').is_some_and(|(name, _)| {
                let name = name.split(' ').next().unwrap_or_default().to_lowercase();
                TAGS.contains(&name.as_str())
            })
        })
    };
    entity || tag()
}

/// The first bracket or quotation mark without its partner.
fn unpaired(text: &str) -> Option<char> {
    let mut open: Vec<(char, char)> = Vec::new();
    for c in text.chars() {
        let closing = match c {
            '(' | '（' => ')',
            '[' | '［' => ']',
            '【' => '】',
            '〔' => '〕',
            '《' => '》',
            '「' => '」',
            '『' => '』',
            '“' => '”',
            _ => '\0',
        };
        let c = match c {
            '）' => ')',
            '］' => ']',
            c => c,
        };
        if closing != '\0' {
            open.push((c, closing));
        } else if ")]】〕》」』”".contains(c) {
            match open.pop() {
                Some((_, expected)) if expected == c => {}
                _ => return Some(c),
            }
        }
    }
    let odd = text.matches('"').count() % 2 == 1;
    open.first().map(|(c, _)| *c).or(odd.then_some('"'))
}
