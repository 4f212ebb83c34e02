//! Numbers of which only the limits may be known.

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, ToPrimitive};
use serde::{Deserialize, Serialize};

use super::truth::Truth;

/// An exact fraction. Money counts fen, dates days since 1970-01-01.
pub type Exact = Ratio<i64>;

/// All numbers between two limits, both included; a missing limit is infinite.
///
/// Every operation gives limits that hold for each pair of numbers from its operands, so that narrower operands
/// never give a wider result. What grows beyond 64 bits loses its limit instead of its truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub low: Option<Exact>,
    pub high: Option<Exact>,
}

/// Beyond every sum of money and every share, and small enough to calculate with.
pub const FAR: i64 = 1_000_000_000_000_000;

impl Span {
    pub const ALL: Self = Self { low: None, high: None };

    pub fn exactly(value: impl Into<Exact>) -> Self {
        let value = Some(value.into());
        Self { low: value, high: value }
    }

    pub fn between(low: impl Into<Exact>, high: impl Into<Exact>) -> Self {
        Self { low: Some(low.into()), high: Some(high.into()) }
    }

    pub fn at_least(low: impl Into<Exact>) -> Self {
        Self { low: Some(low.into()), high: None }
    }

    /// No sum and no number of people is below nothing.
    pub fn tells_nothing(self) -> bool {
        self.high.is_none() && self.low.is_none_or(|low| low <= Exact::from(0))
    }

    /// The number, when there is only one left.
    pub fn value(self) -> Option<Exact> {
        self.low.filter(|_| self.low == self.high)
    }

    /// Its limits, each as a span of its own; an infinite one as all beyond any number.
    pub fn ends(self) -> [Self; 2] {
        let far = Exact::from(FAR);
        let end = |limit: Option<Exact>, beyond: Self| limit.map_or(beyond, Self::exactly);
        let (below, above) = (Self { low: None, high: Some(-far) }, Self { low: Some(far), high: None });
        [end(self.low, below), end(self.high, above)]
    }

    /// What both know together; nothing when they contradict each other.
    pub fn both(self, other: Self) -> Option<Self> {
        let low = self.low.max(other.low);
        let high = [self.high, other.high].into_iter().flatten().min();
        let empty = matches!((low, high), (Some(low), Some(high)) if low > high);
        (!empty).then_some(Self { low, high })
    }

    /// The least span that holds both.
    #[must_use]
    pub fn either(self, other: Self) -> Self {
        let low = self.low.zip(other.low).map(|(one, two)| one.min(two));
        let high = self.high.zip(other.high).map(|(one, two)| one.max(two));
        Self { low, high }
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let sum = |one: Option<Exact>, two: Option<Exact>| one?.checked_add(&two?);
        Self { low: sum(self.low, other.low), high: sum(self.high, other.high) }
    }

    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let difference = |one: Option<Exact>, two: Option<Exact>| one?.checked_sub(&two?);
        Self { low: difference(self.low, other.high), high: difference(self.high, other.low) }
    }

    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let nothing = Self::exactly(0);
        if self == nothing || other == nothing {
            return nothing;
        }
        if self.is_positive() && other.is_positive() {
            let product = |one: Option<Exact>, two: Option<Exact>| one?.checked_mul(&two?);
            return Self { low: product(self.low, other.low), high: product(self.high, other.high) };
        }
        self.corners(other, |one, two| one.checked_mul(&two))
    }

    /// What is divided by zero is beyond any number; nothing divided by zero tells nothing.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        let zero = Exact::from(0);
        let quotient = |one: Option<Exact>, two: Option<Exact>| one?.checked_div(&two?);
        if self.is_positive() && other.is_positive() {
            let least = if self.low > Some(zero) && other.high == Some(zero) { Some(FAR.into()) } else { Some(zero) };
            return Self { low: quotient(self.low, other.high).or(least), high: quotient(self.high, other.low) };
        }
        let apart = other.low.is_some_and(|low| low > zero) || other.high.is_some_and(|high| high < zero);
        if apart { self.corners(other, |one, two| one.checked_div(&two)) } else { Self::ALL }
    }

    #[must_use]
    pub fn least(self, other: Self) -> Self {
        let high = [self.high, other.high].into_iter().flatten().min();
        Self { low: self.low.zip(other.low).map(|(one, two)| one.min(two)), high }
    }

    #[must_use]
    pub fn greatest(self, other: Self) -> Self {
        let high = self.high.zip(other.high).map(|(one, two)| one.max(two));
        Self { low: self.low.max(other.low), high }
    }

    /// To the nearest multiple of `unit`, halves upwards: how derived standards are published.
    #[must_use]
    pub fn round(self, unit: Exact) -> Self {
        let round = |value: Exact| {
            let units = value.checked_div(&unit)?.checked_add(&Exact::new_raw(1, 2))?;
            units.floor().checked_mul(&unit)
        };
        Self { low: self.low.and_then(round), high: self.high.and_then(round) }
    }

    pub fn less(self, other: Self) -> Truth {
        Truth::from_chances(below(self.low, other.high, false), below(other.low, self.high, true))
    }

    pub fn equals(self, other: Self) -> Truth {
        Truth::from_chances(self.both(other).is_some(), self.value().is_none() || self.value() != other.value())
    }

    fn is_positive(self) -> bool {
        self.low.is_some_and(|low| low >= Exact::from(0))
    }

    /// The extremes of a function that is monotone in each operand; nothing is claimed without all limits.
    fn corners(self, other: Self, of: impl Fn(Exact, Exact) -> Option<Exact>) -> Self {
        let limits = [self.low, self.high].into_iter().flat_map(|one| [(one, other.low), (one, other.high)]);
        let corners: Option<Vec<Exact>> = limits.map(|(one, two)| of(one?, two?)).collect();
        corners.map_or(Self::ALL, |corners| Self {
            low: corners.iter().min().copied(),
            high: corners.iter().max().copied(),
        })
    }
}

/// Whether a number can lie below another, or at it.
fn below(low: Option<Exact>, high: Option<Exact>, or_at: bool) -> bool {
    match (low, high) {
        (Some(low), Some(high)) => low < high || (or_at && low == high),
        _ => true,
    }
}

/// The whole number at or below a fraction.
pub fn floor(value: Exact) -> i64 {
    value.floor().to_i64().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(low: i64, high: i64) -> Span {
        Span::between(low, high)
    }

    #[test]
    fn overlapping_spans_leave_a_comparison_open() {
        assert_eq!(span(0, 9).less(span(10, 20)), Truth::Yes);
        assert_eq!(span(10, 20).less(span(0, 10)), Truth::No);
        assert_eq!(span(0, 10).less(span(10, 20)), Truth::Open);
        assert_eq!(Span::ALL.less(span(0, 0)), Truth::Open);
        assert_eq!(Span::exactly(3).equals(Span::exactly(3)), Truth::Yes);
        assert_eq!(span(1, 2).equals(span(3, 4)), Truth::No);
    }

    #[test]
    fn dividing_last_keeps_the_fen_that_dividing_first_invents() {
        // 632 yuan for three people with 1,894 yuan: 2 yuan, not 3.
        let (standard, people, income) = (Span::exactly(63_200), Span::exactly(3), Span::exactly(189_400));
        assert_eq!(standard.times(people).minus(income), Span::exactly(200));
        assert_eq!(standard.minus(income.over(people)).times(people), Span::exactly(200));
    }

    #[test]
    fn halves_are_rounded_up() {
        let times = |standard: i64, factor: Exact| Span::exactly(standard * 100).times(Span::exactly(factor));
        let published = [(1413, 16, 2261), (1483, 16, 2373), (1535, 15, 2303), (1365, 15, 2048), (1483, 3, 445)];
        for (standard, tenths, expected) in published {
            let rounded = times(standard, Exact::new(tenths, 10)).round(Exact::from(100));
            assert_eq!(rounded, Span::exactly(expected * 100), "{standard}");
        }
    }

    #[test]
    fn what_overflows_is_unbounded() {
        let huge = Span::exactly(i64::MAX);
        assert_eq!(huge.times(huge), Span::ALL);
        assert_eq!(huge.plus(huge), Span::ALL);
        assert_eq!(Span::exactly(1).over(span(-1, 1)), Span::ALL);
        assert_eq!(span(6, 12).over(span(0, 3)), Span::at_least(2));
        assert_eq!(span(6, 12).over(span(0, 0)), Span::at_least(FAR));
        assert_eq!(span(0, 12).over(span(0, 0)), Span::at_least(0));
    }

    /// A span and a number within it.
    fn inside() -> impl Strategy<Value = (Span, i64)> {
        (-1000_i64..1000, 0_i64..1000, 0_i64..1000)
            .prop_map(|(value, below, above)| (span(value - below, value + above), value))
    }

    proptest! {
        #[test]
        fn the_result_for_spans_holds_the_result_for_numbers(
            (one, a) in inside(), (two, b) in inside(), unit in 1_i64..50
        ) {
            let (a, b) = (Span::exactly(a), Span::exactly(b));
            let unit = Exact::from(unit);
            for (wide, narrow) in [
                (one.plus(two), a.plus(b)), (one.minus(two), a.minus(b)), (one.times(two), a.times(b)), (one.over(two), a.over(b)),
                (one.least(two), a.least(b)), (one.greatest(two), a.greatest(b)), (one.round(unit), a.round(unit)),
                (one.either(two), a), (one.either(two), b),
            ] {
                prop_assert_eq!(wide.either(narrow), wide);
            }
            for (wide, narrow) in [(one.less(two), a.less(b)), (one.equals(two), a.equals(b))] {
                prop_assert!(wide == Truth::Open || wide == narrow);
            }
        }
    }
}
