//! `corrections.csv`: cells mended without touching the award sheet.

use super::domain::{Domain, Pair, faults};
use super::remedy::Remedy;
use crate::cell::CellRef;
use crate::lang::Lang;

faults! {
    /// `corrections.csv`.
    Corrections {
        Header => "corrections-header", Error, Data;
        NoSuchCell { line: usize, cell: String } => "no-such-cell", Error, Data;
        Twice { line: usize, cell: CellRef } => "corrected-twice", Error, Data;
        /// The cell lies under a merged one.
        Covered { line: usize, cell: CellRef, first: CellRef } => "corrects-covered", Error, Data;
        /// The cell no longer says what was corrected.
        Stale { line: usize, cell: CellRef, was: String, says: String } => "stale-correction", Error, Data;
        /// The line was changed meanwhile.
        LineGone { line: usize, cell: String } => "correction-gone", Error, Data;
        Corrected { was: String, now: String, reason: String } => "corrected", Info, Data;
        AlreadyCorrected { line: usize, cell: CellRef, now: String } => "already-corrected", Info, Data;
        /// A cell that is to be mended says something else than was seen in it.
        Overtaken { was: String, says: String } => "cell-overtaken", Error, Data;
        /// Or it is not there, or lies under another.
        CellGone { cell: CellRef } => "cell-gone", Error, Data;
    }
}

impl Domain for Corrections {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Corrections::Header => lang.pick(
                ("第一行不是列名".into(), "请写：单元格,原文,改为,原因".into()),
                ("the first line is no header".into(), "write: cell,was,now,reason".into()),
            ),
            Corrections::NoSuchCell { cell, .. } => lang.pick(
                (
                    format!("名单上没有单元格“{cell}”"),
                    "写成工作表名、叹号和单元格，例如 企业组!D5".into(),
                ),
                (
                    format!("the award sheet has no cell “{cell}”"),
                    "write the sheet's name, an exclamation mark and the cell, such as Winners!D5".into(),
                ),
            ),
            Corrections::Twice { cell, .. } => lang.pick(
                (format!("{cell} 改了不止一次"), "请只留一行：".into()),
                (format!("{cell} is corrected more than once"), "keep one of the lines: ".into()),
            ),
            Corrections::Covered { cell, first, .. } => lang.pick(
                (format!("{cell} 被合并的单元格 {first} 盖住"), format!("请改写成 {first}")),
                (
                    format!("{cell} lies under the merged cell {first}"),
                    format!("correct {first} instead"),
                ),
            ),
            Corrections::Stale { cell, was, says, .. } => lang.pick(
                (
                    format!("{cell} 现在是“{says}”，不是要改的“{was}”"),
                    "名单已经换过，请看哪一个对：".into(),
                ),
                (
                    format!("{cell} now says “{says}”, not “{was}”, which was corrected"),
                    "the sheet is another one, see which is right: ".into(),
                ),
            ),
            Corrections::Overtaken { was, says } => lang.pick(
                (
                    format!("这一格刚被改成“{says}”，不再是“{was}”"),
                    "看一看现在写的，再决定要不要改".into(),
                ),
                (
                    format!("this cell has just become “{says}” and is no longer “{was}”"),
                    "look at what it says now, then decide whether to change it".into(),
                ),
            ),
            Corrections::CellGone { cell } => lang.pick(
                (
                    format!("名单上没有 {cell} 这一格，或者它被合并的单元格盖住"),
                    "名单刚换过，请再看一次".into(),
                ),
                (
                    format!("the sheet has no cell {cell}, or it lies under a merged one"),
                    "the sheet has just been replaced: look again".into(),
                ),
            ),
            Corrections::LineGone { line, cell } => lang.pick(
                (
                    format!("corrections.csv 第 {line} 行写的不再是 {cell}"),
                    "别处刚改过这个文件，请再看一次".into(),
                ),
                (
                    format!("line {line} of corrections.csv is no longer about {cell}"),
                    "somebody has just changed the file: look again".into(),
                ),
            ),
            Corrections::Corrected { was, now, reason } => {
                let why = |brackets: [&str; 2]| match reason.as_str() {
                    "" => String::new(),
                    reason => format!("{}{reason}{}", brackets[0], brackets[1]),
                };
                lang.pick(
                    (format!("按 corrections.csv 把“{was}”改为“{now}”{}", why(["（", "）"])), String::new()),
                    (
                        format!("corrections.csv makes “{was}” into “{now}”{}", why([" (", ")"])),
                        String::new(),
                    ),
                )
            }
            Corrections::AlreadyCorrected { now, .. } => lang.pick(
                (
                    format!("名单上已经是“{now}”，corrections.csv 的这一行不再需要"),
                    String::new(),
                ),
                (
                    format!("the sheet says “{now}” already; this line of corrections.csv is no longer needed"),
                    String::new(),
                ),
            ),
        }
    }

    fn remedies(&self) -> Vec<Remedy> {
        let drop = |line: &usize, cell: String| Remedy::DropCorrection { line: *line, cell };
        match self {
            Corrections::Stale { line, cell, says, .. } => vec![
                drop(line, cell.to_string()),
                Remedy::RenewCorrection { line: *line, cell: cell.to_string(), says: says.clone() },
            ],
            Corrections::NoSuchCell { line, cell } => vec![drop(line, cell.clone())],
            Corrections::Twice { line, cell }
            | Corrections::Covered { line, cell, .. }
            | Corrections::AlreadyCorrected { line, cell, .. } => {
                vec![drop(line, cell.to_string())]
            }
            _ => Vec::new(),
        }
    }
}
