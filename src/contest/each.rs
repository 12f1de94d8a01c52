//! What one document of a kind is about.

use crate::field::Field;

/// What one document of a kind is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Each {
    /// One entrant.
    Entrant,
    /// One of the people that a field of an entrant names.
    Name(Field),
    /// All entrants of the contest together.
    Contest,
    /// All entrants that agree in a field.
    Field(Field),
}

impl Each {
    /// The field that names the people whom single documents are about.
    pub(crate) fn people(self) -> Option<Field> {
        match self {
            Self::Name(field) => Some(field),
            Self::Entrant | Self::Contest | Self::Field(_) => None,
        }
    }

    /// The column of the sheet's own whose values single documents are about.
    pub(super) fn own_column(self) -> Option<Field> {
        match self {
            Self::Field(field @ Field::Own(_)) => Some(field),
            _ => None,
        }
    }
}
