//! What stands below or between the rows and is no entrant: sums, notes, and
//! the lines that sign the table.

use std::collections::BTreeSet;

use super::clean;
use super::value::{is_date, parse_date};
use crate::contest::{Contest, folded};
use crate::workbook::{Sheet, Value};

/// `合计` alone or before a number or a mark; `总计算` is a name's beginning.
pub(super) fn is_total(text: &str) -> bool {
    if !text.contains('计') {
        return false;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    ["合计", "总计", "小计", "共计"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
}

/// A remark, or the line that whoever made the table signs.
pub(super) fn is_note(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let begins = |words: &[&str], marks: &[char], alone: bool| {
        words.iter().any(|word| {
            text.strip_prefix(word)
                .is_some_and(|rest| (alone && rest.is_empty()) || rest.starts_with(marks))
        })
    };
    const SIGNED: [&str; 32] = [
        "评委",
        "监督员",
        "评审组长",
        "制表人",
        "制表",
        "制表单位",
        "制表日期",
        "填表人",
        "填表单位",
        "填表日期",
        "审核人",
        "审核",
        "复核",
        "复核人",
        "审批",
        "负责人",
        "联系人",
        "联系电话",
        "监督电话",
        "经办人",
        "单位（盖章）",
        "单位(盖章)",
        "主办单位",
        "日期",
        "评委签字",
        "裁判长",
        "总裁判长",
        "裁判",
        "记录员",
        "记录",
        "统计",
        "统计人",
    ];
    const REMARKS: [&str; 8] =
        ["备注", "注", "附注", "说明", "填表说明", "填写说明", "温馨提示", "注意"];
    begins(&REMARKS, &['：', ':', '1', '一', '.', '．', '、'], true)
        || begins(&SIGNED, &['：', ':'], false)
        || ["排名不分先后", "以上排名", "以下空白", "此表"]
            .iter()
            .any(|word| text.starts_with(word))
}

/// Whether a row's texts are notes or signatures together: `制表人：甲`, `审核人：`
/// with a name in the next cell, a date.
pub(super) fn are_notes(texts: &[(u32, String)]) -> bool {
    let Some((_, first)) = texts.first() else { return true };
    let labelled = |at: usize| at > 0 && texts[at - 1].1.ends_with(['：', ':']);
    let fits =
        |(at, (_, text)): (usize, &(u32, String))| is_note(text) || labelled(at) || dates(text);
    is_note(first) && texts.iter().enumerate().all(fits)
}

/// The rows at the end of a sheet, below `first`, that sign it: a date in a row
/// of its own and the texts of their own right above it, or the contest's
/// organizers.
pub(super) fn signed(sheet: &Sheet, first: u32, contest: &Contest) -> BTreeSet<u32> {
    /// How many rows may sign, notes among them.
    const WITHIN: usize = 12;
    let organizers: Vec<String> = contest.organizers.iter().map(|name| folded(name)).collect();
    let rows: Vec<u32> = sheet.rows_from(first + 1).collect();
    let mut signed = BTreeSet::new();
    let mut dated = false;
    for &row in rows.iter().rev().take(WITHIN) {
        let cells: Vec<&Value> = sheet.columns(row).map(|it| &sheet.own(row, it).value).collect();
        let texts: Vec<String> =
            sheet.columns(row).map(|it| clean::line(&sheet.own(row, it).text())).collect();
        let is_date = |at: usize| is_date(cells[at]) || dates(&texts[at]);
        let organizer = |text: &String| organizers.contains(&folded(text));
        let signs = match texts.as_slice() {
            [_] if is_date(0) => {
                dated = true;
                true
            }
            [one] if is_note(one) => false,
            [one] => organizer(one) || dated && names_office(one),
            [one, two] => {
                let (one_dates, two_dates) = (is_date(0), is_date(1));
                dated |= one_dates || two_dates;
                (organizer(one) || names_office(one)) && two_dates
                    || one_dates && (organizer(two) || names_office(two))
            }
            _ => break,
        };
        if signs {
            signed.insert(row);
        } else if !texts.iter().all(|text| is_note(text)) {
            break;
        }
    }
    signed
}

/// Whether a text is a date, in figures or in Chinese: 2026年8月10日,
/// 二〇二六年八月十日.
fn dates(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let chinese = || {
        text.contains('年')
            && text.contains('月')
            && text
                .chars()
                .all(|c| "〇零○一二三四五六七八九十年月日".contains(c) || c.is_ascii_digit())
    };
    parse_date(&text).is_some() || chinese()
}

/// Whether a text may name whoever signs a table: an office, a committee.
fn names_office(text: &str) -> bool {
    const ENDS: [&str; 17] = [
        "局",
        "厅",
        "委",
        "部",
        "会",
        "处",
        "科",
        "办",
        "办公室",
        "中心",
        "政府",
        "学院",
        "大学",
        "学校",
        "中学",
        "小学",
        "（盖章）",
    ];
    ENDS.iter().any(|end| text.ends_with(end)) || text.ends_with("(盖章)")
}
