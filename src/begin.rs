//! A contest folder begun: from a built-in example, or from last year's. Nothing
//! is ever overwritten.

use std::fs;
use std::path::{Path, PathBuf};

use crate::attest::{self, Key};
use crate::contest;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::lang::Lang;
use crate::template::{self, Templates};
use crate::unfinished;

/// A contest to begin with.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// Its name, by which it is chosen.
    pub name: &'static str,
    zh: &'static str,
    en: &'static str,
    contest: &'static [u8],
    sheet: &'static [u8],
}

/// An example by its name, its folder under `data/`, and what it is.
///
/// Its two files alone are embedded: who tries it in the source has the
/// register and the key beside them.
macro_rules! example {
    ($name:literal, $folder:literal, $zh:literal, $en:literal) => {
        Example {
            name: $name,
            zh: $zh,
            en: $en,
            contest: include_bytes!(concat!("../data/", $folder, "contest.toml")),
            sheet: include_bytes!(concat!("../data/", $folder, "awards.xlsx")),
        }
    };
}

/// From the least to the whole.
pub const EXAMPLES: [Example; 7] = [
    example!(
        "least",
        "examples/least/",
        "只有姓名和奖项",
        "names and awards, nothing else (in Chinese)"
    ),
    example!(
        "school",
        "examples/school/",
        "学校奖状：班级、学号，自己写正文",
        "a school's certificates, in words of its own (in Chinese)"
    ),
    example!(
        "sports",
        "examples/sports/",
        "运动会：项目、名次、成绩，接力队",
        "a sports meeting: events, times, relay teams (in Chinese)"
    ),
    example!(
        "programming",
        "examples/programming/",
        "程序设计竞赛：队伍证书，指导教师另有证书",
        "a programming contest: teams, and their teachers (in Chinese)"
    ),
    example!(
        "science-fair",
        "examples/science-fair/",
        "英文：科学展，学生和指导教师的证书",
        "a science fair: students and their advisors"
    ),
    example!(
        "course",
        "examples/course/",
        "英文：培训结业证书，学时和日期",
        "a training course: hours and a date"
    ),
    example!(
        "full",
        "",
        "市级大赛：证书、推荐函、公示、通知、签收表、印刷",
        "a city's contest with official documents, lists and print volumes (in Chinese)"
    ),
];

impl Example {
    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        EXAMPLES.into_iter().find(|example| example.name == name)
    }

    /// The one for a reader who names none.
    pub fn of(lang: Lang) -> Self {
        Self::named(lang.pick("full", "science-fair")).expect("it is one of them")
    }

    /// What it is.
    pub fn about(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

/// What must not be handed on with the contest folder.
const IGNORED: &str = "signing.key\nregister.db*\nout/\n";

/// A folder that was begun.
#[derive(Debug)]
pub struct Begun {
    /// Every file that was written.
    pub files: Vec<PathBuf>,
    /// How many lines of `contest.toml` are yet to be decided.
    pub undecided: usize,
}

/// A contest that lies beside others.
#[derive(Debug, Clone)]
pub struct Beside {
    /// The name of its folder.
    pub folder: String,
    /// The contest's name, as far as its `contest.toml` tells.
    pub name: String,
}

/// How many folders are looked into for contests.
const MOST_FOLDERS: usize = 1000;

/// The contests in a folder, by the names of their own.
pub fn contests(place: &Path) -> Vec<Beside> {
    let name = |path: &Path| -> Option<String> {
        let text = fs::read_to_string(path.join(contest::FILE)).ok()?;
        let table = text.parse::<toml::Table>().unwrap_or_default();
        let name = table.get("contest").and_then(|it| it.get("name")?.as_str());
        Some(name.unwrap_or_default().to_owned())
    };
    let entries = fs::read_dir(place).into_iter().flatten().flatten().take(MOST_FOLDERS);
    let found = entries.filter_map(|entry| {
        let folder = entry.file_name().to_str()?.to_owned();
        Some(Beside { name: name(&entry.path())?, folder })
    });
    let mut found: Vec<Beside> = found.collect();
    found.sort_by(|a, b| a.folder.cmp(&b.folder));
    found
}

/// Makes a contest folder with an example to edit and a key of its own, and with
/// the built-in templates if they are to be changed.
///
/// ```
/// use accolade::begin::{self, Example};
/// use accolade::{Folder, Lang};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let place = tempfile::tempdir()?;
/// # let next = place.path().join("next");
/// assert!(begin::EXAMPLES.iter().any(|example| example.name == "least"));
/// let begun = begin::from_example(&next, &Example::of(Lang::En), false)?;
/// assert!(begun.files.contains(&next.join("contest.toml")));
/// assert_eq!(Folder::open(&next)?.contest().language.tag, "en");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// One of the files stands there already, or cannot be written.
pub fn from_example(
    folder: &Path,
    example: &Example,
    with_templates: bool,
) -> Result<Begun, Diagnostics> {
    let mut files = vec![
        (folder.join(contest::FILE), example.contest),
        (folder.join("awards.xlsx"), example.sheet),
        (folder.join(".gitignore"), IGNORED.as_bytes()),
    ];
    let templates = Templates::built_in();
    if with_templates {
        let folder = folder.join(template::FOLDER);
        files.extend(templates.files().map(|(path, bytes)| (folder.join(path), &bytes[..])));
    }
    if folder.is_file() {
        let fault = Diagnostic::new(fault::Environment::NotAFolder);
        return Err(fault.at(Place::File(folder.to_owned())).into());
    }
    let files = written(folder, files, || Ok(Key::generate()))?;
    Ok(Begun { files, undecided: 0 })
}

/// Begins the next contest in `folder` with what the one in `old` has: its
/// `contest.toml` with a mark wherever something is to be decided anew, its
/// templates, fonts, pictures and key, but neither its sheet nor its register.
///
/// # Errors
/// The old `contest.toml` is no TOML, a file of the old folder cannot be read,
/// or one of the new stands there already or cannot be written.
pub fn from_last(old: &Path, folder: &Path) -> Result<Begun, Diagnostics> {
    let path = old.join(contest::FILE);
    let text = fs::read_to_string(&path).map_err(|error| Diagnostic::cannot_read(&path, &error))?;
    let text = contest::next(&text)?;
    let undecided = text.lines().filter(|line| line.contains("\"?")).count();
    let mut files = vec![
        (folder.join(contest::FILE), text.into_bytes()),
        (folder.join(".gitignore"), IGNORED.as_bytes().to_vec()),
    ];
    for name in [template::FOLDER, "fonts", template::PICTURES] {
        add_files(&old.join(name), &folder.join(name), &mut files)?;
    }
    let key = || Ok(Key::load(old)?.unwrap_or_else(Key::generate));
    let files = written(folder, files, key)?;
    Ok(Begun { files, undecided })
}

/// Writes the files, and a key where there is none yet.
fn written<B: AsRef<[u8]>>(
    folder: &Path,
    files: Vec<(PathBuf, B)>,
    key: impl FnOnce() -> Result<Key, Diagnostics>,
) -> Result<Vec<PathBuf>, Diagnostics> {
    refuse_existing(&files)?;
    let new_key = Key::load(folder)?.is_none();
    if new_key {
        fs::create_dir_all(folder).map_err(|error| Diagnostic::cannot_write(folder, &error))?;
        key()?.save(folder)?;
    }
    // A folder with its contest.toml is a contest: that comes when all else is there.
    let (last, first): (Vec<_>, Vec<_>) =
        files.iter().partition(|(path, _)| path.ends_with(contest::FILE));
    for (path, bytes) in first.into_iter().chain(last) {
        unfinished::write(path, bytes.as_ref())
            .map_err(|error| Diagnostic::cannot_write(path, &error))?;
    }
    let mut files: Vec<_> = files.into_iter().map(|(path, _)| path).collect();
    if new_key {
        files.push(folder.join(attest::key::FILE));
    }
    Ok(files)
}

/// The files of a folder and those below it, and where they go; none if it is
/// not there.
fn add_files(
    from: &Path,
    to: &Path,
    files: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<(), Diagnostics> {
    if !from.is_dir() {
        return Ok(());
    }
    let entries = fs::read_dir(from).map_err(|error| Diagnostic::cannot_read(from, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Diagnostic::cannot_read(from, &error))?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        // A link to a folder is not followed: it might lead back here.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            add_files(&from, &to, files)?;
        } else {
            let bytes = fs::read(&from).map_err(|error| Diagnostic::cannot_read(&from, &error))?;
            files.push((to, bytes));
        }
    }
    Ok(())
}

/// Nothing is ever overwritten.
fn refuse_existing<B>(files: &[(PathBuf, B)]) -> Result<(), Diagnostics> {
    let mut faults = Diagnostics::default();
    for (path, _) in files.iter().filter(|(path, _)| path.exists()) {
        faults
            .push(Diagnostic::new(fault::Environment::ContestExists).at(Place::File(path.clone())));
    }
    if faults.has_errors() { Err(faults) } else { Ok(()) }
}
