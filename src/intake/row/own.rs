//! The columns that are no built-in field and that the contest speaks of, each
//! read as its kind asks.

use std::collections::BTreeMap;

use super::{Row, shown};
use crate::contest::{Contest, FieldKind};
use crate::fault;
use crate::field::Field;
use crate::intake::{clean, oddity};
use crate::roster::{Entrant, Own};
use crate::workbook::Value;

impl Row<'_> {
    /// What they say, by the field's name.
    pub(super) fn own(&mut self, contest: &Contest) -> BTreeMap<String, Own> {
        let mut own = BTreeMap::new();
        let second: Vec<Field> = self.second_names().map(|(own, _)| own).collect();
        let fields = contest.fields.columns().filter(|it| self.has(*it) && !second.contains(it));
        let fields: Vec<Field> = fields.collect();
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

    /// The contest's own names of columns that are a built-in field's only ones.
    fn second_names(&self) -> impl Iterator<Item = (Field, Field)> {
        let header = self.table.header(self.rows);
        let named = header.columns.iter().filter_map(|it| it.also.zip(it.field));
        named.filter(|(_, field)| header.columns_of(*field).count() == 1)
    }

    /// The contest's own names of built-in fields, and what an entrant says besides
    /// the built-in fields, with what goes by those names.
    pub(super) fn with_second_names(
        &self,
        entrant: &Entrant,
        contest: &Contest,
    ) -> (BTreeMap<String, String>, BTreeMap<String, Own>) {
        let (mut also, mut extra) = (BTreeMap::new(), entrant.extra.clone());
        for (own, field) in self.second_names() {
            also.insert(own.name().to_owned(), field.name().to_owned());
            let texts = entrant.texts(field);
            let value = match contest.fields.kind(field) {
                FieldKind::Names => Own::Names(texts),
                _ => Own::Text(texts.concat()),
            };
            extra.insert(own.name().to_owned(), value);
        }
        (also, extra)
    }

    /// A text as a person sees it; what a spreadsheet made of it is told.
    fn shown_text(&mut self, field: Field) -> Option<String> {
        let (cell, typed) = self.value(field)?;
        // A stroke, or n/a, where there is nothing to say.
        if oddity::is_nobody(&typed.text()) {
            let text = clean::line(&typed.text());
            self.fault(fault::Reading::NotFilledIn { field, text }, &cell);
            return None;
        }
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
