//! The templates of a contest: the built-in ones, and over them those of the
//! contest's folder, where a file takes the place of the built-in one of its
//! name; and the pictures they show.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::unfinished;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The folder of a contest's own templates.
pub const FOLDER: &str = "templates";

/// The folder of a contest's pictures, which templates find under this name.
pub const PICTURES: &str = "images";

/// Every file of the templates, by its path under `templates/` with `/` on
/// every system.
#[derive(Clone)]
pub struct Templates(BTreeMap<String, File>);

#[derive(Clone)]
struct File {
    bytes: Arc<[u8]>,
    /// Whether the contest's folder has it.
    own: bool,
}

impl Templates {
    /// The built-in ones alone.
    pub fn built_in() -> Self {
        let mut templates = Self(BTreeMap::new());
        templates.add_built_in(&BUILT_IN);
        templates
    }

    /// Those of a contest.
    ///
    /// # Errors
    /// A file of its folder that cannot be read.
    pub(crate) fn load(contest_folder: &Path) -> Result<Self, Diagnostics> {
        let mut templates = Self::built_in();
        templates.add_folder(&contest_folder.join(PICTURES), &format!("{PICTURES}/"))?;
        templates.add_folder(&contest_folder.join(FOLDER), "")?;
        Ok(templates)
    }

    fn add_built_in(&mut self, folder: &Dir<'_>) {
        for file in folder.files() {
            let parts = file.path().components();
            let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
            let bytes = file.contents().into();
            self.0.insert(parts.join("/"), File { bytes, own: false });
        }
        for folder in folder.dirs() {
            self.add_built_in(folder);
        }
    }

    /// Adds a folder of the contest's templates; one that is not there is an
    /// empty one.
    fn add_folder(&mut self, folder: &Path, prefix: &str) -> Result<(), Diagnostics> {
        if !folder.exists() {
            return Ok(());
        }
        let entries =
            fs::read_dir(folder).map_err(|error| Diagnostic::cannot_read(folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Diagnostic::cannot_read(folder, &error))?;
            let path = entry.path();
            // A link to a folder is not followed: it might lead back here.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{prefix}{name}");
            // No template can name it.
            if name.contains('\\') {
                continue;
            }
            if is_folder {
                self.add_folder(&path, &format!("{name}/"))?;
            } else {
                let bytes =
                    fs::read(&path).map_err(|error| Diagnostic::cannot_read(&path, &error))?;
                self.0.insert(name, File { bytes: bytes.into(), own: true });
            }
        }
        Ok(())
    }

    /// The files in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.0.iter().map(|(path, file)| (path.as_str(), &file.bytes))
    }

    /// The text of a file; `None` if it is not there or no text.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        str::from_utf8(&self.0.get(path)?.bytes).ok()
    }

    /// Whether the contest's folder has a file.
    pub(crate) fn is_own(&self, path: &str) -> bool {
        self.0.get(path).is_some_and(|file| file.own)
    }
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Puts a picture among those of a contest folder. Returns the name it got: what
/// stands there under its own is kept.
///
/// # Errors
/// It is neither PNG, JPEG nor SVG, or the folder cannot be written to.
pub fn put_picture(folder: &Path, name: &str, bytes: &[u8]) -> Result<String, Diagnostics> {
    let name = unfinished::file_name(name);
    let is_svg = || {
        let text = std::str::from_utf8(bytes).unwrap_or_default().trim_start_matches('\u{FEFF}');
        text.trim_start().starts_with('<') && text.contains("<svg")
    };
    let ending = match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xFF, 0xD8, 0xFF, ..] => "jpg",
        _ if is_svg() => "svg",
        _ => {
            let fault = Diagnostic::new(fault::Environment::NotAPicture);
            return Err(fault.at(Place::File(name.into())).into());
        }
    };
    // By its content, as templates go by the name.
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let path = folder.join(PICTURES).join(format!("{stem}.{ending}"));
    unfinished::write_beside(&path, bytes)
        .map_err(|error| Diagnostic::cannot_write(&path, &error).into())
}
