//! A rule that an entrant breaks, told at the entrant's cell.

use crate::fault::{self, Diagnostic};
use crate::field::Field;
use crate::roster::Entrant;

pub(super) fn fault(kind: fault::Rules, entrant: &Entrant, field: Field) -> Diagnostic {
    Diagnostic::new(kind).at_cell(entrant.cell(field)).for_row(&entrant.source)
}
