//! Entrants in a file that a program reads back: with what their JSON for
//! people leaves out.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Entrant;
use crate::cell::CellRef;
use crate::field::Field;

#[derive(Serialize, Deserialize)]
struct Placed<E> {
    entrant: E,
    /// Each field, by its name, and its cell.
    cells: Vec<(String, CellRef)>,
    /// The bits of the score, of which JSON may lose the last.
    score: Option<u64>,
}

pub(super) fn serialize<S: Serializer>(
    entrants: &[Entrant],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(entrants.iter().map(|entrant| Placed {
        entrant,
        cells:
            entrant.cells.iter().map(|(it, cell)| (it.name().to_owned(), cell.clone())).collect(),
        score: entrant.score.map(f64::to_bits),
    }))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Entrant>, D::Error> {
    let placed: Vec<Placed<Entrant>> = Vec::deserialize(deserializer)?;
    let entrants = placed.into_iter().map(|Placed { entrant, cells, score }| Entrant {
        cells: cells.into_iter().map(|(name, cell)| (Field::named(&name), cell)).collect(),
        score: score.map(f64::from_bits),
        ..entrant
    });
    Ok(entrants.collect())
}
