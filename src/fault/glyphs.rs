//! Characters without a font, told by their script: a name in a script for
//! which there is no font lacks all its letters, and one font mends them all.

use super::domain::{Domain, Pair, faults};
use super::phrases::also;
use super::remedy::Remedy;
use crate::cell::CellRef;
use crate::character;
use crate::lang::Lang;

/// How many characters without a font a message names.
const SHOWN_CHARACTERS: usize = 12;

faults! {
    /// Characters without a font.
    Glyphs {
        MissingGlyph { character: char } => "missing-glyph", Error, Data;
        /// All of one script, by `Diagnostics::by_script`.
        MissingScript {
            /// As Unicode names it.
            script: &'static str,
            /// In the order they were found.
            characters: Vec<char>,
            others: Vec<CellRef>,
        } => "missing-glyph", Error, Data;
    }
}

impl Domain for Glyphs {
    fn sentences(&self, lang: Lang) -> Pair {
        let message = match self {
            Glyphs::MissingGlyph { character } => {
                missing(self.script(), std::slice::from_ref(character), &[], lang)
            }
            Glyphs::MissingScript { script, characters, others } => {
                missing(script, characters, others, lang)
            }
        };
        (message, String::new())
    }

    fn remedies(&self) -> Vec<Remedy> {
        let script = self.script();
        let (family, single) = (family(script).unwrap_or("Noto"), lacks_single(script));
        vec![Remedy::PutFont { script: script.to_owned(), family, single }]
    }

    fn others(&self) -> &[CellRef] {
        match self {
            Glyphs::MissingGlyph { .. } => &[],
            Glyphs::MissingScript { others, .. } => others,
        }
    }
}

impl Glyphs {
    /// The script that has no font.
    fn script(&self) -> &'static str {
        match self {
            Glyphs::MissingGlyph { character } => {
                character::scripts(*character).first().copied().unwrap_or("Unknown")
            }
            Glyphs::MissingScript { script, .. } => script,
        }
    }
}

/// Characters of one script that no font has. Of a rare character the clerk has
/// to see which it is; of a script without any font, that it is the whole of it.
fn missing(script: &str, characters: &[char], others: &[CellRef], lang: Lang) -> String {
    let single = lacks_single(script);
    let shown = characters.iter().take(SHOWN_CHARACTERS).map(|character| {
        if single {
            let code_point = format!("U+{:04X}", u32::from(*character));
            lang.pick(
                format!("“{character}”（{code_point}）"),
                format!("“{character}” ({code_point})"),
            )
        } else {
            format!("“{character}”")
        }
    });
    let mut shown = shown.collect::<Vec<_>>().join(lang.pick("、", ", "));
    if characters.len() > SHOWN_CHARACTERS {
        shown += lang.pick("……", " …");
    }
    if single {
        let also = also(others, lang);
        return lang
            .pick(format!("没有字体能印出{shown}{also}"), format!("no font has {shown}{also}"));
    }
    let (count, cells) = (characters.len(), others.len() + 1);
    let english = script.replace('_', " ");
    let chinese =
        chinese(script).map_or_else(|| english.clone(), |name| format!("{name}（{english}）"));
    lang.pick(
        format!("{chinese}，{cells} 个单元格：没有字体能印出其中的 {count} 个字符：{shown}"),
        format!("{english}, {cells} cells: no font has {count} of its characters: {shown}"),
    )
}

/// A script's name in Chinese and a family that covers it, free to use and to
/// pass on.
const KNOWN: [(&str, &str, &str); 36] = [
    ("Arabic", "阿拉伯文", "Noto Naskh Arabic"),
    ("Armenian", "亚美尼亚文", "Noto Serif Armenian"),
    ("Bengali", "孟加拉文", "Noto Serif Bengali"),
    ("Bopomofo", "注音符号", "Noto Serif TC"),
    ("Common", "通用符号", "Noto Sans Symbols 2"),
    ("Cyrillic", "西里尔文", "Noto Serif"),
    ("Devanagari", "天城文", "Noto Sans Devanagari"),
    ("Ethiopic", "埃塞俄比亚文", "Noto Serif Ethiopic"),
    ("Georgian", "格鲁吉亚文", "Noto Serif Georgian"),
    ("Greek", "希腊文", "Noto Serif"),
    ("Gujarati", "古吉拉特文", "Noto Serif Gujarati"),
    ("Gurmukhi", "古木基文", "Noto Serif Gurmukhi"),
    ("Han", "汉字", "Plangothic (遍黑体)"),
    ("Hangul", "谚文", "Noto Serif KR"),
    ("Hebrew", "希伯来文", "Noto Serif Hebrew"),
    ("Hiragana", "平假名", "Noto Serif JP"),
    ("Inherited", "附加符号", "Noto Serif"),
    ("Kannada", "卡纳达文", "Noto Serif Kannada"),
    ("Katakana", "片假名", "Noto Serif JP"),
    ("Khmer", "高棉文", "Noto Serif Khmer"),
    ("Lao", "老挝文", "Noto Serif Lao"),
    ("Latin", "拉丁字母", "Noto Serif"),
    ("Lisu", "傈僳文", "Noto Sans Lisu"),
    ("Malayalam", "马拉雅拉姆文", "Noto Serif Malayalam"),
    ("Miao", "柏格理苗文", "Noto Sans Miao"),
    ("Mongolian", "蒙古文", "Noto Sans Mongolian"),
    ("Myanmar", "缅甸文", "Noto Serif Myanmar"),
    ("New_Tai_Lue", "西双版纳新傣文", "Noto Sans New Tai Lue"),
    ("Sinhala", "僧伽罗文", "Noto Serif Sinhala"),
    ("Tai_Le", "德宏傣文", "Noto Sans Tai Le"),
    ("Tai_Tham", "老傣文", "Noto Sans Tai Tham"),
    ("Tamil", "泰米尔文", "Noto Serif Tamil"),
    ("Telugu", "泰卢固文", "Noto Serif Telugu"),
    ("Thai", "泰文", "Noto Serif Thai"),
    ("Tibetan", "藏文", "Noto Serif Tibetan"),
    ("Yi", "彝文", "Noto Sans Yi"),
];

/// A script's name in Chinese, if it has one here.
fn chinese(script: &str) -> Option<&'static str> {
    find(script).map(|(_, name, _)| *name)
}

/// A family that covers a script.
fn family(script: &str) -> Option<&'static str> {
    find(script).map(|(_, _, family)| *family)
}

fn find(script: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    KNOWN.iter().find(|(name, ..)| *name == script)
}

/// Whether in this script it is single rare characters that a font lacks.
fn lacks_single(script: &str) -> bool {
    matches!(script, "Common" | "Han" | "Inherited" | "Latin" | "Unknown")
}
