//! The organizer's signature over a PDF file as a whole: the code states the
//! facts, but a forger might draw something beside them. Whatever touches the
//! file, be it a printer or a forger, loses it; so a file that has it is the one
//! that was issued, and one that has not says nothing either way.
//!
//! It stands among the PDF's keywords, which no viewer draws. They are written
//! with an empty signature first; the file is signed as it is then, and the
//! signature takes the empty one's place, byte for byte.

use memchr::memmem;
use sha2::{Digest, Sha256};

use super::key::{Key, PublicKey, Signature, SigningDomain};

/// What the keyword begins with.
const KEYWORD: &str = "accolade-file:";

/// How many characters a signature has.
const LENGTH: usize = 86;

/// What the signature that a file carries tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seal {
    /// The file is what was issued, to the byte.
    Whole,
    /// It carries a signature that is not for these bytes.
    Broken,
    /// It carries none.
    Missing,
}

/// The keyword of a file that is yet to be signed.
pub(crate) fn keyword() -> String {
    with(Signature::from_bytes([0; 64]))
}

/// Signs a finished PDF that has the [`keyword`].
pub(crate) fn put(pdf: &mut [u8], key: &Key) {
    let signature = key.sign(SigningDomain::File, &Sha256::digest(&*pdf));
    replace(pdf, &keyword(), &with(signature));
}

/// Whether one of these keys has signed the file.
pub(crate) fn read(pdf: &[u8], keys: &[PublicKey]) -> Seal {
    let Some(signature) = find(pdf) else { return Seal::Missing };
    let mut unsigned = pdf.to_vec();
    replace(&mut unsigned, &with(signature), &keyword());
    let digest = Sha256::digest(&unsigned);
    match keys.iter().any(|key| key.verify(SigningDomain::File, &digest, &signature)) {
        true => Seal::Whole,
        false => Seal::Broken,
    }
}

fn with(signature: Signature) -> String {
    format!("{KEYWORD}{signature}")
}

/// The first signature in the file.
fn find(pdf: &[u8]) -> Option<Signature> {
    memmem::find_iter(pdf, KEYWORD).find_map(|at| {
        let begin = at + KEYWORD.len();
        std::str::from_utf8(pdf.get(begin..begin + LENGTH)?).ok()?.parse().ok()
    })
}

/// Puts one keyword in another's place. Beside keywords that are not ASCII, a
/// PDF writes all of them as UTF-16 in hexadecimal.
fn replace(pdf: &mut [u8], from: &str, to: &str) {
    let hexadecimal = |text: &str| {
        text.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<String>().into_bytes()
    };
    let plain = |text: &str| text.as_bytes().to_vec();
    for (from, to) in [(plain(from), plain(to)), (hexadecimal(from), hexadecimal(to))] {
        let places: Vec<usize> = memmem::find_iter(pdf, &from).collect();
        for at in places {
            pdf[at..at + from.len()].copy_from_slice(&to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(key: &Key) -> Vec<u8> {
        let hexadecimal: String =
            keyword().encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        let mut pdf = format!("%PDF <FEFF{hexadecimal}> ({}) end", keyword()).into_bytes();
        put(&mut pdf, key);
        pdf
    }

    #[test]
    fn a_signed_file_is_whole_until_a_byte_of_it_changes() {
        let key = Key::generate();
        let pdf = sealed(&key);
        let keys = [Key::generate().public(), key.public()];
        assert_eq!(read(&pdf, &keys), Seal::Whole);
        assert_eq!(read(&pdf, &keys[..1]), Seal::Broken);
        assert!(memmem::find(&pdf, keyword().as_bytes()).is_none(), "the empty one is gone");
        for at in 0..pdf.len() {
            let mut changed = pdf.clone();
            changed[at] ^= 1;
            assert_ne!(read(&changed, &keys), Seal::Whole, "byte {at}");
        }
        assert_ne!(read(&[&pdf[..], b" "].concat(), &keys), Seal::Whole);
        assert_eq!(read(b"%PDF", &keys), Seal::Missing);
    }

    #[test]
    fn a_second_signature_in_the_file_is_a_change() {
        let key = Key::generate();
        let pdf = sealed(&key);
        for more in [keyword(), with(find(&pdf).unwrap()), KEYWORD.into()] {
            for changed in [[&pdf[..], more.as_bytes()].concat(), [more.as_bytes(), &pdf].concat()]
            {
                assert_ne!(read(&changed, &[key.public()]), Seal::Whole, "{more}");
            }
        }
    }
}
