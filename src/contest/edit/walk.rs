//! What stands at the end of a way, or how far the way leads.

use toml_edit::{ArrayOfTables, Item, Table, Value};

use super::super::path::Step;

/// What stands there.
#[derive(Clone, Copy)]
pub(super) enum Standing<'a> {
    Table(&'a Table),
    Tables(&'a ArrayOfTables),
    /// A value; what stands within it is its own.
    Value(&'a Value),
}

/// The last that stands on the way, with how many steps lead to it.
pub(super) fn walk<'a>(root: &'a Table, way: &[Step]) -> (Standing<'a>, usize) {
    let mut standing = Standing::Table(root);
    for (taken, step) in way.iter().enumerate() {
        let next = match (standing, step) {
            (Standing::Table(table), Step::Key(key)) => match table.get(key) {
                Some(Item::Value(value)) => return (Standing::Value(value), taken + 1),
                Some(Item::Table(table)) => Some(Standing::Table(table)),
                Some(Item::ArrayOfTables(tables)) => Some(Standing::Tables(tables)),
                Some(Item::None) | None => None,
            },
            (Standing::Tables(tables), Step::Index(index)) => {
                tables.get(*index).map(Standing::Table)
            }
            _ => None,
        };
        let Some(next) = next else { return (standing, taken) };
        standing = next;
    }
    (standing, way.len())
}
