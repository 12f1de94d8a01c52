//! Header words → fields.

use std::collections::BTreeMap;

use super::clean;
use crate::contest::Contest;
use crate::field::Field;
use crate::nearest::nearest;

/// The header words that each field goes by in real sheets, after
/// [`clean::header`].
fn words(field: Field) -> &'static [&'static str] {
    match field {
        Field::Id => &["项目编号", "报名编号", "参赛编号", "作品编号"],
        Field::Group => &["组别", "赛道组别", "参赛组别", "赛道", "赛项", "类别"],
        Field::Award => &[
            "奖项",
            "获奖等级",
            "获奖等次",
            "获奖结果",
            "获奖名称",
            "获奖奖项",
            "获奖情况",
            "等次",
            "奖次",
            "奖级",
            "获奖级别",
            "奖项等级",
        ],
        Field::Project => &[
            "项目名称",
            "参赛项目",
            "参赛项目名称",
            "获奖项目",
            "作品名称",
            "获奖作品",
            "作品",
            "成果名称",
            "项目",
        ],
        Field::Organization => &[
            "参赛单位",
            "单位名称",
            "企业名称",
            "参赛企业",
            "申报单位",
            "团队名称",
            "队伍名称",
            "参赛团队",
            "获奖学校",
            "参赛主体",
            "获奖单位",
            "单位",
            "企业",
            "参赛单位名称",
            "参赛单位/团队",
            "企业/团队名称",
            "单位/团队名称",
        ],
        Field::Members => &[
            "核心成员",
            "团队成员",
            "团队核心成员",
            "获奖队员",
            "队员",
            "项目团队所有姓名",
            "成员名单",
            "成员",
            "参赛人员",
            "参赛队员",
        ],
        Field::County => &[
            "推荐单位",
            "所属县区",
            "属地",
            "县",
            "县区",
            "所在县",
            "县市区",
            "所属地区",
            "所在地",
            "推荐县",
            "地区",
        ],
        Field::Score => &["得分", "成绩", "总分", "最终得分", "最后得分", "总成绩", "平均分"],
        Field::Recommended => &["推荐省赛", "是否推荐", "是否推荐省赛", "推荐", "拟推荐省赛"],
        Field::RegisteredOn => {
            &["注册时间", "注册日期", "工商注册时间", "工商注册日期", "成立时间", "成立日期"]
        }
        Field::Contact => &["联系人", "联系人姓名", "项目联系人"],
        Field::Phone => {
            &["联系电话", "联系方式", "电话", "手机", "手机号", "手机号码", "联系人电话"]
        }
    }
}

/// Fields without which a row says too little.
pub(super) const NEEDED: [Field; 4] =
    [Field::Group, Field::Award, Field::Project, Field::Organization];

/// Whether a header is a slip or a variant of a field's words.
pub(super) fn resembles(field: Field, header: &str) -> bool {
    nearest(&clean::header(header), words(field).iter().copied()).is_some()
}

/// Tells which field a header stands for.
#[derive(Debug)]
pub(super) struct Headers {
    fields: BTreeMap<String, Field>,
}

impl Headers {
    /// The built-in words and those the contest adds, which win.
    pub(super) fn new(contest: &Contest) -> Self {
        let built_in = Field::ALL
            .into_iter()
            .flat_map(|field| words(field).iter().map(move |word| (clean::header(word), field)));
        let added = contest
            .columns
            .iter()
            .flat_map(|(&field, words)| words.iter().map(move |word| (clean::header(word), field)));
        Self { fields: built_in.chain(added).collect() }
    }

    /// The field of a header cell's text.
    pub(super) fn field(&self, text: &str) -> Option<Field> {
        self.fields.get(&clean::header(text)).copied()
    }
}
