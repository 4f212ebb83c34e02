//! What the address of the booking page asks for: nothing in it is personal.

use std::fmt::Write;

use chrono::NaiveDate;
use shared::{
    appointments::{BookingReference, PlaceId},
    calendar::Month,
};

/// `?registry=nanshan&month=2026-05&date=2026-05-20&foreign=1`, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    pub registry: Option<PlaceId>,
    pub month: Option<Month>,
    pub date: Option<NaiveDate>,
    /// One of them is from outside the mainland, so not every registry may register them.
    pub foreign: bool,
    /// The booking that is to move, and not a new one to be made; its pages have addresses of their own.
    pub moving: Option<BookingReference>,
    /// Something stood there that means nothing.
    pub garbled: bool,
}

impl Wish {
    /// Reads the pairs of a query; the last of a name counts, unknown names and empty values do not.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut wish = Self::default();
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            let understood = match name.as_str() {
                "registry" => keep(&mut wish.registry, PlaceId::parse(value).ok()),
                "month" => keep(&mut wish.month, value.parse().ok()),
                "date" => keep(&mut wish.date, day(value)),
                "foreign" => {
                    wish.foreign = value == "1";
                    true
                }
                _ => true,
            };
            wish.garbled |= !understood;
        }
        wish
    }

    /// The address that asks for this, without the language prefix.
    pub fn path(&self) -> String {
        let mut path = match self.moving {
            None => String::from("/marriage/book"),
            Some(booking) => format!("/marriage/bookings/{}/reschedule", booking.as_str()),
        };
        let mut add = |name: &str, value: String| {
            let mark = if path.contains('?') { '&' } else { '?' };
            let _ = write!(path, "{mark}{name}={value}");
        };
        if let Some(registry) = &self.registry {
            add("registry", registry.to_string());
        }
        if let Some(month) = self.month {
            add("month", month.to_string());
        }
        if let Some(date) = self.date {
            add("date", date.to_string());
        }
        if self.foreign {
            add("foreign", "1".to_owned());
        }
        path
    }

    pub fn on(&self, date: NaiveDate) -> Self {
        Self { date: Some(date), month: None, ..self.clone() }
    }

    pub fn in_month(&self, month: Month) -> Self {
        Self { month: Some(month), date: None, ..self.clone() }
    }

    pub fn at(&self, registry: &PlaceId) -> Self {
        Self { registry: Some(registry.clone()), ..self.clone() }
    }

    /// The same couple, without a registry.
    pub fn anywhere(&self) -> Self {
        Self { foreign: self.foreign, moving: self.moving, ..Self::default() }
    }
}

fn keep<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let understood = value.is_some();
    *place = value;
    understood
}

/// A day of the calendar's years, written `2026-05-20`.
fn day(text: &str) -> Option<NaiveDate> {
    let date: NaiveDate = text.parse().ok()?;
    (date.to_string() == text && Month::of(date).contains(date)).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Wish {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Wish::read(&pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn an_address_is_read_and_written_alike() {
        for query in ["registry=nanshan&month=2026-05&foreign=1", "registry=nanshan&date=2026-05-20"] {
            let wish = read(query);
            assert!(!wish.garbled, "{query}");
            assert_eq!(wish.path(), format!("/marriage/book?{query}"));
        }
        assert_eq!(Wish::default().path(), "/marriage/book");
    }

    #[test]
    fn what_means_nothing_is_left_out_and_noted() {
        for query in [
            "month=banana",
            "month=2026-13",
            "date=2026-02-30",
            "date=20260520",
            "date=+12026-05-20",
            "registry=../etc",
            "registry=\0",
        ] {
            let wish = read(query);
            assert!(wish.garbled, "{query}");
            assert_eq!(wish.path(), "/marriage/book", "{query}");
        }
    }

    #[test]
    fn empty_and_unknown_names_are_no_mistake() {
        assert_eq!(read("registry=&month=&date=&foreign=&utm=1"), Wish::default());
    }

    #[test]
    fn another_day_or_month_keeps_the_couple_and_the_registry() {
        let wish = read("registry=nanshan&month=2026-05&date=2026-05-20&foreign=1");
        let other = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        assert_eq!(wish.on(other).path(), "/marriage/book?registry=nanshan&date=2026-06-01&foreign=1");
        assert_eq!(wish.in_month(Month::of(other)).path(), "/marriage/book?registry=nanshan&month=2026-06&foreign=1");
        assert_eq!(wish.anywhere().path(), "/marriage/book?foreign=1");
    }

    #[test]
    fn a_booking_that_moves_stays_at_its_own_address() {
        let booking = BookingReference::from_random(1);
        let wish = Wish { moving: Some(booking), ..read("registry=nanshan") };
        let path = format!("/marriage/bookings/{}/reschedule", booking.as_str());
        assert_eq!(wish.path(), format!("{path}?registry=nanshan"));
        assert_eq!(wish.anywhere().path(), path);
    }
}
