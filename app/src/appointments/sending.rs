//! Codes to the phones of a booking that is about to be made. Each phone stands alone: what stops one code stops no
//! other, and what was not sent is not called sent.

use chrono::TimeDelta;
use server::{
    App,
    appointments::confirmed,
    client::Client,
    error::Error,
    phone_codes::{self, LIFETIME, RESEND, Sending},
    rejection::retry_after,
};
use shared::{identity::Phone, say};

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
    let purpose = form.pages.bookable.purpose();
    for phone in phones {
        let sending = phone_codes::send(app, client.address, phone, purpose, visit.locale, form.now).await?;
        let wait = |seconds: u64| form.now + TimeDelta::seconds(i64::try_from(seconds).unwrap_or(0));
        let asked = match sending {
            Sending::Sent => CodeAsked::Sent { at: form.now },
            Sending::JustNow(recent) => {
                CodeAsked::JustBefore { is_good: recent.is_good, again_at: wait(recent.again_in) }
            }
            Sending::TooOften(problem) => CodeAsked::Refused { again_at: wait(retry_after(&problem).unwrap_or(0)) },
        };
        form.draft.codes.insert(phone.as_str().to_owned(), asked);
    }
    form.save(app).await
}

/// Whether a code is on its way to a phone, or there already, as far as this browser asked for it.
pub(super) fn has_code(form: &BookingForm, phone: &Phone) -> bool {
    match form.draft.codes.get(phone.as_str()) {
        Some(CodeAsked::Sent { at }) => form.now < *at + LIFETIME,
        Some(CodeAsked::JustBefore { is_good, .. }) => *is_good,
        Some(CodeAsked::Refused { .. }) | None => false,
    }
}

/// Seconds for which none of these phones can be sent another code; nothing once one of them can.
pub(super) fn too_soon(form: &BookingForm, phones: &[Phone]) -> Option<u64> {
    let again_at = |phone: &Phone| match form.draft.codes.get(phone.as_str())? {
        CodeAsked::Sent { at } => Some(*at + RESEND),
        CodeAsked::JustBefore { again_at, .. } | CodeAsked::Refused { again_at } => Some(*again_at),
    };
    let soonest = phones.iter().map(|phone| again_at(phone).unwrap_or(form.now)).min()?;
    u64::try_from((soonest - form.now).num_seconds()).ok().filter(|seconds| *seconds > 0)
}

/// What became of the code to a phone, below its field.
pub(super) fn state(visit: &Visit, form: &BookingForm, phone: &Phone) -> String {
    let locale = visit.locale;
    let clock = |instant| words::near(locale, instant, form.now);
    match form.draft.codes.get(phone.as_str()) {
        None => locale.say("还没有给这部手机发验证码。", "No code has been sent to this phone yet.").to_owned(),
        Some(CodeAsked::Sent { at }) if form.now < *at + LIFETIME => {
            let until = clock(*at + LIFETIME);
            say!(locale, "已用短信发出，{until} 前有效。", "Sent by text message; it works until {until}.")
        }
        Some(CodeAsked::Sent { .. }) => locale
            .say("这个验证码已经过期，请重新发送。", "This code has expired. Please ask for a new one.")
            .to_owned(),
        Some(CodeAsked::JustBefore { is_good: true, again_at }) => {
            let again = clock(*again_at);
            say!(
                locale,
                "刚才已经发过一条，还能用；没有收到的，{again} 以后可以再发。",
                "We sent a code a moment ago and it still works. If it does not arrive, you can ask again after \
                 {again}."
            )
        }
        Some(CodeAsked::JustBefore { is_good: false, again_at }) => {
            let again = clock(*again_at);
            say!(
                locale,
                "刚才的验证码输错太多次，不能再用了；{again} 以后可以发一个新的。",
                "The last code was entered wrongly too many times and no longer works. You can ask for a new one \
                 after {again}."
            )
        }
        Some(CodeAsked::Refused { again_at }) => {
            let again = clock(*again_at);
            say!(
                locale,
                "没有发出：这部手机要的验证码太多了，{again} 以后可以再发。",
                "We did not send a code: too many were requested for this phone. You can ask again after {again}."
            )
        }
    }
}
