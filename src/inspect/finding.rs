//! What is found of one rule: what was measured, and what becomes of it.

use serde::Serialize;

use super::rule::Rule;

/// What becomes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Judgement {
    /// 合格.
    Pass,
    /// 不合格.
    Fail,
    /// 人工判断.
    Person,
}

/// What was measured, in parts that are read one after the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// A length in millimetres.
    Mm(f64),
    /// A length that matters to the hundredth of a millimetre.
    Thickness(f64),
    /// How many millimetres from where it should be.
    Off(f64),
    /// Width and height in millimetres.
    Area(f64, f64),
    /// The size of type in points.
    Pt(f64),
    /// Lines on a page.
    Lines(usize),
    /// Characters in a line, or a distance in characters.
    Characters(f64),
    /// A font's name; empty if the PDF does not tell.
    Font(String),
    /// Words of the document.
    Text(String),
    /// Red, green and blue.
    Colour([u8; 3]),
    /// How many.
    Count(usize),
    /// How many of how many.
    Of(usize, usize),
    /// It is not there.
    Absent,
}

impl Measure {
    /// To the hundredth: more is noise.
    pub(super) fn rounded(self) -> Self {
        let round = |value: f64| (value * 100.0).round() / 100.0 + 0.0;
        match self {
            Measure::Mm(length) => Measure::Mm(round(length)),
            Measure::Thickness(length) => Measure::Thickness(round(length)),
            Measure::Off(length) => Measure::Off(round(length)),
            Measure::Area(width, height) => Measure::Area(round(width), round(height)),
            Measure::Pt(size) => Measure::Pt(round(size)),
            Measure::Characters(count) => Measure::Characters(round(count)),
            other => other,
        }
    }
}

/// One rule held against the document.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which.
    pub rule: Rule,
    /// What was found; empty where nothing can be measured.
    pub measured: Vec<Measure>,
    /// What becomes of it.
    pub verdict: Judgement,
    /// The page that decided, from 1.
    pub page: Option<usize>,
    /// Where on that page as it is shown: `[left, top, right, bottom]` in
    /// millimetres from its top left corner. `None` where no one place decides.
    pub area: Option<[f64; 4]>,
}
