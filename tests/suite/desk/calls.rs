//! A desk that is running, and calls as a browser makes them, or as none would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::support::{Folder, by_wine, program};

/// A desk on a folder of its own.
pub(super) struct Desk {
    pub folder: Folder,
    process: Child,
    stdout: BufReader<ChildStdout>,
    pub port: u16,
    /// What the address that was printed opens with.
    pub token: String,
    cookie: String,
    /// Where its notes for other starts are.
    pub notes: TempDir,
}

/// What was answered.
pub(super) struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Desk {
    /// On the example contest, which somebody has entered.
    pub(super) fn example() -> Self {
        Self::on(Folder::example())
    }

    pub(super) fn on(folder: Folder) -> Self {
        let mut desk = Self::closed(folder);
        desk.enter();
        desk
    }

    /// A desk that nobody has entered yet.
    pub(super) fn closed(folder: Folder) -> Self {
        let notes = tempfile::tempdir().unwrap();
        let (process, stdout, port, token) = started(&folder.path("."), &notes);
        Self { folder, process, stdout, port, token, cookie: String::new(), notes }
    }

    /// Changes the token for the cookie.
    pub(super) fn enter(&mut self) {
        let path = format!("/enter?token={}", self.token);
        let answer = self.raw("GET", &path, &[("Host", &self.host())], &[]);
        assert_eq!(answer.status, 303, "{}", answer.text());
        self.cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    }

    /// Ends the program as a power cut does, and starts it again.
    pub(super) fn killed(mut self) -> Self {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        let (process, stdout, port, token) = started(&self.folder.path("."), &self.notes);
        (self.process, self.stdout, self.port, self.token) = (process, stdout, port, token);
        self.enter();
        self
    }

    pub(super) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.host())
    }

    pub(super) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Reads, in Chinese, what must be answered.
    pub(super) fn get(&self, path: &str) -> Json {
        let answer = self.ask("GET", path, &[]);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    /// Does what must be done.
    pub(super) fn post(&self, path: &str, body: &Json) -> Json {
        let answer = self.ask("POST", path, body.to_string().as_bytes());
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    /// Does what is refused; the status and the first fault.
    pub(super) fn refused(&self, path: &str, body: &Json) -> (u16, Json) {
        let answer = self.ask("POST", path, body.to_string().as_bytes());
        assert_ne!(answer.status, 200, "{path}: {}", answer.text());
        (answer.status, answer.json()["faults"][0].clone())
    }

    /// A call as the page makes it.
    pub(super) fn ask(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let (host, origin) = (self.host(), self.origin());
        let mut headers = vec![("Host", host.as_str()), ("Cookie", &self.cookie)];
        if method == "POST" {
            headers.extend([("Origin", origin.as_str()), ("Content-Type", "application/json")]);
        }
        self.raw(method, path, &headers, body)
    }

    /// A call with these headers and no other.
    pub(super) fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() && !headers.iter().any(|(name, _)| *name == "Content-Length") {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        stream.write_all((head + "\r\n").as_bytes()).unwrap();
        // Who is refused may not be read to the end.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|it| it == b"\r\n\r\n").expect("an answer");
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, body: answer[end + 4..].to_vec(), head }
    }

    /// Waits until nothing is being made; what came of it.
    pub(super) fn made(&self) -> Json {
        let begun = Instant::now();
        loop {
            let making = &self.get("/api/state?lang=zh")["making"];
            if making["running"].is_null() {
                return making["last"].clone();
            }
            assert!(begun.elapsed() < Duration::from_secs(120), "{making}");
            sleep(Duration::from_millis(50));
        }
    }

    /// Waits for the program to end.
    pub(super) fn ended(mut self) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status.success();
            }
            sleep(Duration::from_millis(50));
        }
        false
    }

    /// What a second start on the same folder prints.
    pub(super) fn started_again(&self) -> String {
        let output = command(&self.folder.path("."), &self.notes).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(folder: &Path, notes: &TempDir) -> Command {
    let mut command = Command::new(program());
    command.args(["desk", ".", "--no-open", "--port", "0", "--lang", "zh"]).current_dir(folder);
    // A program for Windows, tried by Wine, knows the root of this system as a drive.
    let drive = if by_wine() { "Z:" } else { "" };
    command.env("XDG_RUNTIME_DIR", format!("{drive}{}", notes.path().display()));
    command.stderr(Stdio::null()).stdin(Stdio::null());
    command
}

fn started(folder: &Path, notes: &TempDir) -> (Child, BufReader<ChildStdout>, u16, String) {
    let mut process = command(folder, notes).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdout = BufReader::new(process.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("http://127.0.0.1:").expect("an address");
    let (port, token) = address.split_once("/enter?token=").unwrap();
    (process, stdout, port.parse().unwrap(), token.to_owned())
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn json(&self) -> Json {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The value of a header; empty if there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }
}
