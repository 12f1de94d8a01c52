//! What makes a template slow: found on a few laid-out documents of each kind,
//! and measured by exporting their pages once more without it.
//!
//! Only `check` comes here, so no stopwatch reaches a package. What has a
//! structure that cannot cost anything is not measured at all; the built-in
//! templates have nothing else, so nobody is told of them by a busy machine.

use std::hint::black_box;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use typst::diag::{FileResult, SourceResult, Warned};
use typst::engine::Engine;
use typst::foundations::{Bytes, Content, Datetime, Output, StyleChain, Target};
use typst::introspection::Introspector;
use typst::layout::{Frame, FrameItem, Transform};
use typst::syntax::{FileId, Source, Span};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::visualize::{CurveItem, Geometry, Image, ImageKind, Paint, Shape};
use typst::{Library, World};
use typst_layout::{Page, PagedDocument};

use super::engine::Press;
use super::entry::Code;
use super::stripped::without;
use super::typeset::explained;
use super::world::DocumentWorld;
use super::{proof, world};
use crate::attest::OnPage;
use crate::contest::Edition;
use crate::fault::{self, Burden, Diagnostic, Diagnostics};
use crate::plan::{Document, Plan};

/// What adds less than this to a document, and less than this share of it, is
/// not worth a word.
const LEAST: Duration = Duration::from_millis(1);
const SHARE: f64 = 0.1;

/// Whatever measures text is laid out twice.
const LAYOUTS_OF_MANY: usize = 2;

/// Fewer segments of curves than this cost nothing to speak of: 0.03 ms each at
/// most (`what_slow_things_cost` in `tests/suite/slow.rs` prints it).
const SEGMENTS: usize = 20;

/// Nor do bitmaps of fewer pixels.
const PIXELS: u32 = 200_000;

/// What paper shows of a bitmap.
const DOTS_PER_INCH: f64 = 300.0;

/// An export is repeated until it took this long in all, at most so often.
const MEASURED_FOR: Duration = Duration::from_millis(20);
const REPEATED: usize = 5;

impl Press {
    /// Typesets these documents of one kind, all of them sound, and measures
    /// what makes their template slow. Nothing is kept.
    pub(super) fn measure(&self, plan: &Plan<'_>, documents: &[Document]) -> Diagnostics {
        // Whatever was laid out before would be known already.
        comemo::evict(0);
        let mut faults = Diagnostics::default();
        let mut all = Vec::new();
        for document in documents {
            all.extend(self.lay_out(plan, document, &mut faults));
        }
        let mut faults = Diagnostics::default();
        let warm = || all.iter().skip(1);
        let Some(typical) = warm().min_by_key(|laid| laid.took).or(all.first()) else {
            return faults;
        };
        match self.weigh(plan, typical, warm().map(Laid::again).min()) {
            Ok(found) => faults.extend(found),
            Err(errors) => faults.extend(errors),
        }
        faults
    }

    /// Lays out and proves one document.
    pub(super) fn lay_out<'a>(
        &'a self,
        plan: &'a Plan<'_>,
        document: &'a Document,
        faults: &mut Diagnostics,
    ) -> Option<Laid<'a>> {
        let kind = plan.kind(document);
        let code = self
            .code(plan, document, &OnPage::default())
            .map_err(|found| faults.extend(found))
            .ok()?;
        let entry = self.entry(plan, document, code.as_ref(), &kind.facts);
        let world = self.shared.document(&kind.template, entry, Edition::default());
        let watched = Watched { world: &world, noted: Mutex::default() };
        let start = Instant::now();
        let Warned { output, warnings } = typst::compile::<Timed>(&watched);
        let took = start.elapsed();
        let layouts = watched.layouts();
        faults.extend(explained(plan, document, &world, &warnings));
        match output {
            Ok(Timed(pages)) => {
                let (remarks, _) = proof::prove(plan, document, code.as_ref(), &pages);
                faults.extend(remarks.into_iter().map(|remark| remark.fault));
                Some(Laid { document, world, pages, code, took, layouts })
            }
            Err(errors) => {
                faults.extend(explained(plan, document, &world, &errors));
                None
            }
        }
    }

    /// Everything that makes a laid-out document slow. `again` is what laying
    /// it out more often than others takes, if that is known.
    ///
    /// # Errors
    /// It cannot be exported.
    fn weigh(
        &self,
        plan: &Plan<'_>,
        laid: &Laid<'_>,
        again: Option<Duration>,
    ) -> Result<Diagnostics, Diagnostics> {
        let kind = plan.kind(laid.document);
        let documents = plan.documents.iter().filter(|it| it.kind == laid.document.kind).count();
        let whole = self.export(plan, laid, &laid.pages)?;
        let total = laid.took + whole.took;
        let mut found = Diagnostics::default();
        let mut tell = |burden, adds: Duration, span: Option<Span>| {
            let place = span.and_then(|span| laid.world.place(span.into()));
            let (adds, of) = (adds.as_micros() as u64, total.as_micros() as u64);
            let slow = fault::Documents::SlowTemplate {
                kind: kind.name.clone(),
                burden,
                adds,
                of,
                documents,
            };
            found.push(Diagnostic::new(slow).at(place.unwrap_or_else(|| kind.place.clone())));
        };
        let code = laid.code.as_ref();
        for suspect in suspects(laid.pages.pages()).into_iter().filter(|it| !it.is_code(code)) {
            let without =
                self.export(plan, laid, &without(&laid.pages, |item| suspect.fits(item)))?;
            let adds = whole.took.saturating_sub(without.took);
            if matters(adds, total) {
                let bytes = whole.bytes.saturating_sub(without.bytes);
                tell(suspect.burden(bytes), adds, Some(suspect.span()));
            }
        }
        if let Some(again) = again.filter(|&again| matters(again, total)) {
            tell(Burden::Layouts { count: laid.layouts.len() }, again, None);
        }
        Ok(found)
    }

    /// These pages of a document, exported.
    ///
    /// # Errors
    /// What they cannot be exported for.
    pub(super) fn pdf_of(
        &self,
        plan: &Plan<'_>,
        laid: &Laid<'_>,
        pages: &PagedDocument,
    ) -> Result<Vec<u8>, Diagnostics> {
        self.pdf(plan, laid.document, pages).map_err(|errors| {
            let mut faults = Diagnostics::default();
            faults.extend(explained(plan, laid.document, &laid.world, &errors));
            faults
        })
    }

    /// What it takes to export these pages of a document, and to pass them on.
    fn export(
        &self,
        plan: &Plan<'_>,
        laid: &Laid<'_>,
        pages: &PagedDocument,
    ) -> Result<Export, Diagnostics> {
        let mut least = Export { took: Duration::MAX, bytes: 0 };
        let mut in_all = Duration::ZERO;
        for again in 0..REPEATED {
            let start = Instant::now();
            let pdf = self.pdf_of(plan, laid, pages)?;
            black_box(Sha256::digest(&pdf));
            let took = start.elapsed();
            // The first encodes what all others share.
            if again > 0 {
                least = Export { took: least.took.min(took), bytes: pdf.len() };
                in_all += took;
            }
            if in_all > MEASURED_FOR {
                break;
            }
        }
        Ok(least)
    }
}

/// Whether what is added to a document that takes `total` is worth a word.
fn matters(adds: Duration, total: Duration) -> bool {
    adds >= LEAST.max(total.mul_f64(SHARE))
}

struct Export {
    took: Duration,
    bytes: usize,
}

/// A document that is laid out, and how long that took.
pub(super) struct Laid<'a> {
    document: &'a Document,
    world: DocumentWorld<'a>,
    pub(super) pages: PagedDocument,
    code: Option<Code>,
    took: Duration,
    /// How long each of typst's layouts took: it lays out again until what
    /// `state`, `counter` and `query` say does not change any more.
    layouts: Vec<Duration>,
}

impl Laid<'_> {
    /// Whether there is anything in it that is worth measuring.
    pub(super) fn may_be_slow(&self) -> bool {
        let code = self.code.as_ref();
        self.layouts.len() > LAYOUTS_OF_MANY
            || suspects(self.pages.pages()).iter().any(|it| !it.is_code(code))
    }

    /// What the layouts took that few documents need.
    fn again(&self) -> Duration {
        self.layouts.iter().skip(LAYOUTS_OF_MANY).sum()
    }
}

/// A world that notes when each of typst's layouts begins and ends. Typst does
/// not tell, and the pages know nothing but the world: so they ask it for a file
/// that there is not.
struct Watched<'a> {
    world: &'a DocumentWorld<'a>,
    noted: Mutex<Vec<Instant>>,
}

impl Watched<'_> {
    /// How long each layout took; one that failed has no end.
    fn layouts(self) -> Vec<Duration> {
        let noted = self.noted.into_inner().unwrap_or_else(PoisonError::into_inner);
        noted.chunks_exact(2).map(|times| times[1] - times[0]).collect()
    }
}

impl World for Watched<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.world.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.world.book()
    }

    fn main(&self) -> FileId {
        self.world.main()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.world.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == world::layout() {
            self.noted.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
        }
        self.world.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.world.font(index)
    }

    fn today(&self, offset: Option<typst::foundations::Duration>) -> Option<Datetime> {
        self.world.today(offset)
    }
}

/// Pages that tell a [`Watched`] world of each layout.
struct Timed(PagedDocument);

impl Output for Timed {
    fn target() -> Target {
        PagedDocument::target()
    }

    fn create(
        engine: &mut Engine<'_>,
        content: &Content,
        styles: StyleChain<'_>,
    ) -> SourceResult<Self> {
        let _ = engine.world.file(world::layout());
        let pages = PagedDocument::create(engine, content, styles)?;
        let _ = engine.world.file(world::layout());
        Ok(Self(pages))
    }

    fn introspector(&self) -> &dyn Introspector {
        Output::introspector(&self.0)
    }
}

/// What on the pages may be slow to export.
enum Suspect {
    /// typst-pdf computes the outline of every stroke to know how far its
    /// colour reaches.
    Curves {
        count: usize,
        segments: usize,
        /// The one with the most segments.
        longest: usize,
        span: Span,
    },
    /// A bitmap is encoded once, but copied and hashed for every document; one
    /// inside an SVG, and a filter there, is drawn anew each time.
    Image {
        image: Image,
        /// How large it stands on paper, in points.
        width: f64,
        height: f64,
        span: Span,
    },
}

fn suspects(pages: &[Page]) -> Vec<Suspect> {
    let mut found = Vec::new();
    for page in pages {
        suspect(&page.frame, Transform::identity(), &mut found);
    }
    found.retain(|it| !matches!(it, Suspect::Curves { segments, .. } if *segments < SEGMENTS));
    found
}

fn suspect(frame: &Frame, outer: Transform, found: &mut Vec<Suspect>) {
    for (position, item) in frame.items() {
        let here = outer.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => {
                suspect(&group.frame, here.pre_concat(group.transform), found);
            }
            FrameItem::Shape(shape, span) if is_outlined(shape) => {
                add_curve(found, segments_of(&shape.geometry), *span);
            }
            FrameItem::Image(image, size, span) if is_heavy(image) => {
                let known = |it: &Suspect| matches!(it, Suspect::Image { image: other, .. } if other == image);
                if !found.iter().any(known) {
                    let (width, height) = (size.x * here.sx.get(), size.y * here.sy.get());
                    let (width, height) = (width.to_pt().abs(), height.to_pt().abs());
                    found.push(Suspect::Image { image: image.clone(), width, height, span: *span });
                }
            }
            _ => {}
        }
    }
}

fn add_curve(found: &mut Vec<Suspect>, added: usize, at: Span) {
    for known in found.iter_mut() {
        if let Suspect::Curves { count, segments, longest, span } = known {
            *count += 1;
            *segments += added;
            if added > *longest {
                (*longest, *span) = (added, at);
            }
            return;
        }
    }
    found.push(Suspect::Curves { count: 1, segments: added, longest: added, span: at });
}

/// Whether typst-pdf computes the outline of a curve.
fn is_outlined(shape: &Shape) -> bool {
    let is_plain = |paint: &Paint| matches!(paint, Paint::Solid(_));
    let plain = shape.fill.as_ref().is_none_or(is_plain);
    !plain || shape.stroke.is_some() && matches!(shape.geometry, Geometry::Curve(_))
}

fn segments_of(geometry: &Geometry) -> usize {
    match geometry {
        Geometry::Line(_) => 1,
        Geometry::Rect(_) => 4,
        Geometry::Curve(curve) => {
            let drawn = |it: &&CurveItem| matches!(it, CurveItem::Line(_) | CurveItem::Cubic(..));
            curve.0.iter().filter(drawn).count()
        }
    }
}

fn is_heavy(image: &Image) -> bool {
    match image.kind() {
        ImageKind::Raster(raster) => raster.width().saturating_mul(raster.height()) >= PIXELS,
        ImageKind::Svg(svg) => {
            let text = String::from_utf8_lossy(svg.data());
            text.contains("<filter") || text.contains("<image")
        }
        ImageKind::Pdf(_) => true,
    }
}

impl Suspect {
    /// Whether it is the document's own code, which is no matter of the template.
    fn is_code(&self, code: Option<&Code>) -> bool {
        match (self, code) {
            (Suspect::Image { image, .. }, Some(code)) => proof::shows(image, code),
            _ => false,
        }
    }

    fn span(&self) -> Span {
        match self {
            Suspect::Curves { span, .. } | Suspect::Image { span, .. } => *span,
        }
    }

    fn fits(&self, item: &FrameItem) -> bool {
        match (self, item) {
            (Suspect::Curves { .. }, FrameItem::Shape(shape, _)) => is_outlined(shape),
            (Suspect::Image { image, .. }, FrameItem::Image(other, ..)) => image == other,
            _ => false,
        }
    }

    /// What it is, and how many `bytes` it adds to each document.
    fn burden(&self, bytes: usize) -> Burden {
        match self {
            Suspect::Curves { count, .. } => Burden::Curves { count: *count },
            Suspect::Image { image, width, height, .. } => match image.kind() {
                ImageKind::Raster(raster) => {
                    let needed = |points: f64| (points / 72.0 * DOTS_PER_INCH).ceil() as u32;
                    let pixels = (raster.width(), raster.height());
                    let enough = (needed(*width), needed(*height));
                    let larger = pixels.0 > enough.0 && pixels.1 > enough.1;
                    Burden::Bitmap { pixels, enough: larger.then_some(enough), bytes }
                }
                ImageKind::Svg(_) | ImageKind::Pdf(_) => Burden::Drawing,
            },
        }
    }
}
