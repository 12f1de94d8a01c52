//! A text between quotation marks, by GB/T 15834: the marks in it are the inner
//! ones, and those in these the outer ones again.

use crate::character;

/// The quotation marks of a language: those around a text, and those in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    pub outer: [char; 2],
    pub inner: [char; 2],
}

/// Where a mark stands among the characters, whether it opens, and how deep: those
/// of a quotation that is in none are 0.
struct Mark {
    at: usize,
    opens: bool,
    depth: usize,
}

/// What stands between the marks where a text is quoted. A text that is a
/// quotation as a whole is not quoted twice.
pub(super) fn within(text: &str, marks: Marks) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let Some(found) = paired(&characters, marks).filter(|found| !found.is_empty()) else {
        return text.to_owned();
    };
    let outer: Vec<usize> = found.iter().filter(|it| it.depth == 0).map(|it| it.at).collect();
    let whole = outer == [0, characters.len() - 1];
    for mark in &found {
        let depth = mark.depth - usize::from(whole && mark.depth > 0);
        let pair = if depth.is_multiple_of(2) { marks.inner } else { marks.outer };
        characters[mark.at] = pair[usize::from(!mark.opens)];
    }
    match whole {
        true => characters[1..characters.len() - 1].iter().collect(),
        false => characters.into_iter().collect(),
    }
}

/// The marks of a text; `None` if they are no pairs, as of 5" and of ”甲“: then
/// nothing is known.
fn paired(characters: &[char], marks: Marks) -> Option<Vec<Mark>> {
    let mut found = Vec::new();
    let mut depth: usize = 0;
    let mut straight_open: Vec<usize> = Vec::new();
    for (at, &character) in characters.iter().enumerate() {
        let straight = character == '"';
        let opens = [marks.outer[0], marks.inner[0]].contains(&character);
        let closes = [marks.outer[1], marks.inner[1]].contains(&character);
        if !(straight || opens || closes) || is_apostrophe(characters, at) {
            continue;
        }
        if opens || straight && !straight_open.contains(&depth) {
            if straight {
                straight_open.push(depth + 1);
            }
            found.push(Mark { at, opens: true, depth });
            depth += 1;
        } else {
            straight_open.retain(|&open| open != depth);
            depth = depth.checked_sub(1)?;
            found.push(Mark { at, opens: false, depth });
        }
    }
    (depth == 0).then_some(found)
}

/// Whether a mark between two letters is an apostrophe, as in O’Brien.
fn is_apostrophe(characters: &[char], at: usize) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| characters.get(at)).is_some_and(|&it| character::is_latin(it))
    };
    matches!(characters[at], '’' | '\'') && letter(at.checked_sub(1)) && letter(Some(at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_within_marks_are_the_other_ones() {
        let chinese = Marks { outer: ['“', '”'], inner: ['‘', '’'] };
        for (text, quoted) in [
            ("甲", "甲"),
            ("“智慧”矿山", "‘智慧’矿山"),
            ("“甲“乙”丙”", "甲‘乙’丙"),
            ("\"智慧\"矿山", "‘智慧’矿山"),
            ("甲‘乙“丙”丁’", "甲‘乙“丙”丁’"),
            ("5\"屏", "5\"屏"),
            ("”甲“", "”甲“"),
            ("O’Brien的“店”", "O’Brien的‘店’"),
            ("“甲”与“乙”", "‘甲’与‘乙’"),
        ] {
            assert_eq!(within(text, chinese), quoted, "{text}");
        }
    }
}
