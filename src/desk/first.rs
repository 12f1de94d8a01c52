//! The first of several starts on one folder: it leaves a note where only this
//! user can read it, and the others open its page.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::gate::{PLACE, address};
use super::id::place_of;

/// How long the first one may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the first start left.
#[derive(Serialize, Deserialize)]
pub(super) struct Note {
    pub port: u16,
    pub secret: String,
}

/// Where the note about a folder is, among this user's own files.
pub(super) fn place(notes: &Path, folder: &Path) -> PathBuf {
    notes.join(format!("desk-{}.json", place_of(&whole(folder))))
}

/// A folder by its whole path.
fn whole(folder: &Path) -> PathBuf {
    dunce::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
}

/// The address of the page of a first start that still answers, and still for this
/// folder.
pub(super) fn found(place: &Path, folder: &Path) -> Option<String> {
    let note: Note = serde_json::from_slice(&fs::read(place).ok()?).ok()?;
    let token = invited(&note, &place_of(&whole(folder))).ok()??;
    Some(address(note.port, &token))
}

/// Asks the first start for a token.
fn invited(note: &Note, place: &str) -> io::Result<Option<String>> {
    #[derive(Deserialize)]
    struct Invited {
        token: String,
    }
    let mut stream =
        TcpStream::connect_timeout(&(Ipv4Addr::LOCALHOST, note.port).into(), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Note { port, secret } = note;
    write!(
        stream,
        "POST /invite HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
         Authorization: Bearer {secret}\r\n{PLACE}: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.take(4096).read_to_string(&mut answer)?;
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Ok(serde_json::from_str::<Invited>(body).ok().map(|invited| invited.token))
}

/// Leaves the note.
///
/// # Errors
/// It cannot be written.
pub(super) fn leave(place: &Path, note: &Note) -> io::Result<()> {
    let bytes = serde_json::to_vec(note).expect("a note has keys that are text");
    accolade::unfinished::write_private(place, &bytes)
}
