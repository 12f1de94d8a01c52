//! The language of a contest: how it writes dates and lists, and what documents
//! say where the contest has no words of its own. Each is one file under
//! `templates/words/`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value as Json;

use super::quotation::{self, Marks};
use super::recipient::Recipient;
use super::table::{At, Source, Table};
use crate::fault::{self, Diagnostics, Place};
use crate::field::Field;
use crate::lang::Lang;
use crate::template::{FOLDER, Templates};

/// Where the languages are.
const WORDS: &str = "words";

/// A language that documents are written in.
#[derive(Debug, Clone)]
pub struct Language {
    /// Its tag: `zh-CN`.
    pub tag: String,
    /// The language in which the program itself speaks of the contest.
    pub lang: Lang,
    /// What stands between names, and before the last one.
    between: [String; 2],
    /// How a day is written.
    date: String,
    /// How many are written, of an award, of a group, and in all.
    counts: [String; 3],
    /// The months' names; figures where there are none.
    months: Vec<String>,
    marks: Marks,
    you: BTreeMap<Recipient, String>,
    /// What fields are called.
    fields: BTreeMap<Field, String>,
    /// What people in a field are to an entrant.
    roles: BTreeMap<Field, String>,
    /// Of each template: word, and its texts.
    words: BTreeMap<String, BTreeMap<String, Wording>>,
}

/// One text of a document, for each whom it may be for.
#[derive(Debug, Clone, Default)]
pub(super) struct Wording {
    /// For an organization or a team, and for all for whom there is no other.
    pub entrant: Option<At<String>>,
    /// For a person who entered alone, or persons without an organization.
    pub person: Option<At<String>>,
    /// For one person of an entrant.
    pub member: Option<At<String>>,
    /// Whether it is one text for all.
    whole: bool,
}

impl Wording {
    /// One text for all.
    pub(super) fn of_all(text: At<String>) -> Self {
        Self { entrant: Some(text), whole: true, ..Self::default() }
    }

    /// Reads a text, or a table of texts by whom they are for.
    pub(super) fn read(table: &Table<'_>, key: &str) -> Option<Self> {
        if !table.value(key)?.get_ref().is_table() {
            return table.get::<String>(key).map(Self::of_all);
        }
        let texts = table.table(key)?;
        let text = |key| texts.get::<String>(key);
        let wording = Self {
            entrant: text("entrant"),
            person: text("person"),
            member: text("member"),
            whole: false,
        };
        texts.finish();
        Some(wording)
    }

    /// The text, or a table of those there are.
    pub(super) fn json(&self) -> Json {
        let text =
            |text: &Option<At<String>>| text.as_ref().map(|it| Json::from(it.value.as_str()));
        if self.whole {
            return text(&self.entrant).unwrap_or_default();
        }
        let texts =
            [("entrant", &self.entrant), ("person", &self.person), ("member", &self.member)];
        let texts = texts.into_iter();
        texts.filter_map(|(whom, it)| Some((whom.to_owned(), text(it)?))).collect()
    }

    /// The same, as written at another place.
    pub(super) fn standing_at(self, place: &Place) -> Self {
        let moved = |text: At<String>| At { place: place.clone(), ..text };
        Self {
            entrant: self.entrant.map(moved),
            person: self.person.map(moved),
            member: self.member.map(moved),
            whole: self.whole,
        }
    }

    /// This, and another one's texts for those for whom it has none.
    pub(super) fn or(self, other: Self) -> Self {
        if self.whole {
            return self;
        }
        Self {
            entrant: self.entrant.or(other.entrant),
            person: self.person.or(other.person),
            member: self.member.or(other.member),
            whole: other.whole,
        }
    }
}

impl Language {
    /// Reads the language of a tag.
    ///
    /// # Errors
    /// What is wrong with its file; `None` if there is no such file.
    pub(super) fn load(templates: &Templates, tag: &str) -> (Option<Self>, Diagnostics) {
        let path = format!("{WORDS}/{tag}.toml");
        let Some(text) = templates.text(&path) else { return (None, Diagnostics::default()) };
        let name = format!("{FOLDER}/{path}");
        let source = Source::new(&name, text);
        let parsed = source.parse();
        let language =
            parsed.as_ref().and_then(|parsed| read(tag, &source, &Table::root(&source, parsed)));
        (language, source.into_faults())
    }

    /// The tags of every language there is.
    pub(super) fn tags(templates: &Templates) -> Vec<String> {
        let files = templates.files().filter_map(|(path, _)| {
            path.strip_prefix(WORDS)?.strip_prefix('/')?.strip_suffix(".toml")
        });
        files.map(str::to_owned).collect()
    }

    /// The texts of a template, by word.
    pub(super) fn words_of(&self, template: &str) -> Option<&BTreeMap<String, Wording>> {
        self.words.get(template)
    }

    /// A day in full.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = usize::from(date.month().unsigned_abs());
        let named = self.months.get(month - 1).cloned().unwrap_or_else(|| month.to_string());
        self.date
            .replace("{year}", &date.year().to_string())
            .replace("{month}", &named)
            .replace("{day}", &date.day().to_string())
    }

    /// What stands before the name at `index` of `count`.
    pub(crate) fn before_name(&self, index: usize, count: usize) -> &str {
        match index {
            0 => "",
            last if last + 1 == count => &self.between[1],
            _ => &self.between[0],
        }
    }

    /// How many there are of an award: 一等奖2个.
    pub(crate) fn counted(&self, award: &str, count: usize, unit: &str) -> String {
        let [of_award, ..] = &self.counts;
        let text = of_award.replace("{count}", &count.to_string()).replace("{unit}", unit);
        text.replace("{award}", award)
    }

    /// How many there are of a group, and of each award in it.
    pub(crate) fn counted_of_group(
        &self,
        group: &str,
        noun: &str,
        count: usize,
        unit: &str,
        awards: &str,
    ) -> String {
        let [_, of_group, _] = &self.counts;
        let text = of_group.replace("{count}", &count.to_string()).replace("{unit}", unit);
        text.replace("{noun}", noun).replace("{group}", group).replace("{awards}", awards)
    }

    /// How many there are in all, after those of the groups.
    pub(crate) fn total(&self, count: usize, unit: &str) -> String {
        let [.., total] = &self.counts;
        total.replace("{count}", &count.to_string()).replace("{unit}", unit)
    }

    /// Names as one text.
    pub(crate) fn list<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> String {
        let names: Vec<&str> = names.into_iter().collect();
        let mut text = String::new();
        for (index, name) in names.iter().enumerate() {
            text.push_str(self.before_name(index, names.len()));
            text.push_str(name);
        }
        text
    }

    /// A text between quotation marks.
    pub(crate) fn quoted(&self, text: &str) -> String {
        // 《…》 marks the title of a work already.
        if is_titled(text) {
            return text.to_owned();
        }
        let [open, close] = self.marks.outer;
        format!("{open}{}{close}", quotation::within(text, self.marks))
    }

    /// How a recipient is spoken to.
    pub(crate) fn you(&self, recipient: Recipient) -> &str {
        self.you.get(&recipient).map_or("", String::as_str)
    }

    /// What people in a field are to an entrant.
    pub(crate) fn role(&self, field: Field) -> &str {
        self.roles.get(&field).map_or_else(|| self.field(field), String::as_str)
    }

    /// What a field is called.
    pub(crate) fn field(&self, field: Field) -> &str {
        self.fields.get(&field).map_or_else(|| self.lang.field(field), String::as_str)
    }
}

fn read(tag: &str, source: &Source<'_>, file: &Table<'_>) -> Option<Language> {
    let words = file.in_order().filter(|key| *key != "language" && *key != "fields");
    let words: BTreeMap<_, _> = words
        .filter_map(|template| {
            let table = file.table(template)?;
            let words = table
                .in_order()
                .filter_map(|word| Some((word.to_owned(), Wording::read(&table, word)?)));
            Some((template.to_owned(), words.collect()))
        })
        .collect();
    let fields = file.table("fields").map(|table| by_field(&table)).unwrap_or_default();
    let table = file.need_table("language")?;
    let roles = table.table("roles").map(|table| by_field(&table)).unwrap_or_default();
    let between = table.need_list::<String>("between_names");
    let date = table.need::<String>("date");
    let counts = table.need_table("counts");
    let counts = counts.map(|counts| {
        let texts = ["award", "group", "total"].map(|key| counts.need::<String>(key));
        counts.finish();
        texts
    });
    let months = table.list::<String>("months");
    let quotes = table.need_list::<String>("quotes");
    let you = table.need_table("you");
    let you = you.map(|you| {
        let forms = Recipient::ALL.map(|(name, it)| Some((it, you.need::<String>(name)?.value)));
        you.finish();
        forms.into_iter().flatten().collect()
    });
    table.finish();
    file.finish();
    let place = |key| table.place_of(key);
    let [outer, inner] = pairs(source, &quotes, place("quotes"))?;
    let between: Vec<String> = between.into_iter().map(|it| it.value).collect();
    let between = <[String; 2]>::try_from(between).ok().or_else(|| {
        wrong(source, "language.between_names", place("between_names"));
        None
    })?;
    Some(Language {
        tag: tag.to_owned(),
        lang: Lang::of_tag(tag),
        between,
        date: date?.value,
        counts: {
            let [award, group, total] = counts?;
            [award?.value, group?.value, total?.value]
        },
        months: months.into_iter().map(|it| it.value).collect(),
        marks: Marks { outer, inner },
        you: you?,
        fields,
        roles,
        words,
    })
}

/// A text for each field.
fn by_field(table: &Table<'_>) -> BTreeMap<Field, String> {
    let texts = table
        .keys()
        .filter_map(|key| Some((Field::named(key.value), table.get::<String>(key.value)?.value)));
    texts.collect()
}

/// Two pairs of marks: `“”` and `‘’`.
fn pairs(source: &Source<'_>, quotes: &[At<String>], place: Place) -> Option<[[char; 2]; 2]> {
    let pair = |quotes: &At<String>| {
        let marks: Vec<char> = quotes.value.chars().collect();
        <[char; 2]>::try_from(marks).ok()
    };
    let pairs = match quotes {
        [outer, inner] => pair(outer).zip(pair(inner)).map(|(outer, inner)| [outer, inner]),
        _ => None,
    };
    if pairs.is_none() {
        wrong(source, "language.quotes", place);
    }
    pairs
}

/// Two texts should stand there.
fn wrong(source: &Source<'_>, key: &str, place: Place) {
    let known = vec!["[\"…\", \"…\"]".to_owned()];
    source
        .fault(fault::Contest::NotAllowed { key: key.to_owned(), value: "…".into(), known }, place);
}

/// Whether a text is the title of a work between its marks, as a whole.
fn is_titled(text: &str) -> bool {
    let inner = text.strip_prefix('《').and_then(|it| it.strip_suffix('》'));
    inner.is_some_and(|it| !it.contains(['《', '》']))
}
