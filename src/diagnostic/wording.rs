//! Every sentence about a diagnostic, in Chinese and in English.
//!
//! A message says what is wrong; the help says what to do about it.

use super::{Bound, Diagnostic, Kind, PatternFault, RULES, Severity};
use crate::cell::CellRef;
use crate::fact::Difference;
use crate::field::Field;

/// How many cells a message names.
const SHOWN_CELLS: usize = 8;

/// The language people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// 简体中文.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The one of two texts that is in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A field's name in this language.
    pub fn field(self, field: Field) -> &'static str {
        self.pick(field.label(), field.name())
    }

    /// A severity's name in this language.
    pub fn severity(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.pick("错误", "error"),
            Severity::Warning => self.pick("警告", "warning"),
            Severity::Info => self.pick("提示", "info"),
        }
    }
}

/// A diagnostic in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// What is wrong.
    pub message: String,
    /// What to do; empty where there is nothing to do.
    pub help: String,
}

impl Diagnostic {
    /// The diagnostic in `lang`, without its place and rows.
    pub fn wording(&self, lang: Lang) -> Wording {
        let (message, help) = match &self.kind {
            kind if kind.blames_environment() => environment(kind, lang),
            Kind::TomlSyntax { .. }
            | Kind::UnknownKey { .. }
            | Kind::MissingKey { .. }
            | Kind::EmptyList { .. }
            | Kind::WrongType { .. }
            | Kind::NotAllowed { .. }
            | Kind::Repeated { .. }
            | Kind::BadPattern { .. }
            | Kind::BeforeFinal { .. }
            | Kind::NotARule { .. }
            | Kind::AllowanceUnused { .. }
            | Kind::UnknownTemplate { .. }
            | Kind::StandardsConflict { .. }
            | Kind::BadFont => contest(&self.kind, lang),
            Kind::NumberRevoked { .. }
            | Kind::NumberValid { .. }
            | Kind::OtherSeries { .. }
            | Kind::FactChanged { .. }
            | Kind::Resembles { .. }
            | Kind::WinnersMissing { .. }
            | Kind::OtherRoster { .. }
            | Kind::NothingChanged
            | Kind::NotOneEntrant { .. }
            | Kind::AlsoPrinted { .. }
            | Kind::NotLookedUp
            | Kind::RegisterTampered { .. } => register(&self.kind, lang),
            Kind::NumberTwice { .. }
            | Kind::CodeTooLong { .. }
            | Kind::CodeNotShown { .. }
            | Kind::CodeTooFine { .. }
            | Kind::NoDocument { .. }
            | Kind::ListsHeld { .. }
            | Kind::Template { .. }
            | Kind::TemplateWarning { .. }
            | Kind::PageCount { .. }
            | Kind::NotReadable { .. }
            | Kind::OutsidePage { .. } => documents(&self.kind, lang),
            Kind::SameEntrant { .. }
            | Kind::TooManyMembers { .. }
            | Kind::SharedMember { .. }
            | Kind::RepeatedProject { .. }
            | Kind::SimilarProject { .. }
            | Kind::SameProjectName { .. }
            | Kind::RegisteredTooEarly { .. }
            | Kind::AwardCount { .. }
            | Kind::OverQuota { .. }
            | Kind::Outranked { .. }
            | Kind::Excluded { .. }
            | Kind::ResemblesExcluded { .. }
            | Kind::NothingExcluded { .. } => rule(&self.kind, lang),
            kind => sheet(kind, lang),
        };
        match &self.allowed {
            None => Wording { message, help },
            Some(reason) => {
                let allowed =
                    lang.pick(format!("；已准许：{reason}"), format!("; allowed: {reason}"));
                Wording { message: message + &allowed, help: String::new() }
            }
        }
    }
}

/// Message and help.
type Pair = (String, String);

fn environment(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::CannotRead { error } => lang.pick(
            (format!("读不了：{error}"), "请核对路径和权限；若文件正在 WPS 或 Excel 中打开，请先关闭".into()),
            (
                format!("cannot be read: {error}"),
                "check the path and the permissions; close the file if it is open elsewhere".into(),
            ),
        ),
        Kind::CannotWrite { error } => lang.pick(
            (
                format!("写不进去：{error}"),
                "请核对磁盘空间、权限，以及文件是否正被打开；原有的文件没有改动".into(),
            ),
            (
                format!("cannot be written: {error}"),
                "check disk space, permissions and whether the file is open; what was there is untouched"
                    .into(),
            ),
        ),
        Kind::NotAFolder => lang.pick(
            ("这是文件，不是文件夹".into(), "--out 要给出一个文件夹，压缩包放在其中".into()),
            ("is a file, not a folder".into(), "give --out a folder; the package goes into it".into()),
        ),
        Kind::Interrupted => lang.pick(
            ("运行被中断".into(), "再运行一次即可，结果与不中断时相同".into()),
            ("the run was interrupted".into(), "run it again: the result will be the same".into()),
        ),
        Kind::NoContest => lang.pick(
            (
                "这里没有 contest.toml，不是大赛文件夹".into(),
                "请给出大赛文件夹，或用 accolade init 文件夹 新建一个".into(),
            ),
            (
                "holds no contest.toml, so it is not a contest folder".into(),
                "name the contest folder, or make one with: accolade init DIR".into(),
            ),
        ),
        Kind::ContestExists => lang.pick(
            ("已经存在，没有覆盖".into(), "请换一个文件夹".into()),
            ("exists already and was left alone".into(), "choose another folder".into()),
        ),
        Kind::UnknownDocumentKind { name, known } => lang.pick(
            (
                format!("contest.toml 里没有名为“{name}”的文件种类"),
                format!("可用的种类：{}", known.join("、")),
            ),
            (
                format!("contest.toml defines no document kind named “{name}”"),
                format!("choose from: {}", known.join(", ")),
            ),
        ),
        Kind::NothingMatches { which } => lang.pick(
            (
                format!("没有与“{which}”相符的文件"),
                "可以写编号、行的地址（如 企业组!D5）、单位或项目名称的一部分、或文件种类".into(),
            ),
            (
                format!("no document matches “{which}”"),
                "give a number, a row's address (企业组!D5), part of an organization's or project's name, or a document kind".into(),
            ),
        ),
        other => keeping(other, lang),
    }
}

/// What is wrong with the register, the key, or what was asked of them.
fn keeping(kind: &Kind, lang: Lang) -> Pair {
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
        other => unreachable!("{} is not the environment's", other.code()),
    }
}

fn register(kind: &Kind, lang: Lang) -> Pair {
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

fn contest(kind: &Kind, lang: Lang) -> Pair {
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
                format!("内置模板：{}；自己的模板放在大赛文件夹的 templates/ 中", known.join("、")),
            ),
            (
                format!("there is no template “{name}”"),
                format!(
                    "built in: {}; your own go into the contest's templates/",
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

fn sheet(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::NotAWorkbook { error } => lang.pick(
            (
                format!("不能当作表格读取：{error}"),
                "请在 WPS 或 Excel 中打开，去掉密码，另存为 .xlsx 再试".into(),
            ),
            (
                format!("cannot be read as a spreadsheet: {error}"),
                "open it in WPS or Excel, remove any password, and save it as .xlsx".into(),
            ),
        ),
        Kind::DamagedWorkbook => lang.pick(
            (
                "文件已损坏或不完整".into(),
                "请重新取得这份文件，或在 WPS 或 Excel 中打开，另存为 .xlsx 再试".into(),
            ),
            (
                "is damaged or incomplete".into(),
                "get the file again, or open it in WPS or Excel and save it as .xlsx".into(),
            ),
        ),
        Kind::Encrypted => lang.pick(
            (
                "文件设有密码".into(),
                "请在 WPS 或 Excel 中输入密码打开，去掉密码，另存为 .xlsx 再试".into(),
            ),
            (
                "is protected with a password".into(),
                "open it with the password, remove the password, and save it as .xlsx".into(),
            ),
        ),
        Kind::TooLarge { bound } => lang.pick(
            (
                match bound {
                    Bound::File(mib) => format!("文件超过 {mib} MB，不像获奖名单"),
                    Bound::Unpacked(mib) => format!("文件展开后超过 {mib} MB，不像获奖名单"),
                    Bound::Cells(count) => format!("有内容的单元格超过 {count} 个，不像获奖名单"),
                    Bound::Sheets(count) => format!("工作表超过 {count} 张，不像获奖名单"),
                },
                "请把获奖名单单独复制到新的表格，另存为 .xlsx 再试".into(),
            ),
            (
                match bound {
                    Bound::File(mib) => format!("is larger than {mib} MB, as no award sheet is"),
                    Bound::Unpacked(mib) => {
                        format!("unpacks to more than {mib} MB, as no award sheet does")
                    }
                    Bound::Cells(count) => {
                        format!("has more than {count} cells, as no award sheet has")
                    }
                    Bound::Sheets(count) => {
                        format!("has more than {count} sheets, as no award sheet has")
                    }
                },
                "copy the award table alone into a new workbook and save it as .xlsx".into(),
            ),
        ),
        Kind::EmptyWorkbook => lang.pick(
            ("文件中没有任何内容".into(), "请核对是不是这份文件，保存后再试".into()),
            ("holds nothing at all".into(), "check that it is the right file and was saved".into()),
        ),
        Kind::WrongExtension { named, is } => lang.pick(
            (
                format!("文件名以 .{named} 结尾，内容却是 {is}，已按 {is} 读取"),
                "不必处理；要消除此提示，请在 WPS 中另存为 .xlsx".into(),
            ),
            (
                format!("the name ends in .{named}, the content is {is}; it was read as {is}"),
                "nothing need be done; save it as .xlsx to be rid of this".into(),
            ),
        ),
        Kind::NotText => lang.pick(
            (
                "既不是表格文件，也不是 UTF-8、UTF-16 或 GB18030 的文本".into(),
                "请在 WPS 或 Excel 中打开，另存为 .xlsx 再试".into(),
            ),
            (
                "is neither a spreadsheet nor text in UTF-8, UTF-16 or GB18030".into(),
                "open it in WPS or Excel and save it as .xlsx".into(),
            ),
        ),
        Kind::NoTable { sheets } => lang.pick(
            (
                format!("各工作表中都没有找到获奖名单：{}", sheets.join("、")),
                "名单要有一行表头，至少写明“项目名称”“参赛单位”“奖项”；别的列名可写进 contest.toml 的 [columns]".into(),
            ),
            (
                format!("no sheet holds an award table: {}", sheets.join(", ")),
                "the table needs a header row with at least 项目名称, 参赛单位 and 奖项; other header words go into [columns] of contest.toml".into(),
            ),
        ),
        Kind::SheetWithoutTable { sheet } => lang.pick(
            (format!("工作表“{sheet}”没有获奖名单，已略过"), String::new()),
            (format!("sheet “{sheet}” holds no award table and was skipped"), String::new()),
        ),
        Kind::HiddenSheet { sheet } => lang.pick(
            (
                format!("工作表“{sheet}”是隐藏的，已略过"),
                "若其中有获奖项目，请在 WPS 中取消隐藏".into(),
            ),
            (
                format!("sheet “{sheet}” is hidden and was skipped"),
                "unhide it if it holds winners".into(),
            ),
        ),
        Kind::NoEntrants => lang.pick(
            ("名单的表头之下没有获奖项目".into(), "请核对是否给错了文件".into()),
            ("the award table has no rows".into(), "check that it is the right file".into()),
        ),
        Kind::MissingColumn { field, near, .. } if near.len() == 1 => lang.pick(
            (
                format!("表头中没有“{}”一列", field.label()),
                format!("若“{}”就是这一列，请加 --assume-mapping 再核对一次，会记在 contest.toml 的 [columns]", near[0]),
            ),
            (
                format!("the header has no column for {field} ({})", field.label()),
                format!("if “{}” is that column, check again with --assume-mapping, which writes it into [columns] of contest.toml", near[0]),
            ),
        ),
        Kind::MissingColumn { field, headers, .. } => {
            let others = |divider: &str| headers.join(divider);
            let (zh, en) = match headers.as_slice() {
                [] => (String::new(), String::new()),
                _ => (
                    format!("；认不出的列：{}", others("、")),
                    format!("; columns that were not recognized: {}", others(", ")),
                ),
            };
            let placed = matches!(field, Field::Group | Field::Award);
            lang.pick(
                (
                    format!("表头中没有“{}”一列{zh}", field.label()),
                    format!(
                        "请补上这一列{}，或把它现在的列名写进 contest.toml：[columns] {} = [\"…\"]",
                        if placed { "（也可以写在工作表名或小标题里）" } else { "" },
                        field.name()
                    ),
                ),
                (
                    format!("the header has no column for {field} ({}){en}", field.label()),
                    format!(
                        "add it{}, or name its header words in contest.toml: [columns] {field} = [\"…\"]",
                        if placed { " (a sheet's name or a section's head may tell it, too)" } else { "" }
                    ),
                ),
            )
        }
        Kind::CountDiffers { stated, rows } => lang.pick(
            (
                format!("这里写明 {stated} 个，下面却有 {rows} 行"),
                "请核对有没有漏掉或多出的行，或改正这里的数目".into(),
            ),
            (
                format!("states {stated}, but {rows} rows follow"),
                "look for a row that is missing or too many, or correct the number".into(),
            ),
        ),
        Kind::MembersDivided { from, to } => lang.pick(
            (
                format!("“{}”读作 {} 人：{}", visible(from), to.len(), to.join("、")),
                "若不是这样，请用顿号分开".into(),
            ),
            (
                format!("“{}” was read as {} people: {}", visible(from), to.len(), to.join(", ")),
                "divide them by 、 if that is wrong".into(),
            ),
        ),
        Kind::TooManyDigits { field, value } => lang.pick(
            (
                format!("“{}”存成了数字 {value}，末尾几位可能已经丢失", field.label()),
                "请把单元格设为文本，重新填写".into(),
            ),
            (
                format!("{field} is stored as the number {value}, whose last digits may be lost"),
                "format the cell as text and type it again".into(),
            ),
        ),
        Kind::HiddenRows { rows } => lang.pick(
            (
                format!("有 {rows} 行是隐藏的或被筛选掉的，仍照常读取"),
                "若不应算作获奖项目，请删去这些行".into(),
            ),
            (
                format!("{rows} rows are hidden or filtered out and were read all the same"),
                "delete them if they are no winners".into(),
            ),
        ),
        Kind::AmbiguousColumn { field, headers } => lang.pick(
            (
                format!("有不止一列可作“{}”：{}", field.label(), headers.join("、")),
                "请只留一列，或改掉另一列的列名".into(),
            ),
            (
                format!("more than one column fits {field}: {}", headers.join(", ")),
                "keep one, or rename the other".into(),
            ),
        ),
        Kind::MissingValue { field } => lang.pick(
            (format!("“{}”是空的", field.label()), "请填写".into()),
            (format!("{} is empty", lang.field(*field)), "fill it in".into()),
        ),
        Kind::Placed { field, name, sheet } => lang.pick(
            (
                format!("工作表“{sheet}”没有“{}”一列，依标题或工作表名都作“{name}”", field.label()),
                "若不是这样，请补上这一列".into(),
            ),
            (
                format!("sheet “{sheet}” has no column for {field}; by its title or name all rows are “{name}”"),
                "add the column if that is wrong".into(),
            ),
        ),
        Kind::NoCachedValue { field } => lang.pick(
            (
                format!("“{}”是公式，文件里没有存下它的结果", field.label()),
                "请在 WPS 或 Excel 中打开，保存一次，或直接填写".into(),
            ),
            (
                format!("{field} is a formula whose result is not in the file"),
                "open the file in WPS or Excel and save it once, or type the value".into(),
            ),
        ),
        Kind::ErrorValue { field, value } => lang.pick(
            (format!("“{}”是公式错误 {value}", field.label()), "请改正公式或直接填写".into()),
            (format!("{field} holds the formula error {value}"), "mend the formula or type the value".into()),
        ),
        Kind::UnknownName { field, value, known, nearest } => {
            let (zh, en) = match nearest {
                Some(near) => (format!("是否应为“{near}”？"), format!("did you mean “{near}”?")),
                None => (
                    format!("可以是：{}；别的写法请加进 contest.toml 的 aliases", known.join("、")),
                    format!("choose from: {}; other spellings go into aliases in contest.toml", known.join(", ")),
                ),
            };
            lang.pick(
                (format!("contest.toml 中没有名为“{value}”的{}", name_of(*field)), zh),
                (format!("contest.toml knows no {field} “{value}”"), en),
            )
        }
        Kind::NotANumber { field, value } => lang.pick(
            (format!("“{}”不是数：{value}", field.label()), "请只填数字".into()),
            (format!("{field} is not a number: {value}"), "type digits only".into()),
        ),
        Kind::NotADate { field, value } => lang.pick(
            (format!("“{}”不是日期：{value}", field.label()), "请写成 2025-11-04 的样子".into()),
            (format!("{field} is not a date: {value}"), "write it like 2025-11-04".into()),
        ),
        Kind::NotYesOrNo { field, value } => lang.pick(
            (format!("“{}”看不出是或否：{value}", field.label()), "请写“是”或“否”，或打“√”，或留空".into()),
            (format!("{field} is neither yes nor no: {value}"), "write 是 or 否, tick √, or leave it empty".into()),
        ),
        Kind::TextCleaned { from, to } => lang.pick(
            (format!("“{}”读作“{to}”", visible(from)), "若不是这样，请改正单元格".into()),
            (format!("“{}” was read as “{to}”", visible(from)), "correct the cell if that is wrong".into()),
        ),
        Kind::ReadAs { field, from, to } => lang.pick(
            (format!("{}“{from}”读作“{to}”", name_of(*field)), String::new()),
            (format!("{field} “{from}” was read as “{to}”"), String::new()),
        ),
        Kind::RowWithoutEntrant { text } => lang.pick(
            (
                format!("这一行没有项目名称和参赛单位，当作不是获奖项目略过：{text}"),
                "若是获奖项目，请补齐；若不是，不必理会".into(),
            ),
            (
                format!("this row names neither project nor organization and was skipped: {text}"),
                "complete it if it is a winner".into(),
            ),
        ),
        Kind::BlankInName { name } => lang.pick(
            (format!("“{name}”中间有空格，看不出是几个人"), "请用顿号分开，或去掉姓名中间的空格".into()),
            (
                format!("“{name}” has blanks inside that do not tell how many people it names"),
                "divide people by 、 and take blanks out of names".into(),
            ),
        ),
        Kind::MissingGlyph { character } => lang.pick(
            (
                format!("没有字体能印出“{character}”（U+{:04X}）", u32::from(*character)),
                "请把含有此字的字体放进大赛文件夹的 fonts/，或核对此字".into(),
            ),
            (
                format!("no font has “{character}” (U+{:04X})", u32::from(*character)),
                "put a font that has it into the contest's fonts/, or check the character".into(),
            ),
        ),
        other => unreachable!("{} is not the sheet's", other.code()),
    }
}

/// What the rules of a contest are broken by.
fn rule(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::SameEntrant { project, organization, other } => lang.pick(
            (
                format!("与 {other} 是同一个项目：{organization}“{project}”"),
                "请删去重复的一行；若确是两个项目，请让名称有所区别".into(),
            ),
            (
                format!("is the same entrant as {other}: {organization}, “{project}”"),
                "remove one of the rows, or tell the projects apart by name".into(),
            ),
        ),
        Kind::TooManyMembers { count, limit } => lang.pick(
            (
                format!("核心成员有 {count} 人，规则为不超过 {limit} 人"),
                "请与获奖者核对；证书仍按名单全部印出".into(),
            ),
            (
                format!("names {count} core members where the rule allows {limit}"),
                "check with the winner; the certificate still names them all".into(),
            ),
        ),
        Kind::RegisteredTooEarly { date, since } => lang.pick(
            (
                format!("注册时间为 {date}，规则要求在 {since}（含）之后"),
                "请核对注册时间和组别".into(),
            ),
            (
                format!("registered on {date}, but the rule asks for {since} or later"),
                "check the date and the group".into(),
            ),
        ),
        Kind::OverQuota { group, count, quota, others } => lang.pick(
            (
                format!("{group}推荐了 {count} 个项目，名额为 {quota} 个{}", also(others, lang)),
                "请减少推荐，或改正 contest.toml 中的 quota".into(),
            ),
            (
                format!("{group} recommends {count} projects where the quota is {quota}{}", also(others, lang)),
                "recommend fewer, or correct quota in contest.toml".into(),
            ),
        ),
        Kind::SharedMember { name, others } => {
            let cells = cells(others, lang);
            lang.pick(
                (
                    format!("“{name}”也是别的团队的核心成员：{cells}"),
                    "请与各团队核对；若是同名不同人，请在 contest.toml 的 [[rules.allowed]] 写明".into(),
                ),
                (
                    format!("“{name}” is a core member of other teams, too: {cells}"),
                    "check with the teams; two people of one name go into [[rules.allowed]] of contest.toml".into(),
                ),
            )
        }
        Kind::RepeatedProject { project, organization, other } => lang.pick(
            (
                format!("{organization}的“{project}”在 {other} 已有"),
                "同一项目只能有一行，请删去一行".into(),
            ),
            (
                format!("“{project}” of {organization} stands at {other} already"),
                "a project has one row: remove one of them".into(),
            ),
        ),
        Kind::SimilarProject { project, alike, other } => lang.pick(
            (
                format!("“{project}”与同一单位的“{alike}”（{other}）相似"),
                "请核对是不是同一个项目；不是的，可在 contest.toml 的 [[rules.allowed]] 写明".into(),
            ),
            (
                format!("“{project}” is much like “{alike}” of the same organization ({other})"),
                "check whether they are one project; if not, [[rules.allowed]] of contest.toml can say so".into(),
            ),
        ),
        Kind::SameProjectName { project, organization, other } => lang.pick(
            (
                format!("“{project}”与{organization}的项目（{other}）同名"),
                "请核对是不是同一个项目".into(),
            ),
            (
                format!("“{project}” has the name of a project of {organization} ({other})"),
                "check whether they are one project".into(),
            ),
        ),
        Kind::AwardCount { group, award, count, announced, others } => lang.pick(
            (
                format!("{group}{award}有 {count} 个，公布的是 {announced} 个{}", also(others, lang)),
                "请核对名单，或改正 contest.toml 中该组的 counts".into(),
            ),
            (
                format!("{group} has {count} of {award}, but the number announced is {announced}{}", also(others, lang)),
                "check the sheet, or correct counts of the group in contest.toml".into(),
            ),
        ),
        Kind::Outranked { project, standing, better, better_standing, other } => lang.pick(
            (
                format!("“{project}”（{standing}）得到推荐，而名次在前的“{better}”（{better_standing}，{other}）没有"),
                "请核对推荐和名次".into(),
            ),
            (
                format!("“{project}” ({standing}) is recommended, but “{better}” ({better_standing}, {other}), which ranks higher, is not"),
                "check recommendations and ranks".into(),
            ),
        ),
        Kind::Excluded { project, list, entry } => lang.pick(
            (
                format!("“{project}”在“{list}”中（{entry}），不得参赛"),
                "请核对，并删去这一行；若确可参赛，请在 contest.toml 的 [[rules.allowed]] 写明理由".into(),
            ),
            (
                format!("“{project}” is in “{list}” ({entry}) and may not take part"),
                "check it; remove the row, or say in [[rules.allowed]] of contest.toml why it may stay".into(),
            ),
        ),
        Kind::ResemblesExcluded { project, list, entry, alike } => lang.pick(
            (
                format!("“{project}”与“{list}”中的“{alike}”（{entry}）相似"),
                "请核对是不是同一个项目".into(),
            ),
            (
                format!("“{project}” is much like “{alike}” in “{list}” ({entry})"),
                "check whether they are one project".into(),
            ),
        ),
        Kind::NothingExcluded { list } => lang.pick(
            (format!("“{list}”里没有读到任何项目名称"), "请核对是否给错了文件".into()),
            (format!("“{list}” names no project"), "check that it is the right file".into()),
        ),
        other => unreachable!("{} is no rule", other.code()),
    }
}

fn documents(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::CodeTooLong { document } => lang.pick(
            (format!("{document}：要印的内容太长，二维码装不下"), "请缩短名称".into()),
            (format!("{document}: no code can hold so much text"), "shorten the names".into()),
        ),
        Kind::CodeNotShown { document } => lang.pick(
            (format!("{document} 的版面上没有防伪二维码"), "请在模板中画出 entry.document.code，或从 prove 中去掉 code".into()),
            (
                format!("the code is not on the page of {document}"),
                "let the template show entry.document.code, or take code out of prove".into(),
            ),
        ),
        Kind::CodeTooFine { document, module } => lang.pick(
            (format!("{document} 的二维码太密：每格 {module} mm，不足 0.33 mm"), "请在模板中画大一些".into()),
            (
                format!("the code of {document} is too fine: {module} mm a module where paper needs 0.33"),
                "draw it larger in the template".into(),
            ),
        ),
        Kind::NumberTwice { number } => lang.pick(
            (
                format!("编号“{number}”用了两次"),
                "请在 number 中加上 {seq:03}，或让不同种类的前缀不同".into(),
            ),
            (
                format!("the number “{number}” is used twice"),
                "add {seq:03} to number, or give each kind its own prefix".into(),
            ),
        ),
        Kind::NoDocument { project } => lang.pick(
            (
                format!("“{project}”没有任何证书或文件"),
                "请核对 contest.toml 中 [[documents]] 的 where".into(),
            ),
            (
                format!("“{project}” gets no document of its own"),
                "check where of [[documents]] in contest.toml".into(),
            ),
        ),
        Kind::ListsHeld { kinds } => lang.pick(
            (
                format!("有行被扣下，名单不完整，所以没有制作：{}", kinds.join("、")),
                "改正扣下的行之后再运行，即可得到完整的文件".into(),
            ),
            (
                format!(
                    "not made, because rows are held and the lists would be incomplete: {}",
                    kinds.join(", ")
                ),
                "mend the held rows and run again to get them".into(),
            ),
        ),
        Kind::Template { message, hints } => lang.pick(
            (format!("模板不能排版：{message}"), hints.join("；")),
            (format!("the template fails: {message}"), hints.join("; ")),
        ),
        Kind::TemplateWarning { message, hints } => lang.pick(
            (format!("模板警告：{message}"), hints.join("；")),
            (format!("template warning: {message}"), hints.join("; ")),
        ),
        Kind::PageCount { document, expected, found } => lang.pick(
            (
                format!("“{document}”应有 {expected} 页，排出了 {found} 页"),
                "文字过长，请核对该行，或改模板".into(),
            ),
            (
                format!("“{document}” should have {expected} pages but has {found}"),
                "the text is too long: check the row, or change the template".into(),
            ),
        ),
        Kind::NotReadable { document, field, value } => lang.pick(
            (
                format!("“{document}”的版面上读不到 {field}“{value}”"),
                "模板没有印出它，请改模板或 prove".into(),
            ),
            (
                format!("“{document}” does not show {field} “{value}”"),
                "the template does not print it: change the template or prove".into(),
            ),
        ),
        Kind::OutsidePage { document, page, text } => lang.pick(
            (
                format!("“{document}”第 {page} 页有内容超出纸边：{text}"),
                "文字过长，请核对该行，或改模板".into(),
            ),
            (
                format!("“{document}” page {page} has something outside the paper: {text}"),
                "the text is too long: check the row, or change the template".into(),
            ),
        ),
        other => unreachable!("{} is not a document's", other.code()),
    }
}

/// The first of these cells.
fn cells(cells: &[CellRef], lang: Lang) -> String {
    let shown: Vec<String> = cells.iter().take(SHOWN_CELLS).map(CellRef::to_string).collect();
    let more = if cells.len() > shown.len() { lang.pick("……", " …") } else { "" };
    shown.join(lang.pick("、", ", ")) + more
}

/// The first of the other cells concerned, if there are any.
fn also(others: &[CellRef], lang: Lang) -> String {
    if others.is_empty() {
        return String::new();
    }
    let cells = cells(others, lang);
    lang.pick(format!("（还有 {cells}）"), format!(" (also {cells})"))
}

/// What a closed list's member is called: 组别, 奖项 or 县（区、市）.
fn name_of(field: Field) -> &'static str {
    match field {
        Field::County => "县（区、市）",
        other => other.label(),
    }
}

fn type_zh(name: &str) -> &str {
    match name {
        "string" => "文字",
        "whole number" => "不小于 0 的整数",
        "integer" => "整数",
        "float" => "小数",
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

/// The text with its invisible characters shown, so that a change can be seen.
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' => "⏎".to_owned(),
            ' ' => "␣".to_owned(),
            c if c.is_whitespace() || c.is_control() || is_zero_width(c) => {
                format!("‹U+{:04X}›", u32::from(c))
            }
            c => c.to_string(),
        })
        .collect()
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}
