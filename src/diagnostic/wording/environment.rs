//! Files, folders and what was typed.

use std::io::ErrorKind;

use super::{Lang, Pair};
use crate::diagnostic::{Kind, Unread};

pub(super) fn environment(kind: &Kind, lang: Lang) -> Pair {
    match kind {
        Kind::CannotRead { why: Unread::Missing } => lang.pick(
            ("读不了：没有这个文件或文件夹".into(), "请核对文件名和路径".into()),
            ("cannot be read: there is no such file or folder".into(), "check its name and path".into()),
        ),
        Kind::CannotRead { why: Unread::Folder } => lang.pick(
            ("读不了：这是文件夹，不是文件".into(), "请给出其中的文件".into()),
            ("cannot be read: it is a folder".into(), "name a file in it".into()),
        ),
        Kind::CannotRead { why: Unread::Forbidden } => lang.pick(
            ("读不了：没有权限".into(), "请用有权限的账户，或请管理员给予权限；若文件正在 WPS 或 Excel 中打开，请先关闭".into()),
            (
                "cannot be read: there is no permission".into(),
                "ask for the permission to read it; close the file if it is open elsewhere".into(),
            ),
        ),
        Kind::CannotRead { why: Unread::WithinFile } => lang.pick(
            ("读不了：路径中间有一段是文件，不是文件夹".into(), "请核对路径".into()),
            (
                "cannot be read: one of the folders on its path is a file".into(),
                "check the path".into(),
            ),
        ),
        Kind::CannotRead { why: Unread::NotText } => lang.pick(
            ("读不了：不是 UTF-8 文字".into(), "请用记事本打开，另存为，编码选 UTF-8".into()),
            (
                "cannot be read: it is no text in UTF-8".into(),
                "open it in an editor and save it as UTF-8".into(),
            ),
        ),
        Kind::CannotRead { why: Unread::Otherwise(error) } => lang.pick(
            (format!("读不了：{error}"), "请核对路径和权限；若文件正在 WPS 或 Excel 中打开，请先关闭".into()),
            (
                format!("cannot be read: {error}"),
                "check the path and the permissions; close the file if it is open elsewhere".into(),
            ),
        ),
        Kind::CannotWrite { cause, error } => cannot_write(*cause, error, lang),
        Kind::DiskFull => lang.pick(
            (
                "磁盘满了，写不进去".into(),
                "请腾出空间，原样再运行一次；原有的文件没有改动".into(),
            ),
            (
                "cannot be written: the disk is full".into(),
                "free some space and give the same command again; what was there is untouched".into(),
            ),
        ),
        Kind::NotAFolder => lang.pick(
            ("这是文件，不是文件夹".into(), "这里要给出一个文件夹".into()),
            ("is a file, not a folder".into(), "give a folder here".into()),
        ),
        Kind::Interrupted => lang.pick(
            (
                "制作到一半被中断：没有留下压缩包，也没有用掉编号".into(),
                "原样再运行一次即可，从头做起，编号与不中断时相同".into(),
            ),
            (
                "broken off halfway: there is no package, and no number was used".into(),
                "give the same command again: it begins anew and gives the same numbers".into(),
            ),
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
        Kind::NotAPdf => lang.pick(
            ("不是 PDF，或已损坏".into(), "请给出公文的 PDF；Word、WPS 文件请先导出为 PDF".into()),
            (
                "is no PDF, or a broken one".into(),
                "give an official document's PDF; export a word processor's file as PDF first".into(),
            ),
        ),
        Kind::PdfLocked => lang.pick(
            ("有密码，打不开".into(), "请先去掉密码，再检查".into()),
            ("needs a password".into(), "remove the password first".into()),
        ),
        Kind::PdfTooLarge { pages } => lang.pick(
            (
                format!("太大：最多检查 {pages} 页、64 MB"),
                "请只导出公文本身，附件的材料另存".into(),
            ),
            (
                format!("is too large: at most {pages} pages and 64 MB are read"),
                "export the document alone, without the material annexed to it".into(),
            ),
        ),
        Kind::PdfWithoutText { fonts } if fonts.is_empty() => lang.pick(
            (
                "页面上没有可以读取的文字：可能是扫描件，文字已转为曲线，或字体没有带字符编码".into(),
                "请用排版软件直接导出的 PDF".into(),
            ),
            (
                "shows no text that can be read: a scan, text turned into outlines, or fonts that do not tell their characters".into(),
                "give the PDF as the word processor exports it".into(),
            ),
        ),
        Kind::PdfWithoutText { fonts } => lang.pick(
            (
                format!("文字读不出来：不认得字体 {} 的编码", fonts.join("、")),
                "导出 PDF 时请选择嵌入字体，或“打印”成 PDF".into(),
            ),
            (
                format!("its text cannot be read: the encoding of {} is not known", fonts.join(", ")),
                "export the PDF with its fonts embedded, or print it to PDF".into(),
            ),
        ),
        other => super::parts::parts(other, lang),
    }
}

fn cannot_write(cause: ErrorKind, error: &str, lang: Lang) -> Pair {
    let elsewhere = (
        "请换一个文件夹，或请管理员给予权限；原有的文件没有改动",
        "choose another folder, or ask for the permission; what was there is untouched",
    );
    let path = ("请核对路径", "check the path");
    let (why, help) = match cause {
        ErrorKind::PermissionDenied => (("没有权限", "you have no permission"), elsewhere),
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
