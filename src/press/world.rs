//! Typst's `World` for one document: shared templates, fonts and library, and
//! the document's own bytes at `/entry.json`.
//!
//! Nothing else differs between two documents, so that typst keeps whatever it
//! has computed from the rest. Every file has one fixed id for the whole run,
//! because typst interns ids for ever.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use typst::diag::{FileError, FileResult, PackageError, SourceDiagnostic, StrResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Str, Value};
use typst::layout::{Abs, Length, Margin, PageElem, Rel, Sides};
use typst::syntax::{DiagSpan, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use crate::contest::{Contest, Edition, Ink};
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::fonts::Fonts;
use crate::form::Meaning;
use crate::template::{FOLDER, PICTURES};

/// Where a template reads its data.
const ENTRY: &str = "/entry.json";

/// Where a long list reads which of its rows are laid out.
const STRETCH: &str = "/stretch.json";

/// What draws the marks of faults over a page, where no template can stand.
const MARKS: &str = "/marks.typ";
static MARKS_SOURCE: &str = include_str!("marks.typ");

/// A file under `templates/`.
struct File {
    bytes: Bytes,
    /// What typst parsed of it, once something imports it.
    source: OnceLock<Source>,
}

/// What all documents of a run share.
pub(super) struct Shared {
    /// One for each edition: what `sys.inputs` says is part of the library.
    libraries: Vec<(Edition, LazyHash<Library>)>,
    /// For pages that are drawn whatever is wrong with them.
    regardless: OnceLock<LazyHash<Library>>,
    /// For documents that are laid out in stretches.
    stretches: OnceLock<LazyHash<Library>>,
    pub fonts: Fonts,
    files: HashMap<FileId, File>,
    entry: FileId,
    stretch: FileId,
    marks: Source,
    today: Option<Datetime>,
    /// The SHA-256 of every template, by path.
    digests: BTreeMap<String, [u8; 32]>,
}

impl Shared {
    /// Loads fonts and takes over the contest's templates.
    ///
    /// # Errors
    /// Fonts that cannot be read.
    pub(super) fn load(contest: &Contest) -> Result<Self, Diagnostics> {
        let fonts = Fonts::load(&contest.folder)?;
        let mut libraries: Vec<(Edition, LazyHash<Library>)> = Vec::new();
        let editions = contest.volumes.iter().map(|volume| volume.edition);
        for edition in std::iter::once(Edition::default()).chain(editions) {
            if libraries.iter().all(|(known, _)| *known != edition) {
                libraries.push((edition, LazyHash::new(library(&fonts, edition, None))));
            }
        }
        let marks = file_id(MARKS).expect("a plain path");
        let mut shared = Self {
            libraries,
            regardless: OnceLock::new(),
            stretches: OnceLock::new(),
            fonts,
            files: HashMap::new(),
            entry: file_id(ENTRY).expect("a plain path"),
            stretch: file_id(STRETCH).expect("a plain path"),
            marks: Source::new(marks, MARKS_SOURCE.to_owned()),
            today: date(contest),
            digests: BTreeMap::new(),
        };
        for (path, bytes) in contest.templates.files() {
            shared.add(path, Bytes::new(bytes.clone()));
        }
        Ok(shared)
    }

    fn add(&mut self, path: &str, bytes: Bytes) {
        let Ok(id) = file_id(path) else { return };
        self.digests.insert(path.to_owned(), Sha256::digest(&bytes).into());
        self.files.insert(id, File { bytes, source: OnceLock::new() });
    }

    /// Stands for everything that documents share: the program, the fonts and
    /// the templates, to the byte.
    pub(super) fn fingerprint(&self) -> Sha256 {
        let mut digest = self.fonts.digest.clone();
        digest.update(env!("CARGO_PKG_VERSION"));
        for (path, template) in &self.digests {
            digest.update(path);
            digest.update(template);
        }
        digest
    }

    /// The world of one document in one of the contest's editions.
    ///
    /// # Panics
    /// If there is no such template: the contest has refused that.
    pub(super) fn document<'a>(
        &'a self,
        template: &str,
        entry: Vec<u8>,
        edition: Edition,
    ) -> DocumentWorld<'a> {
        let main = file_id(template).expect("the contest's templates exist");
        let library = self.libraries.iter().find(|(known, _)| *known == edition);
        let (_, library) = library.expect("every edition of the contest has its library");
        DocumentWorld { shared: self, library, main, entry: Bytes::new(entry), stretch: None }
    }

    /// The world of a document that is drawn for people to see what is wrong
    /// with it: what does not fit its place is no error of the template.
    pub(super) fn regardless(&self, template: &str, entry: Vec<u8>) -> DocumentWorld<'_> {
        let library = self.regardless.get_or_init(|| self.library("regardless"));
        let drawn = self.document(template, entry, Edition::default());
        DocumentWorld { library, ..drawn }
    }

    /// What a template sees where this is to be so.
    fn library(&self, what: &str) -> LazyHash<Library> {
        LazyHash::new(library(&self.fonts, Edition::default(), Some(what)))
    }

    /// The world of the marks that `marks.typ` draws over a page.
    pub(super) fn marks(&self, marks: Vec<u8>) -> DocumentWorld<'_> {
        let (_, library) = &self.libraries[0];
        let (main, entry) = (self.marks.id(), Bytes::new(marks));
        DocumentWorld { shared: self, library, main, entry, stretch: None }
    }
}

/// What a template sees of its edition, and the bleed of every page that does
/// not set its own; and what else is to be so.
fn library(fonts: &Fonts, edition: Edition, what: Option<&str>) -> Library {
    let ink = match edition.ink {
        Ink::Screen => "screen",
        Ink::Process => "process",
    };
    let bleed = edition.bleed.to_string();
    let mut inputs = vec![("fonts", fonts.own.join("\n")), ("ink", ink.into()), ("bleed", bleed)];
    inputs.extend(what.map(|what| (what, "yes".into())));
    let inputs = inputs.into_iter().map(|(name, text)| (name.into(), Value::Str(Str::from(text))));
    let mut library = Library::builder().with_inputs(Dict::from_iter(inputs)).build();
    if edition.bleed > 0.0 {
        let bleed = Rel::from(Length::from(Abs::mm(edition.bleed)));
        library
            .styles
            .set(PageElem::bleed, Margin { sides: Sides::splat(Some(bleed)), two_sided: None });
    }
    library
}

/// The world of one document.
pub(super) struct DocumentWorld<'a> {
    shared: &'a Shared,
    library: &'a LazyHash<Library>,
    main: FileId,
    entry: Bytes,
    stretch: Option<Bytes>,
}

impl DocumentWorld<'_> {
    /// The same document, of whose long lists only some rows are laid out.
    pub(super) fn with_stretch(&self, stretch: &Json) -> Self {
        let library = self.shared.stretches.get_or_init(|| self.shared.library("stretches"));
        let stretch = Some(Bytes::from_string(stretch.to_string()));
        Self { shared: self.shared, library, main: self.main, entry: self.entry.clone(), stretch }
    }

    /// The document's own data.
    pub(super) fn entry(&self) -> &[u8] {
        &self.entry
    }

    /// A typst diagnostic at its template's file, line and column.
    pub(super) fn explain(&self, found: &SourceDiagnostic) -> Diagnostic {
        let hints = found.hints.iter().map(|hint| hint.v.to_string()).collect();
        let kind = match found.severity {
            typst::diag::Severity::Error => {
                fault::Documents::Template { message: said(&found.message), hints }
            }
            typst::diag::Severity::Warning => {
                let message = found.message.to_string();
                fault::Documents::TemplateWarning { message, hints }
            }
        };
        let spans = std::iter::once(found.span)
            .chain(found.trace.iter().map(|point| DiagSpan::from(point.span)));
        let place = spans
            .filter_map(|span| self.place(span))
            .next()
            .unwrap_or_else(|| Place::File(template_path(self.main)));
        Diagnostic::new(kind).at(place)
    }

    /// Where a span stands in its template.
    pub(super) fn place(&self, span: DiagSpan) -> Option<Place> {
        let id = span.id()?;
        let range = self.range(span)?;
        let source = self.source(id).ok()?;
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        let file = format!("{FOLDER}/{}", id.get().vpath().get_without_slash());
        Some(Place::Source { file, line: line + 1, column: column + 1 })
    }
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main && id == self.shared.marks.id() {
            return Ok(self.shared.marks.clone());
        }
        let file = self.shared.files.get(&id).ok_or_else(|| missing(id))?;
        let text = file.bytes.as_str().map_err(|_| FileError::InvalidUtf8)?;
        Ok(file.source.get_or_init(|| Source::new(id, text.to_owned())).clone())
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shared.entry {
            return Ok(self.entry.clone());
        }
        if let Some(stretch) = self.stretch.as_ref().filter(|_| id == self.shared.stretch) {
            return Ok(stretch.clone());
        }
        self.shared.files.get(&id).map(|file| file.bytes.clone()).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index)
    }

    /// The contest's date: the clock must not reach a page.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.shared.today
    }
}

/// What an error says. The sentence of a template's own `panic` is meant for
/// people as it stands, or is JSON of one in Chinese and one in English.
fn said(message: &str) -> Meaning {
    let Some(said) = message.strip_prefix("panicked with: ") else {
        return Meaning::same(message);
    };
    let said = serde_json::from_str(said).unwrap_or_else(|_| said.to_owned());
    serde_json::from_str(&said).unwrap_or_else(|_| Meaning::same(&said))
}

/// A contest's date as typst has it.
pub(super) fn date(contest: &Contest) -> Option<Datetime> {
    let date = contest.date;
    Datetime::from_ymd(date.year().into(), date.month() as u8, date.day() as u8)
}

fn file_id(path: &str) -> StrResult<FileId> {
    let path = VirtualPath::new(path).map_err(|error| typst::diag::eco_format!("{error}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The file that is never there, asked for when a layout begins and ends.
pub(super) fn layout() -> FileId {
    file_id("/layout").expect("a plain path")
}

fn missing(id: FileId) -> FileError {
    match id.get().root() {
        VirtualRoot::Package(package) => {
            FileError::Package(PackageError::NotFound(package.clone()))
        }
        VirtualRoot::Project => FileError::NotFound(template_path(id)),
    }
}

/// The file as the contest folder would hold it.
fn template_path(id: FileId) -> PathBuf {
    let path = Path::new(id.get().vpath().get_without_slash());
    if path.starts_with(PICTURES) { path.into() } else { Path::new(FOLDER).join(path) }
}
