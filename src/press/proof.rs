//! What is on the finished pages, held against what should be.
//!
//! Runs after layout and before export, on every document.

use std::collections::HashSet;

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst::visualize::{Image, ImageKind};
use typst_layout::PagedDocument;
use unicode_normalization::UnicodeNormalization;

use super::entry::Code;
use super::marks::{Area, Remark, line_box};
use crate::character;
use crate::contest::FieldKind;
use crate::dates;
use crate::fact::Fact;
use crate::fault::{self, Diagnostic, Kind};
use crate::field::Field;
use crate::plan::{Document, Plan};
use crate::roster::Entrant;

mod legible;
mod personal;
mod reading;

use legible::Run;
use reading::Reading;

/// How far over the paper's edge something may reach, in points: rounding.
const TOLERANCE: f64 = 0.5;

/// The least size of a code's module on ordinary paper, in millimetres.
const MODULE: f64 = 0.33;

/// Everything in which the pages differ from what `document` should show, and
/// where on them it is seen; and all text on them, a line for each piece.
pub(super) fn prove(
    plan: &Plan<'_>,
    document: &Document,
    code: Option<&Code>,
    pages: &PagedDocument,
) -> (Vec<Remark>, String) {
    let mut proof = Proof {
        plan,
        document,
        code,
        remarks: Vec::new(),
        reading: Reading::default(),
        words: String::new(),
        runs: Vec::new(),
        code_shown: None,
    };
    proof.page_count(pages.pages().len());
    for (index, page) in pages.pages().iter().enumerate() {
        let bleed = page.bleed;
        let from = Point::new(-bleed.left, -bleed.top);
        let to = page.frame.size().to_point() + Point::new(bleed.right, bleed.bottom);
        let sheet = Paper { number: index + 1, from, to };
        proof.frame(&page.frame, Transform::identity(), &sheet);
    }
    proof.readable();
    proof.legible();
    proof.public();
    proof.scannable();
    (proof.remarks, proof.words)
}

/// Whether an image is a code.
pub(super) fn shows(image: &Image, code: &Code) -> bool {
    match image.kind() {
        ImageKind::Svg(svg) => **svg.data() == *code.drawing.svg.as_bytes(),
        _ => false,
    }
}

struct Proof<'a> {
    plan: &'a Plan<'a>,
    document: &'a Document,
    code: Option<&'a Code>,
    remarks: Vec<Remark>,
    /// All text in reading order, without blanks: where a line breaks does
    /// not matter.
    reading: Reading<'a>,
    /// The same with its blanks, and a line break after each piece.
    words: String,
    /// Each piece of it where it stands.
    runs: Vec<Run>,
    /// How wide and where the document's code stands on the page.
    code_shown: Option<(Abs, Area)>,
}

/// The paper that a frame lies on, with what will be trimmed off.
struct Paper {
    number: usize,
    from: Point,
    to: Point,
}

impl<'a> Proof<'a> {
    /// Records a fault at the cell it comes from, or else at the document's
    /// own row, and the `areas` where it is seen. What is wrong with a list as a
    /// whole is no row's fault.
    fn fault(&mut self, kind: impl Into<Kind>, from: Option<(&Entrant, Field)>, areas: Vec<Area>) {
        let only = self.plan.only(self.document);
        let fault = Diagnostic::new(kind);
        let fault = match from.or(only.map(|entrant| (entrant, Field::Project))) {
            Some((entrant, field)) => fault.at_cell(entrant.cell(field)).for_row(&entrant.source),
            None => fault.at(self.plan.kind(self.document).place.clone()),
        };
        self.remarks.push(Remark { fault, areas });
    }

    fn page_count(&mut self, found: usize) {
        let expected = self.plan.kind(self.document).pages;
        if let Some(expected) = expected.filter(|&expected| expected != found) {
            let document = self.plan.title(self.document);
            self.fault(fault::Documents::PageCount { document, expected, found }, None, Vec::new());
        }
    }

    fn frame(&mut self, frame: &'a Frame, outer: Transform, sheet: &Paper) {
        for (position, item) in frame.items() {
            let here = outer.pre_concat(Transform::translate(position.x, position.y));
            match item {
                FrameItem::Group(group) => {
                    self.frame(&group.frame, here.pre_concat(group.transform), sheet);
                }
                FrameItem::Text(text) => {
                    self.reading.add(text, here);
                    self.words.extend(text.text.nfc().chain(['\n']));
                    self.glyphs(text, here, sheet);
                    self.runs.extend(Run::new(text, here, sheet.number));
                    let corners = line_box(Abs::zero(), text.width(), text.size);
                    self.inside(corners, here, sheet, &text.text);
                }
                FrameItem::Image(image, size, _) => {
                    let corners = [Point::zero(), size.to_point()];
                    if self.is_code(image) {
                        let area = Area::new(sheet.number, corners, here);
                        self.code_shown = Some((size.x * here.sx.get(), area));
                    }
                    self.inside(corners, here, sheet, "…");
                }
                FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    /// A glyph 0 is the box that a font draws for what it lacks.
    fn glyphs(&mut self, text: &TextItem, here: Transform, sheet: &Paper) {
        let mut x = Abs::zero();
        for glyph in &text.glyphs {
            let left = x;
            x += glyph.x_advance.at(text.size);
            let written = &text.text[glyph.range()];
            let needs_one =
                |c: &char| !c.is_whitespace() && !c.is_control() && character::is_drawn(*c);
            let Some(character) = written.chars().find(needs_one).filter(|_| glyph.id == 0) else {
                continue;
            };
            let area = Area::new(sheet.number, line_box(left, x, text.size), here);
            let from = self.source_of(written);
            self.fault(fault::Glyphs::MissingGlyph { character }, from, vec![area]);
        }
    }

    fn inside(&mut self, corners: [Point; 2], here: Transform, sheet: &Paper, text: &str) {
        let tolerance = Abs::pt(TOLERANCE);
        let outside = corners.iter().map(|corner| corner.transform(here)).any(|point| {
            point.x < sheet.from.x - tolerance
                || point.y < sheet.from.y - tolerance
                || point.x > sheet.to.x + tolerance
                || point.y > sheet.to.y + tolerance
        });
        if outside {
            let document = self.plan.title(self.document);
            let from = self.source_of(text);
            let text = text.chars().take(20).collect();
            let area = Area::new(sheet.number, corners, here);
            self.fault(
                fault::Documents::OutsidePage { document, page: sheet.number, text },
                from,
                vec![area],
            );
        }
    }

    /// The entrant and field that a piece of text on the page comes from.
    fn source_of(&self, piece: &str) -> Option<(&'a Entrant, Field)> {
        let piece: String = character::comparable(piece).collect();
        let holds =
            |text: &String| character::comparable(text).collect::<String>().contains(&piece);
        let public = self.plan.kind(self.document).public;
        let printed = |field: &Field| {
            let personal = matches!(field, Field::Contact | Field::Phone);
            // An identity is made of other fields and seldom printed.
            !(public && personal) && *field != Field::Id
        };
        self.plan.entrants(self.document).find_map(|entrant| {
            let mut fields = Field::BUILT_IN.into_iter().filter(printed).chain([Field::Id]);
            Some((entrant, fields.find(|&field| entrant.texts(field).iter().any(holds))?))
        })
    }

    /// Every text to be proved stands somewhere on the pages. Entrants usually
    /// stand in order, by group and award or as in the sheet, so each is looked for first
    /// from where the last was found.
    fn readable(&mut self) {
        let expected = self.expected();
        let mut in_turn: Vec<usize> = (0..expected.len()).collect();
        in_turn.sort_by_cached_key(|&index| {
            let standing = expected[index].0.map(|entrant| self.plan.standing(entrant));
            standing.map(|(rank, group)| (group, rank))
        });
        let mut missing = Vec::new();
        let mut cursor = 0;
        for index in in_turn {
            let (entrant, fact, value) = &expected[index];
            let text = &self.reading.text;
            let found = self.forms(*entrant, *fact, value).into_iter().find_map(|form| {
                let bare: String = character::comparable(&form).collect();
                let ahead = text[cursor..].find(&bare).map(|at| cursor + at);
                ahead.or_else(|| text.find(&bare))
            });
            match found {
                Some(at) => cursor = at,
                None => missing.push(index),
            }
        }
        missing.sort_unstable();
        for index in missing {
            let (entrant, fact, value) = expected[index].clone();
            let document = self.plan.title(self.document);
            let from = match fact {
                Fact::Field(field) => entrant.map(|entrant| (entrant, field)),
                Fact::Member => entrant.zip(self.plan.kind(self.document).each.people()),
                _ => None,
            };
            self.fault(
                fault::Documents::NotReadable { document, field: fact.name(), value },
                from,
                Vec::new(),
            );
        }
    }

    /// How a value may be written: a day in Chinese numerals, too.
    fn forms(&self, entrant: Option<&Entrant>, fact: Fact, value: &str) -> Vec<String> {
        let mut forms = vec![value.to_owned()];
        if let (Some(entrant), Fact::Field(field)) = (entrant, fact)
            && self.plan.contest.fields.kind(field) == FieldKind::Date
        {
            let days = entrant.texts(field).into_iter().filter_map(|day| day.parse().ok());
            forms.extend(days.map(dates::in_hanzi));
        }
        forms
    }

    fn legible(&mut self) {
        let document = self.plan.title(self.document);
        let faults: Vec<_> = legible::faults(&self.runs, &document)
            .into_iter()
            .map(|(kind, runs)| {
                let areas = runs.iter().map(|run| run.area).collect();
                (kind, self.source_of(&runs[0].text), areas)
            })
            .collect();
        for (kind, from, areas) in faults {
            self.fault(kind, from, areas);
        }
    }

    /// No telephone and no identity number on what everybody may read.
    fn public(&mut self) {
        let kind = self.plan.kind(self.document);
        if !kind.public {
            return;
        }
        let entrants = self.plan.entrants(self.document);
        let phones: HashSet<String> =
            entrants.filter_map(|it| it.phone.as_deref()).map(personal::bare).collect();
        let facts = [&self.plan.contest.facts, &kind.facts];
        let document = self.plan.title(self.document);
        let faults: Vec<_> = self
            .runs
            .iter()
            .filter_map(|run| {
                let text = personal::number(&run.text, &phones, &facts)?.to_owned();
                let page = run.area.page;
                let kind = fault::Documents::NotPublic { document: document.clone(), page, text };
                Some((kind, self.source_of(&run.text), vec![run.area]))
            })
            .collect();
        for (kind, from, areas) in faults {
            self.fault(kind, from, areas);
        }
    }

    fn is_code(&self, image: &Image) -> bool {
        self.code.is_some_and(|code| shows(image, code))
    }

    /// The code stands on the page, coarse enough for paper.
    fn scannable(&mut self) {
        let wanted = self.plan.kind(self.document).code;
        let Some(code) = self.code.filter(|_| wanted) else { return };
        let document = self.plan.title(self.document);
        let (width, area) = self.code_shown.unzip();
        let areas = area.into_iter().collect();
        match width.map(|width| width.to_mm() / code.drawing.modules as f64) {
            None => self.fault(fault::Documents::CodeNotShown { document }, None, Vec::new()),
            Some(module) if module < MODULE - 1e-6 => {
                let kind =
                    fault::Documents::CodeTooFine { document, module: format!("{module:.3}") };
                self.fault(kind, None, areas);
            }
            Some(_) => {}
        }
    }

    /// What the pages have to show, entrant by entrant.
    fn expected(&self) -> Vec<(Option<&'a Entrant>, Fact, String)> {
        let (plan, document) = (self.plan, self.document);
        let number = document.number().filter(|_| plan.kind(document).shows_number);
        let number = number.map(|number| (None, Fact::Number, number.to_owned()));
        let member = document.member.as_ref().map(|member| member.name.clone());
        let member = member.map(|it| (plan.entrants(document).next(), Fact::Member, it));
        let shown = plan.shown(document);
        let fields = plan.entrants(document).flat_map(|entrant| {
            let texts = |&field: &Field| {
                let texts = plan.contest.printed(entrant, field);
                texts.into_iter().map(move |text| (Some(entrant), Fact::Field(field), text))
            };
            shown.iter().flat_map(texts).collect::<Vec<_>>()
        });
        number.into_iter().chain(member).chain(fields).collect()
    }
}
