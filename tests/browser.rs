//! The check page in a real browser, held against certificates that the
//! program has just made. Needs chromium and chromedriver, and no network:
//! `cargo test --release --test browser -- --ignored`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings};
use serde_json::{Value as Json, json};
use support::{Folder, Package};
use tempfile::TempDir;
use ureq::Agent;

#[path = "suite/support.rs"]
#[expect(dead_code, reason = "shared with the suite, which uses all of it")]
mod support;

const FIRST: &str = "JZCK2026-QY-1-001";
const SECOND: &str = "JZCK2026-QY-1-002";
const CURRENT: &str = "it is the current revision";
const CANNOT_TELL: &str = "cannot tell whether";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_certificate_is_genuine_and_everything_it_states_is_shown() {
    let mut contest = Contest::issue();
    contest.publish();
    fs::remove_file(contest.folder.path("web/status.js")).unwrap();
    let browser = Browser::start(&[]);
    browser.open(&contest.page("?lang=en"));
    let text = contest.text(FIRST);
    browser.paste(&text);
    assert_eq!(browser.verdict(), "genuine");
    assert!(browser.text("#verdict").contains(CANNOT_TELL), "{}", browser.text("#verdict"));

    let (body, _) = text.rsplit_once('\n').unwrap();
    let (kind, lines) = body.split_once('\n').unwrap();
    let mut facts = vec![kind];
    facts.extend(lines.lines().map(|line| line.split_once(' ').unwrap().1));
    let shown =
        browser.script("return [...document.querySelectorAll('dd')].map(it => it.innerText)", &[]);
    assert_eq!(shown, json!(facts));
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_page_reaches_no_network() {
    let contest = Contest::issue();
    contest.publish();
    let browser = Browser::start(&[]);
    browser.open(&contest.page(""));
    let loaded =
        browser.script("return performance.getEntriesByType('resource').map(it => it.name)", &[]);
    let foreign = |url: &&Json| !url.as_str().is_some_and(|url| url.starts_with("file:"));
    assert_eq!(loaded.as_array().unwrap().iter().find(foreign), None);

    for (attempt, refused_by) in [
        ("fetch(url).catch(() => {})", "connect-src"),
        ("new Image().src = url", "img-src"),
        (
            "document.head.append(Object.assign(document.createElement('script'), { src: url }))",
            "script-src-elem",
        ),
    ] {
        let script = format!(
            "const url = 'http://127.0.0.1:9/';
             const refused = new Promise(done => addEventListener(
                 'securitypolicyviolation', it => done(it.effectiveDirective), {{ once: true }}));
             {attempt};
             return refused"
        );
        assert_eq!(browser.script(&script, &[]), refused_by, "{attempt}");
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_change_in_any_line_is_found() {
    let mut contest = Contest::issue();
    contest.publish();
    let browser = Browser::start(&[]);
    browser.open(&contest.page(""));
    let text = contest.text(FIRST);
    let lines: Vec<&str> = text.lines().collect();
    for at in 0..lines.len() {
        let mut changed: Vec<String> = lines.iter().map(ToString::to_string).collect();
        changed[at] = if at + 1 < lines.len() {
            format!("{}改", lines[at])
        } else {
            other_signature(lines[at])
        };
        browser.paste(&changed.join("\n"));
        assert_eq!(browser.verdict(), "altered", "{}", changed[at]);
        assert_eq!(browser.text("#facts"), "", "what nobody signed is not shown");
    }
    browser.paste("编号 JZCK2026-QY-1-001");
    assert_eq!(browser.verdict(), "unreadable");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_status_list_tells_what_no_longer_counts() {
    let mut contest = Contest::issue();
    let again = contest.accolade(
        "reissue",
        &[FIRST, "--set", "project=新名称", "--reason", "更正", "--format", "json"],
    );
    let again: Json = serde_json::from_str(&again).unwrap();
    let again = again["documents"][0]["statement"].as_str().unwrap();
    contest.accolade("revoke", &[SECOND, "--reason", "撤销"]);
    contest.publish();

    let browser = Browser::start(&[]);
    browser.open(&contest.page("?lang=en"));
    for (text, verdict, words) in [
        (contest.text(FIRST).as_str(), "superseded", "superseded by revision 2"),
        (again, "genuine", CURRENT),
        (&contest.text(SECOND), "revoked", "revoked and no longer valid"),
        (&contest.text("JZCK2026-QY-2-001"), "genuine", CURRENT),
    ] {
        browser.paste(text);
        assert_eq!(browser.verdict(), verdict, "{text}");
        assert!(browser.text("#verdict").contains(words), "{}", browser.text("#verdict"));
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_status_list_that_was_tampered_with_is_ignored_and_named_so() {
    let mut contest = Contest::issue();
    contest.accolade("revoke", &[SECOND, "--reason", "撤销"]);
    contest.publish();
    contest.folder.edit("web/status.js", SECOND, "JZCK2026-QY-1-009");
    let browser = Browser::start(&[]);
    browser.open(&contest.page("?lang=en"));
    browser.paste(&contest.text(SECOND));
    assert_eq!(browser.verdict(), "genuine");
    let words = browser.text("#verdict");
    assert!(words.contains("was ignored") && words.contains(CANNOT_TELL), "{words}");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_link_opens_with_its_verdict() {
    let mut contest = Contest::issue();
    contest.publish();
    let digits = digits(&contest.text(FIRST));
    let browser = Browser::start(&[]);
    browser.open(&contest.page(&format!("#{digits}")));
    assert_eq!(browser.verdict(), "genuine");
    assert!(browser.text("#facts").contains(FIRST));

    browser.paste(&format!("https://check.example/check.html#{digits}"));
    assert_eq!(browser.verdict(), "genuine");
    browser.paste(&digits[1..]);
    assert_eq!(browser.verdict(), "unreadable");
}

/// As on plain http, and as in browsers from before Ed25519.
#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_browser_that_cannot_verify_signatures_still_gives_verdicts() {
    let mut contest = Contest::issue();
    contest.publish();
    let genuine = contest.text(FIRST);
    let altered = genuine.replace(FIRST, SECOND);
    for lack in [
        "delete Crypto.prototype.subtle",
        "SubtleCrypto.prototype.importKey = async () => {
             throw new DOMException('Algorithm: Unrecognized name', 'NotSupportedError');
         }",
    ] {
        let browser = Browser::start(&[]);
        browser.run_before_pages(lack);
        for (text, verdict, words) in
            [(&genuine, "genuine", CURRENT), (&altered, "altered", "Not issued by this organizer")]
        {
            browser.open(&contest.page("?lang=en"));
            let import = "crypto.subtle.importKey('raw', new Uint8Array(32), 'Ed25519', true, [])";
            let can = format!("try {{ await {import}; return true }} catch {{ return false }}");
            assert_eq!(browser.script(&can, &[]), false);
            browser.paste(text);
            assert_eq!(browser.verdict(), verdict);
            assert!(browser.text("#verdict").contains(words), "{}", browser.text("#verdict"));

            browser.open(&contest.page(&format!("#{}", digits(text))));
            assert_eq!(browser.verdict(), verdict);
        }
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_picture_of_the_page_is_enough() {
    for mut contest in [Contest::issue(), Contest::issue_with_links()] {
        contest.publish();
        let browser = Browser::start(&[]);
        browser.open(&contest.page("?lang=en"));
        for number in [FIRST, SECOND] {
            let picture = contest.folder.path(&format!("{number}.png"));
            fs::write(&picture, contest.draw(number, 200.0).into_png().unwrap()).unwrap();
            browser.choose(&picture);
            assert_eq!(browser.verdict(), "genuine");
            assert!(browser.text("#facts").contains(number));
        }
        let blank = contest.folder.path("blank.png");
        fs::write(&blank, Pixmap::new(400, 300).into_png().unwrap()).unwrap();
        browser.choose(&blank);
        assert_eq!(browser.verdict(), "unreadable");
        browser.choose(&contest.folder.path("contest.toml"));
        assert_eq!(browser.verdict(), "unreadable");
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_camera_reads_the_code() {
    for mut contest in [Contest::issue(), Contest::issue_with_links()] {
        contest.publish();
        let film = contest.folder.path("page.y4m");
        record(&contest.draw(FIRST, 300.0), &film);
        let browser = Browser::start(&[
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            &format!("--use-file-for-fake-video-capture={}", film.display()),
        ]);
        browser.open(&contest.page(""));
        browser.click("#scan");
        assert_eq!(browser.verdict(), "genuine");
        assert!(browser.text("#facts").contains(FIRST));
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_page_speaks_both_languages() {
    let mut contest = Contest::issue();
    contest.publish();
    let browser = Browser::start(&[]);
    browser.open(&contest.page("?lang=zh"));
    browser.paste(&contest.text(FIRST));
    browser.verdict();
    let chinese = browser.text("body");
    assert!(chinese.contains("证书真实") && !chinese.contains("Genuine"), "{chinese}");
    browser.click("#language");
    let english = browser.text("body");
    assert!(english.contains("Genuine") && !english.contains("证书真实"), "{english}");
}

/// A contest in English, with columns whose names are two words or a label's.
#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_page_of_an_english_contest_is_english() {
    let mut contest = Contest::issue_in_english();
    contest.accolade("reissue", &["EO-002", "--set", "award=Best", "--reason", "slip"]);
    contest.publish();
    let browser = Browser::start(&["--lang=zh-CN"]);
    for rest in ["", "?lang=zh"] {
        browser.open(&contest.page(rest));
        let text = contest.text("EO-001");
        browser.paste(&text);
        assert_eq!(browser.verdict(), "genuine");
        let shown = browser.text("body");
        for words in ["Genuine", "Certificate check", CURRENT, "On the certificate: 3 May 2026"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let chinese = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        assert!(!shown.contains(chinese), "{shown}");
        let title = browser.script("return document.title", &[]);
        assert_eq!(title, "Certificate check · Essay Open");
        let facts = browser.script(
            "return [...document.querySelectorAll('dl > div')].map(it => it.innerText.replace('\\n', ': '))",
            &[],
        );
        let facts: Vec<&str> =
            facts.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        for fact in ["Number: EO-001", "Revision: 1", "Document: Essay 7", "Team lead: Ed Ray"] {
            assert!(facts.iter().any(|it| it.starts_with(fact)), "{fact}: {facts:#?}");
        }
        assert!(facts.contains(&"Document: Certificate"), "{facts:#?}");
    }
    browser.paste(&contest.text("EO-002"));
    assert_eq!(browser.verdict(), "superseded");
    browser.paste(&contest.text("EO-001").replace("Verify", "验证"));
    assert_eq!(browser.verdict(), "genuine", "the label is not signed");
    browser.paste(&contest.text("EO-001").replace("Ed Ray", "Ed Roy"));
    assert_eq!(browser.verdict(), "altered");
}

/// The example contest with its certificates issued.
struct Contest {
    folder: Folder,
    package: Package,
}

impl Contest {
    fn issue() -> Self {
        Self::run(Folder::example())
    }

    /// With links in the codes, as for phones that know nothing of the page.
    fn issue_with_links() -> Self {
        let folder = Folder::example();
        let check = "[contest]\ncheck = \"https://check.example/check.html\"\n";
        folder.edit("contest.toml", "[contest]\n", check);
        Self::run(folder)
    }

    fn issue_in_english() -> Self {
        let folder = Folder::example();
        folder.write(
            "contest.toml",
            "[contest]\nname = \"Essay Open\"\norganizers = [\"Alder Library\"]\n\
             date = 2026-05-03\nlanguage = \"en\"\n[[documents]]\nname = \"Certificate\"\n\
             template = \"certificate.typ\"\neach = \"entrant\"\nnumber = \"EO-{seq:03}\"\n\
             path = \"{number}.pdf\"\n[documents.words]\n\
             body = \"for {Document}, led by {Team lead}, at {contest}\"\nprize = \"{award}\"\n",
        );
        folder.sheet(&[
            &["Name", "Award", "Document", "Team lead"],
            &["Ann Lee", "First", "Essay 7", "Ed Ray"],
            &["Bo Orr", "Second", "Essay 9", "Ed Ray"],
        ]);
        let package = folder.package(&[]);
        Self { folder, package }
    }

    fn run(folder: Folder) -> Self {
        let package = folder.package(&["--only", "荣誉证书"]);
        Self { folder, package }
    }

    /// Runs a command, which must succeed; what it prints.
    fn accolade(&self, command: &str, arguments: &[&str]) -> String {
        let ran = self.folder.accolade(command, arguments);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ran.stdout
    }

    fn publish(&self) {
        self.accolade("register", &["--publish", "web"]);
    }

    /// The published page's address, with what follows the file's name.
    fn page(&self, rest: &str) -> String {
        format!("file://{}{rest}", self.folder.path("web/check.html").display())
    }

    fn document(&mut self, number: &str) -> Json {
        let manifest = self.package.manifest();
        let documents = manifest["documents"].as_array().unwrap();
        documents.iter().find(|document| document["number"] == number).unwrap().clone()
    }

    /// The certificate's own text.
    fn text(&mut self, number: &str) -> String {
        self.document(number)["statement"].as_str().unwrap().to_owned()
    }

    /// A picture of the certificate.
    fn draw(&mut self, number: &str, pixels_per_inch: f32) -> Pixmap {
        let path = self.document(number)["path"].as_str().unwrap().to_owned();
        let pdf = Pdf::new(self.package.read(&path)).unwrap();
        let scale = pixels_per_inch / 72.0;
        let settings = RenderSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
            ..Default::default()
        };
        hayro::render(
            &pdf.pages()[0],
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &settings,
        )
    }
}

/// The signature's line with another signature in the same form.
fn other_signature(line: &str) -> String {
    let (label, digits) = line.split_once(' ').unwrap();
    let first = if digits.starts_with('1') { '0' } else { '1' };
    format!("{label} {first}{}", &digits[1..])
}

/// A text as the digits of a link, written from their description and not with
/// the program's own code.
fn digits(text: &str) -> String {
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(text.as_bytes()).unwrap();
    let mut digits = String::new();
    for chunk in deflate.finish().unwrap().chunks(7) {
        let number = chunk.iter().fold(0u64, |number, &byte| number << 8 | u64::from(byte));
        let width = [0, 3, 5, 8, 10, 13, 15, 17][chunk.len()];
        write!(digits, "{number:0width$}").unwrap();
    }
    digits
}

/// A film that shows the page's lower left quarter, where the code is, as
/// YUV4MPEG2 with four times as many bright samples as coloured ones.
fn record(page: &Pixmap, path: &Path) {
    let (across, down) = (usize::from(page.width()), usize::from(page.height()));
    let (width, height) = (across / 4 * 2, down / 4 * 2);
    let row = |y: usize| &page.data()[y * across..][..width];
    let bright: Vec<u8> = (down - height..down).flat_map(row).map(|pixel| pixel.g).collect();
    let grey = vec![128; width * height / 2];
    let mut film = File::create(path).unwrap();
    writeln!(film, "YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg").unwrap();
    for _ in 0..3 {
        film.write_all(&[b"FRAME\n", &bright[..], &grey].concat()).unwrap();
    }
}

/// A Chromium that shows no window, driven over WebDriver.
struct Browser {
    driver: Child,
    /// Held open, since the driver must have somewhere to write.
    _output: BufReader<ChildStdout>,
    _profile: TempDir,
    agent: Agent,
    session: String,
}

impl Browser {
    /// How long a page may take to come to a verdict.
    const PATIENCE: Duration = Duration::from_secs(60);

    fn start(arguments: &[&str]) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let data = format!("--user-data-dir={}", profile.path().display());
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed");
        let mut output = BufReader::new(driver.stdout.take().unwrap());
        let agent = Agent::config_builder().http_status_as_error(false).proxy(None).build();
        let mut browser = Self {
            session: format!("http://127.0.0.1:{}", port(&mut output)),
            driver,
            _output: output,
            _profile: profile,
            agent: agent.into(),
        };
        let mut all = vec![
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &data,
        ];
        all.extend(arguments);
        let options = json!({ "goog:chromeOptions": { "args": all } });
        let made = browser.post("/session", &json!({ "capabilities": { "alwaysMatch": options } }));
        write!(browser.session, "/session/{}", made["sessionId"].as_str().unwrap()).unwrap();
        browser
    }

    fn post(&self, path: &str, body: &Json) -> Json {
        let mut response =
            self.agent.post(format!("{}{path}", self.session)).send_json(body).unwrap();
        let mut answer: Json = response.body_mut().read_json().unwrap();
        assert!(response.status().is_success(), "{path}: {answer}");
        answer["value"].take()
    }

    fn open(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// Runs a script in every page from now on, before the page's own.
    fn run_before_pages(&self, script: &str) {
        let command = "Page.addScriptToEvaluateOnNewDocument";
        let call = json!({ "cmd": command, "params": { "source": script } });
        self.post("/goog/cdp/execute", &call);
    }

    fn script(&self, script: &str, arguments: &[&str]) -> Json {
        self.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// The path of the element that a CSS selector finds.
    fn element(&self, selector: &str) -> String {
        let found = self.post("/element", &json!({ "using": "css selector", "value": selector }));
        let id = found.as_object().unwrap().values().next().unwrap();
        format!("/element/{}", id.as_str().unwrap())
    }

    fn click(&self, selector: &str) {
        self.post(&format!("{}/click", self.element(selector)), &json!({}));
    }

    /// Hands a file to the page, as its file dialogue would.
    fn choose(&self, file: &Path) {
        self.post(&format!("{}/value", self.element("#picture")), &json!({ "text": file }));
    }

    fn paste(&self, text: &str) {
        self.script("document.getElementById('text').value = arguments[0]", &[text]);
        self.click("form button");
    }

    /// The text of an element as far as it can be seen.
    fn text(&self, selector: &str) -> String {
        let seen = "const it = document.querySelector(arguments[0]); return it.checkVisibility() ? it.innerText : ''";
        self.script(seen, &[selector]).as_str().unwrap().to_owned()
    }

    /// The verdict, once there is one.
    fn verdict(&self) -> String {
        let deadline = Instant::now() + Self::PATIENCE;
        loop {
            let verdict =
                self.script("return document.getElementById('verdict').dataset.verdict", &[]);
            match verdict.as_str() {
                Some(verdict) if !verdict.is_empty() => return verdict.to_owned(),
                _ => assert!(Instant::now() < deadline, "no verdict: {}", self.text("body")),
            }
            sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Takes the browser along, which killing the driver does not.
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The port that the driver says it has taken.
fn port(output: &mut impl BufRead) -> u16 {
    let lines = output.lines().map(Result::unwrap);
    let mut ports = lines.filter_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    ports.next().expect("chromedriver names its port")
}
