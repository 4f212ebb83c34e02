//! Why a request came to nothing: what any request can meet, and what a domain refuses in its own words.

use std::{any::Any, fmt, sync::Arc};

use crate::field::FieldErrors;
use crate::locale::Locale;
use crate::localised::Localised;

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
    IdempotencyMismatch,
    RateLimited {
        /// Seconds.
        retry_after: u64,
    },
    Busy,
    /// The database cannot be reached, or has no room left.
    Unavailable,
    /// The database did not answer in time, and may have done what was asked or not.
    Unanswered,
    Internal,
    /// What a domain refuses.
    Refused(Refused),
}

/// The reasons of one domain: a closed enum with a row of words for each.
pub trait Refusal: Any + fmt::Debug + Send + Sync {
    fn words(&self) -> Words;

    /// Seconds after which another try is worth it, where only time stands in the way.
    fn retry_after(&self) -> Option<u64> {
        None
    }
}

/// What a problem is called, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The stable name on the wire.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The kind of problem, the same for every occurrence.
    pub title: Localised,
    /// What happened and what to do next, in a sentence or two.
    pub sentence: Localised,
}

impl Words {
    pub fn new(code: &'static str, status: u16, title: [&str; 2], sentence: [&str; 2]) -> Self {
        let localised = |[zh, en]: [&str; 2]| Localised::new(zh, en);
        Self { code, status, title: localised(title), sentence: localised(sentence) }
    }
}

/// A domain's refusal on its way through the ground floor, which knows no domain.
#[derive(Clone)]
pub struct Refused(Arc<dyn Refusal>);

impl Refused {
    /// As [`Refusal::retry_after`].
    pub fn retry_after(&self) -> Option<u64> {
        self.0.retry_after()
    }
}

impl Problem {
    /// The refusal, if it is one of this domain's.
    pub fn refusal<R: Refusal + Clone>(&self) -> Option<R> {
        let Self::Refused(Refused(refusal)) = self else { return None };
        let any: &dyn Any = &**refusal;
        any.downcast_ref().cloned()
    }

    /// The stable name on the wire.
    pub fn code(&self) -> &'static str {
        self.words().code
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.words().status
    }

    /// The kind of problem in a few words.
    pub fn title(&self, locale: Locale) -> String {
        self.words().title.say(locale).to_owned()
    }

    /// What happened and what to do next, in a sentence or two.
    pub fn sentence(&self, locale: Locale) -> String {
        self.words().sentence.say(locale).to_owned()
    }

    /// Everything that is said of it.
    #[expect(clippy::too_many_lines, reason = "a row of words for each problem")]
    pub fn words(&self) -> Words {
        const UNREADABLE: [&str; 2] = ["无法处理这个请求", "The request cannot be processed"];
        match self {
            Self::Malformed => Words::new(
                "malformed",
                400,
                UNREADABLE,
                [
                    "没能读懂这次请求。请返回上一页重试。",
                    "The request could not be read. Please go back and try again.",
                ],
            ),
            Self::UnsupportedMediaType => {
                Words::new("unsupported_media_type", 415, UNREADABLE, ["请用 JSON 格式发送。", "Please send JSON."])
            }
            Self::TooLarge => Words::new(
                "too_large",
                413,
                UNREADABLE,
                ["填写的内容太长了，请缩短后再试。", "That is too long. Please shorten it and try again."],
            ),
            Self::Fields(_) => Words::new(
                "invalid_fields",
                422,
                ["有几处需要修改", "Some answers need attention"],
                ["有几处需要修改，请看各栏的说明。", "Some answers need attention. See the note at each field."],
            ),
            Self::NotFound => Words::new(
                "not_found",
                404,
                ["没有找到", "Not found"],
                ["没有找到。请检查地址或号码。", "Nothing was found. Please check the address or number."],
            ),
            Self::MethodNotAllowed => Words::new(
                "method_not_allowed",
                405,
                UNREADABLE,
                ["这个地址不能这样使用。", "This address cannot be used that way."],
            ),
            Self::Unauthorized => Words::new(
                "unauthorized",
                401,
                ["需要凭证", "Proof needed"],
                [
                    "请用预约时收到的链接打开，或者用预约号和手机验证码查询。",
                    "Please use the link you received, or look the booking up by reference number and phone.",
                ],
            ),
            Self::CrossSite => Words::new(
                "cross_site",
                403,
                ["不是从本站发出", "Not from this site"],
                [
                    "这次操作不是从本站页面发出的，没有办理。请在本站重新操作。",
                    "This did not come from a page of this site, so nothing was done. Please repeat it here.",
                ],
            ),
            Self::IdempotencyMismatch => Words::new(
                "idempotency_mismatch",
                422,
                ["请求编号重复", "Idempotency key used before"],
                [
                    "同一个请求编号用了两次，内容却不同。请换一个新的编号。",
                    "The same idempotency key came with a different body. Please use a new key.",
                ],
            ),
            Self::RateLimited { retry_after } => Words::new(
                "rate_limited",
                429,
                ["操作太频繁", "Too many requests"],
                [
                    &format!("操作太频繁了，请过 {}再试。", Locale::Zh.wait(*retry_after)),
                    &format!("Too many attempts. Please try again in {}.", Locale::En.wait(*retry_after)),
                ],
            ),
            Self::Busy => Words::new(
                "busy",
                503,
                ["系统繁忙", "Busy"],
                ["现在使用的人很多，请过几秒再试。", "The service is very busy. Please try again in a few seconds."],
            ),
            Self::Unavailable => Words::new(
                "unavailable",
                503,
                ["系统暂时用不了", "Out of service for the moment"],
                [
                    "系统暂时用不了，这一步没有办成。请过一会儿再试，着急的可以拨打 12345。",
                    "The service is down for the moment and this step was not done. Please try again in a little while, \
                     or call 12345 if it is urgent.",
                ],
            ),
            Self::Unanswered => Words::new(
                "unanswered",
                503,
                ["没有等到结果", "No answer in time"],
                [
                    "系统太久没有回应，不知道这一步有没有办成。请先看一下有没有办成，没有的话再试一次；着急的可以拨打 12345。",
                    "The service did not answer in time, and this step may have been done or not. Please look first, and \
                     try again if it was not; call 12345 if it is urgent.",
                ],
            ),
            Self::Internal => Words::new(
                "internal",
                500,
                ["系统出了问题", "Something went wrong"],
                [
                    "系统出了点问题，没有办成。请稍后再试，或拨打 12345。",
                    "Something went wrong on our side. Please try again later, or call 12345.",
                ],
            ),
            Self::Refused(Refused(refusal)) => refusal.words(),
        }
    }
}

/// One of each problem that any request can meet, for the tests of words and documents.
pub fn examples() -> Vec<Problem> {
    vec![
        Problem::Malformed,
        Problem::UnsupportedMediaType,
        Problem::TooLarge,
        Problem::Fields(FieldErrors::new()),
        Problem::NotFound,
        Problem::MethodNotAllowed,
        Problem::Unauthorized,
        Problem::CrossSite,
        Problem::IdempotencyMismatch,
        Problem::RateLimited { retry_after: 60 },
        Problem::Busy,
        Problem::Unavailable,
        Problem::Unanswered,
        Problem::Internal,
    ]
}

impl<R: Refusal> From<R> for Problem {
    fn from(refusal: R) -> Self {
        Self::Refused(Refused(Arc::new(refusal)))
    }
}

/// Two refusals are one when they say the same.
impl PartialEq for Refused {
    fn eq(&self, other: &Self) -> bool {
        self.0.words() == other.0.words()
    }
}

impl Eq for Refused {}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
