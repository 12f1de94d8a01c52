//! The table: its header, its headings, and its rows and columns.

use super::domain::{Domain, Pair, faults};
use super::remedy::Remedy;
use crate::cell::CellRef;
use crate::field::Field;
use crate::lang::Lang;

/// What contradicts a cell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum By {
    /// A title or a section's head.
    Heading(CellRef),
    /// The name of the sheet.
    Sheet(String),
}

faults! {
    /// The table: its header, its headings, and its rows and columns.
    Layout {
        NoSuchHeader {
            field: Field,
            words: Vec<String>,
            /// The header that was meant, perhaps.
            nearest: Option<String>,
        } => "no-such-header", Warning, Data;
        NoColumn {
            field: Field,
            headers: Vec<String>,
            nearest: Option<String>,
        } => "no-column", Error, Data;
        MissingColumn {
            field: Field,
            headers: Vec<String>,
            near: Vec<String>,
        } => "missing-column", Error, Data;
        AmbiguousColumn { field: Field, headers: Vec<String> } => "ambiguous-column", Error, Data;
        HeaderOverColumns {
            field: Field,
            header: String,
            columns: Vec<String>,
        } => "header-over-columns", Error, Data;
        ColumnsJoined { field: Field, headers: Vec<String> } => "columns-joined", Info, Data;
        NoHeader { column: String, cells: usize, text: String } => "no-header", Error, Data;
        Covered { text: String, over: CellRef } => "covered", Error, Data;
        UnclearHeader { text: String } => "unclear-header", Error, Data;
        UnreadRow {
            text: String,
            /// How many rows depend on it.
            rows: usize,
        } => "unread-row", Error, Data;
        CountDiffers { stated: usize, rows: usize } => "count-differs", Error, Data;
        Placed { field: Field, name: String, sheet: String } => "placed", Info, Data;
        Contradiction {
            field: Field,
            said: String,
            other: String,
            by: By,
        } => "contradiction", Error, Data;
        Contradicts {
            field: Field,
            value: String,
            other: String,
            by: By,
        } => "contradicts", Warning, Data;
        HiddenRows { rows: usize } => "hidden-rows", Warning, Data;
        HiddenColumns { headers: Vec<String> } => "hidden-columns", Warning, Data;
        StruckOut { cells: usize } => "struck-out", Warning, Data;
        /// What is left of a cell is another value than what it holds.
        StruckPart { text: String } => "struck-out", Error, Data;
        SignatureSkipped { text: String } => "signature-skipped", Info, Data;
        RowWithoutEntrant { text: String } => "row-without-entrant", Warning, Data;
    }
}

impl Domain for Layout {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Layout::MissingColumn { field, near, .. } if near.len() == 1 => lang.pick(
                (format!("表头中没有“{}”一列", field.label()), String::new()),
                (
                    format!("the header has no column for {field} ({})", field.label()),
                    String::new(),
                ),
            ),
            Layout::MissingColumn { field, headers, .. } => {
                let others = |divider: &str| headers.join(divider);
                let (zh, en) = match headers.as_slice() {
                    [] => (String::new(), String::new()),
                    _ => (
                        format!("；认不出的列：{}", others("、")),
                        format!("; columns that were not recognized: {}", others(", ")),
                    ),
                };
                let placed = matches!(field, Field::Group | Field::Award);
                lang.pick(
                    (
                        format!("表头中没有“{}”一列{zh}", field.label()),
                        format!(
                            "请补上这一列{}，或把它现在的列名写进 contest.toml：[columns] {} = [\"…\"]",
                            if placed { "（也可以写在工作表名或小标题里）" } else { "" },
                            field.name()
                        ),
                    ),
                    (
                        format!("the header has no column for {}{en}", lang.field(*field)),
                        format!(
                            "add it{}, or name its header words in contest.toml: [columns] {field} = [\"…\"]",
                            if placed { " (a sheet's name or a section's head may tell it, too)" } else { "" }
                        ),
                    ),
                )
            }
            Layout::AmbiguousColumn { field, headers } => lang.pick(
                (
                    format!("有不止一列可作“{}”：{}", field.label(), headers.join("、")),
                    format!(
                        "请在 contest.toml 的 [columns] 中写明用哪一列，例如 {field} = [\"{}\"]；写上几列，就是每行取填了的那一列",
                        headers.last().map_or("…", String::as_str)
                    ),
                ),
                (
                    format!("more than one column fits {field}: {}", headers.join(", ")),
                    format!(
                        "say in [columns] of contest.toml which counts, such as {field} = [\"{}\"]; name several, and each row's filled one is taken",
                        headers.last().map_or("…", String::as_str)
                    ),
                ),
            ),
            Layout::NoColumn { field, headers, nearest } => {
                let (headers_zh, headers_en) = (headers.join("、"), headers.join(", "));
                let (zh, en) = match nearest {
                    Some(near) => (
                        format!("是否就是“{near}”？是则改用这个名称，或在 [columns] 写明 {field} = [\"{near}\"]"),
                        format!("is it “{near}”? Then use that name, or say {field} = [\"{near}\"] in [columns]"),
                    ),
                    None => (
                        format!("名单上没有用到的列：{headers_zh}；请改用其中的名称，或在 [columns] 写明列名"),
                        format!("columns that are not used: {headers_en}; use one of these names, or name the column in [columns]"),
                    ),
                };
                lang.pick(
                    (format!("名单上没有“{}”这一列", lang.field(*field)), zh),
                    (format!("the sheet has no column for {field}"), en),
                )
            }
            Layout::NoSuchHeader { field, words, nearest } => {
                let quoted = |lang: Lang| {
                    let words = words.iter().map(|word| format!("“{word}”"));
                    words.collect::<Vec<_>>().join(lang.pick("、", " or "))
                };
                let help = match nearest {
                    Some(near) => (format!("是否就是“{near}”？"), format!("is it “{near}”?")),
                    None => ("请核对列名".into(), "check the header".into()),
                };
                let name = lang.field(*field);
                lang.pick(
                    (
                        format!("名单上没有哪一列叫{}，所以没有“{name}”", quoted(Lang::Zh)),
                        help.0,
                    ),
                    (
                        format!("no column of the sheet is called {}, so there is no {name}", quoted(Lang::En)),
                        help.1,
                    ),
                )
            }
            Layout::HeaderOverColumns { field, header, columns } => {
                let columns = columns.join(lang.pick("、", ", "));
                let name = lang.field(*field);
                lang.pick(
                    (
                        format!("列名“{header}”横跨 {columns} 几列，看不出“{name}”是哪一列，还是合起来"),
                        "请给每一列各写一个列名，或把内容并到一列里".into(),
                    ),
                    (
                        format!("the header “{header}” goes over the columns {columns}: which of them is the {name}, or all together?"),
                        "give each column a header of its own, or put the text into one column".into(),
                    ),
                )
            }
            Layout::ColumnsJoined { field, headers } => {
                let headers = headers.join(lang.pick("、", ", "));
                lang.pick(
                    (
                        format!("“{}”有几列：{headers}；每一行只填了其中一列，就取填了的那一列", lang.field(*field)),
                        "若不是这样，请在 contest.toml 的 [columns] 中写明用哪一列".into(),
                    ),
                    (
                        format!("{} has several columns: {headers}; each row fills one of them, which is taken", lang.field(*field)),
                        "name the right one in [columns] of contest.toml if that is wrong".into(),
                    ),
                )
            }
            Layout::NoHeader { column, cells, text } => {
                let cells_en = if *cells == 1 { "1 cell" } else { &format!("{cells} cells") };
                lang.pick(
                    (
                        format!("{column} 列没有列名，却有 {cells} 格内容：“{text}”"),
                        "请在表头补上列名；若是多出的内容，请删去；若是 CSV 中多了一个逗号，请给那一格加上引号".into(),
                    ),
                    (
                        format!("column {column} has no header, but {cells_en} with text: “{text}”"),
                        "give it a header, or delete what does not belong; in a CSV file, quote the field that holds a comma".into(),
                    ),
                )
            }
            Layout::Covered { text, over } => lang.pick(
                (
                    format!("“{text}”被合并单元格 {} 盖住了，谁也看不见", over.address()),
                    "请取消合并，留下该留的内容".into(),
                ),
                (
                    format!("“{text}” lies under the merged cell {}, where nobody sees it", over.address()),
                    "take the merged cell apart and keep what is right".into(),
                ),
            ),
            Layout::UnclearHeader { text } => lang.pick(
                (
                    format!("这一行又像表头又不像：{text}"),
                    "若是表头，请让每一格都是列名；若是获奖项目，请改正其中的列名".into(),
                ),
                (
                    format!("this row may be a header or not: {text}"),
                    "if it is a header, let every cell be a column's name; if it is a winner, correct what reads like one".into(),
                ),
            ),
            Layout::UnreadRow { text, rows } => lang.pick(
                (
                    format!("看不懂这一行：“{text}”；它下面 {rows} 行的组别或奖项要由小标题来定，因此无法确定"),
                    "若是小标题，请只写 contest.toml 中的组别、奖项和数目，例如“二等奖（2项）”，或把这种写法加进 aliases；若是说明，请以“注：”开头；若是获奖项目，请补齐".into(),
                ),
                (
                    format!("this row is not understood: “{text}”; group or award of the {rows} rows below it would come from a heading, so they are not certain"),
                    "if it heads a section, let it say only a group, an award and a number, or add its wording to aliases in contest.toml; begin a remark with 注：; complete the row if it is a winner".into(),
                ),
            ),
            Layout::CountDiffers { stated, rows } => lang.pick(
                (
                    format!("这里写明 {stated} 个，下面却有 {rows} 行"),
                    "请核对有没有漏掉或多出的行，或改正这里的数目".into(),
                ),
                (
                    format!("states {stated}, but {rows} rows follow"),
                    "look for a row that is missing or too many, or correct the number".into(),
                ),
            ),
            Layout::Placed { field, name, sheet } => lang.pick(
                (
                    format!("工作表“{sheet}”没有“{}”一列，依标题或工作表名都作“{name}”", field.label()),
                    "若不是这样，请补上这一列".into(),
                ),
                (
                    format!("sheet “{sheet}” has no column for {field}; by its title or name all rows are “{name}”"),
                    "add the column if that is wrong".into(),
                ),
            ),
            Layout::Contradiction { field, said, other, by } => {
                let (zh, en) = match by {
                    By::Heading(cell) => (format!("标题（{}）", cell.address()), format!("the title at {}", cell.address())),
                    By::Sheet(name) => (format!("工作表名“{name}”"), format!("the sheet's name, “{name}”,")),
                };
                lang.pick(
                    (
                        format!("这里写的是“{said}”，{zh}却是“{other}”，看不出下面的“{}”是哪一个", lang.field(*field)),
                        "请改正其中之一".into(),
                    ),
                    (
                        format!("this says “{said}”, but {en} says “{other}”: which {} do the rows below have?", lang.field(*field)),
                        "correct one of them".into(),
                    ),
                )
            }
            Layout::Contradicts { field, value, other, by: By::Heading(_) } => lang.pick(
                (
                    format!("这里写的是“{other}”，下面“{}”一列却有“{value}”", lang.field(*field)),
                    "请核对：证书上印的是列中的内容".into(),
                ),
                (
                    format!("says “{other}”, but the column of the {} below says “{value}”", lang.field(*field)),
                    "check which is right: certificates show what the column says".into(),
                ),
            ),
            Layout::Contradicts { field, value, other, by: By::Sheet(sheet) } => lang.pick(
                (
                    format!("“{}”是“{value}”，而工作表名“{sheet}”是“{other}”", lang.field(*field)),
                    "请核对：证书上印的是列中的内容".into(),
                ),
                (
                    format!("the {} is “{value}”, but the sheet's name, “{sheet}”, says “{other}”", lang.field(*field)),
                    "check which is right: certificates show what the column says".into(),
                ),
            ),
            Layout::HiddenRows { rows } => lang.pick(
                (
                    format!("有 {rows} 行是隐藏的或被筛选掉的，仍照常读取"),
                    "若不应算作获奖项目，请删去这些行".into(),
                ),
                (
                    format!("{rows} rows are hidden or filtered out and were read all the same"),
                    "delete them if they are no winners".into(),
                ),
            ),
            Layout::HiddenColumns { headers } => {
                let headers = headers.join(lang.pick("、", ", "));
                lang.pick(
                    (
                        format!("有隐藏的列，仍照常读取：{headers}"),
                        "请取消隐藏，核对其中的内容".into(),
                    ),
                    (
                        format!("hidden columns were read all the same: {headers}"),
                        "unhide them and check what they say".into(),
                    ),
                )
            }
            Layout::StruckOut { cells } => lang.pick(
                (
                    format!("这一行有 {cells} 格画了删除线，仍照常读取"),
                    "若已取消资格，请删去这一行；若没有，请去掉删除线".into(),
                ),
                (
                    format!("{} of this row struck out, and read all the same", if *cells == 1 { "1 cell is".into() } else { format!("{cells} cells are") }),
                    "delete the row if it was withdrawn, else take the line away".into(),
                ),
            ),
            Layout::StruckPart { text } => lang.pick(
                (
                    format!("“{text}”里有一部分画了删除线，看不出算不算"),
                    "若已删去，请从单元格里去掉；若仍有效，请去掉删除线".into(),
                ),
                (
                    format!("a part of “{text}” is struck out: whether it counts, nobody can tell"),
                    "take it out of the cell if it was withdrawn, else take the line away".into(),
                ),
            ),
            Layout::SignatureSkipped { text } => lang.pick(
                (format!("“{text}”看作名单下面的落款，略过"), "若是获奖项目，请补齐".into()),
                (
                    format!("“{text}” was taken for the signature below the table and skipped"),
                    "complete the row if it is a winner".into(),
                ),
            ),
            Layout::RowWithoutEntrant { text } => lang.pick(
                (
                    format!("这一行没有项目名称和参赛单位，当作不是获奖项目略过：{text}"),
                    "若是获奖项目，请补齐；若不是，不必理会".into(),
                ),
                (
                    format!("this row names neither project nor organization and was skipped: {text}"),
                    "complete it if it is a winner".into(),
                ),
            ),
        }
    }

    fn remedies(&self) -> Vec<Remedy> {
        match self {
            Layout::MissingColumn { field, near, .. } => match near.as_slice() {
                [header] => vec![Remedy::AssumeMapping { field: *field, header: header.clone() }],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn others(&self) -> &[CellRef] {
        match self {
            Layout::Covered { over, .. } => std::slice::from_ref(over),
            _ => &[],
        }
    }

    fn value(&self) -> Option<&str> {
        match self {
            Layout::Contradicts { value: text, .. }
            | Layout::NoHeader { text, .. }
            | Layout::Covered { text, .. }
            | Layout::RowWithoutEntrant { text } => Some(text),
            _ => None,
        }
    }
}
