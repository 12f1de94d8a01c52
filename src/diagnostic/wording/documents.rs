//! The documents and their templates.

use super::{Lang, Pair};
use crate::diagnostic::Kind;

pub(super) fn documents(kind: &Kind, lang: Lang) -> Pair {
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
        Kind::Overlap { document, page, text, other } => lang.pick(
            (
                format!("“{document}”第 {page} 页上“{text}”与“{other}”重叠"),
                "文字过长，请核对该行，或改模板".into(),
            ),
            (
                format!("“{document}” page {page} has “{text}” over “{other}”"),
                "the text is too long: check the row, or change the template".into(),
            ),
        ),
        Kind::TypeTooSmall { document, page, text, size } => lang.pick(
            (
                format!("“{document}”第 {page} 页上“{text}”只有 {size} pt，小于 7.5 pt（六号），看不清"),
                "文字过长，请核对该行，或改模板".into(),
            ),
            (
                format!("“{document}” page {page} sets “{text}” in {size} pt, less than can be read (7.5 pt)"),
                "the text is too long: check the row, or change the template".into(),
            ),
        ),
        Kind::NotPublic { document, page, text } => lang.pick(
            (
                format!("“{document}”是公开的文件，第 {page} 页上却有电话或证件号码 {text}"),
                "请从名单的这一格里去掉它；若是公布的联系电话，请写进 contest.toml 的 facts".into(),
            ),
            (
                format!("“{document}” is public, yet page {page} shows a telephone or identity number {text}"),
                "take it out of the sheet's cell; a number that is meant to be known belongs into the facts of contest.toml".into(),
            ),
        ),
        Kind::PlacesDiffer { places, pages } => lang.pick(
            (
                format!("模板留了 {places} 个 <page> 位置，却有 {pages} 页要放"),
                "请在模板中为 entry.volume.pages 的每一项留一个 #block(…) <page>".into(),
            ),
            (
                format!("the template has {places} places labelled <page> for {pages} pages"),
                "let it make one #block(…) <page> for each item of entry.volume.pages".into(),
            ),
        ),
        other => unreachable!("{} is not a document's", other.code()),
    }
}
