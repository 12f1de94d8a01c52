//! Values of the right type that are wrong all the same.

use jiff::civil::Date;

use super::table::{At, Source};
use crate::fault;

/// A value that must be one of those known.
pub(super) fn refuse_unknown<'a>(
    source: &Source<'_>,
    key: &str,
    value: &At<String>,
    known: impl IntoIterator<Item = &'a str>,
) {
    let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
    if !known.contains(&value.value) {
        let (key, text) = (key.to_owned(), value.value.clone());
        source.fault(fault::Contest::NotAllowed { key, value: text, known }, value.place.clone());
    }
}

/// A date that must not lie before the last day of the final.
pub(super) fn refuse_before(
    source: &Source<'_>,
    key: &str,
    date: &At<Date>,
    final_ends: Option<Date>,
) {
    if let Some(last_day) = final_ends.filter(|&last_day| date.value < last_day) {
        let kind = fault::Contest::BeforeFinal {
            key: key.to_owned(),
            date: date.value.to_string(),
            last_day: last_day.to_string(),
        };
        source.fault(kind, date.place.clone());
    }
}
