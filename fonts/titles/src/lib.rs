//! What accolade sets titles and Western text in. All are under the SIL Open Font
//! License 1.1; the texts stand beside the fonts.

/// Noto Serif SC, 700.
pub static NOTO_SERIF_SC_BOLD: &[u8] = include_bytes!("../NotoSerifSC-Bold.ttf");

/// Noto Sans SC, 500.
pub static NOTO_SANS_SC_MEDIUM: &[u8] = include_bytes!("../NotoSansSC-Medium.ttf");

/// Ma Shan Zheng, 400.
pub static MA_SHAN_ZHENG: &[u8] = include_bytes!("../MaShanZheng_400Regular.ttf");

/// Liberation Serif, 400.
pub static LIBERATION_SERIF: &[u8] = include_bytes!("../LiberationSerif-Regular.ttf");

/// Liberation Serif, 700.
pub static LIBERATION_SERIF_BOLD: &[u8] = include_bytes!("../LiberationSerif-Bold.ttf");

/// Playfair Display, 600.
pub static PLAYFAIR_DISPLAY: &[u8] = include_bytes!("../PlayfairDisplay_600SemiBold.ttf");
