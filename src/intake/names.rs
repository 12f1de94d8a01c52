//! The people that a cell names, and what in it is no name.
//!
//! What is plain is taken off and told: roles, numbers in a list, telephones.
//! What may be a name or not is kept and told; what no name holds is refused.

use super::clean::{self, is_han};
use super::oddity;
use super::value::is_error_word;
use crate::fault::Oddity;

mod beside;
mod listing;

use beside::{ends_in_role, is_role, without_extras};
use listing::{DIVIDERS, without_bullets, without_numbers};

/// What a cell of members says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Persons {
    /// The names, as they would be printed.
    pub names: Vec<String>,
    /// Whether anything was taken off, or divided at an unusual mark.
    pub changed: bool,
    /// What stands for nobody: 无, nan.
    pub nobody: Vec<String>,
    /// Error words.
    pub errors: Vec<String>,
    /// What is no name, and why.
    pub refused: Vec<(String, Oddity)>,
    /// What is hardly a name, and why.
    pub doubted: Vec<(String, Oddity)>,
    /// Names whose blanks do not tell how many people they name.
    pub blanks: Vec<String>,
}

/// What divides Chinese names, and nothing else.
const BETWEEN_HAN: [char; 15] =
    ['.', '．', '。', '&', '＆', '+', '＋', '\\', '＼', '—', '–', '-', '~', '～', '•'];

/// Reads the names in a text.
pub(super) fn read(raw: &str) -> Persons {
    let mut people = Persons::default();
    let text = lines(raw);
    if oddity::is_nobody(&text) {
        people.nobody.push(clean::line(&text));
        return people;
    }
    // An entity's semicolon divides nothing.
    if oddity::is_markup(&text) {
        people.take(&clean::line(&text));
        return people;
    }
    let (text, bulleted) = without_bullets(&text);
    let (text, numbered) = without_numbers(&text);
    people.changed |= numbered || bulleted;
    let parts = split(&text);
    // `Smith, John` is one person or two.
    let latin = |part: &&str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_alphabetic() && !is_han(c) || "-'’. ".contains(c))
    };
    let inverted = |pair: &[&str]| {
        let pair: Vec<&str> = pair.iter().map(|part| part.trim()).collect();
        pair.iter().all(latin) && pair.iter().any(|part| !part.contains(' '))
    };
    if text.contains([',', '，']) && parts.windows(2).any(inverted) {
        people.doubted.push((clean::line(&text), Oddity::Joined));
    }
    for part in parts {
        match people.names.last_mut() {
            // `Anita Desai, P.E.` is one person, whose name may be told apart.
            Some(name) if is_credential(name, part) => {
                *name = format!("{name}, {}", clean::line(part));
            }
            _ => people.read_part(part),
        }
    }
    let again = (1..people.names.len()).find(|&at| people.names[..at].contains(&people.names[at]));
    if let Some(at) = again {
        people.doubted.push((people.names[at].clone(), Oddity::Twice));
    }
    people
}

impl Persons {
    fn read_part(&mut self, part: &str) {
        let whole = clean::line(part);
        if whole.is_empty() {
            return;
        }
        // Most names; too short for a role beside one.
        let plain = whole.chars().all(is_han) && (2..=3).contains(&whole.chars().count());
        if plain && !is_role(&whole) && !oddity::is_nobody(&whole) {
            self.take(&whole);
            return;
        }
        if is_error_word(&whole) {
            self.errors.push(whole);
            return;
        }
        if oddity::is_nobody(&whole) {
            self.nobody.push(whole);
            return;
        }
        let bare = without_extras(&whole);
        if bare.is_empty() {
            self.nobody.push(whole);
            return;
        }
        self.changed |= bare != whole;
        let parts = between_han(&bare);
        self.changed |= parts.len() > 1;
        for part in parts {
            // 古丽娜尔·买买提 艾山·吐尔逊
            let dotted = |name: &str| name.contains('·') && name.contains(is_han);
            if part.contains(' ') && part.split(' ').all(dotted) {
                self.changed = true;
                part.split(' ').for_each(|name| self.take(name));
                continue;
            }
            let Some(several) = clean::names_between_blanks(part) else {
                self.blanks.push(part.to_owned());
                continue;
            };
            let (roles, names): (Vec<_>, Vec<_>) =
                several.into_iter().partition(|name| is_role(name));
            self.changed |= names.len() > 1 || !roles.is_empty();
            for name in names {
                self.take(&clean::person(&name));
            }
        }
    }

    fn take(&mut self, name: &str) {
        match oddity::of_name(name) {
            Some((why, true)) => self.refused.push((name.to_owned(), why)),
            Some((why, false)) => self.doubted.push((name.to_owned(), why)),
            None => {}
        }
        self.names.push(name.to_owned());
    }
}

/// Whether a part after a Western name is what such a name has after a comma: Jr.,
/// P.E., FRPS.
fn is_credential(name: &str, part: &str) -> bool {
    let part = part.trim();
    let letters: String = part.chars().filter(|&c| c != '.').collect();
    let is_word =
        || ["jr", "sr", "phd", "esq", "msc", "bsc"].contains(&letters.to_lowercase().as_str());
    let is_capitals =
        || (2..=5).contains(&letters.len()) && letters.chars().all(|c| c.is_ascii_uppercase());
    // Where all is in capitals they tell nothing.
    name.contains(' ')
        && name.contains(|c: char| c.is_ascii_lowercase())
        && (is_word() || is_capitals())
}

/// The text without what cannot be seen, its line ends all alike.
fn lines(raw: &str) -> String {
    let ends =
        |c: char| matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let lines: Vec<String> = raw.split(ends).map(clean::line).filter(|it| !it.is_empty()).collect();
    lines.join("\n")
}

/// The parts between dividers, never divided inside brackets.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    let closes = |rest: &str| rest.contains([')', '）', ']', '】', '〕', '》']);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '[' | '【' | '〔' | '《' if closes(&text[at..]) => depth += 1,
            ')' | '）' | ']' | '】' | '〕' | '》' => {
                depth = depth.saturating_sub(1);
                // `甲（队长）乙（队员）`
                let end = at + c.len_utf8();
                let next = text[end..].trim_start_matches(' ');
                if depth == 0 && next.starts_with(is_han) && ends_in_role(&text[start..end]) {
                    parts.push(&text[start..end]);
                    start = end;
                }
            }
            c if depth == 0 && DIVIDERS.contains(&c) => {
                // N/A is one word.
                let slash = c == '/'
                    && oddity::is_nobody(
                        text[start..]
                            .split(|c| c != '/' && DIVIDERS.contains(&c))
                            .next()
                            .unwrap_or_default(),
                    );
                if !slash {
                    parts.push(&text[start..at]);
                    start = at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The names in a text where marks that other names hold stand between two or
/// more Chinese ones.
fn between_han(name: &str) -> Vec<&str> {
    let parts: Vec<&str> =
        name.split(BETWEEN_HAN).map(str::trim).filter(|it| !it.is_empty()).collect();
    let chinese = |part: &&str| (2..=4).contains(&part.chars().count()) && part.chars().all(is_han);
    // Dots and strokes stand within names, too: 阿依古丽•买买提.
    let may_join = name.contains(|c| BETWEEN_HAN.contains(&c) && !"&＆+＋\\＼~～".contains(c));
    let sure = !may_join || parts.iter().all(|part| oddity::has_family_name(part));
    if parts.len() > 1 && parts.iter().all(chinese) && sure { parts } else { vec![name] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let people = read(text);
        assert_eq!(
            (&people.refused, &people.doubted, &people.blanks),
            (&vec![], &vec![], &vec![]),
            "{text}"
        );
        people.names
    }

    #[test]
    fn numbers_roles_and_telephones_are_taken_off() {
        for text in [
            "王建国、李思远",
            "1、王建国\n2、李思远",
            "1.王建国\n2.李思远",
            "1. 王建国 2. 李思远",
            "①王建国②李思远",
            "（1）王建国（2）李思远",
            "1王建国 2李思远",
            "一、王建国 二、李思远",
            "王建国（队长）、李思远（队员）",
            "队长：王建国；队员：李思远",
            "队长王建国，队员李思远",
            "王建国（组长，学生）、李思远",
            "王建国13800000001、李思远 138-0000-0002",
            "王建国（13800000001）/李思远 电话：0354-2639505",
            "王建国.李思远",
            "王建国&李思远",
            "王建国+李思远",
            "王建国\\李思远",
            "王建国┋李思远",
            "王建国｜李思远",
            "王建国、李思远、",
            "王建国\u{2028}李思远",
            "王建国 队长，李思远 队员",
            "王建国队长、李思远队员",
            "王建国（13800000000，队长）、李思远【队员】",
            "王建国，李思远。",
            "王建国 & 李思远",
            "王建国\u{E0100}、李思远\u{FE0F}",
            "• 王建国\n• 李思远",
            "- 王建国\n- 李思远",
            "‘王建国’、'李思远",
            "王建国（组长）李思远（组员）",
            "王建国(队长) 李思远(队员)",
            "王建国（教授）、李思远（蒙古族）",
        ] {
            assert_eq!(names(text), ["王建国", "李思远"], "{text}");
        }
        assert!(!read("王建国、李思远").changed && read("王建国（队长）").changed);
    }

    #[test]
    fn names_of_all_kinds_stay_whole() {
        for name in [
            "古丽娜尔·买买提",
            "阿卜杜热合曼·吐尔孙",
            "John von Neumann",
            "Sean O’Brien",
            "D'Onald McGee",
            "J. R. R. Tolkien",
            "Anne-Marie Müller",
            "欧阳修远",
            "李和平",
            "于和与",
            "ئەلى",
        ] {
            assert_eq!(names(name), [name]);
        }
    }

    #[test]
    fn what_is_no_name_is_refused_and_what_is_hardly_one_is_told() {
        let refused = |text: &str| read(text).refused.first().map(|(_, why)| *why);
        for (text, why) in [
            ("王建国等5人", Oddity::Incomplete),
            ("王建国等", Oddity::Incomplete),
            ("王建国1", Oddity::Digit),
            ("2班王建国", Oddity::Digit),
            ("指导教师：王建国", Oddity::Mark('：')),
            ("wang@example.com", Oddity::Mark('@')),
            ("王*国", Oddity::Mark('*')),
            ("王\u{FFFD}国", Oddity::Lost('\u{FFFD}')),
            ("王&amp;李", Oddity::Markup),
            ("王建国和李思远", Oddity::Joined),
            ("待定", Oddity::Nothing),
            ("同上", Oddity::Nothing),
            ("王建国团队", Oddity::Incomplete),
            ("王建国（", Oddity::Unpaired('（')),
            ("王建国（微信13800000000）", Oddity::Digit),
            ("王建国 教授", Oddity::Title),
            ("王建国、教授", Oddity::Title),
            ("王建国 晋中学院", Oddity::Title),
            ("王建国博士", Oddity::Title),
            ("维吾尔族", Oddity::Title),
            ("A、王建国\nB、李思远", Oddity::Short),
            ("John Smith and Jane Doe", Oddity::Joined),
            ("王建国'李思远", Oddity::Mark('\'')),
            ("王建国·", Oddity::Mark('·')),
            ("-王建国", Oddity::Mark('-')),
            ("XXX", Oddity::Nothing),
            ("其他", Oddity::Nothing),
            ("备注", Oddity::Heading),
            ("王建国（退出）", Oddity::Remark),
            ("（王建国、李思远）", Oddity::Remark),
        ] {
            assert_eq!(refused(text), Some(why), "{text}");
        }
        let doubted = |text: &str| read(text).doubted.first().map(|(_, why)| *why);
        for (text, why) in [
            ("王建国(she/her)", Oddity::Remark),
            ("王建国（大）", Oddity::Remark),
            ("Smith, John", Oddity::Joined),
            ("Tom王", Oddity::Mixed),
            ("王建国·李思远", Oddity::Joined),
            ("王建国李思远", Oddity::Long),
            ("阿依古丽•买买提", Oddity::Joined),
            ("O’Brien, Sean", Oddity::Joined),
            ("John Smith, Jr.", Oddity::Joined),
            ("王建国、王建国", Oddity::Twice),
            ("某某", Oddity::Nothing),
            ("王某", Oddity::Nothing),
        ] {
            assert_eq!(doubted(text), Some(why), "{text}");
        }
        for text in ["无", "nan", "N/A", "—", "None"] {
            assert_eq!(read(text).nobody.len(), 1, "{text}");
            assert!(read(text).names.is_empty());
        }
        assert_eq!(names("古丽娜尔·买买提 艾山·吐尔逊"), ["古丽娜尔·买买提", "艾山·吐尔逊"]);
        assert_eq!(read("王建国、N/A").names, ["王建国"]);
        assert_eq!(read("#REF!").errors, ["#REF!"]);
    }
}
