//! A font's PostScript name → the class of type it is, as GB/T 9704 names them.

use std::collections::BTreeMap;

use super::finding::{Judgement, Measure};
use crate::pdf::Glyph;

/// So large a part of the characters may come from another font: rare ones do,
/// when a font lacks them.
const FALLBACK: f64 = 0.05;

/// The classes that the standard speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// 仿宋体.
    Fangsong,
    /// 楷体.
    Kai,
    /// 黑体.
    Hei,
    /// 小标宋体.
    Biaosong,
    /// A heavy 宋体, which stands in for 小标宋体 where that is not to be had.
    HeavySong,
    /// 宋体, and 白体 figures of its weight.
    Song,
}

/// Parts of names, in lower case without separators; the first that is found
/// decides, so the narrower come first.
const NAMES: [(&str, Face); 54] = [
    ("fangsong", Face::Fangsong),
    ("仿宋", Face::Fangsong),
    ("zhuque", Face::Fangsong),
    ("朱雀", Face::Fangsong),
    ("simfang", Face::Fangsong),
    ("fzfs", Face::Fangsong),
    ("fandolfang", Face::Fangsong),
    ("hyfsj", Face::Fangsong),
    ("cwtexfs", Face::Fangsong),
    ("xiaobiaosong", Face::Biaosong),
    ("小标宋", Face::Biaosong),
    ("dabiaosong", Face::Biaosong),
    ("大标宋", Face::Biaosong),
    ("biaosong", Face::Biaosong),
    ("fzxbs", Face::Biaosong),
    ("fzdbs", Face::Biaosong),
    ("kaiti", Face::Kai),
    ("楷", Face::Kai),
    ("wenkai", Face::Kai),
    ("文楷", Face::Kai),
    ("simkai", Face::Kai),
    ("stkai", Face::Kai),
    ("fzkai", Face::Kai),
    ("fzkt", Face::Kai),
    ("fandolkai", Face::Kai),
    ("dfkai", Face::Kai),
    ("biaukai", Face::Kai),
    ("ukai", Face::Kai),
    ("gkai", Face::Kai),
    ("hykai", Face::Kai),
    ("simhei", Face::Hei),
    ("黑", Face::Hei),
    ("stheiti", Face::Hei),
    ("heiti", Face::Hei),
    ("fzhei", Face::Hei),
    ("fzht", Face::Hei),
    ("fandolhei", Face::Hei),
    ("zenhei", Face::Hei),
    ("microhei", Face::Hei),
    ("yahei", Face::Hei),
    ("notosanssc", Face::Hei),
    ("notosanscjk", Face::Hei),
    ("sourcehansans", Face::Hei),
    ("sourcehanserif", Face::Song),
    ("notoserifsc", Face::Song),
    ("notoserifcjk", Face::Song),
    ("simsun", Face::Song),
    ("stsong", Face::Song),
    ("stzhongsong", Face::Song),
    ("fzsong", Face::Song),
    ("fzshusong", Face::Song),
    ("fandolsong", Face::Song),
    ("宋", Face::Song),
    ("song", Face::Song),
];

/// Western faces whose figures pass for 宋体's: roman, of its weight.
const ROMAN: [&str; 6] = ["times", "liberationserif", "nimbusrom", "termes", "tinos", "cmr"];

impl Face {
    /// The class of a font; `None` for names that nobody here knows.
    pub(super) fn of(name: &str) -> Option<Self> {
        let bare: String = name.to_lowercase().replace([' ', '-', '_', ','], "");
        let (_, face) = NAMES.iter().find(|(part, _)| bare.contains(part))?;
        let heavy = ["bold", "heavy", "black", "zhongsong"].iter().any(|it| bare.contains(it));
        Some(if *face == Face::Song && heavy { Face::HeavySong } else { *face })
    }

    /// Whether the figures of a font are a 宋体's.
    pub(super) fn is_roman(name: &str) -> bool {
        let bare: String = name.to_lowercase().replace([' ', '-', '_', ','], "");
        !bare.contains("bold") && ROMAN.iter().any(|part| bare.contains(part))
    }
}

/// Whether characters are of the class wanted, and in which font the most of
/// them, or of those that are not, are set. `None` without characters.
pub(super) fn judge(glyphs: &[&Glyph], wanted: Face) -> Option<(Judgement, Measure)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for glyph in glyphs {
        *counts.entry(&glyph.font).or_default() += 1;
    }
    let most = |counts: &BTreeMap<&str, usize>| {
        let most = counts.iter().max_by_key(|(_, count)| **count);
        most.map(|(name, count)| ((*name).to_owned(), *count))
    };
    let (main, _) = most(&counts)?;
    counts.retain(|name, _| Face::of(name) != Some(wanted));
    match most(&counts) {
        Some((name, count)) if count as f64 > FALLBACK * glyphs.len() as f64 => {
            let stands_in = wanted == Face::Biaosong && Face::of(&name) == Some(Face::HeavySong);
            let open = stands_in || Face::of(&name).is_none();
            let verdict = if open { Judgement::Person } else { Judgement::Fail };
            Some((verdict, Measure::Font(name)))
        }
        _ => Some((Judgement::Pass, Measure::Font(main))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_class() {
        for (name, face) in [
            ("FZXBSJW--GB1-0", Face::Biaosong),
            ("FangSong_GB2312", Face::Fangsong),
            ("仿宋_GB2312", Face::Fangsong),
            ("KaiTi_GB2312", Face::Kai),
            ("LXGWWenKaiGBLite-Regular", Face::Kai),
            ("SimHei", Face::Hei),
            ("NotoSerifSC-Bold", Face::HeavySong),
            ("NotoSerifCJKsc-Regular-Identity-H", Face::Song),
            ("STFangsong", Face::Fangsong),
        ] {
            assert_eq!(Face::of(name), Some(face), "{name}");
        }
        assert_eq!(Face::of("MaShanZheng-Regular"), None);
    }
}
