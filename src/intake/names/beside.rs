//! What stands beside a name and is taken off: roles, titles in brackets,
//! telephones.

use crate::intake::clean::is_han;
use crate::intake::oddity;

/// Words for what somebody is in a team.
const ROLES: [&str; 34] = [
    "项目负责人",
    "团队负责人",
    "第一负责人",
    "负责人",
    "项目主持人",
    "主持人",
    "团队队长",
    "队长",
    "副队长",
    "组长",
    "副组长",
    "领队",
    "核心成员",
    "团队成员",
    "项目成员",
    "主要成员",
    "其他成员",
    "成员",
    "队员",
    "组员",
    "参赛人员",
    "参赛队员",
    "参赛选手",
    "选手",
    "学生",
    "本科生",
    "研究生",
    "硕士",
    "博士",
    "教师",
    "男",
    "女",
    "captain",
    "member",
];

/// A name without roles before and after it, and without a telephone.
pub(super) fn without_extras(text: &str) -> String {
    let mut name = text.trim();
    loop {
        let before = name;
        name = name.trim_end_matches('。').trim_end();
        name = name.strip_suffix('.').filter(|it| it.ends_with(is_han)).unwrap_or(name);
        name = without_apostrophes(name);
        name = without_role_before(name);
        name = without_role_after(name);
        name = without_brackets_after(name);
        name = without_phone(name);
        if name == before {
            return name.to_owned();
        }
    }
}

/// `'甲乙`, `‘甲乙’`: what keeps a value as text, or quotes a Chinese name.
fn without_apostrophes(name: &str) -> &str {
    let inner = name.trim_matches(['\'', '‘', '’']);
    let han = inner.chars().count() > 1 && inner.chars().all(is_han);
    if han { inner } else { name }
}

/// `队长：甲`, `队长 甲`, `队长甲乙`.
fn without_role_before(name: &str) -> &str {
    // 男 and 女 are names' characters, too.
    let role = ROLES.iter().filter(|role| role.len() > '男'.len_utf8()).find_map(|role| {
        name.get(..role.len())
            .filter(|start| start.eq_ignore_ascii_case(role))
            .map(|_| &name[role.len()..])
    });
    let Some(rest) = role else { return name };
    let marked = rest.strip_prefix(['：', ':', ' ', '-', '—']);
    let plain = || {
        let length = rest.chars().count();
        (rest.is_empty() || (2..=4).contains(&length) && rest.chars().all(is_han)).then_some(rest)
    };
    marked.or_else(plain).map_or(name, str::trim)
}

/// `甲乙队长`; a name may well end in 学生.
fn without_role_after(name: &str) -> &str {
    const ROLES: [&str; 9] =
        ["副队长", "队长", "副组长", "组长", "负责人", "队员", "组员", "成员", "老师"];
    let rest = ROLES.iter().find_map(|role| name.strip_suffix(role)).map(str::trim_end);
    let plain = |rest: &&str| (2..=4).contains(&rest.chars().count()) && rest.chars().all(is_han);
    rest.filter(plain).unwrap_or(name)
}

/// Whether what stands in brackets at the end is a role alone.
pub(super) fn ends_in_role(text: &str) -> bool {
    let inner = text.trim_end_matches([')', '）', '】', ']', '〕']);
    inner.rsplit_once(['(', '（', '【', '[', '〔']).is_some_and(|(_, word)| is_role(word))
}

pub(super) fn is_role(word: &str) -> bool {
    let word = word.trim();
    ROLES.iter().any(|role| role.eq_ignore_ascii_case(word))
}

/// `甲（队长）`, `甲(13900000000)`, `甲【组长，学生】`.
fn without_brackets_after(name: &str) -> &str {
    let Some(inner) = name.strip_suffix([')', '）', '】', ']', '〕']) else { return name };
    let Some(at) = inner.rfind(['(', '（', '【', '[', '〔']) else { return name };
    let open = inner[at..].chars().next().map_or(1, char::len_utf8);
    let mut words = inner[at + open..].split(['，', ',', '、', '/', ' ', ';', '；', '：', ':']);
    let plain = |word: &str| {
        let titles = ["电话", "手机", "联系电话", ""];
        let title = || word.chars().all(is_han) && oddity::is_title(word);
        is_role(word) || is_phone(word) || titles.contains(&word.trim()) || title()
    };
    if at > 0 && words.all(plain) { name[..at].trim_end() } else { name }
}

/// `甲13900000000`, `甲 0354-2639505`.
fn without_phone(name: &str) -> &str {
    let phone = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | ' ');
    let after = name.trim_end_matches(phone);
    if is_phone(&name[after.len()..]) && !after.is_empty() {
        let words = ["电话", "手机", "联系电话", "tel", "Tel", "TEL"];
        let after = after.trim_end_matches([' ', ':', '：', ',', '，']);
        let word = words.iter().find_map(|word| after.strip_suffix(word));
        return word.unwrap_or(after).trim_end_matches([' ', ':', '：']);
    }
    let before = name.trim_start_matches(phone);
    if is_phone(&name[..name.len() - before.len()]) && !before.is_empty() {
        return before.trim_start_matches([' ', ':', '：']);
    }
    name
}

/// At least seven digits.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 7 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | ' '))
}
