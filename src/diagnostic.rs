//! What is wrong, where, and how badly: facts only.
//!
//! A stage that meets a fault of the user's data records it and goes on, so
//! that everything is reported at once. The sentences people read are made in
//! [`wording`], and only the command line prints them.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::cell::CellRef;
use crate::fact::{Difference, Fact};
use crate::field::Field;
use crate::form::{Form, Meaning};

mod script;
pub mod wording;

/// How much a diagnostic matters; the most serious sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written while it stands.
    Error,
    /// The clerk should look; the work goes on.
    Warning,
    /// What the program did that the clerk may want to know.
    Info,
}

/// Where a fault is to be mended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A cell of the award sheet.
    Cell(CellRef),
    /// A position in `contest.toml` or a template; line and column count from 1.
    Source {
        /// The file, relative to the contest folder.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A whole file or folder.
    File(PathBuf),
    /// A fact given on the command line for a certificate.
    Fact {
        /// The certificate's number.
        number: String,
        /// The fact.
        fact: Fact,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Cell(cell) => cell.fmt(f),
            Place::Source { file, line, column } => write!(f, "{file}:{line}:{column}"),
            Place::File(path) => path.display().fmt(f),
            Place::Fact { number, fact } => write!(f, "{number} {fact}"),
        }
    }
}

/// One fault or notice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What happened, with its facts.
    pub kind: Kind,
    /// Where to mend it, when one place can be named.
    pub place: Option<Place>,
    /// The rows of the award sheet concerned: the rows `--hold` holds back.
    pub rows: Vec<CellRef>,
    /// Why the contest allows it; it is then no more than a notice.
    pub allowed: Option<String>,
    /// How much it matters to this contest, if not as much as to any.
    severity: Option<Severity>,
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub fn new(kind: Kind) -> Self {
        Self { kind, place: None, rows: Vec::new(), allowed: None, severity: None }
    }

    /// A file or folder that cannot be read.
    pub fn cannot_read(path: &Path, error: &io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::NotFound => Unread::Missing,
            io::ErrorKind::IsADirectory => Unread::Folder,
            io::ErrorKind::PermissionDenied => Unread::Forbidden,
            io::ErrorKind::NotADirectory => Unread::WithinFile,
            io::ErrorKind::InvalidData => Unread::NotText,
            _ => Unread::Otherwise(error.to_string()),
        };
        Self::new(Kind::CannotRead { why }).at(Place::File(path.to_owned()))
    }

    /// A file or folder that cannot be written.
    pub fn cannot_write(path: &Path, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Kind::DiskFull,
            cause => Kind::CannotWrite { cause, error: error.to_string() },
        };
        Self::new(kind).at(Place::File(path.to_owned()))
    }

    /// At a place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// At a cell of the sheet.
    pub fn at_cell(self, cell: &CellRef) -> Self {
        self.at(Place::Cell(cell.clone()))
    }

    /// Concerning a row of the sheet.
    pub fn for_row(mut self, row: &CellRef) -> Self {
        self.rows.push(row.clone());
        self
    }

    /// As serious as the contest takes it.
    pub fn taken_as(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Known to the contest and allowed for a reason.
    pub fn allowed(mut self, reason: &str) -> Self {
        self.allowed = Some(reason.to_owned());
        self.taken_as(Severity::Info)
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.severity.unwrap_or_else(|| self.kind.severity())
    }
}

/// All diagnostics of a stage, in the order they were found.
///
/// As the `Err` of a `Result` it holds at least one error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Records one diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether anything forbids to go on.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    /// Whether the fault lies in the environment or the command line rather
    /// than in the data or a template.
    pub fn blames_environment(&self) -> bool {
        self.iter().any(|diagnostic| diagnostic.kind.blames_environment())
    }

    /// Whether all that the environment is blamed for may go away by itself.
    pub fn may_pass(&self) -> bool {
        let mut blamed = self.iter().filter(|it| it.kind.blames_environment()).peekable();
        blamed.peek().is_some() && blamed.all(|it| it.kind.may_pass())
    }

    /// The diagnostics in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// The rows that some error concerns.
    pub fn rows_in_error(&self) -> BTreeSet<CellRef> {
        self.iter()
            .filter(|diagnostic| diagnostic.severity() == Severity::Error)
            .flat_map(|diagnostic| diagnostic.rows.iter().cloned())
            .collect()
    }

    /// One diagnostic for each fault: those that say the same of the same
    /// place become one that names all rows concerned.
    pub fn merged(self) -> Self {
        let mut merged: Vec<Diagnostic> = Vec::new();
        let mut known: HashMap<Diagnostic, usize> = HashMap::new();
        for diagnostic in self.0 {
            let key = Diagnostic { rows: Vec::new(), ..diagnostic.clone() };
            if let Some(&index) = known.get(&key) {
                let rows = &mut merged[index].rows;
                rows.extend(diagnostic.rows);
                rows.sort();
                rows.dedup();
            } else {
                known.insert(key, merged.len());
                merged.push(diagnostic);
            }
        }
        Self(merged)
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl From<Kind> for Diagnostics {
    fn from(kind: Kind) -> Self {
        Diagnostic::new(kind).into()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, iter: T) {
        self.0.extend(iter);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unread {
    /// There is none.
    Missing,
    /// It is a folder.
    Folder,
    /// It is not for this user.
    Forbidden,
    /// What should be a folder on its path is a file.
    WithinFile,
    /// It is no text in UTF-8, as it has to be.
    NotText,
    /// What the system says.
    Otherwise(String),
}

/// What happened, with the facts a sentence about it needs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant's sentence stands in `wording`")]
pub enum Kind {
    // The environment and the command line.
    CannotRead {
        why: Unread,
    },
    CannotWrite {
        cause: io::ErrorKind,
        /// In the system's words.
        error: String,
    },
    DiskFull,
    NotAFolder,
    Interrupted,
    NoContest,
    ContestExists,
    PlanMissing,
    PlanDamaged,
    PlanChanged,
    PlanOutdated {
        /// What is no longer as it was when the plan was frozen.
        changed: Changed,
    },
    NoSuchPart {
        part: usize,
        parts: usize,
    },
    PartsDiffer {
        asked: usize,
        parts: usize,
    },
    PlanKey {
        /// The public key that goes with the one that signs.
        key: String,
    },
    PartUnknown {
        /// The environment variables that were looked for.
        variables: Vec<&'static str>,
    },
    PartMissing,
    PartDamaged,
    PartChanged,
    PartForeign,
    UnknownDocumentKind {
        name: String,
        known: Vec<String>,
    },
    NothingMatches {
        which: String,
    },
    BadKey,
    KeyMissing {
        registered: String,
    },
    KeyChanged {
        registered: String,
        found: String,
    },
    KeyKnown,
    KeyUnknown,
    RegisterBusy,
    RegisterDamaged {
        error: String,
    },
    RegisterNewer {
        found: i32,
        known: i32,
    },
    ClockBack {
        now: String,
        last: String,
    },
    UnknownNumber {
        number: String,
        nearest: Option<String>,
    },
    UnknownFact {
        name: String,
        known: Vec<String>,
    },
    NotConfirmed,
    NotRecorded {
        package: String,
    },
    UnknownFormat {
        known: Vec<String>,
    },
    FileExists,
    SmallerPackage {
        /// What it holds and the new one does not.
        lost: Vec<String>,
    },
    NotVerifiable,
    /// For verification.
    TooManyPages {
        pages: usize,
        megabytes: u64,
    },
    BadStatusList,

    // A PDF to be inspected.
    NotAPdf,
    PdfLocked,
    PdfTooLarge {
        /// How many pages may be read.
        pages: usize,
    },
    PdfWithoutText {
        /// Fonts whose encoding is not known.
        fonts: Vec<String>,
    },

    // contest.toml.
    TomlSyntax {
        message: String,
    },
    UnknownKey {
        key: String,
        nearest: Option<String>,
    },
    MissingKey {
        key: String,
    },
    EmptyList {
        key: String,
    },
    WrongType {
        key: String,
        expected: &'static str,
        found: String,
    },
    NotAllowed {
        key: String,
        value: String,
        known: Vec<String>,
    },
    Repeated {
        key: String,
        value: String,
    },
    BadPattern {
        pattern: String,
        fault: PatternFault,
    },
    BeforeFinal {
        key: String,
        date: String,
        last_day: String,
    },
    NotARule {
        code: String,
        nearest: Option<String>,
    },
    AllowanceUnused {
        code: String,
        value: String,
    },
    YearDiffers {
        /// The key in `contest.toml`; empty for a title of the sheet.
        key: String,
        text: String,
        /// The key of what tells another year, and what that says.
        against: String,
        says: String,
    },
    UnknownTemplate {
        name: String,
        known: Vec<String>,
    },
    UndeclaredFact {
        key: String,
        /// Whose document's it is; none for a fact of the contest.
        template: Option<String>,
        nearest: Option<String>,
        known: Vec<String>,
    },
    MissingFact {
        /// The table that lacks it.
        table: String,
        name: String,
        meaning: Box<Meaning>,
        /// Which template needs it.
        template: String,
        /// A value it might have.
        example: String,
        /// Whether the contest's own template may not need it at all.
        inherited: bool,
    },
    WrongFact {
        key: String,
        meaning: Box<Meaning>,
        /// As the file has it.
        value: String,
        form: Form,
        example: String,
    },
    DeclaredOtherwise {
        key: String,
        templates: [String; 2],
    },
    StandardsConflict {
        message: String,
        hints: Vec<String>,
    },
    BadFont,

    // The award sheet.
    NotAWorkbook {
        error: String,
    },
    DamagedWorkbook,
    Encrypted,
    TooLarge {
        bound: Bound,
    },
    EmptyWorkbook,
    WrongExtension {
        named: String,
        is: &'static str,
    },
    NotText,
    NoTable {
        sheets: Vec<String>,
    },
    SheetWithoutTable {
        sheet: String,
        /// Whether an award of the contest stands in it.
        awards: bool,
    },
    HiddenSheet {
        sheet: String,
    },
    NoEntrants,
    MissingColumn {
        field: Field,
        headers: Vec<String>,
        near: Vec<String>,
    },
    CountDiffers {
        stated: usize,
        rows: usize,
    },
    MembersDivided {
        from: String,
        to: Vec<String>,
    },
    TooManyDigits {
        field: Field,
        value: String,
    },
    HiddenRows {
        rows: usize,
    },
    AmbiguousColumn {
        field: Field,
        headers: Vec<String>,
    },
    MissingValue {
        field: Field,
    },
    Placed {
        field: Field,
        name: String,
        sheet: String,
    },
    NoCachedValue {
        field: Field,
    },
    ErrorValue {
        field: Field,
        value: String,
    },
    UnknownName {
        field: Field,
        value: String,
        known: Vec<String>,
        nearest: Option<String>,
    },
    NotANumber {
        field: Field,
        value: String,
    },
    NotADate {
        field: Field,
        value: String,
    },
    NotYesOrNo {
        field: Field,
        value: String,
    },
    TextCleaned {
        from: String,
        to: String,
    },
    ReadAs {
        field: Field,
        from: String,
        to: String,
    },
    RowWithoutEntrant {
        text: String,
    },
    SameEntrant {
        project: String,
        organization: String,
        other: CellRef,
    },
    BlankInName {
        name: String,
    },
    NotAName {
        field: Field,
        value: String,
        why: Oddity,
    },
    UnusualName {
        field: Field,
        value: String,
        why: Oddity,
    },
    Nobody {
        text: String,
    },
    Converted {
        field: Field,
        stored: String,
        shown: String,
    },
    ShownAs {
        field: Field,
        stored: String,
        shown: String,
    },
    NotShown {
        field: Field,
        text: String,
    },
    NoHeader {
        column: String,
        cells: usize,
        text: String,
    },
    Covered {
        text: String,
        over: CellRef,
    },
    UnreadRow {
        text: String,
        /// How many rows depend on it.
        rows: usize,
    },
    UnclearHeader {
        text: String,
    },
    HeaderOverColumns {
        field: Field,
        header: String,
        columns: Vec<String>,
    },
    ColumnsJoined {
        field: Field,
        headers: Vec<String>,
    },
    TwoValues {
        field: Field,
        text: String,
        other: CellRef,
        other_text: String,
    },
    Contradiction {
        field: Field,
        said: String,
        other: String,
        by: By,
    },
    Contradicts {
        field: Field,
        value: String,
        other: String,
        by: By,
    },
    StruckOut {
        cells: usize,
    },
    HiddenColumns {
        headers: Vec<String>,
    },
    SignatureSkipped {
        text: String,
    },
    TooManyMembers {
        count: usize,
        limit: usize,
    },
    RegisteredTooEarly {
        date: String,
        since: String,
    },
    SharedMember {
        name: String,
        others: Vec<CellRef>,
    },
    RepeatedProject {
        project: String,
        organization: String,
        other: CellRef,
    },
    SimilarProject {
        project: String,
        alike: String,
        other: CellRef,
    },
    SameProjectName {
        project: String,
        organization: String,
        other: CellRef,
    },
    AwardCount {
        group: String,
        award: String,
        count: usize,
        announced: usize,
        others: Vec<CellRef>,
    },
    OverQuota {
        group: String,
        count: usize,
        quota: usize,
        others: Vec<CellRef>,
    },
    Outranked {
        project: String,
        standing: String,
        better: String,
        better_standing: String,
        other: CellRef,
    },
    Excluded {
        project: String,
        list: String,
        entry: String,
    },
    ResemblesExcluded {
        project: String,
        list: String,
        entry: String,
        alike: String,
    },
    NothingExcluded {
        list: String,
    },
    MissingGlyph {
        character: char,
    },
    /// All of one script, by [`by_script`](Diagnostics::by_script).
    MissingScript {
        /// As Unicode names it.
        script: &'static str,
        /// In the order they were found.
        characters: Vec<char>,
        others: Vec<CellRef>,
    },

    // The plan.
    NumberTwice {
        number: String,
    },
    NumberRevoked {
        number: String,
        reason: String,
    },
    NumberValid {
        number: String,
    },
    OtherSeries {
        number: String,
        now: String,
    },
    FactChanged {
        number: String,
        difference: Difference,
    },
    Resembles {
        number: String,
        was: String,
        now: String,
        changed: Vec<(&'static str, String)>,
        row: Option<CellRef>,
    },
    /// Documents of one kind that the register could not tell apart.
    SameMember {
        name: String,
        /// Where it stands among the members, from 1.
        positions: Vec<usize>,
    },
    /// A name that a certificate of somebody else had before.
    SameCertificate {
        number: String,
        name: String,
        other: CellRef,
    },
    IdentifiersMoved {
        rows: usize,
    },
    ContestChanged {
        /// How many certificates say otherwise.
        numbers: usize,
        differences: Vec<Difference>,
        /// It looks like another contest.
        another: bool,
    },
    NumbersChanged {
        /// The documents' kind.
        kind: String,
        /// One of its numbers.
        number: String,
        /// What this would begin with now.
        series: String,
        numbers: usize,
    },
    WinnersMissing {
        lost: Vec<(String, String)>,
        /// How many rows of the sheet are held.
        held: usize,
    },
    OtherRoster {
        missing: usize,
        unknown: usize,
    },
    NothingChanged,
    NotOneEntrant {
        number: String,
    },
    AlsoPrinted {
        documents: Vec<String>,
    },
    NotLookedUp,
    CodeTooLong {
        document: String,
    },
    NoDocument {
        project: String,
    },
    ListsHeld {
        kinds: Vec<String>,
    },

    // The register.
    RegisterTampered {
        serial: i64,
    },

    // The press.
    Template {
        message: String,
        hints: Vec<String>,
    },
    TemplateWarning {
        message: String,
        hints: Vec<String>,
    },
    SlowTemplate {
        /// The documents' kind.
        kind: String,
        burden: Burden,
        /// Microseconds that it adds to each document.
        adds: u64,
        /// Microseconds that a document takes in all.
        of: u64,
        /// How many documents there are.
        documents: usize,
    },
    PageCount {
        document: String,
        expected: usize,
        found: usize,
    },
    NotReadable {
        document: String,
        field: &'static str,
        value: String,
    },
    OutsidePage {
        document: String,
        page: usize,
        text: String,
    },
    Overlap {
        document: String,
        page: usize,
        text: String,
        other: String,
    },
    TypeTooSmall {
        document: String,
        page: usize,
        text: String,
        size: String,
    },
    NotPublic {
        document: String,
        page: usize,
        text: String,
    },
    PlacesDiffer {
        places: usize,
        pages: usize,
    },
    CodeNotShown {
        document: String,
    },
    CodeTooFine {
        document: String,
        module: String,
    },
}

/// The codes whose severity a contest decides. The others are no matter of
/// opinion: there is no certificate without an award, nor two under one number.
pub const RULES: [&str; 29] = [
    "too-many-members",
    "shared-member",
    "repeated-project",
    "similar-project",
    "same-project-name",
    "registered-too-early",
    "unknown-county",
    "award-count",
    "over-quota",
    "outranked",
    "excluded",
    "resembles-excluded",
    "count-differs",
    "row-without-entrant",
    "hidden-sheet",
    "sheet-without-table",
    "hidden-rows",
    "hidden-columns",
    "struck-out",
    "not-shown",
    "not-a-name",
    "unusual-name",
    "nobody",
    "converted",
    "no-header",
    "covered",
    "contradicts",
    "allowance-unused",
    "year-differs",
];

/// What a name does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Oddity {
    /// A digit.
    Digit,
    /// A mark such as `：` or `@`.
    Mark(char),
    /// A bracket or a quotation mark without its partner.
    Unpaired(char),
    /// A remark in brackets.
    Remark,
    /// 等, 等5人: not everybody is named.
    Incomplete,
    /// Two names joined by 和 or ·, perhaps.
    Joined,
    /// More characters than a Chinese name has.
    Long,
    /// Chinese characters and letters.
    Mixed,
    /// U+FFFD or the like: what stood there is lost.
    Lost(char),
    /// `&amp;`, `<b>`: markup of an export.
    Markup,
    /// 无, N/A: a word for nothing.
    Nothing,
    /// A word of a heading or of a header.
    Heading,
    /// No letter at all.
    NoLetter,
}

/// What contradicts a cell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum By {
    /// A title or a section's head.
    Heading(CellRef),
    /// The name of the sheet.
    Sheet(String),
}

/// What is wrong with a pattern such as `JZ-{seq:03}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant's sentence stands in `wording`")]
pub enum PatternFault {
    Unclosed,
    Unknown { placeholder: String, known: Vec<String> },
}

/// What makes a template slow.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Burden {
    /// So many shapes that are curves with a stroke, or have a gradient.
    Curves {
        /// How many.
        count: usize,
    },
    /// A bitmap.
    Bitmap {
        /// Its width and height in pixels.
        pixels: (u32, u32),
        /// What paper can show of it, if that is less.
        enough: Option<(u32, u32)>,
        /// How many bytes it adds to each document.
        bytes: usize,
    },
    /// An SVG with a filter or a bitmap in it, or a PDF.
    Drawing,
    /// The page is laid out so often before it comes to rest.
    Layouts {
        /// How often.
        count: usize,
    },
}

/// What a frozen plan does not fit any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Changed {
    /// The program, `contest.toml`, the templates or the fonts.
    MadeFrom,
    /// The award sheet.
    Sheet,
    /// What the register has issued.
    Register,
}

/// What of a spreadsheet file is too much, and how much there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The file itself, in MiB.
    File(u64),
    /// What it unpacks to, in MiB.
    Unpacked(u64),
    /// Cells that hold anything.
    Cells(usize),
    /// Sheets.
    Sheets(usize),
}

impl Kind {
    /// The stable name that scripts may rely on.
    pub fn code(&self) -> &'static str {
        match self {
            Kind::CannotRead { .. } => "cannot-read",
            Kind::CannotWrite { .. } => "cannot-write",
            Kind::DiskFull => "disk-full",
            Kind::PlanMissing => "plan-missing",
            Kind::PlanDamaged => "plan-damaged",
            Kind::PlanChanged => "plan-changed",
            Kind::PlanOutdated { .. } => "plan-outdated",
            Kind::NoSuchPart { .. } => "no-such-part",
            Kind::PartsDiffer { .. } => "parts-differ",
            Kind::PlanKey { .. } => "plan-key",
            Kind::PartUnknown { .. } => "part-unknown",
            Kind::PartMissing => "part-missing",
            Kind::PartDamaged => "part-damaged",
            Kind::PartChanged => "part-changed",
            Kind::PartForeign => "part-foreign",
            Kind::NotAFolder => "not-a-folder",
            Kind::Interrupted => "interrupted",
            Kind::NoContest => "no-contest",
            Kind::ContestExists => "contest-exists",
            Kind::UnknownDocumentKind { .. } => "unknown-document-kind",
            Kind::NothingMatches { .. } => "nothing-matches",
            Kind::BadKey => "bad-key",
            Kind::KeyMissing { .. } => "key-missing",
            Kind::KeyChanged { .. } => "key-changed",
            Kind::KeyKnown => "key-known",
            Kind::KeyUnknown => "key-unknown",
            Kind::RegisterBusy => "register-busy",
            Kind::RegisterDamaged { .. } => "register-damaged",
            Kind::RegisterNewer { .. } => "register-newer",
            Kind::ClockBack { .. } => "clock-back",
            Kind::UnknownNumber { .. } => "unknown-number",
            Kind::UnknownFact { .. } => "unknown-fact",
            Kind::NotConfirmed => "not-confirmed",
            Kind::NotRecorded { .. } => "not-recorded",
            Kind::UnknownFormat { .. } => "unknown-format",
            Kind::FileExists => "file-exists",
            Kind::SmallerPackage { .. } => "smaller-package",
            Kind::NotVerifiable => "not-verifiable",
            Kind::TooManyPages { .. } => "too-many-pages",
            Kind::BadStatusList => "bad-status-list",
            Kind::NotAPdf => "not-a-pdf",
            Kind::PdfLocked => "pdf-locked",
            Kind::PdfTooLarge { .. } => "pdf-too-large",
            Kind::PdfWithoutText { .. } => "pdf-without-text",
            Kind::TomlSyntax { .. } => "toml-syntax",
            Kind::UnknownKey { .. } => "unknown-key",
            Kind::MissingKey { .. } => "missing-key",
            Kind::EmptyList { .. } => "empty-list",
            Kind::WrongType { .. } => "wrong-type",
            Kind::NotAllowed { .. } => "not-allowed",
            Kind::Repeated { .. } => "repeated",
            Kind::BadPattern { .. } => "bad-pattern",
            Kind::BeforeFinal { .. } => "before-final",
            Kind::NotARule { .. } => "not-a-rule",
            Kind::AllowanceUnused { .. } => "allowance-unused",
            Kind::YearDiffers { .. } => "year-differs",
            Kind::UnknownTemplate { .. } => "unknown-template",
            Kind::UndeclaredFact { .. } => "undeclared-fact",
            Kind::MissingFact { .. } => "missing-fact",
            Kind::WrongFact { .. } => "wrong-fact",
            Kind::DeclaredOtherwise { .. } => "declared-otherwise",
            Kind::StandardsConflict { .. } => "standards-conflict",
            Kind::BadFont => "bad-font",
            Kind::NotAWorkbook { .. } => "not-a-workbook",
            Kind::DamagedWorkbook => "damaged-workbook",
            Kind::Encrypted => "encrypted",
            Kind::TooLarge { .. } => "too-large",
            Kind::EmptyWorkbook => "empty-workbook",
            Kind::WrongExtension { .. } => "wrong-extension",
            Kind::NotText => "not-text",
            Kind::NoTable { .. } => "no-table",
            Kind::SheetWithoutTable { .. } => "sheet-without-table",
            Kind::HiddenSheet { .. } => "hidden-sheet",
            Kind::NoEntrants => "no-entrants",
            Kind::MissingColumn { .. } => "missing-column",
            Kind::CountDiffers { .. } => "count-differs",
            Kind::MembersDivided { .. } => "members-divided",
            Kind::TooManyDigits { .. } => "too-many-digits",
            Kind::HiddenRows { .. } => "hidden-rows",
            Kind::AmbiguousColumn { .. } => "ambiguous-column",
            Kind::MissingValue { .. } => "missing-value",
            Kind::Placed { .. } => "placed",
            Kind::NoCachedValue { .. } => "no-cached-value",
            Kind::ErrorValue { .. } => "error-value",
            Kind::UnknownName { field: Field::Group, .. } => "unknown-group",
            Kind::UnknownName { field: Field::Award, .. } => "unknown-award",
            Kind::UnknownName { field: Field::County, .. } => "unknown-county",
            Kind::UnknownName { .. } => "unknown-name",
            Kind::NotANumber { .. } => "not-a-number",
            Kind::NotADate { .. } => "not-a-date",
            Kind::NotYesOrNo { .. } => "not-yes-or-no",
            Kind::TextCleaned { .. } => "text-cleaned",
            Kind::ReadAs { .. } => "read-as",
            Kind::RowWithoutEntrant { .. } => "row-without-entrant",
            Kind::SameEntrant { .. } => "same-entrant",
            Kind::BlankInName { .. } => "blank-in-name",
            Kind::NotAName { .. } => "not-a-name",
            Kind::UnusualName { .. } => "unusual-name",
            Kind::Nobody { .. } => "nobody",
            Kind::Converted { .. } => "converted",
            Kind::ShownAs { .. } => "shown-as",
            Kind::NotShown { .. } => "not-shown",
            Kind::NoHeader { .. } => "no-header",
            Kind::Covered { .. } => "covered",
            Kind::UnreadRow { .. } => "unread-row",
            Kind::UnclearHeader { .. } => "unclear-header",
            Kind::HeaderOverColumns { .. } => "header-over-columns",
            Kind::ColumnsJoined { .. } => "columns-joined",
            Kind::TwoValues { .. } => "two-values",
            Kind::Contradiction { .. } => "contradiction",
            Kind::Contradicts { .. } => "contradicts",
            Kind::StruckOut { .. } => "struck-out",
            Kind::HiddenColumns { .. } => "hidden-columns",
            Kind::SignatureSkipped { .. } => "signature-skipped",
            Kind::TooManyMembers { .. } => "too-many-members",
            Kind::RegisteredTooEarly { .. } => "registered-too-early",
            Kind::SharedMember { .. } => "shared-member",
            Kind::RepeatedProject { .. } => "repeated-project",
            Kind::SimilarProject { .. } => "similar-project",
            Kind::SameProjectName { .. } => "same-project-name",
            Kind::AwardCount { .. } => "award-count",
            Kind::OverQuota { .. } => "over-quota",
            Kind::Outranked { .. } => "outranked",
            Kind::Excluded { .. } => "excluded",
            Kind::ResemblesExcluded { .. } => "resembles-excluded",
            Kind::NothingExcluded { .. } => "nothing-excluded",
            Kind::MissingGlyph { .. } | Kind::MissingScript { .. } => "missing-glyph",
            Kind::NumberTwice { .. } => "number-twice",
            Kind::NumberRevoked { .. } => "number-revoked",
            Kind::NumberValid { .. } => "number-valid",
            Kind::OtherSeries { .. } => "other-series",
            Kind::FactChanged { .. } => "fact-changed",
            Kind::Resembles { .. } => "resembles",
            Kind::SameMember { .. } => "same-member",
            Kind::SameCertificate { .. } => "same-certificate",
            Kind::IdentifiersMoved { .. } => "identifiers-moved",
            Kind::ContestChanged { .. } => "contest-changed",
            Kind::NumbersChanged { .. } => "numbers-changed",
            Kind::WinnersMissing { .. } => "winners-missing",
            Kind::OtherRoster { .. } => "other-roster",
            Kind::NothingChanged => "nothing-changed",
            Kind::NotOneEntrant { .. } => "not-one-entrant",
            Kind::AlsoPrinted { .. } => "also-printed",
            Kind::NotLookedUp => "not-looked-up",
            Kind::CodeTooLong { .. } => "code-too-long",
            Kind::RegisterTampered { .. } => "register-tampered",
            Kind::NoDocument { .. } => "no-document",
            Kind::ListsHeld { .. } => "lists-held",
            Kind::Template { .. } => "template",
            Kind::TemplateWarning { .. } => "template-warning",
            Kind::SlowTemplate { .. } => "slow-template",
            Kind::PageCount { .. } => "page-count",
            Kind::NotReadable { .. } => "not-readable",
            Kind::OutsidePage { .. } => "outside-page",
            Kind::Overlap { .. } => "overlap",
            Kind::TypeTooSmall { .. } => "type-too-small",
            Kind::NotPublic { .. } => "not-public",
            Kind::PlacesDiffer { .. } => "places-differ",
            Kind::CodeNotShown { .. } => "code-not-shown",
            Kind::CodeTooFine { .. } => "code-too-fine",
        }
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Kind::HiddenSheet { .. }
            | Kind::SheetWithoutTable { awards: true, .. }
            | Kind::RowWithoutEntrant { .. }
            | Kind::HiddenRows { .. }
            | Kind::HiddenColumns { .. }
            | Kind::StruckOut { .. }
            | Kind::NotShown { .. }
            | Kind::UnusualName { .. }
            | Kind::Nobody { .. }
            | Kind::Contradicts { .. }
            | Kind::TooManyMembers { .. }
            | Kind::SharedMember { .. }
            | Kind::SimilarProject { .. }
            | Kind::SameProjectName { .. }
            | Kind::Outranked { .. }
            | Kind::ResemblesExcluded { .. }
            | Kind::AllowanceUnused { .. }
            | Kind::YearDiffers { .. }
            | Kind::UnknownName { field: Field::County, .. }
            | Kind::NoDocument { .. }
            | Kind::ListsHeld { .. }
            | Kind::WinnersMissing { .. }
            | Kind::AlsoPrinted { .. }
            | Kind::NotLookedUp
            | Kind::TemplateWarning { .. }
            | Kind::SlowTemplate { .. } => Severity::Warning,
            Kind::WrongExtension { .. }
            | Kind::SheetWithoutTable { .. }
            | Kind::TextCleaned { .. }
            | Kind::ReadAs { .. }
            | Kind::Placed { .. }
            | Kind::ShownAs { .. }
            | Kind::ColumnsJoined { .. }
            | Kind::SignatureSkipped { .. }
            | Kind::MembersDivided { .. }
            | Kind::IdentifiersMoved { .. } => Severity::Info,
            _ => Severity::Error,
        }
    }

    /// The other cells of the sheet that it concerns.
    pub fn others(&self) -> &[CellRef] {
        match self {
            Kind::SharedMember { others, .. }
            | Kind::MissingScript { others, .. }
            | Kind::AwardCount { others, .. }
            | Kind::OverQuota { others, .. } => others,
            Kind::SameEntrant { other, .. }
            | Kind::SameCertificate { other, .. }
            | Kind::RepeatedProject { other, .. }
            | Kind::SimilarProject { other, .. }
            | Kind::SameProjectName { other, .. }
            | Kind::TwoValues { other, .. }
            | Kind::Outranked { other, .. } => std::slice::from_ref(other),
            Kind::Covered { over, .. } => std::slice::from_ref(over),
            _ => &[],
        }
    }

    /// The value that a contest allows it by, besides the project and the
    /// organization of a row concerned.
    pub fn value(&self) -> Option<&str> {
        match self {
            Kind::SharedMember { name, .. } | Kind::BlankInName { name } => Some(name),
            Kind::UnknownName { value, .. }
            | Kind::NotAName { value, .. }
            | Kind::UnusualName { value, .. }
            | Kind::Contradicts { value, .. } => Some(value),
            Kind::Converted { shown, .. } => Some(shown),
            Kind::NotShown { text, .. }
            | Kind::NoHeader { text, .. }
            | Kind::Covered { text, .. }
            | Kind::Nobody { text } => Some(text),
            Kind::AwardCount { award, .. } => Some(award),
            Kind::OverQuota { group, .. } => Some(group),
            Kind::HiddenSheet { sheet } | Kind::SheetWithoutTable { sheet, .. } => Some(sheet),
            Kind::RowWithoutEntrant { text } | Kind::YearDiffers { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether it may go away by itself, so that the same command may succeed
    /// later: exit status 75 rather than 2 or 1.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Kind::DiskFull
                | Kind::Interrupted
                | Kind::RegisterBusy
                | Kind::NotRecorded { .. }
                | Kind::PartMissing
                | Kind::PartForeign
        )
    }

    /// Whether the environment or the command line is at fault: exit status 2
    /// rather than 1.
    pub fn blames_environment(&self) -> bool {
        matches!(
            self,
            Kind::CannotRead { .. }
                | Kind::CannotWrite { .. }
                | Kind::DiskFull
                | Kind::PlanMissing
                | Kind::PlanDamaged
                | Kind::PlanChanged
                | Kind::PlanOutdated { .. }
                | Kind::NoSuchPart { .. }
                | Kind::PartsDiffer { .. }
                | Kind::PlanKey { .. }
                | Kind::PartUnknown { .. }
                | Kind::PartMissing
                | Kind::PartDamaged
                | Kind::PartChanged
                | Kind::PartForeign
                | Kind::NotAFolder
                | Kind::Interrupted
                | Kind::NoContest
                | Kind::ContestExists
                | Kind::UnknownDocumentKind { .. }
                | Kind::NothingMatches { .. }
                | Kind::BadKey
                | Kind::KeyMissing { .. }
                | Kind::KeyChanged { .. }
                | Kind::KeyKnown
                | Kind::KeyUnknown
                | Kind::RegisterBusy
                | Kind::RegisterDamaged { .. }
                | Kind::RegisterNewer { .. }
                | Kind::ClockBack { .. }
                | Kind::UnknownNumber { .. }
                | Kind::UnknownFact { .. }
                | Kind::NotConfirmed
                | Kind::NotRecorded { .. }
                | Kind::UnknownFormat { .. }
                | Kind::FileExists
                | Kind::SmallerPackage { .. }
                | Kind::NotVerifiable
                | Kind::TooManyPages { .. }
                | Kind::BadStatusList
                | Kind::NotAPdf
                | Kind::PdfLocked
                | Kind::PdfTooLarge { .. }
                | Kind::PdfWithoutText { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_fault_in_many_rows_is_one_diagnostic() {
        let sheet = "奖".into();
        let fault = |row| {
            Diagnostic::new(Kind::MissingValue { field: Field::Award })
                .at_cell(&CellRef::new(&sheet, 4, 2))
                .for_row(&CellRef::new(&sheet, row, 3))
        };
        let mut diagnostics = Diagnostics::default();
        diagnostics.extend([fault(5), fault(4), fault(4)]);
        let merged: Vec<_> = diagnostics.merged().into_iter().collect();
        assert_eq!(merged.len(), 1);
        assert_eq!(merged[0].rows, [CellRef::new(&sheet, 4, 3), CellRef::new(&sheet, 5, 3)]);
    }
}
