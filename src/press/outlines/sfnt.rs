//! A font file as its tables (OpenType 1.9, "Organization of an OpenType Font").

use std::borrow::Cow;

/// The version that a font with TrueType outlines begins with.
const TRUE_TYPE: [u8; 4] = [0, 1, 0, 0];

/// What the checksum of a whole font is taken from.
const MAGIC: u32 = 0xB1B0_AFBA;

pub(super) type Tag = [u8; 4];

/// The tables of a font, by their tags.
pub(super) struct Tables<'a>(Vec<(Tag, Cow<'a, [u8]>)>);

impl<'a> Tables<'a> {
    /// The tables of a font with TrueType outlines; `None` if it is none, or damaged.
    pub(super) fn read(font: &'a [u8]) -> Option<Self> {
        let (version, rest) = font.split_first_chunk()?;
        if *version != TRUE_TYPE {
            return None;
        }
        let count = usize::from(u16_at(rest, 0)?);
        let mut tables = (0..count)
            .map(|index| {
                let record = font.get(12 + 16 * index..28 + 16 * index)?;
                let (offset, length) = (u32_at(record, 8)?, u32_at(record, 12)?);
                let data = font.get(offset as usize..)?.get(..length as usize)?;
                Some((*record.first_chunk()?, Cow::Borrowed(data)))
            })
            .collect::<Option<Vec<_>>>()?;
        tables.sort_by_key(|(tag, _)| *tag);
        Some(Self(tables))
    }

    pub(super) fn get(&self, tag: &Tag) -> Option<&[u8]> {
        let (_, data) = self.0.iter().find(|(known, _)| known == tag)?;
        Some(data)
    }

    /// Puts a table in, in the place of one that was there.
    pub(super) fn put(&mut self, tag: &Tag, data: Vec<u8>) {
        let data = Cow::Owned(data);
        match self.0.binary_search_by_key(tag, |(known, _)| *known) {
            Ok(index) => self.0[index].1 = data,
            Err(index) => self.0.insert(index, (*tag, data)),
        }
    }

    /// Keeps only these.
    pub(super) fn retain(&mut self, tags: &[&Tag]) {
        self.0.retain(|(tag, _)| tags.contains(&tag));
    }

    /// The tables as a file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let count = self.0.len() as u16;
        let selector = count.ilog2() as u16;
        let range = 16 << selector;
        let size =
            self.0.iter().map(|(_, data)| 16 + data.len().next_multiple_of(4)).sum::<usize>();
        let mut font = Vec::with_capacity(12 + size);
        font.extend(TRUE_TYPE);
        for number in [count, range, selector, 16 * count - range] {
            font.extend(number.to_be_bytes());
        }
        let mut offset = 12 + 16 * self.0.len();
        for (tag, data) in &self.0 {
            font.extend(tag);
            // The adjustment in `head` counts as 0, in its own sum and in the font's.
            let sum = checksum(data).wrapping_sub(adjustment(tag, data));
            font.extend(sum.to_be_bytes());
            font.extend((offset as u32).to_be_bytes());
            font.extend((data.len() as u32).to_be_bytes());
            offset += data.len().next_multiple_of(4);
        }
        let mut head = None;
        for (tag, data) in &self.0 {
            if tag == b"head" {
                head = Some(font.len() + 8);
            }
            font.extend_from_slice(data);
            font.resize(font.len().next_multiple_of(4), 0);
        }
        if let Some(place) = head.and_then(|at| font.get(at..at + 4).map(|_| at..at + 4)) {
            font[place.clone()].fill(0);
            let sum = MAGIC.wrapping_sub(checksum(&font));
            font[place].copy_from_slice(&sum.to_be_bytes());
        }
        font
    }
}

/// What `head` says the font's sum lacks.
fn adjustment(tag: &Tag, data: &[u8]) -> u32 {
    if tag == b"head" { u32_at(data, 8).unwrap_or_default() } else { 0 }
}

fn checksum(data: &[u8]) -> u32 {
    let (words, rest) = data.as_chunks::<4>();
    let sum = words.iter().fold(0u32, |sum, word| sum.wrapping_add(u32::from_be_bytes(*word)));
    let mut last = [0; 4];
    last[..rest.len()].copy_from_slice(rest);
    sum.wrapping_add(u32::from_be_bytes(last))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|word| u16::from_be_bytes(*word))
}

pub(super) fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    bytes.get(at..)?.first_chunk().map(|word| i16::from_be_bytes(*word))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|word| u32::from_be_bytes(*word))
}
