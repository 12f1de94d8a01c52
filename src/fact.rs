//! The facts a certificate states, by the names that JSON uses and the labels
//! that stand in the certificate's own text.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::field::Field;

/// A fact that a certificate states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// What the document is: 荣誉证书.
    Kind,
    /// Its number.
    Number,
    /// Which revision of that number it is, from 1.
    Revision,
    /// The member it is for, where each member has a certificate.
    Member,
    /// A field of the entrant it is for.
    Field(Field),
    /// The contest's name.
    Contest,
    /// The organs that sign it.
    Issuer,
    /// The day it is dated.
    Date,
}

impl Fact {
    /// Every fact, in the order a certificate's text states them.
    pub fn all() -> impl Iterator<Item = Self> {
        [Fact::Kind, Fact::Number, Fact::Revision, Fact::Member]
            .into_iter()
            .chain(Field::ALL.map(Fact::Field))
            .chain([Fact::Contest, Fact::Issuer, Fact::Date])
    }

    /// The name in JSON and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Fact::Kind => "kind",
            Fact::Number => "number",
            Fact::Revision => "revision",
            Fact::Member => "member",
            Fact::Field(field) => field.name(),
            Fact::Contest => "contest",
            Fact::Issuer => "issuer",
            Fact::Date => "date",
        }
    }

    /// The label in a certificate's text: two characters, as every byte makes
    /// the code finer.
    pub fn label(self) -> &'static str {
        match self {
            Fact::Kind => "文件",
            Fact::Number => "编号",
            Fact::Revision => "版次",
            Fact::Member => "姓名",
            Fact::Field(Field::Id) => "标识",
            Fact::Field(Field::Group) => "组别",
            Fact::Field(Field::Award) => "奖项",
            Fact::Field(Field::Project) => "项目",
            Fact::Field(Field::Organization) => "单位",
            Fact::Field(Field::Members) => "成员",
            Fact::Field(Field::County) => "推荐",
            Fact::Field(Field::Score) => "得分",
            Fact::Field(Field::Recommended) => "省赛",
            Fact::Field(Field::RegisteredOn) => "注册",
            Fact::Field(Field::Contact) => "联系",
            Fact::Field(Field::Phone) => "电话",
            Fact::Contest => "大赛",
            Fact::Issuer => "颁发",
            Fact::Date => "日期",
        }
    }

    /// The fact of a label.
    pub fn of_label(label: &str) -> Option<Self> {
        Self::all().find(|fact| fact.label() == label)
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A fact on which two statements differ.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Difference {
    /// The fact.
    pub fact: Fact,
    /// What the first states, empty if nothing.
    pub was: String,
    /// What the second states, empty if nothing.
    pub now: String,
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn labels_and_names_tell_facts_apart() {
        let count = Fact::all().count();
        assert_eq!(Fact::all().map(Fact::label).collect::<HashSet<_>>().len(), count);
        assert_eq!(Fact::all().map(Fact::name).collect::<HashSet<_>>().len(), count);
    }
}
