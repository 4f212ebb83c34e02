//! What the address of the booking page asks for: nothing in it is personal.

use std::fmt::Write;

use axum::extract::Query;
use chrono::NaiveDate;
use shared::{appointments::BookingReference, calendar::Month, places::PlaceId};

use super::service::BookingPages;
use crate::{pairs::Pairs, visit::Visit};

/// `?place=hall&month=2026-05&date=2026-05-20`, as far as it could be read.
#[derive(Clone)]
pub struct Wish {
    pub pages: &'static BookingPages,
    pub place: Option<PlaceId>,
    pub month: Option<Month>,
    pub date: Option<NaiveDate>,
    /// Not every place suits; which do is the service's to say.
    pub narrowed: bool,
    /// The booking that is to move, and not a new one to be made; its pages have addresses of their own.
    pub moving: Option<BookingReference>,
    /// Something stood there that means nothing.
    pub garbled: bool,
}

impl Wish {
    /// No wish in particular.
    pub fn any(pages: &'static BookingPages) -> Self {
        Self { pages, place: None, month: None, date: None, narrowed: false, moving: None, garbled: false }
    }

    /// Reads the pairs of a query; the last of a name counts, unknown names and empty values do not.
    pub fn read(pages: &'static BookingPages, pairs: &[(String, String)]) -> Self {
        let mut wish = Self::any(pages);
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            let name = name.as_str();
            let understood = match name {
                "month" => keep(&mut wish.month, value.parse().ok()),
                "date" => keep(&mut wish.date, day(value)),
                _ if name == pages.places.query => keep(&mut wish.place, PlaceId::parse(value).ok()),
                _ => {
                    if pages.narrowed_by() == Some(name) {
                        wish.narrowed = value == "1";
                    }
                    true
                }
            };
            wish.garbled |= !understood;
        }
        wish
    }

    /// What the address of the page says that is asked for, whichever page of the service it is.
    pub fn of(visit: &Visit, pages: &'static BookingPages) -> Self {
        let query = visit.query.as_deref().unwrap_or_default();
        let address = format!("/?{query}").parse().ok();
        let pairs = address.and_then(|address| Query::<Pairs>::try_from_uri(&address).ok());
        pairs.map_or_else(|| Self::any(pages), |Query(pairs)| Self::read(pages, &pairs))
    }

    /// The address that asks for this, without the language prefix.
    pub fn path(&self) -> String {
        self.carried_by(match self.moving {
            None => self.pages.path("book"),
            Some(booking) => self.pages.path(&format!("bookings/{}/reschedule", booking.as_str())),
        })
    }

    /// Another page's address with this wish, which leads back to it from there.
    pub fn carried_by(&self, mut path: String) -> String {
        let mut add = |name: &str, value: String| {
            let mark = if path.contains('?') { '&' } else { '?' };
            let _ = write!(path, "{mark}{name}={value}");
        };
        if let Some(place) = &self.place {
            add(self.pages.places.query, place.to_string());
        }
        if let Some(month) = self.month {
            add("month", month.to_string());
        }
        if let Some(date) = self.date {
            add("date", date.to_string());
        }
        if let Some(name) = self.pages.narrowed_by().filter(|_| self.narrowed) {
            add(name, "1".to_owned());
        }
        path
    }

    #[must_use]
    pub fn on(&self, date: NaiveDate) -> Self {
        Self { date: Some(date), month: None, ..self.clone() }
    }

    #[must_use]
    pub fn in_month(&self, month: Month) -> Self {
        Self { month: Some(month), date: None, ..self.clone() }
    }

    #[must_use]
    pub fn at(&self, place: &PlaceId) -> Self {
        Self { place: Some(place.clone()), ..self.clone() }
    }

    /// The same people, without a place.
    #[must_use]
    pub fn anywhere(&self) -> Self {
        Self { narrowed: self.narrowed, moving: self.moving, ..Self::any(self.pages) }
    }
}

fn keep<T>(kept: &mut Option<T>, value: Option<T>) -> bool {
    let understood = value.is_some();
    *kept = value;
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
    use crate::appointments::tests::EXAMPLE;

    fn read(query: &str) -> Wish {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Wish::read(&EXAMPLE, &pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn an_address_is_read_and_written_alike() {
        for query in ["place=hall&month=2026-05&stairs=1", "place=hall&date=2026-05-20"] {
            let wish = read(query);
            assert!(!wish.garbled, "{query}");
            assert_eq!(wish.path(), format!("/example/book?{query}"));
        }
        assert_eq!(Wish::any(&EXAMPLE).path(), "/example/book");
    }

    #[test]
    fn what_means_nothing_is_left_out_and_noted() {
        for query in [
            "month=banana",
            "month=2026-13",
            "date=2026-02-30",
            "date=20260520",
            "date=+12026-05-20",
            "place=../etc",
            "place=\0",
        ] {
            let wish = read(query);
            assert!(wish.garbled, "{query}");
            assert_eq!(wish.path(), "/example/book", "{query}");
        }
    }

    #[test]
    fn empty_and_unknown_names_are_no_mistake() {
        let wish = read("place=&month=&date=&stairs=&utm=1");
        assert!(!wish.garbled && !wish.narrowed);
        assert_eq!(wish.path(), "/example/book");
    }

    #[test]
    fn another_day_or_month_keeps_the_place_and_what_it_must_have() {
        let wish = read("place=hall&month=2026-05&date=2026-05-20&stairs=1");
        let other = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        assert_eq!(wish.on(other).path(), "/example/book?place=hall&date=2026-06-01&stairs=1");
        assert_eq!(wish.in_month(Month::of(other)).path(), "/example/book?place=hall&month=2026-06&stairs=1");
        assert_eq!(wish.anywhere().path(), "/example/book?stairs=1");
    }

    #[test]
    fn a_booking_that_moves_stays_at_its_own_address() {
        let booking = BookingReference::from_random(1);
        let wish = Wish { moving: Some(booking), ..read("place=hall") };
        let path = format!("/example/bookings/{}/reschedule", booking.as_str());
        assert_eq!(wish.path(), format!("{path}?place=hall"));
        assert_eq!(wish.anywhere().path(), path);
    }
}
