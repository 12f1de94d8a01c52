//! Values as records hold them.

use encoding_rs::Encoding;

/// The number at `at`, as far as there is one.
pub(in super::super) fn float(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

/// A number in 30 bits, perhaps a hundred times too large (MS-XLS 2.5.217).
pub(in super::super) fn rk(packed: u32) -> f64 {
    let number = match packed & 2 {
        0 => f64::from_bits(u64::from(packed & !3) << 32),
        _ => f64::from(packed as i32 >> 2),
    };
    if packed & 1 == 0 { number } else { number / 100.0 }
}

/// What a formula's error is called.
pub(in super::super) fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#?",
    }
}

/// What an old file's code page is called now.
pub(in super::super) fn encoding(page: u16) -> &'static Encoding {
    match page {
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 | 0x8001 => encoding_rs::WINDOWS_1252,
        65001 => encoding_rs::UTF_8,
        54936 => encoding_rs::GB18030,
        // 936, and what WPS leaves out.
        _ => encoding_rs::GBK,
    }
}

/// Characters of one or two bytes each.
pub(in super::super) fn characters(data: &[u8], length: usize, wide: bool) -> Option<String> {
    if wide {
        let units = data.get(..length.checked_mul(2)?)?.chunks_exact(2);
        let units: Vec<u16> = units.map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        Some(String::from_utf16_lossy(&units))
    } else {
        Some(data.get(..length)?.iter().copied().map(char::from).collect())
    }
}
