//! A number as the fifteen decimal digits that spreadsheets know of it.

/// `0.d₁d₂d₃… × 10^point`, without a sign; zero has no digits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    /// The first fifteen digits of a finite number, its sign left out.
    pub(super) fn new(number: f64) -> Self {
        let written = format!("{:.14e}", number.abs());
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let digits =
            mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        Self { digits, point: exponent.parse::<i32>().unwrap_or(0) + 1 }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        self
    }

    /// Ten to this power times as much.
    pub(super) fn shifted(mut self, by: i32) -> Self {
        self.point += by;
        self
    }

    /// The power of ten of its first digit.
    pub(super) fn exponent(&self) -> i32 {
        if self.is_zero() { 0 } else { self.point - 1 }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Rounded to so many places behind the point, a half away from zero.
    pub(super) fn rounded(mut self, places: usize) -> Self {
        let keep = i64::from(self.point) + places as i64;
        if keep < 0 {
            return Self { digits: Vec::new(), point: 0 };
        }
        let keep = keep as usize;
        if keep >= self.digits.len() {
            return self;
        }
        let up = self.digits[keep] >= 5;
        self.digits.truncate(keep);
        if up {
            let mut at = keep;
            loop {
                if at == 0 {
                    self.digits.insert(0, 1);
                    self.point += 1;
                    break;
                }
                at -= 1;
                if self.digits[at] == 9 {
                    self.digits[at] = 0;
                } else {
                    self.digits[at] += 1;
                    break;
                }
            }
        }
        self.trimmed()
    }

    /// The digits before the point, none for zero, and those behind it.
    pub(super) fn written(&self, places: usize) -> (String, String) {
        let digit = |at: i32| {
            let digit = usize::try_from(at).ok().and_then(|at| self.digits.get(at));
            char::from(b'0' + digit.copied().unwrap_or(0))
        };
        let point = if self.is_zero() { 0 } else { self.point };
        let before = (0..point).map(digit).collect();
        (before, (point..point + places as i32).map(digit).collect())
    }
}

/// A number in a cell without a format: eleven characters at most, its sign
/// not counted.
pub(super) fn general(number: f64) -> String {
    const WIDTH: i32 = 11;
    let decimal = Decimal::new(number);
    let sign = if number < 0.0 && !decimal.is_zero() { "-" } else { "" };
    let exponent = decimal.exponent();
    if !(-5..WIDTH).contains(&exponent) || (exponent == -5 && decimal.digits.len() > 5) {
        return format!("{sign}{}", scientific(&decimal));
    }
    // The point is a character, too.
    let places = if exponent >= 0 { (WIDTH - 2 - exponent).max(0) } else { WIDTH - 2 };
    let rounded = decimal.clone().rounded(places as usize);
    if rounded.exponent() >= WIDTH {
        return format!("{sign}{}", scientific(&decimal));
    }
    let (whole, part) = rounded.written(places as usize);
    let part = part.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { &whole };
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}

/// Six digits at most and a power of ten.
fn scientific(decimal: &Decimal) -> String {
    let exponent = decimal.exponent();
    let mantissa = decimal.clone().shifted(-exponent).rounded(5);
    let carried = mantissa.exponent();
    let (whole, part) = mantissa.shifted(-carried).written(5);
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    let exponent = exponent + carried;
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{whole}{point}{part}E{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_without_a_format_take_eleven_characters() {
        for (number, shown) in [
            (126.0, "126"),
            (0.0, "0"),
            (-0.0, "0"),
            (95.5, "95.5"),
            (91.333_333_333_333_33, "91.33333333"),
            (-91.333_333_333_333_33, "-91.33333333"),
            (0.1 + 0.2, "0.3"),
            (2.0 / 3.0, "0.666666667"),
            (13_800_138_000.0, "13800138000"),
            (99_999_999_999.9, "1E+11"),
            (123_456_789_012.0, "1.23457E+11"),
            (1_234_567_890.123, "1234567890"),
            (911_407_001_234_567_890.0, "9.11407E+17"),
            (0.000_123_456_789, "0.000123457"),
            (0.000_012_345_678_9, "1.23457E-05"),
            (0.000_01, "0.00001"),
            (1e300, "1E+300"),
            (999_999.999_999_9, "1000000"),
        ] {
            assert_eq!(general(number), shown, "{number}");
        }
    }
}
