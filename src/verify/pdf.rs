//! What a reader and a scanner see on the pages of a PDF: their text, and what
//! the codes on them hold. The pages are drawn and the codes are read from the
//! picture, so that it is the printed code that counts; and only text that the
//! picture shows counts as text.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::codes::{claims, on_picture};
use crate::attest::Attestation;
use crate::attest::on_page::{Form, Text, is_of_words};
use crate::fact::Fact;
use crate::pdf::{Cover, Glyph, MM_PER_PT, Page, Pdf, Picture, Refusal};

/// A scanner's usual resolution.
const PIXELS_PER_INCH: f32 = 200.0;

/// How many pages are looked at: to read one's codes takes a second.
pub(super) const PAGES: usize = 400;

/// No paper that certificates are printed on is larger, in millimetres: the
/// picture of a larger page would fill the memory.
const LARGEST: f64 = 1300.0;

/// Type of this size (points) and less is for nobody to read.
const UNREADABLE: f64 = 3.0;

/// Ink and its ground, which begins this far (mm) around it, differ at least so
/// much in grey.
const AROUND: f64 = 0.3;
const CONTRAST: u8 = 40;

/// How often it is looked whether a glyph stands on another, and the size of the
/// cells (mm) in which that is looked for.
const LOOKS: usize = 5_000_000;
const CELL: f64 = 5.0;

/// Glyphs this far apart (parts of their size) do not belong to one word.
const GAP: f64 = 0.15;

/// A page with less text than this is a picture, though it may have a stamp.
const LEAST: usize = 10;

/// What one page shows.
pub(super) struct Shown {
    /// Which page it is, from 1.
    pub number: usize,
    /// What each certificate's code on it holds.
    pub claims: Vec<Attestation>,
    /// What can be read.
    text: Text,
    /// The same with what a picture or something else may hide.
    doubtful: Text,
    /// Whether there may be text that only the eye reads.
    unread: bool,
}

/// Whether a page shows a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// It does.
    Yes,
    /// It does not: it may show another.
    No,
    /// Nobody but a person can tell.
    Unclear,
}

/// What the pages of a PDF show, as far as there are certificates on them.
///
/// # Errors
/// It is no PDF, wants a password, or has too many pages.
pub(super) fn read(bytes: Vec<u8>) -> Result<Vec<Shown>, Refused> {
    let pdf = Pdf::open(bytes).map_err(Refused::Not)?;
    if pdf.len() > PAGES {
        return Err(Refused::TooLarge);
    }
    Ok((0..pdf.len()).into_par_iter().map(|index| Shown::of(&pdf, index)).collect())
}

/// Why a PDF is not read.
pub(super) enum Refused {
    Not(Refusal),
    TooLarge,
}

impl Shown {
    fn of(pdf: &Pdf, index: usize) -> Self {
        let page = pdf.page(index);
        let mut shown = Self {
            number: index + 1,
            claims: Vec::new(),
            text: Text::default(),
            doubtful: Text::default(),
            unread: page.crowded || !page.unread.is_empty(),
        };
        if page.width.max(page.height) > LARGEST {
            shown.unread = true;
            return shown;
        }
        let picture = pdf.picture(index, PIXELS_PER_INCH);
        shown.take_in(&page, &picture);
        shown.claims = claims(&on_picture(picture));
        shown
    }

    fn take_in(&mut self, page: &Page, picture: &Picture) {
        let seen = |glyph: &&Glyph| {
            let [x, y] = centre(glyph);
            let inside = (0.0..page.width).contains(&x) && (0.0..page.height).contains(&y);
            let shown = !glyph.visible || !is_bare(glyph, page, picture);
            inside && shown && glyph.under != Some(Cover::Paint)
        };
        let glyphs: Vec<&Glyph> = page.glyphs.iter().filter(seen).collect();
        let over = overprinted(&glyphs);
        let is_clear = |index: usize| {
            let glyph = glyphs[index];
            let is_over = over.as_ref().is_none_or(|over| over.contains(&index));
            glyph.visible && glyph.under.is_none() && !is_over && glyph.size > UNREADABLE
        };
        let clear: Vec<bool> = (0..glyphs.len()).map(is_clear).collect();
        let joined = joined(&glyphs, &clear);
        self.unread |= over.is_none() || joined.is_none();
        let joined = joined.unwrap_or_default();
        for (index, glyph) in glyphs.iter().enumerate() {
            let Some(text) = &glyph.text else {
                self.unread |= clear[index];
                continue;
            };
            let ends = (joined.after.contains(&index), joined.before.contains(&index));
            self.doubtful.push(text, ends);
            if clear[index] {
                self.text.push(text, ends);
            }
        }
    }

    /// Whether the page shows what a certificate on it states of a fact. Where
    /// it has several certificates, each has to show it for itself.
    pub(super) fn shows(&self, claim: &Attestation, fact: Fact, value: &str) -> Seen {
        let form = claim.printed.form(fact);
        if form == Form::Nowhere {
            return Seen::Unclear;
        }
        let alike = self.claims.iter().filter(|other| {
            other.statement.get(fact) == Some(value) && other.printed.form(fact) == form
        });
        match self.text.count(fact, value, form) {
            0 => {}
            count if count >= alike.count() => return Seen::Yes,
            _ => return Seen::Unclear,
        }
        let unclear = self.unread
            || self.text.len() < LEAST
            || value.chars().any(is_reordered)
            || self.doubtful.count(fact, value, form) > 0;
        if unclear { Seen::Unclear } else { Seen::No }
    }
}

/// Glyphs that others are joined to as the letters of a word are, by their index.
#[derive(Default)]
struct Joined {
    /// Another one follows.
    before: HashSet<usize>,
    /// It follows another one.
    after: HashSet<usize>,
}

/// Finds them wherever they stand in the file, among those that are `clear`;
/// `None` if there are too many.
fn joined(glyphs: &[&Glyph], clear: &[bool]) -> Option<Joined> {
    let of_words = |glyph: &Glyph| {
        glyph.turn == Some(0)
            && glyph.text.as_ref().is_some_and(|text| text.chars().any(is_of_words))
    };
    let all = glyphs.iter().enumerate().filter(|(index, glyph)| clear[*index] && of_words(glyph));
    let mut all: Vec<(usize, &&Glyph)> = all.collect();
    all.sort_by(|a, b| a.1.x.total_cmp(&b.1.x));
    let mut joined = Joined::default();
    let mut looks = 0;
    for &(index, glyph) in &all {
        let (size, end) = (glyph.size * MM_PER_PT, glyph.x + glyph.advance);
        let begin = all.partition_point(|(_, other)| other.x < end - GAP * size);
        let near = all[begin..].iter().take_while(|(_, other)| other.x <= end + GAP * size);
        for &(other, next) in near {
            looks += 1;
            if looks > LOOKS {
                return None;
            }
            if other != index && (next.y - glyph.y).abs() < 0.5 * size {
                joined.before.insert(index);
                joined.after.insert(other);
            }
        }
    }
    Some(joined)
}

/// The glyphs over which another one of about their size is printed later, by
/// their index; `None` if there are too many to tell.
fn overprinted(glyphs: &[&Glyph]) -> Option<HashSet<usize>> {
    let cell = |length: f64| (length / CELL).floor() as i32;
    let mut cells: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    let mut over = HashSet::new();
    let mut looks = 0;
    for (index, glyph) in glyphs.iter().enumerate().filter(|(_, glyph)| glyph.visible) {
        let [left, top, right, bottom] = glyph.extent();
        if !(right - left < LARGEST && bottom - top < LARGEST) {
            return None;
        }
        for column in cell(left)..=cell(right) {
            for row in cell(top)..=cell(bottom) {
                let before = cells.get(&(column, row)).map_or(&[][..], Vec::as_slice);
                looks += before.len() + 1;
                if looks > LOOKS {
                    return None;
                }
                over.extend(before.iter().copied().filter(|&before| {
                    let other = glyphs[before];
                    let [x, y] = centre(other);
                    let alike = (0.5..2.0).contains(&(other.size / glyph.size));
                    // To print the same twice makes it bold.
                    alike
                        && other.text != glyph.text
                        && (left..right).contains(&x)
                        && (top..bottom).contains(&y)
                }));
            }
        }
        let [x, y] = centre(glyph);
        cells.entry((cell(x), cell(y))).or_default().push(index);
    }
    Some(over)
}

fn centre(glyph: &Glyph) -> [f64; 2] {
    let [left, top, right, bottom] = glyph.extent();
    [(left + right) / 2.0, (top + bottom) / 2.0]
}

/// Whether the picture shows nothing where a glyph should be, or nothing that
/// differs from its ground.
fn is_bare(glyph: &Glyph, page: &Page, picture: &Picture) -> bool {
    let own = glyph.colour.map(|colour| (colour.map(u16::from).iter().sum::<u16>() / 3) as u8);
    let Some([left, top, right, bottom]) = glyph.ink else {
        // In a font that is not there it is not in the picture either.
        return own.is_none_or(|own| u8::MAX - own < CONTRAST);
    };
    let at = |length: f64, pixels: u32, whole: f64| {
        (length / whole * f64::from(pixels)).round().clamp(0.0, f64::from(pixels)) as usize
    };
    let (width, height) = (picture.width, picture.height);
    let columns = at(left - AROUND, width, page.width)..at(right + AROUND, width, page.width);
    let rows = at(top - AROUND, height, page.height)..at(bottom + AROUND, height, page.height);
    if columns.is_empty() || rows.is_empty() {
        return true;
    }
    let row = |row: usize| &picture.grey[row * width as usize..][columns.clone()];
    let mut around: Vec<u8> = [row(rows.start), row(rows.end - 1)].concat();
    around.extend(rows.clone().flat_map(|it| [row(it)[0], row(it)[columns.len() - 1]]));
    around.sort_unstable();
    let ground = around[around.len() / 2];
    if own.is_some_and(|own| own.abs_diff(ground) < CONTRAST) {
        return true;
    }
    let shows = |grey: u8| match own {
        Some(own) if own < ground => ground.saturating_sub(grey) >= CONTRAST,
        Some(_) => grey.saturating_sub(ground) >= CONTRAST,
        None => grey.abs_diff(ground) >= CONTRAST,
    };
    !rows.clone().any(|it| row(it).iter().copied().any(shows))
}

/// Scripts whose glyphs may stand in another order than their characters.
fn is_reordered(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{fb1d}'..='\u{fdff}')
}
