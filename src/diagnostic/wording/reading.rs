//! How the sheet was read, and what in it could not be.

use super::{Lang, Pair, visible};
use crate::diagnostic::{By, Kind, Oddity};

/// What of the sheet's layout or cells is not, or not surely, understood.
pub(super) fn reading(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::UnreadRow { text, rows } => lang.pick(
            (
                format!("看不懂这一行：“{text}”；它下面 {rows} 行的组别或奖项要由小标题来定，因此无法确定"),
                "若是小标题，请只写 contest.toml 中的组别、奖项和数目，例如“二等奖（2项）”，或把这种写法加进 aliases；若是说明，请以“注：”开头；若是获奖项目，请补齐".into(),
            ),
            (
                format!("this row is not understood: “{text}”; group or award of the {rows} rows below it would come from a heading, so they are not certain"),
                "if it heads a section, let it say only a group, an award and a number, or add its wording to aliases in contest.toml; begin a remark with 注：; complete the row if it is a winner".into(),
            ),
        ),
        Kind::UnclearHeader { text } => lang.pick(
            (
                format!("这一行又像表头又不像：{text}"),
                "若是表头，请让每一格都是列名；若是获奖项目，请改正其中的列名".into(),
            ),
            (
                format!("this row may be a header or not: {text}"),
                "if it is a header, let every cell be a column's name; if it is a winner, correct what reads like one".into(),
            ),
        ),
        Kind::NoHeader { column, cells, text } => {
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
        Kind::Covered { text, over } => lang.pick(
            (
                format!("“{text}”被合并单元格 {} 盖住了，谁也看不见", over.address()),
                "请取消合并，留下该留的内容".into(),
            ),
            (
                format!("“{text}” lies under the merged cell {}, where nobody sees it", over.address()),
                "take the merged cell apart and keep what is right".into(),
            ),
        ),
        Kind::HeaderOverColumns { field, header, columns } => {
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
        Kind::ColumnsJoined { field, headers } => {
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
        Kind::TwoValues { field, text, other, other_text } => lang.pick(
            (
                format!("“{}”这里是“{text}”，而 {} 是“{other_text}”", lang.field(*field), other.address()),
                "请只留一个".into(),
            ),
            (
                format!("{} is “{text}” here and “{other_text}” at {}", lang.field(*field), other.address()),
                "keep one of them".into(),
            ),
        ),
        Kind::Contradiction { field, said, other, by } => {
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
        Kind::Contradicts { field, value, other, by: By::Heading(_) } => lang.pick(
            (
                format!("这里写的是“{other}”，下面“{}”一列却有“{value}”", lang.field(*field)),
                "请核对：证书上印的是列中的内容".into(),
            ),
            (
                format!("says “{other}”, but the column of the {} below says “{value}”", lang.field(*field)),
                "check which is right: certificates show what the column says".into(),
            ),
        ),
        Kind::Contradicts { field, value, other, by: By::Sheet(sheet) } => lang.pick(
            (
                format!("“{}”是“{value}”，而工作表名“{sheet}”是“{other}”", lang.field(*field)),
                "请核对：证书上印的是列中的内容".into(),
            ),
            (
                format!("the {} is “{value}”, but the sheet's name, “{sheet}”, says “{other}”", lang.field(*field)),
                "check which is right: certificates show what the column says".into(),
            ),
        ),
        Kind::StruckOut { cells } => lang.pick(
            (
                format!("这一行有 {cells} 格画了删除线，仍照常读取"),
                "若已取消资格，请删去这一行；若没有，请去掉删除线".into(),
            ),
            (
                format!("{} of this row struck out, and read all the same", if *cells == 1 { "1 cell is".into() } else { format!("{cells} cells are") }),
                "delete the row if it was withdrawn, else take the line away".into(),
            ),
        ),
        Kind::HiddenColumns { headers } => {
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
        Kind::SignatureSkipped { text } => lang.pick(
            (format!("“{text}”看作名单下面的落款，略过"), "若是获奖项目，请补齐".into()),
            (
                format!("“{text}” was taken for the signature below the table and skipped"),
                "complete the row if it is a winner".into(),
            ),
        ),
        Kind::Converted { field, stored, shown } => lang.pick(
            (
                format!("“{}”显示为“{shown}”，但存的不是文字，而是 {stored}", lang.field(*field)),
                "多半是表格软件自动转换的：请把单元格设为文本，重新填写；若显示的就是对的，请在 contest.toml 的 [[rules.allowed]] 写明".into(),
            ),
            (
                format!("{} shows “{shown}”, but the cell holds {stored} and no text", lang.field(*field)),
                "the spreadsheet has probably changed it: format the cell as text and type it again, or allow what it shows in [[rules.allowed]] of contest.toml".into(),
            ),
        ),
        Kind::ShownAs { field, stored, shown } => lang.pick(
            (
                format!("“{}”按表中显示的读作“{shown}”（存的是“{stored}”）", lang.field(*field)),
                "若不是这样，请改正单元格".into(),
            ),
            (
                format!("{} was read as it is shown, “{shown}” (stored as “{stored}”)", lang.field(*field)),
                "correct the cell if that is wrong".into(),
            ),
        ),
        Kind::NotShown { field, text } => lang.pick(
            (
                format!("“{}”的格式不显示内容，其中存的是“{text}”，仍照常读取", lang.field(*field)),
                "请核对，并改回平常的格式，或清空单元格".into(),
            ),
            (
                format!("{} has a format that shows nothing; it holds “{text}”, which was read", lang.field(*field)),
                "check it, and give the cell a usual format or empty it".into(),
            ),
        ),
        Kind::Nobody { text } => lang.pick(
            (
                format!("“{text}”当作没有成员，不印"),
                "若确实没有，请留空；若有，请填写".into(),
            ),
            (
                format!("“{text}” was taken for nobody and is not printed"),
                "leave the cell empty if there is nobody, else fill it in".into(),
            ),
        ),
        Kind::NotAName { field, value, why } => {
            let (message, help) = oddity(why, value, lang);
            let allow = lang.pick(
                "；若确实如此，请在 contest.toml 的 [[rules.allowed]] 写明",
                "; if it is right, say so in [[rules.allowed]] of contest.toml",
            );
            let name = lang.field(*field);
            let message = lang.pick(format!("“{name}”：{message}"), format!("{name}: {message}"));
            (message, help + allow)
        }
        Kind::UnusualName { field, value, why } => {
            let (message, help) = oddity(why, value, lang);
            let name = lang.field(*field);
            let help = lang.pick(format!("请核对：{help}"), format!("check it: {help}"));
            (lang.pick(format!("“{name}”：{message}"), format!("{name}: {message}")), help)
        }
        other => unreachable!("{} is not about reading", other.code()),
    }
}

/// What is odd about a name, and what to do.
fn oddity(why: &Oddity, value: &str, lang: Lang) -> Pair {
    let shown = visible(value).replace('␣', " ");
    let pair = |zh: (String, &str), en: (String, &str)| {
        lang.pick((zh.0, zh.1.to_owned()), (en.0, en.1.to_owned()))
    };
    match why {
        Oddity::Digit => pair(
            (format!("“{shown}”里有数字"), "只留姓名，几个人用顿号分开"),
            (format!("“{shown}” holds digits"), "leave names alone, divided by 、"),
        ),
        Oddity::Mark(mark) => pair(
            (format!("“{shown}”里有“{mark}”，不像姓名"), "只留姓名，几个人用顿号分开"),
            (
                format!("“{shown}” holds “{mark}”, which no name does"),
                "leave names alone, divided by 、",
            ),
        ),
        Oddity::Unpaired(mark) => pair(
            (format!("“{shown}”里的“{mark}”不成对"), "补上或去掉一半"),
            (
                format!("“{shown}” has “{mark}” without its partner"),
                "add the other half or take this one away",
            ),
        ),
        Oddity::Remark => pair(
            (format!("“{shown}”带有括号或引号，照原样印出"), "若括号里不是姓名的一部分，请去掉"),
            (
                format!("“{shown}” has brackets or quotation marks and is printed so"),
                "take away what is no part of the name",
            ),
        ),
        Oddity::Incomplete => pair(
            (format!("“{shown}”没有写全"), "把每个人的姓名都写上，去掉“等”"),
            (format!("“{shown}” does not name everybody"), "name them all and take 等 away"),
        ),
        Oddity::Joined => pair(
            (format!("“{shown}”看不出是一个人还是两个人"), "若是两个人，请用顿号分开"),
            (format!("“{shown}” may be one person or two"), "divide two people by 、"),
        ),
        Oddity::Long => pair(
            (format!("“{shown}”比一般的姓名长，可能是几个人"), "若是几个人，请用顿号分开"),
            (
                format!("“{shown}” is longer than Chinese names are and may be several people"),
                "divide people by 、",
            ),
        ),
        Oddity::Mixed => pair(
            (format!("“{shown}”又有汉字又有字母"), "只留姓名，几个人用顿号分开"),
            (
                format!("“{shown}” has Chinese characters and letters"),
                "leave names alone, divided by 、",
            ),
        ),
        Oddity::Lost(mark) => pair(
            (
                format!("“{shown}”里有 U+{:04X}，原来的字已经丢失", u32::from(*mark)),
                "查明原来的字，重新填写",
            ),
            (
                format!(
                    "“{shown}” holds U+{:04X}: the character that stood there is lost",
                    u32::from(*mark)
                ),
                "find out which it was and type it again",
            ),
        ),
        Oddity::Markup => pair(
            (format!("“{shown}”里有网页或导出的代码"), "改成平常的文字，例如 &amp; 应为 &"),
            (
                format!("“{shown}” holds codes of a web page or an export"),
                "write plain text instead, such as & for &amp;",
            ),
        ),
        Oddity::Nothing => pair(
            (format!("“{shown}”等于没有填"), "填上实际的内容"),
            (format!("“{shown}” stands for nothing"), "fill in what it is"),
        ),
        Oddity::Heading => pair(
            (
                format!("“{shown}”像是列名、小标题或数目"),
                "改成实际的名称；若这一行是小标题，只留一格",
            ),
            (
                format!("“{shown}” reads like a header, a heading or a number of rows"),
                "type the name it should be; a heading has one cell",
            ),
        ),
        Oddity::NoLetter => pair(
            (format!("“{shown}”里没有一个字"), "填上实际的名称"),
            (format!("“{shown}” has no letter in it"), "fill in the name"),
        ),
    }
}
