//! A register that is read back.

use std::fs;

use accolade::register::Register;

use super::damage::damage;
use super::{Issued, holds, issued};

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
