//! A text as a QR code (GB/T 18284, ISO/IEC 18004), as a picture.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use serde::Serialize;

/// The largest version (73 modules) that a code of 30 mm shows at 0.4 mm a
/// module: a scanner of 200 dpi takes three pixels of each.
const COARSE: u8 = 14;

/// Every mask is read alike. Weighing all eight, as the standard would have it,
/// takes longer than everything else a code needs, and the digits of a signature
/// leave little to choose: this one's penalty was on average 3 % and at most
/// 12 % over the least in 40 certificates.
const MASK: u8 = 4;

/// A code as templates get it.
#[derive(Debug, Clone, Serialize)]
pub struct Symbol {
    /// How many modules a row has; the light margin of four around the code is
    /// not counted and not drawn.
    pub modules: usize,
    /// The code as an SVG of `modules` units each way.
    pub svg: String,
}

/// The code that holds `text`: with medium error correction (15 %) while its
/// modules stay coarse, else with low (7 %), as coarse modules survive paper
/// better than fine ones that correct more.
///
/// `None` if no code can hold it.
pub fn draw(text: &str) -> Option<Symbol> {
    // The digits at the text's end are packed as digits, all else as UTF-8.
    let bytes = text.trim_end_matches(|character: char| character.is_ascii_digit());
    let digits = &text[bytes.len()..];
    let segments = [QrSegment::make_bytes(bytes.as_bytes()), QrSegment::make_numeric(digits)];
    let encode = |level, largest| {
        QrCode::encode_segments_advanced(
            &segments,
            level,
            Version::MIN,
            largest,
            Some(Mask::new(MASK)),
            false,
        )
        .ok()
    };
    let medium = encode(QrCodeEcc::Medium, Version::new(COARSE));
    let code = medium.or_else(|| encode(QrCodeEcc::Low, Version::MAX))?;
    Some(Symbol { modules: code.size().unsigned_abs() as usize, svg: svg(&code) })
}

/// The code as a bitmap in an SVG. Its thousand rectangles as a vector path
/// would take a third of the time that a certificate takes. A pixel is a
/// module: what is enlarged as much as here is not smoothed on its way to paper.
fn svg(code: &QrCode) -> String {
    let size = code.size();
    let picture = BASE64.encode(png(code));
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><image width="{size}" height="{size}" image-rendering="optimizeSpeed" href="data:image/png;base64,{picture}"/></svg>"#
    )
}

fn png(code: &QrCode) -> Vec<u8> {
    let size = code.size();
    let modules = (0..size).flat_map(|y| (0..size).map(move |x| code.get_module(x, y)));
    let pixels: Vec<u8> = modules.map(|dark| if dark { 0x00 } else { 0xff }).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size.unsigned_abs(), size.unsigned_abs());
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::Fast);
    let in_memory = "writing to memory cannot fail";
    let mut writer = encoder.write_header().expect(in_memory);
    writer.write_image_data(&pixels).expect(in_memory);
    writer.finish().expect(in_memory);
    bytes
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
