//! A contest folder, the `accolade` command, and what comes out of it.

use std::env;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use accolade::attest::Key;
use accolade::contest::Contest;
use accolade::fault::{Diagnostics, Severity};
use accolade::folder::{
    Account, Correction, Facts, Order, Purpose, Reissued, Selection, Step, Target,
};
use accolade::intake::{self, Inputs};
use accolade::package::{Listed, ManifestEntry};
use accolade::plan::{Continuation, Document, Mode, Plan};
use accolade::press::Press;
use accolade::register::Ledger;
use jiff::Timestamp;
use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value as Json;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The header that the tests' own sheets have.
pub(crate) const HEADER: [&str; 6] =
    ["组别", "奖项", "项目名称", "参赛单位", "核心成员", "推荐省赛"];

/// Rows of text.
pub(crate) type Rows<'a> = &'a [&'a [&'a str]];

/// A sheet's name, its rows of text from A1, and its merged areas as
/// `[row, column, row, column]` from 0.
pub(crate) type Sheet<'a> = (&'a str, Rows<'a>, &'a [[u32; 4]]);

/// An order for these kinds of documents, or for all.
pub(crate) fn order(folder: &Path, only: &[&str], now: Timestamp) -> Order {
    let only = only.iter().map(ToString::to_string).collect();
    Order {
        selection: Selection { only, withhold: false, new: Vec::new() },
        purpose: Purpose::Issue,
        target: Target { folder: folder.join("out"), replace: false },
        threads: NonZeroUsize::MIN,
        now,
    }
}

/// Has every document of a folder with what it is made by.
pub(crate) fn each_document(folder: &Folder, mut have: impl FnMut(&Press, &Plan<'_>, &Document)) {
    let contest = Contest::load(&folder.path("")).unwrap();
    let press = Press::new(&contest).unwrap();
    let inputs = Inputs::open(&contest.sheet, &contest).unwrap();
    let printable = |character| press.fonts().covers(character);
    let roster = intake::read(&inputs, &contest, printable).value.roster;
    let (ledger, key) = (Ledger::default(), Key::generate());
    let continuation = Continuation { ledger: &ledger, mode: Mode::Issue { new: &[] } };
    let plan = Plan::new(&contest, &roster, continuation, Some(&key)).value;
    plan.documents.iter().for_each(|document| have(&press, &plan, document));
}

/// The program that is tried: the one that was built with the tests, or another
/// that the variable `ACCOLADE` names, such as one for another system.
pub(crate) fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        env::var("ACCOLADE").unwrap_or_else(|_| env!("CARGO_BIN_EXE_accolade").to_owned())
    })
}

/// Whether the program is one for Windows, tried by Wine.
pub(crate) fn by_wine() -> bool {
    let other = env::var_os("ACCOLADE").and_then(|path| fs::read_to_string(path).ok());
    other.is_some_and(|script| script.contains("wine"))
}

/// The permissions of a file that is its owner's alone. Wine shows as the group's
/// whatever the owner has.
pub(crate) fn owner_alone() -> u32 {
    if by_wine() { 0o770 } else { 0o600 }
}

/// Runs within this process.
pub(crate) fn run(
    folder: &Path,
    order: &Order,
    progress: impl FnMut(Step) -> ControlFlow<()>,
) -> Result<Account, Diagnostics> {
    let (folder, sheet) = accolade::Folder::open_with_sheet(folder, None)?;
    folder.run(&sheet, order, progress)
}

/// Reissues within this process; nobody is asked.
pub(crate) fn correct(
    folder: &Path,
    facts: &Facts,
    correction: &Correction,
    progress: impl FnMut(Step) -> ControlFlow<()>,
) -> Result<Reissued, Diagnostics> {
    let folder = accolade::Folder::open(folder)?;
    let proposal = folder.propose(facts, &[], correction.now)?;
    folder.apply(proposal, correction, progress)
}

/// What a package of few documents says of each.
pub(crate) fn entries(mut listed: Listed) -> Vec<ManifestEntry> {
    listed.entries().unwrap().collect::<Result<_, _>>().unwrap()
}

/// What a run is told that goes on whatever happens.
pub(crate) fn go() -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// What `check` makes of these sheets.
pub(crate) fn check(sheets: &[Sheet<'_>]) -> Ran {
    let folder = Folder::example();
    folder.workbook(sheets);
    folder.accolade("check", &["--format", "json"])
}

/// The codes of all errors.
pub(crate) fn codes(faults: &Diagnostics) -> Vec<&'static str> {
    let errors = faults.iter().filter(|fault| fault.severity() == Severity::Error);
    errors.map(|fault| fault.kind.code()).collect()
}

/// A contest folder of its own, copied from the example.
pub(crate) struct Folder {
    dir: TempDir,
}

/// What a command did.
pub(crate) struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Folder {
    /// The example contest with the example sheet of 45 projects.
    pub(crate) fn example() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        for file in ["contest.toml", "awards.xlsx"] {
            fs::copy(data.join(file), dir.path().join(file)).unwrap();
        }
        Self { dir }
    }

    /// The folder that `init` makes of one of its examples.
    pub(crate) fn of(example: &str) -> Self {
        let folder = Self { dir: tempfile::tempdir().unwrap() };
        folder.done("init", &["--example", example]);
        folder
    }

    /// The example contest with a sheet of its own: [`HEADER`] and `rows`.
    pub(crate) fn with_rows(rows: &[[&str; 6]]) -> Self {
        let folder = Self::example();
        folder.save(rows);
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Replaces text of a file, which must be there.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} holds no {from:?}");
        fs::write(self.path(name), text.replacen(from, to, 1)).unwrap();
    }

    /// Copies a built-in template into the folder, where it wins.
    pub(crate) fn own_template(&self, name: &str) {
        let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates").join(name);
        self.write(&format!("templates/{name}"), fs::read(built_in).unwrap());
    }

    /// Makes `awards.xlsx` of rows of text, the first at A1.
    pub(crate) fn sheet(&self, rows: &[&[&str]]) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("名单").unwrap();
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                // A format of its own keeps `=cmd` text.
                let format = Format::new().set_num_format("@");
                sheet.write_string_with_format(r as u32, c as u16, *text, &format).unwrap();
            }
        }
        workbook.save(self.path("awards.xlsx")).unwrap();
    }

    /// Makes `awards.xlsx` of [`HEADER`] and `rows`.
    pub(crate) fn save(&self, rows: &[[&str; 6]]) {
        let all: Vec<&[&str]> = std::iter::once(&HEADER).chain(rows).map(|row| &row[..]).collect();
        self.sheet(&all);
    }

    /// Makes `awards.xlsx` of several sheets.
    pub(crate) fn workbook(&self, sheets: &[Sheet<'_>]) {
        let mut workbook = Workbook::new();
        for (name, rows, merges) in sheets {
            let sheet = workbook.add_worksheet().set_name(*name).unwrap();
            let format = Format::new();
            for &[top, left, bottom, right] in *merges {
                sheet.merge_range(top, left as u16, bottom, right as u16, "", &format).unwrap();
            }
            for (r, row) in rows.iter().enumerate() {
                for (c, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                    sheet.write_string(r as u32, c as u16, *text).unwrap();
                }
            }
        }
        workbook.save(self.path("awards.xlsx")).unwrap();
    }

    /// Runs `accolade COMMAND` on this folder, with `arguments` after it.
    pub(crate) fn accolade(&self, command: &str, arguments: &[&str]) -> Ran {
        let mut all = vec![command, "."];
        all.extend(arguments);
        self.raw(&all)
    }

    /// Runs a command that must succeed.
    pub(crate) fn done(&self, command: &str, arguments: &[&str]) -> Ran {
        let ran = self.accolade(command, arguments);
        assert_eq!(ran.status, 0, "{command} {arguments:?}: {}", ran.stderr);
        ran
    }

    /// Runs `accolade` with these arguments alone, this folder being the
    /// working directory.
    pub(crate) fn raw(&self, arguments: &[&str]) -> Ran {
        self.within(&[], arguments)
    }

    /// The same where the environment says so.
    pub(crate) fn within(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Ran {
        let mut command = Command::new(program());
        for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(variable);
        }
        let Output { status, stdout, stderr } = command
            .args(arguments)
            .envs(environment.iter().copied())
            .current_dir(self.dir.path())
            .output()
            .unwrap();
        Ran {
            status: status.code().expect("not killed"),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Runs `accolade run`, which must succeed, and opens the package.
    pub(crate) fn package(&self, arguments: &[&str]) -> Package {
        let ran = self.accolade("run", &[arguments, &["--format", "json"]].concat());
        assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
        // A program for Windows may be tried on another system.
        let package = ran.json()["package"].as_str().unwrap().replace('\\', "/");
        Package::open(&self.path(&package))
    }

    /// The one package in `out/`.
    pub(crate) fn zip(&self) -> PathBuf {
        let mut files = self.out();
        assert_eq!(files.len(), 1, "{files:?}");
        files.remove(0)
    }

    /// Everything in `out/`.
    pub(crate) fn out(&self) -> Vec<PathBuf> {
        match fs::read_dir(self.path("out")) {
            Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
            Err(_) => Vec::new(),
        }
    }
}

impl Ran {
    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }

    /// `(code, cell)` of every diagnostic in the JSON of the given severity.
    pub(crate) fn found(&self, severity: &str) -> Vec<(String, String)> {
        let json = self.json();
        let diagnostics = json["diagnostics"].as_array().expect("diagnostics");
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic["severity"] == severity)
            .map(|diagnostic| (text(&diagnostic["code"]), text(&diagnostic["cell"])))
            .collect()
    }

    /// The code of every diagnostic in the JSON of the given severity.
    pub(crate) fn codes(&self, severity: &str) -> Vec<String> {
        self.found(severity).into_iter().map(|(code, _)| code).collect()
    }
}

/// The files of a zip with some of them changed or left out, packed anew.
pub(crate) fn repacked(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut file = old.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let Some(content) = change(&name, content) else { continue };
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

/// An opened package.
pub(crate) struct Package {
    zip: ZipArchive<Cursor<Vec<u8>>>,
}

impl Package {
    pub(crate) fn open(path: &Path) -> Self {
        Self { zip: ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap() }
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.zip.file_names().map(|name| name.unwrap().into_owned()).collect()
    }

    pub(crate) fn read(&mut self, name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.zip
            .by_name(name)
            .unwrap_or_else(|_| panic!("no {name}"))
            .read_to_end(&mut bytes)
            .unwrap();
        bytes
    }

    pub(crate) fn text(&mut self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    pub(crate) fn manifest(&mut self) -> Json {
        serde_json::from_slice(&self.read("manifest.json")).unwrap()
    }

    pub(crate) fn entry(&mut self, index: usize) -> zip::read::ZipFile<'_, Cursor<Vec<u8>>> {
        self.zip.by_index(index).unwrap()
    }

    pub(crate) fn len(&self) -> usize {
        self.zip.len()
    }

    /// The one document whose path holds `part`, parsed by another library
    /// than the one that wrote it.
    pub(crate) fn pdf(&mut self, part: &str) -> Pdf {
        let names: Vec<_> = self.names().into_iter().filter(|name| name.contains(part)).collect();
        assert_eq!(names.len(), 1, "{part}: {names:?}");
        Pdf(lopdf::Document::load_mem(&self.read(&names[0])).unwrap())
    }
}

/// A finished PDF.
pub(crate) struct Pdf(pub lopdf::Document);

impl Pdf {
    pub(crate) fn pages(&self) -> usize {
        self.0.get_pages().len()
    }

    /// The first page's width and height in millimetres.
    pub(crate) fn size(&self) -> [f32; 2] {
        let page = self.0.get_pages()[&1];
        let corners = self.0.get_dictionary(page).unwrap().get(b"MediaBox").unwrap();
        let corners: Vec<f32> =
            corners.as_array().unwrap().iter().map(|it| it.as_float().unwrap()).collect();
        [corners[2] - corners[0], corners[3] - corners[1]].map(|points| points / 72.0 * 25.4)
    }

    /// The text of all pages without blanks: where lines break does not matter.
    pub(crate) fn text(&self) -> String {
        let pages: Vec<u32> = self.0.get_pages().keys().copied().collect();
        let text = self.0.extract_text(&pages).unwrap();
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    pub(crate) fn shows(&self, text: &str) {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(self.text().contains(&bare), "{text:?} is not in {}", self.text());
    }
}
