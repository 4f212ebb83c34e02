//! How long ago somebody said that something is right: what nobody confirms fades, by rule and with a date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::kind::Ages;

/// What a confirmation is worth today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Freshness {
    Fresh,
    /// Shown with a word that nobody has confirmed it for so many days.
    Unconfirmed {
        days: u32,
    },
    /// As unconfirmed, and after all others.
    Old {
        days: u32,
    },
    /// Behind a page that says so.
    Hidden {
        days: u32,
    },
}

impl Freshness {
    /// Of something that was confirmed on a day; a day to come counts as today.
    pub fn of(confirmed: NaiveDate, today: NaiveDate, ages: Ages) -> Self {
        let days = u32::try_from((today - confirmed).num_days()).unwrap_or(0);
        match days {
            _ if days >= ages.hidden => Self::Hidden { days },
            _ if days >= ages.last => Self::Old { days },
            _ if days >= ages.unconfirmed => Self::Unconfirmed { days },
            _ => Self::Fresh,
        }
    }

    /// Days for which nobody has confirmed it, where that is said.
    pub fn days(self) -> Option<u32> {
        match self {
            Self::Fresh => None,
            Self::Unconfirmed { days } | Self::Old { days } | Self::Hidden { days } => Some(days),
        }
    }

    pub fn is_last(self) -> bool {
        matches!(self, Self::Old { .. } | Self::Hidden { .. })
    }

    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Hidden { .. })
    }

    /// Of a place for which times are given out: people go there, so it comes last and is never hidden.
    #[must_use]
    pub fn where_booked(self, is_booked: bool) -> Self {
        match self {
            Self::Hidden { days } if is_booked => Self::Old { days },
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;

    #[test]
    fn what_nobody_confirms_is_marked_then_last_then_hidden_each_on_its_day() {
        let today: NaiveDate = "2026-05-13".parse().unwrap();
        let after = |days: u64| Freshness::of(today - Days::new(days), today, Ages::default());
        for (days, expected) in [
            (0, Freshness::Fresh),
            (89, Freshness::Fresh),
            (90, Freshness::Unconfirmed { days: 90 }),
            (364, Freshness::Unconfirmed { days: 364 }),
            (365, Freshness::Old { days: 365 }),
            (729, Freshness::Old { days: 729 }),
            (730, Freshness::Hidden { days: 730 }),
        ] {
            assert_eq!(after(days), expected);
        }
        assert_eq!(Freshness::of(today + Days::new(3), today, Ages::default()), Freshness::Fresh);
    }

    #[test]
    fn where_times_are_given_out_nothing_is_hidden_and_everything_else_is_as_old_as_it_is() {
        let (hidden, old) = (Freshness::Hidden { days: 800 }, Freshness::Old { days: 800 });
        assert_eq!([true, false].map(|is_booked| hidden.where_booked(is_booked)), [old, hidden]);
        for other in [Freshness::Fresh, Freshness::Unconfirmed { days: 100 }, old] {
            assert_eq!(other.where_booked(true), other);
        }
    }
}
