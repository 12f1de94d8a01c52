//! The pages of a document that has faults, as pictures for people: a red frame
//! around what is wrong, and below the page in red what is said of it.

use serde::Serialize;
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Transform};
use typst_layout::Page;

use super::engine::Press;
use crate::fault::Diagnostic;
use crate::lang::Lang;

/// How far a frame keeps from what it is around, and how small it may be, in
/// points.
const GAP: f64 = 2.0;
const LEAST: f64 = 8.0;

/// A rectangle on a page, in points from its top left corner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    /// The page, from 1.
    pub page: usize,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Two corners of the box that a line of type takes, from `left` to `right` of
/// its beginning.
pub(super) fn line_box(left: Abs, right: Abs, size: Abs) -> [Point; 2] {
    [Point::new(left, -size * 0.7), Point::new(right, size * 0.1)]
}

/// What is wrong with a document, and where it is seen: nowhere if it is that
/// something is not there.
pub(super) struct Remark {
    pub fault: Diagnostic,
    pub areas: Vec<Area>,
}

/// What `marks.typ` is told of a page.
#[derive(Serialize)]
struct Marked {
    width: f64,
    height: f64,
    areas: Vec<[f64; 4]>,
    remarks: Vec<String>,
}

impl Area {
    /// Of what lies between two corners that are moved by `here`.
    pub(super) fn new(page: usize, corners: [Point; 2], here: Transform) -> Self {
        let [a, b] = corners;
        let moved = [a, b, Point::new(a.x, b.y), Point::new(b.x, a.y)].map(|it| it.transform(here));
        let x = moved.map(|point| point.x.to_pt());
        let y = moved.map(|point| point.y.to_pt());
        let least = |of: [f64; 4]| of.into_iter().fold(f64::INFINITY, f64::min);
        let most = |of: [f64; 4]| of.into_iter().fold(f64::NEG_INFINITY, f64::max);
        Self { page, left: least(x), top: least(y), right: most(x), bottom: most(y) }
    }

    /// What of a frame around it can be seen on a page of this size. Of what is
    /// outside the page, the frame is at the edge.
    fn framed(&self, width: f64, height: f64) -> [f64; 4] {
        let span = |from: f64, to: f64, length: f64| {
            let from = (from - GAP).clamp(0.0, (length - LEAST).max(0.0));
            (from, (to + GAP).clamp(from + LEAST, length.max(from + LEAST)))
        };
        let (left, right) = span(self.left, self.right, width);
        let (top, bottom) = span(self.top, self.bottom, height);
        [left, top, right, bottom]
    }
}

impl Press {
    /// A page with the marks of what is wrong with it; what is seen nowhere is
    /// told on the first page. `None` if there is nothing to mark.
    pub(super) fn marked(
        &self,
        page: &Page,
        number: usize,
        remarks: &[Remark],
        lang: Lang,
    ) -> Option<Page> {
        let is_here = |area: &&Area| area.page == number;
        let own: Vec<&Remark> = remarks
            .iter()
            .filter(|it| {
                it.areas.iter().any(|area| is_here(&area)) || it.areas.is_empty() && number == 1
            })
            .collect();
        if own.is_empty() {
            return None;
        }
        let size = page.frame.size();
        let (width, height) = (size.x.to_pt(), size.y.to_pt());
        let mut areas: Vec<[f64; 4]> = Vec::new();
        for area in own.iter().flat_map(|it| it.areas.iter().filter(is_here)) {
            let framed = area.framed(width, height);
            if !areas.contains(&framed) {
                areas.push(framed);
            }
        }
        let mut said: Vec<String> = Vec::new();
        for remark in &own {
            let message = remark.fault.wording(lang).message;
            if !said.contains(&message) {
                said.push(message);
            }
        }
        let marked = Marked { width, height, areas, remarks: said };
        let entry = serde_json::to_vec(&marked).expect("marks have keys that are text");
        let world = self.shared.marks(entry);
        let over = self.compile(&world).output.expect("our own marks can be laid out");
        let over = over.pages()[0].frame.clone();
        let mut frame = Frame::hard(over.size());
        frame.push_multiple(
            [page.frame.clone(), over]
                .map(|layer| (Point::zero(), FrameItem::Group(GroupItem::new(layer)))),
        );
        Some(Page { frame, ..page.clone() })
    }
}
