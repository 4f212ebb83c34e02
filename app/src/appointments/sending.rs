//! Codes to the phones of a booking that is about to be made. Each phone stands alone: what stops one code stops no
//! other, and what was not sent is not called sent.

use chrono::{DateTime, TimeDelta, Utc};
use server::{
    App,
    appointments::confirmed,
    client::Client,
    error::Error,
    phone_codes::{self, RESEND, Sending, Standing},
    rejection::retry_after,
};
use shared::{
    field::Reason,
    identity::{Phone, PhoneReason},
    locale::Locale,
    say,
};

use super::{booking_form::BookingForm, draft::CodeAsked};
use crate::{visit::Visit, words};

/// The phones that still need a code.
pub(super) async fn unconfirmed(app: &App, form: &BookingForm) -> Result<Vec<Phone>, Error> {
    let Some(held) = &form.held else { return Ok(Vec::new()) };
    let phones = form.contacts().into_iter().map(|contact| contact.phone);
    confirmed::unconfirmed(app, &held.hold.id, phones.collect()).await
}

/// Asks for a code to each of these phones, and keeps in the draft what came of it.
pub(super) async fn send(
    app: &App,
    visit: &Visit,
    client: &Client,
    form: &mut BookingForm,
    phones: &[Phone],
) -> Result<(), Error> {
    let (purpose, asker) = (form.pages.bookable.purpose(), form.asker(app));
    for phone in phones {
        let sending = phone_codes::send(app, (&asker, client.address), phone, purpose, visit.locale, form.now).await?;
        let wait = |seconds: u64| form.now + TimeDelta::seconds(i64::try_from(seconds).unwrap_or(0));
        let asked = match sending {
            Sending::Sent => CodeAsked::Sent { at: form.now },
            Sending::JustNow(recent) => CodeAsked::JustBefore { again_at: wait(recent.again_in) },
            Sending::TooOften(problem) => CodeAsked::Refused { again_at: wait(retry_after(&problem).unwrap_or(0)) },
            Sending::NotTo(PhoneReason::TooManyAbroad { .. }) => CodeAsked::TooManyAbroad,
            Sending::NotTo(_) => CodeAsked::NotServed,
        };
        form.draft.codes.insert(phone.as_str().to_owned(), asked);
    }
    form.save(app).await
}

/// Seconds for which none of these phones can be sent another code; nothing once one of them can.
pub(super) fn too_soon(form: &BookingForm, phones: &[Phone]) -> Option<u64> {
    let again_at = |phone: &Phone| match form.draft.codes.get(phone.as_str())? {
        CodeAsked::Sent { at } => Some(*at + RESEND),
        CodeAsked::JustBefore { again_at } | CodeAsked::Refused { again_at } => Some(*again_at),
        CodeAsked::NotServed | CodeAsked::TooManyAbroad => None,
    };
    let soonest = phones.iter().map(|phone| again_at(phone).unwrap_or(form.now)).min()?;
    u64::try_from((soonest - form.now).num_seconds()).ok().filter(|seconds| *seconds > 0)
}

/// What became of the code to a phone, as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeState {
    NotAsked,
    Works {
        until: DateTime<Utc>,
    },
    /// It was sent shortly before one asked for it, and another has to wait.
    StillWorks {
        again_at: DateTime<Utc>,
    },
    Used,
    TriedOut {
        again_at: DateTime<Utc>,
    },
    Expired,
    Refused {
        again_at: DateTime<Utc>,
    },
    NotTo(PhoneReason),
}

impl CodeState {
    /// Of a code that this browser asked for: of others nothing is told.
    pub(super) async fn of(app: &App, form: &BookingForm, phone: &Phone) -> Result<Self, Error> {
        let code = phone.country_code();
        let (sent_again_at, was_there) = match form.draft.codes.get(phone.as_str()) {
            None => return Ok(Self::NotAsked),
            Some(CodeAsked::Refused { again_at }) => return Ok(Self::Refused { again_at: *again_at }),
            Some(CodeAsked::NotServed) => return Ok(Self::NotTo(PhoneReason::NotServed { code })),
            Some(CodeAsked::TooManyAbroad) => return Ok(Self::NotTo(PhoneReason::TooManyAbroad { code })),
            Some(CodeAsked::Sent { at }) => (*at + RESEND, false),
            Some(CodeAsked::JustBefore { again_at }) => (*again_at, true),
        };
        let purpose = form.pages.bookable.purpose();
        Ok(match phone_codes::standing(app, &form.asker(app), phone, purpose, form.now).await? {
            Standing::Works { .. } if was_there && form.now < sent_again_at => {
                Self::StillWorks { again_at: sent_again_at }
            }
            Standing::Works { until } => Self::Works { until },
            Standing::Used => Self::Used,
            Standing::TriedOut => Self::TriedOut { again_at: sent_again_at },
            Standing::Expired => Self::Expired,
        })
    }

    pub(super) fn works(self) -> bool {
        matches!(self, Self::Works { .. } | Self::StillWorks { .. })
    }

    /// Whether a code went out, whatever became of it.
    pub(super) fn was_sent(self) -> bool {
        !matches!(self, Self::NotAsked | Self::Refused { .. } | Self::NotTo(_))
    }

    /// In a sentence, below the field of the code.
    pub(super) fn sentence(self, locale: Locale, now: DateTime<Utc>) -> String {
        let clock = |instant| words::near(locale, instant, now);
        match self {
            Self::NotAsked => {
                locale.say("还没有给这部手机发验证码。", "No code has been sent to this phone yet.").to_owned()
            }
            Self::Works { until } => {
                let until = clock(until);
                say!(locale, "已用短信发出，{until} 前有效。", "Sent by text message; it works until {until}.")
            }
            Self::StillWorks { again_at } => {
                let again = clock(again_at);
                say!(
                    locale,
                    "刚才已经发过一条，还能用；没有收到的，{again} 以后可以再发。",
                    "We sent a code a moment ago and it still works. If it does not arrive, you can ask again after \
                     {again}."
                )
            }
            Self::Used => locale
                .say("这个验证码已经用过，请重新发送。", "This code has been used. Please ask for a new one.")
                .to_owned(),
            Self::TriedOut { again_at } if now < again_at => {
                let again = clock(again_at);
                say!(
                    locale,
                    "刚才的验证码输错太多次，不能再用了；{again} 以后可以发一个新的。",
                    "The last code was entered wrongly too many times and no longer works. You can ask for a new one \
                     after {again}."
                )
            }
            Self::TriedOut { .. } => locale
                .say(
                    "这个验证码输错太多次，不能再用了，请重新发送。",
                    "This code was entered wrongly too many times and no longer works. Please ask for a new one.",
                )
                .to_owned(),
            Self::Expired => locale
                .say("这个验证码已经过期，请重新发送。", "This code has expired. Please ask for a new one.")
                .to_owned(),
            Self::NotTo(reason) => Reason::from(reason).sentence(locale),
            Self::Refused { again_at } => {
                let again = clock(again_at);
                say!(
                    locale,
                    "没有发出：这部手机或这个网络要的验证码太多了，{again} 以后可以再发。",
                    "We did not send a code: too many were requested for this phone or from this network. You can ask again after {again}."
                )
            }
        }
    }
}
