//! How sure it is what is said of a place: who confirmed it when, what nobody has confirmed for long, and what may still change.

use chrono::NaiveDate;
use shared::{
    directory::{Freshness, Kind, Listing, Section},
    hours::{Now, State},
    locale::Locale,
    say,
};

use super::{Scene, month_day::short_date};

/// How sure something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sure {
    pub text: String,
    /// Better asked before going.
    pub weak: bool,
}

/// Of the hours, as they stand; nothing where nobody knows them, which is said already.
pub fn hours(scene: &Scene<'_>, listing: &Listing, now: &Now) -> Option<Sure> {
    let (locale, today) = (scene.locale(), scene.now.date());
    if now.state == State::Unknown || !listing.is_open_for_good(today) {
        return None;
    }
    let announced = announced(scene, listing);
    if !now.provisional {
        return Some(announced);
    }
    let may_change =
        locale.say("放假安排还没有公布，时间可能会变", "the year’s holidays are not announced yet, so this may change");
    // That nobody has confirmed them is true beside it.
    let old = announced.weak.then(|| announced.text);
    let text = old.map(|old| say!(locale, "{may_change}；{old}", "{may_change}; {old}"));
    Some(Sure { text: text.unwrap_or_else(|| may_change.to_owned()), weak: true })
}

/// Of the hours as they are announced; those that times are given out by are nobody's to confirm.
pub fn announced(scene: &Scene<'_>, listing: &Listing) -> Sure {
    let locale = scene.locale();
    if scene.bookable.contains(&listing.id) {
        let text = locale.say("网上预约也按这个时间", "times to book are given out by these hours");
        return Sure { text: text.to_owned(), weak: false };
    }
    section(locale, listing, scene.kind(), Section::Hours, scene.now.date())
}

/// Of a section.
pub fn section(locale: Locale, listing: &Listing, kind: &Kind, section: Section, today: NaiveDate) -> Sure {
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
