//! Text with holes: numbers and paths, `JZCK2026-{group.code}-{seq:03}`, and what
//! documents say, `{name}同志：`. What stands between brackets is left out where a
//! hole in it stays empty: `[（{score}分）]`. Doubled braces and brackets stand
//! for themselves.

use serde::{Serialize, Serializer};

use super::name::folded;
use crate::fault::PatternFault;
use crate::field::Field;
use crate::nearest::nearest;

/// A parsed pattern: literal text and holes in turn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pattern(Vec<Segment>);

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    /// Text as it stands.
    Literal(String),
    /// `{…}`.
    Hole(Placeholder, Form),
    /// `[…]`.
    Optional(Vec<Segment>),
}

impl Segment {
    fn hole(&self) -> Option<&Placeholder> {
        match self {
            Self::Hole(hole, _) => Some(hole),
            Self::Literal(_) | Self::Optional(_) => None,
        }
    }
}

/// What a `{…}` stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Placeholder {
    /// `{organization}`, `{指导教师}`: a field of the entrant.
    Field(Field),
    /// `{group.code}`.
    GroupCode,
    /// `{award.rank}`: 1 for the first award of `contest.toml`.
    AwardRank,
    /// `{member}`: the member of a document made for each member.
    Member,
    /// `{name}`: whom the document is for; of a list, what all in it agree in.
    Name,
    /// `{entrant}`: the organization, or else the members, of the entrant.
    Entrant,
    /// `{you}`: how whom it is for is spoken to.
    You,
    /// `{role}`: what the person it is for is to the entrant, or what is called
    /// what all in a list agree in.
    Role,
    /// `{kind}`: what the document is.
    Kind,
    /// `{contest}`: the contest's name.
    Contest,
    /// `{organizers}`.
    Organizers,
    /// `{date}`: the contest's.
    Date,
    /// `{year}` of the contest's date.
    Year,
    /// `{number}`: the document's own number.
    Number,
    /// `{revision}`: which revision of its number a document is.
    Revision,
    /// `{check}`: a check character over all letters and digits before it.
    Check,
    /// `{part}`: which part of a volume a file is, from 01.
    Part,
    /// `{counts}`: how many of each award, in a list.
    Counts,
    /// `{total}`: how many entrants, in a list.
    Total,
    /// `{basis.title}`: a fact of `contest.toml`, by its path.
    Fact(String),
    /// What only the template knows, such as `{page}`.
    Left(String),
    /// `{seq:03}`: counts from 1 among the numbers that are otherwise alike,
    /// padded with zeros to the width given.
    Seq {
        /// Least number of digits.
        width: usize,
    },
}

/// How what fills a hole is written: `{project:quoted}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// As it is.
    #[default]
    Plain,
    /// `quoted`, `quoted 项目`: between quotation marks, and with a noun after
    /// them unless it ends with that itself.
    Quoted(String),
    /// `count Member|Members`: one of two words, by how many there are.
    Count {
        /// For one.
        one: String,
        /// For several.
        many: String,
    },
    /// `hanzi`: a date in Chinese numerals.
    Hanzi,
    /// `of 项目 个`, `of entry|entries`: what is counted, in English by how many
    /// there are, and its measure word.
    Of {
        /// What is counted.
        noun: String,
        /// The measure word.
        unit: String,
    },
}

/// A piece of a filled text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words.
    Text(String),
    /// A name, in which no line should end.
    Name(String),
    /// A hole that the template fills, by its name.
    Hole(String),
}

impl Piece {
    /// What it says.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Name(text) => text,
            Self::Hole(_) => "",
        }
    }

    /// Whether it says nothing.
    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) | Self::Name(text) if text.is_empty())
    }
}

impl Serialize for Piece {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Name(name) => serializer.collect_map([("name", name)]),
            Self::Hole(name) => serializer.collect_map([("hole", name)]),
        }
    }
}

/// Which holes a pattern may have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holes {
    /// By the names of their placeholders.
    pub(crate) names: Vec<&'static str>,
    /// The facts, by their paths.
    pub(crate) facts: Vec<String>,
    /// Those that the template fills.
    pub(crate) left: Vec<String>,
    /// Whether any column of the sheet may stand in it.
    pub(crate) columns: bool,
    /// The column that a document is made for each value of, if it is one.
    pub(crate) each: Option<Field>,
    /// What `contest.toml` calls the columns it speaks of.
    pub(crate) defined: Vec<(String, Field)>,
    /// Whether it may have brackets, and forms.
    pub(crate) words: bool,
}

impl Holes {
    fn take(&self, placeholder: &Placeholder, typed: &str) -> bool {
        match placeholder {
            Placeholder::Fact(path) => self.facts.contains(path),
            Placeholder::Left(_) => true,
            Placeholder::Field(Field::Own(name)) if self.names.contains(&name.as_str()) => true,
            // A slip is no column, unless one is called so.
            Placeholder::Field(Field::Own(_)) => {
                let is_slip =
                    || !typed.contains(' ') && nearest(typed, self.names.iter().copied()).is_some();
                self.columns && (self.defined_as(typed).is_some() || !is_slip())
            }
            other => self.names.contains(&other.name()),
        }
    }

    /// What the template fills, and then a document's own facts, go before all
    /// else.
    fn placeholder(&self, name: &str) -> Placeholder {
        if self.left.iter().any(|hole| hole == name) {
            return Placeholder::Left(name.into());
        }
        if self.facts.iter().any(|fact| fact == name) {
            return Placeholder::Fact(name.into());
        }
        Placeholder::built_in(name).unwrap_or_else(|| {
            let field = Field::built_in(name).or_else(|| self.defined_as(name));
            Placeholder::Field(field.unwrap_or_else(|| Field::column(name)))
        })
    }

    /// The field whose column is called so.
    fn defined_as(&self, name: &str) -> Option<Field> {
        let folded = folded(name);
        let found = self.defined.iter().find(|(defined, _)| self::folded(defined) == folded);
        found.map(|(_, field)| *field)
    }
}

impl Placeholder {
    /// Those that are neither a field nor a fact, by their names.
    const BUILT_IN: [(&'static str, Self); 18] = [
        ("group.code", Self::GroupCode),
        ("award.rank", Self::AwardRank),
        ("member", Self::Member),
        ("name", Self::Name),
        ("entrant", Self::Entrant),
        ("you", Self::You),
        ("role", Self::Role),
        ("kind", Self::Kind),
        ("contest", Self::Contest),
        ("organizers", Self::Organizers),
        ("date", Self::Date),
        ("year", Self::Year),
        ("number", Self::Number),
        ("revision", Self::Revision),
        ("check", Self::Check),
        ("part", Self::Part),
        ("counts", Self::Counts),
        ("total", Self::Total),
    ];

    fn built_in(name: &str) -> Option<Self> {
        if let Some((_, found)) = Self::BUILT_IN.iter().find(|(known, _)| *known == name) {
            return Some(found.clone());
        }
        if name == "seq" {
            return Some(Self::Seq { width: 1 });
        }
        let width = name.strip_prefix("seq:0")?.parse().ok()?;
        (1..=9).contains(&width).then_some(Self::Seq { width })
    }

    /// The name without a width.
    fn name(&self) -> &str {
        match self {
            Self::Field(field) => field.name(),
            Self::Seq { .. } => "seq",
            Self::Fact(path) | Self::Left(path) => path,
            other => Self::BUILT_IN.iter().find(|(_, it)| it == other).map_or("", |(name, _)| name),
        }
    }
}

impl Form {
    const NAMES: [&'static str; 4] = ["quoted …", "count …|…", "hanzi", "of … …"];

    fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
        match name {
            "quoted" => Some(Self::Quoted(rest.to_owned())),
            "count" => {
                let (one, many) = rest.split_once('|')?;
                Some(Self::Count { one: one.to_owned(), many: many.to_owned() })
            }
            "of" => {
                let (noun, unit) = rest.split_once(' ').unwrap_or((rest, ""));
                Some(Self::Of { noun: noun.to_owned(), unit: unit.to_owned() })
            }
            "hanzi" if rest.is_empty() => Some(Self::Hanzi),
            _ => None,
        }
    }
}

impl Pattern {
    /// Parses a pattern in which only these `holes` may stand; the error names
    /// each fault.
    pub(crate) fn parse(text: &str, holes: &Holes) -> Result<Self, Vec<PatternFault>> {
        let mut parsing = Parsing { holes, rest: text, faults: Vec::new() };
        let segments = parsing.segments(false);
        if parsing.faults.is_empty() { Ok(Self(segments)) } else { Err(parsing.faults) }
    }

    /// Every hole, and whether it stands outside of brackets.
    pub(crate) fn holes(&self) -> Vec<(&Placeholder, bool)> {
        let mut holes = Vec::new();
        for segment in &self.0 {
            match segment {
                Segment::Literal(_) => {}
                Segment::Hole(hole, _) => holes.push((hole, true)),
                Segment::Optional(inner) => {
                    holes.extend(inner.iter().filter_map(Segment::hole).map(|hole| (hole, false)));
                }
            }
        }
        holes
    }

    /// The text with every hole filled.
    pub(crate) fn fill(&self, mut value: impl FnMut(&Placeholder) -> String) -> String {
        let filled = self.filled(|hole, _| vec![Piece::Text(value(hole))]);
        filled.pieces.iter().map(Piece::text).collect()
    }

    /// The text with every hole filled, in pieces; neighbours of words are one.
    pub(crate) fn filled(
        &self,
        mut value: impl FnMut(&Placeholder, &Form) -> Vec<Piece>,
    ) -> Filled<'_> {
        let mut filled = Filled::default();
        for segment in &self.0 {
            match segment {
                Segment::Optional(inner) => {
                    let mut some = Filled::default();
                    if inner.iter().all(|segment| some.add(segment, &mut value)) {
                        filled.pieces.append(&mut some.pieces);
                        filled.shown.append(&mut some.shown);
                    }
                }
                segment => {
                    filled.add(segment, &mut value);
                }
            }
        }
        filled.pieces = joined(filled.pieces);
        filled
    }
}

/// A text with its holes filled.
#[derive(Debug, Default)]
pub(crate) struct Filled<'a> {
    /// What it says.
    pub(crate) pieces: Vec<Piece>,
    /// The holes whose values stand in it.
    pub(crate) shown: Vec<&'a Placeholder>,
}

impl<'a> Filled<'a> {
    /// Adds what a segment says; whether that is anything.
    fn add(
        &mut self,
        segment: &'a Segment,
        value: &mut impl FnMut(&Placeholder, &Form) -> Vec<Piece>,
    ) -> bool {
        let added = match segment {
            Segment::Literal(text) => vec![Piece::Text(text.clone())],
            Segment::Hole(hole, form) => {
                // One of two words is not the value.
                if !matches!(form, Form::Count { .. }) {
                    self.shown.push(hole);
                }
                value(hole, form)
            }
            Segment::Optional(_) => Vec::new(),
        };
        let says = added.iter().any(|piece| !piece.is_empty());
        self.pieces.extend(added);
        says
    }
}

fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
        match (joined.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => joined.push(piece),
        }
    }
    joined
}

struct Parsing<'a> {
    holes: &'a Holes,
    rest: &'a str,
    faults: Vec<PatternFault>,
}

impl Parsing<'_> {
    /// Segments up to the end, or up to the bracket that ends them.
    fn segments(&mut self, in_brackets: bool) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut literal = String::new();
        while let Some(first) = self.rest.chars().next() {
            let after = &self.rest[first.len_utf8()..];
            let bracket = self.holes.words && matches!(first, '[' | ']');
            let special = bracket || matches!(first, '{' | '}');
            let doubled = after.strip_prefix(first).filter(|_| special && self.holes.words);
            if !special || doubled.is_some() {
                literal.push(first);
                self.rest = doubled.unwrap_or(after);
                continue;
            }
            if !literal.is_empty() {
                segments.push(Segment::Literal(std::mem::take(&mut literal)));
            }
            match (first, after.split_once('}')) {
                ('{', Some((hole, after))) => {
                    self.rest = after;
                    segments.extend(self.hole(hole));
                }
                ('[', _) if !in_brackets => {
                    self.rest = after;
                    segments.push(Segment::Optional(self.segments(true)));
                }
                (']', _) if in_brackets => {
                    self.rest = after;
                    return segments;
                }
                _ => {
                    self.faults.push(PatternFault::Unclosed);
                    self.rest = "";
                }
            }
        }
        if in_brackets && self.faults.is_empty() {
            self.faults.push(PatternFault::Unclosed);
        }
        if !literal.is_empty() {
            segments.push(Segment::Literal(literal));
        }
        segments
    }

    fn hole(&mut self, typed: &str) -> Option<Segment> {
        let (name, form) = match typed.split_once(':') {
            Some((name, form)) if self.holes.words && name != "seq" => (name, Some(form)),
            _ => (typed, None),
        };
        let placeholder = self.holes.placeholder(name);
        if !self.holes.take(&placeholder, name) {
            let of_people = ["member", "you", "entrant"].contains(&name);
            if let Some(column) = self.holes.each.filter(|_| of_people) {
                let (placeholder, column) = (name.to_owned(), column.name().to_owned());
                self.faults.push(PatternFault::NotNames { placeholder, column });
                return None;
            }
            let mut known: Vec<String> = self.holes.names.iter().map(|&it| it.into()).collect();
            let rest = self.holes.facts.iter().chain(&self.holes.left);
            known.extend(rest.filter(|name| !self.holes.names.contains(&name.as_str())).cloned());
            self.faults.push(PatternFault::Unknown { placeholder: typed.to_owned(), known });
            return None;
        }
        let Some(form) = form else { return Some(Segment::Hole(placeholder, Form::Plain)) };
        let parsed = Form::parse(form);
        if parsed.is_none() {
            let known = Form::NAMES.map(str::to_owned).into();
            self.faults.push(PatternFault::UnknownForm { form: form.to_owned(), known });
        }
        Some(Segment::Hole(placeholder, parsed?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holes(names: &[&'static str]) -> Holes {
        Holes { names: names.to_vec(), ..Holes::default() }
    }

    #[test]
    fn a_pattern_is_filled_in_order() {
        let known = holes(&["group.code", "seq"]);
        let pattern = Pattern::parse("JZ-{group.code}-[{seq:03}]号", &known).unwrap();
        let filled = pattern.fill(|placeholder| match placeholder {
            Placeholder::Seq { width } => format!("{:0width$}", 7),
            _ => "QY".to_owned(),
        });
        assert_eq!(filled, "JZ-QY-[007]号");
    }

    #[test]
    fn every_wrong_placeholder_is_named() {
        let faults = Pattern::parse("{a}-{seq:3}-{project}", &holes(&["seq"])).unwrap_err();
        let names: Vec<_> = faults
            .iter()
            .map(|fault| match fault {
                PatternFault::Unknown { placeholder, .. } => placeholder.as_str(),
                _ => "other",
            })
            .collect();
        assert_eq!(names, ["a", "seq:3", "project"]);
        assert_eq!(Pattern::parse("x}", &holes(&[])), Err(vec![PatternFault::Unclosed]));
        assert_eq!(Pattern::parse("{seq", &holes(&["seq"])), Err(vec![PatternFault::Unclosed]));
    }

    #[test]
    fn what_stands_in_brackets_needs_its_holes_filled() {
        let known = Holes { columns: true, words: true, ..holes(&["name", "project"]) };
        let fill = |text: &str, project: &str| {
            let pattern = Pattern::parse(text, &known).unwrap();
            pattern.fill(|hole| match hole {
                Placeholder::Name => "甲".into(),
                Placeholder::Field(Field::Project) => project.into(),
                _ => String::new(),
            })
        };
        assert_eq!(fill("{name}[的“{project}”]获奖", "乙"), "甲的“乙”获奖");
        assert_eq!(fill("{name}[的“{project}”]获奖", ""), "甲获奖");
        assert_eq!(fill("{name}[（{指导教师}）]", ""), "甲");
        assert_eq!(fill("[[{{{name}}}]]", ""), "[{甲}]");
        for text in ["[{name}", "{name}]", "[[{name}]", "[a[b]]"] {
            assert_eq!(Pattern::parse(text, &known), Err(vec![PatternFault::Unclosed]), "{text}");
        }
    }

    #[test]
    fn forms_and_slips_are_told() {
        let known = Holes { columns: true, words: true, ..holes(&["project"]) };
        let faults = Pattern::parse("{project:loud}{projekt}{奖金}", &known).unwrap_err();
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(matches!(&faults[0], PatternFault::UnknownForm { form, .. } if form == "loud"));
    }
}
