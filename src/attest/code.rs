//! A text as a QR code (GB/T 18284, ISO/IEC 18004), drawn as one vector path.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use serde::Serialize;

/// The largest version (73 modules) that a code of 30 mm shows at 0.4 mm a
/// module: a scanner of 200 dpi takes three pixels of each.
const COARSE: u8 = 14;

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
    // The digits at the text's end are packed as digits, all else as UTF-8.
    let bytes = text.trim_end_matches(|character: char| character.is_ascii_digit());
    let digits = &text[bytes.len()..];
    let segments = [QrSegment::make_bytes(bytes.as_bytes()), QrSegment::make_numeric(digits)];
    let encode = |level, largest| {
        QrCode::encode_segments_advanced(&segments, level, Version::MIN, largest, None, false).ok()
    };
    let medium = encode(QrCodeEcc::Medium, Version::new(COARSE));
    let code = medium.or_else(|| encode(QrCodeEcc::Low, Version::MAX))?;
    Some(Code { modules: code.size().unsigned_abs() as usize, svg: svg(&code) })
}

/// One path, so that no seam shows between two modules.
fn svg(code: &QrCode) -> String {
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let end = (x..size).find(|&x| !code.get_module(x, y)).unwrap_or(size);
            if end > x {
                let _ = write!(path, "M{x} {y}h{dark}v1h-{dark}z", dark = end - x);
            }
            x = end.max(x + 1);
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
        assert!(usual.modules <= 73, "{}", usual.modules);
        assert!(draw(&"荣".repeat(900)).is_some());
        assert!(draw(&"荣".repeat(1000)).is_none());
    }
}
