//! The documents that were drawn last: who leafs through them comes back to some,
//! and each page is asked for by itself.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use accolade::fault::wording::Lang;
use accolade::fault::{self, Diagnostics};
use accolade::folder::{Look, Previewed};

use super::held::Held;

/// How many documents are kept.
const KEPT: usize = 24;

/// How fine pictures can be.
const FINEST: f64 = 300.0;
const COARSEST: f64 = 20.0;

/// What a picture shows: the folder as it was then, and how it was drawn.
#[derive(PartialEq)]
pub(super) struct Shown {
    version: u64,
    path: String,
    pixels_per_inch: f64,
    lang: Lang,
}

/// The last ones, the latest at the end.
#[derive(Default)]
pub(super) struct Drawn(Vec<(Shown, Arc<Previewed>)>);

impl Held {
    /// A document of the sheet as it is now.
    ///
    /// # Errors
    /// There is none at that path, or it cannot be laid out at all.
    pub(super) fn drawn(
        &mut self,
        path: &str,
        pixels_per_inch: f64,
        lang: Lang,
    ) -> Result<Arc<Previewed>, Diagnostics> {
        let proved = self.proved()?;
        let pixels_per_inch = pixels_per_inch.clamp(COARSEST, FINEST);
        let shown = Shown { version: self.version, path: path.to_owned(), pixels_per_inch, lang };
        if let Some((_, known)) = self.drawn.0.iter().find(|(known, _)| *known == shown) {
            return Ok(Arc::clone(known));
        }
        let look = Look {
            which: Some(path),
            pixels_per_inch,
            lang,
            threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        };
        let preview = proved.folder.preview(&proved.inputs, &look)?.value;
        let document = preview.documents.into_iter().find(|document| document.path == path);
        let Some(document) = document else {
            let which = path.to_owned();
            return Err(fault::Environment::NothingMatches { which }.into());
        };
        let document = Arc::new(document);
        self.drawn.0.push((shown, Arc::clone(&document)));
        let gone = self.drawn.0.len().saturating_sub(KEPT);
        self.drawn.0.drain(..gone);
        Ok(document)
    }
}
