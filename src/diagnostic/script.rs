//! Characters without a font, told by their script: a name in a script for
//! which there is no font lacks all its letters, and one font mends them all.

use std::collections::{BTreeMap, BTreeSet};

use super::{Diagnostic, Diagnostics, Kind, Place};
use crate::cell::CellRef;
use crate::character;

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
pub(in crate::diagnostic) fn chinese(script: &str) -> Option<&'static str> {
    find(script).map(|(_, name, _)| *name)
}

/// A family that covers a script.
pub(in crate::diagnostic) fn family(script: &str) -> Option<&'static str> {
    find(script).map(|(_, _, family)| *family)
}

fn find(script: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    KNOWN.iter().find(|(name, ..)| *name == script)
}

/// Whether in this script it is single rare characters that a font lacks.
pub(in crate::diagnostic) fn lacks_single(script: &str) -> bool {
    matches!(script, "Common" | "Han" | "Inherited" | "Latin" | "Unknown")
}

impl Diagnostics {
    /// The same with one diagnostic for all characters of one script that no
    /// font has, where the first of them was found: it names every cell and
    /// concerns every row that has any.
    pub fn by_script(self) -> Self {
        let mut told: Vec<Diagnostic> = Vec::new();
        let mut lacking: BTreeMap<&str, Lacking> = BTreeMap::new();
        for diagnostic in self.0 {
            match (&diagnostic.kind, &diagnostic.place) {
                (Kind::MissingGlyph { character }, Some(Place::Cell(cell))) => {
                    // A mark that several scripts share belongs to what is
                    // lacking already.
                    let scripts = character::scripts(*character);
                    let script = scripts.iter().find(|it| lacking.contains_key(*it));
                    let script = *script.or(scripts.first()).unwrap_or(&"Unknown");
                    let lacking = lacking
                        .entry(script)
                        .or_insert_with(|| Lacking { told_at: told.len(), ..Lacking::default() });
                    lacking.take(*character, cell, &diagnostic.rows);
                    if lacking.told_at == told.len() {
                        told.push(diagnostic);
                    }
                }
                _ => told.push(diagnostic),
            }
        }
        for (script, Lacking { told_at, characters, mut cells, rows }) in lacking {
            let first = &mut told[told_at];
            cells.retain(|cell| first.place.as_ref() != Some(&Place::Cell(cell.clone())));
            let others = cells.into_iter().collect();
            first.kind = Kind::MissingScript { script, characters, others };
            first.rows = rows.into_iter().collect();
        }
        Self(told)
    }
}

/// What is known of a script's characters that no font has.
#[derive(Default)]
struct Lacking {
    /// The index of the diagnostic that will tell of them.
    told_at: usize,
    characters: Vec<char>,
    cells: BTreeSet<CellRef>,
    rows: BTreeSet<CellRef>,
}

impl Lacking {
    fn take(&mut self, character: char, cell: &CellRef, rows: &[CellRef]) {
        if !self.characters.contains(&character) {
            self.characters.push(character);
        }
        self.cells.insert(cell.clone());
        self.rows.extend(rows.iter().cloned());
    }
}
