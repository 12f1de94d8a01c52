//! What a row says besides its fields: kept as it stands.

use std::collections::BTreeMap;

use super::{Row, shown};
use crate::fault;
use crate::field::Field;
use crate::intake::clean;
use crate::roster::Own;

/// Words of a remark that takes an award away, or does not give it yet.
const WITHDRAWN: [&str; 9] =
    ["取消", "弃权", "弃奖", "放弃", "作废", "候补", "递补", "撤销", "退赛"];

impl Row<'_> {
    /// The columns that are no field, by header; of two with one header the
    /// second is `header 2`.
    pub(super) fn extra(&mut self) -> BTreeMap<String, Own> {
        let mut extra = BTreeMap::new();
        let mut told = Vec::new();
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        let header = self.table.header(self.rows);
        for column in header.columns.iter().filter(|column| column.field.is_none()) {
            let times = times.entry(&column.header).or_default();
            *times += 1;
            let text = clean::line(&shown(self.table.sheet.seen(self.rows.index, column.index)));
            if !text.is_empty() {
                if WITHDRAWN.iter().any(|word| text.contains(word)) {
                    told.push((column, text.clone()));
                }
                let header = match *times {
                    1 => column.header.clone(),
                    nth => format!("{} {nth}", column.header),
                };
                extra.insert(header, Own::Text(text));
            }
        }
        for (column, text) in told {
            let cell = self.table.sheet.at(self.rows.index, column.index).0;
            let kind = fault::Reading::Withdrawn { header: column.header.clone(), text };
            self.fault(kind, &cell);
        }
        extra
    }

    /// The rows below that name further members: what they say besides is kept
    /// with the entrant's own, and no second value of a field is passed over.
    pub(super) fn continued(&mut self, extra: &mut BTreeMap<String, Own>) {
        let sheet = self.table.sheet;
        for &row in &self.rows.continued {
            for column in sheet.columns(row) {
                let header = self.table.header(self.rows);
                let Some(column) = header.at(column) else { continue };
                let (cell, typed) = sheet.at(row, column.index);
                let text = clean::line(&shown(typed));
                if cell.row != row || text.is_empty() {
                    continue;
                }
                match column.field {
                    Some(Field::Members) => {}
                    None | Some(Field::Contact | Field::Phone) => {
                        let kept = extra.entry(column.header.clone());
                        let kept = kept.or_insert_with(|| Own::Text(String::new()));
                        if let Own::Text(kept) = kept {
                            let mark = if kept.is_empty() { "" } else { "、" };
                            *kept = [kept.as_str(), &text].join(mark);
                        }
                    }
                    Some(field) => {
                        let Some((own, first)) = self.cell(field) else { continue };
                        let own_text = clean::line(&shown(first));
                        if own_text != text {
                            let other = fault::Reading::TwoValues {
                                field,
                                text,
                                other: own,
                                other_text: own_text,
                            };
                            self.fault(other, &cell);
                        }
                    }
                }
            }
        }
    }
}
