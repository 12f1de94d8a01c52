//! Marks and figures in a text that tell what it is: markup, a telephone, a date.

/// Whether a text is several rows of a file: a quotation mark that opens a value
/// and is never closed swallows what follows.
pub(in super::super) fn is_rows(raw: &str) -> bool {
    raw.contains('\n') && [',', '\t', ';'].iter().any(|mark| raw.matches(*mark).count() >= 3)
}

/// `&amp;`, `&#39;`, `<b>`, `</p>`.
pub(in super::super) fn is_markup(text: &str) -> bool {
    const ENTITIES: [&str; 12] = [
        "amp", "lt", "gt", "quot", "apos", "nbsp", "middot", "ldquo", "rdquo", "mdash", "hellip",
        "copy",
    ];
    const TAGS: [&str; 14] =
        ["b", "i", "u", "p", "br", "br/", "span", "div", "font", "strong", "em", "sub", "sup", "a"];
    let entity = text.match_indices('&').any(|(at, _)| {
        let rest = &text[at + 1..];
        rest.split_once(';').is_some_and(|(name, _)| {
            ENTITIES.contains(&name)
                || name.strip_prefix('#').is_some_and(|code| {
                    let code = code.strip_prefix(['x', 'X']).unwrap_or(code);
                    !code.is_empty() && code.chars().all(|c| c.is_ascii_hexdigit())
                })
        })
    });
    let tag = || {
        text.match_indices('<').any(|(at, _)| {
            let rest = text[at + 1..].trim_start_matches('/');
            rest.split_once('>').is_some_and(|(name, _)| {
                let name = name.split(' ').next().unwrap_or_default().to_lowercase();
                TAGS.contains(&name.as_str())
            })
        })
    };
    entity || tag()
}

/// The first bracket or quotation mark without its partner.
pub(super) fn unpaired(text: &str) -> Option<char> {
    let mut open: Vec<(char, char)> = Vec::new();
    for c in text.chars() {
        let closing = match c {
            '(' | '（' => ')',
            '[' | '［' => ']',
            '【' => '】',
            '〔' => '〕',
            '《' => '》',
            '「' => '」',
            '『' => '』',
            '“' => '”',
            _ => '\0',
        };
        let c = match c {
            '）' => ')',
            '］' => ']',
            c => c,
        };
        if closing != '\0' {
            open.push((c, closing));
        } else if ")]】〕》」』”".contains(c) {
            match open.pop() {
                Some((_, expected)) if expected == c => {}
                _ => return Some(c),
            }
        }
    }
    let odd = text.matches('"').count() % 2 == 1;
    open.first().map(|(c, _)| *c).or(odd.then_some('"'))
}

/// Eleven digits of a mobile telephone, or an area code and seven or eight.
pub(super) fn holds_telephone(text: &str) -> bool {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    runs.into_iter().any(|run| {
        let digits: String = run.chars().filter(char::is_ascii_digit).collect();
        let mobile = digits.len() == 11 && digits.starts_with('1') && digits.as_bytes()[1] > b'2';
        let line = run.starts_with('0') && (10..=12).contains(&digits.len());
        mobile || line
    })
}

/// `2026/3/2`, `12:30:00`, `2-Mar`, `1/2`: what a spreadsheet makes of other
/// texts.
pub(super) fn is_moment(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = text.split(['-', '/', ':']).collect();
    let short = |part: &&str| {
        let digits =
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|it| it.is_ascii_digit());
        digits || MONTHS.contains(&part.to_ascii_lowercase().as_str())
    };
    (2..=3).contains(&parts.len()) && parts.iter().all(short)
}

/// An address of mail or of a page.
pub(super) fn holds_address(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let mail = text.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    mail || ["http://", "https://", "www."].iter().any(|begin| text.contains(begin))
}

/// A number, a moment or a truth value: what a spreadsheet makes of other texts.
pub(super) fn is_value(text: &str) -> bool {
    let bare = text.trim_start_matches(['￥', '¥', '$', '+', '-']).trim_end_matches('%');
    let truth = ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(text));
    truth || bare.replace(',', "").parse::<f64>().is_ok() || is_moment(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_one_cell_are_told_from_a_line_break() {
        assert!(is_rows("农业,太谷公司,王建民\n3,企业组") && !is_rows("智慧\n农业"));
    }
}
