//! The page for clerks: one process, one folder, on this machine only.
//!
//! Everything it shows and does is a call of the library that the command line
//! makes, too. `gate` tells who may speak to it, `owner` is the one thread that
//! touches the folder and `held` what it knows of it, `making` the work that goes
//! on beside it; `routes` are the calls, `events` what every page is told unasked,
//! `assets` the page itself.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use accolade::Lang;
use tokio::sync::Notify;

mod answer;
mod assets;
mod drawn;
mod events;
mod first;
mod gate;
pub(crate) mod guide;
mod held;
mod history;
mod id;
mod idle;
mod inspecting;
mod making;
mod owner;
mod proposals;
mod routes;
mod shared;
mod stamp;
mod upload;

use events::Events;
use first::Note;
use gate::{Gate, address, secret};
use held::Held;
use idle::Idle;
use inspecting::Inspecting;
use owner::Owner;
use shared::Desk;

/// The port that is tried first, so that the address stays the same.
const USUAL_PORT: u16 = 7478;

/// How often the folder is looked at for what others have changed.
const LOOK: Duration = Duration::from_secs(2);

/// How long the end waits for work that is broken off.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the desk is asked for.
pub(crate) struct Options {
    pub folder: PathBuf,
    pub lang: Lang,
    /// A port of its own, else the usual one, else any.
    pub port: Option<u16>,
    /// Ends when no page was open for so long; never if `None`.
    pub idle: Option<Duration>,
    /// Where notes for other starts of this user are left; `None` for no such place.
    pub notes: Option<PathBuf>,
    /// Ends when it is notified.
    pub end: Arc<Notify>,
}

/// What became of a start.
pub(crate) enum Start {
    /// Another one serves the folder already, at this address.
    Other(String),
    /// This one did, until it was to end.
    Ended,
}

/// Serves the page until it is to end; `ready` is told the address. Where another
/// start serves the folder already, its address is all there is to know.
///
/// # Errors
/// No port can be had.
pub(crate) fn serve(options: Options, ready: impl FnOnce(&str)) -> std::io::Result<Start> {
    let Options { folder, lang, port, idle, notes, end } = options;
    let place = notes.map(|notes| first::place(&notes, &folder));
    if let Some(address) = place.as_deref().and_then(|place| first::found(place, &folder)) {
        return Ok(Start::Other(address));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(async {
        let listener = listen(port).await?;
        let port = listener.local_addr()?.port();
        let gate = Gate::new(port, secret);
        let token = gate.invite(secret());
        if let Some(place) = &place {
            // Without it a second start has a page of its own, which does no harm.
            let _ = first::leave(place, &Note { port, secret: gate.start().to_owned() });
        }
        let events = Events::new();
        let owner = Owner::start(|owner| Held::new(folder, events.clone(), owner));
        let desk = Arc::new(Desk {
            gate,
            owner,
            events,
            idle: Idle::new(),
            lang,
            end: Arc::clone(&end),
            inspecting: Inspecting::default(),
        });
        tokio::spawn(watched(Arc::clone(&desk), idle));
        ready(&address(port, &token));
        let serving = axum::serve(listener, routes::router(Arc::clone(&desk)));
        tokio::select! {
            served = serving => served?,
            () = end.notified() => {}
        }
        // What holds the folder may hang, as on a share that is gone.
        let _ = tokio::time::timeout(PATIENCE, stopped(&desk)).await;
        if let Some(place) = &place {
            let _ = std::fs::remove_file(place);
        }
        Ok(Start::Ended)
    });
    // Whatever is still being read is nobody's any more.
    runtime.shutdown_background();
    ended
}

/// Looks at the folder now and then, and whether anybody is still there.
async fn watched(desk: Arc<Desk>, idle: Option<Duration>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let busy = desk.owner.ask(|held| {
            held.look();
            if held.may_pass() {
                // Whoever shows that it failed asks again.
                held.changed();
            }
            held.making.is_busy()
        });
        let busy = busy.await.unwrap_or_default();
        if busy || desk.events.listeners() > 0 {
            desk.idle.touch();
        }
        if idle.is_some_and(|idle| desk.idle.since() >= idle) {
            desk.end.notify_one();
        }
    }
}

/// Has what is being made broken off in order, and waits for it.
async fn stopped(desk: &Desk) {
    loop {
        let busy = desk.owner.ask(|held| {
            held.making.stop();
            held.making.is_busy()
        });
        if !busy.await.unwrap_or_default() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn listen(port: Option<u16>) -> std::io::Result<tokio::net::TcpListener> {
    let bind = |port| tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    match port {
        Some(port) => bind(port).await,
        None => match bind(USUAL_PORT).await {
            Ok(listener) => Ok(listener),
            Err(_) => bind(0).await,
        },
    }
}
