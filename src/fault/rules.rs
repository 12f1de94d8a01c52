//! The contest's rules.

use super::domain::{Domain, Pair, faults};
use super::phrases::{also, cells};
use crate::cell::CellRef;
use crate::lang::Lang;

/// The codes whose severity a contest decides. The others are no matter of
/// opinion: there is no certificate without an award, nor two under one number.
pub(crate) const RULES: [&str; 30] = [
    "too-many-members",
    "shared-member",
    "repeated-project",
    "similar-project",
    "same-project-name",
    "registered-too-early",
    "unknown-county",
    "award-count",
    "over-quota",
    "outranked",
    "excluded",
    "resembles-excluded",
    "count-differs",
    "row-without-entrant",
    "hidden-sheet",
    "sheet-without-table",
    "hidden-rows",
    "hidden-columns",
    "struck-out",
    "not-shown",
    "withdrawn",
    "not-a-name",
    "unusual-name",
    "nobody",
    "converted",
    "no-header",
    "covered",
    "contradicts",
    "allowance-unused",
    "year-differs",
];

faults! {
    /// The contest's rules.
    Rules {
        SameEntrant {
            name: String,
            /// Columns that tell the two apart.
            columns: Vec<String>,
            other: CellRef,
        } => "same-entrant", Error, Data;
        TooManyMembers { count: usize, limit: usize } => "too-many-members", Warning, Data;
        RegisteredTooEarly { date: String, since: String } => "registered-too-early", Error, Data;
        OverQuota {
            group: String,
            count: usize,
            quota: usize,
            others: Vec<CellRef>,
        } => "over-quota", Error, Data;
        SharedMember { name: String, others: Vec<CellRef> } => "shared-member", Warning, Data;
        RepeatedProject {
            project: String,
            organization: String,
            other: CellRef,
        } => "repeated-project", Error, Data;
        SimilarProject {
            project: String,
            alike: String,
            other: CellRef,
        } => "similar-project", Warning, Data;
        SameProjectName {
            project: String,
            organization: String,
            other: CellRef,
        } => "same-project-name", Warning, Data;
        AwardCount {
            group: String,
            award: String,
            count: usize,
            announced: usize,
            others: Vec<CellRef>,
        } => "award-count", Error, Data;
        Outranked {
            project: String,
            standing: String,
            better: String,
            better_standing: String,
            other: CellRef,
        } => "outranked", Warning, Data;
        Excluded { project: String, list: String, entry: String } => "excluded", Error, Data;
        ResemblesExcluded {
            project: String,
            list: String,
            entry: String,
            alike: String,
        } => "resembles-excluded", Warning, Data;
        NothingExcluded { list: String } => "nothing-excluded", Error, Data;
    }
}

impl Domain for Rules {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Rules::SameEntrant { name, columns, other } => {
                let (zh, en) = match columns.as_slice() {
                    [] => ("请让名称有所区别".to_owned(), "tell them apart by name".to_owned()),
                    [first, ..] => (
                        format!("在 contest.toml 写明用哪一列区分，例如 [fields.\"{first}\"] identifies = true（可用：{}）", columns.join("、")),
                        format!("say in contest.toml which column tells them apart, such as [fields.\"{first}\"] identifies = true (there are: {})", columns.join(", ")),
                    ),
                };
                lang.pick(
                    (
                        format!("与 {other} 是同一个：{name}"),
                        format!("若是重复填写，请删去一行；若确是两个，{zh}"),
                    ),
                    (
                        format!("is the same as {other}: {name}"),
                        format!("remove one of the rows if it was typed twice; if they are two, {en}"),
                    ),
                )
            }
            Rules::TooManyMembers { count, limit } => lang.pick(
                (
                    format!("核心成员有 {count} 人，规则为不超过 {limit} 人"),
                    "请与获奖者核对；证书仍按名单全部印出".into(),
                ),
                (
                    format!("names {count} core members where the rule allows {limit}"),
                    "check with the winner; the certificate still names them all".into(),
                ),
            ),
            Rules::RegisteredTooEarly { date, since } => lang.pick(
                (
                    format!("注册时间为 {date}，规则要求在 {since}（含）之后"),
                    "请核对注册时间和组别".into(),
                ),
                (
                    format!("registered on {date}, but the rule asks for {since} or later"),
                    "check the date and the group".into(),
                ),
            ),
            Rules::OverQuota { group, count, quota, others } => lang.pick(
                (
                    format!("{group}推荐了 {count} 个项目，名额为 {quota} 个{}", also(others, lang)),
                    "请减少推荐，或改正 contest.toml 中的 quota".into(),
                ),
                (
                    format!("{group} recommends {count} projects where the quota is {quota}{}", also(others, lang)),
                    "recommend fewer, or correct quota in contest.toml".into(),
                ),
            ),
            Rules::SharedMember { name, others } => {
                let cells = cells(others, lang);
                lang.pick(
                    (
                        format!("“{name}”也是别的团队的核心成员：{cells}"),
                        "请与各团队核对；若是同名不同人，请在 contest.toml 的 [[rules.allowed]] 写明".into(),
                    ),
                    (
                        format!("“{name}” is a core member of other teams, too: {cells}"),
                        "check with the teams; two people of one name go into [[rules.allowed]] of contest.toml".into(),
                    ),
                )
            }
            Rules::RepeatedProject { project, organization, other } => lang.pick(
                (
                    format!("{organization}的“{project}”在 {other} 已有"),
                    "同一项目只能有一行，请删去一行".into(),
                ),
                (
                    format!("“{project}” of {organization} stands at {other} already"),
                    "a project has one row: remove one of them".into(),
                ),
            ),
            Rules::SimilarProject { project, alike, other } => lang.pick(
                (
                    format!("“{project}”与同一单位的“{alike}”（{other}）相似"),
                    "请核对是不是同一个项目；不是的，可在 contest.toml 的 [[rules.allowed]] 写明".into(),
                ),
                (
                    format!("“{project}” is much like “{alike}” of the same organization ({other})"),
                    "check whether they are one project; if not, [[rules.allowed]] of contest.toml can say so".into(),
                ),
            ),
            Rules::SameProjectName { project, organization, other } => lang.pick(
                (
                    format!("“{project}”与{organization}的项目（{other}）同名"),
                    "请核对是不是同一个项目".into(),
                ),
                (
                    format!("“{project}” has the name of a project of {organization} ({other})"),
                    "check whether they are one project".into(),
                ),
            ),
            Rules::AwardCount { group, award, count, announced, others } => lang.pick(
                (
                    format!("{group}{award}有 {count} 个，公布的是 {announced} 个{}", also(others, lang)),
                    "请核对名单，或改正 contest.toml 中该组的 counts".into(),
                ),
                (
                    format!("{group} has {count} of {award}, but the number announced is {announced}{}", also(others, lang)),
                    "check the sheet, or correct counts of the group in contest.toml".into(),
                ),
            ),
            Rules::Outranked { project, standing, better, better_standing, other } => lang.pick(
                (
                    format!("“{project}”（{standing}）得到推荐，而名次在前的“{better}”（{better_standing}，{other}）没有"),
                    "请核对推荐和名次".into(),
                ),
                (
                    format!("“{project}” ({standing}) is recommended, but “{better}” ({better_standing}, {other}), which ranks higher, is not"),
                    "check recommendations and ranks".into(),
                ),
            ),
            Rules::Excluded { project, list, entry } => lang.pick(
                (
                    format!("“{project}”在“{list}”中（{entry}），不得参赛"),
                    "请核对，并删去这一行；若确可参赛，请在 contest.toml 的 [[rules.allowed]] 写明理由".into(),
                ),
                (
                    format!("“{project}” is in “{list}” ({entry}) and may not take part"),
                    "check it; remove the row, or say in [[rules.allowed]] of contest.toml why it may stay".into(),
                ),
            ),
            Rules::ResemblesExcluded { project, list, entry, alike } => lang.pick(
                (
                    format!("“{project}”与“{list}”中的“{alike}”（{entry}）相似"),
                    "请核对是不是同一个项目".into(),
                ),
                (
                    format!("“{project}” is much like “{alike}” in “{list}” ({entry})"),
                    "check whether they are one project".into(),
                ),
            ),
            Rules::NothingExcluded { list } => lang.pick(
                (format!("“{list}”里没有读到任何项目名称"), "请核对是否给错了文件".into()),
                (format!("“{list}” names no project"), "check that it is the right file".into()),
            ),
        }
    }

    fn others(&self) -> &[CellRef] {
        match self {
            Rules::SharedMember { others, .. }
            | Rules::AwardCount { others, .. }
            | Rules::OverQuota { others, .. } => others,
            Rules::SameEntrant { other, .. }
            | Rules::RepeatedProject { other, .. }
            | Rules::SimilarProject { other, .. }
            | Rules::SameProjectName { other, .. }
            | Rules::Outranked { other, .. } => std::slice::from_ref(other),
            Rules::TooManyMembers { .. }
            | Rules::RegisteredTooEarly { .. }
            | Rules::Excluded { .. }
            | Rules::ResemblesExcluded { .. }
            | Rules::NothingExcluded { .. } => &[],
        }
    }

    fn value(&self) -> Option<&str> {
        match self {
            Rules::SharedMember { name: value, .. }
            | Rules::AwardCount { award: value, .. }
            | Rules::OverQuota { group: value, .. } => Some(value),
            _ => None,
        }
    }
}
