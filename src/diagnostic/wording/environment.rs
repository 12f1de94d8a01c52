//! Files, folders and what was typed.

use super::{Lang, Pair};
use crate::diagnostic::Kind;

pub(super) fn environment(kind: &Kind, lang: Lang) -> Pair {
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
        other => super::register::keeping(other, lang),
    }
}
