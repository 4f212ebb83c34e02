//! What can be done until the times of a day open: a reminder in one's own calendar, and the details.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use shared::say;

use super::{book::release, draft::LIFETIME, step::Step, wish::Wish};
use crate::{visit::Visit, words};

/// Both lead back to the wished place and day, whose times open at `opens`.
pub(super) fn until_release(visit: &Visit, wish: &Wish, opens: DateTime<Utc>, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let file = visit.url(&wish.carried_by(wish.pages.path(release::PAGE)));
    // A booking that moves has its details already.
    let details = wish.moving.is_none().then(|| details(visit, wish, opens, now));
    view! {
        <ul class="links" role="list">
            <li>
                <a href=file>
                    {locale.say("加到手机日历，放号前 10 分钟提醒", "Add to my calendar, with a reminder 10 minutes before")}
                </a>
            </li>
            {details}
        </ul>
    }
    .into_any()
}

/// What is filled in now has to be kept until there is a time to take.
fn details(visit: &Visit, wish: &Wish, opens: DateTime<Utc>, now: DateTime<Utc>) -> AnyView {
    let (locale, hours, from) = (visit.locale, LIFETIME.num_hours(), opens - LIFETIME);
    if now < from {
        let from = words::near(locale, from, now);
        let later = say!(
            locale,
            "资料可以从{from} 起先填好，填好后保留 {hours} 小时",
            "From {from} you can fill in your details in advance; they are kept for {hours} hours"
        );
        return view! { <li class="soft">{later}</li> }.into_any();
    }
    let kept = say!(locale, "（填好后保留 {hours} 小时）", " (kept for {hours} hours)");
    view! {
        <li>
            <a href=visit.url(&wish.carried_by(wish.pages.at(Step::Details(0))))>
                {locale.say("先填好资料", "Fill in your details in advance")}
            </a>
            <span class="soft">{kept}</span>
        </li>
    }
    .into_any()
}
