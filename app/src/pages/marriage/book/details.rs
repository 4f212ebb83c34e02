//! The two people, one question group a page: `/marriage/book/details/{first|second}/{identity|contact}`.

pub mod contact;
pub mod identity;

use shared::{calendar::shanghai_date, locale::Locale};

use super::{people, who::Who};
use crate::appointments::{booking_form::BookingForm, step::Step};

/// What has to be filled in or put right before booking, each with the step where that is done.
pub(super) fn missing(form: &BookingForm, locale: Locale) -> Vec<(Step, String)> {
    let parties = people::read(&form.draft.answers);
    let mut missing = Vec::new();
    for who in Who::BOTH {
        let typed = &parties[who.index()];
        if typed.name.is_empty() && typed.id_number.is_empty() {
            missing.push((who.identity(), locale.say("还没有填写。", "Not filled in yet.").to_owned()));
        } else if let Err(errors) = identity::judge(&parties, who, shanghai_date(form.now), form.day())
            && let Some(error) = errors.iter().next()
        {
            missing.push((who.identity(), error.reason.sentence(locale)));
        }
        if let Err(errors) = typed.contact()
            && let Some(reason) = errors.for_field("phone")
        {
            missing.push((who.contact(), reason.sentence(locale)));
        }
    }
    missing
}
