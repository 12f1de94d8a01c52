//! What every row is read with.

use super::heading::Names;
use crate::contest::Contest;

/// What every row is read with.
pub(super) struct Reading<'a> {
    pub contest: &'a Contest,
    pub names: &'a Names,
    pub printable: &'a (dyn Fn(char) -> bool + Sync),
}
