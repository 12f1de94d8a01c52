//! Bytes as decimal digits.
//!
//! A QR code packs three digits into ten bits and so loses next to nothing,
//! while any letters that a text or an address allows would waste a quarter.
//! Seven bytes, the first the most significant, become seventeen digits; what
//! is left at the end becomes as few as hold it.

/// Bytes in a whole chunk.
const CHUNK: usize = 7;

/// How many digits hold so many bytes.
const DIGITS: [usize; CHUNK + 1] = [0, 3, 5, 8, 10, 13, 15, 17];

/// The digits that hold `bytes`.
pub(crate) fn write(bytes: &[u8]) -> String {
    let chunks = bytes.chunks(CHUNK).map(|chunk| {
        let number = chunk.iter().fold(0u64, |number, &byte| number << 8 | u64::from(byte));
        format!("{number:0width$}", width = DIGITS[chunk.len()])
    });
    chunks.collect()
}

/// The bytes that `digits` hold; `None` if they are not what [`write()`] makes.
pub(crate) fn read(digits: &str) -> Option<Vec<u8>> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
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
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_come_back() {
        for length in 0..40u8 {
            for fill in [0, 1, 0x7f, 0xff] {
                let bytes: Vec<u8> = (0..length).map(|at| at.wrapping_mul(37) ^ fill).collect();
                assert_eq!(read(&write(&bytes)), Some(bytes));
            }
        }
        assert_eq!(write(&[0xff; 64]).len(), 156);
    }

    #[test]
    fn digits_that_hold_too_much_are_refused() {
        for digits in ["1", "12", "256", "99999999999999999", "12a"] {
            assert_eq!(read(digits), None, "{digits}");
        }
    }
}
