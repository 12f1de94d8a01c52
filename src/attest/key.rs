//! The organizer's signing key: an Ed25519 key (RFC 8032) in PKCS#8 PEM, in a
//! file of the contest folder that only its owner can read.

use std::cell::RefCell;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::hazmat::{ExpandedSecretKey, raw_sign_byupdate};
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use ed25519_dalek::{SignatureError, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256, Sha512};

use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::unfinished::Unfinished;

/// The key file's name in the contest folder.
pub(crate) const FILE: &str = "signing.key";

/// What a signature is for: one made in one domain never counts in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningDomain {
    /// A certificate's text.
    Certificate,
    /// A PDF as a whole.
    File,
    /// A package's `manifest.json`.
    Manifest,
    /// A status list.
    Status,
    /// A frozen plan.
    Plan,
    /// The account of a part of a package.
    Part,
}

impl SigningDomain {
    /// The line that is signed before the message.
    fn line(self) -> String {
        let name = match self {
            SigningDomain::Certificate => "certificate",
            SigningDomain::File => "file",
            SigningDomain::Manifest => "manifest",
            SigningDomain::Status => "status",
            SigningDomain::Plan => "plan",
            SigningDomain::Part => "part",
        };
        format!("accolade {name}\n")
    }

    /// The bytes that are signed.
    fn message(self, bytes: &[u8]) -> Vec<u8> {
        [self.line().as_bytes(), bytes].concat()
    }
}

/// Where a signing key is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It lies in the contest folder.
    Folder,
    /// It was made now and is not written yet.
    New,
}

/// A signing key.
#[derive(Clone)]
pub struct Key(SigningKey);

impl Key {
    /// A new key.
    ///
    /// # Panics
    /// If the system has no randomness to give, which no key may do without.
    pub fn generate() -> Self {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).expect("the system gives random bytes");
        Self(SigningKey::from_bytes(&seed))
    }

    /// The contest folder's key; `None` if it has none.
    ///
    /// # Errors
    /// The file cannot be read or is no such key.
    pub fn load(folder: &Path) -> Result<Option<Self>, Diagnostics> {
        let path = folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Diagnostic::cannot_read(&path, &error).into()),
        };
        match SigningKey::from_pkcs8_pem(text.trim()) {
            Ok(key) => Ok(Some(Self(key))),
            Err(_) => Err(Diagnostic::new(fault::Register::BadKey).at(Place::File(path)).into()),
        }
    }

    /// The key that signs for the contest in `folder`, and whether it was made
    /// just now and is not written yet. `registered` is the key that signed
    /// last.
    ///
    /// # Errors
    /// The folder has another key than the registered one, or none.
    pub(crate) fn of(
        folder: &Path,
        registered: Option<&PublicKey>,
    ) -> Result<(Self, Origin), Diagnostics> {
        let kind = match (Self::load(folder)?, registered) {
            (Some(key), Some(registered)) if key.public() != *registered => {
                fault::Register::KeyChanged {
                    registered: registered.to_string(),
                    found: key.public().to_string(),
                }
            }
            (Some(key), _) => return Ok((key, Origin::Folder)),
            (None, Some(registered)) => {
                fault::Register::KeyMissing { registered: registered.to_string() }
            }
            (None, None) => return Ok((Self::generate(), Origin::New)),
        };
        Err(Diagnostic::new(kind).at(Place::File(folder.join(FILE))).into())
    }

    /// Writes the key into the contest folder, never over another.
    ///
    /// # Errors
    /// The folder cannot be written to, or has a key.
    pub fn save(&self, folder: &Path) -> Result<(), Diagnostics> {
        let path = folder.join(FILE);
        let pem = self.0.to_pkcs8_pem(LineEnding::LF).expect("every key has a PEM form");
        // Only a whole key gets the name: half a one would be no key for ever.
        Unfinished::create_private(folder)
            .and_then(|mut file| {
                file.write_all(pem.as_bytes())?;
                file.as_file().sync_all()?;
                file.persist_new(&path)
            })
            .map_err(|error| match error.kind() {
                // Somebody else has made one since the folder was found without.
                io::ErrorKind::AlreadyExists => {
                    Diagnostic::new(fault::Register::RegisterBusy).at(Place::File(path)).into()
                }
                _ => Diagnostic::cannot_write(&path, &error).into(),
            })
    }

    /// The key that verifies what this one signs.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs bytes for a purpose; the same bytes give the same signature.
    pub fn sign(&self, domain: SigningDomain, bytes: &[u8]) -> Signature {
        Signature(self.0.sign(&domain.message(bytes)).to_bytes())
    }

    /// Signs the bytes of a whole file for a purpose, as [`sign`](Self::sign) would,
    /// without having them in memory.
    ///
    /// # Errors
    /// It cannot be read, or is another each time.
    pub(crate) fn sign_file(&self, domain: SigningDomain, file: &File) -> io::Result<Signature> {
        // Ed25519 takes a message twice. Two signatures of which one took it otherwise
        // would give the key away, so a signature counts only if both are alike.
        let read = RefCell::new(Vec::new());
        let take = |digest: &mut Sha512| {
            let mut once = Sha256::new();
            digest.update(domain.line());
            let taken = through(file, |bytes| {
                digest.update(bytes);
                once.update(bytes);
            });
            let result = taken.as_ref().map(drop).map_err(|_| SignatureError::new());
            read.borrow_mut().push(taken.map(|()| once.finalize()));
            result
        };
        let secret = ExpandedSecretKey::from(self.0.as_bytes());
        let signed = raw_sign_byupdate::<Sha512, _>(&secret, take, &self.0.verifying_key());
        let read = read.into_inner().into_iter().collect::<io::Result<Vec<_>>>()?;
        match (signed, read.as_slice()) {
            (Ok(signature), [first, second]) if first == second => {
                Ok(Signature(signature.to_bytes()))
            }
            _ => Err(io::Error::other("a file changed while it was signed")),
        }
    }
}

/// Hands over a file's bytes from the first to the last.
fn through(mut file: &File, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    file.rewind()?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => take(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A key that verifies signatures, shown as 43 characters of base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Whether the key's owner has signed these bytes for this purpose.
    pub(crate) fn verify(
        &self,
        domain: SigningDomain,
        bytes: &[u8],
        signature: &Signature,
    ) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(&domain.message(bytes), &signature).is_ok())
    }
}

/// An Ed25519 signature, shown as 86 characters of base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 64]);

impl Signature {
    /// A signature of these bytes.
    pub(crate) fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// The bytes of the signature.
    pub(crate) fn to_bytes(self) -> [u8; 64] {
        self.0
    }
}

macro_rules! as_base64 {
    ($($type:ident),*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&BASE64.encode(self.0))
            }
        }

        impl FromStr for $type {
            type Err = NotBase64;

            fn from_str(text: &str) -> Result<Self, NotBase64> {
                let bytes = BASE64.decode(text).map_err(|_| NotBase64)?;
                bytes.try_into().map(Self).map_err(|_| NotBase64)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )*};
}

as_base64!(PublicKey, Signature);

/// A text that is no key or signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotBase64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_signed_as_its_bytes_are() {
        let key = Key::generate();
        let domain = SigningDomain::Manifest;
        for length in [0, 1, 1 << 16, 200_003] {
            let bytes: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(&bytes).unwrap();
            let signature = key.sign_file(domain, &file).unwrap();
            assert_eq!(signature, key.sign(domain, &bytes), "{length} bytes");
            assert!(key.public().verify(domain, &bytes, &signature));
        }
    }
}
