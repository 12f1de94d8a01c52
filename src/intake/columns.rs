//! Header words → fields.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::clean;
use crate::contest::Contest;
use crate::field::Field;
use crate::nearest::nearest;

mod words;

use words::{
    BELOW_MEMBERS, FAMILY, GIVEN, LEADER, ONE_MEMBER, OTHER_WORDS, english, english_or_other, words,
};

/// How sure a header word is to mean its field: of several columns only the
/// surest count. Who has 姓名 and Name means one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sureness {
    /// English that may mean something else.
    Perhaps,
    /// English.
    English,
    /// Chinese, or named in `contest.toml`.
    Sure,
}

/// Fields that no row may leave blank where they have a column.
pub(super) const FILLED: [Field; 4] =
    [Field::Group, Field::Award, Field::Project, Field::Organization];

/// Fields whose column may have a name of the contest's besides.
const SECOND: [Field; 6] = [
    Field::Group,
    Field::Award,
    Field::Project,
    Field::Organization,
    Field::Members,
    Field::County,
];

/// The words of a field in Chinese and in English.
pub(super) fn words_of(field: Field) -> [Vec<&'static str>; 2] {
    let english = english(field).iter().chain(english_or_other(field)).copied();
    [words(field).to_vec(), english.collect()]
}

/// A header as it is compared: case does not matter.
fn word(header: &str) -> String {
    let word = clean::header(header);
    if word.contains(char::is_uppercase) { word.to_lowercase() } else { word }
}

/// How many people a column of members names in each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum People {
    /// Any number, in one list.
    List,
    /// One.
    One,
    /// One, who comes before all others.
    Leader,
    /// The given name of one, whose family name stands in another column.
    Given,
    /// The family name of one.
    Family,
}

/// How many members a header stands over: 核心成员, 队员1, 成员（三）, 队长.
pub(super) fn people_of(header: &str) -> People {
    let whole: String = clean::line(header).chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, bare) = (whole.to_lowercase(), word(header));
    if GIVEN.contains(&bare.as_str()) {
        return People::Given;
    }
    if FAMILY.contains(&bare.as_str()) {
        return People::Family;
    }
    if LEADER.contains(&bare.as_str()) {
        return People::Leader;
    }
    // The number may itself stand in brackets: 成员（三）, but 成员1（队长）.
    let numbered = ONE_MEMBER.iter().any(|word| {
        [&whole, &bare].into_iter().filter_map(|header| header.strip_prefix(word)).any(|number| {
            let number = number.trim_matches(['（', '）', '(', ')', '.', '#', '-']);
            is_ordinal(number)
        })
    });
    if numbered { People::One } else { People::List }
}

/// Whether a text is a small number: 1, 三, 第二.
fn is_ordinal(text: &str) -> bool {
    let number = text.strip_prefix('第').unwrap_or(text);
    let number = number.trim_end_matches(['人', '名', '位']);
    !number.is_empty()
        && number.chars().count() <= 3
        && number.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// Whether a header below one for members stands over a name: 队长, 姓名, 1,
/// 第一. 电话 and 班级 do not.
pub(super) fn is_member_below(header: &str) -> bool {
    let bare = word(header);
    // A number may stand in brackets or in a circle: （1）, ①.
    let number: String = clean::line(header).nfkc().filter(|c| c.is_alphanumeric()).collect();
    is_ordinal(&number)
        || BELOW_MEMBERS.contains(&bare.as_str())
        || people_of(header) != People::List
}

/// Whether a header in whatever words stands over members' names: to miss it
/// would leave them off the certificate. 成员人数 does not.
fn names_members(header: &str) -> bool {
    let header = clean::header(header);
    let of_members = ["成员", "队员"].iter().any(|word| header.contains(word));
    of_members && ["成员", "队员", "姓名", "名单"].iter().any(|word| header.ends_with(word))
}

/// Whether a header is a slip or a variant of a field's words.
pub(super) fn resembles(field: Field, header: &str) -> bool {
    let known = [words(field), english(field), english_or_other(field)];
    nearest(&word(header), known.into_iter().flatten().copied()).is_some()
}

/// Whether a header in any words stands over members.
fn of_members(text: &str) -> bool {
    // Every word for members has one of these, and few cells of data do.
    let may_be = text.contains(['员', '名', '长', '领', '人', '姓'])
        || text.is_ascii() && text.len() <= 20 && text.contains(|c: char| c.is_ascii_alphabetic());
    may_be && (people_of(text) != People::List || names_members(text))
}

/// Tells which field a header stands for.
#[derive(Debug)]
pub(super) struct Headers {
    fields: BTreeMap<String, (Field, Sureness)>,
    /// The words of `[columns]`.
    stated: BTreeMap<String, Field>,
    /// The columns that texts use by their headers.
    used: BTreeMap<String, Field>,
}

impl Headers {
    /// The built-in words and those of `[columns]`, which win.
    pub(super) fn new(contest: &Contest) -> Self {
        let built_in = |words: fn(Field) -> &'static [&'static str], sureness| {
            let of = move |field| words(field).iter().map(move |it| (word(it), (field, sureness)));
            Field::BUILT_IN.into_iter().flat_map(of)
        };
        let used: Vec<Field> = contest.fields.used().collect();
        let stated = contest.fields.headers().filter(|(field, _)| !used.contains(field));
        let stated: BTreeMap<String, Field> =
            stated.map(|(field, header)| (word(header), field)).collect();
        let mut fields: BTreeMap<String, (Field, Sureness)> =
            built_in(english_or_other, Sureness::Perhaps).collect();
        fields.extend(built_in(english, Sureness::English));
        fields.extend(built_in(words, Sureness::Sure));
        fields.extend(stated.iter().map(|(word, field)| (word.clone(), (*field, Sureness::Sure))));
        let used: BTreeMap<String, Field> =
            used.iter().map(|field| (word(field.name()), *field)).collect();
        // A column that a text uses is a built-in field as well where that holds
        // text, too; a number or a day that is to be printed is printed as it stands.
        for (word, field) in &used {
            let is_text = |field: Field| SECOND.contains(&field);
            if !fields.get(word).is_some_and(|(field, _)| is_text(*field)) {
                fields.insert(word.clone(), (*field, Sureness::Sure));
            }
        }
        Self { fields, stated, used }
    }

    /// The column of the contest's own that a header names, which may be a
    /// built-in field's as well.
    pub(super) fn used(&self, text: &str) -> Option<Field> {
        self.used.get(&word(text)).copied()
    }

    /// The field of a header cell's text.
    pub(super) fn field(&self, text: &str) -> Option<Field> {
        let known = self.fields.get(&word(text)).map(|(field, _)| *field);
        known.or_else(|| of_members(text).then_some(Field::Members))
    }

    /// How sure a header is to mean its field.
    pub(super) fn sureness(&self, text: &str) -> Sureness {
        self.fields.get(&word(text)).map_or(Sureness::Sure, |(_, sureness)| *sureness)
    }

    /// Whether `[columns]` names this header for its field.
    pub(super) fn is_stated(&self, text: &str) -> bool {
        let word = word(text);
        self.stated.contains_key(&word)
            || self.fields.get(&word).is_some_and(|(field, _)| self.used.get(&word) == Some(field))
    }

    /// Whether a text is a header's word, be it a field's or not.
    pub(super) fn is_word(&self, text: &str) -> bool {
        let header = word(text);
        self.fields.contains_key(&header)
            || OTHER_WORDS.contains(&header.as_str())
            || of_members(text)
    }
}
