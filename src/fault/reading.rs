//! What stands in the cells of an entrant.

use super::domain::{Domain, Pair, faults};
use super::phrases::visible;
use crate::cell::CellRef;
use crate::field::Field;
use crate::lang::Lang;

/// What a name does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Oddity {
    /// A digit.
    Digit,
    /// A mark such as `：` or `@`.
    Mark(char),
    /// A bracket or a quotation mark without its partner.
    Unpaired(char),
    /// A remark in brackets.
    Remark,
    /// 等, 等5人: not everybody is named.
    Incomplete,
    /// Two names joined by 和 or ·, perhaps.
    Joined,
    /// More characters than a Chinese name has.
    Long,
    /// Chinese characters and letters.
    Mixed,
    /// U+FFFD or the like: what stood there is lost.
    Lost(char),
    /// `&amp;`, `<b>`: markup of an export.
    Markup,
    /// 无, N/A: a word for nothing.
    Nothing,
    /// A word of a heading or of a header.
    Heading,
    /// No letter at all.
    NoLetter,
    /// A title, a school or a word such as 电话 where a name should be.
    Title,
    /// One letter or sign.
    Short,
    /// The same name twice.
    Twice,
    /// A telephone, an address of mail or of a page.
    Contact,
    /// A number, a date or the like: it may have been made of something else.
    Number,
    /// A formula as text.
    Formula,
    /// Several rows of a file in one cell.
    Rows,
}

/// A name that is none of a closed list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unknown {
    /// As the sheet has it.
    pub value: String,
    /// The names there are.
    pub known: Vec<String>,
    /// The one that it resembles.
    pub nearest: Option<String>,
}

impl Unknown {
    fn sentences(&self, field: Field, lang: Lang) -> Pair {
        let Self { value, known, nearest } = self;
        let (zh, en) = match nearest {
            Some(near) => (format!("是否应为“{near}”？"), format!("did you mean “{near}”?")),
            None => (
                format!("可以是：{}；别的写法请加进 contest.toml 的 aliases", known.join("、")),
                format!(
                    "choose from: {}; other spellings go into aliases in contest.toml",
                    known.join(", ")
                ),
            ),
        };
        lang.pick(
            (format!("contest.toml 中没有名为“{value}”的{}", name_of(field)), zh),
            (format!("contest.toml knows no {field} “{value}”"), en),
        )
    }
}

faults! {
    /// What stands in the cells of an entrant.
    Reading {
        MissingValue { field: Field } => "missing-value", Error, Data;
        NoCachedValue { field: Field } => "no-cached-value", Error, Data;
        ErrorValue { field: Field, value: String } => "error-value", Error, Data;
        TwoValues {
            field: Field,
            text: String,
            other: CellRef,
            other_text: String,
        } => "two-values", Error, Data;
        UnknownGroup { name: Unknown } => "unknown-group", Error, Data;
        UnknownAward { name: Unknown } => "unknown-award", Error, Data;
        UnknownCounty { name: Unknown } => "unknown-county", Warning, Data;
        NotANumber { field: Field, value: String } => "not-a-number", Error, Data;
        NotADate { field: Field, value: String } => "not-a-date", Error, Data;
        NotYesOrNo { field: Field, value: String } => "not-yes-or-no", Error, Data;
        TooManyDigits { field: Field, value: String } => "too-many-digits", Error, Data;
        Converted { field: Field, stored: String, shown: String } => "converted", Error, Data;
        ShownAs { field: Field, stored: String, shown: String } => "shown-as", Info, Data;
        NotShown { field: Field, text: String } => "not-shown", Warning, Data;
        TextCleaned { from: String, to: String } => "text-cleaned", Info, Data;
        ReadAs { field: Field, from: String, to: String } => "read-as", Info, Data;
        MembersDivided { from: String, to: Vec<String> } => "members-divided", Info, Data;
        BlankInName { name: String } => "blank-in-name", Error, Data;
        /// 注册时间 / or —.
        NotFilledIn { field: Field, text: String } => "not-filled-in", Info, Data;
        /// 备注: 取消获奖资格.
        Withdrawn { header: String, text: String } => "withdrawn", Warning, Data;
        NotAName { field: Field, value: String, why: Oddity } => "not-a-name", Error, Data;
        UnusualName { field: Field, value: String, why: Oddity } => "unusual-name", Warning, Data;
        Nobody { text: String } => "nobody", Warning, Data;
    }
}

impl Domain for Reading {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Reading::MissingValue { field } => lang.pick(
                (format!("“{}”是空的", field.label()), "请填写".into()),
                (format!("{} is empty", lang.field(*field)), "fill it in".into()),
            ),
            Reading::NoCachedValue { field } => lang.pick(
                (
                    format!("“{}”是公式，文件里没有存下它的结果", field.label()),
                    "请在 WPS 或 Excel 中打开，保存一次，或直接填写".into(),
                ),
                (
                    format!("{field} is a formula whose result is not in the file"),
                    "open the file in WPS or Excel and save it once, or type the value".into(),
                ),
            ),
            Reading::ErrorValue { field, value } => lang.pick(
                (format!("“{}”是公式错误 {value}", field.label()), "请改正公式或直接填写".into()),
                (format!("{field} holds the formula error {value}"), "mend the formula or type the value".into()),
            ),
            Reading::TwoValues { field, text, other, other_text } => lang.pick(
                (
                    format!("“{}”这里是“{text}”，而 {} 是“{other_text}”", lang.field(*field), other.address()),
                    "请只留一个".into(),
                ),
                (
                    format!("{} is “{text}” here and “{other_text}” at {}", lang.field(*field), other.address()),
                    "keep one of them".into(),
                ),
            ),
            Reading::UnknownGroup { name } => name.sentences(Field::Group, lang),
            Reading::UnknownAward { name } => name.sentences(Field::Award, lang),
            Reading::UnknownCounty { name } => name.sentences(Field::County, lang),
            Reading::NotANumber { field, value } => lang.pick(
                (format!("“{}”不是数：{value}", field.label()), "请只填数字".into()),
                (format!("{field} is not a number: {value}"), "type digits only".into()),
            ),
            Reading::NotADate { field, value } => lang.pick(
                (format!("“{}”不是日期：{value}", field.label()), "请写成 2025-11-04 的样子".into()),
                (format!("{field} is not a date: {value}"), "write it like 2025-11-04".into()),
            ),
            Reading::NotYesOrNo { field, value } => lang.pick(
                (format!("“{}”看不出是或否：{value}", field.label()), "请写“是”或“否”，或打“√”，或留空".into()),
                (format!("{field} is neither yes nor no: {value}"), "write 是 or 否, tick √, or leave it empty".into()),
            ),
            Reading::TooManyDigits { field, value } => lang.pick(
                (
                    format!("“{}”存成了数字 {value}，末尾几位可能已经丢失", field.label()),
                    "请把单元格设为文本，重新填写".into(),
                ),
                (
                    format!("{field} is stored as the number {value}, whose last digits may be lost"),
                    "format the cell as text and type it again".into(),
                ),
            ),
            Reading::Converted { field, stored, shown } => lang.pick(
                (
                    format!("“{}”显示为“{shown}”，但存的不是文字，而是 {stored}", lang.field(*field)),
                    "多半是表格软件自动转换的：请把单元格设为文本，重新填写；若显示的就是对的，请在 contest.toml 的 [[rules.allowed]] 写明".into(),
                ),
                (
                    format!("{} shows “{shown}”, but the cell holds {stored} and no text", lang.field(*field)),
                    "the spreadsheet has probably changed it: format the cell as text and type it again, or allow what it shows in [[rules.allowed]] of contest.toml".into(),
                ),
            ),
            Reading::ShownAs { field, stored, shown } => lang.pick(
                (
                    format!("“{}”按表中显示的读作“{shown}”（存的是“{stored}”）", lang.field(*field)),
                    "若不是这样，请改正单元格".into(),
                ),
                (
                    format!("{} was read as it is shown, “{shown}” (stored as “{stored}”)", lang.field(*field)),
                    "correct the cell if that is wrong".into(),
                ),
            ),
            Reading::NotShown { field, text } => lang.pick(
                (
                    format!("“{}”的格式不显示内容，其中存的是“{text}”，仍照常读取", lang.field(*field)),
                    "请核对，并改回平常的格式，或清空单元格".into(),
                ),
                (
                    format!("{} has a format that shows nothing; it holds “{text}”, which was read", lang.field(*field)),
                    "check it, and give the cell a usual format or empty it".into(),
                ),
            ),
            Reading::TextCleaned { from, to } => lang.pick(
                (format!("“{}”读作“{to}”", visible(from)), "若不是这样，请改正单元格".into()),
                (format!("“{}” was read as “{to}”", visible(from)), "correct the cell if that is wrong".into()),
            ),
            Reading::ReadAs { field, from, to } => lang.pick(
                (format!("{}“{from}”读作“{to}”", name_of(*field)), String::new()),
                (format!("{field} “{from}” was read as “{to}”"), String::new()),
            ),
            Reading::MembersDivided { from, to } => lang.pick(
                (
                    format!("“{}”读作 {} 人：{}", visible(from), to.len(), to.join("、")),
                    "若不是这样，请用顿号分开".into(),
                ),
                (
                    format!("“{}” was read as {} people: {}", visible(from), to.len(), to.join(", ")),
                    "divide them by semicolons if that is wrong".into(),
                ),
            ),
            Reading::BlankInName { name } => lang.pick(
                (format!("“{name}”中间有空格，看不出是几个人"), "请用顿号分开，或去掉姓名中间的空格".into()),
                (
                    format!("“{name}” has blanks inside that do not tell how many people it names"),
                    "divide people by semicolons and take blanks out of names".into(),
                ),
            ),
            Reading::Withdrawn { header, text } => lang.pick(
                (
                    format!("“{header}”写着“{text}”，仍照常读取"),
                    "若不再获奖，请删去这一行；若仍获奖，可以准许".into(),
                ),
                (
                    format!("“{header}” says “{text}”; the row is read all the same"),
                    "delete the row if it does not win; allow this if it does".into(),
                ),
            ),
            Reading::NotFilledIn { field, text } => lang.pick(
                (format!("“{}”填的是“{text}”，当作没有填", field.label()), "不必处理".into()),
                (
                    format!("{field} says “{text}” and is taken as not filled in"),
                    "nothing need be done".into(),
                ),
            ),
            Reading::NotAName { field, value, why } => {
                let (message, help) = oddity(*field, why, value, lang);
                let allow = lang.pick(
                    "；若确实如此，请在 contest.toml 的 [[rules.allowed]] 写明",
                    "; if it is right, say so in [[rules.allowed]] of contest.toml",
                );
                let name = lang.field(*field);
                let message = lang.pick(format!("“{name}”：{message}"), format!("{name}: {message}"));
                (message, help + allow)
            }
            Reading::UnusualName { field, value, why } => {
                let (message, help) = oddity(*field, why, value, lang);
                let name = lang.field(*field);
                let help = lang.pick(format!("请核对：{help}"), format!("check it: {help}"));
                (lang.pick(format!("“{name}”：{message}"), format!("{name}: {message}")), help)
            }
            Reading::Nobody { text } => lang.pick(
                (
                    format!("“{text}”当作没有成员，不印"),
                    "若确实没有，请留空；若有，请填写".into(),
                ),
                (
                    format!("“{text}” was taken for nobody and is not printed"),
                    "leave the cell empty if there is nobody, else fill it in".into(),
                ),
            ),
        }
    }

    fn others(&self) -> &[CellRef] {
        match self {
            Reading::TwoValues { other, .. } => std::slice::from_ref(other),
            _ => &[],
        }
    }

    fn meant(&self) -> Option<&str> {
        match self {
            Reading::UnknownGroup { name }
            | Reading::UnknownAward { name }
            | Reading::UnknownCounty { name } => name.nearest.as_deref(),
            _ => None,
        }
    }

    fn value(&self) -> Option<&str> {
        match self {
            Reading::UnknownGroup { name: Unknown { value, .. } }
            | Reading::UnknownAward { name: Unknown { value, .. } }
            | Reading::UnknownCounty { name: Unknown { value, .. } }
            | Reading::NotAName { value, .. }
            | Reading::UnusualName { value, .. }
            | Reading::BlankInName { name: value }
            | Reading::Converted { shown: value, .. }
            | Reading::NotShown { text: value, .. }
            | Reading::Nobody { text: value } => Some(value),
            _ => None,
        }
    }
}

/// What is odd about a name, and what to do.
fn oddity(field: Field, why: &Oddity, value: &str, lang: Lang) -> Pair {
    let people = field == Field::Members;
    let shown = visible(value).replace('␣', " ");
    let pair = |zh: (String, &str), en: (String, &str)| {
        lang.pick((zh.0, zh.1.to_owned()), (en.0, en.1.to_owned()))
    };
    match why {
        Oddity::Digit => pair(
            (format!("“{shown}”里有数字"), "只留姓名，几个人用顿号分开"),
            (format!("“{shown}” holds digits"), "leave names alone, divided by semicolons"),
        ),
        Oddity::Mark(mark) if !people => pair(
            (format!("“{shown}”里的“{mark}”不像名称的一部分"), "若是多余的，请去掉"),
            (
                format!("“{shown}” holds “{mark}”, which hardly belongs to a name"),
                "take it away if it does not",
            ),
        ),
        Oddity::Mark(mark) => pair(
            (format!("“{shown}”里有“{mark}”，不像姓名"), "只留姓名，几个人用顿号分开"),
            (
                format!("“{shown}” holds “{mark}”, which no name does"),
                "leave names alone, divided by semicolons",
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
            (format!("“{shown}”带有括号或引号"), "若括号里不是姓名或名称的一部分，请去掉"),
            (
                format!("“{shown}” has brackets or quotation marks"),
                "take away what is no part of the name",
            ),
        ),
        Oddity::Incomplete => pair(
            (format!("“{shown}”没有写全"), "把每个人的姓名都写上，去掉“等”"),
            (format!("“{shown}” does not name everybody"), "name them all and take 等 away"),
        ),
        Oddity::Joined => pair(
            (format!("“{shown}”看不出是一个人还是两个人"), "若是两个人，请用顿号分开"),
            (format!("“{shown}” may be one person or two"), "divide two people by a semicolon"),
        ),
        Oddity::Long => pair(
            (format!("“{shown}”比一般的姓名长，可能是几个人"), "若是几个人，请用顿号分开"),
            (
                format!("“{shown}” is longer than Chinese names are and may be several people"),
                "divide people by semicolons",
            ),
        ),
        Oddity::Mixed => pair(
            (format!("“{shown}”又有汉字又有字母"), "只留姓名，几个人用顿号分开"),
            (
                format!("“{shown}” has Chinese characters and letters"),
                "leave names alone, divided by semicolons",
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
        Oddity::Title => pair(
            (format!("“{shown}”是职务、学校之类，不是姓名"), "只留姓名，几个人用顿号分开"),
            (
                format!("“{shown}” is a title, a school or the like and no name"),
                "leave names alone, divided by semicolons",
            ),
        ),
        Oddity::Short => pair(
            (format!("“{shown}”只是一个字母或符号"), "只留姓名，几个人用顿号分开"),
            (
                format!("“{shown}” is one letter or sign"),
                "leave names alone, divided by semicolons",
            ),
        ),
        Oddity::Twice => pair(
            (format!("“{shown}”写了两次"), "若是一个人，请删去一个；若是同名的两个人，可以准许"),
            (
                format!("“{shown}” stands there twice"),
                "delete one if they are one person; allow it if two have one name",
            ),
        ),
        Oddity::Contact => pair(
            (format!("“{shown}”里有电话、邮箱或网址"), "只留名称"),
            (
                format!("“{shown}” holds a telephone, an e-mail address or a web address"),
                "leave the name alone",
            ),
        ),
        Oddity::Number => pair(
            (format!("“{shown}”是数字、日期之类，可能是表格软件改写的"), "若有误，填上实际的名称"),
            (
                format!(
                    "“{shown}” is a number, a date or the like: a spreadsheet may have made it"
                ),
                "type the name if it is wrong",
            ),
        ),
        Oddity::Rows => pair(
            (
                format!("“{shown}”像是几行并成了一格，多半是引号不成对"),
                "在表格软件中打开原文件，补上或去掉引号，重新保存",
            ),
            (
                format!(
                    "“{shown}” looks like several rows in one cell: a quotation mark is not closed"
                ),
                "mend the quotation marks in the file and save it again",
            ),
        ),
        Oddity::Formula => pair(
            (format!("“{shown}”是公式，不是它的结果"), "填上实际的名称"),
            (format!("“{shown}” is a formula and not what it gives"), "type the name itself"),
        ),
        Oddity::NoLetter => pair(
            (format!("“{shown}”里没有一个字"), "填上实际的名称"),
            (format!("“{shown}” has no letter in it"), "fill in the name"),
        ),
    }
}

/// What a closed list's member is called: 组别, 奖项 or 县（区、市）.
fn name_of(field: Field) -> &'static str {
    match field {
        Field::County => "县（区、市）",
        other => other.label(),
    }
}
