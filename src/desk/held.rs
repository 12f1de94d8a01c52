//! What the owner knows of the folder. The folder is the truth: whatever was read
//! of it is read again once its files have changed, whoever changed them.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use accolade::Folder;
use accolade::Lang;
use accolade::cell::CellRef;
use accolade::contest::{self, Contest};
use accolade::fault::{self, Class, Diagnostics};
use accolade::folder::Step;
use accolade::folder::{Checked, Previewed};
use accolade::intake::{Inputs, corrections};
use accolade::{register, template};
use axum::Json;
use serde_json::{Value, json};

use super::answer::Found;
use super::drawn::{Drawn, Shown};
use super::events::Events;
use super::history::History;
use super::making::{Made, Making};
use super::owner::Owner;
use super::proposals::Proposals;
use super::stamp::Stamp;

/// A sheet that was read and proved.
pub(super) struct Proved {
    pub folder: Arc<Folder>,
    pub inputs: Arc<Inputs>,
    pub checked: Checked,
}

/// What was made of some files, as long as they are what they were.
struct Kept<T, S = Stamp> {
    stamp: S,
    made: Result<Arc<T>, Diagnostics>,
}

/// The folder, and what goes on in it.
pub(super) struct Held {
    /// Where it is.
    pub path: PathBuf,
    /// Which rows somebody said are new winners.
    pub new: Vec<CellRef>,
    /// The file in which they are.
    new_in: String,
    /// What was mended since the program began.
    pub history: History,
    /// What is being made.
    pub making: Making,
    /// The documents that were drawn last.
    pub drawn: Drawn,
    /// What was proposed lately.
    pub proposals: Proposals,
    /// Tells every page what has changed.
    pub events: Events,
    /// The way to send work back to the thread that holds this.
    pub owner: Owner<Self>,
    /// Goes up whenever anything has changed.
    pub version: u64,
    home: PathBuf,
    folder: Option<Kept<Folder>>,
    inputs: Option<Kept<Inputs>>,
    proved: Option<Kept<Proved, (Stamp, Stamp)>>,
}

impl Held {
    /// A folder that was not looked at yet.
    pub(super) fn new(path: PathBuf, events: Events, owner: Owner<Self>) -> Self {
        let path = dunce::canonicalize(&path).unwrap_or(path);
        let begun = path.join(contest::FILE).exists();
        let around = path.parent().filter(|_| begun).map(Path::to_owned);
        Self {
            home: around.unwrap_or_else(|| path.clone()),
            path,
            new: Vec::new(),
            new_in: String::new(),
            history: History::default(),
            making: Making::default(),
            drawn: Drawn::default(),
            proposals: Proposals::default(),
            events,
            owner,
            version: 1,
            folder: None,
            inputs: None,
            proved: None,
        }
    }

    /// Where contests lie beside each other: around this one, or here while there
    /// is none.
    pub(super) fn home(&self) -> &Path {
        &self.home
    }

    /// Goes on in another folder.
    pub(super) fn move_to(&mut self, path: PathBuf) {
        let (events, owner, version) = (self.events.clone(), self.owner.clone(), self.version);
        *self = Self { version, ..Self::new(path, events, owner) };
        self.changed();
    }

    /// Tells every page to look again.
    pub(super) fn changed(&mut self) {
        self.version += 1;
        self.events.tell(&json!({ "event": "changed", "version": self.version }));
    }

    /// Notices what has changed in the folder since it was read.
    pub(super) fn look(&mut self) {
        let stale = self.forget_stale();
        if stale {
            self.changed();
        }
    }

    /// While documents are made, their register is locked and what they are made of
    /// is what it was when they were begun.
    fn forget_stale(&mut self) -> bool {
        if self.making.is_busy() {
            return false;
        }
        let of_folder = self.folder.as_ref().map(|kept| kept.stamp != folder_stamp(&self.path));
        let folder = self.folder.as_ref().and_then(|kept| kept.made.as_ref().ok());
        let contest = folder.map(|folder| folder.contest());
        let of_sheet = self.inputs.as_ref().zip(contest);
        let of_sheet = of_sheet.is_some_and(|(kept, contest)| kept.stamp != sheet_stamp(contest));
        let of_proof = self.proved.as_ref().zip(contest);
        let of_proof = of_proof.is_some_and(|(kept, contest)| kept.stamp != proof_stamp(contest));
        if of_folder == Some(true) {
            self.forget();
        } else if of_sheet {
            (self.inputs, self.proved) = (None, None);
        } else if of_proof {
            self.proved = None;
        }
        of_folder == Some(true) || of_sheet || of_proof
    }

    /// The contest with its fonts and templates.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn folder(&mut self) -> Result<Arc<Folder>, Diagnostics> {
        self.look();
        let path = &self.path;
        let kept = self.folder.get_or_insert_with(|| {
            // Taken before it is read: what changes meanwhile is noticed.
            let stamp = folder_stamp(path);
            Kept { stamp, made: Folder::open(path).map(Arc::new) }
        });
        kept.made.clone()
    }

    /// The sheet as it is.
    ///
    /// # Errors
    /// The contest is unsound, or the sheet cannot be read.
    fn inputs(&mut self) -> Result<(Arc<Folder>, Arc<Inputs>), Diagnostics> {
        let folder = self.folder()?;
        if self.may_pass() {
            (self.inputs, self.proved) = (None, None);
        }
        let contest = folder.contest();
        let kept = self.inputs.get_or_insert_with(|| {
            // Taken before it is read: what changes meanwhile is noticed.
            let stamp = sheet_stamp(contest);
            Kept { stamp, made: Inputs::open(&contest.sheet, contest).map(Arc::new) }
        });
        let inputs = kept.made.clone()?;
        // Said of the rows of another file: somebody else may stand there now.
        if self.new_in != inputs.digest() {
            self.new.clear();
            inputs.digest().clone_into(&mut self.new_in);
        }
        Ok((folder, inputs))
    }

    /// The sheet, read and proved.
    ///
    /// # Errors
    /// The contest is unsound, or the sheet or the register cannot be read.
    pub(super) fn proved(&mut self) -> Result<Arc<Proved>, Diagnostics> {
        let (folder, inputs) = self.inputs()?;
        if let Some(kept) = &self.proved {
            return kept.made.clone();
        }
        // Taken before anything is read: what changes meanwhile is noticed.
        let stamp = proof_stamp(folder.contest());
        let checked = folder.check(&inputs, &self.new);
        let made = checked.map(|checked| Arc::new(Proved { folder, inputs, checked }));
        self.proved = Some(Kept { stamp, made: made.clone() });
        made
    }

    /// Whether what keeps the sheet from being proved may pass by itself, as when
    /// another program has the register.
    pub(super) fn may_pass(&self) -> bool {
        let unread = self.inputs.as_ref().and_then(|kept| kept.made.as_ref().err());
        let unproved = self.proved.as_ref().and_then(|kept| kept.made.as_ref().err());
        unread.or(unproved).is_some_and(|faults| faults.class() == Class::Transient)
    }

    /// Begins to make something, which `what` describes.
    ///
    /// # Errors
    /// Something is being made already.
    pub(super) fn begin(
        &mut self,
        what: Value,
        lang: Lang,
        work: impl FnOnce(&mut dyn FnMut(Step) -> ControlFlow<()>) -> Result<Made, Diagnostics>
        + Send
        + 'static,
    ) -> Found {
        self.making.refuse_busy(lang)?;
        let owner = self.owner.clone();
        self.making.begin(what, self.events.clone(), work, move |seconds, outcome| {
            owner.tell(move |held| {
                held.making.end(seconds, outcome);
                held.forget_proof();
                held.changed();
            });
        });
        self.changed();
        Ok(Json(self.making.shown(lang)))
    }

    /// A document of the sheet as it is now, which need not be proved for that: who
    /// changes a setting waits for its page.
    ///
    /// # Errors
    /// There is none at that path, or it cannot be laid out at all.
    pub(super) fn drawn(
        &mut self,
        path: &str,
        pixels_per_inch: f64,
        lang: Lang,
    ) -> Result<Arc<Previewed>, Diagnostics> {
        let (folder, inputs) = self.inputs()?;
        let shown = Shown { version: self.version, path: path.to_owned(), pixels_per_inch, lang };
        self.drawn.of(shown, |look| {
            let preview = folder.preview(&inputs, look)?.value;
            let document = preview.documents.into_iter().find(|document| document.path == path);
            document.ok_or_else(|| {
                let which = path.to_owned();
                fault::Environment::NothingMatches { which }.into()
            })
        })
    }

    /// Has everything read anew.
    pub(super) fn forget(&mut self) {
        (self.folder, self.inputs, self.proved) = (None, None, None);
    }

    /// Has the sheet proved anew.
    pub(super) fn forget_proof(&mut self) {
        self.proved = None;
    }
}

/// Of what a contest is opened from.
fn folder_stamp(path: &Path) -> Stamp {
    let names = [contest::FILE, template::FOLDER, "fonts", template::PICTURES];
    let paths = names.map(|name| path.join(name));
    Stamp::of(paths.iter().map(PathBuf::as_path))
}

/// Of what a sheet is read from.
fn sheet_stamp(contest: &Contest) -> Stamp {
    let corrections = contest.folder.join(corrections::CORRECTIONS);
    let lists = contest.rules.exclusions.iter().map(|list| list.file.as_path());
    Stamp::of([corrections.as_path(), contest.sheet.as_path()].into_iter().chain(lists))
}

/// Of what a sheet is proved with.
fn proof_stamp(contest: &Contest) -> (Stamp, Stamp) {
    let register = contest.folder.join(register::FILE);
    (sheet_stamp(contest), Stamp::of(std::iter::once(register.as_path())))
}
