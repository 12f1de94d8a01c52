//! The columns that are no built-in field and that the contest speaks of, each
//! read as its kind asks.

use std::collections::BTreeMap;

use super::{Row, shown};
use crate::contest::{Contest, FieldKind};
use crate::fault;
use crate::field::Field;
use crate::intake::clean;
use crate::roster::Own;
use crate::workbook::Value;

impl Row<'_> {
    /// What they say, by the field's name.
    pub(super) fn own(&mut self, contest: &Contest) -> BTreeMap<String, Own> {
        let mut own = BTreeMap::new();
        let fields: Vec<Field> = contest.fields.columns().filter(|it| self.has(*it)).collect();
        for field in fields {
            let value = match contest.fields.kind(field) {
                FieldKind::Text => self.shown_text(field).map(Own::Text),
                FieldKind::Names => self.people(field).map(Own::Names),
                FieldKind::Number => self.number(field).map(|(_, text)| Own::Text(text)),
                FieldKind::Date => self.date(field).map(|day| Own::Text(day.to_string())),
                FieldKind::YesNo => Some(Own::Text(self.yes_or_no(field).to_string())),
            };
            own.extend(value.map(|value| (field.name().to_owned(), value)));
        }
        own
    }

    /// A text as a person sees it; what a spreadsheet made of it is told.
    fn shown_text(&mut self, field: Field) -> Option<String> {
        let (cell, typed) = self.value(field)?;
        if matches!(typed.value, Value::Date(_) | Value::Truth(_)) {
            let (stored, shown) = (typed.value.text(), typed.text().into_owned());
            self.fault(fault::Reading::Converted { field, stored, shown }, &cell);
        }
        Some(self.cleaned(&shown(typed), clean::line, &cell))
    }

    /// The people of every column of the field, from the left.
    fn people(&mut self, field: Field) -> Option<Vec<String>> {
        let cells: Vec<_> = self.all(field).filter(|(_, typed)| !typed.is_blank()).collect();
        let mut names = Vec::new();
        for (cell, typed) in cells {
            names.extend(self.people_of(field, &cell, typed));
        }
        if names.is_empty() && self.needed.contains(&field) {
            self.missing(field);
        }
        (!names.is_empty()).then_some(names)
    }
}
