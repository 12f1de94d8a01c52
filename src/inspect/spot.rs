//! Where on which page something was measured.

use super::upright::{Line, UprightPage};
use crate::pdf::{Glyph, Rule};

/// Where something was measured, on the page as it is shown.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spot {
    /// From 1.
    pub page: Option<usize>,
    /// `[left, top, right, bottom]` in millimetres.
    pub area: Option<[f64; 4]>,
}

/// Some characters of a line that follow one another.
pub(super) type Part<'a> = (&'a Line, &'a [Glyph]);

impl Spot {
    /// The document as a whole.
    pub(super) const NOWHERE: Self = Self { page: None, area: None };

    /// A page, of which no place is meant.
    pub(super) fn page(page: usize) -> Self {
        Self { page: Some(page), area: None }
    }

    /// A whole page.
    pub(super) fn sheet(sheet: &UprightPage) -> Self {
        Self::within(sheet, [0.0, 0.0, sheet.width, sheet.height])
    }

    /// An area of a page that is held upright.
    pub(super) fn within(sheet: &UprightPage, area: [f64; 4]) -> Self {
        Self { page: Some(sheet.number), area: Some(sheet.pose.shown(area)) }
    }

    /// A rule on a page.
    pub(super) fn rule(sheet: &UprightPage, rule: &Rule) -> Self {
        let (from, to) = (rule.at - rule.thickness / 2.0, rule.at + rule.thickness / 2.0);
        let area = match rule.horizontal {
            true => [rule.from, from, rule.to, to],
            false => [from, rule.from, to, rule.to],
        };
        Self::within(sheet, area)
    }

    /// Lines, as far as they stand on the first one's page.
    pub(super) fn lines<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        Self::parts(lines.into_iter().map(Line::whole))
    }

    /// The same of parts of lines.
    pub(super) fn parts<'a>(parts: impl IntoIterator<Item = Part<'a>>) -> Self {
        let spots = parts
            .into_iter()
            .map(|(line, glyphs)| Self { page: Some(line.page), area: line.area_of(glyphs) });
        spots.reduce(Self::with).unwrap_or_default()
    }

    /// The area that holds both, if both are on one page; else this one.
    pub(super) fn with(self, other: Self) -> Self {
        if self.page != other.page {
            return self;
        }
        let area = match (self.area, other.area) {
            (Some(a), Some(b)) => {
                Some([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
            }
            (a, b) => a.or(b),
        };
        Self { area, ..self }
    }
}

impl From<&Line> for Spot {
    fn from(line: &Line) -> Self {
        Self::lines([line])
    }
}
