//! What to take away from a booking's page.

use leptos::prelude::*;
use shared::say;

use super::{Opened, counter_code};
use crate::{
    appointments::places,
    components::{
        button::{LinkButton, Weight},
        summary::{Row, Summary},
    },
    visit::Visit,
    words,
};

/// The code for the counter, and how it is used.
pub(super) fn at_the_counter(visit: &Visit, opened: &Opened) -> AnyView {
    let place = opened.pages.words.place.say(visit.locale);
    let how = say!(
        visit.locale,
        "到了{place}，出示这个二维码，或者说出预约号。二维码里只有预约号，没有个人信息。",
        "At the {place}, show this QR code or give your reference number. The code contains only the reference number, \
         no personal information."
    );
    view! {
        <div class="at-counter">
            {counter_code::counter_code(visit, opened)}
            <p>{how}</p>
        </div>
    }
    .into_any()
}

/// What to take away: the place, the calendar entry, the paper.
pub(super) fn keep(visit: &Visit, opened: &Opened) -> AnyView {
    let (locale, booking) = (visit.locale, &opened.booking);
    // On the way there, what is looked for is whom to tell.
    let late = opened.is_today().then(|| {
        let place = opened.pages.words.place.say(locale);
        let call = say!(
            locale,
            "要迟到了，或者来不了：请打{place}电话 ",
            "Running late, or cannot come? Please phone the {place}: "
        );
        view! { <p>{call} {places::call(locale, &booking.point.place)}</p> }
    });
    let rows = vec![
        Row::new(locale.say("时间", "Time"), words::period(locale, booking.starts_at, booking.ends_at)),
        Row::new(opened.pages.place_label(locale), booking.point.place.name.say(locale)),
        Row::new(locale.say("地址", "Address"), booking.point.place.address.say(locale)),
        places::phone_row(locale, locale.say("电话", "Phone"), &booking.point.place),
    ];
    view! {
        <section class="flow">
            <h2>{locale.say("时间和地点", "Time and place")}</h2>
            <Summary locale=locale rows=rows />
            {late}
            {places::map(visit, &booking.point.place).map(|map| view! { <p>{map}</p> })}
            <p class="actions actions-near">
                <LinkButton
                    href=opened.address(visit, "calendar.ics")
                    text=locale.say("加到手机日历", "Add to calendar")
                    weight=Weight::Secondary
                />
                <LinkButton
                    href=opened.address(visit, "print")
                    text=locale.say("打印", "Print")
                    weight=Weight::Secondary
                />
            </p>
        </section>
    }
    .into_any()
}
