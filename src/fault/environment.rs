//! Files, folders and what was asked of them.

use std::io::ErrorKind;

use super::domain::{Domain, Pair, faults};
use super::remedy::Remedy;
use crate::lang::Lang;

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unread {
    /// There is none.
    Missing,
    /// It is a folder.
    Folder,
    /// It is not for this user.
    Forbidden,
    /// What should be a folder on its path is a file.
    WithinFile,
    /// It is no text in UTF-8, as it has to be.
    NotText,
    /// What the system says.
    Otherwise(String),
}

faults! {
    /// Files, folders and what was asked of them.
    Environment {
        CannotRead { why: Unread } => "cannot-read", Error, Environment;
        CannotWrite {
            cause: ErrorKind,
            /// In the system's words.
            error: String,
        } => "cannot-write", Error, Environment;
        DiskFull => "disk-full", Error, Transient;
        /// Another program has it open.
        InUse => "in-use", Error, Transient;
        /// Nothing can be listened at.
        NoPort {
            /// The one that was asked for.
            port: Option<u16>,
            error: String,
        } => "no-port", Error, Environment;
        NotAFolder => "not-a-folder", Error, Usage;
        Interrupted => "interrupted", Error, Transient;
        NoContest => "no-contest", Error, Usage;
        ContestExists => "contest-exists", Error, Usage;
        UnknownDocumentKind {
            name: String,
            known: Vec<String>,
        } => "unknown-document-kind", Error, Usage;
        NothingMatches { which: String } => "nothing-matches", Error, Usage;
        UnknownFormat { known: Vec<String> } => "unknown-format", Error, Usage;
        NotAPicture => "not-a-picture", Error, Data;
        FileExists => "file-exists", Error, Usage;
        SmallerPackage {
            /// What it holds and the new one does not.
            lost: Vec<String>,
        } => "smaller-package", Error, Usage;
        NotInPackage { path: String } => "not-in-package", Error, Usage;
        PackageChanged { path: String } => "package-changed", Error, Environment;
    }
}

impl Domain for Environment {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Environment::NotAPicture => lang.pick(
                ("不是 PNG、JPEG 或 SVG 图片".into(), "请另存为其中一种，再选一次".into()),
                ("is neither PNG, JPEG nor SVG".into(), "save it as one of these and choose it again".into()),
            ),
            Environment::NoPort { port: Some(port), error } => lang.pick(
                (
                    format!("端口 {port} 用不了：{error}"),
                    "换一个端口，或不指定，由程序自己找".into(),
                ),
                (
                    format!("port {port} cannot be used: {error}"),
                    "give another one, or none, to have a free one found".into(),
                ),
            ),
            Environment::NoPort { port: None, error } => lang.pick(
                (format!("本机没有可用的端口：{error}"), "请重启电脑再试，或请管理员看看".into()),
                (
                    format!("no port of this machine can be used: {error}"),
                    "restart the machine, or ask its administrator".into(),
                ),
            ),
            Environment::CannotRead { why: Unread::Missing } => lang.pick(
                ("读不了：没有这个文件或文件夹".into(), "请核对文件名和路径".into()),
                ("cannot be read: there is no such file or folder".into(), "check its name and path".into()),
            ),
            Environment::CannotRead { why: Unread::Folder } => lang.pick(
                ("读不了：这是文件夹，不是文件".into(), "请给出其中的文件".into()),
                ("cannot be read: it is a folder".into(), "name a file in it".into()),
            ),
            Environment::CannotRead { why: Unread::Forbidden } => lang.pick(
                ("读不了：没有权限".into(), "请用有权限的账户，或请管理员给予权限；若文件正在 WPS 或 Excel 中打开，请先关闭".into()),
                (
                    "cannot be read: there is no permission".into(),
                    "ask for the permission to read it; close the file if it is open elsewhere".into(),
                ),
            ),
            Environment::CannotRead { why: Unread::WithinFile } => lang.pick(
                ("读不了：路径中间有一段是文件，不是文件夹".into(), "请核对路径".into()),
                (
                    "cannot be read: one of the folders on its path is a file".into(),
                    "check the path".into(),
                ),
            ),
            Environment::CannotRead { why: Unread::NotText } => lang.pick(
                ("读不了：不是 UTF-8 文字".into(), "请用记事本打开，另存为，编码选 UTF-8".into()),
                (
                    "cannot be read: it is no text in UTF-8".into(),
                    "open it in an editor and save it as UTF-8".into(),
                ),
            ),
            Environment::CannotRead { why: Unread::Otherwise(error) } => lang.pick(
                (format!("读不了：{error}"), "请核对路径和权限；若文件正在 WPS 或 Excel 中打开，请先关闭".into()),
                (
                    format!("cannot be read: {error}"),
                    "check the path and the permissions; close the file if it is open elsewhere".into(),
                ),
            ),
            Environment::CannotWrite { cause, error } => cannot_write(*cause, error, lang),
            Environment::DiskFull => lang.pick(
                (
                    "磁盘满了，写不进去".into(),
                    "请腾出空间，原样再运行一次；原有的文件没有改动".into(),
                ),
                (
                    "cannot be written: the disk is full".into(),
                    "free some space and give the same command again; what was there is untouched".into(),
                ),
            ),
            Environment::InUse => lang.pick(
                (
                    "正被别的程序占用".into(),
                    "请关闭打开它的程序（WPS、Excel、阅读器等），等杀毒软件、网盘处理完，原样再运行一次；原有的文件没有改动".into(),
                ),
                (
                    "is open in another program".into(),
                    "close whatever has it open, let antivirus and cloud drive finish, and give the same command again; what was there is untouched".into(),
                ),
            ),
            Environment::NotAFolder => lang.pick(
                ("这是文件，不是文件夹".into(), "这里要给出一个文件夹".into()),
                ("is a file, not a folder".into(), "give a folder here".into()),
            ),
            Environment::Interrupted => lang.pick(
                (
                    "制作到一半被中断：没有留下压缩包，也没有用掉编号".into(),
                    "原样再运行一次即可，从头做起，编号与不中断时相同".into(),
                ),
                (
                    "broken off halfway: there is no package, and no number was used".into(),
                    "give the same command again: it begins anew and gives the same numbers".into(),
                ),
            ),
            Environment::NoContest => lang.pick(
                (
                    "这里没有 contest.toml，不是大赛文件夹".into(),
                    String::new(),
                ),
                (
                    "holds no contest.toml, so it is not a contest folder".into(),
                    String::new(),
                ),
            ),
            Environment::ContestExists => lang.pick(
                ("已经存在，没有覆盖".into(), "请换一个文件夹".into()),
                ("exists already and was left alone".into(), "choose another folder".into()),
            ),
            Environment::UnknownDocumentKind { name, known } => lang.pick(
                (
                    format!("contest.toml 里没有名为“{name}”的文件种类"),
                    format!("可用的种类：{}", known.join("、")),
                ),
                (
                    format!("contest.toml defines no document kind named “{name}”"),
                    format!("choose from: {}", known.join(", ")),
                ),
            ),
            Environment::NothingMatches { which } => lang.pick(
                (
                    format!("没有与“{which}”相符的文件"),
                    "可以写编号、行的地址（如 企业组!D5）、单位或项目名称的一部分、或文件种类".into(),
                ),
                (
                    format!("no document matches “{which}”"),
                    "give a number, a row's address (企业组!D5), part of an organization's or project's name, or a document kind".into(),
                ),
            ),
            Environment::UnknownFormat { known } => lang.pick(
                ("不认得这种文件名".into(), format!("请以这些结尾之一：{}", known.join("、"))),
                ("is no kind of file that can be written".into(), format!("let the name end in {}", known.join(", "))),
            ),
            Environment::FileExists => lang.pick(
                ("已经存在，没有覆盖".into(), "请换一个文件名，或先把它移走".into()),
                (
                    "exists already and was left alone".into(),
                    "choose another name, or move it away first".into(),
                ),
            ),
            Environment::SmallerPackage { lost } => {
                let shown: Vec<&str> = lost.iter().take(3).map(String::as_str).collect();
                let message = lang.pick(
                    format!("这个压缩包里有 {} 份文件是这次不做的，例如 {}；没有替换它", lost.len(), shown.join("、")),
                    format!("holds {} documents that would not be made now, such as {}; it was left alone", lost.len(), shown.join(", ")),
                );
                (message, String::new())
            }
            Environment::NotInPackage { path } => lang.pick(
                (format!("压缩包里没有 {path}"), "请重新打开压缩包的清单，再选".into()),
                (format!("holds no {path}"), "open the package's list again and choose from it".into()),
            ),
            Environment::PackageChanged { path } => lang.pick(
                (
                    format!("压缩包里的 {path} 与它的清单不符：做好以后损坏了，或被改动过"),
                    "请换一份完好的压缩包，或重新制作".into(),
                ),
                (
                    format!("its {path} is not what its manifest says: it was damaged or changed after it was made"),
                    "take a sound copy of the package, or make it anew".into(),
                ),
            ),
        }
    }

    fn remedies(&self) -> Vec<Remedy> {
        match self {
            Environment::NoContest => vec![Remedy::MakeContest],
            Environment::SmallerPackage { .. } => vec![Remedy::Replace],
            _ => Vec::new(),
        }
    }
}

fn cannot_write(cause: ErrorKind, error: &str, lang: Lang) -> Pair {
    let elsewhere = (
        "请换一个文件夹，或请管理员给予权限；原有的文件没有改动",
        "choose another folder, or ask for the permission; what was there is untouched",
    );
    let perhaps_open = (
        "若它正被打开，请先关闭；否则换一个文件夹，或请管理员给予权限；原有的文件没有改动",
        "close it if it is open; else choose another folder, or ask for the permission; what was there is untouched",
    );
    let path = ("请核对路径", "check the path");
    let (why, help) = match cause {
        ErrorKind::PermissionDenied => (("没有权限", "you have no permission"), perhaps_open),
        ErrorKind::ReadOnlyFilesystem => (("磁盘是只读的", "the disk is read-only"), elsewhere),
        ErrorKind::IsADirectory => (("这是文件夹，不是文件", "it is a folder, not a file"), path),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            (("路径中间有一段是文件，不是文件夹", "one of the folders on its path is a file"), path)
        }
        _ => (
            (error, error),
            (
                "请核对磁盘空间、权限，以及文件是否正被打开；原有的文件没有改动",
                "check disk space, permissions and whether the file is open; what was there is untouched",
            ),
        ),
    };
    let message =
        lang.pick(format!("写不进去：{}", why.0), format!("cannot be written: {}", why.1));
    (message, lang.pick(help.0, help.1).to_owned())
}
