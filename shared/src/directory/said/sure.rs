//! How sure it is what is said of a place: who confirmed it when, what nobody has confirmed for long, and what may still change.

use chrono::NaiveDate;

use super::month_day::short_date;
use crate::directory::{Freshness, Kind, Listing, Section};
use crate::hours::{Now, State};
use crate::locale::Locale;

/// How sure something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sure {
    pub text: String,
    /// Better asked before going.
    pub weak: bool,
}

/// Whose hours they are.
#[derive(Clone, Copy)]
pub struct HoursOf<'a> {
    pub listing: &'a Listing,
    pub kind: &'a Kind,
    /// Times to book there are given out by them, so that they are nobody's to confirm.
    pub is_booked: bool,
}

impl HoursOf<'_> {
    /// Of the hours, as they stand; nothing where nobody knows them, which is said already.
    pub fn now(self, locale: Locale, now: &Now, today: NaiveDate) -> Option<Sure> {
        if now.state == State::Unknown || !self.listing.is_open_for_good(today) {
            return None;
        }
        if now.provisional {
            let text = locale.say(
                "放假安排还没有公布，时间可能会变",
                "the year’s holidays are not announced yet, so this may change",
            );
            return Some(Sure { text: text.to_owned(), weak: true });
        }
        Some(self.announced(locale, today))
    }

    /// Of the hours as they are announced.
    pub fn announced(self, locale: Locale, today: NaiveDate) -> Sure {
        if self.is_booked {
            let text = locale.say("网上预约也按这个时间", "times to book are given out by these hours");
            return Sure { text: text.to_owned(), weak: false };
        }
        sure(locale, self.listing, self.kind, Section::Hours, today)
    }
}

/// Of a section.
pub fn sure(locale: Locale, listing: &Listing, kind: &Kind, section: Section, today: NaiveDate) -> Sure {
    let confirmed = listing.confirmed.get(&section);
    let freshness = confirmed.map(|confirmed| (confirmed.on, Freshness::of(confirmed.on, today, kind.ages)));
    match freshness {
        None => Sure {
            text: locale
                .say("还没有人核实过，去之前先打电话", "nobody has confirmed this; call before you go")
                .to_owned(),
            weak: true,
        },
        Some((on, Freshness::Fresh)) => {
            let day = short_date(locale, on, today);
            Sure { text: say!(locale, "{day}核实过", "confirmed on {day}"), weak: false }
        }
        Some((_, Freshness::Unconfirmed { days } | Freshness::Old { days } | Freshness::Hidden { days })) => Sure {
            text: say!(
                locale,
                "已有 {days} 天没有人核实，去之前先打电话",
                "nobody has confirmed this for {days} days; call before you go"
            ),
            weak: true,
        },
    }
}
