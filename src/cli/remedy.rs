//! What the program can do about a fault, as the command that asks for it.

use accolade::Lang;
use accolade::fault::Remedy;

/// The remedy with the command or the option to type.
pub(super) fn command(remedy: &Remedy, lang: Lang) -> String {
    match remedy {
        Remedy::MakeContest => lang
            .pick(
                "请给出大赛文件夹，或用 accolade init 文件夹 新建一个",
                "name the contest folder, or make one with: accolade init DIR",
            )
            .into(),
        Remedy::Freeze => lang
            .pick(
                "请先运行 accolade plan，分段制作和合并要用同一个 --out",
                "run accolade plan first, with the same --out as the parts and assemble",
            )
            .into(),
        Remedy::FreezeAnew => lang
            .pick(
                "重新运行 accolade plan，再制作各段",
                "run accolade plan again and make the parts anew",
            )
            .into(),
        Remedy::MatchParts { parts, asked } => lang.pick(
            format!("请写 --shard 第几段/{parts}，或用 accolade plan --parts {asked} 重新冻结"),
            format!("give --shard I/{parts}, or freeze anew with accolade plan --parts {asked}"),
        ),
        Remedy::SayPart { variables } => lang.pick(
            format!(
                "请写 --shard 第几段/共几段；写 auto 时从环境变量取：{}",
                variables.join("、")
            ),
            format!("give --shard I/N; auto takes it from one of {}", variables.join(", ")),
        ),
        Remedy::MakePart => lang
            .pick(
                "用 accolade run --shard 做出来，再合并",
                "make it with accolade run --shard, and assemble again",
            )
            .into(),
        Remedy::MakePartAgain => lang
            .pick(
                "用 accolade run --shard 重做这一段，再合并",
                "make this part again with accolade run --shard, and assemble again",
            )
            .into(),
        Remedy::NewKey => lang
            .pick(
                "accolade register 文件夹 --new-key --reason 说明 启用新的密钥，已发的证书仍然有效",
                "accolade register DIR --new-key --reason TEXT begins a new one and what was issued stays genuine",
            )
            .into(),
        Remedy::Trust => lang
            .pick(
                "请用 --register 给出大赛文件夹或状态清单 status.js，或用 --key 给出公钥",
                "name the contest folder or its status.js with --register, or give the public key with --key",
            )
            .into(),
        Remedy::ListNumbers => lang
            .pick("accolade register 文件夹 列出全部编号", "accolade register DIR lists every number")
            .into(),
        Remedy::NameField { known } => lang.pick(
            format!("写作 --set 字段=值；字段可以是：{}", known.join("、")),
            format!("write --set FIELD=VALUE; fields are: {}", known.join(", ")),
        ),
        Remedy::Confirm => lang
            .pick(
                "核对以上改动之后，加 --yes 再运行一次",
                "look at the changes above, then run it again with --yes",
            )
            .into(),
        Remedy::Replace => lang
            .pick(
                "两份都要，请用 --out 换一个文件夹，或把它移走；确实要用少的代替它，加 --replace",
                "to keep both, choose another folder with --out or move it away; to put less in its place, add --replace",
            )
            .into(),
        Remedy::Reinstate { number } => lang.pick(
            format!("accolade revoke 文件夹 {number} --undo --reason 说明"),
            format!("accolade revoke DIR {number} --undo --reason TEXT"),
        ),
        Remedy::Renumber { number } => lang.pick(
            format!("先收回旧证书，accolade revoke 文件夹 {number} --reason 说明，再运行一次，得到新的编号"),
            format!("take the certificate back, accolade revoke DIR {number} --reason TEXT, then run again for a new one"),
        ),
        Remedy::Reissue { number, set } => {
            let set: String =
                set.iter().map(|(fact, value)| format!(" --set {fact}=\"{value}\"")).collect();
            lang.pick(
                format!("若是更正：accolade reissue 文件夹 {number}{set} --reason 说明"),
                format!("if this is a correction: accolade reissue DIR {number}{set} --reason TEXT"),
            )
        }
        Remedy::ReissueFromSheet => lang
            .pick(
                "accolade reissue 文件夹 --from 名单 --reason 说明",
                "accolade reissue DIR --from SHEET --reason TEXT",
            )
            .into(),
        Remedy::DeclareNew { row } => lang.pick(
            format!("若是新的获奖者：accolade run 文件夹 --new '{row}'"),
            format!("if a new winner: accolade run DIR --new '{row}'"),
        ),
        Remedy::RemakeAlso { .. } => lang
            .pick("要一并重做，加 --also 种类", "to make them anew as well, add --also KIND")
            .into(),
        Remedy::CheckSheet => lang
            .pick(
                "accolade check 说明名单哪里不对",
                "accolade check says what is wrong with the sheet",
            )
            .into(),
        Remedy::AssumeMapping { header, .. } => lang.pick(
            format!("若“{header}”就是这一列，请加 --assume-mapping 再核对一次，会记在 contest.toml 的 [columns]"),
            format!("if “{header}” is that column, check again with --assume-mapping, which writes it into [columns] of contest.toml"),
        ),
        // Nothing that a command could do.
        remedy @ (Remedy::PutFont { .. }
        | Remedy::Mend { .. }
        | Remedy::DropCorrection { .. }
        | Remedy::RenewCorrection { .. }
        | Remedy::Allow { .. }) => remedy.sentence(lang),
    }
}
