//! A package read back: is it what its manifest says, and who signed that?

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::list::{MANIFEST, ManifestEntry, SIGNATURE};
use super::writer::Hashing;
use crate::attest::{Attestation, PublicKey, Signature, SigningDomain};
use crate::cell::CellRef;
use crate::fact::Fact;
use crate::fault::{self, Diagnostic, Diagnostics, Kind, Place};
use crate::field::Field;
use crate::hex::hex;

/// How much less room a list of ours may take when it is packed: it holds hashes
/// and signatures, which cannot be.
const DENSEST: u64 = 50;

/// What a package holds of one PDF, as a list of its contents shows it.
#[derive(Debug, Clone, Serialize)]
pub struct PackedDocument {
    /// Its path in the package.
    pub path: String,
    /// Its kind, or its volume's name.
    pub kind: String,
    /// Its number, if it has one.
    pub number: Option<String>,
    /// Its revision, if it has a number.
    pub revision: Option<u32>,
    /// Who gets it; `None` for a list of many.
    pub recipient: Option<String>,
    /// The group, if it is a certificate that states one.
    pub group: Option<String>,
    /// The county, if it is a certificate that states one.
    pub county: Option<String>,
    /// The rows it was made from.
    pub rows: Vec<CellRef>,
    /// How many pages it has.
    pub pages: usize,
    /// How many bytes.
    pub bytes: u64,
    /// SHA-256 of the PDF, in hexadecimal.
    pub sha256: String,
}

impl From<ManifestEntry> for PackedDocument {
    fn from(entry: ManifestEntry) -> Self {
        let signed = entry.statement.as_deref().and_then(Attestation::parse);
        let stated = |field| {
            let signed = signed.as_ref()?;
            signed.statement.get(Fact::Field(field)).map(str::to_owned)
        };
        Self {
            group: stated(Field::Group),
            county: stated(Field::County),
            path: entry.path,
            kind: entry.kind,
            number: entry.number,
            revision: entry.revision,
            recipient: entry.recipient,
            rows: entry.rows,
            pages: entry.pages,
            bytes: 0,
            sha256: entry.sha256,
        }
    }
}

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
    pub(crate) fn read(place: &Path, source: R) -> Result<Self, Diagnostics> {
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
    pub(crate) fn is_signed_by(&self, keys: &[PublicKey]) -> bool {
        self.signature.as_ref().is_some_and(|signature| {
            keys.iter().any(|key| key.verify(SigningDomain::Manifest, &self.manifest, signature))
        })
    }

    /// Stands for all its certificates, as the manifest has it.
    pub(crate) fn root(&self) -> Option<&str> {
        self.read["root"].as_str()
    }

    /// The signed text of every certificate, in order.
    pub(crate) fn statements(&self) -> Vec<String> {
        let documents = self.read["documents"].as_array().into_iter().flatten();
        documents.filter_map(|it| it["statement"].as_str().map(str::to_owned)).collect()
    }

    /// Every PDF that it holds, in order.
    ///
    /// # Errors
    /// Its manifest is none of ours.
    pub fn entries(&mut self) -> Result<Vec<PackedDocument>, Diagnostics> {
        let documents = Vec::<ManifestEntry>::deserialize(&self.read["documents"]);
        let documents = documents.map_err(|_| self.fault(fault::Pdf::NotVerifiable))?;
        let mut entries: Vec<PackedDocument> =
            documents.into_par_iter().map(PackedDocument::from).collect();
        for entry in &mut entries {
            // What is missing is told when it is asked for.
            let index = self.zip.index_for_name(&entry.path);
            let file = index.and_then(|index| self.zip.by_index_raw(index).ok());
            entry.bytes = file.map_or(0, |file| file.size());
        }
        Ok(entries)
    }

    /// The paths of its files for clerks.
    pub fn lists(&self) -> impl Iterator<Item = &str> {
        let lists = self.read["lists"].as_array().into_iter().flatten();
        lists.filter_map(|it| it["path"].as_str())
    }

    /// One file as its manifest knows it.
    ///
    /// # Errors
    /// The manifest knows none of this path, or another one stands there.
    pub fn file(&mut self, path: &str) -> Result<Vec<u8>, Diagnostics> {
        let sha256 = self.listed().find(|(known, _)| *known == path).map(|(_, it)| it.to_owned());
        let Some(sha256) = sha256 else {
            return Err(self.fault(fault::Environment::NotInPackage { path: path.to_owned() }));
        };
        self.sound(path, &sha256)
            .ok_or_else(|| self.fault(fault::Environment::PackageChanged { path: path.to_owned() }))
    }

    /// The file with this SHA-256, if there is one and it is sound.
    pub(super) fn file_of(&mut self, sha256: &str) -> Option<Vec<u8>> {
        let path = self.listed().find(|(_, it)| *it == sha256).map(|(path, _)| path.to_owned())?;
        self.sound(&path, sha256)
    }

    fn sound(&mut self, path: &str, sha256: &str) -> Option<Vec<u8>> {
        content(&mut self.zip, path).filter(|bytes| hex(&Sha256::digest(bytes)) == sha256)
    }

    /// The path and the SHA-256 of every file that the manifest knows.
    fn listed(&self) -> impl Iterator<Item = (&str, &str)> {
        let listed = ["documents", "lists"].iter().filter_map(|key| self.read[key].as_array());
        listed.flatten().filter_map(|it| Some((it["path"].as_str()?, it["sha256"].as_str()?)))
    }

    fn fault(&self, kind: impl Into<Kind>) -> Diagnostics {
        Diagnostic::new(kind).at(Place::File(self.place.clone())).into()
    }

    /// Every file that is not what the manifest says, that it does not know, or
    /// that is missing.
    ///
    /// # Errors
    /// The package cannot be read.
    pub(crate) fn strange_files(&mut self) -> Result<Vec<String>, Diagnostics> {
        let listed = self.listed().map(|(path, sha256)| (path.to_owned(), sha256.to_owned()));
        let mut expected: BTreeMap<String, String> = listed.collect();
        let mut strange = Vec::new();
        for index in 0..self.zip.len() {
            let hashed = self.zip.by_index(index).map_err(io::Error::from).and_then(|mut file| {
                let name = file.name().map_err(io::Error::from)?.into_owned();
                let most = most(&file);
                let mut hashing = Hashing::new(io::sink());
                io::copy(&mut file.by_ref().take(most), &mut hashing)?;
                Ok((name, hashing.sha256()))
            });
            let (name, sha256) =
                hashed.map_err(|error| Diagnostic::cannot_read(&self.place, &error))?;
            if name == MANIFEST || name == SIGNATURE {
                continue;
            }
            if expected.remove(&name) != Some(sha256) {
                strange.push(name);
            }
        }
        strange.extend(expected.into_keys());
        Ok(strange)
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
