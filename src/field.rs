//! The fields of an entrant, by the names that `contest.toml`, patterns and
//! JSON use.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::{Serialize, Serializer};

/// A field of an entrant: one with checks and header words of its own, or any
/// other column.
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
    /// A column by its header, or by the name that `contest.toml` gives it.
    Own(ColumnName),
}

/// The name of a column that is no built-in field. Blanks and underscores in it
/// are all one.
///
/// Each is kept once for as long as the process runs, so that fields are as
/// cheap to hand about as numbers; there are as many as contests name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnName(&'static str);

impl ColumnName {
    fn new(name: &str) -> Self {
        static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
        let words = name.split(|c: char| c.is_whitespace() || c == '_');
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let name = words.join(" ");
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        Self(known.get(name.as_str()).copied().unwrap_or_else(|| {
            let name: &'static str = name.leak();
            known.insert(name);
            name
        }))
    }

    /// The name itself.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Debug for ColumnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Field {
    /// Every field with checks of its own, in the order of the JSON output.
    pub const BUILT_IN: [Field; 12] = [
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
            Field::Own(name) => name.0,
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
            Field::Own(name) => name.0,
        }
    }

    /// The field with checks of its own that has this name.
    pub fn built_in(name: &str) -> Option<Self> {
        Self::BUILT_IN.into_iter().find(|field| field.name() == name)
    }

    /// The field of a name, be it built in or a column.
    pub fn named(name: &str) -> Self {
        Self::built_in(name).unwrap_or_else(|| Self::column(name))
    }

    /// The column of a name.
    pub(crate) fn column(name: &str) -> Self {
        Self::Own(ColumnName::new(name))
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
