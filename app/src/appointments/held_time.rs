//! The held times above what is being chosen or filled in.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{
    booking_form::BookingForm,
    held::{self, Held},
    hold_notice::{hold_notice, hold_notice_above},
    service::BookingPages,
    step::Step,
};
use crate::{
    components::{
        button::LinkButton,
        notice::{Notice, Tone},
    },
    visit::Visit,
};

/// The held time with its notice, or what to know when there is none. Its buttons send the page's form.
pub fn held_time(visit: &Visit, form: &BookingForm) -> AnyView {
    match &form.held {
        Some(held) => holding(visit, form, held, Some(held::line(visit, held.record.starts_at, &held.point.place))),
        None => no_time(visit, form),
    }
}

/// [`held_time`] without the time, for a page that shows it elsewhere.
pub fn held_notice(visit: &Visit, form: &BookingForm) -> AnyView {
    match &form.held {
        Some(held) => holding(visit, form, held, None),
        None => no_time(visit, form),
    }
}

fn holding(visit: &Visit, form: &BookingForm, held: &Held, time: Option<AnyView>) -> AnyView {
    view! {
        <div class="holding">
            {time}
            {hold_notice_above(visit, form.pages, held.extendable(), form.now)}
            {form.obstacle(visit)}
        </div>
    }
    .into_any()
}

fn no_time(visit: &Visit, form: &BookingForm) -> AnyView {
    let locale = visit.locale;
    let choose = visit.url(&form.pages.at(Step::Time));
    if form.has_expired() {
        return view! {
            <Notice tone=Tone::Warning title=locale.say("为您保留的时间已经到了", "The time we held for you has run out")>
                <p>
                    {locale.say("您填写的内容还在。", "What you filled in is still here. ")}
                    <a href=choose>{locale.say("请重新选一个时间", "Please choose a time again")}</a>
                    {locale.say("。", ".")}
                </p>
            </Notice>
        }
        .into_any();
    }
    view! {
        <p class="soft">
            {locale.say("还没有选时间，先填写也可以。想先定时间，", "No time is chosen yet; you can fill this in first, or ")}
            <a href=choose>{locale.say("去选时间", "choose a time now")}</a>
            {locale.say("。", ".")}
        </p>
    }
    .into_any()
}

/// One section a hold, above everything else. The form that follows books the newest, so only that one leads on.
pub fn held_sections(visit: &Visit, pages: &BookingPages, all: &[Held], now: DateTime<Utc>) -> AnyView {
    let sections = all.iter().enumerate().map(|(place, held)| {
        let title = if place == 0 {
            visit.say("您已经保留了一个时间", "You are holding a time")
        } else {
            visit.say("还保留着另一个时间", "You are also holding another time")
        };
        let on = if place == 0 {
            let href = visit.url(&pages.at(Step::Details(0)));
            let text = visit.say("继续填写", "Continue with your details");
            view! { <p class="actions actions-near"><LinkButton href=href text=text /></p> }.into_any()
        } else {
            let text = visit.say("要用这个时间，请先放弃上面那个。", "To use this one, release the one above first.");
            view! { <p class="soft">{text}</p> }.into_any()
        };
        view! {
            <section class="held flow">
                <h2>{title}</h2>
                {held::line(visit, held.record.starts_at, &held.point.place)}
                {hold_notice(visit, pages, held.extendable(), now)}
                {on}
            </section>
        }
    });
    sections.collect_view().into_any()
}
