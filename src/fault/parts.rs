//! A package that several machines make in parts.

use super::domain::{Domain, Pair, faults};
use super::remedy::Remedy;
use crate::lang::Lang;

/// What a frozen plan does not fit any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Changed {
    /// The program, `contest.toml`, the templates or the fonts.
    MadeFrom,
    /// The award sheet.
    Sheet,
    /// What the register has issued.
    Register,
}

faults! {
    /// A package that several machines make in parts.
    Parts {
        PlanMissing => "plan-missing", Error, Usage;
        PlanDamaged => "plan-damaged", Error, Environment;
        PlanChanged => "plan-changed", Error, Environment;
        PlanOutdated {
            /// What is no longer as it was when the plan was frozen.
            changed: Changed,
        } => "plan-outdated", Error, Environment;
        NoSuchPart { part: usize, parts: usize } => "no-such-part", Error, Usage;
        PartsDiffer { asked: usize, parts: usize } => "parts-differ", Error, Usage;
        PlanKey {
            /// The public key that goes with the one that signs.
            key: String,
        } => "plan-key", Error, Environment;
        PartUnknown {
            /// The environment variables that were looked for.
            variables: Vec<&'static str>,
        } => "part-unknown", Error, Usage;
        PartMissing => "part-missing", Error, Transient;
        PartDamaged => "part-damaged", Error, Environment;
        PartChanged => "part-changed", Error, Environment;
        PartForeign => "part-foreign", Error, Transient;
    }
}

impl Domain for Parts {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Parts::PlanMissing => {
                (lang.pick("没有冻结的方案", "there is no frozen plan").into(), String::new())
            }
            Parts::PlanDamaged => lang.pick(
                ("方案文件已损坏，或不是本大赛的".into(), "请".into()),
                ("is damaged, or no plan of this contest".into(), String::new()),
            ),
            Parts::PlanChanged => lang.pick(
                (
                    "方案文件在冻结以后被改动过，与大赛文件夹里的密钥的签名不符；没有照它制作".into(),
                    "请查明谁改了它，然后".into(),
                ),
                (
                    "was changed after it was frozen: the contest folder's key has not signed it like this; nothing was made of it".into(),
                    "find out who changed it, then ".into(),
                ),
            ),
            Parts::PlanOutdated { changed } => {
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
                        "请改回去；若是有意改的，请".into(),
                    ),
                    (
                        format!("since the plan was frozen, {en} has changed"),
                        "change it back; if it is meant so, ".into(),
                    ),
                )
            }
            Parts::NoSuchPart { part, parts } => lang.pick(
                (format!("没有第 {part} 段：方案分为 {parts} 段"), format!("请在 1 到 {parts} 中选")),
                (
                    format!("there is no part {part}: the plan has {parts}"),
                    format!("choose from 1 to {parts}"),
                ),
            ),
            Parts::PartsDiffer { asked, parts } => {
                let message = lang.pick(
                    format!("要做的是 {asked} 段之一，方案却分为 {parts} 段"),
                    format!("this is to be one of {asked} parts, but the plan has {parts}"),
                );
                (message, String::new())
            }
            Parts::PlanKey { key } => lang.pick(
                (
                    format!("方案要用公钥为 {key} 的密钥签名，这里没有"),
                    "请把冻结方案那台机器上大赛文件夹里的 signing.key 复制到这里".into(),
                ),
                (
                    format!("the plan is signed with the key of {key}, which is not here"),
                    "copy signing.key from the contest folder where the plan was frozen".into(),
                ),
            ),
            Parts::PartUnknown { .. } => {
                let message = lang.pick("不知道要做第几段", "which part is to be made?");
                (message.into(), String::new())
            }
            Parts::PartMissing => lang.pick(
                ("还没有这一段".into(), "请等它做完，或".into()),
                ("is not there yet".into(), "wait until it is made, or ".into()),
            ),
            Parts::PartDamaged => lang.pick(
                ("这一段已损坏".into(), "请".into()),
                ("is damaged".into(), String::new()),
            ),
            Parts::PartChanged => lang.pick(
                (
                    "这一段做好以后被改动过，或不是用大赛文件夹里的密钥做的；没有合并".into(),
                    "请查明谁改了它，然后".into(),
                ),
                (
                    "was changed after it was made, or was not made with the contest folder's key; nothing was assembled".into(),
                    "find out who changed it, then ".into(),
                ),
            ),
            Parts::PartForeign => lang.pick(
                (
                    "这一段出自别的方案，或是重新冻结以前做的".into(),
                    "请等它做完，或".into(),
                ),
                (
                    "is a part of another plan, or was made before this one was frozen".into(),
                    "wait until it is made, or ".into(),
                ),
            ),
        }
    }

    fn remedies(&self) -> Vec<Remedy> {
        match self {
            Parts::PlanMissing => vec![Remedy::Freeze],
            Parts::PlanDamaged | Parts::PlanChanged | Parts::PlanOutdated { .. } => {
                vec![Remedy::FreezeAnew]
            }
            &Parts::PartsDiffer { asked, parts } => vec![Remedy::MatchParts { parts, asked }],
            Parts::PartUnknown { variables } => {
                vec![Remedy::SayPart { variables: variables.clone() }]
            }
            Parts::PartMissing => vec![Remedy::MakePart],
            Parts::PartDamaged | Parts::PartChanged | Parts::PartForeign => {
                vec![Remedy::MakePartAgain]
            }
            Parts::NoSuchPart { .. } | Parts::PlanKey { .. } => Vec::new(),
        }
    }
}
