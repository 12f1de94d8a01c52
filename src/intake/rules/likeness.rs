//! When two names are one, and when they are much alike.
//!
//! Names are compared in lower case, without blanks, brackets, quotes, dashes
//! and the marks of a sentence: these make no other project, while `+`, `#` or
//! a decimal point may. Two are alike whose normalised Levenshtein distance
//! (edits for each letter of the longer) is at most 0.2.

use crate::nearest::likeness;

/// From this likeness on, two names are alike.
const ALIKE: f64 = 0.8;

/// What makes no other name.
const MARKS: &str =
    "()（）[]［］【】〔〕{}｛｝<>《》〈〉「」『』\"'“”‘’`·•・‧-‐‑–—―_~～,，、;；:：。!！?？";

/// A name as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bare {
    pub text: String,
    length: u32,
    /// A bit for each letter in it, of which several share one.
    letters: u128,
}

impl Bare {
    pub(super) fn new(name: &str) -> Self {
        let bare = name.chars().filter(|&c| !c.is_whitespace() && !MARKS.contains(c));
        let mut text: String = bare.flat_map(char::to_lowercase).collect();
        if text.is_empty() {
            text = name.chars().filter(|c| !c.is_whitespace()).collect();
        }
        let length = text.chars().count() as u32;
        let letters = text.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 128));
        Self { text, length, letters }
    }

    /// Whether the names are alike, the same included.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let longer = self.length.max(other.length);
        // What the edit distance cannot fall below costs almost nothing, and
        // tells nearly all pairs apart: an edit changes at most two letters.
        let edits = longer / 5;
        self.length.abs_diff(other.length) <= edits
            && (self.letters ^ other.letters).count_ones() <= 2 * edits
            && likeness(&self.text, &other.text) >= ALIKE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_whatever_stands_between_their_letters() {
        assert_eq!(Bare::new("AI 质检（二代）"), Bare::new("ai质检·二代"));
        for (a, b) in [("C++入门", "C#入门"), ("3.5寸屏", "35寸屏"), ("（）", "【】")] {
            assert_ne!(Bare::new(a), Bare::new(b));
        }
    }

    #[test]
    fn one_letter_in_five_may_differ() {
        for (a, b, alike) in [
            ("智能机器人1号", "智能机器人2号", true),
            ("甲乙丙丁戊", "甲乙丙丁己", true),
            ("甲乙丙丁", "甲乙丙己", false),
            ("项目1", "项目2", false),
            ("煤层气抽采装备", "煤层气抽采成套装备", false),
            ("新型煤层气抽采装备", "煤层气抽采装备", false),
            ("新型煤层气智能抽采装备", "煤层气智能抽采装备", true),
        ] {
            assert_eq!(Bare::new(a).is_like(&Bare::new(b)), alike, "{a} {b}");
        }
    }
}
