//! A held time whose day the place has closed: said wherever the time is met, with the way to another one.

use leptos::prelude::*;
use shared::say;

use super::{service::BookingPages, wish::Wish};
use crate::{
    components::notice::{Notice, Tone},
    visit::Visit,
};

/// Nothing is to be done with such a time, so this stands instead of its line. `more` is what stays true besides.
pub(super) fn notice(visit: &Visit, elsewhere: &Wish, more: Option<&'static str>) -> AnyView {
    let locale = visit.locale;
    let title = title(visit, elsewhere.pages);
    let elsewhere = visit.url(&elsewhere.path());
    view! {
        <Notice tone=Tone::Warning title=title>
            {more.map(|more| view! { <p>{more}</p> })}
            <p>
                <a href=elsewhere>{locale.say("请另选一个时间", "Please choose another time")}</a>
                {locale.say("。", ".")}
            </p>
        </Notice>
    }
    .into_any()
}

fn title(visit: &Visit, pages: &BookingPages) -> String {
    let place = pages.words.place.say(visit.locale);
    say!(
        visit.locale,
        "{place}这一天不办理了，为您保留的时间用不上了",
        "The {place} has closed that day, so the time held for you cannot be used"
    )
}

/// [`notice`] in a sentence, for a time that is held no more.
pub(super) fn sentence(visit: &Visit, pages: &BookingPages) -> String {
    let place = pages.words.place.say(visit.locale);
    say!(
        visit.locale,
        "{place}这一天不办理了，这个时间不能再保留。",
        "The {place} has closed that day, so this time cannot be held again."
    )
}
