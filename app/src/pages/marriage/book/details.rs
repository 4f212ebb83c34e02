//! The two people, one question group a page: `/marriage/book/details/{first|second}/{identity|contact}`.

pub mod contact;
pub mod identity;

use chrono::NaiveDate;
use shared::locale::Locale;

use super::{people, who::Who};
use crate::appointments::{
    draft::Answers,
    service::{BookingPages, Missing},
};

/// What keeps the two from booking on the day that is held.
pub(super) fn missing(
    _: &BookingPages,
    answers: &Answers,
    today: NaiveDate,
    held: Option<NaiveDate>,
    locale: Locale,
) -> Missing {
    let parties = people::read(answers);
    let mut missing = Vec::new();
    for who in Who::BOTH {
        let typed = &parties[who.index()];
        if typed.name.is_empty() && typed.id_number.is_empty() {
            missing.push((who.identity(), locale.say("还没有填写。", "Not filled in yet.").to_owned()));
        } else if let Err(errors) = identity::judge(&parties, who, today, held)
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
