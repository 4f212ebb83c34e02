//! Bookings that a change of hours touches, each a link to its day; and whoever is still booked on a day that was closed and is
//! open again: whom to tell, and who was told.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::appointments::{closure::Affected, hours::OpenAgain};
use shared::{appointments::BookingReference, calendar::shanghai_date, locale::Locale, say, staff::OfficeId};

use crate::{
    pages::staff::day::asked::{Asked, Number},
    visit::Visit,
    words,
};

/// The press that tells whoever was not told.
pub const TELL: &str = "tell";

/// Bookings whose numbers are listed; of the others it is said how many they are.
const LISTED: usize = 20;

/// The first bookings that a change touches, and how many others there are.
pub fn listed(visit: &Visit, office: &OfficeId, bookings: &[Affected]) -> Option<AnyView> {
    let locale = visit.locale;
    let more = bookings.len().saturating_sub(LISTED);
    let list = bookings.iter().take(LISTED).map(|booking| {
        let when = words::short_moment(locale, booking.starts_at);
        view! { <li>{when} " · " {on_its_day(visit, office, (booking.reference, booking.starts_at))}</li> }
    });
    let list = list.collect_view();
    let more = (more > 0).then(|| view! { <p>{say!(locale, "还有 {more} 个。", "And {more} more.")}</p> });
    (!bookings.is_empty()).then(|| view! { <ul>{list}</ul> {more} }.into_any())
}

/// How many get no text, before the press: whoever was told twice within a day that their time closed is phoned.
pub fn not_told(locale: Locale, untold: usize) -> Option<AnyView> {
    let text = say!(
        locale,
        "其中 {untold} 个预约 24 小时里已经发过两次停办短信，这次不再发短信，请打电话告诉他们。",
        "{untold} of these bookings were sent two texts about closed times in 24 hours and get no other: please phone them."
    );
    (untold > 0).then(|| view! { <p>{text}</p> }.into_any())
}

/// The very text, as the first of them gets it.
pub fn the_text(locale: Locale, text: &str) -> AnyView {
    let text = say!(locale, "短信是这样的（第一个预约）：“{text}”", "The text, as the first of them gets it: “{text}”");
    view! { <p class="tells">{text}</p> }.into_any()
}

/// A booking by its number, which leads to it on the sheet of its day.
fn on_its_day(visit: &Visit, office: &OfficeId, (reference, at): (BookingReference, DateTime<Utc>)) -> AnyView {
    let asked = Asked {
        office: Some(office.clone()),
        date: Some(shanghai_date(at)),
        q: Some(Number::Reference(reference)),
        ..Asked::default()
    };
    view! { <a class="nowrap" href=visit.url(&asked.path())>{reference.to_string()}</a> }.into_any()
}

/// Whoever was told that their day is closed, which it is not any more.
pub fn draw(
    visit: &Visit,
    (office, action): (&OfficeId, &str),
    all: &[OpenAgain],
    text: Option<&str>,
) -> Option<AnyView> {
    let locale = visit.locale;
    let untold = all.iter().filter(|one| !one.told).count();
    let tell = (untold > 0).then(|| {
        let press = say!(locale, "短信告诉这 {untold} 个照常来", "Text these {untold} to come as booked");
        view! {
            <form class="flow" method="post" action=action.to_owned()>
                {text.map(|text| the_text(locale, text))}
                <p class="acts"><button class="act act-strong" name="do" value=TELL>{press}</button></p>
            </form>
        }
    });
    let rows = all.iter().map(|one| {
        let when = words::short_moment(locale, one.starts_at);
        let told = if one.told {
            locale.say("短信已经告诉照常来", "told by text to come")
        } else {
            locale.say("没有发短信告诉照常来", "not told by text to come")
        };
        let booking = on_its_day(visit, office, (one.reference, one.starts_at));
        view! { <li>{when} " · " {booking} " · " {told}</li> }
    });
    let rows = rows.collect_view();
    (!all.is_empty()).then(|| {
        view! {
            <section class="flow" id="open-again">
                <h2>{locale.say("恢复办理后，还约着的", "Still booked on days that are open again")}</h2>
                <p class="soft">
                    {locale.say(
                        "他们收到过停办的短信，没有改期。还没有告诉照常来的，可以发短信，每个预约只发一次；也可以打电话。",
                        "They were told that it is closed and have not moved. Whoever was not told to come can get a text, once \
                         each, or a call.",
                    )}
                </p>
                {tell}
                <ul>{rows}</ul>
            </section>
        }
        .into_any()
    })
}
