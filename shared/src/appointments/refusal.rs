//! What the engine refuses, in words that fit every service.

use chrono::{DateTime, Utc};

use super::state::TransitionError;
use crate::calendar::shanghai;
use crate::locale::Locale;
use crate::localised::Localised;
use crate::problem::{self, Problem, Words};

/// Why a time cannot be held, booked, moved or given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    SlotFull,
    SlotNotOpen {
        opens_at: DateTime<Utc>,
    },
    SlotTooSoon,
    SlotClosed,
    SlotPast,
    TooManyHolds,
    /// On a hot date a confirmed phone comes before the hold, and so it does once a network holds many times.
    PhoneNeeded,
    HoldExpired,
    /// It has become a booking.
    HoldBooked,
    /// It runs, but for another browser: this one may have lost its cookies.
    HeldElsewhere,
    NoExtensionLeft,
    /// One of the people has a live booking of this service.
    AlreadyBooked,
    /// Too many different people were named by this phone, this browser or from this address, booked or not.
    TooManyPeople {
        /// From when on another can be named.
        again_at: DateTime<Utc>,
        /// The seconds until then.
        retry_after: u64,
    },
    /// The identity check says that a name, a number and a phone do not belong together; never which.
    IdentityNotConfirmed,
    /// Cancelled, released or past: there is nothing left to change.
    BookingEnded,
    /// Its people were erased when their time was over, or as they asked.
    Erased,
    /// A booking asked to move to the time it has.
    SameTime,
    /// It was moved so often lately that whoever does it empties the calendar.
    MovedOften {
        /// From when on it can be moved again.
        again_at: DateTime<Utc>,
        /// The seconds until then.
        retry_after: u64,
    },
    TooLate {
        until: DateTime<Utc>,
    },
    /// The hall has begun with it: from here on only a counter changes it.
    Arrived,
}

impl Refusal {
    /// Whether it speaks of the slot and not of who asks for it.
    pub fn is_of_slot(self) -> bool {
        matches!(
            self,
            Self::SlotFull | Self::SlotClosed | Self::SlotPast | Self::SlotTooSoon | Self::SlotNotOpen { .. }
        )
    }

    /// One of each, for the tests of words and documents.
    pub fn examples() -> Vec<Problem> {
        let instant = DateTime::UNIX_EPOCH;
        [
            Self::SlotFull,
            Self::SlotNotOpen { opens_at: instant },
            Self::SlotTooSoon,
            Self::SlotClosed,
            Self::SlotPast,
            Self::TooManyHolds,
            Self::PhoneNeeded,
            Self::HoldExpired,
            Self::HoldBooked,
            Self::HeldElsewhere,
            Self::NoExtensionLeft,
            Self::AlreadyBooked,
            Self::TooManyPeople { again_at: instant, retry_after: 3600 },
            Self::IdentityNotConfirmed,
            Self::BookingEnded,
            Self::Erased,
            Self::SameTime,
            Self::MovedOften { again_at: instant, retry_after: 3600 },
            Self::TooLate { until: instant },
            Self::Arrived,
        ]
        .map(Problem::from)
        .into()
    }
}

impl problem::Refusal for Refusal {
    #[expect(clippy::too_many_lines, reason = "one table of words, a refusal a row")]
    fn words(&self) -> Words {
        const NOT_THIS_TIME: [&str; 2] = ["这个时间不能预约", "This time cannot be booked"];
        const USED_UP: [&str; 2] = ["保留时间已用完", "The hold has expired"];
        const UNCHANGEABLE: [&str; 2] = ["预约已不能修改", "The booking can no longer be changed"];
        match self {
            Self::SlotFull => Words::new(
                "slot_full",
                409,
                NOT_THIS_TIME,
                ["这个时间刚刚约满了，请选择别的时间。", "This time has just been taken. Please choose another."],
            ),
            Self::SlotNotOpen { opens_at } => {
                let when = when(*opens_at);
                Words::new(
                    "slot_not_open",
                    409,
                    NOT_THIS_TIME,
                    [
                        &format!("这个时间还没有开放预约，{}开放。", when.zh),
                        &format!("This time is not open for booking yet. It opens on {}.", when.en),
                    ],
                )
            }
            Self::SlotTooSoon => Words::new(
                "slot_too_soon",
                409,
                NOT_THIS_TIME,
                [
                    "这一天太近，已经不能网上预约。可以选择以后的日子，或打电话问办理的地方。",
                    "This day is too soon to book online. Choose a later one, or phone the place itself.",
                ],
            ),
            Self::SlotClosed => Words::new(
                "slot_closed",
                409,
                NOT_THIS_TIME,
                ["这里这个时间不办理，请选择别的时间。", "It is closed at this time. Please choose another."],
            ),
            Self::SlotPast => Words::new(
                "slot_past",
                409,
                NOT_THIS_TIME,
                ["这个时间已经过去，请选择以后的时间。", "This time has passed. Please choose a later one."],
            ),
            Self::TooManyHolds => Words::new(
                "too_many_holds",
                409,
                ["保留的时间太多", "Too many times held"],
                [
                    "您已经保留了两个时间。请先用其中一个预约，或放弃一个。",
                    "You are already holding two times. Please book or release one of them first.",
                ],
            ),
            Self::PhoneNeeded => Words::new(
                "phone_needed",
                409,
                ["请先验证手机", "Confirm a phone number first"],
                [
                    "这一天预约的人很多，或者从同一个网络保留的时间很多。请先验证一个手机号，再保留时间。",
                    "This is a popular day, or many times are being held from the same network. Please confirm a phone \
                     number before holding a time.",
                ],
            ),
            Self::HoldExpired => Words::new(
                "hold_expired",
                410,
                USED_UP,
                [
                    "为您保留的时间已到期。请重新选择一个时间。",
                    "The time we held for you has run out. Please choose a time again.",
                ],
            ),
            Self::HoldBooked => Words::new(
                "hold_booked",
                409,
                ["已经预约成功", "Booked already"],
                [
                    "这个时间已经预约成功，不用再保留，也不能再放回。请打开预约查看；不去了，请在那里取消。",
                    "This time is booked, so it need not be held and cannot be released. Please open the booking; if you \
                     are not coming, cancel it there.",
                ],
            ),
            Self::HeldElsewhere => Words::new(
                "held_elsewhere",
                410,
                ["不在这里保留", "Not held here"],
                [
                    "这个浏览器里没有保留这个时间，可能是清除过 Cookie，或者换了浏览器。请重新选择一个时间。",
                    "This browser is not holding that time: its cookies may have been cleared, or it is a different browser. Please choose a time again.",
                ],
            ),
            Self::NoExtensionLeft => Words::new(
                "no_extension_left",
                409,
                USED_UP,
                [
                    "保留时间不能再延长了。请尽快确认预约。",
                    "The hold cannot be extended any further. Please finish your booking soon.",
                ],
            ),
            Self::AlreadyBooked => Words::new(
                "already_booked",
                409,
                ["已有预约", "Already booked"],
                [
                    "填写的人里有人已经有一个这项业务的预约。每人同时只能有一个；自己约的，可以先取消它。不是自己约的，请打电话给办理的地方，或者所有人带上证件原件去一趟：工作人员核对身份以后，可以撤销那个预约。原来的预约如果就在今天，明天起可以再约。",
                    "One of the people named already has an appointment for this. Each person can have one at a time; if you made it, you can cancel it first. If you did not, phone the place itself or go there together with your original documents: once staff have checked who you are, they can withdraw that booking. If the earlier one is for today, you can book again from tomorrow.",
                ],
            ),
            Self::TooManyPeople { again_at, .. } => {
                let when = when(*again_at);
                Words::new(
                    "too_many_people",
                    429,
                    ["填写过的人太多", "Too many different people"],
                    [
                        &format!(
                            "这部手机或这个网络最近为太多不同的人预约过，{}以后才能再填别的人。填写过的人不受影响。等不及的，请打电话给办理的地方。",
                            when.zh
                        ),
                        &format!(
                            "Too many different people have been entered with this phone or from this network lately. You can enter somebody else after {}. Those entered before can still book. If you cannot wait, phone the place itself.",
                            when.en
                        ),
                    ],
                )
            }
            Self::IdentityNotConfirmed => Words::new(
                "identity_not_confirmed",
                409,
                ["没能核实身份", "Identities not confirmed"],
                [
                    "填写的姓名、证件号码和手机号没有通过核实，所以没有预约。请逐项核对：手机号要是本人实名的。都没有错的，请打电话给办理的地方，或者带上证件原件去一趟。",
                    "The names, document numbers and phone numbers could not be confirmed, so nothing was booked. Please check each of them: a phone must be registered in its owner's own name. If all are right, phone the place itself or go there with your original documents.",
                ],
            ),
            Self::BookingEnded => Words::new(
                "booking_ended",
                409,
                UNCHANGEABLE,
                ["这个预约已经结束，不能再修改。", "This booking has ended and can no longer be changed."],
            ),
            Self::Erased => Words::new(
                "booking_erased",
                410,
                ["预约信息已经删除", "The booking has been erased"],
                [
                    "这个预约已经结束，里面的个人信息已经按期或者按本人的要求删除。需要时可以重新预约。",
                    "This booking is over, and its personal data has been erased as announced or as asked. You can book again.",
                ],
            ),
            Self::SameTime => Words::new(
                "same_time",
                409,
                NOT_THIS_TIME,
                ["这就是您现在的时间，请选择别的时间。", "That is already your time. Please choose another."],
            ),
            Self::MovedOften { again_at, .. } => {
                let when = when(*again_at);
                Words::new(
                    "moved_often",
                    429,
                    ["改得太勤", "Moved too often"],
                    [
                        &format!(
                            "这个预约最近已经改过几次，{}以后才能再改。现在的时间还留着；等不及的，请打电话给办理的地方。",
                            when.zh
                        ),
                        &format!(
                            "This booking was moved several times lately and can be moved again after {}. It keeps the time it has. If you cannot wait, phone the place itself.",
                            when.en
                        ),
                    ],
                )
            }
            Self::TooLate { until } => {
                let when = Localised::new(Locale::Zh.deadline(*until), Locale::En.deadline(*until));
                Words::new(
                    "too_late",
                    409,
                    UNCHANGEABLE,
                    [
                        &format!("网上办理的截止时间是 {}，现在已经过了。请打电话给办理的地方。", when.zh),
                        &format!("This could be done online until {}. Please phone the place itself.", when.en),
                    ],
                )
            }
            Self::Arrived => Words::new(
                "booking_arrived",
                409,
                UNCHANGEABLE,
                [
                    "您已经签到，或者已经叫过您的号，网上不能再改期或取消。请在窗口办理。",
                    "You are checked in, or were called already, so this can no longer be done online. Please ask at the counter.",
                ],
            ),
        }
    }

    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooManyPeople { retry_after, .. } | Self::MovedOften { retry_after, .. } => Some(*retry_after),
            _ => None,
        }
    }
}

impl From<TransitionError> for Refusal {
    fn from(error: TransitionError) -> Self {
        match error {
            TransitionError::HoldExpired | TransitionError::NotHeld => Self::HoldExpired,
            TransitionError::NoExtensionLeft => Self::NoExtensionLeft,
            TransitionError::TooLate(until) => Self::TooLate { until },
            TransitionError::AlreadyBegun => Self::SlotPast,
            TransitionError::NotBooked | TransitionError::HoldStillRuns | TransitionError::NotOver => {
                Self::BookingEnded
            }
        }
    }
}

fn when(instant: DateTime<Utc>) -> Localised {
    let local = shanghai(instant).naive_local();
    let say = |locale: Locale| format!("{} {}", locale.full_date(local.date()), locale.time(local.time()));
    Localised::new(say(Locale::Zh), say(Locale::En))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Refusal as _;

    #[test]
    fn a_deadline_at_midnight_is_told_as_the_end_of_its_day() {
        let until = "2026-05-13T00:00:00+08:00".parse().unwrap();
        let said = Refusal::TooLate { until }.words().sentence;
        assert!(said.zh.contains("2026年5月12日 星期二 24:00"), "{}", said.zh);
        assert!(said.en.contains("until the end of Tuesday 12 May 2026"), "{}", said.en);
    }
}
