//! The Kai (楷体) of accolade: LXGW WenKai GB Lite. Under the SIL Open Font License 1.1;
//! the text stands beside the font.

/// LXGW WenKai GB Lite, 400.
pub static LXGW_WENKAI: &[u8] = include_bytes!("../LXGWWenKaiGBLite-Regular.ttf");
