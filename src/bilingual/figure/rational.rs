//! An exact rational number of bounded size.

use std::cmp::Ordering;

/// The digits that a printed decimal keeps.
const SIGNIFICANT: usize = 15;

/// An exact fraction in lowest terms, the denominator positive.
///
/// What does not fit into 128 bits has no value: every operation that could leave them answers `None`, so a figure such as 10^400 is harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rational {
    numerator: i128,
    denominator: i128,
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Rational {
    /// Nothing.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);

    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self { numerator: value as i128, denominator: 1 }
    }

    /// A fraction; none over zero.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()).max(1) as i128;
        let sign = denominator.signum();
        Some(Self { numerator: sign * (numerator / divisor), denominator: sign * (denominator / divisor) })
    }

    /// Ten to a power, positive or negative.
    pub fn power_of_ten(exponent: i32) -> Option<Self> {
        Self::whole(10).pow(exponent)
    }

    /// The number that decimal digits write: the digits before the point, then those after it.
    pub fn from_digits(whole: impl Iterator<Item = u8>, fraction: impl Iterator<Item = u8>) -> Option<Self> {
        let mut numerator: i128 = 0;
        for digit in whole {
            numerator = numerator.checked_mul(10)?.checked_add(i128::from(digit))?;
        }
        let (mut denominator, mut zeros): (i128, u32) = (1, 0);
        for digit in fraction {
            if digit == 0 {
                zeros = zeros.checked_add(1)?; // Zeros at the end add nothing, however many they are.
                continue;
            }
            let shift = 10_i128.checked_pow(zeros.checked_add(1)?)?;
            numerator = numerator.checked_mul(shift)?.checked_add(i128::from(digit))?;
            denominator = denominator.checked_mul(shift)?;
            zeros = 0;
        }
        Self::new(numerator, denominator)
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let divisor = gcd(self.denominator.unsigned_abs(), other.denominator.unsigned_abs()).max(1) as i128;
        let left = self.numerator.checked_mul(other.denominator / divisor)?;
        let right = other.numerator.checked_mul(self.denominator / divisor)?;
        Self::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator / divisor)?)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        let left = Self::new(self.numerator, other.denominator)?;
        let right = Self::new(other.numerator, self.denominator)?;
        Self::new(left.numerator.checked_mul(right.numerator)?, left.denominator.checked_mul(right.denominator)?)
    }

    /// The quotient; none by zero.
    pub fn over(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.denominator, other.numerator)?)
    }

    /// A whole power, by repeated squaring; exponents beyond ±400 have no value.
    pub fn pow(self, exponent: i32) -> Option<Self> {
        if exponent.unsigned_abs() > 400 {
            return None;
        }
        let (mut base, mut left, mut result) = (self, exponent.unsigned_abs(), Self::ONE);
        while left > 0 {
            if left & 1 == 1 {
                result = result.times(base)?;
            }
            left >>= 1;
            if left > 0 {
                base = base.times(base)?;
            }
        }
        if exponent < 0 { Self::ONE.over(result) } else { Some(result) }
    }

    /// The same size, the other sign.
    pub fn negated(self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }

    /// The size without the sign.
    pub fn abs(self) -> Self {
        Self { numerator: self.numerator.abs(), denominator: self.denominator }
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The whole number, if it is one that fits.
    pub fn as_whole(self) -> Option<i64> {
        if self.denominator == 1 { i64::try_from(self.numerator).ok() } else { None }
    }

    /// The nearest floating-point number.
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// A decimal of 15 significant digits: `0.333333333333333`, `19000000000`, `1.232E+15`, `5E-06`.
    ///
    /// Plain from 0.0001 up to 15 digits before the point, else with an exponent of at least two digits.
    pub fn to_decimal(self) -> String {
        if self.is_zero() {
            return "0".into();
        }
        let (digits, exponent) = self.digits();
        let sign = if self.numerator < 0 { "-" } else { "" };
        let fraction = |digits: &str| if digits.is_empty() { String::new() } else { format!(".{digits}") };
        if exponent >= SIGNIFICANT as i32 || exponent < -4 {
            let mark = if exponent < 0 { '-' } else { '+' };
            return format!("{sign}{}{}E{mark}{:02}", &digits[..1], fraction(&digits[1..]), exponent.abs());
        }
        if exponent < 0 {
            return format!("{sign}0.{}{digits}", "0".repeat((-exponent - 1) as usize));
        }
        let whole = exponent as usize + 1;
        if digits.len() <= whole {
            return format!("{sign}{digits}{}", "0".repeat(whole - digits.len()));
        }
        format!("{sign}{}{}", &digits[..whole], fraction(&digits[whole..]))
    }

    /// The significant digits, rounded half up and without zeros at the end, and the decimal exponent of the first one. Zero has the digit 0.
    pub fn digits(self) -> (String, i32) {
        if self.is_zero() {
            return ("0".into(), 0);
        }
        let (numerator, denominator) = (self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        let (mut quotient, mut rest) = (numerator / denominator, numerator % denominator);
        let mut exponent = if quotient > 0 { quotient.ilog10() as i32 } else { -1 };
        let mut count = if quotient > 0 { exponent as usize + 1 } else { 0 };
        while count <= SIGNIFICANT {
            let Some(next) = rest.checked_mul(10) else {
                return self.digits_by_float();
            };
            quotient = quotient * 10 + next / denominator;
            rest = next % denominator;
            if quotient == 0 {
                exponent -= 1;
            } else {
                count += 1;
            }
        }
        let surplus = 10_u128.pow((count - SIGNIFICANT) as u32);
        let mut rounded = quotient / surplus + u128::from(quotient % surplus >= surplus / 2);
        if rounded >= 10_u128.pow(SIGNIFICANT as u32) {
            rounded /= 10;
            exponent += 1;
        }
        (rounded.to_string().trim_end_matches('0').to_owned(), exponent)
    }

    /// The same by floating point, for denominators so large that long division would overflow.
    fn digits_by_float(self) -> (String, i32) {
        let text = format!("{:.*e}", SIGNIFICANT - 1, self.to_f64().abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        (digits.trim_end_matches('0').to_owned(), exponent.parse().unwrap_or(0))
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.numerator.checked_mul(other.denominator), other.numerator.checked_mul(self.denominator)) {
            (Some(left), Some(right)) => left.cmp(&right),
            // Equal numbers are equal fractions, so only unequal ones can tie as floating-point numbers.
            _ => self.to_f64().total_cmp(&other.to_f64()).then(self.numerator.cmp(&other.numerator)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rational;

    fn decimal(numerator: i128, denominator: i128) -> String {
        Rational::new(numerator, denominator).expect("a fraction").to_decimal()
    }

    #[test]
    fn prints_fifteen_significant_digits() {
        assert_eq!(decimal(1, 3), "0.333333333333333");
        assert_eq!(decimal(2, 3), "0.666666666666667");
        assert_eq!(decimal(1, 105), "0.00952380952380952");
        assert_eq!(decimal(-3, 2), "-1.5");
        assert_eq!(decimal(19_000_000_000, 1), "19000000000");
        assert_eq!(decimal(1_232_000_000_000_000, 1), "1.232E+15");
        assert_eq!(decimal(202_107_211_321_363_588_510_367, 1), "2.02107211321364E+23");
        assert_eq!(decimal(5, 1_000_000), "5E-06");
        assert_eq!(decimal(3, 10_000), "0.0003");
        assert_eq!(decimal(999_999_999_999_999_999, 1_000_000_000_000_000_000), "1");
        assert_eq!(decimal(i128::MAX, 1), "1.70141183460469E+38");
        assert_eq!(decimal(1, i128::MAX), "5.87747175411144E-39");
        assert_eq!(decimal(0, 5), "0");
    }

    #[test]
    fn has_no_value_beyond_its_bounds() {
        assert_eq!(Rational::power_of_ten(400), None);
        assert_eq!(Rational::power_of_ten(-400), None);
        assert_eq!(Rational::whole(10).pow(i32::MAX), None);
        assert_eq!(Rational::new(1, 0), None);
        assert_eq!(Rational::ONE.over(Rational::ZERO), None);
        assert_eq!(Rational::from_digits(std::iter::repeat_n(9, 400), std::iter::empty()), None);
    }

    #[test]
    fn zeros_at_the_end_add_nothing() {
        let value = Rational::from_digits([0].into_iter(), [5].into_iter().chain(std::iter::repeat_n(0, 10_000)));
        assert_eq!(value, Rational::new(1, 2));
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_floating_point(a in -1_000_000_i128..1_000_000, b in 1_i128..1_000_000, c in -1_000_000_i128..1_000_000, d in 1_i128..1_000_000) {
            let (left, right) = (Rational::new(a, b).expect("a fraction"), Rational::new(c, d).expect("a fraction"));
            let close = |x: f64, y: f64| (x - y).abs() <= 1e-9 * x.abs().max(y.abs()).max(1.0);
            assert!(close(left.plus(right).expect("fits").to_f64(), left.to_f64() + right.to_f64()));
            assert!(close(left.times(right).expect("fits").to_f64(), left.to_f64() * right.to_f64()));
            assert!(close(left.to_decimal().parse().expect("a number"), left.to_f64()));
            assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
        }
    }
}
