//! A text as a QR code (GB/T 18284, ISO/IEC 18004), drawn as one vector path.

use std::fmt::Write;

use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};
use serde::Serialize;

/// The most modules in a row that a code of 30 mm shows at 0.4 mm each: a
/// scanner of 200 dpi takes three pixels of each.
const COARSE: usize = 75;

/// A code as templates get it.
#[derive(Debug, Clone, Serialize)]
pub struct Code {
    /// How many modules a row has; the light margin of four around the code is
    /// not counted and not drawn.
    pub modules: usize,
    /// The dark modules as an SVG of `modules` units each way.
    pub svg: String,
}

/// The code that holds `text`: with medium error correction (15 %) while its
/// modules stay coarse, else with low (7 %), as coarse modules survive paper
/// better than fine ones that correct more.
///
/// `None` if no code can hold it.
pub fn draw(text: &str) -> Option<Code> {
    let medium = encode(text, EcLevel::M).filter(|code| code.width() <= COARSE);
    let code = medium.or_else(|| encode(text, EcLevel::L))?;
    Some(Code { modules: code.width(), svg: svg(&code) })
}

/// The smallest code of a level, with the digits at the text's end packed as
/// digits and all else as UTF-8 bytes. (The library's own choice of segments
/// would take bytes of UTF-8 for Shift JIS.)
fn encode(text: &str, level: EcLevel) -> Option<QrCode> {
    let bytes = text.trim_end_matches(|character: char| character.is_ascii_digit());
    let digits = &text[bytes.len()..];
    (1..=40).map(Version::Normal).find_map(|version| {
        let mut bits = Bits::new(version);
        bits.push_byte_data(bytes.as_bytes()).ok()?;
        bits.push_numeric_data(digits.as_bytes()).ok()?;
        bits.push_terminator(level).ok()?;
        QrCode::with_bits(bits, level).ok()
    })
}

/// One path, so that no seam shows between two modules.
fn svg(code: &QrCode) -> String {
    let size = code.width();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let dark = (x..size).take_while(|&x| code[(x, y)] == Color::Dark).count();
            if dark > 0 {
                let _ = write!(path, "M{x} {y}h{dark}v1h-{dark}z");
            }
            x += dark.max(1);
        }
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_usual_length_stays_coarse_and_any_real_one_fits() {
        let usual = draw(&"荣".repeat(150)).unwrap();
        assert!(usual.modules <= COARSE, "{}", usual.modules);
        assert!(draw(&"荣".repeat(900)).is_some());
        assert!(draw(&"荣".repeat(1000)).is_none());
    }
}
