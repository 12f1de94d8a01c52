//! Whether a document that everybody may read shows what is nobody's business.

use std::collections::HashSet;

use serde_json::Value as Json;

/// What on a public page is or looks like a personal number: the telephones of
/// those it is about, and whatever has the form of a mobile telephone or of an
/// identity card. Numbers that the contest itself makes known are none.
pub(super) fn number<'a>(
    text: &'a str,
    phones: &HashSet<String>,
    facts: &[&Json],
) -> Option<&'a str> {
    let known = |number: &str| facts.iter().any(|facts| facts.to_string().contains(number));
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .filter(|part| {
            let bare: String = part.chars().filter(|&c| c != '-').collect();
            is_mobile(&bare) || is_identity(&bare) || phones.contains(&bare)
        })
        .find(|part| !known(part))
}

/// A telephone as it is compared: digits alone.
pub(super) fn bare(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// Eleven digits from 13 to 19.
fn is_mobile(text: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() == 11 && digits && text.starts_with('1') && text.as_bytes()[1] >= b'3'
}

/// Eighteen digits, the last perhaps X (GB 11643).
fn is_identity(text: &str) -> bool {
    let (digits, last) = text.split_at_checked(17).unwrap_or((text, ""));
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    plain && matches!(last.as_bytes(), [b'0'..=b'9' | b'X' | b'x'])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn telephones_and_identities_are_found_and_what_is_published_is_not() {
        let facts = json!({"contact": {"phone": "0354-2639505"}});
        let find = |text| number(text, &HashSet::from(["03541234567".into()]), &[&facts]);
        assert_eq!(find("联系人王伟13800000000，"), Some("13800000000"));
        assert_eq!(find("140702199001011234"), Some("140702199001011234"));
        assert_eq!(find("14070219900101123X"), Some("14070219900101123X"));
        assert_eq!(find("电话0354-1234567"), Some("0354-1234567"));
        assert_eq!(find("电话0354-2639505"), None);
        assert_eq!(find("JZCK2026-QY-1-001"), None);
        assert_eq!(find("2026年12345678901"), None);
    }
}
