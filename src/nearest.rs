//! The known word that a mistyped one most resembles. Public for the command,
//! which asks it about options.

use strsim::{normalized_levenshtein, osa_distance};

/// The nearest of `known` by edit distance, two letters in the wrong order being
/// one slip, if it is near enough that a person would take the one for a slip of
/// the other: at most a third of the letters differ (one, for a word of two or
/// three).
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    known
        .into_iter()
        .map(|candidate| (osa_distance(word, candidate), candidate))
        .filter(|&(distance, candidate)| {
            let longer = length.max(candidate.chars().count());
            distance < longer && distance <= (longer / 3).max(1)
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// How alike two texts are, from 0 to 1.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    normalized_levenshtein(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_none() {
        let awards = ["一等奖", "二等奖", "优胜奖"];
        assert_eq!(nearest("优胜将", awards), Some("优胜奖"));
        assert_eq!(nearest("特别贡献", awards), None);
        assert_eq!(nearest("tempalte", ["name", "template", "each"]), Some("template"));
        assert_eq!(nearest("yaer", ["code", "year"]), Some("year"));
        assert_eq!(nearest("甲", ["乙"]), None);
    }
}
