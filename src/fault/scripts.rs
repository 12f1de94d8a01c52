//! Characters without a font, gathered by their script, so that each script is
//! told once.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::{Diagnostic, Diagnostics};
use super::glyphs::Glyphs;
use super::kind::Kind;
use super::place::Place;
use crate::cell::CellRef;
use crate::character;

impl Diagnostics {
    /// The same with one diagnostic for all characters of one script that no
    /// font has, where the first of them was found: it names every cell and
    /// concerns every row that has any.
    pub(crate) fn by_script(self) -> Self {
        let mut told: Vec<Diagnostic> = Vec::new();
        let mut lacking: BTreeMap<&str, Lacking> = BTreeMap::new();
        for diagnostic in self.0 {
            match (&diagnostic.kind, &diagnostic.place) {
                (Kind::Glyphs(Glyphs::MissingGlyph { character }), Some(Place::Cell(cell))) => {
                    // A mark that several scripts share belongs to what is
                    // lacking already.
                    let scripts = character::scripts(*character);
                    let script = scripts.iter().find(|it| lacking.contains_key(*it));
                    let script = *script.or(scripts.first()).unwrap_or(&"Unknown");
                    let lacking = lacking
                        .entry(script)
                        .or_insert_with(|| Lacking { told_at: told.len(), ..Lacking::default() });
                    lacking.take(*character, cell, &diagnostic.rows);
                    if lacking.told_at == told.len() {
                        told.push(diagnostic);
                    }
                }
                _ => told.push(diagnostic),
            }
        }
        for (script, Lacking { told_at, characters, mut cells, rows }) in lacking {
            let first = &mut told[told_at];
            cells.retain(|cell| first.place.as_ref() != Some(&Place::Cell(cell.clone())));
            let others = cells.into_iter().collect();
            first.kind = Glyphs::MissingScript { script, characters, others }.into();
            first.rows = rows.into_iter().collect();
        }
        Self(told)
    }
}

/// What is known of a script's characters that no font has.
#[derive(Default)]
struct Lacking {
    /// The index of the diagnostic that will tell of them.
    told_at: usize,
    characters: Vec<char>,
    cells: BTreeSet<CellRef>,
    rows: BTreeSet<CellRef>,
}

impl Lacking {
    fn take(&mut self, character: char, cell: &CellRef, rows: &[CellRef]) {
        if !self.characters.contains(&character) {
            self.characters.push(character);
        }
        self.cells.insert(cell.clone());
        self.rows.extend(rows.iter().cloned());
    }
}
