//! In which order those who wait are called, how they came to it, and the words for why somebody is next.

pub mod draft;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::shanghai;
use crate::locale::Locale;
use crate::source::Source;

/// How an office calls those who wait: dated data, which the page can name the source of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallingRule {
    pub order: CallingOrder,
    /// Whoever comes earlier than so long before their time is told that they are early.
    pub early_minutes: u16,
    /// Whoever comes later than so long after their time begins has lost its turn, and waits from when they came.
    pub late_minutes: u16,
    pub source: Source,
}

/// What counts among those who wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallingOrder {
    /// The time that was booked; when they came for whoever has none, or came late.
    Time,
    /// When they came. Nobody gains by coming before they are expected.
    Arrival,
}

/// How somebody came to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "with", rename_all = "snake_case")]
pub enum Coming {
    Booking { starts_at: DateTime<Utc> },
    Ticket,
}

/// What puts somebody before those who would be called by their place alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    Usual,
    /// Served before the others who have come (残疾人保障法 art 55; 老年人权益保障法 art 55).
    Priority,
    /// Another counter handed them over to this one, which comes before all else.
    HandedOver,
}

/// How somebody with a booking is on time: the four answers of a check-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "timeliness", rename_all = "snake_case")]
pub enum Timeliness {
    Early {
        starts_at: DateTime<Utc>,
    },
    InTime,
    Late {
        since: DateTime<Utc>,
    },
    /// They were checked in before, and nothing has changed.
    AlreadyIn,
}

/// Why somebody is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// Another counter handed them over to this one.
    HandedOver { arrived_at: DateTime<Utc> },
    /// They have priority. Why is nobody's to say.
    Priority { arrived_at: DateTime<Utc> },
    /// Their time is the earliest.
    Time { starts_at: DateTime<Utc> },
    /// They came too late for their time, so that their place goes by when they came.
    CameLate { starts_at: DateTime<Utc>, arrived_at: DateTime<Utc> },
    /// They have a booking, and their place goes by when they came.
    Arrival { arrived_at: DateTime<Utc> },
    /// They took a ticket, and nobody comes before it in the order; others may have come earlier, for a later time.
    Ticket { arrived_at: DateTime<Utc> },
}

impl CallingRule {
    /// What holds at an office that has no rule of its own.
    pub fn usual() -> Self {
        let source = Source {
            title: "系统默认：预约按预约时间，迟到和现场取号按到达时间".to_owned(),
            title_en: Some(
                "The portal's own default: bookings by their time, late comers and tickets by arrival".to_owned(),
            ),
            url: None,
        };
        Self { order: CallingOrder::Time, early_minutes: 30, late_minutes: 15, source }
    }

    /// Whether somebody who comes now is on time.
    pub fn timeliness(&self, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Timeliness {
        if now < self.expected_from(starts_at) {
            Timeliness::Early { starts_at }
        } else if now > self.late_from(starts_at) {
            Timeliness::Late { since: starts_at }
        } else {
            Timeliness::InTime
        }
    }

    /// The instant that their place among those who wait goes by. Coming later never gives an earlier one.
    pub fn queue_at(&self, coming: Coming, arrived_at: DateTime<Utc>) -> DateTime<Utc> {
        match (coming, self.order) {
            (Coming::Ticket, _) => arrived_at,
            (Coming::Booking { starts_at }, _) if arrived_at > self.late_from(starts_at) => arrived_at,
            (Coming::Booking { starts_at }, CallingOrder::Time) => starts_at,
            (Coming::Booking { starts_at }, CallingOrder::Arrival) => arrived_at.max(self.expected_from(starts_at)),
        }
    }

    /// Why somebody who waits is called before all others.
    pub fn why(&self, coming: Coming, arrived_at: DateTime<Utc>, standing: Standing) -> Why {
        match (coming, self.order) {
            _ if standing == Standing::HandedOver => Why::HandedOver { arrived_at },
            _ if standing == Standing::Priority => Why::Priority { arrived_at },
            (Coming::Ticket, _) => Why::Ticket { arrived_at },
            (Coming::Booking { starts_at }, _) if arrived_at > self.late_from(starts_at) => {
                Why::CameLate { starts_at, arrived_at }
            }
            (Coming::Booking { starts_at }, CallingOrder::Time) => Why::Time { starts_at },
            (Coming::Booking { .. }, CallingOrder::Arrival) => Why::Arrival { arrived_at },
        }
    }

    fn expected_from(&self, starts_at: DateTime<Utc>) -> DateTime<Utc> {
        starts_at - TimeDelta::minutes(self.early_minutes.into())
    }

    fn late_from(&self, starts_at: DateTime<Utc>) -> DateTime<Utc> {
        starts_at + TimeDelta::minutes(self.late_minutes.into())
    }
}

impl Standing {
    /// Of whoever waits: what is theirs at the counter that takes them.
    pub fn of(is_handed_over: bool, has_priority: bool) -> Self {
        match (is_handed_over, has_priority) {
            (true, _) => Self::HandedOver,
            (false, true) => Self::Priority,
            (false, false) => Self::Usual,
        }
    }
}

impl Timeliness {
    /// What whoever checks in is told first.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Early { starts_at } => {
                let time = short(starts_at);
                say!(
                    locale,
                    "来早了，已经签到。约的时间是 {time}，请在大厅等候叫号。",
                    "You are early and checked in. Your time is {time}; please wait in the hall to be called."
                )
            }
            Self::InTime => locale
                .say("已经签到，请在大厅等候叫号。", "You are checked in. Please wait in the hall to be called.")
                .to_owned(),
            Self::Late { since } => {
                let time = short(since);
                say!(
                    locale,
                    "已经签到。约的时间是 {time}，来晚了，现在起按到达的先后叫号。",
                    "You are checked in. Your time was {time}; as that is over, you are called in the order of arrival."
                )
            }
            Self::AlreadyIn => locale
                .say(
                    "之前已经签到，不用再签，请留意叫号。",
                    "You were checked in before. Please watch for your number.",
                )
                .to_owned(),
        }
    }
}

impl Why {
    /// As it stands beside who is called.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::HandedOver { arrived_at } => {
                let time = short(arrived_at);
                say!(locale, "别的窗口移交来的，{time} 到", "handed over to this counter, here since {time}")
            }
            Self::Priority { arrived_at } => {
                let time = short(arrived_at);
                say!(locale, "优先，{time} 到", "priority, here since {time}")
            }
            Self::Time { starts_at } => {
                let time = short(starts_at);
                say!(locale, "约的 {time}，最早", "booked for {time}, the earliest")
            }
            Self::CameLate { starts_at, arrived_at } => {
                let (time, came) = (short(starts_at), short(arrived_at));
                say!(
                    locale,
                    "约的 {time}，晚到，从 {came} 排起，现在轮到",
                    "booked for {time} but late, waiting since {came}, and next in the order"
                )
            }
            Self::Arrival { arrived_at } => {
                let time = short(arrived_at);
                say!(locale, "{time} 到的，现在轮到", "here since {time}, and next in the order")
            }
            Self::Ticket { arrived_at } => {
                let time = short(arrived_at);
                say!(locale, "{time} 到的现场号，现在轮到", "a ticket of {time}, and next in the order")
            }
        }
    }
}

impl Why {
    /// What the place of somebody who waits goes by, wherever they stand in the line: so that a clerk can say it aloud. The time
    /// that they booked stands beside it.
    pub fn place(self, now: DateTime<Utc>, locale: Locale) -> String {
        match self {
            Self::Time { starts_at } => {
                // Rounded up: at no minute it is time already.
                let minutes = ((starts_at - now).num_seconds() + 59) / 60;
                if now < starts_at {
                    say!(locale, "还没到时间，{minutes} 分钟后", "{minutes} min before their time")
                } else {
                    locale.say("按约的时间", "by the booked time").to_owned()
                }
            }
            Self::CameLate { arrived_at, .. } => {
                let came = short(arrived_at);
                say!(locale, "晚到，从 {came} 排起", "late, waiting since {came}")
            }
            Self::Arrival { arrived_at } => {
                let time = short(arrived_at);
                say!(locale, "{time} 到的", "here since {time}")
            }
            Self::Ticket { arrived_at } => {
                let time = short(arrived_at);
                say!(locale, "现场号，{time} 到", "walk-in, here since {time}")
            }
            same @ (Self::HandedOver { .. } | Self::Priority { .. }) => same.words(locale),
        }
    }
}

/// `9:05`, by the clock on the wall.
fn short(instant: DateTime<Utc>) -> String {
    let time = shanghai(instant).time();
    format!("{}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-05-20T{time}:00+08:00").parse().unwrap()
    }

    #[test]
    fn the_reason_names_the_time_that_decided() {
        let rule = CallingRule::usual();
        let booked = Coming::Booking { starts_at: at("09:00") };
        for (coming, came, standing, zh, en) in [
            (booked, "08:50", Standing::Usual, "约的 9:00，最早", "booked for 9:00, the earliest"),
            (booked, "09:15", Standing::Usual, "约的 9:00，最早", "booked for 9:00, the earliest"),
            (booked, "09:16", Standing::Priority, "优先，9:16 到", "priority, here since 9:16"),
            (
                booked,
                "09:16",
                Standing::Usual,
                "约的 9:00，晚到，从 9:16 排起，现在轮到",
                "booked for 9:00 but late, waiting since 9:16, and next in the order",
            ),
            (
                Coming::Ticket,
                "10:12",
                Standing::Usual,
                "10:12 到的现场号，现在轮到",
                "a ticket of 10:12, and next in the order",
            ),
            (Coming::Ticket, "10:11", Standing::Priority, "优先，10:11 到", "priority, here since 10:11"),
            (
                Coming::Ticket,
                "10:12",
                Standing::HandedOver,
                "别的窗口移交来的，10:12 到",
                "handed over to this counter, here since 10:12",
            ),
        ] {
            let why = rule.why(coming, at(came), standing);
            assert_eq!([why.words(Locale::Zh), why.words(Locale::En)], [zh, en]);
        }
        let by_arrival = CallingRule { order: CallingOrder::Arrival, ..rule };
        assert_eq!(by_arrival.why(booked, at("08:50"), Standing::Usual).words(Locale::Zh), "8:50 到的，现在轮到");
    }

    #[test]
    fn whoever_stands_further_back_reads_no_more_than_what_their_place_goes_by() {
        let rule = CallingRule::usual();
        let (booked, now) = (Coming::Booking { starts_at: at("09:00") }, at("09:30"));
        let usual = Standing::Usual;
        for (coming, came, standing, now, zh) in [
            (booked, "08:50", usual, at("08:55"), "还没到时间，5 分钟后"),
            (booked, "08:50", usual, now, "按约的时间"),
            (booked, "09:16", usual, now, "晚到，从 9:16 排起"),
            (Coming::Ticket, "09:12", usual, now, "现场号，9:12 到"),
            (Coming::Ticket, "09:12", Standing::Priority, now, "优先，9:12 到"),
        ] {
            let said = rule.why(coming, at(came), standing).place(now, Locale::Zh);
            assert_eq!(said, zh);
            assert!(!said.contains("最") && !said.contains("轮到"), "{said}");
        }
    }

    #[test]
    fn who_comes_is_early_in_time_or_late_by_the_minutes_of_the_rule() {
        let rule = CallingRule::usual();
        let starts_at = at("09:00");
        for (came, expected) in [
            ("08:29", Timeliness::Early { starts_at }),
            ("08:30", Timeliness::InTime),
            ("09:00", Timeliness::InTime),
            ("09:15", Timeliness::InTime),
            ("09:16", Timeliness::Late { since: starts_at }),
        ] {
            assert_eq!(rule.timeliness(starts_at, at(came)), expected, "{came}");
        }
    }
}
