//! A start without a command line: by a double click on the program, or by a
//! folder or a sheet dropped on it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use accolade::{begin, contest};

use super::report::Reporter;

/// The folder to open, if nothing was typed; of what was dropped on the program
/// the system gives the whole path.
pub(super) fn opened(arguments: &[OsString]) -> Option<PathBuf> {
    match arguments {
        [] | [_] => Some(kept_contests().unwrap_or_else(|| PathBuf::from("."))),
        [_, dropped] => {
            let path = Path::new(dropped);
            let whole = path.is_absolute() && path.exists();
            let folder = if path.is_dir() { Some(path) } else { path.parent() };
            folder.filter(|_| whole).map(Path::to_owned)
        }
        _ => None,
    }
}

/// Where contests are kept that nobody chose a folder for. A double click begins in
/// the program's own folder, which goes when the next version comes, or, for a
/// program that is still in its zip, at the next restart; a menu begins where
/// nothing should be strewn about. Whoever has contests beside the program or
/// stands in another folder stays there.
fn kept_contests() -> Option<PathBuf> {
    let here = dunce::canonicalize(".").ok()?;
    let program = dunce::canonicalize(env::current_exe().ok()?).ok()?;
    let home = env::home_dir()?;
    let by_menu = here == home && !io::stdout().is_terminal();
    let beside_program = program.parent() == Some(&here);
    let begun = here.join(contest::FILE).exists() || !begin::contests(&here).is_empty();
    if begun || !(by_menu || beside_program) {
        return None;
    }
    let folder = documents(home).join("accolade");
    fs::create_dir_all(&folder).ok()?;
    Some(folder)
}

#[cfg(windows)]
fn documents(home: PathBuf) -> PathBuf {
    use known_folders::{KnownFolder, get_known_folder_path};
    get_known_folder_path(KnownFolder::Documents).unwrap_or(home)
}

#[cfg(not(windows))]
fn documents(home: PathBuf) -> PathBuf {
    home
}

/// Keeps the window open that Windows made for the program, so that what went
/// wrong can be read.
pub(super) fn kept(status: ExitCode, reporter: &Reporter) -> ExitCode {
    if cfg!(windows) && status != ExitCode::SUCCESS && io::stdin().is_terminal() {
        reporter
            .aside(reporter.lang.pick("按回车键关闭窗口\n", "Press Enter to close this window\n"));
        let _ = io::stdin().read_line(&mut String::new());
    }
    status
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&Path]) -> Option<PathBuf> {
        let arguments: Vec<_> = arguments.iter().map(|it| it.as_os_str().to_owned()).collect();
        opened(&arguments)
    }

    #[test]
    fn what_is_dropped_on_the_program_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        let sheet = folder.path().join("名单.xlsx");
        fs::write(&sheet, "x").unwrap();
        let program = Path::new("accolade");
        assert_eq!(of(&[program]), Some(PathBuf::from(".")));
        assert_eq!(of(&[program, folder.path()]).as_deref(), Some(folder.path()));
        assert_eq!(of(&[program, &sheet]).as_deref(), Some(folder.path()));
        assert_eq!(of(&[program, &folder.path().join("none")]), None);
        assert_eq!(of(&[program, Path::new("src")]), None, "that would be a command");
        assert_eq!(of(&[program, folder.path(), &sheet]), None);
    }
}
