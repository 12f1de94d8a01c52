//! A start without a command line: by a double click on the program, or by a
//! folder or a sheet dropped on it.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use accolade::fault::wording::Lang;

use super::report::Reporter;

/// The folder to open, if nothing was typed: the working directory, or what was
/// dropped on the program, of which the system gives the whole path.
pub(super) fn opened(arguments: &[OsString]) -> Option<PathBuf> {
    match arguments {
        [] | [_] => Some(PathBuf::from(".")),
        [_, dropped] => {
            let path = Path::new(dropped);
            let whole = path.is_absolute() && path.exists();
            let folder = if path.is_dir() { Some(path) } else { path.parent() };
            folder.filter(|_| whole).map(Path::to_owned)
        }
        _ => None,
    }
}

/// Why the program had better not start: Windows opens a program within a zip
/// from a folder that it empties later.
pub(super) fn refused(lang: Lang) -> Option<&'static str> {
    let temporary = || env::current_exe().ok()?.starts_with(env::temp_dir()).then_some(());
    (cfg!(windows) && temporary().is_some()).then(|| {
        lang.pick(
            "程序还在压缩包里，做好的文件会随临时文件夹一起被清掉。\n请先解压：在压缩包上点右键，选“全部解压缩”（或“解压到…”），再双击解压出来的 accolade\n",
            "The program is still within its zip: whatever it makes would go with the temporary folder.\nExtract the zip first, and start the program from there\n",
        )
    })
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
        std::fs::write(&sheet, "x").unwrap();
        let program = Path::new("accolade");
        assert_eq!(of(&[program]), Some(PathBuf::from(".")));
        assert_eq!(of(&[program, folder.path()]).as_deref(), Some(folder.path()));
        assert_eq!(of(&[program, &sheet]).as_deref(), Some(folder.path()));
        assert_eq!(of(&[program, &folder.path().join("none")]), None);
        assert_eq!(of(&[program, Path::new("src")]), None, "that would be a command");
        assert_eq!(of(&[program, folder.path(), &sheet]), None);
    }
}
