//! What the program can do about a fault if it is asked to, as data: the
//! command line shows it as a command, a page as a button, a file as a sentence.

use serde::{Serialize, Serializer};

use crate::cell::CellRef;
use crate::field::Field;
use crate::lang::Lang;

/// What to ask the program for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "remedy", rename_all = "kebab-case")]
pub enum Remedy {
    /// Make a contest folder, or name the one that is meant.
    MakeContest,
    /// Freeze a plan.
    Freeze,
    /// Freeze the plan anew, and make its parts again.
    FreezeAnew,
    /// Ask for one of as many parts as the plan has, or freeze it for others.
    MatchParts {
        /// Into how many parts the plan is divided.
        parts: usize,
        /// Into how many it was thought to be.
        asked: usize,
    },
    /// Say which part is to be made.
    SayPart {
        /// The environment variables that may tell it.
        variables: Vec<&'static str>,
    },
    /// Make a part that is not there.
    MakePart,
    /// Make a part again.
    MakePartAgain,
    /// Begin a new key.
    NewKey,
    /// Say whose signature to trust.
    Trust,
    /// See all numbers of the register.
    ListNumbers,
    /// Name a field that there is.
    NameField {
        /// The fields there are.
        known: Vec<String>,
    },
    /// Confirm the changes that were shown.
    Confirm,
    /// Replace the package by one that holds less, or keep both.
    Replace,
    /// Undo a revocation.
    Reinstate {
        /// The certificate's number.
        number: String,
    },
    /// Revoke a certificate and give a new number.
    Renumber {
        /// The certificate's number.
        number: String,
    },
    /// Issue a certificate again with facts corrected.
    Reissue {
        /// The certificate's number.
        number: String,
        /// Each fact that changes, by its name, and what it becomes.
        #[serde(serialize_with = "as_object")]
        set: Vec<(&'static str, String)>,
    },
    /// Issue again whatever the sheet corrects.
    ReissueFromSheet,
    /// Take a row for somebody new.
    DeclareNew {
        /// The row.
        row: CellRef,
    },
    /// Make other documents that show a change anew as well.
    RemakeAlso {
        /// The documents.
        documents: Vec<String>,
    },
    /// Check the sheet.
    CheckSheet,
    /// Take a column for the field that has none.
    AssumeMapping {
        /// The field.
        field: Field,
        /// The column's header.
        header: String,
    },
    /// Mend the cell: put what was meant in place of what it says.
    Mend {
        /// What it says, or what of it is meant.
        was: String,
        /// What was probably meant.
        now: String,
    },
    /// Remove a line of `corrections.csv`: what the sheet says counts.
    DropCorrection {
        /// The line, from 1.
        line: usize,
        /// The cell that stands in it.
        cell: String,
    },
    /// Let a line of `corrections.csv` hold although the cell has changed.
    RenewCorrection {
        /// The line, from 1.
        line: usize,
        /// The cell that stands in it.
        cell: String,
        /// What the cell says by now.
        says: String,
    },
    /// Allow what a rule of the contest finds, for a reason.
    Allow {
        /// The rule.
        code: &'static str,
        /// What it found.
        value: String,
    },
    /// Put a font into the contest's folder.
    PutFont {
        /// The script that it has to cover, as Unicode names it.
        script: String,
        /// A family that covers it.
        family: &'static str,
        /// Whether it is single characters that are lacking.
        single: bool,
    },
}

fn as_object<S: Serializer>(
    set: &[(&'static str, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(set.iter().map(|(fact, value)| (fact, value)))
}

impl Remedy {
    /// The remedy in words that name no command.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Remedy::MakeContest => lang
                .pick("请给出大赛文件夹，或新建一个", "name the contest folder, or make a new one")
                .into(),
            Remedy::Freeze => lang
                .pick(
                    "请先冻结方案，分段制作和合并要用同一个输出文件夹",
                    "freeze a plan first, in the same folder as the parts and the package",
                )
                .into(),
            Remedy::FreezeAnew => lang
                .pick(
                    "重新冻结方案，再制作各段",
                    "freeze the plan again and make the parts anew",
                )
                .into(),
            Remedy::MatchParts { parts, asked } => lang.pick(
                format!("请从 {parts} 段中选一段，或按 {asked} 段重新冻结方案"),
                format!("choose one of {parts} parts, or freeze the plan anew for {asked}"),
            ),
            Remedy::SayPart { .. } => lang
                .pick("请说明是第几段、共几段", "say which part it is, and of how many")
                .into(),
            Remedy::MakePart => {
                lang.pick("做出这一段，再合并", "make it, and assemble again").into()
            }
            Remedy::MakePartAgain => {
                lang.pick("重做这一段，再合并", "make this part again, and assemble again").into()
            }
            Remedy::NewKey => lang
                .pick(
                    "请启用新的密钥，已发的证书仍然有效",
                    "begin a new one: what was issued stays genuine",
                )
                .into(),
            Remedy::Trust => lang
                .pick(
                    "请给出大赛文件夹、状态清单 status.js 或公钥",
                    "name the contest folder or its status.js, or give the public key",
                )
                .into(),
            Remedy::ListNumbers => lang
                .pick("请在登记簿的编号中核对", "look it up among the register's numbers")
                .into(),
            Remedy::NameField { known } => lang.pick(
                format!("字段可以是：{}", known.join("、")),
                format!("fields are: {}", known.join(", ")),
            ),
            Remedy::Confirm => {
                lang.pick("请核对改动，再确认", "look at the changes, then confirm them").into()
            }
            Remedy::Replace => lang
                .pick(
                    "两份都要，请换一个文件夹，或把它移走；也可以用少的代替它",
                    "to keep both, choose another folder or move it away; or put less in its place",
                )
                .into(),
            Remedy::Reinstate { number } => lang.pick(
                format!("请恢复 {number}"),
                format!("take back the revocation of {number}"),
            ),
            Remedy::Renumber { number } => lang.pick(
                format!("先收回旧证书 {number}，再制作一次，得到新的编号"),
                format!("take the certificate {number} back, then make it again under a new one"),
            ),
            Remedy::Reissue { number, set } => {
                let set: Vec<String> =
                    set.iter().map(|(fact, value)| format!("{fact}=“{value}”")).collect();
                lang.pick(
                    format!("若是更正，请重发 {number}（{}）", set.join("，")),
                    format!("if this is a correction, reissue {number} ({})", set.join(", ")),
                )
            }
            Remedy::ReissueFromSheet => lang.pick("以名单为准", "issue again from the sheet").into(),
            Remedy::DeclareNew { row } => lang.pick(
                format!("若是新的获奖者，请说明 {row} 是新的"),
                format!("if a new winner, say that {row} is new"),
            ),
            Remedy::RemakeAlso { .. } => lang
                .pick("要一并重做，请说明是哪些种类", "to make them anew as well, say which kinds")
                .into(),
            Remedy::CheckSheet => lang
                .pick("请先核对名单，改好其中的错误", "check the sheet and mend its errors first")
                .into(),
            Remedy::AssumeMapping { field, header } => lang.pick(
                format!(
                    "若“{header}”就是这一列，请写进 contest.toml：[columns] {field} = [\"{header}\"]"
                ),
                format!(
                    "if “{header}” is that column, say so in contest.toml: [columns] {field} = [\"{header}\"]"
                ),
            ),
            Remedy::Mend { now, .. } => {
                lang.pick(format!("改为“{now}”"), format!("make it “{now}”"))
            }
            Remedy::DropCorrection { .. } => lang
                .pick("以名单为准，删去这一行", "where the sheet is right, remove this line")
                .into(),
            Remedy::RenewCorrection { says, .. } => lang.pick(
                format!("以更正为准，把这一行的“原文”改成“{says}”"),
                format!("where the correction is right, make its was “{says}”"),
            ),
            Remedy::Allow { code, value } => lang.pick(
                format!("核实无误，在 contest.toml 的 [[rules.allowed]] 写明（code = \"{code}\"，value = \"{value}\"）"),
                format!("if it is right, say so in [[rules.allowed]] of contest.toml (code = \"{code}\", value = \"{value}\")"),
            ),
            Remedy::PutFont { family, single: true, .. } => lang.pick(
                format!("请把含有此字的字体（如 {family}）放进大赛文件夹的 fonts/，或核对此字"),
                format!("put a font that has it, such as {family}, into the contest's fonts/, or check the character"),
            ),
            Remedy::PutFont { family, single: false, .. } => lang.pick(
                format!("请把 {family} 之类的字体放进大赛文件夹的 fonts/"),
                format!("put a font such as {family} into the contest's fonts/"),
            ),
        }
    }
}
