//! Every file that the program reads back, damaged and changed in all ways: no
//! panic, nothing slow, and nothing that was changed passes for what it was.

use std::fs;
use std::io::{Cursor, Read};
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::{Duration, Instant};

use accolade::attest::{Key, SigningDomain};
use accolade::contest::Contest;
use accolade::folder::Shares;
use accolade::package::{Part, PartFile};
use accolade::plan::{Frozen, Untrue};
use accolade::press::Press;
use accolade::publish::StatusList;
use accolade::register::Register;
use accolade::verify::{self, Found, Trust, Verdict};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value as Json;
use zip::ZipArchive;

use crate::support::{Folder, repacked};

/// Nothing that is read back may take longer, whatever was done to it.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is done to a file: bytes changed, cut off, or a piece put in again
/// elsewhere.
#[derive(Debug, Clone)]
struct Damage {
    changes: Vec<(Index, u8)>,
    how: usize,
    places: [Index; 2],
    length: usize,
}

fn damage() -> impl Strategy<Value = Damage> {
    let changes = prop::collection::vec((any::<Index>(), any::<u8>()), 0..8);
    (changes, 0..4usize, any::<[Index; 2]>(), 1..600usize)
        .prop_map(|(changes, how, places, length)| Damage { changes, how, places, length })
}

impl Damage {
    fn done_to(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for (at, byte) in &self.changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        let [at, from] = self.places.map(|place| place.index(bytes.len()));
        let piece = bytes[from..(from + self.length).min(bytes.len())].to_vec();
        match self.how {
            0 => bytes.truncate(at),
            1 => drop(bytes.splice(at..at, piece)),
            2 => drop(bytes.splice(at..(at + self.length).min(bytes.len()), piece)),
            _ => {}
        }
        bytes
    }
}

/// Values of a JSON document replaced by others.
#[derive(Debug, Clone)]
struct Twist(Vec<(Index, usize, Index)>);

fn twist() -> impl Strategy<Value = Twist> {
    prop::collection::vec((any::<Index>(), 0..9usize, any::<Index>()), 1..4).prop_map(Twist)
}

impl Twist {
    fn done_to(&self, json: &Json) -> Json {
        let mut json = json.clone();
        for (at, how, other) in &self.0 {
            let at = at.index(count(&json));
            let other = nth(&json, other.index(count(&json))).clone();
            let value = nth_mut(&mut json, &mut { at }).expect("it is one of them");
            *value = match (how, value.clone()) {
                (0, _) => Json::Null,
                (1, _) => "../../etc/passwd\n\u{0}CON".into(),
                (2, _) => "".into(),
                (3, _) => u64::MAX.into(),
                (4, _) => 0.into(),
                (5, Json::Array(mut items)) => {
                    items.pop();
                    items.into()
                }
                (6, Json::Array(items)) => [&items[..], &items[..]].concat().into(),
                (7, Json::Object(mut keys)) => {
                    let key = keys.keys().next().cloned();
                    key.map(|key| keys.remove(&key));
                    keys.into()
                }
                _ => other,
            };
        }
        json
    }
}

fn children(json: &Json) -> Vec<&Json> {
    match json {
        Json::Array(items) => items.iter().collect(),
        Json::Object(keys) => keys.values().collect(),
        _ => Vec::new(),
    }
}

fn count(json: &Json) -> usize {
    1 + children(json).into_iter().map(count).sum::<usize>()
}

fn nth(json: &Json, mut at: usize) -> &Json {
    if at == 0 {
        return json;
    }
    at -= 1;
    for child in children(json) {
        let size = count(child);
        if at < size {
            return nth(child, at);
        }
        at -= size;
    }
    json
}

fn nth_mut<'a>(json: &'a mut Json, at: &mut usize) -> Option<&'a mut Json> {
    if *at == 0 {
        return Some(json);
    }
    *at -= 1;
    let children: Vec<&mut Json> = match json {
        Json::Array(items) => items.iter_mut().collect(),
        Json::Object(keys) => keys.iter_mut().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    };
    for child in children {
        let size = count(child);
        if *at < size {
            return nth_mut(child, at);
        }
        *at -= size;
    }
    None
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Runs `property` on values of a strategy.
fn holds<S: Strategy>(many: u32, strategy: S, property: impl Fn(S::Value)) {
    let mut runner = proptest::test_runner::TestRunner::new(cases(many));
    let ran = runner.run(&strategy, |value| {
        let start = Instant::now();
        property(value);
        assert!(start.elapsed() < PATIENCE, "that took {:?}", start.elapsed());
        Ok(())
    });
    if let Err(error) = ran {
        panic!("{error}");
    }
}

fn winners() -> Folder {
    Folder::with_rows(&[
        ["企业组", "一等奖", "甲项目", "山河有限公司", "王伟、李强", "√"],
        ["企业组", "二等奖", "乙项目", "日月有限公司", "赵敏", ""],
        ["创客组", "三等奖", "丙项目", "草木团队", "钱一、孙二", ""],
    ])
}

fn only_file(folder: &Folder, ending: &str) -> std::path::PathBuf {
    let mut files = folder.out();
    files.retain(|file| file.to_string_lossy().ends_with(ending));
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

fn frozen(arguments: &[&str]) -> (Folder, Vec<u8>, Option<Key>) {
    let folder = winners();
    let mut all = vec!["--parts", "2"];
    all.extend(arguments);
    folder.done("plan", &all);
    let bytes = fs::read(only_file(&folder, ".plan")).unwrap();
    let key = Key::load(&folder.path("")).unwrap();
    (folder, bytes, key)
}

/// Uses everything in a plan; nothing in it may be trusted.
fn use_up(frozen: &Frozen, contest: &Contest, press: &Press) {
    let Some(plan) = frozen.thaw(contest, None) else { return };
    for document in &plan.documents {
        assert!(document.path.split('/').all(|name| !name.is_empty() && name != ".."));
        assert!(!document.path.contains(['\\', '\0', '\n', ':']), "{}", document.path);
        plan.title(document);
        plan.rows(document);
        press.entry(&plan, document, None, &Json::Null);
    }
    let shares = Shares::new(&plan, frozen.parts);
    for part in (1..=frozen.parts.get().min(1000)).filter_map(NonZeroUsize::new) {
        shares.paths(&plan, part).for_each(drop);
        shares.job(&plan, part);
    }
    frozen.roster.balance();
}

#[test]
fn a_plan_is_what_was_frozen_or_nothing() {
    let (folder, bytes, key) = frozen(&[]);
    let contest = Contest::load(&folder.path("")).unwrap();
    let key = key.unwrap();
    let public = key.public();
    let press = Press::new(&contest).unwrap();
    use_up(&Frozen::from_bytes(&bytes, Some(&public)).unwrap(), &contest, &press);
    holds(2000, damage(), |damage| {
        let changed = damage.done_to(&bytes);
        if changed != bytes {
            assert!(Frozen::from_bytes(&changed, Some(&public)).is_err(), "{damage:?}");
            let _ = Frozen::from_bytes(&changed, None);
        }
    });
    // Not even what the key has signed is trusted, nor a draft, which nobody has.
    let end = bytes.iter().position(|&byte| byte == b'\n').unwrap();
    let json: Json = serde_json::from_slice(&bytes[..end]).unwrap();
    holds(1500, (twist(), any::<bool>()), |(twist, draft)| {
        let mut twisted = twist.done_to(&json);
        if draft && twisted["key"].is_string() {
            twisted["key"] = Json::Null;
        }
        let mut changed = serde_json::to_vec(&twisted).unwrap();
        let signature = key.sign(SigningDomain::Plan, &changed);
        changed.push(b'\n');
        if !draft {
            let read = Frozen::from_bytes(&changed, Some(&public));
            assert!(read.is_err() || twisted["key"].is_null(), "without a signature");
            changed.extend(format!("{signature}\n").into_bytes());
        }
        if let Ok(frozen) = Frozen::from_bytes(&changed, Some(&public)) {
            use_up(&frozen, &contest, &press);
        }
    });
    let foreign = Key::generate();
    let read = Frozen::from_bytes(&bytes, Some(&foreign.public()));
    assert_eq!(read.unwrap_err(), Untrue::Foreign(public));
}

#[test]
fn a_fact_changed_in_a_plan_is_told_and_nothing_is_made_of_it() {
    let (folder, bytes, _) = frozen(&[]);
    let place = only_file(&folder, ".plan");
    let text = String::from_utf8(bytes.clone()).unwrap();
    let end = text.find('\n').unwrap();
    for changed in [
        text.replacen("王伟", "王五", 1),
        text.replacen("一等奖", "二等奖", 1),
        // Without its signature, and as a draft that has none.
        text[..=end].to_owned(),
    ] {
        fs::write(&place, changed).unwrap();
        for (command, arguments) in [("run", &["--shard", "1/2"][..]), ("assemble", &[])] {
            let ran = folder.accolade(command, &[arguments, &["--format", "json"]].concat());
            let codes = ran.codes("error");
            assert_eq!((ran.status, codes), (2, vec!["plan-changed".into()]), "{command}");
        }
    }
    let ran = folder.accolade("run", &["--shard", "1/2", "--lang", "en"]);
    assert!(ran.stderr.contains("nothing was made of it"), "{}", ran.stderr);
    // As a draft it makes specimens, which prove nothing.
    let key = format!("\"key\":\"{}\"", Key::load(&folder.path("")).unwrap().unwrap().public());
    let draft = text[..=end].replacen(&key, "\"key\":null", 1).replacen("王伟", "王五", 1);
    assert_ne!(draft, text[..=end]);
    fs::write(&place, draft).unwrap();
    folder.done("run", &["--shard", "1/2"]);
    let part = fs::read(only_file(&folder, ".1-of-2.part")).unwrap();
    assert!(!String::from_utf8_lossy(&part).contains("验证"), "it signs nothing");
    let ran = folder.accolade("assemble", &["--format", "json"]);
    assert_eq!(ran.status, 2, "{}", ran.stdout);
    // The true plan makes the true part again.
    fs::write(&place, bytes).unwrap();
    for part in ["1/2", "2/2"] {
        folder.done("run", &["--shard", part]);
    }
    folder.done("assemble", &[]);
}

/// Every file in a zip, as another reader has it.
fn contents(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).ok()?;
            let name = file.name().ok()?.into_owned();
            let mut content = Vec::new();
            file.read_to_end(&mut content).ok()?;
            Some((name, content))
        })
        .collect()
}

#[test]
fn a_part_is_what_was_made_or_nothing() {
    let (folder, plan, key) = frozen(&["--only", "荣誉证书"]);
    let public = key.unwrap().public();
    folder.done("run", &["--shard", "1/2"]);
    let place = only_file(&folder, ".1-of-2.part");
    let bytes = fs::read(&place).unwrap();
    let (one, two) = (NonZeroUsize::MIN, NonZeroUsize::new(2).unwrap());
    let part = Part { plan: Frozen::identity(&plan), part: one, parts: two };
    let all = contents(&bytes).unwrap();
    let paths: Vec<String> =
        all.iter().map(|(name, _)| name.clone()).filter(|name| name.ends_with(".pdf")).collect();
    let changed = folder.path("changed.part");
    let read = |bytes: &[u8]| {
        fs::write(&changed, bytes).unwrap();
        let paths = paths.iter().map(String::as_str);
        let file = PartFile::open(&changed, &part, Some(&public), paths).ok()?;
        let mut given = Vec::new();
        file.each(|entry, pdf| {
            given.push((entry.path, pdf.to_vec()));
            Ok(())
        })
        .ok()?;
        Some(given)
    };
    let whole = read(&bytes).expect("it is sound");
    assert_eq!(whole.len(), paths.len());
    holds(400, damage(), |damage| {
        if let Some(given) = read(&damage.done_to(&bytes)) {
            assert!(given == whole, "another PDF came out of it");
        }
    });
    // With new checksums throughout.
    holds(60, (damage(), any::<Index>()), |(damage, which)| {
        let which = &all[which.index(all.len())].0;
        let packed = repacked(&bytes, |name, content| {
            Some(if name == which { damage.done_to(&content) } else { content })
        });
        if let Some(given) = read(&packed) {
            assert!(given == whole, "another PDF came out of it");
        }
    });
}

#[test]
fn a_part_changed_where_it_lies_is_not_assembled() {
    let folder = winners();
    folder.done("plan", &["--parts", "1", "--only", "荣誉证书"]);
    folder.done("run", &["--shard", "1/1"]);
    let place = only_file(&folder, ".part");
    let bytes = fs::read(&place).unwrap();
    let refused = |packed: Vec<u8>| {
        fs::write(&place, packed).unwrap();
        let ran = folder.accolade("assemble", &["--format", "json"]);
        let codes = ran.codes("error");
        assert_eq!((ran.status, codes), (2, vec!["part-changed".into()]), "{}", ran.stdout);
        assert!(!folder.path("register.db").exists());
    };
    // A PDF and its hash, and what is registered of it.
    let other = b"%PDF-1.7 forged".to_vec();
    let hash = |bytes: &[u8]| {
        use sha2::{Digest, Sha256};
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let pdf = contents(&bytes).unwrap().remove(0);
    refused(repacked(&bytes, |name, content| match name {
        name if name == pdf.0 => Some(other.clone()),
        "part.json" => {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains(&hash(&pdf.1)));
            Some(text.replace(&hash(&pdf.1), &hash(&other)).into_bytes())
        }
        _ => Some(content),
    }));
    refused(repacked(&bytes, |name, content| match name {
        "part.json" => Some(String::from_utf8(content).unwrap().replace("王伟", "王五").into()),
        _ => Some(content),
    }));
    refused(repacked(&bytes, |name, content| (name != "part.sig").then_some(content)));
    fs::write(&place, bytes).unwrap();
    folder.done("assemble", &[]);
}

struct Issued {
    folder: Folder,
    zip: Vec<u8>,
    pdf: Vec<u8>,
}

fn issued() -> Issued {
    let folder = winners();
    folder.package(&["--only", "荣誉证书"]);
    let zip = fs::read(folder.zip()).unwrap();
    let pdf = contents(&zip).unwrap().into_iter().find(|(name, _)| name.ends_with(".pdf"));
    Issued { zip, pdf: pdf.unwrap().1, folder }
}

fn verdict(path: &Path, trust: &Trust) -> Option<Verdict> {
    match verify::file(path, trust).ok()? {
        Found::Certificate(found) => Some(found.verdict),
        Found::Certificates(found) => found.iter().map(|it| it.verdict).max(),
        Found::Package(found) => Some(found.verdict),
    }
}

#[test]
fn a_package_is_genuine_only_with_what_was_packed() {
    let Issued { folder, zip, .. } = issued();
    let trust = Trust::new(Some(&folder.path("")), None).unwrap();
    let changed = folder.path("changed.zip");
    let whole = contents(&zip).unwrap();
    let is_genuine = |bytes: &[u8]| {
        fs::write(&changed, bytes).unwrap();
        verdict(&changed, &trust) == Some(Verdict::Genuine)
    };
    assert!(is_genuine(&zip));
    holds(300, damage(), |damage| {
        let bytes = damage.done_to(&zip);
        if is_genuine(&bytes) {
            let mut found = contents(&bytes).expect("it can be read");
            found.sort();
            let mut whole = whole.clone();
            whole.sort();
            assert!(found == whole, "something else passes for the package: {damage:?}");
        }
    });
    holds(60, (damage(), any::<Index>()), |(damage, which)| {
        let (which, before) = &whole[which.index(whole.len())];
        let after = damage.done_to(before);
        let packed = repacked(&zip, |name, content| {
            Some(if name == which { after.clone() } else { content })
        });
        assert!(!is_genuine(&packed) || after == *before, "{which}");
    });
    // A small file that unpacks to a large one costs no memory.
    let bomb = repacked(&zip, |name, content| match name {
        "manifest.json" => Some(vec![b' '; 300 << 20]),
        _ => Some(content),
    });
    assert!(!is_genuine(&bomb));
}

#[test]
fn a_changed_pdf_is_never_the_original() {
    let Issued { folder, pdf, .. } = issued();
    let trust = Trust::new(Some(&folder.path("")), None).unwrap();
    let changed = folder.path("changed.pdf");
    let look = |bytes: &[u8]| {
        fs::write(&changed, bytes).unwrap();
        let _ = accolade::inspect::file(&changed);
        verdict(&changed, &trust)
    };
    assert_eq!(look(&pdf), Some(Verdict::Genuine));
    // What the streams say is changed, too, and not only how they are packed.
    let mut open = lopdf::Document::load_mem(&pdf).unwrap();
    open.decompress();
    let mut unpacked = Vec::new();
    open.save_to(&mut unpacked).unwrap();
    assert_eq!(look(&unpacked), Some(Verdict::Copy));
    holds(150, (damage(), any::<bool>()), |(damage, packed)| {
        let before = if packed { &pdf } else { &unpacked };
        let after = damage.done_to(before);
        assert!(look(&after) != Some(Verdict::Genuine) || after == pdf, "{damage:?}");
    });
}

#[test]
fn a_status_list_says_what_was_signed_or_nothing() {
    let Issued { folder, .. } = issued();
    folder.done("revoke", &["JZCK2026-QY-1-001", "--reason", "取消资格"]);
    folder.done("register", &["--publish", "site"]);
    let text = fs::read_to_string(folder.path("site/status.js")).unwrap();
    let place = Path::new("status.js");
    let said = |text: &str| {
        let (list, _) = StatusList::parse(place, text).ok()?;
        list.status("JZCK2026-QY-1-001", 1);
        Some(format!("{list:?}"))
    };
    let whole = said(&text).expect("it is sound");
    holds(3000, damage(), |damage| {
        let changed = String::from_utf8_lossy(&damage.done_to(text.as_bytes())).into_owned();
        assert!(said(&changed).is_none_or(|said| said == whole), "{damage:?}");
    });
}

#[test]
fn a_damaged_register_is_told_or_says_the_same() {
    let Issued { folder, .. } = issued();
    let bytes = fs::read(folder.path("register.db")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let look = |bytes: &[u8]| {
        for file in fs::read_dir(dir.path()).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        fs::write(dir.path().join("register.db"), bytes).unwrap();
        let register = Register::open(dir.path()).ok()?;
        let certificates: Vec<_> = register
            .ledger()
            .certificates()
            .iter()
            .map(|it| {
                (it.number.clone(), it.revoked.clone(), it.current().attestation.text.clone())
            })
            .collect();
        for certificate in register.ledger().certificates() {
            let _ = register.entrant(certificate.current());
        }
        register.prove().ok()?;
        Some(certificates)
    };
    let whole = look(&bytes).expect("it is sound");
    assert_eq!(whole.len(), 3);
    holds(400, damage(), |damage| {
        if let Some(found) = look(&damage.done_to(&bytes)) {
            assert!(found == whole || found.is_empty(), "{damage:?}");
        }
    });
}
