//! The type area as the text of a document really fills it.

use super::upright::{Line, Lines, UprightPage, median};
use crate::pdf::MM_PER_PT;

/// The type area's size (5.2.1), millimetres.
pub(super) const AREA: (f64, f64) = (156.0, 225.0);

/// Its place on the paper.
pub(super) const EDGE: (f64, f64) = (28.0, 37.0);

/// Type of this size (points) and more is a title's or a mark's, never text.
const LARGE: f64 = 19.0;

/// Where the text stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub left: f64,
    pub right: f64,
    /// Where lines or tables really begin, if there are any, and full lines end.
    pub margin: Option<f64>,
    pub full: Option<f64>,
    pub top: f64,
    /// The distance of two baselines, millimetres.
    pub pitch: f64,
    /// The size of the text, points.
    pub size: f64,
}

impl Area {
    /// Of the lines of each sheet, page numbers and 版记 left out.
    pub(super) fn new(sheets: &[UprightPage], shown: &[Lines<'_>]) -> Self {
        let portrait = sheets.iter().zip(shown).filter(|(sheet, _)| !sheet.is_landscape());
        let tables = portrait.clone().flat_map(|(sheet, _)| &sheet.tables);
        let tables = tables.map(|table| table[0]).reduce(f64::min);
        let lines: Vec<&Line> = portrait
            .flat_map(|(sheet, lines)| lines.iter().filter(|line| !sheet.tabulates(line)))
            .copied()
            .filter(|line| !line.is_red() && line.size < LARGE)
            .collect();
        // Long lines decide.
        let sizes = lines.iter().flat_map(|line| line.ideographs().map(|glyph| glyph.size));
        let size = median(sizes.collect()).unwrap_or(15.75);
        let em = size * MM_PER_PT;
        let text: Vec<&Line> =
            lines.into_iter().filter(|line| (line.size - size).abs() < 0.5).collect();
        let gaps = text.windows(2).filter(|pair| pair[0].page == pair[1].page);
        let gaps = gaps.map(|pair| pair[1].baseline - pair[0].baseline);
        let pitch = median(gaps.filter(|gap| (1.2 * em..2.6 * em).contains(gap)).collect());
        let pitch = pitch.unwrap_or(10.4);

        let left = text.iter().filter(|it| !it.opens()).map(|line| line.left()).reduce(f64::min);
        // Where every line is a paragraph's first, the margin does not show.
        let indented = |left: &f64| (left - EDGE.0 - 2.0 * em).abs() < 1.0;
        let margin = left.filter(|left| !indented(left)).or(tables);
        let left = margin.unwrap_or(EDGE.0);
        let full = full(&text, left, em, pitch);
        // Lines that hold as many characters as 156 mm do, without being
        // justified, end before the type area does.
        let room = |right: f64| (AREA.0 - em..AREA.0 - 1.0).contains(&(right - left));
        let right = full.filter(|right| !room(*right)).unwrap_or(left + AREA.0);
        Self { left, right, margin, full, top: EDGE.1, pitch, size }
    }

    pub(super) fn em(&self) -> f64 {
        self.size * MM_PER_PT
    }

    pub(super) fn middle(&self) -> f64 {
        (self.left + self.right) / 2.0
    }

    /// The middle of the text and that of the type area: where lines do not
    /// fill it, or more than fill it, they differ, and either will do.
    pub(super) fn middles(&self) -> [f64; 2] {
        [self.middle(), self.left + AREA.0 / 2.0]
    }
}

/// Where lines end that go on, flush left, in the next.
fn full(text: &[&Line], left: f64, em: f64, pitch: f64) -> Option<f64> {
    let goes_on = |pair: &&[&Line]| {
        let (line, next) = (pair[0], pair[1]);
        let near = (0.0..1.5 * pitch).contains(&(next.baseline - line.baseline));
        let long = line.right() - left > AREA.0 / 2.0;
        line.page == next.page && near && long && next.left_off(left).abs() < 0.5 * em
    };
    let lines = text.windows(2).filter(goes_on).map(|pair| pair[0]);
    lines.filter(|line| !line.closes()).map(Line::right).reduce(f64::max)
}
