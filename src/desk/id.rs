//! What a page calls files and folders by: none of it can be joined to a path.

use std::path::Path;

use sha2::{Digest, Sha256};

/// How many bytes of a hash tell all files of a folder apart.
const BYTES: usize = 12;

/// What a file of this name, or of these bytes, is called.
pub(super) fn id_of(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect()
}

/// What a contest folder is called.
pub(super) fn place_of(folder: &Path) -> String {
    id_of(folder.as_os_str().as_encoded_bytes())
}
