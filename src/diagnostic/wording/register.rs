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
        Kind::SmallerPackage { lost } => {
            let shown: Vec<&str> = lost.iter().take(3).map(String::as_str).collect();
            lang.pick(
                (
                    format!("这个压缩包里有 {} 份文件是这次不做的，例如 {}；没有替换它", lost.len(), shown.join("、")),
                    "两份都要，请用 --out 换一个文件夹，或把它移走；确实要用少的代替它，加 --replace".into(),
                ),
                (
                    format!("holds {} documents that would not be made now, such as {}; it was left alone", lost.len(), shown.join(", ")),
                    "to keep both, choose another folder with --out or move it away; to put less in its place, add --replace".into(),
                ),
            )
        }
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
        Kind::SameMember { name, positions } => {
            let places = |divider: &str| {
                positions.iter().map(ToString::to_string).collect::<Vec<_>>().join(divider)
            };
            lang.pick(
                (
                    format!("成员里有 {} 个“{name}”（第 {} 人），各发一份证书就分不清哪份是谁的", positions.len(), places("、")),
                    format!("若是两个人，请在名单里写得不同，例如“{name}（大）”“{name}（小）”；若是重复填写，请删去一个"),
                ),
                (
                    format!("“{name}” stands {} times among the members (as no. {}), so nobody could tell whose certificate is whose", positions.len(), places(", ")),
                    format!("write two people of one name differently in the sheet, such as “{name} (sen.)” and “{name} (jun.)”; take out a name that was typed twice"),
                ),
            )
        }
        Kind::SameCertificate { number, name, other } => lang.pick(
            (
                format!("“{name}”是（或曾经是）{number} 上的名称，这个编号属于 {other}"),
                "编号发出之后不会给别人：若这是另一个获奖者，请让名称有所区别；若是同一个，请删去这一行".into(),
            ),
            (
                format!("“{name}” is what {number} says, or said before it was corrected; that number belongs to {other}"),
                "a number that was issued goes to nobody else: if this is another winner, write the name differently; if it is the same, remove the row".into(),
            ),
        ),
        Kind::IdentifiersMoved { rows } => lang.pick(
            (
                format!("项目编号重新编过：有 {rows} 行的编号以前是别人的；已按组别、单位和项目名称认出各行，证书编号不变"),
                String::new(),
            ),
            (
                format!("identifiers were numbered anew: those of {rows} rows were other people's; everybody was known by group, organization and project, and keeps the number"),
                String::new(),
            ),
        ),
        Kind::ContestChanged { numbers, differences, another } => {
            let said = |divider: &str, write: &dyn Fn(&Difference) -> String| {
                differences.iter().map(write).collect::<Vec<_>>().join(divider)
            };
            let zh = said("，", &|Difference { fact, was, now }| {
                format!("{}是“{was}”，contest.toml 现在写的是“{now}”", fact.label())
            });
            let en = said("; ", &|Difference { fact, was, now }| {
                format!("{fact} “{was}” where contest.toml now has “{now}”")
            });
            let message = (
                format!("登记簿里已发的 {numbers} 份证书，{zh}"),
                format!("{numbers} certificates in the register have {en}"),
            );
            let help = match another {
                true => (
                    "若是新的一次大赛（或登记簿只是试做留下的）：请另建文件夹，把 contest.toml、名单、templates、fonts 复制过去，在那里制作；这里的登记簿和已发的证书都不要动，也不要撤销。若是同一次大赛写错了：contest.toml 写错的改回去，证书印错的用 accolade reissue 文件夹 --from 名单 --reason 说明 重发",
                    "if this is a new contest (or the register is left from a trial): make a folder of its own, copy contest.toml, the sheet, templates and fonts into it, and run there; leave this register as it is and revoke nothing. If it is the same contest: change contest.toml back, or, if the certificates are wrong: accolade reissue DIR --from SHEET --reason TEXT",
                ),
                false => (
                    "contest.toml 写错了，就改回去；证书印错了，就重发：accolade reissue 文件夹 --from 名单 --reason 说明",
                    "if contest.toml is wrong, change it back; if the certificates are: accolade reissue DIR --from SHEET --reason TEXT",
                ),
            };
            lang.pick((message.0, help.0.into()), (message.1, help.1.into()))
        }
        Kind::NumbersChanged { kind, number, series, numbers } => lang.pick(
            (
                format!("“{kind}”的编号规则改过了：已发的 {numbers} 份如 {number}，照现在的写法应是 {series}"),
                "编号发出之后不能改：请把 contest.toml 中的 number、组别的 code、奖项的次序改回发证时的样子；不必撤销证书。若是另一次大赛，请另建文件夹".into(),
            ),
            (
                format!("“{kind}” is numbered otherwise now: {numbers} were issued such as {number}, which would be {series}"),
                "numbers cannot change once they are issued: restore number, the groups' code and the order of awards in contest.toml as they were; nothing need be revoked. Use a folder of its own for another contest".into(),
            ),
        ),
        Kind::OtherSeries { number, now } => lang.pick(
            (
                format!("已经发出的 {number} 不是{now}的编号"),
                format!("名单写错了，就改名单；组别或奖项确实变了的，编号不能跟着改：先收回旧证书，accolade revoke 文件夹 {number} --reason 说明，再运行一次，得到新的编号"),
            ),
            (
                format!("{number}, which was issued, is no number of {now}"),
                format!("if the sheet is wrong, correct it; if group or award did change, the number cannot move: take the certificate back, accolade revoke DIR {number} --reason TEXT, then run again for a new one"),
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
            let (message_zh, message_en) = (
                format!("“{now}”不在登记簿上，而已发 {number} 的“{was}”不在名单上"),
                format!("“{now}” is not in the register, while “{was}”, who has {number}, is not in the sheet"),
            );
            if changed.is_empty() {
                return lang.pick(
                    (
                        message_zh,
                        format!("若是同一个，请让名单仍写作“{was}”；若是新的：accolade run 文件夹 --new '{row}'"),
                    ),
                    (
                        message_en,
                        format!("if they are the same, let the sheet say “{was}” as before; if this one is new: accolade run DIR --new '{row}'"),
                    ),
                );
            }
            lang.pick(
                (
                    message_zh,
                    format!("若是更正：accolade reissue 文件夹 {number}{set} --reason 说明；若是新的获奖者：accolade run 文件夹 --new '{row}'"),
                ),
                (
                    message_en,
                    format!("if this is a correction: accolade reissue DIR {number}{set} --reason TEXT; if a new winner: accolade run DIR --new '{row}'"),
                ),
            )
        }
        Kind::WinnersMissing { lost, held } => {
            let shown: Vec<String> =
                lost.iter().take(5).map(|(number, who)| format!("{number} {who}")).collect();
            let more = if lost.len() > shown.len() { "……" } else { "" };
            let help = match held {
                0 => (
                    "若是漏了，请补回名单；只有确实取消了获奖资格的，才用 accolade revoke 撤销。以前大赛的证书不要撤销：新的大赛请另建文件夹".to_owned(),
                    "put back a row that was left out; revoke only where the award was withdrawn. Do not revoke an earlier contest's: use a folder of its own for a new one".to_owned(),
                ),
                held => (
                    format!("他们可能就在扣下的 {held} 行里：先改好那些行，再看还有谁不在"),
                    format!("they may stand in the {held} rows that are held: mend those first, then see who is still missing"),
                ),
            };
            lang.pick(
                (
                    format!("已经发出证书的 {} 个不在名单上：{}{more}", lost.len(), shown.join("；")),
                    help.0,
                ),
                (
                    format!("{} who have a certificate are not in the sheet: {}{more}", lost.len(), shown.join("; ")),
                    help.1,
                ),
            )
        }
        Kind::OtherRoster { missing, unknown } => lang.pick(
            (
                format!("这好像是另一份名单：登记簿上的 {missing} 个不在名单里，名单里的 {unknown} 个不在登记簿上"),
                "请核对是不是这份名单、这个文件夹。补充的获奖者，请加进原来的名单；名称改过的，accolade reissue 文件夹 --from 名单 --reason 说明；另一次大赛，或这里只是试做过，请另建文件夹，把 contest.toml 和名单复制过去。这里的登记簿请留着：没有它，编号会重复".into(),
            ),
            (
                format!("this looks like another sheet: {missing} of the register are not in it, and {unknown} in it are not in the register"),
                "check that sheet and folder belong together. Add further winners to the former sheet; for names that were corrected: accolade reissue DIR --from SHEET --reason TEXT; for another contest, or if this folder was only tried out, make a new folder and copy contest.toml and the sheet into it. Keep this register: without it numbers would be given twice".into(),
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
