//! What can be done until the times of a day open: a reminder in one's own calendar, and the details.

use leptos::prelude::*;
use shared::say;

use super::{book::release, draft::LIFETIME, step::Step, wish::Wish};
use crate::visit::Visit;

/// Both lead back to the wished place and day.
pub(super) fn until_release(visit: &Visit, wish: &Wish) -> AnyView {
    let (locale, pages) = (visit.locale, wish.pages);
    let file = visit.url(&wish.carried_by(pages.path(release::PAGE)));
    // A booking that moves has its details already.
    let details = wish.moving.is_none().then(|| {
        let hours = LIFETIME.num_hours();
        let kept = say!(locale, "（填好后保留 {hours} 小时）", " (kept for {hours} hours)");
        view! {
            <li>
                <a href=visit.url(&wish.carried_by(pages.at(Step::Details(0))))>
                    {locale.say("先填好资料", "Fill in your details in advance")}
                </a>
                <span class="soft">{kept}</span>
            </li>
        }
    });
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
