//! What a heading says: `一、企业组`, `（二）二等奖（4名）`, `二等奖 Second Prize`.
//!
//! A heading is *pure* if it says nothing but group, award and number; what
//! says more is a title or a remark, and is never half understood.

use super::clean;
use crate::contest::{self, Contest, folded};

mod count;

pub(super) use count::is_count;
use count::{is_numeral, states_count, take_count};

/// What a heading tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heading {
    pub group: Option<String>,
    pub award: Option<String>,
    /// How many rows it says that it heads.
    pub count: Option<usize>,
}

/// The names that a heading may hold.
#[derive(Debug)]
pub(super) struct Names {
    groups: Vec<Name>,
    awards: Vec<Name>,
}

/// A name or an alias as it is compared, and the name on paper.
#[derive(Debug)]
struct Name {
    folded: String,
    name: String,
    alias: bool,
}

/// Words that say nothing of group, award or number, as they are compared;
/// longer ones before those they hold.
const SILENT: [&str; 59] = [
    "按得分由高到低排序",
    "按得分从高到低排序",
    "按得分高低排序",
    "按姓氏笔画排序",
    "以姓氏笔画为序",
    "按姓氏笔画为序",
    "按得分排序",
    "排名不分先后",
    "不分先后",
    "名单如下",
    "获奖名单",
    "获奖项目",
    "获奖单位",
    "获奖企业",
    "获奖团队",
    "获奖人员",
    "获奖选手",
    "获奖作品",
    "获奖者",
    "获得者",
    "得主",
    "优胜者",
    "参赛项目",
    "参赛团队",
    "项目名单",
    "团队名单",
    "公示名单",
    "拟获奖",
    "获奖",
    "荣获",
    "获得",
    "拟获",
    "公示",
    "名单",
    "项目",
    "单位",
    "团队",
    "作品",
    "奖项",
    "等次",
    "等级",
    "类别",
    "如下",
    "以下",
    "续表",
    "并列",
    "部分",
    "winners",
    "winner",
    "prizes",
    "prize",
    "awards",
    "award",
    "category",
    "group",
    "track",
    "list",
    "获",
    "续",
];

/// English words for ranks, and what stands in the Chinese name of that rank.
const RANKS: [(&str, &[&str]); 14] = [
    ("grandprize", &["特等"]),
    ("specialprize", &["特等", "特别"]),
    ("first", &["一等"]),
    ("1st", &["一等"]),
    ("second", &["二等"]),
    ("2nd", &["二等"]),
    ("third", &["三等"]),
    ("3rd", &["三等"]),
    ("honorablemention", &["优秀", "优胜", "鼓励", "提名"]),
    ("honourablemention", &["优秀", "优胜", "鼓励", "提名"]),
    ("excellence", &["优秀", "优胜"]),
    ("excellent", &["优秀", "优胜"]),
    ("merit", &["优秀", "优胜"]),
    ("encouragement", &["鼓励"]),
];

/// Words that go with a rank in English.
const RANKED: [&str; 4] = ["class", "place", "rank", "of"];

impl Names {
    /// Every name and alias of the contest's groups and awards, longest first,
    /// so that 企业组 is found before 企业.
    pub(super) fn new(contest: &Contest) -> Self {
        fn all<T: contest::Named>(named: &[T]) -> Vec<Name> {
            let mut all = Vec::new();
            for one in named {
                let name = one.name().to_owned();
                all.push(Name { folded: folded(&name), name: name.clone(), alias: false });
                let aliases = one.aliases().iter().map(|alias| folded(alias));
                all.extend(aliases.map(|alias| Name {
                    folded: alias,
                    name: name.clone(),
                    alias: true,
                }));
            }
            all.sort_by_key(|one| std::cmp::Reverse(one.folded.chars().count()));
            all
        }
        Self { groups: all(&contest.groups), awards: all(&contest.awards) }
    }

    /// Whether a text is the name of a group or an award and nothing else.
    pub(super) fn is_name(&self, text: &str) -> bool {
        // Most texts end in a letter that no name does.
        let last = |text: &str| text.chars().next_back();
        let Some(end) = last(text.trim_end()) else { return false };
        let mut names = self.groups.iter().chain(&self.awards);
        if clean::is_han(end) && !names.any(|name| last(&name.folded) == Some(end)) {
            return false;
        }
        let text = folded(text);
        self.groups.iter().chain(&self.awards).any(|name| name.folded == text)
    }

    /// Whether an award's whole name stands in a text.
    pub(super) fn mentions_award(&self, text: &str) -> bool {
        let text = folded(text);
        self.awards.iter().any(|name| !name.alias && text.contains(&name.folded))
    }

    /// Whether a text that is not understood speaks of an award and of no group:
    /// 鼓励奖, 二等奖（科技类）.
    pub(super) fn speaks_of_award(&self, text: &str) -> bool {
        let text = folded(text);
        let of_group = ["组", "赛道", "赛区", "大赛", "类别", "单元", "track", "group", "category"];
        ["奖", "prize", "award"].iter().any(|word| text.contains(word))
            && !of_group.iter().any(|word| text.contains(word))
            && !self.groups.iter().any(|name| text.contains(&name.folded))
    }

    /// Reads a pure heading; `None` if it says anything else, or two things.
    pub(super) fn heading(&self, text: &str) -> Option<Heading> {
        let mut rest = without_number(&folded(&clean::line(text)));
        rest = without_silent_company(rest);
        let group = take(&self.groups, &mut rest)?;
        let award = take(&self.awards, &mut rest)?;
        if group.is_none() && award.is_none() {
            return None;
        }
        let count = take_count(&mut rest)?;
        if !take_ranks(&mut rest, award.as_deref()) {
            return None;
        }
        for word in SILENT {
            rest = rest.replace(word, " ");
        }
        let says_more = rest.chars().any(char::is_alphanumeric);
        (!says_more).then_some(Heading { group, award, count })
    }

    /// What a title or a sheet's name tells beside other words: the one group
    /// and the one award whose full name stands in it.
    pub(super) fn mentioned(&self, text: &str) -> Heading {
        let text = folded(&clean::line(text));
        let only = |names: &[Name]| {
            let mut found = names.iter().filter(|name| !name.alias && text.contains(&name.folded));
            match (found.next(), found.next()) {
                (Some(one), None) if stands_alone(&text, &one.folded) => Some(one.name.clone()),
                _ => None,
            }
        };
        let counted = take_count(&mut text.clone()).flatten();
        // A year is no number of rows, nor is what stands alone in brackets.
        let count = counted.filter(|_| states_count(&text));
        Heading { group: only(&self.groups), award: only(&self.awards), count }
    }
}

/// Whether a name stands in a title as itself wherever it does: not as the end
/// of 一、二等奖, 非企业组 or 省赛二等奖, nor as the beginning of 二等奖以上 or
/// 企业组候补, nor beside another.
fn stands_alone(text: &str, name: &str) -> bool {
    // 优秀党员和先进工作者 are two awards, be both known or not.
    const BEFORE: [&str; 13] = [
        "非",
        "准",
        "佳",
        "初",
        "省赛",
        "省级",
        "国赛",
        "国家级",
        "全国赛",
        "和",
        "及",
        "与",
        "暨",
    ];
    const AFTER: [&str; 16] = [
        "和", "及", "与", "暨", "以上", "以下", "候选", "候补", "递补", "提名", "未获", "作废",
        "旧", "初稿", "草稿", "落选",
    ];
    // 一、二等奖 are two awards, but `附件一、企业组` is one group.
    let is_chinese = |c: char| is_numeral(c) && !c.is_ascii_digit();
    let of_several = |before: &str| {
        let numeral = before.trim_end_matches(|c| "至到、,-~—".contains(c));
        name.starts_with(is_chinese) && numeral.ends_with(is_chinese)
    };
    let mut places = text.match_indices(name).peekable();
    places.peek().is_some()
        && places.all(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + name.len()..]);
            let after = after.trim_start_matches(['(', '（', '-', ' ']);
            !BEFORE.iter().any(|word| before.ends_with(word))
                && !AFTER.iter().any(|word| after.starts_with(word))
                && !of_several(before)
        })
}

/// Whether a text is only what numbers a heading or a row: `一、`, `（二）`, `3`.
pub(super) fn is_numbering(text: &str) -> bool {
    let text = folded(text);
    !text.is_empty() && !without_number(&text).chars().any(char::is_alphanumeric)
}

/// A folded text without the number before it: `一、`, `(二)`, `3.`, `第一部分`.
fn without_number(text: &str) -> String {
    const MARKS: [char; 9] = ['、', '.', ':', ')', ',', '-', '．', '。', '】'];
    let numerals =
        |text: &str| text.chars().take_while(|&c| is_numeral(c)).map(char::len_utf8).sum();
    if let Some(inner) = text.strip_prefix(['(', '【', '[']) {
        let length: usize = numerals(inner);
        return match inner[length..].strip_prefix([')', '】', ']']) {
            Some(rest) if length > 0 => rest.trim_start_matches(MARKS).to_owned(),
            _ => text.to_owned(),
        };
    }
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (ordinal, inner) = text.strip_prefix('第').map_or((false, text), |inner| (true, inner));
    let length: usize = numerals(inner);
    let rest = &inner[length..];
    if length == 0 {
        return text.to_owned();
    }
    if ordinal && let Some(rest) = rest.strip_prefix("部分") {
        return rest.trim_start_matches(MARKS).to_owned();
    }
    match rest.strip_prefix(MARKS) {
        Some(rest) if !ordinal => rest.trim_start_matches(MARKS).to_owned(),
        // `1一等奖`, but not `2名` and not `一等奖`.
        _ if !ordinal && inner.starts_with(|c: char| c.is_ascii_digit()) && rest.is_empty() => {
            String::new()
        }
        _ => text.to_owned(),
    }
}

/// Chinese numerals from 1.
const NUMERALS: &str = "一二三四五六七八九";

fn value(numeral: char) -> Option<usize> {
    NUMERALS.chars().position(|known| known == numeral).map(|at| at + 1)
}

/// The Chinese number before a heading: 2 of `二、三等奖` and of `（二）`.
pub(super) fn number_before(text: &str) -> Option<usize> {
    let text = folded(text);
    let mut characters = text.trim_start_matches('(').chars();
    let number = characters.next().and_then(value)?;
    characters.next().filter(|mark| "、,.．)".contains(*mark)).map(|_| number)
}

/// Whether a heading may name two awards: 二、三等奖, where the first numeral is
/// below the second.
pub(super) fn may_name_two(text: &str) -> bool {
    let text = folded(text);
    let mut characters = text.chars();
    let (first, mark, second) = (characters.next(), characters.next(), characters.next());
    let ascends = first.and_then(value).zip(second.and_then(value)).is_some_and(|(a, b)| a < b);
    ascends
        && mark.is_some_and(|mark| "、,.．".contains(mark))
        && characters.as_str().starts_with('等')
}

/// `获奖企业` names no group 企业, but `获奖企业组` does.
fn without_silent_company(text: String) -> String {
    const WORDS: [&str; 2] = ["获奖企业", "参赛企业"];
    let mut text = text;
    for word in WORDS {
        if let Some(at) = text.find(word)
            && !text[at + word.len()..].starts_with('组')
        {
            text.replace_range(at..at + word.len(), " ");
        }
    }
    text
}

/// Takes the one of these names that a text holds; `None` if it holds two.
fn take(names: &[Name], rest: &mut String) -> Option<Option<String>> {
    let mut taken: Option<&str> = None;
    while let Some(name) = names.iter().find(|name| rest.contains(&name.folded)) {
        if taken.is_some_and(|taken| taken != name.name) {
            return None;
        }
        taken = Some(&name.name);
        *rest = rest.replacen(&name.folded, " ", 1);
    }
    Some(taken.map(str::to_owned))
}

/// Takes what says an award's rank in English; whether it is the award's own.
fn take_ranks(rest: &mut String, award: Option<&str>) -> bool {
    let mut ranked = false;
    for (word, chinese) in RANKS {
        if rest.contains(word) {
            let own = award.is_some_and(|award| chinese.iter().any(|part| award.contains(part)));
            if !own {
                return false;
            }
            *rest = rest.replace(word, " ");
            ranked = true;
        }
    }
    if ranked {
        for word in RANKED {
            *rest = rest.replace(word, " ");
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let name = |word: &str, name: &str| Name {
            folded: folded(word),
            name: name.to_owned(),
            alias: word != name,
        };
        Names {
            groups: vec![
                name("企业组", "企业组"),
                name("创业组", "创业组"),
                name("创客组", "创业组"),
                name("企业", "企业组"),
            ],
            awards: vec![
                name("Honorable Mention", "Honorable Mention"),
                name("一等奖", "一等奖"),
                name("二等奖", "二等奖"),
                name("优胜奖", "优胜奖"),
                name("一等", "一等奖"),
            ],
        }
    }

    #[test]
    fn a_heading_says_group_award_and_number_and_nothing_else() {
        let heading = |group: Option<&str>, award: Option<&str>, count| {
            let (group, award) = (group.map(str::to_owned), award.map(str::to_owned));
            Some(Heading { group, award, count })
        };
        let second = |count| heading(None, Some("二等奖"), count);
        for (text, expected) in [
            ("一、企业组", heading(Some("企业组"), None, None)),
            ("（一）一等奖（4名）", heading(None, Some("一等奖"), Some(4))),
            ("企业组 一等奖：", heading(Some("企业组"), Some("一等奖"), None)),
            ("创客组获奖名单（共12个）", heading(Some("创业组"), None, Some(12))),
            ("2. 优胜奖", heading(None, Some("优胜奖"), None)),
            ("二等奖2名", second(Some(2))),
            ("二等奖：4名", second(Some(4))),
            ("二等奖（两项）", second(Some(2))),
            ("二等奖 共十二个", second(Some(12))),
            ("二等奖（3）", second(Some(3))),
            ("二等奖：3", second(Some(3))),
            ("二等奖（空缺）", second(Some(0))),
            ("【二等奖】", second(None)),
            ("《二等奖》", second(None)),
            ("二等奖获得者", second(None)),
            ("3、二等奖获得者", second(None)),
            ("二等奖团队", second(None)),
            ("二等奖获奖企业（2家）", second(Some(2))),
            ("贰等奖", second(None)),
            ("2等奖", second(None)),
            ("２等奖", second(None)),
            ("Ⅱ等奖", second(None)),
            ("Second Prize 二等奖", second(None)),
            ("二等奖 2nd Place (2 winners)", second(Some(2))),
            ("Honorable Mention (3)", heading(None, Some("Honorable Mention"), Some(3))),
            ("honorable mention winners", heading(None, Some("Honorable Mention"), None)),
            ("二、创业组一等奖", heading(Some("创业组"), Some("一等奖"), None)),
            ("First Prize 二等奖", None),
            ("一等奖、二等奖", None),
            ("企业组、创业组一等奖", None),
            ("二等奖（科技创新类）", None),
            ("二等奖2名3项", None),
            ("企业组说明如下", None),
            ("山西企业有限公司", None),
            ("数字文旅系统", None),
            ("鼓励奖", None),
            ("共3项", None),
        ] {
            assert_eq!(names().heading(text), expected, "{text}");
        }
    }

    #[test]
    fn a_title_tells_what_it_names_in_full() {
        let title = "2026年“创客中国”某市中小企业创新创业大赛企业组获奖名单（共26项）";
        let found = names().mentioned(title);
        assert_eq!(
            (found.group.as_deref(), found.award, found.count),
            (Some("企业组"), None, Some(26))
        );
        assert_eq!(names().mentioned("某市中小企业大赛一等奖、优胜奖名单"), Heading::default());
        assert_eq!(names().mentioned("第3届大赛名单（2026）"), Heading::default());
        for title in ["获奖名单-企业组", "附件1、企业组获奖名单", "一、企业组获奖名单及说明"]
        {
            assert_eq!(names().mentioned(title).group.as_deref(), Some("企业组"), "{title}");
        }
        for title in ["非企业组名单", "企业组候补名单", "企业组（作废）"] {
            assert_eq!(names().mentioned(title).group, None, "{title}");
        }
        assert_eq!(names().mentioned("大赛企业组-二等奖").award.as_deref(), Some("二等奖"));
        for title in ["大赛一、二等奖名单", "一至二等奖名单", "二等奖以上名单", "省赛二等奖推荐表"]
        {
            assert_eq!(names().mentioned(title).award, None, "{title}");
        }
    }

    #[test]
    fn a_number_of_rows_is_told_from_a_rows_number() {
        for text in ["共3项", "2名", "（4个）", "三家", "2 winners"] {
            assert!(is_count(text) && !is_numbering(text), "{text}");
        }
        for text in ["一、", "（二）", "3", "3.", "①"] {
            assert!(is_numbering(text) && !is_count(text), "{text}");
        }
        for text in ["甲", "3号机器人", "一等奖", "项目"] {
            assert!(!is_numbering(text) && !is_count(text), "{text}");
        }
    }
}
