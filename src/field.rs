//! The fields of an entrant, by the names that `contest.toml`, patterns and
//! JSON use.

use std::fmt;

use serde::{Serialize, Serializer};

/// A field of an entrant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The sheet's own identifier of the entrant.
    Id,
    /// 组别.
    Group,
    /// 奖项.
    Award,
    /// 项目名称.
    Project,
    /// 参赛单位 or 团队.
    Organization,
    /// 核心成员, in the sheet's order.
    Members,
    /// 推荐单位: the county the entrant comes from.
    County,
    /// 得分.
    Score,
    /// 推荐省赛.
    Recommended,
    /// 注册时间 of the enterprise.
    RegisteredOn,
    /// 联系人.
    Contact,
    /// 联系电话.
    Phone,
}

impl Field {
    /// Every field, in the order of the JSON output.
    pub const ALL: [Field; 12] = [
        Field::Id,
        Field::Group,
        Field::Award,
        Field::Project,
        Field::Organization,
        Field::Members,
        Field::County,
        Field::Score,
        Field::Recommended,
        Field::RegisteredOn,
        Field::Contact,
        Field::Phone,
    ];

    /// The name in configuration and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::Group => "group",
            Field::Award => "award",
            Field::Project => "project",
            Field::Organization => "organization",
            Field::Members => "members",
            Field::County => "county",
            Field::Score => "score",
            Field::Recommended => "recommended",
            Field::RegisteredOn => "registered_on",
            Field::Contact => "contact",
            Field::Phone => "phone",
        }
    }

    /// The name a clerk knows it by.
    pub fn label(self) -> &'static str {
        match self {
            Field::Id => "项目编号",
            Field::Group => "组别",
            Field::Award => "奖项",
            Field::Project => "项目名称",
            Field::Organization => "参赛单位",
            Field::Members => "核心成员",
            Field::County => "推荐单位",
            Field::Score => "得分",
            Field::Recommended => "推荐省赛",
            Field::RegisteredOn => "注册时间",
            Field::Contact => "联系人",
            Field::Phone => "联系电话",
        }
    }

    /// The field of a configuration name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
