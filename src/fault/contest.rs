//! `contest.toml` and the fonts beside it.

use super::domain::{Domain, Pair, faults};
use super::rules::RULES;
use crate::lang::Lang;

/// What is wrong with a pattern such as `JZ-{seq:03}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each has its sentence below")]
pub enum PatternFault {
    Unclosed,
    Unknown { placeholder: String, known: Vec<String> },
    UnknownForm { form: String, known: Vec<String> },
    NotNames { placeholder: String, column: String },
}

faults! {
    /// `contest.toml` and the fonts beside it.
    Contest {
        TomlSyntax { message: String } => "toml-syntax", Error, Data;
        UnknownKey { key: String, nearest: Option<String> } => "unknown-key", Error, Data;
        MissingKey { key: String } => "missing-key", Error, Data;
        EmptyList { key: String } => "empty-list", Error, Data;
        WrongType {
            key: String,
            expected: &'static str,
            found: String,
        } => "wrong-type", Error, Data;
        /// Of the contest before it was this.
        Undecided { key: String, was: String } => "undecided", Error, Data;
        NotAllowed { key: String, value: String, known: Vec<String> } => "not-allowed", Error, Data;
        Repeated { key: String, value: String } => "repeated", Error, Data;
        BadPattern { pattern: String, fault: PatternFault } => "bad-pattern", Error, Data;
        BeforeFinal { key: String, date: String, last_day: String } => "before-final", Error, Data;
        NotARule { code: String, nearest: Option<String> } => "not-a-rule", Error, Data;
        /// What is to be changed is not there, or not of that kind.
        NoSuchEntry { key: String } => "no-such-entry", Error, Data;
        AllowanceUnused { code: String, value: String } => "allowance-unused", Warning, Data;
        YearDiffers {
            /// The key in `contest.toml`; empty for a title of the sheet.
            key: String,
            text: String,
            /// The key of what tells another year, and what that says.
            against: String,
            says: String,
        } => "year-differs", Warning, Data;
        UnknownTemplate { name: String, known: Vec<String> } => "unknown-template", Error, Data;
        StandardsConflict {
            message: String,
            hints: Vec<String>,
        } => "standards-conflict", Error, Data;
        BadFont => "bad-font", Error, Data;
    }
}

impl Domain for Contest {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Contest::TomlSyntax { message } => lang.pick(
                (
                    format!("不合 TOML 语法：{message}"),
                    "请改正这一行；文字要用英文双引号括起来".into(),
                ),
                (
                    format!("is not valid TOML: {message}"),
                    "mend this line; text stands in double quotes".into(),
                ),
            ),
            Contest::UnknownKey { key, nearest } => {
                let (zh, en) = match nearest {
                    Some(near) => {
                        (format!("是否应为“{near}”？"), format!("did you mean “{near}”?"))
                    }
                    None => ("请删去或改正".into(), "remove or correct it".into()),
                };
                lang.pick((format!("认不得的键“{key}”"), zh), (format!("unknown key “{key}”"), en))
            }
            Contest::MissingKey { key } => lang.pick(
                (format!("缺少“{key}”"), format!("请在此处加上一行 {key} = …")),
                (format!("“{key}” is missing"), format!("add a line here: {key} = …")),
            ),
            Contest::EmptyList { key } => lang.pick(
                (format!("“{key}”是空的"), "至少要有一项".into()),
                (format!("“{key}” is empty"), "it needs at least one item".into()),
            ),
            Contest::WrongType { key, expected, found } => {
                let unquoted = found == "string" && !["array", "table"].contains(expected);
                lang.pick(
                (
                    format!("“{key}”应为{}，现为{}", type_zh(expected), type_zh(found)),
                    if unquoted { "请去掉引号" } else { "请改正" }.into(),
                ),
                (
                    format!("“{key}” should be a {expected} but is a {found}"),
                    if unquoted { "take the quotes away" } else { "correct it" }.into(),
                ),
            )
            }
            Contest::Undecided { key, was } => lang.pick(
                (format!("“{key}”还没有定：上一届是“{was}”"), "请写上这一届的，去掉问号；日期和数不加引号".into()),
                (
                    format!("“{key}” is yet to be decided: it was “{was}”"),
                    "write what it is now, without the question mark; dates and numbers have no quotes".into(),
                ),
            ),
            Contest::NotAllowed { key, value, known } => lang.pick(
                (format!("“{key}”不能是“{value}”"), format!("可以是：{}", known.join("、"))),
                (
                    format!("“{key}” cannot be “{value}”"),
                    format!("choose from: {}", known.join(", ")),
                ),
            ),
            Contest::Repeated { key, value } => lang.pick(
                (format!("“{value}”作为 {key} 出现了两次"), "每一个都要不同".into()),
                (format!("“{value}” stands twice as {key}"), "each must be different".into()),
            ),
            Contest::BadPattern { pattern, fault } => match fault {
                PatternFault::Unclosed => lang.pick(
                    (
                        format!("“{pattern}”的括号不成对"),
                        "请补上 { } 或 [ ]；要印出括号本身的，写两遍".into(),
                    ),
                    (
                        format!("“{pattern}” has an unpaired brace or bracket"),
                        "add the missing one; double a brace or a bracket that is to be printed"
                            .into(),
                    ),
                ),
                PatternFault::NotNames { placeholder, column } => lang.pick(
                    (
                        format!("“{pattern}”中的 {{{placeholder}}} 在此处不可用：“{column}”这一列不是人名"),
                        format!("若是人名，请写 [fields.\"{column}\"]，下一行写 kind = \"names\""),
                    ),
                    (
                        format!("{{{placeholder}}} cannot be used in “{pattern}”: {column} is no column of names"),
                        format!("if it is one, write [fields.\"{column}\"], and kind = \"names\" in the next line"),
                    ),
                ),
                PatternFault::UnknownForm { form, known } => lang.pick(
                    (
                        format!("“{pattern}”中的写法“{form}”认不得"),
                        format!("可用：{}", known.join("、")),
                    ),
                    (
                        format!("“{pattern}” has an unknown form “{form}”"),
                        format!("choose from: {}", known.join(", ")),
                    ),
                ),
                PatternFault::Unknown { placeholder, known } => lang.pick(
                    (
                        format!("“{pattern}”中的 {{{placeholder}}} 在此处不可用"),
                        format!("可用：{}", braced(known)),
                    ),
                    (
                        format!("{{{placeholder}}} cannot be used in “{pattern}”"),
                        format!("choose from: {}", braced(known)),
                    ),
                ),
            },
            Contest::BeforeFinal { key, date, last_day } => lang.pick(
                (
                    format!("“{key}”为 {date}，早于决出结果之日 {last_day}"),
                    "请核对日期，或改正 rules.final_ends".into(),
                ),
                (
                    format!("“{key}” is {date}, before the final ends on {last_day}"),
                    "correct the date, or rules.final_ends".into(),
                ),
            ),
            Contest::NotARule { code, nearest } => {
                let (zh, en) = match nearest {
                    Some(near) => {
                        (format!("是否应为“{near}”？"), format!("did you mean “{near}”?"))
                    }
                    None => (
                        format!("可以是：{}", RULES.join("、")),
                        format!("choose from: {}", RULES.join(", ")),
                    ),
                };
                lang.pick(
                    (format!("没有可由大赛自定的规则“{code}”"), zh),
                    (format!("“{code}” is no rule that a contest may decide"), en),
                )
            }
            Contest::NoSuchEntry { key } => lang.pick(
                (
                    format!("没有“{key}”这一项，什么都没有改"),
                    "可能刚在别处改过；请重新打开再改".into(),
                ),
                (
                    format!("there is no “{key}”, and nothing was changed"),
                    "it may have changed elsewhere just now; look again, then change it".into(),
                ),
            ),
            Contest::AllowanceUnused { code, value } => lang.pick(
                (
                    format!("准许了 {code}“{value}”，但名单上没有这个问题"),
                    "请核对 code 和 value；不再需要就删去".into(),
                ),
                (
                    format!("{code} is allowed for “{value}”, but the sheet gives no cause"),
                    "check code and value, or remove it if it is no longer needed".into(),
                ),
            ),
            Contest::YearDiffers { key, text, against, says } => {
                let (zh, en) = match key.as_str() {
                    "" => ("名单的标题".to_owned(), "the sheet's title".to_owned()),
                    key => (format!("{key} 的"), key.to_owned()),
                };
                lang.pick(
                    (
                        format!("{zh}“{text}”与 {against} 的“{says}”年份对不上"),
                        format!("请核对是不是有一处还是往年的内容；都没有写错的，在 contest.toml 的 [[rules.allowed]] 写明（code = \"year-differs\"，value = \"{text}\"）"),
                    ),
                    (
                        format!("{en} “{text}” and {against} “{says}” tell different years"),
                        format!("see whether one is left from another year; if both are right, say so in [[rules.allowed]] of contest.toml (code = \"year-differs\", value = \"{text}\")"),
                    ),
                )
            }
            Contest::UnknownTemplate { name, known } => lang.pick(
                (
                    format!("找不到模板“{name}”"),
                    format!(
                        "现有的模板：{}；自己的放在大赛文件夹的 templates/ 中",
                        known.join("、")
                    ),
                ),
                (
                    format!("there is no template “{name}”"),
                    format!(
                        "there are: {}; your own go into the contest's templates/",
                        known.join(", ")
                    ),
                ),
            ),
            Contest::StandardsConflict { message, hints } => lang.pick(
                (format!("pdf.standard 的几项标准互相矛盾：{message}"), hints.join("；")),
                (
                    format!("the standards of pdf.standard contradict each other: {message}"),
                    hints.join("; "),
                ),
            ),
            Contest::BadFont => lang.pick(
                ("不是能用的字体文件".into(), "请换成 ttf、otf 或 ttc 字体，或移出 fonts/".into()),
                (
                    "is not a usable font".into(),
                    "use a ttf, otf or ttc font, or move it out of fonts/".into(),
                ),
            ),
        }
    }

    fn value(&self) -> Option<&str> {
        match self {
            Contest::YearDiffers { text, .. } => Some(text),
            _ => None,
        }
    }
}

fn type_zh(name: &str) -> &str {
    match name {
        "string" => "文字",
        "whole number" => "不小于 0 的整数",
        "integer" => "整数",
        "float" => "小数",
        "number" => "数",
        "boolean" => "true 或 false",
        "datetime" | "date" => "日期",
        "array" | "list" => "列表",
        "table" => "表",
        other => other,
    }
}

fn braced(names: &[String]) -> String {
    names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(" ")
}
