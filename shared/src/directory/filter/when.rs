//! When somebody wants to come.

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use super::Wrong;
use crate::field::Reason;
use crate::locale::Locale;
use crate::whole::narrow;

/// Years of which it can be asked what is open, as far as a calendar says anything.
pub const YEARS: std::ops::RangeInclusive<i32> = 1949..=2100;

/// An instant somebody wants to come at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Now,
    /// In civil time of Shanghai.
    At(NaiveDateTime),
}

impl When {
    /// `now`, or `2026-05-20T14:30`.
    ///
    /// # Errors
    /// [`Wrong::When`].
    pub fn read(text: &str) -> Result<Self, Reason> {
        Self::meant(text).ok_or_else(|| Wrong::When.into())
    }

    pub(super) fn meant(text: &str) -> Option<Self> {
        let text = narrow(text);
        if text == "now" { Some(Self::Now) } else { civil(&text).map(Self::At) }
    }

    pub fn instant(self, now: NaiveDateTime) -> NaiveDateTime {
        match self {
            Self::Now => now,
            Self::At(at) => at,
        }
    }

    pub(super) fn text(self) -> String {
        match self {
            Self::Now => "now".to_owned(),
            Self::At(at) => format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute()),
        }
    }

    pub(super) fn words(self, locale: Locale) -> String {
        match self {
            Self::Now => locale.say("现在开着", "open now").to_owned(),
            Self::At(at) => {
                let (day, time) = (locale.full_date(at.date()), locale.time(at.time()));
                match locale {
                    Locale::Zh => format!("{day} {time} 开着"),
                    Locale::En => format!("open on {day} at {time}"),
                }
            }
        }
    }
}

/// `2026-05-20T14:30`, also with seconds; read by hand, since a reader of formats is more than a phone need load for it.
fn civil(text: &str) -> Option<NaiveDateTime> {
    let (date, time) = text.split_once('T')?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok())?;
    let mut date = date.split('-').map(number);
    let mut time = time.split(':').map(number);
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let (hour, minute, second) = (time.next()??, time.next()??, time.next().unwrap_or(Some(0))?);
    let year = i32::try_from(year).ok()?;
    let is_all = date.next().is_none() && time.next().is_none() && YEARS.contains(&year);
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    is_all.then(|| date.and_hms_opt(hour, minute, second))?
}
