//! The two people, a page each: `/marriage/book/details/{first|second}`.

pub mod person;

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
    let (parties, shared) = (people::read(answers), people::share_a_phone(answers));
    let mut missing = Vec::new();
    for who in Who::BOTH {
        let typed = &parties[who.index()];
        if typed.name.is_empty() && typed.id_number.is_empty() {
            missing.push((who.step(), locale.say("还没有填写。", "Not filled in yet.").to_owned()));
            continue;
        }
        if let Err(errors) = person::judge(&parties, who, today, held)
            && let Some(error) = errors.iter().next()
        {
            missing.push((who.step(), error.reason.sentence(locale)));
        }
        if let Err(errors) = person::phone::judge(&parties, shared, who)
            && let Some(reason) = errors.for_field("phone")
        {
            missing.push((who.step(), reason.sentence(locale)));
        }
    }
    missing
}
