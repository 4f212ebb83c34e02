//! Moving and cancelling, on a booking's page.

use leptos::prelude::*;
use shared::say;

use super::{Opened, facts};
use crate::{
    appointments::places,
    components::button::{LinkButton, Weight},
    visit::Visit,
};

/// Moving and cancelling, each with its deadline.
pub(super) fn change(visit: &Visit, opened: &Opened) -> AnyView {
    let locale = visit.locale;
    let booking = &opened.booking;
    let act = |open: bool, page: &str, text: &str, weight: Weight, until: String| {
        let button = open.then(|| view! { <LinkButton href=opened.address(visit, page) text=text weight=weight /> });
        view! {
            <div class="change">
                {button}
                <p>{until}</p>
            </div>
        }
    };
    let (move_open, cancel_open) = (opened.can_move(), opened.can_cancel());
    let closed = (!move_open || !cancel_open).then(|| {
        let place = opened.pages.words.place.say(locale);
        let call = if opened.has_begun() {
            say!(
                locale,
                "没有赶上的，请打电话问{place}今天还能不能办；今天办不了的，明天起按当地的预约规则重新预约。电话 ",
                "If you missed the time, phone the {place} to ask whether it can still be done today; if not, book again \
                 from tomorrow, as the local rules allow. Phone: "
            )
        } else {
            say!(locale, "确实来不了的，请打{place}电话 ", "If you cannot come, please phone the {place}: ")
        };
        view! {
            <p>
                {call}
                {places::call(locale, &booking.point.place)}
            </p>
        }
    });
    view! {
        <section class="flow">
            <h2>{locale.say("改期或取消", "Move or cancel")}</h2>
            {act(
                // Where the day was closed, this stands at the head of the page.
                move_open && booking.closed.is_none(),
                "reschedule",
                locale.say("换一个时间", "Choose another time"),
                Weight::Secondary,
                facts::until(locale, facts::BookingChange::Move, booking.reschedule_until, move_open),
            )}
            {act(
                cancel_open,
                "cancel",
                locale.say("取消预约", "Cancel the booking"),
                Weight::Danger,
                facts::until(locale, facts::BookingChange::Cancel, booking.cancel_until, cancel_open),
            )}
            {closed}
        </section>
    }
    .into_any()
}
