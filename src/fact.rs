//! The facts a certificate states, by the names that JSON uses and the labels
//! that stand in the certificate's own text.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::field::Field;
use crate::lang::Lang;

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
    /// Every fact but those of columns, in the order a certificate's text states
    /// them.
    pub(crate) fn built_in() -> impl Iterator<Item = Self> {
        [Fact::Kind, Fact::Number, Fact::Revision, Fact::Member]
            .into_iter()
            .chain(Field::BUILT_IN.map(Fact::Field))
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

    /// The label in a certificate's text: in Chinese two characters, as every
    /// byte makes the code finer. That of a column is its name, with no blank in
    /// it and a star before what others are called.
    pub fn label(self, lang: Lang) -> Cow<'static, str> {
        let Fact::Field(Field::Own(name)) = self else {
            return self.built_in_label(lang).into();
        };
        let name = name.as_str();
        let taken = name.starts_with(STAR)
            || RESERVED.contains(&name)
            || Self::built_in()
                .any(|fact| Lang::ALL.iter().any(|lang| fact.built_in_label(*lang) == name));
        let star = if taken { "*" } else { "" };
        format!("{star}{}", name.replace(' ', "_")).into()
    }

    fn built_in_label(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Fact::Kind => ("文件", "Document"),
            Fact::Number => ("编号", "No."),
            Fact::Revision => ("版次", "Rev."),
            Fact::Member => ("姓名", "Name"),
            Fact::Field(Field::Id) => ("标识", "ID"),
            Fact::Field(Field::Group) => ("组别", "Group"),
            Fact::Field(Field::Award) => ("奖项", "Award"),
            Fact::Field(Field::Project) => ("项目", "Project"),
            Fact::Field(Field::Organization) => ("单位", "Organization"),
            Fact::Field(Field::Members) => ("成员", "Members"),
            Fact::Field(Field::County) => ("推荐", "County"),
            Fact::Field(Field::Score) => ("得分", "Score"),
            Fact::Field(Field::Recommended) => ("省赛", "Recommended"),
            Fact::Field(Field::RegisteredOn) => ("注册", "Registered"),
            Fact::Field(Field::Contact) => ("联系", "Contact"),
            Fact::Field(Field::Phone) => ("电话", "Phone"),
            Fact::Field(Field::Own(name)) => (name.as_str(), name.as_str()),
            Fact::Contest => ("大赛", "Contest"),
            Fact::Issuer => ("颁发", "Issued-by"),
            Fact::Date => ("日期", "Date"),
        };
        lang.pick(zh, en)
    }

    /// The fact of a label, in any language.
    pub(crate) fn of_label(label: &str) -> Self {
        let named = |fact: &Self| Lang::ALL.iter().any(|lang| fact.built_in_label(*lang) == label);
        Self::built_in().find(named).unwrap_or_else(|| {
            Self::Field(Field::column(label.strip_prefix(STAR).unwrap_or(label)))
        })
    }

    /// Whether its value may be several names.
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Fact::Issuer | Fact::Field(Field::Members | Field::Own(_)))
    }
}

/// What stands before the name of a column that another label has.
const STAR: char = '*';

/// Labels of lines that state no fact.
const RESERVED: [&str; 6] = ["验证", "印作", "未印", "Verify", "Printed-as", "Not-printed"];

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
        let columns = ["指导教师", "单位", "Number of hours", "*单位", "No.", "验证"];
        let columns = columns.map(|name| Fact::Field(Field::column(name)));
        let all: Vec<Fact> = Fact::built_in().chain(columns).collect();
        for lang in Lang::ALL {
            let labels = all.iter().map(|fact| fact.label(lang));
            let labels: HashSet<_> = labels.inspect(|it| assert!(!it.contains(' '))).collect();
            assert_eq!(labels.len(), all.len());
            assert!(all.iter().all(|fact| Fact::of_label(&fact.label(lang)) == *fact));
        }
        let names: HashSet<_> = Fact::built_in().map(Fact::name).collect();
        assert_eq!(names.len(), Fact::built_in().count());
    }
}
