//! A frozen plan that is read back.

use std::fs;
use std::num::NonZeroUsize;

use accolade::attest::{Key, SigningDomain};
use accolade::contest::Contest;
use accolade::folder::Shares;
use accolade::plan::{Frozen, Untrue};
use accolade::press::Press;
use proptest::prelude::*;
use serde_json::Value as Json;

use super::damage::{damage, twist};
use super::{frozen, holds, only_file};

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
