//! The documents and their templates.

use super::domain::{Domain, Pair, faults};
use crate::form::Meaning;
use crate::lang::Lang;

/// What makes a template slow.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Burden {
    /// So many shapes that are curves with a stroke, or have a gradient.
    Curves {
        /// How many.
        count: usize,
    },
    /// A bitmap.
    Bitmap {
        /// Its width and height in pixels.
        pixels: (u32, u32),
        /// What paper can show of it, if that is less.
        enough: Option<(u32, u32)>,
        /// How many bytes it adds to each document.
        bytes: usize,
    },
    /// An SVG with a filter or a bitmap in it, or a PDF.
    Drawing,
    /// The page is laid out so often before it comes to rest.
    Layouts {
        /// How often.
        count: usize,
    },
}

faults! {
    /// The documents and their templates.
    Documents {
        NumberTwice { number: String } => "number-twice", Error, Data;
        CodeTooLong { document: String } => "code-too-long", Error, Data;
        CodeNotShown { document: String } => "code-not-shown", Error, Data;
        CodeTooFine { document: String, module: String } => "code-too-fine", Error, Data;
        NoDocument { project: String } => "no-document", Warning, Data;
        NothingOfKind { kind: String } => "nothing-of-kind", Warning, Data;
        ListsHeld { kinds: Vec<String> } => "lists-held", Warning, Data;
        Template { message: Meaning, hints: Vec<String> } => "template", Error, Data;
        TemplateWarning {
            message: String,
            hints: Vec<String>,
        } => "template-warning", Warning, Data;
        SlowTemplate {
            /// The documents' kind.
            kind: String,
            burden: Burden,
            /// Microseconds that it adds to each document.
            adds: u64,
            /// Microseconds that a document takes in all.
            of: u64,
            /// How many documents there are.
            documents: usize,
        } => "slow-template", Warning, Data;
        PageCount { document: String, expected: usize, found: usize } => "page-count", Error, Data;
        NotReadable {
            document: String,
            field: &'static str,
            value: String,
        } => "not-readable", Error, Data;
        OutsidePage { document: String, page: usize, text: String } => "outside-page", Error, Data;
        Overlap {
            document: String,
            page: usize,
            text: String,
            other: String,
        } => "overlap", Error, Data;
        TypeTooSmall {
            document: String,
            page: usize,
            text: String,
            size: String,
        } => "type-too-small", Error, Data;
        NotPublic { document: String, page: usize, text: String } => "not-public", Error, Data;
        PlacesDiffer { places: usize, pages: usize } => "places-differ", Error, Data;
    }
}

impl Domain for Documents {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Documents::NumberTwice { number } => lang.pick(
                (
                    format!("编号“{number}”用了两次"),
                    "请在 number 中加上 {seq:03}，或让不同种类的前缀不同".into(),
                ),
                (
                    format!("the number “{number}” is used twice"),
                    "add {seq:03} to number, or give each kind its own prefix".into(),
                ),
            ),
            Documents::CodeTooLong { document } => lang.pick(
                (format!("{document}：要印的内容太长，二维码装不下"), "请缩短名称".into()),
                (format!("{document}: no code can hold so much text"), "shorten the names".into()),
            ),
            Documents::CodeNotShown { document } => lang.pick(
                (format!("{document} 的版面上没有防伪二维码"), "请在模板中画出 entry.document.code，或从 prove 中去掉 code".into()),
                (
                    format!("the code is not on the page of {document}"),
                    "let the template show entry.document.code, or take code out of prove".into(),
                ),
            ),
            Documents::CodeTooFine { document, module } => lang.pick(
                (format!("{document} 的二维码太密：每格 {module} mm，不足 0.33 mm"), "请在模板中画大一些".into()),
                (
                    format!("the code of {document} is too fine: {module} mm a module where paper needs 0.33"),
                    "draw it larger in the template".into(),
                ),
            ),
            Documents::NoDocument { project } => lang.pick(
                (
                    format!("“{project}”没有任何证书或文件"),
                    "请核对 contest.toml 中 [[documents]] 的 where".into(),
                ),
                (
                    format!("“{project}” gets no document of its own"),
                    "check where of [[documents]] in contest.toml".into(),
                ),
            ),
            Documents::NothingOfKind { kind } => lang.pick(
                (
                    format!("“{kind}”一份也没有"),
                    "请核对它的 each 和 where：名单上没有哪一行符合".into(),
                ),
                (
                    format!("there is not one “{kind}”"),
                    "check its each and where: no row of the sheet fits them".into(),
                ),
            ),
            Documents::ListsHeld { kinds } => lang.pick(
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
            Documents::Template { message, hints } => lang.pick(
                (format!("模板不能排版：{}", message.zh), hints.join("；")),
                (format!("the template fails: {}", message.en), hints.join("; ")),
            ),
            Documents::TemplateWarning { message, hints } => lang.pick(
                (format!("模板警告：{message}"), hints.join("；")),
                (format!("template warning: {message}"), hints.join("; ")),
            ),
            Documents::SlowTemplate { kind, burden, adds, of, documents } => {
                let (what, help) = self::burden(burden, lang);
                let (each, of) = (milliseconds(*adds), milliseconds(*of));
                let all = duration(*adds as f64 / 1e6 * *documents as f64, lang);
                let message = lang.pick(
                    format!("“{kind}”的模板慢：{what}，每份 {of} 毫秒中占 {each} 毫秒，{documents} 份共约 {all}"),
                    format!("the template of “{kind}” is slow: {what}, {each} of {of} ms for each document, about {all} for all {documents}"),
                );
                (message, help)
            }
            Documents::PageCount { document, expected, found } => lang.pick(
                (
                    format!("“{document}”应有 {expected} 页，排出了 {found} 页"),
                    "文字过长，请核对该行，或改模板".into(),
                ),
                (
                    format!("“{document}” should have {expected} pages but has {found}"),
                    "the text is too long: check the row, or change the template".into(),
                ),
            ),
            Documents::NotReadable { document, field, value } => lang.pick(
                (
                    format!("“{document}”的版面上读不到 {field}“{value}”"),
                    "模板没有印出它，请改模板或 prove".into(),
                ),
                (
                    format!("“{document}” does not show {field} “{value}”"),
                    "the template does not print it: change the template or prove".into(),
                ),
            ),
            Documents::OutsidePage { document, page, text } => lang.pick(
                (
                    format!("“{document}”第 {page} 页有内容超出纸边：{text}"),
                    "文字过长，请核对该行，或改模板".into(),
                ),
                (
                    format!("“{document}” page {page} has something outside the paper: {text}"),
                    "the text is too long: check the row, or change the template".into(),
                ),
            ),
            Documents::Overlap { document, page, text, other } => lang.pick(
                (
                    format!("“{document}”第 {page} 页上“{text}”与“{other}”重叠"),
                    "文字过长，请核对该行，或改模板".into(),
                ),
                (
                    format!("“{document}” page {page} has “{text}” over “{other}”"),
                    "the text is too long: check the row, or change the template".into(),
                ),
            ),
            Documents::TypeTooSmall { document, page, text, size } => lang.pick(
                (
                    format!("“{document}”第 {page} 页上“{text}”只有 {size} pt，小于 7.5 pt（六号），看不清"),
                    "文字过长，请核对该行，或改模板".into(),
                ),
                (
                    format!("“{document}” page {page} sets “{text}” in {size} pt, less than can be read (7.5 pt)"),
                    "the text is too long: check the row, or change the template".into(),
                ),
            ),
            Documents::NotPublic { document, page, text } => lang.pick(
                (
                    format!("“{document}”是公开的文件，第 {page} 页上却有电话或证件号码 {text}"),
                    "请从名单的这一格里去掉它；若是公布的联系电话，请写进 contest.toml 的 facts".into(),
                ),
                (
                    format!("“{document}” is public, yet page {page} shows a telephone or identity number {text}"),
                    "take it out of the sheet's cell; a number that is meant to be known belongs into the facts of contest.toml".into(),
                ),
            ),
            Documents::PlacesDiffer { places, pages } => lang.pick(
                (
                    format!("模板留了 {places} 个 <page> 位置，却有 {pages} 页要放"),
                    "请在模板中为 entry.volume.pages 的每一项留一个 #block(…) <page>".into(),
                ),
                (
                    format!("the template has {places} places labelled <page> for {pages} pages"),
                    "let it make one #block(…) <page> for each item of entry.volume.pages".into(),
                ),
            ),
        }
    }
}

/// What makes a template slow, and what to do about it.
fn burden(burden: &Burden, lang: Lang) -> Pair {
    match burden {
        Burden::Curves { count } => lang.pick(
            (
                format!("typst 画的 {count} 个带描边的曲线或渐变"),
                "请把这些图形存成一个 SVG，放进 templates/，用 image(\"边框.svg\") 引入：看上去一样，几乎不费时".into(),
            ),
            (
                format!("typst draws {count} stroked curves or gradients"),
                "save them as one SVG in templates/ and show it by image(\"border.svg\"): it looks the same and costs next to nothing".into(),
            ),
        ),
        Burden::Bitmap { pixels: (width, height), enough, bytes } => {
            let size = *bytes as f64 / 1e6;
            let what = lang.pick(
                format!("{width} × {height} 像素的图片使每份大 {size:.1} MB"),
                format!("a bitmap of {width} × {height} pixels makes each {size:.1} MB larger"),
            );
            let help = match enough {
                Some((width, height)) => lang.pick(
                    format!("印出来的大小，300 dpi 只要 {width} × {height} 像素：请缩小到这么多；线条和色块最好用 SVG"),
                    format!("at its size on paper 300 dpi are {width} × {height} pixels: scale it down to that; lines and plain areas are best as SVG"),
                ),
                None => lang.pick(
                    "请存成 JPEG，或降低它的质量；线条和色块最好用 SVG".into(),
                    "save it as JPEG, or at a lower quality; lines and plain areas are best as SVG".into(),
                ),
            };
            (what, help)
        }
        Burden::Drawing => lang.pick(
            (
                "图片里有滤镜、位图或整页 PDF，每份都要重新处理".into(),
                "请去掉滤镜；位图单独存成 PNG 或 JPEG，300 dpi，用 image 引入".into(),
            ),
            (
                "a picture holds a filter, a bitmap or a PDF and is worked on anew each time".into(),
                "take the filter out; save bitmaps by themselves as PNG or JPEG at 300 dpi and show them by image".into(),
            ),
        ),
        Burden::Layouts { count } => lang.pick(
            (
                format!("state、counter 或 query 使 typst 把它排了 {count} 遍"),
                "能从 entry 直接算出的，请用变量，不要用 state 或 counter".into(),
            ),
            (
                format!("state, counter or query make typst lay it out {count} times"),
                "what can be computed from entry needs no state or counter: use variables".into(),
            ),
        ),
    }
}

fn milliseconds(microseconds: u64) -> String {
    format!("{:.1}", microseconds as f64 / 1e3)
}

/// A duration as a person says it.
fn duration(seconds: f64, lang: Lang) -> String {
    let (amount, zh, en) = match seconds {
        s if s < 90.0 => (s, "秒", "s"),
        s if s < 5400.0 => (s / 60.0, "分钟", "min"),
        s => (s / 3600.0, "小时", "h"),
    };
    let amount = if amount < 10.0 { format!("{amount:.1}") } else { format!("{amount:.0}") };
    format!("{amount} {}", lang.pick(zh, en))
}
