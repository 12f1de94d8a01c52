//! The pages of many documents → one PDF: a print volume, or sheets that show
//! many pages each. Finished pages are put together as they are, so the fonts
//! are embedded once and nothing is laid out anew.

use std::num::NonZeroUsize;
use std::sync::Arc;

use sha2::Digest;
use typst::ecow::{EcoString, EcoVec};
use typst::foundations::{Label, NativeElement, Smart};
use typst::introspection::{Location, Tag, TagFlags};
use typst::layout::{Abs, Axes, Frame, FrameItem, GroupItem, Point, Ratio, Sides, Size, Transform};
use typst::model::{DocumentInfo, HeadingElem};
use typst::text::TextElem;
use typst::utils::{PicoStr, hash128};
use typst::visualize::{Color, FixedStroke, Geometry};
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;

use super::bindable::{Bindable, untagged};
use super::engine::Press;
use super::job::Job;
use super::rendered::{Outcome, Rendered};
use crate::attest;
use crate::contest::Printer;
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::form::Meaning;
use crate::hex::hex;
use crate::plan::{Document, Plan, Volume};

/// The label of the blocks in which sheets show the pages, one after the other.
const PLACE: &str = "page";

/// Crop marks begin so far beyond the bleed, are so long and so thick, in
/// millimetres.
const MARK_GAP: f64 = 1.0;
const MARK_LENGTH: f64 = 5.0;
const MARK_THICKNESS: f64 = 0.1;

/// A page and the document it belongs to.
struct BoundPage<'a> {
    page: Page,
    document: &'a Document,
}

impl Press {
    /// One part of a volume: every document is typeset and proved as it is
    /// printed here, unless it already was. Left out once anything failed, as a
    /// document is, and given up between two documents once the run is broken
    /// off.
    pub(super) fn bind(&self, plan: &Plan<'_>, volume: &Volume, job: &Job) -> Outcome {
        let definition = plan.definition(volume);
        let mut faults = Diagnostics::default();
        let mut bound = Vec::new();
        let mut info = DocumentInfo::default();
        let mut digest = self.fingerprint.clone();
        for &index in &volume.documents {
            if job.is_broken_off() {
                return (None, faults);
            }
            let document = &plan.documents[index];
            let bindable = job.cache.take(volume, index).or_else(|| {
                let (typeset, found) =
                    self.typeset(plan, document, &definition.facts, definition.edition);
                faults.extend(found);
                typeset.map(|typeset| Arc::new(Bindable::from(&typeset)))
            });
            job.add_bound(plan, volume, index);
            let Some(bindable) = bindable else { continue };
            digest.update(&bindable.entry);
            info = bindable.info.clone();
            bound.extend(
                bindable.pages.iter().map(|page| BoundPage { page: page.clone(), document }),
            );
        }
        if faults.has_errors() || !job.is_wanted() {
            return (None, faults);
        }
        info.title = Some(title(plan, volume));
        info.keywords.clear();
        let key = plan.key.filter(|_| plan.contest.documents[definition.of].number.is_some());
        if key.is_some() {
            info.keywords.push(attest::seal::keyword().into());
        }
        let documents: Vec<&Document> = bound.iter().map(|bound| bound.document).collect();
        let (mut pages, shown_on) = match &definition.template {
            None => {
                let bleed = definition.edition.bleed;
                let pages = bound.iter().map(|it| printed(&it.page, definition.printer, bleed));
                (pages.collect(), (0..bound.len()).collect())
            }
            Some(template) => match self.sheets(plan, volume, template, &bound) {
                Ok(sheets) => sheets,
                Err(found) => {
                    faults.extend(found);
                    return (None, faults);
                }
            },
        };
        add_bookmarks(plan, &documents, &shown_on, pages.make_mut());
        let pages = PagedDocument::new(pages, info);
        // What is only printed needs neither tags nor an archive's standard.
        let options = PdfOptions { tagged: false, ..self.options(plan, &volume.path) };
        match self.to_pdf(&pages, &options) {
            Ok(mut pdf) => {
                if let Some(key) = key {
                    attest::seal::put(&mut pdf, key);
                }
                let (pages, fingerprint) = (pages.pages().len(), hex(&digest.finalize()));
                (Some(Rendered { pdf, pages, fingerprint, statement: None }), faults)
            }
            Err(errors) => {
                faults.extend(errors.iter().map(|error| {
                    let hints = error.hints.iter().map(|hint| hint.v.to_string()).collect();
                    let kind = fault::Documents::Template {
                        message: Meaning::same(&error.message),
                        hints,
                    };
                    Diagnostic::new(kind).at(definition.place.clone())
                }));
                (None, faults)
            }
        }
    }

    /// The sheets that `template` lays out for these pages, and for each page
    /// the sheet it is shown on.
    ///
    /// # Errors
    /// The template fails, or has not a place for each page.
    fn sheets(
        &self,
        plan: &Plan<'_>,
        volume: &Volume,
        template: &str,
        bound: &[BoundPage<'_>],
    ) -> Result<(EcoVec<Page>, Vec<usize>), Diagnostics> {
        let documents: Vec<&Document> = bound.iter().map(|bound| bound.document).collect();
        let size = bound[0].page.frame.size();
        let entry = self.sheets_entry(plan, volume, &documents, (size.x.to_pt(), size.y.to_pt()));
        let edition = plan.definition(volume).edition;
        let world = self.shared.document(template, entry, edition);
        let compiled = self.compile(&world).output.map_err(|errors| {
            let mut faults = Diagnostics::default();
            faults.extend(errors.iter().map(|error| world.explain(error)));
            faults
        })?;
        let mut filling = Filling { left: bound, places: 0 };
        let mut shown_on = Vec::new();
        let mut sheets = EcoVec::new();
        for (index, sheet) in compiled.pages().iter().enumerate() {
            let mut sheet = untagged(sheet);
            filling.fill(&mut sheet.frame);
            shown_on.resize(filling.places.min(bound.len()), index);
            sheets.push(sheet);
        }
        if filling.places != bound.len() {
            let kind =
                fault::Documents::PlacesDiffer { places: filling.places, pages: bound.len() };
            return Err(Diagnostic::new(kind).at(plan.definition(volume).place.clone()).into());
        }
        Ok((sheets, shown_on))
    }
}

/// Puts pages into the places of sheets.
struct Filling<'a> {
    left: &'a [BoundPage<'a>],
    /// How many places there were so far.
    places: usize,
}

impl Filling<'_> {
    fn fill(&mut self, frame: &mut Frame) {
        frame.retain(|item| {
            let FrameItem::Group(group) = item else { return true };
            if group.label.is_some_and(|label| label == place()) {
                self.places += 1;
                if let Some((bound, left)) = self.left.split_first() {
                    fit(&bound.page.frame, &mut group.frame);
                    self.left = left;
                }
            } else {
                self.fill(&mut group.frame);
            }
            true
        });
    }
}

fn place() -> Label {
    Label::new(PicoStr::intern(PLACE)).expect("the label has a name")
}

/// Shows a whole page in the middle of a place, as large as it may be.
fn fit(page: &Frame, place: &mut Frame) {
    let scale = (place.width() / page.width()).min(place.height() / page.height());
    let left = Point::new(
        (place.width() - page.width() * scale) / 2.0,
        (place.height() - page.height() * scale) / 2.0,
    );
    place.push(left, scaled(page.clone(), scale));
}

fn scaled(frame: Frame, scale: f64) -> FrameItem {
    let ratio = Ratio::new(scale);
    FrameItem::Group(GroupItem {
        transform: Transform::scale(ratio, ratio),
        ..GroupItem::new(frame)
    })
}

/// A page as it is sent to the printer: moved to where the printer needs it,
/// with crop marks if it is to be trimmed.
fn printed(page: &Page, printer: Printer, bleed: f64) -> Page {
    let mut page = page.clone();
    if printer != Printer::TRUE {
        let mut paper = Frame::hard(page.frame.size());
        let moved = Point::new(Abs::mm(printer.x), Abs::mm(printer.y));
        paper.push(moved, scaled(page.frame, printer.scale));
        page.frame = paper;
    }
    if bleed > 0.0 {
        add_crop_marks(&mut page.frame, Abs::mm(bleed));
        page.bleed = Sides::splat(Abs::mm(bleed + MARK_GAP + MARK_LENGTH));
    }
    page
}

/// Two marks at each corner of the trimmed page, clear of the bleed.
fn add_crop_marks(frame: &mut Frame, bleed: Abs) {
    let size = frame.size();
    let stroke = FixedStroke::from_pair(Color::BLACK, Abs::mm(MARK_THICKNESS));
    let (near, length) = (bleed + Abs::mm(MARK_GAP), Abs::mm(MARK_LENGTH));
    let mut mark = |from: Point, to: Size| {
        let line = Geometry::Line(to.to_point()).stroked(stroke.clone());
        frame.push(from, FrameItem::Shape(line, typst::syntax::Span::detached()));
    };
    for x in [Abs::zero(), size.x] {
        for y in [-near - length, size.y + near] {
            mark(Point::new(x, y), Axes::new(Abs::zero(), length));
        }
    }
    for y in [Abs::zero(), size.y] {
        for x in [-near - length, size.x + near] {
            mark(Point::new(x, y), Axes::new(length, Abs::zero()));
        }
    }
}

/// Bookmarks for awards, groups and documents, each on the page where it
/// begins.
fn add_bookmarks(plan: &Plan<'_>, documents: &[&Document], shown_on: &[usize], pages: &mut [Page]) {
    let mut open: Vec<String> = Vec::new();
    let mut count = 0_u32;
    for (index, (document, &page)) in documents.iter().zip(shown_on).enumerate() {
        // A document of several pages begins on the first of them.
        if index > 0 && std::ptr::eq(documents[index - 1], *document) {
            continue;
        }
        let entrant = plan.only(document);
        let mut names: Vec<String> = entrant
            .map(|entrant| vec![entrant.award.clone(), entrant.group.clone()])
            .unwrap_or_default();
        names.push(heading(plan, document));
        let alike = names.iter().zip(&open).take_while(|(a, b)| a == b).count();
        for (level, name) in names.iter().enumerate().skip(alike) {
            let level = NonZeroUsize::MIN.saturating_add(level);
            bookmark(&mut pages[page].frame, name, level, count);
            count += 1;
        }
        open = names;
    }
}

fn heading(plan: &Plan<'_>, document: &Document) -> String {
    match (document.number(), plan.recipient(document)) {
        (Some(number), Some(recipient)) => format!("{number} {recipient}"),
        _ => plan.title(document),
    }
}

/// A heading that nobody sees, at the top of a page.
fn bookmark(frame: &mut Frame, name: &str, level: NonZeroUsize, index: u32) {
    let mut heading =
        HeadingElem::new(TextElem::packed(name)).with_level(Smart::Custom(level)).pack();
    let location = Location::new(hash128(&(PLACE, index)));
    heading.set_location(location);
    let key = hash128(&heading);
    let flags = TagFlags { introspectable: true, tagged: false };
    let tags = [Tag::Start(heading, flags), Tag::End(location, key, flags)];
    frame.push_multiple(tags.map(|tag| (Point::zero(), FrameItem::Tag(tag))));
}

fn title(plan: &Plan<'_>, volume: &Volume) -> EcoString {
    let (contest, name) = (&plan.contest.name, &plan.definition(volume).name);
    let Volume { part, parts, .. } = volume;
    if *parts > 1 {
        format!("{contest} {name} {part}/{parts}").into()
    } else {
        format!("{contest} {name}").into()
    }
}
