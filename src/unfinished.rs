//! A file that gets its name when it is whole. Until then it stands beside its
//! place under a name of its own, locked by the process that writes it; what a
//! killed process has left is locked by nobody, and the next file that is begun
//! in the folder clears it. Public for the command and its page, which write
//! files of their own.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use tempfile::{Builder, NamedTempFile, PersistError};

#[cfg(windows)]
mod windows;

/// What the names of unfinished files begin with.
const PREFIX: &str = ".accolade-";

/// How many files of one name stand beside each other.
const BESIDE: usize = 1000;

/// How often another name is tried while others clear the folder.
const ATTEMPTS: usize = 64;

/// How many milliseconds to wait before each further attempt at a name that another program
/// holds: some six seconds in all.
const PAUSES: [u64; 7] = [50, 100, 200, 400, 800, 1600, 3200];

/// `ERROR_SHARING_VIOLATION`.
const SHARING: i32 = 32;

/// Whether Windows says that another program has a file open.
pub(crate) fn is_in_use(error: &io::Error) -> bool {
    /// The others are `ERROR_LOCK_VIOLATION` and `ERROR_USER_MAPPED_FILE`.
    const IN_USE: [i32; 3] = [SHARING, 33, 1224];
    cfg!(windows) && error.raw_os_error().is_some_and(|code| IN_USE.contains(&code))
}

/// Whether a file may get its name a moment later: where something that is open
/// stands there, Windows speaks of a permission.
fn may_pass(error: &io::Error) -> bool {
    let denied = cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied;
    denied || is_in_use(error)
}

/// Writes a file, in folders that are made if need be, in place of one that
/// stood there.
///
/// # Errors
/// It cannot be written; what stood there is untouched.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    written(path, bytes)?.persist(path)
}

/// Writes a file, in folders that are made if need be, where none stands.
///
/// # Errors
/// It cannot be written, or something stands there and is untouched.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    written(path, bytes)?.persist_new(path)
}

/// Writes a file under its name, or with ` (2)`, ` (3)` … before its ending where
/// others stand, unless one of them is the same to the byte. Returns the name.
///
/// # Errors
/// It cannot be written, or too many stand there.
pub(crate) fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    for nth in 1..=BESIDE {
        let name = match (nth, ending) {
            (1, _) => name.clone(),
            (nth, "") => format!("{stem} ({nth})"),
            (nth, ending) => format!("{stem} ({nth}).{ending}"),
        };
        let path = folder.join(&name);
        if !path.exists() {
            return write_new(&path, bytes).map(|()| name);
        }
        if fs::read(&path).is_ok_and(|known| known == bytes) {
            return Ok(name);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// One name of a file that every system takes, of whatever was said.
pub(crate) fn file_name(said: &str) -> String {
    let last = said.rsplit(['/', '\\']).next().unwrap_or_default();
    let safe = |c: char| match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
        c if c.is_control() => '_',
        c => c,
    };
    let name: String = last.chars().map(safe).collect();
    let name = name.trim_matches(['.', ' ', '~']).to_owned();
    let stem = name.split('.').next().unwrap_or_default().to_uppercase();
    let device = ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || stem.chars().count() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT"));
    if name.is_empty() || device { format!("_{name}") } else { name }
}

/// Whether this is one name of a file that every system takes.
pub fn is_file_name(name: &str) -> bool {
    file_name(name) == name
}

/// Writes a file that only its owner can read, in folders that are made if need
/// be, in place of one that stood there.
///
/// # Errors
/// It cannot be written; what stood there is untouched.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = Unfinished::create_private(folder)?;
    file.write_all(bytes)?;
    file.persist(path)
}

/// Writes a file in place of one that stands there, with its permissions.
///
/// # Errors
/// It cannot be written, or nothing stands there; what stood there is untouched.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let permissions = fs::metadata(path)?.permissions();
    let file = written(path, bytes)?;
    file.as_file().set_permissions(permissions)?;
    file.persist(path)
}

/// A whole file beside its place, still without its name.
fn written(path: &Path, bytes: &[u8]) -> io::Result<Unfinished> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = Unfinished::create(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A file without its name, which goes when it is dropped.
pub(crate) struct Unfinished(NamedTempFile);

impl Unfinished {
    /// Begins a file that will be as readable as any other new file.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub(crate) fn create(folder: &Path) -> io::Result<Self> {
        Self::with_mode(folder, 0o666)
    }

    /// Begins a file that only its owner can read, where the file system keeps
    /// users apart; on a share without a right to say so, its own rules hold.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub(crate) fn create_private(folder: &Path) -> io::Result<Self> {
        let file = Self::with_mode(folder, 0o600)?;
        #[cfg(windows)]
        let _ = windows::make_private(file.0.path());
        Ok(file)
    }

    #[cfg_attr(not(unix), expect(unused_variables, reason = "files have modes on Unix"))]
    fn with_mode(folder: &Path, mode: u32) -> io::Result<Self> {
        clear(folder);
        let mut builder = Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
        for _ in 0..ATTEMPTS {
            let file = builder.tempfile_in(folder)?;
            match file.as_file().try_lock() {
                // Another process is just clearing it, or was faster than the lock.
                Err(fs::TryLockError::WouldBlock) => {}
                Ok(()) if !file.path().exists() => {}
                // Where there are no locks nobody takes it for left behind either.
                Ok(()) | Err(fs::TryLockError::Error(_)) => return Ok(Self(file)),
            }
        }
        Err(io::Error::other("files in this folder are removed as soon as they are made"))
    }

    /// The file itself.
    pub(crate) fn as_file(&self) -> &File {
        self.0.as_file()
    }

    /// Gives the file its name, in place of what stood there.
    ///
    /// # Errors
    /// What stands there cannot be replaced.
    pub(crate) fn persist(self, path: &Path) -> io::Result<()> {
        again_while_held(self.0, |file| file.persist(path)).map_err(|error| told(error, path))
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Something stands there.
    pub(crate) fn persist_new(self, path: &Path) -> io::Result<()> {
        again_while_held(self.0, |file| file.persist_noclobber(path))
    }
}

/// Gives a file its name, again and again for a while if another program holds
/// it or what stood there: on Windows nothing is renamed that an antivirus, a
/// cloud drive's client or a reader has open.
fn again_while_held(
    mut file: NamedTempFile,
    persist: impl Fn(NamedTempFile) -> Result<File, PersistError>,
) -> io::Result<()> {
    for milliseconds in PAUSES {
        match persist(file) {
            Ok(_) => return Ok(()),
            Err(failed) if may_pass(&failed.error) => file = failed.file,
            Err(failed) => return Err(failed.error),
        }
        thread::sleep(Duration::from_millis(milliseconds));
    }
    persist(file).map(drop).map_err(|failed| failed.error)
}

/// The error of Windows that says what is so: it speaks of a permission where the
/// file that stands there is open.
fn told(error: io::Error, path: &Path) -> io::Error {
    let writable = |path: &Path| fs::metadata(path).is_ok_and(|it| !it.permissions().readonly());
    if may_pass(&error) && writable(path) { io::Error::from_raw_os_error(SHARING) } else { error }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Seek for Unfinished {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

/// Removes every unfinished file that no process owns any more. One that cannot
/// be locked, for whatever reason, is left alone.
fn clear(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let named_so = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        if !named_so || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        // Some file systems lock only what may be written to.
        let file = File::options().read(true).write(true).open(entry.path());
        if let Ok(file) = file
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_nobody_owns_is_cleared_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        for name in [".accolade-left", ".accolade", ".tmp1", "结果.zip"] {
            fs::write(path.join(name), "x").unwrap();
        }
        fs::create_dir(path.join(".accolade-folder")).unwrap();
        let mut first = Unfinished::create(path).unwrap();
        let second = Unfinished::create(path).unwrap();
        first.write_all(b"whole").unwrap();
        assert_eq!(names(path).len(), 4 + 2, "{:?}", names(path));
        first.persist(&path.join("结果.zip")).unwrap();
        assert_eq!(fs::read(path.join("结果.zip")).unwrap(), b"whole");
        let error = second.persist_new(&path.join("结果.zip")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(names(path), [".accolade", ".accolade-folder", ".tmp1", "结果.zip"]);
    }

    #[test]
    fn files_begun_together_are_all_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || {
                    for file in 0..50 {
                        let mut unfinished = Unfinished::create(path).unwrap();
                        unfinished.write_all(b"x").unwrap();
                        unfinished.persist(&path.join(format!("{thread}-{file}"))).unwrap();
                    }
                });
            }
        });
        assert_eq!(names(path).len(), 200);
    }

    #[test]
    fn a_name_from_outside_is_one_name() {
        for (said, name) in [
            ("a/b/名单.xlsx", "名单.xlsx"),
            ("..", "_"),
            ("", "_"),
            ("con.xlsx", "_con.xlsx"),
            ("COM1", "_COM1"),
            ("a:b*c?.xls", "a_b_c_.xls"),
            ("2027年大赛", "2027年大赛"),
        ] {
            assert_eq!(file_name(said), name, "{said}");
            assert!(is_file_name(name), "{name}");
        }
    }
}
