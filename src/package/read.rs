//! A package read back: is it what its manifest says, and who signed that?

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::list::{MANIFEST, SIGNATURE};
use crate::attest::{PublicKey, Signature, SigningDomain};
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::hex::hex;

/// How much less room a list of ours may take when it is packed: it holds hashes
/// and signatures, which cannot be.
const DENSEST: u64 = 50;

/// An opened package, in a file or in memory.
pub struct Opened<R = File> {
    place: PathBuf,
    zip: ZipArchive<R>,
    manifest: Vec<u8>,
    read: Json,
    signature: Option<Signature>,
}

impl Opened {
    /// Opens the package at `path`.
    ///
    /// # Errors
    /// It cannot be read, or is no package.
    pub fn open(path: &Path) -> Result<Self, Diagnostics> {
        let file = File::open(path).map_err(|error| Diagnostic::cannot_read(path, &error))?;
        Self::read(path, file)
    }
}

impl<R: Read + Seek> Opened<R> {
    /// Opens the package that `source` holds; `place` is what it is called.
    ///
    /// # Errors
    /// It is no package.
    pub fn read(place: &Path, source: R) -> Result<Self, Diagnostics> {
        let strange =
            || Diagnostic::new(fault::Pdf::NotVerifiable).at(Place::File(place.to_owned()));
        let mut zip = ZipArchive::new(source).map_err(|_| strange())?;
        let manifest = content(&mut zip, MANIFEST).ok_or_else(strange)?;
        let read = serde_json::from_slice(&manifest).map_err(|_| strange())?;
        let signature = content(&mut zip, SIGNATURE)
            .and_then(|signature| String::from_utf8(signature).ok()?.trim().parse().ok());
        Ok(Self { place: place.to_owned(), zip, manifest, read, signature })
    }

    /// Whether one of these keys has signed the manifest as it stands.
    pub fn is_signed_by(&self, keys: &[PublicKey]) -> bool {
        self.signature.as_ref().is_some_and(|signature| {
            keys.iter().any(|key| key.verify(SigningDomain::Manifest, &self.manifest, signature))
        })
    }

    /// Stands for all its certificates, as the manifest has it.
    pub fn root(&self) -> Option<&str> {
        self.read["root"].as_str()
    }

    /// The signed text of every certificate, in order.
    pub fn statements(&self) -> Vec<String> {
        let documents = self.read["documents"].as_array().into_iter().flatten();
        documents.filter_map(|it| it["statement"].as_str().map(str::to_owned)).collect()
    }

    /// Every file that is not what the manifest says, that it does not know, or
    /// that is missing.
    ///
    /// # Errors
    /// The package cannot be read.
    pub fn strange_files(&mut self) -> Result<Vec<String>, Diagnostics> {
        let listed = ["documents", "lists"].iter().filter_map(|key| self.read[key].as_array());
        let mut expected: BTreeMap<String, String> = listed
            .flatten()
            .filter_map(|it| Some((it["path"].as_str()?.into(), it["sha256"].as_str()?.into())))
            .collect();
        let mut strange = Vec::new();
        for index in 0..self.zip.len() {
            let mut digest = Sha256::new();
            let hashed = self.zip.by_index(index).map_err(io::Error::from).and_then(|mut file| {
                let name = file.name().map_err(io::Error::from)?.into_owned();
                let most = most(&file);
                io::copy(&mut file.by_ref().take(most), &mut DigestWriter(&mut digest))?;
                Ok(name)
            });
            let name = hashed.map_err(|error| Diagnostic::cannot_read(&self.place, &error))?;
            if name == MANIFEST || name == SIGNATURE {
                continue;
            }
            if expected.remove(&name) != Some(hex(&digest.finalize())) {
                strange.push(name);
            }
        }
        strange.extend(expected.into_keys());
        Ok(strange)
    }
}

struct DigestWriter<'a>(&'a mut Sha256);

impl io::Write for DigestWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file's bytes; `None` if it is not there, damaged, or packed beyond what any
/// file of ours is.
pub(super) fn content<R: Read + Seek>(zip: &mut ZipArchive<R>, name: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = zip.by_name(name).ok()?;
    let most = most(&file);
    file.by_ref().take(most + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= most).then_some(bytes)
}

/// How many bytes a packed file may have: a small one that would fill the memory
/// or take for ever to read is none of ours.
fn most<R: Read>(file: &ZipFile<'_, R>) -> u64 {
    file.compressed_size().saturating_mul(DENSEST).saturating_add(1 << 20)
}
