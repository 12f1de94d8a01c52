//! What every row is read with, and where its faults go.

use super::heading::Names;
use crate::contest::Contest;
use crate::fault::Diagnostics;

/// What every row is read with.
pub(super) struct Reading<'a> {
    pub contest: &'a Contest,
    pub names: &'a Names,
    pub printable: &'a (dyn Fn(char) -> bool + Sync),
    pub faults: &'a mut Diagnostics,
}
