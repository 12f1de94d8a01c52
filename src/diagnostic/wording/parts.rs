//! A package that several machines make in parts.

use super::{Lang, Pair};
use crate::diagnostic::{Changed, Kind};

pub(super) fn parts(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::PlanMissing => lang.pick(
            (
                "没有冻结的方案".into(),
                "请先运行 accolade plan，分段制作和合并要用同一个 --out".into(),
            ),
            (
                "there is no frozen plan".into(),
                "run accolade plan first, with the same --out as the parts and assemble".into(),
            ),
        ),
        Kind::PlanDamaged => lang.pick(
            ("方案文件已损坏，或不是本大赛的".into(), "请重新运行 accolade plan".into()),
            ("is damaged, or no plan of this contest".into(), "run accolade plan again".into()),
        ),
        Kind::PlanChanged => lang.pick(
            (
                "方案文件在冻结以后被改动过，与大赛文件夹里的密钥的签名不符；没有照它制作".into(),
                "请查明谁改了它，再重新运行 accolade plan，制作各段".into(),
            ),
            (
                "was changed after it was frozen: the contest folder's key has not signed it like this; nothing was made of it".into(),
                "find out who changed it, then run accolade plan again and make the parts anew".into(),
            ),
        ),
        Kind::PlanOutdated { changed } => {
            let (zh, en) = match changed {
                Changed::MadeFrom => (
                    "程序版本、contest.toml、模板或字体",
                    "the program's version, contest.toml, a template or a font",
                ),
                Changed::Sheet => ("名单", "the award sheet"),
                Changed::Register => ("登记簿", "the register"),
            };
            lang.pick(
                (
                    format!("方案冻结以后，{zh}变了"),
                    "请改回去；若是有意改的，请重新运行 accolade plan，再制作各段".into(),
                ),
                (
                    format!("since the plan was frozen, {en} has changed"),
                    "change it back; if it is meant so, run accolade plan again and make the parts anew".into(),
                ),
            )
        }
        Kind::NoSuchPart { part, parts } => lang.pick(
            (format!("没有第 {part} 段：方案分为 {parts} 段"), format!("请在 1 到 {parts} 中选")),
            (
                format!("there is no part {part}: the plan has {parts}"),
                format!("choose from 1 to {parts}"),
            ),
        ),
        Kind::PartsDiffer { asked, parts } => lang.pick(
            (
                format!("要做的是 {asked} 段之一，方案却分为 {parts} 段"),
                format!("请写 --shard 第几段/{parts}，或用 accolade plan --parts {asked} 重新冻结"),
            ),
            (
                format!("this is to be one of {asked} parts, but the plan has {parts}"),
                format!(
                    "give --shard I/{parts}, or freeze anew with accolade plan --parts {asked}"
                ),
            ),
        ),
        Kind::PlanKey { key } => lang.pick(
            (
                format!("方案要用公钥为 {key} 的密钥签名，这里没有"),
                "请把冻结方案那台机器上大赛文件夹里的 signing.key 复制到这里".into(),
            ),
            (
                format!("the plan is signed with the key of {key}, which is not here"),
                "copy signing.key from the contest folder where the plan was frozen".into(),
            ),
        ),
        Kind::PartUnknown { variables } => lang.pick(
            (
                "不知道要做第几段".into(),
                format!(
                    "请写 --shard 第几段/共几段；写 auto 时从环境变量取：{}",
                    variables.join("、")
                ),
            ),
            (
                "which part is to be made?".into(),
                format!("give --shard I/N; auto takes it from one of {}", variables.join(", ")),
            ),
        ),
        Kind::PartMissing => lang.pick(
            ("还没有这一段".into(), "请等它做完，或用 accolade run --shard 做出来，再合并".into()),
            (
                "is not there yet".into(),
                "wait until it is made, or make it with accolade run --shard, and assemble again"
                    .into(),
            ),
        ),
        Kind::PartDamaged => lang.pick(
            ("这一段已损坏".into(), "请用 accolade run --shard 重做这一段，再合并".into()),
            (
                "is damaged".into(),
                "make this part again with accolade run --shard, and assemble again".into(),
            ),
        ),
        Kind::PartChanged => lang.pick(
            (
                "这一段做好以后被改动过，或不是用大赛文件夹里的密钥做的；没有合并".into(),
                "请查明谁改了它，再用 accolade run --shard 重做这一段，然后合并".into(),
            ),
            (
                "was changed after it was made, or was not made with the contest folder's key; nothing was assembled".into(),
                "find out who changed it, then make this part again with accolade run --shard, and assemble again".into(),
            ),
        ),
        Kind::PartForeign => lang.pick(
            (
                "这一段出自别的方案，或是重新冻结以前做的".into(),
                "请等它做完，或用 accolade run --shard 重做这一段，再合并".into(),
            ),
            (
                "is a part of another plan, or was made before this one was frozen".into(),
                "wait until it is made, or make it with accolade run --shard, and assemble again"
                    .into(),
            ),
        ),
        other => super::register::keeping(other, lang),
    }
}
