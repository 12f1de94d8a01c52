//! How pages that are held upright lie against the pages as they are shown.

/// How a page that is held upright lies against the page as it is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pose {
    /// How often it was turned back by a quarter.
    turns: u8,
    /// The size of the page as it is shown.
    width: f64,
    height: f64,
    /// How far everything was moved afterwards.
    right: f64,
    down: f64,
}

impl Pose {
    /// Of a page that was turned back so many times; its size is that before.
    pub(super) fn new(turns: u8, width: f64, height: f64) -> Self {
        Self { turns, width, height, right: 0.0, down: 0.0 }
    }

    /// An area of the upright page, `[left, top, right, bottom]`, on the page as
    /// it is shown.
    pub(super) fn shown(self, [left, top, right, bottom]: [f64; 4]) -> [f64; 4] {
        let mut area = [left - self.right, top - self.down, right - self.right, bottom - self.down];
        for turn in (0..self.turns).rev() {
            let width = if turn % 2 == 0 { self.width } else { self.height };
            let [left, top, right, bottom] = area;
            area = [width - bottom, left, width - top, right];
        }
        area
    }

    /// Of what was turned back so many times more.
    pub(super) fn turned(self, turns: u8) -> Self {
        Self { turns: self.turns + turns, ..self }
    }

    /// Everything was moved.
    pub(super) fn moved(&mut self, right: f64, down: f64) {
        self.right += right;
        self.down += down;
    }
}
