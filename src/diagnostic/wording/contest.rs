//! `contest.toml`.

use super::{Lang, Pair, braced, type_zh};
use crate::diagnostic::{Kind, PatternFault, RULES};

pub(super) fn contest(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::TomlSyntax { message } => lang.pick(
            (format!("不合 TOML 语法：{message}"), "请改正这一行；文字要用英文双引号括起来".into()),
            (
                format!("is not valid TOML: {message}"),
                "mend this line; text stands in double quotes".into(),
            ),
        ),
        Kind::UnknownKey { key, nearest } => {
            let (zh, en) = match nearest {
                Some(near) => (format!("是否应为“{near}”？"), format!("did you mean “{near}”?")),
                None => ("请删去或改正".into(), "remove or correct it".into()),
            };
            lang.pick((format!("认不得的键“{key}”"), zh), (format!("unknown key “{key}”"), en))
        }
        Kind::MissingKey { key } => lang.pick(
            (format!("缺少“{key}”"), format!("请在此处加上一行 {key} = …")),
            (format!("“{key}” is missing"), format!("add a line here: {key} = …")),
        ),
        Kind::EmptyList { key } => lang.pick(
            (format!("“{key}”是空的"), "至少要有一项".into()),
            (format!("“{key}” is empty"), "it needs at least one item".into()),
        ),
        Kind::WrongType { key, expected, found } => lang.pick(
            (format!("“{key}”应为{}，现为{}", type_zh(expected), type_zh(found)), "请改正".into()),
            (format!("“{key}” should be a {expected} but is a {found}"), "correct it".into()),
        ),
        Kind::NotAllowed { key, value, known } => lang.pick(
            (format!("“{key}”不能是“{value}”"), format!("可以是：{}", known.join("、"))),
            (format!("“{key}” cannot be “{value}”"), format!("choose from: {}", known.join(", "))),
        ),
        Kind::Repeated { key, value } => lang.pick(
            (format!("“{value}”作为 {key} 出现了两次"), "每一个都要不同".into()),
            (format!("“{value}” stands twice as {key}"), "each must be different".into()),
        ),
        Kind::BadPattern { pattern, fault } => match fault {
            PatternFault::Unclosed => lang.pick(
                (format!("“{pattern}”的花括号不成对"), "请补上 { 或 }".into()),
                (format!("“{pattern}” has an unpaired brace"), "add the missing { or }".into()),
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
        Kind::BeforeFinal { key, date, last_day } => lang.pick(
            (
                format!("“{key}”为 {date}，早于决出结果之日 {last_day}"),
                "请核对日期，或改正 rules.final_ends".into(),
            ),
            (
                format!("“{key}” is {date}, before the final ends on {last_day}"),
                "correct the date, or rules.final_ends".into(),
            ),
        ),
        Kind::NotARule { code, nearest } => {
            let (zh, en) = match nearest {
                Some(near) => (format!("是否应为“{near}”？"), format!("did you mean “{near}”?")),
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
        Kind::AllowanceUnused { code, value } => lang.pick(
            (
                format!("准许了 {code}“{value}”，但名单上没有这个问题"),
                "请核对 code 和 value；不再需要就删去".into(),
            ),
            (
                format!("{code} is allowed for “{value}”, but the sheet gives no cause"),
                "check code and value, or remove it if it is no longer needed".into(),
            ),
        ),
        Kind::UnknownTemplate { name, known } => lang.pick(
            (
                format!("找不到模板“{name}”"),
                format!("现有的模板：{}；自己的放在大赛文件夹的 templates/ 中", known.join("、")),
            ),
            (
                format!("there is no template “{name}”"),
                format!(
                    "there are: {}; your own go into the contest's templates/",
                    known.join(", ")
                ),
            ),
        ),
        Kind::StandardsConflict { message, hints } => lang.pick(
            (format!("pdf.standard 的几项标准互相矛盾：{message}"), hints.join("；")),
            (
                format!("the standards of pdf.standard contradict each other: {message}"),
                hints.join("; "),
            ),
        ),
        Kind::BadFont => lang.pick(
            ("不是能用的字体文件".into(), "请换成 ttf、otf 或 ttc 字体，或移出 fonts/".into()),
            (
                "is not a usable font".into(),
                "use a ttf, otf or ttc font, or move it out of fonts/".into(),
            ),
        ),
        other => unreachable!("{} is not contest.toml's", other.code()),
    }
}
