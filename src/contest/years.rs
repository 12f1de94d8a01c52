//! The years that `contest.toml` and the award sheet tell, held against one
//! another: a contest is begun with last year's file, and one line is easily
//! left as it was. Nothing here can know which of two is right.

use jiff::civil::Date;

use super::table::{Leaf, Value};
use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics, Place};

/// Dates of one contest lie no further apart.
const DAYS: i32 = 183;

/// In the first months of a year last year's results may be made known, and in
/// its last months those of a contest that is named for the next.
const FIRST_MONTHS: i8 = 3;
const LAST_MONTHS: i8 = 10;

/// A line of `contest.toml` that tells a year.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    key: String,
    text: String,
    tells: Tells,
    place: Place,
}

#[derive(Debug, Clone)]
enum Tells {
    /// The day that dates the contest.
    Day,
    /// A day of it.
    Date(Date),
    /// The year of a document, which is dated by itself.
    Year(i16, Option<Date>),
    /// Years in a text, of which one should be the contest's.
    Years(Vec<i16>),
}

/// Every line of `contest.toml` that tells a year.
pub(super) fn mentions(leaves: &[Leaf]) -> Vec<Mention> {
    let mentions = leaves.iter().filter_map(|leaf| {
        let tells = tells(leaf, leaves)?;
        let (key, place) = (leaf.key.clone(), leaf.place.clone());
        Some(Mention { key, text: leaf.value.to_string(), tells, place })
    });
    let mut mentions: Vec<Mention> = mentions.collect();
    mentions.sort_by(|a, b| a.place.cmp(&b.place));
    mentions
}

fn tells(leaf: &Leaf, leaves: &[Leaf]) -> Option<Tells> {
    let (first, last) = (leaf.key.split('.').next()?, leaf.key.rsplit('.').next()?);
    let facts = leaf.key.contains("facts.");
    let of_document = facts && matches!(first, "documents" | "volumes");
    let years = |years: Vec<i16>| (!years.is_empty()).then_some(Tells::Years(years));
    match &leaf.value {
        Value::Date(_) if leaf.key == "contest.date" => Some(Tells::Day),
        Value::Date(date) => {
            (of_document || leaf.key == "rules.final_ends").then_some(Tells::Date(*date))
        }
        Value::Whole(year) if facts && last == "year" => {
            let own = leaves.iter().find(|other| {
                other.item == leaf.item && other.key == format!("{first}.facts.date")
            });
            let own = own.and_then(|own| own.value.date());
            Some(Tells::Year(i16::try_from(*year).ok()?, own.filter(|_| of_document)))
        }
        Value::Whole(_) => None,
        Value::Text(text) => match leaf.key.as_str() {
            "sheet" | "package" => years(digits(text).collect()),
            "documents.number" | "documents.path" | "volumes.path" => {
                years(digits(&literal(text)).collect())
            }
            _ if of_document && leaf.value.date().is_some() => leaf.value.date().map(Tells::Date),
            _ if facts => years(in_words(text)),
            _ => None,
        },
    }
}

/// Everything in `contest.toml`, and of the award sheet's `titles`, that tells
/// another year than the contest's name and date do.
pub(super) fn that_differ(
    mentions: &[Mention],
    name: &str,
    date: Date,
    titles: &[(CellRef, String)],
) -> Diagnostics {
    let named = named(name);
    let mut faults = Diagnostics::default();
    let mut tell = |key: &str, text: &str, (against, says): (&str, String), place: Place| {
        let (key, text, against) = (key.to_owned(), text.to_owned(), against.to_owned());
        let kind = fault::Contest::YearDiffers { key, text, against, says };
        faults.push(Diagnostic::new(kind).at(place));
    };
    let by_name = || ("contest.name", name.to_owned());
    let by_day = || ("contest.date", date.to_string());
    let told_by = || if named.is_empty() { by_day() } else { by_name() };
    let ours = |years: &[i16]| {
        years.iter().any(|year| named.contains(year) || years_of(date).contains(year))
    };
    for Mention { key, text, tells, place } in mentions {
        let place = place.clone();
        match tells {
            Tells::Day if !named.is_empty() && !is_dated_as_named(date, &named) => {
                tell(key, text, by_name(), place);
            }
            Tells::Date(other) if is_far(*other, date) => {
                tell(key, text, by_day(), place);
            }
            Tells::Year(year, Some(own)) if *year != own.year() => {
                tell(key, text, ("documents.facts.date", own.to_string()), place);
            }
            Tells::Year(year, None) if !ours(&[*year]) => tell(key, text, told_by(), place),
            Tells::Years(years) if !ours(years) => tell(key, text, told_by(), place),
            _ => {}
        }
    }
    for (cell, title) in titles {
        let years = named_in_title(title);
        if !years.is_empty() && !ours(&years) {
            tell("", title, told_by(), Place::Cell(cell.clone()));
        }
    }
    faults
}

fn is_dated_as_named(date: Date, named: &[i16]) -> bool {
    let next = date.year() + 1;
    years_of(date).iter().any(|year| named.contains(year))
        || date.month() >= LAST_MONTHS && named.contains(&next)
}

/// The year of the contest's date, and the one before if that is just over.
fn years_of(date: Date) -> Vec<i16> {
    let year = date.year();
    if date.month() <= FIRST_MONTHS { vec![year - 1, year] } else { vec![year] }
}

fn is_far(a: Date, b: Date) -> bool {
    a.year() != b.year() && a.since(b).is_ok_and(|span| span.get_days().abs() > DAYS)
}

/// The years in a contest's name.
fn named(name: &str) -> Vec<i16> {
    named_in_title(name)
}

/// In a title four digits are a year wherever they stand.
fn named_in_title(title: &str) -> Vec<i16> {
    digits(title).chain(second(title)).chain(in_characters(title)).collect()
}

/// The second year of `2025/26` and `2025–26`.
fn second(text: &str) -> impl Iterator<Item = i16> {
    runs(text).filter_map(|(_, run, after)| {
        let year: i16 = run.parse().ok().filter(|&year| run.len() == 4 && is_year(year))?;
        let rest = after.strip_prefix(['/', '–', '—', '-', '～', '~'])?;
        let short = rest.get(..2)?.parse::<i16>().ok()?;
        let alone = !rest[2..].starts_with(|c: char| c.is_ascii_digit());
        (alone && short == (year + 1) % 100).then_some(year + 1)
    })
}

/// A pattern without what is filled in.
fn literal(pattern: &str) -> String {
    let mut literal = String::new();
    let mut depth = 0usize;
    for character in pattern.chars() {
        match character {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                literal.push(' ');
            }
            _ if depth == 0 => literal.push(character),
            _ => {}
        }
    }
    literal
}

fn is_year(year: i16) -> bool {
    (2000..2100).contains(&year)
}

/// Runs of digits: what stands before and after each.
fn runs(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(|c: char| c.is_ascii_digit())?;
        let digits = text[start..].find(|c: char| !c.is_ascii_digit());
        rest = digits.map_or(text.len(), |digits| start + digits);
        Some((&text[..start], &text[start..rest], &text[rest..]))
    })
}

/// The years among a text's numbers: `2026`, `202608`, `20260810`.
fn digits(text: &str) -> impl Iterator<Item = i16> {
    runs(text).filter_map(|(_, run, _)| {
        let long = matches!(run.len(), 4 | 6 | 8);
        run.get(..4).filter(|_| long)?.parse().ok().filter(|&year| is_year(year))
    })
}

/// The years of a text in which other numbers stand, too: `2026年`, `〔2026〕`,
/// a year between blanks, `二〇二六年`.
fn in_words(text: &str) -> Vec<i16> {
    let in_digits = runs(text).filter_map(|(before, run, after)| {
        let year: i16 = run.parse().ok().filter(|&year| run.len() == 4 && is_year(year))?;
        let before = before.chars().next_back();
        let after = after.trim_start_matches(' ').chars().next();
        let bracketed = before.is_some_and(|c| "〔[［（(【".contains(c))
            && after.is_some_and(|c| "〕]］）)】".contains(c));
        let apart = |side: Option<char>| side.is_none_or(|c| c == ' ');
        let alone = apart(before) && text.is_ascii();
        (after == Some('年') || bracketed || alone).then_some(year)
    });
    in_digits.chain(in_characters(text)).collect()
}

/// `二〇二六年`.
fn in_characters(text: &str) -> Vec<i16> {
    let digit = |character: char| {
        let zero = matches!(character, '○' | '零' | '0').then_some(0);
        zero.or_else(|| "〇一二三四五六七八九".chars().position(|it| it == character))
    };
    let characters: Vec<char> = text.chars().collect();
    let years = characters.windows(5).filter_map(|window| {
        let digits: Option<Vec<usize>> = window[..4].iter().map(|&it| digit(it)).collect();
        let year =
            digits.filter(|_| window[4] == '年')?.into_iter().fold(0, |sum, it| sum * 10 + it);
        i16::try_from(year).ok().filter(|&year| is_year(year))
    });
    years.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_told_from_other_numbers() {
        for (text, years) in [
            ("关于举办2026年大赛的通知", &[2026][..]),
            ("某工信发〔2025〕24号", &[2025]),
            ("某工信发〔2025〕2024号", &[2025]),
            ("二〇二六年八月", &[2026]),
            ("二零二五 年", &[]),
            ("迎宾街2050号，电话0354-2024123", &[]),
            ("2025—2026年行动计划", &[2026]),
            ("the contest of 2025", &[2025]),
            ("20 rows", &[]),
        ] {
            assert_eq!(in_words(text), years, "{text}");
        }
        assert_eq!(named("Season 2025/26"), [2025, 2026]);
        assert_eq!(named("Season 2025–2026, 2025/27"), [2025, 2026, 2025]);
        let patterns = [
            ("JZCK2026-{group.code}-{seq:03}", &[2026][..]),
            ("X{seq}2025", &[2025]),
            ("120261{seq}", &[]),
        ];
        for (pattern, years) in patterns {
            assert_eq!(digits(&literal(pattern)).collect::<Vec<_>>(), years, "{pattern}");
        }
    }
}
