//! `contest.toml` for the next contest: the same, but whatever tells a day, a
//! year, which contest of its kind it is or which letter of the year has to be
//! decided anew. Until that is done it stands there with a mark, and is refused by
//! its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::FILE;
use super::table::{MARK, Source};
use crate::fault::Diagnostics;

/// The text with every such value marked, comments and order as they are.
///
/// # Errors
/// It is no TOML.
pub(crate) fn next(text: &str) -> Result<String, Diagnostics> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let source = Source::new(FILE, text);
    let Some(parsed) = source.parse() else { return Err(source.into_faults()) };
    let mut undecided = Vec::new();
    find(parsed.get_ref(), &mut undecided);
    undecided.sort_by_key(|(span, _)| span.start);
    let mut next = text.to_owned();
    for (span, was) in undecided.into_iter().rev() {
        next.replace_range(span, &toml::Value::from(format!("{MARK}{was}")).to_string());
    }
    Ok(next)
}

fn find(table: &DeTable<'_>, undecided: &mut Vec<(Range<usize>, String)>) {
    for (key, value) in table {
        look(key.get_ref(), value, undecided);
    }
}

fn look(key: &str, value: &Spanned<DeValue<'_>>, undecided: &mut Vec<(Range<usize>, String)>) {
    let was = match value.get_ref() {
        DeValue::Table(table) => return find(table, undecided),
        DeValue::Array(items) => {
            return items.iter().for_each(|item| look(key, item, undecided));
        }
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Integer(number) if ["year", "seq"].contains(&key) => number.as_str().to_owned(),
        DeValue::String(text) if tells_when(text) => text.to_string(),
        _ => return,
    };
    undecided.push((value.span(), was));
}

/// Whether a text tells a year, or which contest of its kind it is: 第十一届.
fn tells_when(text: &str) -> bool {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    let year = digits.filter(|it| it.len() == 4).any(|it| it.starts_with("20"));
    let edition = text.split('第').skip(1).any(|rest| {
        rest.split_once('届').is_some_and(|(which, _)| {
            which.chars().count() <= 4
                && which.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c))
        })
    });
    year || edition
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_be_decided_is_marked_and_all_else_stays() {
        let text = "# 2025\nname = \"2025年甲赛\" # 名称\ndate = 2025-08-10\n[a]\nyear = 2025\nseq = 7\n\
                    title = \"第十一届乙赛\"\nplain = \"丙\"\n";
        assert_eq!(
            next(text).unwrap(),
            "# 2025\nname = \"?2025年甲赛\" # 名称\ndate = \"?2025-08-10\"\n[a]\nyear = \"?2025\"\nseq = \"?7\"\n\
             title = \"?第十一届乙赛\"\nplain = \"丙\"\n"
        );
    }
}
