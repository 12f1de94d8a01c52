//! What a text can hardly be meant to say, or not at all: of a name, a project or
//! an organization.

use super::clean::is_han;
use crate::fault::Oddity;

mod marks;
mod words;

pub(super) use marks::{is_markup, is_rows};
pub(super) use words::{has_family_name, is_nobody, is_nothing, is_title};

use marks::{holds_address, holds_telephone, is_value, unpaired};
use words::{is_labelled, is_of_form, is_placeholder, is_unknown, is_withheld};

/// What in brackets says that a name may not count, or that there are others.
const WITHDRAWN: [&str; 12] =
    ["退出", "待定", "弃权", "放弃", "取消", "候补", "替补", "等）", "等)", "共", "?", "？"];

/// What in a name is none, and whether it can be no name for certain.
pub(super) fn of_name(name: &str) -> Option<(Oddity, bool)> {
    let han = name.chars().all(is_han);
    match if han { None } else { of_text(name) } {
        Some((why @ Oddity::Unpaired(_), _)) => return Some((why, true)),
        Some(found) => return Some(found),
        None => {}
    }
    if is_unknown(name) || is_placeholder(name) {
        return Some((Oddity::Nothing, true));
    }
    if is_withheld(name) {
        return Some((Oddity::Nothing, false));
    }
    if is_of_form(name) {
        return Some((Oddity::Heading, true));
    }
    if is_title(name) {
        return Some((Oddity::Title, true));
    }
    if !han && name.chars().count() == 1 {
        return Some((Oddity::Short, true));
    }
    if !han && let Some(found) = marked(name) {
        return Some(found);
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
        let remark = name.split_once(['(', '（']).map(|(_, remark)| remark);
        let whole = name.starts_with(['(', '（']) && name.ends_with([')', '）']);
        let withdrawn = remark.is_some_and(|it| WITHDRAWN.iter().any(|word| it.contains(word)));
        return Some((Oddity::Remark, whole || withdrawn));
    }
    let sides = |(a, b): (&str, &str)| {
        let two = |part: &str| (2..=3).contains(&part.chars().count()) && part.chars().all(is_han);
        two(a) && two(b) && has_family_name(a) && has_family_name(b)
    };
    // A dot that is not the one within names may be one, or divide two people.
    let dotted = between_han(name, "•．.。-–—").is_some();
    if dotted || name.split_once(['·', '‧', '・']).is_some_and(sides) {
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

/// The first of these marks between two Chinese characters.
fn between_han(name: &str, marks: &str) -> Option<char> {
    let characters: Vec<char> = name.chars().collect();
    let found =
        characters.windows(3).find(|it| is_han(it[0]) && marks.contains(it[1]) && is_han(it[2]));
    found.map(|it| it[1])
}

/// Marks that a name neither begins nor ends with, nor has between two Chinese
/// characters; and two names with `and` between them.
fn marked(name: &str) -> Option<(Oddity, bool)> {
    let edge = |c: char| "'‘’ʼ-‐‑–.·‧・•".contains(c);
    if let Some(mark) = name.chars().next().filter(|&c| edge(c)) {
        return Some((Oddity::Mark(mark), true));
    }
    // `J.` and `Jr.` end in a dot.
    let last = name.chars().next_back().filter(|&c| edge(c) && (c != '.' || name.contains(is_han)));
    if let Some(mark) = last {
        return Some((Oddity::Mark(mark), true));
    }
    if let Some(mark) = between_han(name, "'‘’ʼ") {
        return Some((Oddity::Mark(mark), true));
    }
    if name.to_ascii_lowercase().contains(" and ") {
        return Some((Oddity::Joined, true));
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
    if text.starts_with('=') {
        return Some((Oddity::Formula, false));
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Some((Oddity::NoLetter, true));
    }
    // What an encoding could not hold is often saved so.
    if text.contains("??") {
        return Some((Oddity::Lost('?'), false));
    }
    if let Some(radical) = text.chars().find(|c| matches!(c, '\u{2E80}'..='\u{2EFF}')) {
        return Some((Oddity::Mark(radical), false));
    }
    unpaired(text).map(|mark| (Oddity::Unpaired(mark), false))
}

/// What a project's or an organization's name can hardly be, and whether that
/// is certain.
pub(super) fn of_title(text: &str) -> Option<(Oddity, bool)> {
    if is_placeholder(text) {
        return Some((Oddity::Nothing, true));
    }
    if is_labelled(text) {
        return Some((Oddity::Heading, false));
    }
    if text.chars().all(is_han) {
        return None;
    }
    if text == "0" {
        return Some((Oddity::Nothing, true));
    }
    if holds_telephone(text) || holds_address(text) {
        return Some((Oddity::Contact, false));
    }
    if is_value(text) {
        return Some((Oddity::Number, false));
    }
    if let Some(mark) = text.chars().next().filter(|c| "'‘、，；;".contains(*c)) {
        return Some((Oddity::Mark(mark), false));
    }
    let last = text.chars().next_back().filter(|c| "、，；;".contains(*c));
    if let Some(mark) = last {
        return Some((Oddity::Mark(mark), false));
    }
    let sealed = ["（盖章）", "(盖章)", "（公章）", "(公章)"];
    sealed.iter().any(|end| text.ends_with(end)).then_some((Oddity::Remark, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_project_or_organization_is_called_is_told() {
        for (text, why, certain) in [
            ("晋中公司13812345678", Oddity::Contact, false),
            ("晋中公司（0354-2639505）", Oddity::Contact, false),
            ("晋中公司 wjg@qq.com", Oddity::Contact, false),
            ("www.example.com", Oddity::Contact, false),
            ("0", Oddity::Nothing, true),
            ("XX公司", Oddity::Nothing, true),
            ("×××公司", Oddity::Nothing, true),
            ("请填写单位全称", Oddity::Nothing, true),
            ("2026", Oddity::Number, false),
            ("2-Mar", Oddity::Number, false),
            ("12:30:00", Oddity::Number, false),
            ("1.38E+10", Oddity::Number, false),
            ("TRUE", Oddity::Number, false),
            ("项目名称：智慧农业", Oddity::Heading, false),
            ("晋中公司；", Oddity::Mark('；'), false),
            ("晋中公司（盖章）", Oddity::Remark, false),
            ("￥5.00", Oddity::Number, false),
        ] {
            assert_eq!(of_title(text), Some((why, certain)), "{text}");
        }
        for text in [
            "360安全",
            "某某有限公司",
            "3D打印",
            "C++编译器",
            "2026届毕业设计展",
            "X射线",
            "A-B测试平台",
            "5G+工业互联网",
            "24小时·便民",
            "无人机",
        ] {
            assert_eq!(of_title(text), None, "{text}");
        }
        assert_eq!(of_text("=A1"), Some((Oddity::Formula, false)));
        assert_eq!(of_text("=\"0071\""), Some((Oddity::Markup, true)));
    }
}
