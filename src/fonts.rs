//! The bundled fonts and the contest's own: which there are, and which
//! characters they can print.
//!
//! System fonts are never read: the same input must give the same bytes on
//! every machine.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::character;
use crate::fault::{self, Diagnostic, Diagnostics, Place};

/// The bundled fonts; `fonts/README.md` tells where each comes from.
static BUNDLED: [&[u8]; 9] = [
    accolade_fonts_fangsong::ZHUQUE_FANGSONG,
    accolade_fonts_kai::LXGW_WENKAI,
    accolade_fonts_song::NOTO_SERIF_SC,
    accolade_fonts_titles::NOTO_SERIF_SC_BOLD,
    accolade_fonts_titles::NOTO_SANS_SC_MEDIUM,
    accolade_fonts_titles::MA_SHAN_ZHENG,
    accolade_fonts_titles::LIBERATION_SERIF,
    accolade_fonts_titles::LIBERATION_SERIF_BOLD,
    accolade_fonts_titles::PLAYFAIR_DISPLAY,
];

/// Stands for the fonts in the binary.
const BUNDLED_SUMS: &str = include_str!("../fonts/SHA256SUMS");

/// The folder of a contest's own fonts.
const FOLDER: &str = "fonts";

/// Every font of a run.
pub struct Fonts {
    fonts: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
    /// The families the contest brings.
    pub(crate) own: Vec<String>,
    /// Stands for all fonts, to the byte.
    pub(crate) digest: Sha256,
    /// How many fonts have each code point; every character of a sheet is looked
    /// up.
    having: OnceLock<Vec<u8>>,
}

impl Fonts {
    /// The contest's own fonts, which win where families are alike, and the
    /// bundled ones.
    ///
    /// # Errors
    /// Files in the contest's `fonts/` that cannot be read or are no
    /// fonts.
    pub(crate) fn load(contest_folder: &Path) -> Result<Self, Diagnostics> {
        let mut faults = Diagnostics::default();
        let mut fonts = Vec::new();
        let mut digest = Sha256::new_with_prefix(BUNDLED_SUMS);
        for path in own_files(&contest_folder.join(FOLDER), &mut faults) {
            match fs::read(&path) {
                Ok(bytes) => {
                    digest.update(Sha256::digest(&bytes));
                    let before = fonts.len();
                    fonts.extend(Font::iter(Bytes::new(bytes)));
                    if fonts.len() == before {
                        faults.push(Diagnostic::new(fault::Contest::BadFont).at(Place::File(path)));
                    }
                }
                Err(error) => faults.push(Diagnostic::cannot_read(&path, &error)),
            }
        }
        if faults.has_errors() {
            return Err(faults);
        }
        let mut own: Vec<String> = fonts.iter().map(|font| font.info().family.clone()).collect();
        own.sort();
        own.dedup();
        let bundled = BUNDLED.par_iter().flat_map_iter(|&bytes| Font::iter(Bytes::new(bytes)));
        fonts.par_extend(bundled);
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Ok(Self { fonts, book, own, digest, having: OnceLock::new() })
    }

    pub(crate) fn all(&self) -> &[Font] {
        &self.fonts
    }

    pub(crate) fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// The number of fonts that lack a character: a measure of its rarity.
    pub(crate) fn lacking(&self, character: char) -> usize {
        if !character::is_drawn(character) {
            return 0;
        }
        self.fonts.len().saturating_sub(self.having(character))
    }

    /// Whether a character can be printed: any font has it, or none has to.
    pub fn covers(&self, character: char) -> bool {
        self.having(character) > 0 || !character::is_drawn(character)
    }

    /// How many fonts have a character; from 255 on they are not counted.
    fn having(&self, character: char) -> usize {
        let having = self.having.get_or_init(|| {
            let mut having = vec![0u8; char::MAX as usize + 1];
            for code_point in self.fonts.iter().flat_map(|font| font.info().coverage.iter()) {
                let count = &mut having[code_point as usize];
                *count = count.saturating_add(1);
            }
            having
        });
        usize::from(having[character as usize])
    }
}

/// The font files of a folder in a fixed order; a folder that is not there is
/// an empty one.
fn own_files(folder: &Path, faults: &mut Diagnostics) -> Vec<PathBuf> {
    if !folder.exists() {
        return Vec::new();
    }
    let mut files: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.path()).collect(),
        Err(error) => {
            faults.push(Diagnostic::cannot_read(folder, &error));
            Vec::new()
        }
    };
    files.retain(|path| {
        let extension = path.extension().map(OsStr::to_ascii_lowercase);
        extension
            .is_some_and(|extension| ["ttf", "otf", "ttc", "otc"].iter().any(|&e| extension == *e))
    });
    files.sort();
    files
}
