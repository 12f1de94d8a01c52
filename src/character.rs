//! What Unicode says of a character: its script, its direction, and whether
//! anything of it is drawn.

use icu_properties::props::{BidiClass, DefaultIgnorableCodePoint, Script};
use icu_properties::script::ScriptWithExtensions;
use icu_properties::{CodePointMapData, CodePointSetData, PropertyNamesLong};
use unicode_normalization::UnicodeNormalization;

/// Whether a font has to have it: variation selectors, joiners and other marks
/// that only say how their neighbours are drawn need no glyph.
pub(crate) fn is_drawn(character: char) -> bool {
    // Nearly all there are, and faster to tell than to look up.
    let surely = matches!(character, '\0'..='\u{AC}' | '\u{3165}'..='\u{FDFF}');
    surely || !CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

/// Whether it is a letter of a script that is written from right to left.
pub(crate) fn is_right_to_left(character: char) -> bool {
    if matches!(character, '\0'..='\u{58F}' | '\u{2E80}'..='\u{D7FF}') {
        return false;
    }
    let class = CodePointMapData::<BidiClass>::new().get(character);
    matches!(class, BidiClass::RightToLeft | BidiClass::ArabicLetter)
}

/// Whether it is a Latin letter.
pub(crate) fn is_latin(character: char) -> bool {
    let latin = matches!(character, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}');
    latin && character.is_alphabetic()
}

/// The names Unicode has for the scripts it is used in: one, such as `Han` or
/// `Devanagari`, or all that share it; `Common` for what any script may use.
pub(crate) fn scripts(character: char) -> Vec<&'static str> {
    let name = |script| PropertyNamesLong::<Script>::new().get(script).unwrap_or("Unknown");
    let scripts = ScriptWithExtensions::new().get_script_extensions_val(character);
    scripts.iter().map(name).collect()
}

/// Text as it is looked for on a page: in Unicode's composed form, without
/// blanks and what is never drawn, and with one mark for every quotation mark.
pub(crate) fn comparable(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfc().filter(|&c| !c.is_whitespace() && is_drawn(c)).map(one_quotation_mark)
}

/// The same mark for every quotation mark, since those within a quotation are
/// set as ‘ ’ whatever the sheet has.
pub(crate) fn one_quotation_mark(character: char) -> char {
    match character {
        '“' | '”' | '‘' | '’' | '\'' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_without_a_look_is_told_rightly() {
        let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        let class = CodePointMapData::<BidiClass>::new();
        for character in '\0'..=char::MAX {
            assert_eq!(is_drawn(character), !ignorable.contains(character));
            let right_to_left = [BidiClass::RightToLeft, BidiClass::ArabicLetter];
            assert_eq!(is_right_to_left(character), right_to_left.contains(&class.get(character)));
        }
    }

    #[test]
    fn characters_are_told_apart() {
        assert!(is_drawn('王') && is_drawn(' ') && is_drawn('\u{301}'));
        for character in ['\u{FE0F}', '\u{200D}', '\u{E0100}', '\u{2060}', '\u{AD}'] {
            assert!(!is_drawn(character), "{:04X}", u32::from(character));
        }
        assert!(is_right_to_left('ئ') && is_right_to_left('ש'));
        assert!(!is_right_to_left('王') && !is_right_to_left('1') && !is_right_to_left('،'));
        let only = |character| match scripts(character)[..] {
            [script] => script,
            _ => "several",
        };
        assert_eq!(['王', 'क', 'ئ', '☃'].map(only), ["Han", "Devanagari", "Arabic", "Common"]);
        assert!(scripts('،').contains(&"Arabic") && scripts('\u{64E}').contains(&"Arabic"));
    }
}
