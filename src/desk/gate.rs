//! Who may speak to the desk: the browser that this program opened, and nobody else.
//!
//! A page of any site can reach a port of this machine, so that listening to it
//! alone protects nothing. Every call needs the `Host` that the desk listens at (a
//! name that was made to point here has another), the `Origin` of its own page
//! where a browser sends one, and the cookie that the one-time token was changed
//! for.

use std::sync::Mutex;

use axum::http::{HeaderMap, Method, header};

/// Why a call is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It names another host.
    Host,
    /// A page of another site sent it.
    Origin,
    /// It has no cookie of this desk.
    Stranger,
}

/// What a caller must know. Both secrets are random, and compared as a whole.
pub(super) struct Gate {
    /// `127.0.0.1:PORT` and `localhost:PORT`.
    hosts: [String; 2],
    /// The name of the cookie: cookies do not tell ports apart.
    cookie: String,
    session: String,
    /// What another start of the program says to be let in.
    start: String,
    /// The token that opens the page, until it was used.
    launch: Mutex<Option<String>>,
}

impl Gate {
    /// A gate for a desk that listens at `port`; `random` gives a secret.
    pub(super) fn new(port: u16, mut random: impl FnMut() -> String) -> Self {
        Self {
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            cookie: format!("accolade-{port}"),
            session: random(),
            start: random(),
            launch: Mutex::new(Some(random())),
        }
    }

    /// The token of the address to open, which it then is again even if it was used.
    pub(super) fn invite(&self, token: String) -> String {
        *self.launch.lock().unwrap_or_else(std::sync::PoisonError::into_inner) =
            Some(token.clone());
        token
    }

    /// What another start of the program has to say to be given a token.
    pub(super) fn start(&self) -> &str {
        &self.start
    }

    /// A new token for another start of the program on this folder.
    ///
    /// # Errors
    /// It is none, or not at home.
    pub(super) fn invite_again(
        &self,
        method: &Method,
        headers: &HeaderMap,
        token: String,
    ) -> Result<String, Refusal> {
        self.at_home(method, headers)?;
        let said = headers.get(header::AUTHORIZATION).and_then(|said| said.to_str().ok());
        match said.and_then(|said| said.strip_prefix("Bearer ")) {
            Some(said) if same(said, &self.start) => Ok(self.invite(token)),
            _ => Err(Refusal::Stranger),
        }
    }

    /// Changes the token for the cookie; `None` if it is not, or no longer, the one.
    pub(super) fn enter(&self, token: &str) -> Option<String> {
        let mut launch = self.launch.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !launch.as_deref().is_some_and(|known| same(known, token)) {
            return None;
        }
        *launch = None;
        Some(format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie, self.session))
    }

    /// Whether a call may go on.
    ///
    /// # Errors
    /// It may not, here is why.
    pub(super) fn admit(&self, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
        self.at_home(method, headers)?;
        let text = |value: &axum::http::HeaderValue| value.to_str().ok().map(str::to_owned);
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(text);
        let known = |cookies: String| {
            cookies.split(';').any(|cookie| {
                let (name, value) = cookie.trim().split_once('=').unwrap_or_default();
                name == self.cookie && same(value, &self.session)
            })
        };
        if cookies.into_iter().any(known) { Ok(()) } else { Err(Refusal::Stranger) }
    }

    /// Whether a call names this desk, and comes from no other site.
    ///
    /// # Errors
    /// It does not, or it does.
    pub(super) fn at_home(&self, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        if !host.is_some_and(|host| self.hosts.iter().any(|own| own == host)) {
            return Err(Refusal::Host);
        }
        // Browsers send it with whatever is not a plain reading of an address.
        match headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default()) {
            None if *method == Method::GET || *method == Method::HEAD => Ok(()),
            Some(origin) if self.is_own(origin) => Ok(()),
            _ => Err(Refusal::Origin),
        }
    }

    fn is_own(&self, origin: &str) -> bool {
        let host = origin.strip_prefix("http://");
        host.is_some_and(|host| self.hosts.iter().any(|own| own == host))
    }
}

/// Thirty-two random bytes.
pub(super) fn secret() -> String {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the system gives random numbers");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The header in which a call names the contest that it is meant for.
pub(super) const PLACE: &str = "accolade-place";

/// The address that opens the page.
pub(super) fn address(port: u16, token: &str) -> String {
    format!("http://127.0.0.1:{port}/enter?token={token}")
}

/// Compares in a time that tells nothing of where two texts differ.
fn same(one: &str, other: &str) -> bool {
    let differences = one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate() -> Gate {
        let mut secrets = ["session", "start", "launch"].into_iter().map(str::to_owned);
        Gate::new(7000, move || secrets.next().unwrap())
    }

    fn headers(all: &[(&str, &str)]) -> HeaderMap {
        let all = all.iter().map(|(name, value)| {
            (name.parse::<header::HeaderName>().unwrap(), value.parse().unwrap())
        });
        all.collect()
    }

    #[test]
    fn a_token_opens_once() {
        let gate = gate();
        assert_eq!(gate.enter("lauxch"), None);
        let cookie = gate.enter("launch").unwrap();
        assert!(cookie.starts_with("accolade-7000=session;") && cookie.contains("HttpOnly"));
        assert_eq!(gate.enter("launch"), None, "an old token");
        gate.invite("again".into());
        assert!(gate.enter("again").is_some());
    }

    #[test]
    fn another_start_of_the_program_gets_a_token_of_its_own() {
        let gate = gate();
        let home = [("host", "127.0.0.1:7000"), ("origin", "http://127.0.0.1:7000")];
        let invite = |said: &str| {
            let said = [home[0], home[1], ("authorization", said)];
            gate.invite_again(&Method::POST, &headers(&said), "again".into())
        };
        assert_eq!(invite("Bearer stark"), Err(Refusal::Stranger));
        assert_eq!(invite("start"), Err(Refusal::Stranger));
        assert_eq!(invite("Bearer start"), Ok("again".into()));
        assert!(gate.enter("again").is_some());
    }

    #[test]
    fn nobody_else_gets_in() {
        let gate = gate();
        let cookie = ("cookie", "other=1; accolade-7000=session");
        let host = ("host", "127.0.0.1:7000");
        let own = ("origin", "http://127.0.0.1:7000");
        let admit = |method: Method, all: &[(&str, &str)]| gate.admit(&method, &headers(all));
        assert_eq!(admit(Method::GET, &[host, cookie]), Ok(()));
        assert_eq!(admit(Method::POST, &[host, own, cookie]), Ok(()));
        for (method, all, refusal) in [
            (Method::GET, &[("host", "evil.example:7000"), cookie][..], Refusal::Host),
            (Method::GET, &[cookie], Refusal::Host),
            (Method::GET, &[("host", "127.0.0.1:7001"), cookie], Refusal::Host),
            (Method::POST, &[host, cookie], Refusal::Origin),
            (Method::POST, &[host, cookie, ("origin", "null")], Refusal::Origin),
            (Method::GET, &[host, cookie, ("origin", "http://evil.example")], Refusal::Origin),
            (Method::POST, &[host, cookie, ("origin", "https://127.0.0.1:7000")], Refusal::Origin),
            (Method::GET, &[host], Refusal::Stranger),
            (Method::GET, &[host, ("cookie", "accolade-7000=")], Refusal::Stranger),
            (Method::GET, &[host, ("cookie", "accolade-7001=session")], Refusal::Stranger),
        ] {
            assert_eq!(admit(method, all), Err(refusal), "{all:?}");
        }
    }
}
