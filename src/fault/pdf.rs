//! A PDF that is to be inspected or verified.

use super::domain::{Domain, Pair, faults};
use crate::lang::Lang;

faults! {
    /// A PDF that is to be inspected or verified.
    Pdf {
        NotAPdf => "not-a-pdf", Error, Usage;
        PdfLocked => "pdf-locked", Error, Usage;
        PdfTooLarge {
            /// How many pages may be read.
            pages: usize,
        } => "pdf-too-large", Error, Usage;
        PdfWithoutText {
            /// Fonts whose encoding is not known.
            fonts: Vec<String>,
        } => "pdf-without-text", Error, Usage;
        NotVerifiable => "not-verifiable", Error, Usage;
        /// For verification.
        TooManyPages { pages: usize, megabytes: u64 } => "too-many-pages", Error, Usage;
        PhotoWithoutCode => "photo-without-code", Error, Usage;
        /// A code that holds something else than a certificate's text.
        StrangeCode => "strange-code", Error, Usage;
        PhotoTooLarge { megapixels: u64 } => "photo-too-large", Error, Usage;
    }
}

impl Domain for Pdf {
    fn sentences(&self, lang: Lang) -> Pair {
        match self {
            Pdf::NotAPdf => lang.pick(
                ("不是 PDF，或已损坏".into(), "请给出公文的 PDF；Word、WPS 文件请先导出为 PDF".into()),
                (
                    "is no PDF, or a broken one".into(),
                    "give an official document's PDF; export a word processor's file as PDF first".into(),
                ),
            ),
            Pdf::PdfLocked => lang.pick(
                ("有密码，打不开".into(), "请先去掉密码，再检查".into()),
                ("needs a password".into(), "remove the password first".into()),
            ),
            Pdf::PdfTooLarge { pages } => lang.pick(
                (
                    format!("太大：最多检查 {pages} 页、64 MB"),
                    "请只导出公文本身，附件的材料另存".into(),
                ),
                (
                    format!("is too large: at most {pages} pages and 64 MB are read"),
                    "export the document alone, without the material annexed to it".into(),
                ),
            ),
            Pdf::PdfWithoutText { fonts } if fonts.is_empty() => lang.pick(
                (
                    "页面上没有可以读取的文字：可能是扫描件，文字已转为曲线，或字体没有带字符编码".into(),
                    "请用排版软件直接导出的 PDF".into(),
                ),
                (
                    "shows no text that can be read: a scan, text turned into outlines, or fonts that do not tell their characters".into(),
                    "give the PDF as the word processor exports it".into(),
                ),
            ),
            Pdf::PdfWithoutText { fonts } => lang.pick(
                (
                    format!("文字读不出来：不认得字体 {} 的编码", fonts.join("、")),
                    "导出 PDF 时请选择嵌入字体，或“打印”成 PDF".into(),
                ),
                (
                    format!("its text cannot be read: the encoding of {} is not known", fonts.join(", ")),
                    "export the PDF with its fonts embedded, or print it to PDF".into(),
                ),
            ),
            Pdf::NotVerifiable => lang.pick(
                (
                    "不是可以核验的文件".into(),
                    "可以核验：本程序做的证书 PDF、压缩包，或二维码里的文字或链接".into(),
                ),
                (
                    "cannot be verified".into(),
                    "give a certificate's PDF, a package, or the text or link in a certificate's code".into(),
                ),
            ),
            Pdf::TooManyPages { pages, megabytes } => lang.pick(
                (
                    format!("太大：一次最多核验 {pages} 页、{megabytes} MB"),
                    "请把要核验的证书单独存成 PDF，或核验整个压缩包".into(),
                ),
                (
                    format!("is too large: at most {pages} pages and {megabytes} MB are verified at once"),
                    "save the certificates in question as a PDF of their own, or verify the package".into(),
                ),
            ),
            Pdf::PhotoWithoutCode => lang.pick(
                (
                    "照片里没有读得出的二维码".into(),
                    "请靠近些再拍，让整个二维码都在照片里：拍清楚、不反光、纸面放平".into(),
                ),
                (
                    "the photo shows no code that can be read".into(),
                    "take it again from closer by, with the whole code in it: sharp, without glare, the paper flat".into(),
                ),
            ),
            Pdf::StrangeCode => lang.pick(
                (
                    "照片里的二维码不是证书的二维码".into(),
                    "请拍证书上的那个二维码；证书上若只有这一个，它就不是本程序做的证书".into(),
                ),
                (
                    "the code on the photo is no certificate's".into(),
                    "take a photo of the code on the certificate; if that is the one, this program did not make it".into(),
                ),
            ),
            Pdf::PhotoTooLarge { megapixels } => lang.pick(
                (
                    format!("照片太大：最多 {} 万像素", megapixels * 100),
                    "请只截取二维码，或把照片缩小".into(),
                ),
                (
                    format!("the photo is too large: at most {megapixels} megapixels are read"),
                    "cut out the code, or make the photo smaller".into(),
                ),
            ),
        }
    }
}
