//! Patterns of numbers and paths: `JZCK2026-{group.code}-{award.rank}-{seq:03}`.

use crate::fault::PatternFault;
use crate::field::Field;

/// A parsed pattern: literal text and placeholders in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(pub Vec<Segment>);

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text as it stands.
    Literal(String),
    /// `{…}`.
    Placeholder(Placeholder),
}

/// What a `{…}` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// `{organization}`: a field of the entrant.
    Field(Field),
    /// `{group.code}`.
    GroupCode,
    /// `{award.rank}`: 1 for the first award of `contest.toml`.
    AwardRank,
    /// `{member}`: the member of a document made for each member.
    Member,
    /// `{number}`: the document's own number.
    Number,
    /// `{revision}`: which revision of its number a document is.
    Revision,
    /// `{check}`: a check character over all letters and digits before it.
    Check,
    /// `{part}`: which part of a volume a file is, from 01.
    Part,
    /// `{seq:03}`: counts from 1 among the numbers that are otherwise alike,
    /// padded with zeros to the width given.
    Seq {
        /// Least number of digits.
        width: usize,
    },
}

impl Placeholder {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "group.code" => Some(Self::GroupCode),
            "award.rank" => Some(Self::AwardRank),
            "member" => Some(Self::Member),
            "number" => Some(Self::Number),
            "revision" => Some(Self::Revision),
            "check" => Some(Self::Check),
            "part" => Some(Self::Part),
            "seq" => Some(Self::Seq { width: 1 }),
            _ => match name.strip_prefix("seq:0") {
                Some(width) => width
                    .parse()
                    .ok()
                    .filter(|width| (1..=9).contains(width))
                    .map(|width| Self::Seq { width }),
                None => Field::parse(name).map(Self::Field),
            },
        }
    }

    /// The name without a width.
    fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.name(),
            Self::GroupCode => "group.code",
            Self::AwardRank => "award.rank",
            Self::Member => "member",
            Self::Number => "number",
            Self::Revision => "revision",
            Self::Check => "check",
            Self::Part => "part",
            Self::Seq { .. } => "seq",
        }
    }
}

impl Pattern {
    /// Parses a pattern in which only placeholders with the `allowed` names
    /// may stand; the error names each fault.
    pub fn parse(text: &str, allowed: &[&str]) -> Result<Self, Vec<PatternFault>> {
        let mut segments = Vec::new();
        let mut faults = Vec::new();
        let mut rest = text;
        while let Some(brace) = rest.find(['{', '}']) {
            let (literal, tail) = rest.split_at(brace);
            if !literal.is_empty() {
                segments.push(Segment::Literal(literal.to_owned()));
            }
            let Some((name, after)) = tail.strip_prefix('{').and_then(|tail| tail.split_once('}'))
            else {
                faults.push(PatternFault::Unclosed);
                return Err(faults);
            };
            match Placeholder::parse(name).filter(|found| allowed.contains(&found.name())) {
                Some(placeholder) => segments.push(Segment::Placeholder(placeholder)),
                None => faults.push(PatternFault::Unknown {
                    placeholder: name.to_owned(),
                    known: allowed.iter().map(|&name| name.to_owned()).collect(),
                }),
            }
            rest = after;
        }
        if !rest.is_empty() {
            segments.push(Segment::Literal(rest.to_owned()));
        }
        if faults.is_empty() { Ok(Self(segments)) } else { Err(faults) }
    }

    /// The pattern's text with every placeholder replaced.
    pub fn fill(&self, mut value: impl FnMut(Placeholder) -> String) -> String {
        self.0
            .iter()
            .map(|segment| match segment {
                Segment::Literal(text) => text.clone(),
                Segment::Placeholder(placeholder) => value(*placeholder),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_filled_in_order() {
        let pattern = Pattern::parse("JZ-{group.code}-{seq:03}号", &["group.code", "seq"]).unwrap();
        let filled = pattern.fill(|placeholder| match placeholder {
            Placeholder::Seq { width } => format!("{:0width$}", 7),
            _ => "QY".to_owned(),
        });
        assert_eq!(filled, "JZ-QY-007号");
    }

    #[test]
    fn every_wrong_placeholder_is_named() {
        let faults = Pattern::parse("{a}-{seq:3}-{project}", &["seq"]).unwrap_err();
        let names: Vec<_> = faults
            .iter()
            .map(|fault| match fault {
                PatternFault::Unknown { placeholder, .. } => placeholder.as_str(),
                PatternFault::Unclosed => "unclosed",
            })
            .collect();
        assert_eq!(names, ["a", "seq:3", "project"]);
        assert_eq!(Pattern::parse("x}", &[]), Err(vec![PatternFault::Unclosed]));
        assert_eq!(Pattern::parse("{seq", &["seq"]), Err(vec![PatternFault::Unclosed]));
    }
}
