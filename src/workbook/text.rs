//! Separated text: which encoding, which separator, which fields.

use super::bounds::{self, Bounds, COLUMNS};
use super::cell::Value;
use super::grid::Grid;
use super::refusal::Refusal;
use super::sheet::Sheet;

/// What may stand between fields.
const SEPARATORS: [char; 4] = [',', '\t', ';', '，'];

/// Text in UTF-8, in UTF-16 with its mark or without, or in GB18030.
///
/// # Errors
/// It is none of these, or holds what no text holds.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    // The rest of it may well pass for text.
    if bytes.starts_with(b"%PDF") {
        return Err(Refusal::NotText);
    }
    let (encoding, mark) = match encoding_rs::Encoding::for_bom(bytes) {
        Some(marked) => marked,
        None if bytes.contains(&0) => (utf16(bytes).ok_or(Refusal::NotText)?, 0),
        None if std::str::from_utf8(bytes).is_ok() => (encoding_rs::UTF_8, 0),
        None => (encoding_rs::GB18030, 0),
    };
    let (text, faulty) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if faulty || is_binary(&text) {
        return Err(Refusal::NotText);
    }
    // Files that were joined byte by byte have marks between them, too.
    Ok(if text.contains(MARK) { text.replace(MARK, "") } else { text.into_owned() })
}

/// A byte order mark, which is no character.
const MARK: char = '\u{FEFF}';

/// Whether there is more than a stray control character in it.
fn is_binary(text: &str) -> bool {
    /// Characters for each control character that is let pass.
    const FEW: usize = 10;
    let strange = |c: &char| {
        c.is_control()
            && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{80}'..='\u{9F}')
    };
    let many = text.chars().filter(strange).count();
    text.contains('\0') || many * FEW > text.chars().count()
}

/// Which UTF-16 a text without a mark is: line ends and separators have their
/// zero bytes on one side.
fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let zeros = |side: usize| bytes.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    let (encoding, line_end) = match zeros(0) < zeros(1) {
        true => (encoding_rs::UTF_16LE, *b"\n\0"),
        false => (encoding_rs::UTF_16BE, *b"\0\n"),
    };
    let lines = bytes.chunks_exact(2).any(|unit| unit == line_end);
    (bytes.len().is_multiple_of(2) && lines).then_some(encoding)
}

/// The one sheet of a text.
pub(super) fn read(text: &str, name: &str, bounds: &Bounds) -> Result<Sheet, Refusal> {
    // Excel takes a first line such as `sep=;` for itself.
    let stated = text.strip_prefix("sep=").and_then(|rest| rest.chars().next());
    let (text, separator) = match stated {
        Some(stated) => (text.split_once('\n').map_or("", |(_, rest)| rest), stated),
        None => (text, separator(text)),
    };
    let mut grid = Grid::new(name, false, bounds);
    for (row, record) in (0u32..).zip(Records::new(text, separator)) {
        if record.len() > COLUMNS as usize {
            return Err(bounds::cells());
        }
        for (column, field) in (0u32..).zip(record) {
            let text = unwrapped(&field);
            if !text.trim().is_empty() {
                grid.put(row, column, Value::Text(text))?;
            }
        }
    }
    grid.finish()
}

/// A field without what keeps a spreadsheet from taking it for a number: a
/// formula that is one text (`="0071"`), an apostrophe before digits, tabs.
fn unwrapped(field: &str) -> String {
    let plain = field.trim_matches('\t');
    let formula = plain.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    // A quotation mark inside is doubled; a single one ends the text.
    if let Some(text) = formula.filter(|text| !text.replace("\"\"", "").contains('"')) {
        return text.replace("\"\"", "\"").trim_matches('\t').to_owned();
    }
    match plain.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.contains('\'') => {
            rest.to_owned()
        }
        _ => plain.to_owned(),
    }
}

/// The separator that divides the most records alike. The one that already
/// divides the first divided record so is preferred: members' names may well
/// hold another, but a header does not.
fn separator(text: &str) -> char {
    /// Records that are looked at, and how many bytes for them at most.
    const SAMPLE: usize = 200;
    const LENGTH: usize = 1 << 20;
    let text = &text[..text.floor_char_boundary(LENGTH)];
    let judged = SEPARATORS.map(|separator| {
        let counts: Vec<usize> = Records::new(text, separator)
            .map(|record| record.len())
            .filter(|&count| count > 0)
            .take(SAMPLE)
            .collect();
        let mut often: Vec<(usize, usize)> = Vec::new();
        for &count in counts.iter().filter(|&&count| count > 1) {
            match often.iter_mut().find(|(known, _)| *known == count) {
                Some((_, times)) => *times += 1,
                None => often.push((count, 1)),
            }
        }
        let (columns, times) =
            often.into_iter().max_by_key(|&(count, times)| (times, count)).unwrap_or((1, 0));
        let first = counts.iter().position(|&count| count == columns);
        let share = times as f64 / counts.len().max(1) as f64;
        (separator, first, share * share * (columns - 1) as f64)
    });
    let divides = |&&(_, _, score): &&(char, Option<usize>, f64)| score > 0.0;
    let first = judged.iter().filter(divides).filter_map(|&(_, first, _)| first).min();
    let weight = |&(_, at, score): &(char, Option<usize>, f64)| {
        if at == first { score * 8.0 } else { score }
    };
    let best = judged.iter().filter(divides).max_by(|one, other| {
        weight(one).total_cmp(&weight(other)).then_with(|| std::cmp::Ordering::Greater)
    });
    best.map_or(',', |&(separator, ..)| separator)
}

/// The records of a text, each line end closing one unless it is quoted; a
/// blank line is a record without fields.
struct Records<'a> {
    rest: &'a str,
    separator: char,
    /// From where on no quote is closed, so that none opens.
    unclosed: bool,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text, separator, unclosed: false }
    }

    /// The field at the beginning of the rest, which it is taken from.
    fn field(&mut self) -> String {
        let mut field = String::new();
        if !self.unclosed && self.rest.starts_with('"') {
            let mut rest = &self.rest[1..];
            loop {
                let Some(at) = rest.find('"') else {
                    self.unclosed = true;
                    field.clear();
                    break;
                };
                field.push_str(&rest[..at]);
                rest = &rest[at + 1..];
                if let Some(more) = rest.strip_prefix('"') {
                    field.push('"');
                    rest = more;
                } else {
                    self.rest = rest;
                    break;
                }
            }
        }
        // What is not quoted, and what follows a quoted part.
        let end = |c: char| c == self.separator || c == '\n' || c == '\r';
        let end = self.rest.find(end).unwrap_or(self.rest.len());
        field.push_str(&self.rest[..end]);
        self.rest = &self.rest[end..];
        field
    }
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut record = Vec::new();
        loop {
            let field = self.field();
            if let Some(rest) = self.rest.strip_prefix(self.separator) {
                self.rest = rest;
                // One too many is enough to know.
                if record.len() <= COLUMNS as usize {
                    record.push(field);
                }
                continue;
            }
            if !record.is_empty() || !field.is_empty() {
                record.push(field);
            }
            let rest = self.rest.strip_prefix('\r').unwrap_or(self.rest);
            self.rest = rest.strip_prefix('\n').unwrap_or(rest);
            return Some(record);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        Records::new(text, separator(text)).collect()
    }

    #[test]
    fn the_separator_is_the_one_that_divides_alike() {
        for separator in SEPARATORS {
            let of = |cells: [&str; 4]| cells.join(&separator.to_string()) + "\n";
            let header = of(["组别", "奖项", "项目名称", "核心成员"]);
            let row = of(["企业组", "一等奖", "甲", "王伟、李强"]);
            assert_eq!(super::separator(&format!("2026年获奖名单\n{header}{row}{row}")), separator);
        }
        let members =
            "组别,项目,成员\n企业组,甲,王伟，李强，张三，赵六\n企业组,乙,王伟，李强，张三，赵六\n";
        assert_eq!(separator(members), ',');
        let commas = "组别\t项目\n企业组\t甲,乙,丙\n企业组\t丁,戊,己\n";
        assert_eq!(separator(commas), '\t');
    }

    #[test]
    fn what_keeps_zeros_is_no_part_of_a_field() {
        for (field, plain) in [
            ("=\"0071\"", "0071"),
            ("=\"甲\"\"乙\"\"\"", "甲\"乙\""),
            ("'0072", "0072"),
            ("\t0073", "0073"),
            ("0074\t", "0074"),
            ("=\"\t0075\"", "0075"),
            // These are what they are.
            ("=\"甲\"&\"乙\"", "=\"甲\"&\"乙\""),
            ("=SUM(A1)", "=SUM(A1)"),
            ("'98级'校友队", "'98级'校友队"),
            ("'甲'", "'甲'"),
            (" 甲 ", " 甲 "),
        ] {
            assert_eq!(unwrapped(field), plain);
        }
    }

    #[test]
    fn quoted_fields_hold_anything_and_an_open_quote_is_a_character() {
        assert_eq!(
            rows("甲,\"乙\n\"\"丙\"\",丁\"\r\n\r\n戊,己"),
            [
                vec!["甲".to_owned(), "乙\n\"丙\",丁".to_owned()],
                vec![],
                vec!["戊".to_owned(), "己".to_owned()],
            ]
        );
        assert_eq!(rows("\"甲,乙\n丙,丁\n").len(), 2);
    }
}
