//! The streams of a compound file (MS-CFB), the container of `.xls` and of
//! encrypted workbooks. No chain is longer than the file, so none is endless.

use super::refusal::Refusal;

const HEADER: usize = 512;
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const MINI_SECTOR: usize = 64;
const NONE: u32 = u32::MAX;

/// A compound file and what stands in its root folder.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini: Vec<u8>,
    cutoff: usize,
    entries: Vec<DirectoryEntry>,
}

struct DirectoryEntry {
    name: String,
    start: u32,
    length: usize,
}

/// The number at `at`, as far as there is one.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// See [`word`].
pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

impl<'a> Compound<'a> {
    /// Reads the tables and the root folder.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        Self::read(bytes).ok_or(Refusal::DamagedWorkbook)
    }

    /// Whether the root folder has an entry of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The whole stream of this name in the root folder.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(entry) = self.entry(name) else { return Ok(None) };
        let stream = if entry.length < self.cutoff {
            self.mini_chain(entry.start, entry.length)
        } else {
            self.chain(entry.start, entry.length)
        };
        match stream {
            Some(stream) if stream.len() == entry.length => Ok(Some(stream)),
            _ => Err(Refusal::DamagedWorkbook),
        }
    }

    fn entry(&self, name: &str) -> Option<&DirectoryEntry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn read(bytes: &'a [u8]) -> Option<Self> {
        let sector = match word(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            table: Vec::new(),
            mini_table: Vec::new(),
            mini: Vec::new(),
            cutoff: long(bytes, 56)? as usize,
            entries: Vec::new(),
        };
        file.table = file.sector_table()?;
        let folder = file.chain(long(bytes, 48)?, usize::MAX)?;
        let root = folder.get(..128)?;
        // Only streams that lie there suffer if this part is damaged.
        let count = (long(bytes, 64)? as usize).min(file.sectors());
        let table = file.chain(long(bytes, 60)?, count * sector).unwrap_or_default();
        file.mini_table = longs(&table).collect();
        let mini = file.chain(long(root, 116)?, long(root, 120)? as usize);
        file.mini = mini.unwrap_or_default();
        file.entries = entries(&folder);
        Some(file)
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector
    }

    /// The bytes of a sector; the last of a file may be short.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// Which sector follows which: the header names the first 109 sectors of
    /// this table, a chain of sectors the others.
    fn sector_table(&self) -> Option<Vec<u32>> {
        let mut parts: Vec<u32> = longs(self.bytes.get(76..HEADER)?).collect();
        let mut next = long(self.bytes, 68)?;
        let enough = self.sectors() / (self.sector / 4) + 2;
        while next < LAST_SECTOR && parts.len() < enough + 109 {
            let mut more: Vec<u32> = longs(self.sector(next)?).collect();
            next = more.pop()?;
            parts.extend(more);
        }
        let mut table = Vec::new();
        for part in parts.into_iter().filter(|&part| part < LAST_SECTOR).take(enough) {
            table.extend(longs(self.sector(part)?));
        }
        Some(table)
    }

    /// The bytes of a chain of sectors, `length` at most.
    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut next = start;
        for _ in 0..=self.sectors() {
            if next >= LAST_SECTOR || bytes.len() >= length {
                bytes.truncate(length);
                return Some(bytes);
            }
            bytes.extend_from_slice(self.sector(next)?);
            next = self.table.get(next as usize).copied().unwrap_or(NONE);
        }
        None
    }

    fn mini_chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut next = start;
        while bytes.len() < length {
            let at = (next as usize).checked_mul(MINI_SECTOR)?;
            let end = (at + MINI_SECTOR).min(self.mini.len());
            bytes.extend_from_slice(self.mini.get(at..end).filter(|part| !part.is_empty())?);
            next = *self.mini_table.get(next as usize)?;
        }
        bytes.truncate(length);
        Some(bytes)
    }
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// What stands in the root folder; an embedded workbook stands deeper.
fn entries(folder: &[u8]) -> Vec<DirectoryEntry> {
    let count = folder.len() / 128;
    let mut seen = vec![false; count];
    let mut open = vec![long(folder, 76).unwrap_or(NONE)];
    let mut entries = Vec::new();
    while let Some(number) = open.pop() {
        let number = number as usize;
        if number >= count || std::mem::replace(&mut seen[number], true) {
            continue;
        }
        let entry = &folder[number * 128..][..128];
        open.extend([long(entry, 68), long(entry, 72)].into_iter().flatten());
        let units = entry[..64].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        let units: Vec<u16> = units.take_while(|&unit| unit != 0).collect();
        entries.push(DirectoryEntry {
            name: String::from_utf16_lossy(&units),
            start: long(entry, 116).unwrap_or(NONE),
            length: long(entry, 120).unwrap_or(0) as usize,
        });
    }
    entries
}
