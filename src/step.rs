//! How far a package is.

use crate::press::Made;

/// A step on the way to a package, told when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing is made yet, or one more document or volume is.
    Made(Made),
    /// The same in between, ten times a second while a long one is made.
    Making(Made),
    /// The package is whole and on the disk, without its name.
    Packed,
    /// Its numbers are reserved.
    Reserved,
    /// It has its name.
    Named,
    /// Its numbers are issued.
    Issued,
}
