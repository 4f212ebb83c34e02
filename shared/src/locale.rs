//! The two languages of the portal, and how each writes dates and times.
//!
//! Text is written where it is used, `locale.say("中文", "English")`, so that neither language can
//! fall behind the other; [`say!`](crate::say) is the same for sentences with values in them.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::shanghai;

/// The language a resident reads: a choice made by the `/en` prefix of the URL.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Locale {
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    #[serde(rename = "en")]
    En,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// Picks the text of this language.
    pub fn say<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The BCP 47 tag, for `<html lang>` and the wire.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// What stands before every path of this language: `""` or `"/en"`.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Zh => "",
            Self::En => "/en",
        }
    }

    /// Reads a tag by its primary language, so `zh`, `zh-Hans-CN` and `en-GB` are known too.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        if primary.eq_ignore_ascii_case("zh") {
            Some(Self::Zh)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// `2026年5月20日` or `20 May 2026`.
    pub fn date(self, date: NaiveDate) -> String {
        match self {
            Self::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
            Self::En => format!("{} {} {}", date.day(), english_month(date), date.year()),
        }
    }

    /// `星期三` or `Wednesday`.
    pub fn weekday(self, date: NaiveDate) -> &'static str {
        self.weekdays()[date.weekday().num_days_from_monday() as usize]
    }

    /// From Monday on.
    pub fn weekdays(self) -> [&'static str; 7] {
        match self {
            Self::Zh => ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
            Self::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        }
    }

    /// From January on.
    pub fn months(self) -> [&'static str; 12] {
        match self {
            Self::Zh => ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
            Self::En => ENGLISH_MONTHS,
        }
    }

    /// `2026年5月20日 星期三` or `Wednesday 20 May 2026`.
    pub fn full_date(self, date: NaiveDate) -> String {
        match self {
            Self::Zh => format!("{} {}", self.date(date), self.weekday(date)),
            Self::En => format!("{} {}", self.weekday(date), self.date(date)),
        }
    }

    /// `明天 5月14日 星期四`: relative words only together with the date; the year when it is another.
    pub fn near_day(self, date: NaiveDate, today: NaiveDate) -> String {
        let whole = self.full_date(date);
        let year = date.year().to_string();
        let short = match self {
            _ if date.year() != today.year() => whole,
            Self::Zh => whole.replacen(&format!("{year}年"), "", 1),
            Self::En => whole.replacen(&format!(" {year}"), "", 1),
        };
        match (date.signed_duration_since(today).num_days(), self) {
            (0, Self::Zh) => format!("今天 {short}"),
            (1, Self::Zh) => format!("明天 {short}"),
            (0, Self::En) => format!("Today, {short}"),
            (1, Self::En) => format!("Tomorrow, {short}"),
            _ => short,
        }
    }

    /// Until when something can be done; midnight is the end of the day before it, as people mean it.
    ///
    /// Reads after "可在" and before "前", or after "until".
    pub fn deadline(self, instant: DateTime<Utc>) -> String {
        let local = shanghai(instant);
        let day = local.date_naive();
        if local.time() != NaiveTime::MIN {
            let (date, time) = (self.full_date(day), self.time(local.time()));
            return crate::say!(self, "{date} {time}", "{date}, {time}");
        }
        let day = day.checked_sub_days(Days::new(1)).unwrap_or(day);
        crate::say!(self, "{} 24:00", "the end of {}", self.full_date(day))
    }

    /// How long to wait, as "45 seconds" or, from two minutes on, in whole minutes that are not too few.
    pub fn wait(self, seconds: u64) -> String {
        match (self, seconds) {
            (Self::Zh, ..120) => format!("{seconds} 秒"),
            (Self::Zh, _) => format!("{} 分钟", seconds.div_ceil(60)),
            (Self::En, 1) => "1 second".to_owned(),
            (Self::En, ..120) => format!("{seconds} seconds"),
            (Self::En, _) => format!("{} minutes", seconds.div_ceil(60)),
        }
    }

    /// `上午 9:15` or `9:15 am`; noon is `中午 12:00` and `12:00 noon`, midnight `凌晨 0:00` and `12:00 midnight`.
    pub fn time(self, time: NaiveTime) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
        match self {
            Self::Zh => {
                let part = match hour {
                    0..6 => "凌晨",
                    6..12 => "上午",
                    12 => "中午",
                    13..18 => "下午",
                    _ => "晚上",
                };
                let hour = if hour == 0 { 0 } else { twelve };
                format!("{part} {hour}:{minute:02}")
            }
            Self::En => {
                let part = match (hour, minute) {
                    (0, 0) => "midnight",
                    (12, 0) => "noon",
                    (0..12, _) => "am",
                    _ => "pm",
                };
                format!("{twelve}:{minute:02} {part}")
            }
        }
    }
}

/// Formats the sentence of a language: `say!(locale, "还剩 {left} 个", "{left} left")`. A macro because only one can
/// take two texts to format; words without values are for [`Locale::say`].
#[macro_export]
macro_rules! say {
    ($locale:expr, $zh:literal, $en:literal $($values:tt)*) => {
        match $locale {
            $crate::locale::Locale::Zh => ::std::format!($zh $($values)*),
            $crate::locale::Locale::En => ::std::format!($en $($values)*),
        }
    };
}

fn english_month(date: NaiveDate) -> &'static str {
    ENGLISH_MONTHS[date.month0() as usize]
}

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_deadline_at_midnight_is_the_end_of_the_day_before() {
        let midnight = instant("2026-05-20T00:00:00+08:00");
        assert_eq!(Locale::Zh.deadline(midnight), "2026年5月19日 星期二 24:00");
        assert_eq!(Locale::En.deadline(midnight), "the end of Tuesday 19 May 2026");
        let noon = instant("2026-05-20T12:00:00+08:00");
        assert_eq!(Locale::Zh.deadline(noon), "2026年5月20日 星期三 中午 12:00");
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn clock(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn the_wire_form_is_the_language_tag() {
        for locale in Locale::ALL {
            let wire = serde_json::to_string(&locale).unwrap();
            assert_eq!(wire, format!("\"{}\"", locale.tag()));
            assert_eq!(serde_json::from_str::<Locale>(&wire).unwrap(), locale);
        }
    }

    #[test]
    fn tags_are_read_by_their_primary_language() {
        for (tag, expected) in [
            ("zh-CN", Some(Locale::Zh)),
            ("zh", Some(Locale::Zh)),
            ("ZH-Hans-CN", Some(Locale::Zh)),
            ("zh_CN", Some(Locale::Zh)),
            ("en", Some(Locale::En)),
            ("en-GB", Some(Locale::En)),
            ("fr", None),
            ("", None),
            ("english", None),
        ] {
            assert_eq!(Locale::from_tag(tag), expected, "{tag}");
        }
    }

    #[test]
    fn dates_read_as_people_of_that_language_write_them() {
        let date = day(2026, 5, 20);
        assert_eq!(Locale::Zh.full_date(date), "2026年5月20日 星期三");
        assert_eq!(Locale::En.full_date(date), "Wednesday 20 May 2026");
        assert_eq!(Locale::Zh.date(day(2027, 2, 14)), "2027年2月14日");
        assert_eq!(Locale::En.weekday(day(2027, 2, 14)), "Sunday");
    }

    #[test]
    fn a_near_day_is_named_with_its_date_and_a_far_one_with_its_year() {
        let today = day(2026, 12, 30);
        assert_eq!(Locale::Zh.near_day(day(2026, 12, 31), today), "明天 12月31日 星期四");
        assert_eq!(Locale::En.near_day(today, today), "Today, Wednesday 30 December");
        assert_eq!(Locale::Zh.near_day(day(2027, 1, 4), today), "2027年1月4日 星期一");
    }

    #[test]
    fn times_name_the_part_of_the_day() {
        for (hour, minute, zh, en) in [
            (0, 0, "凌晨 0:00", "12:00 midnight"),
            (8, 30, "上午 8:30", "8:30 am"),
            (9, 5, "上午 9:05", "9:05 am"),
            (12, 0, "中午 12:00", "12:00 noon"),
            (12, 15, "中午 12:15", "12:15 pm"),
            (14, 0, "下午 2:00", "2:00 pm"),
            (18, 45, "晚上 6:45", "6:45 pm"),
        ] {
            assert_eq!(Locale::Zh.time(clock(hour, minute)), zh);
            assert_eq!(Locale::En.time(clock(hour, minute)), en);
        }
    }

    #[test]
    fn a_wait_is_told_in_seconds_and_from_two_minutes_on_in_minutes_that_suffice() {
        let told = |seconds| [Locale::Zh.wait(seconds), Locale::En.wait(seconds)];
        assert_eq!(told(1), ["1 秒", "1 second"]);
        assert_eq!(told(119), ["119 秒", "119 seconds"]);
        assert_eq!(told(120), ["2 分钟", "2 minutes"]);
        assert_eq!(told(661), ["12 分钟", "12 minutes"]);
    }
}
