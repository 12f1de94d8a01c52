//! A finished PDF as a screen reader reads it: the elements of its structure
//! tree, in their order, with the text in each.

use std::collections::BTreeMap;

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, interpret_page,
};
use hayro::vello_cpu::kurbo::{Affine, BezPath, Rect};
use lopdf::{Dictionary, Document, Object, ObjectId};

/// The value of a key, followed to its object.
pub(crate) fn get<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    let value = dictionary.get(key).ok()?;
    document.dereference(value).ok().map(|(_, object)| object)
}

pub(crate) fn is(dictionary: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    dictionary.get(key).is_ok_and(|value| value.as_name().is_ok_and(|value| value == name))
}

/// An element of the structure tree: its type, and what stands in it up to the
/// next element; what follows that is an element of no type.
pub(crate) struct Element {
    pub depth: usize,
    pub kind: String,
    pub text: String,
    pub has_alt: bool,
}

/// The text of each marked content of each page.
fn marked(bytes: &[u8]) -> BTreeMap<(usize, i32), String> {
    let pdf = hayro::hayro_syntax::Pdf::new(bytes.to_vec()).unwrap();
    let mut marked = BTreeMap::new();
    for (number, page) in pdf.pages().iter().enumerate() {
        let cache = InterpreterCache::new();
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, width.into(), height.into());
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, area, &cache, page.xref(), settings);
        let mut reader = Marked { page: number, open: Vec::new(), texts: &mut marked };
        interpret_page(page, &mut context, &mut reader);
    }
    marked
}

struct Marked<'a> {
    page: usize,
    /// The identifiers of the contents that are open; `None` for an artifact.
    open: Vec<Option<i32>>,
    texts: &'a mut BTreeMap<(usize, i32), String>,
}

impl<'a> Device<'a> for Marked<'_> {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        _: Affine,
        _: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        assert!(!self.open.is_empty(), "text that is neither tagged nor an artifact");
        let Some(id) = self.open.iter().rev().find_map(|id| *id) else { return };
        let text = match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(text)) => text,
            None => panic!("a glyph without its character"),
        };
        self.texts.entry((self.page, id)).or_default().push_str(&text);
    }

    fn begin_marked_content(&mut self, _: &[u8], id: Option<i32>) {
        self.open.push(id);
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        assert!(!self.open.is_empty(), "a path that is neither tagged nor an artifact");
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The structure tree in the order in which a screen reader reads it.
pub(crate) fn read_aloud(document: &Document, bytes: &[u8]) -> Vec<Element> {
    let marked = marked(bytes);
    let pages: BTreeMap<ObjectId, usize> = document.get_pages().into_values().zip(0..).collect();
    let catalog = document.catalog().unwrap();
    let root = get(document, catalog, b"StructTreeRoot").unwrap().as_dict().unwrap();
    let mut elements = Vec::new();
    walk(document, root, (0, None), &pages, &marked, &mut elements);
    elements
}

fn walk(
    document: &Document,
    element: &Dictionary,
    (depth, page): (usize, Option<usize>),
    pages: &BTreeMap<ObjectId, usize>,
    marked: &BTreeMap<(usize, i32), String>,
    into: &mut Vec<Element>,
) {
    let own = element.get(b"Pg").and_then(Object::as_reference).ok();
    let page = own.map(|id| pages[&id]).or(page);
    let kind = element.get(b"S").and_then(Object::as_name).unwrap_or_default();
    into.push(Element {
        depth,
        kind: String::from_utf8_lossy(kind).into_owned(),
        text: String::new(),
        has_alt: element.has(b"Alt"),
    });
    let say = |into: &mut Vec<Element>, page: Option<usize>, id: i64| {
        let key = (page.expect("content stands on a page"), id as i32);
        let text = marked.get(&key).cloned().unwrap_or_default();
        match into.last_mut() {
            Some(last) if last.depth == depth => last.text += &text,
            _ => into.push(Element { depth, kind: String::new(), text, has_alt: false }),
        }
    };
    let Some(kids) = get(document, element, b"K") else { return };
    let one = [kids.clone()];
    for kid in kids.as_array().map_or(&one[..], |kids| &kids[..]) {
        let (_, kid) = document.dereference(kid).unwrap();
        match kid {
            Object::Integer(id) => say(into, page, *id),
            Object::Dictionary(kid) if is(kid, b"Type", b"MCR") => {
                let on = kid.get(b"Pg").and_then(Object::as_reference).ok();
                let on = on.map(|id| pages[&id]).or(page);
                say(into, on, kid.get(b"MCID").unwrap().as_i64().unwrap());
            }
            Object::Dictionary(kid) if is(kid, b"Type", b"OBJR") => {}
            Object::Dictionary(kid) => walk(document, kid, (depth + 1, page), pages, marked, into),
            other => panic!("{other:?} in the structure tree"),
        }
    }
}

/// All text in reading order, without blanks.
pub(crate) fn text(elements: &[Element]) -> String {
    let text = elements.iter().flat_map(|element| element.text.chars());
    text.filter(|c| !c.is_whitespace()).collect()
}

/// The elements line by line, a table's row on one line: what a snapshot holds.
pub(crate) fn outline(elements: &[Element]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut row = None;
    for element in elements {
        row = row.filter(|&depth| element.depth > depth);
        let (kind, text) = (element.kind.as_str(), element.text.trim());
        match (row, lines.last_mut()) {
            (Some(_), Some(line)) => {
                line.push_str(if ["TD", "TH"].contains(&kind) { " | " } else { "" });
                line.push_str(text);
            }
            _ if kind == "TR" => {
                row = Some(element.depth);
                lines.push("TR".into());
            }
            _ if text.is_empty() && kind != "Figure" => {}
            _ => lines.push(format!("{kind} {text}")),
        }
    }
    lines.join("\n")
}
