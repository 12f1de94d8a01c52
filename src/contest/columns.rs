//! Header words added to `contest.toml`, its text otherwise left as it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::edit::{Act, Change, changed, replace};
use super::file::{Contest, FILE};
use crate::fault::{Diagnostic, Diagnostics};
use crate::field::Field;
use crate::template::Templates;

/// Lines of `[columns]` that give each field its header words.
pub fn lines(words: &BTreeMap<Field, Vec<String>>) -> impl Iterator<Item = String> {
    words.iter().map(|(field, words)| {
        let words: Vec<String> =
            words.iter().map(|word| toml::Value::from(word.as_str()).to_string()).collect();
        format!("{field} = [{}]", words.join(", "))
    })
}

/// Writes header words into the folder's `contest.toml`: into its table
/// `[columns]`, behind those that a field has already.
///
/// # Errors
/// The file cannot be read or written, or is unsound with the words; nothing
/// was written then.
pub fn assume(folder: &Path, words: &BTreeMap<Field, Vec<String>>) -> Result<(), Diagnostics> {
    let path = folder.join(FILE);
    let text = fs::read_to_string(&path).map_err(|error| Diagnostic::cannot_read(&path, &error))?;
    let added = words.iter().flat_map(|(field, words)| {
        words.iter().map(|word| Change {
            path: vec!["columns".into(), field.name().into()],
            act: Act::Add(word.as_str().into()),
        })
    });
    let now = changed(&Templates::load(folder)?, &text, &added.collect::<Vec<_>>())?;
    Contest::parse(folder, &now)?;
    replace(&path, &text, &now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "[contest]\nname = \"甲\"\norganizers = [\"乙\"]\ndate = 2026-08-10\n\n[columns]\n\
                         award = \"名次\" # 原有\n\n[[documents]]\nname = \"证书\"\n\
                         template = \"certificate.typ\"\neach = \"entrant\"\npath = \"a.pdf\"\n";

    #[test]
    fn words_join_those_that_stand_there_and_an_unsound_contest_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, SOUND).unwrap();
        let words = |of: &[(Field, &str)]| {
            of.iter().map(|(field, word)| (*field, vec![(*word).to_owned()])).collect()
        };
        let added = words(&[(Field::Award, "荣誉"), (Field::Group, "类别")]);
        assume(folder.path(), &added).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let line = "award = [\"名次\", \"荣誉\"] # 原有\ngroup = [\"类别\"]\n";
        assert_eq!(text, SOUND.replace("award = \"名次\" # 原有\n", line));

        let unsound = SOUND.replace("each = \"entrant\"", "each = \"entrants\"");
        fs::write(&path, &unsound).unwrap();
        assert!(assume(folder.path(), &added).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), unsound);
    }
}
