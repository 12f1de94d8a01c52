//! The one thread that touches the contest folder: whoever wants something of it
//! sends it work, and waits without holding up anybody else.

use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use accolade::Folder;
use accolade::fault::Diagnostics;
use accolade::fault::wording::Lang;
use accolade::folder::Checked;
use accolade::intake::Inputs;
use tokio::sync::oneshot;

/// A contest folder, as far as it could be opened.
pub(super) struct Held {
    pub path: PathBuf,
    pub lang: Lang,
    pub checked: Option<Result<(Folder, Inputs, Checked), Diagnostics>>,
}

type Work = Box<dyn FnOnce(&mut Held) + Send>;

/// Where work is sent.
pub(super) struct Owner(Sender<Work>);

impl Owner {
    /// Starts the thread.
    pub(super) fn start(path: PathBuf, lang: Lang) -> Self {
        let (sender, work) = channel::<Work>();
        thread::spawn(move || {
            let mut held = Held { path, lang, checked: None };
            for work in work {
                work(&mut held);
            }
        });
        Self(sender)
    }

    /// What `ask` makes of the folder; `None` if the thread is gone.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Held) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        let work = Box::new(move |held: &mut Held| {
            // Whoever asked may have gone away.
            let _ = answer.send(ask(held));
        });
        self.0.send(work).ok()?;
        answered.await.ok()
    }
}

impl Held {
    /// The folder and its sheet, read and checked anew if anything was changed.
    pub(super) fn checked(&mut self) -> &Result<(Folder, Inputs, Checked), Diagnostics> {
        let path = &self.path;
        self.checked.get_or_insert_with(|| {
            let (folder, sheet) = Folder::open_with_sheet(path, None)?;
            let checked = folder.check(&sheet)?;
            Ok((folder, sheet, checked))
        })
    }
}
