//! The page for clerks: one process, one folder, on this machine only.
//!
//! Everything it shows and does is a call of the library that the command line
//! makes, too. `gate` tells who may speak to it, `owner` is the one thread that
//! touches the folder, `routes` are the calls, `assets` the page itself.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use accolade::fault::wording::Lang;

mod assets;
mod gate;
mod owner;
mod routes;

use gate::Gate;
use owner::Owner;

/// The port that is tried first, so that the address stays the same.
const USUAL_PORT: u16 = 7478;

/// What the desk is asked for.
pub(crate) struct Options {
    pub folder: PathBuf,
    pub lang: Lang,
    /// A port of its own, else the usual one, else any.
    pub port: Option<u16>,
    /// Told the address once the desk listens.
    pub ready: Box<dyn FnOnce(&str) + Send>,
}

/// Everything that the calls share.
struct Desk {
    gate: Gate,
    owner: Owner,
}

/// Serves the page until the process ends.
///
/// # Errors
/// No port can be had.
pub(crate) fn serve(options: Options) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = listen(options.port).await?;
        let port = listener.local_addr()?.port();
        let gate = Gate::new(port, secret);
        let token = gate.invite(secret());
        let desk = Desk { gate, owner: Owner::start(options.folder, options.lang) };
        let address = format!("http://127.0.0.1:{port}/enter?token={token}");
        (options.ready)(&address);
        axum::serve(listener, routes::router(Arc::new(desk))).await
    })
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

/// Thirty-two random bytes.
fn secret() -> String {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the system gives random numbers");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
