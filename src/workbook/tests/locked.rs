//! Workbooks with a password: the one that all know, and any other.

use super::*;

#[test]
fn the_password_that_all_know_is_none() {
    let small = sheet("small.xls");
    for name in [
        "locked-xor.xls",
        "locked-rc4.xls",
        "locked-cryptoapi.xls",
        "locked-cryptoapi-40.xls",
        "locked-biff5.xls",
        "locked-agile.xlsx",
        "locked-standard.xlsx",
    ] {
        let sheet = sheet(name);
        for row in small.rows() {
            // BIFF5 has no merged cells.
            for column in small.columns(row).skip(1) {
                let (own, other) = (small.own(row, column), sheet.own(row, column));
                assert_eq!(own.value, other.value, "{name} {row} {column}");
            }
        }
    }
    for name in ["password.xls", "password.xlsx", "password.ods"] {
        assert!(matches!(parse(&sample(name), "名单"), Err(Refusal::Encrypted)), "{name}");
    }
}

#[test]
fn a_wrong_byte_in_what_proves_the_password_is_another_password() {
    // Where the samples keep what the password is proved with.
    for (name, proof) in [("locked-rc4.xls", 16), ("locked-cryptoapi.xls", 20)] {
        let mut bytes = sample(name);
        let salt: Vec<u8> = (0..16).collect();
        let at = bytes.windows(16).position(|part| part == salt).unwrap() + 16;
        bytes[at + proof] ^= 1;
        assert!(matches!(parse(&bytes, "名单"), Err(Refusal::Encrypted)), "{name}");
    }
}
