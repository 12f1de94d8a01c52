//! The register, the key, and what was asked of them.

use super::{Lang, Pair};
use crate::diagnostic::Kind;
use crate::fact::Difference;

/// What is wrong with the register, the key, or what was asked of them.
pub(super) fn keeping(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::BadKey => lang.pick(
            ("不是能用的签名密钥".into(), "请从备份恢复这个文件".into()),
            ("is not a usable signing key".into(), "restore the file from a backup".into()),
        ),
        Kind::KeyMissing { registered } => lang.pick(
            (
                format!("签名密钥不见了（登记簿上的公钥是 {registered}）"),
                "请从备份恢复 signing.key；若确已丢失，accolade register 文件夹 --new-key --reason 说明 启用新的密钥，已发的证书仍然有效".into(),
            ),
            (
                format!("the signing key is gone (the register knows {registered})"),
                "restore signing.key from a backup; if it is lost for good, accolade register DIR --new-key --reason TEXT begins a new one and what was issued stays genuine".into(),
            ),
        ),
        Kind::KeyChanged { registered, found } => lang.pick(
            (
                format!("签名密钥换了：登记簿上的公钥是 {registered}，文件的是 {found}"),
                "请从备份恢复原来的 signing.key；若确要换用，accolade register 文件夹 --new-key --reason 说明".into(),
            ),
            (
                format!("the signing key has changed: the register knows {registered}, the file holds {found}"),
                "restore the former signing.key from a backup; to change it on purpose: accolade register DIR --new-key --reason TEXT".into(),
            ),
        ),
        Kind::KeyKnown => lang.pick(
            (
                "文件夹里的密钥正是登记簿上现用的".into(),
                "要换用新密钥，请先把 signing.key 移到别处保存".into(),
            ),
            (
                "the folder's key is the one in use".into(),
                "to begin a new one, move signing.key away first".into(),
            ),
        ),
        Kind::KeyUnknown => lang.pick(
            (
                "不知道该相信谁的签名".into(),
                "请用 --register 给出大赛文件夹或状态清单 status.js，或用 --key 给出公钥".into(),
            ),
            (
                "there is nothing to say whose signature to trust".into(),
                "name the contest folder or its status.js with --register, or give the public key with --key".into(),
            ),
        ),
        Kind::RegisterBusy => lang.pick(
            ("另一个程序正在使用登记簿".into(), "请等它结束，或关闭打开了 register.db 的程序，再试一次".into()),
            (
                "another process is using the register".into(),
                "wait for it to end, or close whatever has register.db open, and try again".into(),
            ),
        ),
        Kind::RegisterDamaged { error } => lang.pick(
            (format!("登记簿读不了：{error}"), "请从备份恢复 register.db；没有动过它".into()),
            (
                format!("the register cannot be read: {error}"),
                "restore register.db from a backup; it was left as it is".into(),
            ),
        ),
        Kind::RegisterNewer { found, known } => lang.pick(
            (
                format!("登记簿是更新版本的程序写的（第 {found} 版，本程序认得第 {known} 版）"),
                "请换用新版本的 accolade".into(),
            ),
            (
                format!("a newer version of the program has written the register (schema {found}; this one knows {known})"),
                "use the newer accolade".into(),
            ),
        ),
        Kind::ClockBack { now, last } => lang.pick(
            (
                format!("电脑的时钟是 {now}，早于登记簿最后一笔 {last}"),
                "请校准系统时间".into(),
            ),
            (
                format!("the clock says {now}, before the register's last entry of {last}"),
                "set the system's clock".into(),
            ),
        ),
        Kind::UnknownNumber { number, nearest } => {
            let (zh, en) = match nearest {
                Some(near) => (format!("是否应为 {near}？"), format!("did you mean {near}?")),
                None => (
                    "accolade register 文件夹 列出全部编号".into(),
                    "accolade register DIR lists every number".into(),
                ),
            };
            lang.pick(
                (format!("登记簿上没有编号 {number}"), zh),
                (format!("the register has no number {number}"), en),
            )
        }
        Kind::UnknownFact { name, known } => lang.pick(
            (
                format!("没有名为“{name}”的字段"),
                format!("写作 --set 字段=值；字段可以是：{}", known.join("、")),
            ),
            (
                format!("there is no field “{name}”"),
                format!("write --set FIELD=VALUE; fields are: {}", known.join(", ")),
            ),
        ),
        Kind::NotConfirmed => lang.pick(
            ("没有得到确认".into(), "核对以上改动之后，加 --yes 再运行一次".into()),
            ("this was not confirmed".into(), "look at the changes above, then run it again with --yes".into()),
        ),
        Kind::NotRecorded { package } => lang.pick(
            (
                format!("压缩包 {package} 已经写好，但登记簿没能记完"),
                "编号已经保留；排除下面的问题之后原样再运行一次，就会补记".into(),
            ),
            (
                format!("the package {package} is written, but the register could not be completed"),
                "its numbers are reserved: mend what is said below and run the same again, which records them".into(),
            ),
        ),
        Kind::UnknownFormat { known } => lang.pick(
            ("不认得这种文件名".into(), format!("请以这些结尾之一：{}", known.join("、"))),
            ("is no kind of file that can be written".into(), format!("let the name end in {}", known.join(", "))),
        ),
        Kind::FileExists => lang.pick(
            ("已经存在，没有覆盖".into(), "请换一个文件名，或先把它移走".into()),
            (
                "exists already and was left alone".into(),
                "choose another name, or move it away first".into(),
            ),
        ),
        Kind::BadStatusList => lang.pick(
            ("不是状态清单，或被改动过".into(), "请重新取得 status.js".into()),
            ("is no status list, or was changed".into(), "get status.js anew".into()),
        ),
        Kind::NotVerifiable => lang.pick(
            (
                "不是可以核验的文件".into(),
                "可以核验：本程序做的证书 PDF、压缩包，或二维码里的文字或链接".into(),
            ),
            (
                "cannot be verified".into(),
                "give a certificate's PDF, a package, or the text or link in a certificate's code".into(),
            ),
        ),
        Kind::TooManyPages { pages, megabytes } => lang.pick(
            (
                format!("太大：一次最多核验 {pages} 页、{megabytes} MB"),
                "请把要核验的证书单独存成 PDF，或核验整个压缩包".into(),
            ),
            (
                format!("is too large: at most {pages} pages and {megabytes} MB are verified at once"),
                "save the certificates in question as a PDF of their own, or verify the package".into(),
            ),
        ),
        other => unreachable!("{} is not the environment's", other.code()),
    }
}

pub(super) fn register(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::NumberRevoked { number, reason } => lang.pick(
            (
                format!("{number} 已经撤销：{reason}"),
                format!("请从名单中删去这一行；若撤销有误，accolade revoke 文件夹 {number} --undo --reason 说明"),
            ),
            (
                format!("{number} was revoked: {reason}"),
                format!("remove the row; or, if that was wrong: accolade revoke DIR {number} --undo --reason TEXT"),
            ),
        ),
        Kind::NumberValid { number } => lang.pick(
            (format!("{number} 没有被撤销"), String::new()),
            (format!("{number} is not revoked"), String::new()),
        ),
        Kind::OtherSeries { number, now } => lang.pick(
            (
                format!("已经发出的 {number} 不是{now}的编号"),
                format!("编号里有组别、奖项，不能改给别的奖项：先 accolade revoke 文件夹 {number} --reason 说明，再运行一次，得到新的编号"),
            ),
            (
                format!("{number}, which was issued, is no number of {now}"),
                format!("the number tells group and award and cannot move: accolade revoke DIR {number} --reason TEXT, then run again for a new one"),
            ),
        ),
        Kind::FactChanged { number, difference: Difference { fact, was, now } } => {
            let label = lang.pick(fact.label(), fact.name());
            lang.pick(
                (
                    format!("{number} 发出的是{label}“{was}”，名单上却是“{now}”"),
                    "登记的对，就改名单；名单的对，就重发：accolade reissue 文件夹 --from 名单 --reason 说明".into(),
                ),
                (
                    format!("{number} was issued with {label} “{was}”, but the sheet says “{now}”"),
                    "if the register is right, correct the sheet; if the sheet is: accolade reissue DIR --from SHEET --reason TEXT".into(),
                ),
            )
        }
        Kind::Resembles { number, was, now, changed, row } => {
            let set: String =
                changed.iter().map(|(field, value)| format!(" --set {field}=\"{value}\"")).collect();
            let row = row.as_ref().map(ToString::to_string).unwrap_or_default();
            lang.pick(
                (
                    format!("“{now}”不在登记簿上，而已发 {number} 的“{was}”不在名单上"),
                    format!("若是更正：accolade reissue 文件夹 {number}{set} --reason 说明；若是新的获奖者：accolade run 文件夹 --new '{row}'"),
                ),
                (
                    format!("“{now}” is not in the register, while “{was}”, who has {number}, is not in the sheet"),
                    format!("if this is a correction: accolade reissue DIR {number}{set} --reason TEXT; if a new winner: accolade run DIR --new '{row}'"),
                ),
            )
        }
        Kind::WinnersMissing { lost } => {
            let shown: Vec<String> =
                lost.iter().take(5).map(|(number, who)| format!("{number} {who}")).collect();
            let more = if lost.len() > shown.len() { "……" } else { "" };
            lang.pick(
                (
                    format!("已经发出证书的 {} 个不在名单上：{}{more}", lost.len(), shown.join("；")),
                    "若已取消获奖，请用 accolade revoke 撤销；否则请补回名单".into(),
                ),
                (
                    format!("{} who have a certificate are not in the sheet: {}{more}", lost.len(), shown.join("; ")),
                    "revoke the certificate if the award was withdrawn, else put the row back".into(),
                ),
            )
        }
        Kind::OtherRoster { missing, unknown } => lang.pick(
            (
                format!("这好像是另一份名单：登记簿上有 {missing} 个不在其中，其中有 {unknown} 个不在登记簿上"),
                "另一次大赛请另建文件夹；若以前只是试做、什么也没有发出，请把 register.db 移走再运行".into(),
            ),
            (
                format!("this looks like another sheet: {missing} of the register are not in it, and {unknown} in it are not in the register"),
                "use a folder of its own for another contest; if nothing was handed out yet, move register.db away and run again".into(),
            ),
        ),
        Kind::NothingChanged => lang.pick(
            ("没有任何改动，不必重发".into(), "登记簿上已经是这样".into()),
            ("nothing has changed, so nothing was made anew".into(), "the register says the same already".into()),
        ),
        Kind::NotOneEntrant { number } => lang.pick(
            (format!("{number} 不是某一个获奖者的证书"), "改好名单，用 accolade reissue 文件夹 --from 名单".into()),
            (
                format!("{number} is not one entrant's certificate"),
                "correct the sheet, then: accolade reissue DIR --from SHEET".into(),
            ),
        ),
        Kind::AlsoPrinted { documents } => lang.pick(
            (
                format!("这些文件也印着改动的内容：{}", documents.join("、")),
                "要一并重做，加 --also 种类".into(),
            ),
            (
                format!("these documents carry what has changed, too: {}", documents.join(", ")),
                "to make them anew as well, add --also KIND".into(),
            ),
        ),
        Kind::NotLookedUp => lang.pick(
            (
                "名单有错或读不了，没有查出还有哪些文件印着改动的内容".into(),
                "accolade check 说明名单哪里不对".into(),
            ),
            (
                "the sheet has errors or cannot be read, so other documents that carry the change were not looked up".into(),
                "accolade check says what is wrong with the sheet".into(),
            ),
        ),
        Kind::RegisterTampered { serial } => lang.pick(
            (
                format!("登记簿第 {serial} 笔与前后不符：有人改动过"),
                "请与备份核对；状态清单里的 head 是当时最后一笔的哈希值".into(),
            ),
            (
                format!("entry {serial} of the register does not follow from the one before: somebody has changed it"),
                "compare with a backup; head in a status list is the hash of its last entry".into(),
            ),
        ),
        other => unreachable!("{} is not the register's", other.code()),
    }
}
