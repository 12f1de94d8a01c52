//! What a reader and a scanner see on the pages of a PDF: their text, and what
//! the codes on them hold. The pages are drawn and the codes are read from the
//! picture, so that it is the printed code that counts.
//!
//! The only module that knows rxing.

use jiff::civil::Date;
use rxing::DecodeHints;
use rxing::helpers::detect_multiple_in_luma_with_hints;
use unicode_normalization::UnicodeNormalization;

use super::pieces;
use crate::attest::{self, Attestation, PublicKey, Signature};
use crate::fact::Fact;
use crate::pdf::{Pdf, Picture};

/// A scanner's usual resolution.
const PIXELS_PER_INCH: f32 = 200.0;

/// Certificates have one page; no more than this many are looked at.
const PAGES: usize = 4;

/// What the pages of a PDF show.
pub(super) struct Pages {
    /// All text, without blanks.
    text: String,
    /// What each code holds.
    pub codes: Vec<String>,
    /// The organizer's signature over the text.
    seal: Option<Signature>,
}

/// Reads a PDF; `None` if it is none.
pub(super) fn read(bytes: Vec<u8>) -> Option<Pages> {
    let pdf = Pdf::open(bytes).ok()?;
    let mut pages =
        Pages { text: String::new(), codes: Vec::new(), seal: attest::page::find(&pdf.keywords()) };
    for index in 0..pdf.len().min(PAGES) {
        for text in pdf.page(index).glyphs.iter().filter_map(|glyph| glyph.text.as_ref()) {
            pages.text.extend(text.chars().filter(|c| !c.is_whitespace()));
        }
        pages.codes.extend(codes(pdf.picture(index, PIXELS_PER_INCH)));
    }
    Some(pages)
}

impl Pages {
    /// Whether the pages show what a statement says of a fact, in any of the
    /// ways it may be printed.
    pub(super) fn show(&self, fact: Fact, text: &str) -> bool {
        let shown = |text: &str| {
            let bare: String = text.nfc().filter(|c| !c.is_whitespace()).collect();
            self.text.contains(&bare)
        };
        match fact {
            // A first revision is not printed.
            Fact::Revision => true,
            Fact::Date => text.parse().is_ok_and(|date| forms(date).iter().any(|form| shown(form))),
            _ => pieces(fact, text).into_iter().all(shown),
        }
    }

    /// Whether the organizer has signed this text together with the code.
    pub(super) fn sealed(&self, claim: &Attestation, keys: &[PublicKey]) -> bool {
        let signature = self.seal.as_ref();
        signature.is_some_and(|it| attest::page::is_signed_by(keys, claim, &self.text, it))
    }
}

/// A date as certificates and official documents write it.
fn forms(date: Date) -> [String; 3] {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |value: i8| DIGITS[usize::from(value.unsigned_abs() % 10)];
    let counted = |value: i8| match (value / 10, value % 10) {
        (0, ones) => digit(ones).to_string(),
        (tens, ones) => {
            let mut text = String::new();
            if tens > 1 {
                text.push(digit(tens));
            }
            text.push('十');
            if ones > 0 {
                text.push(digit(ones));
            }
            text
        }
    };
    let year: String = date
        .year()
        .to_string()
        .chars()
        .filter_map(|c| Some(DIGITS[c.to_digit(10)? as usize]))
        .collect();
    [
        format!("{year}年{}月{}日", counted(date.month()), counted(date.day())),
        format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        date.to_string(),
    ]
}

/// What each code on a picture holds.
fn codes(picture: Picture) -> Vec<String> {
    let Picture { grey, width, height } = picture;
    let mut hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    hints.CharacterSet = Some("UTF-8".into());
    let found = detect_multiple_in_luma_with_hints(grey, width, height, &mut hints);
    found.into_iter().flatten().map(|code| code.getText().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_is_known_in_every_form() {
        let [chinese, arabic, iso] = forms(date(2026, 10, 31));
        assert_eq!(chinese, "二〇二六年十月三十一日");
        assert_eq!(arabic, "2026年10月31日");
        assert_eq!(iso, "2026-10-31");
        assert_eq!(forms(date(2026, 8, 20))[0], "二〇二六年八月二十日");
    }
}
