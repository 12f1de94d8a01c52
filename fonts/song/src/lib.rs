//! The Song (宋体) of accolade: Noto Serif SC. Under the SIL Open Font License 1.1;
//! the text stands beside the font.

/// Noto Serif SC, 400.
pub static NOTO_SERIF_SC: &[u8] = include_bytes!("../NotoSerifSC-Regular.otf");
