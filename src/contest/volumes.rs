//! `[[volumes]]` and `[[printers]]` → [`VolumeKind`]: documents of one kind bound
//! into as few files as a printer likes, and how they are put on its paper.

use serde_json::Value as Json;

use super::documents::DocumentKind;
use super::each::Each;
use super::facts::{self, Declarations};
use super::fields::Fields;
use super::language::Language;
use super::name::Named;
use super::pattern::{Holes, Pattern};
use super::refusals::refuse_unknown;
use super::table::{At, Source, Table};
use super::words::{self, Voice, Words, read_pattern};
use crate::fault::{self, Place};

/// Documents of one kind bound together for printing or for sign-off.
#[derive(Debug, Clone)]
pub struct VolumeKind {
    /// Its name: 荣誉证书合订本.
    pub name: String,
    /// Index in [`Contest::documents`](super::Contest::documents) of the kind
    /// it binds.
    pub of: usize,
    /// The template of the sheets that show many documents each, by its path
    /// under `templates/`; without one every page is a page of its own.
    pub(crate) template: Option<String>,
    /// The pattern of its path in the package.
    pub(crate) path: Pattern,
    /// At most so many pages of documents go into one part.
    pub(crate) pages: usize,
    /// In which order the documents stand.
    pub(crate) order: VolumeOrder,
    /// How its pages differ from those that are read on a screen.
    pub(crate) edition: Edition,
    /// Where the printer has to put the page so that it comes out right.
    pub(crate) printer: Printer,
    /// The facts its documents' template sees, and that of its sheets: the
    /// kind's, and its own over them.
    pub(crate) facts: Json,
    /// What its sheets say.
    pub(crate) words: Words,
    /// Where `contest.toml` defines it.
    pub(crate) place: Place,
}

/// In which order a volume has its documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VolumeOrder {
    /// As awards are given on a stage: the lowest first.
    LowestFirst,
    /// The highest award first.
    HighestFirst,
    /// As the award sheet has them.
    Sheet,
}

/// How the pages of a print volume differ from those that are read on a
/// screen.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Edition {
    /// What red is made of.
    pub(crate) ink: Ink,
    /// How far the background reaches over the trimmed edge, in millimetres;
    /// where it does, crop marks are drawn.
    pub(crate) bleed: f64,
}

/// What red is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Ink {
    /// sRGB, as archives and screens want it.
    #[default]
    Screen,
    /// Process ink, as GB/T 9704 5.2.4 has it: Y80 M80.
    Process,
}

/// How a printer misses the place, and so where the page has to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Printer {
    /// To the right, in millimetres.
    pub(crate) x: f64,
    /// Downwards, in millimetres.
    pub(crate) y: f64,
    /// How large, 1 being as large as it is.
    pub(crate) scale: f64,
}

impl Printer {
    /// One that prints a page where it is.
    pub(crate) const TRUE: Self = Self { x: 0.0, y: 0.0, scale: 1.0 };
}

impl VolumeKind {
    /// What speaks on its sheets.
    pub(crate) fn voice(&self) -> Voice<'_> {
        Voice { name: &self.name, each: Each::Contest, facts: &self.facts, words: &self.words }
    }
}

impl Named for VolumeKind {
    fn name(&self) -> &str {
        &self.name
    }
}

/// A printer under the name that volumes know it by.
pub(super) struct NamedPrinter {
    name: String,
    printer: Printer,
}

impl Named for NamedPrinter {
    fn name(&self) -> &str {
        &self.name
    }
}

/// How many pages a part has unless `contest.toml` says otherwise.
const PAGES: usize = 200;

/// The most a part may have: its pages lie in memory together.
const MOST_PAGES: usize = 1000;

pub(super) fn read_printer(source: &Source<'_>, table: &Table<'_>) -> Option<NamedPrinter> {
    let name = table.need::<String>("name");
    let measure = |key, least, most, default| {
        let value = table.get::<f64>(key);
        if let Some(value) = &value {
            refuse_outside(source, &table.key(key), value, least, most);
        }
        value.map_or(default, |value| value.value)
    };
    let printer = Printer {
        x: measure("x", -50.0, 50.0, 0.0),
        y: measure("y", -50.0, 50.0, 0.0),
        scale: measure("scale", 90.0, 110.0, 100.0) / 100.0,
    };
    Some(NamedPrinter { name: name?.value, printer })
}

pub(super) fn read(
    source: &Source<'_>,
    table: &Table<'_>,
    fields: &mut Fields,
    (declarations, language): (&Declarations, Option<&Language>),
    kinds: &[DocumentKind],
    printers: &[NamedPrinter],
) -> Option<VolumeKind> {
    let name = table.need::<String>("name");
    if let Some(name) = name.as_ref().filter(|name| kinds.iter().any(|it| it.name == name.value)) {
        let kind = fault::Contest::Repeated { key: table.key("name"), value: name.value.clone() };
        source.fault(kind, name.place.clone());
    }
    let of = table.need::<String>("of").and_then(|of| {
        let key = table.key("of");
        refuse_unknown(source, &key, &of, kinds.iter().map(Named::name));
        kinds.iter().position(|kind| kind.name == of.value)
    });
    let template = table.get::<String>("template").map(|At { value, place }| {
        declarations.refuse_unknown(source, &value, &place);
        value
    });
    let path = table.need::<String>("path").and_then(|path| {
        let fault = (!path.value.ends_with(".pdf")).then_some("….pdf");
        if let Some(known) = fault {
            let known = vec![known.to_owned()];
            let kind = fault::Contest::NotAllowed {
                key: table.key("path"),
                value: path.value.clone(),
                known,
            };
            source.fault(kind, path.place.clone());
        }
        read_pattern(source, &path, &Holes { names: vec!["part"], ..Holes::default() })
    });
    let pages = table.get::<usize>("pages");
    if let Some(At { value, place }) =
        pages.as_ref().filter(|it| !(1..=MOST_PAGES).contains(&it.value))
    {
        let known = vec![format!("1 … {MOST_PAGES}")];
        let kind =
            fault::Contest::NotAllowed { key: table.key("pages"), value: value.to_string(), known };
        source.fault(kind, place.clone());
    }
    let order = choice(
        source,
        table,
        "order",
        &[
            ("lowest-first", VolumeOrder::LowestFirst),
            ("highest-first", VolumeOrder::HighestFirst),
            ("sheet", VolumeOrder::Sheet),
        ],
    );
    let ink = choice(source, table, "ink", &[("screen", Ink::Screen), ("process", Ink::Process)]);
    let bleed = table.get::<f64>("bleed");
    if let Some(bleed) = &bleed {
        refuse_outside(source, &table.key("bleed"), bleed, 0.0, 20.0);
    }
    let printer = table.get::<String>("printer").and_then(|name| {
        refuse_unknown(source, &table.key("printer"), &name, printers.iter().map(Named::name));
        printers.iter().find(|printer| printer.name == name.value)
    });
    let bound = of.map(|of| (kinds[of].template.as_str(), &kinds[of].facts));
    let facts = facts::of_volume(source, declarations, bound, template.as_deref(), table);
    let words = template.as_deref().and_then(|template| {
        let declaration = declarations.of(template)?;
        let public = of.is_some_and(|of| kinds[of].public);
        let each = Each::Contest;
        let reading = words::Reading { source, language, declaration, template, each, public };
        Some(reading.words(table, fields))
    });
    Some(VolumeKind {
        name: name?.value,
        of: of?,
        template,
        path: path?,
        pages: pages.map_or(PAGES, |pages| pages.value),
        order: order.unwrap_or(VolumeOrder::LowestFirst),
        edition: Edition {
            ink: ink.unwrap_or_default(),
            bleed: bleed.map_or(0.0, |bleed| bleed.value),
        },
        printer: printer.map_or(Printer::TRUE, |printer| printer.printer),
        facts,
        words: words.unwrap_or_default(),
        place: table.place(),
    })
}

/// The value that a word stands for.
fn choice<T: Copy>(
    source: &Source<'_>,
    table: &Table<'_>,
    key: &str,
    values: &[(&str, T)],
) -> Option<T> {
    let word = table.get::<String>(key)?;
    refuse_unknown(source, &table.key(key), &word, values.iter().map(|(name, _)| *name));
    values.iter().find(|(name, _)| *name == word.value).map(|(_, value)| *value)
}

fn refuse_outside(source: &Source<'_>, key: &str, value: &At<f64>, least: f64, most: f64) {
    if !(least..=most).contains(&value.value) {
        let (key, text) = (key.to_owned(), value.value.to_string());
        let known = vec![format!("{least} … {most}")];
        source.fault(fault::Contest::NotAllowed { key, value: text, known }, value.place.clone());
    }
}
