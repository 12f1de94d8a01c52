//! The members that a row and those below it name.

use std::collections::BTreeSet;

use super::{Row, odd};
use crate::cell::CellRef;
use crate::fault::{self, Oddity};
use crate::field::Field;
use crate::intake::columns::People;
use crate::intake::header::Column;
use crate::intake::{clean, names, oddity};
use crate::workbook::{Cell, Value};

impl<'a> Row<'a> {
    /// The members of every column and row that names them: whoever leads
    /// first, then in reading order.
    pub(super) fn members(&mut self) -> Vec<String> {
        let columns = self.table.header(self.rows).columns_of(Field::Members);
        let (leaders, others): (Vec<_>, Vec<_>) =
            columns.partition(|column| column.people == People::Leader);
        let rows: Vec<u32> =
            std::iter::once(self.rows.index).chain(self.rows.continued.iter().copied()).collect();
        let mut read = BTreeSet::new();
        let mut leading = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let cells = |columns: &[&Column]| -> Vec<(u32, u32)> {
            let indices: Vec<u32> = columns.iter().map(|column| column.index).collect();
            rows.iter().flat_map(|&row| indices.iter().map(move |&it| (row, it))).collect()
        };
        for (row, column) in cells(&leaders) {
            let (cell, typed) = self.table.sheet.at(row, column);
            if !typed.is_blank() && read.insert((cell.row, cell.column)) {
                leading.extend(self.people_of(Field::Members, &cell, typed));
            }
        }
        let (parts, others): (Vec<&Column>, Vec<&Column>) = others
            .into_iter()
            .partition(|column| matches!(column.people, People::Given | People::Family));
        if let [one, other] = parts.as_slice() {
            for &row in &rows {
                names.extend(self.person_in_parts(row, one, other));
            }
        }
        for (row, column) in cells(&others) {
            let (cell, typed) = self.table.sheet.at(row, column);
            // A list that is merged over the rows is read once.
            if !typed.is_blank() && read.insert((cell.row, cell.column)) {
                names.extend(self.people_of(Field::Members, &cell, typed));
            }
        }
        // Whoever leads may be in the list as well.
        names.retain(|name| !leading.contains(name));
        leading.extend(names);
        leading
    }

    /// The person whose given and family name stand in two columns.
    fn person_in_parts(&mut self, row: u32, one: &Column, other: &Column) -> Vec<String> {
        let (given, family) = if one.people == People::Given { (one, other) } else { (other, one) };
        let text = |column: &Column| self.table.sheet.at(row, column.index);
        let [given, family] = [text(given), text(family)];
        if given.1.is_blank() && family.1.is_blank() {
            return Vec::new();
        }
        let mut parts = Vec::new();
        for (cell, typed) in [&given, &family] {
            if typed.is_blank() {
                self.fault(fault::Reading::MissingValue { field: Field::Members }, cell);
            }
            parts.push(self.raw_name(Field::Members, cell, typed).unwrap_or_default());
        }
        let han = parts.iter().all(|part| part.trim().chars().all(clean::is_han));
        let whole =
            if han { parts[1].trim().to_owned() + parts[0].trim() } else { parts.join(" ") };
        self.people_in(Field::Members, &given.0, &whole)
    }

    /// The people that a cell names.
    pub(super) fn people_of(
        &mut self,
        field: Field,
        cell: &CellRef,
        typed: &'a Cell,
    ) -> Vec<String> {
        let raw = self.raw_name(field, cell, typed);
        raw.map(|raw| self.people_in(field, cell, &raw)).unwrap_or_default()
    }

    /// What a person sees in a cell for names, if anything can be seen there.
    fn raw_name(&mut self, field: Field, cell: &CellRef, typed: &'a Cell) -> Option<String> {
        match &typed.value {
            Value::Error(value) => {
                self.fault(fault::Reading::ErrorValue { field, value: value.clone() }, cell);
                return None;
            }
            Value::Formula => {
                self.fault(fault::Reading::NoCachedValue { field }, cell);
                return None;
            }
            _ => {}
        }
        let raw = self.seen(field, cell, typed);
        self.refuse_not_text(field, typed, cell);
        Some(raw)
    }

    /// The people that a text names.
    fn people_in(&mut self, field: Field, cell: &CellRef, raw: &str) -> Vec<String> {
        let mut read = names::read(raw);
        if oddity::is_rows(raw) {
            read.refused.push((clean::line(raw), Oddity::Rows));
        }
        for value in read.errors {
            self.fault(fault::Reading::ErrorValue { field, value }, cell);
        }
        for text in read.nobody {
            self.fault(fault::Reading::Nobody { text }, cell);
        }
        for name in read.blanks {
            self.fault(fault::Reading::BlankInName { name }, cell);
        }
        let sound = read.refused.is_empty();
        for (value, why) in read.refused {
            self.fault(odd(field, value, why, true), cell);
        }
        for (value, why) in read.doubted {
            self.fault(odd(field, value, why, false), cell);
        }
        for name in &read.names {
            if self.names.is_name(name) {
                let kind =
                    fault::Reading::NotAName { field, value: name.clone(), why: Oddity::Heading };
                self.fault(kind, cell);
            }
            self.refuse_unprintable(name, cell);
        }
        if sound && !read.names.is_empty() {
            self.tell_members(raw, read.changed, &read.names, cell);
        }
        read.names
    }

    /// What was taken off a list of names, or how it was divided.
    fn tell_members(&mut self, raw: &str, changed: bool, names: &[String], cell: &CellRef) {
        let typed: Vec<&str> = clean::split_names(raw).collect();
        if changed {
            let (from, to) = (raw.trim().to_owned(), names.to_vec());
            self.fault(fault::Reading::MembersDivided { from, to }, cell);
        } else if typed.len() == names.len() {
            for (typed, name) in typed.iter().zip(names) {
                if clean::differs(typed, name) {
                    let (from, to) = (typed.trim().to_owned(), name.clone());
                    self.fault(fault::Reading::TextCleaned { from, to }, cell);
                }
            }
        }
    }
}
