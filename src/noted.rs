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
    /// The value, with what was noticed before it was made told first.
    pub fn after(self, mut earlier: Diagnostics) -> Self {
        earlier.extend(self.noted);
        Self { noted: earlier, ..self }
    }

    /// Another value made of this one.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Noted<U> {
        Noted { value: make(self.value), noted: self.noted }
    }
}
