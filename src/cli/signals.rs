//! Whoever asks the process to end: Ctrl-C, a closed terminal or window, the
//! system.

use std::future::pending;
use std::io;
use std::sync::mpsc;
use std::thread;

use tokio::runtime::{Builder, Runtime};

/// Keeps the process from ending at once and calls `asked`, each time, instead.
///
/// Where Windows closes the console's window, it leaves the process five seconds:
/// whoever is asked must end by then.
///
/// # Errors
/// The system does not let us wait: the process ends at once, as ever.
pub(super) fn watch(asked: impl Fn() + Clone + Send + 'static) -> io::Result<()> {
    let (told, begun) = mpsc::channel();
    thread::Builder::new().name("signals".into()).spawn(move || {
        let runtime = match Builder::new_current_thread().enable_io().build() {
            Ok(runtime) => runtime,
            Err(error) => return drop(told.send(Err(error))),
        };
        let watching = all(&runtime, &asked);
        let fails = watching.is_err();
        if told.send(watching).is_ok() && !fails {
            runtime.block_on(pending::<()>());
        }
    })?;
    begun.recv().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))
}

/// Calls `asked` whenever the signal comes.
macro_rules! each {
    ($runtime:ident, $asked:ident, $signal:expr) => {{
        let mut signal = $signal?;
        let asked = $asked.clone();
        $runtime.spawn(async move {
            while signal.recv().await.is_some() {
                asked();
            }
        });
    }};
}

#[cfg(unix)]
fn all(runtime: &Runtime, asked: &(impl Fn() + Clone + Send + 'static)) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let _here = runtime.enter();
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
        each!(runtime, asked, signal(kind));
    }
    Ok(())
}

#[cfg(windows)]
fn all(runtime: &Runtime, asked: &(impl Fn() + Clone + Send + 'static)) -> io::Result<()> {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
    let _here = runtime.enter();
    each!(runtime, asked, ctrl_c());
    each!(runtime, asked, ctrl_break());
    each!(runtime, asked, ctrl_close());
    each!(runtime, asked, ctrl_logoff());
    each!(runtime, asked, ctrl_shutdown());
    Ok(())
}
