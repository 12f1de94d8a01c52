//! The Fangsong (仿宋) of accolade: Zhuque Fangsong. Under the SIL Open Font License 1.1;
//! the text stands beside the font.

/// Zhuque Fangsong, 400.
pub static ZHUQUE_FANGSONG: &[u8] = include_bytes!("../LXGWZhuqueFangsong-Regular.ttf");
