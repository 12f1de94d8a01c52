//! Names that the sheet may write in several ways.

use unicode_normalization::UnicodeNormalization;

/// Something the sheet may call by its name or by an alias.
pub(crate) trait Named {
    /// The name on paper.
    fn name(&self) -> &str;
    /// Other spellings the sheet may use.
    fn aliases(&self) -> &[String] {
        &[]
    }
}

/// The one of `all` that goes by `name`, be it its name or an alias, as
/// [`folded`] compares them.
pub(crate) fn find<'a, T: Named>(all: &'a [T], name: &str) -> Option<&'a T> {
    if let Some(exact) = all.iter().find(|one| one.name() == name) {
        return Some(exact);
    }
    let name = folded(name);
    let by_name = |one: &&T| folded(one.name()) == name;
    let by_alias = |one: &&T| one.aliases().iter().any(|alias| folded(alias) == name);
    all.iter().find(by_name).or_else(|| all.iter().find(by_alias))
}

/// A name as it is compared: blanks, width and case make no other name, nor
/// does the numeral of a rank (贰等奖, 2等奖 and Ⅱ等奖 are 二等奖).
pub(crate) fn folded(name: &str) -> String {
    const RANKS: [(&str, char); 16] = [
        ("壹", '一'),
        ("贰", '二'),
        ("叁", '三'),
        ("肆", '四'),
        ("伍", '五'),
        ("1", '一'),
        ("2", '二'),
        ("3", '三'),
        ("4", '四'),
        ("5", '五'),
        ("iii", '三'),
        ("ii", '二'),
        ("iv", '四'),
        ("i", '一'),
        ("v", '五'),
        ("貳", '二'),
    ];
    let shown = name.chars().filter(|c| !c.is_whitespace());
    let mut folded: String = shown.nfkc().flat_map(char::to_lowercase).collect();
    folded.retain(|c| !c.is_whitespace());
    let mut from = 0;
    while let Some(at) = folded[from..].find(['等', '级']).map(|at| from + at) {
        from = at + '等'.len_utf8();
        let rank = RANKS.iter().find(|(numeral, _)| {
            folded[..at].strip_suffix(numeral).is_some_and(|before| {
                !numeral.is_ascii() || !before.ends_with(|c: char| c.is_ascii_alphanumeric())
            })
        });
        if let Some((numeral, standard)) = rank {
            let start = at - numeral.len();
            folded.replace_range(start..at, standard.encode_utf8(&mut [0; 4]));
            from = start + standard.len_utf8() + '等'.len_utf8();
        }
    }
    folded
}
