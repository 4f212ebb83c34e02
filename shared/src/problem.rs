//! The closed set of problems that the API and the pages tell a resident about.

use chrono::{DateTime, Utc};

use crate::calendar::shanghai;
use crate::field::FieldErrors;
use crate::locale::Locale;

/// Why a request came to nothing. Internals are logged where they happen and are never part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The body is not what this address takes.
    Malformed,
    UnsupportedMediaType,
    TooLarge,
    /// One entry for each field that needs attention.
    Fields(FieldErrors),
    NotFound,
    MethodNotAllowed,
    /// No token, or not the one for this.
    Unauthorized,
    /// A form that another site sent.
    CrossSite,
    SlotFull,
    SlotNotOpen {
        opens_at: DateTime<Utc>,
    },
    SlotTooSoon,
    SlotClosed,
    SlotPast,
    /// The registry does not register couples with a party from outside the mainland (婚姻登记条例 art 2).
    NoForeignAuthority,
    TooManyHolds,
    /// On a hot date a confirmed phone comes before the hold.
    PhoneNeeded,
    HoldExpired,
    NoExtensionLeft,
    AlreadyBooked,
    /// Cancelled, released or past: there is nothing left to change.
    BookingEnded,
    TooLate {
        until: DateTime<Utc>,
    },
    IdempotencyMismatch,
    RateLimited {
        retry_after: u64,
    },
    Busy,
    Internal,
}

impl Problem {
    /// The stable name on the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::TooLarge => "too_large",
            Self::Fields(_) => "invalid_fields",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Unauthorized => "unauthorized",
            Self::CrossSite => "cross_site",
            Self::SlotFull => "slot_full",
            Self::SlotNotOpen { .. } => "slot_not_open",
            Self::SlotTooSoon => "slot_too_soon",
            Self::SlotClosed => "slot_closed",
            Self::SlotPast => "slot_past",
            Self::NoForeignAuthority => "no_foreign_authority",
            Self::TooManyHolds => "too_many_holds",
            Self::PhoneNeeded => "phone_needed",
            Self::HoldExpired => "hold_expired",
            Self::NoExtensionLeft => "no_extension_left",
            Self::AlreadyBooked => "already_booked",
            Self::BookingEnded => "booking_ended",
            Self::TooLate { .. } => "too_late",
            Self::IdempotencyMismatch => "idempotency_mismatch",
            Self::RateLimited { .. } => "rate_limited",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Unauthorized => 401,
            Self::CrossSite => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::SlotFull
            | Self::SlotNotOpen { .. }
            | Self::SlotTooSoon
            | Self::SlotClosed
            | Self::SlotPast
            | Self::NoForeignAuthority
            | Self::TooManyHolds
            | Self::PhoneNeeded
            | Self::NoExtensionLeft
            | Self::AlreadyBooked
            | Self::BookingEnded
            | Self::TooLate { .. } => 409,
            Self::HoldExpired => 410,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::Fields(_) | Self::IdempotencyMismatch => 422,
            Self::RateLimited { .. } => 429,
            Self::Internal => 500,
            Self::Busy => 503,
        }
    }

    /// What happened and what to do next, in a sentence or two.
    pub fn sentence(&self, locale: Locale) -> String {
        let when = |instant: &DateTime<Utc>| {
            let local = shanghai(*instant).naive_local();
            format!("{} {}", locale.full_date(local.date()), locale.time(local.time()))
        };
        match (self, locale) {
            (Self::SlotNotOpen { opens_at }, Locale::Zh) => {
                format!("这个时间还没有开放预约，{}开放。", when(opens_at))
            }
            (Self::SlotNotOpen { opens_at }, Locale::En) => {
                format!("This time is not open for booking yet. It opens at {}.", when(opens_at))
            }
            (Self::TooLate { until }, Locale::Zh) => {
                format!("网上办理的截止时间是 {}，现在已经过了。请打电话给登记机关。", when(until))
            }
            (Self::TooLate { until }, Locale::En) => {
                format!("This could be done online until {}. Please phone the registry.", when(until))
            }
            (Self::RateLimited { retry_after }, Locale::Zh) => {
                format!("操作太频繁了，请过 {retry_after} 秒再试。")
            }
            (Self::RateLimited { retry_after }, Locale::En) => {
                format!("Too many attempts. Please try again in {retry_after} seconds.")
            }
            _ => self.fixed_sentence(locale).to_owned(),
        }
    }

    fn fixed_sentence(&self, locale: Locale) -> &'static str {
        let (zh, en) = match self {
            Self::Malformed => {
                ("没能读懂这次请求。请返回上一页重试。", "The request could not be read. Please go back and try again.")
            }
            Self::UnsupportedMediaType => ("请用 JSON 格式发送。", "Please send JSON."),
            Self::TooLarge => {
                ("填写的内容太长了，请缩短后再试。", "That is too long. Please shorten it and try again.")
            }
            Self::Fields(_) => {
                ("有几处需要修改，请看各栏的说明。", "Some answers need attention. See the note at each field.")
            }
            Self::NotFound => {
                ("没有找到。请检查地址或号码。", "Nothing was found. Please check the address or number.")
            }
            Self::MethodNotAllowed => ("这个地址不能这样使用。", "This address cannot be used that way."),
            Self::Unauthorized => (
                "请用预约时收到的链接打开，或者用预约号和手机验证码查询。",
                "Please use the link you received, or look the booking up by reference number and phone.",
            ),
            Self::CrossSite => (
                "这次操作不是从本站页面发出的，没有办理。请在本站重新操作。",
                "This did not come from a page of this site, so nothing was done. Please repeat it here.",
            ),
            Self::SlotFull => {
                ("这个时间刚刚约满了，请选择别的时间。", "This time has just been taken. Please choose another.")
            }
            Self::SlotTooSoon => (
                "这一天太近，已经不能网上预约。可以选择以后的日子，或打电话问登记机关。",
                "This day is too near to book online. Choose a later one, or phone the registry.",
            ),
            Self::SlotClosed => (
                "登记机关这个时间不办理，请选择别的时间。",
                "The registry is closed at this time. Please choose another.",
            ),
            Self::SlotPast => {
                ("这个时间已经过去，请选择以后的时间。", "This time has passed. Please choose a later one.")
            }
            Self::NoForeignAuthority => (
                "这个登记机关不办理涉外、涉港澳台和华侨婚姻登记，请选择有这项权限的登记机关。",
                "This registry does not register couples with a party from outside the mainland. Please choose one that does.",
            ),
            Self::TooManyHolds => (
                "您已经保留了两个时间。请先用其中一个预约，或放弃一个。",
                "You are already holding two times. Please book or give up one of them first.",
            ),
            Self::PhoneNeeded => (
                "这一天预约的人很多，请先验证一个手机号，再保留时间。",
                "This is a popular day: please confirm a phone number before holding a time.",
            ),
            Self::HoldExpired => (
                "为您保留的时间已到期。请重新选择一个时间，刚才填写的内容还在。",
                "The time we held for you has run out. Please choose a time again; what you filled in is still here.",
            ),
            Self::NoExtensionLeft => (
                "保留时间已经延长过两次，不能再延长。请尽快确认预约。",
                "The hold has been extended twice already. Please finish your booking soon.",
            ),
            Self::AlreadyBooked => (
                "两人中有人已经有一个结婚登记预约。每人同时只能有一个；请先取消原来的预约，或打电话给登记机关。",
                "One of you already has a marriage registration appointment. Each person can have one at a time; please cancel the earlier one or phone the registry.",
            ),
            Self::BookingEnded => {
                ("这个预约已经结束，不能再修改。", "This booking has ended and can no longer be changed.")
            }
            Self::IdempotencyMismatch => (
                "同一个请求编号用了两次，内容却不同。请换一个新的编号。",
                "The same idempotency key came with a different body. Please use a new key.",
            ),
            Self::Busy => {
                ("现在使用的人很多，请过几秒再试。", "The service is very busy. Please try again in a few seconds.")
            }
            Self::SlotNotOpen { .. } | Self::TooLate { .. } | Self::RateLimited { .. } | Self::Internal => (
                "系统出了点问题，没有办成。请稍后再试，或拨打 12345。",
                "Something went wrong on our side. Please try again later, or call 12345.",
            ),
        };
        locale.say(zh, en)
    }
}
