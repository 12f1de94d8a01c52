//! An attestation as a link: its text, deflated and in decimal digits, is the
//! fragment of a check page's address, which no browser sends to a server.
//!
//! Digits, because a QR code packs ten bits into three of them, while any
//! other alphabet that an address allows wastes a quarter. Seven bytes become
//! seventeen digits; what is left at the end becomes as few as hold it.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// Bytes in a whole chunk.
const CHUNK: usize = 7;

/// How many digits hold so many bytes.
const DIGITS: [usize; CHUNK + 1] = [0, 3, 5, 8, 10, 13, 15, 17];

/// More text than any code can hold is none of ours.
const LONGEST: u64 = 16 * 1024;

/// The link to `page` that carries `text`.
pub fn write(page: &str, text: &str) -> String {
    let in_memory = "writing to memory cannot fail";
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(text.as_bytes()).expect(in_memory);
    let bytes = deflate.finish().expect(in_memory);
    let digits = bytes.chunks(CHUNK).map(|chunk| {
        let number = chunk.iter().fold(0u64, |number, &byte| number << 8 | u64::from(byte));
        format!("{number:0width$}", width = DIGITS[chunk.len()])
    });
    format!("{page}#{}", digits.collect::<String>())
}

/// The text that a link, or its fragment alone, carries.
pub fn read(link: &str) -> Option<String> {
    let digits = link.trim().rsplit('#').next()?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut bytes = Vec::new();
    for chunk in digits.as_bytes().chunks(DIGITS[CHUNK]) {
        let length = DIGITS.iter().position(|&digits| digits == chunk.len())?;
        let number: u64 = std::str::from_utf8(chunk).ok()?.parse().ok()?;
        let all = number.to_be_bytes();
        let (zeros, chunk) = all.split_at(all.len() - length);
        if zeros.iter().any(|&byte| byte != 0) {
            return None;
        }
        bytes.extend_from_slice(chunk);
    }
    let mut text = String::new();
    DeflateDecoder::new(&bytes[..]).take(LONGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_carries_any_text() {
        for length in 0..200 {
            let text: String = "编号 JZ-001\n".chars().cycle().take(length).collect();
            let link = write("https://check.example/", &text);
            assert_eq!(read(&link), Some(text.clone()));
            assert_eq!(read(link.rsplit('#').next().unwrap()), Some(text));
        }
    }

    #[test]
    fn what_is_no_link_of_ours_is_refused() {
        for text in ["", "#", "https://check.example/", "12a", "1", "99999999999999999", "荣誉"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
