//! What a line is by its words.

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateForm {
    /// In figures, month or day perhaps with a leading zero.
    Arabic {
        /// Whether one has.
        padded: bool,
    },
    /// In 汉字.
    Chinese,
}

const CHINESE_DIGITS: &str = "〇○零一二三四五六七八九十";

/// The form of a text that is a date and nothing else.
pub(super) fn date(text: &str) -> Option<DateForm> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let parts = [year, month, day];
    let all = |test: &dyn Fn(char) -> bool| {
        parts.iter().all(|part| !part.is_empty() && part.chars().all(test))
    };
    if all(&|c| c.is_ascii_digit()) && year.len() == 4 && month.len() < 3 && day.len() < 3 {
        Some(DateForm::Arabic { padded: month.starts_with('0') || day.starts_with('0') })
    } else if all(&|c| CHINESE_DIGITS.contains(c)) {
        Some(DateForm::Chinese)
    } else {
        None
    }
}

/// 份号 is figures alone.
pub(super) fn is_copy_number(text: &str) -> bool {
    (3..=10).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit())
}

pub(super) fn is_secrecy(text: &str) -> bool {
    let bare: String = text.chars().take(3).collect();
    ["绝密", "机密", "秘密"].iter().any(|word| bare.starts_with(word)) && text.chars().count() < 12
}

pub(super) fn is_urgency(text: &str) -> bool {
    ["特急", "加急", "特提", "平急", "急件"].contains(&text)
}

/// A number of a document, in whatever brackets, or the place for one.
pub(super) fn is_document_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.ends_with('号') && (digits >= 4 || text.starts_with('第')) && text.chars().count() < 40
}

/// What stands between the brackets of a document's number, with the brackets,
/// and what follows.
pub(super) fn number_parts(text: &str) -> Option<(char, &str, char, &str)> {
    let open = text.find(['〔', '[', '［', '【', '（', '(', '﹝', '〖'])?;
    let close = text.find(['〕', ']', '］', '】', '）', ')', '﹞', '〗'])?;
    let opening = text[open..].chars().next()?;
    let closing = text[close..].chars().next()?;
    let year = text.get(open + opening.len_utf8()..close)?;
    let rest = text[close + closing.len_utf8()..].strip_suffix('号')?;
    Some((opening, year, closing, rest))
}

/// 附件 or 附件1, alone on its line.
pub(super) fn is_annex_mark(text: &str) -> bool {
    annex_number(text).is_some()
}

/// What follows 附件 in its mark.
pub(super) fn annex_number(text: &str) -> Option<&str> {
    let number = text.strip_prefix("附件")?;
    let counts = |c: char| c.is_ascii_digit() || CHINESE_DIGITS.contains(c);
    (number.chars().count() <= 3 && number.chars().all(counts)).then_some(number)
}

/// 附件说明 begins so.
pub(super) fn is_attachments(text: &str) -> bool {
    text.strip_prefix("附件").is_some_and(|rest| rest.starts_with(['：', ':']))
}

pub(super) fn is_imprint(text: &str) -> bool {
    let named = ["抄送：", "抄送:", "主送：", "主送:"].iter().any(|word| text.starts_with(word));
    named || is_printed(text)
}

/// Names who was at a meeting, and who was not (10.3).
pub(super) fn is_attendance(text: &str) -> bool {
    ["出席", "请假", "列席"]
        .iter()
        .any(|word| text.strip_prefix(word).is_some_and(|rest| rest.starts_with(['：', ':'])))
}

/// Names the printing office and the date.
pub(super) fn is_printed(text: &str) -> bool {
    text.strip_suffix("印发").is_some_and(|text| text.ends_with('日'))
}

const DASHES: [char; 9] = ['—', '–', '-', '－', '―', '─', '一', '−', '‐'];

/// The figure of a page number.
pub(super) fn page_number(text: &str) -> Option<u32> {
    // 第 1 页 is none that the standard knows, but a number it is.
    let text = text.strip_prefix('第').and_then(|text| text.strip_suffix('页')).unwrap_or(text);
    let bare = text.trim_matches(DASHES);
    let digits = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || is_wide_digit(c));
    if !digits || bare.chars().count() > 4 {
        return None;
    }
    let narrow = bare.chars().map(|c| match u32::from(c) {
        wide @ 0xFF10..=0xFF19 => char::from_digit(wide - 0xFF10, 10).unwrap_or(c),
        _ => c,
    });
    narrow.collect::<String>().parse().ok()
}

fn is_wide_digit(c: char) -> bool {
    ('０'..='９').contains(&c)
}

/// The level of a heading or a numbered paragraph (7.3.3), 1 to 4.
pub(super) fn level(text: &str) -> Option<usize> {
    let counts = |text: &str, digits: fn(char) -> bool| {
        !text.is_empty() && text.chars().count() <= 3 && text.chars().all(digits)
    };
    let chinese = |c: char| CHINESE_DIGITS.contains(c);
    let arabic = |c: char| c.is_ascii_digit();
    if let Some((number, _)) =
        text.strip_prefix(['（', '(']).and_then(|t| t.split_once(['）', ')']))
    {
        return match number {
            number if counts(number, chinese) => Some(2),
            number if counts(number, arabic) => Some(4),
            _ => None,
        };
    }
    if text.split_once('、').is_some_and(|(number, _)| counts(number, chinese)) {
        return Some(1);
    }
    let (number, rest) = text.split_once(['.', '．'])?;
    // 3.5 is a figure.
    (counts(number, arabic) && !rest.starts_with(|c: char| c.is_ascii_digit())).then_some(3)
}

/// Whether it ends as names of offices do, before a colon.
pub(super) fn ends_as_organ(text: &str) -> bool {
    let name = text.trim_end_matches(['：', ':']);
    name.ends_with(['厅', '局', '委', '办', '府', '会', '部', '院', '司', '校', '位', '门', '处'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_what_a_line_is() {
        assert_eq!(date("2026年8月10日"), Some(DateForm::Arabic { padded: false }));
        assert_eq!(date("2026年08月10日"), Some(DateForm::Arabic { padded: true }));
        assert_eq!(date("二〇二六年八月十日"), Some(DateForm::Chinese));
        assert_eq!(date("2026年8月10日印发"), None);
        assert_eq!(page_number("—12—"), Some(12));
        assert_eq!(page_number("-1-"), Some(1));
        assert_eq!(page_number("第1页"), Some(1));
        assert_eq!(page_number("一览表"), None);
        let levels = ["一、总则", "（一）范围", "1.范围", "（1）范围", "3.5万元", "一是"];
        assert_eq!(levels.map(level), [Some(1), Some(2), Some(3), Some(4), None, None]);
        assert_eq!(number_parts("国发〔2026〕5号"), Some(('〔', "2026", '〕', "5")));
        assert!(is_document_number("市工信企业函〔2026〕号"));
        assert!(is_annex_mark("附件12") && !is_annex_mark("附件：名单"));
    }
}
