//! The award sheet.

use super::{Lang, Pair, name_of, visible};
use crate::diagnostic::{Bound, Kind};
use crate::field::Field;

pub(super) fn sheet(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::NotAWorkbook { error } => lang.pick(
            (
                format!("不能当作表格读取：{error}"),
                "请在 WPS 或 Excel 中打开，去掉密码，另存为 .xlsx 再试".into(),
            ),
            (
                format!("cannot be read as a spreadsheet: {error}"),
                "open it in WPS or Excel, remove any password, and save it as .xlsx".into(),
            ),
        ),
        Kind::DamagedWorkbook => lang.pick(
            (
                "文件已损坏或不完整".into(),
                "请重新取得这份文件，或在 WPS 或 Excel 中打开，另存为 .xlsx 再试".into(),
            ),
            (
                "is damaged or incomplete".into(),
                "get the file again, or open it in WPS or Excel and save it as .xlsx".into(),
            ),
        ),
        Kind::Encrypted => lang.pick(
            (
                "文件设有密码".into(),
                "请在 WPS 或 Excel 中输入密码打开，去掉密码，另存为 .xlsx 再试".into(),
            ),
            (
                "is protected with a password".into(),
                "open it with the password, remove the password, and save it as .xlsx".into(),
            ),
        ),
        Kind::TooLarge { bound } => lang.pick(
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
        Kind::EmptyWorkbook => lang.pick(
            ("文件中没有任何内容".into(), "请核对是不是这份文件，保存后再试".into()),
            ("holds nothing at all".into(), "check that it is the right file and was saved".into()),
        ),
        Kind::WrongExtension { named, is } => lang.pick(
            (
                format!("文件名以 .{named} 结尾，内容却是 {is}，已按 {is} 读取"),
                "不必处理；要消除此提示，请在 WPS 中另存为 .xlsx".into(),
            ),
            (
                format!("the name ends in .{named}, the content is {is}; it was read as {is}"),
                "nothing need be done; save it as .xlsx to be rid of this".into(),
            ),
        ),
        Kind::NotText => lang.pick(
            (
                "既不是表格文件，也不是 UTF-8、UTF-16 或 GB18030 的文本".into(),
                "请在 WPS 或 Excel 中打开，另存为 .xlsx 再试".into(),
            ),
            (
                "is neither a spreadsheet nor text in UTF-8, UTF-16 or GB18030".into(),
                "open it in WPS or Excel and save it as .xlsx".into(),
            ),
        ),
        Kind::NoTable { sheets } => lang.pick(
            (
                format!("各工作表中都没有找到获奖名单：{}", sheets.join("、")),
                "名单要有一行表头，至少写明“项目名称”“参赛单位”“奖项”；别的列名可写进 contest.toml 的 [columns]".into(),
            ),
            (
                format!("no sheet holds an award table: {}", sheets.join(", ")),
                "the table needs a header row with at least 项目名称, 参赛单位 and 奖项; other header words go into [columns] of contest.toml".into(),
            ),
        ),
        Kind::SheetWithoutTable { sheet, awards: false } => lang.pick(
            (format!("工作表“{sheet}”没有获奖名单，已略过"), String::new()),
            (format!("sheet “{sheet}” holds no award table and was skipped"), String::new()),
        ),
        Kind::SheetWithoutTable { sheet, awards: true } => lang.pick(
            (
                format!("工作表“{sheet}”里有奖项，却认不出表头，已略过"),
                "若是获奖名单，请让表头写明项目名称、参赛单位等列；若不是，不必理会".into(),
            ),
            (
                format!("sheet “{sheet}” names awards, but has no header that is known, and was skipped"),
                "if it holds winners, give its columns headers such as 项目名称 and 参赛单位".into(),
            ),
        ),
        Kind::HiddenSheet { sheet } => lang.pick(
            (
                format!("工作表“{sheet}”是隐藏的，已略过"),
                "若其中有获奖项目，请在 WPS 中取消隐藏".into(),
            ),
            (
                format!("sheet “{sheet}” is hidden and was skipped"),
                "unhide it if it holds winners".into(),
            ),
        ),
        Kind::NoEntrants => lang.pick(
            ("名单的表头之下没有获奖项目".into(), "请核对是否给错了文件".into()),
            ("the award table has no rows".into(), "check that it is the right file".into()),
        ),
        Kind::MissingColumn { field, near, .. } if near.len() == 1 => lang.pick(
            (
                format!("表头中没有“{}”一列", field.label()),
                format!("若“{}”就是这一列，请加 --assume-mapping 再核对一次，会记在 contest.toml 的 [columns]", near[0]),
            ),
            (
                format!("the header has no column for {field} ({})", field.label()),
                format!("if “{}” is that column, check again with --assume-mapping, which writes it into [columns] of contest.toml", near[0]),
            ),
        ),
        Kind::MissingColumn { field, headers, .. } => {
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
                    format!("the header has no column for {field} ({}){en}", field.label()),
                    format!(
                        "add it{}, or name its header words in contest.toml: [columns] {field} = [\"…\"]",
                        if placed { " (a sheet's name or a section's head may tell it, too)" } else { "" }
                    ),
                ),
            )
        }
        Kind::CountDiffers { stated, rows } => lang.pick(
            (
                format!("这里写明 {stated} 个，下面却有 {rows} 行"),
                "请核对有没有漏掉或多出的行，或改正这里的数目".into(),
            ),
            (
                format!("states {stated}, but {rows} rows follow"),
                "look for a row that is missing or too many, or correct the number".into(),
            ),
        ),
        Kind::MembersDivided { from, to } => lang.pick(
            (
                format!("“{}”读作 {} 人：{}", visible(from), to.len(), to.join("、")),
                "若不是这样，请用顿号分开".into(),
            ),
            (
                format!("“{}” was read as {} people: {}", visible(from), to.len(), to.join(", ")),
                "divide them by 、 if that is wrong".into(),
            ),
        ),
        Kind::TooManyDigits { field, value } => lang.pick(
            (
                format!("“{}”存成了数字 {value}，末尾几位可能已经丢失", field.label()),
                "请把单元格设为文本，重新填写".into(),
            ),
            (
                format!("{field} is stored as the number {value}, whose last digits may be lost"),
                "format the cell as text and type it again".into(),
            ),
        ),
        Kind::HiddenRows { rows } => lang.pick(
            (
                format!("有 {rows} 行是隐藏的或被筛选掉的，仍照常读取"),
                "若不应算作获奖项目，请删去这些行".into(),
            ),
            (
                format!("{rows} rows are hidden or filtered out and were read all the same"),
                "delete them if they are no winners".into(),
            ),
        ),
        Kind::AmbiguousColumn { field, headers } => lang.pick(
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
        Kind::MissingValue { field } => lang.pick(
            (format!("“{}”是空的", field.label()), "请填写".into()),
            (format!("{} is empty", lang.field(*field)), "fill it in".into()),
        ),
        Kind::Placed { field, name, sheet } => lang.pick(
            (
                format!("工作表“{sheet}”没有“{}”一列，依标题或工作表名都作“{name}”", field.label()),
                "若不是这样，请补上这一列".into(),
            ),
            (
                format!("sheet “{sheet}” has no column for {field}; by its title or name all rows are “{name}”"),
                "add the column if that is wrong".into(),
            ),
        ),
        Kind::NoCachedValue { field } => lang.pick(
            (
                format!("“{}”是公式，文件里没有存下它的结果", field.label()),
                "请在 WPS 或 Excel 中打开，保存一次，或直接填写".into(),
            ),
            (
                format!("{field} is a formula whose result is not in the file"),
                "open the file in WPS or Excel and save it once, or type the value".into(),
            ),
        ),
        Kind::ErrorValue { field, value } => lang.pick(
            (format!("“{}”是公式错误 {value}", field.label()), "请改正公式或直接填写".into()),
            (format!("{field} holds the formula error {value}"), "mend the formula or type the value".into()),
        ),
        Kind::UnknownName { field, value, known, nearest } => {
            let (zh, en) = match nearest {
                Some(near) => (format!("是否应为“{near}”？"), format!("did you mean “{near}”?")),
                None => (
                    format!("可以是：{}；别的写法请加进 contest.toml 的 aliases", known.join("、")),
                    format!("choose from: {}; other spellings go into aliases in contest.toml", known.join(", ")),
                ),
            };
            lang.pick(
                (format!("contest.toml 中没有名为“{value}”的{}", name_of(*field)), zh),
                (format!("contest.toml knows no {field} “{value}”"), en),
            )
        }
        Kind::NotANumber { field, value } => lang.pick(
            (format!("“{}”不是数：{value}", field.label()), "请只填数字".into()),
            (format!("{field} is not a number: {value}"), "type digits only".into()),
        ),
        Kind::NotADate { field, value } => lang.pick(
            (format!("“{}”不是日期：{value}", field.label()), "请写成 2025-11-04 的样子".into()),
            (format!("{field} is not a date: {value}"), "write it like 2025-11-04".into()),
        ),
        Kind::NotYesOrNo { field, value } => lang.pick(
            (format!("“{}”看不出是或否：{value}", field.label()), "请写“是”或“否”，或打“√”，或留空".into()),
            (format!("{field} is neither yes nor no: {value}"), "write 是 or 否, tick √, or leave it empty".into()),
        ),
        Kind::TextCleaned { from, to } => lang.pick(
            (format!("“{}”读作“{to}”", visible(from)), "若不是这样，请改正单元格".into()),
            (format!("“{}” was read as “{to}”", visible(from)), "correct the cell if that is wrong".into()),
        ),
        Kind::ReadAs { field, from, to } => lang.pick(
            (format!("{}“{from}”读作“{to}”", name_of(*field)), String::new()),
            (format!("{field} “{from}” was read as “{to}”"), String::new()),
        ),
        Kind::RowWithoutEntrant { text } => lang.pick(
            (
                format!("这一行没有项目名称和参赛单位，当作不是获奖项目略过：{text}"),
                "若是获奖项目，请补齐；若不是，不必理会".into(),
            ),
            (
                format!("this row names neither project nor organization and was skipped: {text}"),
                "complete it if it is a winner".into(),
            ),
        ),
        Kind::BlankInName { name } => lang.pick(
            (format!("“{name}”中间有空格，看不出是几个人"), "请用顿号分开，或去掉姓名中间的空格".into()),
            (
                format!("“{name}” has blanks inside that do not tell how many people it names"),
                "divide people by 、 and take blanks out of names".into(),
            ),
        ),
        Kind::MissingGlyph { character } => lang.pick(
            (
                format!("没有字体能印出“{character}”（U+{:04X}）", u32::from(*character)),
                "请把含有此字的字体放进大赛文件夹的 fonts/，或核对此字".into(),
            ),
            (
                format!("no font has “{character}” (U+{:04X})", u32::from(*character)),
                "put a font that has it into the contest's fonts/, or check the character".into(),
            ),
        ),
        other => unreachable!("{} is not the sheet's", other.code()),
    }
}
