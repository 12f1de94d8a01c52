//! The register, the key, and what was asked of them.

use super::domain::{Domain, Pair, faults};
use super::remedy::Remedy;
use crate::lang::Lang;

faults! {
    /// The register, the key, and what was asked of them.
    Register {
        BadKey => "bad-key", Error, Environment;
        KeyMissing { registered: String } => "key-missing", Error, Environment;
        KeyChanged { registered: String, found: String } => "key-changed", Error, Environment;
        KeyKnown => "key-known", Error, Usage;
        KeyUnknown => "key-unknown", Error, Usage;
        RegisterBusy => "register-busy", Error, Transient;
        RegisterDamaged { error: String } => "register-damaged", Error, Environment;
        RegisterNewer { found: i32, known: i32 } => "register-newer", Error, Environment;
        RegisterTampered { serial: i64 } => "register-tampered", Error, Data;
        ClockBack { now: String, last: String } => "clock-back", Error, Environment;
        UnknownNumber { number: String, nearest: Option<String> } => "unknown-number", Error, Usage;
        UnknownFact { name: String, known: Vec<String> } => "unknown-fact", Error, Usage;
        NotConfirmed => "not-confirmed", Error, Usage;
        /// A certificate that a proposal leaves as it is.
        NotProposed { number: String } => "not-proposed", Error, Usage;
        NotRecorded { package: String } => "not-recorded", Error, Transient;
        BadStatusList => "bad-status-list", Error, Environment;
    }
}

impl Domain for Register {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Register::BadKey => lang.pick(
                ("不是能用的签名密钥".into(), "请从备份恢复这个文件".into()),
                ("is not a usable signing key".into(), "restore the file from a backup".into()),
            ),
            Register::KeyMissing { registered } => lang.pick(
                (
                    format!("签名密钥不见了（登记簿上的公钥是 {registered}）"),
                    "请从备份恢复 signing.key；若确已丢失，".into(),
                ),
                (
                    format!("the signing key is gone (the register knows {registered})"),
                    "restore signing.key from a backup; if it is lost for good, ".into(),
                ),
            ),
            Register::KeyChanged { registered, found } => lang.pick(
                (
                    format!("签名密钥换了：登记簿上的公钥是 {registered}，文件的是 {found}"),
                    "请从备份恢复原来的 signing.key；若确要换用，".into(),
                ),
                (
                    format!("the signing key has changed: the register knows {registered}, the file holds {found}"),
                    "restore the former signing.key from a backup; to change it on purpose, ".into(),
                ),
            ),
            Register::KeyKnown => lang.pick(
                (
                    "文件夹里的密钥正是登记簿上现用的".into(),
                    "要换用新密钥，请先把 signing.key 移到别处保存".into(),
                ),
                (
                    "the folder's key is the one in use".into(),
                    "to begin a new one, move signing.key away first".into(),
                ),
            ),
            Register::KeyUnknown => {
                let message =
                    lang.pick("不知道该相信谁的签名", "there is nothing to say whose signature to trust");
                (message.into(), String::new())
            }
            Register::RegisterBusy => lang.pick(
                ("另一个程序正在使用登记簿".into(), "请等它结束，或关闭打开了 register.db 的程序，再试一次".into()),
                (
                    "another process is using the register".into(),
                    "wait for it to end, or close whatever has register.db open, and try again".into(),
                ),
            ),
            Register::RegisterDamaged { error } => lang.pick(
                (format!("登记簿读不了：{error}"), "请从备份恢复 register.db；没有动过它".into()),
                (
                    format!("the register cannot be read: {error}"),
                    "restore register.db from a backup; it was left as it is".into(),
                ),
            ),
            Register::RegisterNewer { found, known } => lang.pick(
                (
                    format!("登记簿是更新版本的程序写的（第 {found} 版，本程序认得第 {known} 版）"),
                    "请换用新版本的 accolade".into(),
                ),
                (
                    format!("a newer version of the program has written the register (schema {found}; this one knows {known})"),
                    "use the newer accolade".into(),
                ),
            ),
            Register::RegisterTampered { serial } => lang.pick(
                (
                    format!("登记簿第 {serial} 笔与前后不符：有人改动过"),
                    "请与备份核对；状态清单里的 head 是当时最后一笔的哈希值".into(),
                ),
                (
                    format!("entry {serial} of the register does not follow from the one before: somebody has changed it"),
                    "compare with a backup; head in a status list is the hash of its last entry".into(),
                ),
            ),
            Register::ClockBack { now, last } => lang.pick(
                (
                    format!("电脑的时钟是 {now}，早于登记簿最后一笔 {last}"),
                    "请校准系统时间".into(),
                ),
                (
                    format!("the clock says {now}, before the register's last entry of {last}"),
                    "set the system's clock".into(),
                ),
            ),
            Register::UnknownNumber { number, nearest } => {
                let (zh, en) = match nearest {
                    Some(near) => (format!("是否应为 {near}？"), format!("did you mean {near}?")),
                    None => (String::new(), String::new()),
                };
                lang.pick(
                    (format!("登记簿上没有编号 {number}"), zh),
                    (format!("the register has no number {number}"), en),
                )
            }
            Register::UnknownFact { name, .. } => {
                let message = lang.pick(
                    format!("没有名为“{name}”的字段"),
                    format!("there is no field “{name}”"),
                );
                (message, String::new())
            }
            Register::NotConfirmed => {
                (lang.pick("没有得到确认", "this was not confirmed").into(), String::new())
            }
            Register::NotProposed { number } => lang.pick(
                (format!("{number} 没有改动，不在要重发的证书里"), "请重新比较，再选".into()),
                (
                    format!("{number} has not changed, so there is nothing to reissue"),
                    "compare again and choose from what has".into(),
                ),
            ),
            Register::NotRecorded { package } => lang.pick(
                (
                    format!("压缩包 {package} 已经写好，但登记簿没能记完"),
                    "编号已经保留；排除下面的问题之后原样再运行一次，就会补记".into(),
                ),
                (
                    format!("the package {package} is written, but the register could not be completed"),
                    "its numbers are reserved: mend what is said below and run the same again, which records them".into(),
                ),
            ),
            Register::BadStatusList => lang.pick(
                ("不是状态清单，或被改动过".into(), "请重新取得 status.js".into()),
                ("is no status list, or was changed".into(), "get status.js anew".into()),
            ),
        }
    }

    fn remedies(&self) -> Vec<Remedy> {
        match self {
            Register::KeyMissing { .. } | Register::KeyChanged { .. } => vec![Remedy::NewKey],
            Register::KeyUnknown => vec![Remedy::Trust],
            Register::UnknownNumber { nearest: None, .. } => vec![Remedy::ListNumbers],
            Register::UnknownFact { known, .. } => vec![Remedy::NameField { known: known.clone() }],
            Register::NotConfirmed => vec![Remedy::Confirm],
            _ => Vec::new(),
        }
    }
}
