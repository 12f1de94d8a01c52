//! Words that stand where a name should and are none.

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
const BESIDES: [&str; 27] = [
    "联系",
    "手机",
    "党员",
    "团员",
    "群众",
    "汉族",
    "回族",
    "满族",
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
pub(in super::super) fn has_family_name(text: &str) -> bool {
    text.chars().next().is_some_and(|c| FAMILIES.contains(c))
}

/// Whether a text stands for nobody: 无, nan.
pub(in super::super) fn is_nobody(text: &str) -> bool {
    // `undefined` in brackets is the longest.
    if text.chars().nth(12).is_some() {
        return false;
    }
    is_one_of(&NOBODY, without_outer_brackets(text.trim()))
}

/// Whether a project's or an organization's text stands for nothing.
pub(in super::super) fn is_nothing(text: &str) -> bool {
    is_nobody(text) || is_unknown(text.trim())
}

/// Whether it stands for what is not known yet: 待定, （空缺）.
pub(super) fn is_unknown(text: &str) -> bool {
    is_one_of(&UNKNOWN, without_outer_brackets(text))
}

fn without_outer_brackets(text: &str) -> &str {
    let inner = text.strip_prefix(['(', '（']).and_then(|it| it.strip_suffix([')', '）']));
    inner.unwrap_or(text)
}

/// Whether a word is a title, a school, a people or the like and no name.
pub(in super::super) fn is_title(word: &str) -> bool {
    let people = || word.ends_with('族') && word.chars().count() > 2;
    // Few names end as titles do.
    let may_be = || word.chars().next_back().is_some_and(|last| TITLES_END.contains(last));
    is_one_of(&BESIDES, word)
        || people()
        || may_be() && TITLES.iter().any(|title| word.ends_with(title))
}

/// Whether a word is one of a form or a header.
pub(super) fn is_of_form(word: &str) -> bool {
    is_one_of(&FORMS, word)
}

/// Whether a text begins with what a form calls the field: 单位：, 项目名称：.
pub(super) fn is_labelled(text: &str) -> bool {
    text.split_once(['：', ':']).is_some_and(|(label, _)| LABELS.contains(&label.trim()))
}

fn is_one_of(words: &[&str], text: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
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

/// Whether a text is a sample: XXX公司, ×××, 请填写.
pub(super) fn is_placeholder(text: &str) -> bool {
    const ENDS: [&str; 9] =
        ["", "公司", "有限公司", "单位", "学校", "大学", "学院", "团队", "项目"];
    let cross = |c: char| matches!(c, 'x' | 'X' | 'Ｘ' | 'ｘ' | '×' | '✕' | '*' | '＊');
    let rest = text.trim_start_matches(cross);
    let crosses = text[..text.len() - rest.len()].chars().count();
    crosses >= 2 && ENDS.contains(&rest)
        || ["请填", "请选择", "请输入"].iter().any(|begin| text.starts_with(begin))
}

/// Whether a name is left out on purpose: 王某, 某某.
pub(super) fn is_withheld(name: &str) -> bool {
    (2..=3).contains(&name.chars().count()) && name.ends_with('某')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_is_known_by_its_end() {
        assert!(TITLES.iter().chain(&BESIDES).all(|word| is_title(word)));
        assert!(is_title("维吾尔族") && is_title("CEO") && !is_title("王建国"));
    }
}
