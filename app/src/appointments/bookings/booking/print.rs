//! `…/print`: the booking on one sheet of paper. No manage link is on it: whoever finds the paper can do nothing.

use axum::response::Response;
use leptos::prelude::*;

use super::{Opened, counter_code, phone_label, title};
use crate::{
    components::{
        for_printing::ForPrinting,
        summary::{Row, Summary},
    },
    draw,
    visit::Visit,
    words,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    let (locale, booking, pages) = (visit.locale, &opened.booking, opened.pages);
    let live = opened.stands();
    let heading = if live { pages.words.booking.say(locale).to_owned() } else { title(&visit, &opened) };
    let rows = vec![
        Row::new(locale.say("预约号", "Reference number"), booking.reference.to_string()),
        Row::new(
            if live { locale.say("时间", "Time") } else { locale.say("原来的时间", "Original time") },
            words::period(locale, booking.starts_at, booking.ends_at),
        ),
        Row::new(pages.place_label(locale), booking.point.place.name.say(locale)),
        Row::new(locale.say("地址", "Address"), booking.point.place.address.say(locale)),
        Row::new(phone_label(locale, pages), booking.point.place.phone.clone()),
    ];
    let people = (pages.booking.people_on_paper)(pages, booking, locale);
    let rows = rows.into_iter().chain(people).collect();
    draw::sheet(&visit, &heading, || {
        view! {
            <ForPrinting
                locale=locale
                href=opened.address(&visit, "")
                back=visit.say("返回预约", "Back to the booking")
            />
            <div class="sheet-head">
                <div>
                    <h1>{heading.clone()}</h1>
                    {live
                        .then(|| {
                            view! {
                                <p>{pages.words.come.say(locale)}</p>
                            }
                        })}
                    {(live && booking.at_desk)
                        .then(|| {
                            view! {
                                <p>{pages.words.at_desk.say(locale)}</p>
                            }
                        })}
                </div>
                {live.then(|| counter_code::counter_code(&visit, &opened))}
            </div>
            <Summary locale=locale rows=rows />
            {live.then(|| (pages.booking.bring)(&visit, booking))}
        }
    })
}
