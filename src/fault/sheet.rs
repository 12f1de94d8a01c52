//! The file of the award sheet, and its sheets.

use super::domain::{Domain, Pair, faults};
use crate::cell::CellRef;
use crate::field::Field;
use crate::lang::Lang;
use crate::workbook::{Bound, Refusal};

faults! {
    /// The file of the award sheet, and its sheets.
    Sheet {
        NotAWorkbook { error: String } => "not-a-workbook", Error, Data;
        Pdf => "pdf-sheet", Error, Data;
        DamagedWorkbook => "damaged-workbook", Error, Data;
        Encrypted => "encrypted", Error, Data;
        TooLarge { bound: Bound } => "too-large", Error, Data;
        EmptyWorkbook => "empty-workbook", Error, Data;
        WrongExtension { named: String, is: &'static str } => "wrong-extension", Info, Data;
        NotText => "not-text", Error, Data;
        NoTable { sheets: Vec<String> } => "no-table", Error, Data;
        SheetWithoutTable {
            sheet: String,
            /// The row that is most like a header, and the fields it names.
            nearly: Option<(CellRef, Vec<Field>)>,
        } => "sheet-without-table", Info, Data;
        /// An award of the contest stands in it.
        SheetOfAwards {
            sheet: String,
            nearly: Option<(CellRef, Vec<Field>)>,
        } => "sheet-without-table", Warning, Data;
        HiddenSheet { sheet: String } => "hidden-sheet", Warning, Data;
        NoEntrants => "no-entrants", Error, Data;
    }
}

impl From<Refusal> for Sheet {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotAWorkbook { error } => Sheet::NotAWorkbook { error },
            Refusal::DamagedWorkbook => Sheet::DamagedWorkbook,
            Refusal::Pdf => Sheet::Pdf,
            Refusal::Encrypted => Sheet::Encrypted,
            Refusal::TooLarge { bound } => Sheet::TooLarge { bound },
            Refusal::EmptyWorkbook => Sheet::EmptyWorkbook,
            Refusal::NotText => Sheet::NotText,
        }
    }
}

impl Domain for Sheet {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Sheet::NotAWorkbook { error } => lang.pick(
                (
                    format!("不能当作表格读取：{error}"),
                    "请在 WPS 或 Excel 中打开，去掉密码，另存为 .xlsx 再试".into(),
                ),
                (
                    format!("cannot be read as a spreadsheet: {error}"),
                    "open it in WPS or Excel, remove any password, and save it as .xlsx".into(),
                ),
            ),
            Sheet::Pdf => lang.pick(
                (
                    "这是 PDF，不是表格".into(),
                    "请找它的原表（WPS 表格、Excel 或 CSV）；由 PDF 转成的表容易错字错行，要逐格核对".into(),
                ),
                (
                    "this is a PDF and no spreadsheet".into(),
                    "ask for the sheet that it was made from; one that was converted from a PDF must be compared with it cell by cell".into(),
                ),
            ),
            Sheet::DamagedWorkbook => lang.pick(
                (
                    "文件已损坏或不完整".into(),
                    "请重新取得这份文件，或在 WPS 或 Excel 中打开，另存为 .xlsx 再试".into(),
                ),
                (
                    "is damaged or incomplete".into(),
                    "get the file again, or open it in WPS or Excel and save it as .xlsx".into(),
                ),
            ),
            Sheet::Encrypted => lang.pick(
                (
                    "文件设有密码".into(),
                    "请在 WPS 或 Excel 中输入密码打开，去掉密码，另存为 .xlsx 再试".into(),
                ),
                (
                    "is protected with a password".into(),
                    "open it with the password, remove the password, and save it as .xlsx".into(),
                ),
            ),
            Sheet::TooLarge { bound } => lang.pick(
                (
                    match bound {
                        Bound::File(mib) => format!("文件超过 {mib} MB，不像获奖名单"),
                        Bound::Unpacked(mib) => format!("文件展开后超过 {mib} MB，不像获奖名单"),
                        Bound::Cells(count) => format!("有内容的单元格超过 {count} 个，不像获奖名单"),
                        Bound::Sheets(count) => format!("工作表超过 {count} 张，不像获奖名单"),
                    },
                    "请把获奖名单单独复制到新的表格，另存为 .xlsx 再试".into(),
                ),
                (
                    match bound {
                        Bound::File(mib) => format!("is larger than {mib} MB, as no award sheet is"),
                        Bound::Unpacked(mib) => {
                            format!("unpacks to more than {mib} MB, as no award sheet does")
                        }
                        Bound::Cells(count) => {
                            format!("has more than {count} cells, as no award sheet has")
                        }
                        Bound::Sheets(count) => {
                            format!("has more than {count} sheets, as no award sheet has")
                        }
                    },
                    "copy the award table alone into a new workbook and save it as .xlsx".into(),
                ),
            ),
            Sheet::EmptyWorkbook => lang.pick(
                ("文件中没有任何内容".into(), "请核对是不是这份文件，保存后再试".into()),
                ("holds nothing at all".into(), "check that it is the right file and was saved".into()),
            ),
            Sheet::WrongExtension { named, is } => lang.pick(
                (
                    format!("文件名以 .{named} 结尾，内容却是 {is}，已按 {is} 读取"),
                    "不必处理；要消除此提示，请在 WPS 中另存为 .xlsx".into(),
                ),
                (
                    format!("the name ends in .{named}, the content is {is}; it was read as {is}"),
                    "nothing need be done; save it as .xlsx to be rid of this".into(),
                ),
            ),
            Sheet::NotText => lang.pick(
                (
                    "既不是表格文件，也不是 UTF-8、UTF-16 或 GB18030 的文本".into(),
                    "请在 WPS 或 Excel 中打开，另存为 .xlsx 再试".into(),
                ),
                (
                    "is neither a spreadsheet nor text in UTF-8, UTF-16 or GB18030".into(),
                    "open it in WPS or Excel and save it as .xlsx".into(),
                ),
            ),
            Sheet::NoTable { sheets } => lang.pick(
                (
                    format!("各工作表中都没有找到获奖名单：{}", sheets.join("、")),
                    "名单要有一行表头，至少写明奖项和获奖者（项目名称、参赛单位或姓名）；别的列名可写进 contest.toml 的 [columns]".into(),
                ),
                (
                    format!("no sheet holds an award table: {}", sheets.join(", ")),
                    "the table needs a header row with at least the award and who got it (Award; Project, School, Team or Name); other header words go into [columns] of contest.toml".into(),
                ),
            ),
            Sheet::SheetWithoutTable { sheet, nearly } => lang.pick(
                (
                    format!("工作表“{sheet}”没有获奖名单，已略过{}", like_header(nearly, lang)),
                    String::new(),
                ),
                (
                    format!(
                        "sheet “{sheet}” holds no award table and was skipped{}",
                        like_header(nearly, lang)
                    ),
                    String::new(),
                ),
            ),
            Sheet::SheetOfAwards { sheet, nearly } => lang.pick(
                (
                    format!(
                        "工作表“{sheet}”里有奖项，却认不出表头，已略过{}",
                        like_header(nearly, lang)
                    ),
                    "若是获奖名单，请让表头写明项目名称、参赛单位等列；若不是，不必理会".into(),
                ),
                (
                    format!(
                        "sheet “{sheet}” names awards, but has no header that is known, and was skipped{}",
                        like_header(nearly, lang)
                    ),
                    "if it holds winners, give its columns headers such as Project and Organization".into(),
                ),
            ),
            Sheet::HiddenSheet { sheet } => lang.pick(
                (
                    format!("工作表“{sheet}”是隐藏的，已略过"),
                    "若其中有获奖项目，请在 WPS 中取消隐藏".into(),
                ),
                (
                    format!("sheet “{sheet}” is hidden and was skipped"),
                    "unhide it if it holds winners".into(),
                ),
            ),
            Sheet::NoEntrants => lang.pick(
                ("名单的表头之下没有获奖项目".into(), "请核对是否给错了文件".into()),
                ("the award table has no rows".into(), "check that it is the right file".into()),
            ),
        }
    }

    fn value(&self) -> Option<&str> {
        match self {
            Sheet::HiddenSheet { sheet }
            | Sheet::SheetWithoutTable { sheet, .. }
            | Sheet::SheetOfAwards { sheet, .. } => Some(sheet),
            _ => None,
        }
    }
}

/// Which row is most like a header, and what it names: the rest is missing.
fn like_header(nearly: &Option<(CellRef, Vec<Field>)>, lang: Lang) -> String {
    let Some((cell, fields)) = nearly else { return String::new() };
    let names = fields.iter().map(|field| lang.field(*field)).collect::<Vec<_>>();
    let names = names.join(lang.pick("、", ", "));
    lang.pick(
        format!("；最像表头的是 {cell} 那一行，只认得 {names}"),
        format!("; most like a header is the row of {cell}, which names {names} alone"),
    )
}
