//! A value that was made although not all was as it should be.

use crate::fault::Diagnostics;

/// A value, and what was noticed while it was made.
#[derive(Debug, Clone)]
#[must_use]
pub struct Noted<T> {
    /// The value.
    pub value: T,
    /// Everything that is to be told.
    pub noted: Diagnostics,
}

impl<T> Noted<T> {
    /// Another value made of this one.
    pub(crate) fn map<U>(self, make: impl FnOnce(T) -> U) -> Noted<U> {
        Noted { value: make(self.value), noted: self.noted }
    }
}
