//! What things are called in the languages that the program speaks.

use std::borrow::Cow;

use super::severity::Severity;
use crate::fact::Fact;
use crate::field::Field;
use crate::lang::Lang;

impl Lang {
    /// A field's name in this language.
    pub fn field(self, field: Field) -> &'static str {
        self.pick(field.label(), field.name())
    }

    /// A fact's name in this language.
    pub fn fact(self, fact: Fact) -> Cow<'static, str> {
        match (self, fact) {
            (_, Fact::Field(Field::Own(_))) | (Lang::En, _) => fact.name().into(),
            (Lang::Zh, _) => fact.label(self),
        }
    }

    /// A severity's name in this language.
    pub fn severity(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.pick("错误", "error"),
            Severity::Warning => self.pick("警告", "warning"),
            Severity::Info => self.pick("提示", "info"),
        }
    }
}
