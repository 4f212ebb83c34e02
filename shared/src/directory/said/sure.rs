//! How sure it is what is said of a place: who confirmed it when, what nobody has confirmed for long, and what may still change.

use chrono::{NaiveDate, NaiveDateTime};

use super::day::short_date;
use super::state::{StateSaid, state};
use super::{Bit, Phrase, Said};
use crate::directory::kind::Ages;
use crate::directory::{Freshness, Sight};
use crate::hours::{Now, State};
use crate::locale::Locale;

/// How sure something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sure {
    pub said: Said<'static>,
    /// Better asked before going.
    pub weak: bool,
}

/// Whose hours they are.
#[derive(Clone, Copy)]
pub struct HoursOf<'a> {
    pub place: Sight<'a>,
    pub ages: Ages,
    /// Times to book there are given out by them, so that they are nobody's to confirm.
    pub is_booked: bool,
}

impl HoursOf<'_> {
    /// Of the hours, as they stand; nothing where nobody knows them, which is said already.
    pub fn now(self, locale: Locale, now: &Now, today: NaiveDate) -> Option<Sure> {
        if now.state == State::Unknown || !self.place.is_open_for_good(today) {
            return None;
        }
        let announced = self.aged(today).unwrap_or_else(|| self.announced(locale, today));
        if !now.provisional {
            return Some(announced);
        }
        // Who confirmed them when is true beside it.
        let mut said = Said::new(&[Bit::Phrase(Phrase::Also), Bit::Phrase(Phrase::Provisional)]);
        said.add(announced.said);
        Some(Sure { said, weak: true })
    }

    /// Of a place where times are given out by hours that are nobody's to confirm, while nobody has confirmed anything else for long.
    fn aged(self, today: NaiveDate) -> Option<Sure> {
        let freshness = self.place.freshness(self.ages, today);
        freshness.days().filter(|_| self.is_booked && freshness.is_last()).map(long_unconfirmed)
    }

    /// How it stands, in words; where the hours are of an old record, that is no sign that somebody is there.
    pub fn state<'b>(self, locale: Locale, open: Bit<'b>, now: &Now, at: NaiveDateTime) -> StateSaid<'b> {
        let said = state(locale, open, now, at);
        let is_on = matches!(now.state, State::Open | State::ByAppointment);
        if is_on && self.are_old(at.date()) { said.by_old_record() } else { said }
    }

    fn are_old(self, today: NaiveDate) -> bool {
        let confirmed = self.place.hours_confirmed.filter(|_| !self.is_booked);
        confirmed.is_some_and(|on| Freshness::of(on, today, self.ages).is_last())
    }

    /// Of the hours as they are announced.
    pub fn announced(self, locale: Locale, today: NaiveDate) -> Sure {
        if self.is_booked {
            return Sure { said: Phrase::Booked.into(), weak: false };
        }
        sure(locale, self.place.hours_confirmed, self.ages, today)
    }
}

/// Of what was confirmed last on a day, if ever.
pub fn sure(locale: Locale, confirmed: Option<NaiveDate>, ages: Ages, today: NaiveDate) -> Sure {
    let Some(on) = confirmed else { return Sure { said: Phrase::NeverConfirmed.into(), weak: true } };
    match Freshness::of(on, today, ages) {
        Freshness::Fresh => {
            let mut said = Said::from(Phrase::ConfirmedOn);
            short_date(&mut said, locale, on, today);
            Sure { said, weak: false }
        }
        Freshness::Unconfirmed { days } | Freshness::Old { days } | Freshness::Hidden { days } => {
            long_unconfirmed(days)
        }
    }
}

fn long_unconfirmed(days: u32) -> Sure {
    Sure { said: Said::new(&[Bit::Phrase(Phrase::LongUnconfirmed), Bit::Number(days)]), weak: true }
}
