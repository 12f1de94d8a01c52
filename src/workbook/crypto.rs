//! Workbooks that are encrypted with the password every Excel tries first
//! (MS-OFFCRYPTO): it encrypts so what is only locked against changes. Any
//! other password is not ours to know.

use aes::cipher::{BlockCipherDecrypt, KeyInit};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use quick_xml::events::Event;
use rc4::{Rc4, StreamCipher};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::archive::{attribute, xml};
use super::bounds::Bounds;
use super::compound::{Compound, long, word};
use super::refusal::Refusal;

const PASSWORD: &str = "VelvetSweatshop";
/// How often a password may be hashed; Excel does it a hundred thousand times.
const SPINS: u32 = 1_000_000;
/// Bytes that are encrypted together: in a package, and in a stream.
const SEGMENT: usize = 4096;
const BLOCK: usize = 1024;

fn password() -> Vec<u8> {
    PASSWORD.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The zip within a container that encrypts one, if it is such a container.
///
/// # Errors
/// It has a password of its own.
pub(super) fn package(file: &Compound<'_>) -> Result<Option<Vec<u8>>, Refusal> {
    if !file.has("EncryptedPackage") && !file.has("EncryptionInfo") {
        return Ok(None);
    }
    let stream = |name| file.stream(name)?.ok_or(Refusal::Encrypted);
    let (info, package) = (stream("EncryptionInfo")?, stream("EncryptedPackage")?);
    let decrypted = match (word(&info, 0), word(&info, 2)) {
        (Some(4), Some(4)) => agile(info.get(8..).unwrap_or_default(), &package),
        (Some(2..=4), Some(2)) => standard(&info, &package),
        _ => None,
    };
    decrypted.map(Some).ok_or(Refusal::Encrypted)
}

#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "SHA1" | "SHA-1" => Hash::Sha1,
            "SHA256" | "SHA-256" => Hash::Sha256,
            "SHA384" | "SHA-384" => Hash::Sha384,
            "SHA512" | "SHA-512" => Hash::Sha512,
            _ => return None,
        })
    }

    fn of(self, parts: [&[u8]; 2]) -> Vec<u8> {
        fn digest<D: Digest>(parts: [&[u8]; 2]) -> Vec<u8> {
            let mut digest = D::new();
            parts.into_iter().for_each(|part| digest.update(part));
            digest.finalize().to_vec()
        }
        match self {
            Hash::Sha1 => digest::<Sha1>(parts),
            Hash::Sha256 => digest::<Sha256>(parts),
            Hash::Sha384 => digest::<Sha384>(parts),
            Hash::Sha512 => digest::<Sha512>(parts),
        }
    }

    /// The password, hashed with its salt and then over and over.
    fn spun(self, salt: &[u8], spins: u32) -> Vec<u8> {
        let start = self.of([salt, &password()]);
        (0..spins).fold(start, |hash, spin| self.of([&spin.to_le_bytes(), &hash]))
    }
}

/// Decrypts whole blocks, each by itself or, from a first value on, chained.
fn decrypt(key: &[u8], chain: Option<&[u8]>, data: &[u8]) -> Option<Vec<u8>> {
    fn blocks(cipher: &impl BlockCipherDecrypt, data: &mut [u8]) -> Option<()> {
        for block in data.chunks_exact_mut(16) {
            cipher.decrypt_block(block.try_into().ok()?);
        }
        Some(())
    }
    let mut plain = data.to_vec();
    match key.len() {
        16 => blocks(&aes::Aes128Dec::new_from_slice(key).ok()?, &mut plain)?,
        24 => blocks(&aes::Aes192Dec::new_from_slice(key).ok()?, &mut plain)?,
        32 => blocks(&aes::Aes256Dec::new_from_slice(key).ok()?, &mut plain)?,
        _ => return None,
    }
    if let Some(first) = chain {
        let before = first.get(..16)?.iter().chain(data);
        plain.iter_mut().zip(before).for_each(|(byte, before)| *byte ^= before);
    }
    Some(plain)
}

/// What one element of the description of an agile encryption says.
#[derive(Default)]
struct Agile {
    hash: String,
    salt: Vec<u8>,
    bits: usize,
    spins: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

/// Agile encryption (MS-OFFCRYPTO 2.3.4.10 to 2.3.4.15).
fn agile(info: &[u8], package: &[u8]) -> Option<Vec<u8>> {
    let (mut data, mut lock) = (Agile::default(), Agile::default());
    xml(info, &Bounds::default(), |event| {
        if let Event::Start(element) = event {
            let text = |name| attribute(element, name).unwrap_or_default();
            let bytes = |name| STANDARD.decode(text(name)).unwrap_or_default();
            let stated = Agile {
                hash: text("hashAlgorithm"),
                salt: bytes("saltValue"),
                bits: text("keyBits").parse().unwrap_or(0),
                spins: text("spinCount").parse().unwrap_or(u32::MAX),
                verifier: bytes("encryptedVerifierHashInput"),
                verifier_hash: bytes("encryptedVerifierHashValue"),
                key: bytes("encryptedKeyValue"),
            };
            match element.local_name().as_ref() {
                "keyData" => data = stated,
                // One for a certificate has no spins.
                "encryptedKey" if stated.spins <= SPINS => lock = stated,
                _ => {}
            }
        }
        Ok(())
    })
    .ok()?;
    if lock.key.is_empty() {
        return None;
    }
    let hash = Hash::named(&lock.hash)?;
    let spun = hash.spun(&lock.salt, lock.spins);
    let open = |purpose: [u8; 8], data: &[u8]| {
        let mut key = hash.of([&spun, &purpose]);
        key.resize(lock.bits / 8, 0x36);
        decrypt(&key, Some(&lock.salt), data)
    };
    let verifier = open([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], &lock.verifier)?;
    let stated = open([0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E], &lock.verifier_hash)?;
    if verifier.is_empty() || !stated.starts_with(&hash.of([&verifier, &[]])) {
        return None;
    }
    let mut key = open([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], &lock.key)?;
    key.truncate(data.bits / 8);
    let hash = Hash::named(&data.hash)?;
    let segments = package.get(8..)?.chunks(SEGMENT);
    let plain: Option<Vec<Vec<u8>>> = (0u32..)
        .zip(segments)
        .map(|(number, segment)| {
            let chain = hash.of([&data.salt, &number.to_le_bytes()]);
            decrypt(&key, Some(&chain), segment)
        })
        .collect();
    sized(plain?.concat(), package)
}

/// Standard encryption (MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9).
fn standard(info: &[u8], package: &[u8]) -> Option<Vec<u8>> {
    const SPUN: u32 = 50_000;
    let header = info.get(12..)?;
    let bits = long(header, 16)? as usize;
    let lock = header.get(long(info, 8)? as usize..)?;
    let spun = Hash::Sha1.spun(lock.get(4..20)?, SPUN);
    let block = Hash::Sha1.of([&spun, &[0; 4]]);
    let half = |pad: u8| {
        let mut padded = [pad; 64];
        padded.iter_mut().zip(&block).for_each(|(byte, hash)| *byte ^= hash);
        Hash::Sha1.of([&padded, &[]])
    };
    let key = [half(0x36), half(0x5C)].concat();
    let key = key.get(..bits / 8)?;
    let verifier = decrypt(key, None, lock.get(20..36)?)?;
    let stated = decrypt(key, None, lock.get(40..72)?)?;
    if !stated.starts_with(&Hash::Sha1.of([&verifier, &[]])) {
        return None;
    }
    sized(decrypt(key, None, package.get(8..)?)?, package)
}

/// What was encrypted, without what fills its last block.
fn sized(mut plain: Vec<u8>, package: &[u8]) -> Option<Vec<u8>> {
    plain.truncate(long(package, 0)? as usize);
    Some(plain)
}

/// The key of each block of an old workbook's stream.
enum Key {
    /// MS-OFFCRYPTO 2.3.7: the same bytes for every file with this password.
    Xor,
    /// 2.3.6, by the part of the password's hash that all blocks share.
    Rc4([u8; 5]),
    /// 2.3.5, with the length of its keys.
    CryptoApi(Vec<u8>, usize),
}

impl Key {
    fn cipher(&self, block: u32) -> Option<Rc4> {
        let key = match self {
            Key::Xor => return None,
            Key::Rc4(hash) => {
                Md5::new().chain_update(hash).chain_update(block.to_le_bytes()).finalize().to_vec()
            }
            Key::CryptoApi(hash, bits) => {
                let mut key = Hash::Sha1.of([hash, &block.to_le_bytes()]);
                key.truncate(bits / 8);
                // Forty bits stand for a key of sixteen bytes.
                key.resize(if *bits == 40 { 16 } else { key.len() }, 0);
                key
            }
        };
        Rc4::new_from_slice(&key).ok()
    }

    /// The key that a `FilePass` record describes, if the password is the one
    /// everybody knows.
    fn of(pass: &[u8], old: bool) -> Option<Self> {
        /// What the password comes to.
        const XOR: u16 = 0x9A0A;
        match word(pass, 0)? {
            _ if old => (word(pass, 2)? == XOR).then_some(Key::Xor),
            0 => (word(pass, 4)? == XOR).then_some(Key::Xor),
            1 if word(pass, 2)? == 1 => {
                let hash = Md5::digest(password());
                let salted = [&hash[..5], pass.get(6..22)?].concat().repeat(16);
                let key = Key::Rc4(Md5::digest(salted)[..5].try_into().ok()?);
                let (verifier, stated) = key.verify(pass.get(22..38)?, pass.get(38..54)?)?;
                (Md5::digest(verifier)[..] == stated).then_some(key)
            }
            1 if word(pass, 4)? == 2 => {
                let header = pass.get(14..)?;
                let bits = match long(header, 16)? as usize {
                    0 => 40,
                    bits => bits,
                };
                let lock = header.get(long(pass, 10)? as usize..)?;
                let key = Key::CryptoApi(Hash::Sha1.of([lock.get(4..20)?, &password()]), bits);
                let (verifier, stated) = key.verify(lock.get(20..36)?, lock.get(40..60)?)?;
                (Hash::Sha1.of([&verifier, &[]]) == stated).then_some(key)
            }
            _ => None,
        }
    }

    /// Decrypts what tells a right password from a wrong one.
    fn verify(&self, verifier: &[u8], stated: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut both = [verifier, stated].concat();
        self.cipher(0)?.apply_keystream(&mut both);
        let stated = both.split_off(verifier.len());
        Some((both, stated))
    }
}

/// The stream of an old workbook, decrypted; `pass` is what its `FilePass`
/// record holds.
///
/// # Errors
/// It has a password of its own.
pub(super) fn stream(stream: &[u8], pass: &[u8], old: bool) -> Result<Vec<u8>, Refusal> {
    let key = Key::of(pass, old).ok_or(Refusal::Encrypted)?;
    let mut plain = stream.to_vec();
    if !matches!(key, Key::Xor) {
        for (block, bytes) in (0u32..).zip(plain.chunks_mut(BLOCK)) {
            key.cipher(block).ok_or(Refusal::Encrypted)?.apply_keystream(bytes);
        }
    }
    let mut at = 0;
    // Heads of records are never encrypted, and some records neither.
    while let (Some(kind), Some(length)) = (word(stream, at), word(stream, at + 2)) {
        let (start, length) = (at + 4, usize::from(length));
        let open = match kind {
            // BOF, FilePass, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead.
            0x0809 | 0x002F | 0x0194 | 0x0195 | 0x00E1 | 0x0196 | 0x0138 => length,
            // BoundSheet8: where the sheet begins.
            0x0085 => length.min(4),
            _ => 0,
        };
        let end = (start + length).min(stream.len());
        let open = (start + open).min(end);
        plain[at..open].copy_from_slice(&stream[at..open]);
        if let Key::Xor = key {
            for place in open..end {
                plain[place] = xored(stream[place], place + length);
            }
        }
        at = end;
    }
    Ok(plain)
}

/// A byte of an obfuscated record.
fn xored(byte: u8, place: usize) -> u8 {
    /// What [`PASSWORD`] comes to (MS-OFFCRYPTO 2.3.7.2).
    const BYTES: [u8; 16] = [
        0x87, 0x6B, 0x9A, 0xE2, 0x1E, 0xE3, 0x05, 0x62, 0x1E, 0x69, 0x96, 0x60, 0x98, 0x6E, 0x94,
        0x04,
    ];
    (byte ^ BYTES[place % 16]).rotate_right(5)
}
