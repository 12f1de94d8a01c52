//! An attestation as a link: its text, deflated and in decimal digits, is the
//! fragment of a check page's address, which no browser sends to a server.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::digits;

/// More text than any code can hold is none of ours.
const LONGEST: u64 = 16 * 1024;

/// The link to `page` that carries `text`.
pub(crate) fn write(page: &str, text: &str) -> String {
    let in_memory = "writing to memory cannot fail";
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(text.as_bytes()).expect(in_memory);
    let bytes = deflate.finish().expect(in_memory);
    format!("{page}#{}", digits::write(&bytes))
}

/// The text that a link, or its fragment alone, carries.
pub(crate) fn read(link: &str) -> Option<String> {
    let digits = link.trim().rsplit('#').next()?;
    let bytes = digits::read(digits).filter(|bytes| !bytes.is_empty())?;
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
