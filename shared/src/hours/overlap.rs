//! Two rules that say different things of one day, equally closely: nobody could tell which holds.

use super::{Known, On};

impl Known {
    /// Whether some day has both, and neither is said more closely of it.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        self.service == other.service && (self.from, self.to) == (other.from, other.to) && self.on.meets(&other.on)
    }
}

impl On {
    fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Weekdays(one), Self::Weekdays(other)) => meet(one, other),
            (Self::Classes(one), Self::Classes(other)) => meet(one, other),
            (Self::Dates(one), Self::Dates(other)) => meet(one, other),
            (Self::NthWeekday { weekday, nth }, Self::NthWeekday { weekday: other_weekday, nth: other_nth }) => {
                // The last may be the fourth or the fifth.
                let may_be_last = |nth: i32, other: i32| nth == -1 && other >= 4;
                weekday == other_weekday
                    && (nth == other_nth || may_be_last(*nth, *other_nth) || may_be_last(*other_nth, *nth))
            }
            // The kinds differ, and so does how closely they are said.
            _ => false,
        }
    }
}

fn meet<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.iter().any(|item| other.contains(item))
}
