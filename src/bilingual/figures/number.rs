//! Exact numbers of bounded size.

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, checked_pow};
use std::iter::empty;

/// The significant digits of a printed decimal.
const SIGNIFICANT: usize = 15;

/// An exact fraction.
///
/// An operation whose result does not fit into 128 bits returns `None`, so a figure such as 10^400
/// is harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rational(Ratio<i128>);

impl Rational {
    pub(super) const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);
    pub(super) const HALF: Self = Self(Ratio::new_raw(1, 2));

    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self(Ratio::new_raw(value as i128, 1))
    }

    /// A fraction; `None` if the denominator is zero.
    pub(super) fn new(numerator: i128, denominator: i128) -> Option<Self> {
        let fits = denominator != 0 && numerator != i128::MIN && denominator != i128::MIN;
        fits.then(|| Self(Ratio::new(numerator, denominator)))
    }

    /// Ten to a power, positive or negative.
    pub(super) fn power_of_ten(exponent: i32) -> Option<Self> {
        Self::whole(10).pow(exponent)
    }

    /// The number that decimal digits write: those before the point, then those after it.
    pub(super) fn from_digits(
        whole: impl Iterator<Item = u8>,
        decimals: impl Iterator<Item = u8>,
    ) -> Option<Self> {
        let mut decimals: Vec<u8> = decimals.collect();
        while decimals.pop_if(|last| *last == 0).is_some() {}
        let mut digits = whole.chain(decimals.iter().copied());
        let numerator = digits.try_fold(0_i128, |number, digit| {
            number.checked_mul(10)?.checked_add(digit.into())
        })?;
        Self::new(
            numerator,
            10_i128.checked_pow(u32::try_from(decimals.len()).ok()?)?,
        )
    }

    pub(super) fn from_whole_digits(digits: impl Iterator<Item = u8>) -> Option<Self> {
        Self::from_digits(digits, empty())
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        Self::bounded(self.0.checked_add(&other.0))
    }

    pub(super) fn distance(self, other: Self) -> Option<Self> {
        self.plus(other.negated()).map(Self::abs)
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        Self::bounded(self.0.checked_mul(&other.0))
    }

    /// The quotient; `None` if the divisor is zero.
    pub fn over(self, other: Self) -> Option<Self> {
        Self::bounded(self.0.checked_div(&other.0))
    }

    /// A whole power; `None` for exponents beyond ±400.
    pub(super) fn pow(self, exponent: i32) -> Option<Self> {
        let size = usize::try_from(exponent.unsigned_abs())
            .ok()
            .filter(|size| *size <= 400)?;
        let power = Self::bounded(checked_pow(self.0, size))?;
        if exponent < 0 {
            Self::ONE.over(power)
        } else {
            Some(power)
        }
    }

    /// `i128::MIN` is left out, because its negative does not fit.
    fn bounded(ratio: Option<Ratio<i128>>) -> Option<Self> {
        ratio.filter(|ratio| *ratio.numer() != i128::MIN).map(Self)
    }

    pub(super) fn negated(self) -> Self {
        Self(-self.0)
    }

    /// The absolute value.
    pub fn abs(self) -> Self {
        if self < Self::ZERO {
            self.negated()
        } else {
            self
        }
    }

    pub(super) fn is_zero(self) -> bool {
        *self.0.numer() == 0
    }

    /// The integer, if it is one that fits.
    pub(super) fn as_whole(self) -> Option<i64> {
        if self.0.is_integer() {
            i64::try_from(self.0.to_integer()).ok()
        } else {
            None
        }
    }

    /// The nearest floating-point number.
    pub fn to_f64(self) -> f64 {
        *self.0.numer() as f64 / *self.0.denom() as f64
    }

    /// A decimal of 15 significant digits: `0.333333333333333`, `19000000000`, `1.232E+15`,
    /// `5E-06`.
    ///
    /// Plain from 0.0001 up to 15 digits before the point, otherwise with an exponent of at least
    /// two digits.
    pub fn to_decimal(self) -> String {
        let (digits, exponent) = self.significant_digits();
        let sign = if self < Self::ZERO { "-" } else { "" };
        let decimals = |digits: &str| {
            if digits.is_empty() {
                String::new()
            } else {
                format!(".{digits}")
            }
        };
        if exponent >= SIGNIFICANT as i32 || exponent < -4 {
            let mark = if exponent < 0 { '-' } else { '+' };
            return format!(
                "{sign}{}{}E{mark}{:02}",
                &digits[..1],
                decimals(&digits[1..]),
                exponent.abs()
            );
        }
        if exponent < 0 {
            return format!("{sign}0.{}{digits}", "0".repeat((-exponent - 1) as usize));
        }
        let whole = exponent as usize + 1;
        let padded = format!("{digits:0<whole$}");
        format!("{sign}{}{}", &padded[..whole], decimals(&padded[whole..]))
    }

    /// The significant digits, rounded and without zeros at the end, and the decimal exponent of
    /// the first one. Zero has the digit 0.
    pub(super) fn significant_digits(self) -> (String, i32) {
        let float = format!("{:.*e}", SIGNIFICANT - 1, self.abs().to_f64());
        let (mantissa, exponent) = float.split_once('e').unwrap_or((&float, "0"));
        let exponent = exponent.parse().unwrap_or(0);
        let scale = Self::power_of_ten(SIGNIFICANT as i32 - 1 - exponent);
        let digits = match scale.and_then(|scale| self.abs().times(scale)) {
            Some(scaled) => scaled.0.round().to_integer().to_string(),
            None => mantissa.replace('.', ""),
        };
        let significant = digits.trim_end_matches('0');
        (
            if significant.is_empty() {
                "0"
            } else {
                significant
            }
            .to_owned(),
            exponent,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Rational;

    fn decimal(numerator: i128, denominator: i128) -> String {
        Rational::new(numerator, denominator)
            .expect("a fraction")
            .to_decimal()
    }

    #[test]
    fn prints_fifteen_significant_digits() {
        assert_eq!(decimal(1, 3), "0.333333333333333");
        assert_eq!(decimal(2, 3), "0.666666666666667");
        assert_eq!(decimal(1, 105), "0.00952380952380952");
        assert_eq!(decimal(-3, 2), "-1.5");
        assert_eq!(decimal(19_000_000_000, 1), "19000000000");
        assert_eq!(decimal(1_232_000_000_000_000, 1), "1.232E+15");
        assert_eq!(
            decimal(202_107_211_321_363_588_510_367, 1),
            "2.02107211321364E+23"
        );
        assert_eq!(decimal(5, 1_000_000), "5E-06");
        assert_eq!(decimal(3, 10_000), "0.0003");
        assert_eq!(
            decimal(999_999_999_999_999_999, 1_000_000_000_000_000_000),
            "1"
        );
        assert_eq!(decimal(i128::MAX, 1), "1.70141183460469E+38");
        assert_eq!(decimal(1, i128::MAX), "5.87747175411144E-39");
        assert_eq!(decimal(0, 5), "0");
    }

    #[test]
    fn has_no_value_beyond_its_bounds() {
        assert_eq!(Rational::power_of_ten(400), None);
        assert_eq!(Rational::power_of_ten(-400), None);
        assert_eq!(Rational::whole(10).pow(i32::MAX), None);
        assert_eq!(Rational::whole(-2).pow(127), None);
        assert_eq!(Rational::new(1, 0), None);
        assert_eq!(Rational::new(i128::MIN, 1), None);
        assert_eq!(Rational::ONE.over(Rational::ZERO), None);
        assert_eq!(
            Rational::from_whole_digits(std::iter::repeat_n(9, 400)),
            None
        );
    }

    #[test]
    fn zeros_at_the_end_add_nothing() {
        let value = Rational::from_digits(
            [0].into_iter(),
            [5].into_iter().chain(std::iter::repeat_n(0, 10_000)),
        );
        assert_eq!(value, Some(Rational::HALF));
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
