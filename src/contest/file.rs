//! `contest.toml` as a whole: every key is read before any is given up, so that
//! every fault is recorded.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde_json::Value as Json;

use super::about::{self, About};
use super::documents::{self, DocumentKind};
use super::facts::{self, Declarations};
use super::fields::{self, FieldKind, Fields};
use super::groups::{
    Award, County, Group, read_award, read_county, read_group, refuse_same_code,
    refuse_unknown_awards,
};
use super::language::Language;
use super::name::{Named, folded};
use super::recipient::Recipient;
use super::refusals::refuse_unknown;
use super::rules::{self, Rules};
use super::table::{At, Source, Table, values};
use super::volumes::{self, VolumeKind};
use super::years;
use crate::cell::CellRef;
use crate::fact::Fact;
use crate::fault::{self, Diagnostic, Diagnostics, Kind, Place};
use crate::field::Field;
use crate::roster::Entrant;
use crate::template::Templates;

/// The file's name in the contest folder.
pub const FILE: &str = "contest.toml";

/// One contest, as its folder describes it.
#[derive(Debug, Clone)]
pub struct Contest {
    /// The contest folder.
    pub folder: PathBuf,
    /// The award sheet.
    pub sheet: PathBuf,
    /// The package's file name, without `.zip`.
    pub(crate) package: String,
    /// The contest's full name.
    pub name: String,
    /// The organs that hold the contest and sign the certificates.
    pub organizers: Vec<String>,
    /// The address of the page that tells whether a certificate is genuine.
    pub check: Option<String>,
    /// The day the results are made known; dates every certificate and file.
    pub date: Date,
    /// Where `contest.toml` says what certificates state of the contest.
    places: BTreeMap<Fact, Place>,
    /// Every line of `contest.toml` that tells a year.
    mentions: Vec<years::Mention>,
    /// The groups in their order.
    pub groups: Vec<Group>,
    /// The awards, the highest first.
    pub awards: Vec<Award>,
    /// The counties an entrant may come from; empty if any may.
    pub counties: Vec<County>,
    /// What the roster is checked for.
    pub rules: Rules,
    /// The columns that the contest speaks of.
    pub fields: Fields,
    /// The language of its documents.
    pub language: Language,
    /// The standards the PDFs keep, by typst's names: `a-2b`.
    pub(crate) standards: Vec<String>,
    /// The facts that templates declare of it, as JSON.
    pub(crate) facts: Json,
    /// What to make.
    pub documents: Vec<DocumentKind>,
    /// What of it to bind together for printing or sign-off.
    pub volumes: Vec<VolumeKind>,
    /// What documents are made with.
    pub(crate) templates: Templates,
}

impl Contest {
    /// Reads the contest folder's `contest.toml`.
    ///
    /// # Errors
    /// It or a template cannot be read, or everything that is wrong with
    /// it and with what its templates declare, each with its line.
    pub fn load(folder: &Path) -> Result<Self, Diagnostics> {
        let path = folder.join(FILE);
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            _ if folder.is_file() => {
                Diagnostic::new(fault::Environment::NotAFolder).at(Place::File(folder.to_owned()))
            }
            io::ErrorKind::NotFound if folder.is_dir() => {
                Diagnostic::new(fault::Environment::NoContest).at(Place::File(folder.to_owned()))
            }
            io::ErrorKind::NotFound => Diagnostic::cannot_read(folder, &error),
            _ => Diagnostic::cannot_read(&path, &error),
        })?;
        Self::parse(folder, &text)
    }

    /// Reads a contest from the text of its `contest.toml`.
    pub(crate) fn parse(folder: &Path, text: &str) -> Result<Self, Diagnostics> {
        // A file saved by Notepad begins with a byte order mark.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let templates = Templates::load(folder)?;
        let (declarations, mut faults) = Declarations::read(&templates);
        let source = Source::new(FILE, text);
        let parsed = source.parse();
        let contest = parsed.as_ref().and_then(|parsed| {
            read(folder, templates, &declarations, &source, &Table::root(&source, parsed))
        });
        faults.extend(source.into_faults());
        match contest {
            Some(contest) if !faults.has_errors() => Ok(contest),
            _ => Err(undecided_first(faults)),
        }
    }

    /// Where `contest.toml` says what certificates state of the contest; its
    /// beginning for any other fact.
    pub(crate) fn place_of(&self, fact: Fact) -> Place {
        let beginning = || Place::Source { file: FILE.to_owned(), line: 1, column: 1 };
        self.places.get(&fact).cloned().unwrap_or_else(beginning)
    }

    /// The group of a name; `None` where the contest names no groups.
    pub(crate) fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// The award of a name; `None` where the contest names no awards.
    pub(crate) fn award(&self, name: &str) -> Option<&Award> {
        self.awards.iter().find(|award| award.name == name)
    }

    /// How documents address an entrant.
    pub(crate) fn recipient(&self, entrant: &Entrant) -> Recipient {
        Recipient::of(entrant, &self.rules.enterprises)
    }

    /// A field of an entrant as it is printed, one text for each value.
    pub(crate) fn printed(&self, entrant: &Entrant, field: Field) -> Vec<String> {
        let texts = entrant.texts(field);
        if self.fields.kind(field) != FieldKind::Date {
            return texts;
        }
        let day = |text: String| text.parse().map_or(text, |day| self.language.date(day));
        texts.into_iter().map(day).collect()
    }

    /// Names as one text, as the contest's certificates state them.
    pub(crate) fn joined(&self, names: &[String]) -> String {
        names.join(self.language.lang.between_names())
    }

    /// Everything in `contest.toml`, and of the award sheet's `titles`, that
    /// tells another year than the contest's name and date do.
    pub(crate) fn years_that_differ(&self, titles: &[(CellRef, String)]) -> Diagnostics {
        years::that_differ(&self.mentions, &self.name, self.date, titles)
    }
}

/// Where something is yet to be decided, that alone: the rest follows from it.
fn undecided_first(faults: Diagnostics) -> Diagnostics {
    let is_undecided =
        |fault: &Diagnostic| matches!(fault.kind, Kind::Contest(fault::Contest::Undecided { .. }));
    if !faults.iter().any(is_undecided) {
        return faults;
    }
    let mut undecided = Diagnostics::default();
    undecided.extend(faults.into_iter().filter(is_undecided));
    undecided.merged()
}

/// Reads every key before giving up on any, so that every fault is
/// recorded; `None` only if some was.
fn read(
    folder: &Path,
    templates: Templates,
    declarations: &Declarations,
    source: &Source<'_>,
    file: &Table<'_>,
) -> Option<Contest> {
    let sheet = file.get::<String>("sheet");
    let package = file.get::<String>("package");
    let about_rules = file.table("rules");
    let final_ends = about_rules.as_ref().and_then(|rules| rules.get::<Date>("final_ends"));
    let final_ends = final_ends.map(|date| date.value);
    let about = file.need_table("contest");
    let language = about.as_ref().and_then(|table| read_language(source, &templates, table));
    let about = about.map(|table| about::read(source, &table, final_ends));
    let mut groups = all(source, "groups", &file.tables("groups"), read_group);
    let awards = all(source, "awards", &file.tables("awards"), read_award);
    refuse_same_code(source, &groups, file);
    refuse_unknown_awards(source, &mut groups, &awards);
    let rules = about_rules.map(|table| rules::read(source, &table, folder, &groups));
    let counties = all(source, "counties", &file.tables("counties"), read_county);
    let mut fields = fields::read(source, file);
    let standards = file.table("pdf").map(|pdf| read_standards(source, &pdf));
    let known = documents::Known {
        source,
        final_ends,
        date: about.as_ref().and_then(|about| Some(about.as_ref()?.date)),
        groups: &groups,
        awards: &awards,
        counties: &counties,
        declarations,
        language: language.as_ref(),
    };
    let documents = all(source, "documents", &file.need_tables("documents"), |_, table| {
        documents::read(&known, &mut fields, table)
    });
    let printers = all(source, "printers", &file.tables("printers"), |_, table| {
        volumes::read_printer(source, table)
    });
    let volumes = all(source, "volumes", &file.tables("volumes"), |_, table| {
        let spoken = (declarations, language.as_ref());
        volumes::read(source, table, &mut fields, spoken, &documents, &printers)
    });
    let kinds = documents.iter().map(|kind| (kind.template.as_str(), kind.words.facts_needed()));
    let sheets = volumes
        .iter()
        .filter_map(|volume| Some((volume.template.as_deref()?, volume.words.facts_needed())));
    let used: Vec<_> = kinds.chain(sheets).collect();
    let facts = facts::of_contest(source, declarations, &used, file);
    file.finish();

    let About { name, organizers, check, date, places } = about??;
    Some(Contest {
        folder: folder.to_owned(),
        sheet: folder.join(sheet.map_or_else(|| "awards.xlsx".into(), |sheet| sheet.value)),
        package: package.map_or_else(|| name.clone(), |package| package.value),
        name,
        organizers,
        check,
        date,
        places,
        mentions: years::mentions(&file.leaves()),
        groups,
        awards,
        counties,
        rules: rules.unwrap_or_default(),
        fields,
        language: language?,
        standards: standards.unwrap_or_else(|| vec!["a-2b".into()]),
        facts,
        documents,
        volumes,
        templates,
    })
}

/// `[contest] language`: Chinese unless it says otherwise.
fn read_language(
    source: &Source<'_>,
    templates: &Templates,
    table: &Table<'_>,
) -> Option<Language> {
    let tag = table.get::<String>("language");
    let tag = tag.unwrap_or_else(|| At { value: "zh-CN".into(), place: table.place() });
    let known = Language::tags(templates);
    refuse_unknown(source, &table.key("language"), &tag, known.iter().map(String::as_str));
    let (language, faults) = Language::load(templates, &tag.value);
    source.add(faults);
    language
}

/// Reads each of a list of tables by `read`, which gets its position from 1 and
/// leaves unknown keys to be refused here; no name may stand twice.
fn all<T: Named>(
    source: &Source<'_>,
    key: &str,
    tables: &[Table<'_>],
    mut read: impl FnMut(usize, &Table<'_>) -> Option<T>,
) -> Vec<T> {
    let mut items: Vec<T> = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        let item = read(index + 1, table);
        table.finish();
        let Some(item) = item else { continue };
        let names = |item: &T| {
            std::iter::once(item.name().to_owned())
                .chain(item.aliases().iter().cloned())
                .collect::<Vec<_>>()
        };
        // What does not tell names apart in a sheet does not here.
        for name in names(&item) {
            let same = |other: &String| folded(other) == folded(&name);
            if items.iter().any(|other| names(other).iter().any(same)) {
                source.fault(
                    fault::Contest::Repeated { key: format!("{key}.name"), value: name },
                    table.place(),
                );
            }
        }
        items.push(item);
    }
    items
}

/// The standards typst can keep, by its own names.
pub(crate) const STANDARDS: [&str; 12] =
    ["1.7", "2.0", "a-1b", "a-2b", "a-2u", "a-2a", "a-3b", "a-3u", "a-3a", "a-4", "a-4f", "ua-1"];

fn read_standards(source: &Source<'_>, table: &Table<'_>) -> Vec<String> {
    let standards = table.one_or_more("standard");
    table.finish();
    for standard in &standards {
        refuse_unknown(source, &table.key("standard"), standard, STANDARDS);
    }
    values(standards)
}
