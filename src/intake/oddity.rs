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
const UNKNOWN: [&str; 37] = [
    "空缺",
    "从缺",
    "轮空",
    "虚位",
    "虚位以待",
    "未知",
    "暂缺",
    "缺",
    "保密",
    "匿名",
    "其他",
    "其它",
    "个人",
    "本人",
    "如题",
    "以上",
    "测试",
    "test",
    "示例",
    "样例",
    "例",
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

/// What stands beside a name and is none: in whole, or at the end of a word.
const TITLES: [&str; 47] = [
    "负责人",
    "教授",
    "讲师",
    "助教",
    "博士",
    "硕士",
    "学士",
    "本科",
    "专科",
    "大专",
    "研究生",
    "工程师",
    "会计师",
    "经理",
    "总监",
    "总裁",
    "董事长",
    "董事",
    "院长",
    "校长",
    "主任",
    "处长",
    "科长",
    "所长",
    "部长",
    "专员",
    "老师",
    "教师",
    "同学",
    "法人",
    "创始人",
    "合伙人",
    "大学",
    "学院",
    "中学",
    "小学",
    "学校",
    "公司",
    "集团",
    "研究院",
    "研究所",
    "专业",
    "身份证",
    "学号",
    "邮箱",
    "电话",
    "微信",
];

/// With what [`TITLES`] end.
const TITLES_END: &str = "人授师教士科专生理监裁长事任员学院校司团所业证号箱话信";

/// What stands beside a name and is none, as a whole word alone.
const BESIDES: [&str; 28] = [
    "联系",
    "手机",
    "党员",
    "团员",
    "群众",
    "汉族",
    "回族",
    "满族",
    "蒙古族",
    "财务",
    "市场",
    "技术",
    "研发",
    "运营",
    "销售",
    "顾问",
    "ceo",
    "cto",
    "cfo",
    "coo",
    "大一",
    "大二",
    "大三",
    "大四",
    "研一",
    "研二",
    "研三",
    "联系人",
];

/// What in brackets says that a name may not count, or that there are others.
const WITHDRAWN: [&str; 12] =
    ["退出", "待定", "弃权", "放弃", "取消", "候补", "替补", "等）", "等)", "共", "?", "？"];

/// Words of forms and headers that are taken for a name where a row is none.
const FORMS: [&str; 20] = [
    "姓名",
    "备注",
    "合计",
    "总计",
    "小计",
    "是",
    "否",
    "同意",
    "已核实",
    "指导教师",
    "指导老师",
    "序号",
    "组别",
    "奖项",
    "项目名称",
    "参赛单位",
    "单位名称",
    "核心成员",
    "联系电话",
    "签字",
];

/// The hundred commonest family names.
const FAMILIES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕\
苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

/// Whether a text begins with one of the commonest family names.
pub(super) fn has_family_name(text: &str) -> bool {
    text.chars().next().is_some_and(|c| FAMILIES.contains(c))
}

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
    if is_placeholder(name) {
        return Some((Oddity::Nothing, true));
    }
    if is_withheld(name) {
        return Some((Oddity::Nothing, false));
    }
    let word = |list: &[&str]| list.iter().any(|word| word.eq_ignore_ascii_case(name));
    if word(&FORMS) {
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
        let whole = name.starts_with(['(', '（']) && name.ends_with([')', '）']);
        return Some((Oddity::Remark, whole || WITHDRAWN.iter().any(|word| name.contains(word))));
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

/// Whether a word is a title, a school, a people or the like and no name.
pub(super) fn is_title(word: &str) -> bool {
    // Few names end so.
    if !word.chars().next_back().is_some_and(|last| TITLES_END.contains(last) || !is_han(last)) {
        return BESIDES.contains(&word) || word.ends_with('族') && word.chars().count() > 2;
    }
    BESIDES.iter().any(|known| known.eq_ignore_ascii_case(word))
        || TITLES.iter().any(|title| word.ends_with(title))
        || word.ends_with('族') && word.chars().count() > 2
}

/// The first of these marks between two Chinese characters.
fn between_han(name: &str, marks: &str) -> Option<char> {
    let characters: Vec<char> = name.chars().collect();
    let found =
        characters.windows(3).find(|it| is_han(it[0]) && marks.contains(it[1]) && is_han(it[2]));
    found.map(|it| it[1])
}

/// Whether a text is a sample: XXX公司, ×××, 请填写.
fn is_placeholder(text: &str) -> bool {
    const ENDS: [&str; 9] =
        ["", "公司", "有限公司", "单位", "学校", "大学", "学院", "团队", "项目"];
    let cross = |c: char| matches!(c, 'x' | 'X' | 'Ｘ' | 'ｘ' | '×' | '✕' | '*' | '＊');
    let rest = text.trim_start_matches(cross);
    let crosses = text[..text.len() - rest.len()].chars().count();
    crosses >= 2 && ENDS.contains(&rest)
        || ["请填", "请选择", "请输入"].iter().any(|begin| text.starts_with(begin))
}

/// Whether a name is left out on purpose: 王某, 某某.
fn is_withheld(name: &str) -> bool {
    (2..=3).contains(&name.chars().count()) && name.ends_with('某')
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

/// Whether a text is several rows of a file: a quotation mark that opens a value
/// and is never closed swallows what follows.
pub(super) fn is_rows(raw: &str) -> bool {
    raw.contains('\n') && [',', '\t', ';'].iter().any(|mark| raw.matches(*mark).count() >= 3)
}

/// What in a text can be neither in a name, nor a project's or an
/// organization's, and whether that is certain.
pub(super) fn of_text(text: &str) -> Option<(Oddity, bool)> {
    if text.chars().all(is_han) {
        return None;
    }
    if text.starts_with('=') {
        return Some((Oddity::Formula, false));
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
    if let Some(radical) = text.chars().find(|c| matches!(c, '\u{2E80}'..='\u{2EFF}')) {
        return Some((Oddity::Lost(radical), false));
    }
    unpaired(text).map(|mark| (Oddity::Unpaired(mark), false))
}

/// What a project's or an organization's name can hardly be, and whether that
/// is certain.
pub(super) fn of_title(text: &str) -> Option<(Oddity, bool)> {
    if is_placeholder(text) {
        return Some((Oddity::Nothing, true));
    }
    if let Some((label, _)) = text.split_once(['：', ':'])
        && LABELS.contains(&label.trim())
    {
        return Some((Oddity::Heading, false));
    }
    if text.chars().all(is_han) {
        return None;
    }
    let bare = text.trim_start_matches(['￥', '¥', '$', '+', '-']).trim_end_matches('%');
    if bare == "0" {
        return Some((Oddity::Nothing, true));
    }
    if holds_telephone(text) {
        return Some((Oddity::Contact, false));
    }
    let lower = text.to_ascii_lowercase();
    let mail = lower.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    if mail || lower.contains("http://") || lower.contains("https://") || lower.contains("www.") {
        return Some((Oddity::Contact, false));
    }
    let number = bare.replace(',', "").parse::<f64>().is_ok() || is_moment(bare);
    if number || ["true", "false"].contains(&lower.as_str()) {
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

/// What stands before a name where a form was copied with it.
const LABELS: [&str; 12] = [
    "单位",
    "单位名称",
    "参赛单位",
    "企业名称",
    "公司名称",
    "团队",
    "团队名称",
    "项目",
    "项目名称",
    "作品名称",
    "学校",
    "联系人",
];

/// Eleven digits of a mobile telephone, or an area code and seven or eight.
fn holds_telephone(text: &str) -> bool {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    runs.into_iter().any(|run| {
        let digits: String = run.chars().filter(char::is_ascii_digit).collect();
        let mobile = digits.len() == 11 && digits.starts_with('1') && digits.as_bytes()[1] > b'2';
        let line = run.starts_with('0') && (10..=12).contains(&digits.len());
        mobile || line
    })
}

/// `2026/3/2`, `12:30:00`, `2-Mar`, `1/2`: what a spreadsheet makes of other
/// texts.
fn is_moment(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = text.split(['-', '/', ':']).collect();
    let short = |part: &&str| {
        let digits =
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|it| it.is_ascii_digit());
        digits || MONTHS.contains(&part.to_ascii_lowercase().as_str())
    };
    (2..=3).contains(&parts.len()) && parts.iter().all(short)
}

/// Whether a project's or an organization's text stands for nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    is_nobody(text) || is_unknown(text.trim())
}

fn is_unknown(text: &str) -> bool {
    let inner = text.strip_prefix(['(', '（']).and_then(|it| it.strip_suffix([')', '）']));
    let text = inner.unwrap_or(text);
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
        assert!(TITLES.iter().all(|title| is_title(title)) && !is_title("王建国"));
        assert!(is_rows("农业,太谷公司,王建民\n3,企业组") && !is_rows("智慧\n农业"));
    }
}
