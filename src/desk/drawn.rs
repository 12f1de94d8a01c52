//! The documents that were drawn last: who leafs through them comes back to some,
//! and each page is asked for by itself.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use accolade::Lang;
use accolade::fault::Diagnostics;
use accolade::folder::{Look, Previewed};

/// How many documents are kept.
const KEPT: usize = 24;

/// How fine pictures can be.
pub(super) const FINEST: f64 = 300.0;
pub(super) const COARSEST: f64 = 20.0;

/// What a picture shows: the folder as it was then, and how it was drawn.
#[derive(PartialEq)]
pub(super) struct Shown {
    pub version: u64,
    pub path: String,
    pub pixels_per_inch: f64,
    pub lang: Lang,
}

/// The last ones, the latest at the end.
#[derive(Default)]
pub(super) struct Drawn(Vec<(Shown, Arc<Previewed>)>);

impl Drawn {
    /// A document that is known, or as `draw` draws it.
    ///
    /// # Errors
    /// It cannot be drawn.
    pub(super) fn of(
        &mut self,
        shown: Shown,
        draw: impl FnOnce(&Look<'_>) -> Result<Previewed, Diagnostics>,
    ) -> Result<Arc<Previewed>, Diagnostics> {
        if let Some((_, known)) = self.0.iter().find(|(known, _)| *known == shown) {
            return Ok(Arc::clone(known));
        }
        let document = Arc::new(draw(&look(Some(&shown.path), shown.pixels_per_inch, shown.lang))?);
        self.0.push((shown, Arc::clone(&document)));
        let gone = self.0.len().saturating_sub(KEPT);
        self.0.drain(..gone);
        Ok(document)
    }
}

/// How to draw what is wanted, no finer than anybody needs.
pub(super) fn look(which: Option<&str>, pixels_per_inch: f64, lang: Lang) -> Look<'_> {
    Look {
        which,
        pixels_per_inch: pixels_per_inch.clamp(COARSEST, FINEST),
        lang,
        threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
    }
}
