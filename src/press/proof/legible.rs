//! Whether the words on finished pages can be read: none over another, none
//! too small.

use typst::layout::{Abs, Ratio, Transform};
use typst::text::TextItem;
use typst::visualize::Paint;

use super::super::marks::{Area, line_box};
use crate::fault;

/// The least type that is still read on paper: 六号, in points.
const LEAST: f64 = 7.5;

/// Two pieces of text may share this much of the smaller one's size, each way:
/// boxes are rougher than glyphs.
const SHARED: f64 = 0.2;

/// What is lighter or more transparent than this is a watermark, under which
/// and over which words may stand.
const FAINT: f32 = 0.6;

/// A piece of text in one font where it stands on its page.
pub(super) struct Run {
    pub(super) area: Area,
    /// Its size on paper, in points.
    size: f64,
    pub(super) text: String,
}

impl Run {
    /// `None` for what has no place of its own: blanks, watermarks, and text at
    /// an angle.
    pub(super) fn new(item: &TextItem, here: Transform, page: usize) -> Option<Self> {
        let text = item.text.trim();
        let upright = here.kx == Ratio::zero() && here.ky == Ratio::zero();
        let turned = here.sx == Ratio::zero() && here.sy == Ratio::zero();
        if text.is_empty() || is_faint(&item.fill) || !(upright || turned) {
            return None;
        }
        let scale = if upright { here.sy.get() } else { here.ky.get() };
        Some(Self {
            area: Area::new(page, line_box(Abs::zero(), item.width(), item.size), here),
            size: item.size.to_pt() * scale.abs(),
            text: text.to_owned(),
        })
    }

    fn lies_over(&self, other: &Run) -> bool {
        let shared = self.size.min(other.size) * SHARED;
        let (a, b) = (&self.area, &other.area);
        let width = a.right.min(b.right) - a.left.max(b.left);
        let height = a.bottom.min(b.bottom) - a.top.max(b.top);
        width > shared && height > shared
    }

    fn shown(&self) -> String {
        self.text.chars().take(20).collect()
    }
}

fn is_faint(fill: &Paint) -> bool {
    let Paint::Solid(colour) = fill else { return false };
    colour.to_luma().luma > FAINT || colour.alpha().is_some_and(|alpha| alpha < FAINT)
}

/// Everything that cannot be read, with the runs it is seen in. `document` is
/// what a person calls the pages.
pub(super) fn faults<'a>(runs: &'a [Run], document: &str) -> Vec<(fault::Documents, Vec<&'a Run>)> {
    let document = document.to_owned();
    let small = runs.iter().filter(|run| run.size < LEAST - 1e-3).map(|run| {
        let (document, size) = (document.clone(), format!("{:.1}", run.size));
        let (page, text) = (run.area.page, run.shown());
        (fault::Documents::TypeTooSmall { document, page, text, size }, vec![run])
    });
    let over = overlaps(runs).into_iter().map(|(run, other)| {
        let (text, other_text) = (run.shown(), other.shown());
        let (document, page) = (document.clone(), run.area.page);
        (fault::Documents::Overlap { document, page, text, other: other_text }, vec![run, other])
    });
    small.chain(over).collect()
}

/// Every two runs of one page that lie over one another.
fn overlaps(runs: &[Run]) -> Vec<(&Run, &Run)> {
    let mut sorted: Vec<&Run> = runs.iter().collect();
    sorted.sort_by(|a, b| a.area.page.cmp(&b.area.page).then(a.area.top.total_cmp(&b.area.top)));
    let mut found = Vec::new();
    for (index, run) in sorted.iter().enumerate() {
        // Whatever begins below its foot cannot touch it.
        let near = sorted[index + 1..].iter().take_while(|other| {
            other.area.page == run.area.page && other.area.top < run.area.bottom
        });
        found.extend(near.filter(|other| run.lies_over(other)).map(|other| (*run, *other)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(page: usize, left: f64, top: f64, size: f64, text: &str) -> Run {
        let right = left + size * text.chars().count() as f64;
        let area = Area { page, left, top, right, bottom: top + 0.8 * size };
        Run { area, size, text: text.into() }
    }

    fn found(runs: &[Run]) -> Vec<&'static str> {
        faults(runs, "证书").iter().map(|(kind, _)| kind.code()).collect()
    }

    #[test]
    fn neighbours_are_no_overlap_and_what_lies_over_another_is() {
        let line = [run(1, 0.0, 0.0, 16.0, "甲乙"), run(1, 32.0, 0.0, 16.0, "丙")];
        assert!(found(&line).is_empty());
        assert!(
            found(&[run(1, 0.0, 0.0, 16.0, "甲"), run(1, 0.0, 14.0, 16.0, "下一行")]).is_empty()
        );
        assert_eq!(
            found(&[run(1, 0.0, 0.0, 16.0, "甲乙"), run(1, 20.0, 4.0, 16.0, "丙")]),
            ["overlap"]
        );
        assert!(
            found(&[run(1, 0.0, 0.0, 16.0, "甲"), run(2, 0.0, 0.0, 16.0, "另一页")]).is_empty()
        );
    }

    #[test]
    fn type_below_the_least_is_told_with_its_size() {
        let tiny = [run(1, 0.0, 0.0, 7.0, "小")];
        let faults = faults(&tiny, "证书");
        assert!(
            matches!(&faults[0].0, fault::Documents::TypeTooSmall { size, .. } if size == "7.0")
        );
        assert!(found(&[run(1, 0.0, 0.0, 7.5, "够大")]).is_empty());
    }
}
