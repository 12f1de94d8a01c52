//! A part of a package: PDFs that one of several machines has made, with what is
//! to be said of each. It is no package: nothing in it may be printed before the
//! register knows its numbers.
//!
//! It lies where others may write, and what it holds is put into a package and
//! the register as it is. So its account, with the hash of every PDF, is signed
//! by the machine that made it, unless it is of a draft, which proves nothing.

use std::fs::File;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipArchive};

use super::list::{InTurn, ManifestEntry};
use super::read::content;
use super::writer::{Finished, Package};
use crate::attest::{Key, PublicKey, Signature, SigningDomain};
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::hex::hex;
use crate::plan::Plan;

/// The file in a part that accounts for the others.
const ACCOUNT: &str = "part.json";

/// The signature over [`ACCOUNT`] as it stands.
const SIGNATURE: &str = "part.sig";

/// Which part of which plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The plan's identity.
    pub plan: String,
    /// Which part it is, from 1.
    pub part: NonZeroUsize,
    /// How many there are.
    pub parts: NonZeroUsize,
}

impl Part {
    /// The part's file name.
    pub(crate) fn file(&self, plan: &Plan<'_>) -> String {
        let Self { part, parts, .. } = self;
        plan.file_name(&format!(".{part}-of-{parts}.part"))
    }
}

#[derive(Serialize)]
#[serde(bound = "")]
struct WrittenAccount<'a, E: Iterator<Item = io::Result<ManifestEntry>>> {
    #[serde(flatten)]
    part: &'a Part,
    documents: InTurn<E>,
}

#[derive(Deserialize)]
struct PartAccount {
    #[serde(flatten)]
    part: Part,
    documents: Vec<ManifestEntry>,
}

impl Package {
    /// Accounts for what was added as a part, signs that and flushes it to disk.
    ///
    /// # Errors
    /// The disk is full or gone.
    pub(crate) fn finish_part(
        mut self,
        part: &Part,
        key: Option<&Key>,
    ) -> Result<Finished, Diagnostics> {
        let stored = CompressionMethod::Stored;
        let key = key.map(|key| (key, SigningDomain::Part));
        self.add_account((ACCOUNT, SIGNATURE), stored, key, |file, documents| {
            Ok(serde_json::to_writer(
                file,
                &WrittenAccount { part, documents: InTurn::new(documents) },
            )?)
        })
        .map_err(|error| self.cannot_write(&error))?;
        self.close()
    }
}

/// An opened part.
pub struct PartFile {
    place: PathBuf,
    zip: ZipArchive<File>,
    documents: Vec<ManifestEntry>,
}

impl PartFile {
    /// Opens the file at `path`, which should be this part, signed with this key
    /// unless it is of a draft, and hold PDFs of these paths.
    ///
    /// # Errors
    /// It is not there, cannot be read, is damaged, is another part or
    /// one of another plan, or is not as it was made.
    pub fn open<'p>(
        path: &Path,
        part: &Part,
        key: Option<&PublicKey>,
        paths: impl Iterator<Item = &'p str>,
    ) -> Result<Self, Diagnostics> {
        let fault = |kind| Diagnostic::new(kind).at(Place::File(path.to_owned()));
        let file = File::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => fault(fault::Parts::PartMissing),
            _ => Diagnostic::cannot_read(path, &error),
        })?;
        let mut zip = ZipArchive::new(file).map_err(|_| fault(fault::Parts::PartDamaged))?;
        let account = content(&mut zip, ACCOUNT).ok_or_else(|| fault(fault::Parts::PartDamaged))?;
        let signature: Option<Signature> = content(&mut zip, SIGNATURE)
            .and_then(|signature| std::str::from_utf8(&signature).ok()?.parse().ok());
        let is_signed = |key: &PublicKey| {
            signature.is_some_and(|signature| key.verify(SigningDomain::Part, &account, &signature))
        };
        if !key.is_none_or(is_signed) {
            return Err(fault(fault::Parts::PartChanged).into());
        }
        let read = serde_json::from_slice(&account);
        let PartAccount { part: own, documents } =
            read.map_err(|_| fault(fault::Parts::PartDamaged))?;
        if own != *part {
            return Err(fault(fault::Parts::PartForeign).into());
        }
        if !documents.iter().map(|entry| entry.path.as_str()).eq(paths) {
            return Err(fault(fault::Parts::PartDamaged).into());
        }
        Ok(Self { place: path.to_owned(), zip, documents })
    }

    /// Hands over every PDF in it, one after the other, once it is held against
    /// its hash.
    ///
    /// # Errors
    /// A PDF is damaged, or whoever takes it has one.
    pub fn each(
        mut self,
        mut take: impl FnMut(&ManifestEntry, &[u8]) -> Result<(), Diagnostics>,
    ) -> Result<(), Diagnostics> {
        for entry in self.documents {
            let pdf = content(&mut self.zip, &entry.path);
            let Some(pdf) = pdf.filter(|pdf| hex(&Sha256::digest(pdf)) == entry.sha256) else {
                return Err(Diagnostic::new(fault::Parts::PartDamaged)
                    .at(Place::File(self.place))
                    .into());
            };
            take(&entry, &pdf)?;
        }
        Ok(())
    }
}
